/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Runs a fuzzer's inputs without libFuzzer: the files, and those in the
 * directories, that are named.  As a fuzzer stops at what is wrong, to have
 * come to the end is to have passed.  No input at all proves nothing, and
 * fails.
 */

#include <sys/stat.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include <tests/fuzz/fuzz.h>

static unsigned int files;

static void
replay_file(const char *path)
{
	static uint8_t data[1 << 20];
	uint8_t *copy;
	FILE *f;
	size_t n;

	f = fopen(path, "rb");
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	n = fread(data, 1, sizeof(data), f);
	(void)fclose(f);
	/* Of its exact size, so that a read past the end is seen. */
	copy = malloc(n != 0 ? n : 1);
	if (copy == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		copy[i] = data[i];
	fprintf(stderr, "%s: %s\n", fuzz_name, path);
	fuzz_one(copy, n);
	free(copy);
	files++;
}

static void
replay(const char *path)
{
	char file[PATH_MAX];
	struct dirent *d;
	struct stat st;
	DIR *dir;

	if (stat(path, &st) != 0) {
		perror(path);
		exit(1);
	}
	if (!S_ISDIR(st.st_mode)) {
		replay_file(path);
		return;
	}
	dir = opendir(path);
	if (dir == NULL) {
		perror(path);
		exit(1);
	}
	while ((d = readdir(dir)) != NULL) {
		if (d->d_name[0] == '.')
			continue;
		(void)snprintf(file, sizeof(file), "%s/%s", path, d->d_name);
		replay_file(file);
	}
	(void)closedir(dir);
}

int
main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		replay(argv[i]);
	printf("%s: %u inputs\n", fuzz_name, files);
	return (files != 0 ? 0 : 1);
}
