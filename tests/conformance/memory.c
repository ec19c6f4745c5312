/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Whose memory is it?  What was allocated, received or given away is private to
 * its task: through sends, forks, frees and reuse nobody sees what
 * another writes, and nothing old shows.
 *
 * All of it in sizes that hosts may well treat alike or not: less than a page
 * to a MiB and more, each several times over, so that memory is reused.
 */

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mach_vm.h>

#include "ct.h"
#include "ctmach.h"

#define	KB		1024u
#define	MB		(1024u * 1024u)
#define	LARGE		(256 * KB)

static const unsigned sizes[] = { 100, 4096, 64 * KB, 64 * KB + 1, 300 * KB,
    1 * MB, 9 * MB + 5 };
#define	NSIZES		(sizeof(sizes) / sizeof(sizes[0]))

static mach_port_t carrier;

static uint8_t *
allocate(size_t size)
{
	vm_address_t a;

	a = 0;
	CT_OK(vm_allocate(SELF, &a, size, VM_FLAGS_ANYWHERE));
	return ((uint8_t *)a);
}

static void
deallocate(void *p, size_t size)
{

	CT_OK(vm_deallocate(SELF, (vm_address_t)p, size));
}

static mach_msg_return_t
try_send(mach_port_t to, const void *p, size_t size, bool give)
{
	struct ct_complex m;

	ct_complex_init(&m, to, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1,
	    0);
	m.d.ool[0].address = (void *)(uintptr_t)p;
	m.d.ool[0].size = (mach_msg_size_t)size;
	m.d.ool[0].deallocate = give;
	m.d.ool[0].copy = MACH_MSG_VIRTUAL_COPY;
	m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	return (ct_complex_send(&m, MACH_SEND_TIMEOUT, 0));
}

static void
send(const void *p, size_t size, bool give)
{

	CT_OK(try_send(carrier, p, size, give));
}

static uint8_t *
receive_from(mach_port_t port, size_t size)
{
	struct ct_complex m;

	CT_OK(ct_complex_recv(port, &m, CT_SOON_MS));
	CT_EQ(m.body.msgh_descriptor_count, 1);
	CT_EQ(m.d.ool[0].size, size);
	CT_EQ((uintptr_t)m.d.ool[0].address % ct_page(), 0);
	return (m.d.ool[0].address);
}

static uint8_t *
receive(size_t size)
{

	return (receive_from(carrier, size));
}

static size_t
up(size_t size)
{

	return ((size + ct_page() - 1) / ct_page() * ct_page());
}

static void
all(const uint8_t *p, size_t size, uint8_t value)
{
	size_t i;

	/* The quick way first; a slow machine runs this, too. */
	if (size == 0 || (p[0] == value && memcmp(p, p + 1, size - 1) == 0))
		return;
	for (i = 0; i < size; i++)
		if (p[i] != value)
			ct_fail(__FILE__, __LINE__, "byte %zu of %zu is %#x, "
			    "expected %#x", i, size, p[i], value);
}

/* Memory that was received, full of the value. */
static uint8_t *
received(size_t size, uint8_t value)
{
	uint8_t *p;

	p = allocate(size);
	memset(p, value, size);
	send(p, size, true);
	p = receive(size);
	all(p, size, value);
	return (p);
}

/* ---- reuse ---- */

CT_CASE(allocated_memory_is_zero_however_often_it_is_reused)
{
	uint8_t *p, *q;
	unsigned i, k;

	for (i = 0; i < NSIZES; i++)
		for (k = 0; k < 4; k++) {
			p = allocate(sizes[i]);
			q = allocate(sizes[i]);
			all(p, up(sizes[i]), 0);
			all(q, up(sizes[i]), 0);
			memset(p, 0x5a, up(sizes[i]));
			memset(q, 0xa5, up(sizes[i]));
			deallocate(k % 2 == 0 ? p : q, sizes[i]);
			deallocate(k % 2 == 0 ? q : p, sizes[i]);
		}
}

