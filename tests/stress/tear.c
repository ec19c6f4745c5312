/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Stress of what is copied while it changes.
 *
 *	tear [-t seconds] [-S seed]
 *
 * Threads of a child process send complex messages out of buffers that other
 * threads scribble over: sizes, bits, numbers and kinds of descriptors, names,
 * addresses, arrays of names, and the memory itself, which comes and goes and
 * is read-only at times; receivers' buffers do the same.  Now and then an
 * address is one of the kernel's, or wraps.  What each call returns is not the
 * question: the process may lose every right it has.  But the call returns, the
 * kernel goes on, a new child works, and when the children have ended, all that
 * they made has gone.
 */

#include <sys/types.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/mach.h>

/* Not in the public headers: the kernel's counts of live objects. */
kern_return_t mach_counters_trap(uint64_t *, mach_msg_type_number_t *);
uint32_t mach_trap(unsigned number, const uint64_t *args, unsigned nargs);

#define	COUNTERS	16
#define	BUFFERS		3
#define	PORTS		6
#define	DESCRIPTORS	3
#define	ROUND_MS	500
#define	MACH_MSG_TRAP	31

struct buffer {
	mach_msg_header_t		hdr;
	mach_msg_body_t			body;
	mach_msg_ool_descriptor_t	d[DESCRIPTORS];
	mach_port_t			names[32];
	uint8_t				more[512];
};

static struct buffer buffers[BUFFERS];
static mach_port_t ports[PORTS];
static uint8_t *pages;		/* four of them, of which the third goes */
static size_t page;
static _Atomic bool stop;
static _Atomic unsigned long *calls;	/* shared: sent, refused, received */
static unsigned seconds = 4;
static uint64_t seed;

static void
die(const char *what, int code)
{

	fprintf(stderr, "tear: %s: %d (%#x), seed %llu\n", what, code,
	    (unsigned)code, (unsigned long long)seed);
	exit(1);
}

static uint32_t
draw(uint64_t *state, uint32_t n)
{

	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return ((uint32_t)(*state >> 33) % n);
}

static uint64_t
wrong_address(uint64_t *state)
{
	static const uint64_t addresses[] = { 0, 8,
	    UINT64_C(0xffffffff80200000), UINT64_C(0xfffff80000001000),
	    UINT64_C(0x7ffffffff000), UINT64_MAX,
	    UINT64_MAX - 15, UINT64_C(1) << 63, 0xfffff000, 0x80000000 };

	return (addresses[draw(state, sizeof(addresses) /
	    sizeof(addresses[0]))]);
}

static mach_port_t
some_name(uint64_t *state)
{

	return (draw(state, 16) == 0 ? draw(state, 0x10000) :
	    ports[draw(state, PORTS)]);
}

/* A message that could be sent. */
static void
fill(struct buffer *b, uint64_t *state)
{
	mach_msg_ool_ports_descriptor_t *op;
	mach_msg_port_descriptor_t *pd;
	unsigned i;

	b->hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	b->hdr.msgh_size = offsetof(struct buffer, names);
	b->hdr.msgh_remote_port = ports[draw(state, PORTS)];
	b->hdr.msgh_local_port = MACH_PORT_NULL;
	b->hdr.msgh_voucher_port = MACH_PORT_NULL;
	b->body.msgh_descriptor_count = DESCRIPTORS;
	for (i = 0; i < 32; i++)
		b->names[i] = some_name(state);
	for (i = 0; i < DESCRIPTORS; i++) {
		memset(&b->d[i], 0, sizeof(b->d[i]));
		switch (draw(state, 3)) {
		case 0:
			b->d[i].address = pages + draw(state, 3 * 4096);
			b->d[i].size = draw(state, 9000);
			b->d[i].copy = (mach_msg_copy_options_t)draw(state, 2);
			b->d[i].type = MACH_MSG_OOL_DESCRIPTOR;
			break;
		case 1:
			op = (mach_msg_ool_ports_descriptor_t *)(void *)
			    &b->d[i];
			op->address = b->names;
			op->count = draw(state, 32);
			op->disposition = 17 + draw(state, 5);
			op->copy = MACH_MSG_VIRTUAL_COPY;
			op->type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
			break;
		default:
			pd = (mach_msg_port_descriptor_t *)(void *)&b->d[i];
			pd->name = some_name(state);
			pd->disposition = 17 + draw(state, 5);
			pd->type = MACH_MSG_PORT_DESCRIPTOR;
			break;
		}
	}
}

