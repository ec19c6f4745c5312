/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The memory of another task through its port: what mach_vm_* do by messages to
 * the kernel.
 *
 * A parent holds the port of its child, which has a copy of the parent's memory
 * at the same addresses, makes something else of it, and waits.
 */

#include <sys/mman.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mach_vm.h>

#include "ct.h"
#include "ctmach.h"

/* Several pieces of whatever size the kernel moves at once, and a bit. */
#define	BIG	(140 * 1024 + 123)

static struct ct_gate to_child, to_parent;
static mach_port_t child;
static pid_t child_pid;
static uint8_t *area;

static uint8_t
theirs(size_t i)
{

	return ((uint8_t)(i * 7 + i / 251 + 1));
}

static size_t
room(void)
{

	return ((BIG + 2 * ct_page() - 1) / ct_page() * ct_page());
}

/*
 * The child has theirs() in its area, without access to the page after it, and
 * waits for the word that makes it do `then`.
 */
static void
with_child(void (*then)(uint64_t))
{
	size_t i;

	area = mmap(NULL, room() + ct_page(), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	CT_TRUE(area != MAP_FAILED);
	ct_gate_init(&to_child);
	ct_gate_init(&to_parent);
	child_pid = ct_fork();
	if (child_pid == 0) {
		(void)ct_port();
		for (i = 0; i < room(); i++)
			area[i] = theirs(i);
		CT_POSIX(mprotect(area + room(), ct_page(), PROT_NONE));
		ct_gate_open(&to_parent);
		then(ct_gate_get(&to_child));
		ct_child_exit();
	}
	ct_gate_wait(&to_parent);
	(void)mig_get_reply_port();
	CT_OK(task_for_pid(SELF, child_pid, &child));
	CT_NE(child, SELF);
}

static void
end(uint64_t word)
{

	ct_gate_put(&to_child, word);
	ct_wait(child_pid);
	CT_OK(mach_port_deallocate(SELF, child));
	CT_POSIX(munmap(area, room() + ct_page()));
}

static void
nothing(uint64_t word)
{

	(void)word;
}

static mach_vm_address_t
at(size_t offset)
{

	return ((mach_vm_address_t)(uintptr_t)area + offset);
}

/* The range as it is there, read twice over. */
static void
check_theirs(size_t offset, size_t size)
{
	mach_msg_type_number_t count;
	mach_vm_size_t n;
	vm_offset_t data;
	uint8_t *copy;
	size_t i;

	CT_OK(mach_vm_read(child, at(offset), size, &data, &count));
	CT_EQ(count, size);
	copy = malloc(size + 1);
	CT_TRUE(copy != NULL);
	copy[size] = 0x5a;
	CT_OK(mach_vm_read_overwrite(child, at(offset), size,
	    (mach_vm_address_t)(uintptr_t)copy, &n));
	CT_EQ(n, size);
	CT_EQ(copy[size], 0x5a);
	for (i = 0; i < size; i++) {
		CT_EQ(((uint8_t *)data)[i], theirs(offset + i));
		CT_EQ(copy[i], theirs(offset + i));
	}
	free(copy);
	if (size != 0)
		CT_OK(vm_deallocate(SELF, data, size));
}

CT_CASE_TIMEOUT(another_tasks_memory_is_read, 120)
{
	static const size_t sizes[] = {
		0, 1, 3, 4095, 4096, 4097, 65535, 65536, 65537, BIG
	};
	mach_vm_read_entry_t list;
	size_t i;

	with_child(nothing);
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		check_theirs(0, sizes[i]);
		check_theirs(5, sizes[i]);
	}
	/* Ours is another. */
	CT_EQ(area[1], 0);
	list[0].address = at(10);
	list[0].size = 20;
	list[1].address = at(room());
	list[1].size = 1;
	list[2].address = at(4000);
	list[2].size = 200;
	CT_KR(mach_vm_read_list(child, list, 3), KERN_PROTECTION_FAILURE);
	CT_EQ(*(uint8_t *)(uintptr_t)list[0].address, theirs(10));
	CT_EQ(list[1].address, 0);
	CT_EQ(((uint8_t *)(uintptr_t)list[2].address)[199], theirs(4199));
	CT_OK(mach_vm_deallocate(SELF, list[0].address, 20));
	CT_OK(mach_vm_deallocate(SELF, list[2].address, 200));
	end(0);
}

