/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd's speed, each figure beside its yardstick; run by launchd.sh as the
 * command of a launchd with the jobs bench.warm and bench.cold.
 *
 *	launchd_bench serve NAME [once]	the jobs
 *	launchd_bench byte		fork+exec's yardstick: a byte to fd 3
 *	launchd_bench run
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mig.h>
#include <servers/bootstrap.h>

#define	CALLS	1000
#define	ROUNDS	9
#define	STARTS	40

struct message {
	mach_msg_header_t	head;
	char			room[MAX_TRAILER_SIZE];
};

static void
check(kern_return_t kr, const char *what)
{

	if (kr == KERN_SUCCESS)
		return;
	(void)fprintf(stderr, "launchd_bench: %s: %s\n", what,
	    bootstrap_strerror(kr));
	exit(1);
}

static uint64_t
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec);
}

static int
serve(const char *name, int once)
{
	mach_msg_option_t options;
	struct message m;
	mach_port_t port;

	check(bootstrap_check_in(bootstrap_port, name, &port), name);
	for (options = MACH_RCV_MSG;; options = MACH_SEND_MSG | MACH_RCV_MSG) {
		check(mach_msg(&m.head, options, sizeof(m.head), sizeof(m),
		    port, 0, MACH_PORT_NULL), "serve");
		m.head.msgh_bits = MACH_MSGH_BITS(
		    MACH_MSGH_BITS_REMOTE(m.head.msgh_bits), 0);
		m.head.msgh_local_port = MACH_PORT_NULL;
		m.head.msgh_size = sizeof(m.head);
		if (once) {
			check(mach_msg(&m.head, MACH_SEND_MSG, sizeof(m.head),
			    0, MACH_PORT_NULL, 0, MACH_PORT_NULL), "answer");
			return (0);
		}
	}
}

static void
call(mach_port_t to)
{
	mach_port_t reply;
	struct message m;

	reply = mig_get_reply_port();
	memset(&m.head, 0, sizeof(m.head));
	m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.head.msgh_size = sizeof(m.head);
	m.head.msgh_remote_port = to;
	m.head.msgh_local_port = reply;
	check(mach_msg(&m.head, MACH_SEND_MSG | MACH_RCV_MSG, sizeof(m.head),
	    sizeof(m), reply, 0, MACH_PORT_NULL), "call");
	mig_put_reply_port(reply);
}

static void
look_up(mach_port_t port)
{
	mach_port_t found;

	check(bootstrap_look_up(bootstrap_port, "bench.warm", &found),
	    "look_up");
	check(mach_port_deallocate(mach_task_self(), found), "deallocate");
	(void)port;
}

static void
deallocate(mach_port_t port)
{

	check(mach_port_mod_refs(mach_task_self(), port,
	    MACH_PORT_RIGHT_SEND, 1), "mod_refs");
}

/*
 * The best of some rounds of each, in nanoseconds a call.  They take turns, so
 * that none has the machine's better moments for itself.
 */
static void
best_of(size_t n, void (*const fn[])(mach_port_t), mach_port_t port,
    double best[])
{
	uint64_t t;
	double ns;
	size_t f;
	int i, round;

	for (round = 0; round < ROUNDS; round++)
		for (f = 0; f < n; f++) {
			t = now();
			for (i = 0; i < CALLS; i++)
				fn[f](port);
			ns = (double)(now() - t) / CALLS;
			if (round == 0 || ns < best[f])
				best[f] = ns;
		}
}

static int
compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return ((*x > *y) - (*x < *y));
}

/* Not checked in any more: the next message is a start from nothing. */
static void
wait_until_down(const char *name)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	bootstrap_status_t status;

	for (;;) {
		check(bootstrap_status(bootstrap_port, name, &status),
		    "status");
		if (status == BOOTSTRAP_STATUS_ON_DEMAND)
			break;
		(void)nanosleep(&pause, NULL);
	}
	/* The process may have a moment left. */
	(void)nanosleep(&pause, NULL);
}

static uint64_t
cold_start(void)
{
	uint64_t times[STARTS];
	mach_port_t port;
	int i;

	check(bootstrap_look_up(bootstrap_port, "bench.cold", &port),
	    "bench.cold");
	call(port);
	for (i = 0; i < STARTS; i++) {
		wait_until_down("bench.cold");
		times[i] = now();
		call(port);
		times[i] = now() - times[i];
	}
	qsort(times, STARTS, sizeof(times[0]), compare);
	return (times[STARTS / 2]);
}

static uint64_t
fork_exec(const char *self)
{
	uint64_t times[STARTS];
	int fds[2], i;
	pid_t pid;
	char byte;

	for (i = 0; i < STARTS; i++) {
		if (pipe(fds) == -1)
			exit(1);
		times[i] = now();
		pid = fork();
		if (pid == 0) {
			(void)dup2(fds[1], 3);
			(void)execl(self, self, "byte", (char *)NULL);
			_exit(127);
		}
		if (read(fds[0], &byte, 1) != 1)
			exit(1);
		times[i] = now() - times[i];
		(void)waitpid(pid, NULL, 0);
		(void)close(fds[0]);
		(void)close(fds[1]);
	}
	qsort(times, STARTS, sizeof(times[0]), compare);
	return (times[STARTS / 2]);
}

static int
run(const char *self)
{
	static void (*const fn[])(mach_port_t) = { call, look_up, deallocate };
	uint64_t cold, plain;
	double best[3], look_ns;
	mach_port_t port;

	check(bootstrap_look_up(bootstrap_port, "bench.warm", &port),
	    "bench.warm");
	call(port);
	best_of(3, fn, port, best);
	look_ns = best[1] - best[2];
	(void)printf("look-up of a running service  %8.1f us   RPC        "
	    "%8.1f us   %.2f x (1.3)\n", look_ns / 1000, best[0] / 1000,
	    look_ns / best[0]);
	cold = cold_start();
	plain = fork_exec(self);
	(void)printf("start on demand, answer       %8.1f us   fork+exec  "
	    "%8.1f us   %.2f x (2)\n", (double)cold / 1000,
	    (double)plain / 1000, (double)cold / (double)plain);
	return (0);
}

int
main(int argc, char **argv)
{

	if (argc >= 3 && strcmp(argv[1], "serve") == 0)
		return (serve(argv[2], argc == 4));
	if (argc == 2 && strcmp(argv[1], "byte") == 0)
		return (write(3, "x", 1) != 1);
	return (run(argv[0]));
}
