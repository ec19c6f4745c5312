/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What happens to a process that uses Mach: the ways to make one, the ways to
 * change one, and its end in each state that it can be blocked in.
 *
 * Roles: the program is started anew by some cases, with PROC_ROLE in its
 * environment, and then does what that says.
 */

#include <sys/param.h>
#include <sys/event.h>
#include <sys/mount.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/kevent.h>
#include <mach/mach.h>
#include <mach/mach_dev.h>
#include <mach/mach_time.h>
#include <mach/mk_timer.h>
#include <mach/port_set_fd.h>
#include <mach/semaphore.h>
#include <mach/thread_switch.h>

#include "../conformance/ct.h"
#include "../conformance/ctmach.h"
#include "../../kernel/trap/gen/trap_number.h"
#include "asleep.h"

extern char **environ;

/* The trap without libmach's memory of what it returned. */
uint32_t mach_trap(unsigned number, const uint64_t *args, unsigned nargs);

#define	FOR_EVER_MS	600000

static char exe[PATH_MAX];

__attribute__((constructor)) static void
role(int argc, char **argv)
{
	mach_port_t port;
	char *what;

	(void)argc;
	if (argv != NULL && argv[0] != NULL && argv[0][0] == '/')
		(void)strlcpy(exe, argv[0], sizeof(exe));
	else if (argv != NULL && argv[0] != NULL)
		(void)realpath(argv[0], exe);
	what = getenv("PROC_ROLE");
	if (what == NULL)
		return;
	(void)unsetenv("PROC_ROLE");
	if (strcmp(what, "nothing") == 0)
		_exit(0);
	/* "report": to the bootstrap port, if there is one. */
	CT_OK(task_get_bootstrap_port(mach_task_self(), &port));
	if (!MACH_PORT_VALID(port))
		_exit(geteuid() == getuid() ? 5 : 6);
	ct_send_id(port, 31);
	_exit(geteuid() == getuid() ? 0 : 7);
}

static void
exec_role(const char *what)
{
	char *argv[] = { exe, NULL };

	(void)setenv("PROC_ROLE", what, 1);
	(void)execv(exe, argv);
	_exit(99);
}

static int
status_of(pid_t pid)
{
	int status;

	CT_POSIX(waitpid(pid, &status, 0));
	CT_TRUE(WIFEXITED(status));
	return (WEXITSTATUS(status));
}

static void
wait_asleep(pid_t pid, const char *wmesg)
{

	if (!asleep(pid, wmesg, patience(10000)))
		ct_fail(__FILE__, __LINE__, "process %d does not sleep in %s",
		    pid, wmesg);
}

#define	MACH_WMESG	"mach wait"

/* ---- blocked, and killed ---- */

/* The port's name is known to the parent, who is told of its death. */
static mach_port_t mine;

static void
in_receive(void)
{
	struct ct_msg m;

	(void)mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), mine, 0,
	    MACH_PORT_NULL);
}

static void
in_receive_with_a_timeout(void)
{
	struct ct_msg m;

	(void)mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_INTERRUPT, 0, sizeof(m), mine, FOR_EVER_MS,
	    MACH_PORT_NULL);
}

static mach_port_t
set_of_mine(void)
{
	mach_port_t set;

	set = ct_pset();
	CT_OK(mach_port_move_member(SELF, mine, set));
	return (set);
}

static void
in_receive_from_a_set(void)
{
	struct ct_msg m;

	(void)mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), set_of_mine(), 0,
	    MACH_PORT_NULL);
}

static void
in_receive_from_an_empty_set(void)
{
	struct ct_msg m;

	(void)mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), ct_pset(), 0,
	    MACH_PORT_NULL);
}

/* Fill the queue, then send rights and memory into it. */
static void
send_to_full(mach_msg_option_t option)
{
	struct ct_complex m;
	size_t page;
	char *data;

	page = ct_page();
	ct_make_send(mine);
	ct_qlimit(mine, 1);
	ct_send_id(mine, 1);
	data = malloc(5 * page);
	CT_TRUE(data != NULL);
	memset(data, 7, 5 * page);
	ct_complex_init(&m, mine, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
	    3, 2);
	ct_port_desc(&m, 0, ct_port(), MACH_MSG_TYPE_MOVE_RECEIVE);
	ct_port_desc(&m, 1, ct_port_send(), MACH_MSG_TYPE_MOVE_SEND);
	ct_port_desc(&m, 2, ct_port(), MACH_MSG_TYPE_MAKE_SEND_ONCE);
	(void)ct_complex_send(&m, option, FOR_EVER_MS);
}