CT_CASE_TIMEOUT(bytes_past_the_size_are_zero_in_reused_memory, 60)
{
	uint8_t *got, *src;
	unsigned i, k;

	carrier = ct_port_send();
	src = allocate(10 * MB);
	memset(src, 0x77, 10 * MB);
	for (k = 0; k < 3; k++) {
		send(src, 9 * MB, false);
		got = receive(9 * MB);
		memset(got, 0xff, up(9 * MB));
		deallocate(got, 9 * MB);
		for (i = 0; i < NSIZES; i++) {
			send(src + k, sizes[i], false);
			got = receive(sizes[i]);
			all(got, sizes[i], 0x77);
			all(got + sizes[i], up(sizes[i]) - sizes[i], 0);
			memset(got, 0xff, up(sizes[i]));
			deallocate(got, sizes[i]);
		}
	}
}

CT_CASE(memory_freed_in_part_is_reused_in_part)
{
	uint8_t *p, *q[16];
	unsigned i, k;

	for (k = 0; k < 3; k++) {
		p = allocate(16 * LARGE);
		for (i = 0; i < 16; i++)
			memset(p + i * LARGE, (int)i + 1, LARGE);
		for (i = 0; i < 16; i += 2)
			deallocate(p + i * LARGE, LARGE);
		for (i = 0; i < 16; i++) {
			q[i] = allocate(LARGE / 2);
			all(q[i], LARGE / 2, 0);
			memset(q[i], 0xee, LARGE / 2);
		}
		for (i = 1; i < 16; i += 2)
			all(p + i * LARGE, LARGE, (uint8_t)(i + 1));
		for (i = 0; i < 16; i++)
			deallocate(q[i], LARGE / 2);
		/* What is free already does no harm. */
		deallocate(p, 16 * LARGE);
	}
}

CT_CASE(freed_memory_can_be_allocated_again_at_its_place)
{
	vm_address_t a;
	uint8_t *p;
	unsigned k;

	for (k = 0; k < 3; k++) {
		p = allocate(4 * LARGE);
		memset(p, 0x11, 4 * LARGE);
		deallocate(p + LARGE, LARGE);
		a = (vm_address_t)(p + LARGE);
		CT_OK(vm_allocate(SELF, &a, LARGE, VM_FLAGS_FIXED));
		CT_EQ(a, p + LARGE);
		all(p + LARGE, LARGE, 0);
		memset(p + LARGE, 0x22, LARGE);
		all(p, LARGE, 0x11);
		all(p + 2 * LARGE, 2 * LARGE, 0x11);
		/* Not over what is there, unless that is asked for. */
		a = (vm_address_t)(p + 2 * LARGE);
		CT_KR(vm_allocate(SELF, &a, LARGE, VM_FLAGS_FIXED),
		    KERN_NO_SPACE);
		all(p + 2 * LARGE, LARGE, 0x11);
		CT_OK(vm_allocate(SELF, &a, LARGE,
		    VM_FLAGS_FIXED | VM_FLAGS_OVERWRITE));
		all(p + 2 * LARGE, LARGE, 0);
		all(p + 3 * LARGE, LARGE, 0x11);
		deallocate(p, 4 * LARGE);
	}
}

/* ---- sends ---- */

CT_CASE(neither_side_sees_what_the_other_writes_after_a_send)
{
	uint8_t *src, *got[3];
	unsigned i, k;

	carrier = ct_port_send();
	for (i = 0; i < NSIZES; i++) {
		src = allocate(sizes[i]);
		for (k = 0; k < 3; k++) {
			memset(src, (int)k + 1, sizes[i]);
			send(src, sizes[i], false);
		}
		memset(src, 9, sizes[i]);
		for (k = 0; k < 3; k++) {
			got[k] = receive(sizes[i]);
			all(got[k], sizes[i], (uint8_t)(k + 1));
			memset(got[k], 0x80 + (int)k, sizes[i]);
		}
		all(src, sizes[i], 9);
		for (k = 0; k < 3; k++) {
			all(got[k], sizes[i], (uint8_t)(0x80 + k));
			deallocate(got[k], sizes[i]);
		}
		deallocate(src, sizes[i]);
	}
}

