/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mach_inspect, and the Darwin calls that tell of a space.
 */

#include <sys/wait.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mk_timer.h>
#include <mach_debug/mach_inspect.h>

#include "ctmach.h"

#define	VERSION	MACH_INSPECT_VERSION

/* Records of a flavor; the case ends, and with it the memory. */
static void *
look(unsigned flavor, pid_t pid, size_t size, mach_msg_type_number_t *count)
{
	mach_msg_type_number_t room;
	void *p;

	for (room = 16;; room = *count) {
		p = calloc(room + 1, size);
		CT_TRUE(p != NULL);
		*count = room;
		CT_OK(mach_inspect(VERSION, flavor, (uint64_t)pid, p, count));
		if (*count <= room)
			return (p);
		free(p);
	}
}

static struct mach_inspect_name
look_name(pid_t pid, mach_port_t name)
{
	struct mach_inspect_name *n;
	mach_msg_type_number_t count, i;

	n = look(MACH_INSPECT_NAMES, pid, sizeof(*n), &count);
	for (i = 0; i < count; i++)
		if (n[i].min_name == name &&
		    (n[i].min_flags & MIN_SPECIAL) == 0)
			return (n[i]);
	ct_fail(__FILE__, __LINE__, "name %#x is not there", name);
}

static uint64_t
counter(const char *name)
{
	struct mach_inspect_counter *c;
	mach_msg_type_number_t count, i;

	c = look(MACH_INSPECT_COUNTERS, 0, sizeof(*c), &count);
	for (i = 0; i < count; i++)
		if (strcmp(c[i].mic_name, name) == 0)
			return (c[i].mic_live);
	ct_fail(__FILE__, __LINE__, "no counter %s", name);
}

CT_CASE(unknown_versions_flavors_and_processes_are_refused)
{
	struct mach_inspect_name n;
	mach_msg_type_number_t count;

	count = 1;
	CT_KR(mach_inspect(VERSION + 1, MACH_INSPECT_NAMES,
	    (uint64_t)getpid(), &n, &count), KERN_NOT_SUPPORTED);
	CT_KR(mach_inspect(VERSION, 0, 0, &n, &count), KERN_INVALID_ARGUMENT);
	CT_KR(mach_inspect(VERSION, 1000, 0, &n, &count),
	    KERN_INVALID_ARGUMENT);
	CT_KR(mach_inspect(VERSION, MACH_INSPECT_NAMES, 0, &n, &count),
	    KERN_FAILURE);
	CT_KR(mach_inspect(VERSION, MACH_INSPECT_NAMES, 1ULL << 40, &n,
	    &count), KERN_FAILURE);
	CT_KR(mach_inspect(VERSION, MACH_INSPECT_NAMES, (uint64_t)getpid(),
	    &n, NULL), KERN_INVALID_ADDRESS);
	CT_KR(mach_inspect(VERSION, MACH_INSPECT_NAMES, (uint64_t)getpid(),
	    NULL, &count), KERN_INVALID_ADDRESS);
	CT_EQ(count, 1);
}

CT_CASE(too_little_room_tells_how_much_is_needed)
{
	struct mach_inspect_name n[2];
	mach_msg_type_number_t count, all;
	unsigned i;

	for (i = 0; i < 300; i++)
		(void)ct_port();
	free(look(MACH_INSPECT_NAMES, getpid(), sizeof(n[0]), &all));
	CT_TRUE(all > 300);
	memset(n, 0xaa, sizeof(n));
	count = 1;
	CT_OK(mach_inspect(VERSION, MACH_INSPECT_NAMES, (uint64_t)getpid(),
	    n, &count));
	CT_EQ(count, all);
	CT_EQ(n[1].min_name, 0xaaaaaaaa);
	count = 0;
	CT_OK(mach_inspect(VERSION, MACH_INSPECT_NAMES, (uint64_t)getpid(),
	    NULL, &count));
	CT_EQ(count, all);
}

