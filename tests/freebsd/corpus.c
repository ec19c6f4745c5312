/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The inputs of the fuzzers (tests/fuzz), which have the kernel in process,
 * against the kernel that runs: each is read as a program of traps and as a
 * sequence of messages, as fuzz_traps.c and fuzz_message.c read them, by a
 * process of its own, which plays both of the fuzzers' tasks.
 *
 *	corpus [-n inputs] [-S seed] [file or directory ...]
 *
 * Without files: inputs made from a seed.  What the traps answer is not looked
 * at, as the names differ; a process may well hurt itself.  The kernel goes on,
 * and when all have ended, all that they made has gone.  Needs a kernel that
 * nobody else uses.
 */

#include <sys/param.h>
#include <sys/event.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>

#include "../../kernel/trap/gen/trap_number.h"
#include "../fuzz/fuzz.h"

/* Not in the public headers: the kernel's counts of live objects. */
kern_return_t mach_counters_trap(uint64_t *, mach_msg_type_number_t *);
uint32_t mach_trap(unsigned number, const uint64_t *args, unsigned nargs);

#define	COUNTERS	16
#define	NAMES		64
#define	MESSAGE_MAX	4096

static struct {
	uint8_t		user[8192];
	uint8_t		received[MESSAGE_MAX];
	mach_port_t	names[64];
	uint8_t		spill[1 << 20];
} *memory;
static mach_port_t known[NAMES];
static unsigned nknown;
static struct fuzz_input in;
static unsigned inputs, hurt;

static void
learn(mach_port_t name)
{

	if (name != MACH_PORT_NULL && name != MACH_PORT_DEAD &&
	    name < 0x100000)
		known[nknown++ % NAMES] = name;
}

static uint64_t
word(void)
{
	static const uint64_t odd[] = { 0, UINT32_MAX, 0xffffffff80000000,
	    UINT64_MAX, 1, 0x7fffffff, 0x10000, UINT64_C(1) << 63 };
	uint32_t sel;

	sel = fuzz_take(&in, 1);
	switch (sel & 7) {
	case 0:
	case 1:
	case 2:
		return (known[(sel >> 3) % NAMES]);
	case 3:
		return (sel >> 3);
	case 4:
		return (odd[(sel >> 3) % nitems(odd)]);
	case 5:
		return (fuzz_take(&in, 2));
	default:
		return ((uint64_t)(uintptr_t)memory->user +
		    fuzz_take(&in, 2) % (sizeof(memory->user) + 4096));
	}
}

static mach_port_t
pick(void)
{
	uint32_t v;

	v = fuzz_take(&in, 1);
	return (v == 255 ? fuzz_take(&in, 4) : v == 254 ? MACH_PORT_DEAD :
	    known[v % NAMES]);
}

static void
descriptor(uint8_t *p)
{
	mach_msg_ool_descriptor_t d;
	mach_msg_ool_ports_descriptor_t op;
	mach_msg_port_descriptor_t pd;
	uint32_t count, how, offset;

	how = fuzz_take(&in, 1);
	if ((how & 3) < 2) {
		memset(&pd, 0, sizeof(pd));
		pd.name = pick();
		pd.disposition = 16 + (how >> 2) % 6;
		pd.type = MACH_MSG_PORT_DESCRIPTOR;
		memcpy(p, &pd, sizeof(pd));
		return;
	}
	offset = fuzz_take(&in, 2) % sizeof(memory->user);
	count = fuzz_take(&in, 1);
	if ((how & 3) == 2) {
		memset(&d, 0, sizeof(d));
		d.address = memory->spill + offset;
		d.deallocate = (how >> 2) & 1;
		d.copy = (how >> 3) & 1;
		d.size = count * 32;
		d.type = MACH_MSG_OOL_DESCRIPTOR;
		memcpy(p, &d, sizeof(d));
		return;
	}
	memset(&op, 0, sizeof(op));
	op.address = &memory->names[offset % 64];
	op.copy = (how >> 3) & 1;
	op.disposition = 16 + (how >> 4) % 6;
	op.count = count % 64;
	op.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	memcpy(p, &op, sizeof(op));
}

