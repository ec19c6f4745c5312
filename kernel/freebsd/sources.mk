#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What mach.ko is compiled from, and how: read by Makefile (bsd.kmod.mk) and by
# the cross build, so that the two cannot drift apart.  One assignment a line.
#

# Paths from the root of the repository.
MACH_SRCS+=	kernel/ipc/ipc_kmsg.c
MACH_SRCS+=	kernel/ipc/ipc_mqueue.c
MACH_SRCS+=	kernel/ipc/ipc_notify.c
MACH_SRCS+=	kernel/ipc/ipc_object.c
MACH_SRCS+=	kernel/ipc/ipc_port.c
MACH_SRCS+=	kernel/ipc/ipc_pset.c
MACH_SRCS+=	kernel/ipc/ipc_right.c
MACH_SRCS+=	kernel/ipc/ipc_space.c
MACH_SRCS+=	kernel/ipc/mach_msg.c
MACH_SRCS+=	kernel/ipc/mach_port.c
MACH_SRCS+=	kernel/kern/counters.c
MACH_SRCS+=	kernel/kern/limits.c
MACH_SRCS+=	kernel/trap/gen/trap_table.c
MACH_SRCS+=	kernel/freebsd/events.c
MACH_SRCS+=	kernel/freebsd/module.c
MACH_SRCS+=	kernel/freebsd/syscall.c
MACH_SRCS+=	kernel/freebsd/sysctl.c
MACH_SRCS+=	kernel/freebsd/thread_slot.c
MACH_SRCS+=	kernel/freebsd/vm_copy.c

# Beyond what every module is compiled with.
MACH_CFLAGS+=	-std=gnu17
MACH_CFLAGS+=	-Wall
MACH_CFLAGS+=	-Wextra
MACH_CFLAGS+=	-Wno-unused-parameter
