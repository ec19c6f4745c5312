/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The vm calls on the own task: sizes of zero and sizes that wrap, alignment,
 * fixed places, overwriting, protection; what is refused, and with which code.
 */

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mach_vm.h>

#include "ct.h"
#include "ctmach.h"

static mach_vm_address_t
allocate(mach_vm_size_t size)
{
	mach_vm_address_t a;

	a = 0;
	CT_OK(mach_vm_allocate(SELF, &a, size, VM_FLAGS_ANYWHERE));
	CT_EQ(a % ct_page(), 0);
	return (a);
}

static volatile uint8_t *
bytes(mach_vm_address_t a)
{

	return ((volatile uint8_t *)(uintptr_t)a);
}

/* Does touching it kill? */
static bool
accessible(mach_vm_address_t a, bool writing)
{
	static const struct rlimit no_core;
	int status;
	pid_t pid;

	pid = ct_fork();
	if (pid == 0) {
		/* Not a sanitizer's; and no dump of it. */
		(void)signal(SIGSEGV, SIG_DFL);
		(void)signal(SIGBUS, SIG_DFL);
		(void)setrlimit(RLIMIT_CORE, &no_core);
		if (writing)
			*bytes(a) = 1;
		else
			(void)*bytes(a);
		_exit(0);
	}
	CT_EQ(waitpid(pid, &status, 0), pid);
	return (WIFEXITED(status));
}

CT_CASE(a_size_of_zero_does_nothing)
{
	mach_vm_address_t a, b;
	mach_vm_size_t n;
	mach_msg_type_number_t count;
	vm_offset_t data;

	a = 12345;
	CT_OK(mach_vm_allocate(SELF, &a, 0, VM_FLAGS_ANYWHERE));
	CT_EQ(a, 0);
	a = ct_page();
	CT_OK(mach_vm_allocate(SELF, &a, 0, VM_FLAGS_FIXED));
	CT_EQ(a, 0);
	b = allocate(ct_page());
	*bytes(b) = 7;
	CT_OK(mach_vm_deallocate(SELF, b, 0));
	CT_OK(mach_vm_protect(SELF, b, 0, FALSE, VM_PROT_NONE));
	CT_EQ(*bytes(b), 7);
	CT_OK(mach_vm_copy(SELF, 1, 0, 1));
	CT_OK(mach_vm_write(SELF, 1, 1, 0));
	CT_OK(mach_vm_read_overwrite(SELF, 1, 0, 1, &n));
	CT_EQ(n, 0);
	CT_OK(mach_vm_read(SELF, 1, 0, &data, &count));
	CT_EQ(count, 0);
	CT_KR(mach_vm_map(SELF, &a, 0, 0, VM_FLAGS_ANYWHERE, MACH_PORT_NULL,
	    0, FALSE, VM_PROT_DEFAULT, VM_PROT_ALL, VM_INHERIT_COPY),
	    KERN_INVALID_ARGUMENT);
}

CT_CASE(a_range_that_wraps_is_refused)
{
	mach_vm_address_t a;
	mach_vm_size_t n, page;

	page = ct_page();
	a = 0;
	CT_NE(mach_vm_allocate(SELF, &a, (mach_vm_size_t)0 - 1,
	    VM_FLAGS_ANYWHERE), KERN_SUCCESS);
	CT_EQ(a, 0);
	a = (mach_vm_address_t)0 - page;
	CT_KR2(mach_vm_allocate(SELF, &a, 2 * page, VM_FLAGS_FIXED),
	    KERN_INVALID_ADDRESS, KERN_INVALID_ARGUMENT);
	CT_EQ(a, (mach_vm_address_t)0 - page);
	CT_KR2(mach_vm_deallocate(SELF, a, 2 * page), KERN_INVALID_ADDRESS,
	    KERN_INVALID_ARGUMENT);
	CT_KR2(mach_vm_protect(SELF, a, 2 * page, FALSE, VM_PROT_READ),
	    KERN_INVALID_ADDRESS, KERN_INVALID_ARGUMENT);
	CT_KR(mach_vm_read_overwrite(SELF, a, 2 * page, page, &n),
	    KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_copy(SELF, page, (mach_vm_size_t)0 - page + 1, page),
	    KERN_INVALID_ADDRESS);
}

