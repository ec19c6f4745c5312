/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The life of the module: failing loads, loads and unloads while processes that
 * never use Mach come and go, and the refusal to unload while anything of it is
 * in use.
 *
 *	module [-s seconds] [-l directory] [path of mach.ko]
 *		-s	for each storm, default 10
 *		-l	of Linux programs (linux/child.c), with linux64.ko
 *			loaded; without it what needs them is skipped
 *
 * Run as root, and while nobody uses Mach: else all is skipped.  A module that
 * is loaded is unloaded first and loaded again at the end.  Without a path it
 * is the one that is loaded, or else the one that the kernel finds as "mach".
 *
 * This process uses no Mach, and so no libmach, whose traps at the start would
 * make it a task; its children enter the kernel by the number of the call.
 */

#include <sys/param.h>
#include <sys/event.h>
#include <sys/ioctl.h>
#include <sys/linker.h>
#include <sys/mman.h>
#include <sys/module.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <kenv.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../kernel/freebsd/syscall_abi.h"
#include "../../kernel/trap/gen/trap_number.h"
#include "asleep.h"

#define	MODULE		"sys/mach_trap"
#define	STEPS		9	/* of kernel/freebsd/module.c */
#define	KERNEL_STEPS	10	/* of kernel/kern/init.c */

/* Of <mach/port.h> and <mach/message.h>, which are libmach's business. */
#define	RIGHT_RECEIVE	1
#define	RIGHT_PORT_SET	3
#define	MAKE_SEND	20
#define	SEND_MSG	0x1
#define	RCV_MSG		0x2

struct header {
	uint32_t	bits, size, remote, local, voucher;
	int32_t		id;
};

static char path[MAXPATHLEN], exe[MAXPATHLEN];
static int number, failed;
static unsigned storm_seconds = 10;

static void
result(bool ok, const char *name, const char *fmt, ...)
{
	va_list ap;

	printf("%s %d - %s\n", ok ? "ok" : "not ok", ++number, name);
	if (fmt != NULL) {
		printf("# ");
		va_start(ap, fmt);
		vprintf(fmt, ap);
		va_end(ap);
		printf("\n");
	}
	if (!ok)
		failed++;
	(void)fflush(stdout);
}

