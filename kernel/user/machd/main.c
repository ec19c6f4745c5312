/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * machd's main thread: options, the socket, and the events that belong to no
 * server thread (new connections, processes that end, signals).  One epoll;
 * an event carries the id of its client, never a pointer.
 */

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/un.h>

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

#define	EXIT_USAGE	64
#define	BACKLOG		128
#define	EVENTS		64

/* Event data: a kind in the low bits, a client's id above. */
#define	KIND_LISTEN	0
#define	KIND_SIGNAL	1
#define	KIND_HOLD	2
#define	KIND_WAKE	3
#define	KIND_CONN	4
#define	KIND_PIDFD	5
#define	KIND_CLOCK	6
#define	KIND_BITS	3

struct options options = { .o_ready_fd = -1, .o_hold_fd = -1 };

static int epfd = -1;
static int wakefd = -1;

void
say(const char *what, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	(void)dprintf(STDERR_FILENO, "machd: %s: %s\n", what, line);
}

static void
watch_kind(int fd, uint64_t id, unsigned kind)
{
	struct epoll_event ev;

	ev.events = EPOLLIN | EPOLLRDHUP;
	ev.data.u64 = id << KIND_BITS | kind;
	if (epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &ev) != 0)
		say("epoll", "%s", strerror(errno));
}

void
watch(int fd, uint64_t id, bool pidfd)
{

	watch_kind(fd, id, pidfd ? KIND_PIDFD : KIND_CONN);
}

void
unwatch(int fd)
{

	(void)epoll_ctl(epfd, EPOLL_CTL_DEL, fd, NULL);
}

/* Somebody came or went: is it time to end? */
void
wake_main(void)
{
	uint64_t one;

	one = 1;
	(void)!write(wakefd, &one, sizeof(one));
}

static void
usage(void)
{

	(void)fprintf(stderr,
	    "usage: machd [-v] [--all-users] [--check-leaks] "
	    "[--socket path]\n"
	    "             [--ready-fd n] [--hold-fd n] [--remove-directory]\n"
	    "             [-o limit=value] ...\n");
	exit(EXIT_USAGE);
}

static int
fd_argument(const char *name, const char *text)
{
	char *end;
	long n;

	n = strtol(text, &end, 10);
	if (*text == '\0' || *end != '\0' || n < 0 || n > 65535) {
		say(name, "not a file descriptor: %s", text);
		usage();
	}
	return ((int)n);
}

/* kern.mach.limits.name=value; the prefix may be left out. */
static void
limit_argument(const char *text)
{
	static const char prefix[] = "kern.mach.limits.";
	unsigned long long value;
	char name[64];
	const char *eq;
	char *end;
	int error;

	if (strncmp(text, prefix, sizeof(prefix) - 1) == 0)
		text += sizeof(prefix) - 1;
	eq = strchr(text, '=');
	errno = 0;
	value = eq != NULL ? strtoull(eq + 1, &end, 0) : 0;
	if (eq == NULL || (size_t)(eq - text) >= sizeof(name) ||
	    eq[1] < '0' || eq[1] > '9' || *end != '\0' || errno != 0) {
		say(text, "not a limit and its value");
		usage();
	}
	(void)snprintf(name, sizeof(name), "%.*s", (int)(eq - text), text);
	error = kern_limit_set(name, value);
	if (error != 0) {
		say(text, error == ENOENT ? "no such limit" :
		    "out of the limit's range");
		usage();
	}
}

static void
parse(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "socket",	 required_argument, NULL, 's' },
		{ "ready-fd",	 required_argument, NULL, 'r' },
		{ "hold-fd",	 required_argument, NULL, 'h' },
		{ "all-users",	 no_argument,	    NULL, 'a' },
		{ "check-leaks", no_argument,	    NULL, 'l' },
		{ "remove-directory", no_argument,  NULL, 'd' },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "o:v", longs, NULL)) != -1) {
		switch (c) {
		case 'a':
			options.o_all_users = true;
			break;
		case 'o':
			limit_argument(optarg);
			break;
		case 's':
			options.o_socket = optarg;
			break;
		case 'r':
			options.o_ready_fd = fd_argument("--ready-fd", optarg);
			break;
		case 'h':
			options.o_hold_fd = fd_argument("--hold-fd", optarg);
			break;
		case 'd':
			options.o_remove_directory = true;
			break;
		case 'l':
			options.o_check_leaks = true;
			break;
		case 'v':
			options.o_verbose = true;
			break;
		default:
			usage();
		}
	}
	if (optind != argc)
		usage();
	/* Others' memory can be reached by the superuser only. */
	if (options.o_all_users && geteuid() != 0) {
		say("--all-users", "%s", strerror(EPERM));
		exit(1);
	}
}