/* Whoever writes meanwhile: what arrived was of one moment, and stays. */
static _Atomic bool stop;
static _Atomic unsigned rounds_written;
static uint8_t *written;

static void *
write_on(void *arg)
{
	uint8_t n;

	(void)arg;
	for (n = 0; !atomic_load(&stop); n++) {
		memset(written, n, LARGE);
		atomic_fetch_add(&rounds_written, 1);
	}
	return (NULL);
}

/* Until all of it was written once more. */
static void
await_another_round(void)
{
	unsigned seen;

	seen = atomic_load(&rounds_written);
	while (atomic_load(&rounds_written) - seen < 2)
		(void)sched_yield();
}

CT_CASE(what_arrived_stays_while_the_sender_writes_on)
{
	uint8_t *copy, *got;
	pthread_t thread;
	unsigned k;

	carrier = ct_port_send();
	written = allocate(LARGE);
	copy = malloc(LARGE);
	CT_TRUE(copy != NULL);
	atomic_store(&stop, false);
	CT_EQ(pthread_create(&thread, NULL, write_on, NULL), 0);
	for (k = 0; k < 60; k++) {
		send(written, LARGE, false);
		got = receive(LARGE);
		memcpy(copy, got, LARGE);
		if (k % 4 == 0)
			await_another_round();
		CT_EQ(memcmp(copy, got, LARGE), 0);
		/* Nor does the sender see what the receiver writes. */
		memset(got, 0xff, LARGE);
		deallocate(got, LARGE);
	}
	atomic_store(&stop, true);
	CT_EQ(pthread_join(thread, NULL), 0);
	deallocate(written, LARGE);
	free(copy);
}

/* Messages by the thousand, of all sizes, leave the process as it was. */
static uint64_t
virtual_size(void)
{
	struct mach_task_basic_info info;
	mach_msg_type_number_t n;

	n = MACH_TASK_BASIC_INFO_COUNT;
	CT_OK(task_info(SELF, MACH_TASK_BASIC_INFO, (task_info_t)&info, &n));
	return (info.virtual_size);
}

static void
move_memory(unsigned rounds)
{
	uint8_t *p;
	unsigned i, k;

	for (k = 0; k < rounds; k++)
		for (i = 0; i < NSIZES; i++) {
			p = allocate(sizes[i]);
			p[0] = (uint8_t)k;
			p[sizes[i] - 1] = (uint8_t)k;
			send(p, sizes[i], k % 2 == 0);
			if (k % 2 != 0)
				deallocate(p, sizes[i]);
			p = receive(sizes[i]);
			CT_EQ(p[0], (uint8_t)k);
			CT_EQ(p[sizes[i] - 1], (uint8_t)k);
			deallocate(p, sizes[i]);
		}
}

CT_CASE_TIMEOUT(memory_by_the_thousand_messages_leaves_no_trace, 120)
{
	uint64_t before;

	carrier = ct_port_send();
	move_memory(4);
	before = virtual_size();
	move_memory(repeat(150));
	CT_TRUE(virtual_size() <= before + 2 * MB);
}

/* As large as launchd's answers get, and of mig's memory. */
CT_CASE(twenty_megabytes_arrive)
{
	vm_address_t a;
	uint8_t *got;
	size_t i;

	carrier = ct_port_send();
	mig_allocate(&a, 20 * MB + 3);
	CT_NE(a, 0);
	for (i = 0; i < 20 * MB + 3; i += 4096)
		((uint8_t *)a)[i] = (uint8_t)(i >> 12);
	send((uint8_t *)a, 20 * MB + 3, true);
	got = receive(20 * MB + 3);
	for (i = 0; i < 20 * MB + 3; i += 4096)
		CT_EQ(got[i], (uint8_t)(i >> 12));
	all(got + 20 * MB + 3, up(3) - 3, 0);
	mig_deallocate((vm_address_t)got, 20 * MB + 3);
}

