/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What launchd.sh runs as jobs and as clients.
 *
 *	ltool serve NAME	a service; what it does depends on the message
 *	ltool thief NAME	a service that cheats launchd
 *	ltool giver NAME OTHER	one that gives its port to another and ends
 *	ltool STEP ...		a client: each step with its arguments, in
 *				order; the first that does not turn out as told
 *				ends it with status 1 and a line that says why
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>
#include <servers/bootstrap_priv.h>

#include "../patience.h"

/* Message numbers of the service. */
enum {
	ASK = 1,		/* answered with process and count */
	EXIT,			/* it exits with 0 */
	DIE,			/* it kills itself */
	FIRST_COUNTED = 10,	/* counted as long as they come in order */
};

#define	ANSWER_MS	patience(10000)

struct message {
	mach_msg_header_t	head;
	int32_t			pid;
	int32_t			count;
	char			room[128];	/* for the trailer */
};

#define	MESSAGE_SIZE	offsetof(struct message, room)

static const char *step = "start";

static void __attribute__((format(printf, 1, 2), noreturn))
fail(const char *fmt, ...)
{
	va_list ap;

	(void)fprintf(stderr, "ltool: %s: ", step);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	exit(1);
}

static void
expect(kern_return_t kr, kern_return_t wanted)
{

	if (kr != wanted)
		fail("%s (0x%x), expected %s", bootstrap_strerror(kr),
		    (unsigned)kr, bootstrap_strerror(wanted));
}

/*
 * The service.
 */

static void
reply(struct message *m, int count)
{

	m->head.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSGH_BITS_REMOTE(m->head.msgh_bits), 0);
	m->head.msgh_size = MESSAGE_SIZE;
	m->head.msgh_local_port = MACH_PORT_NULL;
	m->head.msgh_id += 100;
	m->pid = getpid();
	m->count = count;
	expect(mach_msg(&m->head, MACH_SEND_MSG, MESSAGE_SIZE, 0,
	    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL), 0);
}

static int
serve(const char *name)
{
	mach_port_t port, again;
	struct message m;
	int count;

	step = "serve";
	expect(bootstrap_check_in(bootstrap_port, name, &port), 0);
	expect(bootstrap_check_in(bootstrap_port, name, &again),
	    BOOTSTRAP_SERVICE_ACTIVE);
	/* Nobody gets another job's name. */
	expect(bootstrap_check_in(bootstrap_port, "test.foreign", &again),
	    BOOTSTRAP_NOT_PRIVILEGED);
	for (count = 0;;) {
		memset(&m, 0, sizeof(m));
		expect(mach_msg(&m.head, MACH_RCV_MSG, 0, sizeof(m), port,
		    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL), 0);
		switch (m.head.msgh_id) {
		case ASK:
			reply(&m, count);
			break;
		case EXIT:
			return (0);
		case DIE:
			(void)raise(SIGKILL);
			break;
		default:
			if (m.head.msgh_id == FIRST_COUNTED + count)
				count++;
			break;
		}
	}
}

/*
 * Take launchd's place in the port-destroyed request, send a forged
 * notification with its own send-once right, and die with the service's port.
 */
static int
thief(const char *name)
{
	mach_port_t mine, other, port, previous;
	struct {
		mach_msg_header_t	   head;
		mach_msg_body_t		   body;
		mach_msg_port_descriptor_t port;
	} forged;

	step = "thief";
	expect(bootstrap_check_in(bootstrap_port, name, &port), 0);
	expect(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &mine), 0);
	/* A promise that stands is not replaced: take it back first. */
	expect(mach_port_request_notification(mach_task_self(), port,
	    MACH_NOTIFY_PORT_DESTROYED, 0, MACH_PORT_NULL,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous), 0);
	expect(mach_port_request_notification(mach_task_self(), port,
	    MACH_NOTIFY_PORT_DESTROYED, 0, mine, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &other), 0);
	if (previous != MACH_PORT_NULL) {
		memset(&forged, 0, sizeof(forged));
		forged.head.msgh_bits = MACH_MSGH_BITS(
		    MACH_MSG_TYPE_MOVE_SEND_ONCE, 0) | MACH_MSGH_BITS_COMPLEX;
		forged.head.msgh_size = sizeof(forged);
		forged.head.msgh_remote_port = previous;
		forged.head.msgh_id = MACH_NOTIFY_PORT_DESTROYED;
		forged.body.msgh_descriptor_count = 1;
		forged.port.name = mine;
		forged.port.disposition = MACH_MSG_TYPE_MAKE_SEND;
		forged.port.type = MACH_MSG_PORT_DESCRIPTOR;
		expect(mach_msg(&forged.head, MACH_SEND_MSG, sizeof(forged),
		    0, MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE,
		    MACH_PORT_NULL), 0);
	}
	return (1);
}

