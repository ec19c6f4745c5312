/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Benchmarks of Mach IPC, each beside a yardstick measured in the same run.
 *
 *	mach_bench [-n rounds] [-q] [--csv file]
 *
 * A round measures a batch of every operation and of every yardstick, one
 * after the other; the table shows the medians over the rounds and the median
 * of the ratios of each round, which is the figure that means something from
 * one machine to another.
 *
 * Who runs where matters more than anything else, so it is fixed:
 *
 *	same CPU	client, server and (user-mode) kernel share CPU 0
 *	machd apart	client and server on CPU 0, the kernel's server on CPU 1
 *	unpinned	the scheduler decides
 *
 * Where the Mach kernel is the host's own kernel there is no "machd apart".
 * The private machd that this runs under is found by the credentials of its
 * socket.
 */

#include <sys/types.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#ifdef __linux__
#include <dirent.h>
#include <sched.h>
#endif
#ifdef __FreeBSD__
#include <sys/cpuset.h>
#endif

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mach_traps.h>

#define	MSG_BYTES	100
#define	LARGE		(1024 * 1024)
#define	ONE_WAY		200	/* fit into any socket's buffer */
#define	ROUNDS_MAX	1001

#define	ID_ECHO		1
#define	ID_LARGE	2	/* out of line, not looked at */
#define	ID_LARGE_READ	3	/* read by the server */

enum place { SAME, APART, FREE, PLACES };
static const char *const place_names[PLACES] = {
	"same CPU", "machd apart", "unpinned"
};

struct message {
	mach_msg_header_t	hdr;
	uint8_t			body[MSG_BYTES - sizeof(mach_msg_header_t)];
	mach_msg_max_trailer_t	trailer;
};

struct large {
	mach_msg_header_t		hdr;
	mach_msg_body_t			body;
	mach_msg_ool_descriptor_t	ool;
	mach_msg_max_trailer_t		trailer;
};

union any {
	struct message	small;
	struct large	large;
};

static pid_t machd_pid;		/* 0: the host's own kernel */
static pid_t mach_server, socket_server, stream_server, pipe_server;
static int seq_fd, stream_fd, pipe_in, pipe_out, self_fds[2];
static mach_port_t service, reply_port, box;
static uint8_t *large_buffer;
static unsigned cpus;

static void
die(const char *what)
{

	fprintf(stderr, "mach_bench: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void
check(const char *what, kern_return_t kr)
{

	if (kr == KERN_SUCCESS)
		return;
	fprintf(stderr, "mach_bench: %s: %s (%#x)\n", what,
	    mach_error_string(kr), (unsigned)kr);
	exit(1);
}

static uint64_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec);
}

/* ---- placement ---- */

/* cpu < 0: any */
static void
pin_one(pid_t id, int cpu)
{
#if defined(__linux__)
	cpu_set_t set;
	unsigned i;

	CPU_ZERO(&set);
	for (i = 0; i < cpus; i++) {
		if (cpu < 0 || (unsigned)cpu == i)
			CPU_SET(i, &set);
	}
	/* A thread may have ended meanwhile. */
	if (sched_setaffinity(id, sizeof(set), &set) == -1 && errno != ESRCH)
		die("sched_setaffinity");
#elif defined(__FreeBSD__)
	cpuset_t set;
	unsigned i;

	CPU_ZERO(&set);
	for (i = 0; i < cpus; i++) {
		if (cpu < 0 || (unsigned)cpu == i)
			CPU_SET(i, &set);
	}
	if (cpuset_setaffinity(CPU_LEVEL_WHICH, CPU_WHICH_PID,
	    id == 0 ? -1 : id, sizeof(set), &set) == -1 && errno != ESRCH)
		die("cpuset_setaffinity");
#else
	(void)id;
	(void)cpu;
#endif
}

/* A process and all its threads. */
static void
pin(pid_t pid, int cpu)
{
#ifdef __linux__
	struct dirent *de;
	char path[64];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	dir = opendir(path);
	if (dir == NULL)
		die(path);
	while ((de = readdir(dir)) != NULL) {
		if (de->d_name[0] != '.')
			pin_one((pid_t)atoi(de->d_name), cpu);
	}
	closedir(dir);
#else
	pin_one(pid, cpu);
#endif
}