CT_CASE(ranges_are_widened_to_pages)
{
	mach_vm_address_t a;
	mach_vm_size_t page;

	page = ct_page();
	a = allocate(3 * page);
	/* One byte of the second page: the second page. */
	CT_OK(mach_vm_protect(SELF, a + page + 5, 1, FALSE, VM_PROT_READ));
	CT_TRUE(accessible(a + page - 1, true));
	CT_TRUE(!accessible(a + page, true));
	CT_TRUE(accessible(a + 2 * page - 1, false));
	CT_TRUE(accessible(a + 2 * page, true));
	CT_OK(mach_vm_protect(SELF, a + 2 * page - 1, 2, FALSE,
	    VM_PROT_READ | VM_PROT_WRITE));
	CT_TRUE(accessible(a + page, true));
	CT_OK(mach_vm_deallocate(SELF, a + 1, 3 * page - 2));
}

CT_CASE(at_a_fixed_place_there_must_be_room_or_overwrite)
{
	mach_vm_address_t a, b;
	mach_vm_size_t page;

	page = ct_page();
	a = allocate(3 * page);
	memset((void *)(uintptr_t)a, 7, 3 * page);
	b = a + page;
	CT_KR(mach_vm_allocate(SELF, &b, page, VM_FLAGS_FIXED),
	    KERN_NO_SPACE);
	CT_EQ(b, a + page);
	CT_EQ(*bytes(b), 7);
	/* Somewhere in it: the page. */
	b = a + page + 100;
	CT_OK(mach_vm_allocate(SELF, &b, 1, VM_FLAGS_FIXED |
	    VM_FLAGS_OVERWRITE));
	CT_EQ(b, a + page);
	CT_EQ(*bytes(a + page - 1), 7);
	CT_EQ(*bytes(a + page), 0);
	CT_EQ(*bytes(a + 2 * page - 1), 0);
	CT_EQ(*bytes(a + 2 * page), 7);
	CT_OK(mach_vm_deallocate(SELF, a, 3 * page));
	b = a;
	CT_OK(mach_vm_allocate(SELF, &b, 3 * page, VM_FLAGS_FIXED));
	CT_EQ(b, a);
	CT_EQ(*bytes(a), 0);
	CT_OK(mach_vm_deallocate(SELF, a, 3 * page));
}

CT_CASE(what_cannot_be_kept_is_refused_and_what_is_unknown_is_invalid)
{
	static const int refused[] = { VM_FLAGS_PURGABLE, VM_FLAGS_PERMANENT,
	    VM_FLAGS_TPRO };
	mach_vm_address_t a;
	unsigned i;
	int state;

	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		a = 4096;
		CT_KR(mach_vm_allocate(SELF, &a, ct_page(),
		    VM_FLAGS_ANYWHERE | refused[i]), KERN_NOT_SUPPORTED);
		CT_KR(mach_vm_map(SELF, &a, ct_page(), 0, VM_FLAGS_ANYWHERE |
		    refused[i], MACH_PORT_NULL, 0, FALSE, VM_PROT_DEFAULT,
		    VM_PROT_ALL, VM_INHERIT_COPY), KERN_NOT_SUPPORTED);
		CT_EQ(a, 4096);
	}
	CT_KR(mach_vm_allocate(SELF, &a, ct_page(), VM_FLAGS_ANYWHERE |
	    0x8000), KERN_INVALID_ARGUMENT);
	CT_KR(mach_vm_map(SELF, &a, ct_page(), 0, VM_FLAGS_ANYWHERE | 0x8000,
	    MACH_PORT_NULL, 0, FALSE, VM_PROT_DEFAULT, VM_PROT_ALL,
	    VM_INHERIT_COPY), KERN_INVALID_ARGUMENT);
	CT_OK(mach_vm_allocate(SELF, &a, ct_page(), VM_FLAGS_ANYWHERE |
	    VM_FLAGS_NO_CACHE | VM_MAKE_TAG(VM_MEMORY_APPLICATION_SPECIFIC_1)));
	CT_KR(mach_vm_purgable_control(SELF, a, VM_PURGABLE_GET_STATE,
	    &state), KERN_NOT_SUPPORTED);
	CT_KR(mach_vm_protect(SELF, a, ct_page(), FALSE, 0x1000),
	    KERN_INVALID_ARGUMENT);
	CT_OK(mach_vm_protect(SELF, a, ct_page(), FALSE, VM_PROT_READ |
	    VM_PROT_WRITE | VM_PROT_COPY));
	*bytes(a) = 1;
	CT_OK(mach_vm_deallocate(SELF, a, ct_page()));
}