static int
giver(const char *name, const char *other)
{
	mach_port_t port, to;
	struct {
		mach_msg_header_t	   head;
		mach_msg_body_t		   body;
		mach_msg_port_descriptor_t port;
	} m;

	step = "giver";
	expect(bootstrap_check_in(bootstrap_port, name, &port), 0);
	expect(bootstrap_look_up(bootstrap_port, other, &to), 0);
	memset(&m, 0, sizeof(m));
	m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.head.msgh_size = sizeof(m);
	m.head.msgh_remote_port = to;
	m.head.msgh_id = FIRST_COUNTED - 1;
	m.body.msgh_descriptor_count = 1;
	m.port.name = port;
	m.port.disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	m.port.type = MACH_MSG_PORT_DESCRIPTOR;
	expect(mach_msg(&m.head, MACH_SEND_MSG, sizeof(m), 0, MACH_PORT_NULL,
	    MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL), 0);
	return (0);
}

/*
 * The client.
 */

static mach_port_t service;
static pid_t server;			/* who answered last */
static struct timespec started;
static mach_msg_type_number_t names;

static kern_return_t
code(const char *name)
{
	static const struct {
		const char	*name;
		kern_return_t	 code;
	} codes[] = {
		{ "ok", KERN_SUCCESS },
		{ "denied", BOOTSTRAP_NOT_PRIVILEGED },
		{ "in-use", BOOTSTRAP_NAME_IN_USE },
		{ "unknown", BOOTSTRAP_UNKNOWN_SERVICE },
		{ "active", BOOTSTRAP_SERVICE_ACTIVE },
		{ "count", BOOTSTRAP_BAD_COUNT },
	};
	size_t i;

	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strcmp(codes[i].name, name) == 0)
			return (codes[i].code);
	fail("no code %s", name);
}

/* "xN" is a name of N bytes; others are themselves. */
static const char *
name_of(const char *arg)
{
	static char made[200000];
	unsigned long n;

	if (arg[0] != 'x' || arg[1] < '0' || arg[1] > '9')
		return (arg);
	n = strtoul(arg + 1, NULL, 10);
	if (n >= sizeof(made))
		fail("name too long");
	memset(made, 'x', n);
	made[n] = '\0';
	return (made);
}

static void
ask(struct message *m)
{
	mach_port_t reply_port;
	kern_return_t kr;

	reply_port = mig_get_reply_port();
	memset(m, 0, sizeof(*m));
	m->head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m->head.msgh_size = MESSAGE_SIZE;
	m->head.msgh_remote_port = service;
	m->head.msgh_local_port = reply_port;
	m->head.msgh_id = ASK;
	kr = mach_msg(&m->head, MACH_SEND_MSG | MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, MESSAGE_SIZE, sizeof(*m), reply_port, ANSWER_MS,
	    MACH_PORT_NULL);
	expect(kr, 0);
	if (m->head.msgh_id != ASK + 100)
		fail("answered with message %d", m->head.msgh_id);
	mig_put_reply_port(reply_port);
}

static void
send_to(int id)
{
	struct message m;

	memset(&m, 0, sizeof(m));
	m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	m.head.msgh_size = MESSAGE_SIZE;
	m.head.msgh_remote_port = service;
	m.head.msgh_id = id;
	expect(mach_msg(&m.head, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    MESSAGE_SIZE, 0, MACH_PORT_NULL, ANSWER_MS, MACH_PORT_NULL), 0);
}

/* A port of our own under a name. */
static void
register_name(const char *name, kern_return_t wanted)
{
	mach_port_t port;

	expect(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port), 0);
	expect(mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND), 0);
	expect(bootstrap_register(bootstrap_port, name, port), wanted);
}

/*
 * launchd hears of a death after it has happened, and nobody is told when it
 * has heard: look until then.
 */
static void
gone(const char *name)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
	mach_port_t port;
	kern_return_t kr;
	unsigned i;

	for (i = 0; i < ANSWER_MS / 10; i++) {
		kr = bootstrap_look_up(bootstrap_port, name, &port);
		if (kr == BOOTSTRAP_UNKNOWN_SERVICE)
			return;
		expect(kr, 0);
		expect(mach_port_deallocate(mach_task_self(), port), 0);
		(void)nanosleep(&pause, NULL);
	}
	fail("%s is still there", name);
}

