/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The keeper: a process that outlives machd by a moment, to tell its clients.
 *
 * A client's thread that waits sleeps on a futex, and no futex says that machd
 * was killed.  So machd begins with a clone of itself that shares its memory
 * and nothing else: no descriptors but machd's own pidfd, no signals, a session
 * of its own.  It sleeps until machd has ended, however that came about, then
 * marks every client's shared memory (md_gone), wakes all who wait, and
 * ends.  Killed first, or by the kernel for lack of memory together with
 * machd, it says nothing, and clients notice when they next look
 * (WATCH_SECONDS of libmach).
 *
 * When it goes to work all threads of machd are dead, possibly in the middle of
 * anything: it takes no locks and looks at nothing but `kept` and what hangs on
 * that, which is written once.  It has the thread-local data of the thread that
 * made it, errno among them, so until then it makes no call that
 * fails.  Sanitizers know nothing of it, hence KEEPER.
 */

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

#define	STACK		(64 * 1024)
#define	KERNEL_SIGSET	8
#define	KEPT		(2 * MACHD_MAX_CLIENTS)	/* some are still looked at */

#if defined(__SANITIZE_THREAD__)
#define	TSAN	1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define	TSAN	1
#endif
#endif

#ifdef TSAN
/*
 * Its clone() takes the child for a fork and marks the thread-local data that
 * the child shares with us accordingly.
 */
int	__clone(int (*fn)(void *), void *stack, int flags, void *arg, ...);
#define	clone	__clone
#endif

static struct shared *_Atomic kept[KEPT];
static _Atomic unsigned next;

/* Its memory is a client's until it is released. */
void
keeper_add(struct shared *sh)
{
	struct shared *none;
	unsigned i, n;

	for (n = 0; n < KEPT; n++) {
		i = atomic_fetch_add(&next, 1) % KEPT;
		none = NULL;
		if (atomic_compare_exchange_strong(&kept[i], &none, sh)) {
			sh->sh_kept = &kept[i];
			return;
		}
	}
}

void
keeper_remove(struct shared *sh)
{

	if (sh->sh_kept != NULL)
		atomic_store(sh->sh_kept, NULL);
}

/* Its client may have seen to it that a load or store would fault. */
KEEPER static bool
copy(long number, pid_t self, void *theirs, void *ours, size_t size)
{
	struct iovec local, remote;

	local.iov_base = ours;
	remote.iov_base = theirs;
	local.iov_len = remote.iov_len = size;
	return (syscall(number, self, &local, 1, &remote, 1, 0) ==
	    (long)size);
}

/* Threads have rung: the first so many slots. */
KEEPER static unsigned
rung(pid_t self, struct machd_door *door)
{
	uint32_t bits[MACHD_PENDING_WORDS];
	unsigned n;

	if (!copy(SYS_process_vm_readv, self, &door->md_pending, bits,
	    sizeof(bits)))
		return (0);
	for (n = MACHD_SLOTS; n > 0; n--)
		if ((bits[(n - 1) / 32] & 1u << (n - 1) % 32) != 0)
			break;
	return (n);
}

KEEPER static void
tell(pid_t self, struct shared *sh)
{
	struct machd_door *door;
	struct machd_slot *page;
	uint32_t value;
	unsigned i, n;

	door = (struct machd_door *)(void *)sh->sh_base;
	value = 1;
	(void)copy(SYS_process_vm_writev, self, &door->md_gone, &value,
	    sizeof(value));
	n = atomic_load(&sh->sh_slots);
	i = rung(self, door);
	if (n < i)
		n = i;
	for (i = 0; i < n; i++) {
		page = (struct machd_slot *)(void *)(sh->sh_base +
		    (size_t)MACHD_PAGE * (1 + i));
		if (!copy(SYS_process_vm_readv, self, &page->ms_word, &value,
		    sizeof(value)) || (value & MACHD_POSTED) == 0)
			continue;
		/* Who is about to sleep must not. */
		value = MACHD_POSTED;
		(void)copy(SYS_process_vm_writev, self, &page->ms_word,
		    &value, sizeof(value));
		(void)syscall(SYS_futex, &page->ms_word, FUTEX_WAKE, INT_MAX,
		    NULL, NULL, 0);
	}
}

KEEPER static int
keep(void *arg)
{
	struct pollfd pfd;
	struct shared *sh;
	pid_t self;
	uint64_t all;
	unsigned fd, i;

	all = ~(uint64_t)0;
	fd = (unsigned)(uintptr_t)arg;
	(void)syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, NULL,
	    KERNEL_SIGSET);
	(void)syscall(SYS_setsid);
	(void)syscall(SYS_prctl, PR_SET_NAME, "machd-keeper", 0, 0, 0);
	if (fd != 0)
		(void)syscall(SYS_close_range, 0u, fd - 1, 0u);
	(void)syscall(SYS_close_range, fd + 1, UINT_MAX, 0u);
	pfd.fd = (int)fd;
	pfd.events = POLLIN;
	while (syscall(SYS_ppoll, &pfd, 1, NULL, NULL, KERNEL_SIGSET) != 1)
		continue;
	self = (pid_t)syscall(SYS_getpid);
	for (i = 0; i < KEPT; i++) {
		sh = atomic_load(&kept[i]);
		if (sh != NULL)
			tell(self, sh);
	}
	wake_everybody();
	(void)syscall(SYS_exit_group, 0);
	return (0);
}

/* Before there are other threads.  0 or an errno value: do without. */
int
keeper_start(void)
{
	char *stack;
	int error, fd;

	fd = (int)syscall(SYS_pidfd_open, getpid(), 0);
	if (fd < 0)
		return (errno);
	stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	error = 0;
	if (stack == MAP_FAILED || clone(keep, stack + STACK,
	    CLONE_VM | SIGCHLD, (void *)(uintptr_t)fd) < 0)
		error = errno;
	(void)close(fd);
	return (error);
}
