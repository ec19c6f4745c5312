/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * User memory as the back end sees it: probing a user's pointer without
 * faulting, and the part of the vm traps that only the process itself can do.
 *
 * Probing uses rt_sigprocmask(2): it copies a set in before it looks at `how`,
 * and the old set out; both are 8 bytes and cost a system call each.  Pages of
 * the stack, from our frame up to a buffer of a caller's, are looked at once:
 * they stay as long as the stack does.
 */

#include <sys/mman.h>
#include <sys/syscall.h>

#include <errno.h>
#include <linux/futex.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <mach/kern_return.h>

#include "host_linux.h"

#define	PROBE_SIZE	8u	/* the kernel's sigset_t */
#define	PROBE_BAD_HOW	0x7f	/* refused, after the copyin */
#define	STACK_NEAR	65536u	/* so far above our frame */

/* vm flags of the Mach interface this file looks at */
#define	HOST_VM_FLAGS_ANYWHERE	0x0001u
#define	HOST_VM_FLAGS_OVERWRITE	0x4000u

#define	TRAP_VM_ALLOCATE	10u
#define	TRAP_VM_DEALLOCATE	12u
#define	TRAP_VM_PROTECT		14u

static bool
probe_read(uint64_t addr)
{

	return (syscall(SYS_rt_sigprocmask, PROBE_BAD_HOW, (void *)(uintptr_t)
	    addr, NULL, PROBE_SIZE) == -1 && errno != EFAULT);
}

static bool
probe_write(uint64_t addr)
{

	return (syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL,
	    (void *)(uintptr_t)addr, PROBE_SIZE) == 0);
}

static bool
probe_range(uint64_t addr, size_t size, bool (*probe)(uint64_t))
{
	uint64_t last, p;

	if (addr + size < addr || (uint64_t)(uintptr_t)addr != addr)
		return (false);
	last = addr + size - PROBE_SIZE;
	for (p = addr; p < last; p = (p & ~(uint64_t)(MACHD_PAGE - 1)) +
	    MACHD_PAGE) {
		if (!probe(p))
			return (false);
		/* Another probe only when the end lies in another page. */
		if ((p ^ (last + PROBE_SIZE - 1)) < MACHD_PAGE)
			return (true);
	}
	return (probe(last));
}

/*
 * Readable and writable: the system adds 0 to a word there, by an atomic
 * operation, so what is on the stack stays as it is whoever uses it.
 */
static bool
probe_page(uintptr_t page)
{
	static uint32_t nobody;

	return (syscall(SYS_futex, &nobody, FUTEX_WAKE_OP_PRIVATE, 0, NULL,
	    page, FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, 0)) >= 0);
}

/*
 * ht_stack is the first page, and how many from there were seen together, in
 * one word: a handler finds all of it or nothing new.
 */
#define	STACK_BITS	(sizeof(uintptr_t) == 8 ? 16 : 12)
#define	STACK_MOST	(((uintptr_t)1 << STACK_BITS) - 1)

/* Pages first to last, and those of before when they touch. */
static bool
stack_look(uintptr_t first, uintptr_t last)
{
	uintptr_t n, old, page;

	for (page = first; page <= last; page++)
		if (!probe_page(page * MACHD_PAGE))
			return (false);
	old = host_self.ht_stack >> STACK_BITS;
	n = host_self.ht_stack & STACK_MOST;
	if (n != 0 && first <= old + n && old <= last + 1) {
		if (old < first)
			first = old;
		if (old + n - 1 > last)
			last = old + n - 1;
	}
	if (last - first < STACK_MOST)
		host_self.ht_stack = first << STACK_BITS | (last - first + 1);
	return (true);
}

/*
 * In the frames of our callers, hence on this stack, whichever that is: the
 * thread's, a coroutine's, a signal handler's.
 */