/* Lost in a message, perhaps. */
static void
renew_ports(uint64_t *state)
{
	mach_port_type_t type;
	unsigned i;

	i = draw(state, PORTS);
	if (mach_port_type(mach_task_self(), ports[i], &type) == KERN_SUCCESS &&
	    (type & MACH_PORT_TYPE_RECEIVE) != 0)
		return;
	(void)mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &ports[i]);
}

static void *
sender(void *arg)
{
	uint64_t args[7], state;
	struct buffer *b;
	unsigned i;

	i = (unsigned)(uintptr_t)arg;
	state = seed * 2654435761u + i * 97 + 1;
	b = &buffers[i % BUFFERS];
	while (!atomic_load(&stop)) {
		renew_ports(&state);
		fill(b, &state);
		args[0] = draw(&state, 64) == 0 ? wrong_address(&state) :
		    (uint64_t)(uintptr_t)b;
		args[1] = MACH_SEND_MSG | MACH_SEND_TIMEOUT;
		args[2] = draw(&state, 64) == 0 ? draw(&state, UINT32_MAX) :
		    offsetof(struct buffer, names);
		args[3] = args[4] = args[5] = args[6] = 0;
		atomic_fetch_add(&calls[mach_trap(MACH_MSG_TRAP, args, 7) == 0 ?
		    0 : 1], 1);
	}
	return (NULL);
}

static void *
receiver(void *arg)
{
	uint64_t args[7], state;
	struct buffer *b;
	unsigned i;

	i = (unsigned)(uintptr_t)arg;
	state = seed * 40503 + i * 89 + 1;
	/* Into the pages that come and go, or a buffer that is sent. */
	while (!atomic_load(&stop)) {
		b = draw(&state, 2) == 0 ? &buffers[draw(&state, BUFFERS)] :
		    (struct buffer *)(void *)(pages + draw(&state, 3) * page);
		args[0] = draw(&state, 64) == 0 ? wrong_address(&state) :
		    (uint64_t)(uintptr_t)b;
		args[1] = MACH_RCV_MSG | MACH_RCV_TIMEOUT |
		    (draw(&state, 4) == 0 ? MACH_RCV_LARGE : 0);
		args[2] = 0;
		args[3] = draw(&state, 16) == 0 ? draw(&state, 200) :
		    sizeof(*b);
		args[4] = ports[draw(&state, PORTS)];
		args[5] = draw(&state, 3);
		args[6] = 0;
		if (mach_trap(MACH_MSG_TRAP, args, 7) == 0)
			atomic_fetch_add(&calls[2], 1);
	}
	return (NULL);
}

static void *
scribbler(void *arg)
{
	uint64_t address, state;
	volatile uint32_t *word;
	struct buffer *b;
	unsigned i;

	state = seed * 69069 + (uintptr_t)arg * 83 + 1;
	while (!atomic_load(&stop)) {
		b = &buffers[draw(&state, BUFFERS)];
		switch (draw(&state, 6)) {
		case 0:
			/* Any word up to the end of the descriptors. */
			word = (volatile uint32_t *)(void *)b;
			i = draw(&state, offsetof(struct buffer, names) / 4);
			word[i] = draw(&state, 2) == 0 ?
			    word[i] ^ 1u << draw(&state, 32) :
			    draw(&state, 0x200);
			break;
		case 1:
			*(volatile uint32_t *)&b->body.msgh_descriptor_count =
			    draw(&state, 8) == 0 ? draw(&state, UINT32_MAX) :
			    draw(&state, 6);
			break;
		case 2:
			*(volatile mach_port_t *)&b->names[draw(&state, 32)] =
			    some_name(&state);
			break;
		case 3:
			address = wrong_address(&state);
			*(void *volatile *)&b->d[draw(&state,
			    DESCRIPTORS)].address = (void *)(uintptr_t)address;
			break;
		case 4:
			(void)mprotect(pages + 2 * page, page,
			    draw(&state, 2) == 0 ? PROT_READ : PROT_READ |
			    PROT_WRITE);
			break;
		default:
			(void)mmap(pages + 2 * page, page, draw(&state, 3) == 0
			    ? PROT_NONE : PROT_READ | PROT_WRITE, MAP_ANON |
			    MAP_PRIVATE | MAP_FIXED, -1, 0);
			break;
		}
	}
	return (NULL);
}

