/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fuzz what anybody may say to launchd: the bootstrap calls, launchctl's and
 * liblaunch's requests, notifications that nobody sent, and raw messages.
 *
 * All of launchd but main() is in this process, which is a client of a machd of
 * its own (it executes itself under machrun).  A child of it is who asks: it
 * reads the input, sends, and says when launchd is to work.  What it is given,
 * ports and sets of names, it uses in what follows; now and then it is not the
 * superuser, or a process of a job.  No process is started, no file made: fork
 * and its like are replaced, and a job's process ends when the input says so.
 *
 * Nothing may crash or hang.  When domains and jobs have ended launchd must
 * have as many names and references as before, and again when the child has
 * let go of everything: a right kept for ever, and one given up twice, are seen
 * here.  Each input is run twice, since what ends first hides what the other
 * should have released: once the child lets go while all is there, and once it
 * lets go last, for a port that dies takes all references along.
 */

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/mig.h>

#include "lib/liblaunch/pack.h"
#include "cmd/launchd/init.h"
#include "cmd/launchd/launchd.h"
#include "cmd/launchd/value.h"
#include "tests/fuzz/fuzz.h"

const char fuzz_name[] = "control";

#define	NAMES		32
#define	OPS_MAX		72		/* more than there may be sessions */
#define	DEPTH_MAX	4
#define	FIRST_PID	0x400000	/* of processes that are none */
#define	PIDS		64

/* What the child asks of launchd's process. */
enum { WORK, END_PROCESS, TIME_PASSES, SUPERUSER, NOBODY, DONE, GONE };

bool allow_register, inherit_output, shutting_down;

static pid_t child_pid;
static int to_child[2], from_child[2];
static bool plain_user;
static pid_t running[PIDS];		/* 0: free */
static pid_t ended;

/*
 * In the place of main.c and init.c.
 */

void
shutdown_begin(const char *why)
{

	(void)why;
}

void
shutdown_status(int status)
{

	(void)status;
}

void
shutdown_then(int how)
{

	(void)how;
}

void
handle_signal(int signo)
{

	(void)signo;
}

void
init_rc_ended(int status)
{

	(void)status;
}

void
init_take_console(void)
{
}

void
init_login_class(const char *name)
{

	(void)name;
}

/*
 * In the place of the system.
 */

pid_t	__real_fork(void);
pid_t	__wrap_fork(void);
int	__wrap_kill(pid_t pid, int signo);
int	__wrap_waitid(idtype_t type, id_t id, siginfo_t *si, int options);
pid_t	__wrap_waitpid(pid_t pid, int *status, int options);
int	__wrap_socket(int domain, int type, int protocol);
int	__wrap_unlink(const char *path);
int	__wrap_mkdir(const char *path, mode_t mode);
int	__wrap_rename(const char *from, const char *to);
int	__real_open(const char *path, int flags, ...);
int	__wrap_open(const char *path, int flags, ...);
int	__wrap_getaddrinfo(const char *node, const char *service,
	    const struct addrinfo *hints, struct addrinfo **list);
uid_t	__real_audit_token_to_euid(audit_token_t token);
uid_t	__wrap_audit_token_to_euid(audit_token_t token);

/* The first is the one who asks, so that a job can speak too. */
pid_t
__wrap_fork(void)
{
	unsigned i;

	for (i = 0; i < PIDS && running[i] != 0; i++)
		;
	if (i == PIDS) {
		errno = EAGAIN;
		return (-1);
	}
	running[i] = i == 0 ? child_pid : (pid_t)(FIRST_PID + i);
	return (running[i]);
}

int
__wrap_kill(pid_t pid, int signo)
{

	(void)pid;
	(void)signo;
	return (0);
}

int
__wrap_waitid(idtype_t type, id_t id, siginfo_t *si, int options)
{

	(void)type;
	(void)id;
	(void)options;
	si->si_pid = ended;
	return (0);
}