static void
in_send(void)
{

	send_to_full(0);
}

static void
in_send_with_a_timeout(void)
{

	send_to_full(MACH_SEND_TIMEOUT);
}

static void
in_receive_after_send(void)
{
	struct ct_msg m;

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
	m.hdr.msgh_remote_port = ct_port();
	m.hdr.msgh_size = sizeof(m.hdr);
	(void)mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG, sizeof(m.hdr),
	    sizeof(m), mine, 0, MACH_PORT_NULL);
}

static void
in_receive_into_another_buffer(void)
{
	struct ct_msg in, out;

	memset(&out, 0, sizeof(out));
	(void)mach_msg_overwrite(&out.hdr, MACH_RCV_MSG, 0, sizeof(in), mine,
	    0, MACH_PORT_NULL, &in.hdr, 0);
}

static void
in_mach_msg2(void)
{
	struct ct_msg m;

	memset(&m, 0, sizeof(m));
	(void)mach_msg2(&m, MACH64_RCV_MSG, m.hdr, 0, sizeof(m), mine, 0, 0);
}

static semaphore_t
sem(int value)
{
	semaphore_t s;

	CT_OK(semaphore_create(SELF, &s, SYNC_POLICY_FIFO, value));
	return (s);
}

static void
in_semaphore_wait(void)
{

	(void)semaphore_wait(sem(0));
}

static void
in_semaphore_timedwait(void)
{
	mach_timespec_t ts = { FOR_EVER_MS / 1000, 0 };

	(void)semaphore_timedwait(sem(0), ts);
}

static void
in_semaphore_wait_signal(void)
{

	(void)semaphore_wait_signal(sem(0), sem(0));
}

static void
in_semaphore_timedwait_signal(void)
{
	mach_timespec_t ts = { FOR_EVER_MS / 1000, 0 };

	(void)semaphore_timedwait_signal(sem(0), sem(0), ts);
}

static void
in_clock_sleep(void)
{
	uint64_t args[] = { 0, 1, FOR_EVER_MS / 1000, 0, 0 };

	(void)mach_trap(MACH_TRAP_clock_sleep_trap, args, 5);
}

static void
in_mach_wait_until(void)
{

	(void)mach_wait_until(mach_absolute_time() +
	    FOR_EVER_MS * UINT64_C(1000000));
}

static void
in_thread_switch(void)
{

	(void)thread_switch(MACH_PORT_NULL, SWITCH_OPTION_WAIT, FOR_EVER_MS);
}

static void
in_receive_from_a_timer(void)
{
	struct ct_msg m;
	mach_port_t timer;

	timer = mk_timer_create();
	CT_OK(mk_timer_arm(timer, mach_absolute_time() +
	    FOR_EVER_MS * UINT64_C(1000000)));
	(void)mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), timer, 0,
	    MACH_PORT_NULL);
}

static void
in_kevent_that_receives(void)
{
	struct kevent64_s kev;
	struct ct_msg m;
	int kq;

	kq = kqueue();
	EV_SET64(&kev, set_of_mine(), EVFILT_MACHPORT, EV_ADD, MACH_RCV_MSG, 0,
	    0, (uint64_t)(uintptr_t)&m, sizeof(m));
	(void)kevent64(kq, &kev, 1, &kev, 1, 0, NULL);
}

static void
in_poll_of_a_set(void)
{
	struct pollfd pfd;

	CT_OK(mach_pset_fd(SELF, set_of_mine(), 0, &pfd.fd));
	pfd.events = POLLIN;
	(void)poll(&pfd, 1, FOR_EVER_MS);
}

static void
in_select_of_a_set(void)
{
	fd_set fds;
	int fd;

	CT_OK(mach_pset_fd(SELF, set_of_mine(), 0, &fd));
	FD_ZERO(&fds);
	FD_SET(fd, &fds);
	(void)select(fd + 1, &fds, NULL, NULL, NULL);
}

static void
in_kevent_of_a_sets_descriptor(void)
{
	struct kevent kev;
	int fd, kq;

	CT_OK(mach_pset_fd(SELF, set_of_mine(), 0, &fd));
	kq = kqueue();
	EV_SET(&kev, fd, EVFILT_READ, EV_ADD, 0, 0, NULL);
	(void)kevent(kq, &kev, 1, &kev, 1, NULL);
}