CT_CASE(memory_given_away_is_not_reused_before_it_has_arrived)
{
	uint8_t *p;
	unsigned i, k;

	carrier = ct_port_send();
	for (k = 0; k < 3; k++) {
		for (i = 0; i < 4; i++) {
			p = allocate(LARGE);
			memset(p, (int)(16 * k + i + 1), LARGE);
			send(p, LARGE, true);
			/* A second free is nothing, or an error: no more. */
			(void)vm_deallocate(SELF, (vm_address_t)p, LARGE);
		}
		p = allocate(8 * LARGE);
		all(p, 8 * LARGE, 0);
		memset(p, 0xff, 8 * LARGE);
		for (i = 0; i < 4; i++) {
			uint8_t *got = receive(LARGE);

			all(got, LARGE, (uint8_t)(16 * k + i + 1));
			deallocate(got, LARGE);
		}
		deallocate(p, 8 * LARGE);
	}
}

CT_CASE(memory_given_twice_in_one_message_arrives_twice)
{
	struct ct_complex m;
	uint8_t *p;
	unsigned i, k;

	carrier = ct_port_send();
	for (k = 0; k < 3; k++) {
		p = allocate(2 * LARGE);
		memset(p, 0x31, LARGE);
		memset(p + LARGE, 0x32, LARGE);
		ct_complex_init(&m, carrier,
		    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 3, 0);
		for (i = 0; i < 3; i++) {
			m.d.ool[i].address = p + (i == 1 ? LARGE / 2 : 0);
			m.d.ool[i].size = LARGE;
			m.d.ool[i].deallocate = true;
			m.d.ool[i].copy = MACH_MSG_VIRTUAL_COPY;
			m.d.ool[i].type = MACH_MSG_OOL_DESCRIPTOR;
		}
		CT_OK(ct_complex_send(&m, 0, 0));
		deallocate(p, 2 * LARGE);
		p = allocate(4 * LARGE);
		memset(p, 0xff, 4 * LARGE);
		CT_OK(ct_complex_recv(carrier, &m, CT_SOON_MS));
		all(m.d.ool[0].address, LARGE, 0x31);
		all(m.d.ool[1].address, LARGE / 2, 0x31);
		all((uint8_t *)m.d.ool[1].address + LARGE / 2, LARGE / 2,
		    0x32);
		all(m.d.ool[2].address, LARGE, 0x31);
		for (i = 0; i < 3; i++)
			deallocate(m.d.ool[i].address, LARGE);
		deallocate(p, 4 * LARGE);
	}
}

CT_CASE(memory_of_a_send_that_fails_stays_the_senders)
{
	struct ct_complex m;
	mach_port_t full;
	uint8_t *p;
	unsigned k;

	carrier = ct_port_send();
	full = ct_port_send();
	ct_qlimit(full, 1);
	ct_send_id(full, 1);
	for (k = 0; k < 3; k++) {
		p = allocate(LARGE);
		memset(p, 0x44, LARGE);
		/* The queue is full: the message comes back, memory and all. */
		CT_KR(try_send(full, p, LARGE, true), MACH_SEND_TIMED_OUT);
		ct_complex_init(&m, carrier,
		    MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 2, 0);
		p = allocate(LARGE);
		memset(p, 0x45, LARGE);
		m.d.ool[0].address = p;
		m.d.ool[0].size = LARGE;
		m.d.ool[0].deallocate = true;
		m.d.ool[0].copy = MACH_MSG_VIRTUAL_COPY;
		m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
		m.d.ool[1] = m.d.ool[0];
		m.d.ool[1].address = (void *)8;
		CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_MEMORY);
		all(p, LARGE, 0x45);
		memset(p, 0x46, LARGE);
		send(p, LARGE, true);
		p = receive(LARGE);
		all(p, LARGE, 0x46);
		deallocate(p, LARGE);
	}
}

CT_CASE(freed_memory_cannot_be_sent)
{
	uint8_t *p;
	unsigned k;

	carrier = ct_port_send();
	for (k = 0; k < 3; k++) {
		p = allocate(2 * LARGE);
		memset(p, 1, 2 * LARGE);
		deallocate(p + LARGE, LARGE);
		CT_KR(try_send(carrier, p, 2 * LARGE, k == 1),
		    MACH_SEND_INVALID_MEMORY);
		CT_KR(try_send(carrier, p + LARGE, LARGE, k == 1),
		    MACH_SEND_INVALID_MEMORY);
		all(p, LARGE, 1);
		deallocate(p, LARGE);
		CT_KR(try_send(carrier, p, LARGE, false),
		    MACH_SEND_INVALID_MEMORY);
	}
}