CT_CASE(map_honours_mask_and_protection)
{
	mach_vm_address_t a;
	mach_vm_size_t page;

	page = ct_page();
	a = 0;
	CT_OK(mach_vm_map(SELF, &a, 3 * page, 1024 * 1024 - 1,
	    VM_FLAGS_ANYWHERE, MACH_PORT_NULL, 0, FALSE, VM_PROT_READ,
	    VM_PROT_ALL, VM_INHERIT_COPY));
	CT_EQ(a % (1024 * 1024), 0);
	CT_TRUE(accessible(a + 3 * page - 1, false));
	CT_TRUE(!accessible(a, true));
	CT_OK(mach_vm_deallocate(SELF, a, 3 * page));
	a = page;
	CT_KR(mach_vm_map(SELF, &a, page, 1024 * 1024 - 1, VM_FLAGS_FIXED,
	    MACH_PORT_NULL, 0, FALSE, VM_PROT_READ, VM_PROT_ALL,
	    VM_INHERIT_COPY), KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_map(SELF, &a, page, 5, VM_FLAGS_ANYWHERE,
	    MACH_PORT_NULL, 0, FALSE, VM_PROT_READ, VM_PROT_ALL,
	    VM_INHERIT_COPY), KERN_INVALID_ARGUMENT);
	/* More now than at most. */
	CT_KR(mach_vm_map(SELF, &a, page, 0, VM_FLAGS_ANYWHERE,
	    MACH_PORT_NULL, 0, FALSE, VM_PROT_READ | VM_PROT_WRITE,
	    VM_PROT_READ, VM_INHERIT_COPY), KERN_INVALID_ARGUMENT);
	CT_EQ(a, page);
}

CT_CASE(copies_check_both_ends_and_may_overlap)
{
	mach_msg_type_number_t count;
	mach_vm_address_t a, hole;
	mach_vm_size_t n, page;
	vm_offset_t data;
	size_t i;

	page = ct_page();
	a = allocate(4 * page);
	hole = a + 3 * page;
	CT_OK(mach_vm_deallocate(SELF, hole, page));
	for (i = 0; i < 3 * page; i++)
		bytes(a)[i] = (uint8_t)(i % 251);
	CT_OK(mach_vm_copy(SELF, a, 2 * page, a + 11));
	for (i = 0; i < 2 * page; i++)
		CT_EQ(bytes(a)[i + 11], i % 251);
	CT_OK(mach_vm_copy(SELF, a + 11, 2 * page, a));
	for (i = 0; i < 2 * page; i++)
		CT_EQ(bytes(a)[i], i % 251);
	CT_KR(mach_vm_copy(SELF, hole - 8, 16, a), KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_copy(SELF, a, 16, hole), KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_write(SELF, hole, (vm_offset_t)a, 16),
	    KERN_INVALID_ADDRESS);
	CT_KR(mach_vm_read(SELF, hole - 8, 16, &data, &count),
	    KERN_INVALID_ADDRESS);
	CT_OK(mach_vm_read(SELF, a + 1, 100, &data, &count));
	CT_EQ(count, 100);
	for (i = 0; i < 100; i++)
		CT_EQ(bytes(data)[i], (i + 1) % 251);
	CT_OK(mach_vm_deallocate(SELF, data, count));
	CT_OK(mach_vm_read_overwrite(SELF, a + 2, 100, a, &n));
	CT_EQ(n, 100);
	CT_EQ(*bytes(a), 2);
	CT_OK(mach_vm_deallocate(SELF, a, 3 * page));
}

CT_CASE(no_task_is_invalid)
{
	mach_vm_address_t a;
	mach_vm_size_t n;

	a = 0;
	CT_NE(mach_vm_allocate(MACH_PORT_NULL, &a, ct_page(),
	    VM_FLAGS_ANYWHERE), KERN_SUCCESS);
	CT_NE(mach_vm_deallocate(MACH_PORT_NULL, ct_page(), ct_page()),
	    KERN_SUCCESS);
	CT_NE(mach_vm_protect(MACH_PORT_NULL, ct_page(), ct_page(), FALSE,
	    VM_PROT_READ), KERN_SUCCESS);
	CT_KR(mach_vm_read_overwrite(MACH_PORT_NULL, ct_page(), 1, ct_page(),
	    &n), KERN_INVALID_ARGUMENT);
	CT_EQ(a, 0);
}
