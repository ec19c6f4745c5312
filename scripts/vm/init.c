/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Process 1 of a FreeBSD guest that "./do vm" starts: loads /mach.ko, runs
 * every program in /tests in the order of their names, unloads the module, and
 * powers the machine off.  The console tells what happened; the last line that
 * starts with "vm:" is the result.
 *
 * A module that was loaded with the kernel is tested as it is; then it is
 * unloaded, and all is done again with one that is loaded.  With kern.vm_inuse
 * in the kernel environment that program of /tests is started at the end, and
 * the machine is powered off while it uses Mach.
 *
 * A test passes with exit status 0 and is skipped with 77.  One that takes
 * longer than kern.vm_timeout seconds of the kernel environment (120) is
 * killed.
 */

#include <sys/param.h>
#include <sys/linker.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/sysctl.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <kenv.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define	MODULE	"/mach.ko"
#define	TESTS	"/tests"

static unsigned passed, failed, skipped;

static void
mount_on(const char *type, const char *path, bool update)
{
	char nothing[] = "", fstype[] = "fstype", fspath[] = "fspath",
	    noro[] = "noro";
	struct iovec iov[] = {
		{ fstype, sizeof(fstype) },
		{ (void *)(uintptr_t)type, strlen(type) + 1 },
		{ fspath, sizeof(fspath) },
		{ (void *)(uintptr_t)path, strlen(path) + 1 },
		{ noro, sizeof(noro) },
		{ nothing, 0 }
	};

	if (nmount(iov, update ? 6 : 4, update ? MNT_UPDATE : 0) != 0)
		printf("vm: mount %s on %s: %s\n", type, path,
		    strerror(errno));
}

static void
console(void)
{
	struct termios t;
	int fd;

	fd = open("/dev/console", O_RDWR);
	if (fd < 0)
		return;
	(void)dup2(fd, 0);
	(void)dup2(fd, 1);
	(void)dup2(fd, 2);
	if (fd > 2)
		(void)close(fd);
	if (tcgetattr(1, &t) == 0) {
		t.c_oflag |= OPOST | ONLCR;
		t.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(1, TCSANOW, &t);
	}
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
}

static unsigned
test_timeout(void)
{
	char value[KENV_MVALLEN + 1];
	int seconds;

	if (kenv(KENV_GET, "kern.vm_timeout", value, sizeof(value)) <= 0)
		return (120);
	seconds = atoi(value);
	return (seconds > 0 ? (unsigned)seconds : 120);
}

static void
nothing(int sig)
{

	(void)sig;
}

static void
run_test(const char *name)
{
	char path[MAXPATHLEN];
	char *argv[] = { path, NULL };
	pid_t pid, w;
	int status;

	(void)snprintf(path, sizeof(path), "%s/%s", TESTS, name);
	pid = fork();
	if (pid == 0) {
		(void)setsid();
		(void)chdir("/tmp");
		execv(path, argv);
		printf("vm: %s: %s\n", path, strerror(errno));
		_exit(127);
	}
	status = -1;
	if (pid > 0) {
		(void)alarm(test_timeout());
		/* Orphans of a test become ours as well. */
		while ((w = waitpid(-1, &status, 0)) != pid) {
			if (w < 0 && errno == EINTR) {
				(void)printf("vm: %s took too long\n", name);
				(void)kill(-pid, SIGKILL);
			} else if (w < 0)
				break;
		}
		(void)alarm(0);
		(void)kill(-pid, SIGKILL);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		passed++;
		printf("vm: passed %s\n", name);
	} else if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
		skipped++;
		printf("vm: skipped %s\n", name);
	} else {
		failed++;
		printf("vm: failed %s (wait status 0x%x)\n", name,
		    (unsigned)status);
	}
}

static int
visible(const struct dirent *d)
{

	return (d->d_name[0] != '.');
}

static void
run_tests(void)
{
	struct dirent **list;
	int i, n;

	n = scandir(TESTS, &list, visible, alphasort);
	if (n <= 0) {
		printf("vm: no tests in %s\n", TESTS);
		failed++;
		return;
	}
	for (i = 0; i < n; i++)
		run_test(list[i]->d_name);
}

static long
ports(void)
{
	size_t len;
	long n;

	len = sizeof(n);
	if (sysctlbyname("kern.mach.count.ports", &n, &len, NULL, 0) != 0)
		return (0);
	return (n);
}

/* Starts what uses Mach while the machine goes down. */
static void
leave_in_use(const char *name)
{
	char path[MAXPATHLEN];
	char *argv[] = { path, NULL };
	unsigned tenths;

	(void)snprintf(path, sizeof(path), "%s/%s", TESTS, name);
	switch (fork()) {
	case -1:
		printf("vm: fork: %s\n", strerror(errno));
		failed++;
		return;
	case 0:
		(void)setsid();
		(void)chdir("/tmp");
		execv(path, argv);
		_exit(127);
	}
	/* Any program may be named: no event tells that it uses Mach. */
	for (tenths = 0; ports() == 0 && tenths < 600; tenths++)
		(void)usleep(100000);
	if (ports() == 0) {
		printf("vm: %s uses no Mach\n", name);
		failed++;
	} else
		printf("vm: powering off with %ld ports\n", ports());
}

/* The tests, and the end of the module unless it stays. */
static void
run_with(int id, bool stays)
{

	run_tests();
	/* What a test left behind would make this fail. */
	if (stays)
		return;
	if (kldunload(id) != 0) {
		printf("vm: kldunload: %s\n", strerror(errno));
		failed++;
	} else
		printf("vm: %s is unloaded\n", MODULE);
}

int
main(void)
{
	char inuse[KENV_MVALLEN + 1];
	struct sigaction sa = { .sa_handler = nothing };
	int id;

	console();
	(void)sigaction(SIGALRM, &sa, NULL);
	mount_on("ufs", "/", true);
	mount_on("tmpfs", "/tmp", false);
	(void)setenv("PATH", "/sbin:/bin:/usr/sbin:/usr/bin:/tests", 1);

	if (kenv(KENV_GET, "kern.vm_inuse", inuse, sizeof(inuse)) <= 0)
		inuse[0] = '\0';
	id = kldfind("mach.ko");
	if (id >= 0) {
		printf("vm: mach.ko was loaded before init\n");
		run_with(id, false);
	}
	id = kldload(MODULE);
	if (id < 0) {
		printf("vm: kldload %s: %s\n", MODULE, strerror(errno));
		failed++;
	} else {
		printf("vm: %s is loaded\n", MODULE);
		run_with(id, inuse[0] != '\0');
		if (inuse[0] != '\0')
			leave_in_use(inuse);
	}
	printf("vm: %u passed, %u failed, %u skipped\n", passed, failed,
	    skipped);
	(void)fflush(stdout);
	(void)tcdrain(1);
	(void)reboot(RB_NOSYNC | RB_POWEROFF | RB_HALT);
	for (;;)
		(void)pause();
}