pid_t
__wrap_waitpid(pid_t pid, int *status, int options)
{

	(void)options;
	ended = 0;
	if (status != NULL)
		*status = 0;
	return (pid);
}

int
__wrap_socket(int domain, int type, int protocol)
{

	(void)domain;
	(void)type;
	(void)protocol;
	errno = EMFILE;
	return (-1);
}

int
__wrap_unlink(const char *path)
{

	(void)path;
	errno = ENOENT;
	return (-1);
}

int
__wrap_mkdir(const char *path, mode_t mode)
{

	(void)path;
	(void)mode;
	errno = EACCES;
	return (-1);
}

int
__wrap_rename(const char *from, const char *to)
{

	(void)from;
	(void)to;
	errno = EACCES;
	return (-1);
}

int
__wrap_open(const char *path, int flags, ...)
{

	if (strcmp(path, "/dev/null") == 0)
		return (__real_open(path, flags));
	errno = ENOENT;
	return (-1);
}

int
__wrap_getaddrinfo(const char *node, const char *service,
    const struct addrinfo *hints, struct addrinfo **list)
{

	(void)node;
	(void)service;
	(void)hints;
	(void)list;
	return (EAI_FAIL);
}

uid_t
__wrap_audit_token_to_euid(audit_token_t token)
{

	return (plain_user ? 1001 : __real_audit_token_to_euid(token));
}

static void __attribute__((noreturn))
failed(const char *what)
{

	fprintf(stderr, "failed: %s\n", what);
	abort();
}

static void
expect(kern_return_t kr, const char *what)
{

	if (kr == KERN_SUCCESS)
		return;
	fprintf(stderr, "%s\n", mach_error_string(kr));
	failed(what);
}

/* The whole of it, though signals come. */
static bool
get(int fd, void *to, size_t size)
{
	size_t done;
	ssize_t n;

	for (done = 0; done < size; done += (size_t)n) {
		n = read(fd, (char *)to + done, size - done);
		if (n == -1 && errno == EINTR)
			n = 0;
		else if (n <= 0)
			return (false);
	}
	return (true);
}

static bool
put(int fd, const void *from, size_t size)
{
	size_t done;
	ssize_t n;

	for (done = 0; done < size; done += (size_t)n) {
		n = write(fd, (const char *)from + done, size - done);
		if (n == -1 && errno == EINTR)
			n = 0;
		else if (n <= 0)
			return (false);
	}
	return (true);
}

/*
 * The child.
 */

static struct fuzz_input in;
static mach_port_t names[NAMES];
static unsigned nnames;
static mach_port_t reply_port;
static mach_port_t full_port;		/* nothing more can be sent to it */

static const char *const words[] = {
	/* Names, domains, targets. */
	"fuzz.a", "fuzz.b", "fuzz.job", "fuzz.new", "system", "user/0",
	"user/1001", "subset/1", "session/1", "server/1", "gui/0", "",
	/* Requests. */
	"Verb", "Domain", "Label", "Path", "Force", "Signal", "Restart", "PID",
	"Name", "Value", "Key", "Wait", "How", "Type", "Limits", "Job",
	"Program", "ProgramArguments", "/bin/true", "/", "Background", "Aqua",
	"bootstrap", "bootout", "reload", "enable", "disable", "kickstart",
	"kill", "start", "stop", "print", "list", "print-disabled",
	"procinfo", "port", "setenv", "getenv", "limit", "session",
	"KeepAlive", "RunAtLoad", "MachServices", "Sockets", "SockPathName",
	"/tmp/fuzz", "SessionCreate", "StartInterval", "EnableTransactions",
	"OtherJobEnabled", "EnvironmentVariables", "SoftResourceLimits",
	"NumberOfFiles", "Soft", "Hard", "ThrottleInterval",
	"LAUNCH_KEY_SUBMITJOB", LAUNCH_KEY_SUBMITJOB, LAUNCH_KEY_REMOVEJOB,
	LAUNCH_KEY_STARTJOB, LAUNCH_KEY_STOPJOB, LAUNCH_KEY_GETJOB,
	LAUNCH_KEY_GETJOBS, LAUNCH_KEY_CHECKIN, LAUNCH_KEY_GETUSERENVIRONMENT,
	LAUNCH_KEY_SETUSERENVIRONMENT, LAUNCH_KEY_UNSETUSERENVIRONMENT,
};
#define	NWORDS	(sizeof(words) / sizeof(words[0]))