static const struct {
	void		(*block)(void);
	const char	*wmesg;
} blocked[] = {
	{ in_receive, MACH_WMESG },
	{ in_receive_with_a_timeout, MACH_WMESG },
	{ in_receive_from_a_set, MACH_WMESG },
	{ in_receive_from_an_empty_set, MACH_WMESG },
	{ in_send, MACH_WMESG },
	{ in_send_with_a_timeout, MACH_WMESG },
	{ in_receive_after_send, MACH_WMESG },
	{ in_receive_into_another_buffer, MACH_WMESG },
	{ in_mach_msg2, MACH_WMESG },
	{ in_semaphore_wait, MACH_WMESG },
	{ in_semaphore_timedwait, MACH_WMESG },
	{ in_semaphore_wait_signal, MACH_WMESG },
	{ in_semaphore_timedwait_signal, MACH_WMESG },
	{ in_clock_sleep, MACH_WMESG },
	{ in_mach_wait_until, MACH_WMESG },
	{ in_thread_switch, MACH_WMESG },
	{ in_receive_from_a_timer, MACH_WMESG },
	{ in_kevent_that_receives, "kqread" },
	{ in_poll_of_a_set, "select" },
	{ in_select_of_a_set, "select" },
	{ in_kevent_of_a_sets_descriptor, "kqread" }
};

/*
 * A child that blocks in state `which`, alone; the parent learns a right to its
 * port, whose death is to be told.
 */
static pid_t
blocked_child(unsigned which, mach_port_t *notify)
{
	mach_port_t boot, old;
	pid_t pid;

	boot = ct_port();
	ct_bequeath(boot);
	pid = ct_fork();
	if (pid == 0) {
		mine = ct_port();
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_MAKE_SEND);
		blocked[which].block();
		_exit(1);
	}
	old = ct_recv_right(boot, NULL);
	*notify = ct_port();
	ct_notify_request(old, MACH_NOTIFY_DEAD_NAME, 0, *notify);
	wait_asleep(pid, blocked[which].wmesg);
	ct_recv_none(*notify);
	return (pid);
}

static void
kill_blocked(unsigned which, int sig)
{
	mach_port_t notify;
	pid_t pid;

	pid = blocked_child(which, &notify);
	CT_POSIX(kill(pid, sig));
	ct_wait_signal(pid, sig);
	(void)ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME);
}

CT_CASE_TIMEOUT(kill_9_ends_a_process_in_every_blocking_state, 120)
{
	unsigned i;

	for (i = 0; i < nitems(blocked); i++)
		kill_blocked(i, SIGKILL);
	ct_note("%zu states", nitems(blocked));
}

CT_CASE_TIMEOUT(a_signal_without_handler_ends_it_as_well, 120)
{
	unsigned i;

	for (i = 0; i < nitems(blocked); i++)
		kill_blocked(i, SIGTERM);
}

/* All at once, by the process group. */
CT_CASE_TIMEOUT(kill_9_of_a_group_blocked_in_every_state, 120)
{
	mach_port_t notify[nitems(blocked)];
	pid_t pids[nitems(blocked)];
	unsigned i;

	CT_POSIX(setpgid(0, 0));
	for (i = 0; i < nitems(blocked); i++) {
		pids[i] = blocked_child(i, &notify[i]);
		CT_POSIX(setpgid(pids[i], pids[0]));
	}
	CT_POSIX(kill(-pids[0], SIGKILL));
	for (i = 0; i < nitems(blocked); i++) {
		ct_wait_signal(pids[i], SIGKILL);
		(void)ct_notify_recv(notify[i], MACH_NOTIFY_DEAD_NAME);
	}
}

static void *
block_in(void *arg)
{

	blocked[(uintptr_t)arg].block();
	return (NULL);
}

/* A thread in each state, and one that ends them. */
static pid_t
threads_blocked(void (*end)(void), mach_port_t *notify)
{
	mach_port_t boot, old;
	pthread_t t;
	unsigned i;
	pid_t pid;

	boot = ct_port();
	ct_bequeath(boot);
	pid = ct_fork();
	if (pid == 0) {
		mine = ct_port();
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_MAKE_SEND);
		for (i = 0; i < nitems(blocked); i++)
			CT_EQ(pthread_create(&t, NULL, block_in,
			    (void *)(uintptr_t)i), 0);
		/* Some of them are on their way; that is as good. */
		(void)usleep(50000);
		end();
		_exit(1);
	}
	old = ct_recv_right(boot, NULL);
	*notify = ct_port();
	ct_notify_request(old, MACH_NOTIFY_DEAD_NAME, 0, *notify);
	return (pid);
}

static void
end_by_exec(void)
{

	CT_OK(task_set_bootstrap_port(SELF, MACH_PORT_NULL));
	exec_role("nothing");
}