static uint32_t
make_message(void)
{
	mach_msg_header_t h;
	uint32_t how, i, n, offset, size;

	memset(memory->user, 0, 256);
	size = fuzz_take(&in, 1) * 4;
	if (size == 255 * 4)
		size = fuzz_take(&in, 2) % MESSAGE_MAX;
	for (i = 0; i < size && in.left > 0; i++)
		memory->user[i] = (uint8_t)fuzz_take(&in, 1);
	n = fuzz_take(&in, 1) % 8;
	while (n-- > 0) {
		how = fuzz_take(&in, 1);
		offset = (how >> 3) * 4;
		switch (how & 7) {
		case 0:
		case 1:
			memset(&h, 0, sizeof(h));
			h.msgh_bits = MACH_MSGH_BITS(17 + fuzz_take(&in, 1) %
			    5, (how & 8) != 0 ? 17 + fuzz_take(&in, 1) % 5 :
			    0) | ((how & 1) != 0 ? MACH_MSGH_BITS_COMPLEX : 0);
			h.msgh_remote_port = pick();
			h.msgh_local_port = (how & 8) != 0 ? pick() : 0;
			h.msgh_id = (mach_msg_id_t)fuzz_take(&in, 1);
			memcpy(memory->user, &h, sizeof(h));
			break;
		case 2:
		case 3:
		case 4:
			i = 1 + fuzz_take(&in, 1) % 3;
			memcpy(memory->user + sizeof(h), &i, sizeof(i));
			descriptor(memory->user + sizeof(h) +
			    sizeof(mach_msg_body_t) + offset % 64);
			break;
		default:
			i = pick();
			memcpy(memory->user + offset, &i, sizeof(i));
			break;
		}
	}
	for (i = 0; i < 64; i++)
		memory->names[i] = known[(i + fuzz_take(&in, 1)) % NAMES];
	return (size);
}

static void
learn_received(const void *buf)
{
	const struct {
		mach_msg_header_t		hdr;
		mach_msg_body_t			body;
		mach_msg_port_descriptor_t	d[3];
	} *m = buf;
	unsigned i;

	learn(m->hdr.msgh_remote_port);
	if ((m->hdr.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return;
	for (i = 0; i < 3 && i < m->body.msgh_descriptor_count; i++)
		learn(m->d[i].name);
}

static void
as_messages(void)
{
	uint64_t words[8];
	uint32_t option, rcv_size;
	unsigned i;

	for (i = 0; i < 24 && in.left > 0; i++) {
		(void)fuzz_take(&in, 1);
		words[2] = make_message();
		option = fuzz_take(&in, 4);
		if ((option & 0x80) == 0)
			option &= 0x0fffffff;
		if ((option & 0x40) == 0)
			option |= MACH_SEND_MSG;
		rcv_size = fuzz_take(&in, 2) % MESSAGE_MAX;
		if ((rcv_size & 3) == 0)
			rcv_size = MESSAGE_MAX;
		words[0] = (uint64_t)(uintptr_t)memory->user;
		words[1] = option;
		words[3] = rcv_size;
		words[4] = pick();
		words[5] = fuzz_take(&in, 1) & 1;
		words[6] = 0;
		words[7] = (uint64_t)(uintptr_t)memory->received;
		memset(memory->received, 0, 256);
		if (mach_trap(MACH_TRAP_mach_msg_overwrite_trap, words, 8) ==
		    0 && (option & MACH_RCV_MSG) != 0)
			learn_received(memory->received);
	}
}

static void
as_traps(void)
{
	uint64_t words[8];
	mach_port_t names[16];
	uint32_t number, r;
	unsigned i;

	while (in.left > 0) {
		number = fuzz_take(&in, 1);
		if (number >= 240) {
			memset(words, 0, sizeof(words));
			words[0] = (uint64_t)(uintptr_t)memory->user;
			if (number >= 250) {
				words[1] = MACH_SEND_MSG;
				words[2] = make_message();
			} else {
				words[1] = MACH_RCV_MSG | MACH_RCV_TIMEOUT |
				    (fuzz_take(&in, 1) & 0xf) << 24;
				words[3] = fuzz_take(&in, 2) %
				    sizeof(memory->user);
				words[4] = word();
			}
			if (mach_trap(MACH_TRAP_mach_msg_trap, words, 7) == 0)
				learn_received(memory->user);
		} else {
			for (i = 0; i < 8; i++)
				words[i] = word();
			r = mach_trap(number, words, 8);
			if (number >= 26 && number <= 29)
				learn(r);
		}
		memcpy(names, memory->user, sizeof(names));
		for (i = 0; i < nitems(names); i++)
			learn(names[i]);
	}
}

static void
interrupted(int sig)
{

	(void)sig;
}

/* What blocks is interrupted; what is too long for that is cut off. */
static void
run(const uint8_t *data, size_t size, void (*how)(void))
{
	struct itimerval often = { { 0, 5000 }, { 0, 5000 } };
	struct sigaction sa;
	mach_port_t name;
	unsigned i;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = interrupted;
	(void)sigaction(SIGALRM, &sa, NULL);
	memory = mmap(NULL, sizeof(*memory), PROT_READ | PROT_WRITE, MAP_ANON |
	    MAP_PRIVATE, -1, 0);
	if (memory == MAP_FAILED)
		_exit(2);
	learn(mach_task_self());
	for (i = 0; i < 3; i++) {
		if (mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_RECEIVE, &name) != KERN_SUCCESS ||
		    mach_port_insert_right(mach_task_self(), name, name,
		    MACH_MSG_TYPE_MAKE_SEND) != KERN_SUCCESS)
			_exit(2);
		learn(name);
	}
	(void)mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_PORT_SET,
	    &name);
	learn(name);
	learn(mach_host_self());
	(void)mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_DEAD_NAME,
	    &name);
	learn(name);
	(void)setitimer(ITIMER_REAL, &often, NULL);
	fuzz_input(&in, data, size);
	how();
	_exit(0);
}

