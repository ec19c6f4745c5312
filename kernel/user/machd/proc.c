/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What /proc tells about a process.  0 or an errno value; ESRCH when the
 * process is gone.
 */

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

int
proc_open(pid_t pid, const char *file, int flags)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%ld%s%s", (long)pid,
	    *file != '\0' ? "/" : "", file);
	return (open(path, flags | O_CLOEXEC));
}

/* The beginning of a file as a string, or the end of it. */
static int
slurp(pid_t pid, const char *file, char *buf, size_t size, bool end)
{
	char chunk[512];
	size_t have;
	ssize_t n;
	int error, fd;

	fd = proc_open(pid, file, O_RDONLY);
	if (fd < 0)
		return (errno == ENOENT ? ESRCH : errno);
	have = 0;
	for (;;) {
		n = read(fd, chunk, sizeof(chunk));
		if (n <= 0)
			break;
		if (have + (size_t)n >= size) {
			if (!end)
				break;
			/* size is more than two chunks */
			memmove(buf, buf + have - sizeof(chunk),
			    sizeof(chunk));
			have = sizeof(chunk);
		}
		memcpy(buf + have, chunk, (size_t)n);
		have += (size_t)n;
	}
	error = n < 0 ? errno : 0;
	(void)close(fd);
	buf[have] = '\0';
	return (error);
}

static bool
ids(const char *text, const char *key, uint32_t id[3])
{
	const char *p;
	char *end;
	int i;

	p = strstr(text, key);
	if (p == NULL)
		return (false);
	p += strlen(key);
	for (i = 0; i < 3; i++) {
		id[i] = (uint32_t)strtoul(p, &end, 10);
		if (end == p)
			return (false);
		p = end;
	}
	return (true);
}

/* What is between the parentheses. */
static void
comm(const char *buf, const char *end, char *name, size_t size)
{
	const char *p;

	p = strchr(buf, '(');
	if (p != NULL && p < end)
		(void)snprintf(name, size, "%.*s", (int)(end - p - 1), p + 1);
}

int
proc_identity(pid_t pid, struct identity *id)
{
	char buf[2048];
	uint32_t uid[3], gid[3];
	const char *p;
	int error, field;

	memset(id, 0, sizeof(*id));
	error = slurp(pid, "status", buf, sizeof(buf), false);
	if (error != 0)
		return (error);
	if (!ids(buf, "\nUid:", uid) || !ids(buf, "\nGid:", gid))
		return (EPROTO);
	id->id_ruid = uid[0];
	id->id_euid = uid[1];
	id->id_suid = uid[2];
	id->id_rgid = gid[0];
	id->id_egid = gid[1];
	id->id_sgid = gid[2];

	/* pid (comm) state ppid ... ; comm may hold anything. */
	error = slurp(pid, "stat", buf, sizeof(buf), false);
	if (error != 0)
		return (error);
	p = strrchr(buf, ')');
	if (p == NULL)
		return (EPROTO);
	comm(buf, p, id->id_comm, sizeof(id->id_comm));
	for (field = 2, p++; *p != '\0'; p++) {
		if (*p != ' ')
			continue;
		field++;
		if (field == 4)
			id->id_ppid = (pid_t)strtol(p + 1, NULL, 10);
		if (field == 22) {
			id->id_start = strtoull(p + 1, NULL, 10);
			return (0);
		}
	}
	return (EPROTO);
}

/* The child that thread made last, or 0. */
pid_t
proc_newest_child(pid_t pid, pid_t tid)
{
	char buf[2048], file[64];
	size_t n;

	(void)snprintf(file, sizeof(file), "task/%ld/children", (long)tid);
	if (slurp(pid, file, buf, sizeof(buf), true) != 0)
		return (0);
	n = strlen(buf);
	while (n > 0 && !isdigit((unsigned char)buf[n - 1]))
		buf[--n] = '\0';
	while (n > 0 && isdigit((unsigned char)buf[n - 1]))
		n--;
	return ((pid_t)strtol(buf + n, NULL, 10));
}
