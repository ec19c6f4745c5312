/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Users at their limits, on a kernel that they share: each limit is lowered by
 * sysctl(3) and reached by a process of some user.  It answers with its code,
 * is counted and logged in one line, leaves others alone, and when the process
 * is killed all comes back.  For the superuser, and while nobody else uses
 * Mach.
 *
 * The processes of users are this program executed anew, with LIMIT_ROLE and
 * LIMIT_MAX in the environment: reach that limit, tell how, wait for the end.
 */

#include <sys/param.h>
#include <sys/procctl.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mk_timer.h>
#include <mach/port_set_fd.h>
#include <sys/fileport.h>

#include "../conformance/ct.h"
#include "../conformance/ctmach.h"
#include "../../kernel/trap/gen/trap_number.h"

extern char **environ;

/* The trap without libmach's memory of what it returned. */
uint32_t mach_trap(unsigned number, const uint64_t *args, unsigned nargs);

#define	ALICE	60101
#define	BOB	60102
#define	RESULT	3		/* the descriptor that a role tells on */
#define	FEW	3

struct result {
	int		code;
	unsigned	n;
};

static char exe[PATH_MAX];

/*
 * Ways to reach a limit: up to `max` more of something; how many it were, and
 * the code of the one that was refused.
 */

static int
names(unsigned max, unsigned *n)
{
	mach_port_t name;
	int kr;

	for (kr = 0, *n = 0; kr == 0 && *n < max; (*n)++)
		kr = mach_port_allocate(SELF, MACH_PORT_RIGHT_DEAD_NAME,
		    &name);
	return (kr);
}

static int
ports(unsigned max, unsigned *n)
{
	mach_port_t name;
	int kr;

	for (kr = 0, *n = 0; kr == 0 && *n < max; (*n)++)
		kr = mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE, &name);
	return (kr);
}

static int
send(mach_port_t to, unsigned size, mach_port_t right,
    mach_msg_type_name_t how)
{
	static char bulk[256 * 1024];
	struct {
		mach_msg_header_t		h;
		mach_msg_body_t			b;
		mach_msg_port_descriptor_t	right;
		mach_msg_ool_descriptor_t	ool;
	} m;

	memset(&m, 0, sizeof(m));
	m.h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.h.msgh_remote_port = to;
	m.h.msgh_size = sizeof(m);
	m.b.msgh_descriptor_count = 2;
	m.right.name = right;
	m.right.disposition = how;
	m.ool.address = bulk;
	m.ool.size = size;
	m.ool.copy = MACH_MSG_VIRTUAL_COPY;
	m.ool.type = MACH_MSG_OOL_DESCRIPTOR;
	return (mach_msg(&m.h, MACH_SEND_MSG | MACH_SEND_TIMEOUT, sizeof(m),
	    0, MACH_PORT_NULL, 0, MACH_PORT_NULL));
}

static int
messages_of(unsigned size, unsigned max, unsigned *n)
{
	mach_port_t port;
	int mr;

	port = MACH_PORT_NULL;
	for (mr = 0, *n = 0; mr == 0 && *n < max; (*n)++) {
		if (*n % 1000 == 0) {
			port = ct_port_send();
			ct_qlimit(port, 1000);
		}
		mr = send(port, size, MACH_PORT_NULL,
		    MACH_MSG_TYPE_COPY_SEND);
	}
	return (mr);
}

static int
messages(unsigned max, unsigned *n)
{

	return (messages_of(0, max, n));
}

static int
memory(unsigned max, unsigned *n)
{

	return (messages_of(64 * 1024, max, n));
}

static int
members(unsigned max, unsigned *n)
{
	mach_port_t set;
	int kr;

	set = ct_pset();
	for (kr = 0, *n = 0; kr == 0 && *n < max; (*n)++)
		kr = mach_port_insert_member(SELF, ct_port(), set);
	return (kr);
}

static int
timers(unsigned max, unsigned *n)
{

	for (*n = 0; *n < max; (*n)++) {
		if (mk_timer_create() == MACH_PORT_NULL)
			return (KERN_RESOURCE_SHORTAGE);
	}
	return (0);
}

static int
semaphores(unsigned max, unsigned *n)
{
	semaphore_t s;
	int kr;

	for (kr = 0, *n = 0; kr == 0 && *n < max; (*n)++)
		kr = semaphore_create(SELF, &s, SYNC_POLICY_FIFO, 0);
	return (kr);
}

