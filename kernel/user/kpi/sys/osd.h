/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * osd(9): object-specific data, for threads and jails.  Slots count from 1.
 * A destructor runs when the value is deleted, the object destroyed or the
 * slot given up; as in FreeBSD it may not sleep.
 */

#ifndef _KPI_SYS_OSD_H_
#define	_KPI_SYS_OSD_H_

#include <sys/types.h>
#include <sys/queue.h>

struct osd {
	u_int		  osd_nslots;
	void		**osd_slots;
	LIST_ENTRY(osd)	  osd_next;
};

#define	OSD_THREAD	0
#define	OSD_JAIL	1
#define	OSD_FIRST	OSD_THREAD
#define	OSD_LAST	OSD_JAIL

typedef void	(*osd_destructor_t)(void *value);
typedef int	(*osd_method_t)(void *obj, void *data);

int	osd_register(u_int type, osd_destructor_t destructor,
	    const osd_method_t *methods);
void	osd_deregister(u_int type, u_int slot);
int	osd_set(u_int type, struct osd *osd, u_int slot, void *value);
void	**osd_reserve(u_int slot);
int	osd_set_reserved(u_int type, struct osd *osd, u_int slot, void **rsv,
	    void *value);
void	osd_free_reserved(void **rsv);
void	*osd_get(u_int type, struct osd *osd, u_int slot);
void	osd_del(u_int type, struct osd *osd, u_int slot);
void	osd_exit(u_int type, struct osd *osd);

#define	osd_thread_register(destructor)					\
	osd_register(OSD_THREAD, (destructor), NULL)
#define	osd_thread_deregister(slot)					\
	osd_deregister(OSD_THREAD, (slot))
#define	osd_thread_set(td, slot, value)					\
	osd_set(OSD_THREAD, &(td)->td_osd, (slot), (value))
#define	osd_thread_set_reserved(td, slot, rsv, value)			\
	osd_set_reserved(OSD_THREAD, &(td)->td_osd, (slot), (rsv), (value))
#define	osd_thread_get(td, slot)					\
	osd_get(OSD_THREAD, &(td)->td_osd, (slot))
#define	osd_thread_del(td, slot) do {					\
	KASSERT((td) == curthread, ("Not curthread."));			\
	osd_del(OSD_THREAD, &(td)->td_osd, (slot));			\
} while (0)
#define	osd_thread_exit(td)						\
	osd_exit(OSD_THREAD, &(td)->td_osd)

#define	osd_jail_register(destructor, methods)				\
	osd_register(OSD_JAIL, (destructor), (methods))
#define	osd_jail_deregister(slot)					\
	osd_deregister(OSD_JAIL, (slot))
#define	osd_jail_set(pr, slot, value)					\
	osd_set(OSD_JAIL, &(pr)->pr_osd, (slot), (value))
#define	osd_jail_set_reserved(pr, slot, rsv, value)			\
	osd_set_reserved(OSD_JAIL, &(pr)->pr_osd, (slot), (rsv), (value))
#define	osd_jail_get(pr, slot)						\
	osd_get(OSD_JAIL, &(pr)->pr_osd, (slot))
#define	osd_jail_del(pr, slot)						\
	osd_del(OSD_JAIL, &(pr)->pr_osd, (slot))
#define	osd_jail_exit(pr)						\
	osd_exit(OSD_JAIL, &(pr)->pr_osd)

#endif /* !_KPI_SYS_OSD_H_ */
