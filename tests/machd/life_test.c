/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The life of processes and threads under machd, through libmach: signals in
 * the middle of a trap, fork, vfork, exec, spawn, kill -9, threads without
 * number.
 *
 *	machrun -l life_test
 *
 * -l makes machrun fail when anything is left in machd at the end.
 */

#include <sys/time.h>
#include <sys/wait.h>

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>

#include "tap.h"

#define	MSG_ID		4711
#define	HELLO_CHILD	1
#define	HELLO_EXEC	2
#define	HELLO_SPAWN	3

extern char **environ;

struct message {
	mach_msg_header_t header;
	uint32_t	 value;
	mach_msg_max_trailer_t trailer;
};

static mach_port_t
new_port(void)
{
	mach_port_t port;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS)
		return (MACH_PORT_NULL);
	return (port);
}

static mach_msg_return_t
send_value(mach_port_t port, mach_msg_type_name_t how, uint32_t value)
{
	struct message msg;

	memset(&msg, 0, sizeof(msg));
	msg.header.msgh_bits = MACH_MSGH_BITS(how, 0);
	msg.header.msgh_size = offsetof(struct message, trailer);
	msg.header.msgh_remote_port = port;
	msg.header.msgh_id = MSG_ID;
	msg.value = value;
	return (mach_msg(&msg.header, MACH_SEND_MSG, msg.header.msgh_size, 0,
	    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL));
}

static mach_msg_return_t
receive_value(mach_port_t port, mach_msg_option_t option, unsigned ms,
    uint32_t *value)
{
	struct message msg;
	mach_msg_return_t mr;

	memset(&msg, 0, sizeof(msg));
	mr = mach_msg(&msg.header, MACH_RCV_MSG | option, 0, sizeof(msg), port,
	    ms, MACH_PORT_NULL);
	*value = msg.value;
	return (mr);
}

/* The port every child is told about: our bootstrap port. */
static mach_port_t
inherited(void)
{
	mach_port_t port;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
	    &port) != KERN_SUCCESS)
		return (MACH_PORT_NULL);
	return (port);
}

static mach_port_t
make_inherited(void)
{
	mach_port_t port;

	port = new_port();
	if (port == MACH_PORT_NULL ||
	    mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND) != KERN_SUCCESS ||
	    task_set_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
	    port) != KERN_SUCCESS)
		return (MACH_PORT_NULL);
	return (port);
}

/* ---- signals ---- */

static mach_port_t nested_port;
static volatile sig_atomic_t nested, nested_bad;
static int nested_last;		/* the signal that sends there */
static sigjmp_buf out;

/* Traps of every kind, in the middle of another one. */
static void
trap_handler(int sig)
{
	mach_port_t port;
	int saved;

	(void)sig;
	saved = errno;
	nested++;
	port = mach_reply_port();
	if (port == MACH_PORT_NULL ||
	    send_value(port, MACH_MSG_TYPE_MAKE_SEND_ONCE, 99) != 0 ||
	    mach_port_mod_refs(mach_task_self(), port,
	    MACH_PORT_RIGHT_RECEIVE, -1) != KERN_SUCCESS)
		nested_bad++;
	if (nested == nested_last &&
	    send_value(nested_port, MACH_MSG_TYPE_MAKE_SEND, 7) != 0)
		nested_bad++;
	if (errno != saved)
		nested_bad++;
}

static void
jump_handler(int sig)
{

	(void)sig;
	siglongjmp(out, 1);
}

static void
handle(int sig, void (*handler)(int), int flags)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = handler;
	sa.sa_flags = flags;
	(void)sigaction(sig, &sa, NULL);
}

static void
timer(unsigned first_us, unsigned every_us)
{
	struct itimerval it;

	it.it_value.tv_sec = 0;
	it.it_value.tv_usec = (suseconds_t)first_us;
	it.it_interval.tv_sec = 0;
	it.it_interval.tv_usec = (suseconds_t)every_us;
	(void)setitimer(ITIMER_REAL, &it, NULL);
}