static uint8_t
ours(size_t i)
{

	return ((uint8_t)(i * 13 + i / 241 + 5));
}

static void
finds_ours(uint64_t size)
{
	size_t i;

	for (i = 0; i < room(); i++)
		CT_EQ(area[i], i >= 7 && i < 7 + size ? ours(i) : theirs(i));
}

CT_CASE_TIMEOUT(another_tasks_memory_is_written, 600)
{
	static const size_t sizes[] = { 0, 1, 4096, 65537, BIG };
	uint8_t *data;
	size_t i, j;

	data = malloc(BIG);
	CT_TRUE(data != NULL);
	for (i = 0; i < BIG; i++)
		data[i] = ours(7 + i);
	for (j = 0; j < sizeof(sizes) / sizeof(sizes[0]); j++) {
		with_child(finds_ours);
		CT_OK(mach_vm_write(child, at(7), (vm_offset_t)data,
		    (mach_msg_type_number_t)sizes[j]));
		CT_EQ(area[7], 0);
		end(sizes[j]);
	}
	free(data);
}

static void
finds_moved(uint64_t word)
{
	size_t from, i, to;

	from = word >> 32;
	to = word & 0xffffffff;
	for (i = 0; i < 90000; i++)
		CT_EQ(area[to + i], theirs(from + i));
}

CT_CASE_TIMEOUT(memory_is_copied_within_another_task, 600)
{
	static const struct {
		uint32_t from, to;
	} moves[] = {
		{ 0, 40001 }, { 40001, 0 }, { 3, 4 }, { 4, 3 }, { 9, 9 }
	};
	unsigned i;

	for (i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		with_child(finds_moved);
		CT_OK(mach_vm_copy(child, at(moves[i].from), 90000,
		    at(moves[i].to)));
		end((uint64_t)moves[i].from << 32 | moves[i].to);
	}
}

CT_CASE_TIMEOUT(a_range_that_is_not_all_there_changes_nothing, 120)
{
	static uint8_t data[4096];
	mach_msg_type_number_t count;
	mach_vm_size_t n;
	vm_offset_t got;

	with_child(finds_ours);
	/* The page after it has no access; null is not mapped. */
	CT_KR(mach_vm_read(child, at(room() - 10), 11, &got, &count),
	    KERN_PROTECTION_FAILURE);
	CT_KR(mach_vm_read(child, 0, 1, &got, &count), KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_read(child, (mach_vm_address_t)0 - 4096, 4096, &got,
	    &count), KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_read(child, (mach_vm_address_t)0 - 4096, 8192, &got,
	    &count), KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_read(child, at(0), (mach_vm_size_t)1 << 32, &got,
	    &count), KERN_INVALID_ARGUMENT);
	CT_KR(mach_vm_read(child, at(0), (mach_vm_size_t)1 << 31, &got,
	    &count), KERN_RESOURCE_SHORTAGE);
	CT_KR(mach_vm_write(child, at(room() - 10), (vm_offset_t)data, 11),
	    KERN_PROTECTION_FAILURE);
	CT_KR(mach_vm_write(child, 0, (vm_offset_t)data, 1),
	    KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_write(child, at(0), 0, 11), MACH_SEND_INVALID_MEMORY);
	CT_KR(mach_vm_copy(child, at(0), 11, at(room() - 10)),
	    KERN_PROTECTION_FAILURE);
	CT_KR(mach_vm_copy(child, at(room() - 10), 11, at(0)),
	    KERN_PROTECTION_FAILURE);
	CT_KR(mach_vm_copy(child, at(0), (mach_vm_size_t)1 << 40, at(9)),
	    KERN_RESOURCE_SHORTAGE);
	CT_KR(mach_vm_copy(child, at(0), ~(mach_vm_size_t)0, at(9)),
	    KERN_INVALID_ADDRESS);
	/* Text is not written without being asked for. */
	CT_KR(mach_vm_write(child, (mach_vm_address_t)(uintptr_t)&theirs,
	    (vm_offset_t)data, 1), KERN_PROTECTION_FAILURE);
	/* The own end is wrong. */
	CT_KR(mach_vm_read_overwrite(child, at(0), 100, 0, &n),
	    KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_read_overwrite(child, at(0), 100,
	    (mach_vm_address_t)0 - 50, &n), KERN_INVALID_ADDRESS);
	end(0);
}

