/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What can be read and set on a port: status, limits, make-send count, sequence
 * number, context, guard, and the construct and destruct calls.
 */

#include <sys/mman.h>

#include <string.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

static kern_return_t
get(mach_port_t p, mach_port_flavor_t flavor, void *info,
    mach_msg_type_number_t *count)
{

	return (mach_port_get_attributes(SELF, p, flavor,
	    (mach_port_info_t)info, count));
}

static mach_port_t
guarded(uint64_t context, uint32_t flags)
{
	mach_port_options_t opts;
	mach_port_t p;

	memset(&opts, 0, sizeof(opts));
	opts.flags = flags;
	CT_OK(mach_port_construct(SELF, &opts, context, &p));
	return (p);
}

CT_CASE(the_status_of_a_new_port)
{
	mach_port_status_t st;

	st = ct_status(ct_port());
	CT_EQ(st.mps_pset, 0);
	CT_EQ(st.mps_seqno, 0);
	CT_EQ(st.mps_mscount, 0);
	CT_EQ(st.mps_qlimit, MACH_PORT_QLIMIT_DEFAULT);
	CT_EQ(st.mps_msgcount, 0);
	CT_EQ(st.mps_sorights, 0);
	CT_EQ(st.mps_srights, 0);
	CT_EQ(st.mps_pdrequest, 0);
	CT_EQ(st.mps_nsrequest, 0);
	CT_EQ(st.mps_flags, 0);
}

CT_CASE(the_status_follows_messages_rights_sets_and_requests)
{
	mach_port_status_t st;
	mach_port_t p, s, n;

	p = ct_port_send();
	ct_make_send(p);
	s = ct_pset();
	n = ct_port();
	CT_OK(mach_port_move_member(SELF, p, s));
	(void)ct_send_once(p);
	ct_send_id(p, 1);
	ct_send_id(p, 2);
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n);
	ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, n);
	st = ct_status(p);
	CT_NE(st.mps_pset, 0);
	CT_EQ(st.mps_mscount, 2);
	CT_EQ(st.mps_msgcount, 2);
	CT_EQ(st.mps_sorights, 1);
	CT_EQ(st.mps_srights, 1);
	CT_EQ(st.mps_pdrequest, 1);
	CT_EQ(st.mps_nsrequest, 1);
	ct_recv_id(p, 1);
	st = ct_status(p);
	CT_EQ(st.mps_msgcount, 1);
	CT_EQ(st.mps_seqno, 1);
}

CT_CASE(get_attributes_refuses_short_counts_and_wrong_names)
{
	mach_port_status_t st;
	mach_port_limits_t limits;
	mach_msg_type_number_t count;
	mach_port_t p;

	p = ct_port();
	count = MACH_PORT_RECEIVE_STATUS_COUNT - 1;
	CT_KR(get(p, MACH_PORT_RECEIVE_STATUS, &st, &count), KERN_FAILURE);
	count = 0;
	CT_KR(get(p, MACH_PORT_LIMITS_INFO, &limits, &count), KERN_FAILURE);
	count = MACH_PORT_RECEIVE_STATUS_COUNT;
	CT_KR(get(ct_pset(), MACH_PORT_RECEIVE_STATUS, &st, &count),
	    KERN_INVALID_RIGHT);
	count = MACH_PORT_RECEIVE_STATUS_COUNT;
	CT_KR(get(MACH_PORT_NULL, MACH_PORT_RECEIVE_STATUS, &st, &count),
	    KERN_INVALID_RIGHT);
	count = MACH_PORT_RECEIVE_STATUS_COUNT;
	CT_KR(get(ct_free_name(), MACH_PORT_RECEIVE_STATUS, &st, &count),
	    KERN_INVALID_NAME);
	count = MACH_PORT_RECEIVE_STATUS_COUNT;
	CT_KR(get(p, 99, &st, &count), KERN_INVALID_ARGUMENT);
}

CT_CASE(get_attributes_writes_no_more_than_the_flavor_holds)
{
	struct {
		mach_port_limits_t	limits;
		uint32_t		canary[20];
	} b;
	mach_msg_type_number_t count;
	unsigned i;

	memset(&b, 0x5a, sizeof(b));
	count = 20;
	CT_OK(get(ct_port(), MACH_PORT_LIMITS_INFO, &b, &count));
	CT_EQ(count, MACH_PORT_LIMITS_INFO_COUNT);
	CT_EQ(b.limits.mpl_qlimit, MACH_PORT_QLIMIT_DEFAULT);
	for (i = 0; i < 20; i++)
		CT_EQ(b.canary[i], 0x5a5a5a5a);
}

