/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * EVFILT_MACHPORT, in sources as they are written for Darwin.
 */

#include <mach/kevent.h>

#include "ctmach.h"

#if !MACH_HAVE_KEVENT

CT_CASE(there_is_no_kqueue_here)
{

	ct_skip("no kqueue on this host; see pset_fd");
}

#else

#include <sys/sysctl.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include <mach/port_set_fd.h>

static const struct timespec none;
static struct kevent64_s got;

static int
queue(void)
{
	size_t len;
	int filter, kq;

	len = sizeof(filter);
	if (sysctlbyname("kern.mach.evfilt_machport", &filter, &len, NULL, 0)
	    == 0 && filter == 0)
		ct_skip("the kernel has no filter to spare");
	CT_POSIX(kq = kqueue());
	return (kq);
}

/* 0 or an errno. */
static int
change_full(int kq, mach_port_t name, int flags, uint32_t fflags, void *buf,
    size_t size)
{
	struct kevent64_s kev;

	EV_SET64(&kev, name, EVFILT_MACHPORT, (uint16_t)flags, fflags, 0,
	    0x1234, (uint64_t)(uintptr_t)buf, size);
	return (kevent64(kq, &kev, 1, NULL, 0, 0, NULL) == 0 ? 0 : errno);
}

static int
change(int kq, mach_port_t name, int flags)
{

	return (change_full(kq, name, flags, 0, NULL, 0));
}

static int
next(int kq)
{
	int n;

	memset(&got, 0, sizeof(got));
	CT_POSIX(n = kevent64(kq, NULL, 0, &got, 1, KEVENT_FLAG_IMMEDIATE,
	    NULL));
	return (n);
}

CT_CASE(reports_the_port_that_has_a_message)
{
	mach_port_t port, set;
	int kq;

	kq = queue();
	set = ct_pset();
	port = ct_port_send();
	CT_EQ(change(kq, set, EV_ADD), 0);
	CT_EQ(next(kq), 0);
	CT_OK(mach_port_insert_member(SELF, port, set));
	CT_EQ(next(kq), 0);
	ct_send_id(port, 1);
	CT_EQ(next(kq), 1);
	CT_EQ(got.filter, EVFILT_MACHPORT);
	CT_EQ(got.ident, set);
	CT_EQ(got.data, port);
	CT_EQ(got.fflags, 0);
	CT_EQ(got.udata, 0x1234);
	CT_EQ(next(kq), 1);
	ct_recv_id(set, 1);
	CT_EQ(next(kq), 0);
	CT_EQ(change(kq, set, EV_DELETE), 0);
	CT_EQ(change(kq, set, EV_DELETE), ENOENT);
	CT_EQ(change(kq, port, EV_ADD), 0);
	ct_send_id(port, 2);
	CT_EQ(next(kq), 1);
	CT_EQ(got.ident, port);
}

CT_CASE(all_three_forms_of_kevent_know_it)
{
	struct kevent kev;
	struct kevent_qos_s qos;
	mach_port_t port;
	int kq;

	kq = queue();
	port = ct_port_send();
	EV_SET(&kev, port, EVFILT_MACHPORT, EV_ADD, 0, 0, NULL);
	CT_EQ(kevent(kq, &kev, 1, NULL, 0, &none), 0);
	ct_send_id(port, 1);
	memset(&kev, 0, sizeof(kev));
	CT_EQ(kevent(kq, NULL, 0, &kev, 1, NULL), 1);
	CT_EQ(kev.filter, EVFILT_MACHPORT);
	CT_EQ(kev.data, port);
	memset(&qos, 0, sizeof(qos));
	CT_EQ(kevent_qos(kq, NULL, 0, &qos, 1, NULL, NULL, 0), 1);
	CT_EQ(qos.filter, EVFILT_MACHPORT);
	CT_EQ(qos.data, port);
	qos.flags = EV_DELETE;
	CT_EQ(kevent_qos(kq, &qos, 1, NULL, 0, NULL, NULL,
	    KEVENT_FLAG_ERROR_EVENTS), 0);
	CT_EQ(kevent_qos(kq, &qos, 1, &qos, 1, NULL, NULL,
	    KEVENT_FLAG_ERROR_EVENTS), 1);
	CT_EQ(qos.flags & EV_ERROR, EV_ERROR);
	CT_EQ(qos.data, ENOENT);
	CT_EQ(kevent_qos(kq, NULL, 0, &qos, 1, &kev, NULL, 0), -1);
	CT_EQ(errno, ENOTSUP);
	CT_EQ(kevent64(kq, NULL, 0, &got, 1, 0x40, NULL), -1);
	CT_EQ(errno, EINVAL);
}

