/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the library adds: reply ports, server loops, error strings, memory.
 */

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <mach/mach_error.h>
#include <mach/mig_errors.h>

#include "ct.h"
#include "ctmach.h"

CT_CASE_TIMEOUT(ten_thousand_calls_use_one_reply_port, 60)
{
	struct ct_msg m;
	mach_port_t p, reply;
	unsigned before, calls;

	p = ct_port_send();
	reply = mig_get_reply_port();
	before = ct_names();
	for (calls = repeat(10000); calls > 0; calls--) {
		CT_EQ(mig_get_reply_port(), reply);
		CT_OK(ct_send(p, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
		    MACH_MSG_TYPE_MAKE_SEND_ONCE), 5, 0, 0));
		CT_OK(ct_recv(p, &m, CT_SOON_MS));
		CT_OK(ct_send(m.hdr.msgh_remote_port, 0,
		    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0), 6, 0,
		    0));
		CT_OK(ct_recv(reply, &m, CT_SOON_MS));
		mig_put_reply_port(reply);
	}
	CT_EQ(ct_names(), before);
}

CT_CASE(a_reply_port_given_up_is_replaced)
{
	mach_port_t a, b;

	a = mig_get_reply_port();
	mig_dealloc_reply_port(a);
	CT_EQ(ct_type(a), 0);
	b = mig_get_reply_port();
	CT_NE(a, b);
	CT_EQ(ct_type(b), MACH_PORT_TYPE_RECEIVE);
}

/* ---- server loops ---- */

static boolean_t
demux(mach_msg_header_t *in, mach_msg_header_t *out)
{
	mig_reply_error_t *e;

	e = (mig_reply_error_t *)(void *)out;
	memset(e, 0, sizeof(*e));
	e->Head.msgh_bits = MACH_MSGH_BITS(MACH_MSGH_BITS_REMOTE(
	    in->msgh_bits), 0);
	e->Head.msgh_remote_port = in->msgh_remote_port;
	e->Head.msgh_size = sizeof(*e);
	e->Head.msgh_id = in->msgh_id + 100;
	e->NDR = NDR_record;
	e->RetCode = KERN_SUCCESS;
	if (in->msgh_id == 666) {
		e->RetCode = MIG_BAD_ID;
		return (FALSE);
	}
	if (in->msgh_id == 667)
		e->RetCode = MIG_NO_REPLY;
	return (TRUE);
}

struct server {
	mach_port_t		port;
	mach_msg_return_t	mr;
};

static void *
serve_once(void *arg)
{
	struct server *s;

	s = arg;
	s->mr = mach_msg_server_once(demux, 512, s->port, 0);
	return (NULL);
}

static void
call_once(mach_msg_id_t id, int want_code, bool reply_expected)
{
	union {
		struct ct_msg		msg;
		mig_reply_error_t	error;
	} m;
	struct server s;
	mach_port_t reply;
	pthread_t t;

	s.port = ct_port_send();
	reply = ct_port();
	CT_EQ(pthread_create(&t, NULL, serve_once, &s), 0);
	CT_OK(ct_send(s.port, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), id, 0, 0));
	if (reply_expected) {
		CT_OK(ct_recv(reply, &m.msg, CT_SOON_MS));
		CT_EQ(m.msg.hdr.msgh_id, id + 100);
		CT_EQ(m.error.RetCode, want_code);
	}
	CT_EQ(pthread_join(t, NULL), 0);
	CT_OK(s.mr);
}

CT_CASE(mach_msg_server_once_answers_one_request)
{

	call_once(1, KERN_SUCCESS, true);
}

CT_CASE(mach_msg_server_once_reports_an_unknown_request)
{

	call_once(666, MIG_BAD_ID, true);
}

CT_CASE(mach_msg_server_once_sends_nothing_on_no_reply)
{

	call_once(667, 0, false);
}

/* ---- strings ---- */

CT_CASE(error_strings_exist_for_known_and_unknown_codes)
{

	CT_TRUE(strlen(mach_error_string(KERN_SUCCESS)) > 0);
	CT_TRUE(strlen(mach_error_string(KERN_INVALID_RIGHT)) > 0);
	CT_TRUE(strlen(mach_error_string(MACH_SEND_INVALID_DEST)) > 0);
	CT_TRUE(strlen(mach_error_string(MACH_RCV_TIMED_OUT)) > 0);
	CT_TRUE(strcmp(mach_error_string(KERN_INVALID_NAME),
	    mach_error_string(KERN_INVALID_RIGHT)) != 0);
	CT_TRUE(mach_error_string(0x7fffffff) != NULL);
	CT_TRUE(mach_error_string(-1) != NULL);
}

CT_CASE(mach_error_writes_a_line)
{
	char got[256], want[256];
	int fds[2], saved;
	ssize_t n;

	CT_POSIX(pipe(fds));
	CT_POSIX(saved = dup(STDERR_FILENO));
	CT_POSIX(dup2(fds[1], STDERR_FILENO));
	mach_error("who says so", KERN_INVALID_NAME);
	CT_POSIX(dup2(saved, STDERR_FILENO));
	CT_POSIX(n = read(fds[0], got, sizeof(got) - 1));
	got[n] = '\0';
	(void)snprintf(want, sizeof(want), "who says so: %s (0x%x)\n",
	    mach_error_string(KERN_INVALID_NAME),
	    (unsigned)KERN_INVALID_NAME);
	CT_EQ(strcmp(got, want), 0);
}

/* ---- memory ---- */

CT_CASE(vm_allocate_gives_zeroed_pages_and_deallocate_takes_them)
{
	vm_address_t a;
	size_t i, page;

	page = ct_page();
	CT_OK(vm_allocate(SELF, &a, 3 * page - 10, VM_FLAGS_ANYWHERE));
	CT_EQ(a % page, 0);
	for (i = 0; i < 3 * page; i++)
		CT_EQ(((char *)a)[i], 0);
	memset((void *)a, 1, 3 * page);
	CT_OK(vm_deallocate(SELF, a, 3 * page - 10));
	CT_OK(vm_allocate(SELF, &a, 0, VM_FLAGS_ANYWHERE));
	CT_OK(vm_deallocate(SELF, a, 0));
}

CT_CASE(vm_calls_refuse_what_cannot_be)
{
	vm_address_t a;

	CT_NE(vm_allocate(SELF, &a, (vm_size_t)-1, VM_FLAGS_ANYWHERE),
	    KERN_SUCCESS);
	/* Nearly all of the address space. */
	CT_NE(vm_allocate(SELF, &a, (vm_size_t)0 - 16 * vm_page_size,
	    VM_FLAGS_ANYWHERE), KERN_SUCCESS);
	CT_NE(vm_allocate(MACH_PORT_NULL, &a, 4096, VM_FLAGS_ANYWHERE),
	    KERN_SUCCESS);
	CT_NE(vm_deallocate(SELF, (vm_address_t)-4096, 8192), KERN_SUCCESS);
}

CT_CASE(vm_protect_protects)
{
	vm_address_t a;

	CT_OK(vm_allocate(SELF, &a, ct_page(), VM_FLAGS_ANYWHERE));
	CT_OK(vm_protect(SELF, a, ct_page(), FALSE, VM_PROT_READ));
	CT_EQ(*(char *)a, 0);
	CT_OK(vm_protect(SELF, a, ct_page(), FALSE,
	    VM_PROT_READ | VM_PROT_WRITE));
	*(char *)a = 1;
	CT_OK(vm_deallocate(SELF, a, ct_page()));
}

CT_CASE(vm_page_size_is_the_machines)
{

	CT_EQ(vm_page_size, ct_page());
}