static bool
on_stack(uint64_t addr, size_t size)
{
	uintptr_t first, frame, last, seen;

	frame = (uintptr_t)__builtin_frame_address(0);
	if (addr < frame || addr - frame >= STACK_NEAR || size == 0 ||
	    size >= STACK_NEAR || addr + size - 1 > UINTPTR_MAX)
		return (false);
	first = frame / MACHD_PAGE;
	last = (uintptr_t)(addr + size - 1) / MACHD_PAGE;
	seen = host_self.ht_stack;
	return ((first >= seen >> STACK_BITS &&
	    last < (seen >> STACK_BITS) + (seen & STACK_MOST)) ||
	    stack_look(first, last));
}

/* size >= PROBE_SIZE.  A range on both sides of a page's end takes two. */
bool
host_readable(uint64_t addr, size_t size)
{

	return (on_stack(addr, size) ||
	    (size >= PROBE_SIZE && probe_range(addr, size, probe_read)));
}

/* As host_readable(), but destroys what is there: call just before a copy. */
bool
host_writable_clobber(uint64_t addr, size_t size)
{

	return (on_stack(addr, size) ||
	    (size >= PROBE_SIZE && probe_range(addr, size, probe_write)));
}

static uint32_t
vm_round(uint64_t *addr, uint64_t *size)
{
	uint64_t mask, end;

	mask = (uint64_t)sysconf(_SC_PAGESIZE) - 1;
	end = *addr + *size;
	if (end < *addr || end + mask < end)
		return (KERN_INVALID_ARGUMENT);
	end = (end + mask) & ~mask;
	*addr &= ~mask;
	*size = end - *addr;
	if (*addr != (uintptr_t)*addr || *size != (size_t)*size)
		return (KERN_INVALID_ADDRESS);
	return (KERN_SUCCESS);
}

static uint32_t
local_allocate(uint64_t addrp, uint64_t size, uint32_t flags)
{
	uint64_t addr;
	uint32_t kr;
	void *p;
	int how;

	if (!host_readable(addrp, sizeof(addr)))
		return (KERN_INVALID_ADDRESS);
	memcpy(&addr, (void *)(uintptr_t)addrp, sizeof(addr));
	if ((flags & HOST_VM_FLAGS_ANYWHERE) != 0)
		addr = 0;
	kr = vm_round(&addr, &size);
	if (kr != KERN_SUCCESS)
		return (kr);
	how = MAP_PRIVATE | MAP_ANONYMOUS;
	/* In the zone machd has seen to it that the place is free. */
	if ((flags & HOST_VM_FLAGS_ANYWHERE) == 0)
		how |= (flags & HOST_VM_FLAGS_OVERWRITE) != 0 ||
		    host_in_zone(addr) ? MAP_FIXED : MAP_FIXED_NOREPLACE;
	p = mmap((void *)(uintptr_t)addr, size, PROT_READ | PROT_WRITE, how,
	    -1, 0);
	if (p == MAP_FAILED)
		return (errno == EEXIST || errno == ENOMEM ? KERN_NO_SPACE :
		    KERN_INVALID_ADDRESS);
	addr = (uintptr_t)p;
	if (!host_writable_clobber(addrp, sizeof(addr))) {
		(void)munmap(p, size);
		return (KERN_INVALID_ADDRESS);
	}
	memcpy((void *)(uintptr_t)addrp, &addr, sizeof(addr));
	return (KERN_SUCCESS);
}

static uint32_t
local_deallocate(uint64_t addr, uint64_t size)
{
	uint32_t kr;

	kr = vm_round(&addr, &size);
	if (kr != KERN_SUCCESS || size == 0)
		return (kr);
	if (munmap((void *)(uintptr_t)addr, size) != 0)
		return (errno == ENOMEM ? KERN_RESOURCE_SHORTAGE :
		    KERN_INVALID_ADDRESS);
	return (KERN_SUCCESS);
}

bool
host_in_zone(uint64_t addr)
{

	return (addr - mach_host.mh_zone < mach_host.mh_zone_size);
}