CT_CASE(memory_without_read_permission_cannot_be_sent)
{
	uint8_t *p;
	unsigned k;

	carrier = ct_port_send();
	for (k = 0; k < 3; k++) {
		p = allocate(3 * LARGE);
		memset(p, 0x12, 3 * LARGE);
		if (k % 2 == 0)
			CT_OK(vm_protect(SELF, (vm_address_t)(p + LARGE), LARGE,
			    FALSE, VM_PROT_NONE));
		else
			CT_POSIX(mprotect(p + LARGE, LARGE, PROT_NONE));
		CT_KR(try_send(carrier, p, 3 * LARGE, true),
		    MACH_SEND_INVALID_MEMORY);
		CT_KR(try_send(carrier, p + LARGE + 1, 8, false),
		    MACH_SEND_INVALID_MEMORY);
		send(p, LARGE, false);
		deallocate(receive(LARGE), LARGE);
		CT_OK(vm_protect(SELF, (vm_address_t)(p + LARGE), LARGE, FALSE,
		    VM_PROT_READ));
		send(p, 3 * LARGE, true);
		p = receive(3 * LARGE);
		all(p, 3 * LARGE, 0x12);
		memset(p, 0x13, 3 * LARGE);
		deallocate(p, 3 * LARGE);
	}
}

CT_CASE(protected_memory_is_writable_and_zero_when_it_is_reused)
{
	uint8_t *p;
	unsigned k;

	for (k = 0; k < 4; k++) {
		p = allocate(4 * LARGE);
		all(p, 4 * LARGE, 0);
		memset(p, 0x66, 4 * LARGE);
		CT_OK(vm_protect(SELF, (vm_address_t)(p + LARGE), LARGE, FALSE,
		    k % 2 == 0 ? VM_PROT_NONE : VM_PROT_READ));
		deallocate(p, 4 * LARGE);
	}
}

CT_CASE(what_is_mapped_in_the_place_of_memory_is_what_is_sent)
{
	uint8_t *p, *got;
	unsigned k;

	carrier = ct_port_send();
	for (k = 0; k < 3; k++) {
		p = allocate(3 * LARGE);
		memset(p, 0x21, 3 * LARGE);
		CT_POSIX(munmap(p + LARGE, LARGE));
		CT_KR(try_send(carrier, p, 3 * LARGE, false),
		    MACH_SEND_INVALID_MEMORY);
		CT_TRUE(mmap(p + LARGE, LARGE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) == p + LARGE);
		memset(p + LARGE, 0x22, LARGE);
		send(p, 3 * LARGE, false);
		got = receive(3 * LARGE);
		all(got, LARGE, 0x21);
		all(got + LARGE, LARGE, 0x22);
		all(got + 2 * LARGE, LARGE, 0x21);
		deallocate(got, 3 * LARGE);
		send(p + LARGE, LARGE, false);
		got = receive(LARGE);
		all(got, LARGE, 0x22);
		deallocate(got, LARGE);
	}
}

CT_CASE(memory_survives_the_death_of_its_sender)
{
	uint8_t *p;
	unsigned i, k;
	pid_t pid;

	carrier = ct_port();
	for (k = 0; k < 3; k++) {
		ct_bequeath(carrier);
		pid = ct_fork();
		if (pid == 0) {
			carrier = ct_inherited();
			for (i = 0; i < 4; i++) {
				p = allocate(LARGE);
				memset(p, (int)i + 1, LARGE);
				send(p, LARGE, i % 2 == 0);
			}
			p = allocate(LARGE);
			memset(p, 0xff, LARGE);
			ct_child_exit();
		}
		ct_wait(pid);
		for (i = 0; i < 4; i++) {
			p = receive(LARGE);
			all(p, LARGE, (uint8_t)(i + 1));
			deallocate(p, LARGE);
		}
	}
}