/* launchd and notifyd pass the size in bytes as the count. */
CT_CASE(set_attributes_takes_counts_that_are_too_large)
{
	mach_port_limits_t limits[1000];
	mach_msg_type_number_t count;
	mach_port_t p;
	integer_t qlimit;

	p = ct_port();
	memset(limits, 0, sizeof(limits));
	limits[0].mpl_qlimit = 7;
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)limits, 0), KERN_FAILURE);
	CT_EQ(ct_status(p).mps_qlimit, MACH_PORT_QLIMIT_DEFAULT);
	CT_OK(mach_port_set_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)limits, 1));
	CT_EQ(ct_status(p).mps_qlimit, 7);
	limits[0].mpl_qlimit = 8;
	CT_OK(mach_port_set_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)limits, sizeof(limits[0])));
	CT_EQ(ct_status(p).mps_qlimit, 8);
	count = 1;
	CT_OK(get(p, MACH_PORT_LIMITS_INFO, &qlimit, &count));
	CT_EQ(qlimit, 8);
}

CT_CASE(set_attributes_refuses_a_queue_limit_past_the_maximum)
{
	mach_port_limits_t limits;
	mach_port_t p;

	p = ct_port();
	limits.mpl_qlimit = MACH_PORT_QLIMIT_MAX;
	CT_OK(mach_port_set_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, MACH_PORT_LIMITS_INFO_COUNT));
	limits.mpl_qlimit = MACH_PORT_QLIMIT_MAX + 1;
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, MACH_PORT_LIMITS_INFO_COUNT),
	    KERN_INVALID_VALUE);
	limits.mpl_qlimit = 0xffffffff;
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, MACH_PORT_LIMITS_INFO_COUNT),
	    KERN_INVALID_VALUE);
	CT_EQ(ct_status(p).mps_qlimit, MACH_PORT_QLIMIT_MAX);
	limits.mpl_qlimit = 1;
	CT_KR(mach_port_set_attributes(SELF, MACH_PORT_NULL,
	    MACH_PORT_LIMITS_INFO, (mach_port_info_t)&limits, 1),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_RECEIVE_STATUS,
	    (mach_port_info_t)&limits, 1), KERN_INVALID_ARGUMENT);
}

/* The count may be any, the words that are read are the flavor's. */
CT_CASE(set_attributes_reads_no_more_than_the_flavor_holds)
{
	static const mach_msg_type_number_t counts[] = { 1, 2, 4, 1000,
	    0x7fffffff, 0xffffffff };
	mach_port_limits_t *limits;
	mach_port_t p;
	unsigned i;
	char *pages;

	pages = mmap(NULL, 2 * ct_page(), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	CT_TRUE(pages != MAP_FAILED);
	CT_POSIX(mprotect(pages + ct_page(), ct_page(), PROT_NONE));
	limits = (mach_port_limits_t *)(void *)(pages + ct_page() -
	    sizeof(*limits));
	p = ct_port();
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		limits->mpl_qlimit = 20 + i;
		CT_OK(mach_port_set_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
		    (mach_port_info_t)limits, counts[i]));
		CT_EQ(ct_status(p).mps_qlimit, 20 + i);
	}
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)(void *)(pages + ct_page()), 1),
	    KERN_INVALID_ADDRESS);
	CT_EQ(ct_status(p).mps_qlimit, 20 + i - 1);
}

