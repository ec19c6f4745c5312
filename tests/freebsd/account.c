/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What out-of-line memory costs its owners: swap (vm.swap_reserved) while a
 * message holds it, address space of the receiver afterwards (RACCT_VMEM, on a
 * kernel with kern.racct.enable=1), nothing when both have ended, whoever ends
 * first and wherever the memory is then.
 *
 * A receiver and a sender are made for each case and are gone at its end; other
 * processes must not change the system's sum by more than SLACK meanwhile.
 */

#include <sys/param.h>
#include <sys/mman.h>
#include <sys/rctl.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "../conformance/ct.h"
#include "../conformance/ctmach.h"

#define	SIZE	(16 * 1024 * 1024)
#define	SLACK	(SIZE / 2)	/* a fork moves charges of ordinary memory */

enum memory { ORDINARY, ALLOCATED };

static uint64_t
swap_now(void)
{
	uint64_t value;
	size_t len;

	len = sizeof(value);
	CT_POSIX(sysctlbyname("vm.swap_reserved", &value, &len, NULL, 0));
	return (value);
}

/* A resource of this process or user by rctl(8)'s name; false: no RACCT. */
static bool
racct_now(const char *filter, const char *resource, uint64_t *value)
{
	char *at, *buf, key[32];
	int error;

	buf = malloc(4096);
	CT_TRUE(buf != NULL);
	error = rctl_get_racct(filter, strlen(filter) + 1, buf, 4096);
	if (error != 0 && (errno == ENOSYS || errno == EOPNOTSUPP)) {
		free(buf);
		return (false);
	}
	CT_POSIX(error);
	(void)snprintf(key, sizeof(key), "%s=", resource);
	at = strstr(buf, key);
	CT_TRUE(at != NULL);
	*value = strtoull(at + strlen(key), NULL, 10);
	free(buf);
	return (true);
}

static void
send_memory(mach_port_t to, enum memory memory)
{
	struct ct_complex m;
	vm_address_t addr;

	if (memory == ALLOCATED)
		CT_OK(vm_allocate(SELF, &addr, SIZE, VM_FLAGS_ANYWHERE));
	else
		addr = (vm_address_t)mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
		    MAP_ANON | MAP_PRIVATE, -1, 0);
	CT_NE(addr, (vm_address_t)MAP_FAILED);
	memset((void *)addr, 3, SIZE);
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = to;
	m.body.msgh_descriptor_count = 1;
	m.d.ool[0].address = (void *)addr;
	m.d.ool[0].size = SIZE;
	m.d.ool[0].copy = MACH_MSG_VIRTUAL_COPY;
	m.d.ool[0].type = MACH_MSG_OOL_DESCRIPTOR;
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG, sizeof(m.hdr) + sizeof(m.body) +
	    sizeof(m.d.ool[0]), 0, MACH_PORT_NULL, 0, MACH_PORT_NULL));
}

static char *
receive_memory(mach_port_t from)
{
	struct ct_complex m;

	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m), from, 0,
	    MACH_PORT_NULL));
	CT_EQ(m.body.msgh_descriptor_count, 1);
	CT_EQ(m.d.ool[0].size, SIZE);
	return (m.d.ool[0].address);
}

enum fate {
	NEVER_RECEIVED,		/* the receiver ends with it in its queue */
	DESTROYED,		/* with the port, by hand */
	KEPT,			/* received, written to, and kept to the end */
	FREED			/* received and deallocated */
};

/* The receiver: a sender of its own sends and ends, before or after. */
static void
receiver(enum memory memory, enum fate fate, bool sender_first)
{
	struct ct_gate go;
	mach_port_t port;
	uint64_t before, space, with;
	pid_t pid;
	char *data, filter[32];
	bool racct;

	port = ct_port_send();
	CT_OK(task_set_bootstrap_port(SELF, port));
	ct_gate_init(&go);
	before = swap_now();
	pid = fork();
	CT_POSIX(pid);
	if (pid == 0) {
		CT_OK(task_get_bootstrap_port(SELF, &port));
		send_memory(port, memory);
		if (!sender_first)
			ct_gate_wait(&go);
		_exit(0);
	}
	if (sender_first)
		ct_wait(pid);
	if (fate == DESTROYED && sender_first) {
		/* The message alone has it now. */
		CT_TRUE(swap_now() >= before + SIZE);
		ct_destroy_receive(port);
		CT_TRUE(swap_now() < before + SLACK);
	} else if (fate == KEPT || fate == FREED) {
		(void)snprintf(filter, sizeof(filter), "process:%d:",
		    (int)getpid());
		racct = racct_now(filter, "vmemoryuse", &space);
		data = receive_memory(port);
		if (racct) {
			CT_TRUE(racct_now(filter, "vmemoryuse", &with));
			CT_EQ(with, space + SIZE);
		}
		CT_TRUE(swap_now() >= before + SIZE);
		CT_EQ(data[SIZE - 1], 3);
		if (fate == KEPT)
			memset(data, 4, SIZE);
		else {
			CT_OK(vm_deallocate(SELF, (vm_address_t)data, SIZE));
			if (racct) {
				/* The system looks when it maps something. */
				CT_NE(mmap(NULL, PAGE_SIZE, PROT_READ, MAP_ANON,
				    -1, 0), MAP_FAILED);
				CT_TRUE(racct_now(filter, "vmemoryuse",
				    &with));
				CT_EQ(with, space + PAGE_SIZE);
			}
			if (sender_first)
				CT_TRUE(swap_now() < before + SLACK);
		}
	}
	if (!sender_first) {
		ct_gate_open(&go);
		ct_wait(pid);
		if (fate == FREED)
			CT_TRUE(swap_now() < before + SLACK);
	}
	_exit(0);
}

static void
ends_even(enum fate fate)
{
	uint64_t before, after, used, used_before;
	enum memory memory;
	char filter[32];
	bool racct;
	int first;
	pid_t pid;

	(void)snprintf(filter, sizeof(filter), "user:%d:", (int)getuid());
	for (memory = ORDINARY; memory <= ALLOCATED; memory++) {
		for (first = 0; first <= 1; first++) {
			racct = racct_now(filter, "vmemoryuse", &used_before);
			before = swap_now();
			pid = fork();
			CT_POSIX(pid);
			if (pid == 0)
				receiver(memory, fate, first != 0);
			ct_wait(pid);
			after = swap_now();
			ct_note("memory %d, sender first %d: %+jd bytes",
			    memory, first, (intmax_t)(after - before));
			CT_TRUE(after < before + SLACK);
			CT_TRUE(before < after + SLACK);
			if (racct) {
				CT_TRUE(racct_now(filter, "vmemoryuse",
				    &used));
				CT_EQ(used, used_before);
			}
		}
	}
}

CT_CASE_TIMEOUT(memory_that_nobody_received_is_given_back, 60)
{

	ends_even(NEVER_RECEIVED);
}

CT_CASE_TIMEOUT(memory_in_a_port_that_dies_is_given_back, 60)
{

	ends_even(DESTROYED);
}

CT_CASE_TIMEOUT(memory_of_a_receiver_that_dies_is_given_back, 60)
{

	ends_even(KEPT);
}

CT_CASE_TIMEOUT(memory_that_is_deallocated_is_given_back, 60)
{

	ends_even(FREED);
}
