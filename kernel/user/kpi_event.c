/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * eventhandler(9), and the process events as the host raises them.
 *
 * Model.  A list of handlers for each event name, ordered by priority.  A walk
 * along the list keeps it from losing entries: a deregistered one is marked
 * and taken off when the last walk has ended, which deregistration waits for.
 *
 * Locks.  events_lock protects all lists; handlers run without it.
 */

#include <kernel/user/kpi_host.h>

struct kpi_event {
	TAILQ_ENTRY(kpi_event) link;
	void (*fn)(void);
	void *arg;
	int priority;
	bool dead;
};

struct kpi_event_list {
	LIST_ENTRY(kpi_event_list) link;
	char *name;
	TAILQ_HEAD(, kpi_event) events;
	u_int walks;
};

static pthread_mutex_t events_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t events_idle = PTHREAD_COND_INITIALIZER;
static LIST_HEAD(, kpi_event_list) lists = LIST_HEAD_INITIALIZER(lists);

static MALLOC_DEFINE(M_EVENTHANDLER, "eventhandler", "event handlers");

static struct kpi_event_list *
find(const char *name)
{
	struct kpi_event_list *el;

	LIST_FOREACH(el, &lists, link)
		if (strcmp(el->name, name) == 0)
			return (el);
	return (NULL);
}

eventhandler_tag
kpi_event_register(const char *name, void (*fn)(void), void *arg, int priority)
{
	struct kpi_event_list *el;
	struct kpi_event *ev, *e;

	ev = kpi_malloc(sizeof(*ev), M_EVENTHANDLER, M_WAITOK | M_ZERO,
	    __FILE__, __LINE__);
	ev->fn = fn;
	ev->arg = arg;
	ev->priority = priority;
	pthread_mutex_lock(&events_lock);
	if ((el = find(name)) == NULL) {
		/* Lists stay: there is one for each event ever named. */
		el = calloc(1, sizeof(*el));
		if (el == NULL || (el->name = strdup(name)) == NULL)
			panic("no memory for event %s", name);
		TAILQ_INIT(&el->events);
		LIST_INSERT_HEAD(&lists, el, link);
	}
	TAILQ_FOREACH(e, &el->events, link)
		if (e->priority > priority)
			break;
	if (e != NULL)
		TAILQ_INSERT_BEFORE(e, ev, link);
	else
		TAILQ_INSERT_TAIL(&el->events, ev, link);
	pthread_mutex_unlock(&events_lock);
	return (ev);
}

void
kpi_event_deregister(const char *name, eventhandler_tag ev, const char *file,
    int line)
{
	struct kpi_event_list *el;

	(void)file, (void)line;
	if (ev == NULL)
		return;
	kpi_may_sleep("EVENTHANDLER_DEREGISTER", file, line);
	pthread_mutex_lock(&events_lock);
	el = find(name);
	KASSERT(el != NULL, ("no event %s", name));
	ev->dead = true;
	while (el->walks > 0)
		pthread_cond_wait(&events_idle, &events_lock);
	TAILQ_REMOVE(&el->events, ev, link);
	pthread_mutex_unlock(&events_lock);
	kpi_free(ev, M_EVENTHANDLER);
}

/* With events_lock held: ev or the next live one; releases the lock. */
static struct kpi_event *
live(struct kpi_event_list *el, struct kpi_event *ev)
{

	while (ev != NULL && ev->dead)
		ev = TAILQ_NEXT(ev, link);
	if (ev == NULL && --el->walks == 0)
		pthread_cond_broadcast(&events_idle);
	pthread_mutex_unlock(&events_lock);
	return (ev);
}

struct kpi_event *
kpi_event_first(const char *name, struct kpi_event_list **listp)
{
	struct kpi_event_list *el;

	pthread_mutex_lock(&events_lock);
	if ((el = find(name)) == NULL) {
		pthread_mutex_unlock(&events_lock);
		return (NULL);
	}
	el->walks++;
	*listp = el;
	return (live(el, TAILQ_FIRST(&el->events)));
}

struct kpi_event *
kpi_event_next(struct kpi_event_list *el, struct kpi_event *ev)
{

	pthread_mutex_lock(&events_lock);
	return (live(el, TAILQ_NEXT(ev, link)));
}

void (*kpi_event_fn(struct kpi_event *ev))(void)
{

	return (ev->fn);
}

void *
kpi_event_arg(struct kpi_event *ev)
{

	return (ev->arg);
}

void
host_event_fork(struct proc *parent, struct proc *child, int flags)
{

	host_assert_no_locks("host_event_fork");
	host_proc_set_parent(child, parent);
	EVENTHANDLER_INVOKE(process_fork, parent, child, flags);
	host_assert_no_locks("return from process_fork");
}

void
host_event_exec(struct proc *p, bool setid)
{
	struct image_params imgp = {.proc = p, .credential_setid = setid};

	host_assert_no_locks("host_event_exec");
	PROC_LOCK(p);
	p->p_flag |= P_INEXEC;
	if (setid)
		p->p_flag |= P_SUGID;
	PROC_UNLOCK(p);
	EVENTHANDLER_INVOKE(process_exec, p, &imgp);
	PROC_LOCK(p);
	p->p_flag &= ~P_INEXEC;
	PROC_UNLOCK(p);
	host_assert_no_locks("return from process_exec");
}

void
host_event_exit(struct proc *p)
{

	host_assert_no_locks("host_event_exit");
	PROC_LOCK(p);
	p->p_flag |= P_WEXIT;
	PROC_UNLOCK(p);
	EVENTHANDLER_INVOKE(process_exit, p);
	host_assert_no_locks("return from process_exit");
}
