/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Operations beside less of the same: delivery to a set of many ports and to a
 * set of one, two pairs of processes and one pair, two threads of a task and
 * one thread; and the memory of ports that nobody uses.
 */

#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

#define	MEMBERS		10000
#define	IDLE_PORTS	20000
#define	SENDS		2000
#define	RPCS		4000
#define	SELVES		8000

static mach_port_t
port_with_right(void)
{
	mach_port_t port;

	OK(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port));
	OK(mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND));
	return (port);
}

static void
port_gone(mach_port_t port)
{

	OK(mach_port_mod_refs(mach_task_self(), port, MACH_PORT_RIGHT_SEND,
	    -1));
	OK(mach_port_mod_refs(mach_task_self(), port, MACH_PORT_RIGHT_RECEIVE,
	    -1));
}

/*
 * Sets.
 */

struct set {
	mach_port_t	 name;
	mach_port_t	 last;		/* the member that is sent to */
	mach_port_t	*members;
	int		 n;
};

static void
set_make(struct set *set, int n)
{
	int i;

	set->n = n;
	set->members = calloc((size_t)n, sizeof(*set->members));
	if (set->members == NULL)
		err(1, "members");
	OK(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_PORT_SET,
	    &set->name));
	for (i = 0; i < n; i++) {
		set->members[i] = port_with_right();
		OK(mach_port_insert_member(mach_task_self(), set->members[i],
		    set->name));
	}
	set->last = set->members[n - 1];
}

static void
set_gone(struct set *set)
{
	int i;

	for (i = 0; i < set->n; i++)
		port_gone(set->members[i]);
	OK(mach_port_mod_refs(mach_task_self(), set->name,
	    MACH_PORT_RIGHT_PORT_SET, -1));
	free(set->members);
}

