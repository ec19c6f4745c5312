/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fileports: open files as send rights.
 */

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <sys/fileport.h>

#include "ct.h"
#include "ctmach.h"

/* POSIX: -1 and that errno. */
#define	FAILS(expr, code) do {						\
	errno = 0;							\
	CT_EQ(expr, -1);						\
	CT_EQ(errno, code);						\
} while (0)

static fileport_t
make(int fd)
{
	fileport_t port;

	port = MACH_PORT_NULL;
	CT_POSIX(fileport_makeport(fd, &port));
	CT_TRUE(MACH_PORT_VALID(port));
	return (port);
}

static int
open_port(fileport_t port)
{
	int fd;

	fd = fileport_makefd(port);
	CT_POSIX(fd);
	return (fd);
}

static void
release(fileport_t port)
{

	CT_OK(mach_port_deallocate(SELF, port));
}

static void
put(int fd, const char *s)
{

	CT_EQ(write(fd, s, strlen(s)), strlen(s));
}

static void
expect(int fd, const char *s)
{
	char buf[64];

	memset(buf, 0, sizeof(buf));
	CT_EQ(read(fd, buf, sizeof(buf) - 1), strlen(s));
	CT_EQ(strcmp(buf, s), 0);
}

/* The other end is closed, soon. */
static void
expect_end(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	char c;

	CT_EQ(poll(&pfd, 1, CT_SOON_MS), 1);
	CT_EQ(read(fd, &c, 1), 0);
}

static void
expect_open(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	CT_EQ(poll(&pfd, 1, 0), 0);
}

CT_CASE(a_descriptor_made_of_a_fileport_is_of_the_same_open_file)
{
	fileport_t port;
	FILE *file;
	int a, b;

	file = tmpfile();
	CT_TRUE(file != NULL);
	a = fileno(file);
	port = make(a);
	b = open_port(port);
	CT_NE(a, b);
	/* One offset, one set of flags. */
	put(a, "hello");
	CT_EQ(lseek(b, 0, SEEK_CUR), 5);
	CT_EQ(lseek(b, 1, SEEK_SET), 1);
	expect(a, "ello");
	CT_POSIX(fcntl(b, F_SETFL, O_APPEND));
	CT_TRUE((fcntl(a, F_GETFL) & O_APPEND) != 0);
	CT_POSIX(close(a));
	CT_POSIX(close(b));
	a = open_port(port);
	CT_TRUE((fcntl(a, F_GETFL) & O_APPEND) != 0);
	CT_EQ(lseek(a, 0, SEEK_CUR), 5);
}

CT_CASE(the_new_descriptor_is_the_lowest_and_closed_on_exec)
{
	fileport_t port;
	int fd, low;

	port = make(0);
	low = open("/dev/null", O_RDONLY);
	CT_POSIX(low);
	CT_POSIX(close(low));
	fd = open_port(port);
	CT_EQ(fd, low);
	CT_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CT_POSIX(fcntl(0, F_GETFD));
}

CT_CASE(each_call_makes_a_new_fileport_with_one_reference)
{
	fileport_t a, b;

	a = make(0);
	b = make(0);
	CT_NE(a, b);
	CT_EQ(ct_type(a), MACH_PORT_TYPE_SEND);
	CT_EQ(ct_refs(a, MACH_PORT_RIGHT_SEND), 1);
	release(a);
	CT_EQ(ct_type(a), 0);
	CT_POSIX(close(open_port(b)));
	CT_EQ(ct_refs(b, MACH_PORT_RIGHT_SEND), 1);
}

CT_CASE(the_file_is_closed_with_the_last_right)
{
	fileport_t port;
	int fds[2], k;

	for (k = 0; k < 3; k++) {
		CT_POSIX(pipe(fds));
		port = make(fds[1]);
		CT_POSIX(close(fds[1]));
		CT_OK(mach_port_mod_refs(SELF, port, MACH_PORT_RIGHT_SEND, 2));
		CT_OK(mach_port_mod_refs(SELF, port, MACH_PORT_RIGHT_SEND,
		    -1));
		release(port);
		expect_open(fds[0]);
		if (k == 0)
			release(port);
		else if (k == 1)
			CT_OK(mach_port_destroy(SELF, port));
		else
			CT_OK(mach_port_mod_refs(SELF, port,
			    MACH_PORT_RIGHT_SEND, -1));
		expect_end(fds[0]);
		FAILS(fileport_makefd(port), EINVAL);
		CT_POSIX(close(fds[0]));
	}
}

