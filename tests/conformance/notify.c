/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Notifications: when each kind fires, what it carries, how requests are
 * replaced and cancelled, and the codes for requests that cannot be.
 */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

static kern_return_t
request(mach_port_t name, mach_msg_id_t id, mach_port_mscount_t sync,
    mach_port_t notify, mach_msg_type_name_t disp, mach_port_t *previous)
{

	return (mach_port_request_notification(SELF, name, id, sync, notify,
	    disp, previous));
}

#define	MSO	MACH_MSG_TYPE_MAKE_SEND_ONCE

/* ---- no senders ---- */

CT_CASE(no_senders_fires_when_the_last_send_right_goes)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND, 1));
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n), 0);
	CT_OK(mach_port_deallocate(SELF, p));
	ct_recv_none(n);
	CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
	CT_EQ(ct_status(p).mps_nsrequest, 0);
	/* Once. */
	ct_make_send(p);
	CT_OK(mach_port_deallocate(SELF, p));
	ct_recv_none(n);
}

CT_CASE(no_senders_does_not_fire_before_a_send_right_was_made)
{
	mach_port_t p, n;

	p = ct_port();
	n = ct_port();
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 1, n), 0);
	ct_recv_none(n);
	CT_EQ(ct_status(p).mps_nsrequest, 1);
	ct_make_send(p);
	CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
}

CT_CASE(no_senders_fires_at_once_when_the_count_has_reached_sync)
{
	mach_port_t p, n;

	p = ct_port();
	n = ct_port();
	/* No send right, make-send count 0: sync 0 fires, sync 1 waits. */
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n), 0);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 0);
	ct_make_send(p);
	CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 1, n), 0);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 2, n), 0);
	ct_recv_none(n);
}

/*
 * Sync says how many rights the asker knows to have been made: with no sender
 * the request waits while fewer were.  With senders it waits for their end, and
 * sync has no say.
 */
CT_CASE(sync_holds_no_senders_back_only_while_there_is_no_sender)
{
	mach_port_mscount_t made, sync;
	mach_port_t n, p, prev;
	unsigned i, senders;

	n = ct_port();
	for (made = 0; made <= 3; made++)
	for (senders = 0; senders <= (made > 0 ? 1 : 0); senders++)
	for (sync = 0; sync <= 5; sync++) {
		p = ct_port();
		for (i = 0; i < made; i++)
			ct_make_send(p);
		if (made > senders)
			CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND,
			    -(int)(made - senders)));
		CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, sync, n),
		    MACH_PORT_NULL);
		if (senders == 0 && sync <= made) {
			CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), made);
			CT_EQ(ct_status(p).mps_nsrequest, 0);
			CT_OK(mach_port_destroy(SELF, p));
			continue;
		}
		ct_recv_none(n);
		CT_EQ(ct_status(p).mps_nsrequest, 1);
		if (senders == 0) {
			/* One is made, in a message, and goes. */
			ct_send_self(p, 1);
			ct_recv_none(n);
			ct_recv_id(p, 1);
			CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS),
			    made + 1);
		} else {
			CT_OK(mach_port_deallocate(SELF, p));
			CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS),
			    made);
		}
		/* Once: there is no request any more. */
		CT_OK(request(p, MACH_NOTIFY_NO_SENDERS, 0, MACH_PORT_NULL,
		    MSO, &prev));
		CT_EQ(prev, MACH_PORT_NULL);
		ct_recv_none(n);
		CT_OK(mach_port_destroy(SELF, p));
	}
}

CT_CASE(no_senders_carries_the_make_send_count)
{
	mach_port_t p, n;
	int i;

	p = ct_port();
	n = ct_port();
	for (i = 0; i < 7; i++)
		ct_make_send(p);
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n);
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND, -7));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 7);
}

CT_CASE(launchds_way_of_asking_for_no_senders_works)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	CT_OK(mach_port_set_mscount(SELF, p, 0));
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 1, n), 0);
	ct_recv_none(n);
	CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 0);
}

