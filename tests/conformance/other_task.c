/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Acting on another task's space through its port: what the mach_port_* calls
 * do by messages to the kernel.
 *
 * A parent holds the port of its child (task_for_pid) and works in its space;
 * the child, woken by gates, looks at what it finds there.
 */

#include <string.h>
#include <unistd.h>

#include <mach/mach.h>

#include "ct.h"
#include "ctmach.h"

static struct ct_gate from_child, to_child;
static mach_port_t child;
static pid_t child_pid;

/* A child that runs `look` with the word that the parent puts into the gate. */
static void
with_child(void (*look)(mach_port_name_t))
{

	ct_gate_init(&from_child);
	ct_gate_init(&to_child);
	child_pid = ct_fork();
	if (child_pid == 0) {
		/* It has the names that each task has from its first trap. */
		(void)mach_task_self();
		(void)swtch_pri(0);
		ct_gate_open(&from_child);
		look((mach_port_name_t)ct_gate_get(&to_child));
		ct_child_exit();
	}
	ct_gate_wait(&from_child);
	/* Made now, so that it does not count as left behind. */
	(void)mig_get_reply_port();
	CT_OK(task_for_pid(SELF, child_pid, &child));
	CT_NE(child, SELF);
}

static void
let_look(mach_port_name_t name)
{

	ct_gate_put(&to_child, name);
	ct_wait(child_pid);
	CT_OK(mach_port_deallocate(SELF, child));
}

static mach_port_type_t
type_there(mach_port_name_t name)
{
	mach_port_type_t type;

	if (mach_port_type(child, name, &type) != KERN_SUCCESS)
		return (0);
	return (type);
}

static void
finds_a_message(mach_port_name_t name)
{

	CT_EQ(ct_type(name), MACH_PORT_TYPE_RECEIVE);
	ct_recv_id(name, 77);
}

CT_CASE(a_port_made_for_another_task_is_that_tasks)
{
	mach_msg_type_name_t poly;
	mach_port_status_t status;
	mach_msg_type_number_t count;
	mach_port_name_t name;
	mach_port_t right;
	mach_port_rights_t srights;
	unsigned mine;

	with_child(finds_a_message);
	mine = ct_names();
	CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_RECEIVE, &name));
	CT_EQ(type_there(name), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_names(), mine);		/* not ours */
	CT_OK(mach_port_extract_right(child, name, MACH_MSG_TYPE_MAKE_SEND,
	    &right, &poly));
	CT_EQ(poly, MACH_MSG_TYPE_PORT_SEND);
	CT_EQ(ct_type(right), MACH_PORT_TYPE_SEND);
	CT_OK(mach_port_get_srights(child, name, &srights));
	CT_EQ(srights, 1);
	ct_send_id(right, 77);
	count = MACH_PORT_RECEIVE_STATUS_COUNT;
	CT_OK(mach_port_get_attributes(child, name, MACH_PORT_RECEIVE_STATUS,
	    (mach_port_info_t)&status, &count));
	CT_EQ(count, MACH_PORT_RECEIVE_STATUS_COUNT);
	CT_EQ(status.mps_msgcount, 1);
	CT_OK(mach_port_deallocate(SELF, right));
	let_look(name);
}

static void
finds_a_right(mach_port_name_t name)
{

	CT_EQ(ct_type(name), MACH_PORT_TYPE_SEND);
	CT_EQ(ct_refs(name, MACH_PORT_RIGHT_SEND), 3);
	ct_send_id(name, 78);
}

