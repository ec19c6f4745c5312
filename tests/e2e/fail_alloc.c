/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fault injection for launchd: linked into it with --wrap for each of these,
 * this lets the allocation fail whose number in order FAIL_ALLOC_AT says, once.
 * Those of children are not counted, nor those that a static program's library
 * makes before it runs main(): reexec_init() is the first that main() calls.
 */

#include <sys/types.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void	*__real_malloc(size_t size);
void	*__real_calloc(size_t n, size_t size);
void	*__real_realloc(void *p, size_t size);
void	*__wrap_malloc(size_t size);
void	*__wrap_calloc(size_t n, size_t size);
void	*__wrap_realloc(void *p, size_t size);
char	*__wrap_strdup(const char *s);
void	__real_reexec_init(int argc, char **argv);
void	__wrap_reexec_init(int argc, char **argv);

static bool begun;
static int calls, fail_at;
static pid_t self;			/* 0: not begun */

static bool
fails(void)
{
	static const char said[] = "an allocation fails\n";
	const char *s;

	if (!begun)
		return (false);
	if (self == 0) {
		self = getpid();
		s = getenv("FAIL_ALLOC_AT");
		fail_at = s != NULL ? atoi(s) : 0;
	}
	if (++calls != fail_at || getpid() != self)
		return (false);
	(void)!write(STDERR_FILENO, said, sizeof(said) - 1);
	errno = ENOMEM;
	return (true);
}

void
__wrap_reexec_init(int argc, char **argv)
{

	begun = true;
	__real_reexec_init(argc, argv);
}

void *
__wrap_malloc(size_t size)
{

	return (fails() ? NULL : __real_malloc(size));
}

void *
__wrap_calloc(size_t n, size_t size)
{

	return (fails() ? NULL : __real_calloc(n, size));
}

void *
__wrap_realloc(void *p, size_t size)
{

	return (fails() ? NULL : __real_realloc(p, size));
}

char *
__wrap_strdup(const char *s)
{
	char *copy;

	copy = __wrap_malloc(strlen(s) + 1);
	return (copy == NULL ? NULL : strcpy(copy, s));
}
