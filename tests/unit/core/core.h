/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The Mach kernel in one process: processes, threads and traps for unit tests.
 */

#ifndef _TESTS_UNIT_CORE_CORE_H_
#define	_TESTS_UNIT_CORE_CORE_H_

/* First, as glibc and the kernel headers share names. */
#include <tests/unit/test.h>
#include <pthread.h>

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>

#include <mach/message.h>
#include <mach/notify.h>
#include <mach/port.h>

#include <kernel/kern/counters.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/trap/gen/trap_number.h>
#include <kernel/trap/trap.h>
#include <kernel/user/host.h>
#include <kernel/user/inprocess.h>

/* A pointer as the word a trap takes. */
#define	P(p)	((uint64_t)(uintptr_t)(p))

/* trap(TRAP name, words...), as the thread the caller acts for. */
#define	TRAP(name, ...)							\
	trap_words(MACH_TRAP_##name, (const uint64_t[8]){ __VA_ARGS__ })

static inline int
trap_words(unsigned int number, const uint64_t *words)
{
	int result;

	result = mach_trap_dispatch(number, words, 8);
	host_assert_no_locks("trap");
	return (result);
}

struct message {
	mach_msg_header_t	hdr;
	mach_msg_body_t		body;
	union {
		mach_msg_port_descriptor_t	port[4];
		mach_msg_ool_descriptor_t	ool[2];
		mach_msg_ool_ports_descriptor_t	ool_ports[2];
	} d;
	uint8_t			room[256];
};

/*
 * Kernel up and down; core_end() checks that nothing is left: no object, no
 * entry, no memory.
 */
void	core_begin(void);
void	core_end(void);

/* Whose all processes are. */
extern struct kpi_ucred *core_cred;

/* A process with one thread, which the caller acts for from then on. */
struct proc *core_proc(pid_t pid);
/* The caller's thread and its process, which has no other, exit. */
void	core_proc_exit(struct proc *p);
/* A thread of p the caller acts for until core_thread_end(). */
void	core_thread(struct proc *p);
void	core_thread_end(void);

/* Short forms; 0 when the trap fails. */
mach_port_name_t core_self(void);
mach_port_name_t core_port(void);		/* receive right */
mach_port_name_t core_port_send(void);		/* and a send right */
mach_port_name_t core_pset(void);
int	core_send(mach_port_name_t to, mach_msg_id_t id, int timeout_ms);
int	core_receive(mach_port_name_t from, struct message *m,
	    int timeout_ms);			/* -1: for ever */
int	core_destroy(mach_port_name_t name);
/* host_request_notification() by its message; its result. */
int	core_calendar(mach_port_name_t port, int disposition, int type);

#endif /* !_TESTS_UNIT_CORE_CORE_H_ */
