/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * eventhandler(9), with the process and thread events of FreeBSD.  Handlers
 * run in priority order with no lock held; deregistration waits for those
 * that run.
 */

#ifndef _KPI_SYS_EVENTHANDLER_H_
#define	_KPI_SYS_EVENTHANDLER_H_

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/queue.h>

struct image_params;
struct proc;
struct thread;
struct kpi_event_list;
struct kpi_event;
typedef struct kpi_event	*eventhandler_tag;

#define	EVENTHANDLER_PRI_FIRST	0
#define	EVENTHANDLER_PRI_ANY	10000
#define	EVENTHANDLER_PRI_LAST	20000

#define	EVENTHANDLER_DECLARE(name, type)				\
	typedef type kpi_event_fn_##name

eventhandler_tag kpi_event_register(const char *name, void (*fn)(void),
	    void *arg, int priority);
void	kpi_event_deregister(const char *name, eventhandler_tag tag,
	    const char *file, int line);

/* Walk the handlers: NULL ends, and ends the walk's hold on the list. */
struct kpi_event *kpi_event_first(const char *name,
	    struct kpi_event_list **listp);
struct kpi_event *kpi_event_next(struct kpi_event_list *list,
	    struct kpi_event *ev);
void	(*kpi_event_fn(struct kpi_event *))(void);
void	*kpi_event_arg(struct kpi_event *);

/* The assignment makes the compiler compare the handler's type. */
#define	EVENTHANDLER_REGISTER(name, func, arg, priority) __extension__ ({ \
	kpi_event_fn_##name _kpi_fn = (func);				\
	kpi_event_register(#name, (void (*)(void))_kpi_fn, (arg),	\
	    (priority)); })
#define	EVENTHANDLER_DEREGISTER(name, tag)				\
	kpi_event_deregister(#name, (tag), __FILE__, __LINE__)
#define	EVENTHANDLER_INVOKE(name, ...) do {				\
	struct kpi_event_list *_kpi_el;					\
	struct kpi_event *_kpi_ev;					\
									\
	for (_kpi_ev = kpi_event_first(#name, &_kpi_el);		\
	    _kpi_ev != NULL;						\
	    _kpi_ev = kpi_event_next(_kpi_el, _kpi_ev))			\
		((kpi_event_fn_##name)kpi_event_fn(_kpi_ev))(		\
		    kpi_event_arg(_kpi_ev), ##__VA_ARGS__);		\
} while (0)

typedef void	(*exitlist_fn)(void *, struct proc *);
typedef void	(*forklist_fn)(void *, struct proc *, struct proc *, int);
typedef void	(*execlist_fn)(void *, struct proc *, struct image_params *);
typedef void	(*proc_ctor_fn)(void *, struct proc *);
typedef void	(*proc_dtor_fn)(void *, struct proc *);
typedef void	(*thread_ctor_fn)(void *, struct thread *);
typedef void	(*thread_dtor_fn)(void *, struct thread *);

EVENTHANDLER_DECLARE(process_ctor, proc_ctor_fn);
EVENTHANDLER_DECLARE(process_dtor, proc_dtor_fn);
EVENTHANDLER_DECLARE(process_exit, exitlist_fn);
EVENTHANDLER_DECLARE(process_fork, forklist_fn);
EVENTHANDLER_DECLARE(process_exec, execlist_fn);
EVENTHANDLER_DECLARE(thread_ctor, thread_ctor_fn);
EVENTHANDLER_DECLARE(thread_dtor, thread_dtor_fn);

#endif /* !_KPI_SYS_EVENTHANDLER_H_ */
