/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The life of a task: its ports, fork, exec, threads that come and go, and
 * the death of a process in the middle of something.
 */

#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <servers/bootstrap.h>

#include <mach/audit_token.h>

#include "ct.h"
#include "ctmach.h"

#define	REMOTE(remote)	MACH_MSGH_BITS(MACH_MSG_TYPE_##remote, 0)

/* ---- self ports ---- */

CT_CASE(mach_task_self_is_one_name_and_takes_no_reference)
{
	mach_port_t t;
	mach_port_urefs_t refs;
	int i;

	t = mach_task_self();
	refs = ct_refs(t, MACH_PORT_RIGHT_SEND);
	for (i = 0; i < 100; i++)
		CT_EQ(mach_task_self(), t);
	CT_EQ(ct_refs(t, MACH_PORT_RIGHT_SEND), refs);
	CT_EQ(ct_type(t), MACH_PORT_TYPE_SEND);
}

/* Each call gives a reference that is the caller's to return. */
CT_CASE(thread_and_host_self_give_a_reference_a_call)
{
	mach_port_t t, h;
	mach_port_urefs_t refs;

	t = mach_thread_self();
	CT_EQ(ct_type(t), MACH_PORT_TYPE_SEND);
	refs = ct_refs(t, MACH_PORT_RIGHT_SEND);
	CT_EQ(mach_thread_self(), t);
	CT_EQ(ct_refs(t, MACH_PORT_RIGHT_SEND), refs + 1);
	CT_OK(mach_port_deallocate(SELF, t));
	CT_OK(mach_port_deallocate(SELF, t));
	h = mach_host_self();
	CT_EQ(ct_type(h), MACH_PORT_TYPE_SEND);
	refs = ct_refs(h, MACH_PORT_RIGHT_SEND);
	CT_EQ(mach_host_self(), h);
	CT_EQ(ct_refs(h, MACH_PORT_RIGHT_SEND), refs + 1);
}

CT_CASE_TIMEOUT(a_hundred_thousand_self_port_calls_saturate_without_harm, 60)
{
	mach_port_t h;
	int i;

	h = mach_host_self();
	for (i = 0; i < 100000; i++)
		CT_EQ(mach_host_self(), h);
	CT_EQ(ct_refs(h, MACH_PORT_RIGHT_SEND), 65535);
	CT_EQ(ct_type(h), MACH_PORT_TYPE_SEND);
}