static void
die(const char *what)
{

	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

static time_t
uptime(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (ts.tv_sec);
}

/* ---- the module ---- */

/* 0 or an errno. */
static int
load(void)
{

	return (kldload(path) == -1 ? errno : 0);
}

static int
unload(int flags)
{
	int id;

	id = kldfind("mach.ko");
	if (id == -1)
		return (errno);
	return (kldunloadf(id, flags) == -1 ? errno : 0);
}

/* The number of the system call, or -1. */
static int
call_number(void)
{
	struct module_stat stat;
	int id;

	stat.version = sizeof(stat);
	id = modfind(MODULE);
	if (id == -1 || modstat(id, &stat) != 0)
		return (-1);
	return (stat.data.intval);
}

/* Nothing says that there was a module. */
static bool
absent(void)
{
	struct stat st;
	size_t len;
	int value;

	len = sizeof(value);
	return (kldfind("mach.ko") == -1 && modfind(MODULE) == -1 &&
	    stat("/dev/mach", &st) == -1 &&
	    sysctlbyname("kern.mach.syscall", &value, &len, NULL, 0) == -1);
}

/* ---- a child's traps ---- */

static int
enter(int call, unsigned which, const uint64_t *args, unsigned nargs)
{

	return (syscall(call, MACH_SYSCALL_WORD(which) | MACH_SYSCALL_BLOCK,
	    args, (size_t)nargs));
}

static uint32_t
trap(unsigned which, unsigned nargs, ...)
{
	uint64_t args[8];
	va_list ap;
	unsigned i;

	va_start(ap, nargs);
	for (i = 0; i < nargs; i++)
		args[i] = va_arg(ap, uint64_t);
	va_end(ap);
	return ((uint32_t)enter(call_number(), which, args, nargs));
}

#define	W(x)	((uint64_t)(x))
#define	P(x)	((uint64_t)(uintptr_t)(x))
#define	SELF	W(trap(MACH_TRAP_task_self_trap, 0))

static void
need(bool ok, const char *what)
{

	if (ok)
		return;
	printf("# child: %s (errno %d)\n", what, errno);
	(void)fflush(stdout);
	_exit(1);
}

static uint32_t
allocate(unsigned right)
{
	uint32_t name;

	need(trap(MACH_TRAP__kernelrpc_mach_port_allocate_trap, 3, SELF,
	    W(right), P(&name)) == 0, "allocate");
	return (name);
}

static uint32_t
receive(uint32_t name)
{
	struct {
		struct header	h;
		uint8_t		trailer[128];
	} m;

	return (trap(MACH_TRAP_mach_msg_trap, 7, P(&m), W(RCV_MSG), W(0),
	    W(sizeof(m)), W(name), W(0), W(0)));
}

static void
send_to(uint32_t name)
{
	struct header h;

	memset(&h, 0, sizeof(h));
	h.bits = MAKE_SEND;
	h.size = sizeof(h);
	h.remote = name;
	need(trap(MACH_TRAP_mach_msg_trap, 7, P(&h), W(SEND_MSG),
	    W(sizeof(h)), W(0), W(0), W(0), W(0)) == 0, "send");
}

static int
set_fd(void)
{
	int fd;

	need(trap(MACH_TRAP_mach_pset_fd_trap, 5, SELF,
	    W(allocate(RIGHT_PORT_SET)), W(0), P(&fd), W(-1)) == 0,
	    "mach_pset_fd");
	return (fd);
}

/* ---- loads that fail ---- */

static bool
fails_at(const char *variable, int step)
{
	char value[16];
	bool ok;

	(void)snprintf(value, sizeof(value), "%d", step);
	if (kenv(KENV_SET, variable, value, (int)strlen(value) + 1) == -1)
		die("kenv");
	ok = load() != 0;
	(void)kenv(KENV_UNSET, variable, NULL, 0);
	if (!ok)
		(void)unload(0);
	return (ok && absent());
}

static void
failing_loads(void)
{
	int error, i;

	for (i = 1; i <= STEPS; i++) {
		if (!fails_at("kern.mach.fail_step", i))
			break;
	}
	result(i == STEPS + 1, "a_load_that_fails_at_a_step_leaves_nothing",
	    "%d of %d steps", i - 1, STEPS);
	for (i = 1; i <= KERNEL_STEPS; i++) {
		if (!fails_at("kern.mach.fail_kernel_step", i))
			break;
	}
	result(i == KERNEL_STEPS + 1,
	    "a_load_that_fails_in_the_kernel_leaves_nothing",
	    "%d of %d steps", i - 1, KERNEL_STEPS);
	error = load();
	if (error == 0)
		error = unload(0);
	result(error == 0 && absent(), "it_can_be_loaded_after_all",
	    error != 0 ? "%s" : NULL, strerror(error));
}

/* ---- refusals ---- */

static const char *sleep_in;
static int channel[2];

static void
ready(void)
{

	need(write(channel[1], "", 1) == 1, "write");
}

/* What the child does when the parent has tried. */
static int device = -1;

static void
still_works(void)
{
	uint32_t port;
	char c;

	need(read(channel[1], &c, 1) == 1, "read");
	port = allocate(RIGHT_RECEIVE);
	send_to(port);
	need(receive(port) == 0, "receive");
	port = 0;
	if (device != -1)
		need(ioctl(device, _IOW('M', 1, uint32_t), &port) == 0,
		    "the device after the attempt");
	_exit(0);
}

static void
with_a_task(void)
{

	(void)trap(MACH_TRAP_task_self_trap, 0);
	ready();
}

static void
with_the_device(void)
{

	device = open("/dev/mach", O_RDWR);
	need(device != -1, "/dev/mach");
	with_a_task();
}

static void
with_a_right(void)
{

	(void)allocate(RIGHT_RECEIVE);
	ready();
}

static void
with_a_message(void)
{

	send_to(allocate(RIGHT_RECEIVE));
	ready();
}

static void
with_a_knote(void)
{
	struct kevent kev;
	size_t len;
	int filter;

	len = sizeof(filter);
	need(sysctlbyname("kern.mach.evfilt_machport", &filter, &len, NULL, 0)
	    == 0, "the filter");
	if (filter == 0) {
		with_a_right();
		return;
	}
	EV_SET(&kev, allocate(RIGHT_RECEIVE), filter, EV_ADD, 0, 0, NULL);
	need(kevent(kqueue(), &kev, 1, NULL, 0, NULL) == 0, "kevent");
	ready();
}

static void
with_a_descriptor(void)
{

	(void)set_fd();
	ready();
}

static void
in_a_receive(void)
{
	uint32_t port;

	port = allocate(RIGHT_RECEIVE);
	ready();
	(void)receive(port);
	_exit(1);
}

/* The same through the call of the message traps, if there is one. */
static void
in_the_message_call(void)
{
	struct {
		struct header	h;
		uint8_t		trailer[128];
	} m;
	size_t len;
	uint32_t port;
	int call;

	port = allocate(RIGHT_RECEIVE);
	len = sizeof(call);
	need(sysctlbyname("kern.mach.syscall_msg", &call, &len, NULL, 0) == 0,
	    "kern.mach.syscall_msg");
	ready();
	if (call == 0)
		(void)receive(port);
	else
#ifdef __LP64__
		(void)syscall(call, P(&m), W(RCV_MSG), W(sizeof(m)) << 32,
		    W(port), W(0), W(0));
#else
		(void)syscall(call, &m, RCV_MSG, 0, sizeof(m), port, 0, 0, 0);
#endif
	_exit(1);
}

static void
in_a_sleep(void)
{

	(void)trap(MACH_TRAP_task_self_trap, 0);
	ready();
	(void)trap(MACH_TRAP_clock_sleep_trap, 5, W(0), W(1), W(600), W(0),
	    W(0));
	_exit(1);
}

static const struct {
	const char	*name;
	void		(*begin)(void);
	bool		 sleeps;
} uses[] = {
	{ "no_unload_while_a_task_lives", with_a_task, false },
	{ "no_unload_while_a_task_has_the_device", with_the_device, false },
	{ "no_unload_while_there_is_a_right", with_a_right, false },
	{ "no_unload_while_there_is_a_message", with_a_message, false },
	{ "no_unload_while_there_is_a_knote", with_a_knote, false },
	{ "no_unload_while_there_is_a_descriptor", with_a_descriptor, false },
	{ "no_unload_while_a_thread_waits_for_a_message", in_a_receive, true },
	{ "no_unload_while_a_thread_is_in_the_message_call",
	    in_the_message_call, true },
	{ "no_unload_while_a_thread_sleeps_in_a_trap", in_a_sleep, true }
};

static void
refusal(const char *name, void (*begin)(void), bool sleeps)
{
	int error, forced, status;
	pid_t pid;
	bool ok;
	char c;

	if (load() != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, channel) == -1)
		die("load");
	pid = fork();
	if (pid == -1)
		die("fork");
	if (pid == 0) {
		begin();
		still_works();
	}
	ok = read(channel[0], &c, 1) == 1;
	if (sleeps)
		ok = ok && asleep(pid, sleep_in, 10000);
	error = unload(0);
	forced = unload(LINKER_UNLOAD_FORCE);
	ok = ok && error == EBUSY && forced == EBUSY;
	if (sleeps)
		(void)kill(pid, SIGKILL);
	else
		(void)write(channel[0], "", 1);
	(void)waitpid(pid, &status, 0);
	if (!sleeps)
		ok = ok && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	(void)close(channel[0]);
	(void)close(channel[1]);
	result(ok, name, ok ? NULL : "unload: %d, forced: %d, child: %#x",
	    error, forced, (unsigned)status);
	/* And then it goes. */
	error = unload(0);
	if (error != 0 || !absent())
		result(false, name, "it does not unload afterwards: %d", error);
}

