/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Mach operations beside what the system offers for the same purpose.
 *
 * Every row is measured in rounds, and in each round the operation and its
 * yardstick run one after the other, so that whatever else happens on the
 * machine happens to both.  What counts is the ratio: the median over the
 * rounds of time / yardstick of the same round.  The columns in microseconds
 * are medians, too.
 *
 * The last columns are what the ratio is to be, at most or at least (>), and
 * whether it is.
 *
 * Yardsticks: getppid(2); the round trip of the same number of bytes over
 * AF_UNIX SOCK_SEQPACKET or SOCK_STREAM between two processes; for the stubs
 * that mig writes, the same messages written by hand.
 *
 * Placement: "same" puts both processes on CPU 0, and machd too; "own" the
 * processes on CPU 0 and machd on CPU 1 ("-p" gives its process id); "free"
 * leaves all to the scheduler.  Where a host has no way to say so, all rows
 * are "free".
 */

#include <sys/types.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#endif
#ifdef __FreeBSD__
#include <sys/param.h>
#include <sys/cpuset.h>
#include <mach/kevent.h>
#endif

#include <mach/mach.h>
#include <mach/mig_errors.h>

#include "stub.h"
#include "stubServer.h"

#include "bench.h"

#define	MSG_BYTES	100
#define	KIB		1024
#define	MIB		(1024 * 1024)

int rounds = 15;
int scale = 1;
pid_t machd_pid;
bool can_pin;
static FILE *csv;
static const char *only;	/* the rows that are wanted, or NULL */

struct message {
	mach_msg_header_t	hdr;
	char			data[MSG_BYTES - sizeof(mach_msg_header_t)];
	mach_msg_max_trailer_t	trailer;
};

struct ool_message {
	mach_msg_header_t	hdr;
	mach_msg_body_t		body;
	mach_msg_ool_descriptor_t ool;
	mach_msg_max_trailer_t	trailer;
};

double
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (ts.tv_sec * 1e6 + ts.tv_nsec / 1e3);
}

/*
 * Placement.
 */

int
pin(pid_t pid, int cpu)
{
#if defined(__linux__)
	cpu_set_t set;
	int i;

	CPU_ZERO(&set);
	for (i = 0; i < (int)sysconf(_SC_NPROCESSORS_ONLN); i++) {
		if (cpu < 0 || i == cpu)
			CPU_SET(i, &set);
	}
	return (sched_setaffinity(pid, sizeof(set), &set));
#elif defined(__FreeBSD__)
	cpuset_t set;
	int i;

	CPU_ZERO(&set);
	for (i = 0; i < (int)sysconf(_SC_NPROCESSORS_ONLN); i++) {
		if (cpu < 0 || i == cpu)
			CPU_SET(i, &set);
	}
	return (cpuset_setaffinity(CPU_LEVEL_WHICH, CPU_WHICH_PID,
	    pid == 0 ? -1 : pid, sizeof(set), &set));
#else
	(void)pid;
	(void)cpu;
	errno = ENOTSUP;
	return (-1);
#endif
}

/* All threads of machd; it starts one a client. */
static void
pin_machd(int cpu)
{
#ifdef __linux__
	char path[64];
	struct dirent *de;
	DIR *dir;

	if (machd_pid == 0)
		return;
	(void)snprintf(path, sizeof(path), "/proc/%d/task", (int)machd_pid);
	dir = opendir(path);
	if (dir == NULL)
		err(1, "%s", path);
	while ((de = readdir(dir)) != NULL) {
		if (de->d_name[0] != '.')
			(void)pin(atoi(de->d_name), cpu);
	}
	(void)closedir(dir);
#else
	(void)cpu;
#endif
}

void
place(enum place where)
{

	if (!can_pin)
		return;
	(void)pin(0, where == FREE ? -1 : 0);
	pin_machd(where == FREE ? -1 : where == SAME ? 0 : 1);
}

/*
 * The other process.
 */

static pid_t peer;
static int peer_fd;		/* a socket to it */
mach_port_t peer_port;		/* or a send right */
mach_port_t own_port;		/* ours */
mach_port_t reply_port;