static int
descriptors(unsigned max, unsigned *n)
{
	int fd, kr;

	for (kr = 0, *n = 0; kr == 0 && *n < max; (*n)++)
		kr = mach_pset_fd(SELF, ct_pset(), 0, &fd);
	return (kr);
}

static int
fileports(unsigned max, unsigned *n)
{
	fileport_t port;

	for (*n = 0; *n < max; (*n)++) {
		if (fileport_makeport(RESULT, &port) != 0)
			return (errno);
	}
	return (0);
}

/* Who began it must not leave it behind. */
static void
die_with_parent(void)
{
	int sig;

	sig = SIGKILL;
	CT_POSIX(procctl(P_PID, 0, PROC_PDEATHSIG_CTL, &sig));
}

static int told[2];

static void
tell_and_wait(int code)
{

	(void)!write(told[1], &code, sizeof(code));
	for (;;)
		(void)pause();
}

static void *
use_mach(void *arg)
{

	(void)arg;
	tell_and_wait((int)mach_trap(MACH_TRAP_swtch_pri, NULL, 0));
	return (NULL);
}

static int
heard(void)
{
	int code;

	CT_EQ(read(told[0], &code, sizeof(code)), sizeof(code));
	/* What swtch_pri() returns when nobody else wanted to run. */
	return (code == KERN_RESOURCE_SHORTAGE ? code : 0);
}

static int
threads(unsigned max, unsigned *n)
{
	pthread_t t;
	int kr;

	CT_POSIX(pipe(told));
	for (kr = 0, *n = 0; kr == 0 && *n < max; (*n)++) {
		CT_EQ(pthread_create(&t, NULL, use_mach, NULL), 0);
		kr = heard();
	}
	return (kr);
}

static int
tasks(unsigned max, unsigned *n)
{
	int kr;

	CT_POSIX(pipe(told));
	for (kr = 0, *n = 0; kr == 0 && *n < max; (*n)++) {
		if (ct_fork() == 0) {
			die_with_parent();
			(void)use_mach(NULL);
		}
		kr = heard();
	}
	return (kr);
}

/* A message one larger each time, in one way or another. */
static int
sizes(unsigned max, unsigned *n)
{
	static struct {
		mach_msg_header_t	h;
		char			body[8192];
	} m;
	mach_port_t port;
	int mr;

	(void)max;
	port = ct_port();
	for (mr = 0, *n = 0; mr == 0 && *n < 2048; (*n)++) {
		m.h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    0);
		m.h.msgh_remote_port = port;
		mr = mach_msg(&m.h, MACH_SEND_MSG, sizeof(m.h) + 4 * *n, 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	}
	return (mr);
}

static int
ool_sizes(unsigned max, unsigned *n)
{
	mach_port_t port;
	int mr;

	(void)max;
	port = ct_port_send();
	ct_qlimit(port, 100);
	for (mr = 0, *n = 0; mr == 0 && *n < 64; (*n)++)
		mr = send(port, *n * 4096, MACH_PORT_NULL,
		    MACH_MSG_TYPE_COPY_SEND);
	return (mr);
}

static int
ool_rights(unsigned max, unsigned *n)
{
	static mach_port_t null[64];
	struct {
		mach_msg_header_t		h;
		mach_msg_body_t			b;
		mach_msg_ool_ports_descriptor_t	d;
	} m;
	mach_port_t port;
	int mr;

	(void)max;
	port = ct_port();
	for (mr = 0, *n = 0; mr == 0 && *n < 64; (*n)++) {
		memset(&m, 0, sizeof(m));
		m.h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    0) | MACH_MSGH_BITS_COMPLEX;
		m.h.msgh_remote_port = port;
		m.b.msgh_descriptor_count = 1;
		m.d.address = null;
		m.d.count = *n;
		m.d.disposition = MACH_MSG_TYPE_COPY_SEND;
		m.d.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
		mr = mach_msg(&m.h, MACH_SEND_MSG, sizeof(m), 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	}
	return (mr);
}