static void
place(enum place where)
{
	int cpu;

	cpu = where == FREE ? -1 : 0;
	pin(getpid(), cpu);
	pin(mach_server, cpu);
	if (machd_pid != 0)
		pin(machd_pid, where == FREE ? -1 : where == APART ? 1 : 0);
}

static void
find_machd(void)
{
#ifdef __linux__
	struct sockaddr_un sun;
	struct ucred cred;
	const char *path;
	socklen_t len;
	int fd;

	path = getenv("MACHD_SOCKET");
	if (path == NULL || strlen(path) >= sizeof(sun.sun_path)) {
		fprintf(stderr, "mach_bench: run it under machrun, so that "
		    "it has a machd of its own\n");
		exit(1);
	}
	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	strcpy(sun.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd == -1 ||
	    connect(fd, (struct sockaddr *)&sun, sizeof(sun)) == -1) {
		if (fd != -1)
			close(fd);
		fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
		if (fd == -1 ||
		    connect(fd, (struct sockaddr *)&sun, sizeof(sun)) == -1)
			die(path);
	}
	len = sizeof(cred);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) == -1)
		die("SO_PEERCRED");
	machd_pid = cred.pid;
	close(fd);
#endif
}

/* ---- servers ---- */

static uint64_t
sum(const void *p, size_t n)
{
	const uint64_t *w;
	uint64_t s;
	size_t i;

	w = p;
	s = 0;
	for (i = 0; i < n / sizeof(*w); i++)
		s += w[i];
	return (s);
}

static volatile uint64_t sink;

static void
serve_mach(void)
{
	union any m;
	mach_port_t port;
	mach_port_t parent;

	check("bootstrap port", task_get_bootstrap_port(mach_task_self(),
	    &parent));
	check("port", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &port));
	memset(&m, 0, sizeof(m));
	/* The parent gets a send right as the reply port of this message. */
	m.small.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND);
	m.small.hdr.msgh_size = sizeof(m.small.hdr);
	m.small.hdr.msgh_remote_port = parent;
	m.small.hdr.msgh_local_port = port;
	for (;;) {
		check("serve", mach_msg(&m.small.hdr, MACH_SEND_MSG |
		    MACH_RCV_MSG, m.small.hdr.msgh_size, sizeof(m), port, 0,
		    MACH_PORT_NULL));
		if (m.small.hdr.msgh_id == ID_LARGE ||
		    m.small.hdr.msgh_id == ID_LARGE_READ) {
			if (m.small.hdr.msgh_id == ID_LARGE_READ)
				sink += sum(m.large.ool.address,
				    m.large.ool.size);
			check("deallocate", vm_deallocate(mach_task_self(),
			    (vm_address_t)m.large.ool.address,
			    m.large.ool.size));
			m.small.hdr.msgh_size = sizeof(m.small.hdr);
		}
		m.small.hdr.msgh_bits = MACH_MSGH_BITS(
		    MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
		m.small.hdr.msgh_local_port = MACH_PORT_NULL;
	}
}

/* Exactly n bytes, or the peer has gone. */
static bool
get(int fd, void *buf, size_t n)
{
	ssize_t r;
	size_t k;

	for (k = 0; k < n; k += (size_t)r) {
		r = read(fd, (char *)buf + k, n - k);
		if (r <= 0)
			return (false);
	}
	return (true);
}

static bool
put(int fd, const void *buf, size_t n)
{
	ssize_t r;
	size_t k;

	for (k = 0; k < n; k += (size_t)r) {
		r = write(fd, (const char *)buf + k, n - k);
		if (r <= 0)
			return (false);
	}
	return (true);
}

static void
serve_fd(int in, int out)
{
	uint8_t buf[MSG_BYTES];

	while (get(in, buf, sizeof(buf)) && put(out, buf, sizeof(buf)))
		continue;
	_exit(0);
}

/*
 * SOCK_STREAM: the first byte of a message of MSG_BYTES says whether a large
 * one follows, and whether it is read.
 */
static void
serve_stream(int fd)
{
	uint8_t buf[MSG_BYTES];

	while (get(fd, buf, sizeof(buf))) {
		if (buf[0] != ID_ECHO) {
			if (!get(fd, large_buffer, LARGE))
				break;
			if (buf[0] == ID_LARGE_READ)
				sink += sum(large_buffer, LARGE);
		}
		if (!put(fd, buf, sizeof(buf)))
			break;
	}
	_exit(0);
}

