/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * libmach's Linux back end: the client of machd.
 *
 * Life cycle of a process
 *
 *   attach	The first trap (or mach_host_attach()) connects to machd,
 *		shows it a random nonce in our memory, names a range of
 *		addresses (the VM zone) that machd may hand out for
 *		out-of-line memory, and maps the shared memory it gets back.
 *		See kernel/user/machd/protocol.h.
 *   threads	A thread gets a trap page (slot) at its first trap, from a
 *		bitmap in process memory, and gives it back in a
 *		thread-specific data destructor.  With all MACHD_SLOTS slots
 *		taken its traps return KERN_RESOURCE_SHORTAGE.
 *   signals	A handler that ran while a trap was blocked makes the futex
 *		wait return EINTR; we ask machd to interrupt the trap.
 *		A handler may trap itself: the interrupted trap is
 *		ended first, its page is saved on the handler's stack,
 *		and put back afterwards.  A handler that leaves
 *		by longjmp() leaves a thread that works, a little slower.
 *   fork	The parent asks machd for the child's task before the fork
 *		and gets a random token.  The shared memory is not
 *		inherited (MADV_DONTFORK); the child forgets everything and
 *		attaches with the token at its first trap.  The parent's
 *		zone stays mapped in the child as ordinary memory; what of
 *		it is shared with machd becomes private before (window.c).
 *		A child made by a bare clone(2) is recognised by a page that
 *		the kernel clears in it (MADV_WIPEONFORK).
 *   vfork	The child borrows its parent's memory, and with it its task.
 *   exec	The connection is close-on-exec: its end tells machd.  The
 *		new image attaches again and finds the same task.
 *   exit	machd holds a pidfd; nothing is needed here.
 *
 * A program that closes all descriptors also closes our connection; it is
 * needed only for attaching and for machd to see an exec early.
 *
 * Locks: host_lock() (signals blocked while it is held, so a handler can never
 * meet it taken by its own thread) protects attaching and fork.
 */

#ifndef _LIBMACH_LINUX_HOST_LINUX_H_
#define _LIBMACH_LINUX_HOST_LINUX_H_

#include <sys/types.h>

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kernel/user/machd/protocol.h>

#define	HOST_HIDDEN	__attribute__((__visibility__("hidden")))
#define	HOST_LIKELY(x)	__builtin_expect(!!(x), 1)

#if defined(__SANITIZE_THREAD__)
#define	HOST_TSAN	1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define	HOST_TSAN	1
#endif
#endif

/* The process. */
struct mach_host {
	struct machd_door *_Atomic mh_door; /* NULL: not attached */
	struct machd_slot *mh_slots;
	_Atomic uint32_t *mh_wake;	/* wake words, read-only, or NULL */
	_Atomic uint64_t mh_shy_until;	/* ns: they failed us ... */
	_Atomic unsigned mh_shy_times;	/* ... so often */
	uint64_t	 mh_zone;
	uint64_t	 mh_zone_size;
	uint64_t	 mh_window;	/* the part that machd maps, too */
	uint64_t	 mh_window_size; /* 0: none */
	bool		 mh_window_lost; /* machd has let go of it */
	bool		 mh_window_failed; /* do not try again */
	_Atomic unsigned mh_generation;	/* new in every fork child */
	unsigned	*mh_alive;	/* page cleared by fork, else 1 */
	int		 mh_fd;		/* the connection, or -1 */
	dev_t		 mh_fd_dev;	/* ... to know it again */
	ino_t		 mh_fd_ino;
	pid_t		 mh_server;	/* machd */
	_Atomic int	 mh_error;	/* why attaching failed, sticky */
	_Atomic bool	 mh_lost;	/* machd died */
	bool		 mh_token_valid;
	uint8_t		 mh_token[MACHD_TOKEN_SIZE];
	uint64_t	 mh_nonce;
	_Atomic uint32_t mh_used[MACHD_PENDING_WORDS];	/* slots */
};

/* A thread. */
struct mach_host_thread {
	struct machd_slot *ht_slot;	/* NULL: none */
	unsigned	 ht_index;
	unsigned	 ht_generation;	/* of the process it was made in */
	uint32_t	 ht_sequence;	/* of its traps */
	volatile unsigned ht_depth;	/* traps under way; > 1 in handlers */
	volatile uintptr_t ht_stack;	/* pages that are there (memory.c) */
};

extern HOST_HIDDEN struct mach_host mach_host;
extern HOST_HIDDEN __thread struct mach_host_thread host_self
    __attribute__((__tls_model__("initial-exec")));

/* attach.c */
HOST_HIDDEN int	host_attach(bool retry);
HOST_HIDDEN void host_complain(void);
HOST_HIDDEN void host_check_fork(void);
HOST_HIDDEN bool host_server_alive(void);
HOST_HIDDEN void host_lock(sigset_t *old);	/* blocks all signals */
HOST_HIDDEN void host_unlock(const sigset_t *old);
HOST_HIDDEN int	host_spare_fd(void);	/* room for one; with the lock */

/* thread.c */
HOST_HIDDEN int	host_thread_attach(struct mach_host_thread *ht);
HOST_HIDDEN int	host_thread_init(void);

/* trap.c */
HOST_HIDDEN uint32_t host_trap(struct mach_host_thread *ht, unsigned number,
	    const uint64_t *args, unsigned nargs, const void *in,
	    size_t insize, void *out, size_t outsize);

/* memory.c: is user memory there?  Never faults. */
HOST_HIDDEN bool host_readable(uint64_t addr, size_t size);
HOST_HIDDEN bool host_writable_clobber(uint64_t addr, size_t size);
HOST_HIDDEN void host_vm_release(struct mach_host_thread *ht);
HOST_HIDDEN uint32_t host_vm_finish(struct mach_host_thread *ht,
	    unsigned number, const uint64_t *args, unsigned nargs,
	    uint32_t result);

HOST_HIDDEN bool host_in_zone(uint64_t addr);

/* fdpass.c */
HOST_HIDDEN int	host_receive_fd(int sock);
HOST_HIDDEN uint32_t host_trap_fd(struct mach_host_thread *ht, unsigned number,
	    uint64_t *args, unsigned nargs, unsigned sockarg, void *out,
	    size_t outsize, int *fdp);

/* window.c */
HOST_HIDDEN bool host_window_open(struct mach_host_thread *ht);
HOST_HIDDEN bool host_window_wipe(uint64_t addr, uint64_t size,
	    bool *outside);
HOST_HIDDEN void host_window_fork(struct mach_host_thread *ht);
HOST_HIDDEN void host_window_parent(struct mach_host_thread *ht);
HOST_HIDDEN void host_window_child(void);

#endif /* !_LIBMACH_LINUX_HOST_LINUX_H_ */