/* ---- fork ---- */

/* Memory of each kind and size, full of its number. */
#define	NKINDS		(2 * NSIZES)

static uint8_t *kinds[NKINDS];

static void
make_kinds(void)
{
	unsigned i;

	carrier = ct_port_send();
	for (i = 0; i < NSIZES; i++) {
		kinds[2 * i] = allocate(sizes[i]);
		memset(kinds[2 * i], (int)(2 * i + 1), sizes[i]);
		kinds[2 * i + 1] = received(sizes[i], (uint8_t)(2 * i + 2));
	}
}

static void
fill_kinds(uint8_t more)
{
	unsigned i;

	for (i = 0; i < NKINDS; i++)
		memset(kinds[i], (int)(i + 1 + more), sizes[i / 2]);
}

static void
check_kinds(uint8_t more)
{
	unsigned i;

	for (i = 0; i < NKINDS; i++)
		all(kinds[i], sizes[i / 2], (uint8_t)(i + 1 + more));
}

static void
free_kinds(void)
{
	unsigned i;

	for (i = 0; i < NKINDS; i++)
		deallocate(kinds[i], sizes[i / 2]);
}

CT_CASE(after_a_fork_neither_sees_what_the_other_writes)
{
	struct ct_gate parent, child;
	unsigned k;
	pid_t pid;

	make_kinds();
	for (k = 0; k < 3; k++) {
		ct_gate_init(&parent);
		ct_gate_init(&child);
		fill_kinds(0);
		pid = ct_fork();
		if (pid == 0) {
			ct_gate_wait(&parent);
			check_kinds(0);		/* not what it wrote */
			fill_kinds(0x40);
			ct_gate_open(&child);
			ct_gate_wait(&parent);
			check_kinds(0x40);
			ct_child_exit();
		}
		fill_kinds(0x80);
		ct_gate_open(&parent);
		ct_gate_wait(&child);
		check_kinds(0x80);		/* not what it wrote */
		fill_kinds(0);
		ct_gate_open(&parent);
		ct_wait(pid);
		check_kinds(0);
	}
}

CT_CASE(what_the_parent_frees_and_reuses_stays_the_childs)
{
	struct ct_gate gate;
	unsigned k;
	pid_t pid;

	for (k = 0; k < 3; k++) {
		make_kinds();
		ct_gate_init(&gate);
		pid = ct_fork();
		if (pid == 0) {
			ct_gate_wait(&gate);
			check_kinds(0);
			ct_child_exit();
		}
		free_kinds();
		make_kinds();
		fill_kinds(0xc0);
		free_kinds();
		deallocate(received(8 * MB, 0xdd), 8 * MB);
		ct_gate_open(&gate);
		ct_wait(pid);
	}
}

CT_CASE_TIMEOUT(what_the_child_frees_and_reuses_stays_the_parents, 60)
{
	unsigned k;
	pid_t pid;

	make_kinds();
	for (k = 0; k < 3; k++) {
		pid = ct_fork();
		if (pid == 0) {
			free_kinds();
			make_kinds();
			fill_kinds(0xc0);
			/* And a grandchild of its own. */
			pid = ct_fork();
			if (pid == 0) {
				check_kinds(0xc0);
				fill_kinds(0x11);
				free_kinds();
				ct_child_exit();
			}
			fill_kinds(0x22);
			ct_wait(pid);
			check_kinds(0x22);
			ct_child_exit();
		}
		ct_wait(pid);
		check_kinds(0);
	}
	free_kinds();
}