/* The port we hold is dead, now or soon. */
static void
dead(void)
{
	mach_port_t notify, previous;
	union {
		mach_dead_name_notification_t	n;
		char				room[256];
	} m;

	expect(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &notify), 0);
	expect(mach_port_request_notification(mach_task_self(), service,
	    MACH_NOTIFY_DEAD_NAME, 1, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous), 0);
	expect(mach_msg(&m.n.not_header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m), notify, ANSWER_MS, MACH_PORT_NULL), 0);
	if (m.n.not_header.msgh_id != MACH_NOTIFY_DEAD_NAME ||
	    m.n.not_port != service)
		fail("told %d of another port", m.n.not_header.msgh_id);
}

static mach_msg_type_number_t
count_names(void)
{
	mach_msg_type_number_t n, m;
	mach_port_name_array_t list;
	mach_port_type_array_t types;

	expect(mach_port_names(mach_task_self(), &list, &n, &types, &m), 0);
	(void)vm_deallocate(mach_task_self(), (vm_address_t)list,
	    n * sizeof(*list));
	(void)vm_deallocate(mach_task_self(), (vm_address_t)types,
	    m * sizeof(*types));
	return (n);
}

static void
info(const char *name, const char *job, int status)
{
	mach_msg_type_number_t n, n2, n3, i;
	bootstrap_status_array_t active;
	name_array_t list, jobs;

	expect(bootstrap_info(bootstrap_port, &list, &n, &jobs, &n2, &active,
	    &n3, 0), 0);
	for (i = 0; i < n; i++)
		if (strcmp(list[i], name) == 0)
			break;
	if (i == n)
		fail("%s is not listed", name);
	if (strcmp(jobs[i], job) != 0 || active[i] != status)
		fail("%s: job %s, status %d", name, jobs[i], active[i]);
	(void)vm_deallocate(mach_task_self(), (vm_address_t)list,
	    n * sizeof(*list));
	(void)vm_deallocate(mach_task_self(), (vm_address_t)jobs,
	    n * sizeof(*jobs));
	(void)vm_deallocate(mach_task_self(), (vm_address_t)active,
	    n * sizeof(*active));
}

/* Go on in a child; end as it ends. */
static void
in_child(void)
{
	mach_port_t parents;
	pid_t pid;
	int status;

	parents = mig_get_reply_port();
	pid = fork();
	if (pid == -1)
		fail("fork: %s", strerror(errno));
	if (pid != 0) {
		while (waitpid(pid, &status, 0) == -1)
			if (errno != EINTR)
				fail("waitpid: %s", strerror(errno));
		exit(WIFEXITED(status) ? WEXITSTATUS(status) : 99);
	}
	if (bootstrap_port == MACH_PORT_NULL ||
	    mach_task_self() == MACH_PORT_NULL || parents == MACH_PORT_NULL)
		fail("the child has no ports");
}

/* Register in a child that exits at once. */
static void
register_briefly(const char *name)
{
	pid_t pid;
	int status;

	pid = fork();
	if (pid == -1)
		fail("fork: %s", strerror(errno));
	if (pid == 0) {
		register_name(name, KERN_SUCCESS);
		_exit(0);
	}
	if (waitpid(pid, &status, 0) != pid || status != 0)
		fail("the child ended with %x", (unsigned)status);
}

static void
elapsed(const char *least, const char *most)
{
	struct timespec ts;
	long ms;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	ms = (ts.tv_sec - started.tv_sec) * 1000 +
	    (ts.tv_nsec - started.tv_nsec) / 1000000;
	if (ms < atol(least) || ms > atol(most))
		fail("%ld ms since the start", ms);
}

/*
 * Random requests: anything may be refused, launchd must go on.
 */

static uint64_t random_state;

static uint32_t
random32(void)
{

	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return ((uint32_t)(random_state >> 16));
}