static void
end_by_exit(void)
{

	_exit(0);
}

CT_CASE_TIMEOUT(exec_and_exit_end_threads_in_every_state, 60)
{
	mach_port_t notify;
	pid_t pid;
	int i;

	for (i = 0; i < 10; i++) {
		pid = threads_blocked(i % 2 == 0 ? end_by_exec : end_by_exit,
		    &notify);
		CT_EQ(status_of(pid), 0);
		(void)ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME);
	}
}

CT_CASE(a_stopped_process_receives_when_it_goes_on)
{
	struct ct_msg m;
	mach_port_t boot, there;
	int status;
	pid_t pid;

	boot = ct_port();
	ct_bequeath(boot);
	pid = ct_fork();
	if (pid == 0) {
		mine = ct_port();
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_MAKE_SEND);
		CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), mine, 0,
		    MACH_PORT_NULL));
		_exit(m.hdr.msgh_id);
	}
	there = ct_recv_right(boot, NULL);
	wait_asleep(pid, MACH_WMESG);
	CT_POSIX(kill(pid, SIGSTOP));
	CT_EQ(waitpid(pid, &status, WUNTRACED), pid);
	CT_TRUE(WIFSTOPPED(status));
	ct_send_id(there, 55);
	CT_EQ(waitpid(pid, &status, WNOHANG), 0);
	CT_POSIX(kill(pid, SIGCONT));
	CT_EQ(status_of(pid), 55);
}

/* ---- ways to make a process ---- */

CT_CASE(a_vfork_child_has_its_own_task_and_its_exec_inherits)
{
	volatile uint32_t child_name;
	mach_port_t port;
	unsigned names;
	pid_t pid;

	port = ct_port();
	ct_bequeath(port);
	names = ct_names();
	child_name = 0;
	(void)setenv("PROC_ROLE", "report", 1);
	pid = vfork();
	CT_POSIX(pid);
	if (pid == 0) {
		char *argv[] = { exe, NULL };

		/* In the parent's memory, but not in its task. */
		child_name = mach_trap(MACH_TRAP_mach_reply_port, NULL, 0);
		(void)execve(exe, argv, environ);
		_exit(99);
	}
	(void)unsetenv("PROC_ROLE");
	CT_EQ(status_of(pid), 0);
	ct_recv_id(port, 31);
	CT_TRUE(MACH_PORT_VALID(child_name));
	CT_EQ(ct_names(), names);
}

CT_CASE(a_vfork_child_that_exits_leaves_the_parent_alone)
{
	mach_port_t port;
	pid_t pid;
	int i;

	port = ct_port_send();
	for (i = 0; i < 50; i++) {
		pid = vfork();
		CT_POSIX(pid);
		if (pid == 0) {
			(void)mach_trap(MACH_TRAP_mach_reply_port, NULL, 0);
			_exit(4);
		}
		CT_EQ(status_of(pid), 4);
	}
	ct_send_id(port, 8);
	ct_recv_id(port, 8);
}

CT_CASE(posix_spawn_inherits_the_bootstrap_port_or_the_one_set_aside)
{
	char *argv[] = { exe, NULL };
	mach_port_t other, port;
	pid_t pid;
	int fd, i;

	port = ct_port();
	other = ct_port_send();
	ct_bequeath(port);
	(void)setenv("PROC_ROLE", "report", 1);
	CT_POSIX(fd = open(MACH_DEV, O_RDWR | O_CLOEXEC));
	for (i = 0; i < 20; i++) {
		if (i % 2 != 0)
			CT_POSIX(ioctl(fd, MACHIOCSPAWNPORT, &other));
		CT_EQ(posix_spawn(&pid, exe, NULL, NULL, argv, environ), 0);
		CT_EQ(status_of(pid), 0);
		ct_recv_id(i % 2 != 0 ? other : port, 31);
	}
	ct_recv_none(port);
	ct_recv_none(other);
}