CT_CASE_TIMEOUT(mappings_of_another_task_are_changed_or_refused, 120)
{
	mach_vm_address_t address;
	mach_vm_size_t n;
	uint32_t word;
	kern_return_t kr;

	with_child(finds_ours);
	address = 0;
	kr = mach_vm_allocate(child, &address, 3 * ct_page(),
	    VM_FLAGS_ANYWHERE);
	if (kr == KERN_NOT_SUPPORTED) {
		/* machd: a process maps its own memory, nobody else does. */
		CT_EQ(address, 0);
		CT_KR(mach_vm_deallocate(child, at(0), ct_page()),
		    KERN_NOT_SUPPORTED);
		CT_KR(mach_vm_protect(child, at(0), ct_page(), FALSE,
		    VM_PROT_NONE), KERN_NOT_SUPPORTED);
		end(0);
		return;
	}
	CT_OK(kr);
	CT_NE(address, 0);
	CT_EQ(address % ct_page(), 0);
	word = 0x12345678;
	CT_OK(mach_vm_write(child, address + ct_page() - 2,
	    (vm_offset_t)&word, 4));
	CT_OK(mach_vm_protect(child, address, ct_page(), FALSE,
	    VM_PROT_READ));
	CT_KR(mach_vm_write(child, address + ct_page() - 2,
	    (vm_offset_t)&word, 4), KERN_PROTECTION_FAILURE);
	word = 0;
	CT_OK(mach_vm_read_overwrite(child, address + ct_page() - 2, 4,
	    (mach_vm_address_t)(uintptr_t)&word, &n));
	CT_EQ(word, 0x12345678);
	CT_KR(mach_vm_protect(child, address, ct_page(), FALSE, 0x100),
	    KERN_INVALID_ARGUMENT);
	/* Where something is, nothing is put without being asked for. */
	CT_KR(mach_vm_allocate(child, &address, ct_page(), VM_FLAGS_FIXED),
	    KERN_NO_SPACE);
	CT_OK(mach_vm_deallocate(child, address + ct_page(), ct_page()));
	CT_KR(mach_vm_read_overwrite(child, address, 2 * ct_page(),
	    at(0), &n), KERN_INVALID_ADDRESS);
	address += ct_page();
	CT_OK(mach_vm_allocate(child, &address, ct_page(), VM_FLAGS_FIXED));
	CT_OK(mach_vm_deallocate(child, address - ct_page(),
	    3 * ct_page()));
	address = 0;
	CT_KR(mach_vm_allocate(child, &address, ~(mach_vm_size_t)0 / 2,
	    VM_FLAGS_ANYWHERE), KERN_NO_SPACE);
	CT_KR(mach_vm_allocate(child, &address, 1, 0x00800000),
	    KERN_INVALID_ARGUMENT);
	end(0);
}