CT_CASE(a_right_inserted_into_another_task_can_be_used_there)
{
	mach_port_urefs_t refs;
	mach_port_t p, told;

	p = ct_port();
	with_child(finds_a_right);
	CT_OK(mach_port_insert_right(child, 0x12303, p,
	    MACH_MSG_TYPE_MAKE_SEND));
	CT_EQ(type_there(0x12303), MACH_PORT_TYPE_SEND);
	CT_EQ(ct_type(0x12303), 0);
	CT_OK(mach_port_mod_refs(child, 0x12303, MACH_PORT_RIGHT_SEND, 2));
	CT_OK(mach_port_get_refs(child, 0x12303, MACH_PORT_RIGHT_SEND, &refs));
	CT_EQ(refs, 3);
	/* One of the same port under another name there is none. */
	CT_KR(mach_port_insert_right(child, 0x12403, p,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_RIGHT_EXISTS);
	CT_KR(mach_port_insert_right(child, MACH_PORT_NULL, p,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_INVALID_VALUE);
	let_look(0x12303);
	ct_recv_id(p, 78);
	/* Its rights went with it, at its end or soon after. */
	told = ct_port();
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, told);
	(void)ct_notify_recv(told, MACH_NOTIFY_NO_SENDERS);
	CT_EQ(ct_status(p).mps_srights, 0);
}

CT_CASE(a_receive_right_moves_between_tasks_and_back)
{
	mach_msg_type_name_t poly;
	mach_port_t back, p;
	unsigned names;

	with_child(finds_a_message);
	names = ct_names();
	p = ct_port_send();
	ct_send_id(p, 77);
	CT_OK(mach_port_insert_right(child, 0x12303, p,
	    MACH_MSG_TYPE_MOVE_RECEIVE));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND);
	CT_EQ(type_there(0x12303), MACH_PORT_TYPE_RECEIVE);
	CT_OK(mach_port_extract_right(child, 0x12303,
	    MACH_MSG_TYPE_MOVE_RECEIVE, &back, &poly));
	CT_EQ(back, p);
	CT_EQ(poly, MACH_MSG_TYPE_PORT_RECEIVE);
	CT_EQ(type_there(0x12303), 0);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_RECEIVE);
	CT_OK(mach_port_insert_right(child, 0x12303, p,
	    MACH_MSG_TYPE_MOVE_RECEIVE));
	CT_OK(mach_port_deallocate(SELF, p));
	CT_EQ(ct_names(), names);
	let_look(0x12303);
}

static void
looks_at_nothing(mach_port_name_t name)
{

	(void)name;
}

CT_CASE(the_names_of_another_task_are_listed)
{
	mach_msg_type_number_t i, n, ntypes;
	mach_port_name_array_t names;
	mach_port_type_array_t types;
	mach_port_name_t name;
	unsigned found, j;

	with_child(looks_at_nothing);
	/* More than the kernel first has room for. */
	for (j = 0; j < 200; j++)
		CT_OK(mach_port_allocate_name(child, MACH_PORT_RIGHT_PORT_SET,
		    (mach_port_name_t)(0x1001 + j) << 8 | 3));
	CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_RECEIVE, &name));
	CT_OK(mach_port_names(child, &names, &n, &types, &ntypes));
	CT_EQ(n, ntypes);
	found = 0;
	for (i = 0; i < n; i++) {
		if (types[i] == MACH_PORT_TYPE_PORT_SET)
			found++;
		if (names[i] == name)
			CT_EQ(types[i], MACH_PORT_TYPE_RECEIVE);
	}
	CT_EQ(found, 200);
	CT_OK(vm_deallocate(SELF, (vm_address_t)names, n * sizeof(*names)));
	CT_OK(vm_deallocate(SELF, (vm_address_t)types, n * sizeof(*types)));
	let_look(0);
}

CT_CASE(a_port_of_another_task_is_changed_and_destroyed)
{
	mach_port_limits_t limits = { 9 };
	mach_msg_type_number_t count;
	mach_port_name_t name, other, pset;
	mach_port_context_t context;

	with_child(looks_at_nothing);
	CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_RECEIVE, &name));
	CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_RECEIVE, &other));
	CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_PORT_SET, &pset));
	CT_OK(mach_port_set_attributes(child, name, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, MACH_PORT_LIMITS_INFO_COUNT));
	limits.mpl_qlimit = 0;
	count = MACH_PORT_LIMITS_INFO_COUNT;
	CT_OK(mach_port_get_attributes(child, name, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, &count));
	CT_EQ(limits.mpl_qlimit, 9);
	/* Too little room is the kernel's to refuse. */
	count = 0;
	CT_KR(mach_port_get_attributes(child, name, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, &count), KERN_FAILURE);
	CT_OK(mach_port_set_mscount(child, name, 5));
	CT_OK(mach_port_set_seqno(child, name, 6));
	CT_OK(mach_port_set_context(child, name, 0x77));
	CT_OK(mach_port_get_context(child, name, &context));
	CT_EQ(context, 0x77);
	CT_OK(mach_port_set_context(child, name, 0));
	CT_OK(mach_port_guard(child, name, 0x88, FALSE));
	CT_KR(mach_port_unguard(child, name, 0x89), KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_swap_guard(child, name, 0x88, 0x99));
	CT_OK(mach_port_unguard(child, name, 0x99));
	CT_OK(mach_port_insert_member(child, name, pset));
	CT_OK(mach_port_extract_member(child, name, pset));
	CT_OK(mach_port_move_member(child, other, pset));
	CT_OK(mach_port_rename(child, name, 0x45603));
	CT_OK(mach_port_mod_refs(child, 0x45603, MACH_PORT_RIGHT_RECEIVE, -1));
	CT_OK(mach_port_destroy(child, other));
	CT_OK(mach_port_destroy(child, pset));
	CT_EQ(type_there(0x45603), 0);
	CT_EQ(type_there(other), 0);
	CT_EQ(type_there(pset), 0);
	CT_KR(mach_port_deallocate(child, 0x45603), KERN_INVALID_NAME);
	let_look(0);
}

