/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Memory of tasks, by message to a task's port: the functions behind the stubs
 * of mach_vm.defs, vm_map.defs and vm32_map.defs.
 *
 * They run in the sender's thread.  The control port is the authority; what it
 * names is the memory of the image that it belongs to (vm_space.h).  Bytes go
 * through a piece of kernel memory at a time, so no call takes more than that
 * and what its answer holds, which is charged to the sender.
 *
 * A range is checked as a whole before the first byte moves.  A target that
 * changes its memory meanwhile may have a part of the bytes.
 */

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>

#include <mach/vm_prot.h>

#include <kernel/ipc/ipc_kmsg.h>
#include <kernel/kern/limits.h>
#include <kernel/kern/task.h>
#include <kernel/kern/thread.h>
#include <kernel/kern/user_ptr.h>
#include <kernel/kern/vm_copy.h>
#include <kernel/kern/vm_space.h>
#include <kernel/kern/gen/mach_vm_server.h>
#include <kernel/kern/gen/vm32_map_server.h>
#include <kernel/kern/gen/vm_map_server.h>

static MALLOC_DEFINE(M_MACH_PIECE, "mach_vm_piece", "Memory between tasks");

#define	PIECE	(64 * 1024)

/* A call that nothing can interrupt moves no more than a message may hold. */
#define	MOVE_MAX	IPC_KMSG_OOL_SIZE_MAX