/* As libmach looks for it; makes the directory in /tmp. */
static int
default_socket(char *path, size_t size)
{
	char dir[64];
	struct stat st;
	const char *s;

	if ((s = getenv("MACHD_SOCKET")) != NULL && *s != '\0') {
		(void)snprintf(path, size, "%s", s);
		return (0);
	}
	if ((s = getenv("XDG_RUNTIME_DIR")) != NULL && *s != '\0') {
		(void)snprintf(path, size, "%s/machd.sock", s);
		return (0);
	}
	(void)snprintf(dir, sizeof(dir), "/tmp/machd-%lu",
	    (unsigned long)geteuid());
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return (errno);
	if (lstat(dir, &st) != 0)
		return (errno);
	if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid() ||
	    (st.st_mode & 077) != 0)
		return (EPERM);
	(void)snprintf(path, size, "%s/socket", dir);
	return (0);
}

static int
listen_at(const char *path, struct sockaddr_un *sun)
{
	mode_t mask;
	int error, fd;

	memset(sun, 0, sizeof(*sun));
	sun->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(sun->sun_path)) {
		say(path, "%s", strerror(ENAMETOOLONG));
		return (-1);
	}
	strcpy(sun->sun_path, path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		say("socket", "%s", strerror(errno));
		return (-1);
	}
	/* Left behind by a machd that was killed?  Then nobody answers. */
	if (connect(fd, (struct sockaddr *)sun, sizeof(*sun)) == 0) {
		say(path, "another machd listens there");
		(void)close(fd);
		return (-1);
	}
	if (errno == ECONNREFUSED)
		(void)unlink(path);
	mask = umask(options.o_all_users ? 0111 : 0177);
	error = bind(fd, (struct sockaddr *)sun, sizeof(*sun)) == 0 &&
	    listen(fd, BACKLOG) == 0 ? 0 : errno;
	(void)umask(mask);
	if (error != 0) {
		say(path, "%s", strerror(error));
		(void)close(fd);
		return (-1);
	}
	return (fd);
}

static void
accept_all(int fd)
{
	bool room;
	int conn;

	conn = -1;
	while ((room = clients_room()) &&
	    (conn = accept4(fd, NULL, NULL, SOCK_CLOEXEC)) >= 0)
		clients_accept(conn);
	/*
	 * Too many have said nothing yet, or out of descriptors: connections
	 * stay in the queue until one of them has, or a client goes.
	 */
	if (!room)
		unwatch(fd);
	else if (errno == EMFILE || errno == ENFILE) {
		static bool said;

		if (!said)
			say("accept", "%s", strerror(errno));
		said = true;
		unwatch(fd);
	}
}

/* False: end. */
static bool
handle_signal(int fd)
{
	struct signalfd_siginfo info;

	while (read(fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo != SIGUSR1)
			return (false);
		kern_report();
	}
	return (true);
}