void
peer_end(void)
{
	int status;

	if (peer == 0)
		return;
	(void)kill(peer, SIGKILL);
	while (waitpid(peer, &status, 0) == -1 && errno == EINTR)
		continue;
	peer = 0;
	if (peer_fd != -1)
		(void)close(peer_fd);
	peer_fd = -1;
	if (peer_port != MACH_PORT_NULL)
		(void)mach_port_deallocate(mach_task_self(), peer_port);
	peer_port = MACH_PORT_NULL;
}

static void
read_all(int fd, char *buf, size_t len)
{
	ssize_t n;

	for (; len > 0; buf += n, len -= (size_t)n) {
		n = read(fd, buf, len);
		if (n <= 0)
			_exit(0);
	}
}

static void
write_all(int fd, const char *buf, size_t len)
{
	ssize_t n;

	for (; len > 0; buf += n, len -= (size_t)n) {
		n = write(fd, buf, len);
		if (n <= 0)
			_exit(0);
	}
}

#define	PIPE		(-2)		/* for a type of socket */

/* Answers `in` bytes with `out` bytes; out 0: only takes. */
static void
peer_socket(int type, size_t in, size_t out)
{
	char *buf;
	int sv[2];

#ifdef __FreeBSD__
	/* A pipe goes both ways there. */
	if ((type == PIPE ? pipe(sv) : socketpair(AF_UNIX, type, 0, sv)) != 0)
#else
	if (socketpair(AF_UNIX, type, 0, sv) != 0)
#endif
		err(1, "socketpair");
	peer = fork();
	if (peer == -1)
		err(1, "fork");
	if (peer == 0) {
		(void)close(sv[0]);
		buf = malloc(in > out ? in : out);
		if (buf == NULL)
			_exit(1);
		for (;;) {
			read_all(sv[1], buf, in);
			if (out != 0)
				write_all(sv[1], buf, out);
		}
	}
	(void)close(sv[1]);
	peer_fd = sv[0];
}

