/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Clients that share a worker of machd (kernel/user/machd/worker.c): processes
 * that talk, come and go; one whose memory never answers; one that steals the
 * wake-ups of others.
 *
 *	machrun -l worker_test
 */

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>

#include <kernel/user/machd/protocol.h>

#include "../patience.h"
#include "tap.h"

#define	ROUNDS		400	/* enough for two clients to come together */
#define	STAR		12	/* more than a worker takes */
#define	BIG		6000	/* more than a trap page takes */
#define	KILLS		40
#define	SECONDS		patience(20)	/* for what takes milliseconds */

struct message {
	mach_msg_header_t header;
	mach_msg_body_t	body;
	mach_msg_port_descriptor_t right;
	uint32_t	value;
	mach_msg_max_trailer_t trailer;
};

struct plain {
	mach_msg_header_t header;
	uint32_t	value;
	mach_msg_max_trailer_t trailer;
};

struct big {
	mach_msg_header_t header;
	char		data[BIG];
	mach_msg_max_trailer_t trailer;
};

static mach_port_t own;		/* children find it as bootstrap port */

static mach_port_t
new_port(void)
{
	mach_port_t port;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS)
		return (MACH_PORT_NULL);
	return (port);
}

static double
seconds(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec / 1e9);
}

/* One call; false when the answer is not the value plus one. */
static bool
call(mach_port_t to, mach_port_t reply, uint32_t value)
{
	struct plain m;

	memset(&m, 0, sizeof(m));
	m.header.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.header.msgh_size = offsetof(struct plain, trailer);
	m.header.msgh_remote_port = to;
	m.header.msgh_local_port = reply;
	m.value = value;
	return (mach_msg(&m.header, MACH_SEND_MSG | MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, m.header.msgh_size, sizeof(m), reply,
	    SECONDS * 1000, MACH_PORT_NULL) == MACH_MSG_SUCCESS &&
	    m.value == value + 1);
}

/* Answers calls until it is killed. */
static void
answer(mach_port_t port)
{
	struct plain m;
	mach_msg_return_t mr;

	mr = mach_msg(&m.header, MACH_RCV_MSG, 0, sizeof(m), port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	while (mr == MACH_MSG_SUCCESS) {
		m.header.msgh_bits = MACH_MSGH_BITS(
		    MACH_MSGH_BITS_REMOTE(m.header.msgh_bits), 0);
		m.header.msgh_local_port = MACH_PORT_NULL;
		m.value++;
		mr = mach_msg(&m.header, MACH_SEND_MSG | MACH_RCV_MSG,
		    offsetof(struct plain, trailer), sizeof(m), port,
		    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	}
	_exit(1);
}

/* In a child: give the parent a send right to the port. */
static void
introduce(mach_port_t port)
{
	struct message m;
	mach_port_t to;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT, &to)
	    != KERN_SUCCESS)
		_exit(2);
	memset(&m, 0, sizeof(m));
	m.header.msgh_bits = MACH_MSGH_BITS_COMPLEX |
	    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	m.header.msgh_size = offsetof(struct message, trailer);
	m.header.msgh_remote_port = to;
	m.body.msgh_descriptor_count = 1;
	m.right.name = port;
	m.right.disposition = MACH_MSG_TYPE_MAKE_SEND;
	m.right.type = MACH_MSG_PORT_DESCRIPTOR;
	if (mach_msg(&m.header, MACH_SEND_MSG, m.header.msgh_size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		_exit(3);
}

static mach_port_t
introduced(void)
{
	struct message m;

	if (mach_msg(&m.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(m),
	    own, SECONDS * 1000, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return (MACH_PORT_NULL);
	return (m.right.name);
}

/* A child that runs body(port) after it has introduced a port. */
static pid_t
child(void (*body)(mach_port_t), mach_port_t *portp)
{
	mach_port_t port;
	pid_t pid;

	pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		port = new_port();
		introduce(port);
		body(port);
		_exit(0);
	}
	*portp = introduced();
	return (pid);
}

static void
end(pid_t pid, mach_port_t port)
{

	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	(void)mach_port_deallocate(mach_task_self(), port);
}

static void
test_pairs(mach_port_t reply)
{
	mach_port_t port;
	unsigned good, i, n;
	pid_t pid;

	good = 0;
	for (n = 0; n < 10; n++) {
		pid = child(answer, &port);
		for (i = 0; i < ROUNDS; i++)
			good += call(port, reply, i);
		end(pid, port);
	}
	ok(good == 10 * ROUNDS, "10 servers die in the middle of a talk, "
	    "%u calls are answered", good);
}

/* A child that calls its parent's server so often, and ends. */
static pid_t
caller(mach_port_t unused)
{
	mach_port_t reply, to;
	unsigned i;
	pid_t pid;

	(void)unused;
	pid = fork();
	if (pid != 0)
		return (pid);
	reply = new_port();
	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT, &to)
	    != KERN_SUCCESS)
		_exit(2);
	for (i = 0; i < ROUNDS; i++)
		if (!call(to, reply, i))
			_exit(3);
	_exit(0);
}

static void
test_star(void)
{
	mach_port_t port;
	unsigned good, i;
	pid_t pid;
	int status;

	pid = child(answer, &port);
	if (!ok(task_set_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
	    port) == KERN_SUCCESS, "a server for many"))
		return;
	for (i = 0; i < STAR; i++)
		(void)caller(port);
	good = 0;
	for (i = 0; i < STAR; i++)
		good += wait(&status) > 0 && status == 0;
	ok(good == STAR, "%u of %u processes talk to one at a time", good,
	    STAR);
	(void)task_set_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
	    own);
	end(pid, port);
}