/* A set's file in the hands of a process that is no task. */
static void
refusal_by_a_stranger(void)
{
	union {
		struct cmsghdr	h;
		char		room[CMSG_SPACE(sizeof(int))];
	} control;
	struct msghdr msg;
	struct iovec iov;
	struct pollfd pfd;
	char c;
	int error, forced, status;
	pid_t pid;
	bool ok;

	if (load() != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, channel) == -1)
		die("load");
	memset(&msg, 0, sizeof(msg));
	iov.iov_base = &c;
	iov.iov_len = 1;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = control.room;
	msg.msg_controllen = sizeof(control.room);
	c = 0;
	pid = fork();
	if (pid == -1)
		die("fork");
	if (pid == 0) {
		control.h.cmsg_len = CMSG_LEN(sizeof(int));
		control.h.cmsg_level = SOL_SOCKET;
		control.h.cmsg_type = SCM_RIGHTS;
		*(int *)(void *)CMSG_DATA(&control.h) = set_fd();
		need(sendmsg(channel[1], &msg, 0) == 1, "sendmsg");
		_exit(0);
	}
	ok = recvmsg(channel[0], &msg, 0) == 1 &&
	    msg.msg_controllen >= CMSG_LEN(sizeof(int));
	(void)waitpid(pid, &status, 0);
	pfd.fd = ok ? *(int *)(void *)CMSG_DATA(&control.h) : -1;
	pfd.events = POLLIN;
	error = unload(0);
	forced = unload(LINKER_UNLOAD_FORCE);
	ok = ok && error == EBUSY && forced == EBUSY;
	/* The set died with its task. */
	ok = ok && poll(&pfd, 1, 0) == 1 && (pfd.revents & POLLHUP) != 0;
	(void)close(pfd.fd);
	(void)close(channel[0]);
	(void)close(channel[1]);
	result(ok, "no_unload_while_a_stranger_has_a_descriptor",
	    ok ? NULL : "unload: %d, forced: %d", error, forced);
	error = unload(0);
	if (error != 0)
		result(false, "no_unload_while_a_stranger_has_a_descriptor",
		    "it does not unload afterwards: %d", error);
}