/* Memory that a lying descriptor made the kernel free is missed here. */
static void
child(void)
{
	struct timespec ts = { 0, ROUND_MS * 1000000L };
	pthread_t t;
	unsigned i;

	for (i = 0; i < PORTS; i++)
		if (mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_RECEIVE, &ports[i]) != KERN_SUCCESS)
			_exit(2);
	pages = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_ANON |
	    MAP_PRIVATE, -1, 0);
	if (pages == MAP_FAILED)
		_exit(2);
	for (i = 0; i < BUFFERS * 2; i++)
		if (pthread_create(&t, NULL, sender, (void *)(uintptr_t)i) != 0)
			_exit(2);
	for (i = 0; i < 2; i++)
		if (pthread_create(&t, NULL, receiver,
		    (void *)(uintptr_t)i) != 0 ||
		    pthread_create(&t, NULL, scribbler,
		    (void *)(uintptr_t)i) != 0)
			_exit(2);
	/* For that long, and then it ends in the middle of it. */
	(void)nanosleep(&ts, NULL);
	_exit(0);
}

static void
counts(uint64_t *v, mach_msg_type_number_t *n)
{

	memset(v, 0, COUNTERS * sizeof(*v));
	*n = COUNTERS;
	if (mach_counters_trap(v, n) != KERN_SUCCESS)
		die("counters", 0);
}

int
main(int argc, char **argv)
{
	uint64_t after[COUNTERS], before[COUNTERS];
	struct timespec ts, wait = { 0, 5000000 };
	mach_msg_type_number_t n;
	time_t end;
	unsigned crashed, i, rounds;
	int ch, status;
	pid_t pid;

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	seed = (uint64_t)ts.tv_nsec;
	while ((ch = getopt(argc, argv, "S:t:")) != -1) {
		switch (ch) {
		case 'S':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 't':
			seconds = (unsigned)atoi(optarg);
			break;
		default:
			return (2);
		}
	}
	page = (size_t)sysconf(_SC_PAGESIZE);
	calls = mmap(NULL, 3 * sizeof(*calls), PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	if (calls == MAP_FAILED)
		die("mmap", errno);
	counts(before, &n);
	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	end = ts.tv_sec + (time_t)seconds;
	crashed = rounds = 0;
	do {
		seed++;
		pid = fork();
		if (pid == -1)
			die("fork", errno);
		if (pid == 0)
			child();
		if (waitpid(pid, &status, 0) != pid)
			die("waitpid", errno);
		/* A lying descriptor may free the memory of its own process. */
		if (WIFSIGNALED(status))
			crashed++;
		else if (WEXITSTATUS(status) != 0)
			die("child", status);
		rounds++;
		(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	} while (ts.tv_sec < end);
	/* The kernel learns of the last end by itself. */
	for (i = 0; i < 2000; i++) {
		counts(after, &n);
		if (memcmp(before, after, sizeof(before)) == 0)
			break;
		(void)nanosleep(&wait, NULL);
	}
	printf("tear: %u processes, %u of them hurt themselves; %lu sent, %lu "
	    "refused, %lu received\n", rounds, crashed,
	    (unsigned long)calls[0], (unsigned long)calls[1],
	    (unsigned long)calls[2]);
	for (i = 0; i < n; i++)
		if (before[i] != after[i])
			die("counter did not come back", (int)i);
	if (calls[0] == 0 || calls[1] == 0 || calls[2] == 0)
		die("nothing happened", 0);
	return (0);
}
