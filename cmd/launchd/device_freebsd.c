/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What devd(8) says, a line a packet.  It may be a job that is started after
 * those that listen to it, and may end: its socket's path is watched.
 */

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "device.h"
#include "launchd.h"

#define	DEVD	"/var/run/devd.seqpacket.pipe"

static struct loop_file source = { .lf_fd = -1 };
static struct loop_path place;
static void (*found)(const char *);

static void
ready(struct loop_file *f)
{
	char line[4096], pairs[4096];
	ssize_t n;

	n = recv(f->lf_fd, line, sizeof(line) - 1, MSG_DONTWAIT);
	if (n == 0 || (n == -1 && errno != EAGAIN && errno != EINTR)) {
		/* It ended: until there is another. */
		loop_remove_file(f);
		(void)close(f->lf_fd);
		f->lf_fd = -1;
		return;
	}
	if (n <= 0)
		return;
	line[n] = '\0';
	if (device_pairs(line, pairs, sizeof(pairs)))
		found(pairs);
}

static void
connect_to_it(struct loop_path *p)
{
	struct sockaddr_un sun;

	(void)p;
	if (source.lf_fd != -1)
		return;
	source.lf_fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (source.lf_fd == -1)
		return;
	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	(void)strcpy(sun.sun_path, DEVD);
	source.lf_ready = ready;
	if (connect(source.lf_fd, (struct sockaddr *)&sun, sizeof(sun)) != -1 &&
	    loop_add_file(&source) == 0)
		return;
	(void)close(source.lf_fd);
	source.lf_fd = -1;
}

int
device_watch(void (*fn)(const char *pairs))
{
	int error;

	if (found != NULL)
		return (0);
	place.lp_path = DEVD;
	place.lp_changed = connect_to_it;
	error = loop_add_path(&place);
	if (error != 0)
		return (error);
	found = fn;
	connect_to_it(&place);
	return (0);
}