/*
 * Pages of the zone go back to machd zeroed and with their protection.  In the
 * window they become holes; elsewhere whatever is there gives way to fresh
 * memory.
 */
static uint32_t
wipe(struct mach_host_thread *ht, uint64_t addr, uint64_t size)
{
	uint64_t args[2];
	uint32_t kr;
	bool outside;

	kr = vm_round(&addr, &size);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (size == 0)
		return (KERN_SUCCESS);
	if (!host_window_wipe(addr, size, &outside) && (!outside ||
	    mmap((void *)(uintptr_t)addr, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) ==
	    MAP_FAILED))
		return (KERN_RESOURCE_SHORTAGE);
	args[0] = addr;
	args[1] = size;
	return (host_trap(ht, MACHD_TRAP_WIPED, args, 2, NULL, 0, NULL, 0));
}

static uint32_t
local_protect(uint64_t addr, uint64_t size, int prot)
{
	uint32_t kr;

	kr = vm_round(&addr, &size);
	if (kr != KERN_SUCCESS || size == 0)
		return (kr);
	/* VM_PROT_READ, WRITE and EXECUTE have the values of PROT_*. */
	if (mprotect((void *)(uintptr_t)addr, size, prot & 7) != 0)
		return (errno == EACCES ? KERN_PROTECTION_FAILURE :
		    KERN_INVALID_ADDRESS);
	return (KERN_SUCCESS);
}

/*
 * After a message trap: a message deallocated memory (its sender's descriptors
 * said so), machd has taken the content and leaves the mappings to us; or it
 * wants a window.
 */
void
host_vm_release(struct mach_host_thread *ht)
{
	struct machd_range ranges[64];
	uint32_t releases;
	unsigned i, n;

	releases = ht->ht_slot->ms_releases;
	if ((releases & MACHD_WANT_WINDOW) != 0)
		(void)host_window_open(ht);
	if ((releases & ~MACHD_WANT_WINDOW) == 0)
		return;
	do {
		memset(ranges, 0, sizeof(ranges));
		if (host_trap(ht, MACHD_TRAP_RELEASES, NULL, 0, NULL, 0,
		    ranges, sizeof(ranges)) != KERN_SUCCESS)
			return;
		for (n = 0; n < sizeof(ranges) / sizeof(ranges[0]); n++)
			if (ranges[n].mr_size == 0)
				break;
		for (i = 0; i < n; i++) {
			if (host_in_zone(ranges[i].mr_addr))
				(void)wipe(ht, ranges[i].mr_addr,
				    ranges[i].mr_size);
			else
				(void)local_deallocate(ranges[i].mr_addr,
				    ranges[i].mr_size);
		}
	} while (n == sizeof(ranges) / sizeof(ranges[0]));
}

/* machd checked the trap and left the work to us. */
uint32_t
host_vm_finish(struct mach_host_thread *ht, unsigned number,
    const uint64_t *args, unsigned nargs, uint32_t result)
{

	if (number == TRAP_VM_ALLOCATE && nargs >= 4 &&
	    result == MACHD_VM_WINDOW) {
		if (host_window_open(ht))
			result = host_trap(ht, number, args, nargs, NULL, 0,
			    NULL, 0);
		if (result == MACHD_VM_WINDOW)
			result = MACHD_VM_LOCAL;
		if (result != MACHD_VM_LOCAL)
			return (result);
	}
	if (number == TRAP_VM_ALLOCATE && nargs >= 4 &&
	    result == MACHD_VM_LOCAL)
		return (local_allocate(args[1], args[2], (uint32_t)args[3]));
	if (number == TRAP_VM_DEALLOCATE && nargs >= 3)
		return (result == MACHD_VM_WIPE ?
		    wipe(ht, args[1], args[2]) :
		    local_deallocate(args[1], args[2]));
	if (number == TRAP_VM_PROTECT && nargs >= 5 &&
	    result == MACHD_VM_LOCAL)
		return (local_protect(args[1], args[2], (int)args[4]));
	return (KERN_FAILURE);
}