CT_CASE(a_send_right_in_transit_is_a_sender)
{
	mach_port_t p, n, carrier;

	p = ct_port_send();
	n = ct_port();
	carrier = ct_port();
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_SEND);
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n);
	ct_recv_none(n);
	CT_EQ(ct_recv_right(carrier, NULL), p);
	ct_recv_none(n);
	CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
}

CT_CASE(no_senders_to_the_port_itself_arrives)
{
	mach_port_t p;

	p = ct_port_send();
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, p);
	CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_notify_recv(p, MACH_NOTIFY_NO_SENDERS), 1);
}

CT_CASE(a_request_replaces_and_returns_the_previous_one)
{
	mach_port_t p, a, b, prev;

	p = ct_port_send();
	a = ct_port();
	b = ct_port();
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, a), 0);
	prev = ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, b);
	CT_EQ(ct_type(prev), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(mach_port_deallocate(SELF, prev));
	ct_notify_recv(a, MACH_NOTIFY_SEND_ONCE);
	/* NULL cancels. */
	CT_OK(request(p, MACH_NOTIFY_NO_SENDERS, 0, MACH_PORT_NULL, MSO,
	    &prev));
	CT_EQ(ct_type(prev), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(mach_port_deallocate(SELF, prev));
	ct_notify_recv(b, MACH_NOTIFY_SEND_ONCE);
	CT_OK(mach_port_deallocate(SELF, p));
	ct_recv_none(a);
	ct_recv_none(b);
	CT_OK(request(p, MACH_NOTIFY_NO_SENDERS, 0, MACH_PORT_NULL, MSO,
	    &prev));
	CT_EQ(prev, MACH_PORT_NULL);
}

CT_CASE(a_destroyed_port_answers_its_no_senders_request_with_send_once)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n);
	ct_destroy_receive(p);
	ct_notify_recv(n, MACH_NOTIFY_SEND_ONCE);
}

CT_CASE(moving_the_receive_right_cancels_its_no_senders_request)
{
	mach_port_t p, n, carrier;

	p = ct_port_send();
	n = ct_port();
	carrier = ct_port();
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n);
	ct_send_right(carrier, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	ct_notify_recv(n, MACH_NOTIFY_SEND_ONCE);
	CT_EQ(ct_recv_right(carrier, NULL), p);
	CT_EQ(ct_status(p).mps_nsrequest, 0);
}

/* ---- dead name ---- */

CT_CASE(dead_name_fires_when_the_port_dies_and_adds_a_reference)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n), 0);
	ct_destroy_receive(p);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), p);
	/* One of the send right, one of the notification. */
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_DEAD_NAME), 2);
}

CT_CASE(dead_name_request_on_a_dead_name_with_sync_fires_at_once)
{
	mach_port_t d, n, prev;

	d = ct_dead_name();
	n = ct_port();
	CT_KR(request(d, MACH_NOTIFY_DEAD_NAME, 0, n, MSO, &prev),
	    KERN_INVALID_ARGUMENT);
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 1);
	/* A refused request does not consume the notify right silently. */
	CT_TRUE(ct_status(n).mps_sorights == 0);
	if (ct_status(n).mps_msgcount > 0)
		ct_notify_recv(n, MACH_NOTIFY_SEND_ONCE);
	CT_OK(request(d, MACH_NOTIFY_SEND_POSSIBLE, 0, n, MSO, &prev));
	CT_EQ(prev, MACH_PORT_NULL);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), d);
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 2);
	CT_OK(request(d, MACH_NOTIFY_DEAD_NAME, 1, n, MSO, &prev));
	CT_EQ(prev, MACH_PORT_NULL);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), d);
	CT_EQ(ct_refs(d, MACH_PORT_RIGHT_DEAD_NAME), 3);
	CT_KR(request(d, MACH_NOTIFY_DEAD_NAME, 1, MACH_PORT_NULL, MSO,
	    &prev), KERN_INVALID_ARGUMENT);
	ct_recv_none(n);
}

