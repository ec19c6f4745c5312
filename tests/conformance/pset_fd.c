/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Port sets as file descriptors.
 */

#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include <mach/port_set_fd.h>

#include "ctmach.h"

static int
set_fd(mach_port_t set)
{
	int fd;

	fd = -1;
	CT_OK(mach_pset_fd(SELF, set, MACH_PSET_FD_CLOEXEC, &fd));
	CT_TRUE(fd >= 0);
	return (fd);
}

static bool
readable(int fd, int ms)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	int n;

	n = poll(&pfd, 1, ms);
	CT_POSIX(n);
	return (n == 1 && (pfd.revents & POLLIN) != 0);
}

static mach_port_t
member(mach_port_t set)
{
	mach_port_t port;

	port = ct_port_send();
	CT_OK(mach_port_insert_member(SELF, port, set));
	return (port);
}

CT_CASE(is_readable_while_a_message_waits)
{
	struct ct_msg m;
	mach_port_t a, b, set;
	int fd;

	set = ct_pset();
	fd = set_fd(set);
	a = member(set);
	b = member(set);
	CT_TRUE(!readable(fd, 0));
	ct_send_id(a, 1);
	ct_send_id(b, 2);
	ct_send_id(b, 3);
	CT_TRUE(readable(fd, 0));
	CT_OK(ct_recv(set, &m, 0));
	CT_OK(ct_recv(set, &m, 0));
	CT_TRUE(readable(fd, 0));
	CT_OK(ct_recv(set, &m, 0));
	CT_TRUE(!readable(fd, 0));
	ct_send_id(a, 4);
	CT_TRUE(readable(fd, 0));
	CT_OK(ct_recv(a, &m, 0));
	CT_TRUE(!readable(fd, 0));
	CT_POSIX(close(fd));
}

CT_CASE(sees_what_was_there_before_it)
{
	mach_port_t set;
	int fd;

	set = ct_pset();
	ct_send_id(member(set), 1);
	fd = set_fd(set);
	CT_TRUE(readable(fd, 0));
}

CT_CASE(follows_members_that_join_and_leave)
{
	mach_port_t other, port, set;
	int fd, fd2;

	set = ct_pset();
	other = ct_pset();
	fd = set_fd(set);
	fd2 = set_fd(other);
	port = ct_port_send();
	ct_send_id(port, 1);
	CT_TRUE(!readable(fd, 0));
	CT_OK(mach_port_move_member(SELF, port, set));
	CT_TRUE(readable(fd, 0));
	CT_OK(mach_port_move_member(SELF, port, other));
	CT_TRUE(!readable(fd, 0));
	CT_TRUE(readable(fd2, 0));
	ct_destroy_receive(port);
	CT_TRUE(!readable(fd2, 0));
}

CT_CASE(stays_readable_when_the_set_is_gone)
{
	mach_port_t set;
	int fd;

	set = ct_pset();
	fd = set_fd(set);
	CT_TRUE(!readable(fd, 0));
	CT_OK(mach_port_mod_refs(SELF, set, MACH_PORT_RIGHT_PORT_SET, -1));
	CT_TRUE(readable(fd, 0));
	CT_TRUE(readable(fd, 0));
}

static void *
send_soon(void *arg)
{
	struct ct_gate *gate = arg;
	mach_port_t port;

	port = (mach_port_t)ct_gate_get(gate);
	ct_send_id(port, 9);
	return (NULL);
}

CT_CASE(wakes_poll_and_select)
{
	struct ct_gate gate;
	struct ct_msg m;
	mach_port_t port, set;
	pthread_t thread;
	fd_set fds;
	int fd, i;

	set = ct_pset();
	port = member(set);
	fd = set_fd(set);
	ct_gate_init(&gate);
	for (i = 0; i < 20; i++) {
		CT_EQ(pthread_create(&thread, NULL, send_soon, &gate), 0);
		ct_gate_put(&gate, port);
		if (i % 2 == 0)
			CT_TRUE(readable(fd, CT_SOON_MS));
		else {
			FD_ZERO(&fds);
			FD_SET(fd, &fds);
			CT_EQ(select(fd + 1, &fds, NULL, NULL, NULL), 1);
		}
		CT_OK(ct_recv(set, &m, 0));
		CT_TRUE(!readable(fd, 0));
		CT_EQ(pthread_join(thread, NULL), 0);
	}
}

CT_CASE(cannot_be_read_or_written)
{
	struct stat st;
	mach_port_t set;
	char c;
	int fd;

	set = ct_pset();
	ct_send_id(member(set), 1);
	fd = set_fd(set);
	c = 0;
	CT_EQ(read(fd, &c, 1), -1);
	CT_EQ(write(fd, &c, 1), -1);
	CT_POSIX(fstat(fd, &st));
	CT_TRUE(readable(fd, 0));
}

