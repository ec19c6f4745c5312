/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Bootstrap domains through libmach: TAP.  Run as launchd's command, with a job
 * test.echo that serves that name and one test.foreign.  As the superuser some
 * of it is done as another user in a child.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>
#include <servers/bootstrap_priv.h>

#include "../patience.h"

#define	OTHER_USER	54321
#define	WAIT_MS		patience(10000)

static int count, failed;
static const char *current;

static void
end_case(void)
{

	if (current != NULL)
		(void)printf("ok %d - %s\n", ++count, current);
	current = NULL;
}

static void
begin_case(const char *name)
{

	end_case();
	current = name;
}

static void
expect_at(int line, kern_return_t kr, kern_return_t wanted)
{

	if (kr == wanted || current == NULL)
		return;
	(void)printf("not ok %d - %s\n# line %d: %s (0x%x), expected %s\n",
	    ++count, current, line, bootstrap_strerror(kr), (unsigned)kr,
	    bootstrap_strerror(wanted));
	failed++;
	current = NULL;
}

#define	expect(kr, wanted)	expect_at(__LINE__, kr, wanted)
#define	expect_true(what)	expect_at(__LINE__, (what) ? 0 : 1, 0)

static mach_port_t
make_port(void)
{
	mach_port_t port;

	expect(mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port), 0);
	expect(mach_port_insert_right(mach_task_self(), port, port,
	    MACH_MSG_TYPE_MAKE_SEND), 0);
	return (port);
}

static void
destroy(mach_port_t port)
{

	(void)mach_port_mod_refs(mach_task_self(), port,
	    MACH_PORT_RIGHT_RECEIVE, -1);
}

/* The port dies, now or soon. */
static void
expect_dead(mach_port_t port)
{
	mach_port_t notify, previous;
	union {
		mach_dead_name_notification_t	n;
		char				room[256];
	} m;

	notify = make_port();
	expect(mach_port_request_notification(mach_task_self(), port,
	    MACH_NOTIFY_DEAD_NAME, 1, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous), 0);
	expect(mach_msg(&m.n.not_header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(m), notify, WAIT_MS, MACH_PORT_NULL), 0);
	expect_true(m.n.not_header.msgh_id == MACH_NOTIFY_DEAD_NAME);
}

static void
subsets(void)
{
	mach_port_t found, mine, requestor, sub, subsub, up;

	begin_case("a subset sees what is above it");
	requestor = make_port();
	expect(bootstrap_subset(bootstrap_port, requestor, &sub), 0);
	expect(bootstrap_look_up(sub, "test.echo", &found), 0);
	expect(bootstrap_look_up2(sub, "test.echo", &found, 0,
	    BOOTSTRAP_FORCE_LOCAL), BOOTSTRAP_UNKNOWN_SERVICE);

	begin_case("its owner registers in it, and nowhere else");
	mine = make_port();
	expect(bootstrap_register(bootstrap_port, "test.mine", mine),
	    BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_register(sub, "test.mine", mine), 0);
	expect(bootstrap_look_up(sub, "test.mine", &found), 0);
	expect_true(found == mine);
	expect(bootstrap_look_up(bootstrap_port, "test.mine", &found),
	    BOOTSTRAP_UNKNOWN_SERVICE);
	expect(bootstrap_register(sub, "test.mine", make_port()),
	    BOOTSTRAP_NAME_IN_USE);

	begin_case("a name in a subset hides the one above");
	expect(bootstrap_register(sub, "test.echo", mine), 0);
	expect(bootstrap_look_up(sub, "test.echo", &found), 0);
	expect_true(found == mine);

	begin_case("subsets of subsets, and their parents");
	expect(bootstrap_subset(sub, requestor, &subsub), 0);
	expect(bootstrap_look_up(subsub, "test.mine", &found), 0);
	expect_true(found == mine);
	if (geteuid() == 0) {
		expect(bootstrap_parent(subsub, &up), 0);
		expect_true(up == sub);
		expect(bootstrap_parent(sub, &up), 0);
		expect_true(up == bootstrap_port);
		expect(bootstrap_parent(up, &up), 0);
		expect_true(up == bootstrap_port);
		expect(bootstrap_get_root(subsub, &up), 0);
		expect_true(up == bootstrap_port);
	}

	begin_case("a subset ends with its requestor");
	destroy(requestor);
	expect_dead(sub);
	expect_dead(subsub);

	begin_case("a subset needs a requestor");
	expect(bootstrap_subset(bootstrap_port, MACH_PORT_NULL, &sub),
	    KERN_INVALID_RIGHT);
}