CT_CASE(dead_name_request_fires_port_deleted_when_the_name_goes_first)
{
	mach_port_t p, n, so;

	p = ct_port();
	n = ct_port();
	so = ct_send_once(p);
	ct_notify_request(so, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_OK(mach_port_deallocate(SELF, so));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED), so);
	so = ct_send_once(p);
	ct_notify_request(so, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_OK(ct_send(so, 0, MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0),
	    1, 0, 0));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED), so);
}

CT_CASE(a_request_on_a_receive_right_alone_is_deleted_with_its_name)
{
	mach_port_t p, n, s;

	/* Nothing is left that a dead name could be of. */
	n = ct_port();
	p = ct_port();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_RECEIVE, -1));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED), p);
	CT_EQ(ct_type(p), 0);
	p = ct_port();
	ct_notify_request(p, MACH_NOTIFY_SEND_POSSIBLE, 0, n);
	CT_OK(mach_port_destruct(SELF, p, 0, 0));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED), p);
	p = ct_port_send();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_OK(mach_port_destroy(SELF, p));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED), p);
	p = ct_port_send();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_OK(mach_port_destruct(SELF, p, -1, 0));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED), p);
	CT_EQ(ct_type(p), 0);
	/* The same when somebody else gets the right instead of its death. */
	p = ct_port();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	s = ct_port();
	ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, s);
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_RECEIVE, -1));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED), p);
	ct_recv_none(n);
}

CT_CASE(places_of_requests_that_are_gone_are_used_again)
{
	unsigned total, used, most;
	mach_port_t p, n, so[8];
	int i, j;

	p = ct_port();
	n = ct_port();
	ct_qlimit(n, MACH_PORT_QLIMIT_MAX);
	most = 0;
	for (i = 0; i < 100; i++) {
		for (j = 0; j < 8; j++) {
			so[j] = ct_send_once(p);
			ct_notify_request(so[j], MACH_NOTIFY_DEAD_NAME, 0, n);
		}
		CT_OK(mach_port_dnrequest_info(SELF, p, &total, &used));
		CT_EQ(used, 8);
		if (i == 0)
			most = total;
		CT_EQ(total, most);
		/* From the middle out, in another order each time. */
		for (j = 0; j < 8; j++)
			CT_OK(mach_port_deallocate(SELF, so[(i + 3 * j) % 8]));
		CT_OK(mach_port_dnrequest_info(SELF, p, &total, &used));
		CT_EQ(used, 0);
		for (j = 0; j < 8; j++)
			CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DELETED),
			    so[(i + 3 * j) % 8]);
		for (j = 0; j < 8; j++)
			(void)ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE);
	}
}

CT_CASE(a_dead_name_request_is_replaced_and_cancelled)
{
	mach_port_t p, a, b, prev;

	p = ct_port_send();
	a = ct_port();
	b = ct_port();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, a);
	prev = ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, b);
	CT_EQ(ct_type(prev), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(request(p, MACH_NOTIFY_DEAD_NAME, 0, MACH_PORT_NULL, MSO,
	    &prev));
	CT_EQ(ct_type(prev), MACH_PORT_TYPE_SEND_ONCE);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	ct_destroy_receive(p);
	ct_recv_none(a);
	ct_recv_none(b);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_DEAD_NAME), 1);
}

CT_CASE(every_holder_of_a_send_right_is_told_of_the_death)
{
	mach_port_t p, n[10], so[10];
	int i;

	p = ct_port();
	for (i = 0; i < 10; i++) {
		n[i] = ct_port();
		so[i] = ct_send_once(p);
		ct_notify_request(so[i], MACH_NOTIFY_DEAD_NAME, 0, n[i]);
	}
	ct_destroy_receive(p);
	for (i = 0; i < 10; i++) {
		CT_EQ(ct_notify_recv(n[i], MACH_NOTIFY_DEAD_NAME), so[i]);
		CT_EQ(ct_refs(so[i], MACH_PORT_RIGHT_DEAD_NAME), 2);
	}
}