/*
 * The bodies of bootstrap.defs: a port before it, then p: a process, u: a word,
 * q: two, i: an instance, n: a name, c: a command.
 */
static const struct call {
	int		 id;
	bool		 port;
	const char	*body;
} calls[] = {
	{ 400, false, "cuu" },	/* create_server */
	{ 401, false, "" },	/* unprivileged */
	{ 402, false, "nq" },	/* check_in */
	{ 403, true, "nq" },	/* register */
	{ 404, false, "npiq" },	/* look_up */
	{ 406, false, "" },	/* parent */
	{ 407, false, "n" },	/* status */
	{ 408, false, "q" },	/* info */
	{ 409, true, "" },	/* subset */
	{ 410, false, "nq" },	/* create_service */
	{ 411, false, "nu" },	/* look_up_per_user */
	{ 412, false, "" },	/* lookup_children */
	{ 413, false, "" },	/* get_root */
	{ MACH_NOTIFY_DEAD_NAME, false, "u" },
	{ MACH_NOTIFY_PORT_DESTROYED, true, "" },
	{ MACH_NOTIFY_NO_SENDERS, false, "u" },
	{ MACH_NOTIFY_SEND_ONCE, false, "" },
};
#define	NCALLS	(sizeof(calls) / sizeof(calls[0]))

static uint32_t
take(unsigned bytes)
{

	return (fuzz_take(&in, bytes));
}

static void
say(int what)
{
	unsigned char c;

	c = (unsigned char)what;
	if (!put(from_child[1], &c, 1) || !get(to_child[0], &c, 1))
		_exit(0);
}

static void
learn(mach_port_t name)
{

	if (MACH_PORT_VALID(name))
		names[nnames++ % NAMES] = name;
}

static mach_port_t
pick(void)
{
	uint32_t v;

	v = take(1);
	return (v < 8 ? bootstrap_port : v < 12 ? MACH_PORT_NULL :
	    names[v % NAMES]);
}

