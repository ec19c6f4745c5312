/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Out-of-line memory on FreeBSD: what is shared, and by how much a held page or
 * another mapping prevents it; swap and address space, reserved and given back;
 * senders and receivers that die.
 */

#include <sys/param.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "../conformance/ct.h"
#include "../conformance/ctmach.h"
#include "object.h"

#define	KB		1024u
#define	MB		(1024u * 1024u)
#define	SOMEBODY	1001	/* a user without privilege */

static uint8_t *
allocate(size_t size)
{
	vm_address_t a;

	CT_OK(vm_allocate(SELF, &a, size, VM_FLAGS_ANYWHERE));
	return ((uint8_t *)a);
}

static void
deallocate(void *p, size_t size)
{

	CT_OK(vm_deallocate(SELF, (vm_address_t)p, size));
}

static mach_msg_return_t
try_send(mach_port_t to, void *p, size_t size, bool give)
{
	struct ct_complex m;

	ct_complex_init(&m, to, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1,
	    0);
	m.d.ool[0].address = p;
	m.d.ool[0].size = (mach_msg_size_t)size;
	m.d.ool[0].deallocate = give;
	m.d.ool[0].copy = MACH_MSG_VIRTUAL_COPY;
	m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	return (ct_complex_send(&m, MACH_SEND_TIMEOUT, 0));
}

static mach_msg_return_t
try_receive(mach_port_t from, uint8_t **p, size_t size)
{
	struct ct_complex m;
	mach_msg_return_t mr;

	/* The sender may still be filling it. */
	mr = ct_complex_recv(from, &m, 30 * 1000);
	CT_TRUE(mr != MACH_RCV_TIMED_OUT);
	CT_EQ(m.d.ool[0].size, mr == MACH_MSG_SUCCESS ? size : 0);
	*p = m.d.ool[0].address;
	return (mr);
}

static uint8_t *
receive(mach_port_t from, size_t size)
{
	uint8_t *p;

	CT_OK(try_receive(from, &p, size));
	return (p);
}

static void
all(const uint8_t *p, size_t size, uint8_t value)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (p[i] != value)
			ct_fail(__FILE__, __LINE__, "byte %zu is %u, not %u",
			    i, p[i], value);
}

static uint64_t
number(const char *name)
{
	uint64_t value;
	size_t size;

	value = 0;
	size = sizeof(value);
	CT_POSIX(sysctlbyname(name, &value, &size, NULL, 0));
	return (value);
}

/*
 * Swap that the kernel has reserved comes down to what it was at the first
 * call.  A process that forks needs more than before, once: so that call is
 * after the first round.
 */
static void
swap_back(void)
{
	static uint64_t before;
	uint64_t end;

	if (before == 0)
		before = number("vm.swap_reserved");
	end = ct_now_ms() + 5000;
	while (number("vm.swap_reserved") > before) {
		if (ct_now_ms() > end)
			ct_fail(__FILE__, __LINE__, "%ju bytes of swap more",
			    (uintmax_t)(number("vm.swap_reserved") - before));
		(void)sched_yield();
	}
	CT_EQ(number("kern.mach.count.message_bytes"), 0);
}

CT_CASE(memory_of_vm_allocate_is_shared_until_one_side_writes)
{
	mach_port_t port;
	uint8_t *p, *q;

	port = ct_port_send();
	p = allocate(MB);
	memset(p, 1, MB);
	CT_EQ(object_references(p), 1);
	CT_OK(try_send(port, p, MB, false));
	CT_EQ(object_references(p), 2);
	q = receive(port, MB);
	CT_EQ(object_references(p), 2);
	CT_EQ(object_references(q), 2);
	p[0] = 2;
	q[MB - 1] = 3;
	all(q, MB - 1, 1);
	all(p + 1, MB - 1, 1);
	CT_EQ(p[0], 2);
	deallocate(q, MB);
	/* And again, whatever became of the objects. */
	memset(p, 4, MB);
	CT_OK(try_send(port, p, MB, false));
	memset(p, 5, MB);
	q = receive(port, MB);
	all(q, MB, 4);
	deallocate(p, MB);
	all(q, MB, 4);
	/* What arrived is sent on as it is. */
	CT_OK(try_send(port, q, MB, true));
	p = receive(port, MB);
	CT_EQ(object_references(p), 1);
	all(p, MB, 4);
	deallocate(p, MB);
}

