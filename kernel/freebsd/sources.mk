#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What mach.ko is compiled from, and how: read by Makefile (bsd.kmod.mk) and by
# the cross build, so that the two cannot drift apart.  One assignment a line.
#

# Paths from the root of the repository.
MACH_SRCS+=	kernel/ipc/ipc_kmsg.c
MACH_SRCS+=	kernel/ipc/ipc_kmsg_copyin.c
MACH_SRCS+=	kernel/ipc/ipc_kmsg_copyout.c
MACH_SRCS+=	kernel/ipc/ipc_kmsg_user.c
MACH_SRCS+=	kernel/ipc/ipc_knote.c
MACH_SRCS+=	kernel/ipc/ipc_mqueue.c
MACH_SRCS+=	kernel/ipc/ipc_notify.c
MACH_SRCS+=	kernel/ipc/ipc_object.c
MACH_SRCS+=	kernel/ipc/ipc_port.c
MACH_SRCS+=	kernel/ipc/ipc_pset.c
MACH_SRCS+=	kernel/ipc/ipc_right.c
MACH_SRCS+=	kernel/ipc/ipc_space.c
MACH_SRCS+=	kernel/ipc/ipc_watch.c
MACH_SRCS+=	kernel/ipc/ipc_zone.c
MACH_SRCS+=	kernel/ipc/mach_msg.c
MACH_SRCS+=	kernel/ipc/mach_port.c
MACH_SRCS+=	kernel/ipc/mach_port_attr.c
MACH_SRCS+=	kernel/ipc/mach_port_guard.c
MACH_SRCS+=	kernel/ipc/mach_port_info.c
MACH_SRCS+=	kernel/ipc/mach_port_member.c
MACH_SRCS+=	kernel/ipc/mach_port_notify.c
MACH_SRCS+=	kernel/ipc/mach_pset_fd.c
MACH_SRCS+=	kernel/ipc/mach_port_server.c
MACH_SRCS+=	kernel/kern/clock.c
MACH_SRCS+=	kernel/kern/convert.c
MACH_SRCS+=	kernel/kern/counters.c
MACH_SRCS+=	kernel/kern/fileport.c
MACH_SRCS+=	kernel/kern/host.c
MACH_SRCS+=	kernel/kern/host_notify.c
MACH_SRCS+=	kernel/kern/host_server.c
MACH_SRCS+=	kernel/kern/init.c
MACH_SRCS+=	kernel/kern/inspect.c
MACH_SRCS+=	kernel/kern/kobject.c
MACH_SRCS+=	kernel/kern/limits.c
MACH_SRCS+=	kernel/kern/mig_kernel.c
MACH_SRCS+=	kernel/kern/probes.c
MACH_SRCS+=	kernel/kern/semaphore.c
MACH_SRCS+=	kernel/kern/task.c
MACH_SRCS+=	kernel/kern/task_server.c
MACH_SRCS+=	kernel/kern/task_traps.c
MACH_SRCS+=	kernel/kern/thread.c
MACH_SRCS+=	kernel/kern/thread_block.c
MACH_SRCS+=	kernel/kern/timer.c
MACH_SRCS+=	kernel/kern/vm_server.c
MACH_SRCS+=	kernel/kern/vm_traps.c
MACH_SRCS+=	kernel/freebsd/clock_set.c
MACH_SRCS+=	kernel/freebsd/dev.c
MACH_SRCS+=	kernel/freebsd/events.c
MACH_SRCS+=	kernel/freebsd/file.c
MACH_SRCS+=	kernel/freebsd/jail.c
MACH_SRCS+=	kernel/freebsd/kqueue.c
MACH_SRCS+=	kernel/freebsd/module.c
MACH_SRCS+=	kernel/freebsd/pset_fd.c
MACH_SRCS+=	kernel/freebsd/syscall.c
MACH_SRCS+=	kernel/freebsd/sysctl.c
MACH_SRCS+=	kernel/freebsd/thread_slot.c
MACH_SRCS+=	kernel/freebsd/vm_copy.c
MACH_SRCS+=	kernel/freebsd/vm_share.c
MACH_SRCS+=	kernel/freebsd/vm_space.c
MACH_SRCS+=	kernel/kern/gen/clock_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/host_priv_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/mach_host32_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/mach_host_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/mach_port_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/mach_vm_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/task_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/thread_act_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/vm32_map_server_stubs.c
MACH_SRCS+=	kernel/kern/gen/vm_map_server_stubs.c
MACH_SRCS+=	kernel/trap/dispatch.c
MACH_SRCS+=	kernel/trap/print.c
MACH_SRCS+=	kernel/trap/gen/trap_table.c

# Beyond what every module is compiled with.
MACH_CFLAGS+=	-std=gnu17
MACH_CFLAGS+=	-Wall
MACH_CFLAGS+=	-Wextra
MACH_CFLAGS+=	-Wno-unused-parameter
