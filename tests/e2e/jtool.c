/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Jobs and clients of launchd's sockets, through liblaunch.
 *
 *	jtool serve NAME	the job's sockets of a name: answer all who come
 *	jtool wait		the same for an inetd job's standard input
 *	jtool unix TYPE PATH	say hello to a socket, print the answer
 *	jtool tcp|udp HOST PORT
 *	jtool hello NAME	say hello to the job's own socket
 *	jtool clean|dirty DIR	a job without, with a transaction
 *	jtool fuzz N SEED	so many requests that nobody would send
 */

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include <launch.h>
#include <vproc.h>

#include "../patience.h"

#define	SOCKETS_MAX	16
#define	ANSWER_MS	patience(10000)

static void __attribute__((noreturn))
fail(const char *what)
{

	perror(what);
	exit(1);
}

static int
type_of(int fd)
{
	socklen_t size;
	int type;

	size = sizeof(type);
	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == -1)
		fail("getsockopt");
	return (type);
}

static const char *
type_name(int type)
{

	return (type == SOCK_STREAM ? "stream" : type == SOCK_DGRAM ?
	    "dgram" : "seqpacket");
}

/* "TYPE words". */
static void
answer(int fd)
{
	struct sockaddr_storage from;
	char line[200], reply[256];
	socklen_t size;
	int c, type;
	ssize_t n;

	type = type_of(fd);
	size = sizeof(from);
	c = fd;
	if (type != SOCK_DGRAM) {
		c = accept(fd, NULL, NULL);
		if (c == -1)
			return;
		(void)fcntl(c, F_SETFL, fcntl(c, F_GETFL) & ~O_NONBLOCK);
		size = 0;
		n = read(c, line, sizeof(line) - 1);
	} else
		n = recvfrom(fd, line, sizeof(line) - 1, 0,
		    (struct sockaddr *)&from, &size);
	if (n > 0) {
		line[n] = '\0';
		line[strcspn(line, "\n")] = '\0';
		n = snprintf(reply, sizeof(reply), "%s %s\n", type_name(type),
		    line);
		(void)!sendto(c, reply, (size_t)n, 0, size == 0 ? NULL :
		    (struct sockaddr *)&from, size);
	}
	if (c != fd)
		(void)close(c);
}

static int
serve(const char *name)
{
	struct pollfd p[SOCKETS_MAX];
	size_t i, n;
	int error, *fds;

	/* No other name, and each time anew. */
	if (launch_activate_socket("none", &fds, &n) != ENOENT)
		return (2);
	error = launch_activate_socket(name, &fds, &n);
	if (error != 0 || n == 0 || n > SOCKETS_MAX) {
		(void)fprintf(stderr, "launch_activate_socket: %s\n",
		    strerror(error));
		return (1);
	}
	for (i = 0; i < n; i++) {
		p[i].fd = fds[i];
		p[i].events = POLLIN;
	}
	free(fds);
	/* Until nobody has come for a while: launchd then listens again. */
	while (poll(p, (nfds_t)n, 500) > 0)
		for (i = 0; i < n; i++)
			if (p[i].revents != 0)
				answer(p[i].fd);
	return (0);
}

static void
hello(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char line[256];
	ssize_t n;

	if (write(fd, "hello\n", 6) != 6)
		fail("write");
	if (poll(&p, 1, ANSWER_MS) != 1) {
		(void)printf("no answer\n");
		exit(1);
	}
	n = read(fd, line, sizeof(line));
	if (n > 0)
		(void)fwrite(line, 1, (size_t)n, stdout);
}

static int
say_unix(const char *type, const char *path)
{
	struct sockaddr_un to, own;
	int fd, t;

	t = strcmp(type, "stream") == 0 ? SOCK_STREAM :
	    strcmp(type, "dgram") == 0 ? SOCK_DGRAM : SOCK_SEQPACKET;
	fd = socket(AF_UNIX, t, 0);
	memset(&to, 0, sizeof(to));
	to.sun_family = AF_UNIX;
	(void)snprintf(to.sun_path, sizeof(to.sun_path), "%s", path);
	own = to;
	if (t == SOCK_DGRAM) {
		(void)snprintf(own.sun_path, sizeof(own.sun_path), "%.90s.me",
		    path);
		if (bind(fd, (struct sockaddr *)&own, sizeof(own)) == -1)
			fail("bind");
	}
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == -1)
		fail(path);
	hello(fd);
	return (0);
}

/* launchd connected it: the first of the name. */
static int
say_activated(const char *name)
{
	int error, *fds;
	size_t n;

	error = launch_socket_service_check_in(name, &fds, &n);
	if (error != 0 || n == 0) {
		(void)printf("no socket %s: %s\n", name, strerror(error));
		return (1);
	}
	hello(fds[0]);
	free(fds);
	return (0);
}

static int
say_ip(const char *protocol, const char *host, const char *port)
{
	struct addrinfo hints, *ai;
	int fd;

	memset(&hints, 0, sizeof(hints));
	hints.ai_socktype = strcmp(protocol, "udp") == 0 ? SOCK_DGRAM :
	    SOCK_STREAM;
	if (getaddrinfo(host, port, &hints, &ai) != 0)
		fail("getaddrinfo");
	fd = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);
	if (connect(fd, ai->ai_addr, ai->ai_addrlen) == -1)
		fail(host);
	freeaddrinfo(ai);
	hello(fd);
	return (0);
}

static volatile sig_atomic_t told;

static void
on_term(int signo)
{

	told = signo;
}