CT_CASE(of_memory_that_others_can_write_a_copy_is_sent)
{
	mach_port_t port;
	uint8_t *p, *q;
	unsigned i;
	pid_t pid;

	port = ct_port_send();
	for (i = 0; i < 4; i++) {
		p = i == 0 ? mmap(NULL, MB, PROT_READ | PROT_WRITE,
		    MAP_ANON | MAP_SHARED, -1, 0) : allocate(MB);
		CT_TRUE(p != MAP_FAILED);
		memset(p, 1, MB);
		if (i == 1)
			CT_POSIX(minherit(p, MB, INHERIT_SHARE));
		if (i == 2)
			CT_POSIX(mlock(p, MB));
		if (i == 3) {
			/* A child can write it, and the entry is private. */
			CT_POSIX(minherit(p, MB, INHERIT_SHARE));
			pid = ct_fork();
			if (pid == 0) {
				(void)pause();
				_exit(0);
			}
			CT_POSIX(minherit(p, MB, INHERIT_COPY));
		}
		CT_OK(try_send(port, p, MB, false));
		memset(p, 2, MB);
		q = receive(port, MB);
		CT_EQ(object_references(q), 1);
		all(q, MB, 1);
		deallocate(q, MB);
		if (i == 3) {
			CT_POSIX(kill(pid, SIGKILL));
			ct_wait_signal(pid, SIGKILL);
		}
		CT_POSIX(munmap(p, MB));
	}
}

/* With a byte of a page that is not sent. */
CT_CASE(of_memory_that_is_not_whole_pages_a_copy_is_sent)
{
	static const struct {
		size_t	at, size;
	} parts[] = { { 1, MB - 1 }, { 0, MB - 1 }, { 4096, MB / 2 + 1 } };
	mach_port_t port;
	uint8_t *p, *q;
	unsigned i;

	port = ct_port_send();
	p = allocate(MB);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		memset(p, (int)i, MB);
		CT_OK(try_send(port, p + parts[i].at, parts[i].size, false));
		CT_EQ(object_references(p), 1);
		memset(p, 9, MB);
		q = receive(port, parts[i].size);
		CT_EQ(object_references(q), 1);
		all(q, parts[i].size, (uint8_t)i);
		/* To the end of the page it is zero. */
		all(q + parts[i].size, round_page(parts[i].size) -
		    parts[i].size, 0);
		deallocate(q, parts[i].size);
	}
}

/*
 * What is shared has an object of its own from then on, which the memory beside
 * it is no part of: not to be kept with it, nor shared as it is any more.
 */
CT_CASE(of_part_of_an_object_only_that_part_is_shared)
{
	static const struct {
		size_t	at, size;
		int	rest;	/* entries that the rest of it is in */
	} parts[] = { { 0, MB - 4096, 1 }, { 4096, MB - 4096, 1 },
	    { 4 * 4096, 64 * KB, 2 }, { 128 * KB, 256 * KB, 2 } };
	mach_port_t port;
	uint8_t *p, *q, *rest;
	size_t at, end, size;
	unsigned i;

	port = ct_port_send();
	for (i = 0; i < 2 * sizeof(parts) / sizeof(parts[0]); i++) {
		at = parts[i / 2].at;
		size = parts[i / 2].size;
		end = at + size;
		p = allocate(MB);
		memset(p, (int)i, MB);
		CT_OK(try_send(port, p + at, size, i % 2 != 0));
		rest = at == 0 ? p + end : p;
		CT_EQ(object_references(rest), parts[i / 2].rest);
		if (i % 2 == 0) {
			CT_EQ(object_references(p + at), 2);
			all(p, MB, (uint8_t)i);
			memset(p, 9, MB);
		}
		q = receive(port, size);
		all(q, size, (uint8_t)i);
		memset(q, 8, size);
		if (i % 2 == 0)
			all(p, MB, 9);
		/* The rest is as it was, and is no hindrance to a copy. */
		memset(rest, 7, 4096);
		CT_OK(try_send(port, rest, 4096, false));
		deallocate(q, size);
		q = receive(port, 4096);
		all(q, 4096, 7);
		deallocate(q, 4096);
		if (at != 0)
			all(p + 4096, at - 4096, i % 2 == 0 ? 9 : (uint8_t)i);
		if (at != 0 && end != MB)
			all(p + end, MB - end, i % 2 == 0 ? 9 : (uint8_t)i);
		CT_POSIX(munmap(p, MB));
	}
}

static int pipe_fds[2];
static uint8_t *piped;