CT_CASE(sets_and_requests_of_another_task)
{
	mach_msg_type_number_t n;
	mach_port_name_array_t members;
	mach_port_name_t name, pset;
	mach_port_t p, previous, right;
	mach_msg_type_name_t poly;
	mach_vm_address_t address;
	natural_t kind;
	unsigned i, total, used;

	with_child(looks_at_nothing);
	CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_PORT_SET, &pset));
	CT_OK(mach_port_get_set_status(child, pset, &members, &n));
	CT_EQ(n, 0);
	for (i = 0; i < 100; i++) {
		CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_RECEIVE,
		    &name));
		CT_OK(mach_port_insert_member(child, name, pset));
	}
	CT_OK(mach_port_get_set_status(child, pset, &members, &n));
	CT_EQ(n, 100);
	for (i = 0; i < n && members[i] != name; i++)
		continue;
	CT_TRUE(i < n);
	CT_OK(vm_deallocate(SELF, (vm_address_t)members, n *
	    sizeof(*members)));
	CT_KR(mach_port_get_set_status(child, name, &members, &n),
	    KERN_INVALID_RIGHT);
	CT_OK(mach_port_kobject(child, name, &kind, &address));
	CT_EQ(kind, 0);
	CT_EQ(address, 0);

	/* What was asked for of its port is told to ours. */
	p = ct_port();
	CT_OK(mach_port_extract_right(child, name, MACH_MSG_TYPE_MAKE_SEND,
	    &right, &poly));
	CT_OK(mach_port_request_notification(child, name,
	    MACH_NOTIFY_NO_SENDERS, 0, p, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous));
	CT_EQ(previous, MACH_PORT_NULL);
	ct_recv_none(p);
	CT_OK(mach_port_deallocate(SELF, right));
	CT_EQ(ct_notify_recv(p, MACH_NOTIFY_NO_SENDERS), 1);
	/* One request takes the place of another, which comes back. */
	CT_OK(mach_port_request_notification(child, name,
	    MACH_NOTIFY_PORT_DESTROYED, 0, p, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous));
	CT_EQ(previous, MACH_PORT_NULL);
	CT_OK(mach_port_request_notification(child, name,
	    MACH_NOTIFY_PORT_DESTROYED, 0, MACH_PORT_NULL,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &previous));
	CT_EQ(ct_type(previous), MACH_PORT_TYPE_SEND_ONCE);
	CT_OK(mach_port_deallocate(SELF, previous));
	CT_EQ(ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE), 0);
	/* A refused one leaves nothing. */
	CT_KR(mach_port_request_notification(child, 0x12303,
	    MACH_NOTIFY_DEAD_NAME, 0, p, MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    &previous), KERN_INVALID_NAME);
	CT_EQ(ct_notify_recv(p, MACH_NOTIFY_SEND_ONCE), 0);
	CT_OK(mach_port_dnrequest_info(child, name, &total, &used));
	CT_EQ(used, 0);
	let_look(0);
}