CT_CASE(each_thread_has_a_port_of_its_own_and_reply_ports_differ)
{
	mach_port_t a, b;

	a = mach_reply_port();
	b = mach_reply_port();
	CT_NE(a, b);
	CT_EQ(ct_type(a), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_type(b), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(pid_for_task_of_the_own_task_is_getpid)
{
	int pid;

	pid = -2;
	CT_OK(pid_for_task(SELF, &pid));
	CT_EQ(pid, getpid());
	CT_NE(pid_for_task(ct_port_send(), &pid), KERN_SUCCESS);
	CT_NE(pid_for_task(MACH_PORT_NULL, &pid), KERN_SUCCESS);
}

/* ---- special ports ---- */

CT_CASE(the_bootstrap_port_is_kept_as_set)
{
	mach_port_t p, got;

	p = ct_port_send();
	CT_OK(task_set_bootstrap_port(SELF, p));
	CT_OK(task_get_bootstrap_port(SELF, &got));
	CT_EQ(got, p);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
	CT_OK(task_set_bootstrap_port(SELF, MACH_PORT_NULL));
	CT_OK(task_get_bootstrap_port(SELF, &got));
	CT_EQ(got, MACH_PORT_NULL);
	ct_send_id(p, 1);
	ct_recv_id(p, 1);
}

CT_CASE(a_special_port_that_does_not_exist_is_an_invalid_argument)
{
	mach_port_t p, got;

	p = ct_port_send();
	CT_KR(task_get_special_port(SELF, 0, &got), KERN_INVALID_ARGUMENT);
	CT_KR(task_get_special_port(SELF, 1000, &got), KERN_INVALID_ARGUMENT);
	CT_KR(task_get_special_port(SELF, -1, &got), KERN_INVALID_ARGUMENT);
	CT_KR(task_set_special_port(SELF, 1000, p), KERN_INVALID_ARGUMENT);
	CT_KR(task_set_special_port(SELF, -1, p), KERN_INVALID_ARGUMENT);
	CT_NE(task_set_special_port(SELF, TASK_BOOTSTRAP_PORT,
	    ct_free_name()), KERN_SUCCESS);
	CT_NE(task_get_special_port(p, TASK_BOOTSTRAP_PORT, &got),
	    KERN_SUCCESS);
}

CT_CASE(every_special_port_of_a_task_is_kept_and_inherited)
{
	static const int kept[] = { TASK_HOST_PORT, TASK_BOOTSTRAP_PORT,
	    TASK_SEATBELT_PORT, TASK_ACCESS_PORT, TASK_DEBUG_CONTROL_PORT,
	    TASK_RESOURCE_NOTIFY_PORT };
	mach_port_t got, p[6];
	pid_t pid;
	int i, which;

	/* Until another is set, the host's. */
	CT_OK(task_get_special_port(SELF, TASK_HOST_PORT, &got));
	CT_EQ(got, mach_host_self());
	CT_OK(task_get_special_port(SELF, TASK_KERNEL_PORT, &got));
	CT_EQ(got, SELF);
	CT_OK(task_get_special_port(SELF, TASK_NAME_PORT, &got));
	CT_NE(got, SELF);
	CT_EQ(ct_type(got), MACH_PORT_TYPE_SEND);
	for (i = 0; i < 6; i++) {
		p[i] = ct_port_send();
		CT_OK(task_set_special_port(SELF, kept[i], p[i]));
	}
	for (i = 0; i < 6; i++) {
		CT_OK(task_get_special_port(SELF, kept[i], &got));
		CT_EQ(got, p[i]);
		CT_EQ(ct_refs(got, MACH_PORT_RIGHT_SEND), 2);
	}
	pid = ct_fork();
	if (pid == 0) {
		for (i = 0; i < 6; i++) {
			CT_OK(task_get_special_port(SELF, kept[i], &got));
			ct_send_id(got, kept[i]);
		}
		/* What it sets is its own. */
		CT_OK(task_set_special_port(SELF, TASK_ACCESS_PORT,
		    MACH_PORT_NULL));
		ct_child_exit();
	}
	ct_wait(pid);
	for (i = 0; i < 6; i++) {
		ct_recv_id(p[i], kept[i]);
		CT_OK(task_get_special_port(SELF, kept[i], &got));
		CT_EQ(got, p[i]);
		CT_OK(task_set_special_port(SELF, kept[i], MACH_PORT_NULL));
	}
	CT_OK(task_get_special_port(SELF, TASK_ACCESS_PORT, &got));
	CT_EQ(got, MACH_PORT_NULL);
	/* The task's own are not to be set, and one number is no port. */
	CT_KR(task_set_special_port(SELF, TASK_KERNEL_PORT, p[0]),
	    KERN_NO_ACCESS);
	for (which = TASK_NAME_PORT; which <= TASK_READ_PORT; which++)
		if (which != TASK_BOOTSTRAP_PORT)
			CT_KR(task_set_special_port(SELF, which, p[0]),
			    KERN_INVALID_ARGUMENT);
	CT_KR(task_set_special_port(SELF, 8, p[0]), KERN_INVALID_ARGUMENT);
	CT_KR(task_get_special_port(SELF, 8, &got), KERN_INVALID_ARGUMENT);
	CT_EQ(ct_refs(p[0], MACH_PORT_RIGHT_SEND), 3);
}

CT_CASE(a_thread_has_one_special_port_its_own)
{
	mach_port_t got, self;

	self = mach_thread_self();
	CT_OK(thread_get_special_port(self, THREAD_KERNEL_PORT, &got));
	CT_EQ(got, self);
	CT_EQ(ct_refs(self, MACH_PORT_RIGHT_SEND), 2);
	CT_KR(thread_get_special_port(self, THREAD_INSPECT_PORT, &got),
	    KERN_INVALID_ARGUMENT);
	CT_KR(thread_get_special_port(self, 0, &got), KERN_INVALID_ARGUMENT);
	CT_KR(thread_get_special_port(SELF, THREAD_KERNEL_PORT, &got),
	    KERN_INVALID_ARGUMENT);
	CT_KR(thread_get_special_port(MACH_PORT_NULL, THREAD_KERNEL_PORT,
	    &got), KERN_INVALID_ARGUMENT);
	CT_KR(thread_set_special_port(self, THREAD_KERNEL_PORT,
	    ct_port_send()), KERN_NOT_SUPPORTED);
}

CT_CASE(a_special_port_holds_a_sender)
{
	mach_port_t p, n;

	p = ct_port_send();
	n = ct_port();
	CT_OK(task_set_bootstrap_port(SELF, p));
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 0, n);
	CT_OK(mach_port_deallocate(SELF, p));
	ct_recv_none(n);
	CT_OK(task_set_bootstrap_port(SELF, MACH_PORT_NULL));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
}

/* Who is not privileged does not set host ports. */
CT_CASE(an_ordinary_user_does_not_set_host_special_ports)
{
	mach_port_t p, h;
	int i;

	if (geteuid() == 0 && setuid(12345) == -1)
		ct_skip("cannot become an ordinary user");
	p = ct_port_send();
	h = mach_host_self();
	for (i = 0; i < 32; i++)
		CT_NE(host_set_special_port(h, i, p), KERN_SUCCESS);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 1);
}

/* The slot of a service that nobody here has. */
#define	SLOT	HOST_SYSDIAGNOSE_PORT

CT_CASE(host_special_ports_take_the_privileged_port_and_the_privilege)
{
	mach_port_t got, h, p, priv;

	p = ct_port_send();
	h = mach_host_self();
	if (geteuid() != 0) {
		CT_KR(host_get_host_priv_port(h, &priv), KERN_NO_ACCESS);
		ct_skip("for the superuser");
	}
	CT_OK(host_get_host_priv_port(h, &priv));
	CT_NE(priv, h);
	CT_KR(host_set_special_port(h, SLOT, p), KERN_INVALID_ARGUMENT);
	CT_KR(host_set_special_port(p, SLOT, p), KERN_INVALID_ARGUMENT);
	CT_KR(host_set_special_port(priv, HOST_PORT, p),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_set_special_port(priv, HOST_PRIV_PORT, p),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_set_special_port(priv, HOST_MAX_SPECIAL_PORT + 1, p),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_set_special_port(priv, SLOT, ct_free_name()),
	    KERN_INVALID_CAPABILITY);
	CT_OK(host_set_special_port(priv, SLOT, p));
	CT_OK(host_get_special_port(priv, HOST_LOCAL_NODE, SLOT, &got));
	CT_EQ(got, p);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
	CT_KR(host_get_special_port(priv, HOST_LOCAL_NODE,
	    HOST_MAX_SPECIAL_PORT + 1, &got), KERN_INVALID_ARGUMENT);
	CT_OK(host_set_special_port(priv, SLOT, MACH_PORT_NULL));
	CT_OK(host_get_special_port(priv, HOST_LOCAL_NODE, SLOT, &got));
	CT_EQ(got, MACH_PORT_NULL);
	/* The right alone, kept from better days, is not enough. */
	CT_POSIX(setuid(12345));
	CT_KR(host_set_special_port(priv, SLOT, p), KERN_NO_ACCESS);
	CT_KR(host_get_special_port(priv, HOST_LOCAL_NODE, SLOT, &got),
	    KERN_NO_ACCESS);
	CT_KR(host_get_host_priv_port(h, &priv), KERN_NO_ACCESS);
	CT_EQ(ct_refs(p, MACH_PORT_RIGHT_SEND), 2);
}

