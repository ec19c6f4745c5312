/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * libmach without a Mach kernel, with something else in its place, and when
 * the kernel ends under it.
 *
 *	end_test machd
 */

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
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

#include "../patience.h"
#include "tap.h"

#define	THREADS		64
#define	SOON		patience(3)	/* seconds, for milliseconds */

static char dir[] = "/tmp/machd-end." "XX" "XX" "XX";
static char path[64];
static const char *self;

static double
seconds(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec / 1e9);
}

static pid_t
start_machd(const char *program)
{
	char readytext[16];
	char byte;
	int ready[2];
	pid_t pid;

	if (pipe(ready) != 0)
		return (-1);
	pid = fork();
	if (pid == 0) {
		(void)close(ready[0]);
		(void)snprintf(readytext, sizeof(readytext), "%d", ready[1]);
		(void)execl(program, program, "--socket", path, "--ready-fd",
		    readytext, (char *)NULL);
		_exit(71);
	}
	(void)close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		return (-1);
	(void)close(ready[0]);
	return (pid);
}

/*
 * Run ourselves with MACHD_SOCKET = where and a pipe as standard output and
 * error; what it says is in `said`.
 */
static pid_t
run(const char *where, const char *what, int *fdp)
{
	int fds[2];
	pid_t pid;

	if (pipe(fds) != 0)
		return (-1);
	pid = fork();
	if (pid == 0) {
		(void)dup2(fds[1], 1);
		(void)dup2(fds[1], 2);
		(void)close(fds[0]);
		(void)close(fds[1]);
		(void)setenv("MACHD_SOCKET", where, 1);
		(void)execl(self, self, "-child", what, (char *)NULL);
		_exit(12);
	}
	(void)close(fds[1]);
	*fdp = fds[0];
	return (pid);
}

static int
finish(pid_t pid, int fd, char *said, size_t size)
{
	size_t have;
	ssize_t n;
	int status;

	have = 0;
	while (have < size - 1 && (n = read(fd, said + have,
	    size - 1 - have)) > 0)
		have += (size_t)n;
	said[have] = '\0';
	(void)close(fd);
	if (waitpid(pid, &status, 0) != pid)
		return (-1);
	return (status);
}

/* Every trap says no, in its own way, and one message is printed. */
static bool
says_no(const char *where, const char *word)
{
	char said[1024];
	const char *first;
	int fd, status;
	pid_t pid;

	pid = run(where, "no-kernel", &fd);
	status = finish(pid, fd, said, sizeof(said));
	first = strstr(said, "libmach: no Mach kernel at ");
	if (status == 0 && first != NULL && strstr(said, word) != NULL &&
	    strstr(first + 1, "libmach:") == NULL)
		return (true);
	printf("# status %#x, said: %s\n", (unsigned)status, said);
	return (false);
}

static int
child_no_kernel(void)
{
	mach_port_t port;

	if (mach_reply_port() != MACH_PORT_NULL)
		return (1);
	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_NOT_SUPPORTED)
		return (2);
	if (mach_task_self() != MACH_PORT_NULL)
		return (3);
	return (0);
}

/* Wait for a message that never comes; machd ends meanwhile. */
static mach_msg_return_t
wait_for_message(void)
{
	struct {
		mach_msg_header_t header;
		mach_msg_max_trailer_t trailer;
	} msg;
	kern_return_t kr;
	mach_port_t port;

	/* The end may come this early. */
	kr = mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port);
	if (kr != KERN_SUCCESS)
		return (kr);
	return (mach_msg(&msg.header, MACH_RCV_MSG, 0, sizeof(msg), port, 0,
	    MACH_PORT_NULL));
}

static int
child_wait(void)
{
	mach_port_t port;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS)
		return (1);
	(void)!write(1, "waiting\n", 8);
	if (wait_for_message() != KERN_TERMINATED)
		return (2);
	/* No trap hangs, or succeeds, from now on. */
	if (mach_port_deallocate(mach_task_self(), port) == KERN_SUCCESS)
		return (3);
	if (mach_reply_port() != MACH_PORT_NULL)
		return (4);
	return (0);
}

static _Atomic unsigned waiting;

static void *
wait_thread(void *arg)
{

	(void)arg;
	atomic_fetch_add(&waiting, 1);
	return (wait_for_message() == KERN_TERMINATED ? NULL : &waiting);
}

/*
 * The same in many threads, some of them in traps all the time, without the
 * connection to machd.
 */
static void *
work_thread(void *arg)
{
	kern_return_t kr;
	mach_port_t port;

	(void)arg;
	atomic_fetch_add(&waiting, 1);
	do {
		kr = mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_RECEIVE, &port);
		if (kr == KERN_SUCCESS)
			kr = mach_port_mod_refs(mach_task_self(), port,
			    MACH_PORT_RIGHT_RECEIVE, -1);
	} while (kr == KERN_SUCCESS);
	return (kr == KERN_TERMINATED ? NULL : &waiting);
}