/* All ports that came in a message. */
static void
learn_all(mach_msg_header_t *head)
{
	const mach_msg_base_t *base;
	const mach_msg_descriptor_t *d;
	const char *at;
	const mach_port_t *list;
	unsigned i, j;

	learn(head->msgh_remote_port);
	if ((head->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return;
	base = (const mach_msg_base_t *)(const void *)head;
	at = (const char *)(base + 1);
	for (i = 0; i < base->body.msgh_descriptor_count; i++) {
		d = (const mach_msg_descriptor_t *)(const void *)at;
		switch (d->type.type) {
		case MACH_MSG_PORT_DESCRIPTOR:
			learn(d->port.name);
			at += sizeof(d->port);
			break;
		case MACH_MSG_OOL_PORTS_DESCRIPTOR:
			list = d->ool_ports.address;
			for (j = 0; j < d->ool_ports.count; j++)
				learn(list[j]);
			mig_deallocate((vm_address_t)d->ool_ports.address,
			    d->ool_ports.count * sizeof(*list));
			at += sizeof(d->ool_ports);
			break;
		default:
			mig_deallocate((vm_address_t)d->out_of_line.address,
			    d->out_of_line.size);
			at += sizeof(d->out_of_line);
			break;
		}
	}
}

static void
receive(void)
{
	union {
		mach_msg_header_t head;
		char		  room[4096];
	} m;

	while (mach_msg(&m.head, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(m),
	    reply_port, 0, MACH_PORT_NULL) == MACH_MSG_SUCCESS)
		learn_all(&m.head);
}

union message {
	mach_msg_header_t	head;
	struct {
		mach_msg_base_t			base;
		mach_msg_port_descriptor_t	port;
	} one;
	struct {
		mach_msg_base_t			base;
		mach_msg_ool_descriptor_t	bytes;
		mach_msg_ool_ports_descriptor_t ports;
		NDR_record_t			ndr;
		uint32_t			counts[2];
	} control;
	char			room[2048];
};

/*
 * To launchd as a rule, otherwise to somebody it looks after.  The answer may
 * be wanted by nobody, by one who is dead when it comes, or where there is no
 * room.
 */
static void
post(union message *m, size_t size, bool complex)
{
	mach_port_t dies, reply, to;
	unsigned how;
	uint32_t v;

	to = take(1) < 192 ? bootstrap_port : pick();
	v = take(1);
	dies = MACH_PORT_NULL;
	reply = reply_port;
	how = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	if (v < 16) {
		reply = MACH_PORT_NULL;
		how = 0;
	} else if (v < 24) {
		if (mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_RECEIVE, &dies) == KERN_SUCCESS)
			reply = dies;
	} else if (v < 40) {
		reply = full_port;
		how = MACH_MSG_TYPE_MAKE_SEND;
	}
	m->head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, how) |
	    (complex ? MACH_MSGH_BITS_COMPLEX : 0);
	m->head.msgh_size = (mach_msg_size_t)round_msg(size);
	m->head.msgh_remote_port = to;
	m->head.msgh_local_port = reply;
	m->head.msgh_voucher_port = MACH_PORT_NULL;
	(void)mach_msg(&m->head, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    m->head.msgh_size, 0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
	if (dies != MACH_PORT_NULL)
		(void)mach_port_mod_refs(mach_task_self(), dies,
		    MACH_PORT_RIGHT_RECEIVE, -1);
	say(WORK);
	receive();
}

static size_t
field(char *to, char kind)
{
	size_t i, n;
	uint32_t v;

	switch (kind) {
	case 'n':
	case 'c':
		n = kind == 'n' ? 128 : 512;
		v = take(1);
		if (v < 240)
			(void)strcpy(to, words[v % NWORDS]);
		else
			for (i = 0; i < n; i++)
				to[i] = (char)take(1);
		return (n);
	case 'p':
		v = take(1) < 64 ? (uint32_t)getpid() : take(4);
		break;
	case 'i':
		for (i = 0; i < 16; i++)
			to[i] = (char)take(1);
		return (16);
	default:
		v = take(1);
		break;
	}
	n = kind == 'q' ? 8 : 4;
	memcpy(to, &v, sizeof(v));
	return (n);
}

static void
ask(void)
{
	const struct call *c;
	union message m;
	const char *f;
	size_t at;
	uint32_t v;

	memset(&m, 0, sizeof(m));
	c = &calls[take(1) % NCALLS];
	m.head.msgh_id = c->id;
	at = sizeof(m.head);
	if (c->port) {
		m.one.base.body.msgh_descriptor_count = 1;
		m.one.port.type = MACH_MSG_PORT_DESCRIPTOR;
		v = take(1);
		m.one.port.disposition = v < 64 ? MACH_MSG_TYPE_MAKE_SEND :
		    v < 72 ? MACH_MSG_TYPE_MOVE_RECEIVE :
		    v < 80 ? MACH_MSG_TYPE_MAKE_SEND_ONCE :
		    MACH_MSG_TYPE_COPY_SEND;
		m.one.port.name = pick();
		at = sizeof(m.one);
	}
	/* Without data there is none in the message. */
	if (c->body[0] != '\0') {
		memcpy(m.room + at, &NDR_record, sizeof(NDR_record));
		at += sizeof(NDR_record);
	}
	for (f = c->body; *f != '\0'; f++)
		at += field(m.room + at, *f);
	/* Now and then of another size, or with a wrong byte. */
	v = take(1);
	if (v < 8)
		at -= 4;
	else if (v < 16)
		at += 4;
	else if (v < 32 && at > sizeof(m.head))
		m.room[sizeof(m.head) + take(1) % (at - sizeof(m.head))] ^=
		    (char)take(1);
	post(&m, at, c->port);
}

static launch_data_t
value(unsigned depth)
{
	launch_data_t d;
	unsigned i, n;
	char text[16];

	switch (take(1) % (depth < DEPTH_MAX ? 11 : 7)) {
	case 0:
		return (launch_data_new_integer((int32_t)take(4)));
	case 1:
		return (launch_data_new_bool(take(1) & 1));
	case 2:
		return (launch_data_new_machport(pick()));
	case 3:
		for (i = 0; i < sizeof(text) - 1; i++)
			text[i] = (char)take(1);
		text[i] = '\0';
		return (launch_data_new_string(text));
	case 4:
		return (launch_data_new_integer(take(1)));
	case 5:
	case 6:
		return (launch_data_new_string(words[take(1) % NWORDS]));
	case 7:
	case 8:
		d = array();
		for (n = take(1) % 5; n-- > 0;)
			(void)append_value(d, value(depth + 1));
		return (d);
	default:
		d = dictionary();
		for (n = take(1) % 7; n-- > 0;) {
			i = take(1);
			put_value(d, words[i % NWORDS], value(depth + 1));
		}
		return (d);
	}
}

static void
control(void)
{
	static const char *const verbs[] = { "bootstrap", "bootout", "reload",
	    "enable", "disable", "kickstart", "kill", "start", "stop", "print",
	    "list", "print-disabled", "procinfo", "port", "setenv", "getenv",
	    "limit", "session", "reexec", "none" };
	union message m;
	struct packed p;
	launch_data_t d;
	unsigned v;

	d = value(0);
	v = take(1);
	if (d != NULL && launch_data_get_type(d) == LAUNCH_DATA_DICTIONARY &&
	    v < 192) {
		put_string(d, "Verb", verbs[v % 20]);
		put_string(d, "Domain", words[4 + take(1) % 6]);
		if (launch_data_dict_lookup(d, "Label") == NULL)
			put_string(d, "Label", words[take(1) % 4]);
		/* No word leads to one of these. */
		if (strcmp(verbs[v % 20], "session") == 0 &&
		    (v / 20) % 2 != 0) {
			put_string(d, "Type", "Aqua");
			put_value(d, "Requestor",
			    launch_data_new_machport(pick()));
		}
	}
	if (d == NULL || launch_pack(d, &p) != 0) {
		/* Too deep, or with too many ports. */
		launch_data_free(d);
		return;
	}
	memset(&m, 0, sizeof(m));
	m.head.msgh_id = 420;
	m.control.base.body.msgh_descriptor_count = 2;
	m.control.bytes.type = MACH_MSG_OOL_DESCRIPTOR;
	m.control.bytes.address = p.bytes;
	m.control.bytes.size = (mach_msg_size_t)p.size;
	m.control.bytes.copy = MACH_MSG_PHYSICAL_COPY;
	m.control.ports.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	m.control.ports.address = p.rights;
	m.control.ports.count = p.nrights;
	m.control.ports.copy = MACH_MSG_PHYSICAL_COPY;
	m.control.ports.disposition = MACH_MSG_TYPE_COPY_SEND;
	m.control.ndr = NDR_record;
	m.control.counts[0] = (uint32_t)p.size;
	m.control.counts[1] = p.nrights;
	v = take(1);
	if (v < 16 && p.size != 0)
		p.bytes[take(2) % p.size] ^= (char)take(1);
	else if (v < 24)
		m.control.counts[v & 1] = take(1);
	post(&m, sizeof(m.control), true);
	launch_pack_free(&p);
	launch_data_free(d);
}

static void
raw(void)
{
	union message m;
	size_t i, n;

	memset(&m, 0, sizeof(m));
	n = sizeof(m.head) + 4 * (take(1) % 64);
	for (i = sizeof(m.head); i < n; i++)
		m.room[i] = (char)take(1);
	m.head.msgh_id = (mach_msg_id_t)(take(1) < 128 ? 398 + take(1) % 26 :
	    take(4));
	post(&m, n, false);
}

static void
new_port(void)
{
	mach_port_t port;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS)
		return;
	(void)mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND);
	learn(port);
}