static int
descriptors_of_a_message(unsigned max, unsigned *n)
{
	static struct {
		mach_msg_header_t		h;
		mach_msg_body_t			b;
		mach_msg_port_descriptor_t	d[64];
	} m;
	mach_port_t port;
	int mr;

	(void)max;
	port = ct_port();
	memset(&m, 0, sizeof(m));
	for (mr = 0, *n = 0; mr == 0 && *n < 64; (*n)++) {
		m.h.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND_ONCE,
		    0) | MACH_MSGH_BITS_COMPLEX;
		m.h.msgh_remote_port = port;
		m.b.msgh_descriptor_count = *n;
		m.d[*n].disposition = MACH_MSG_TYPE_COPY_SEND;
		mr = mach_msg(&m.h, MACH_SEND_MSG, (mach_msg_size_t)
		    ((char *)&m.d[*n] - (char *)&m), 0, MACH_PORT_NULL, 0,
		    MACH_PORT_NULL);
	}
	return (mr);
}

static int
queue_limits(unsigned max, unsigned *n)
{
	mach_port_limits_t limits;
	mach_port_t port;
	int kr;

	(void)max;
	port = ct_port();
	for (kr = 0, *n = 0; kr == 0 && *n < 2000; (*n)++) {
		limits.mpl_qlimit = *n;
		kr = mach_port_set_attributes(SELF, port,
		    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
		    MACH_PORT_LIMITS_INFO_COUNT);
	}
	return (kr);
}

static int
sets_of_a_port(unsigned max, unsigned *n)
{
	mach_port_t port;
	int kr;

	port = ct_port();
	for (kr = 0, *n = 0; kr == 0 && *n < max; (*n)++)
		kr = mach_port_insert_member(SELF, port, ct_pset());
	return (kr);
}

/* Each receive right in the queue of the one before. */
static int
nesting(unsigned max, unsigned *n)
{
	mach_port_t inner, next;
	int mr;

	inner = ct_port_send();
	for (mr = 0, *n = 0; mr == 0 && *n < max; (*n)++) {
		next = ct_port_send();
		mr = send(inner, 0, next, MACH_MSG_TYPE_MOVE_RECEIVE);
		inner = next;
	}
	return (mr);
}

/* Whose room it is: the task's, all tasks' of a user, everybody's. */
enum level { TASK, USER, SUPERUSER, ANY };