static void
test_signals(void)
{
	mach_msg_return_t mr;
	mach_port_t port;
	unsigned i, lost;
	uint32_t value;

	port = new_port();
	nested_port = port;
	handle(SIGALRM, trap_handler, SA_RESTART);
	timer(20000, 20000);
	mr = receive_value(port, MACH_RCV_INTERRUPT, 0, &value);
	timer(0, 0);
	ok(mr == MACH_RCV_INTERRUPTED && nested > 0 && nested_bad == 0,
	    "a signal interrupts a receive, its handler traps (%#x)", mr);

	nested = 0;
	nested_last = 6;
	timer(5000, 5000);
	mr = receive_value(port, 0, 0, &value);
	timer(0, 0);
	nested_last = 0;
	ok(mr == 0 && value == 7 && nested >= 6 && nested_bad == 0,
	    "a receive survives %d signals whose handlers trap",
	    (int)nested);

	/* Signals at every point of traps that do not wait. */
	nested = 0;
	lost = 0;
	timer(200, 200);
	for (i = 0; i < 20000; i++) {
		if (send_value(port, MACH_MSG_TYPE_MAKE_SEND, i) != 0 ||
		    receive_value(port, 0, 0, &value) != 0 || value != i)
			lost++;
	}
	timer(0, 0);
	ok(lost == 0 && nested_bad == 0,
	    "20000 messages pass, %d handlers trapped meanwhile", (int)nested);

	handle(SIGALRM, jump_handler, 0);
	lost = 0;
	for (i = 0; i < 20; i++) {
		if (sigsetjmp(out, 1) == 0) {
			timer(3000, 0);
			(void)receive_value(port, 0, 0, &value);
			lost++;
		}
		if (send_value(port, MACH_MSG_TYPE_MAKE_SEND, i) != 0 ||
		    receive_value(port, 0, 0, &value) != 0 || value != i)
			lost++;
	}
	ok(lost == 0, "a handler that jumps out of a receive leaves a thread "
	    "that works");
	(void)signal(SIGALRM, SIG_DFL);
	(void)mach_port_mod_refs(mach_task_self(), port,
	    MACH_PORT_RIGHT_RECEIVE, -1);
}

/* ---- processes ---- */

/* What children say, on the port they inherit. */
static int
report(uint32_t what)
{
	mach_port_t port;

	port = inherited();
	if (port == MACH_PORT_NULL)
		return (10);
	return (send_value(port, MACH_MSG_TYPE_COPY_SEND, what) == 0 ? 0 : 11);
}

static bool
reports(mach_port_t port, uint32_t what, unsigned n)
{
	uint32_t value;
	unsigned i;

	for (i = 0; i < n; i++)
		if (receive_value(port, MACH_RCV_TIMEOUT, 20000, &value) != 0 ||
		    value != what) {
			printf("# report %u of %u: %u, expected %u\n", i, n,
			    value, what);
			return (false);
		}
	return (true);
}

static bool
all_well(unsigned n)
{
	bool good;
	int status;

	good = true;
	while (n-- > 0)
		if (wait(&status) < 0 || status != 0) {
			printf("# child: status %#x\n", (unsigned)status);
			good = false;
		}
	return (good);
}

static void *
block(void *arg)
{
	mach_port_t port;
	uint32_t value;

	(void)arg;
	port = new_port();
	(void)receive_value(port, 0, 0, &value);
	return (NULL);
}

static void
test_fork(mach_port_t port)
{
	unsigned i;
	pid_t pid;

	for (i = 0; i < 40; i++) {
		pid = fork();
		if (pid == 0)
			_exit(report(HELLO_CHILD));
	}
	ok(reports(port, HELLO_CHILD, 40) && all_well(40),
	    "40 fork children inherit the bootstrap port");
	for (i = 0; i < 40; i++) {
		pid = fork();
		if (pid == 0)
			_exit(0);
	}
	ok(all_well(40), "40 fork children never use Mach");
	pid = fork();
	if (pid == 0) {
		/* Its child has a child, which reports for all three. */
		pid = fork();
		if (pid == 0) {
			pid = fork();
			_exit(pid == 0 ? report(HELLO_CHILD) : 0);
		}
		(void)wait(NULL);
		_exit(0);
	}
	ok(reports(port, HELLO_CHILD, 1) && all_well(1),
	    "a great-grandchild inherits after its parents have gone");
}