CT_CASE(other_filters_are_left_alone)
{
	struct kevent kev[2];
	mach_port_t port;
	int fds[2], kq;

	kq = queue();
	port = ct_port_send();
	CT_POSIX(pipe(fds));
	EV_SET(&kev[0], fds[0], EVFILT_READ, EV_ADD, 0, 0, NULL);
	EV_SET(&kev[1], port, EVFILT_MACHPORT, EV_ADD, 0, 0, NULL);
	CT_EQ(kevent(kq, kev, 2, NULL, 0, &none), 0);
	CT_EQ(write(fds[1], "x", 1), 1);
	ct_send_id(port, 1);
	CT_EQ(kevent(kq, NULL, 0, kev, 2, &none), 2);
	CT_EQ(kev[0].filter, EVFILT_READ);
	CT_EQ(kev[1].filter, EVFILT_MACHPORT);
}

CT_CASE(names_of_other_things_are_refused)
{
	mach_port_t port;
	int kq;

	kq = queue();
	CT_EQ(change(kq, ct_free_name(), EV_ADD), ENOENT);
	CT_EQ(change(kq, MACH_PORT_NULL, EV_ADD), ENOENT);
	CT_EQ(change(kq, MACH_PORT_DEAD, EV_ADD), ENOENT);
	CT_EQ(change(kq, mach_task_self(), EV_ADD), ENOTSUP);
	CT_EQ(change(kq, ct_dead_name(), EV_ADD), ENOTSUP);
	port = ct_port();
	CT_EQ(change(kq, port, EV_ENABLE), ENOENT);
}

CT_CASE(flags_are_those_of_kqueue)
{
	mach_port_t port;
	int kq;

	kq = queue();
	port = ct_port_send();
	CT_EQ(change(kq, port, EV_ADD | EV_CLEAR), 0);
	ct_send_id(port, 1);
	CT_EQ(next(kq), 1);
	CT_EQ(next(kq), 0);
	ct_send_id(port, 2);
	CT_EQ(next(kq), 1);
	CT_EQ(change(kq, port, EV_DELETE), 0);
	CT_EQ(change(kq, port, EV_ADD | EV_DISPATCH), 0);
	CT_EQ(next(kq), 1);
	CT_EQ(next(kq), 0);
	CT_EQ(change(kq, port, EV_ENABLE), 0);
	CT_EQ(next(kq), 1);
	CT_EQ(change(kq, port, EV_DELETE), 0);
	CT_EQ(change(kq, port, EV_ADD | EV_ONESHOT), 0);
	CT_EQ(next(kq), 1);
	CT_EQ(next(kq), 0);
	CT_EQ(change(kq, port, EV_DELETE), ENOENT);
	CT_EQ(change(kq, port, EV_ADD | EV_DISABLE), 0);
	CT_EQ(next(kq), 0);
	CT_EQ(change(kq, port, EV_ENABLE), 0);
	CT_EQ(next(kq), 1);
	CT_EQ(change(kq, port, EV_DISABLE), 0);
	CT_EQ(next(kq), 0);
}

