/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Pointers, sizes, counts, numbers and options that no sane program passes: a
 * documented code, nothing changed, and the next call works.
 */

#include <sys/mman.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

#define	REMOTE(remote)	MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, 0)

/* The trap itself, whatever its number; libmach has it on every host. */
uint32_t mach_trap(unsigned number, const uint64_t *args, unsigned nargs);

static uint8_t *
page_without(int prot)
{
	void *p;

	p = mmap(NULL, ct_page(), prot, MAP_PRIVATE | MAP_ANON, -1, 0);
	CT_TRUE(p != MAP_FAILED);
	return (p);
}

static const uintptr_t bad_pointers[] = { 8, 4096, (uintptr_t)-8,
    (uintptr_t)-4096, (uintptr_t)1 << (8 * sizeof(uintptr_t) - 1),
    (uintptr_t)-1 };
#define	NBAD	(sizeof(bad_pointers) / sizeof(bad_pointers[0]))

static void
still_works(void)
{
	mach_port_t p;

	p = ct_port_send();
	ct_send_id(p, 123);
	ct_recv_id(p, 123);
	CT_OK(mach_port_destroy(SELF, p));
}

CT_CASE(a_message_that_cannot_be_read_is_invalid_data)
{
	mach_msg_header_t *h;
	mach_msg_return_t mr;
	unsigned i;

	for (i = 0; i < NBAD; i++) {
		mr = mach_msg((mach_msg_header_t *)bad_pointers[i],
		    MACH_SEND_MSG, sizeof(*h), 0, MACH_PORT_NULL, 0,
		    MACH_PORT_NULL);
		CT_KR(mr, MACH_SEND_INVALID_DATA);
	}
	h = (mach_msg_header_t *)(void *)page_without(PROT_NONE);
	CT_KR(mach_msg(h, MACH_SEND_MSG, sizeof(*h), 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL), MACH_SEND_INVALID_DATA);
	still_works();
}

CT_CASE(a_message_that_ends_in_a_hole_is_invalid_data)
{
	mach_msg_header_t *h;
	vm_address_t a;
	mach_port_t p;
	size_t page;

	p = ct_port_send();
	page = ct_page();
	CT_OK(vm_allocate(SELF, &a, 2 * page, VM_FLAGS_ANYWHERE));
	CT_OK(vm_deallocate(SELF, a + page, page));
	h = (mach_msg_header_t *)(a + page - sizeof(*h));
	memset(h, 0, sizeof(*h));
	h->msgh_bits = REMOTE(COPY_SEND);
	h->msgh_remote_port = p;
	h->msgh_size = sizeof(*h) + 64;
	CT_KR(mach_msg(h, MACH_SEND_MSG, h->msgh_size, 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL), MACH_SEND_INVALID_DATA);
	CT_EQ(ct_status(p).mps_msgcount, 0);
	h->msgh_size = sizeof(*h);
	CT_OK(mach_msg(h, MACH_SEND_MSG, h->msgh_size, 0, MACH_PORT_NULL, 0,
	    MACH_PORT_NULL));
}

CT_CASE(a_receive_buffer_that_cannot_be_written_is_invalid_data)
{
	mach_port_t p, notify, q;
	unsigned i;

	p = ct_port_send();
	q = ct_port();
	notify = ct_port();
	for (i = 0; i < NBAD; i++) {
		ct_send_id(p, 1);
		CT_KR(mach_msg((mach_msg_header_t *)bad_pointers[i],
		    MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, 256, p, 0,
		    MACH_PORT_NULL), MACH_RCV_INVALID_DATA);
		/* The message is lost, as documented. */
		CT_EQ(ct_status(p).mps_msgcount, 0);
	}
	/* And rights in it are released. */
	ct_send_right(p, q, MACH_MSG_TYPE_MAKE_SEND);
	ct_notify_request(q, MACH_NOTIFY_NO_SENDERS, 1, notify);
	CT_KR(mach_msg((mach_msg_header_t *)(void *)page_without(PROT_READ),
	    MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, 256, p, 0, MACH_PORT_NULL),
	    MACH_RCV_INVALID_DATA);
	/*
	 * Darwin had copied the right out into the space by then, so it may be
	 * found there; either way nobody else keeps it.
	 */
	if (ct_refs(q, MACH_PORT_RIGHT_SEND) == 1)
		CT_OK(mach_port_deallocate(SELF, q));
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_NO_SENDERS), 1);
	still_works();
}