/* ---- port destroyed ---- */

CT_CASE(port_destroyed_brings_the_receive_right_back_with_its_queue)
{
	mach_port_t p, n, got;

	p = ct_port_send();
	n = ct_port();
	ct_send_id(p, 1);
	ct_send_id(p, 2);
	ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, n);
	CT_EQ(ct_status(p).mps_pdrequest, 1);
	ct_destroy_receive(p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND);
	got = (mach_port_t)ct_notify_recv(n, MACH_NOTIFY_PORT_DESTROYED);
	CT_EQ(got, p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	CT_EQ(ct_status(p).mps_pdrequest, 0);
	ct_recv_id(p, 1);
	ct_recv_id(p, 2);
}

/*
 * The manual says that a second request replaces the first and returns it;
 * current XNU refuses it instead.  Either way one request stands, and sync
 * must be zero.
 */
CT_CASE(a_second_port_destroyed_request_is_refused)
{
	mach_port_t p, n, prev;

	p = ct_port();
	n = ct_port();
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, n), 0);
	CT_KR(request(p, MACH_NOTIFY_PORT_DESTROYED, 0, n, MSO, &prev),
	    KERN_FAILURE);
	CT_EQ(ct_status(n).mps_sorights, 1);
	CT_KR(request(p, MACH_NOTIFY_PORT_DESTROYED, 1, n, MSO, &prev),
	    KERN_INVALID_VALUE);
	CT_EQ(ct_status(p).mps_pdrequest, 1);
	/* One that was taken back makes room for another. */
	CT_OK(request(p, MACH_NOTIFY_PORT_DESTROYED, 0, MACH_PORT_NULL, MSO,
	    &prev));
	CT_EQ(ct_type(prev), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(mach_port_deallocate(SELF, prev));
	(void)ct_notify_recv(n, MACH_NOTIFY_SEND_ONCE);
	CT_EQ(ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, n), 0);
	ct_destroy_receive(p);
	(void)ct_notify_recv(n, MACH_NOTIFY_PORT_DESTROYED);
}

CT_CASE(port_destroyed_into_the_port_itself_destroys_it)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, p);
	ct_destroy_receive(p);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), p);
}

CT_CASE(the_receive_right_of_a_dead_process_comes_back)
{
	struct ct_gate go;
	mach_port_t p, n, service, boot;
	pid_t pid;

	n = ct_port();
	boot = ct_port();
	service = ct_port_send();
	ct_notify_request(service, MACH_NOTIFY_PORT_DESTROYED, 0, n);
	ct_bequeath(boot);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t mine;

		/* Ask the parent for it, as a daemon does at check-in. */
		mine = ct_port();
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_MAKE_SEND);
		p = ct_recv_right(mine, NULL);
		CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
		ct_recv_id(p, 1);
		ct_gate_open(&go);
		for (;;)
			pause();
	}
	p = ct_recv_right(boot, NULL);
	ct_send_right(p, service, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_EQ(ct_type(service), MACH_PORT_TYPE_SEND);
	ct_send_id(service, 1);
	ct_gate_wait(&go);
	ct_send_id(service, 2);
	ct_send_id(service, 3);
	CT_POSIX(kill(pid, SIGKILL));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_PORT_DESTROYED), service);
	ct_wait_signal(pid, SIGKILL);
	ct_recv_id(service, 2);
	ct_recv_id(service, 3);
}

/* ---- requests that are refused ---- */