/* A kqueue and a set's descriptor that two processes have. */
CT_CASE(rfork_with_shared_descriptors_shares_no_rights)
{
	static const struct timespec none;
	struct kevent64_s kev;
	struct pollfd pfd;
	struct ct_msg m;
	mach_port_t set;
	pid_t pid;
	int kq;

	mine = ct_port_send();
	set = set_of_mine();
	CT_POSIX(kq = kqueue());
	EV_SET64(&kev, set, EVFILT_MACHPORT, EV_ADD, MACH_RCV_MSG, 0, 0,
	    (uint64_t)(uintptr_t)&m, sizeof(m));
	CT_EQ(kevent64(kq, &kev, 1, NULL, 0, 0, NULL), 0);
	CT_OK(mach_pset_fd(SELF, set, 0, &pfd.fd));
	ct_send_id(mine, 66);
	pid = rfork(RFPROC);
	CT_POSIX(pid);
	if (pid == 0) {
		/* It sees that there is something, and cannot have it. */
		CT_EQ(kevent64(kq, NULL, 0, &kev, 1, 0, &none), 1);
		CT_EQ(kev.fflags, MACH_RCV_INVALID_NAME);
		pfd.events = POLLIN;
		CT_EQ(poll(&pfd, 1, 0), 1);
		/* Its names are its own. */
		EV_SET64(&kev, ct_port(), EVFILT_MACHPORT, EV_ADD, 0, 0, 0, 0,
		    0);
		CT_EQ(kevent64(kq, &kev, 1, NULL, 0, 0, NULL), 0);
		_exit(0);
	}
	CT_EQ(status_of(pid), 0);
	/* The descriptors outlive the child, its knote only to say the end. */
	CT_EQ(ct_status(mine).mps_msgcount, 1);
	pfd.events = POLLIN;
	CT_EQ(poll(&pfd, 1, 0), 1);
	do {
		CT_EQ(kevent64(kq, NULL, 0, &kev, 1, 0, NULL), 1);
	} while ((kev.flags & EV_EOF) != 0);
	CT_EQ(kev.fflags, MACH_MSG_SUCCESS);
	CT_EQ(m.hdr.msgh_id, 66);
}

CT_CASE(rfork_with_descriptors_of_its_own_works_as_fork)
{
	mach_port_t port;
	pid_t pid;

	port = ct_port();
	ct_bequeath(port);
	pid = rfork(RFPROC | RFCFDG);
	CT_POSIX(pid);
	if (pid == 0) {
		ct_send_id(ct_inherited(), 3);
		_exit(0);
	}
	CT_EQ(status_of(pid), 0);
	ct_recv_id(port, 3);
}

/* ---- setuid ---- */

static void
copy_exe(const char *to, uid_t owner, mode_t mode)
{
	static char buf[65536];
	ssize_t n;
	int in, out;

	CT_POSIX(in = open(exe, O_RDONLY));
	CT_POSIX(out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0700));
	while ((n = read(in, buf, sizeof(buf))) > 0)
		CT_EQ(write(out, buf, (size_t)n), n);
	CT_EQ(n, 0);
	CT_POSIX(fchown(out, owner, (gid_t)-1));
	CT_POSIX(fchmod(out, mode));
	(void)close(out);
	(void)close(in);
}

CT_CASE(a_set_user_id_exec_resets_special_ports_and_kills_the_task_port)
{
	struct statfs fs;
	struct ct_gate go;
	mach_port_t boot, notify, old;
	char dir[64], path[80];
	pid_t pid;
	int i, status;

	if (geteuid() != 0)
		ct_skip("needs root");
	(void)snprintf(dir, sizeof(dir), "/tmp/machsuid.%d", getpid());
	CT_POSIX(mkdir(dir, 0755));
	CT_POSIX(statfs(dir, &fs));
	if ((fs.f_flags & (MNT_NOSUID | MNT_NOEXEC)) != 0)
		ct_skip("/tmp allows no set-user-ID programs");
	for (i = 0; i < 2; i++) {
		(void)snprintf(path, sizeof(path), "%s/%d", dir, i);
		copy_exe(path, 65534, i == 0 ? 0755 : 04755);
		boot = ct_port();
		notify = ct_port();
		ct_bequeath(boot);
		ct_gate_init(&go);
		pid = ct_fork();
		if (pid == 0) {
			ct_send_right(ct_inherited(), SELF,
			    MACH_MSG_TYPE_COPY_SEND);
			ct_gate_wait(&go);
			(void)strlcpy(exe, path, sizeof(exe));
			exec_role("report");
		}
		old = ct_recv_right(boot, NULL);
		ct_notify_request(old, MACH_NOTIFY_DEAD_NAME, 0, notify);
		ct_recv_none(notify);
		ct_gate_open(&go);
		status = status_of(pid);
		CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME), old);
		if (i == 0) {
			CT_EQ(status, 0);
			ct_recv_id(boot, 31);
		} else {
			/* 6: another user, and without bootstrap port. */
			CT_EQ(status, 6);
			ct_recv_none(boot);
		}
		(void)unlink(path);
	}
	(void)rmdir(dir);
}