CT_CASE(a_receive_right_is_told_with_its_queue)
{
	struct mach_inspect_name n;
	mach_port_t p, set;

	p = ct_port_send();
	ct_make_send(p);
	ct_qlimit(p, 17);
	ct_send_id(p, 1);
	ct_send_id(p, 2);
	ct_recv_id(p, 1);
	(void)ct_send_once(p);
	n = look_name(getpid(), p);
	CT_EQ(n.min_type, MACH_PORT_TYPE_SEND_RECEIVE);
	CT_EQ(n.min_urefs, 2);
	CT_EQ(n.min_receiver, getpid());
	CT_EQ(n.min_receiver_name, p);
	CT_EQ(n.min_msgcount, 1);
	CT_TRUE(n.min_msgbytes > sizeof(mach_msg_header_t));
	CT_EQ(n.min_qlimit, 17);
	CT_EQ(n.min_seqno, 1);
	CT_EQ(n.min_mscount, 2);
	/* The task's and the one that the message in the queue holds. */
	CT_EQ(n.min_srights, 2);
	CT_EQ(n.min_sorights, 1);
	CT_EQ(n.min_sets, 0);
	CT_EQ(n.min_flags, 0);
	set = ct_pset();
	CT_OK(mach_port_insert_member(SELF, p, set));
	CT_EQ(look_name(getpid(), p).min_sets, 1);
	CT_EQ(look_name(getpid(), set).min_sets, 1);
	CT_EQ(look_name(getpid(), set).min_type, MACH_PORT_TYPE_PORT_SET);
}

CT_CASE(an_object_keeps_its_number_and_shares_it_with_none)
{
	struct mach_inspect_name *n;
	mach_msg_type_number_t count, i, j;
	uint64_t id;
	mach_port_t p, set;

	p = ct_port();
	set = ct_pset();
	(void)ct_send_once(p);
	id = look_name(getpid(), p).min_object;
	CT_TRUE(id != 0);
	CT_TRUE(look_name(getpid(), set).min_object != id);
	n = look(MACH_INSPECT_NAMES, getpid(), sizeof(*n), &count);
	for (i = j = 0; i < count; i++)
		j += n[i].min_object == id;
	CT_EQ(j, 2);		/* the send-once right as well */
	ct_destroy_receive(p);
	CT_TRUE(look_name(getpid(), ct_port()).min_object != id);
}

CT_CASE(flags_tell_guards_requests_and_kinds)
{
	mach_port_options_t o = { .flags = MPO_CONTEXT_AS_GUARD |
	    MPO_IMMOVABLE_RECEIVE | MPO_STRICT };
	struct mach_inspect_name n;
	mach_port_t notify, p;

	CT_OK(mach_port_construct(SELF, &o, 0x1234, &p));
	n = look_name(getpid(), p);
	CT_EQ(n.min_flags, MIN_GUARDED | MIN_STRICT_GUARD | MIN_IMMOVABLE);
	CT_EQ(n.min_context, 0x1234);
	notify = ct_port();
	p = ct_port_send();
	(void)ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, notify);
	(void)ct_notify_request(p, MACH_NOTIFY_PORT_DESTROYED, 0, notify);
	(void)ct_notify_request(p, MACH_NOTIFY_DEAD_NAME, 0, notify);
	n = look_name(getpid(), p);
	CT_EQ(n.min_flags, MIN_NSREQUEST | MIN_PDREQUEST);
	CT_EQ(n.min_type, MACH_PORT_TYPE_SEND_RECEIVE |
	    MACH_PORT_TYPE_DNREQUEST);
	n = look_name(getpid(), mach_task_self());
	CT_EQ(n.min_flags, MIN_KERNEL);
	CT_EQ(n.min_kotype, 2);
	CT_EQ(n.min_receiver, 0);
}

/* Looking does not turn it into a dead name: that is for who uses it. */
CT_CASE(a_right_whose_port_died_is_a_dead_name)
{
	struct mach_inspect_name n;
	mach_port_t p;

	p = ct_send_once(ct_port());
	n = look_name(getpid(), p);
	CT_EQ(n.min_type, MACH_PORT_TYPE_SEND_ONCE);
	ct_destroy_receive(n.min_receiver_name);
	n = look_name(getpid(), p);
	CT_EQ(n.min_type, MACH_PORT_TYPE_DEAD_NAME);
	CT_EQ(n.min_flags, MIN_DEAD);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_DEAD_NAME);
}