static pid_t
spawn(void)
{
	pid_t pid;

	pid = fork();
	if (pid == -1)
		die("fork");
	return (pid);
}

static void
start_servers(void)
{
	struct message m;
	mach_port_limits_t limits;
	int fds[2], back[2];

	/* Same CPU for all that is not Mach, for good. */
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds) == -1)
		die("SOCK_SEQPACKET");
	socket_server = spawn();
	if (socket_server == 0) {
		close(fds[0]);
		serve_fd(fds[1], fds[1]);
	}
	close(fds[1]);
	seq_fd = fds[0];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == -1)
		die("SOCK_STREAM");
	stream_server = spawn();
	if (stream_server == 0) {
		close(fds[0]);
		serve_stream(fds[1]);
	}
	close(fds[1]);
	stream_fd = fds[0];
	if (pipe(fds) == -1 || pipe(back) == -1)
		die("pipe");
	pipe_server = spawn();
	if (pipe_server == 0) {
		close(fds[1]);
		close(back[0]);
		serve_fd(fds[0], back[1]);
	}
	close(fds[0]);
	close(back[1]);
	pipe_out = fds[1];
	pipe_in = back[0];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, self_fds) == -1)
		die("SOCK_SEQPACKET");
	pin(socket_server, 0);
	pin(stream_server, 0);
	pin(pipe_server, 0);

	check("reply port", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &reply_port));
	check("port", mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &box));
	check("send right", mach_port_insert_right(mach_task_self(), box, box,
	    MACH_MSG_TYPE_MAKE_SEND));
	limits.mpl_qlimit = MACH_PORT_QLIMIT_LARGE;
	check("queue limit", mach_port_set_attributes(mach_task_self(), box,
	    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
	    MACH_PORT_LIMITS_INFO_COUNT));
	check("bootstrap port", task_set_bootstrap_port(mach_task_self(),
	    box));
	mach_server = spawn();
	if (mach_server == 0) {
		serve_mach();
		_exit(0);
	}
	check("server", mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m), box, 10000, MACH_PORT_NULL));
	service = m.hdr.msgh_remote_port;
}

static void
stop_servers(void)
{
	pid_t all[] = { mach_server, socket_server, stream_server,
	    pipe_server };
	unsigned i;

	for (i = 0; i < 4; i++)
		kill(all[i], SIGKILL);
	for (i = 0; i < 4; i++)
		while (waitpid(all[i], NULL, 0) == -1 && errno == EINTR)
			continue;
}

/* ---- the operations: nanoseconds for n of them ---- */

static uint64_t
op_getppid(unsigned n)
{
	uint64_t t;

	t = now();
	while (n-- > 0)
		sink += (uint64_t)getppid();
	return (now() - t);
}

static uint64_t
op_null(unsigned n)
{
	uint64_t t;

	t = now();
	while (n-- > 0)
		sink += task_self_trap();
	return (now() - t);
}

static uint64_t
op_seqpacket(unsigned n)
{
	uint8_t buf[MSG_BYTES] = { ID_ECHO };
	uint64_t t;

	t = now();
	while (n-- > 0) {
		if (!put(seq_fd, buf, sizeof(buf)) ||
		    !get(seq_fd, buf, sizeof(buf)))
			die("SOCK_SEQPACKET");
	}
	return (now() - t);
}

static uint64_t
op_stream(unsigned n)
{
	uint8_t buf[MSG_BYTES] = { ID_ECHO };
	uint64_t t;

	t = now();
	while (n-- > 0) {
		if (!put(stream_fd, buf, sizeof(buf)) ||
		    !get(stream_fd, buf, sizeof(buf)))
			die("SOCK_STREAM");
	}
	return (now() - t);
}

static uint64_t
op_pipe(unsigned n)
{
	uint8_t buf[MSG_BYTES] = { ID_ECHO };
	uint64_t t;

	t = now();
	while (n-- > 0) {
		if (!put(pipe_out, buf, sizeof(buf)) ||
		    !get(pipe_in, buf, sizeof(buf)))
			die("pipe");
	}
	return (now() - t);
}

static uint64_t
op_seqpacket_self(unsigned n)
{
	uint8_t buf[MSG_BYTES] = { ID_ECHO };
	uint64_t t;

	t = now();
	while (n-- > 0) {
		if (!put(self_fds[0], buf, sizeof(buf)) ||
		    !get(self_fds[1], buf, sizeof(buf)))
			die("SOCK_SEQPACKET");
	}
	return (now() - t);
}