/* Up to three descriptors after the body; where they end. */
static size_t
random_descriptors(char *raw, size_t size, mach_port_t other)
{
	const mach_port_t ports[] = { bootstrap_port, other, MACH_PORT_NULL,
	    MACH_PORT_DEAD };
	mach_msg_port_descriptor_t port;
	mach_msg_ool_descriptor_t ool;
	mach_msg_body_t body;
	uint32_t i, n;
	size_t at;

	n = random32() % 4;
	at = sizeof(mach_msg_base_t);
	for (i = 0; i < n; i++) {
		if (at + sizeof(ool) > size)
			break;
		if (random32() % 2 == 0) {
			memset(&port, 0, sizeof(port));
			port.name = ports[random32() % 4];
			port.disposition = MACH_MSG_TYPE_COPY_SEND;
			port.type = MACH_MSG_PORT_DESCRIPTOR;
			memcpy(raw + at, &port, sizeof(port));
			at += sizeof(port);
		} else {
			memset(&ool, 0, sizeof(ool));
			ool.address = raw;
			ool.size = random32() % 1000;
			ool.copy = MACH_MSG_PHYSICAL_COPY;
			ool.type = MACH_MSG_OOL_DESCRIPTOR;
			memcpy(raw + at, &ool, sizeof(ool));
			at += sizeof(ool);
		}
	}
	body.msgh_descriptor_count = i;
	memcpy(raw + sizeof(mach_msg_header_t), &body, sizeof(body));
	return (at);
}

static void
fuzz_one(mach_port_t reply_port, mach_port_t other)
{
	/* Those of bootstrap.defs, and some that are near. */
	static const uint32_t sizes[] = { 24, 36, 40, 48, 76, 160, 164, 168,
	    184, 188, 552, 556 };
	static const char *const some[] = { "test.echo", "test.other", "a",
	    "test.registered" };
	union {
		mach_msg_header_t	head;
		char			raw[2100];
	} m;
	size_t at, i, size;
	kern_return_t kr;

	size = random32() % 3 != 0 ? sizes[random32() % 12] :
	    24 + 4 * (random32() % 300);
	for (i = 0; i < size; i++)
		m.raw[i] = random32() % 4 != 0 ? 0 : (char)random32();
	at = sizeof(mach_msg_header_t);
	m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    random32() % 4 == 0 ? 0 : MACH_MSG_TYPE_MAKE_SEND_ONCE);
	if (random32() % 3 == 0 && size >= 48) {
		m.head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		at = random_descriptors(m.raw, size, other);
	}
	at += sizeof(NDR_record_t);
	if (random32() % 2 == 0 && at + BOOTSTRAP_MAX_NAME_LEN <= size) {
		memset(m.raw + at, 0, BOOTSTRAP_MAX_NAME_LEN);
		(void)strcpy(m.raw + at, some[random32() % 4]);
		/* Something after the NUL. */
		if (random32() % 8 == 0)
			m.raw[at + 30] = 1;
	}
	m.head.msgh_size = (mach_msg_size_t)size;
	m.head.msgh_remote_port = bootstrap_port;
	m.head.msgh_local_port = MACH_MSGH_BITS_LOCAL(m.head.msgh_bits) != 0 ?
	    reply_port : MACH_PORT_NULL;
	m.head.msgh_voucher_port = MACH_PORT_NULL;
	m.head.msgh_id = random32() % 4 != 0 ?
	    (mach_msg_id_t)(400 + random32() % 22) : (mach_msg_id_t)random32();
	kr = mach_msg(&m.head, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    (mach_msg_size_t)size, 0, MACH_PORT_NULL, ANSWER_MS,
	    MACH_PORT_NULL);
	if (kr != KERN_SUCCESS)
		fail("a request was refused by the kernel: 0x%x",
		    (unsigned)kr);
	while (mach_msg(&m.head, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(m),
	    reply_port, 0, MACH_PORT_NULL) == KERN_SUCCESS)
		mach_msg_destroy(&m.head);
}

static void
fuzz(unsigned long n)
{
	mach_port_t other, reply_port;

	random_state = 88172645463325252ULL;
	expect(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &reply_port), 0);
	expect(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &other), 0);
	expect(mach_port_insert_right(mach_task_self(), other, other,
	    MACH_MSG_TYPE_MAKE_SEND), 0);
	while (n-- > 0)
		fuzz_one(reply_port, other);
	expect(mach_port_mod_refs(mach_task_self(), reply_port,
	    MACH_PORT_RIGHT_RECEIVE, -1), 0);
}