CT_CASE(every_flavor_that_can_be_read_is)
{
	mach_msg_type_number_t count;
	mach_port_info_ext_t ext;
	mach_port_status_t status;
	mach_port_t n, p;
	natural_t requests;

	p = ct_port_send();
	n = ct_port();
	ct_send_id(p, 1);
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n);
	status = ct_status(p);
	memset(&ext, 0x5a, sizeof(ext));
	count = MACH_PORT_INFO_EXT_COUNT + 1;
	CT_OK(get(p, MACH_PORT_INFO_EXT, &ext, &count));
	CT_EQ(count, MACH_PORT_INFO_EXT_COUNT);
	CT_EQ(memcmp(&ext.mpie_status, &status, sizeof(status)), 0);
	CT_EQ(ext.mpie_boost_cnt, 0);
	count = MACH_PORT_INFO_EXT_COUNT - 1;
	CT_KR(get(p, MACH_PORT_INFO_EXT, &ext, &count), KERN_FAILURE);

	/* The table of requests grows with them. */
	count = MACH_PORT_DNREQUESTS_SIZE_COUNT;
	CT_OK(get(p, MACH_PORT_DNREQUESTS_SIZE, &requests, &count));
	CT_EQ(count, 1);
	CT_EQ(requests, 0);
	ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, n);
	CT_OK(get(p, MACH_PORT_DNREQUESTS_SIZE, &requests, &count));
	CT_TRUE(requests >= 1);
	count = 0;
	CT_KR(get(p, MACH_PORT_DNREQUESTS_SIZE, &requests, &count),
	    KERN_FAILURE);

	/* These are to be set, or asserted. */
	count = MACH_PORT_INFO_EXT_COUNT;
	CT_KR(get(p, MACH_PORT_TEMPOWNER, &ext, &count),
	    KERN_INVALID_ARGUMENT);
	CT_KR(get(p, MACH_PORT_IMPORTANCE_RECEIVER, &ext, &count),
	    KERN_INVALID_ARGUMENT);
	CT_KR(get(p, MACH_PORT_DENAP_RECEIVER, &ext, &count),
	    KERN_INVALID_ARGUMENT);
	CT_KR(get(p, MACH_PORT_GUARD_INFO, &ext, &count),
	    KERN_INVALID_ARGUMENT);
}

/*
 * launchd and configd set them on service ports; what they tell a scheduler is
 * no matter.
 */
CT_CASE(every_flavor_that_can_be_set_is)
{
	static const mach_port_flavor_t flavors[] = { MACH_PORT_TEMPOWNER,
	    MACH_PORT_IMPORTANCE_RECEIVER, MACH_PORT_DENAP_RECEIVER,
	    MACH_PORT_DNREQUESTS_SIZE };
	mach_port_t p;
	natural_t size;
	unsigned i;

	p = ct_port();
	size = 8;
	for (i = 0; i < 4; i++) {
		CT_OK(mach_port_set_attributes(SELF, p, flavors[i],
		    (mach_port_info_t)&size, 1));
		CT_KR(mach_port_set_attributes(SELF, ct_pset(), flavors[i],
		    (mach_port_info_t)&size, 1), KERN_INVALID_RIGHT);
		CT_KR(mach_port_set_attributes(SELF, MACH_PORT_NULL,
		    flavors[i], (mach_port_info_t)&size, 1),
		    KERN_INVALID_RIGHT);
		CT_KR(mach_port_set_attributes(SELF, ct_free_name(),
		    flavors[i], (mach_port_info_t)&size, 1),
		    KERN_INVALID_NAME);
	}
	CT_EQ(ct_status(p).mps_flags, MACH_PORT_STATUS_FLAG_TEMPOWNER |
	    MACH_PORT_STATUS_FLAG_IMP_DONATION);
	CT_OK(mach_port_set_attributes(SELF, p, MACH_PORT_TEMPOWNER, NULL, 0));
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_DNREQUESTS_SIZE,
	    (mach_port_info_t)&size, 0), KERN_FAILURE);
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_INFO_EXT,
	    (mach_port_info_t)&size, 1), KERN_INVALID_ARGUMENT);
}

