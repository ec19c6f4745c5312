/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Process 1 of a container, or of a system without another: init.h is its
 * model.  Whoever made the process has mounted what is needed; rc(8) and the
 * classes of login.conf(5) are FreeBSD's.
 */

#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>

#include <fcntl.h>
#include <termios.h>

#include "init.h"
#include "launchd.h"

void
init_mount_devices(void)
{
}

void
init_mount_root(void)
{
}

char *
init_rc(void)
{

	return (NULL);
}

char *
init_shell(void)
{
	static char path[] = "/bin/sh";

	return (path);
}

bool
init_console_secure(void)
{

	return (true);
}

void
init_take_console(void)
{
	int fd;

	fd = open("/dev/console", O_RDWR);
	if (fd == -1)
		return;
	(void)ioctl(fd, TIOCSCTTY, 0);
	init_standard_files(fd);
}

void
init_login_class(const char *name)
{

	(void)name;
}

bool
init_load_kernel(void)
{

	return (false);
}

unsigned
init_shutdown_time(void)
{

	return (120);
}

void
init_secure(void)
{
}

void
init_reboot(int how)
{

	(void)reboot(how == 'p' ? RB_POWER_OFF :
	    how == 'h' ? RB_HALT_SYSTEM : RB_AUTOBOOT);
}

bool
init_can_reroot(const char *self)
{

	(void)self;
	return (false);
}

void
init_reroot(void)
{
}

void
init_reroot_finish(void)
{
}

void
init_reroot_clean(void)
{
}

void
ttys_read(void)
{
}