CT_CASE_TIMEOUT(inherited_memory_can_be_sent_by_parent_and_child, 60)
{
	mach_port_t port;
	uint8_t *got;
	unsigned i;
	pid_t pid;

	port = ct_port_send();
	make_kinds();
	/* One at a time: queues are short. */
	for (i = 0; i < NKINDS; i++) {
		ct_bequeath(port);
		pid = ct_fork();
		if (pid == 0) {
			carrier = ct_inherited();
			send(kinds[i], sizes[i / 2], i % 4 < 2);
			ct_child_exit();
		}
		ct_wait(pid);
		got = receive_from(port, sizes[i / 2]);
		all(got, sizes[i / 2], (uint8_t)(i + 1));
		deallocate(got, sizes[i / 2]);
		send(kinds[i], sizes[i / 2], i % 4 >= 2);
		got = receive(sizes[i / 2]);
		all(got, sizes[i / 2], (uint8_t)(i + 1));
		if (i % 4 >= 2) {
			kinds[i] = got;
			continue;
		}
		deallocate(got, sizes[i / 2]);
	}
	check_kinds(0);
}

CT_CASE(protection_is_inherited)
{
	static const struct rlimit no_core;
	volatile uint8_t *p;
	unsigned k;
	pid_t pid;

	carrier = ct_port_send();
	for (k = 0; k < 4; k++) {
		p = k % 2 == 0 ? allocate(3 * LARGE) :
		    received(3 * LARGE, 0x51);
		p[0] = p[LARGE] = p[2 * LARGE] = 0x51;
		CT_OK(vm_protect(SELF, (vm_address_t)(p + LARGE), LARGE, FALSE,
		    k < 2 ? VM_PROT_READ : VM_PROT_NONE));
		pid = ct_fork();
		if (pid == 0) {
			/* Not a sanitizer's; and no dump of it. */
			(void)signal(SIGSEGV, SIG_DFL);
			(void)setrlimit(RLIMIT_CORE, &no_core);
			CT_EQ(p[0], 0x51);
			p[0] = p[2 * LARGE] = 1;
			if (k < 2) {
				CT_EQ(p[LARGE], 0x51);
				p[LARGE] = 1;
			} else
				(void)p[LARGE];
			ct_child_exit();
		}
		ct_wait_signal(pid, SIGSEGV);
		pid = ct_fork();
		if (pid == 0) {
			CT_OK(vm_protect(SELF, (vm_address_t)(p + LARGE),
			    LARGE, FALSE, VM_PROT_READ | VM_PROT_WRITE));
			CT_EQ(p[LARGE], 0x51);
			p[LARGE] = 1;
			ct_child_exit();
		}
		ct_wait(pid);
		CT_EQ(p[0], 0x51);
	}
}

/*
 * A writer increments in order; whatever the moment of the fork, the child
 * finds no later count ahead of an earlier one, and its counts do not move.
 */
#define	COUNTS		64

static _Atomic uint32_t *counts[COUNTS];

static void *
writer(void *arg)
{
	uint32_t n;
	unsigned i;

	(void)arg;
	for (n = 1; !atomic_load(&stop); n++)
		for (i = 0; i < COUNTS; i++)
			atomic_store(counts[i], n);
	return (NULL);
}

static void
check_counts(void)
{
	uint32_t before, n;
	unsigned i;

	before = atomic_load(counts[0]);
	for (i = 1; i < COUNTS; i++) {
		n = atomic_load(counts[i]);
		CT_TRUE(n <= before && before - n <= 1);
		before = n;
	}
}

CT_CASE_TIMEOUT(a_fork_while_threads_write_is_of_one_moment, 60)
{
	pthread_t thread;
	uint32_t first;
	unsigned i, k;
	uint8_t *a, *b, *c;
	pid_t pid;

	carrier = ct_port_send();
	for (k = 0; k < 12; k++) {
		a = allocate(4 * MB);
		b = received(4 * MB, 0);
		c = malloc(4 * MB);
		CT_TRUE(c != NULL);
		for (i = 0; i < COUNTS; i++) {
			uint8_t *p = i % 3 == 0 ? a : i % 3 == 1 ? b : c;

			counts[i] = (_Atomic uint32_t *)(void *)(p +
			    (i * 37 % COUNTS) * 64 * KB);
			atomic_store(counts[i], 0);
		}
		atomic_store(&stop, false);
		CT_EQ(pthread_create(&thread, NULL, writer, NULL), 0);
		while (atomic_load(counts[COUNTS - 1]) == 0)
			continue;
		pid = ct_fork();
		if (pid == 0) {
			first = atomic_load(counts[0]);
			check_counts();
			for (i = 0; i < 1000; i++)
				CT_EQ(atomic_load(counts[0]), first);
			check_counts();
			ct_child_exit();
		}
		ct_wait(pid);
		atomic_store(&stop, true);
		CT_EQ(pthread_join(thread, NULL), 0);
		first = atomic_load(counts[0]);
		for (i = 0; i < COUNTS; i++)
			CT_EQ(atomic_load(counts[i]), first);
		deallocate(a, 4 * MB);
		deallocate(b, 4 * MB);
		free(c);
	}
}