/* ---- memory that never answers ---- */

static struct big *unanswered;

/* Pages whose faults nobody serves; NULL with errno. */
static void *
silent_pages(size_t size)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg;
	void *p;
	int fd;

	fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return (NULL);
	p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED || ioctl(fd, UFFDIO_API, &api) != 0)
		return (NULL);
	memset(&reg, 0, sizeof(reg));
	reg.range.start = (uintptr_t)p;
	reg.range.len = size;
	reg.mode = UFFDIO_REGISTER_MODE_MISSING;
	return (ioctl(fd, UFFDIO_REGISTER, &reg) == 0 ? p : NULL);
}

static void *
receive_silently(void *arg)
{

	(void)mach_msg(&unanswered->header, MACH_RCV_MSG, 0,
	    sizeof(*unanswered), *(mach_port_t *)arg, 0, MACH_PORT_NULL);
	return (NULL);
}

/* Two ports: one answers, the other receives into memory without bottom. */
static void
silent(mach_port_t port)
{
	static mach_port_t hole;
	pthread_t thread;

	unanswered = silent_pages((sizeof(*unanswered) + 4095) &
	    ~(size_t)4095);
	hole = new_port();
	introduce(hole);
	if (unanswered == NULL || pthread_create(&thread, NULL,
	    receive_silently, &hole) != 0)
		_exit(4);
	answer(port);
}

static void
test_silent(mach_port_t reply)
{
	static struct big m;
	mach_port_t hole, notify, port, previous, spare;
	mach_msg_return_t mr;
	double start, took;
	unsigned good, i;
	pid_t pid;

	if (silent_pages(4096) == NULL) {
		ok(true, "memory that does not answer # SKIP userfaultfd: %s",
		    strerror(errno));
		return;
	}
	pid = child(silent, &port);
	hole = introduced();
	good = 0;
	for (i = 0; i < ROUNDS; i++)
		good += call(port, reply, i);
	ok(good == ROUNDS, "two processes talk (%u)", good);

	memset(&m, 0, sizeof(m));
	m.header.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	m.header.msgh_size = offsetof(struct big, trailer);
	m.header.msgh_remote_port = hole;
	mr = mach_msg(&m.header, MACH_SEND_MSG, m.header.msgh_size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	/* Who serves the other is stuck now; we are not. */
	(void)alarm(SECONDS);
	start = seconds();
	good = 0;
	for (i = 0; i < 100; i++)
		good += mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_RECEIVE, &spare) == KERN_SUCCESS &&
		    mach_port_mod_refs(mach_task_self(), spare,
		    MACH_PORT_RIGHT_RECEIVE, -1) == KERN_SUCCESS;
	took = seconds() - start;
	(void)alarm(0);
	ok(mr == 0 && good == 100 && took < SECONDS / 4,
	    "the memory of one process does not answer: the other goes on "
	    "(%.0f ms)", took * 1000);

	notify = new_port();
	mr = mach_port_request_notification(mach_task_self(), port,
	    MACH_NOTIFY_DEAD_NAME, 0, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous);
	end(pid, MACH_PORT_NULL);
	ok(mr == KERN_SUCCESS && mach_msg(&m.header, MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, 0, sizeof(m), notify, SECONDS * 1000,
	    MACH_PORT_NULL) == MACH_MSG_SUCCESS &&
	    m.header.msgh_id == MACH_NOTIFY_DEAD_NAME,
	    "its death is noticed all the same");
}