static void
test_exec(mach_port_t port, const char *self)
{
	char *spawn_argv[] = { (char *)(uintptr_t)self, "spawned", NULL };
	pthread_t thread;
	unsigned i;
	pid_t pid;

	for (i = 0; i < 20; i++) {
		pid = fork();
		if (pid == 0) {
			/* A trap before the exec; threads that wait. */
			if (i % 2 == 0)
				(void)new_port();
			if (i % 4 == 0)
				(void)pthread_create(&thread, NULL, block,
				    NULL);
			(void)execl(self, self, "exec", "3", (char *)NULL);
			_exit(12);
		}
	}
	ok(reports(port, HELLO_EXEC, 20) && all_well(20),
	    "20 children inherit over fork and four execs");
	for (i = 0; i < 20; i++)
		if (posix_spawn(&pid, self, NULL, NULL, spawn_argv, environ)
		    != 0)
			printf("# posix_spawn fails\n");
	ok(reports(port, HELLO_SPAWN, 20) && all_well(20),
	    "20 children of posix_spawn inherit");
	pid = vfork();
	if (pid == 0) {
		(void)execl(self, self, "spawned", (char *)NULL);
		_exit(12);
	}
	ok(reports(port, HELLO_SPAWN, 1) && all_well(1),
	    "a child of vfork and exec inherits");
}

/* Rights, messages and waits, until somebody kills us. */
static void
busy(unsigned seed)
{
	mach_port_t port, theirs;
	pthread_t thread;
	uint32_t value;
	unsigned i;

	theirs = inherited();
	for (i = 0; i < 3; i++)
		(void)pthread_create(&thread, NULL, block, NULL);
	for (i = seed;; i++) {
		port = new_port();
		(void)send_value(port, MACH_MSG_TYPE_MAKE_SEND, i);
		(void)send_value(port, MACH_MSG_TYPE_MAKE_SEND, i);
		(void)receive_value(port, MACH_RCV_TIMEOUT, 0, &value);
		if (i % 3 != 0)
			(void)mach_port_mod_refs(mach_task_self(), port,
			    MACH_PORT_RIGHT_RECEIVE, -1);
		if (i % 512 == 0)
			(void)send_value(theirs, MACH_MSG_TYPE_COPY_SEND,
			    HELLO_CHILD);
	}
}

static void
test_kill(mach_port_t port)
{
	struct timespec life;
	unsigned i;
	pid_t pid;

	for (i = 0; i < 30; i++) {
		pid = fork();
		if (pid == 0)
			busy(i);
		life.tv_sec = 0;
		life.tv_nsec = (long)(i % 10) * 3 * 1000 * 1000;
		(void)nanosleep(&life, NULL);
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
		for (uint32_t value; receive_value(port, MACH_RCV_TIMEOUT, 0,
		    &value) == 0;)
			;
	}
	ok(mach_reply_port() != MACH_PORT_NULL,
	    "30 busy children were killed anywhere");
}

/* The receiver dies: the sender's right becomes a dead name. */
static void
test_dead_name(mach_port_t port)
{
	struct {
		mach_msg_header_t header;
		mach_msg_body_t	body;
		mach_msg_port_descriptor_t right;
		mach_msg_max_trailer_t trailer;
	} msg;
	mach_port_t mine, notify, previous;
	mach_msg_return_t mr;
	pid_t pid;

	pid = fork();
	if (pid == 0) {
		mine = new_port();
		memset(&msg, 0, sizeof(msg));
		msg.header.msgh_bits = MACH_MSGH_BITS_COMPLEX |
		    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
		msg.header.msgh_size = offsetof(__typeof__(msg), trailer);
		msg.header.msgh_remote_port = inherited();
		msg.body.msgh_descriptor_count = 1;
		msg.right.name = mine;
		msg.right.disposition = MACH_MSG_TYPE_MAKE_SEND;
		msg.right.type = MACH_MSG_PORT_DESCRIPTOR;
		(void)mach_msg(&msg.header, MACH_SEND_MSG,
		    msg.header.msgh_size, 0, MACH_PORT_NULL, 0,
		    MACH_PORT_NULL);
		block(NULL);
		_exit(0);
	}
	memset(&msg, 0, sizeof(msg));
	mr = mach_msg(&msg.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(msg), port, 20000, MACH_PORT_NULL);
	notify = new_port();
	ok(mr == 0 && mach_port_request_notification(mach_task_self(),
	    msg.right.name, MACH_NOTIFY_DEAD_NAME, 0, notify,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous) == KERN_SUCCESS,
	    "a right from the child (%#x)", mr);
	(void)kill(pid, SIGKILL);
	mr = mach_msg(&msg.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(msg), notify, 20000, MACH_PORT_NULL);
	ok(mr == 0 && msg.header.msgh_id == MACH_NOTIFY_DEAD_NAME,
	    "kill -9 of its receiver makes it a dead name (%#x)", mr);
	(void)waitpid(pid, NULL, 0);
}