/* ---- kernels that have less to give ---- */

/* machtest.ko holds what the kernel has to spare, or gives it back. */
static bool
hold(const char *what, int value)
{

	return (sysctlbyname(what, NULL, NULL, &value, sizeof(value)) == 0);
}

/* A child's status, which tells that all that it needed worked. */
static int
does(void (*what)(void))
{
	int status;
	pid_t pid;

	pid = fork();
	if (pid == -1)
		die("fork");
	if (pid == 0) {
		what();
		_exit(0);
	}
	(void)waitpid(pid, &status, 0);
	return (status);
}

static void
use_a_descriptor(void)
{
	struct pollfd pfd;
	uint32_t port, set;

	set = allocate(RIGHT_PORT_SET);
	port = allocate(RIGHT_RECEIVE);
	need(trap(MACH_TRAP__kernelrpc_mach_port_insert_member_trap, 3, SELF,
	    W(port), W(set)) == 0, "insert_member");
	need(trap(MACH_TRAP_mach_pset_fd_trap, 5, SELF, W(set), W(0),
	    P(&pfd.fd), W(-1)) == 0, "mach_pset_fd");
	pfd.events = POLLIN;
	need(poll(&pfd, 1, 0) == 0, "a descriptor with nothing behind it");
	send_to(port);
	need(poll(&pfd, 1, 0) == 1 && (pfd.revents & POLLIN) != 0, "poll");
	need(receive(set) == 0, "receive");
}

static void
use_messages(void)
{
	uint32_t port;

	port = allocate(RIGHT_RECEIVE);
	send_to(port);
	need(receive(port) == 0, "receive");
}

static const char *const short_names[] = {
	"without_a_filter_it_loads_and_the_descriptor_works",
	"with_one_system_call_it_loads_and_messages_travel",
	"without_a_system_call_it_does_not_load"
};