/*
 * A port that was checked in is to go back to launchd: take the right to say so
 * and tell something else with it.
 */
static void
forge(void)
{
	mach_port_t mine, previous;
	union message m;

	previous = MACH_PORT_NULL;
	(void)mach_port_request_notification(mach_task_self(), pick(),
	    MACH_NOTIFY_PORT_DESTROYED, 0, MACH_PORT_NULL,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous);
	if (!MACH_PORT_VALID(previous))
		return;
	mine = pick();
	memset(&m, 0, sizeof(m));
	m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.head.msgh_size = sizeof(m.one);
	m.head.msgh_remote_port = previous;
	m.head.msgh_id = calls[NCALLS - 1 - take(1) % 4].id;
	m.one.base.body.msgh_descriptor_count = 1;
	m.one.port.type = MACH_MSG_PORT_DESCRIPTOR;
	m.one.port.disposition = MACH_MSG_TYPE_COPY_SEND;
	m.one.port.name = mine;
	if (mach_msg(&m.head, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    m.head.msgh_size, 0, MACH_PORT_NULL, 0, MACH_PORT_NULL) !=
	    MACH_MSG_SUCCESS)
		(void)mach_port_deallocate(mach_task_self(), previous);
	say(WORK);
}

static bool
kept(mach_port_t name)
{

	return (name == mach_task_self() || name == bootstrap_port ||
	    name == reply_port || name == full_port);
}