CT_CASE(receives_into_the_buffer)
{
	struct ct_msg m;
	mach_port_t port, set;
	int flags, i, kq;

	kq = queue();
	set = ct_pset();
	port = ct_port_send();
	CT_OK(mach_port_insert_member(SELF, port, set));
	for (flags = 0; flags <= EV_CLEAR; flags += EV_CLEAR) {
		CT_EQ(change_full(kq, set, EV_ADD | flags, MACH_RCV_MSG, &m,
		    sizeof(m)), 0);
		for (i = 0; i < 4; i++)
			ct_send_id(port, 10 + i);
		for (i = 0; i < 4; i++) {
			CT_EQ(next(kq), 1);
			CT_EQ(got.fflags, MACH_MSG_SUCCESS);
			CT_EQ(got.ident, set);
			CT_EQ(got.data, MACH_PORT_NULL);
			CT_EQ(got.ext[1], sizeof(m.hdr) +
			    sizeof(mach_msg_trailer_t));
			CT_EQ(m.hdr.msgh_id, 10 + i);
			CT_EQ(m.hdr.msgh_local_port, port);
		}
		CT_EQ(next(kq), 0);
		CT_EQ(change(kq, set, EV_DELETE), 0);
	}
}

CT_CASE(a_message_too_large_for_the_buffer_is_kept_when_asked)
{
	struct ct_msg m;
	mach_port_t port;
	int kq;

	kq = queue();
	port = ct_port_send();
	CT_EQ(change_full(kq, port, EV_ADD | EV_DISPATCH, MACH_RCV_MSG |
	    MACH_RCV_LARGE | MACH_RCV_LARGE_IDENTITY, &m, 12), 0);
	ct_send_id(port, 1);
	CT_EQ(next(kq), 1);
	CT_EQ(got.fflags, MACH_RCV_TOO_LARGE);
	CT_EQ(got.data, port);
	CT_EQ(got.ext[1], sizeof(m.hdr));
	CT_EQ(change_full(kq, port, EV_ENABLE, MACH_RCV_MSG, &m, sizeof(m)),
	    0);
	CT_EQ(next(kq), 1);
	CT_EQ(got.fflags, MACH_MSG_SUCCESS);
	CT_EQ(m.hdr.msgh_id, 1);
	/* No buffer: as if asked. */
	CT_EQ(change_full(kq, port, EV_ENABLE, MACH_RCV_MSG, NULL, 0), 0);
	ct_send_id(port, 2);
	CT_EQ(next(kq), 1);
	CT_EQ(got.fflags, MACH_RCV_TOO_LARGE);
	CT_EQ(got.data, port);
	ct_recv_id(port, 2);
}

CT_CASE(a_buffer_that_is_not_there_loses_the_message_and_nothing_else)
{
	mach_port_t port;
	int kq;

	kq = queue();
	port = ct_port_send();
	CT_EQ(change_full(kq, port, EV_ADD, MACH_RCV_MSG, (void *)8, 4096), 0);
	ct_send_id(port, 1);
	CT_EQ(next(kq), 1);
	CT_EQ(got.fflags, MACH_RCV_INVALID_DATA);
	CT_EQ(next(kq), 0);
}

CT_CASE(one_message_is_received_with_oneshot)
{
	struct ct_msg m;
	mach_port_t port;
	int kq;

	kq = queue();
	port = ct_port_send();
	CT_EQ(change_full(kq, port, EV_ADD | EV_ONESHOT, MACH_RCV_MSG, &m,
	    sizeof(m)), 0);
	ct_send_id(port, 1);
	ct_send_id(port, 2);
	CT_EQ(next(kq), 1);
	CT_EQ(m.hdr.msgh_id, 1);
	CT_EQ(next(kq), 0);
	CT_EQ(change(kq, port, EV_DELETE), ENOENT);
	ct_recv_id(port, 2);
}

CT_CASE(receiving_cannot_be_begun_or_ended_by_a_change)
{
	struct kevent64_s kev;
	struct ct_msg m;
	mach_port_t port;
	int kq;

	kq = queue();
	port = ct_port_send();
	CT_EQ(change(kq, port, EV_ADD), 0);
	CT_EQ(change_full(kq, port, EV_ADD, MACH_RCV_MSG, &m, sizeof(m)),
	    EINVAL);
	/* With room for events it is one, as every error of a change. */
	EV_SET64(&kev, port, EVFILT_MACHPORT, EV_ADD, MACH_RCV_MSG, 0, 0,
	    (uint64_t)(uintptr_t)&m, sizeof(m));
	CT_EQ(kevent64(kq, &kev, 1, &got, 1, KEVENT_FLAG_IMMEDIATE, NULL), 1);
	CT_EQ(got.flags & EV_ERROR, EV_ERROR);
	CT_EQ(got.data, EINVAL);
	CT_EQ(next(kq), 0);
	ct_send_id(port, 1);
	CT_EQ(next(kq), 1);
	CT_EQ(got.data, port);
}