static void
short_kernels(void)
{
	int error, filter, status, value;
	unsigned i;
	size_t len;

	len = sizeof(value);
	if (sysctlbyname("debug.machtest.filters", &value, &len, NULL, 0) !=
	    0) {
		for (i = 0; i < nitems(short_names); i++)
			printf("ok %d - %s # SKIP machtest.ko is not loaded\n",
			    ++number, short_names[i]);
		return;
	}
	if (!hold("debug.machtest.filters", 1) || load() != 0)
		die("load without a filter");
	filter = -1;
	len = sizeof(filter);
	(void)sysctlbyname("kern.mach.evfilt_machport", &filter, &len, NULL,
	    0);
	status = does(use_a_descriptor);
	error = unload(0);
	(void)hold("debug.machtest.filters", 0);
	result(filter == 0 && status == 0 && error == 0 && absent(),
	    short_names[0], "filter %d, child %#x, unload %d", filter,
	    (unsigned)status, error);

	if (!hold("debug.machtest.slots", 1) || load() != 0)
		die("load with one system call");
	value = -1;
	len = sizeof(value);
	(void)sysctlbyname("kern.mach.syscall_msg", &value, &len, NULL, 0);
	status = does(use_messages);
	error = unload(0);
	(void)hold("debug.machtest.slots", -1);
	result(value == 0 && status == 0 && error == 0 && absent(),
	    short_names[1], "second call %d, child %#x, unload %d", value,
	    (unsigned)status, error);

	if (!hold("debug.machtest.slots", 0))
		die("debug.machtest.slots");
	error = load();
	value = absent();
	if (error == 0)
		(void)unload(0);
	(void)hold("debug.machtest.slots", -1);
	result(error != 0 && value, short_names[2], "load %d", error);
	error = load();
	if (error == 0)
		error = unload(0);
	if (error != 0)
		result(false, short_names[2], "not afterwards either: %d",
		    error);
}

/* ---- storms ---- */

#define	STORM_CHILDREN	4

static atomic_ulong *counts;	/* shared: forks, traps, wrong ends */

/* Processes that never use Mach. */
static void
come_and_go(void)
{
	char nothing[] = "-x";
	char *argv[] = { exe, nothing, NULL };
	pid_t pid;
	unsigned i;

	for (i = 0; getppid() != 1; i++) {
		pid = i % 4 == 3 ? vfork() : fork();
		if (pid == -1)
			continue;
		if (pid == 0) {
			if (i % 2 != 0)
				(void)execv(exe, argv);
			_exit(0);
		}
		(void)waitpid(pid, NULL, 0);
		atomic_fetch_add(&counts[0], 1);
	}
	_exit(0);
}

/* Processes that use Mach as soon as it is there, and until it is not. */
static void
use_and_go(void)
{
	pid_t pid;
	int call;

	while (getppid() != 1) {
		pid = fork();
		if (pid == -1)
			continue;
		if (pid == 0) {
			uint64_t args[3];
			uint32_t name;

			/* Where there is no such call any more. */
			(void)signal(SIGSYS, SIG_IGN);
			call = call_number();
			if (call > 0 && enter(call, MACH_TRAP_task_self_trap,
			    args, 0) > 0) {
				args[0] = (uint32_t)enter(call,
				    MACH_TRAP_task_self_trap, args, 0);
				args[1] = RIGHT_RECEIVE;
				args[2] = P(&name);
				(void)enter(call,
				MACH_TRAP__kernelrpc_mach_port_allocate_trap,
				    args, 3);
				atomic_fetch_add(&counts[1], 1);
			}
			_exit(0);
		}
		(void)waitpid(pid, NULL, 0);
	}
	_exit(0);
}

