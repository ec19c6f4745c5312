/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The kernel's uevents: "ACTION@PATH", then pairs, with a NUL after each.
 */

#include <sys/types.h>
#include <sys/socket.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <linux/netlink.h>

#include "device.h"
#include "launchd.h"

#define	KERNEL_GROUP	1

static struct loop_file source = { .lf_fd = -1 };
static void (*found)(const char *);

static void
ready(struct loop_file *f)
{
	struct sockaddr_nl from;
	char event[8192];
	socklen_t size;
	ssize_t n;

	size = sizeof(from);
	n = recvfrom(f->lf_fd, event, sizeof(event) - 2, MSG_DONTWAIT,
	    (struct sockaddr *)&from, &size);
	/* A process may send to the group as well. */
	if (n <= 0 || from.nl_pid != 0)
		return;
	event[n] = event[n + 1] = '\0';
	if (strlen(event) + 1 < (size_t)n)
		found(event + strlen(event) + 1);
}

int
device_watch(void (*fn)(const char *pairs))
{
	struct sockaddr_nl nl;
	int error;

	if (source.lf_fd != -1)
		return (0);
	source.lf_fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
	    NETLINK_KOBJECT_UEVENT);
	if (source.lf_fd == -1)
		return (errno);
	memset(&nl, 0, sizeof(nl));
	nl.nl_family = AF_NETLINK;
	nl.nl_groups = KERNEL_GROUP;
	source.lf_ready = ready;
	found = fn;
	error = bind(source.lf_fd, (struct sockaddr *)&nl, sizeof(nl)) == -1 ?
	    errno : loop_add_file(&source);
	if (error != 0) {
		(void)close(source.lf_fd);
		source.lf_fd = -1;
	}
	return (error);
}