CT_CASE(a_notification_request_with_bad_arguments_changes_nothing)
{
	static const mach_msg_id_t ids[] = { MACH_NOTIFY_NO_SENDERS,
	    MACH_NOTIFY_PORT_DESTROYED, MACH_NOTIFY_DEAD_NAME,
	    MACH_NOTIFY_SEND_POSSIBLE };
	mach_port_t kinds[6], n, prev, dead, free;
	mach_port_status_t before, after;
	unsigned i, k;

	n = ct_port();
	kinds[0] = ct_port_send();
	kinds[1] = ct_pset();
	kinds[2] = ct_send_once(kinds[0]);
	kinds[3] = ct_dead_name();
	kinds[4] = MACH_PORT_NULL;
	kinds[5] = MACH_PORT_DEAD;
	dead = ct_dead_name();
	free = ct_free_name();
	for (i = 0; i < 4; i++) {
		for (k = 0; k < 6; k++) {
			/* A notify port that is dead or is not there. */
			CT_NE(request(kinds[k], ids[i], 0, dead,
			    MACH_MSG_TYPE_MOVE_SEND_ONCE, &prev),
			    KERN_SUCCESS);
			CT_NE(request(kinds[k], ids[i], 0, free, MSO, &prev),
			    KERN_SUCCESS);
			CT_NE(request(kinds[k], ids[i], 0, MACH_PORT_DEAD, MSO,
			    &prev), KERN_SUCCESS);
			/* A right that is no send-once right. */
			CT_NE(request(kinds[k], ids[i], 0, kinds[0],
			    MACH_MSG_TYPE_COPY_SEND, &prev), KERN_SUCCESS);
			CT_NE(request(kinds[k], ids[i], 0, n, 99, &prev),
			    KERN_SUCCESS);
		}
		/* A target that cannot be asked about. */
		CT_NE(request(kinds[1], ids[i], 0, n, MSO, &prev),
		    KERN_SUCCESS);
		CT_NE(request(free, ids[i], 0, n, MSO, &prev), KERN_SUCCESS);
		CT_NE(request(MACH_PORT_NULL, ids[i], 0, n, MSO, &prev),
		    KERN_SUCCESS);
		CT_NE(request(MACH_PORT_DEAD, ids[i], 0, n, MSO, &prev),
		    KERN_SUCCESS);
	}
	before = ct_status(kinds[0]);
	CT_EQ(before.mps_nsrequest, 0);
	CT_EQ(before.mps_pdrequest, 0);
	CT_EQ(ct_refs(dead, MACH_PORT_RIGHT_DEAD_NAME), 1);
	after = ct_status(n);
	CT_EQ(after.mps_sorights, 0);
	CT_EQ(ct_type(kinds[0]), MACH_PORT_TYPE_SEND_RECEIVE);
}

