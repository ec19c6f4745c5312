/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Descriptors between machd and its clients.
 *
 * machd takes one out of the client's table with pidfd_getfd(2), which needs
 * the same leave as reading the client's memory.  It gives one over a socket:
 * the client makes a pair, names one end in a trap's arguments and finds the
 * descriptor at the other when the trap has ended.  The connection of the
 * greeting is not used: programs close descriptors they do not know.
 */

#include <sys/socket.h>
#include <sys/syscall.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "machd.h"

#define	DISCARD_STACK	(64 * 1024)

#ifndef SYS_pidfd_getfd
#define	SYS_pidfd_getfd	438
#endif

/* A descriptor of the same open file, close-on-exec; -1 with errno. */
int
fd_take(struct client *cl, int fd)
{

	if (!umem_same_image(cl)) {
		errno = ESRCH;
		return (-1);
	}
	return ((int)syscall(SYS_pidfd_getfd, cl->cl_pidfd, fd, 0));
}

/* `sock` is the client's number of its socket.  0 or an errno value. */
int
fd_give(struct client *cl, int sock, int fd)
{
	union {
		struct cmsghdr	 align;
		char		 buf[CMSG_SPACE(sizeof(int))];
	} control;
	struct cmsghdr *cmsg;
	struct msghdr msg;
	struct iovec iov;
	char byte;
	int error, s;

	s = fd_take(cl, sock);
	if (s < 0)
		return (errno);
	byte = 0;
	memset(&msg, 0, sizeof(msg));
	memset(&control, 0, sizeof(control));
	iov.iov_base = &byte;
	iov.iov_len = sizeof(byte);
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = control.buf;
	msg.msg_controllen = sizeof(control.buf);
	cmsg = CMSG_FIRSTHDR(&msg);
	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
	error = sendmsg(s, &msg, MSG_DONTWAIT | MSG_NOSIGNAL) ==
	    (ssize_t)sizeof(byte) ? 0 : errno;
	(void)close(s);
	return (error);
}

/* The one kind of file that does not go over a socket. */
bool
fd_sendable(int fd)
{
	char path[32], target[32];
	ssize_t n;

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		return (true);
	target[n] = '\0';
	return (strcmp(target, "anon_inode:[io_uring]") != 0);
}

static void *
discard(void *arg)
{

	(void)close((int)(intptr_t)arg);
	return (NULL);
}

/*
 * Close a client's file.  That can take for ever (a file system that the client
 * itself serves, a socket that lingers), so a thread of its own does it.
 */
void
fd_discard(int fd)
{
	pthread_attr_t attr;
	pthread_t thread;
	int error;

	error = pthread_attr_init(&attr);
	if (error == 0) {
		(void)pthread_attr_setstacksize(&attr, DISCARD_STACK);
		(void)pthread_attr_setdetachstate(&attr,
		    PTHREAD_CREATE_DETACHED);
		error = pthread_create(&thread, &attr, discard,
		    (void *)(intptr_t)fd);
		(void)pthread_attr_destroy(&attr);
	}
	if (error != 0)
		(void)close(fd);
}