CT_CASE(unknown_traps_are_refused)
{
	static const unsigned numbers[] = { 0, 1, 2, 9, 17, 30, 54, 101, 127,
	    171, 200, 255, 256, 1000, 65536, 0x7fffffff, 0x80000000,
	    0xffffffff };
	uint64_t args[8];
	unsigned i, r;

	memset(args, 0xff, sizeof(args));
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		r = mach_trap(numbers[i], args, 8);
		if (r != KERN_NOT_SUPPORTED && r != KERN_INVALID_ARGUMENT)
			ct_fail(__FILE__, __LINE__, "trap %#x returned %s",
			    numbers[i], ct_code((int)r));
	}
	still_works();
}

/* Darwin has them, this kernel has not: the honest answer. */
CT_CASE(traps_that_are_absent_say_not_supported)
{
	uint64_t args[8];

	memset(args, 0, sizeof(args));
	CT_KR(mach_trap(48, args, 4), KERN_NOT_SUPPORTED);
	CT_KR(mach_trap(88, args, 8), KERN_NOT_SUPPORTED);
	CT_KR(mach_trap(100, args, 8), KERN_NOT_SUPPORTED);
}

/*
 * Every trap with arguments that are all zero, all ones, small numbers and bad
 * addresses.  Whatever they return, they return, and the task goes on.  The
 * calls that may block for ever or act on the caller's memory are left out.
 */
CT_CASE_TIMEOUT(every_trap_survives_senseless_arguments, 60)
{
	static const uint64_t values[] = { 0, 1, 0xffffffffffffffffULL, 8,
	    0x7fffffff, 0x80000000, 0xffffffffULL, 0x8000000000000000ULL,
	    0x7ffffffff000ULL };
	static const unsigned skip[] = { 10, 12, 14, 31, 32, 36, 37, 38, 39,
	    47, 61, 62, 90 };
	uint64_t args[8];
	unsigned i, k, n, v;
	bool left_out;

	for (n = 0; n < 200; n++) {
		left_out = false;
		for (k = 0; k < sizeof(skip) / sizeof(skip[0]); k++)
			left_out |= skip[k] == n;
		if (left_out)
			continue;
		for (v = 0; v < 9; v++) {
			for (i = 0; i < 8; i++)
				args[i] = values[v];
			(void)mach_trap(n, args, 8);
			/* A good task port first, so that the rest is read. */
			args[0] = SELF;
			(void)mach_trap(n, args, 8);
			for (i = 1; i < 8; i++)
				args[i] = values[(v + i) % 9];
			(void)mach_trap(n, args, 8);
			(void)mach_trap(n, args, 0);
		}
	}
	still_works();
}

CT_CASE(too_many_or_too_few_trap_arguments_do_no_harm)
{
	uint64_t args[8];
	unsigned n;

	memset(args, 0, sizeof(args));
	for (n = 0; n <= 8; n++)
		(void)mach_trap(31, args, n);
	still_works();
}

CT_CASE(results_that_cannot_be_written_are_reported_and_undone)
{
	mach_port_t *bad;
	kern_return_t kr;
	unsigned before, i;

	before = ct_names();
	for (i = 0; i < NBAD; i++) {
		bad = (mach_port_t *)bad_pointers[i];
		kr = mach_port_allocate(SELF, MACH_PORT_RIGHT_RECEIVE, bad);
		CT_KR2(kr, KERN_MEMORY_ERROR, KERN_INVALID_ADDRESS);
		CT_EQ(ct_names(), before);
	}
	still_works();
}