static const struct limit {
	const char	*name;
	u_long		 value;		/* what it is lowered to */
	int		 (*reach)(unsigned, unsigned *);
	int		 code;
	enum level	 level;
} limits[] = {
	{ "task_names", 100, names, KERN_NO_SPACE, TASK },
	{ "user_names", 300, names, KERN_RESOURCE_SHORTAGE, USER },
	{ "root_names", 2000, names, KERN_RESOURCE_SHORTAGE, SUPERUSER },
	{ "task_kmem", 128 * 1024, ports, KERN_RESOURCE_SHORTAGE, TASK },
	{ "user_kmem", 256 * 1024, ports, KERN_RESOURCE_SHORTAGE, USER },
	{ "root_kmem", 1024 * 1024, ports, KERN_RESOURCE_SHORTAGE,
	    SUPERUSER },
	{ "task_message_bytes", 64 * 1024, messages, MACH_SEND_NO_BUFFER,
	    TASK },
	{ "user_message_bytes", 128 * 1024, messages, MACH_SEND_NO_BUFFER,
	    USER },
	{ "root_message_bytes", 256 * 1024, messages, MACH_SEND_NO_BUFFER,
	    SUPERUSER },
	{ "task_ool_bytes", 256 * 1024, memory, MACH_SEND_NO_BUFFER, TASK },
	{ "user_ool_bytes", 512 * 1024, memory, MACH_SEND_NO_BUFFER, USER },
	{ "root_ool_bytes", 1024 * 1024, memory, MACH_SEND_NO_BUFFER,
	    SUPERUSER },
	{ "task_members", 10, members, KERN_RESOURCE_SHORTAGE, TASK },
	{ "user_members", 20, members, KERN_RESOURCE_SHORTAGE, USER },
	{ "root_members", 30, members, KERN_RESOURCE_SHORTAGE, SUPERUSER },
	{ "task_threads", 10, threads, KERN_RESOURCE_SHORTAGE, TASK },
	{ "user_threads", 20, threads, KERN_RESOURCE_SHORTAGE, USER },
	{ "root_threads", 30, threads, KERN_RESOURCE_SHORTAGE, SUPERUSER },
	{ "task_timers", 10, timers, KERN_RESOURCE_SHORTAGE, TASK },
	{ "user_timers", 20, timers, KERN_RESOURCE_SHORTAGE, USER },
	{ "root_timers", 30, timers, KERN_RESOURCE_SHORTAGE, SUPERUSER },
	{ "task_semaphores", 10, semaphores, KERN_RESOURCE_SHORTAGE, TASK },
	{ "user_semaphores", 20, semaphores, KERN_RESOURCE_SHORTAGE, USER },
	{ "root_semaphores", 30, semaphores, KERN_RESOURCE_SHORTAGE,
	    SUPERUSER },
	{ "task_set_descriptors", 10, descriptors, KERN_RESOURCE_SHORTAGE,
	    TASK },
	{ "user_set_descriptors", 20, descriptors, KERN_RESOURCE_SHORTAGE,
	    USER },
	{ "root_set_descriptors", 30, descriptors, KERN_RESOURCE_SHORTAGE,
	    SUPERUSER },
	{ "task_fileports", 10, fileports, EAGAIN, TASK },
	{ "user_fileports", 20, fileports, EAGAIN, USER },
	{ "root_fileports", 30, fileports, EAGAIN, SUPERUSER },
	{ "user_tasks", 8, tasks, KERN_RESOURCE_SHORTAGE, USER },
	{ "root_tasks", 20, tasks, KERN_RESOURCE_SHORTAGE, SUPERUSER },
	{ "message_size", 1024, sizes, MACH_SEND_TOO_LARGE, ANY },
	{ "message_descriptors", 10, descriptors_of_a_message,
	    MACH_SEND_TOO_LARGE, ANY },
	{ "message_ports", 10, ool_rights, MACH_SEND_TOO_LARGE, ANY },
	{ "message_ool_bytes", 100000, ool_sizes, MACH_SEND_TOO_LARGE, ANY },
	{ "queue_messages", 100, queue_limits, KERN_INVALID_VALUE, ANY },
	{ "queue_bytes", 8192, messages, MACH_SEND_TIMED_OUT, ANY },
	{ "port_sets", 10, sets_of_a_port, KERN_RESOURCE_SHORTAGE, ANY },
	{ "nesting", 10, nesting, MACH_SEND_NO_BUFFER, ANY },
	{ "system_ports", 1024, ports, KERN_RESOURCE_SHORTAGE, ANY },
	{ "system_kmem", 4 * 1024 * 1024, ports, KERN_RESOURCE_SHORTAGE,
	    ANY },
	{ "system_ool_bytes", 2 * 1024 * 1024, memory, MACH_SEND_NO_BUFFER,
	    ANY }
};

static const struct limit *
limit_of(const char *name)
{
	unsigned i;

	for (i = 0; i < nitems(limits); i++) {
		if (strcmp(limits[i].name, name) == 0)
			return (&limits[i]);
	}
	ct_fail(__FILE__, __LINE__, "no limit %s", name);
}

__attribute__((constructor)) static void
role(int argc, char **argv)
{
	struct result r;
	char *name;

	(void)argc;
	if (argv != NULL && argv[0] != NULL)
		(void)realpath(argv[0], exe);
	name = getenv("LIMIT_ROLE");
	if (name == NULL)
		return;
	die_with_parent();
	r.code = limit_of(name)->reach((unsigned)atoi(getenv("LIMIT_MAX")),
	    &r.n);
	CT_EQ(write(RESULT, &r, sizeof(r)), sizeof(r));
	for (;;)
		(void)pause();
}

/* ---- the superuser's ---- */

static u_long
value_of(const char *node, const char *name)
{
	char full[128];
	u_long value;
	size_t len;

	(void)snprintf(full, sizeof(full), "kern.mach.%s.%s", node, name);
	len = sizeof(value);
	CT_POSIX(sysctlbyname(full, &value, &len, NULL, 0));
	return (value);
}

/* 0 or an errno. */
static int
set_limit(const char *name, u_long value)
{
	char full[128];

	(void)snprintf(full, sizeof(full), "kern.mach.limits.%s", name);
	return (sysctlbyname(full, NULL, NULL, &value, sizeof(value)) == -1 ?
	    errno : 0);
}