CT_CASE(registered_ports_are_kept_and_inherited)
{
	mach_port_t p, set[1];
	mach_port_array_t got;
	mach_msg_type_number_t n;
	pid_t pid;

	p = ct_port_send();
	set[0] = p;
	CT_OK(mach_ports_register(SELF, set, 1));
	CT_OK(mach_ports_lookup(SELF, &got, &n));
	CT_TRUE(n >= 1);
	CT_EQ(got[0], p);
	pid = ct_fork();
	if (pid == 0) {
		CT_OK(mach_ports_lookup(SELF, &got, &n));
		CT_TRUE(n >= 1);
		ct_send_id(got[0], 5);
		ct_child_exit();
	}
	ct_wait(pid);
	ct_recv_id(p, 5);
}

/* Special ports swapped, read and inherited at the same time. */
struct swapper {
	pthread_t	thread;
	mach_port_t	port;
};

static void *
swap_bootstrap(void *arg)
{
	struct swapper *w;
	mach_port_t got;
	int i;

	w = arg;
	for (i = 0; i < 1000; i++) {
		CT_OK(task_set_bootstrap_port(SELF, i % 3 == 0 ?
		    MACH_PORT_NULL : w->port));
		CT_OK(task_get_bootstrap_port(SELF, &got));
		if (got != MACH_PORT_NULL)
			CT_OK(mach_port_deallocate(SELF, got));
	}
	return (NULL);
}

CT_CASE_TIMEOUT(swapped_special_ports_release_each_right_once, 60)
{
	struct swapper w[4];
	mach_port_t n;
	pid_t pid;
	int i;

	n = ct_port();
	for (i = 0; i < 4; i++) {
		w[i].port = ct_port_send();
		CT_EQ(pthread_create(&w[i].thread, NULL, swap_bootstrap,
		    &w[i]), 0);
	}
	for (i = 0; i < 10; i++) {
		pid = ct_fork();
		if (pid == 0) {
			mach_port_t got;

			/* A right, or none. */
			CT_OK(task_get_bootstrap_port(SELF, &got));
			if (got != MACH_PORT_NULL) {
				CT_EQ(ct_type(got), MACH_PORT_TYPE_SEND);
				(void)ct_send(got, 0, REMOTE(COPY_SEND), 1,
				    MACH_SEND_TIMEOUT, 0);
			}
			ct_child_exit();
		}
		ct_wait(pid);
	}
	for (i = 0; i < 4; i++)
		CT_EQ(pthread_join(w[i].thread, NULL), 0);
	CT_OK(task_set_bootstrap_port(SELF, MACH_PORT_NULL));
	for (i = 0; i < 4; i++) {
		struct ct_msg m;

		while (ct_recv(w[i].port, &m, 0) == MACH_MSG_SUCCESS)
			continue;
		ct_notify_request(w[i].port, MACH_NOTIFY_NO_SENDERS, 0, n);
		ct_recv_none(n);
		CT_EQ(ct_refs(w[i].port, MACH_PORT_RIGHT_SEND), 1);
		CT_OK(mach_port_deallocate(SELF, w[i].port));
		CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
	}
}

/* Another task's space is not touched by way of its task name. */
CT_CASE(a_right_to_another_tasks_name_is_no_key_to_its_space)
{
	struct ct_gate go;
	mach_port_t boot, theirs, name;
	pid_t pid;

	boot = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t mine;
		unsigned before;

		CT_OK(task_get_special_port(SELF, TASK_NAME_PORT, &mine));
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_COPY_SEND);
		before = ct_names();
		ct_gate_wait(&go);
		CT_EQ(ct_names(), before);
		ct_child_exit();
	}
	theirs = ct_recv_right(boot, NULL);
	CT_NE(theirs, SELF);
	/* The name tells who it is, and no more. */
	CT_KR(mach_port_allocate(theirs, MACH_PORT_RIGHT_RECEIVE, &name),
	    KERN_INVALID_TASK);
	CT_KR(mach_port_insert_right(theirs, 0x1003, boot,
	    MACH_MSG_TYPE_MAKE_SEND), KERN_INVALID_TASK);
	CT_KR(mach_port_destroy(theirs, 0x103), KERN_INVALID_TASK);
	CT_EQ(ct_refs(boot, MACH_PORT_RIGHT_SEND), 0);
	ct_gate_open(&go);
	ct_wait(pid);
}

/* ---- fork ---- */

CT_CASE(a_forked_child_begins_with_an_empty_space)
{
	mach_port_t p, held[20];
	pid_t pid;
	int i;

	for (i = 0; i < 20; i++)
		held[i] = ct_port_send();
	p = ct_port_send();
	pid = ct_fork();
	if (pid == 0) {
		for (i = 0; i < 20; i++) {
			/* What may be there is the child's own task port. */
			if (held[i] != SELF)
				CT_EQ(ct_type(held[i]) &
				    MACH_PORT_TYPE_RECEIVE, 0);
		}
		CT_NE(ct_send(p, 0, REMOTE(COPY_SEND), 1, 0, 0),
		    MACH_MSG_SUCCESS);
		ct_child_exit();
	}
	ct_wait(pid);
	for (i = 0; i < 20; i++)
		CT_EQ(ct_type(held[i]), MACH_PORT_TYPE_SEND_RECEIVE);
	CT_EQ(ct_status(p).mps_msgcount, 0);
}