static int
child_threads(void)
{
	pthread_t threads[THREADS];
	void *result;
	int i, status;

	for (i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, i % 8 == 0 ?
		    work_thread : wait_thread, NULL) != 0)
			return (1);
	while (atomic_load(&waiting) != THREADS)
		(void)sched_yield();
	for (i = 3; i < 2000; i++)
		(void)close(i);
	(void)!write(1, "waiting\n", 8);
	status = 0;
	for (i = 0; i < THREADS; i++) {
		(void)pthread_join(threads[i], &result);
		if (result != NULL)
			status = 2;
	}
	return (status);
}

static int
listen_at(const char *where, int type)
{
	struct sockaddr_un sun;
	int fd;

	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	strcpy(sun.sun_path, where);
	fd = socket(AF_UNIX, type, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0 ||
	    listen(fd, 8) != 0)
		return (-1);
	return (fd);
}

static void
test_no_machd(void)
{
	char said[256], where[64];
	int conn, fd, i, status;
	pid_t pid, server;

	(void)snprintf(where, sizeof(where), "%s/other", dir);
	ok(says_no(where, strerror(ENOENT)), "no socket");
	fd = open(where, O_CREAT | O_WRONLY, 0600);
	(void)close(fd);
	ok(says_no(where, strerror(ECONNREFUSED)), "a file, no socket");
	(void)unlink(where);
	fd = listen_at(where, SOCK_STREAM);
	ok(says_no(where, strerror(EPROTOTYPE)), "a socket of another type");
	(void)close(fd);
	(void)unlink(where);

	/* A server that answers something, nothing, or with an end. */
	fd = listen_at(where, SOCK_SEQPACKET);
	server = fork();
	if (server == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (i = 0;; i++) {
			conn = accept(fd, NULL, NULL);
			(void)recv(conn, said, sizeof(said), 0);
			if (i == 0)
				(void)send(conn, "hello there", 11, 0);
			(void)close(conn);
		}
	}
	ok(says_no(where, "not a machd"), "a server that says something else");
	ok(says_no(where, "reset"), "a server that hangs up");
	(void)kill(server, SIGKILL);
	(void)waitpid(server, NULL, 0);
	(void)close(fd);
	(void)unlink(where);

	memset(said, 'x', sizeof(said));
	said[0] = '/';
	said[sizeof(said) - 1] = '\0';
	ok(says_no(said, strerror(ENAMETOOLONG)), "a path that is too long");
	pid = run("", "no-kernel", &fd);
	status = finish(pid, fd, said, sizeof(said));
	ok(WIFEXITED(status), "an empty path");
}

static void
test_end(const char *program, const char *what, int sig)
{
	char line[16], said[512];
	double took;
	int fd, status;
	pid_t machd, pid;
	ssize_t n;

	machd = start_machd(program);
	pid = run(path, what, &fd);
	n = machd > 0 ? read(fd, line, 8) : -1;
	took = seconds();
	if (n == 8 && strncmp(line, "waiting", 7) == 0)
		(void)kill(machd, sig);
	(void)waitpid(machd, NULL, 0);
	status = finish(pid, fd, said, sizeof(said));
	took = seconds() - took;
	ok(n == 8 && status == 0 && strstr(said, "is gone") != NULL,
	    "%s: traps end when machd gets signal %d", what, sig);
	if (status != 0)
		printf("# status %#x, said: %s\n", (unsigned)status, said);
	/* Left to itself a client looks every five seconds. */
	ok(took < SOON, "... at once (%.0f ms)", took * 1e3);
	(void)unlink(path);
}

static void
test_second(const char *program)
{
	pid_t machd;

	machd = start_machd(program);
	ok(machd > 0 && start_machd(program) == -1,
	    "a second machd at the same socket gives up");
	(void)kill(machd, SIGKILL);
	(void)waitpid(machd, NULL, 0);
	machd = start_machd(program);
	ok(machd > 0, "a socket left behind is no obstacle");
	(void)kill(machd, SIGTERM);
	(void)waitpid(machd, NULL, 0);
	ok(access(path, F_OK) != 0, "an orderly end removes the socket");
}

int
main(int argc, char **argv)
{

	if (argc > 2 && strcmp(argv[1], "-child") == 0)
		return (strcmp(argv[2], "one thread") == 0 ? child_wait() :
		    strcmp(argv[2], "threads") == 0 ? child_threads() :
		    child_no_kernel());
	if (argc < 2) {
		fprintf(stderr, "usage: end_test machd\n");
		return (64);
	}
	self = argv[0];
	if (mkdtemp(dir) == NULL)
		return (1);
	(void)snprintf(path, sizeof(path), "%s/socket", dir);
	test_no_machd();
	test_second(argv[1]);
	test_end(argv[1], "one thread", SIGTERM);
	test_end(argv[1], "one thread", SIGKILL);
	test_end(argv[1], "threads", SIGTERM);
	test_end(argv[1], "threads", SIGKILL);
	(void)rmdir(dir);
	return (done());
}