/* A look-up whose name takes n bytes, whatever libmach thinks of it. */
static void
raw(size_t n, mach_port_t reply_port)
{
	mig_reply_error_t *answer;
	mach_msg_header_t *m;
	size_t size;

	size = round_msg(sizeof(*m) + sizeof(NDR_record_t) + n);
	m = calloc(1, size);
	answer = calloc(1, 1024);
	if (m == NULL || answer == NULL)
		fail("out of memory");
	memset((char *)(m + 1) + sizeof(NDR_record_t), 'x', n);
	m->msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m->msgh_size = (mach_msg_size_t)size;
	m->msgh_remote_port = bootstrap_port;
	m->msgh_local_port = reply_port;
	m->msgh_id = 404;
	expect(mach_msg(m, MACH_SEND_MSG, m->msgh_size, 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL), 0);
	expect(mach_msg(&answer->Head, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    1024, reply_port, ANSWER_MS, MACH_PORT_NULL), 0);
	/* An error, or the kernel's word that nobody will answer. */
	if (answer->Head.msgh_id != MACH_NOTIFY_SEND_ONCE &&
	    (answer->Head.msgh_id != 504 || answer->RetCode == 0))
		fail("answered with %d, %d", answer->Head.msgh_id,
		    (int)answer->RetCode);
	free(m);
	free(answer);
}

/* Look-ups that nobody waits for, as fast as they go. */
static void
flood(const char *name, long ms)
{
	struct timespec begun, ts;
	struct {
		mach_msg_header_t	head;
		NDR_record_t		ndr;
		char			name[128];
		char			rest[32];
	} m;

	(void)clock_gettime(CLOCK_MONOTONIC, &begun);
	do {
		memset(&m, 0, sizeof(m));
		m.head.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
		m.head.msgh_size = sizeof(m);
		m.head.msgh_remote_port = bootstrap_port;
		m.head.msgh_id = 404;
		m.ndr = NDR_record;
		(void)strncpy(m.name, name, sizeof(m.name) - 1);
		expect(mach_msg(&m.head, MACH_SEND_MSG, sizeof(m), 0,
		    MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL), 0);
		(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	} while ((ts.tv_sec - begun.tv_sec) * 1000 +
	    (ts.tv_nsec - begun.tv_nsec) / 1000000 < ms);
}

/*
 * Steps.
 */

static void
step_raw(char **args)
{
	mach_port_t port;

	expect(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port), 0);
	raw(strtoul(args[0], NULL, 10), port);
}

static void
step_flood(char **args)
{

	flood(args[0], atol(args[1]));
}

static void
step_look_up(char **args)
{

	expect(bootstrap_look_up(bootstrap_port, name_of(args[0]), &service),
	    code(args[1]));
}

static void
step_ask(char **args)
{
	struct message m;

	(void)args;
	ask(&m);
	server = m.pid;
}

static void
step_same(char **args)
{
	struct message m;

	(void)args;
	ask(&m);
	if (m.pid != server)
		fail("%d answered, not %d", (int)m.pid, (int)server);
}

static void
step_other(char **args)
{
	struct message m;

	(void)args;
	ask(&m);
	if (m.pid == server)
		fail("still %d", (int)server);
	server = m.pid;
}

static void
step_counted(char **args)
{
	struct message m;

	ask(&m);
	if (m.count != atoi(args[0]))
		fail("%d messages", (int)m.count);
}

static void
step_refs(char **args)
{
	mach_port_urefs_t refs;

	expect(mach_port_get_refs(mach_task_self(), service,
	    MACH_PORT_RIGHT_SEND, &refs), 0);
	if (refs != (mach_port_urefs_t)atoi(args[0]))
		fail("%u references", (unsigned)refs);
}

static void
step_send(char **args)
{

	send_to(atoi(args[0]));
}

static void
step_status(char **args)
{
	bootstrap_status_t status;

	status = -1;
	expect(bootstrap_status(bootstrap_port, args[0], &status),
	    code(args[1]));
	if (status != atoi(args[2]))
		fail("status %d", status);
}

static void
step_check_in(char **args)
{
	mach_port_t port;

	expect(bootstrap_check_in(bootstrap_port, name_of(args[0]), &port),
	    code(args[1]));
}

static void
step_register(char **args)
{

	register_name(name_of(args[0]), code(args[1]));
}

static void
step_unregister(char **args)
{

	expect(bootstrap_register(bootstrap_port, args[0], MACH_PORT_NULL),
	    code(args[1]));
}

static void
step_register_briefly(char **args)
{

	register_briefly(args[0]);
}

static void
step_gone(char **args)
{

	gone(args[0]);
}

static void
step_dead(char **args)
{

	(void)args;
	dead();
}

static void
step_info(char **args)
{

	info(args[0], args[1], atoi(args[2]));
}

static void
step_fork(char **args)
{

	(void)args;
	in_child();
}