static void
send_right(mach_port_t to, mach_port_t port)
{
	struct {
		mach_msg_header_t	hdr;
		mach_msg_body_t		body;
		mach_msg_port_descriptor_t port;
	} m;

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_size = sizeof(m);
	m.hdr.msgh_remote_port = to;
	m.body.msgh_descriptor_count = 1;
	m.port.name = port;
	m.port.disposition = MACH_MSG_TYPE_MAKE_SEND;
	m.port.type = MACH_MSG_PORT_DESCRIPTOR;
	OK(mach_msg(&m.hdr, MACH_SEND_MSG, sizeof(m), 0, MACH_PORT_NULL,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
}

/* Received messages are answered, or only taken, in one trap a message. */
static void
serve(mach_port_t port, bool answer)
{
	struct message m;
	mach_msg_return_t mr;

	mr = mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	while (mr == MACH_MSG_SUCCESS) {
		if (!answer) {
			mr = mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m),
			    port, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
			continue;
		}
		m.hdr.msgh_bits = MACH_MSGH_BITS(
		    MACH_MSGH_BITS_REMOTE(m.hdr.msgh_bits), 0);
		m.hdr.msgh_local_port = MACH_PORT_NULL;
		mr = mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG, MSG_BYTES,
		    sizeof(m), port, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	}
	_exit(1);
}

/* Takes out-of-line memory, reads it, frees it; answers in the next trap. */
static void
serve_ool(mach_port_t port)
{
	union {
		struct ool_message	ool;
		struct message		msg;
	} m;
	mach_port_t to;
	mach_msg_return_t mr;
	char *p, sum;
	size_t i;

	sum = 0;
	mr = mach_msg(&m.ool.hdr, MACH_RCV_MSG, 0, sizeof(m), port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	while (mr == MACH_MSG_SUCCESS) {
		p = m.ool.ool.address;
		for (i = 0; i < m.ool.ool.size; i += 64)
			sum += p[i];
		(void)vm_deallocate(mach_task_self(), (vm_address_t)p,
		    m.ool.ool.size);
		to = m.ool.hdr.msgh_remote_port;
		memset(&m.msg, 0, sizeof(m.msg));
		m.msg.hdr.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
		m.msg.hdr.msgh_remote_port = to;
		m.msg.hdr.msgh_id = sum;
		mr = mach_msg(&m.msg.hdr, MACH_SEND_MSG | MACH_RCV_MSG,
		    MSG_BYTES, sizeof(m), port, MACH_MSG_TIMEOUT_NONE,
		    MACH_PORT_NULL);
	}
	_exit(1);
}

/*
 * The messages of stub.defs, by hand.
 */
#pragma pack(push, 4)
struct echo_request {
	mach_msg_header_t	hdr;
	NDR_record_t		ndr;
	stub_block_t		block;
};
struct echo_reply {
	mach_msg_header_t	hdr;
	NDR_record_t		ndr;
	kern_return_t		code;
	stub_block_t		result;
};
#pragma pack(pop)

static void
serve_by_hand(mach_port_t port)
{
	union {
		struct echo_request	request;
		struct echo_reply	reply;
		char			room[sizeof(struct echo_reply) +
					    MAX_TRAILER_SIZE];
	} a, b, *in, *out, *swap;
	mach_msg_return_t mr;

	in = &a;
	out = &b;
	mr = mach_msg(&in->request.hdr, MACH_RCV_MSG, 0, sizeof(*in), port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	while (mr == MACH_MSG_SUCCESS) {
		if (in->request.hdr.msgh_id != 9000 ||
		    in->request.hdr.msgh_size != sizeof(in->request))
			break;
		out->reply.hdr.msgh_bits = MACH_MSGH_BITS(
		    MACH_MSGH_BITS_REMOTE(in->request.hdr.msgh_bits), 0);
		out->reply.hdr.msgh_size = sizeof(out->reply);
		out->reply.hdr.msgh_remote_port =
		    in->request.hdr.msgh_remote_port;
		out->reply.hdr.msgh_local_port = MACH_PORT_NULL;
		out->reply.hdr.msgh_voucher_port = MACH_PORT_NULL;
		out->reply.hdr.msgh_id = 9100;
		out->reply.ndr = NDR_record;
		out->reply.code = KERN_SUCCESS;
		out->reply.result = in->request.block;
		mr = mach_msg(&out->reply.hdr, MACH_SEND_MSG | MACH_RCV_MSG,
		    sizeof(out->reply), sizeof(*out), port,
		    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
		swap = in;
		in = out;
		out = swap;
	}
	_exit(1);
}

kern_return_t
do_stub_echo(mach_port_t server, stub_block_t block, stub_block_t *result)
{

	(void)server;
	*result = block;
	return (KERN_SUCCESS);
}

static void
serve_stub(mach_port_t port)
{

	(void)mach_msg_server(stub_server, sizeof(struct echo_reply), port,
	    MACH_MSG_OPTION_NONE);
	_exit(1);
}

void
peer_mach(enum service service)
{
	struct {
		mach_msg_header_t	hdr;
		mach_msg_body_t		body;
		mach_msg_port_descriptor_t port;
		mach_msg_max_trailer_t	trailer;
	} m;
	mach_port_t port, to;

	/* A child finds its parent where it finds its bootstrap server. */
	OK(task_set_bootstrap_port(mach_task_self(), own_port));
	peer = fork();
	if (peer == -1)
		err(1, "fork");
	if (peer == 0) {
		OK(task_get_bootstrap_port(mach_task_self(), &to));
		OK(mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_RECEIVE, &port));
		send_right(to, port);
		if (service == OOL)
			serve_ool(port);
		if (service == STUB)
			serve_stub(port);
		if (service == HAND)
			serve_by_hand(port);
		serve(port, service == ANSWER);
	}
	OK(mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), own_port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
	peer_port = m.port.name;
}

/*
 * Operations: one call is n of them; the time of one in microseconds.
 */

static double
op_getppid(int n)
{
	double t;
	int i;

	t = now();
	for (i = 0; i < n; i++)
		(void)getppid();
	return ((now() - t) / n);
}

static double
op_null_trap(int n)
{
	double t;
	int i;

	t = now();
	for (i = 0; i < n; i++)
		(void)swtch_pri(0);
	return ((now() - t) / n);
}

static double
op_socket_rpc(int n)
{
	char buf[MSG_BYTES];
	double t;
	int i;

	memset(buf, 1, sizeof(buf));
	t = now();
	for (i = 0; i < n; i++) {
		write_all(peer_fd, buf, sizeof(buf));
		read_all(peer_fd, buf, sizeof(buf));
	}
	return ((now() - t) / n);
}

static double
op_socket_send(int n)
{
	char buf[MSG_BYTES];
	double t;
	int i;

	memset(buf, 1, sizeof(buf));
	t = now();
	for (i = 0; i < n; i++)
		write_all(peer_fd, buf, sizeof(buf));
	return ((now() - t) / n);
}

/* One process, both ends. */
static double
op_socket_self(int n)
{
	char buf[MSG_BYTES];
	double t;
	int i, sv[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sv) != 0)
		err(1, "socketpair");
	memset(buf, 1, sizeof(buf));
	t = now();
	for (i = 0; i < n; i++) {
		write_all(sv[0], buf, sizeof(buf));
		read_all(sv[1], buf, sizeof(buf));
	}
	t = (now() - t) / n;
	(void)close(sv[0]);
	(void)close(sv[1]);
	return (t);
}

static void
request(struct message *m, mach_port_t to, bool reply)
{

	m->hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    reply ? MACH_MSG_TYPE_MAKE_SEND_ONCE : 0);
	m->hdr.msgh_size = MSG_BYTES;
	m->hdr.msgh_remote_port = to;
	m->hdr.msgh_local_port = reply ? reply_port : MACH_PORT_NULL;
	m->hdr.msgh_voucher_port = MACH_PORT_NULL;
	m->hdr.msgh_id = 1;
}

static double
rpc(int n, mach_msg_option_t option, mach_msg_timeout_t timeout)
{
	struct message m;
	double t;
	int i;

	memset(&m, 0, sizeof(m));
	t = now();
	for (i = 0; i < n; i++) {
		request(&m, peer_port, true);
		OK(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG | option,
		    MSG_BYTES, sizeof(m), reply_port, timeout,
		    MACH_PORT_NULL));
	}
	return ((now() - t) / n);
}

