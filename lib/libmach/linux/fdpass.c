/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Traps that bring a descriptor back: one of the arguments names a socket of
 * ours, machd sends the descriptor there (kernel/user/machd/fdpass.c).
 */

#include <sys/socket.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <mach/kern_return.h>

#include "../libmach.h"
#include "host_linux.h"

/* The descriptor that waits in the socket, close-on-exec, or -1. */
int
host_receive_fd(int sock)
{
	union {
		struct cmsghdr	 align;
		char		 buf[CMSG_SPACE(sizeof(int))];
	} control;
	struct cmsghdr *cmsg;
	struct msghdr msg;
	struct iovec iov;
	char byte;
	int fd;

	memset(&msg, 0, sizeof(msg));
	iov.iov_base = &byte;
	iov.iov_len = sizeof(byte);
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = control.buf;
	msg.msg_controllen = sizeof(control.buf);
	fd = -1;
	if (recvmsg(sock, &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) <= 0)
		return (-1);
	for (cmsg = CMSG_FIRSTHDR(&msg); cmsg != NULL;
	    cmsg = CMSG_NXTHDR(&msg, cmsg))
		if (cmsg->cmsg_level == SOL_SOCKET &&
		    cmsg->cmsg_type == SCM_RIGHTS &&
		    cmsg->cmsg_len == CMSG_LEN(sizeof(int)))
			memcpy(&fd, CMSG_DATA(cmsg), sizeof(int));
	return (fd);
}

/*
 * args[sockarg] is filled in here.  KERN_RESOURCE_SHORTAGE: no room in the
 * table of descriptors.  On success *fdp is valid.
 */
uint32_t
host_trap_fd(struct mach_host_thread *ht, unsigned number, uint64_t *args,
    unsigned nargs, unsigned sockarg, void *out, size_t outsize, int *fdp)
{
	uint32_t result;
	int sv[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sv) != 0)
		return (KERN_RESOURCE_SHORTAGE);
	args[sockarg] = (uint64_t)sv[1];
	result = host_trap(ht, number, args, nargs, NULL, 0, out, outsize);
	*fdp = -1;
	if (result == KERN_SUCCESS) {
		/* Our table is full when the message has no descriptor. */
		*fdp = host_receive_fd(sv[0]);
		if (*fdp < 0)
			result = KERN_RESOURCE_SHORTAGE;
	}
	(void)close(sv[0]);
	(void)close(sv[1]);
	return (result);
}

int
mach_host_makefd(uint32_t port, int *fdp)
{
	kern_return_t kr;
	int fd, low, sv[2];

	/* Without room for the socket machd judges the port alone. */
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sv) != 0)
		return (fileport_makefd_trap(port, -1, &fd));
	kr = fileport_makefd_trap(port, sv[1], &fd);
	(void)close(sv[1]);
	fd = -1;
	if (kr == KERN_SUCCESS && (fd = host_receive_fd(sv[0])) < 0)
		kr = KERN_NO_SPACE;
	(void)close(sv[0]);
	if (kr != KERN_SUCCESS)
		return (kr);
	/* The lowest number that is free, now that the socket is gone. */
	low = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (low >= 0) {
		(void)close(low < fd ? fd : low);
		fd = low < fd ? low : fd;
	}
	*fdp = fd;
	return (KERN_SUCCESS);
}