CT_CASE(a_strict_guard_can_be_asserted)
{
	mach_port_guard_info_t info;
	mach_port_t p;

	p = guarded(0xbeef, MPO_CONTEXT_AS_GUARD | MPO_STRICT);
	info.mpgi_guard = 0xbeef;
	CT_OK(mach_port_assert_attributes(SELF, p, MACH_PORT_GUARD_INFO,
	    (mach_port_info_t)&info, MACH_PORT_GUARD_INFO_COUNT));
	CT_KR(mach_port_assert_attributes(SELF, p, MACH_PORT_GUARD_INFO,
	    (mach_port_info_t)&info, MACH_PORT_GUARD_INFO_COUNT - 1),
	    KERN_FAILURE);
	CT_KR(mach_port_assert_attributes(SELF, p, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&info, MACH_PORT_GUARD_INFO_COUNT),
	    KERN_INVALID_ARGUMENT);
	info.mpgi_guard = 0xbeee;
	CT_KR(mach_port_assert_attributes(SELF, p, MACH_PORT_GUARD_INFO,
	    (mach_port_info_t)&info, MACH_PORT_GUARD_INFO_COUNT),
	    KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_destruct(SELF, p, 0, 0xbeef));
	CT_KR(mach_port_assert_attributes(SELF, p, MACH_PORT_GUARD_INFO,
	    (mach_port_info_t)&info, MACH_PORT_GUARD_INFO_COUNT),
	    KERN_INVALID_NAME);
	/* One that is not strict, none, and what can have none. */
	p = guarded(0xbeee, MPO_CONTEXT_AS_GUARD);
	CT_KR(mach_port_assert_attributes(SELF, p, MACH_PORT_GUARD_INFO,
	    (mach_port_info_t)&info, MACH_PORT_GUARD_INFO_COUNT),
	    KERN_INVALID_ARGUMENT);
	CT_KR(mach_port_assert_attributes(SELF, ct_port(),
	    MACH_PORT_GUARD_INFO, (mach_port_info_t)&info,
	    MACH_PORT_GUARD_INFO_COUNT), KERN_INVALID_ARGUMENT);
	CT_KR(mach_port_assert_attributes(SELF, ct_pset(),
	    MACH_PORT_GUARD_INFO, (mach_port_info_t)&info,
	    MACH_PORT_GUARD_INFO_COUNT), KERN_INVALID_RIGHT);
	CT_KR(mach_port_assert_attributes(SELF, MACH_PORT_DEAD,
	    MACH_PORT_GUARD_INFO, (mach_port_info_t)&info,
	    MACH_PORT_GUARD_INFO_COUNT), KERN_INVALID_RIGHT);
}

CT_CASE(set_mscount_sets_the_make_send_count)
{
	mach_port_t p;

	p = ct_port_send();
	CT_EQ(ct_status(p).mps_mscount, 1);
	CT_OK(mach_port_set_mscount(SELF, p, 0));
	CT_EQ(ct_status(p).mps_mscount, 0);
	CT_OK(mach_port_set_mscount(SELF, p, 1000));
	ct_make_send(p);
	CT_EQ(ct_status(p).mps_mscount, 1001);
	CT_KR(mach_port_set_mscount(SELF, ct_pset(), 0), KERN_INVALID_RIGHT);
	CT_KR(mach_port_set_mscount(SELF, MACH_PORT_DEAD, 0),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_set_mscount(SELF, ct_free_name(), 0),
	    KERN_INVALID_NAME);
}

CT_CASE(make_send_counts_every_way_a_send_right_is_made)
{
	mach_port_t p, r;

	p = ct_port();
	r = ct_port();
	ct_make_send(p);
	ct_send_right(r, p, MACH_MSG_TYPE_MAKE_SEND);
	CT_OK(ct_send(r, p, MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND,
	    MACH_MSG_TYPE_MAKE_SEND), 0, 0, 0));
	ct_send_self(p, 1);
	CT_EQ(ct_status(p).mps_mscount, 4);
	(void)ct_send_once(p);
	CT_OK(mach_port_insert_right(SELF, p, p, MACH_MSG_TYPE_COPY_SEND));
	CT_EQ(ct_status(p).mps_mscount, 4);
}

CT_CASE(set_seqno_sets_the_next_sequence_number)
{
	struct {
		mach_msg_header_t	hdr;
		mach_msg_seqno_trailer_t trailer;
		uint8_t			room[64];
	} m;
	mach_port_t p;

	p = ct_port_send();
	CT_OK(mach_port_set_seqno(SELF, p, 41));
	ct_send_id(p, 1);
	CT_OK(mach_msg(&m.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SEQNO), 0, sizeof(m), p,
	    CT_SOON_MS, MACH_PORT_NULL));
	CT_EQ(m.trailer.msgh_seqno, 41);
	CT_EQ(ct_status(p).mps_seqno, 42);
	CT_KR(mach_port_set_seqno(SELF, ct_pset(), 0), KERN_INVALID_RIGHT);
}

CT_CASE(get_srights_counts_send_rights_of_all_tasks)
{
	mach_port_rights_t n;
	mach_port_t p, r;

	p = ct_port();
	r = ct_port();
	CT_OK(mach_port_get_srights(SELF, p, &n));
	CT_EQ(n, 0);
	ct_make_send(p);
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND, 3));
	CT_OK(mach_port_get_srights(SELF, p, &n));
	CT_EQ(n, 1);	/* user references are no rights of their own */
	ct_send_right(r, p, MACH_MSG_TYPE_MAKE_SEND);
	CT_OK(mach_port_get_srights(SELF, p, &n));
	CT_EQ(n, 2);
	CT_EQ(ct_recv_right(r, NULL), p);
	CT_OK(mach_port_get_srights(SELF, p, &n));
	CT_EQ(n, 1);
}