static void
input(const uint8_t *data, size_t size)
{
	static void (*const hows[])(void) = { as_traps, as_messages };
	static const struct timespec limit = { .tv_sec = 10 };
	struct kevent kev;
	unsigned h;
	int kq, status;
	pid_t pid;

	kq = kqueue();
	for (h = 0; h < nitems(hows); h++) {
		pid = fork();
		if (pid == -1) {
			perror("fork");
			exit(1);
		}
		if (pid == 0)
			run(data, size, hows[h]);
		EV_SET(&kev, pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, NULL);
		if (kevent(kq, &kev, 1, &kev, 1, &limit) == 0)
			(void)kill(pid, SIGKILL);
		(void)waitpid(pid, &status, 0);
		if (WIFSIGNALED(status))
			hurt++;
		else if (WEXITSTATUS(status) != 0) {
			printf("corpus: a process could not begin\n");
			exit(1);
		}
	}
	(void)close(kq);
	inputs++;
}

static void
input_file(const char *path)
{
	static uint8_t data[65536];
	ssize_t n;
	int fd;

	fd = open(path, O_RDONLY);
	if (fd == -1 || (n = read(fd, data, sizeof(data))) == -1) {
		perror(path);
		exit(1);
	}
	(void)close(fd);
	input(data, (size_t)n);
}

static void
input_path(const char *path)
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
		input_file(path);
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
		input_path(file);
	}
	(void)closedir(dir);
}

static void
input_random(uint64_t seed, unsigned n)
{
	uint8_t data[512];
	unsigned i;

	printf("corpus: seed %llu\n", (unsigned long long)seed);
	seed |= 1;
	while (n-- > 0) {
		for (i = 0; i < sizeof(data); i++) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			data[i] = (uint8_t)(seed >> 33);
		}
		input(data, sizeof(data));
	}
}

static void
counts(uint64_t *v, mach_msg_type_number_t *n)
{

	memset(v, 0, COUNTERS * sizeof(*v));
	*n = COUNTERS;
	if (mach_counters_trap(v, n) != KERN_SUCCESS) {
		printf("corpus: no counters\n");
		exit(1);
	}
}

int
main(int argc, char **argv)
{
	uint64_t after[COUNTERS], before[COUNTERS], seed;
	struct timespec now, wait = { 0, 5000000 };
	mach_msg_type_number_t n;
	unsigned i, number;
	int ch;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	seed = (uint64_t)now.tv_nsec;
	number = 100;
	while ((ch = getopt(argc, argv, "n:S:")) != -1) {
		switch (ch) {
		case 'n':
			number = (unsigned)atoi(optarg);
			break;
		case 'S':
			seed = strtoull(optarg, NULL, 0);
			break;
		default:
			return (2);
		}
	}
	counts(before, &n);
	if (optind == argc)
		input_random(seed, number);
	for (; optind < argc; optind++)
		input_path(argv[optind]);
	/* The kernel learns of the last end by itself. */
	for (i = 0; i < 2000; i++) {
		counts(after, &n);
		if (memcmp(before, after, sizeof(before)) == 0)
			break;
		(void)nanosleep(&wait, NULL);
	}
	printf("corpus: %u inputs, twice each; %u processes hurt themselves\n",
	    inputs, hurt);
	for (i = 0; i < n; i++) {
		if (before[i] == after[i])
			continue;
		printf("corpus: counter %u: %ju, was %ju\n", i,
		    (uintmax_t)after[i], (uintmax_t)before[i]);
		return (1);
	}
	return (0);
}