/* A timer that never expires: it can be read when the clock was set. */
static int
clock_watch(void)
{
	static const struct itimerspec never = {
		.it_value.tv_sec = INT64_C(1) << 40
	};
	int fd;

	fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	if (fd >= 0 && timerfd_settime(fd, TFD_TIMER_ABSTIME |
	    TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0)
		return (fd);
	say("clock", "%s", strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return (-1);
}

static void
clock_set(int fd)
{
	uint64_t count;

	if (read(fd, &count, sizeof(count)) < 0 && errno == ECANCELED)
		kern_clock_set();
}

static void
serve(int listenfd, int sigfd, int clockfd)
{
	struct epoll_event events[EVENTS];
	bool deaf, held, on;
	uint64_t count, id;
	int i, n;

	held = options.o_hold_fd >= 0;
	on = true;
	while (on) {
		n = epoll_wait(epfd, events, EVENTS, -1);
		for (i = 0; i < n; i++) {
			id = events[i].data.u64 >> KIND_BITS;
			deaf = false;
			switch (events[i].data.u64 & ((1 << KIND_BITS) - 1)) {
			case KIND_LISTEN:
				accept_all(listenfd);
				break;
			case KIND_SIGNAL:
				on &= handle_signal(sigfd);
				break;
			case KIND_HOLD:
				unwatch(options.o_hold_fd);
				held = false;
				break;
			case KIND_WAKE:
				(void)!read(wakefd, &count, sizeof(count));
				deaf = true;
				break;
			case KIND_CLOCK:
				clock_set(clockfd);
				break;
			case KIND_CONN:
				clients_event(id, false);
				break;
			case KIND_PIDFD:
				clients_event(id, true);
				break;
			}
			/* Descriptors came free: listen again. */
			if (deaf) {
				struct epoll_event ev = {
					.events = EPOLLIN,
					.data.u64 = KIND_LISTEN
				};

				(void)epoll_ctl(epfd, EPOLL_CTL_ADD, listenfd,
				    &ev);
			}
		}
		if (options.o_hold_fd >= 0 && !held && clients_count() == 0)
			on = false;
	}
}

/* machrun made it for the socket and may be gone before us. */
static void
remove_directory(void)
{
	char dir[256];
	char *slash;

	(void)snprintf(dir, sizeof(dir), "%s", options.o_socket);
	slash = strrchr(dir, '/');
	if (slash != NULL && slash != dir) {
		*slash = '\0';
		(void)rmdir(dir);
	}
}

static int
finish(void)
{
	unsigned leaks;
	int error, status;

	status = 0;
	if (!clients_shutdown()) {
		say("end", "some processes do not let go of their memory");
		return (1);
	}
	if (options.o_check_leaks) {
		leaks = kern_leaks();
		if (leaks != 0) {
			say("leak", "%u objects are left", leaks);
			kern_report();
			status = 1;
		} else if (options.o_verbose)
			say("leak", "none");
	}
	error = kern_stop();
	if (error != 0) {
		say("kernel", "%s", strerror(error));
		status = 1;
	}
	return (status);
}

int
main(int argc, char **argv)
{
	char path[256];
	struct sockaddr_un sun;
	struct rlimit limit;
	sigset_t signals;
	const char *text;
	int clockfd, error, listenfd, sigfd, status;

	parse(argc, argv);
	if (options.o_socket == NULL) {
		error = default_socket(path, sizeof(path));
		if (error != 0) {
			say("socket", "%s", strerror(error));
			return (1);
		}
		options.o_socket = path;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	(void)sigemptyset(&signals);
	(void)sigaddset(&signals, SIGTERM);
	(void)sigaddset(&signals, SIGINT);
	(void)sigaddset(&signals, SIGHUP);
	(void)sigaddset(&signals, SIGUSR1);
	(void)sigprocmask(SIG_BLOCK, &signals, NULL);

	/* A client takes up to seven descriptors. */
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}

	epfd = epoll_create1(EPOLL_CLOEXEC);
	wakefd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	sigfd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	if (epfd < 0 || wakefd < 0 || sigfd < 0) {
		say("start", "%s", strerror(errno));
		return (1);
	}
	if (guard_init() != 0) {
		say("start", "%s", strerror(errno));
		return (1);
	}
	/* Nobody else makes children; this one need not be waited for. */
	(void)signal(SIGCHLD, SIG_IGN);
	error = keeper_start();
	if (error != 0)
		say("keeper", "%s", strerror(error));
	text = getenv("MACHD_GROUP");
	workers_init(text == NULL || strcmp(text, "0") != 0);
	error = kern_start();
	if (error != 0) {
		say("kernel", "%s", strerror(error));
		return (1);
	}
	listenfd = listen_at(options.o_socket, &sun);
	if (listenfd < 0)
		return (1);
	watch_kind(listenfd, 0, KIND_LISTEN);
	watch_kind(sigfd, 0, KIND_SIGNAL);
	watch_kind(wakefd, 0, KIND_WAKE);
	clockfd = clock_watch();
	if (clockfd >= 0)
		watch_kind(clockfd, 0, KIND_CLOCK);
	if (options.o_hold_fd >= 0) {
		(void)fcntl(options.o_hold_fd, F_SETFD, FD_CLOEXEC);
		watch_kind(options.o_hold_fd, 0, KIND_HOLD);
	}
	if (options.o_verbose)
		say(options.o_socket, "listening, process %ld",
		    (long)getpid());
	if (options.o_ready_fd >= 0) {
		(void)!write(options.o_ready_fd, "\n", 1);
		(void)close(options.o_ready_fd);
	}

	serve(listenfd, sigfd, clockfd);

	(void)unlink(options.o_socket);
	if (options.o_remove_directory)
		remove_directory();
	(void)close(listenfd);
	status = finish();
	if (options.o_verbose)
		say("end", "status %d", status);
	return (status);
}