CT_CASE(the_context_is_kept_as_set)
{
	mach_port_context_t context;
	mach_port_t p;

	p = ct_port();
	CT_OK(mach_port_get_context(SELF, p, &context));
	CT_EQ(context, 0);
	CT_OK(mach_port_set_context(SELF, p,
	    (mach_port_context_t)0x123456789abcdef0ULL));
	CT_OK(mach_port_get_context(SELF, p, &context));
	CT_EQ(context, (mach_port_context_t)0x123456789abcdef0ULL);
	CT_KR(mach_port_set_context(SELF, ct_pset(), 1), KERN_INVALID_RIGHT);
	CT_KR(mach_port_get_context(SELF, ct_free_name(), &context),
	    KERN_INVALID_NAME);
	CT_KR(mach_port_get_context(SELF, MACH_PORT_NULL, &context),
	    KERN_INVALID_RIGHT);
}

/* ---- construct ---- */

CT_CASE(construct_without_flags_is_a_receive_right_with_a_context)
{
	mach_port_context_t context;
	mach_port_t p;

	p = guarded(0x77, 0);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_OK(mach_port_get_context(SELF, p, &context));
	CT_EQ(context, 0x77);
	CT_EQ(ct_status(p).mps_flags & MACH_PORT_STATUS_FLAG_GUARDED, 0);
	ct_destroy_receive(p);
}

CT_CASE(construct_sets_queue_limit_and_send_right)
{
	mach_port_options_t opts;
	mach_port_t p;

	memset(&opts, 0, sizeof(opts));
	opts.flags = MPO_QLIMIT | MPO_INSERT_SEND_RIGHT;
	opts.mpl.mpl_qlimit = 32;
	CT_OK(mach_port_construct(SELF, &opts, 0, &p));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_EQ(ct_status(p).mps_qlimit, 32);
	CT_EQ(ct_status(p).mps_mscount, 1);
	opts.mpl.mpl_qlimit = MACH_PORT_QLIMIT_MAX + 1;
	CT_KR(mach_port_construct(SELF, &opts, 0, &p), KERN_INVALID_VALUE);
}

/* libdispatch's way: all at once, and away with all of it at once. */
CT_CASE(construct_takes_all_options_at_once)
{
	mach_port_options_t opts;
	mach_port_status_t st;
	mach_port_t n, p;

	memset(&opts, 0, sizeof(opts));
	opts.flags = MPO_CONTEXT_AS_GUARD | MPO_STRICT | MPO_QLIMIT |
	    MPO_INSERT_SEND_RIGHT | MPO_TEMPOWNER | MPO_IMPORTANCE_RECEIVER |
	    MPO_IMMOVABLE_RECEIVE;
	opts.mpl.mpl_qlimit = 1;
	CT_OK(mach_port_construct(SELF, &opts, 0xfeed, &p));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND_RECEIVE);
	st = ct_status(p);
	CT_EQ(st.mps_qlimit, 1);
	CT_EQ(st.mps_mscount, 1);
	CT_EQ(st.mps_flags, MACH_PORT_STATUS_FLAG_GUARDED |
	    MACH_PORT_STATUS_FLAG_STRICT_GUARD |
	    MACH_PORT_STATUS_FLAG_TEMPOWNER |
	    MACH_PORT_STATUS_FLAG_IMP_DONATION |
	    MACH_PORT_STATUS_FLAG_GUARD_IMMOVABLE_RECEIVE);
	n = ct_port();
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 1, n);
	CT_KR(mach_port_destruct(SELF, p, -1, 0xfeec), KERN_INVALID_ARGUMENT);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
	CT_OK(mach_port_destruct(SELF, p, -1, 0xfeed));
	CT_EQ(ct_type(p), 0);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
}

CT_CASE(construct_refuses_flags_that_exclude_each_other)
{
	mach_port_options_t opts;
	mach_port_t p;
	unsigned before;

	before = ct_names();
	memset(&opts, 0, sizeof(opts));
	opts.flags = MPO_SERVICE_PORT | MPO_CONNECTION_PORT;
	CT_KR(mach_port_construct(SELF, &opts, 0, &p), KERN_INVALID_ARGUMENT);
	CT_EQ(ct_names(), before);
}

