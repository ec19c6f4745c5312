/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Copying memory, within the own task here, with addresses that may be wrong;
 * of another task by a message to its port.
 *
 * A bad address must give KERN_INVALID_ADDRESS and not a signal, so the bytes
 * go through a pipe, a piece at a time: the kernel checks both ends. Pieces are
 * small enough to fit into an empty pipe of every host, so neither end ever
 * waits.
 *
 * On failure in the middle the destination keeps what was copied before.
 */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "libmach.h"
#include <mach/mach_vm.h>
#include <mach/vm_map.h>
#include "gen/mach_vm_user.h"

#define	PIECE		4096

static kern_return_t
piece_copy(const int fds[2], char *to, const char *from, size_t size)
{
	ssize_t n, done, written;

	do
		written = write(fds[1], from, size);
	while (written == -1 && errno == EINTR);
	if (written <= 0)
		return (KERN_INVALID_ADDRESS);
	for (done = 0; done < written; done += n) {
		do
			n = read(fds[0], to + done, (size_t)(written - done));
		while (n == -1 && errno == EINTR);
		if (n <= 0)
			return (KERN_INVALID_ADDRESS);
	}
	return ((size_t)written == size ? KERN_SUCCESS : KERN_INVALID_ADDRESS);
}

static kern_return_t
checked_copy(mach_vm_address_t to, mach_vm_address_t from, mach_vm_size_t size)
{
	mach_vm_size_t done, n, at;
	kern_return_t kr;
	int fds[2];
	bool backwards;

	if (size == 0)
		return (KERN_SUCCESS);
	if (to + size < to || from + size < from || to + size > UINTPTR_MAX ||
	    from + size > UINTPTR_MAX)
		return (KERN_INVALID_ADDRESS);
	if (pipe(fds) != 0)
		return (KERN_RESOURCE_SHORTAGE);
	(void)fcntl(fds[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(fds[1], F_SETFD, FD_CLOEXEC);
	backwards = to > from && to < from + size;
	kr = KERN_SUCCESS;
	for (done = 0; done < size && kr == KERN_SUCCESS; done += n) {
		n = size - done < PIECE ? size - done : PIECE;
		at = backwards ? size - done - n : done;
		kr = piece_copy(fds, (char *)(uintptr_t)(to + at),
		    (const char *)(uintptr_t)(from + at), (size_t)n);
	}
	(void)close(fds[0]);
	(void)close(fds[1]);
	return (kr);
}

kern_return_t
mach_vm_read(vm_map_t task, mach_vm_address_t address, mach_vm_size_t size,
    vm_offset_t *data, mach_msg_type_number_t *data_count)
{
	kern_return_t kr;
	void *memory;

	if (task == MACH_PORT_NULL || data == NULL || data_count == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (task != mach_task_self_)
		return (_kernelrpc_mach_vm_read(task, address, size, data,
		    data_count));
	if (size > UINT32_MAX)
		return (KERN_INVALID_ARGUMENT);
	if (size == 0) {
		*data = 0;
		*data_count = 0;
		return (KERN_SUCCESS);
	}
	kr = _libmach_alloc(size, &memory);
	if (kr != KERN_SUCCESS)
		return (kr);
	/* Where it lies within the range, nothing was. */
	kr = (uintptr_t)memory - address < size || address -
	    (uintptr_t)memory < LIBMACH_ROUND_PAGE(size) ?
	    KERN_INVALID_ADDRESS : checked_copy((mach_vm_address_t)(uintptr_t)
	    memory, address, size);
	if (kr != KERN_SUCCESS) {
		_libmach_free(memory, size);
		return (kr);
	}
	*data = (vm_offset_t)memory;
	*data_count = (mach_msg_type_number_t)size;
	return (KERN_SUCCESS);
}

kern_return_t
mach_vm_read_overwrite(vm_map_t task, mach_vm_address_t address,
    mach_vm_size_t size, mach_vm_address_t data, mach_vm_size_t *out_size)
{
	kern_return_t kr;

	if (task == MACH_PORT_NULL || out_size == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (task != mach_task_self_)
		return (_kernelrpc_mach_vm_read_overwrite(task, address, size,
		    data, out_size));
	kr = checked_copy(data, address, size);
	if (kr == KERN_SUCCESS)
		*out_size = size;
	return (kr);
}

kern_return_t
mach_vm_write(vm_map_t task, mach_vm_address_t address, vm_offset_t data,
    mach_msg_type_number_t data_count)
{

	if (task == MACH_PORT_NULL)
		return (KERN_INVALID_ARGUMENT);
	if (task != mach_task_self_)
		return (_kernelrpc_mach_vm_write(task, address, data,
		    data_count));
	return (checked_copy(address, data, data_count));
}

kern_return_t
mach_vm_copy(vm_map_t task, mach_vm_address_t source, mach_vm_size_t size,
    mach_vm_address_t dest)
{

	if (task == MACH_PORT_NULL)
		return (KERN_INVALID_ARGUMENT);
	if (task != mach_task_self_)
		return (_kernelrpc_mach_vm_copy(task, source, size, dest));
	return (checked_copy(dest, source, size));
}

/*
 * Each range in turn; the first failure is returned, the address of that and
 * of every other range that failed is 0.
 */
kern_return_t
mach_vm_read_list(vm_map_t task, mach_vm_read_entry_t list, natural_t count)
{
	mach_msg_type_number_t n;
	kern_return_t kr, first;
	vm_offset_t data;
	natural_t i;

	if (list == NULL || count > VM_MAP_ENTRY_MAX)
		return (KERN_INVALID_ARGUMENT);
	first = KERN_SUCCESS;
	for (i = 0; i < count; i++) {
		kr = mach_vm_read(task, list[i].address, list[i].size, &data,
		    &n);
		list[i].address = kr == KERN_SUCCESS ? data : 0;
		if (first == KERN_SUCCESS)
			first = kr;
	}
	return (first);
}

kern_return_t
vm_read_list(vm_map_t task, vm_read_entry_t list, natural_t count)
{
	mach_msg_type_number_t n;
	kern_return_t kr, first;
	vm_offset_t data;
	natural_t i;

	if (list == NULL || count > VM_MAP_ENTRY_MAX)
		return (KERN_INVALID_ARGUMENT);
	first = KERN_SUCCESS;
	for (i = 0; i < count; i++) {
		kr = mach_vm_read(task, list[i].address, list[i].size, &data,
		    &n);
		list[i].address = kr == KERN_SUCCESS ? data : 0;
		if (first == KERN_SUCCESS)
			first = kr;
	}
	return (first);
}

kern_return_t
vm_read(vm_map_t task, vm_address_t address, vm_size_t size, vm_offset_t *data,
    mach_msg_type_number_t *data_count)
{

	return (mach_vm_read(task, address, size, data, data_count));
}

kern_return_t
vm_read_overwrite(vm_map_t task, vm_address_t address, vm_size_t size,
    vm_address_t data, vm_size_t *out_size)
{
	mach_vm_size_t wide;
	kern_return_t kr;

	if (out_size == NULL)
		return (KERN_INVALID_ARGUMENT);
	kr = mach_vm_read_overwrite(task, address, size, data, &wide);
	if (kr == KERN_SUCCESS)
		*out_size = (vm_size_t)wide;
	return (kr);
}

kern_return_t
vm_write(vm_map_t task, vm_address_t address, vm_offset_t data,
    mach_msg_type_number_t data_count)
{

	return (mach_vm_write(task, address, data, data_count));
}

kern_return_t
vm_copy(vm_map_t task, vm_address_t source, vm_size_t size, vm_address_t dest)
{

	return (mach_vm_copy(task, source, size, dest));
}