CT_CASE(mach_task_self_of_a_forked_child_is_the_child)
{
	mach_port_t p;
	pid_t pid;
	int of;

	(void)mach_task_self();
	(void)mach_thread_self();
	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		CT_OK(pid_for_task(mach_task_self(), &of));
		CT_EQ(of, getpid());
		(void)ct_port_send();
		ct_send_id(ct_inherited(), 9);
		ct_child_exit();
	}
	ct_wait(pid);
	ct_recv_id(p, 9);
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

CT_CASE(the_bootstrap_port_variable_is_right_in_a_forked_child)
{
	mach_port_t p;
	pid_t pid;

	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		CT_TRUE(MACH_PORT_VALID(bootstrap_port));
		ct_send_id(bootstrap_port, 10);
		ct_child_exit();
	}
	ct_wait(pid);
	ct_recv_id(p, 10);
}

CT_CASE(a_grandchild_inherits_the_bootstrap_port_through_a_child_without_mach)
{
	mach_port_t p;
	pid_t pid, grand;

	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		/* Nothing of Mach here. */
		grand = ct_fork();
		if (grand == 0) {
			ct_send_id(ct_inherited(), 11);
			ct_child_exit();
		}
		ct_wait(grand);
		ct_child_exit();
	}
	ct_wait(pid);
	ct_recv_id(p, 11);
}

CT_CASE(a_bootstrap_port_changed_after_fork_is_not_the_childs)
{
	struct ct_gate go;
	mach_port_t p, q;
	pid_t pid;

	p = ct_port();
	q = ct_port();
	ct_gate_init(&go);
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		ct_gate_wait(&go);
		ct_send_id(ct_inherited(), 12);
		ct_child_exit();
	}
	ct_bequeath(q);
	ct_gate_open(&go);
	ct_wait(pid);
	ct_recv_id(p, 12);
	ct_recv_none(q);
}

/* An RPC in the child of a parent that had warmed its reply port. */
CT_CASE(a_cached_reply_port_is_not_used_after_fork)
{
	mach_port_t a, b, p;
	pid_t pid;

	a = mig_get_reply_port();
	CT_EQ(ct_type(a), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(mig_get_reply_port(), a);
	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		b = mig_get_reply_port();
		CT_EQ(ct_type(b), MACH_PORT_TYPE_RECEIVE);
		ct_send_self(b, 3);
		ct_recv_id(b, 3);
		ct_send_right(ct_inherited(), b, MACH_MSG_TYPE_MAKE_SEND);
		ct_child_exit();
	}
	ct_wait(pid);
	(void)ct_recv_right(p, NULL);
	ct_recv_none(a);
}

/* A call, by a thread's reply port, that somebody answers in time. */
static void
call_by_reply_port(mach_port_t service, mach_msg_id_t id)
{
	struct ct_msg m;
	mach_port_t reply;

	reply = mig_get_reply_port();
	memset(&m, 0, sizeof(m.hdr));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.hdr.msgh_remote_port = service;
	m.hdr.msgh_local_port = reply;
	m.hdr.msgh_id = id;
	CT_OK(mach_msg(&m.hdr, MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_TIMEOUT,
	    sizeof(m.hdr), sizeof(m), reply, CT_SOON_MS, MACH_PORT_NULL));
	CT_EQ(m.hdr.msgh_id, id + 100);
}

static void
answer(const struct ct_msg *request)
{

	CT_OK(ct_send(request->hdr.msgh_remote_port, 0,
	    REMOTE(MOVE_SEND_ONCE), request->hdr.msgh_id + 100, 0, 0));
}

static void *
caller(void *arg)
{

	call_by_reply_port((mach_port_t)(uintptr_t)arg, 1);
	call_by_reply_port((mach_port_t)(uintptr_t)arg, 2);
	return (NULL);
}

CT_CASE(a_fork_in_the_middle_of_another_threads_call_ends_neither)
{
	struct ct_msg of_child, of_thread;
	mach_port_t p;
	pthread_t t;
	pid_t pid;

	p = ct_port_send();
	CT_OK(task_set_bootstrap_port(SELF, p));
	(void)mig_get_reply_port();
	CT_EQ(pthread_create(&t, NULL, caller, (void *)(uintptr_t)p), 0);
	CT_OK(ct_recv(p, &of_thread, CT_SOON_MS));
	CT_EQ(of_thread.hdr.msgh_id, 1);
	/* The thread waits for its answer; the child calls as well. */
	pid = ct_fork();
	if (pid == 0) {
		call_by_reply_port(ct_inherited(), 5);
		ct_child_exit();
	}
	CT_OK(ct_recv(p, &of_child, CT_SOON_MS));
	CT_EQ(of_child.hdr.msgh_id, 5);
	answer(&of_thread);
	answer(&of_child);
	ct_wait(pid);
	CT_OK(ct_recv(p, &of_thread, CT_SOON_MS));
	CT_EQ(of_thread.hdr.msgh_id, 2);
	answer(&of_thread);
	CT_EQ(pthread_join(t, NULL), 0);
	ct_recv_none(p);
}

static void *
task_churn(void *arg)
{
	atomic_int *stop;
	mach_port_t p;

	stop = arg;
	while (!atomic_load(stop)) {
		p = ct_port_send();
		ct_send_id(p, 1);
		ct_recv_id(p, 1);
		CT_OK(mach_port_destroy(SELF, p));
	}
	return (NULL);
}

