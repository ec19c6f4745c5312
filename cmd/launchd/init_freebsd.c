/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * FreeBSD's side of process 1: init.h is its model.  Variables of the kernel's
 * environment, kenv(1), say what is to run: launchd_rc is the script that is
 * rc(8), and init_shell the single user's shell, as for init(8).
 */

#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/linker.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/uio.h>

#include <errno.h>
#include <fcntl.h>
#include <kenv.h>
#include <login_cap.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <ttyent.h>
#include <unistd.h>

#include "init.h"
#include "launchd.h"

#define	CONSOLE		"/dev/console"
#define	SHUTDOWN_TIME	120

/* False: it is not set, or is empty. */
static bool
kernel_variable(const char *name, char *value, int size)
{

	return (kenv(KENV_GET, name, value, size) > 1);
}

static int
mount_on(const char *type, const char *path, bool update)
{
	static char fspath[] = "fspath", fstype[] = "fstype", noro[] = "noro";
	struct iovec iov[] = {
		{ fstype, sizeof(fstype) },
		{ __DECONST(char *, type), strlen(type) + 1 },
		{ fspath, sizeof(fspath) },
		{ __DECONST(char *, path), strlen(path) + 1 },
		{ noro, sizeof(noro) },
		{ NULL, 0 }
	};

	return (nmount(iov, update ? 6 : 4, update ? MNT_UPDATE : 0));
}

/* Without a devfs of its own /dev is a directory of the root's. */
void
init_mount_devices(void)
{
	struct stat dev, root;

	(void)setlogin("root");
	if (stat("/", &root) == 0 && stat("/dev", &dev) == 0 &&
	    dev.st_dev == root.st_dev)
		(void)mount_on("devfs", "/dev", false);
}

void
init_mount_root(void)
{
	struct statfs fs;

	if (statfs("/", &fs) == -1 || (fs.f_flags & MNT_RDONLY) == 0)
		return;
	if (mount_on(fs.f_fstypename, "/", true) == -1)
		log_line(LOG_ERROR, NULL, 0, "cannot mount / for writing: %s: "
		    "see fsck(8)", strerror(errno));
}

char *
init_rc(void)
{
	static char path[PATH_MAX];

	if (path[0] == '\0' &&
	    !kernel_variable("launchd_rc", path, sizeof(path)))
		return (NULL);
	return (path);
}

char *
init_shell(void)
{
	static char path[PATH_MAX];

	if (!kernel_variable("init_shell", path, sizeof(path)))
		(void)snprintf(path, sizeof(path), "/bin/sh");
	return (path);
}

bool
init_console_secure(void)
{
	const struct passwd *pw;
	const struct ttyent *tty;

	tty = getttynam("console");
	if (tty == NULL || (tty->ty_status & TTY_SECURE) != 0)
		return (true);
	pw = getpwnam("root");
	return (pw == NULL || pw->pw_passwd[0] == '\0');
}

void
init_take_console(void)
{
	int fd;

	/* Whoever had it loses it. */
	(void)revoke(CONSOLE);
	fd = open(CONSOLE, O_RDWR | O_NONBLOCK);
	if (fd != -1) {
		(void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
		(void)ioctl(fd, TIOCSCTTY, NULL);
	} else
		fd = open("/dev/null", O_RDWR);
	init_standard_files(fd);
}

void
init_login_class(const char *name)
{
	login_cap_t *lc;

	lc = login_getclassbyname(name, NULL);
	if (lc == NULL)
		return;
	(void)setusercontext(lc, NULL, 0, LOGIN_SETENV | LOGIN_SETPRIORITY |
	    LOGIN_SETRESOURCES | LOGIN_SETLOGINCLASS | LOGIN_SETCPUMASK);
	login_close(lc);
}

bool
init_load_kernel(void)
{

	if (kldload("mach") != -1)
		return (true);
	log_line(LOG_ERROR, NULL, 0, "cannot load mach.ko: %s",
	    strerror(errno));
	return (false);
}

unsigned
init_shutdown_time(void)
{
	size_t size;
	int seconds;

	size = sizeof(seconds);
	if (sysctlbyname("kern.init_shutdown_timeout", &seconds, &size, NULL,
	    0) == -1 || seconds < 2)
		return (SHUTDOWN_TIME);
	return ((unsigned)seconds);
}

/* With several users a system that says nothing else is secure. */
void
init_secure(void)
{
	size_t size;
	int level;

	size = sizeof(level);
	if (sysctlbyname("kern.securelevel", &level, &size, NULL, 0) == -1 ||
	    level != 0)
		return;
	level = 1;
	if (sysctlbyname("kern.securelevel", NULL, NULL, &level,
	    sizeof(level)) == -1)
		log_line(LOG_ERROR, NULL, 0, "kern.securelevel: %s",
		    strerror(errno));
}

void
init_reboot(int how)
{

	(void)reboot(how == 'p' ? RB_HALT | RB_POWEROFF :
	    how == 'c' ? RB_HALT | RB_POWERCYCLE :
	    how == 'h' ? RB_HALT : RB_AUTOBOOT);
}
