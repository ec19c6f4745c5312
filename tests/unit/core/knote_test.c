/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * EVFILT_MACHPORT and descriptors of port sets, in process.
 */

#include "core.h"

#include <poll.h>
#include <sys/event.h>

#include <mach/port_set_fd.h>

#include <kernel/ipc/ipc_watch.h>
#include <kernel/kern/limits.h>
#include <kernel/user/kqueue.h>

#define	FILTER	(-12)

static struct kqueue *kq;
static struct proc *proc;
static struct kevent got;

static void
begin(void)
{

	core_begin();
	CHECK_EQ(kqueue_add_filteropts(FILTER, &ipc_knote_filtops), 0);
	proc = core_proc(1);
	(void)core_self();
	kq = kqueue_open();
}

static void
end(void)
{

	kqueue_close(kq);
	core_proc_exit(proc);
	CHECK_EQ(kqueue_del_filteropts(FILTER), 0);
	core_end();
}

static int
change_full(mach_port_name_t name, int flags, u_int fflags, void *buf,
    size_t size)
{
	struct kevent kev;

	memset(&kev, 0, sizeof(kev));
	kev.ident = name;
	kev.filter = FILTER;
	kev.flags = (u_short)flags;
	kev.fflags = fflags;
	kev.ext[0] = (uint64_t)(uintptr_t)buf;
	kev.ext[1] = size;
	return (kqueue_kevent(kq, &kev, 1, NULL, 0, 0));
}

static int
change(mach_port_name_t name, int flags)
{

	return (change_full(name, flags, 0, NULL, 0));
}

/* The next event, in got; 0: none. */
static int
next(void)
{

	memset(&got, 0xa5, sizeof(got));
	return (kqueue_kevent(kq, NULL, 0, &got, 1, 0));
}

static void
reports_the_port_that_has_a_message(void)
{
	struct message m;
	mach_port_name_t port, set;

	begin();
	port = core_port_send();
	set = core_pset();
	CHECK_EQ(change(port, EV_ADD), 0);
	CHECK_EQ(change(set, EV_ADD), 0);
	CHECK_EQ(next(), 0);
	CHECK_EQ(core_send(port, 7, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.ident, port);
	CHECK_EQ(got.filter, FILTER);
	CHECK_EQ(got.data, port);
	CHECK_EQ(got.fflags, 0);
	/* Level triggered, and the set hears of it when the port joins. */
	CHECK_EQ(change(port, EV_DELETE), 0);
	CHECK_EQ(next(), 0);
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    port, set), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.ident, set);
	CHECK_EQ(got.data, port);
	CHECK_EQ(core_receive(set, &m, 0), 0);
	CHECK_EQ(next(), 0);
	end();
}

static void
reports_what_was_there_before_it(void)
{
	mach_port_name_t port, set;

	begin();
	port = core_port_send();
	set = core_pset();
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    port, set), 0);
	CHECK_EQ(core_send(port, 7, 0), 0);
	CHECK_EQ(change(set, EV_ADD), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.data, port);
	CHECK_EQ(change(set, EV_DELETE), 0);
	CHECK_EQ(change(set, EV_DELETE), -ENOENT);
	end();
}

static void
refuses_names_of_other_things(void)
{
	mach_port_name_t port;
	struct kevent kev;

	begin();
	port = core_port_send();
	CHECK_EQ(change(0, EV_ADD), -ENOENT);
	CHECK_EQ(change(MACH_PORT_DEAD, EV_ADD), -ENOENT);
	CHECK_EQ(change(port + 0x100000, EV_ADD), -ENOENT);
	CHECK_EQ(change(core_self(), EV_ADD), -ENOTSUP);
	memset(&kev, 0, sizeof(kev));
	kev.ident = (uintptr_t)port | (uintptr_t)1 << 32;
	kev.filter = FILTER;
	kev.flags = EV_ADD;
	CHECK_EQ(kqueue_kevent(kq, &kev, 1, NULL, 0, 0), -ENOENT);
	CHECK_EQ(mach_counter_get(MACH_COUNTER_KNOTES), 0);
	end();
}

