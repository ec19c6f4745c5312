/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fault injection for launchd: linked into it with --wrap=mach_trap, this lets
 * the trap fail whose number in order FAIL_AT says, once, as it would for lack
 * of resources; if that is DIE_AT, kills it there.  With FAIL_AFTER they are
 * counted from when there is such a file.  With FAIL_NEXT the number is what
 * that file says, each time that there is one, which goes when the trap fails.
 * Traps of children are not counted.
 */

#include <sys/types.h>

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <mach/mach.h>

uint32_t __real_mach_trap(unsigned number, const uint64_t *args,
	    unsigned nargs);
uint32_t __wrap_mach_trap(unsigned number, const uint64_t *args,
	    unsigned nargs);

static atomic_int calls;
static pid_t self;			/* 0: not begun */
static int fail_at, die_at;
static const char *after, *next;
static bool armed;			/* by what `next` said */

static uint32_t
failure(unsigned number, const uint64_t *args)
{

	switch (number) {
	case 26:		/* those that return a name */
	case 27:
	case 28:
	case 29:
		return (MACH_PORT_NULL);
	case 31:		/* mach_msg, mach_msg_overwrite */
	case 32:
		return ((args[1] & MACH_SEND_MSG) != 0 ? MACH_SEND_NO_BUFFER :
		    MACH_RCV_INVALID_DATA);
	default:
		return (KERN_RESOURCE_SHORTAGE);
	}
}

static int
number_of(const char *variable)
{
	const char *s;

	s = getenv(variable);
	return (s != NULL ? atoi(s) : 0);
}

static bool
counted(void)
{

	if (getpid() != self)
		return (false);
	if (after != NULL && access(after, F_OK) == 0)
		after = NULL;
	return (after == NULL);
}

/* What is not whole yet is read with the next trap. */
static void
arm(void)
{
	char said[16];
	ssize_t n;
	int fd;

	fd = open(next, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return;
	n = read(fd, said, sizeof(said) - 1);
	(void)close(fd);
	if (n <= 0 || said[n - 1] != '\n')
		return;
	said[n] = '\0';
	fail_at = atoi(said);
	atomic_store(&calls, 0);
	armed = true;
}

uint32_t
__wrap_mach_trap(unsigned number, const uint64_t *args, unsigned nargs)
{
	int call;

	/* The first trap is made before there is a second thread. */
	if (self == 0) {
		self = getpid();
		fail_at = number_of("FAIL_AT");
		die_at = number_of("DIE_AT");
		after = getenv("FAIL_AFTER");
		next = getenv("FAIL_NEXT");
	}
	if (next != NULL && !armed && getpid() == self)
		arm();
	call = counted() ? atomic_fetch_add(&calls, 1) + 1 : -1;
	if (call == die_at) {
		(void)fprintf(stderr, "trap %u kills\n", number);
		(void)raise(SIGKILL);
	}
	if (call == fail_at) {
		(void)fprintf(stderr, "trap %u fails\n", number);
		if (armed)
			(void)unlink(next);
		armed = false;
		return (failure(number, args));
	}
	return (__real_mach_trap(number, args, nargs));
}