CT_CASE(fork_while_other_threads_use_mach)
{
	pthread_t t[3];
	mach_port_t p;
	atomic_int stop;
	pid_t pid;
	int i;

	p = ct_port();
	ct_qlimit(p, 100);
	ct_bequeath(p);
	atomic_init(&stop, 0);
	for (i = 0; i < 3; i++)
		CT_EQ(pthread_create(&t[i], NULL, task_churn,
		    &stop), 0);
	for (i = 0; i < 20; i++) {
		pid = ct_fork();
		if (pid == 0) {
			ct_send_id(ct_inherited(), i);
			ct_child_exit();
		}
		ct_wait(pid);
		ct_recv_id(p, i);
	}
	atomic_store(&stop, 1);
	for (i = 0; i < 3; i++)
		CT_EQ(pthread_join(t[i], NULL), 0);
}

CT_CASE_TIMEOUT(a_storm_of_forks_and_exits, 60)
{
	mach_port_t p;
	pid_t pid;
	int i;

	p = ct_port();
	ct_qlimit(p, 1024);
	ct_bequeath(p);
	for (i = 0; i < 300; i++) {
		pid = ct_fork();
		if (pid == 0) {
			switch (i % 4) {
			case 0:
				_exit(0);
			case 1:
				(void)ct_port_send();
				_exit(0);
			case 2:
				(void)ct_inherited();
				kill(getpid(), SIGKILL);
				_exit(1);
			default:
				ct_send_id(ct_inherited(), 3);
				_exit(0);
			}
		}
		if (i % 4 == 2)
			ct_wait_signal(pid, SIGKILL);
		else
			ct_wait(pid);
	}
	for (i = 0; i < 75; i++)
		ct_recv_id(p, 3);
	ct_recv_none(p);
}

/* ---- exec ---- */

/*
 * The program calls itself with a case that is a role, by CT_ROLE; the path of
 * the program is found the POSIX way, so there may be none.
 */
static char exe[4096];

__attribute__((constructor)) static void
find_exe(int argc, char **argv)
{
	char *role;

	(void)argc;
	if (argv != NULL && argv[0] != NULL && strchr(argv[0], '/') != NULL)
		snprintf(exe, sizeof(exe), "%s", argv[0]);
	role = getenv("CT_ROLE");
	if (role == NULL)
		return;
	unsetenv("CT_ROLE");
	if (strcmp(role, "report") == 0) {
		/*
		 * After exec: how many names, and does the bootstrap port still
		 * lead to the parent?
		 */
		ct_send_id(ct_inherited(), (int)ct_names());
		_exit(0);
	}
	if (strcmp(role, "nothing") == 0)
		_exit(0);
	/* A set-user-ID program: what of its caller's does it see? */
	if (strcmp(role, "setuid") == 0) {
		mach_port_t boot;

		boot = MACH_PORT_NULL;
		if (task_get_special_port(mach_task_self(),
		    TASK_BOOTSTRAP_PORT, &boot) == KERN_SUCCESS &&
		    MACH_PORT_VALID(boot))
			(void)ct_send(boot, 0, REMOTE(COPY_SEND), 99,
			    MACH_SEND_TIMEOUT, 0);
		_exit(geteuid() != getuid() ? 77 : 78);
	}
}

static void
exec_role(const char *role)
{
	char *argv[2];

	setenv("CT_ROLE", role, 1);
	argv[0] = exe;
	argv[1] = NULL;
	execv(exe, argv);
	ct_fail(__FILE__, __LINE__, "exec %s: %s", exe, ct_errno());
}

CT_CASE(exec_empties_the_space_and_keeps_the_bootstrap_port)
{
	struct ct_msg m;
	mach_port_t p;
	pid_t pid;
	int i;

	if (exe[0] == '\0')
		ct_skip("run with a path");
	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		for (i = 0; i < 200; i++)
			(void)ct_port_send();
		exec_role("report");
	}
	ct_wait(pid);
	CT_OK(ct_recv(p, &m, CT_SOON_MS));
	CT_TRUE(m.hdr.msgh_id < 50);
}

CT_CASE(exec_kills_the_ports_of_the_old_image)
{
	struct ct_gate go;
	struct ct_msg m;
	mach_port_t boot, n, old;
	pid_t pid;

	if (exe[0] == '\0')
		ct_skip("run with a path");
	boot = ct_port();
	n = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		ct_send_right(ct_inherited(), ct_port(),
		    MACH_MSG_TYPE_MAKE_SEND);
		ct_gate_wait(&go);
		exec_role("report");
	}
	old = ct_recv_right(boot, NULL);
	ct_notify_request(old, MACH_NOTIFY_DEAD_NAME, 0, n);
	ct_recv_none(n);
	ct_gate_open(&go);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), old);
	ct_wait(pid);
	CT_OK(ct_recv(boot, &m, CT_SOON_MS));
}

/* A copy of this program that runs as its owner, root. */
static bool
set_user_id_copy(char *path, size_t size)
{
	char block[65536];
	ssize_t n;
	int in, out;

	snprintf(path, size, "/tmp/ct_setuid.%d", (int)getpid());
	in = open(exe, O_RDONLY);
	CT_POSIX(in);
	out = open(path, O_WRONLY | O_CREAT | O_EXCL, 0700);
	if (out == -1)
		return (false);
	while ((n = read(in, block, sizeof(block))) > 0)
		CT_EQ(write(out, block, (size_t)n), n);
	(void)close(in);
	CT_POSIX(fchmod(out, 04755));
	CT_POSIX(close(out));
	return (true);
}