static void
storm(const char *name, void (*body)(void), bool may_be_busy)
{
	pid_t pids[STORM_CHILDREN];
	unsigned busy, cycles, i;
	time_t end;
	int error;
	bool ok;

	atomic_store(&counts[0], 0);
	atomic_store(&counts[1], 0);
	for (i = 0; i < STORM_CHILDREN; i++) {
		pids[i] = fork();
		if (pids[i] == -1)
			die("fork");
		if (pids[i] == 0) {
			(void)setpgid(0, 0);
			body();
		}
	}
	ok = true;
	busy = cycles = 0;
	end = uptime() + storm_seconds;
	do {
		ok = load() == 0;
		while (ok && (error = unload(0)) != 0) {
			ok = may_be_busy && error == EBUSY;
			busy++;
			(void)sched_yield();
		}
		cycles++;
	} while (ok && (uptime() < end ||
	    (counts[may_be_busy] == 0 && uptime() < end + 60)));
	for (i = 0; i < STORM_CHILDREN; i++) {
		(void)kill(pids[i], SIGKILL);
		(void)waitpid(pids[i], NULL, 0);
	}
	result(ok && absent() && counts[may_be_busy] > 0, name,
	    "%u loads, %u refusals, %lu processes that use no Mach, %lu that "
	    "do", cycles, busy, (unsigned long)counts[0],
	    (unsigned long)counts[1]);
}

/* ---- programs of the Linux ABI ---- */

static const char *linux_dir;
static char linux_child[MAXPATHLEN];

/* The exit status of the Linux program, 255: it did not end by itself. */
static int
run_linux(const char *arg1, const char *arg2)
{
	char *argv[] = { linux_child, __DECONST(char *, arg1),
	    __DECONST(char *, arg2), NULL };
	int status;
	pid_t pid;

	pid = fork();
	if (pid == -1)
		return (255);
	if (pid == 0) {
		(void)execv(linux_child, argv);
		_exit(254);
	}
	(void)waitpid(pid, &status, 0);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : 255);
}

static void
linux_programs(void)
{
	int status;

	while (getppid() != 1) {
		status = run_linux(NULL, NULL);
		if (status == 0)
			atomic_fetch_add(&counts[0], 1);
		else
			atomic_store(&counts[2], (unsigned long)status);
	}
	_exit(0);
}

static unsigned long
figure(const char *name)
{
	unsigned long value;
	size_t len;

	value = 0;
	len = sizeof(value);
	(void)sysctlbyname(name, &value, &len, NULL, 0);
	return (value);
}

/* What is a trap's number and word here is another call to a Linux program. */
static void
linux_has_no_traps(void)
{
	unsigned long before;
	char call[16], word[16];
	int status, unused;

	if (load() != 0)
		die("load");
	(void)snprintf(call, sizeof(call), "%d", call_number());
	(void)snprintf(word, sizeof(word), "%u",
	    MACH_SYSCALL_WORD(MACH_TRAP_task_self_trap));
	before = figure("kern.mach.total.tasks");
	status = run_linux(call, word);
	unused = figure("kern.mach.total.tasks") == before;
	result(status == 0 && unused && unload(0) == 0 && absent(),
	    "a_linux_program_has_no_traps", "status %d", status);
}

static void
task_becomes_linux(void)
{
	int error, status;
	pid_t pid;

	if (load() != 0)
		die("load");
	pid = fork();
	if (pid == -1)
		die("fork");
	if (pid == 0) {
		char *argv[] = { linux_child, NULL };

		send_to(allocate(RIGHT_RECEIVE));
		(void)execv(linux_child, argv);
		_exit(254);
	}
	(void)waitpid(pid, &status, 0);
	error = unload(0);
	result(WIFEXITED(status) && WEXITSTATUS(status) == 0 && error == 0 &&
	    absent(), "a_task_becomes_a_linux_program", "status %#x, unload %d",
	    (unsigned)status, error);
}

static void
linux_tests(void)
{
	static const char *const names[] = { "a_linux_program_has_no_traps",
	    "a_task_becomes_a_linux_program",
	    "loads_while_linux_programs_come_and_go" };
	unsigned i;

	if (linux_dir != NULL)
		(void)snprintf(linux_child, sizeof(linux_child), "%s/child",
		    linux_dir);
	if (linux_dir == NULL || run_linux(NULL, NULL) != 0) {
		for (i = 0; i < nitems(names); i++)
			printf("ok %d - %s # SKIP no Linux programs\n",
			    ++number, names[i]);
		return;
	}
	linux_has_no_traps();
	task_becomes_linux();
	atomic_store(&counts[2], 0);
	storm(names[2], linux_programs, false);
	if (counts[2] != 0)
		result(false, names[2], "a program ended with %lu",
		    (unsigned long)counts[2]);
}

