/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The memory of a client: windows in its trap page, process_vm_readv(2) and
 * process_vm_writev(2) for all the rest.
 *
 * After an exec the same process id has other memory.  /proc/<pid>/mem, opened
 * when the process attached, stays bound to the image of that time, so a read
 * of the nonce through it tells the images apart.
 */

#include <sys/uio.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

bool
umem_same_image(struct client *cl)
{
	uint64_t nonce;

	return (pread(cl->cl_memfd, &nonce, sizeof(nonce),
	    (off_t)cl->cl_nonce_addr) == (ssize_t)sizeof(nonce) &&
	    nonce == cl->cl_nonce);
}

static int
transfer(struct client *cl, uint64_t addr, void *buf, size_t size,
    ssize_t (*move)(pid_t, const struct iovec *, unsigned long,
    const struct iovec *, unsigned long, unsigned long))
{
	struct iovec local, remote;
	ssize_t n;

	if (size == 0)
		return (0);
	if (addr + size < addr || !umem_same_image(cl))
		return (EFAULT);
	while (size > 0) {
		local.iov_base = buf;
		local.iov_len = size;
		remote.iov_base = (void *)(uintptr_t)addr;
		remote.iov_len = size;
		n = move(cl->cl_pid, &local, 1, &remote, 1, 0);
		if (n <= 0)
			return (EFAULT);
		/* Short: 2 GiB at once, or the next page is missing. */
		buf = (char *)buf + n;
		addr += (uint64_t)n;
		size -= (size_t)n;
	}
	return (0);
}

/*
 * By process id the superuser's machd can reach what a process of another user
 * executes between our look at the image and the transfer, a set-user-ID
 * program.  So it goes by image there; others' machds the system refuses.
 */
static int
transfer_image(struct client *cl, uint64_t addr, void *buf, size_t size,
    bool write)
{
	struct image *im;
	int error;

	if (size == 0)
		return (0);
	im = image_of(cl);
	if (im == NULL)
		return (EFAULT);
	error = EFAULT;
	if (addr + size >= addr &&
	    image_look(im, addr, size, write) == IMAGE_OPEN)
		error = write ? image_write(im, addr, buf, size) :
		    image_read(im, addr, buf, size);
	image_drop(im);
	return (error);
}

static bool
is_others(const struct client *cl)
{

	return (cl->cl_cred_uid != 0 && geteuid() == 0);
}

int
umem_read(struct client *cl, uint64_t addr, void *buf, size_t size)
{

	if (is_others(cl))
		return (transfer_image(cl, addr, buf, size, false));
	return (transfer(cl, addr, buf, size, process_vm_readv));
}

int
umem_write(struct client *cl, uint64_t addr, const void *buf, size_t size)
{

	if (is_others(cl))
		return (transfer_image(cl, addr, (void *)(uintptr_t)buf, size,
		    true));
	return (transfer(cl, addr, (void *)(uintptr_t)buf, size,
	    process_vm_writev));
}

static bool
inside(uint64_t addr, size_t size, uint64_t base, uint64_t length)
{

	return (addr >= base && addr - base <= length &&
	    size <= length - (addr - base));
}

/* What is in the out window goes to the client now. */
static int
flush(struct slot *slot)
{
	uint32_t done;

	done = slot->sl_out_done;
	slot->sl_out_done = 0;
	return (umem_write(slot->sl_client, slot->sl_out_addr,
	    slot->sl_page->ms_data, done));
}

int
umem_in(struct slot *slot, uint64_t addr, void *buf, size_t size)
{

	if (slot->sl_in_size != 0 &&
	    inside(addr, size, slot->sl_in_addr, slot->sl_in_size)) {
		memcpy(buf, slot->sl_page->ms_data + (addr - slot->sl_in_addr),
		    size);
		return (0);
	}
	if (slot->sl_out_done != 0 && addr < slot->sl_out_addr +
	    slot->sl_out_done && addr + size > slot->sl_out_addr &&
	    flush(slot) != 0)
		return (EFAULT);
	return (umem_read(slot->sl_client, addr, buf, size));
}

int
umem_out(struct slot *slot, uint64_t addr, const void *buf, size_t size)
{
	uint64_t offset;

	/* The window grows without gaps, or is not used. */
	if (slot->sl_out_size != 0 &&
	    inside(addr, size, slot->sl_out_addr, slot->sl_out_size) &&
	    (offset = addr - slot->sl_out_addr) <= slot->sl_out_done) {
		slot->sl_in_size = 0;
		memcpy(slot->sl_page->ms_data + offset, buf, size);
		if (offset + size > slot->sl_out_done)
			slot->sl_out_done = (uint32_t)(offset + size);
		return (0);
	}
	if (slot->sl_out_done != 0 && addr < slot->sl_out_addr +
	    slot->sl_out_done && addr + size > slot->sl_out_addr &&
	    flush(slot) != 0)
		return (EFAULT);
	return (umem_write(slot->sl_client, addr, buf, size));
}