CT_CASE(construct_of_what_there_is_not_is_refused)
{
	mach_port_options_t opts;
	mach_port_t dead, p, plain;

	plain = ct_port_send();
	dead = ct_free_name();
	memset(&opts, 0, sizeof(opts));
	opts.flags = MPO_SERVICE_PORT;
	CT_KR(mach_port_construct(SELF, &opts, 0, &p), KERN_DENIED);
	opts.flags = MPO_TG_BLOCK_TRACKING;
	CT_KR(mach_port_construct(SELF, &opts, 0, &p), KERN_DENIED);
	opts.flags = MPO_CONNECTION_PORT;
	CT_KR(mach_port_construct(SELF, &opts, 0, &p), KERN_INVALID_ARGUMENT);
	opts.service_port_name = dead;
	CT_KR(mach_port_construct(SELF, &opts, 0, &p), KERN_INVALID_NAME);
	opts.service_port_name = plain;
	CT_KR(mach_port_construct(SELF, &opts, 0, &p),
	    KERN_INVALID_CAPABILITY);
	opts.flags = 0x80000000;
	CT_KR(mach_port_construct(SELF, &opts, 0, &p), KERN_INVALID_ARGUMENT);
}

CT_CASE(throttling_is_for_service_ports)
{
	mach_msg_type_number_t count;
	integer_t info[2] = { 1, 1 };
	mach_port_t p;

	p = ct_port();
	count = 2;
	CT_KR(mach_port_get_attributes(SELF, p, MACH_PORT_SERVICE_THROTTLED,
	    info, &count), KERN_INVALID_CAPABILITY);
	count = 0;
	CT_KR(mach_port_get_attributes(SELF, p, MACH_PORT_SERVICE_THROTTLED,
	    info, &count), KERN_FAILURE);
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_SERVICE_THROTTLED,
	    info, 1), KERN_INVALID_CAPABILITY);
	CT_KR(mach_port_set_attributes(SELF, p, MACH_PORT_SERVICE_THROTTLED,
	    info, 0), KERN_FAILURE);
	CT_KR(mach_port_set_attributes(SELF, ct_pset(),
	    MACH_PORT_SERVICE_THROTTLED, info, 1), KERN_INVALID_RIGHT);
}

CT_CASE(an_exception_port_is_immovable)
{
	struct ct_complex m;
	mach_port_t p, r;

	p = guarded(0, MPO_EXCEPTION_PORT);
	r = ct_port();
	ct_complex_init(&m, r, MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0), 1,
	    1);
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
	ct_destroy_receive(p);
}

CT_CASE(construct_accepts_the_importance_flags)
{
	mach_port_t p;

	p = guarded(0, MPO_TEMPOWNER | MPO_IMPORTANCE_RECEIVER |
	    MPO_DENAP_RECEIVER | MPO_INSERT_SEND_RIGHT);
	ct_send_id(p, 1);
	ct_recv_id(p, 1);
}

CT_CASE(context_as_guard_protects_the_receive_right)
{
	mach_port_t p;

	p = guarded(0xbeef, MPO_CONTEXT_AS_GUARD);
	CT_NE(ct_status(p).mps_flags & MACH_PORT_STATUS_FLAG_GUARDED, 0);
	CT_EQ(ct_status(p).mps_flags & MACH_PORT_STATUS_FLAG_STRICT_GUARD, 0);
	CT_KR(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_RECEIVE, -1),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_destroy(SELF, p), KERN_INVALID_RIGHT);
	CT_KR(mach_port_destruct(SELF, p, 0, 0xbad), KERN_INVALID_ARGUMENT);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_OK(mach_port_destruct(SELF, p, 0, 0xbeef));
	CT_EQ(ct_type(p), 0);
}

CT_CASE(a_strict_guard_hides_and_locks_the_context)
{
	mach_port_context_t context;
	mach_port_t p;

	p = guarded(0xbeef, MPO_CONTEXT_AS_GUARD | MPO_STRICT);
	CT_NE(ct_status(p).mps_flags & MACH_PORT_STATUS_FLAG_STRICT_GUARD, 0);
	CT_KR(mach_port_set_context(SELF, p, 1), KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_get_context(SELF, p, &context));
	CT_EQ(context, 0);	/* the guard is not told */
	CT_OK(mach_port_destruct(SELF, p, 0, 0xbeef));
}

