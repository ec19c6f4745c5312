/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Short forms of the Mach calls that nearly every conformance case needs.
 * They check their own return codes: a case that tests a code calls the Mach
 * function itself.
 */

#ifndef _TESTS_CONFORMANCE_CTMACH_H_
#define	_TESTS_CONFORMANCE_CTMACH_H_

#include <mach/mach.h>
#include <mach_debug/mach_inspect.h>

#include "ct.h"

#define	SELF	mach_task_self()

/* A message of up to 1 KiB with room for any trailer. */
struct ct_msg {
	mach_msg_header_t	hdr;
	uint8_t			body[1024];
	uint8_t			trailer_room[MAX_TRAILER_SIZE + 8];
};

/* A complex message with up to four descriptors of any kind. */
struct ct_complex {
	mach_msg_header_t	hdr;
	mach_msg_body_t		body;
	union {
		mach_msg_port_descriptor_t	port[4];
		mach_msg_ool_descriptor_t	ool[4];
		mach_msg_ool_ports_descriptor_t	ool_ports[4];
		mach_msg_guarded_port_descriptor_t guarded[4];
		uint8_t				bytes[64];
	} d;
	uint8_t			trailer_room[MAX_TRAILER_SIZE + 8];
};

mach_port_t ct_port(void);		/* receive right only */
mach_port_t ct_port_send(void);		/* receive and one send right */
mach_port_t ct_pset(void);
mach_port_t ct_dead_name(void);		/* by the death of its port */
mach_port_t ct_send_once(mach_port_t receive);	/* a new send-once right */
mach_port_t ct_free_name(void);		/* denotes nothing, did before */
void	ct_make_send(mach_port_t receive);
void	ct_destroy_receive(mach_port_t);

mach_port_type_t ct_type(mach_port_t);		/* 0: no such name */
mach_port_urefs_t ct_refs(mach_port_t, mach_port_right_t);
mach_port_status_t ct_status(mach_port_t);
unsigned ct_names(void);			/* names in the space */
bool	ct_in_set(mach_port_t port, mach_port_t pset);
void	ct_qlimit(mach_port_t, mach_port_msgcount_t);

/* A header-only message; `bits` are MACH_MSGH_BITS(remote, local). */
mach_msg_return_t ct_send(mach_port_t remote, mach_port_t local,
	    mach_msg_bits_t bits, mach_msg_id_t id, mach_msg_option_t option,
	    mach_msg_timeout_t timeout);
/* To a port by COPY_SEND, no reply port; must succeed. */
void	ct_send_id(mach_port_t remote, mach_msg_id_t id);
/* To a port whose receive right is ours, by MAKE_SEND; must succeed. */
void	ct_send_self(mach_port_t receive, mach_msg_id_t id);

/* Receive with a timeout of `ms`; the code is the caller's to judge. */
mach_msg_return_t ct_recv(mach_port_t, struct ct_msg *, mach_msg_timeout_t ms);
/* Receive one message with that id within two seconds. */
void	ct_recv_id(mach_port_t, mach_msg_id_t id);
/* There is nothing to receive. */
void	ct_recv_none(mach_port_t);

#define	CT_SOON_MS	patience(2000)

/* How many threads of the process wait for that (MTH_RECEIVE ...). */
unsigned ct_waiting(pid_t, uint32_t what);
/*
 * Until just n do.  The kernel tells nobody that a thread has begun to wait, so
 * this has to look.
 */
void	ct_until_waiting(pid_t, uint32_t what, unsigned n);

/* Complex messages: begin, then fill d, then send. */
void	ct_complex_init(struct ct_complex *, mach_port_t remote,
	    mach_msg_bits_t bits, unsigned descriptors, mach_msg_id_t id);
mach_msg_return_t ct_complex_send(struct ct_complex *, mach_msg_option_t,
	    mach_msg_timeout_t);
mach_msg_return_t ct_complex_recv(mach_port_t, struct ct_complex *,
	    mach_msg_timeout_t);
void	ct_port_desc(struct ct_complex *, unsigned index, mach_port_t,
	    mach_msg_type_name_t);
/* Send one right in a message of its own; must succeed. */
void	ct_send_right(mach_port_t remote, mach_port_t right,
	    mach_msg_type_name_t disposition);
/* Receive a message with one port descriptor; the right, and its kind. */
mach_port_t ct_recv_right(mach_port_t, mach_msg_type_name_t *disposition);

/* Notifications. */
mach_port_t ct_notify_request(mach_port_t name, mach_msg_id_t what,
	    mach_port_mscount_t sync, mach_port_t notify);	/* previous */
/*
 * Receive the notification `what` within two seconds; the name or count it
 * carries (0 for send-once).
 */
uint64_t ct_notify_recv(mach_port_t notify, mach_msg_id_t what);

/*
 * Give the processes that are forked from now on a send right to `receive', as
 * their bootstrap port; ct_inherited() is for the child.
 */
void	ct_bequeath(mach_port_t receive);
mach_port_t ct_inherited(void);

size_t	ct_page(void);

#endif /* !_TESTS_CONFORMANCE_CTMACH_H_ */