CT_CASE(notification_request_codes)
{
	mach_port_t p, s, n, prev;

	p = ct_port_send();
	s = ct_pset();
	n = ct_port();
	CT_KR(request(p, 0, 0, n, MSO, &prev), KERN_INVALID_VALUE);
	CT_KR(request(p, MACH_NOTIFY_SEND_ONCE, 0, n, MSO, &prev),
	    KERN_INVALID_VALUE);
	CT_KR(request(p, 12345, 0, n, MSO, &prev), KERN_INVALID_VALUE);
	CT_KR(request(s, MACH_NOTIFY_NO_SENDERS, 0, n, MSO, &prev),
	    KERN_INVALID_RIGHT);
	CT_KR(request(ct_free_name(), MACH_NOTIFY_NO_SENDERS, 0, n, MSO,
	    &prev), KERN_INVALID_NAME);
	CT_KR(request(s, MACH_NOTIFY_DEAD_NAME, 0, n, MSO, &prev),
	    KERN_INVALID_RIGHT);
	CT_KR(request(ct_free_name(), MACH_NOTIFY_DEAD_NAME, 0, n, MSO, &prev),
	    KERN_INVALID_NAME);
	CT_KR(request(MACH_PORT_NULL, MACH_NOTIFY_DEAD_NAME, 0, n, MSO, &prev),
	    KERN_INVALID_ARGUMENT);
	CT_KR(request(MACH_PORT_NULL, MACH_NOTIFY_NO_SENDERS, 0, n, MSO,
	    &prev), KERN_INVALID_RIGHT);
	/* To cancel what cannot be there: libdispatch expects just these. */
	CT_KR(request(s, MACH_NOTIFY_SEND_POSSIBLE, 0, MACH_PORT_NULL, MSO,
	    &prev), KERN_INVALID_RIGHT);
	CT_KR(request(ct_free_name(), MACH_NOTIFY_SEND_POSSIBLE, 0,
	    MACH_PORT_NULL, MSO, &prev), KERN_INVALID_NAME);
	CT_KR(request(ct_dead_name(), MACH_NOTIFY_SEND_POSSIBLE, 0,
	    MACH_PORT_NULL, MSO, &prev), KERN_INVALID_ARGUMENT);
	CT_OK(request(p, MACH_NOTIFY_SEND_POSSIBLE, 0, MACH_PORT_NULL, MSO,
	    &prev));
	CT_EQ(prev, MACH_PORT_NULL);
	/* The task's port: no receive right of ours. */
	CT_KR(request(SELF, MACH_NOTIFY_NO_SENDERS, 0, n, MSO, &prev),
	    KERN_INVALID_RIGHT);
	CT_KR(request(SELF, MACH_NOTIFY_PORT_DESTROYED, 0, n, MSO, &prev),
	    KERN_INVALID_RIGHT);
}

CT_CASE(the_notify_right_may_be_moved)
{
	mach_port_t p, n, so, prev;

	p = ct_port_send();
	n = ct_port();
	so = ct_send_once(n);
	CT_OK(request(p, MACH_NOTIFY_DEAD_NAME, 0, so,
	    MACH_MSG_TYPE_MOVE_SEND_ONCE, &prev));
	CT_EQ(ct_type(so), 0);
	CT_EQ(prev, MACH_PORT_NULL);
	ct_destroy_receive(p);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), p);
}

CT_CASE(a_refused_request_leaves_the_notify_right_and_its_own_request)
{
	mach_port_t n, of_it, prev, set, so;

	n = ct_port();
	so = ct_send_once(n);
	of_it = ct_port();
	CT_EQ(ct_notify_request(so, MACH_NOTIFY_DEAD_NAME, 0, of_it), 0);
	CT_OK(mach_port_allocate(SELF, MACH_PORT_RIGHT_PORT_SET, &set));
	CT_KR(request(set, MACH_NOTIFY_DEAD_NAME, 0, so,
	    MACH_MSG_TYPE_MOVE_SEND_ONCE, &prev), KERN_INVALID_RIGHT);
	CT_KR(request(ct_dead_name(), MACH_NOTIFY_DEAD_NAME, 0, so,
	    MACH_MSG_TYPE_MOVE_SEND_ONCE, &prev), KERN_INVALID_ARGUMENT);
	CT_EQ(ct_type(so), MACH_PORT_TYPE_SEND_ONCE |
	    MACH_PORT_TYPE_DNREQUEST);
	ct_recv_none(of_it);
	ct_destroy_receive(n);
	CT_EQ(ct_notify_recv(of_it, MACH_NOTIFY_DEAD_NAME), so);
}

CT_CASE(a_notification_to_a_port_that_died_is_dropped)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	ct_destroy_receive(n);
	ct_destroy_receive(p);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
}

CT_CASE(notifications_ignore_the_queue_limit)
{
	mach_port_t p[50], n;
	int i;

	n = ct_port();
	ct_qlimit(n, 1);
	for (i = 0; i < 50; i++) {
		p[i] = ct_port_send();
		ct_notify_request(p[i], MACH_NOTIFY_DEAD_NAME, 0, n);
	}
	for (i = 0; i < 50; i++)
		ct_destroy_receive(p[i]);
	for (i = 0; i < 50; i++)
		CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), p[i]);
}