CT_CASE_TIMEOUT(only_the_control_port_opens_a_tasks_memory, 120)
{
	mach_msg_type_number_t count;
	mach_port_t host, name, p;
	vm_offset_t data;

	with_child(finds_ours);
	CT_OK(task_name_for_pid(SELF, child_pid, &name));
	CT_KR(mach_vm_read(name, at(0), 4, &data, &count),
	    KERN_INVALID_ARGUMENT);
	CT_KR(mach_vm_write(name, at(0), at(0), 4), KERN_INVALID_ARGUMENT);
	CT_KR(mach_vm_copy(name, at(0), 4, at(9)), KERN_INVALID_ARGUMENT);
	CT_KR(mach_vm_deallocate(name, at(0), 4096), KERN_INVALID_ARGUMENT);
	host = mach_host_self();
	CT_KR(mach_vm_write(host, at(0), at(0), 4), KERN_INVALID_ARGUMENT);
	p = ct_port();
	CT_KR(mach_vm_write(p, at(0), at(0), 4), MACH_SEND_INVALID_DEST);
	CT_KR(mach_vm_write(MACH_PORT_NULL, at(0), at(0), 4),
	    KERN_INVALID_ARGUMENT);
	ct_destroy_receive(p);
	CT_OK(mach_port_deallocate(SELF, host));
	CT_OK(mach_port_deallocate(SELF, name));
	end(0);
}

static int held[2];

/* Another image, which ends with its standard input. */
static void
becomes_another(uint64_t word)
{

	(void)word;
	CT_TRUE(dup2(held[0], 0) == 0);
	(void)close(held[1]);
	(void)fcntl(to_parent.fds[1], F_SETFD, FD_CLOEXEC);
	(void)execl("/bin/cat", "cat", (char *)NULL);
	ct_fail(__FILE__, __LINE__, "no /bin/cat");
}

CT_CASE_TIMEOUT(memory_after_an_exec_is_out_of_reach, 120)
{
	mach_msg_type_number_t count;
	vm_offset_t data;
	uint64_t word;

	CT_POSIX(pipe(held));
	with_child(becomes_another);
	(void)close(to_parent.fds[1]);
	ct_gate_put(&to_child, 0);
	/* The end of the file: the exec closed it. */
	CT_EQ(read(to_parent.fds[0], &word, sizeof(word)), 0);
	CT_NE(mach_vm_read(child, at(0), 4, &data, &count), KERN_SUCCESS);
	CT_NE(mach_vm_write(child, at(0), at(0), 4), KERN_SUCCESS);
	CT_NE(mach_vm_deallocate(child, at(0), 4096), KERN_SUCCESS);
	(void)close(held[0]);
	(void)close(held[1]);
	ct_wait(child_pid);
	CT_NE(mach_vm_read(child, at(0), 4, &data, &count), KERN_SUCCESS);
	CT_OK(mach_port_deallocate(SELF, child));
	CT_POSIX(munmap(area, room() + ct_page()));
}

CT_CASE_TIMEOUT(a_task_that_ends_while_it_is_read_harms_nobody, 600)
{
	mach_msg_type_number_t count;
	vm_offset_t data;
	kern_return_t kr;
	int i, status;

	for (i = 0; i < 8; i++) {
		with_child(nothing);
		CT_POSIX(kill(child_pid, SIGKILL));
		/* Until its port is dead, or its memory gone. */
		while ((kr = mach_vm_read(child, at(0), BIG, &data,
		    &count)) == KERN_SUCCESS)
			CT_OK(vm_deallocate(SELF, data, count));
		CT_TRUE(kr == KERN_INVALID_ADDRESS ||
		    kr == KERN_INVALID_ARGUMENT ||
		    kr == MACH_SEND_INVALID_DEST || kr == MIG_SERVER_DIED);
		CT_POSIX(waitpid(child_pid, &status, 0));
		CT_OK(mach_port_deallocate(SELF, child));
		CT_POSIX(munmap(area, room() + ct_page()));
	}
}