CT_CASE(a_fileport_in_a_message_keeps_the_file)
{
	mach_port_t carrier;
	fileport_t port;
	int fd, fds[2];

	carrier = ct_port_send();
	CT_POSIX(pipe(fds));
	port = make(fds[1]);
	CT_POSIX(close(fds[1]));
	ct_send_right(carrier, port, MACH_MSG_TYPE_MOVE_SEND);
	CT_EQ(ct_type(port), 0);
	expect_open(fds[0]);
	port = ct_recv_right(carrier, NULL);
	fd = open_port(port);
	put(fd, "through");
	expect(fds[0], "through");
	release(port);
	CT_POSIX(close(fd));
	expect_end(fds[0]);

	/* A message that nobody receives. */
	CT_POSIX(pipe(fds));
	port = make(fds[1]);
	CT_POSIX(close(fds[1]));
	ct_send_right(carrier, port, MACH_MSG_TYPE_MOVE_SEND);
	ct_destroy_receive(carrier);
	expect_end(fds[0]);
}

CT_CASE(another_task_makes_a_descriptor_of_it)
{
	mach_port_t carrier;
	fileport_t port;
	int fd, fds[2], sv[2];
	pid_t pid;

	carrier = ct_port();
	ct_bequeath(carrier);
	pid = ct_fork();
	if (pid == 0) {
		CT_POSIX(pipe(fds));
		CT_POSIX(socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
		carrier = ct_inherited();
		port = make(fds[0]);
		ct_send_right(carrier, port, MACH_MSG_TYPE_COPY_SEND);
		ct_send_right(carrier, make(sv[0]), MACH_MSG_TYPE_MOVE_SEND);
		put(fds[1], "from the child");
		expect(sv[1], "from the parent");
		ct_child_exit();
	}
	port = ct_recv_right(carrier, NULL);
	fd = open_port(port);
	expect(fd, "from the child");
	fds[0] = open_port(ct_recv_right(carrier, NULL));
	put(fds[0], "from the parent");
	ct_wait(pid);
	/* All that is left is ours. */
	expect_end(fds[0]);
	expect_end(fd);
	CT_POSIX(close(fd));
	expect_end(open_port(port));
}

CT_CASE(nothing_stays_open_for_a_task_that_is_killed)
{
	struct ct_gate gate;
	mach_port_t carrier;
	int fds[2];
	pid_t pid;

	carrier = ct_port();
	ct_bequeath(carrier);
	CT_POSIX(pipe(fds));
	ct_gate_init(&gate);
	pid = ct_fork();
	if (pid == 0) {
		carrier = ct_inherited();
		(void)make(fds[1]);
		ct_send_right(carrier, make(fds[1]), MACH_MSG_TYPE_MOVE_SEND);
		ct_gate_open(&gate);
		for (;;)
			(void)pause();
	}
	CT_POSIX(close(fds[1]));
	ct_gate_wait(&gate);
	CT_POSIX(kill(pid, SIGKILL));
	ct_wait_signal(pid, SIGKILL);
	/* In the message it lives on. */
	expect_open(fds[0]);
	release(ct_recv_right(carrier, NULL));
	expect_end(fds[0]);
}

CT_CASE(an_exec_gives_up_the_fileports_and_a_fork_does_not_inherit_them)
{
	struct ct_gate gate, made;
	fileport_t port;
	int fds[2];
	pid_t pid;

	CT_POSIX(pipe(fds));
	ct_gate_init(&gate);
	ct_gate_init(&made);
	pid = ct_fork();
	if (pid == 0) {
		port = make(fds[1]);
		CT_POSIX(close(fds[1]));
		CT_POSIX(close(fds[0]));
		pid = ct_fork();
		if (pid == 0) {
			FAILS(fileport_makefd(port), EINVAL);
			ct_child_exit();
		}
		ct_wait(pid);
		ct_gate_open(&made);
		ct_gate_wait(&gate);
		/* Waits for ever: the gate lets one through. */
		CT_POSIX(dup2(gate.fds[0], 0));
		(void)execl("/bin/sh", "sh", "-c", "read x", (char *)NULL);
		_exit(127);
	}
	CT_POSIX(close(fds[1]));
	ct_gate_wait(&made);
	expect_open(fds[0]);
	ct_gate_open(&gate);
	expect_end(fds[0]);
	/* It is the exec that did it, not the process's end. */
	CT_EQ(waitpid(pid, NULL, WNOHANG), 0);
	CT_POSIX(kill(pid, SIGKILL));
	ct_wait_signal(pid, SIGKILL);
}

CT_CASE(what_is_no_open_descriptor_is_EBADF)
{
	fileport_t port;
	unsigned names;
	int fds[2];

	CT_POSIX(pipe(fds));
	CT_POSIX(close(fds[0]));
	names = ct_names();
	port = 77;
	FAILS(fileport_makeport(fds[0], &port), EBADF);
	FAILS(fileport_makeport(-1, &port), EBADF);
	FAILS(fileport_makeport(1000000, &port), EBADF);
	CT_EQ(port, 77);
	CT_EQ(ct_names(), names);
}

CT_CASE(a_result_that_cannot_be_written_is_EFAULT)
{
	int fds[2];
	unsigned names;

	CT_POSIX(pipe(fds));
	names = ct_names();
	FAILS(fileport_makeport(fds[1], (fileport_t *)8), EFAULT);
	CT_EQ(ct_names(), names);
	CT_POSIX(close(fds[1]));
	expect_end(fds[0]);
}

CT_CASE(what_is_no_fileport_is_EINVAL)
{
	mach_port_t p;

	p = ct_port_send();
	FAILS(fileport_makefd(MACH_PORT_NULL), EINVAL);
	FAILS(fileport_makefd(MACH_PORT_DEAD), EINVAL);
	FAILS(fileport_makefd(p), EINVAL);
	FAILS(fileport_makefd(ct_pset()), EINVAL);
	FAILS(fileport_makefd(ct_dead_name()), EINVAL);
	FAILS(fileport_makefd(ct_free_name()), EINVAL);
	FAILS(fileport_makefd(ct_send_once(p)), EINVAL);
	FAILS(fileport_makefd(mach_task_self()), EINVAL);
	FAILS(fileport_makefd(mach_host_self()), EINVAL);
}

CT_CASE(a_full_table_of_descriptors_is_EMFILE)
{
	struct rlimit old, rl;
	fileport_t port;
	int fd;

	port = make(0);
	CT_POSIX(getrlimit(RLIMIT_NOFILE, &old));
	rl = old;
	rl.rlim_cur = 64;
	CT_POSIX(setrlimit(RLIMIT_NOFILE, &rl));
	while ((fd = open("/dev/null", O_RDONLY)) != -1)
		continue;
	CT_EQ(errno, EMFILE);
	FAILS(fileport_makefd(port), EMFILE);
	FAILS(fileport_makefd(MACH_PORT_NULL), EINVAL);
	/* A port takes no descriptor of ours. */
	release(make(0));
	CT_POSIX(close(63));
	CT_POSIX(close(62));
	fd = open_port(port);
	CT_EQ(fd, 62);
	CT_POSIX(close(fd));
}

CT_CASE(a_message_to_a_fileport_is_answered_as_to_any_kernel_object)
{
	fileport_t port;
	mach_port_t reply;
	struct ct_msg m;

	port = make(0);
	reply = ct_port();
	CT_OK(ct_send(port, reply, MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE), 7, MACH_SEND_TIMEOUT, 0));
	CT_OK(ct_recv(reply, &m, CT_SOON_MS));
	CT_EQ(m.hdr.msgh_id, 107);
	CT_POSIX(close(open_port(port)));
	/* The last right goes with a message. */
	CT_OK(ct_send(port, MACH_PORT_NULL,
	    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND, 0), 8, MACH_SEND_TIMEOUT,
	    0));
	CT_EQ(ct_type(port), 0);
}