double
op_mach_rpc(int n)
{

	return (rpc(n, 0, MACH_MSG_TIMEOUT_NONE));
}

/* A time-out that never comes to anything. */
static double
op_timed_rpc(int n)
{

	return (rpc(n, MACH_RCV_TIMEOUT, 10000));
}

static double
op_stub_rpc(int n)
{
	stub_block_t block;
	double t;
	int i;

	memset(&block, 1, sizeof(block));
	t = now();
	for (i = 0; i < n; i++)
		OK(stub_echo(peer_port, block, &block));
	return ((now() - t) / n);
}

static kern_return_t
echo_by_hand(stub_block_t block, stub_block_t *result)
{
	union {
		struct echo_request	request;
		struct echo_reply	reply;
		char			room[sizeof(struct echo_reply) +
					    MAX_TRAILER_SIZE];
	} m;
	mach_msg_return_t mr;

	request((struct message *)(void *)&m, peer_port, true);
	m.request.hdr.msgh_size = sizeof(m.request);
	m.request.hdr.msgh_id = 9000;
	m.request.ndr = NDR_record;
	m.request.block = block;
	mr = mach_msg(&m.request.hdr, MACH_SEND_MSG | MACH_RCV_MSG,
	    sizeof(m.request), sizeof(m), reply_port, MACH_MSG_TIMEOUT_NONE,
	    MACH_PORT_NULL);
	if (mr != MACH_MSG_SUCCESS)
		return (mr);
	if (m.reply.hdr.msgh_id != 9100)
		return (MIG_REPLY_MISMATCH);
	if (m.reply.code == KERN_SUCCESS)
		*result = m.reply.result;
	return (m.reply.code);
}

static double
op_hand_rpc(int n)
{
	stub_block_t block;
	double t;
	int i;

	memset(&block, 1, sizeof(block));
	t = now();
	for (i = 0; i < n; i++)
		OK(echo_by_hand(block, &block));
	return ((now() - t) / n);
}