CT_CASE(the_end_of_the_right_is_reported_once)
{
	struct ct_msg m;
	mach_port_t port, set;
	int kq;

	kq = queue();
	port = ct_port_send();
	set = ct_pset();
	CT_EQ(change(kq, port, EV_ADD | EV_CLEAR), 0);
	ct_send_id(port, 1);
	ct_destroy_receive(port);
	CT_EQ(next(kq), 1);
	CT_EQ(got.ident, port);
	CT_EQ(got.flags & EV_EOF, EV_EOF);
	CT_EQ(next(kq), 0);
	CT_EQ(change_full(kq, set, EV_ADD | EV_DISPATCH2 | EV_VANISHED,
	    MACH_RCV_MSG, &m, sizeof(m)), 0);
	CT_OK(mach_port_mod_refs(SELF, set, MACH_PORT_RIGHT_PORT_SET, -1));
	CT_EQ(next(kq), 1);
	CT_EQ(got.flags & (EV_EOF | EV_VANISHED), EV_EOF | EV_VANISHED);
	CT_EQ(next(kq), 0);
}

CT_CASE(a_right_that_moves_away_ends_the_registration)
{
	struct ct_complex c;
	mach_port_t port, to;
	int kq;

	kq = queue();
	port = ct_port_send();
	to = ct_port_send();
	CT_EQ(change(kq, port, EV_ADD), 0);
	ct_complex_init(&c, to, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0), 1,
	    5);
	c.d.port[0].name = port;
	c.d.port[0].disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	c.d.port[0].type = MACH_MSG_PORT_DESCRIPTOR;
	CT_OK(ct_complex_send(&c, 0, 0));
	ct_send_id(port, 1);
	CT_EQ(next(kq), 1);
	CT_EQ(got.flags & EV_EOF, EV_EOF);
	CT_OK(ct_complex_recv(to, &c, 0));
	CT_EQ(next(kq), 0);
	CT_EQ(change(kq, port, EV_ADD), 0);
	CT_EQ(next(kq), 1);
}

CT_CASE(a_later_right_of_the_name_is_registered_anew)
{
	struct ct_msg m;
	mach_port_t name;
	int i, kq;

	kq = queue();
	for (i = 0; i < 300; i++) {
		name = ct_pset();
		CT_EQ(change(kq, name, EV_ADD | (i % 3 == 1 ? EV_DISABLE :
		    0)), 0);
		CT_OK(mach_port_mod_refs(SELF, name, MACH_PORT_RIGHT_PORT_SET,
		    -1));
		CT_OK(mach_port_allocate_name(SELF, MACH_PORT_RIGHT_RECEIVE,
		    name));
		ct_make_send(name);
		CT_EQ(change_full(kq, name, EV_ADD, MACH_RCV_MSG, &m,
		    sizeof(m)), 0);
		CT_EQ(next(kq), 0);
		ct_send_id(name, 100 + i);
		CT_EQ(next(kq), 1);
		CT_EQ(got.flags & EV_EOF, 0);
		CT_EQ(m.hdr.msgh_id, 100 + i);
		CT_EQ(change(kq, name, EV_DELETE), 0);
		ct_destroy_receive(name);
	}
}

/* A thread that makes its first Mach call in kevent(2). */
static void *
waiter(void *arg)
{
	struct kevent64_s kev;
	int *kqp = arg;
	int n;

	n = kevent64(*kqp, NULL, 0, &kev, 1, 0, NULL);
	return ((void *)(intptr_t)(n == 1 && kev.fflags == 0));
}