/* Sent to a member and received from the set, in one trap. */
static double
set_send(const struct set *set, int n)
{
	struct {
		mach_msg_header_t	hdr;
		char			data[76];
		mach_msg_max_trailer_t	trailer;
	} m;
	double t;
	int i;

	memset(&m, 0, sizeof(m));
	t = now();
	for (i = 0; i < n; i++) {
		m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
		m.hdr.msgh_remote_port = set->last;
		m.hdr.msgh_local_port = MACH_PORT_NULL;
		OK(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG,
		    sizeof(m.hdr) + sizeof(m.data), sizeof(m), set->name,
		    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
	}
	return ((now() - t) / n);
}

static void
run_sets(void)
{
	static const struct target target = { 1.1, 1.1, false };
	double ratio[ROUNDS_MAX], t[ROUNDS_MAX], y[ROUNDS_MAX];
	struct set many, one;
	int i, n;

	if (!wanted("set of 10,000"))
		return;
	place(SAME);
	set_make(&one, 1);
	set_make(&many, MEMBERS);
	n = SENDS / scale;
	(void)set_send(&one, n);
	for (i = 0; i < rounds; i++) {
		y[i] = set_send(&one, n);
		t[i] = set_send(&many, n);
		ratio[i] = t[i] / y[i];
	}
	set_gone(&many);
	set_gone(&one);
	show("set of 10,000", "same", median(t, rounds), "us", "set of 1",
	    median(y, rounds), median(ratio, rounds), &target);
}

/*
 * Two pairs of processes, each on a CPU of its own.
 */

struct pair {
	pid_t	 pid;
	int	 to, from;
};

static void
pipe_read(int fd, void *buf, size_t len)
{

	if (read(fd, buf, len) != (ssize_t)len)
		errx(1, "the other process is gone");
}

static void
pipe_write(int fd, const void *buf, size_t len)
{

	if (write(fd, buf, len) != (ssize_t)len)
		err(1, "pipe");
}

/*
 * Each 'r' is an order to run n of them; the answer is the time of one.  What
 * ends it is an order as well: others may have the pipe open.
 */
static void
pair_serve(int from, int to, int cpu, int n)
{
	double t;
	char order;

	(void)pin(0, cpu);
	own_port = port_with_right();
	reply_port = mach_reply_port();
	peer_mach(ANSWER);
	(void)op_mach_rpc(n / 10 + 1);
	t = 0;
	pipe_write(to, &t, sizeof(t));
	while (read(from, &order, 1) == 1 && order == 'r') {
		t = op_mach_rpc(n);
		pipe_write(to, &t, sizeof(t));
	}
	peer_end();
	_exit(0);
}

static void
pair_start(struct pair *pair, int cpu, int n)
{
	double t;
	int in[2], out[2];

	if (pipe(in) != 0 || pipe(out) != 0)
		err(1, "pipe");
	pair->pid = fork();
	if (pair->pid == -1)
		err(1, "fork");
	if (pair->pid == 0) {
		(void)close(in[1]);
		(void)close(out[0]);
		pair_serve(in[0], out[1], cpu, n);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	pair->to = in[1];
	pair->from = out[0];
	pipe_read(pair->from, &t, sizeof(t));
}

static void
pair_end(struct pair *pair)
{
	int status;

	pipe_write(pair->to, "q", 1);
	(void)close(pair->to);
	(void)close(pair->from);
	while (waitpid(pair->pid, &status, 0) == -1 && errno == EINTR)
		continue;
}

/*
 * Beside one pair that has what it can get, of two CPUs both, since machd works
 * on the other; or SAME: beside one that has one CPU, with machd.
 */
static void
run_pairs(enum place alone, const char *yardstick)
{
	static const struct target target = { 1.6, 1.8, true };
	double one[ROUNDS_MAX], ratio[ROUNDS_MAX], two[ROUNDS_MAX], t[2];
	struct pair pair[2];
	int i, j;

	if (!wanted("two pairs") || !can_pin)
		return;
	for (i = 0; i < rounds; i++) {
		/* The second is not there while the first is alone. */
		place(FREE);
		pair_start(&pair[0], 0, RPCS / scale);
		place(alone);
		pipe_write(pair[0].to, "r", 1);
		pipe_read(pair[0].from, &t[0], sizeof(t[0]));
		one[i] = 1000 / t[0];
		place(FREE);
		pair_start(&pair[1], 1, RPCS / scale);
		for (j = 0; j < 2; j++)
			pipe_write(pair[j].to, "r", 1);
		two[i] = 0;
		for (j = 0; j < 2; j++) {
			pipe_read(pair[j].from, &t[j], sizeof(t[j]));
			two[i] += 1000 / t[j];
			pair_end(&pair[j]);
		}
		ratio[i] = two[i] / one[i];
	}
	show("two pairs, RPC", "free", median(two, rounds), "/ms", yardstick,
	    median(one, rounds), median(ratio, rounds), &target);
}

/*
 * Two threads of a task that look names up in its one space, each its own.
 */

struct worker {
	pthread_t		 thread;
	pthread_barrier_t	*start;
	int			 cpu, n;
	mach_port_t		 port;
	double			 t;
};

static double
self_send(mach_port_t port, int n)
{
	struct set set;

	memset(&set, 0, sizeof(set));
	set.name = set.last = port;
	return (set_send(&set, n));
}

static void *
worker_main(void *arg)
{
	struct worker *w;

	w = arg;
#ifdef __linux__
	(void)pin(0, w->cpu);	/* the calling thread */
#endif
	(void)self_send(w->port, w->n / 10 + 1);
	(void)pthread_barrier_wait(w->start);
	w->t = self_send(w->port, w->n);
	return (NULL);
}

/* Operations a millisecond of so many threads. */
static double
threads(int count)
{
	pthread_barrier_t start;
	struct worker w[2];
	double sum;
	int i;

	(void)pthread_barrier_init(&start, NULL, (unsigned)count);
	for (i = 0; i < count; i++) {
		w[i].start = &start;
		w[i].cpu = i;
		w[i].n = SELVES / scale;
		w[i].port = port_with_right();
		if (pthread_create(&w[i].thread, NULL, worker_main, &w[i]) !=
		    0)
			errx(1, "pthread_create");
	}
	sum = 0;
	for (i = 0; i < count; i++) {
		(void)pthread_join(w[i].thread, NULL);
		port_gone(w[i].port);
		sum += 1000 / w[i].t;
	}
	(void)pthread_barrier_destroy(&start);
	return (sum);
}

static void
run_threads(void)
{
	static const struct target target = { 0, 0, true };
	double one[ROUNDS_MAX], ratio[ROUNDS_MAX], two[ROUNDS_MAX];
	int i;

	if (!wanted("two threads") || !can_pin)
		return;
	place(FREE);
	for (i = 0; i < rounds; i++) {
		one[i] = threads(1);
		two[i] = threads(2);
		ratio[i] = two[i] / one[i];
	}
	show("two threads, self", "free", median(two, rounds), "/ms",
	    "one thread", median(one, rounds), median(ratio, rounds), &target);
}

/*
 * The memory of ports: by how much machd grows.
 */

static double
machd_bytes(void)
{
	char path[64];
	FILE *fp;
	long resident, size;

	(void)snprintf(path, sizeof(path), "/proc/%d/statm", (int)machd_pid);
	fp = fopen(path, "r");
	if (fp == NULL || fscanf(fp, "%ld %ld", &size, &resident) != 2)
		err(1, "%s", path);
	(void)fclose(fp);
	return ((double)resident * (double)sysconf(_SC_PAGESIZE));
}

void
run_memory(void)
{
	static const struct target target = { 768, 512, false };
	mach_port_t *ports;
	double bytes;
	int i;

	if (!wanted("idle port") || machd_pid == 0)
		return;
	ports = calloc(IDLE_PORTS, sizeof(*ports));
	if (ports == NULL)
		err(1, "ports");
	bytes = machd_bytes();
	for (i = 0; i < IDLE_PORTS; i++)
		ports[i] = port_with_right();
	bytes = (machd_bytes() - bytes) / IDLE_PORTS;
	for (i = 0; i < IDLE_PORTS; i++)
		port_gone(ports[i]);
	free(ports);
	show("idle port and right", "-", bytes, "B", "bytes", 1, bytes,
	    &target);
}

void
run_scale(void)
{

	run_sets();
	run_pairs(FREE, "one pair");
	if (machd_pid != 0)
		run_pairs(SAME, "one pair, same");
	run_threads();
}