CT_CASE(a_set_user_id_program_gets_neither_bootstrap_port_nor_old_names)
{
	struct ct_gate go;
	char path[64], *argv[2];
	mach_port_t boot, n, old;
	pid_t pid;
	int status;

	if (exe[0] == '\0')
		ct_skip("run with a path");
	if (geteuid() != 0)
		ct_skip("only root can make a set-user-ID program of root's");
	if (!set_user_id_copy(path, sizeof(path)))
		ct_skip("no place for a copy");
	boot = ct_port();
	n = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		ct_send_right(ct_inherited(), SELF, MACH_MSG_TYPE_COPY_SEND);
		ct_gate_wait(&go);
		CT_POSIX(setgid(65534));
		CT_POSIX(setuid(65534));
		setenv("CT_ROLE", "setuid", 1);
		argv[0] = path;
		argv[1] = NULL;
		execv(path, argv);
		_exit(1);
	}
	/* The task port of the caller is nobody's after the exec. */
	old = ct_recv_right(boot, NULL);
	(void)ct_notify_request(old, MACH_NOTIFY_DEAD_NAME, 0, n);
	ct_gate_open(&go);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), old);
	CT_EQ(waitpid(pid, &status, 0), pid);
	(void)unlink(path);
	CT_TRUE(WIFEXITED(status));
	if (WEXITSTATUS(status) == 78)
		ct_skip("set-user-ID has no effect on this file system");
	/* Under machd it finds no kernel: it does not follow MACHD_SOCKET. */
	CT_EQ(WEXITSTATUS(status), 77);
	ct_recv_none(boot);
}

CT_CASE(children_of_vfork_and_posix_spawn_inherit_the_bootstrap_port)
{
	extern char **environ;
	struct ct_msg m;
	char *argv[2];
	mach_port_t p;
	pid_t pid;
	int i, status;

	if (exe[0] == '\0')
		ct_skip("run with a path");
	p = ct_port();
	ct_qlimit(p, 32);
	ct_bequeath(p);
	argv[0] = exe;
	argv[1] = NULL;
	setenv("CT_ROLE", "report", 1);
	for (i = 0; i < 10; i++) {
		CT_EQ(posix_spawn(&pid, exe, NULL, NULL, argv, environ), 0);
		CT_EQ(waitpid(pid, &status, 0), pid);
		CT_EQ(status, 0);
		pid = vfork();
		if (pid == 0) {
			execv(exe, argv);
			_exit(1);
		}
		CT_EQ(waitpid(pid, &status, 0), pid);
		CT_EQ(status, 0);
	}
	for (i = 0; i < 20; i++)
		CT_OK(ct_recv(p, &m, CT_SOON_MS));
	ct_recv_none(p);
	/* The parent is who it was. */
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
	CT_EQ(ct_type(SELF), MACH_PORT_TYPE_SEND);
}

#ifdef RFPROC
CT_CASE(children_of_rfork_have_a_space_of_their_own)
{
	struct ct_msg m;
	mach_port_t p;
	pid_t pid;
	int flags, i, status;

	p = ct_port();
	ct_bequeath(p);
	for (i = 0; i < 3; i++) {
		/* The descriptors copied, shared, or none of them. */
		flags = RFPROC | (i == 0 ? RFFDG : i == 1 ? 0 : RFCFDG);
		pid = rfork(flags);
		CT_POSIX(pid);
		if (pid == 0) {
			ct_send_id(ct_inherited(), (int)ct_names());
			_exit(0);
		}
		CT_EQ(waitpid(pid, &status, 0), pid);
		CT_EQ(status, 0);
		CT_OK(ct_recv(p, &m, CT_SOON_MS));
		CT_TRUE(m.hdr.msgh_id < 20);
	}
}
#endif

/* The audit token of the new image is another one. */
CT_CASE(exec_and_fork_change_the_generation_in_the_audit_token)
{
	struct {
		mach_msg_header_t	hdr;
		mach_msg_audit_trailer_t t;
		uint8_t			room[64];
	} m[2];
	mach_port_t p;
	pid_t pid;
	int i;

	if (exe[0] == '\0')
		ct_skip("run with a path");
	p = ct_port();
	ct_bequeath(p);
	pid = ct_fork();
	if (pid == 0) {
		ct_send_id(ct_inherited(), 1);
		exec_role("report");
	}
	ct_wait(pid);
	for (i = 0; i < 2; i++)
		CT_OK(mach_msg(&m[i].hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT |
		    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_AUDIT), 0,
		    sizeof(m[i]), p, CT_SOON_MS, MACH_PORT_NULL));
	CT_EQ(audit_token_to_pid(m[0].t.msgh_audit), pid);
	CT_EQ(audit_token_to_pid(m[1].t.msgh_audit), pid);
	CT_NE(audit_token_to_pidversion(m[0].t.msgh_audit),
	    audit_token_to_pidversion(m[1].t.msgh_audit));
}

/* ---- threads ---- */

static void *
use_and_leave(void *arg)
{
	mach_port_t p;

	(void)arg;
	p = mig_get_reply_port();
	CT_TRUE(MACH_PORT_VALID(p));
	p = mach_thread_self();
	CT_OK(mach_port_deallocate(SELF, p));
	return (NULL);
}

/* Nothing of a thread stays behind. */
CT_CASE_TIMEOUT(threads_that_end_leave_no_names_behind, 60)
{
	pthread_t t;
	unsigned before, after;
	int i;

	CT_EQ(pthread_create(&t, NULL, use_and_leave, NULL), 0);
	CT_EQ(pthread_join(t, NULL), 0);
	before = ct_names();
	for (i = 0; i < 500; i++) {
		CT_EQ(pthread_create(&t, NULL, use_and_leave, NULL), 0);
		CT_EQ(pthread_join(t, NULL), 0);
	}
	after = ct_names();
	/* A dead thread's port may linger as one name, not as hundreds. */
	if (after > before + 5)
		ct_fail(__FILE__, __LINE__, "%u names became %u", before,
		    after);
}