static uint64_t
op_seqpacket_send(unsigned n)
{
	uint8_t buf[MSG_BYTES] = { ID_ECHO };
	uint64_t start, t;
	unsigned i, k;

	t = 0;
	for (; n > 0; n -= k) {
		k = n < ONE_WAY ? n : ONE_WAY;
		start = now();
		for (i = 0; i < k; i++) {
			if (!put(self_fds[0], buf, sizeof(buf)))
				die("SOCK_SEQPACKET");
		}
		t += now() - start;
		for (i = 0; i < k; i++) {
			if (!get(self_fds[1], buf, sizeof(buf)))
				die("SOCK_SEQPACKET");
		}
	}
	return (t);
}

static void
header(struct message *m, mach_port_t to)
{

	m->hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	m->hdr.msgh_size = MSG_BYTES;
	m->hdr.msgh_remote_port = to;
	m->hdr.msgh_local_port = MACH_PORT_NULL;
	m->hdr.msgh_voucher_port = MACH_PORT_NULL;
	m->hdr.msgh_id = ID_ECHO;
}

static uint64_t
op_send(unsigned n)
{
	struct message m;
	uint64_t start, t;
	unsigned i, k;

	memset(&m, 0, sizeof(m));
	t = 0;
	for (; n > 0; n -= k) {
		k = n < ONE_WAY ? n : ONE_WAY;
		start = now();
		for (i = 0; i < k; i++) {
			header(&m, box);
			check("send", mach_msg(&m.hdr, MACH_SEND_MSG,
			    MSG_BYTES, 0, MACH_PORT_NULL, 0, MACH_PORT_NULL));
		}
		t += now() - start;
		for (i = 0; i < k; i++)
			check("receive", mach_msg(&m.hdr, MACH_RCV_MSG, 0,
			    sizeof(m), box, 0, MACH_PORT_NULL));
	}
	return (t);
}

static uint64_t
op_self(unsigned n)
{
	struct message m;
	uint64_t t;

	memset(&m, 0, sizeof(m));
	t = now();
	while (n-- > 0) {
		header(&m, box);
		check("send and receive", mach_msg(&m.hdr, MACH_SEND_MSG |
		    MACH_RCV_MSG, MSG_BYTES, sizeof(m), box, 0,
		    MACH_PORT_NULL));
	}
	return (now() - t);
}

static uint64_t
op_rpc(unsigned n)
{
	struct message m;
	uint64_t t;

	memset(&m, 0, sizeof(m));
	t = now();
	while (n-- > 0) {
		header(&m, service);
		m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE);
		m.hdr.msgh_local_port = reply_port;
		check("call", mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG,
		    MSG_BYTES, sizeof(m), reply_port, 0, MACH_PORT_NULL));
	}
	return (now() - t);
}

static uint64_t
large(unsigned n, int id)
{
	union any m;
	uint64_t t;

	t = now();
	while (n-- > 0) {
		memset(&m.large, 0, sizeof(m.large));
		m.large.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE) | MACH_MSGH_BITS_COMPLEX;
		m.large.hdr.msgh_size = sizeof(m.large) -
		    sizeof(m.large.trailer);
		m.large.hdr.msgh_remote_port = service;
		m.large.hdr.msgh_local_port = reply_port;
		m.large.hdr.msgh_id = id;
		m.large.body.msgh_descriptor_count = 1;
		m.large.ool.address = large_buffer;
		m.large.ool.size = LARGE;
		m.large.ool.copy = MACH_MSG_VIRTUAL_COPY;
		m.large.ool.type = MACH_MSG_OOL_DESCRIPTOR;
		check("large call", mach_msg(&m.large.hdr, MACH_SEND_MSG |
		    MACH_RCV_MSG, m.large.hdr.msgh_size, sizeof(m), reply_port,
		    0, MACH_PORT_NULL));
	}
	return (now() - t);
}

static uint64_t
op_large(unsigned n)
{

	return (large(n, ID_LARGE));
}

static uint64_t
op_large_read(unsigned n)
{

	return (large(n, ID_LARGE_READ));
}

static uint64_t
stream_large(unsigned n, int id)
{
	uint8_t buf[MSG_BYTES];
	uint64_t t;

	memset(buf, 0, sizeof(buf));
	t = now();
	while (n-- > 0) {
		buf[0] = (uint8_t)id;
		if (!put(stream_fd, buf, sizeof(buf)) ||
		    !put(stream_fd, large_buffer, LARGE) ||
		    !get(stream_fd, buf, sizeof(buf)))
			die("SOCK_STREAM");
	}
	return (now() - t);
}