/* ---- threads ---- */

static _Atomic unsigned entered, refused;
static pthread_barrier_t together;

static void *
one_trap(void *arg)
{
	mach_port_t port;

	(void)arg;
	port = mach_reply_port();
	if (port == MACH_PORT_NULL)
		atomic_fetch_add(&refused, 1);
	else
		atomic_fetch_add(&entered, 1);
	(void)pthread_barrier_wait(&together);
	if (port != MACH_PORT_NULL)
		(void)mach_port_mod_refs(mach_task_self(), port,
		    MACH_PORT_RIGHT_RECEIVE, -1);
	return (NULL);
}

static unsigned
storm(unsigned n)
{
	pthread_attr_t attr;
	pthread_t *threads;
	unsigned i;

	atomic_store(&entered, 0);
	atomic_store(&refused, 0);
	threads = calloc(n, sizeof(*threads));
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setstacksize(&attr, 64 * 1024);
	(void)pthread_barrier_init(&together, NULL, n);
	for (i = 0; i < n; i++)
		if (pthread_create(&threads[i], &attr, one_trap, NULL) != 0) {
			printf("# no %uth thread\n", i);
			exit(1);
		}
	for (i = 0; i < n; i++)
		(void)pthread_join(threads[i], NULL);
	(void)pthread_barrier_destroy(&together);
	free(threads);
	return (atomic_load(&entered));
}

static void
test_threads(void)
{
	unsigned i, n;

	n = 0;
	for (i = 0; i < 40; i++)
		n += storm(50);
	ok(n == 2000, "2000 threads come and go");
	n = storm(1100);
	ok(n >= 1000 && n <= 1023 && atomic_load(&refused) == 1100 - n,
	    "of 1100 threads at once %u are let in, the others are told",
	    n);
	ok(storm(200) == 200, "afterwards there is room again");
}

/* ---- the connection ---- */

static void
test_closed_connection(mach_port_t port)
{
	int fd;
	pid_t pid;
	uint32_t value;

	pid = fork();
	if (pid == 0) {
		if (mach_reply_port() == MACH_PORT_NULL)
			_exit(20);
		for (fd = 3; fd < 4096; fd++)
			(void)close(fd);
		/* machd looks whether this was an exec: it was not. */
		port = new_port();
		(void)receive_value(port, MACH_RCV_TIMEOUT, 50, &value);
		if (send_value(port, MACH_MSG_TYPE_MAKE_SEND, 5) != 0 ||
		    receive_value(port, 0, 0, &value) != 0 || value != 5)
			_exit(21);
		_exit(report(HELLO_CHILD));
	}
	ok(reports(port, HELLO_CHILD, 1) && all_well(1),
	    "a program that closes every descriptor keeps its task");
}

int
main(int argc, char **argv)
{
	char count[16];
	mach_port_t port;
	int n;

	if (argc > 2 && strcmp(argv[1], "exec") == 0) {
		n = atoi(argv[2]);
		if (n == 0)
			return (report(HELLO_EXEC));
		(void)snprintf(count, sizeof(count), "%d", n - 1);
		(void)execl(argv[0], argv[0], "exec", count, (char *)NULL);
		return (13);
	}
	if (argc > 1 && strcmp(argv[1], "spawned") == 0)
		return (report(HELLO_SPAWN));

	port = make_inherited();
	if (!ok(port != MACH_PORT_NULL, "a bootstrap port of our own"))
		return (done());
	test_signals();
	test_fork(port);
	test_exec(port, argv[0]);
	test_kill(port);
	test_dead_name(port);
	test_threads();
	test_closed_connection(port);
	return (done());
}