static void *
first_call(void *arg)
{
	mach_port_t p;

	ct_gate_wait(arg);
	p = ct_port_send();
	ct_send_id(p, 1);
	ct_recv_id(p, 1);
	return ((void *)(uintptr_t)mach_task_self());
}

CT_CASE_TIMEOUT(first_calls_of_many_threads_at_once_see_one_task, 60)
{
	struct ct_gate go;
	pthread_t t[32];
	void *r;
	pid_t pid;
	int i, k;

	for (k = 0; k < 20; k++) {
		pid = ct_fork();
		if (pid == 0) {
			ct_gate_init(&go);
			for (i = 0; i < 32; i++)
				CT_EQ(pthread_create(&t[i], NULL, first_call,
				    &go), 0);
			for (i = 0; i < 32; i++)
				ct_gate_open(&go);
			for (i = 0; i < 32; i++) {
				CT_EQ(pthread_join(t[i], &r), 0);
				CT_EQ((uintptr_t)r, mach_task_self());
			}
			ct_child_exit();
		}
		ct_wait(pid);
	}
}

static void *
block_for_ever(void *arg)
{
	struct ct_msg m;

	(void)mach_msg(&m.hdr, MACH_RCV_MSG, 0, sizeof(m),
	    (mach_port_t)(uintptr_t)arg, 0, MACH_PORT_NULL);
	return (NULL);
}

static void
die_with_blocked_threads(bool by_signal)
{
	struct ct_gate go;
	pthread_t t;
	mach_port_t boot, n, old;
	pid_t pid;
	int i;

	boot = ct_port();
	n = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t p;

		p = ct_port();
		for (i = 0; i < 16; i++)
			CT_EQ(pthread_create(&t, NULL, block_for_ever,
			    (void *)(uintptr_t)p), 0);
		ct_send_right(ct_inherited(), p, MACH_MSG_TYPE_MAKE_SEND);
		ct_gate_wait(&go);
		ct_until_waiting(getpid(), MTH_RECEIVE, 16);
		if (by_signal)
			kill(getpid(), SIGKILL);
		_exit(0);
	}
	old = ct_recv_right(boot, NULL);
	ct_notify_request(old, MACH_NOTIFY_DEAD_NAME, 0, n);
	ct_recv_none(n);
	ct_gate_open(&go);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME), old);
	if (by_signal)
		ct_wait_signal(pid, SIGKILL);
	else
		ct_wait(pid);
}

CT_CASE(exit_with_threads_blocked_in_receive)
{

	die_with_blocked_threads(false);
}

CT_CASE(kill_with_threads_blocked_in_receive)
{

	die_with_blocked_threads(true);
}

#define	KILLED_SETS	10
#define	KILLED_PORTS	1000
#define	KILLED_TOLD	8

static void *
receive_on_until_the_end(void *arg)
{
	struct ct_msg m;

	while (ct_recv((mach_port_t)(uintptr_t)arg, &m, CT_SOON_MS) !=
	    MACH_RCV_INVALID_NAME)
		;
	return (NULL);
}

static void *
send_until_it_is_dead(void *arg)
{
	mach_msg_header_t hdr;
	mach_msg_return_t mr;

	do {
		memset(&hdr, 0, sizeof(hdr));
		hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
		hdr.msgh_size = sizeof(hdr);
		hdr.msgh_remote_port = (mach_port_t)(uintptr_t)arg;
		mr = mach_msg(&hdr, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		    sizeof(hdr), 0, MACH_PORT_NULL, 10, MACH_PORT_NULL);
		/* The right that was copied has come back, or is dead. */
		if (mr == MACH_SEND_TIMED_OUT &&
		    MACH_PORT_VALID(hdr.msgh_remote_port))
			CT_OK(mach_port_deallocate(SELF,
			    hdr.msgh_remote_port));
	} while (mr == MACH_MSG_SUCCESS || mr == MACH_SEND_TIMED_OUT);
	CT_KR(mr, MACH_SEND_INVALID_DEST);
	return (NULL);
}

CT_CASE(a_process_killed_with_its_sets_in_use_ends_in_time)
{
	pthread_t t[KILLED_TOLD];
	mach_port_t boot, n, sets[KILLED_SETS], told[KILLED_TOLD];
	uint64_t start;
	pid_t pid;
	int i;

	boot = ct_port();
	n = ct_port();
	ct_qlimit(n, KILLED_TOLD);
	ct_bequeath(boot);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t p;
		pthread_t thread;

		for (i = 0; i < KILLED_SETS; i++)
			sets[i] = ct_pset();
		for (i = 0; i < KILLED_PORTS; i++) {
			p = ct_port();
			CT_OK(mach_port_insert_member(SELF, p,
			    sets[i % KILLED_SETS]));
			CT_OK(mach_port_insert_member(SELF, p,
			    sets[(i + 1) % KILLED_SETS]));
			if (i < KILLED_TOLD)
				ct_send_right(ct_inherited(), p,
				    MACH_MSG_TYPE_MAKE_SEND);
		}
		for (i = 0; i < 4; i++)
			CT_EQ(pthread_create(&thread, NULL,
			    receive_on_until_the_end,
			    (void *)(uintptr_t)sets[i]), 0);
		for (;;)
			pause();
	}
	for (i = 0; i < KILLED_TOLD; i++) {
		told[i] = ct_recv_right(boot, NULL);
		ct_notify_request(told[i], MACH_NOTIFY_DEAD_NAME, 0, n);
		CT_EQ(pthread_create(&t[i], NULL, send_until_it_is_dead,
		    (void *)(uintptr_t)told[i]), 0);
	}
	usleep(20000);		/* any moment will do */
	start = ct_now_ms();
	CT_POSIX(kill(pid, SIGKILL));
	ct_wait_signal(pid, SIGKILL);
	for (i = 0; i < KILLED_TOLD; i++)
		(void)ct_notify_recv(n, MACH_NOTIFY_DEAD_NAME);
	for (i = 0; i < KILLED_TOLD; i++) {
		CT_EQ(pthread_join(t[i], NULL), 0);
		CT_EQ(ct_refs(told[i], MACH_PORT_RIGHT_DEAD_NAME), 2);
	}
	CT_TRUE(ct_now_ms() - start < 5000);
}