static uint64_t
op_stream_large(unsigned n)
{

	return (stream_large(n, ID_LARGE));
}

static uint64_t
op_stream_large_read(unsigned n)
{

	return (stream_large(n, ID_LARGE_READ));
}

/* ---- what is measured ---- */

/* Yardsticks; client and server always share CPU 0. */
enum yardstick { Y_GETPPID, Y_SEQ, Y_STREAM, Y_PIPE, Y_SELF, Y_SEND, Y_LARGE,
    Y_LARGE_READ, YARDSTICKS };

static const struct {
	const char	*name;
	uint64_t	(*op)(unsigned);
	unsigned	batch;
} yardsticks[YARDSTICKS] = {
	[Y_GETPPID] =	{ "getppid", op_getppid, 2000 },
	[Y_SEQ] =	{ "SEQPACKET round trip", op_seqpacket, 500 },
	[Y_STREAM] =	{ "STREAM round trip", op_stream, 500 },
	[Y_PIPE] =	{ "pipe round trip", op_pipe, 500 },
	[Y_SELF] =	{ "SEQPACKET write+read", op_seqpacket_self, 500 },
	[Y_SEND] =	{ "SEQPACKET send", op_seqpacket_send, 400 },
	[Y_LARGE] =	{ "STREAM 1 MiB", op_stream_large, 10 },
	[Y_LARGE_READ] = { "STREAM 1 MiB, read", op_stream_large_read, 10 },
};

static const struct {
	const char	*name;
	uint64_t	(*op)(unsigned);
	unsigned	 batch;
	enum place	 where;
	enum yardstick	 yardstick;
	double		 target_machd, target_kernel;	/* 0: none */
} ops[] = {
	{ "null trap", op_null, 500, SAME, Y_GETPPID, 0, 1.5 },
	{ "null trap", op_null, 500, SAME, Y_SEQ, 0.62, 0 },
	{ "null trap", op_null, 500, APART, Y_SEQ, 0.15, 0 },
	{ "one-way send", op_send, 400, SAME, Y_SEND, 0, 0.7 },
	{ "one-way send", op_send, 400, APART, Y_SEND, 0.5, 0 },
	{ "self send+receive", op_self, 500, SAME, Y_SELF, 0, 0.5 },
	{ "self send+receive", op_self, 500, APART, Y_SELF, 0, 0 },
	{ "RPC", op_rpc, 500, SAME, Y_SEQ, 1.75, 0.78 },
	{ "RPC", op_rpc, 500, SAME, Y_STREAM, 0, 0 },
	{ "RPC", op_rpc, 500, SAME, Y_PIPE, 0, 0 },
	{ "RPC", op_rpc, 500, APART, Y_SEQ, 1.0, 0 },
	{ "RPC", op_rpc, 500, FREE, Y_SEQ, 0, 0 },
	{ "1 MiB out-of-line", op_large, 10, SAME, Y_LARGE, 0.25, 0.4 },
	{ "1 MiB out-of-line", op_large, 10, APART, Y_LARGE, 0, 0 },
	{ "1 MiB out-of-line, read", op_large_read, 10, SAME, Y_LARGE_READ,
	  0.25, 0.4 },
};
#define	OPS	(sizeof(ops) / sizeof(ops[0]))

static double yardstick_ns[YARDSTICKS][ROUNDS_MAX];
static double op_ns[OPS][ROUNDS_MAX], ratios[OPS][ROUNDS_MAX];

static int
by_value(const void *a, const void *b)
{
	double x, y;

	x = *(const double *)a;
	y = *(const double *)b;
	return (x < y ? -1 : x > y);
}

static double
median(const double *v, unsigned n)
{
	static double copy[ROUNDS_MAX];

	memcpy(copy, v, n * sizeof(*v));
	qsort(copy, n, sizeof(*copy), by_value);
	return (n % 2 == 1 ? copy[n / 2] :
	    (copy[n / 2 - 1] + copy[n / 2]) / 2);
}

static bool
possible(unsigned i)
{

	return (ops[i].where != APART || (machd_pid != 0 && cpus > 1));
}