/* Threads send, receive and free while another forks. */
static _Atomic unsigned rounds;

static void *
mover(void *arg)
{
	mach_port_t port;
	uint8_t *p;
	uint8_t value;

	port = ct_port_send();
	value = (uint8_t)(uintptr_t)arg;
	while (!atomic_load(&stop)) {
		p = allocate(LARGE);
		all(p, LARGE, 0);
		memset(p, value, LARGE);
		CT_OK(try_send(port, p, LARGE, value % 2 == 0));
		if (value % 2 != 0)
			deallocate(p, LARGE);
		p = receive_from(port, LARGE);
		all(p, LARGE, value);
		deallocate(p, LARGE);
		atomic_fetch_add(&rounds, 1);
	}
	return (NULL);
}

CT_CASE_TIMEOUT(forks_while_threads_move_memory_lose_nothing, 60)
{
	pthread_t threads[3];
	unsigned i, k, seen;
	uint8_t *p;
	pid_t pid;

	carrier = ct_port_send();
	for (i = 0; i < 3; i++)
		CT_EQ(pthread_create(&threads[i], NULL, mover,
		    (void *)(uintptr_t)(i + 1)), 0);
	for (k = 0; k < 20; k++) {
		/* With memory in use, and with none of this thread's. */
		p = k % 3 == 0 ? NULL : received(LARGE, 0x99);
		seen = atomic_load(&rounds);
		pid = ct_fork();
		if (pid == 0) {
			if (p != NULL)
				all(p, LARGE, 0x99);
			ct_child_exit();
		}
		ct_wait(pid);
		if (p != NULL) {
			all(p, LARGE, 0x99);
			deallocate(p, LARGE);
		}
		while (atomic_load(&rounds) < seen + 3)
			(void)usleep(100);
	}
	atomic_store(&stop, true);
	for (i = 0; i < 3; i++)
		CT_EQ(pthread_join(threads[i], NULL), 0);
}

CT_CASE(many_forks_with_memory_in_use_work)
{
	uint8_t *p[40];
	unsigned k;
	pid_t pid;

	carrier = ct_port_send();
	for (k = 0; k < 40; k++) {
		p[k] = received(LARGE, (uint8_t)(k + 1));
		pid = ct_fork();
		if (pid == 0) {
			all(p[k], LARGE, (uint8_t)(k + 1));
			all(p[0], LARGE, 1);
			ct_child_exit();
		}
		ct_wait(pid);
	}
	for (k = 0; k < 40; k++) {
		all(p[k], LARGE, (uint8_t)(k + 1));
		deallocate(p[k], LARGE);
	}
	p[0] = received(LARGE, 7);
	deallocate(p[0], LARGE);
}

/* ---- descriptors all gone ---- */

CT_CASE(a_process_without_its_descriptors_keeps_its_memory_over_a_fork)
{
	struct ct_gate gate;
	int fd;
	pid_t pid;

	make_kinds();
	ct_gate_init(&gate);
	for (fd = 3; fd < 1024 * 4; fd++)
		if (fd != gate.fds[0] && fd != gate.fds[1])
			(void)close(fd);
	pid = fork();
	CT_TRUE(pid != -1);
	if (pid == 0) {
		ct_gate_wait(&gate);
		check_kinds(0);
		_exit(0);
	}
	fill_kinds(0x30);
	ct_gate_open(&gate);
	CT_EQ(waitpid(pid, &fd, 0), pid);
	CT_EQ(fd, 0);
	check_kinds(0x30);
}
