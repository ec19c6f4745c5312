/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Jails for launchd_jails.sh.
 *
 *	jailtool create NAME		prints its number
 *	jailtool remove JID
 *	jailtool exec JID COMMAND ...	inside, with the jail's bootstrap port
 *	jailtool keep JID COMMAND ...	inside, with the one it had outside
 *	jailtool powers			what nobody in a jail may do: it fails
 *					when one of them is allowed
 */

#include <sys/param.h>
#include <sys/jail.h>
#include <sys/uio.h>

#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <servers/bootstrap_priv.h>

static void
put(struct iovec *iov, const char *s)
{

	iov->iov_base = __DECONST(char *, s);
	iov->iov_len = s != NULL ? strlen(s) + 1 : 0;
}

static int
create(const char *name)
{
	struct iovec iov[6];
	int jid;

	put(&iov[0], "path");
	put(&iov[1], "/");
	put(&iov[2], "name");
	put(&iov[3], name);
	put(&iov[4], "persist");
	put(&iov[5], NULL);
	jid = jail_set(iov, 6, JAIL_CREATE);
	if (jid == -1)
		err(1, "jail_set");
	(void)printf("%d\n", jid);
	return (0);
}

static void __attribute__((noreturn))
run(int jid, bool keep, char **argv)
{
	mach_port_t port;

	port = bootstrap_port;
	if (jail_attach(jid) == -1)
		err(1, "jail_attach");
	if (keep && task_set_bootstrap_port(mach_task_self(), port) !=
	    KERN_SUCCESS)
		errx(1, "the port is lost");
	(void)execvp(argv[0], argv);
	err(1, "%s", argv[0]);
}

static void
denied(const char *what, kern_return_t kr)
{

	if (kr != BOOTSTRAP_NOT_PRIVILEGED)
		errx(1, "%s: %s (0x%x)", what, bootstrap_strerror(kr),
		    (unsigned)kr);
}

static int
powers(void)
{
	mach_msg_type_number_t n;
	bootstrap_property_array_t properties;
	mach_port_array_t children;
	mach_port_t port;
	name_array_t names;
	char command[] = "/bin/sh -c /usr/bin/true", name[] = "test.mine";

	if (!MACH_PORT_VALID(bootstrap_port))
		errx(1, "there is no bootstrap port");
	denied("parent", bootstrap_parent(bootstrap_port, &port));
	denied("root", bootstrap_get_root(bootstrap_port, &port));
	denied("children", bootstrap_lookup_children(bootstrap_port, &children,
	    &names, &properties, &n));
	denied("server", bootstrap_create_server(bootstrap_port, command, 0,
	    false, &port));
	denied("service", bootstrap_create_service(bootstrap_port, name,
	    &port));
	denied("user", bootstrap_look_up_per_user(bootstrap_port, name, 0,
	    &port));
	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &port) != KERN_SUCCESS || mach_port_insert_right(mach_task_self(),
	    port, port, MACH_MSG_TYPE_MAKE_SEND) != KERN_SUCCESS)
		errx(1, "no port");
	denied("register", bootstrap_register(bootstrap_port, name, port));
	return (0);
}

int
main(int argc, char **argv)
{

	if (argc == 3 && strcmp(argv[1], "create") == 0)
		return (create(argv[2]));
	if (argc == 3 && strcmp(argv[1], "remove") == 0) {
		if (jail_remove(atoi(argv[2])) == -1)
			err(1, "jail_remove");
		return (0);
	}
	if (argc > 3 && strcmp(argv[1], "exec") == 0)
		run(atoi(argv[2]), false, argv + 3);
	if (argc > 3 && strcmp(argv[1], "keep") == 0)
		run(atoi(argv[2]), true, argv + 3);
	if (argc == 2 && strcmp(argv[1], "powers") == 0)
		return (powers());
	errx(2, "usage: see the source");
}