static void
created(void)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
	mach_port_t again, port, requestor, service, sub;
	kern_return_t kr;
	unsigned i;

	begin_case("a service is created, checked in, and comes back");
	requestor = make_port();
	expect(bootstrap_subset(bootstrap_port, requestor, &sub), 0);
	expect(bootstrap_create_service(bootstrap_port, "test.made",
	    &service), BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_create_service(sub, "test.made", &service), 0);
	expect(bootstrap_create_service(sub, "test.made", &port),
	    BOOTSTRAP_NAME_IN_USE);
	expect(bootstrap_check_in(sub, "test.made", &port), 0);
	expect_true(port == service);
	expect(bootstrap_check_in(sub, "test.made", &again),
	    BOOTSTRAP_SERVICE_ACTIVE);
	destroy(port);
	/* launchd hears of it after it has happened: look until then. */
	for (i = 0; i < WAIT_MS / 10; i++) {
		kr = bootstrap_check_in(sub, "test.made", &again);
		if (kr != BOOTSTRAP_SERVICE_ACTIVE)
			break;
		(void)nanosleep(&pause, NULL);
	}
	expect(kr, 0);
	destroy(requestor);
}

/* The other check-in calls, and the one that does nothing. */
static void
check_ins(void)
{
	unsigned char id[sizeof(bootstrap_instance_t)];
	const bootstrap_instance_t none = { 0 };
	mach_port_t before, port, requestor, service, sub;

	begin_case("check_in2 and check_in3, bootstrap_init");
	requestor = make_port();
	expect(bootstrap_subset(bootstrap_port, requestor, &sub), 0);
	expect(bootstrap_create_service(sub, "test.two", &service), 0);
	expect(bootstrap_check_in2(sub, "test.none", &port, 0),
	    BOOTSTRAP_UNKNOWN_SERVICE);
	expect(bootstrap_check_in2(sub, "", &port, 0), BOOTSTRAP_BAD_COUNT);
	expect(bootstrap_check_in2(sub, "test.two", &port,
	    BOOTSTRAP_STRICT_CHECKIN), 0);
	expect_true(port == service);
	expect(bootstrap_check_in2(sub, "test.two", &port, 0),
	    BOOTSTRAP_SERVICE_ACTIVE);
	expect(bootstrap_create_service(sub, "test.three", &service), 0);
	expect(bootstrap_check_in3(sub, "test.three", &port, NULL, 0),
	    KERN_INVALID_ARGUMENT);
	memset(id, 0xff, sizeof(id));
	expect(bootstrap_check_in3(sub, "test.three", &port, id, 0), 0);
	expect_true(port == service);
	expect_true(memcmp(id, none, sizeof(id)) == 0);
	destroy(requestor);
	before = bootstrap_port;
	bootstrap_init();
	expect_true(bootstrap_port == before && before != MACH_PORT_NULL);
}

static void
per_pid(void)
{
	mach_port_t found, mine;

	begin_case("names of a process");
	mine = make_port();
	expect(bootstrap_register2(bootstrap_port, "test.pid", mine,
	    BOOTSTRAP_PER_PID_SERVICE), 0);
	expect(bootstrap_look_up(bootstrap_port, "test.pid", &found),
	    BOOTSTRAP_UNKNOWN_SERVICE);
	expect(bootstrap_look_up2(bootstrap_port, "test.pid", &found, getpid(),
	    BOOTSTRAP_PER_PID_SERVICE), 0);
	expect_true(found == mine);
	expect(bootstrap_look_up2(bootstrap_port, "test.pid", &found,
	    getpid() + 1, BOOTSTRAP_PER_PID_SERVICE),
	    BOOTSTRAP_UNKNOWN_SERVICE);
	expect(bootstrap_register2(bootstrap_port, "test.pid", MACH_PORT_NULL,
	    BOOTSTRAP_PER_PID_SERVICE), 0);
	expect(bootstrap_look_up2(bootstrap_port, "test.pid", &found, getpid(),
	    BOOTSTRAP_PER_PID_SERVICE), BOOTSTRAP_UNKNOWN_SERVICE);
}

static void
instances(void)
{
	const unsigned char none[16] = { 0 }, other[16] = { 1 };
	mach_port_t found;

	begin_case("the one instance of a job");
	expect(bootstrap_look_up3(bootstrap_port, "test.echo", &found, 0, none,
	    BOOTSTRAP_SPECIFIC_INSTANCE), 0);
	expect(bootstrap_look_up3(bootstrap_port, "test.echo", &found, 0,
	    other, BOOTSTRAP_SPECIFIC_INSTANCE), BOOTSTRAP_UNKNOWN_SERVICE);

	begin_case("a server of the system");
	expect(bootstrap_look_up2(bootstrap_port, "test.echo", &found, 0,
	    BOOTSTRAP_PRIVILEGED_SERVER), 0);
}