CT_CASE(a_receive_right_in_a_message_is_in_transit)
{
	struct mach_inspect_name n;
	mach_port_t queue, p;

	queue = ct_port_send();
	p = ct_port_send();
	ct_send_right(queue, p, MACH_MSG_TYPE_MOVE_RECEIVE);
	n = look_name(getpid(), p);
	CT_EQ(n.min_type, MACH_PORT_TYPE_SEND);
	CT_EQ(n.min_flags, MIN_TRANSIT);
	CT_EQ(n.min_transit, look_name(getpid(), queue).min_object);
	CT_EQ(n.min_receiver, 0);
}

CT_CASE(members_of_sets_are_told)
{
	struct mach_inspect_member *m;
	mach_msg_type_number_t count;
	mach_port_t p, set;

	p = ct_port();
	set = ct_pset();
	free(look(MACH_INSPECT_MEMBERS, getpid(), sizeof(*m), &count));
	CT_EQ(count, 0);
	CT_OK(mach_port_insert_member(SELF, p, set));
	m = look(MACH_INSPECT_MEMBERS, getpid(), sizeof(*m), &count);
	CT_EQ(count, 1);
	CT_EQ(m->mim_set_name, set);
	CT_EQ(m->mim_port_name, p);
	CT_EQ(m->mim_port, look_name(getpid(), p).min_object);
	CT_EQ(m->mim_set, look_name(getpid(), set).min_object);
}

CT_CASE(special_ports_are_told_as_rights_without_a_name)
{
	struct mach_inspect_name *n;
	mach_msg_type_number_t count, i;
	uint64_t id;
	mach_port_t p;

	p = ct_port_send();
	CT_OK(task_set_special_port(SELF, TASK_BOOTSTRAP_PORT, p));
	id = look_name(getpid(), p).min_object;
	n = look(MACH_INSPECT_NAMES, getpid(), sizeof(*n), &count);
	for (i = 0; i < count; i++)
		if ((n[i].min_flags & MIN_SPECIAL) != 0 &&
		    n[i].min_object == id)
			break;
	CT_TRUE(i < count);
	CT_EQ(n[i].min_name, TASK_BOOTSTRAP_PORT);
	CT_EQ(n[i].min_type, MACH_PORT_TYPE_SEND);
}

/* A child that waits; what for is seen from here. */
static struct mach_inspect_thread
waiting_thread(pid_t pid, uint32_t what)
{
	struct mach_inspect_thread *t;
	mach_msg_type_number_t count, i;

	ct_until_waiting(pid, what, 1);
	t = look(MACH_INSPECT_THREADS, pid, sizeof(*t), &count);
	for (i = 0; i < count; i++)
		if (t[i].mth_wait == what)
			return (t[i]);
	ct_fail(__FILE__, __LINE__, "it waits no more");
}

CT_CASE(a_thread_is_told_with_what_it_waits_for)
{
	struct mach_inspect_thread t;
	struct ct_msg m;
	mach_port_t p, sem, set;
	int what;
	pid_t pid;

	for (what = MTH_RECEIVE; what <= MTH_SLEEP + 1; what++) {
		pid = ct_fork();
		if (pid == 0) {
			p = ct_port_send();
			set = ct_pset();
			switch (what) {
			case MTH_RECEIVE:
				(void)ct_recv(p, &m, 100000);
				break;
			case MTH_SEND:
				ct_qlimit(p, 0);
				(void)ct_send(p, 0, MACH_MSGH_BITS(
				    MACH_MSG_TYPE_COPY_SEND, 0), 1, 0, 0);
				break;
			case MTH_SEMAPHORE:
				CT_OK(semaphore_create(SELF, &sem, 0, 0));
				(void)semaphore_wait(sem);
				break;
			case MTH_SLEEP:
				(void)thread_switch(0, SWITCH_OPTION_WAIT,
				    100000);
				break;
			default:
				(void)ct_recv(set, &m, 100000);
				break;
			}
			ct_child_exit();
		}
		t = waiting_thread(pid, what > MTH_SLEEP ? MTH_RECEIVE :
		    (uint32_t)what);
		if (what == MTH_RECEIVE || what == MTH_SEND) {
			CT_EQ(look_name(pid, t.mth_name).min_object,
			    t.mth_object);
			CT_EQ(look_name(pid, t.mth_name).min_receivers,
			    what == MTH_RECEIVE);
			CT_EQ(look_name(pid, t.mth_name).min_senders,
			    what == MTH_SEND);
		} else if (what > MTH_SLEEP) {
			CT_EQ(look_name(pid, t.mth_name).min_type,
			    MACH_PORT_TYPE_PORT_SET);
			CT_EQ(look_name(pid, t.mth_name).min_receivers, 1);
			CT_EQ(look_name(pid, t.mth_name).min_object,
			    t.mth_object);
		} else if (what == MTH_SEMAPHORE)
			CT_TRUE(t.mth_object != 0);
		CT_POSIX(kill(pid, SIGKILL));
		CT_POSIX(waitpid(pid, NULL, 0));
	}
}