CT_CASE(a_thread_that_never_was_in_mach_may_receive)
{
	struct ct_msg m;
	mach_port_t port;
	pthread_t thread;
	void *ok;
	int i, kq;

	kq = queue();
	port = ct_port_send();
	CT_EQ(change_full(kq, port, EV_ADD, MACH_RCV_MSG, &m, sizeof(m)), 0);
	for (i = 0; i < 50; i++) {
		CT_EQ(pthread_create(&thread, NULL, waiter, &kq), 0);
		ct_send_id(port, i);
		CT_EQ(pthread_join(thread, &ok), 0);
		CT_TRUE(ok != NULL);
		CT_EQ(m.hdr.msgh_id, i);
	}
}

CT_CASE(poll_on_the_kqueue_and_a_kqueue_in_a_kqueue_see_it)
{
	struct pollfd pfd;
	struct kevent kev;
	mach_port_t port;
	int kq, outer;

	kq = queue();
	outer = queue();
	port = ct_port_send();
	CT_EQ(change(kq, port, EV_ADD), 0);
	EV_SET(&kev, kq, EVFILT_READ, EV_ADD, 0, 0, NULL);
	CT_EQ(kevent(outer, &kev, 1, NULL, 0, &none), 0);
	pfd.fd = kq;
	pfd.events = POLLIN;
	CT_EQ(poll(&pfd, 1, 0), 0);
	ct_send_id(port, 1);
	CT_EQ(poll(&pfd, 1, CT_SOON_MS), 1);
	CT_EQ(kevent(outer, NULL, 0, &kev, 1, NULL), 1);
	CT_EQ(kev.ident, kq);
}

CT_CASE(the_descriptor_of_a_set_works_with_evfilt_read)
{
	struct kevent kev;
	mach_port_t port, set;
	int fd, kq;

	kq = queue();
	set = ct_pset();
	port = ct_port_send();
	CT_OK(mach_port_insert_member(SELF, port, set));
	CT_OK(mach_pset_fd(SELF, set, MACH_PSET_FD_CLOEXEC, &fd));
	EV_SET(&kev, fd, EVFILT_WRITE, EV_ADD, 0, 0, NULL);
	CT_EQ(kevent(kq, &kev, 1, NULL, 0, &none), -1);
	EV_SET(&kev, fd, EVFILT_READ, EV_ADD, 0, 0, NULL);
	CT_EQ(kevent(kq, &kev, 1, NULL, 0, &none), 0);
	CT_EQ(kevent(kq, NULL, 0, &kev, 1, &none), 0);
	ct_send_id(port, 1);
	CT_EQ(kevent(kq, NULL, 0, &kev, 1, NULL), 1);
	CT_EQ(kev.ident, fd);
	CT_EQ(kev.flags & EV_EOF, 0);
	ct_recv_id(set, 1);
	CT_EQ(kevent(kq, NULL, 0, &kev, 1, &none), 0);
	CT_OK(mach_port_mod_refs(SELF, set, MACH_PORT_RIGHT_PORT_SET, -1));
	CT_EQ(kevent(kq, NULL, 0, &kev, 1, NULL), 1);
	CT_EQ(kev.flags & EV_EOF, EV_EOF);
	CT_POSIX(close(fd));
	CT_EQ(kevent(kq, NULL, 0, &kev, 1, &none), 0);
}

CT_CASE(an_exit_with_registrations_leaves_nothing)
{
	struct ct_msg m;
	mach_port_t port, set;
	pid_t pid;
	int i, kq;

	for (i = 0; i < 20; i++) {
		pid = ct_fork();
		if (pid == 0) {
			kq = queue();
			set = ct_pset();
			port = ct_port_send();
			CT_OK(mach_port_insert_member(SELF, port, set));
			CT_EQ(change(kq, set, EV_ADD), 0);
			CT_EQ(change_full(kq, port, EV_ADD, MACH_RCV_MSG, &m,
			    sizeof(m)), 0);
			ct_send_id(port, 1);
			if (i % 2 == 0)
				CT_EQ(close(kq), 0);
			ct_child_exit();
		}
		ct_wait(pid);
	}
}

#endif /* MACH_HAVE_KEVENT */
