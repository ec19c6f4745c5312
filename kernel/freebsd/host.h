/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The FreeBSD host of the Mach kernel: what its parts owe each other.
 *
 * module.c starts and stops the parts in one order.  An init function that
 * fails has undone itself.  A fini function that fails has changed nothing;
 * the others cannot fail.
 */

#ifndef _KERNEL_FREEBSD_HOST_H_
#define _KERNEL_FREEBSD_HOST_H_

struct ipc_port;
struct module;
struct thread;

/* thread_slot.c: the Mach state of a struct thread. */
int	mach_slot_init(void);
int	mach_slot_fini(void);
void	mach_slot_release(struct thread *td);

/* events.c: fork, exec and exit of every process. */
int	mach_events_init(void);
int	mach_events_fini(void);

/* clock_set.c: that the clock was set. */
int	mach_clock_watch_init(void);
int	mach_clock_watch_fini(void);

/* jail.c: what a jail knows of Mach. */
int	mach_jail_init(void);
int	mach_jail_fini(void);
/*
 * The bootstrap port of a jail below the thread's: consumes the send right
 * unless it fails with ENOENT.
 */
int	mach_jail_set_bootstrap(struct thread *td, int jid,
	    struct ipc_port *port);

/* dev.c: /dev/mach. */
int	mach_dev_init(void);
int	mach_dev_fini(void);

/* sysctl.c: the tree kern.mach. */
int	mach_sysctl_init(void);
int	mach_sysctl_fini(void);

/*
 * syscall.c: the system call that carries every trap, and the one of the
 * message traps alone.
 */
int	mach_syscall_init(void);
int	mach_syscall_fini(void);	/* EBUSY */
int	mach_syscall_number(void);
int	mach_syscall_msg_init(void);
int	mach_syscall_msg_fini(void);	/* EBUSY */
int	mach_syscall_msg_number(void);	/* 0: none */
extern int mach_trap_timing;		/* measure the time in traps */

/* kqueue.c: EVFILT_MACHPORT. */
int	mach_kqueue_init(void);
int	mach_kqueue_fini(void);		/* EBUSY */
int	mach_kqueue_filter(void);	/* 0: none */

#endif /* !_KERNEL_FREEBSD_HOST_H_ */
