/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What only FreeBSD has, or lets be tried: capability mode, jails, /dev/mach,
 * ktrace, a clock that is set.  Each case that needs root is skipped without.
 */

#include <sys/param.h>
#include <sys/capsicum.h>
#include <sys/ioctl.h>
#include <sys/jail.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/ktrace.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/audit_token.h>
#include <mach/host_notify.h>
#include <mach/mach_dev.h>
#include <mach/mach_traps.h>
#include <mach_debug/mach_inspect.h>

#include "../conformance/ct.h"
#include "../conformance/ctmach.h"

static int
open_dev(void)
{
	int fd;

	fd = open(MACH_DEV, O_RDWR | O_CLOEXEC);
	CT_POSIX(fd);
	return (fd);
}

static mach_port_t
bootstrap_now(void)
{
	mach_port_t port;

	CT_OK(task_get_bootstrap_port(mach_task_self(), &port));
	return (port);
}

static mach_port_t
new_port(void)
{
	mach_port_t port;

	CT_OK(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port));
	CT_OK(mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND));
	return (port);
}

static void
send_id(mach_port_t to, mach_msg_id_t id)
{
	mach_msg_header_t hdr;

	memset(&hdr, 0, sizeof(hdr));
	hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	hdr.msgh_size = sizeof(hdr);
	hdr.msgh_remote_port = to;
	hdr.msgh_id = id;
	CT_OK(mach_msg(&hdr, MACH_SEND_MSG | MACH_SEND_TIMEOUT, sizeof(hdr), 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL));
}

/* 0: no message waits.  And who sent it. */
static mach_msg_id_t
received_from(mach_port_t from, audit_token_t *tokenp)
{
	struct {
		mach_no_senders_notification_t	note;
		mach_msg_max_trailer_t		trailer;
	} m;
	mach_msg_audit_trailer_t *trailer;
	mach_msg_return_t mr;

	mr = mach_msg(&m.note.not_header, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_TYPE(MACH_MSG_TRAILER_FORMAT_0) |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0, sizeof(m),
	    from, 0, MACH_PORT_NULL);
	if (mr == MACH_RCV_TIMED_OUT)
		return (0);
	CT_OK(mr);
	trailer = (mach_msg_audit_trailer_t *)(void *)((char *)&m +
	    round_msg(m.note.not_header.msgh_size));
	*tokenp = trailer->msgh_audit;
	return (m.note.not_header.msgh_id);
}

/* 0: no message waits. */
static mach_msg_id_t
received_id(mach_port_t from)
{
	audit_token_t token;

	return (received_from(from, &token));
}

/* The exit status of a child. */
static int
status_of(pid_t pid)
{
	int status;

	CT_POSIX(waitpid(pid, &status, 0));
	CT_TRUE(WIFEXITED(status));
	return (WEXITSTATUS(status));
}

CT_CASE(capability_mode_leaves_rights_and_takes_global_names)
{
	mach_port_t name, port;

	port = new_port();
	CT_OK(task_name_for_pid(mach_task_self(), getpid(), &name));
	CT_POSIX(cap_enter());
	send_id(port, 5);
	CT_EQ(received_id(port), 5);
	CT_EQ(received_id(new_port()), 0);
	CT_KR(task_name_for_pid(mach_task_self(), getpid(), &name),
	    KERN_DENIED);
	CT_KR(task_for_pid(mach_task_self(), getpid(), &name), KERN_DENIED);
}

CT_CASE(a_process_that_never_used_mach_can_in_capability_mode)
{
	pid_t pid;

	pid = fork();
	CT_POSIX(pid);
	if (pid == 0) {
		CT_POSIX(cap_enter());
		CT_EQ(received_id(new_port()), 0);
		_exit(3);
	}
	CT_EQ(status_of(pid), 3);
}

CT_CASE(the_spawn_port_is_the_next_childs_bootstrap_port)
{
	mach_port_t mine, none, port;
	pid_t pid;
	int fd, i;

	fd = open_dev();
	port = new_port();
	mine = bootstrap_now();
	CT_POSIX(ioctl(fd, MACHIOCSPAWNPORT, &port));
	for (i = 1; i <= 2; i++) {
		pid = i == 1 ? fork() : rfork(RFPROC | RFFDG);
		CT_POSIX(pid);
		if (pid == 0) {
			if (MACH_PORT_VALID(bootstrap_now()))
				send_id(bootstrap_now(), 40 + i);
			_exit(0);
		}
		CT_EQ(status_of(pid), 0);
	}
	CT_EQ(received_id(port), 41);
	if (!MACH_PORT_VALID(mine))
		CT_EQ(received_id(port), 0);
	CT_EQ(bootstrap_now(), mine);

	/* Taken back. */
	none = MACH_PORT_NULL;
	CT_POSIX(ioctl(fd, MACHIOCSPAWNPORT, &port));
	CT_POSIX(ioctl(fd, MACHIOCSPAWNPORT, &none));
	pid = fork();
	CT_POSIX(pid);
	if (pid == 0)
		_exit(bootstrap_now() == mine ? 0 : 1);
	CT_EQ(status_of(pid), 0);
}