static void
step_fuzz(char **args)
{

	fuzz(strtoul(args[0], NULL, 10));
}

static void
step_elapsed(char **args)
{

	elapsed(args[0], args[1]);
}

static void
step_names(char **args)
{

	(void)args;
	names = count_names();
}

static void
step_names_as_before(char **args)
{
	mach_msg_type_number_t n;

	(void)args;
	n = count_names();
	if (n != names)
		fail("%u names, not %u", (unsigned)n, (unsigned)names);
}

static void
step_sh(char **args)
{

	if (system(args[0]) != 0)
		fail("%s: failed", args[0]);
}

/* The service is this special port, of the host or of this process. */
static void
step_host_special(char **args)
{
	mach_port_t port;

	expect(host_get_special_port(mach_host_self(), HOST_LOCAL_NODE,
	    atoi(args[0]), &port), 0);
	if (port != service)
		fail("port 0x%x, not 0x%x", port, service);
}

static void
step_task_special(char **args)
{
	mach_port_t port;

	expect(task_get_special_port(mach_task_self(), atoi(args[0]), &port),
	    0);
	if (port != service)
		fail("port 0x%x, not 0x%x", port, service);
}

/* Look up, ask and give the right back, so many times. */
static void
step_times(char **args)
{
	struct message m;
	mach_port_t port;
	long n;

	port = service;
	for (n = atol(args[1]); n > 0; n--) {
		expect(bootstrap_look_up(bootstrap_port, args[0], &service), 0);
		ask(&m);
		expect(mach_port_deallocate(mach_task_self(), service), 0);
	}
	service = port;
}

static void
step_exit(char **args)
{

	exit(atoi(args[0]));
}

static const struct step {
	const char	*name;
	int		 nargs;
	void		(*run)(char **args);
} steps[] = {
	{ "look-up", 2, step_look_up },
	{ "ask", 0, step_ask },
	{ "same", 0, step_same },
	{ "other", 0, step_other },
	{ "counted", 1, step_counted },
	{ "refs", 1, step_refs },
	{ "send", 1, step_send },
	{ "status", 3, step_status },
	{ "check-in", 2, step_check_in },
	{ "register", 2, step_register },
	{ "unregister", 2, step_unregister },
	{ "register-briefly", 1, step_register_briefly },
	{ "gone", 1, step_gone },
	{ "dead", 0, step_dead },
	{ "info", 3, step_info },
	{ "fork", 0, step_fork },
	{ "fuzz", 1, step_fuzz },
	{ "elapsed", 2, step_elapsed },
	{ "names", 0, step_names },
	{ "names-as-before", 0, step_names_as_before },
	{ "raw", 1, step_raw },
	{ "flood", 2, step_flood },
	{ "host-special", 1, step_host_special },
	{ "task-special", 1, step_task_special },
	{ "sh", 1, step_sh },
	{ "times", 2, step_times },
	{ "exit", 1, step_exit },
};

/* machd greets so many processes at a time; the others come again. */
static void
come_again(char **argv)
{
	const struct timespec pause = { .tv_nsec = 50 * 1000 * 1000 };
	const char *tries;
	char number[16];
	int n;

	tries = getenv("LTOOL_TRIES");
	n = tries != NULL ? atoi(tries) : 0;
	if (n == 0 || mach_task_self() != MACH_PORT_NULL)
		return;
	(void)nanosleep(&pause, NULL);
	(void)snprintf(number, sizeof(number), "%d", n - 1);
	(void)setenv("LTOOL_TRIES", number, 1);
	(void)execv(argv[0], argv);
}

int
main(int argc, char **argv)
{
	const struct step *s;
	int i;

	come_again(argv);
	if (argc == 3 && strcmp(argv[1], "serve") == 0)
		return (serve(argv[2]));
	if (argc == 3 && strcmp(argv[1], "thief") == 0)
		return (thief(argv[2]));
	if (argc == 4 && strcmp(argv[1], "giver") == 0)
		return (giver(argv[2], argv[3]));
	(void)clock_gettime(CLOCK_MONOTONIC, &started);
	for (i = 1; i < argc; i += 1 + s->nargs) {
		step = argv[i];
		for (s = steps; s < steps + sizeof(steps) / sizeof(steps[0]);
		    s++)
			if (strcmp(s->name, argv[i]) == 0)
				break;
		if (s == steps + sizeof(steps) / sizeof(steps[0]) ||
		    i + s->nargs >= argc)
			fail("no such step");
		s->run(argv + i + 1);
	}
	return (0);
}