/* Nothing stays but what it began with. */
static void
let_go(void)
{
	mach_port_name_array_t list;
	mach_port_type_array_t types;
	mach_msg_type_number_t i, n, ntypes;

	receive();
	if (mach_port_names(mach_task_self(), &list, &n, &types, &ntypes) !=
	    KERN_SUCCESS)
		_exit(1);
	for (i = 0; i < n; i++)
		if (!kept(list[i]))
			(void)mach_port_destroy(mach_task_self(), list[i]);
	mig_deallocate((vm_address_t)list, n * sizeof(*list));
	mig_deallocate((vm_address_t)types, ntypes * sizeof(*types));
	memset(names, 0, sizeof(names));
	nnames = 0;
}

static void
one_input(bool let_go_first)
{
	mach_port_t port;
	uint32_t v;
	unsigned n;

	new_port();
	for (n = 0; n < OPS_MAX && in.left > 0; n++) {
		v = take(1);
		if (v >= 252) {
			forge();
			continue;
		}
		switch (v % 12) {
		case 0:
			new_port();
			break;
		case 1:
			port = pick();
			if (port != MACH_PORT_NULL && !kept(port))
				(void)mach_port_destroy(mach_task_self(),
				    port);
			say(WORK);
			break;
		case 2:
			say(END_PROCESS);
			break;
		case 3:
			say(TIME_PASSES);
			break;
		case 4:
			say(take(1) & 1 ? SUPERUSER : NOBODY);
			break;
		case 5:
			raw();
			break;
		case 6:
		case 7:
		case 8:
			control();
			break;
		default:
			ask();
			break;
		}
	}
	receive();
	if (let_go_first)
		let_go();
	say(DONE);
	let_go();
	say(GONE);
}