static double
measure(uint64_t (*op)(unsigned), unsigned batch)
{

	(void)op(batch / 10 + 1);	/* warm */
	return ((double)op(batch) / batch);
}

static void
measure_round(unsigned r)
{
	enum place where;
	unsigned i, k;

	place(SAME);
	for (i = 0; i < YARDSTICKS; i++)
		yardstick_ns[i][r] = measure(yardsticks[i].op,
		    yardsticks[i].batch);
	for (where = SAME; where < PLACES; where++) {
		place(where);
		for (i = 0; i < OPS; i++) {
			if (ops[i].where != where || !possible(i))
				continue;
			/* One measurement serves several yardsticks. */
			for (k = 0; k < i; k++) {
				if (ops[k].op == ops[i].op &&
				    ops[k].where == where)
					break;
			}
			op_ns[i][r] = k < i ? op_ns[k][r] :
			    measure(ops[i].op, ops[i].batch);
			ratios[i][r] = op_ns[i][r] /
			    yardstick_ns[ops[i].yardstick][r];
		}
	}
}

static void
report(unsigned rounds, const char *csv)
{
	FILE *f;
	double ns, ratio, target, yns;
	unsigned i;

	f = NULL;
	if (csv != NULL) {
		f = fopen(csv, "w");
		if (f == NULL)
			die(csv);
		fprintf(f, "operation,placement,ns,yardstick,yardstick_ns,"
		    "ratio,target,rounds\n");
	}
	printf("%u rounds, %u CPUs, %s\n\n", rounds, cpus, machd_pid != 0 ?
	    "user-mode kernel" : "the host's own kernel");
	printf("%-24s %-12s %9s  %-21s %9s %7s %7s\n", "operation",
	    "placement", "ns", "yardstick, same CPU", "ns", "ratio",
	    "target");
	for (i = 0; i < OPS; i++) {
		if (!possible(i)) {
			printf("%-24s %-12s %9s\n", ops[i].name,
			    place_names[ops[i].where], "-");
			continue;
		}
		ns = median(op_ns[i], rounds);
		yns = median(yardstick_ns[ops[i].yardstick], rounds);
		ratio = median(ratios[i], rounds);
		target = machd_pid != 0 ? ops[i].target_machd :
		    ops[i].target_kernel;
		printf("%-24s %-12s %9.0f  %-21s %9.0f %7.2f ", ops[i].name,
		    place_names[ops[i].where], ns,
		    yardsticks[ops[i].yardstick].name, yns, ratio);
		if (target > 0)
			printf("%7.2f%s\n", target, ratio <= target ? "" :
			    " missed");
		else
			printf("%7s\n", "-");
		if (f == NULL)
			continue;
		fprintf(f, "\"%s\",%s,%.1f,\"%s\",%.1f,%.4f,", ops[i].name,
		    place_names[ops[i].where], ns,
		    yardsticks[ops[i].yardstick].name, yns, ratio);
		if (target > 0)
			fprintf(f, "%.2f", target);
		fprintf(f, ",%u\n", rounds);
	}
	if (f != NULL && fclose(f) != 0)
		die(csv);
}

int
main(int argc, char **argv)
{
	const char *csv;
	char *end;
	unsigned long rounds;
	long online;
	unsigned r;
	int i;

	csv = NULL;
	rounds = 21;
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-q") == 0)
			rounds = 3;
		else if (strcmp(argv[i], "-n") == 0 && i + 1 < argc) {
			rounds = strtoul(argv[++i], &end, 10);
			if (*end != '\0' || rounds == 0 ||
			    rounds > ROUNDS_MAX)
				goto usage;
		} else if (strcmp(argv[i], "--csv") == 0 && i + 1 < argc)
			csv = argv[++i];
		else
			goto usage;
	}
	online = sysconf(_SC_NPROCESSORS_ONLN);
	cpus = online > 0 ? (unsigned)online : 1;
	signal(SIGPIPE, SIG_IGN);
	large_buffer = malloc(LARGE);
	if (large_buffer == NULL)
		die("memory");
	memset(large_buffer, 0x5a, LARGE);
	find_machd();
	start_servers();
	for (r = 0; r < rounds; r++)
		measure_round(r);
	place(FREE);
	stop_servers();
	report((unsigned)rounds, csv);
	return (0);
usage:
	fprintf(stderr,
	    "usage: mach_bench [-n rounds] [-q] [--csv file]\n");
	return (2);
}