CT_CASE(the_device_refuses_what_it_does_not_know)
{
	mach_port_t wrong;
	int fd;

	fd = open_dev();
	wrong = 0x12345600;
	CT_EQ(ioctl(fd, MACHIOCSPAWNPORT, &wrong), -1);
	CT_EQ(errno, EINVAL);
	CT_EQ(ioctl(fd, _IO('M', 99)), -1);
	CT_EQ(errno, ENOTTY);
	CT_EQ(read(fd, &wrong, sizeof(wrong)), -1);
	CT_EQ(write(fd, &wrong, sizeof(wrong)), -1);
}

static int
jail_new(const char *name)
{
	struct iovec iov[6];
	char root[] = "/", persist[] = "persist", path[] = "path";
	char key[] = "name";

	if (geteuid() != 0)
		ct_skip("needs root");
	iov[0].iov_base = path;
	iov[0].iov_len = sizeof(path);
	iov[1].iov_base = root;
	iov[1].iov_len = sizeof(root);
	iov[2].iov_base = key;
	iov[2].iov_len = sizeof(key);
	iov[3].iov_base = __DECONST(char *, name);
	iov[3].iov_len = strlen(name) + 1;
	iov[4].iov_base = persist;
	iov[4].iov_len = sizeof(persist);
	iov[5].iov_base = NULL;
	iov[5].iov_len = 0;
	return (jail_set(iov, 6, JAIL_CREATE));
}

static void
jail_port(int fd, int jid, mach_port_t port)
{
	struct mach_jail_port arg;

	arg.mj_jid = jid;
	arg.mj_port = port;
	CT_POSIX(ioctl(fd, MACHIOCJAILPORT, &arg));
}

/* A child that uses Mach, or never did before, enters and tells. */
static int
enter_and_tell(int jid, bool before)
{
	mach_port_t port;
	pid_t pid;

	pid = fork();
	CT_POSIX(pid);
	if (pid == 0) {
		if (before)
			(void)new_port();
		if (jail_attach(jid) != 0)
			_exit(9);
		port = bootstrap_now();
		if (!MACH_PORT_VALID(port))
			_exit(1);
		send_id(port, 77);
		_exit(0);
	}
	return (status_of(pid));
}

CT_CASE(a_jail_has_no_namespace_until_it_is_given_one)
{
	struct mach_jail_port arg;
	audit_token_t token;
	mach_port_t none, old, port;
	int fd, jid;

	jid = jail_new("machtest1");
	CT_POSIX(jid);
	fd = open_dev();
	port = new_port();
	old = bootstrap_now();

	/* What the child would inherit stays outside. */
	CT_OK(task_set_bootstrap_port(mach_task_self(), port));
	CT_EQ(enter_and_tell(jid, true), 1);
	CT_EQ(enter_and_tell(jid, false), 1);
	CT_OK(task_set_bootstrap_port(mach_task_self(), old));

	jail_port(fd, jid, port);
	CT_EQ(enter_and_tell(jid, true), 0);
	CT_EQ(received_from(port, &token), 77);
	CT_EQ(audit_token_to_asid(token), jid);
	CT_EQ(enter_and_tell(jid, false), 0);
	CT_EQ(received_from(port, &token), 77);
	CT_EQ(audit_token_to_asid(token), jid);
	send_id(port, 78);
	CT_EQ(received_from(port, &token), 78);
	CT_EQ(audit_token_to_asid(token), 0);

	none = MACH_PORT_NULL;
	jail_port(fd, jid, none);
	CT_EQ(enter_and_tell(jid, true), 1);

	/* No such jail; and not from inside. */
	jail_port(fd, jid, port);
	arg.mj_jid = 99999;
	arg.mj_port = port;
	CT_EQ(ioctl(fd, MACHIOCJAILPORT, &arg), -1);
	CT_EQ(errno, ENOENT);
	CT_POSIX(jail_remove(jid));
}

CT_CASE(a_removed_jail_gives_its_port_back)
{
	mach_port_t notify, port, previous;
	int fd, jid;

	jid = jail_new("machtest2");
	CT_POSIX(jid);
	fd = open_dev();
	CT_OK(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port));
	CT_OK(mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND));
	jail_port(fd, jid, port);
	CT_OK(mach_port_mod_refs(mach_task_self(), port, MACH_PORT_RIGHT_SEND,
	    -1));
	CT_OK(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &notify));
	CT_OK(mach_port_request_notification(mach_task_self(), port,
	    MACH_NOTIFY_NO_SENDERS, 0, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous));
	CT_EQ(received_id(notify), 0);
	CT_POSIX(jail_remove(jid));
	CT_EQ(received_id(notify), MACH_NOTIFY_NO_SENDERS);
}