/* A port whose queue has all that it takes. */
static bool
make_full_port(void)
{
	mach_port_limits_t limits = { 1 };
	mach_msg_header_t head;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &full_port) != KERN_SUCCESS ||
	    mach_port_set_attributes(mach_task_self(), full_port,
	    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits,
	    MACH_PORT_LIMITS_INFO_COUNT) != KERN_SUCCESS)
		return (false);
	memset(&head, 0, sizeof(head));
	head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
	head.msgh_size = sizeof(head);
	head.msgh_remote_port = full_port;
	return (mach_msg(&head, MACH_SEND_MSG, sizeof(head), 0, MACH_PORT_NULL,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL) == MACH_MSG_SUCCESS);
}

static void __attribute__((noreturn))
child_main(void)
{
	static uint8_t data[1 << 16];
	uint32_t size;

	(void)close(to_child[1]);
	(void)close(from_child[0]);
	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &reply_port) != KERN_SUCCESS || !make_full_port())
		_exit(1);
	for (;;) {
		if (!get(to_child[0], &size, sizeof(size)) ||
		    size > sizeof(data) || !get(to_child[0], data, size))
			_exit(0);
		fuzz_input(&in, data, size);
		one_input(false);
		fuzz_input(&in, data, size);
		one_input(true);
	}
}

/*
 * launchd.
 */

/* Names, and the references of the send rights. */
static unsigned
count_rights(void)
{
	mach_port_name_array_t list;
	mach_port_type_array_t types;
	mach_msg_type_number_t i, n, ntypes;
	mach_port_urefs_t refs;
	unsigned all;

	expect(mach_port_names(mach_task_self(), &list, &n, &types, &ntypes),
	    "names");
	all = n;
	for (i = 0; i < n; i++) {
		refs = 0;
		if ((types[i] & MACH_PORT_TYPE_SEND) != 0)
			expect(mach_port_get_refs(mach_task_self(), list[i],
			    MACH_PORT_RIGHT_SEND, &refs), "references");
		all += refs;
	}
	mig_deallocate((vm_address_t)list, n * sizeof(*list));
	mig_deallocate((vm_address_t)types, ntypes * sizeof(*types));
	return (all);
}

static bool
waits(mach_port_t set)
{
	mach_msg_header_t head;

	memset(&head, 0, sizeof(head));
	return (mach_msg(&head, MACH_RCV_MSG | MACH_RCV_LARGE |
	    MACH_RCV_TIMEOUT, 0, sizeof(head), set, 0, MACH_PORT_NULL) ==
	    MACH_RCV_TOO_LARGE);
}

/* The loop, until there is nothing to do. */
static void
work(void)
{

	while (waits(port_set) || waits(demand_set))
		loop_wait(0);
}

static void
end_process(void)
{
	unsigned i;

	for (i = PIDS; i-- > 0;)
		if (running[i] != 0) {
			ended = running[i];
			running[i] = 0;
			jobs_reap();
			return;
		}
}

static void
base_job(void)
{
	static const char text[] = "<plist version=\"1.0\"><dict>"
	    "<key>Label</key><string>fuzz.job</string>"
	    "<key>Program</key><string>/bin/true</string>"
	    "<key>MachServices</key><dict><key>fuzz.a</key><true/>"
	    "<key>fuzz.b</key><dict><key>ResetAtClose</key><true/>"
	    "</dict></dict><key>MachRegister</key><array>"
	    "<string>fuzz.*</string></array></dict></plist>";
	struct plist_error error;
	struct plist *root;

	root = plist_parse(text, sizeof(text) - 1, &error);
	if (root == NULL || load_tree(system_domain, root, "/fuzz.plist", true,
	    &error) != 0)
		failed("the job cannot be loaded");
	plist_tree_free(root);
}