static void *
write_piped(void *arg)
{

	(void)arg;
	CT_EQ(write(pipe_fds[1], piped, 64 * KB), 64 * KB);
	return (NULL);
}

/*
 * A large write to an empty pipe waits with the writer's pages held.  (Held
 * for reading, but which it is the kernel does not know.)
 */
CT_CASE(of_memory_whose_pages_are_held_a_copy_is_sent)
{
	struct pollfd pfd;
	pthread_t thread;
	mach_port_t port;
	uint8_t *q, *sink;
	size_t done;
	ssize_t n;

	port = ct_port_send();
	CT_POSIX(pipe(pipe_fds));
	piped = allocate(MB);
	memset(piped, 1, MB);
	CT_EQ(pthread_create(&thread, NULL, write_piped, NULL), 0);
	pfd.fd = pipe_fds[0];
	pfd.events = POLLIN;
	CT_EQ(poll(&pfd, 1, -1), 1);
	CT_OK(try_send(port, piped, MB, false));
	q = receive(port, MB);
	CT_EQ(object_references(q), 1);
	CT_EQ(object_references(piped), 1);
	memset(piped, 2, 64 * KB);
	all(q, MB, 1);
	sink = malloc(64 * KB);
	CT_TRUE(sink != NULL);
	for (done = 0; done < 64 * KB; done += (size_t)n) {
		n = read(pipe_fds[0], sink, 64 * KB - done);
		CT_POSIX(n);
	}
	CT_EQ(pthread_join(thread, NULL), 0);
	/* Nobody holds them any more. */
	CT_OK(try_send(port, piped, MB, false));
	CT_EQ(object_references(piped), 2);
}

/* Of large memory only some bytes are looked at: emulators are slow. */
#define	STRIDE	1021

static void
fill_some(uint8_t *p, size_t size, uint8_t value)
{
	size_t i;

	for (i = 0; i < size; i += STRIDE)
		p[i] = value;
}

static void
all_some(const uint8_t *p, size_t from, size_t size, uint8_t value)
{
	size_t i;

	for (i = from; i < size; i += STRIDE)
		CT_EQ(p[i], value);
}

CT_CASE_TIMEOUT(large_memory_arrives_and_all_is_given_back, 60)
{
	mach_port_t port;
	uint8_t *p, *q;
	unsigned i;

	port = ct_port_send();
	swap_back();
	for (i = 0; i < 3; i++) {
		p = allocate(64 * MB);
		fill_some(p, 64 * MB, (uint8_t)(i + 1));
		/* Whole: shared; without its first byte: copied. */
		CT_OK(try_send(port, p + i % 2, 64 * MB - i % 2, i == 2));
		if (i != 2) {
			fill_some(p, 64 * MB, 9);
			deallocate(p, 64 * MB);
		}
		q = receive(port, 64 * MB - i % 2);
		all_some(q, (STRIDE - i % 2) % STRIDE, 64 * MB - i % 2,
		    (uint8_t)(i + 1));
		deallocate(q, 64 * MB - i % 2);
		swap_back();
	}
}

static void
send_for_ever(mach_port_t to)
{
	uint8_t *p;
	unsigned i;

	for (i = 0;; i++) {
		p = allocate(16 * MB);
		fill_some(p, 16 * MB, 1);
		(void)try_send(to, p + i % 2, 16 * MB - i % 2, i % 4 == 2);
		if (i % 4 != 2)
			deallocate(p, 16 * MB);
	}
}

CT_CASE_TIMEOUT(what_a_dead_sender_or_receiver_held_is_given_back, 60)
{
	struct timespec wait;
	mach_port_t port;
	uint8_t *p;
	unsigned i;
	pid_t pid;

	/* In the middle of it, wherever that is. */
	for (i = 0; i < 12; i++) {
		port = ct_port_send();
		ct_bequeath(port);
		pid = ct_fork();
		if (pid == 0)
			send_for_ever(ct_inherited());
		p = receive(port, 16 * MB);
		all_some(p, 0, 16 * MB, 1);
		deallocate(p, 16 * MB);
		wait.tv_sec = 0;
		wait.tv_nsec = (long)i * 3000000;
		(void)nanosleep(&wait, NULL);
		CT_POSIX(kill(pid, SIGKILL));
		ct_wait_signal(pid, SIGKILL);
		ct_destroy_receive(port);
		swap_back();
	}
	/* Messages in the queue of a receiver that dies, from itself. */
	for (i = 0; i < 3; i++) {
		pid = ct_fork();
		if (pid == 0) {
			port = ct_port_send();
			p = allocate(16 * MB);
			fill_some(p, 16 * MB, 1);
			for (i = 0; i < 4; i++)
				CT_OK(try_send(port, p + i % 2,
				    16 * MB - i % 2, false));
			CT_POSIX(kill(getpid(), SIGKILL));
		}
		ct_wait_signal(pid, SIGKILL);
		swap_back();
	}
}