CT_CASE(removing_a_jail_ends_its_tasks_and_their_ports)
{
	struct {
		mach_no_senders_notification_t	note;
		mach_msg_max_trailer_t		trailer;
	} m;
	mach_port_t notify, port, previous;
	pid_t pid;
	int fd[2], jid;
	char c;

	jid = jail_new("machtest3");
	CT_POSIX(jid);
	port = new_port();
	CT_POSIX(pipe(fd));
	/* The child's task holds the last send right to the port. */
	CT_OK(task_set_special_port(mach_task_self(), TASK_ACCESS_PORT,
	    port));
	jail_port(open_dev(), jid, port);
	pid = fork();
	CT_POSIX(pid);
	if (pid == 0) {
		CT_POSIX(jail_attach(jid));
		CT_TRUE(MACH_PORT_VALID(bootstrap_now()));
		CT_EQ(write(fd[1], "x", 1), 1);
		for (;;)
			(void)pause();
	}
	CT_EQ(read(fd[0], &c, 1), 1);
	CT_OK(task_set_special_port(mach_task_self(), TASK_ACCESS_PORT,
	    MACH_PORT_NULL));
	CT_OK(mach_port_mod_refs(mach_task_self(), port, MACH_PORT_RIGHT_SEND,
	    -1));
	CT_OK(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &notify));
	CT_OK(mach_port_request_notification(mach_task_self(), port,
	    MACH_NOTIFY_NO_SENDERS, 0, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous));
	CT_EQ(received_id(notify), 0);
	CT_POSIX(jail_remove(jid));
	CT_OK(mach_msg(&m.note.not_header, MACH_RCV_MSG, 0, sizeof(m), notify,
	    0, MACH_PORT_NULL));
	CT_EQ(m.note.not_header.msgh_id, MACH_NOTIFY_NO_SENDERS);
	CT_POSIX(waitpid(pid, NULL, 0));
}

/* The tasks that are there to be seen, and whether `pid` is one of them. */
static unsigned
tasks_seen(pid_t pid, bool *there)
{
	static struct mach_inspect_task t[256];
	mach_msg_type_number_t i, n;

	n = nitems(t);
	CT_OK(mach_inspect(MACH_INSPECT_VERSION, MACH_INSPECT_TASKS, 0, t,
	    &n));
	*there = false;
	for (i = 0; i < MIN(n, nitems(t)); i++)
		*there = *there || t[i].mit_pid == pid;
	return (n);
}

CT_CASE(the_superuser_of_a_jail_is_nobody_outside)
{
	struct mach_inspect_name name;
	struct mach_jail_port arg;
	mach_msg_type_number_t n;
	mach_port_t port;
	pid_t pid;
	int fd, jid;
	bool there;

	jid = jail_new("machtest4");
	CT_POSIX(jid);
	fd = open_dev();

	/* What is refused below is had outside. */
	CT_OK(host_get_host_priv_port(mach_host_self(), &port));
	CT_KR(mach_limit_set("no_such_limit", 1), KERN_INVALID_NAME);
	(void)tasks_seen(getpid(), &there);
	CT_TRUE(there);

	pid = fork();
	CT_POSIX(pid);
	if (pid == 0) {
		port = new_port();
		CT_POSIX(jail_attach(jid));
		CT_EQ(geteuid(), 0);
		CT_KR(host_get_host_priv_port(mach_host_self(), &port),
		    KERN_NO_ACCESS);
		CT_KR(task_for_pid(mach_task_self(), getppid(), &port),
		    KERN_FAILURE);
		CT_KR(task_name_for_pid(mach_task_self(), getppid(), &port),
		    KERN_FAILURE);
		CT_OK(task_for_pid(mach_task_self(), getpid(), &port));
		CT_KR(mach_limit_set("no_such_limit", 1), KERN_NO_ACCESS);
		CT_EQ(tasks_seen(getppid(), &there), 1);
		CT_TRUE(!there);
		n = 1;
		CT_KR(mach_inspect(MACH_INSPECT_VERSION, MACH_INSPECT_NAMES,
		    (uint64_t)getppid(), &name, &n), KERN_FAILURE);
		arg.mj_jid = jid;
		arg.mj_port = MACH_PORT_NULL;
		CT_EQ(ioctl(fd, MACHIOCJAILPORT, &arg), -1);
		_exit(0);
	}
	CT_EQ(status_of(pid), 0);
	CT_POSIX(jail_remove(jid));
}