/* As it was before the input, by launchd's own means. */
static void
reset(void)
{
	struct domain *d;
	struct service *s;
	struct job *job;
	char *name;

	plain_user = false;
	work();
	/* All of them first: the timers of one that stays would go on. */
	do {
		TAILQ_FOREACH(job, &jobs, j_link)
			if (!job->j_ending)
				break;
		if (job != NULL)
			job_remove(job);
	} while (job != NULL);
	while (!TAILQ_EMPTY(&jobs)) {
		end_process();
		work();
		(void)timers_run(UINT64_MAX - 1);
	}
	while ((d = LIST_FIRST(&system_domain->d_children)) != NULL) {
		domain_end(d);
		if (d == LIST_FIRST(&system_domain->d_children))
			failed("a domain does not end");
	}
	while ((s = LIST_FIRST(&system_domain->d_services)) != NULL)
		service_forget(s);
	while (system_domain->d_env != NULL && *system_domain->d_env != NULL) {
		name = strndup(*system_domain->d_env,
		    strcspn(*system_domain->d_env, "="));
		if (name == NULL)
			failed("no memory");
		(void)domain_setenv(system_domain, name, NULL);
		free(name);
	}
	memset(running, 0, sizeof(running));
	memset(default_limits, 0, sizeof(default_limits));
	work();
}

static void
start_child(void)
{

	if (pipe(to_child) == -1 || pipe(from_child) == -1)
		failed("pipe");
	child_pid = __real_fork();
	if (child_pid == -1)
		failed("fork");
	if (child_pid == 0)
		child_main();
	(void)close(to_child[0]);
	(void)close(from_child[1]);
}

/* Under a machd of its own. */
static void
run_under_machrun(void)
{
	static char line[1 << 16], machrun[] = MACHRUN;
	char *argv[64], *s;
	FILE *f;
	size_t n;
	int argc;

	f = fopen("/proc/self/cmdline", "r");
	n = f == NULL ? 0 : fread(line, 1, sizeof(line) - 1, f);
	if (n == 0)
		failed("/proc/self/cmdline");
	argc = 0;
	argv[argc++] = machrun;
	for (s = line; s < line + n && argc < 63; s += strlen(s) + 1)
		argv[argc++] = s;
	argv[argc] = NULL;
	(void)execv(machrun, argv);
	failed(machrun);
}

static void
begin(void)
{

	if (getenv("MACHD_SOCKET") == NULL)
		run_under_machrun();
	(void)log_open("/dev/null");
	events_block_signals();
	if (events_init() != 0 || spawn_init() != 0)
		failed("launchd does not begin");
	start_child();
}

static void
send_input(const uint8_t *data, size_t size)
{
	uint32_t n;

	n = (uint32_t)size;
	if (!put(to_child[1], &n, sizeof(n)) || !put(to_child[1], data, size))
		failed("the child is gone");
}

static void
check_rights(unsigned before, const char *when)
{
	unsigned after;

	reset();
	after = count_rights();
	if (after == before)
		return;
	fprintf(stderr, "%u rights instead of %u\n", after, before);
	failed(when);
}

/* Until the child has let go of all that it had. */
static void
run(unsigned before)
{
	unsigned char what;

	base_job();
	do {
		if (!get(from_child[0], &what, 1))
			failed("the child is gone");
		switch (what) {
		case END_PROCESS:
			end_process();
			break;
		case TIME_PASSES:
			(void)timers_run(now() + 3600 * SECOND);
			break;
		case SUPERUSER:
			plain_user = false;
			break;
		case NOBODY:
			plain_user = true;
			break;
		case DONE:
			check_rights(before, "rights are left, or lost");
			break;
		}
		work();
		if (what == GONE)
			check_rights(before, "rights are left, or lost, of "
			    "one who is gone");
		if (!put(to_child[1], &what, 1))
			failed("the child is gone");
	} while (what != GONE);
}

void
fuzz_one(const uint8_t *data, size_t size)
{
	static bool begun;
	static unsigned before;

	if (!begun) {
		begin();
		begun = true;
	}
	if (size > 4096)
		return;
	if (before == 0) {
		/* What stays is made now. */
		(void)domain_unprivileged(system_domain);
		base_job();
		work();
		reset();
		before = count_rights();
	}
	send_input(data, size);
	run(before);
	run(before);
}