/* A process of a user that has told its result, and waits. */
static pid_t
begin(const struct limit *l, uid_t uid, unsigned max, struct result *r)
{
	char number[16];
	char *argv[] = { exe, NULL };
	pid_t pid;
	int fds[2];

	CT_POSIX(pipe(fds));
	pid = ct_fork();
	if (pid == 0) {
		CT_POSIX(dup2(fds[1], RESULT));
		closefrom(RESULT + 1);
		(void)snprintf(number, sizeof(number), "%u", max);
		(void)setenv("LIMIT_ROLE", l->name, 1);
		(void)setenv("LIMIT_MAX", number, 1);
		CT_POSIX(setgid((gid_t)uid));
		CT_POSIX(setuid(uid));
		(void)execve(exe, argv, environ);
		_exit(99);
	}
	(void)close(fds[1]);
	CT_EQ(read(fds[0], r, sizeof(*r)), sizeof(*r));
	(void)close(fds[0]);
	return (pid);
}

static void
end(pid_t pid)
{

	CT_POSIX(kill(pid, SIGKILL));
	ct_wait_signal(pid, SIGKILL);
}

/* Room for some is there. */
static void
has_room(const struct limit *l, uid_t uid)
{
	struct result r;

	end(begin(l, uid, FEW, &r));
	CT_EQ(r.code, 0);
	CT_EQ(r.n, FEW);
}

/* How often the kernel's log has the line. */
static unsigned
logged(const char *line)
{
	static char log[1024 * 1024];
	const char *p;
	size_t len;
	unsigned n;

	len = sizeof(log);
	CT_POSIX(sysctlbyname("kern.msgbuf", log, &len, NULL, 0));
	/* Not a string: there may be zeroes. */
	p = log;
	for (n = 0; (p = memmem(p, (size_t)(log + len - p), line,
	    strlen(line))) != NULL; n++)
		p++;
	return (n);
}

static void
reach(const struct limit *l)
{
	char line[160];
	struct result r;
	u_long hits;
	uid_t uid;
	pid_t pid;

	uid = l->level == SUPERUSER ? 0 : ALICE;
	hits = value_of("hits", l->name);
	pid = begin(l, uid, 100000, &r);
	if (r.code != l->code || r.n < FEW)
		ct_fail(__FILE__, __LINE__, "%s: %s after %u", l->name,
		    ct_code(r.code), r.n);
	/* A full queue, and a value past the range, are no matter for a log. */
	if (l->code != MACH_SEND_TIMED_OUT && l->code != KERN_INVALID_VALUE) {
		CT_TRUE(value_of("hits", l->name) > hits);
		(void)snprintf(line, sizeof(line), "process %d of user %u is "
		    "at limit %s, %lu\n", pid, uid, l->name, l->value);
		/* The child's, who is refused, is another. */
		if (l->reach != tasks)
			CT_EQ(logged(line), 1);
	}
	switch (l->level) {
	case TASK:
		has_room(l, ALICE);
		break;
	case USER:
		has_room(l, BOB);
		break;
	case SUPERUSER:
		has_room(l, ALICE);
		break;
	case ANY:
		break;
	}
	end(pid);
}

CT_CASE_TIMEOUT(each_limit_has_its_code_and_its_line_and_is_in_nobodys_way, 240)
{
	struct ct_counts after, before;
	u_long old;
	unsigned bad, i;
	pid_t pid;
	int status;

	if (geteuid() != 0)
		ct_skip("limits are the superuser's to set");
	bad = 0;
	ct_counts_get(&before);
	for (i = 0; i < nitems(limits); i++) {
		/* No more than ten lines a second go to the log. */
		if (i % 4 == 0)
			(void)sleep(1);
		old = value_of("limits", limits[i].name);
		CT_EQ(set_limit(limits[i].name, limits[i].value), 0);
		CT_EQ(value_of("limits", limits[i].name), limits[i].value);
		/* Whatever happens in there, it is set back. */
		pid = ct_fork();
		if (pid == 0) {
			reach(&limits[i]);
			_exit(0);
		}
		CT_EQ(waitpid(pid, &status, 0), pid);
		/* Its own children go after it. */
		if (status == 0 && !ct_counts_back(&before, &after))
			status = -1;
		if (status == 0 && limits[i].level != ANY)
			has_room(&limits[i], limits[i].level == SUPERUSER ? 0 :
			    ALICE);
		CT_EQ(set_limit(limits[i].name, old), 0);
		if (status != 0) {
			ct_note("%s: %s", limits[i].name, status == -1 ?
			    "not all is given back" : "see above");
			bad++;
		}
	}
	CT_EQ(bad, 0);
	ct_note("%zu limits", nitems(limits));
}

