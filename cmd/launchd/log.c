/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The log.  Each line is one write(2), so that nobody else's mixes with it.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "log.h"

static int log_fd = STDERR_FILENO;
static const char *log_path;
static bool log_debug;

void
log_verbose(void)
{

	log_debug = true;
}

/* The number of the descriptor stays when the file changes. */
int
log_open(const char *path)
{
	int fd;

	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC |
	    O_NONBLOCK | O_NOCTTY, 0644);
	if (fd == -1)
		return (errno);
	if (log_path == NULL) {
		log_fd = fd;
		log_path = path;
		return (0);
	}
	if (dup2(fd, log_fd) != -1)
		(void)fcntl(log_fd, F_SETFD, FD_CLOEXEC);
	(void)close(fd);
	return (0);
}

void
log_reopen(void)
{
	int error;

	if (log_path == NULL)
		return;
	error = log_open(log_path);
	if (error != 0)
		log_line(LOG_ERROR, NULL, 0, "cannot reopen %s: %s", log_path,
		    strerror(error));
}

static bool
put(const char *line, size_t size)
{
	ssize_t n;

	do
		n = write(log_fd, line, size);
	while (n == -1 && errno == EINTR);
	return (n != -1);
}

/* A console is taken away from its users by the next one: it is reopened. */
static void
log_va(enum log_level level, const char *label, pid_t pid, const char *fmt,
    va_list ap)
{
	static const char *const names[] = {
		"error", "warning", "notice", "debug",
	};
	char line[1024], when[32], who[24];
	struct timespec ts;
	struct tm tm;
	size_t at;
	int error, n;

	if (level == LOG_DEBUG && !log_debug)
		return;
	error = errno;
	(void)clock_gettime(CLOCK_REALTIME, &ts);
	(void)localtime_r(&ts.tv_sec, &tm);
	(void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &tm);
	who[0] = '\0';
	if (pid != 0)
		(void)snprintf(who, sizeof(who), "[%ld]", (long)pid);
	n = snprintf(line, sizeof(line), "%s.%03d %s %.200s%s: ", when,
	    (int)(ts.tv_nsec / 1000000), names[level],
	    label != NULL ? label : "launchd", who);
	at = n < 0 ? 0 : (size_t)n;
	n = vsnprintf(line + at, sizeof(line) - at - 1, fmt, ap);
	if (n > 0)
		at += (size_t)n < sizeof(line) - at - 2 ? (size_t)n :
		    sizeof(line) - at - 2;
	/* A line is a line whatever a name or a path holds. */
	for (size_t i = 0; i < at; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	line[at++] = '\n';
	if (!put(line, at) && errno != EAGAIN && errno != ENOSPC &&
	    log_path != NULL && log_open(log_path) == 0)
		(void)put(line, at);
	errno = error;
}

void
log_line(enum log_level level, const char *label, pid_t pid, const char *fmt,
    ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_va(level, label, pid, fmt, ap);
	va_end(ap);
}

/*
 * `full` is when the bucket would be full again: a line moves it on by one
 * line's time.
 */
static bool
client_may_log(void)
{
	static uint64_t full, left_out;
	const uint64_t line_ms = 1000 / LOG_CLIENT_RATE;
	struct timespec ts;
	uint64_t ms;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	ms = (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
	if (full < ms)
		full = ms;
	if (full - ms > (LOG_CLIENT_BURST - 1) * line_ms) {
		left_out++;
		return (false);
	}
	full += line_ms;
	if (left_out != 0) {
		log_line(LOG_WARNING, NULL, 0, "%llu lines about clients were "
		    "left out", (unsigned long long)left_out);
		left_out = 0;
	}
	return (true);
}

void
log_client(const char *label, pid_t pid, const char *fmt, ...)
{
	va_list ap;

	if (!client_may_log())
		return;
	va_start(ap, fmt);
	log_va(LOG_WARNING, label, pid, fmt, ap);
	va_end(ap);
}

void
log_client_notice(const char *label, pid_t pid, const char *fmt, ...)
{
	va_list ap;

	if (!client_may_log())
		return;
	va_start(ap, fmt);
	log_va(LOG_NOTICE, label, pid, fmt, ap);
	va_end(ap);
}