CT_CASE(tasks_are_told_and_another_of_the_user_can_be_looked_into)
{
	struct mach_inspect_name *name;
	struct mach_inspect_task *t;
	struct ct_gate done, ready;
	mach_msg_type_number_t count, i;
	unsigned n;
	pid_t pid;

	ct_gate_init(&ready);
	ct_gate_init(&done);
	pid = ct_fork();
	if (pid == 0) {
		for (n = 0; n < 77; n++)
			(void)ct_port();
		ct_gate_put(&ready, ct_names());
		ct_gate_wait(&done);
		ct_child_exit();
	}
	n = ct_gate_get(&ready);
	t = look(MACH_INSPECT_TASKS, 0, sizeof(*t), &count);
	for (i = 0; i < count; i++)
		if (t[i].mit_pid == pid)
			break;
	CT_TRUE(i < count);
	CT_EQ(t[i].mit_ruid, getuid());
	CT_EQ(t[i].mit_flags, MIT_OPEN);
	CT_EQ(t[i].mit_names, n);
	CT_EQ(t[i].mit_threads, 1);
	CT_TRUE(t[i].mit_kmem > 77 * 64);
	CT_TRUE(t[i].mit_comm[0] != '\0');
	name = look(MACH_INSPECT_NAMES, pid, sizeof(*name), &count);
	for (i = 0; i < count && (name[i].min_flags & MIN_SPECIAL) == 0; i++)
		;
	CT_EQ(i, n);
	ct_gate_open(&done);
	ct_wait(pid);
}

CT_CASE(counters_follow_what_is_made_and_destroyed)
{
	uint64_t bytes, members, ports, psets, sems, timers;
	mach_port_t p, sem, set, timer;

	ports = counter("ports");
	psets = counter("port_sets");
	members = counter("members");
	sems = counter("semaphores");
	timers = counter("timers");
	bytes = counter("message_bytes");
	p = ct_port_send();
	set = ct_pset();
	CT_OK(mach_port_insert_member(SELF, p, set));
	ct_send_id(p, 1);
	CT_TRUE(counter("ports") > ports);
	CT_TRUE(counter("port_sets") > psets);
	CT_TRUE(counter("members") > members);
	CT_TRUE(counter("message_bytes") > bytes);
	CT_OK(semaphore_create(SELF, &sem, 0, 0));
	timer = mk_timer_create();
	CT_TRUE(counter("semaphores") > sems);
	CT_TRUE(counter("timers") > timers);
	CT_OK(semaphore_destroy(SELF, sem));
	CT_OK(mach_port_deallocate(SELF, sem));
	CT_OK(mk_timer_destroy(timer));
	ct_recv_id(p, 1);
	CT_OK(mach_port_destroy(SELF, set));
	CT_OK(mach_port_destroy(SELF, p));
}