/*
 * What the system refuses.
 */

static void
become_somebody(void)
{

	if (setuid(SOMEBODY) != 0)
		ct_fail(__FILE__, __LINE__, "setuid: %s", strerror(errno));
}

static void
overcommit(int value)
{

	CT_POSIX(sysctlbyname("vm.overcommit", NULL, NULL, &value,
	    sizeof(value)));
}

/*
 * In a child without privilege, which has both kinds of memory ready and one
 * message in its queue, and cannot have swap any more from when its parent says
 * so.
 */
static void
without_swap(struct ct_gate *ready, struct ct_gate *go, bool rlimit)
{
	struct rlimit limit;
	mach_port_t port;
	uint8_t *p, *q;

	become_somebody();
	port = ct_port_send();
	p = allocate(MB);
	memset(p, 1, MB);
	CT_OK(try_send(port, p, MB, false));
	if (rlimit) {
		limit.rlim_cur = limit.rlim_max = 0;
		CT_POSIX(setrlimit(RLIMIT_SWAP, &limit));
	}
	ct_gate_open(ready);
	ct_gate_wait(go);
	CT_KR(try_send(port, p, MB, false), MACH_SEND_NO_BUFFER);
	CT_KR(try_send(port, p + 1, MB - 1, true), MACH_SEND_NO_BUFFER);
	all(p, MB, 1);
	CT_KR(try_receive(port, &q, MB), MACH_RCV_BODY_ERROR |
	    MACH_MSG_VM_SPACE);
	CT_TRUE(q == NULL);
	ct_recv_none(port);
	all(p, MB, 1);
	ct_child_exit();
}

CT_CASE(without_swap_messages_are_refused_and_nothing_is_lost)
{
	struct ct_gate go, ready;
	unsigned i;
	bool rlimit;
	pid_t pid;
	int status;

	if (geteuid() != 0)
		ct_skip("needs root");
	CT_EQ(number("vm.overcommit") & 0xffffffff, 0);
	/* Once: pipes have swap reserved, too. */
	ct_gate_init(&ready);
	ct_gate_init(&go);
	for (i = 0; i < 6; i++) {
		rlimit = i == 0;
		pid = ct_fork();
		if (pid == 0)
			without_swap(&ready, &go, rlimit);
		ct_gate_wait(&ready);
		/* 2: RLIMIT_SWAP counts; 1: there is no more than there is. */
		overcommit(rlimit ? 2 : 1);
		ct_gate_open(&go);
		CT_EQ(waitpid(pid, &status, 0), pid);
		overcommit(0);
		CT_EQ(status, 0);
		/* The kernel itself loses what it refuses for RLIMIT_SWAP. */
		if (i > 1)
			swap_back();
		CT_EQ(number("kern.mach.count.message_bytes"), 0);
	}
}

CT_CASE(without_address_space_memory_cannot_be_received)
{
	struct rlimit limit;
	mach_port_t port;
	uint8_t *p, *q;
	unsigned i;
	pid_t pid;

	for (i = 0; i < 3; i++) {
		pid = ct_fork();
		if (pid != 0) {
			ct_wait(pid);
			swap_back();
			continue;
		}
		port = ct_port_send();
		p = allocate(16 * MB);
		memset(p, 1, 16 * MB);
		CT_OK(try_send(port, p, 16 * MB, false));
		CT_OK(try_send(port, p + 1, 16 * MB - 1, false));
		limit.rlim_cur = limit.rlim_max = 16 * MB;
		CT_POSIX(setrlimit(RLIMIT_AS, &limit));
		CT_KR(try_receive(port, &q, 16 * MB), MACH_RCV_BODY_ERROR |
		    MACH_MSG_VM_SPACE);
		CT_KR(try_receive(port, &q, 16 * MB - 1),
		    MACH_RCV_BODY_ERROR | MACH_MSG_VM_SPACE);
		ct_recv_none(port);
		ct_child_exit();
	}
}