CT_CASE(exit_with_rights_in_queues_releases_them_all)
{
	mach_port_t boot, n, p;
	pid_t pid;
	int i;

	boot = ct_port();
	n = ct_port();
	p = ct_port();
	ct_bequeath(boot);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t mine, theirs;

		mine = ct_port_send();
		ct_qlimit(mine, 200);
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_COPY_SEND);
		theirs = ct_recv_right(mine, NULL);
		for (i = 0; i < 100; i++)
			ct_send_right(mine, theirs, MACH_MSG_TYPE_COPY_SEND);
		_exit(0);
	}
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 1, n);
	ct_send_right(ct_recv_right(boot, NULL), p, MACH_MSG_TYPE_MAKE_SEND);
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
	ct_wait(pid);
}

/* The thread that the signal ends has never been in Mach. */
static void *
wait_for_the_end(void *arg)
{
	sigset_t none;

	(void)arg;
	sigemptyset(&none);
	(void)pthread_sigmask(SIG_SETMASK, &none, NULL);
	for (;;)
		pause();
	return (NULL);
}

CT_CASE(a_signal_to_a_thread_without_mach_ends_queues_and_rights)
{
	struct ct_gate ready;
	sigset_t all;
	mach_port_t boot, n, p;
	pthread_t t;
	pid_t pid;
	int i;

	boot = ct_port();
	n = ct_port();
	p = ct_port();
	ct_bequeath(boot);
	ct_gate_init(&ready);
	pid = ct_fork();
	if (pid == 0) {
		mach_port_t mine, theirs;

		sigfillset(&all);
		CT_EQ(pthread_sigmask(SIG_SETMASK, &all, NULL), 0);
		mine = ct_port_send();
		ct_qlimit(mine, 200);
		ct_send_right(ct_inherited(), mine, MACH_MSG_TYPE_COPY_SEND);
		theirs = ct_recv_right(mine, NULL);
		for (i = 0; i < 100; i++)
			ct_send_right(mine, theirs, MACH_MSG_TYPE_COPY_SEND);
		CT_EQ(pthread_create(&t, NULL, wait_for_the_end, NULL), 0);
		ct_gate_open(&ready);
		for (;;)
			pause();
	}
	ct_notify_request(p, MACH_NOTIFY_NO_SENDERS, 1, n);
	ct_send_right(ct_recv_right(boot, NULL), p, MACH_MSG_TYPE_MAKE_SEND);
	ct_gate_wait(&ready);
	ct_recv_none(n);
	CT_POSIX(kill(pid, SIGTERM));
	CT_EQ(ct_notify_recv(n, MACH_NOTIFY_NO_SENDERS), 1);
	ct_wait_signal(pid, SIGTERM);
}

/* One whose ids are others is as good as not there. */
CT_CASE(another_users_task_is_not_found)
{
	mach_port_t t;
	pid_t pid;

	if (geteuid() != 0)
		ct_skip("needs root to be two users");
	pid = ct_fork();
	if (pid == 0) {
		CT_OK(task_for_pid(SELF, getppid(), &t));
		CT_OK(mach_port_deallocate(SELF, t));
		CT_POSIX(setgid(65534));
		CT_POSIX(setuid(65534));
		t = SELF;
		CT_KR(task_for_pid(SELF, getppid(), &t), KERN_FAILURE);
		CT_EQ(t, MACH_PORT_NULL);
		ct_child_exit();
	}
	ct_wait(pid);
}

CT_CASE(task_for_pid_finds_tasks_the_caller_may_debug)
{
	mach_port_t t;
	int pid;

	/* The own task, under its own name. */
	CT_OK(task_for_pid(SELF, getpid(), &t));
	CT_EQ(t, mach_task_self());
	CT_OK(mach_port_deallocate(SELF, t));
	/* Another one of the same user. */
	CT_OK(task_for_pid(SELF, getppid(), &t));
	CT_EQ(ct_type(t), MACH_PORT_TYPE_SEND);
	pid = -1;
	CT_OK(pid_for_task(t, &pid));
	CT_EQ(pid, getppid());
	/* Which can be acted on: by a message, the trap is for the own task. */
	CT_OK(mach_port_destroy(t, MACH_PORT_NULL));
	CT_OK(mach_port_deallocate(SELF, t));
	CT_OK(task_name_for_pid(SELF, getppid(), &t));
	CT_OK(pid_for_task(t, &pid));
	CT_EQ(pid, getppid());
	CT_OK(mach_port_deallocate(SELF, t));
}

CT_CASE(task_for_pid_of_nobody_fails_and_gives_no_name)
{
	mach_port_t t;

	t = SELF;
	CT_KR(task_for_pid(SELF, 0x7ffffff0, &t), KERN_FAILURE);
	CT_EQ(t, MACH_PORT_NULL);
	t = SELF;
	CT_KR(task_name_for_pid(SELF, 0x7ffffff0, &t), KERN_FAILURE);
	CT_EQ(t, MACH_PORT_NULL);
	CT_KR(task_for_pid(MACH_PORT_NULL, getpid(), &t),
	    KERN_INVALID_ARGUMENT);
}
