/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The leak check can fail: what each of these children leaves behind on
 * purpose must be noticed by core_end(), and nothing where nothing is left.
 */

#include "core.h"

#include <sys/malloc.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/counters.h>

static MALLOC_DEFINE(M_LEAK, "leak", "left on purpose");

static void
leave_nothing(struct proc *p)
{

	(void)core_port_send();
	core_proc_exit(p);
}

/* A reference on a port that dies with its process. */
static void
leave_port(struct proc *p)
{
	struct ipc_entry *e;
	struct ipc_space *space;
	mach_port_name_t name;

	name = core_port();
	space = mach_thread_current()->th_task->t_space;
	is_read_lock(space);
	e = ipc_entry_lookup(space, name);
	ipc_object_hold(e->ie_object);
	is_read_unlock(space);
	core_proc_exit(p);
}

/* Memory that nothing counts. */
static void
leave_memory(struct proc *p)
{
	static void *volatile memory;

	memory = malloc(100, M_LEAK, M_WAITOK);
	REQUIRE(memory != NULL);
	core_proc_exit(p);
}

static void
leave_task(struct proc *p)
{

	mach_task_hold(mach_thread_current()->th_task);
	core_proc_exit(p);
}

static void
leave_thread(struct proc *p)
{

	mach_thread_hold(mach_thread_current());
	core_proc_exit(p);
}

/* A message that is in no queue. */
static void
leave_message(struct proc *p)
{

	(void)ipc_kmsg_alloc(64);
	core_proc_exit(p);
}

static const struct {
	const char	*name;
	void		(*leave)(struct proc *);
	bool		 noticed;
} cases[] = {
	{ "nothing", leave_nothing, false },
	{ "a port", leave_port, true },
	{ "memory", leave_memory, true },
	{ "a task", leave_task, true },
	{ "a thread", leave_thread, true },
	{ "a message", leave_message, true }
};

int
main(void)
{
	unsigned int i;
	pid_t pid;
	int status;

	for (i = 0; i < nitems(cases); i++) {
		fflush(NULL);
		pid = fork();
		REQUIRE(pid != -1);
		if (pid == 0) {
			test_passed = test_failed = 0;
			core_begin();
			cases[i].leave(core_proc(10));
			core_end();
			/* No other leak check but ours. */
			_exit(test_failed != 0 ? 3 : 0);
		}
		while (waitpid(pid, &status, 0) == -1)
			continue;
		printf("%s: status %#x\n", cases[i].name,
		    (unsigned int)status);
		/* A kernel that checks itself may stop the program. */
		if (cases[i].noticed)
			CHECK(status != 0);
		else
			CHECK_EQ(status, 0);
	}
	return (test_end());
}