static int
transactions(const char *dir, bool dirty)
{
	vproc_transaction_t outer, inner;
	sigset_t set, old;
	char path[256];
	int fd;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &set, &old);
	(void)signal(SIGTERM, on_term);
	outer = vproc_transaction_begin(NULL);
	inner = vproc_transaction_begin(NULL);
	if (outer == NULL || inner == NULL || vproc_transaction_count() != 2)
		return (1);
	vproc_transaction_end(NULL, inner);
	if (!dirty)
		vproc_transaction_end(NULL, outer);
	(void)snprintf(path, sizeof(path), "%s/%s.out", dir, dirty ? "dirty" :
	    "clean");
	fd = open(path, O_WRONLY | O_CREAT, 0644);
	(void)close(fd);
	while (told == 0)
		(void)sigsuspend(&old);
	return (4);
}

/*
 * Requests of the right words in the wrong places.
 */

static uint64_t random_state;

static unsigned
random_below(unsigned n)
{

	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return ((unsigned)((random_state >> 16) % n));
}

static const char *
random_word(void)
{
	/* Nothing that ends the test: no (command), no reboot, no reexec. */
	static const char *const words[] = { "Verb", "Domain", "Label", "Path",
	    "Signal", "Name", "Value", "Kill", "Force", "PID", "Soft", "Hard",
	    "Type", "Requestor", "bootstrap", "bootout", "reload", "enable",
	    "disable", "kickstart", "kill", "start", "stop", "print", "list",
	    "print-disabled", "procinfo", "port", "setenv", "getenv", "limit",
	    "session", "system", "user/12345", "session/1", "jail/1", "pid/1",
	    "subset/1", "nowhere", "test.echo", "t.fuzz", "/dev/null",
	    "/nonexistent", "Core", "Stack", "Aqua", "StandardIO",
	    "SubmitJob", "RemoveJob", "StartJob", "StopJob", "GetJob",
	    "GetJobs", "CheckIn", "SetUserEnvironment",
	    "UnsetUserEnvironment", "GetUserEnvironment", "ActivateSocket",
	    "Transaction", "Program", "ProgramArguments", "/bin/true",
	    "MachServices", "Sockets", "KeepAlive", "StartInterval",
	    "WatchPaths", "", "=", "%s%n" };

	return (words[random_below(sizeof(words) / sizeof(words[0]))]);
}

static launch_data_t
random_value(unsigned depth)
{
	launch_data_t d, value;
	unsigned i, n;

	switch (random_below(depth < 4 ? 9 : 7)) {
	case 0:
		return (launch_data_new_integer((long long)random_below(70) -
		    3));
	case 1:
		return (launch_data_new_bool(random_below(2) != 0));
	case 2:
		return (launch_data_new_machport(random_below(2) != 0 ?
		    bootstrap_port : MACH_PORT_NULL));
	case 3:
		return (launch_data_new_fd(STDIN_FILENO));
	case 4:
		return (random_below(2) != 0 ? launch_data_new_real(1e300) :
		    launch_data_new_opaque("a\0b", 3));
	case 5:
	case 6:
		return (launch_data_new_string(random_word()));
	case 7:
		d = launch_data_alloc(LAUNCH_DATA_ARRAY);
		for (i = 0, n = random_below(4); i < n; i++) {
			value = random_value(depth + 1);
			if (!launch_data_array_set_index(d, value, i))
				launch_data_free(value);
		}
		return (d);
	default:
		d = launch_data_alloc(LAUNCH_DATA_DICTIONARY);
		for (i = 0, n = random_below(6); i < n; i++) {
			value = random_value(depth + 1);
			if (!launch_data_dict_insert(d, value, random_word()))
				launch_data_free(value);
		}
		return (d);
	}
}

static void
put_random(launch_data_t d, const char *key)
{
	launch_data_t value;

	value = random_below(4) == 0 ? random_value(0) :
	    launch_data_new_string(random_word());
	if (!launch_data_dict_insert(d, value, key))
		launch_data_free(value);
}

static int
fuzz(unsigned long n, unsigned long seed)
{
	launch_data_t answer, request;
	unsigned long refused;

	random_state = 88172645463325252ULL ^ seed;
	for (refused = 0; n > 0; n--) {
		request = random_value(0);
		if (launch_data_get_type(request) == LAUNCH_DATA_DICTIONARY &&
		    random_below(4) != 0) {
			put_random(request, "Verb");
			put_random(request, random_word());
			if (random_below(2) != 0)
				put_random(request, "Label");
			if (random_below(2) != 0)
				put_random(request, "Domain");
		}
		answer = launch_msg(request);
		if (answer == NULL && errno != EINVAL && errno != EBADF) {
			perror("launch_msg");
			return (1);
		}
		refused += answer == NULL;
		launch_data_free(request);
		launch_data_free(answer);
	}
	(void)printf("%lu had no answer\n", refused);
	return (0);
}

int
main(int argc, char **argv)
{

	if (argc == 3 && strcmp(argv[1], "serve") == 0)
		return (serve(argv[2]));
	if (argc == 3 && strcmp(argv[1], "hello") == 0)
		return (say_activated(argv[2]));
	if (argc == 2 && strcmp(argv[1], "wait") == 0) {
		answer(STDIN_FILENO);
		return (0);
	}
	if (argc == 4 && strcmp(argv[1], "unix") == 0)
		return (say_unix(argv[2], argv[3]));
	if (argc == 4 && strcmp(argv[1], "fuzz") == 0)
		return (fuzz(strtoul(argv[2], NULL, 10),
		    strtoul(argv[3], NULL, 10)));
	if (argc == 4)
		return (say_ip(argv[1], argv[2], argv[3]));
	if (argc == 3)
		return (transactions(argv[2], strcmp(argv[1], "dirty") == 0));
	return (2);
}