CT_CASE(a_port_is_made_in_another_task_with_options)
{
	mach_port_limits_t limits;
	mach_port_options_t options;
	mach_msg_type_number_t count;
	mach_port_context_t context;
	mach_port_name_t name;
	mach_port_qos_t qos;
	mach_port_rights_t srights;

	with_child(looks_at_nothing);
	memset(&options, 0, sizeof(options));
	options.flags = MPO_QLIMIT | MPO_INSERT_SEND_RIGHT |
	    MPO_CONTEXT_AS_GUARD;
	options.mpl.mpl_qlimit = 11;
	CT_OK(mach_port_construct(child, &options, 0x77, &name));
	CT_EQ(type_there(name), MACH_PORT_TYPE_SEND_RECEIVE);
	count = MACH_PORT_LIMITS_INFO_COUNT;
	CT_OK(mach_port_get_attributes(child, name, MACH_PORT_LIMITS_INFO,
	    (mach_port_info_t)&limits, &count));
	CT_EQ(limits.mpl_qlimit, 11);
	CT_OK(mach_port_get_srights(child, name, &srights));
	CT_EQ(srights, 1);
	CT_OK(mach_port_get_context(child, name, &context));
	CT_KR(mach_port_destruct(child, name, 0, 0x78),
	    KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_destruct(child, name, 0, 0x77));
	options.flags = MPO_SERVICE_PORT;
	CT_KR(mach_port_construct(child, &options, 0, &name), KERN_DENIED);
	options.flags = 0x80000000;
	CT_KR(mach_port_construct(child, &options, 0, &name),
	    KERN_INVALID_ARGUMENT);
	options.flags = MPO_QLIMIT;
	options.mpl.mpl_qlimit = MACH_PORT_QLIMIT_MAX + 1;
	CT_KR(mach_port_construct(child, &options, 0, &name),
	    KERN_INVALID_VALUE);

	memset(&qos, 0, sizeof(qos));
	CT_OK(mach_port_allocate_qos(child, MACH_PORT_RIGHT_PORT_SET, &qos,
	    &name));
	CT_EQ(type_there(name), MACH_PORT_TYPE_PORT_SET);
	qos.name = 1;
	name = 0x45603;
	CT_OK(mach_port_allocate_full(child, MACH_PORT_RIGHT_RECEIVE,
	    MACH_PORT_NULL, &qos, &name));
	CT_EQ(name, 0x45603);
	CT_EQ(type_there(name), MACH_PORT_TYPE_RECEIVE);
	CT_KR(mach_port_allocate_full(child, MACH_PORT_RIGHT_RECEIVE,
	    MACH_PORT_NULL, &qos, &name), KERN_NAME_EXISTS);
	let_look(0);
}

CT_CASE(another_task_is_told_of_and_peeked_at)
{
	mach_msg_context_trailer_t trailer;
	ipc_info_name_array_t table;
	ipc_info_space_basic_t basic;
	ipc_info_space_t info;
	ipc_info_tree_name_array_t tree;
	mach_msg_id_t id;
	mach_msg_size_t size;
	mach_msg_type_name_t poly;
	mach_msg_type_number_t count, i, n, ntree;
	mach_port_name_t name, last;
	mach_port_seqno_t seqno;
	mach_port_t right;

	with_child(looks_at_nothing);
	CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_RECEIVE, &name));
	last = name;
	for (i = 0; i < 200; i++)
		CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_PORT_SET,
		    &last));
	CT_OK(mach_port_space_info(child, &info, &table, &n, &tree, &ntree));
	CT_EQ(ntree, 0);
	CT_TRUE(n > 200);
	CT_TRUE(info.iis_table_size >= n);
	for (i = 0; i < n && table[i].iin_name != last; i++)
		continue;
	CT_TRUE(i < n);
	CT_EQ(table[i].iin_type, MACH_PORT_TYPE_PORT_SET);
	CT_OK(vm_deallocate(SELF, (vm_address_t)table, n * sizeof(*table)));
	CT_OK(mach_port_space_basic_info(child, &basic));
	CT_EQ(basic.iisb_table_inuse, n);

	count = sizeof(trailer);
	seqno = 0;
	CT_KR(mach_port_peek(child, name, 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &count), KERN_FAILURE);
	CT_OK(mach_port_extract_right(child, name, MACH_MSG_TYPE_MAKE_SEND,
	    &right, &poly));
	ct_send_id(right, 4711);
	count = sizeof(trailer);
	CT_OK(mach_port_peek(child, name,
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), &seqno, &size,
	    &id, (mach_msg_trailer_info_t)&trailer, &count));
	CT_EQ(id, 4711);
	CT_EQ(count, sizeof(mach_msg_audit_trailer_t));
	CT_EQ(trailer.msgh_audit.val[5], getpid());
	count = 4;
	CT_KR(mach_port_peek(child, name, 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &count), KERN_INVALID_VALUE);
	count = sizeof(trailer);
	CT_KR(mach_port_peek(child, last, 0, &seqno, &size, &id,
	    (mach_msg_trailer_info_t)&trailer, &count), KERN_INVALID_RIGHT);
	CT_OK(mach_port_deallocate(SELF, right));
	let_look(0);
}