static double
op_mach_send(int n)
{
	struct message m;
	double t;
	int i;

	memset(&m, 0, sizeof(m));
	t = now();
	for (i = 0; i < n; i++) {
		request(&m, peer_port, false);
		OK(mach_msg(&m.hdr, MACH_SEND_MSG, MSG_BYTES, 0,
		    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
	}
	return ((now() - t) / n);
}

double
op_mach_self(int n)
{
	struct message m;
	double t;
	int i;

	memset(&m, 0, sizeof(m));
	t = now();
	for (i = 0; i < n; i++) {
		request(&m, own_port, false);
		OK(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG, MSG_BYTES,
		    sizeof(m), own_port, MACH_MSG_TIMEOUT_NONE,
		    MACH_PORT_NULL));
	}
	return ((now() - t) / n);
}

#ifdef __FreeBSD__
/* The answer is waited for by kevent(2), then taken. */
static double
kevents(int n, uintptr_t ident, short filter, void (*ask)(void),
    void (*take)(void))
{
	struct kevent kev;
	double t;
	int i, kq;

	kq = kqueue();
	EV_SET(&kev, ident, filter, EV_ADD, 0, 0, NULL);
	if (kq == -1 || kevent(kq, &kev, 1, NULL, 0, NULL) != 0)
		err(1, "kevent");
	t = now();
	for (i = 0; i < n; i++) {
		ask();
		if (kevent(kq, NULL, 0, &kev, 1, NULL) != 1)
			err(1, "kevent");
		take();
	}
	t = (now() - t) / n;
	(void)close(kq);
	return (t);
}

static char kevent_bytes[MSG_BYTES];

static void
ask_pipe(void)
{

	write_all(peer_fd, kevent_bytes, sizeof(kevent_bytes));
}

static void
take_pipe(void)
{

	read_all(peer_fd, kevent_bytes, sizeof(kevent_bytes));
}

static double
op_pipe_kevent(int n)
{

	return (kevents(n, (uintptr_t)peer_fd, EVFILT_READ, ask_pipe,
	    take_pipe));
}

static void
ask_port(void)
{
	struct message m;

	request(&m, peer_port, true);
	OK(mach_msg(&m.hdr, MACH_SEND_MSG, MSG_BYTES, 0, MACH_PORT_NULL,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
}

static void
take_port(void)
{
	struct message m;

	OK(mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), reply_port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
}

static double
op_mach_kevent(int n)
{

	return (kevents(n, reply_port, EVFILT_MACHPORT, ask_port, take_port));
}
#endif

static char *ool_data;		/* from before the other process */

static char *
map_memory(size_t size)
{
	char *p;

	p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON,
	    -1, 0);
	if (p == MAP_FAILED)
		err(1, "mmap");
	return (p);
}

static double
op_stream_large(int n, size_t size)
{
	char answer;
	double t;
	int i;

	t = now();
	for (i = 0; i < n; i++) {
		write_all(peer_fd, ool_data, size);
		read_all(peer_fd, &answer, 1);
	}
	return ((now() - t) / n);
}

static double
op_stream_1m(int n)
{

	return (op_stream_large(n, MIB));
}

static double
op_stream_64k(int n)
{

	return (op_stream_large(n, 64 * KIB));
}

static double
op_stream_4k(int n)
{

	return (op_stream_large(n, 4 * KIB));
}

/*
 * PLAIN: memory of mmap(2); INHERITED: the same, which the other process has as
 * well, as a child; ALLOCATED: of vm_allocate(); GIVEN: the same, given away
 * with the message, so that every message has memory of its own.
 */
enum memory { PLAIN, INHERITED, ALLOCATED, GIVEN };

static double
op_mach_large(int n, size_t size, enum memory memory)
{
	union {
		struct ool_message	ool;
		struct message		msg;
	} m;
	vm_address_t data;
	double t;
	int i;

	data = (vm_address_t)ool_data;
	if (memory == ALLOCATED)
		OK(vm_allocate(mach_task_self(), &data, size,
		    VM_FLAGS_ANYWHERE));
	else if (memory == PLAIN)
		data = (vm_address_t)map_memory(size);
	if (memory == ALLOCATED || memory == PLAIN)
		memset((void *)data, 7, size);
	t = now();
	for (i = 0; i < n; i++) {
		if (memory == GIVEN)
			OK(vm_allocate(mach_task_self(), &data, size,
			    VM_FLAGS_ANYWHERE));
		memset(&m.ool, 0, sizeof(m.ool));
		m.ool.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE) | MACH_MSGH_BITS_COMPLEX;
		m.ool.hdr.msgh_remote_port = peer_port;
		m.ool.hdr.msgh_local_port = reply_port;
		m.ool.body.msgh_descriptor_count = 1;
		m.ool.ool.address = (void *)data;
		m.ool.ool.size = (mach_msg_size_t)size;
		m.ool.ool.deallocate = memory == GIVEN;
		m.ool.ool.copy = MACH_MSG_VIRTUAL_COPY;
		m.ool.ool.type = MACH_MSG_OOL_DESCRIPTOR;
		OK(mach_msg(&m.ool.hdr, MACH_SEND_MSG | MACH_RCV_MSG,
		    sizeof(m.ool) - sizeof(m.ool.trailer), sizeof(m),
		    reply_port, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
	}
	t = (now() - t) / n;
	if (memory == ALLOCATED || memory == PLAIN)
		OK(vm_deallocate(mach_task_self(), data, size));
	return (t);
}

static double
op_mach_1m(int n)
{

	return (op_mach_large(n, MIB, PLAIN));
}

static double
op_mach_1m_inherited(int n)
{

	return (op_mach_large(n, MIB, INHERITED));
}

static double
op_mach_1m_allocated(int n)
{

	return (op_mach_large(n, MIB, ALLOCATED));
}

static double
op_mach_1m_given(int n)
{

	return (op_mach_large(n, MIB, GIVEN));
}

static double
op_mach_64k(int n)
{

	return (op_mach_large(n, 64 * KIB, PLAIN));
}

static double
op_mach_64k_allocated(int n)
{

	return (op_mach_large(n, 64 * KIB, ALLOCATED));
}

static double
op_mach_4k(int n)
{

	return (op_mach_large(n, 4 * KIB, PLAIN));
}

/*
 * Rows.
 */

static int
compare(const void *a, const void *b)
{
	double x, y;

	x = *(const double *)a;
	y = *(const double *)b;
	return (x < y ? -1 : x > y);
}

double
median(double *v, int n)
{

	qsort(v, (size_t)n, sizeof(*v), compare);
	return (n % 2 != 0 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2);
}

#define	MACH_PEER	(-1)

struct row {
	const char	*name;
	const char	*yardstick;
	enum place	 where;
	int		 n;		/* operations a round */
	double		(*op)(int);
	int		 service;	/* enum service, or -1 */
	double		(*yard)(int);
	int		 socktype;	/* 0: none; MACH_PEER: in serves */
	size_t		 in, out;
	bool		 yard_same;	/* on one CPU, wherever the row is */
	struct target	 target;
};

#define	SEQ		SOCK_SEQPACKET, MSG_BYTES
#define	STREAM(size)	SOCK_STREAM, (size), 1, false
#define	NO_SOCKET	0, 0, 0, false
#define	AIM(machd, freebsd)	{ (machd), (freebsd), false }

static const struct row rows[] = {
	{ "null trap", "getppid", SAME, 4000, op_null_trap, -1,
	    op_getppid, NO_SOCKET, AIM(0, 1.5) },
	{ "null trap", "seqpacket round trip", SAME, 4000, op_null_trap, -1,
	    op_socket_rpc, SEQ, MSG_BYTES, false, AIM(0.62, 0) },
	{ "null trap", "seqpacket round trip, same", OWN, 4000, op_null_trap,
	    -1, op_socket_rpc, SEQ, MSG_BYTES, true, AIM(0.15, 0) },
	{ "send to self", "seqpacket write+read", SAME, 4000, op_mach_self, -1,
	    op_socket_self, NO_SOCKET, AIM(0, 0.5) },
	{ "one-way send", "seqpacket send", SAME, 4000, op_mach_send, TAKE,
	    op_socket_send, SEQ, 0, false, AIM(0.5, 0.7) },
	{ "one-way send", "seqpacket send, same", OWN, 4000, op_mach_send,
	    TAKE, op_socket_send, SEQ, 0, true, AIM(0.5, 0) },
	{ "RPC", "seqpacket round trip", SAME, 4000, op_mach_rpc, ANSWER,
	    op_socket_rpc, SEQ, MSG_BYTES, false, AIM(1.75, 0.78) },
	{ "RPC", "seqpacket round trip, same", OWN, 4000, op_mach_rpc, ANSWER,
	    op_socket_rpc, SEQ, MSG_BYTES, true, AIM(1.0, 0) },
	{ "RPC", "seqpacket round trip", FREE, 4000, op_mach_rpc, ANSWER,
	    op_socket_rpc, SEQ, MSG_BYTES, false, AIM(0, 0) },
	{ "RPC", "stream round trip", SAME, 4000, op_mach_rpc, ANSWER,
	    op_socket_rpc, SOCK_STREAM, MSG_BYTES, MSG_BYTES, false,
	    AIM(0, 0) },
#ifdef __FreeBSD__
	{ "RPC", "pipe round trip", SAME, 4000, op_mach_rpc, ANSWER,
	    op_socket_rpc, PIPE, MSG_BYTES, MSG_BYTES, false, AIM(0, 1.0) },
	{ "kevent wake-up", "the same on a pipe", SAME, 4000, op_mach_kevent,
	    ANSWER, op_pipe_kevent, PIPE, MSG_BYTES, MSG_BYTES, false,
	    AIM(0, 1.0) },
#endif
	{ "RPC by stubs of mig", "the same by hand", SAME, 4000, op_stub_rpc,
	    STUB, op_hand_rpc, MACH_PEER, HAND, 0, false, AIM(0, 0) },
	{ "RPC with a time-out", "the same without", SAME, 4000, op_timed_rpc,
	    ANSWER, op_mach_rpc, MACH_PEER, ANSWER, 0, false, AIM(0, 0) },
	{ "1 MiB out of line", "stream copy", SAME, 200, op_mach_1m, OOL,
	    op_stream_1m, STREAM(MIB), AIM(0.25, 0.4) },
	{ "1 MiB, inherited", "stream copy", SAME, 200, op_mach_1m_inherited,
	    OOL, op_stream_1m, STREAM(MIB), AIM(0.25, 0.4) },
	{ "1 MiB, vm_allocate", "stream copy", SAME, 200,
	    op_mach_1m_allocated, OOL, op_stream_1m, STREAM(MIB),
	    AIM(0.25, 0.4) },
	{ "1 MiB, given away", "stream copy", SAME, 200, op_mach_1m_given,
	    OOL, op_stream_1m, STREAM(MIB), AIM(0.25, 0.4) },
	{ "1 MiB, vm_allocate", "stream copy", FREE, 200,
	    op_mach_1m_allocated, OOL, op_stream_1m, STREAM(MIB), AIM(0, 0) },
	{ "1 MiB, given away", "stream copy", FREE, 200, op_mach_1m_given,
	    OOL, op_stream_1m, STREAM(MIB), AIM(0, 0) },
	{ "64 KiB out of line", "stream copy", SAME, 1000, op_mach_64k, OOL,
	    op_stream_64k, STREAM(64 * KIB), AIM(0, 0) },
	{ "64 KiB, vm_allocate", "stream copy", SAME, 1000,
	    op_mach_64k_allocated, OOL, op_stream_64k, STREAM(64 * KIB),
	    AIM(0, 0) },
	{ "4 KiB out of line", "stream copy", SAME, 1000, op_mach_4k, OOL,
	    op_stream_4k, STREAM(4 * KIB), AIM(0, 0) }
};

static const char *const places[] = { "free", "same", "own" };

void
show(const char *name, const char *where, double value, const char *unit,
    const char *yardstick, double yard, double ratio,
    const struct target *target)
{
	char aim[16], met[32];
	double miss, t;

#ifdef __FreeBSD__
	t = target->freebsd;
#else
	t = target->machd;
#endif
	(void)strcpy(aim, "-");
	(void)strcpy(met, "-");
	if (t != 0) {
		(void)snprintf(aim, sizeof(aim), "%s%.3g",
		    target->at_least ? "> " : "", t);
		miss = target->at_least ? t / ratio : ratio / t;
		if (miss <= 1)
			(void)strcpy(met, "met");
		else if (miss < 2)
			(void)snprintf(met, sizeof(met), "missed by %.0f %%",
			    (target->at_least ? 1 - ratio / t : miss - 1) *
			    100);
		else
			(void)snprintf(met, sizeof(met), "missed %.1f times",
			    miss);
	}
	printf("%-19s %-5s %9.2f %-3s %-27s %9.2f %-3s %7.2f  %7s  %s\n", name,
	    where, value, unit, yardstick, yard, unit, ratio, aim, met);
	(void)fflush(stdout);
	if (csv != NULL)
		fprintf(csv, "%s,%s,%.3f,%s,\"%s\",%.3f,%.3f,%s,%s\n", name,
		    where, value, unit, yardstick, yard, ratio, aim, met);
}

bool
wanted(const char *name)
{

	return (only == NULL || strncmp(name, only, strlen(only)) == 0);
}

static void
run(const struct row *r)
{
	double ratio[ROUNDS_MAX], t[ROUNDS_MAX], y[ROUNDS_MAX];
	int i, n;

	if (!wanted(r->name))
		return;
	if (r->where == OWN && (!can_pin || machd_pid == 0))
		return;
	n = r->n / scale > 0 ? r->n / scale : 1;
	for (i = 0; i < rounds; i++) {
		place(r->yard_same ? SAME : r->where);
		if (r->socktype == MACH_PEER) {
			peer_mach((enum service)r->in);
			place(r->where);
		} else if (r->socktype != 0)
			peer_socket(r->socktype, r->in, r->out);
		(void)r->yard(n / 10 + 1);	/* warm up */
		y[i] = r->yard(n);
		peer_end();

		place(r->where);
		if (r->service >= 0) {
			peer_mach((enum service)r->service);
			place(r->where);	/* its thread in machd, too */
		}
		(void)r->op(n / 10 + 1);
		t[i] = r->op(n);
		peer_end();
		ratio[i] = t[i] / y[i];
	}
	show(r->name, places[r->where], median(t, rounds), "us", r->yardstick,
	    median(y, rounds), median(ratio, rounds), &r->target);
}

static void
usage(void)
{

	fprintf(stderr, "usage: mach_bench [-q] [-c file.csv] [-n rounds] "
	    "[-o operation] [-p machd-pid]\n");
	exit(64);
}

int
main(int argc, char **argv)
{
	mach_port_limits_t limits;
	size_t i;
	int ch;

	while ((ch = getopt(argc, argv, "c:n:o:p:q")) != -1) {
		switch (ch) {
		case 'c':
			csv = fopen(optarg, "w");
			if (csv == NULL)
				err(1, "%s", optarg);
			break;
		case 'n':
			rounds = atoi(optarg);
			if (rounds < 1 || rounds > ROUNDS_MAX)
				errx(64, "rounds: 1 to %d", ROUNDS_MAX);
			break;
		case 'o':
			only = optarg;
			break;
		case 'p':
			machd_pid = (pid_t)atoi(optarg);
			break;
		case 'q':
			rounds = 3;
			scale = 10;
			break;
		default:
			usage();
		}
	}
	if (optind != argc)
		usage();

	peer_fd = -1;
	(void)signal(SIGPIPE, SIG_IGN);
	can_pin = sysconf(_SC_NPROCESSORS_ONLN) > 1 && pin(0, 0) == 0;
	OK(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &own_port));
	OK(mach_port_insert_right(mach_task_self(), own_port, own_port,
	    MACH_MSG_TYPE_MAKE_SEND));
	limits.mpl_qlimit = MACH_PORT_QLIMIT_LARGE;
	OK(mach_port_set_attributes(mach_task_self(), own_port,
	    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
	    MACH_PORT_LIMITS_INFO_COUNT));
	reply_port = mach_reply_port();
	if (reply_port == MACH_PORT_NULL)
		errx(1, "mach_reply_port: no port");
	ool_data = map_memory(MIB);
	memset(ool_data, 7, MIB);

	if (csv != NULL)
		fprintf(csv, "operation,placement,median,unit,yardstick,"
		    "yardstick_median,ratio,target,met\n");
	printf("%-19s %-5s %9s %-3s %-27s %9s %-3s %7s  %7s\n", "operation",
	    "cpus", "median", "", "yardstick", "median", "", "ratio",
	    "target");
	run_memory();
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		run(&rows[i]);
	run_scale();
	if (csv != NULL && fclose(csv) != 0)
		err(1, "csv");
	return (0);
}