/* No limit of the kernel's is missing above. */
CT_CASE(every_limit_is_known)
{
	char name[256];
	int mib[CTL_MAXNAME], next[CTL_MAXNAME + 2];
	size_t len, miblen, namelen;
	unsigned n;

	miblen = CTL_MAXNAME;
	CT_POSIX(sysctlnametomib("kern.mach.limits", mib, &miblen));
	next[0] = 0;
	next[1] = 2;		/* the next after */
	memcpy(next + 2, mib, miblen * sizeof(int));
	len = miblen;
	for (n = 0;; n++) {
		int found[CTL_MAXNAME];
		size_t foundlen;

		foundlen = sizeof(found);
		if (sysctl(next, (u_int)len + 2, found, &foundlen, NULL, 0) !=
		    0 || memcmp(found, mib, miblen * sizeof(int)) != 0)
			break;
		len = foundlen / sizeof(int);
		memcpy(next + 2, found, foundlen);
		next[1] = 1;	/* its name */
		namelen = sizeof(name);
		CT_POSIX(sysctl(next, (u_int)len + 2, name, &namelen, NULL,
		    0));
		next[1] = 2;
		(void)limit_of(strrchr(name, '.') + 1);
	}
	CT_EQ(n, nitems(limits));
}

CT_CASE(limits_are_the_superusers_to_set_and_have_a_range)
{
	u_long old;
	pid_t pid;

	if (geteuid() != 0)
		ct_skip("limits are the superuser's to set");
	old = value_of("limits", "queue_messages");
	CT_EQ(set_limit("queue_messages", 1), EINVAL);
	CT_EQ(set_limit("queue_messages", 1UL << 30), EINVAL);
	CT_EQ(value_of("limits", "queue_messages"), old);
	pid = ct_fork();
	if (pid == 0) {
		CT_POSIX(setuid(ALICE));
		CT_EQ(value_of("limits", "queue_messages"), old);
		CT_EQ(set_limit("queue_messages", 100), EPERM);
		_exit(0);
	}
	ct_wait(pid);
	CT_EQ(value_of("limits", "queue_messages"), old);
}

/*
 * The holder of as much as the limits allow, of everything: mtool(1) of the
 * end-to-end tests, beside this program.
 */
CT_CASE_TIMEOUT(a_killed_holder_of_the_most_gives_it_back_in_bounded_time, 120)
{
	struct ct_counts after, before;
	char *argv[3], *end_of_dir, line[256], tool[PATH_MAX];
	uint64_t start;
	ssize_t n;
	pid_t pid;
	int fds[2];

	if (geteuid() != 0)
		ct_skip("another user is to be it");
	(void)strlcpy(tool, exe, sizeof(tool));
	end_of_dir = strrchr(tool, '/');
	CT_TRUE(end_of_dir != NULL);
	(void)strlcpy(end_of_dir + 1, "mtool",
	    sizeof(tool) - (size_t)(end_of_dir + 1 - tool));
	if (access(tool, X_OK) != 0)
		ct_skip("there is no %s", tool);
	ct_counts_get(&before);
	CT_POSIX(pipe(fds));
	pid = ct_fork();
	if (pid == 0) {
		CT_POSIX(dup2(fds[1], STDOUT_FILENO));
		argv[0] = tool;
		argv[1] = strdup("most");
		argv[2] = NULL;
		CT_POSIX(setuid(ALICE));
		(void)execve(tool, argv, environ);
		_exit(99);
	}
	CT_POSIX(n = read(fds[0], line, sizeof(line) - 1));
	line[n] = '\0';
	ct_note("%s", line);
	CT_EQ(strncmp(line, "10000 sets, 20000 deep, ", 24), 0);
	has_room(limit_of("user_names"), BOB);
	start = ct_now_ms();
	CT_POSIX(kill(pid, SIGKILL));
	ct_wait_signal(pid, SIGKILL);
	CT_TRUE(ct_counts_back(&before, &after));
	ct_note("given back after %ju ms",
	    (uintmax_t)(ct_now_ms() - start));
	CT_TRUE(ct_now_ms() - start < patience(20000));
}