CT_CASE(every_call_makes_a_descriptor_of_the_same_set)
{
	mach_port_t set;
	int fd[8], i;

	set = ct_pset();
	for (i = 0; i < 8; i++)
		fd[i] = set_fd(set);
	ct_send_id(member(set), 1);
	for (i = 0; i < 8; i++) {
		CT_TRUE(readable(fd[i], 0));
		CT_POSIX(close(fd[i]));
	}
	ct_recv_id(set, 1);
}

CT_CASE(close_on_exec_is_chosen_by_the_flag)
{
	mach_port_t set;
	int fd;

	set = ct_pset();
	fd = set_fd(set);
	CT_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CT_OK(mach_pset_fd(SELF, set, 0, &fd));
	CT_EQ(fcntl(fd, F_GETFD), 0);
}

CT_CASE(may_be_waited_for_by_another_process)
{
	struct ct_gate gate;
	mach_port_t port, set;
	pid_t pid;
	int fd;

	set = ct_pset();
	port = member(set);
	fd = set_fd(set);
	ct_gate_init(&gate);
	pid = ct_fork();
	if (pid == 0) {
		CT_TRUE(!readable(fd, 0));
		ct_gate_open(&gate);
		CT_TRUE(readable(fd, CT_SOON_MS));
		ct_child_exit();
	}
	ct_gate_wait(&gate);
	ct_send_id(port, 1);
	ct_wait(pid);
}

CT_CASE(outlives_the_process_that_made_it)
{
	union {
		struct cmsghdr	align;
		char		buf[CMSG_SPACE(sizeof(int))];
	} control;
	struct cmsghdr *cmsg;
	struct iovec iov;
	struct msghdr msg;
	pid_t pid;
	char c;
	int fd, sv[2];

	CT_POSIX(socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
	memset(&msg, 0, sizeof(msg));
	c = 0;
	iov.iov_base = &c;
	iov.iov_len = 1;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = control.buf;
	msg.msg_controllen = sizeof(control.buf);
	pid = ct_fork();
	if (pid == 0) {
		fd = set_fd(ct_pset());
		cmsg = CMSG_FIRSTHDR(&msg);
		cmsg->cmsg_level = SOL_SOCKET;
		cmsg->cmsg_type = SCM_RIGHTS;
		cmsg->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
		CT_EQ(sendmsg(sv[0], &msg, 0), 1);
		CT_EQ(read(sv[0], &c, 1), 1);
		ct_child_exit();
	}
	CT_EQ(recvmsg(sv[1], &msg, 0), 1);
	cmsg = CMSG_FIRSTHDR(&msg);
	CT_TRUE(cmsg != NULL);
	memcpy(&fd, CMSG_DATA(cmsg), sizeof(fd));
	CT_TRUE(!readable(fd, 0));
	CT_EQ(write(sv[1], &c, 1), 1);
	ct_wait(pid);
	CT_TRUE(readable(fd, CT_SOON_MS));
	CT_POSIX(close(fd));
}

CT_CASE(bad_arguments_are_refused)
{
	mach_port_t port, set;
	int fd;

	port = ct_port_send();
	set = ct_pset();
	fd = -1;
	CT_KR(mach_pset_fd(SELF, port, 0, &fd), KERN_INVALID_RIGHT);
	CT_KR(mach_pset_fd(SELF, ct_free_name(), 0, &fd), KERN_INVALID_NAME);
	CT_KR(mach_pset_fd(SELF, MACH_PORT_NULL, 0, &fd), KERN_INVALID_NAME);
	CT_KR(mach_pset_fd(SELF, MACH_PORT_DEAD, 0, &fd), KERN_INVALID_NAME);
	CT_KR(mach_pset_fd(SELF, set, 2, &fd), KERN_INVALID_ARGUMENT);
	CT_KR(mach_pset_fd(SELF, set, 0, NULL), KERN_INVALID_ARGUMENT);
	CT_NE(mach_pset_fd(port, set, 0, &fd), KERN_SUCCESS);
	CT_EQ(fd, -1);
}

CT_CASE(sets_with_a_descriptor_are_limited)
{
	kern_return_t kr;
	mach_port_t set[1200];
	int fd, i, n;

	kr = KERN_SUCCESS;
	for (n = 0; n < 1200 && kr == KERN_SUCCESS; n++) {
		set[n] = ct_pset();
		kr = mach_pset_fd(SELF, set[n], 0, &fd);
		if (kr == KERN_SUCCESS)
			CT_POSIX(close(fd));
	}
	CT_KR(kr, KERN_RESOURCE_SHORTAGE);
	ct_note("%d sets had one", n - 1);
	for (i = 0; i < n; i++)
		CT_OK(mach_port_mod_refs(SELF, set[i],
		    MACH_PORT_RIGHT_PORT_SET, -1));
	CT_OK(mach_pset_fd(SELF, ct_pset(), 0, &fd));
}