CT_CASE(a_guard_that_is_not_strict_lets_the_context_change)
{
	mach_port_t p;

	p = guarded(0xbeef, MPO_CONTEXT_AS_GUARD);
	CT_OK(mach_port_set_context(SELF, p, 0xf00d));
	CT_KR(mach_port_destruct(SELF, p, 0, 0xbeef), KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_destruct(SELF, p, 0, 0xf00d));
}

CT_CASE(guard_and_unguard_need_the_right_guard)
{
	mach_port_t p;

	p = ct_port();
	CT_OK(mach_port_guard(SELF, p, 5, 0));
	CT_KR(mach_port_guard(SELF, p, 6, 0), KERN_INVALID_ARGUMENT);
	CT_KR(mach_port_unguard(SELF, p, 6), KERN_INVALID_ARGUMENT);
	CT_KR(mach_port_destroy(SELF, p), KERN_INVALID_RIGHT);
	CT_OK(mach_port_unguard(SELF, p, 5));
	CT_KR(mach_port_unguard(SELF, p, 5), KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_destroy(SELF, p));

	p = ct_port();
	CT_OK(mach_port_set_context(SELF, p, 9));
	/* A port with a context cannot be guarded. */
	CT_KR(mach_port_guard(SELF, p, 5, 0), KERN_INVALID_ARGUMENT);
	CT_KR(mach_port_guard(SELF, MACH_PORT_NULL, 5, 0), KERN_INVALID_NAME);
	CT_KR(mach_port_guard(SELF, ct_pset(), 5, 0), KERN_INVALID_RIGHT);
	CT_KR(mach_port_unguard(SELF, ct_free_name(), 5), KERN_INVALID_NAME);
}

CT_CASE(swap_guard_replaces_the_guard_at_once)
{
	mach_port_t p;

	p = ct_port();
	CT_OK(mach_port_guard(SELF, p, 5, 0));
	CT_KR(mach_port_swap_guard(SELF, p, 4, 6), KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_swap_guard(SELF, p, 5, 6));
	CT_KR(mach_port_destruct(SELF, p, 0, 5), KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_destruct(SELF, p, 0, 6));
}

CT_CASE(an_immovable_receive_right_is_not_sent)
{
	struct ct_complex m;
	mach_port_t p, r;

	p = guarded(0xbeef, MPO_CONTEXT_AS_GUARD | MPO_IMMOVABLE_RECEIVE);
	r = ct_port();
	ct_complex_init(&m, r, MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0), 1,
	    1);
	ct_port_desc(&m, 0, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	CT_KR(ct_complex_send(&m, 0, 0), MACH_SEND_INVALID_RIGHT);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	ct_recv_none(r);
}

CT_CASE(destruct_drops_send_rights_with_the_receive_right)
{
	mach_port_t p;

	p = ct_port_send();
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND, 2));
	CT_KR(mach_port_destruct(SELF, p, 1, 0), KERN_INVALID_VALUE);
	CT_KR(mach_port_destruct(SELF, p, -4, 0), KERN_INVALID_VALUE);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 3);
	CT_OK(mach_port_destruct(SELF, p, -3, 0));
	CT_EQ(ct_type(p), 0);

	/* Fewer than all: the rest is a dead name. */
	p = ct_port_send();
	CT_OK(mach_port_mod_refs(SELF, p, MACH_PORT_RIGHT_SEND, 2));
	CT_OK(mach_port_destruct(SELF, p, -1, 0));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_DEAD_NAME), 2);

	p = ct_port();
	CT_KR(mach_port_destruct(SELF, p, -1, 0), KERN_INVALID_RIGHT);
	CT_KR(mach_port_destruct(SELF, ct_pset(), 0, 0), KERN_INVALID_RIGHT);
	CT_KR(mach_port_destruct(SELF, MACH_PORT_NULL, 0, 0),
	    KERN_INVALID_NAME);
	CT_KR(mach_port_destruct(SELF, ct_free_name(), 0, 0),
	    KERN_INVALID_NAME);
}

/* ---- peek ---- */