kern_return_t
mig_mach_vm_allocate(kernel_map_t map, mach_vm_address_t *address,
    mach_vm_size_t size, int flags)
{
	kern_return_t kr;

	if (map == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = vm_user_flags(flags);
	return (kr != KERN_SUCCESS ? kr : vm_space_allocate(map, address,
	    size, flags));
}

/* For a sender of 32 bits: what it could not name is given back. */
kern_return_t
mig_mach_vm_allocate32(kernel_map_t map, uint32_t *address,
    mach_vm_size_t size, int flags)
{
	mach_vm_address_t wide;
	kern_return_t kr;

	wide = *address;
	kr = mig_mach_vm_allocate(map, &wide, size, flags);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (wide + size > UINT32_MAX) {
		(void)vm_space_deallocate(map, wide, size);
		return (KERN_NO_SPACE);
	}
	*address = (uint32_t)wide;
	return (KERN_SUCCESS);
}

kern_return_t
mig_mach_vm_deallocate(kernel_map_t map, mach_vm_address_t address,
    mach_vm_size_t size)
{

	if (map == NULL)
		return (KERN_INVALID_ARGUMENT);
	return (vm_space_deallocate(map, address, size));
}

kern_return_t
mig_mach_vm_protect(kernel_map_t map, mach_vm_address_t address,
    mach_vm_size_t size, boolean_t set_maximum, int new_protection)
{

	if (map == NULL)
		return (KERN_INVALID_ARGUMENT);
	return (vm_space_protect(map, address, size, set_maximum != 0,
	    new_protection & ~MACH_VM_PROT_COPY));
}

/* What all that move bytes ask first. */
static kern_return_t
may_move(kernel_map_t map, mach_vm_address_t address, mach_vm_size_t size,
    int prot)
{

	if (map == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (address + size < address)
		return (KERN_INVALID_ADDRESS);
	if (size > MOVE_MAX)
		return (KERN_RESOURCE_SHORTAGE);
	return (size == 0 ? KERN_SUCCESS : vm_space_check(map, address, size,
	    prot));
}

/* A snapshot of a checked range. */
static kern_return_t
snapshot(kernel_map_t map, mach_vm_address_t address, mach_vm_size_t size,
    struct vm_copy **copyp)
{
	struct vm_copy *copy;
	kern_return_t kr;
	mach_vm_size_t done;
	size_t n;
	void *piece;

	kr = vm_copy_blank(size, &copy);
	if (kr != KERN_SUCCESS)
		return (kr);
	piece = malloc(MIN(size, PIECE), M_MACH_PIECE, M_WAITOK);
	for (done = 0; done < size && kr == KERN_SUCCESS; done += n) {
		n = (size_t)MIN(size - done, PIECE);
		kr = vm_space_read(map, address + done, piece, n);
		if (kr == KERN_SUCCESS)
			kr = vm_copy_put(copy, done, piece, n);
	}
	free(piece, M_MACH_PIECE);
	if (kr == KERN_SUCCESS)
		*copyp = copy;
	else
		vm_copy_discard(copy);
	return (kr);
}

/*
 * The memory is on the sender's account from here on: first as such, then as
 * part of the answer (mig_kernel.c).
 */
kern_return_t
mig_mach_vm_read(kernel_map_t map, mach_vm_address_t address,
    mach_vm_size_t size, vm_offset_t *data, mach_msg_type_number_t *data_count)
{
	struct mach_quota *quota;
	struct mach_thread *self;
	struct vm_copy *copy;
	kern_return_t kr;

	if (size > UINT32_MAX)
		return (KERN_INVALID_ARGUMENT);
	kr = may_move(map, address, size, MACH_VM_PROT_READ);
	if (kr != KERN_SUCCESS)
		return (kr);
	copy = NULL;
	if (size != 0) {
		self = mach_thread_lookup(curthread);
		if (self == NULL)
			return (KERN_RESOURCE_SHORTAGE);
		quota = self->th_task->t_quota;
		if (!mach_quota_charge(quota, MACH_RES_OOL, round_page(size)))
			return (KERN_RESOURCE_SHORTAGE);
		kr = snapshot(map, address, size, &copy);
		mach_quota_uncharge(quota, MACH_RES_OOL, round_page(size));
	}
	*data = (vm_offset_t)copy;
	*data_count = (mach_msg_type_number_t)size;
	return (kr);
}

kern_return_t
mig_mach_vm_write(kernel_map_t map, mach_vm_address_t address,
    vm_offset_t data, mach_msg_type_number_t data_count)
{
	struct vm_copy *copy;
	kern_return_t kr;
	mach_msg_type_number_t done;
	size_t n;
	void *piece;

	copy = (struct vm_copy *)data;
	kr = may_move(map, address, data_count, MACH_VM_PROT_WRITE);
	if (kr != KERN_SUCCESS || data_count == 0)
		return (kr);
	piece = malloc(MIN(data_count, PIECE), M_MACH_PIECE, M_WAITOK);
	for (done = 0; done < data_count && kr == KERN_SUCCESS; done += n) {
		n = MIN(data_count - done, PIECE);
		kr = vm_copy_get(copy, done, piece, n);
		if (kr == KERN_SUCCESS)
			kr = vm_space_write(map, address + done, piece, n);
	}
	free(piece, M_MACH_PIECE);
	if (kr == KERN_SUCCESS)
		mig_kernel_uncopy(copy);
	return (kr);
}

/* From the end when that is where the ranges overlap. */
kern_return_t
mig_mach_vm_copy(kernel_map_t map, mach_vm_address_t source,
    mach_vm_size_t size, mach_vm_address_t dest)
{
	kern_return_t kr;
	mach_vm_size_t at, done;
	size_t n;
	void *piece;
	bool backwards;

	kr = may_move(map, source, size, MACH_VM_PROT_READ);
	if (kr == KERN_SUCCESS)
		kr = may_move(map, dest, size, MACH_VM_PROT_WRITE);
	if (kr != KERN_SUCCESS || size == 0)
		return (kr);
	backwards = dest > source && dest < source + size;
	piece = malloc(MIN(size, PIECE), M_MACH_PIECE, M_WAITOK);
	for (done = 0; done < size && kr == KERN_SUCCESS; done += n) {
		n = (size_t)MIN(size - done, PIECE);
		at = backwards ? size - done - n : done;
		kr = vm_space_read(map, source + at, piece, n);
		if (kr == KERN_SUCCESS)
			kr = vm_space_write(map, dest + at, piece, n);
	}
	free(piece, M_MACH_PIECE);
	return (kr);
}

/* Into the sender's own memory. */
kern_return_t
mig_mach_vm_read_overwrite(kernel_map_t map, mach_vm_address_t address,
    mach_vm_size_t size, mach_vm_address_t data, mach_vm_size_t *outsize)
{
	kern_return_t kr;
	mach_vm_size_t done;
	size_t n;
	void *piece;

	kr = may_move(map, address, size, MACH_VM_PROT_READ);
	if (kr == KERN_SUCCESS && !vm_copy_range_ok(data, size))
		kr = KERN_INVALID_ADDRESS;
	if (kr == KERN_SUCCESS && size != 0) {
		piece = malloc(MIN(size, PIECE), M_MACH_PIECE, M_WAITOK);
		for (done = 0; done < size && kr == KERN_SUCCESS; done += n) {
			n = (size_t)MIN(size - done, PIECE);
			kr = vm_space_read(map, address + done, piece, n);
			if (kr == KERN_SUCCESS && mach_copyout(piece,
			    data + done, n) != 0)
				kr = KERN_INVALID_ADDRESS;
		}
		free(piece, M_MACH_PIECE);
	}
	*outsize = size;
	return (kr);
}
