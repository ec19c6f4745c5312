/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * osd(9).
 *
 * Model.  An object's values are an array of SLOTS pointers, allocated when
 * the first is set and freed with the object, so that osd_get(), which every
 * trap calls, needs no lock.
 *
 * Locks.  osd_lock protects the table of slots and the list of objects that
 * have values.  Destructors run without it, but in a region without sleep, as
 * FreeBSD runs them under a lock.
 */

#include <kernel/user/kpi_host.h>

#define SLOTS 16
#define TYPES (OSD_LAST + 1)

static MALLOC_DEFINE(M_OSD, "osd", "object-specific data");

static pthread_mutex_t osd_lock = PTHREAD_MUTEX_INITIALIZER;
static LIST_HEAD(, osd) osd_objects[TYPES];
static struct {
	bool used;
	osd_destructor_t destructor;
} osd_slots[TYPES][SLOTS];

int
osd_register(u_int type, osd_destructor_t destructor,
    const osd_method_t *methods)
{
	u_int i;

	KASSERT(type <= OSD_LAST, ("osd_register: type %u", type));
	KASSERT(methods == NULL, ("osd_register: methods are not on the diet"));
	(void)methods;
	kpi_may_sleep("osd_register", __FILE__, __LINE__);
	pthread_mutex_lock(&osd_lock);
	for (i = 0; i < SLOTS; i++)
		if (!osd_slots[type][i].used)
			break;
	if (i == SLOTS)
		panic("more than %d osd slots", SLOTS);
	osd_slots[type][i].used = true;
	osd_slots[type][i].destructor = destructor;
	pthread_mutex_unlock(&osd_lock);
	return ((int)i + 1);
}

static void
destroy(u_int type, u_int slot, void *value)
{
	osd_destructor_t d;

	d = osd_slots[type][slot - 1].destructor;
	if (value == NULL || d == NULL)
		return;
	kpi_nosleep_enter("an osd destructor");
	d(value);
	kpi_nosleep_exit();
}

/* Takes the value of a slot out of an object. */
static void *
take(struct osd *osd, u_int slot)
{
	void **slots;

	slots = __atomic_load_n(&osd->osd_slots, __ATOMIC_ACQUIRE);
	if (slots == NULL)
		return (NULL);
	return (__atomic_exchange_n(&slots[slot - 1], NULL, __ATOMIC_ACQ_REL));
}

void
osd_deregister(u_int type, u_int slot)
{
	struct osd *osd;
	void *value;

	kpi_may_sleep("osd_deregister", __FILE__, __LINE__);
	pthread_mutex_lock(&osd_lock);
again:
	LIST_FOREACH(osd, &osd_objects[type], osd_next)
		if ((value = take(osd, slot)) != NULL) {
			/* The list may change meanwhile. */
			pthread_mutex_unlock(&osd_lock);
			destroy(type, slot, value);
			pthread_mutex_lock(&osd_lock);
			goto again;
		}
	osd_slots[type][slot - 1].used = false;
	osd_slots[type][slot - 1].destructor = NULL;
	pthread_mutex_unlock(&osd_lock);
}

void **
osd_reserve(u_int slot)
{

	(void)slot;
	return (kpi_malloc(SLOTS * sizeof(void *), M_OSD, M_WAITOK | M_ZERO,
	    __FILE__, __LINE__));
}

void
osd_free_reserved(void **rsv)
{

	kpi_free(rsv, M_OSD);
}

int
osd_set_reserved(u_int type, struct osd *osd, u_int slot, void **rsv,
    void *value)
{
	void **slots;

	KASSERT(type <= OSD_LAST && slot >= 1 && slot <= SLOTS &&
		osd_slots[type][slot - 1].used,
	    ("osd_set: slot %u", slot));
	if (value == NULL) {
		osd_free_reserved(rsv);
		osd_del(type, osd, slot);
		return (0);
	}
	slots = __atomic_load_n(&osd->osd_slots, __ATOMIC_ACQUIRE);
	if (slots == NULL) {
		if (rsv == NULL) {
			rsv = kpi_malloc(SLOTS * sizeof(void *), M_OSD,
			    M_NOWAIT | M_ZERO, __FILE__, __LINE__);
			if (rsv == NULL)
				return (ENOMEM);
		}
		pthread_mutex_lock(&osd_lock);
		if (osd->osd_slots == NULL) {
			LIST_INSERT_HEAD(&osd_objects[type], osd, osd_next);
			osd->osd_nslots = SLOTS;
			__atomic_store_n(&osd->osd_slots, rsv,
			    __ATOMIC_RELEASE);
			rsv = NULL;
		}
		slots = osd->osd_slots;
		pthread_mutex_unlock(&osd_lock);
	}
	osd_free_reserved(rsv);
	__atomic_store_n(&slots[slot - 1], value, __ATOMIC_RELEASE);
	return (0);
}

int
osd_set(u_int type, struct osd *osd, u_int slot, void *value)
{

	return (osd_set_reserved(type, osd, slot, NULL, value));
}

void *
osd_get(u_int type, struct osd *osd, u_int slot)
{
	void **slots;

	KASSERT(type <= OSD_LAST && slot >= 1 && slot <= SLOTS,
	    ("osd_get: slot %u", slot));
	(void)type;
	slots = __atomic_load_n(&osd->osd_slots, __ATOMIC_ACQUIRE);
	if (slots == NULL)
		return (NULL);
	return (__atomic_load_n(&slots[slot - 1], __ATOMIC_ACQUIRE));
}

void
osd_del(u_int type, struct osd *osd, u_int slot)
{

	KASSERT(type <= OSD_LAST && slot >= 1 && slot <= SLOTS,
	    ("osd_del: slot %u", slot));
	destroy(type, slot, take(osd, slot));
}

/* The object goes away; nobody else uses it. */
void
osd_exit(u_int type, struct osd *osd)
{
	u_int i;

	if (__atomic_load_n(&osd->osd_slots, __ATOMIC_ACQUIRE) == NULL)
		return;
	for (i = 1; i <= SLOTS; i++)
		destroy(type, i, take(osd, i));
	pthread_mutex_lock(&osd_lock);
	LIST_REMOVE(osd, osd_next);
	pthread_mutex_unlock(&osd_lock);
	kpi_free(osd->osd_slots, M_OSD);
	osd->osd_slots = NULL;
	osd->osd_nslots = 0;
}