CT_CASE(a_right_of_the_right_kind_is_shown_by_the_kobject_call)
{
	mach_vm_address_t addr;
	fileport_t port;
	natural_t type;

	port = make(0);
	CT_OK(mach_port_kobject(SELF, port, &type, &addr));
	CT_EQ(type, 35);
}

CT_CASE(fileports_past_the_limit_are_EAGAIN)
{
	static fileport_t ports[65536];
	fileport_t port;
	unsigned i, n;

	for (n = 0; n < 65536; n++)
		if (fileport_makeport(0, &ports[n]) != 0)
			break;
	CT_TRUE(n > 100 && n < 65536);
	CT_EQ(errno, EAGAIN);
	FAILS(fileport_makeport(0, &port), EAGAIN);
	release(ports[0]);
	/* A closing that another thread does may take a moment. */
	for (i = 0; i < 200 && fileport_makeport(0, &ports[0]) != 0; i++)
		(void)poll(NULL, 0, 10);
	CT_TRUE(i < 200);
	CT_POSIX(close(open_port(ports[n - 1])));
	for (i = 0; i < n; i++)
		release(ports[i]);
}

CT_CASE(one_descriptor_sent_many_times_over)
{
	mach_port_t carrier;
	fileport_t port;
	int fd, fds[2], k;

	carrier = ct_port_send();
	CT_POSIX(pipe(fds));
	for (k = 0; k < 300; k++) {
		port = make(fds[1]);
		ct_send_right(carrier, port, MACH_MSG_TYPE_MOVE_SEND);
		port = ct_recv_right(carrier, NULL);
		fd = open_port(port);
		release(port);
		put(fd, "x");
		expect(fds[0], "x");
		CT_POSIX(close(fd));
	}
	CT_POSIX(close(fds[1]));
	expect_end(fds[0]);
}