CT_CASE(a_task_that_is_gone_has_no_space)
{
	mach_port_name_t name;
	mach_port_t n, p;

	p = ct_port();
	n = ct_port();
	with_child(looks_at_nothing);
	ct_notify_request(child, MACH_NOTIFY_DEAD_NAME, 0, n);
	ct_gate_put(&to_child, 0);
	ct_wait(child_pid);
	/* It has the name, and one reference more. */
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), child);
	CT_OK(mach_port_deallocate(SELF, child));
	CT_NE(mach_port_allocate(child, MACH_PORT_RIGHT_RECEIVE, &name),
	    KERN_SUCCESS);
	CT_NE(mach_port_insert_right(child, 0x12303, p,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_SUCCESS);
	CT_EQ(ct_status(p).mps_srights, 0);
	CT_OK(mach_port_deallocate(SELF, child));
}

/*
 * Messages to the kernel that no stub would send.
 */
union any {
	mach_msg_header_t	head;
	mig_reply_error_t	error;
	uint8_t			bytes[512];
};

static kern_return_t
tell(mach_port_t to, union any *m, mach_msg_id_t id, mach_msg_bits_t bits,
    mach_msg_size_t size)
{
	mach_port_t reply;

	reply = mig_get_reply_port();
	m->head.msgh_bits = bits | MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m->head.msgh_remote_port = to;
	m->head.msgh_local_port = reply;
	m->head.msgh_voucher_port = MACH_PORT_NULL;
	m->head.msgh_id = id;
	CT_OK(mach_msg(&m->head, MACH_SEND_MSG | MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, size, sizeof(*m), reply, CT_SOON_MS,
	    MACH_PORT_NULL));
	CT_EQ(m->head.msgh_id, id + 100);
	if ((m->head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0) {
		mach_msg_destroy(&m->head);
		return (KERN_SUCCESS);
	}
	return (m->error.RetCode);
}

CT_CASE(kernel_ports_of_other_kinds_have_no_space)
{
	union any m;

	memset(&m, 0, sizeof(m));
	/* mach_port_allocate: NDR and a number. */
	CT_EQ(tell(mach_host_self(), &m, 3204, 0, 36), KERN_INVALID_TASK);
	CT_EQ(tell(mach_thread_self(), &m, 3204, 0, 36), KERN_INVALID_TASK);
	CT_EQ(tell(SELF, &m, 3199, 0, 36), MIG_BAD_ID);
	CT_EQ(tell(SELF, &m, 3221, 0, 36), MIG_BAD_ID);
	CT_EQ(tell(SELF, &m, 3239, 0, 36), MIG_BAD_ID);
	CT_EQ(tell(SELF, &m, 0, 0, 24), MIG_BAD_ID);
}

CT_CASE_TIMEOUT(no_message_to_a_task_port_harms_the_kernel, 60)
{
	union any m;
	struct {
		mach_msg_header_t head;
		mach_msg_body_t body;
		mach_msg_port_descriptor_t port;
		uint8_t rest[64];
	} *c;
	mach_msg_id_t id;
	mach_msg_size_t size;
	mach_port_t p;
	kern_return_t kr;
	unsigned word;

	c = (void *)&m;
	(void)mig_get_reply_port();
	p = ct_port();
	for (id = 3200; id < 3240; id++) {
		for (size = 24; size <= 120; size += 4) {
			memset(&m, 0, sizeof(m));
			kr = tell(SELF, &m, id, 0, size);
			CT_NE(kr, MIG_NO_REPLY);
		}
		for (word = 0; word < 16; word++) {
			memset(&m, 0xff, sizeof(m));
			memset(m.bytes + 24, 0, 8);
			(void)tell(SELF, &m, id, 0, 32 + 4 * word);
		}
		/* A right, wanted or not. */
		for (size = 40; size <= 72; size += 4) {
			memset(&m, 0, sizeof(m));
			c->body.msgh_descriptor_count = 1;
			c->port.name = p;
			c->port.disposition = MACH_MSG_TYPE_MAKE_SEND;
			c->port.type = MACH_MSG_PORT_DESCRIPTOR;
			(void)tell(SELF, &m, id, MACH_MSGH_BITS_COMPLEX, size);
			CT_EQ(ct_status(p).mps_srights, 0);
		}
	}
}