CT_CASE(peek_tells_of_a_message_and_leaves_it)
{
	mach_msg_audit_trailer_t trailer;
	mach_msg_type_number_t tsize;
	mach_port_seqno_t seqno;
	mach_msg_size_t size;
	mach_msg_id_t id;
	mach_port_t p;

	p = ct_port_send();
	seqno = 0;
	tsize = sizeof(trailer);
	CT_KR(mach_port_peek(SELF, p, MACH_MSG_TRAILER_FORMAT_0, &seqno, &size,
	    &id, (mach_msg_trailer_info_t)&trailer, &tsize), KERN_FAILURE);
	ct_send_id(p, 88);
	seqno = 0;
	tsize = sizeof(trailer);
	CT_OK(mach_port_peek(SELF, p, MACH_MSG_TRAILER_FORMAT_0, &seqno, &size,
	    &id, (mach_msg_trailer_info_t)&trailer, &tsize));
	CT_EQ(id, 88);
	CT_EQ(size, sizeof(mach_msg_header_t));
	CT_EQ(ct_status(p).mps_msgcount, 1);
	ct_recv_id(p, 88);
}

CT_CASE(peek_goes_by_sequence_numbers)
{
	mach_msg_context_trailer_t trailer;
	mach_msg_type_number_t tsize;
	mach_port_seqno_t seqno;
	mach_msg_size_t size;
	mach_msg_id_t id;
	mach_port_t p;
	unsigned i;

	p = ct_port_send();
	CT_OK(mach_port_set_seqno(SELF, p, 40));
	CT_OK(mach_port_set_context(SELF, p, 0x77));
	for (i = 0; i < 3; i++)
		ct_send_id(p, 100 + (int)i);
	for (i = 0; i < 3; i++) {
		seqno = 40 + i;
		memset(&trailer, 0xff, sizeof(trailer));
		tsize = sizeof(trailer);
		CT_OK(mach_port_peek(SELF, p,
		    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_CTX), &seqno,
		    &size, &id, (mach_msg_trailer_info_t)&trailer, &tsize));
		CT_EQ(id, 100 + i);
		CT_EQ(seqno, 40 + i);
		CT_EQ(tsize, sizeof(trailer));
		CT_EQ(trailer.msgh_seqno, 40 + i);
		CT_EQ(trailer.msgh_context, 0x77);
	}
	/* The first one, whatever its number; it is told. */
	seqno = 0;
	CT_OK(mach_port_peek(SELF, p, 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &tsize));
	CT_EQ(seqno, 40);
	CT_EQ(tsize, sizeof(mach_msg_trailer_t));
	seqno = 43;
	tsize = sizeof(trailer);
	CT_KR(mach_port_peek(SELF, p, 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &tsize), KERN_FAILURE);
	seqno = 39;
	CT_KR(mach_port_peek(SELF, p, 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &tsize), KERN_FAILURE);
	seqno = 0;
	tsize = sizeof(mach_msg_trailer_t) - 1;
	CT_KR(mach_port_peek(SELF, p, 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &tsize), KERN_INVALID_VALUE);
	tsize = sizeof(trailer);
	CT_KR(mach_port_peek(SELF, ct_pset(), 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &tsize), KERN_INVALID_RIGHT);
	CT_KR(mach_port_peek(SELF, ct_free_name(), 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &tsize), KERN_INVALID_NAME);
	CT_EQ(ct_status(p).mps_msgcount, 3);
	CT_EQ(ct_status(p).mps_seqno, 40);
}

/* ---- introspection ---- */

CT_CASE(space_info_tells_every_name)
{
	ipc_info_space_t info;
	ipc_info_name_array_t table;
	ipc_info_tree_name_array_t tree;
	mach_msg_type_number_t n, tn, i;
	mach_port_t p;
	bool found;

	p = ct_port_send();
	tree = NULL;
	CT_OK(mach_port_space_info(SELF, &info, &table, &n, &tree, &tn));
	found = false;
	for (i = 0; i < n; i++) {
		if (table[i].iin_name != p)
			continue;
		found = true;
		CT_EQ(table[i].iin_type & MACH_PORT_TYPE_ALL_RIGHTS,
		    MACH_PORT_TYPE_SEND_RECEIVE);
		CT_EQ(table[i].iin_urefs, 1);
	}
	CT_TRUE(found);
}

CT_CASE(kobject_tells_task_ports_from_plain_ports)
{
	mach_vm_address_t addr;
	natural_t type, plain;

	CT_OK(mach_port_kobject(SELF, SELF, &type, &addr));
	CT_NE(type, 0);
	CT_OK(mach_port_kobject(SELF, ct_port_send(), &plain, &addr));
	CT_EQ(plain, 0);
	CT_EQ(addr, 0);
}
