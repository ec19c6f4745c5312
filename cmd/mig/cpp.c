/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The C preprocessor, as a process: cc -E, without a shell.
 */

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mig.h"

/* Split the compiler's words: "ccache gcc -m32" is one. */
static size_t
split(char *text, char **words, size_t room)
{
	size_t n;
	char *p;

	n = 0;
	for (p = strtok(text, " \t"); p != NULL && n < room;
	    p = strtok(NULL, " \t"))
		words[n++] = p;
	return (n);
}

static void
run(const struct options *o, const char *file, int out)
{
	char **argv, *cc;
	size_t n, i;

	cc = (char *)(size_t)copy_string(o->cc, strlen(o->cc));
	argv = get((o->ncpp + 64) * sizeof(*argv));
	n = split(cc, argv, 32);
	if (n == 0)
		fatal("no compiler given");
	argv[n++] = "-E";
	argv[n++] = "-x";
	argv[n++] = "c";
	argv[n++] = "-D__MACH30__";
	for (i = 0; i < o->ncpp; i++)
		argv[n++] = o->cpp[i];
	argv[n++] = (char *)(size_t)file;
	argv[n] = NULL;
	if (dup2(out, STDOUT_FILENO) == -1)
		_exit(126);
	execvp(argv[0], argv);
	fprintf(stderr, "mig: %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static char *
read_all(int fd, size_t *length)
{
	char *text, *bigger;
	size_t room, used;
	ssize_t n;

	room = 65536;
	used = 0;
	text = malloc(room + 1);
	if (text == NULL)
		fatal("no memory");
	for (;;) {
		n = read(fd, text + used, room - used);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		used += (size_t)n;
		if (used == room) {
			room *= 2;
			bigger = realloc(text, room + 1);
			if (bigger == NULL)
				fatal("no memory");
			text = bigger;
		}
	}
	text[used] = '\0';
	*length = used;
	return (text);
}

char *
cpp_run(const struct options *o, const char *file, size_t *length)
{
	int fds[2], status;
	char *text;
	pid_t pid;

	fflush(stderr);
	if (pipe(fds) == -1)
		fatal("pipe: %s", strerror(errno));
	pid = fork();
	if (pid == -1)
		fatal("fork: %s", strerror(errno));
	if (pid == 0) {
		close(fds[0]);
		run(o, file, fds[1]);
	}
	close(fds[1]);
	text = read_all(fds[0], length);
	close(fds[0]);
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			fatal("waitpid: %s", strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "mig: %s: the preprocessor failed\n", file);
		free(text);
		return (NULL);
	}
	return (text);
}