/* ---- death of a peer ---- */

enum death { EXIT, KILLED, DESTROYED };

static void
peer_death(enum death how)
{
	struct ct_gate go;
	mach_port_t boot, n, service;
	pid_t pid;

	boot = ct_port();
	n = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t mine;

		mine = ct_port();
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_MAKE_SEND);
		ct_gate_wait(&go);
		if (how == DESTROYED) {
			ct_destroy_receive(mine);
			ct_gate_wait(&go);
		}
		if (how == KILLED)
			kill(getpid(), SIGKILL);
		_exit(0);
	}
	service = ct_recv_right(boot, NULL);
	CT_EQ(ct_type(service), MACH_PORT_TYPE_SEND);
	ct_notify_request(service, MACH_NOTIFY_DEAD_NAME, 0, n);
	ct_recv_none(n);
	ct_gate_open(&go);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), service);
	ct_gate_open(&go);
	if (how == KILLED)
		ct_wait_signal(pid, SIGKILL);
	else
		ct_wait(pid);
	CT_KR(ct_send(service, 0, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
	    1, 0, 0), MACH_SEND_INVALID_DEST);
}

CT_CASE(exit_of_the_receiver_gives_a_dead_name)
{

	peer_death(EXIT);
}

CT_CASE(kill_of_the_receiver_gives_a_dead_name)
{

	peer_death(KILLED);
}

CT_CASE(destruction_by_the_receiver_gives_a_dead_name)
{

	peer_death(DESTROYED);
}

CT_CASE(death_of_the_last_sender_gives_no_senders)
{
	mach_port_t boot, n;
	pid_t pid;
	struct ct_gate ready;

	boot = ct_port();
	n = ct_port();
	ct_gate_init(&ready);
	ct_bequeath(boot);
	pid = ct_fork();
	if (pid == 0) {
		(void)ct_inherited();
		ct_gate_open(&ready);
		for (;;)
			pause();
	}
	ct_gate_wait(&ready);
	CT_OK(task_set_bootstrap_port(SELF, MACH_PORT_NULL));
	ct_notify_request(boot, MACH_NOTIFY_NO_SENDERS, 0, n);
	ct_recv_none(n);
	CT_POSIX(kill(pid, SIGKILL));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
	ct_wait_signal(pid, SIGKILL);
}

CT_CASE(a_server_that_dies_unanswering_gives_send_once_on_the_reply_port)
{
	mach_port_t boot, reply, service;
	pid_t pid;

	boot = ct_port();
	reply = ct_port();
	ct_bequeath(boot);
	pid = ct_fork();
	if (pid == 0) {
		struct ct_msg m;
		mach_port_t mine;

		mine = ct_port();
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_MAKE_SEND);
		CT_OK(ct_recv(mine, &m, CT_SOON_MS));
		/* The request is taken, and never answered. */
		_exit(0);
	}
	service = ct_recv_right(boot, NULL);
	CT_OK(ct_send(service, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), 1, 0, 0));
	ct_notify_recv(reply, MACH_NOTIFY_SEND_ONCE);
	ct_wait(pid);
}

CT_CASE(a_request_still_queued_when_the_server_dies_gives_send_once)
{
	struct ct_gate go;
	mach_port_t boot, reply, service;
	pid_t pid;

	boot = ct_port();
	reply = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		ct_send_right(ct_inherited(), ct_port(),
		    MACH_MSG_TYPE_MAKE_SEND);
		ct_gate_wait(&go);
		_exit(0);
	}
	service = ct_recv_right(boot, NULL);
	CT_OK(ct_send(service, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), 1, 0, 0));
	ct_gate_open(&go);
	ct_notify_recv(reply, MACH_NOTIFY_SEND_ONCE);
	ct_wait(pid);
}