static void
flags_work(void)
{
	struct message m;
	mach_port_name_t port;

	begin();
	port = core_port_send();
	CHECK_EQ(change(port, EV_ADD | EV_CLEAR), 0);
	CHECK_EQ(core_send(port, 1, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(next(), 0);
	CHECK_EQ(core_send(port, 2, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(next(), 0);
	CHECK_EQ(change(port, EV_DELETE), 0);

	CHECK_EQ(change(port, EV_ADD | EV_DISPATCH), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(next(), 0);
	CHECK_EQ(change(port, EV_ENABLE), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(change(port, EV_DELETE), 0);

	CHECK_EQ(change(port, EV_ADD | EV_ONESHOT), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.data, port);
	CHECK_EQ(next(), 0);
	CHECK_EQ(change(port, EV_DELETE), -ENOENT);

	CHECK_EQ(change(port, EV_ADD | EV_DISABLE), 0);
	CHECK_EQ(next(), 0);
	CHECK_EQ(change(port, EV_ENABLE), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(change(port, EV_DISABLE), 0);
	CHECK_EQ(next(), 0);
	while (core_receive(port, &m, 0) == 0)
		;
	CHECK_EQ(change(port, EV_ENABLE), 0);
	CHECK_EQ(next(), 0);
	end();
}

/*
 * Of three messages one is received at a time: a level is told as long as there
 * is one, also to who takes turns being told; an edge is told with each that
 * comes.
 */
static void
tells_of_what_is_left(void)
{
	struct message m;
	mach_port_name_t port, set;
	int i, way;

	begin();
	port = core_port_send();
	set = core_pset();
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    port, set), 0);
	for (way = 0; way < 4; way++) {
		CHECK_EQ(change(way < 2 ? port : set, EV_ADD |
		    (way % 2 == 0 ? 0 : EV_DISPATCH)), 0);
		for (i = 0; i < 3; i++)
			CHECK_EQ(core_send(port, i, 0), 0);
		for (i = 0; i < 3; i++) {
			CHECK_EQ(next(), 1);
			CHECK_EQ(got.data, port);
			CHECK_EQ(core_receive(port, &m, 0), 0);
			CHECK_EQ(m.hdr.msgh_id, i);
			if (way % 2 != 0) {
				CHECK_EQ(next(), 0);
				CHECK_EQ(change(way < 2 ? port : set,
				    EV_ENABLE), 0);
			}
		}
		CHECK_EQ(next(), 0);
		CHECK_EQ(change(way < 2 ? port : set, EV_DELETE), 0);
	}
	CHECK_EQ(change(set, EV_ADD | EV_CLEAR), 0);
	for (i = 0; i < 3; i++)
		CHECK_EQ(core_send(port, i, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(core_receive(port, &m, 0), 0);
	CHECK_EQ(next(), 0);
	CHECK_EQ(core_send(port, 3, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(next(), 0);
	end();
}

static void
receives_into_the_buffer(void)
{
	struct message m;
	mach_port_name_t port, set;
	int i;

	begin();
	port = core_port_send();
	set = core_pset();
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    port, set), 0);
	CHECK_EQ(change_full(set, EV_ADD | EV_CLEAR, MACH_RCV_MSG, &m,
	    sizeof(m)), 0);
	CHECK_EQ(next(), 0);
	for (i = 0; i < 3; i++)
		CHECK_EQ(core_send(port, 40 + i, 0), 0);
	for (i = 0; i < 3; i++) {
		memset(&m, 0, sizeof(m));
		CHECK_EQ(next(), 1);
		CHECK_EQ(got.fflags, MACH_MSG_SUCCESS);
		CHECK_EQ(got.data, 0);
		CHECK_EQ(got.ext[0], P(&m));
		CHECK_EQ(got.ext[1], sizeof(m.hdr) +
		    sizeof(mach_msg_trailer_t));
		CHECK_EQ(m.hdr.msgh_id, 40 + i);
		CHECK_EQ(m.hdr.msgh_local_port, port);
	}
	CHECK_EQ(next(), 0);
	CHECK_EQ(change(set, EV_DELETE), 0);

	/* Too large: kept, with the identity and the size; or lost. */
	CHECK_EQ(change_full(set, EV_ADD | EV_DISPATCH, MACH_RCV_MSG |
	    MACH_RCV_LARGE | MACH_RCV_LARGE_IDENTITY, &m, 8), 0);
	CHECK_EQ(core_send(port, 50, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.fflags, MACH_RCV_TOO_LARGE);
	CHECK_EQ(got.data, port);
	CHECK_EQ(got.ext[1], sizeof(m.hdr));
	CHECK_EQ(next(), 0);
	CHECK_EQ(change_full(set, EV_ENABLE, MACH_RCV_MSG, &m, 8), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.fflags, MACH_RCV_TOO_LARGE);
	CHECK_EQ(got.data, 0);
	CHECK_EQ(change_full(set, EV_ENABLE, MACH_RCV_MSG, &m, 8), 0);
	CHECK_EQ(next(), 0);
	CHECK_EQ(change(set, EV_DELETE), 0);

	/* No buffer at all: as if MACH_RCV_LARGE had been given. */
	CHECK_EQ(change_full(port, EV_ADD, MACH_RCV_MSG, NULL, 0), 0);
	CHECK_EQ(core_send(port, 51, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.fflags, MACH_RCV_TOO_LARGE);
	CHECK_EQ(got.data, port);
	/* A buffer that is not there. */
	CHECK_EQ(change_full(port, EV_ADD, MACH_RCV_MSG, (void *)8, 4096), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.fflags, MACH_RCV_INVALID_DATA);
	CHECK_EQ(next(), 0);
	/* More of the trailer; what is no option of a receive counts not. */
	CHECK_EQ(change_full(port, EV_ADD, MACH_RCV_MSG | MACH_SEND_MSG |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SEQNO), &m, sizeof(m)),
	    0);
	CHECK_EQ(core_send(port, 52, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.fflags, 0);
	CHECK_EQ(got.ext[1], sizeof(m.hdr) +
	    sizeof(mach_msg_seqno_trailer_t));
	end();
}

static void
receives_once(void)
{
	struct message m;
	mach_port_name_t port;

	begin();
	port = core_port_send();
	CHECK_EQ(change_full(port, EV_ADD | EV_ONESHOT, MACH_RCV_MSG, &m,
	    sizeof(m)), 0);
	CHECK_EQ(core_send(port, 1, 0), 0);
	CHECK_EQ(core_send(port, 2, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK(got.flags & EV_ONESHOT);
	CHECK_EQ(m.hdr.msgh_id, 1);
	/* Added again before it was swept out. */
	CHECK_EQ(change_full(port, EV_ADD | EV_ONESHOT, MACH_RCV_MSG, &m,
	    sizeof(m)), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(m.hdr.msgh_id, 2);
	CHECK_EQ(core_send(port, 3, 0), 0);
	CHECK_EQ(next(), 0);
	CHECK_EQ(change(port, EV_DELETE), -ENOENT);
	CHECK_EQ(mach_counter_get(MACH_COUNTER_KNOTES), 0);
	end();
}

static void
refuses_to_begin_or_stop_receiving(void)
{
	struct kevent kev;
	struct message m;
	mach_port_name_t port;

	begin();
	port = core_port_send();
	CHECK_EQ(change(port, EV_ADD), 0);
	memset(&kev, 0, sizeof(kev));
	kev.ident = port;
	kev.filter = FILTER;
	kev.flags = EV_ADD;
	kev.fflags = MACH_RCV_MSG;
	kev.ext[0] = P(&m);
	kev.ext[1] = sizeof(m);
	CHECK_EQ(kqueue_kevent(kq, &kev, 1, &got, 1, 0), 1);
	CHECK_EQ(got.flags, EV_ERROR);
	CHECK_EQ(got.data, EINVAL);
	CHECK_EQ(got.ident, port);
	kev.flags |= EV_RECEIPT;
	CHECK_EQ(kqueue_kevent(kq, &kev, 1, &got, 1, 0), 1);
	CHECK_EQ(got.fflags, EINVAL);
	CHECK_EQ(next(), 0);
	kev.fflags = 0;
	CHECK_EQ(kqueue_kevent(kq, &kev, 1, &got, 1, 0), 1);
	CHECK_EQ(got.data, 0);
	CHECK_EQ(got.fflags, 0);
	/* It goes on as it was. */
	CHECK_EQ(core_send(port, 1, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.data, port);
	end();
}

static void
ends_with_the_right(void)
{
	struct message m;
	mach_port_name_t port, set, to;

	begin();
	port = core_port_send();
	set = core_pset();
	CHECK_EQ(change(port, EV_ADD | EV_CLEAR), 0);
	CHECK_EQ(change_full(set, EV_ADD | EV_DISPATCH, MACH_RCV_MSG, &m,
	    sizeof(m)), 0);
	CHECK_EQ(core_send(port, 1, 0), 0);
	CHECK_EQ(core_destroy(port), 0);
	CHECK_EQ(core_destroy(set), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.ident, port);
	CHECK(got.flags & EV_EOF);
	CHECK(got.flags & EV_ONESHOT);
	CHECK_EQ(got.data, 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.ident, set);
	CHECK(got.flags & EV_EOF);
	CHECK_EQ(got.fflags, 0);
	CHECK_EQ(next(), 0);
	CHECK_EQ(mach_counter_get(MACH_COUNTER_KNOTES), 0);

	/* Likewise when it goes to somebody else, and comes back. */
	port = core_port_send();
	to = core_port_send();
	CHECK_EQ(change(port, EV_ADD), 0);
	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = to;
	m.body.msgh_descriptor_count = 1;
	m.d.port[0].name = port;
	m.d.port[0].disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	CHECK_EQ(TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG,
	    offsetof(struct message, d.port[1]), 0, 0, 0, 0), 0);
	CHECK_EQ(core_receive(to, &m, 0), 0);
	CHECK_EQ(m.d.port[0].name, port);
	CHECK_EQ(core_send(port, 1, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK(got.flags & EV_EOF);
	CHECK_EQ(next(), 0);
	CHECK_EQ(change(port, EV_ADD), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.data, port);
	CHECK(!(got.flags & EV_EOF));
	end();
}

/* The name comes back before anybody has collected the end of the first. */
static void
starts_over_with_a_later_right_of_the_name(void)
{
	struct message m;
	mach_port_name_t name;
	int i;

	begin();
	for (i = 0; i < 4; i++) {
		name = core_pset();
		CHECK_EQ(change(name, EV_ADD | (i == 1 ? EV_DISABLE : 0) |
		    (i == 2 ? EV_DISPATCH : 0)), 0);
		CHECK_EQ(core_destroy(name), 0);
		CHECK_EQ(TRAP(mach_port_allocate_name_trap, core_self(),
		    MACH_PORT_RIGHT_RECEIVE, name), 0);
		CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_right_trap,
		    core_self(), name, name, MACH_MSG_TYPE_MAKE_SEND), 0);
		CHECK_EQ(change_full(name, EV_ADD | (i == 3 ? EV_ONESHOT : 0),
		    MACH_RCV_MSG, &m, sizeof(m)), 0);
		CHECK_EQ(next(), 0);
		CHECK_EQ(core_send(name, 60 + i, 0), 0);
		CHECK_EQ(next(), 1);
		CHECK_EQ(got.ident, name);
		CHECK(!(got.flags & EV_EOF));
		CHECK_EQ(got.fflags, 0);
		CHECK_EQ(m.hdr.msgh_id, 60 + i);
		CHECK_EQ(next(), 0);
		CHECK_EQ(core_destroy(name), 0);
		if (i < 3)
			CHECK_EQ(next(), 1);
		CHECK_EQ(next(), 0);
		CHECK_EQ(mach_counter_get(MACH_COUNTER_KNOTES), 0);
	}
	/* Nothing of that name any more: the change is refused. */
	name = core_pset();
	CHECK_EQ(change(name, EV_ADD | EV_DISABLE), 0);
	CHECK_EQ(core_destroy(name), 0);
	CHECK_EQ(change(name, EV_ADD), 0);
	CHECK_EQ(change(name, EV_ENABLE), 0);
	CHECK_EQ(next(), 1);
	CHECK(got.flags & EV_EOF);
	end();
}

static void
follows_a_renamed_right(void)
{
	mach_port_name_t port;

	begin();
	port = core_port_send();
	CHECK_EQ(change(port, EV_ADD), 0);
	CHECK_EQ(TRAP(mach_port_rename_trap, core_self(), port, 0x123403), 0);
	CHECK_EQ(core_send(0x123403, 1, 0), 0);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.ident, port);
	CHECK_EQ(got.data, 0x123403);
	end();
}

static void
is_charged_to_the_task(void)
{
	u_long limit;
	mach_port_name_t port;

	begin();
	port = core_port_send();
	limit = mach_limit(MACH_LIMIT_OF(MACH_RES_KMEM, MACH_LEVEL_TASK));
	CHECK_EQ(mach_limit_set("task_kmem", 1), 0);
	CHECK_EQ(change(port, EV_ADD), -ENOMEM);
	CHECK_EQ(mach_limit_set("task_kmem", limit), 0);
	CHECK_EQ(change(port, EV_ADD), 0);
	end();
}

/* A thread that never was in Mach; a process that has nothing of it. */
static void *
stranger(void *arg)
{
	struct message *m = arg;
	int *fflags;

	core_thread(proc);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.fflags, 0);
	CHECK_EQ(m->hdr.msgh_id, 9);
	fflags = NULL;
	core_thread_end();
	return (fflags);
}

static void
strangers_may_wait(void)
{
	struct kpi_ucred *cred;
	struct message m;
	struct proc *other;
	struct thread *td;
	mach_port_name_t port;
	pthread_t thread;

	begin();
	port = core_port_send();
	CHECK_EQ(change_full(port, EV_ADD, MACH_RCV_MSG, &m, sizeof(m)), 0);
	CHECK_EQ(core_send(port, 9, 0), 0);
	REQUIRE(pthread_create(&thread, NULL, stranger, &m) == 0);
	(void)pthread_join(thread, NULL);
	CHECK_EQ(next(), 0);

	/* Another process that has come by the kqueue gets no message. */
	CHECK_EQ(core_send(port, 10, 0), 0);
	td = host_curthread();
	cred = host_cred_simple(1002, 1002);
	other = host_proc_create(2, cred, &host_copy_self, NULL);
	core_thread(other);
	CHECK_EQ(change(port, EV_ADD), 0);	/* a change, refused */
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.flags, EV_ERROR);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.fflags, MACH_RCV_INVALID_NAME);
	mach_task_exit(other);
	core_thread_end();
	host_proc_destroy(other);
	host_cred_drop(cred);
	(void)host_set_curthread(td);
	CHECK_EQ(next(), 1);
	CHECK_EQ(got.fflags, 0);
	CHECK_EQ(m.hdr.msgh_id, 10);
	end();
}

static bool
readable(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	return (poll(&pfd, 1, 0) == 1);
}

static void
a_set_can_be_polled(void)
{
	struct message m;
	mach_port_name_t other, port, set;
	int fd, fd2, zero;

	begin();
	port = core_port_send();
	other = core_port_send();
	set = core_pset();
	fd = fd2 = zero = -1;
	CHECK_EQ(TRAP(mach_pset_fd_trap, core_self(), port, 0, P(&fd)),
	    KERN_INVALID_RIGHT);
	CHECK_EQ(TRAP(mach_pset_fd_trap, core_self(), 0, 0, P(&fd)),
	    KERN_INVALID_NAME);
	CHECK_EQ(TRAP(mach_pset_fd_trap, core_self(), set, 4, P(&fd)),
	    KERN_INVALID_ARGUMENT);
	CHECK_EQ(TRAP(mach_pset_fd_trap, core_self(), set, 0, 8),
	    KERN_INVALID_ADDRESS);
	CHECK_EQ(TRAP(mach_pset_fd_trap, core_self(), set,
	    MACH_PSET_FD_CLOEXEC, P(&fd)), 0);
	CHECK(!readable(fd));
	CHECK_EQ(core_send(port, 1, 0), 0);
	CHECK(!readable(fd));
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    port, set), 0);
	CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap, core_self(),
	    other, set), 0);
	CHECK(readable(fd));
	CHECK_EQ(TRAP(mach_pset_fd_trap, core_self(), set, 0, P(&fd2)), 0);
	CHECK(readable(fd2));
	CHECK_EQ(core_send(other, 2, 0), 0);
	CHECK_EQ(core_send(port, 3, 0), 0);
	CHECK_EQ(core_receive(set, &m, 0), 0);
	CHECK_EQ(core_receive(set, &m, 0), 0);
	CHECK(readable(fd));
	CHECK_EQ(core_receive(set, &m, 0), 0);
	CHECK(!readable(fd));
	CHECK(!readable(fd2));
	CHECK_EQ(core_send(port, 4, 0), 0);
	CHECK(readable(fd));
	CHECK_EQ(TRAP(_kernelrpc_mach_port_extract_member_trap, core_self(),
	    port, set), 0);
	CHECK(!readable(fd));
	CHECK_EQ(core_send(other, 5, 0), 0);
	CHECK(readable(fd));
	CHECK_EQ(core_destroy(other), 0);
	CHECK(!readable(fd));
	CHECK_EQ(core_destroy(set), 0);
	CHECK(readable(fd2));
	(void)close(fd);
	(void)close(fd2);
	end();
}

int
main(void)
{

	reports_the_port_that_has_a_message();
	reports_what_was_there_before_it();
	refuses_names_of_other_things();
	flags_work();
	tells_of_what_is_left();
	receives_into_the_buffer();
	receives_once();
	refuses_to_begin_or_stop_receiving();
	ends_with_the_right();
	starts_over_with_a_later_right_of_the_name();
	follows_a_renamed_right();
	is_charged_to_the_task();
	strangers_may_wait();
	a_set_can_be_polled();
	return (test_end());
}