/* ---- wake words ---- */

static void
pin(pid_t tid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	(void)sched_setaffinity(tid, sizeof(set), &set);
}

/* All threads of machd on one CPU. */
static bool
pin_machd(int cpu)
{
	char name[64];
	struct sockaddr_un sun;
	struct ucred cred;
	struct dirent *de;
	socklen_t len;
	const char *path;
	DIR *dir;
	int fd;

	path = getenv("MACHD_SOCKET");
	if (path == NULL || strlen(path) >= sizeof(sun.sun_path))
		return (false);
	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	strcpy(sun.sun_path, path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	len = sizeof(cred);
	if (connect(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0 ||
	    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) != 0)
		return (false);
	(void)close(fd);
	(void)snprintf(name, sizeof(name), "/proc/%ld/task", (long)cred.pid);
	dir = opendir(name);
	if (dir == NULL)
		return (false);
	while ((de = readdir(dir)) != NULL)
		if (de->d_name[0] != '.')
			pin((pid_t)atoi(de->d_name), cpu);
	(void)closedir(dir);
	return (true);
}

/* Where libmach has mapped them. */
static char *
wake_words(void)
{
	char line[512];
	unsigned long start;
	FILE *f;

	f = fopen("/proc/self/maps", "r");
	if (f == NULL)
		return (NULL);
	start = 0;
	while (fgets(line, sizeof(line), f) != NULL)
		if (strstr(line, "mach-wake") != NULL) {
			start = strtoul(line, NULL, 16);
			break;
		}
	(void)fclose(f);
	return ((char *)(uintptr_t)start);
}

/* Move all sleepers to a futex that nobody wakes. */
static void
steal(mach_port_t unused)
{
	static _Atomic uint32_t nobody;
	char *words;
	unsigned i;

	(void)unused;
	words = wake_words();
	if (words == NULL)
		_exit(5);
	for (;;)
		for (i = 1; i < 64; i++)
			(void)syscall(SYS_futex, words + 4 * i, FUTEX_REQUEUE,
			    0, (void *)(uintptr_t)INT_MAX, &nobody, 0);
}

static void
test_wake_words(mach_port_t reply)
{
	mach_port_t port, thief;
	double start, took;
	unsigned good, i;
	pid_t pid, other;
	char *words;

	words = wake_words();
	if (words == NULL || sysconf(_SC_NPROCESSORS_ONLN) < 2) {
		ok(true, "wake-ups # SKIP %s", words == NULL ?
		    "the system has no sealed memory" : "one CPU");
		return;
	}
	ok(mprotect(words, 4096, PROT_READ | PROT_WRITE) != 0 &&
	    errno == EACCES, "nobody can make the wake words writable");
	pin(0, 0);
	pid = child(answer, &port);
	(void)pin_machd(1);
	good = 0;
	for (i = 0; i < 10 * ROUNDS; i++)
		good += call(port, reply, i);
	ok(good == 10 * ROUNDS, "clients on one CPU wake each other (%u)",
	    good);
	other = child(steal, &thief);
	start = seconds();
	good = 0;
	for (i = 0; i < 4 * ROUNDS; i++)
		good += call(port, reply, i);
	took = seconds() - start;
	ok(good == 4 * ROUNDS && took < SECONDS, "beside somebody who "
	    "steals wake-ups, too (%u in %.0f ms)", good, took * 1000);
	end(other, thief);
	end(pid, port);
}

/* ---- who owes a wake-up is killed ---- */

static _Atomic unsigned *calls;	/* shared with children */
static mach_port_t inbox;

/* As answer(), for callers that may be dead when they are answered. */
static void *
serve(void *arg)
{
	struct plain m;
	mach_msg_option_t option;
	mach_msg_return_t mr;

	(void)arg;
	pin(0, 0);
	option = MACH_RCV_MSG;
	do {
		mr = mach_msg(&m.header, option, offsetof(struct plain,
		    trailer), sizeof(m), inbox, MACH_MSG_TIMEOUT_NONE,
		    MACH_PORT_NULL);
		option = MACH_RCV_MSG;
		if (mr != MACH_MSG_SUCCESS)
			continue;
		m.header.msgh_bits = MACH_MSGH_BITS(
		    MACH_MSGH_BITS_REMOTE(m.header.msgh_bits), 0);
		m.header.msgh_local_port = MACH_PORT_NULL;
		m.value++;
		option |= MACH_SEND_MSG;
	} while (mr == MACH_MSG_SUCCESS || mr == MACH_SEND_INVALID_DEST);
	return (NULL);
}

/* Gets the right to the inbox, then calls. */
static void
call_and_call(mach_port_t port)
{
	struct message m;
	mach_port_t reply;

	pin(0, 0);
	reply = new_port();
	if (mach_msg(&m.header, MACH_RCV_MSG, 0, sizeof(m), port,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		_exit(4);
	while (call(m.right.name, reply, 1))
		atomic_fetch_add(calls, 1);
}

/*
 * Callers that wake our server and are woken by it all the time are killed in
 * the middle.  Others are answered at once nevertheless.
 */
static void
test_killed(mach_port_t reply)
{
	struct message m;
	pthread_t thread;
	mach_port_t port, to;
	double start, worst;
	unsigned good, i, n;
	pid_t pid;

	calls = mmap(NULL, sizeof(*calls), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	to = inbox = new_port();
	if (calls == MAP_FAILED || mach_port_insert_right(mach_task_self(),
	    inbox, inbox, MACH_MSG_TYPE_MAKE_SEND) != KERN_SUCCESS ||
	    pthread_create(&thread, NULL, serve, NULL) != 0) {
		ok(false, "a thread that serves");
		return;
	}
	/* The signal must come from elsewhere, to come at any moment. */
	pin(0, 1);
	worst = 0;
	good = 0;
	for (i = 0; i < KILLS; i++) {
		pid = child(call_and_call, &port);
		(void)pin_machd(1);
		memset(&m, 0, sizeof(m));
		m.header.msgh_bits = MACH_MSGH_BITS_COMPLEX |
		    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
		m.header.msgh_size = offsetof(struct message, trailer);
		m.header.msgh_remote_port = port;
		m.body.msgh_descriptor_count = 1;
		m.right.name = to;
		m.right.disposition = MACH_MSG_TYPE_COPY_SEND;
		m.right.type = MACH_MSG_PORT_DESCRIPTOR;
		n = atomic_load(calls) + 40 + 13 * i;
		(void)mach_msg(&m.header, MACH_SEND_MSG, m.header.msgh_size,
		    0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
		start = seconds();
		while (atomic_load(calls) < n && seconds() - start < SECONDS)
			(void)usleep(50);
		end(pid, port);
		start = seconds();
		good += call(to, reply, i);
		if (seconds() - start > worst)
			worst = seconds() - start;
	}
	ok(good == KILLS && worst < patience(1), "%u callers killed in the "
	    "middle: the server goes on (%u, %.0f ms at most)", i, good,
	    worst * 1e3);
	(void)mach_port_mod_refs(mach_task_self(), inbox,
	    MACH_PORT_RIGHT_RECEIVE, -1);
	(void)pthread_join(thread, NULL);
	(void)mach_port_deallocate(mach_task_self(), to);
}

int
main(void)
{
	mach_port_t reply;

	own = new_port();
	reply = new_port();
	if (!ok(own != MACH_PORT_NULL && reply != MACH_PORT_NULL &&
	    mach_port_insert_right(mach_task_self(), own, own,
	    MACH_MSG_TYPE_MAKE_SEND) == KERN_SUCCESS &&
	    task_set_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT, own)
	    == KERN_SUCCESS, "ports"))
		return (done());
	test_pairs(reply);
	test_star();
	test_silent(reply);
	test_killed(reply);
	test_wake_words(reply);
	return (done());
}