CT_CASE(out_pointers_of_queries_are_checked)
{
	mach_port_t p;
	unsigned i;
	uintptr_t b;

	p = ct_port_send();
	for (i = 0; i < NBAD; i++) {
		b = bad_pointers[i];
		CT_NE(mach_port_type(SELF, p, (mach_port_type_t *)b), 0);
		CT_NE(mach_port_get_refs(SELF, p, 0, (mach_port_urefs_t *)b),
		    0);
		/*
		 * In a 32-bit process the library narrows what the kernel
		 * gives, and follows the caller's pointer itself.
		 */
		if (sizeof(mach_port_context_t) == sizeof(uint64_t))
			CT_NE(mach_port_get_context(SELF, p,
			    (mach_port_context_t *)b), 0);
		CT_NE(mach_port_construct(SELF, (mach_port_options_t *)b, 0,
		    &p), 0);
	}
	still_works();
}

/*
 * Option bits.  Known ones act; those that only tell Darwin's scheduler
 * something are accepted and ignored.
 */
CT_CASE(scheduling_options_are_ignored)
{
	mach_port_t p;

	p = ct_port_send();
	CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), 1, MACH_SEND_OVERRIDE |
	    MACH_SEND_NOIMPORTANCE, 0));
	ct_recv_id(p, 1);
	CT_OK(ct_send(p, 0, REMOTE(COPY_SEND), 1, MACH_SEND_SYNC_OVERRIDE, 0));
	ct_recv_id(p, 1);
}

CT_CASE(receiving_with_a_voucher_option_gives_no_voucher)
{
	struct ct_msg m;
	mach_port_t p;

	p = ct_port_send();
	ct_send_id(p, 1);
	memset(&m, 0, sizeof(m));
	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_VOUCHER, 0, sizeof(m), p, 0, MACH_PORT_NULL));
	CT_EQ(MACH_MSGH_BITS_VOUCHER(m.hdr.msgh_bits), 0);
	CT_EQ(m.hdr.msgh_voucher_port, MACH_PORT_NULL);
}

/* Random message bytes: any code, no crash, nothing hangs. */
CT_CASE_TIMEOUT(random_messages_do_no_harm, 60)
{
	_Alignas(8) uint8_t buf[256];
	mach_msg_header_t *h;
	mach_port_t p, q;
	uint32_t seed;
	unsigned i, k, size;

	p = ct_port_send();
	q = ct_port_send();
	seed = 12345;
	h = (mach_msg_header_t *)(void *)buf;
	for (i = 0; i < 20000; i++) {
		for (k = 0; k < sizeof(buf); k++) {
			seed = seed * 1664525 + 1013904223;
			buf[k] = (uint8_t)(seed >> 24);
		}
		/* Mostly plausible headers, so that the body is reached. */
		h->msgh_bits = REMOTE(COPY_SEND) | (seed & 0x100 ?
		    MACH_MSGH_BITS_COMPLEX : 0);
		if ((seed & 0xe00) == 0)
			h->msgh_bits = seed;
		h->msgh_remote_port = (seed & 0x7000) == 0 ? seed : p;
		h->msgh_local_port = MACH_PORT_NULL;
		h->msgh_voucher_port = MACH_PORT_NULL;
		((mach_msg_base_t *)(void *)buf)->body.msgh_descriptor_count =
		    seed >> 16 & 7;
		for (k = 28; k + 12 <= sizeof(buf); k += 12) {
			if ((buf[k] & 1) != 0)
				buf[k + 11] &= 7;	/* its type */
			if ((buf[k] & 2) != 0)
				memcpy(buf + k, &q, sizeof(q));
			if ((buf[k + 4] & 2) != 0)
				buf[k + 10] = 16 + (buf[k + 10] & 7);
		}
		size = (seed >> 8 & 63) * 4;
		(void)mach_msg(h, MACH_SEND_MSG | MACH_SEND_TIMEOUT, size, 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL);
		if (ct_type(p) != MACH_PORT_TYPE_SEND_RECEIVE) {
			(void)mach_port_destroy(SELF, p);
			p = ct_port_send();
		}
		if (ct_type(q) != MACH_PORT_TYPE_SEND_RECEIVE) {
			(void)mach_port_destroy(SELF, q);
			q = ct_port_send();
		}
		while (mach_msg(h, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		    sizeof(buf), p, 0, MACH_PORT_NULL) == MACH_MSG_SUCCESS)
			mach_msg_destroy(h);
	}
	still_works();
}