/* One KTR_NAMEI record of the trace says `words`. */
static bool
trace_says(const char *file, const char *words)
{
	struct ktr_header hdr;
	char buf[4096];
	bool found;
	int fd;

	fd = open(file, O_RDONLY);
	CT_POSIX(fd);
	found = false;
	while (read(fd, &hdr, sizeof(hdr)) == (ssize_t)sizeof(hdr)) {
		if (hdr.ktr_len < 0 || hdr.ktr_len >= (int)sizeof(buf))
			break;
		CT_EQ(read(fd, buf, (size_t)hdr.ktr_len), hdr.ktr_len);
		buf[hdr.ktr_len] = '\0';
		if (hdr.ktr_type == KTR_NAMEI && strstr(buf, words) != NULL)
			found = true;
	}
	(void)close(fd);
	return (found);
}

CT_CASE(ktrace_names_the_trap_its_arguments_and_its_result)
{
	char file[64];
	mach_port_t port;
	int fd;

	if (sizeof(void *) == 4)
		ct_skip("records have the layout of the kernel's word size");
	(void)snprintf(file, sizeof(file), "/tmp/machtrace.%d", getpid());
	fd = open(file, O_CREAT | O_EXCL | O_WRONLY, 0600);
	CT_POSIX(fd);
	(void)close(fd);
	CT_POSIX(ktrace(file, KTROP_SET, KTRFAC_NAMEI, getpid()));
	CT_OK(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port));
	CT_KR(mach_port_deallocate(mach_task_self(), 0x1234500),
	    KERN_INVALID_NAME);
	CT_POSIX(ktrace(NULL, KTROP_CLEAR, KTRFAC_NAMEI, getpid()));
	CT_TRUE(trace_says(file, "mach_port_allocate_trap(target 0x"));
	CT_TRUE(trace_says(file, "mach_port_allocate_trap = 0"));
	CT_TRUE(trace_says(file, "name 0x1234500)"));
	CT_TRUE(trace_says(file, "mach_port_deallocate_trap = 0xf (failed)"));
	(void)unlink(file);
}

static u_long
trap_ns(const char *trap)
{
	char name[128];
	u_long ns;
	size_t len;

	(void)snprintf(name, sizeof(name), "kern.mach.trap.%s.ns", trap);
	/* A long of the kernel's: its low half will do for 32 bits. */
	len = sizeof(ns);
	CT_POSIX(sysctlbyname(name, &ns, &len, NULL, 0));
	return (ns);
}

CT_CASE(the_time_in_a_trap_is_measured_when_asked_for)
{
	mach_msg_empty_rcv_t m;
	mach_port_t port;
	u_long before;
	int on, off;

	if (geteuid() != 0)
		ct_skip("needs root");
	port = new_port();
	off = 0;
	on = 1;
	CT_POSIX(sysctlbyname("kern.mach.timing", NULL, NULL, &on,
	    sizeof(on)));
	before = trap_ns("mach_msg_trap");
	CT_KR(mach_msg(&m.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m), port, 50, MACH_PORT_NULL), MACH_RCV_TIMED_OUT);
	CT_TRUE(trap_ns("mach_msg_trap") - before >= 45000000);
	CT_POSIX(sysctlbyname("kern.mach.timing", NULL, NULL, &off,
	    sizeof(off)));
	before = trap_ns("mach_msg_trap");
	CT_EQ(received_id(port), 0);
	CT_EQ(trap_ns("mach_msg_trap") - before, 0);
}

/* It is set to what it is. */
static void
set_clock(void)
{
	struct timespec now;

	CT_POSIX(clock_gettime(CLOCK_REALTIME, &now));
	CT_POSIX(clock_settime(CLOCK_REALTIME, &now));
}

static void
told(mach_port_t port, mach_msg_id_t id)
{
	struct ct_msg m;

	CT_OK(ct_recv(port, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, id);
	CT_EQ(m.hdr.msgh_size, sizeof(m.hdr));
	ct_recv_none(port);
}

CT_CASE(setting_the_clock_is_told_each_time_it_was_asked_for)
{
	mach_port_t change, set;
	unsigned i;

	if (geteuid() != 0)
		ct_skip("needs root");
	change = ct_port();
	set = ct_port();
	for (i = 0; i < 20; i++) {
		CT_OK(host_request_notification(mach_host_self(),
		    HOST_NOTIFY_CALENDAR_CHANGE, change));
		CT_OK(host_request_notification(mach_host_self(),
		    HOST_NOTIFY_CALENDAR_SET, set));
		ct_recv_none(change);
		set_clock();
		told(change, HOST_CALENDAR_CHANGED_REPLYID);
		told(set, HOST_CALENDAR_SET_REPLYID);
	}
	set_clock();
	ct_recv_none(change);
}