static void
unprivileged(void)
{
	mach_port_t found, port, same;

	begin_case("an unprivileged port looks up and changes nothing");
	expect(bootstrap_unprivileged(bootstrap_port, &port), 0);
	expect(bootstrap_unprivileged(port, &same), 0);
	expect_true(port == same);
	expect(bootstrap_look_up(port, "test.echo", &found), 0);
	expect(bootstrap_register2(port, "test.pid", make_port(),
	    BOOTSTRAP_PER_PID_SERVICE), BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_subset(port, make_port(), &found),
	    BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_check_in(port, "test.echo", &found),
	    BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_create_server(port, "/bin/true", geteuid(), true,
	    &found), BOOTSTRAP_NOT_PRIVILEGED);
}

static void
children(void)
{
	bootstrap_property_array_t properties;
	mach_msg_type_number_t i, n;
	mach_port_array_t ports;
	mach_port_t requestor, sub;
	name_array_t names;
	bool seen;

	begin_case("the domains below");
	requestor = make_port();
	expect(bootstrap_subset(bootstrap_port, requestor, &sub), 0);
	expect(bootstrap_lookup_children(bootstrap_port, &ports, &names,
	    &properties, &n), 0);
	seen = false;
	for (i = 0; current != NULL && i < n; i++)
		if (ports[i] == sub &&
		    properties[i] == BOOTSTRAP_PROPERTY_EXPLICITSUBSET &&
		    strncmp(names[i], "subset/", 7) == 0)
			seen = true;
	expect_true(seen);
	expect(bootstrap_lookup_children(sub, &ports, &names, &properties, &n),
	    BOOTSTRAP_NO_CHILDREN);
	destroy(requestor);
	expect_dead(sub);
}

static void
servers(void)
{
	mach_port_t found, server, service;

	begin_case("a server made by a program, on demand");
	/* It answers as test.echo's job does: its name is test.server. */
	expect(bootstrap_create_server(bootstrap_port, "", geteuid(), true,
	    &server), BOOTSTRAP_BAD_COUNT);
	expect(bootstrap_create_server(bootstrap_port, "/bin/sleep 1000",
	    geteuid(), true, &server), 0);
	expect(bootstrap_create_service(server, "test.server", &service), 0);
	expect(bootstrap_look_up(bootstrap_port, "test.server", &found), 0);
	expect_true(found == service);
	expect(bootstrap_check_in(server, "test.server", &found),
	    BOOTSTRAP_NOT_PRIVILEGED);
}

static void
per_user(void)
{
	mach_port_t found;

	begin_case("another user's domain sees the system's");
	expect(bootstrap_look_up_per_user(bootstrap_port, "test.echo",
	    OTHER_USER, &found), 0);
	expect(bootstrap_look_up_per_user(bootstrap_port, "test.none",
	    OTHER_USER, &found), BOOTSTRAP_UNKNOWN_SERVICE);
}

/* What an ordinary user may not do to the system's domain. */
static void
as_user(void)
{
	bootstrap_property_array_t properties;
	mach_msg_type_number_t n;
	mach_port_array_t ports;
	mach_port_t found;
	name_array_t names;

	begin_case("an ordinary user");
	expect(bootstrap_look_up(bootstrap_port, "test.echo", &found), 0);
	expect(bootstrap_parent(bootstrap_port, &found),
	    BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_get_root(bootstrap_port, &found),
	    BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_lookup_children(bootstrap_port, &ports, &names,
	    &properties, &n), BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_create_server(bootstrap_port, "/bin/true", 0, true,
	    &found), BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_create_server(bootstrap_port, "/bin/true",
	    OTHER_USER, true, &found), BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_look_up_per_user(bootstrap_port, "test.echo", 0,
	    &found), BOOTSTRAP_NOT_PRIVILEGED);
	expect(bootstrap_look_up_per_user(bootstrap_port, "test.echo",
	    OTHER_USER, &found), 0);
	end_case();
}

static void
limits(void)
{
	mach_port_t requestor, sub;
	int i;

	begin_case("subsets of a user are limited");
	requestor = make_port();
	for (i = 0; i < 1000; i++)
		if (bootstrap_subset(bootstrap_port, requestor, &sub) != 0)
			break;
	expect_true(i > 10 && i < 1000);
	destroy(requestor);
	expect_dead(sub);
	requestor = make_port();
	expect(bootstrap_subset(bootstrap_port, requestor, &sub), 0);
	destroy(requestor);
}

int
main(void)
{
	pid_t pid;
	int status;

	subsets();
	created();
	check_ins();
	per_pid();
	instances();
	unprivileged();
	if (geteuid() == 0)
		children();
	servers();
	if (geteuid() == 0)
		per_user();
	limits();
	end_case();
	if (geteuid() == 0) {
		(void)fflush(stdout);
		pid = fork();
		if (pid == 0) {
			if (setuid(OTHER_USER) == -1)
				_exit(9);
			as_user();
			(void)fflush(stdout);
			_exit(failed != 0);
		}
		if (waitpid(pid, &status, 0) != pid || status != 0)
			failed++;
		count++;
	}
	(void)printf("1..%d\n", count);
	return (failed != 0);
}