static pthread_barrier_t loaded, used;
static atomic_int wrong;

static void *
born_before(void *arg)
{
	uint32_t name;

	(void)arg;
	(void)pthread_barrier_wait(&loaded);
	name = trap(MACH_TRAP_mach_reply_port, 0);
	if (name == 0 || name == UINT32_MAX)
		atomic_fetch_add(&wrong, 1);
	(void)pthread_barrier_wait(&used);
	return (NULL);
}

/* All first traps of the process at the same time. */
static void
threads_born_before(void)
{
	enum { THREADS = 16 };
	pthread_t threads[THREADS];
	int i, status;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, channel) == -1)
		die("socketpair");
	pid = fork();
	if (pid == -1)
		die("fork");
	if (pid == 0) {
		char c;

		(void)pthread_barrier_init(&loaded, NULL, THREADS + 1);
		(void)pthread_barrier_init(&used, NULL, THREADS + 1);
		for (i = 0; i < THREADS; i++)
			need(pthread_create(&threads[i], NULL, born_before,
			    NULL) == 0, "pthread_create");
		ready();
		need(read(channel[1], &c, 1) == 1, "read");
		(void)pthread_barrier_wait(&loaded);
		(void)pthread_barrier_wait(&used);
		for (i = 0; i < THREADS; i++)
			(void)pthread_join(threads[i], NULL);
		_exit(atomic_load(&wrong));
	}
	{
		char c;

		(void)read(channel[0], &c, 1);
	}
	if (load() != 0)
		die("load");
	(void)write(channel[0], "", 1);
	(void)waitpid(pid, &status, 0);
	(void)close(channel[0]);
	(void)close(channel[1]);
	result(WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
	    unload(0) == 0 && absent(),
	    "threads_born_before_the_load_use_it", NULL);
}

static void
find_module(const char *arg)
{
	struct kld_file_stat stat;
	int id;

	if (arg != NULL) {
		(void)strlcpy(path, arg, sizeof(path));
		return;
	}
	(void)strlcpy(path, "mach", sizeof(path));
	id = kldfind("mach.ko");
	stat.version = sizeof(stat);
	if (id != -1 && kldstat(id, &stat) == 0)
		(void)strlcpy(path, stat.pathname, sizeof(path));
}

int
main(int argc, char **argv)
{
	unsigned i;
	int ch, error;
	bool reload;

	while ((ch = getopt(argc, argv, "l:s:x")) != -1) {
		switch (ch) {
		case 'l':
			linux_dir = optarg;
			break;
		case 's':
			storm_seconds = (unsigned)atoi(optarg);
			break;
		case 'x':
			_exit(0);
		default:
			return (2);
		}
	}
	find_module(argv[optind]);
	if (realpath(argv[0], exe) == NULL || geteuid() != 0) {
		printf("1..0 # SKIP needs root, and its own path\n");
		return (0);
	}
	error = unload(0);
	reload = error == 0;
	if (error != 0 && error != ENOENT) {
		printf("1..0 # SKIP Mach is in use\n");
		return (0);
	}
	error = load();
	if (error != 0) {
		printf("1..0 # SKIP cannot load %s: %s\n", path,
		    strerror(error));
		return (0);
	}
	(void)unload(0);
	counts = mmap(NULL, 3 * sizeof(*counts), PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	if (counts == MAP_FAILED)
		die("mmap");
	sleep_in = "mach wait";

	printf("1..%zu\n", 3 + nitems(uses) + 1 + nitems(short_names) + 3 +
	    3);
	failing_loads();
	for (i = 0; i < nitems(uses); i++)
		refusal(uses[i].name, uses[i].begin, uses[i].sleeps);
	refusal_by_a_stranger();
	short_kernels();
	threads_born_before();
	storm("loads_while_others_come_and_go", come_and_go, false);
	storm("loads_while_others_begin_to_use_it", use_and_go, true);
	linux_tests();
	if (reload && load() != 0)
		die("load");
	return (failed == 0 ? 0 : 1);
}