CT_CASE(limits_are_told_and_set_within_their_range)
{
	struct mach_inspect_limit *l;
	mach_msg_type_number_t count, i;
	uint64_t old;

	CT_KR(mach_limit_set(NULL, 1), KERN_INVALID_ADDRESS);
	if (mach_limit_set("no_such_limit", 1) == KERN_NO_ACCESS)
		ct_skip("limits are the superuser's to set");
	CT_KR(mach_limit_set("no_such_limit", 1), KERN_INVALID_NAME);
	CT_KR(mach_limit_set(
	    "a_name_that_is_longer_than_any_limit_can_have", 1),
	    KERN_INVALID_NAME);
	CT_KR(mach_limit_set("queue_messages", 0), KERN_INVALID_VALUE);
	l = look(MACH_INSPECT_LIMITS, 0, sizeof(*l), &count);
	for (i = 0; i < count; i++)
		if (strcmp(l[i].mil_name, "message_descriptors") == 0)
			break;
	CT_TRUE(i < count);
	old = l[i].mil_value;
	CT_OK(mach_limit_set("message_descriptors", 100));
	free(l);
	l = look(MACH_INSPECT_LIMITS, 0, sizeof(*l), &count);
	CT_EQ(l[i].mil_value, 100);
	CT_OK(mach_limit_set("message_descriptors", old));
	CT_KR(mach_limit_set("message_descriptors", l[i].mil_max + 1),
	    KERN_INVALID_VALUE);
}

CT_CASE(a_space_is_told_with_objects_and_an_empty_tree)
{
	ipc_info_name_array_t table;
	ipc_info_space_basic_t basic;
	ipc_info_space_t info;
	ipc_info_tree_name_array_t tree;
	mach_msg_type_number_t count, i, ntree, same;
	natural_t object;
	mach_port_t once, p;

	p = ct_port();
	once = ct_send_once(p);
	CT_OK(mach_port_space_info(SELF, &info, &table, &count, &tree,
	    &ntree));
	CT_EQ(ntree, 0);
	CT_TRUE(tree == NULL);
	CT_EQ(count, ct_names());
	object = 0;
	for (i = 0; i < count; i++)
		if (table[i].iin_name == p) {
			object = table[i].iin_object;
			CT_EQ(table[i].iin_type, MACH_PORT_TYPE_RECEIVE);
		}
	CT_TRUE(object != 0);
	same = 0;
	for (i = 0; i < count; i++)
		if (table[i].iin_object == object) {
			CT_TRUE(table[i].iin_name == p ||
			    table[i].iin_name == once);
			same++;
		}
	CT_EQ(same, 2);
	CT_OK(mach_port_space_basic_info(SELF, &basic));
	CT_EQ(basic.iisb_table_inuse, count);
	CT_EQ(basic.iisb_table_size, info.iis_table_size);
	CT_TRUE(info.iis_table_size >= count);
	CT_EQ(info.iis_tree_size, 0);
	CT_OK(vm_deallocate(SELF, (vm_address_t)table,
	    count * sizeof(*table)));
}

CT_CASE(a_kernel_object_is_told_by_kind_without_an_address)
{
	kobject_description_t text;
	mach_vm_address_t address;
	natural_t type;
	mach_port_t p, timer;

	address = 1;
	CT_OK(mach_port_kobject(SELF, mach_task_self(), &type, &address));
	CT_EQ(type, 2);
	CT_EQ(address, 0);
	timer = mk_timer_create();
	strcpy(text, "?");
	address = 1;
	CT_OK(mach_port_kobject_description(SELF, timer, &type, &address,
	    text));
	CT_EQ(type, 8);
	CT_EQ(address, 0);
	CT_EQ(text[0], '\0');
	p = ct_port();
	CT_OK(mach_port_kobject_description(SELF, p, &type, &address, text));
	CT_EQ(type, 0);
	CT_KR(mach_port_kobject(SELF, ct_send_once(p), &type, &address),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_kobject(SELF, ct_pset(), &type, &address),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_kobject(SELF, ct_dead_name(), &type, &address),
	    KERN_INVALID_RIGHT);
	CT_KR(mach_port_kobject(SELF, ct_free_name(), &type, &address),
	    KERN_INVALID_NAME);
	CT_KR(mach_port_kobject_description(SELF, ct_free_name(), &type,
	    &address, text), KERN_INVALID_NAME);
}
