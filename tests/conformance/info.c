/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What host_info, host_statistics and task_info tell, held against what the
 * process knows by itself.
 */

#include <sys/mman.h>
#include <sys/wait.h>

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/host_notify.h>
#include <mach/mach.h>
#include <mach/mk_timer.h>
#include <mach/processor_info.h>

#include "ct.h"
#include "ctmach.h"

#define	MB	(1024 * 1024)

static mach_port_t host;

/* Use up processor time until it shows in the process's own account. */
static void
burn(unsigned ms)
{
	struct timespec ts;
	uint64_t start, now;

	CT_POSIX(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts));
	start = (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
	do {
		CT_POSIX(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts));
		now = (uint64_t)ts.tv_sec * 1000 +
		    (uint64_t)ts.tv_nsec / 1000000;
	} while (now - start < ms);
}

static char *
touched_memory(size_t size)
{
	char *p;
	size_t i;

	p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	CT_TRUE(p != MAP_FAILED);
	for (i = 0; i < size; i += ct_page())
		p[i] = 1;
	return (p);
}

CT_CASE(host_info_tells_processors_and_memory)
{
	host_basic_info_data_t info;
	mach_msg_type_number_t n;

	host = mach_host_self();
	n = HOST_BASIC_INFO_COUNT + 3;
	memset(&info, 0x5a, sizeof(info));
	CT_OK(host_info(host, HOST_BASIC_INFO, (host_info_t)&info, &n));
	CT_EQ(n, HOST_BASIC_INFO_COUNT);
	CT_EQ(info.avail_cpus, sysconf(_SC_NPROCESSORS_ONLN));
	CT_EQ(info.max_cpus, sysconf(_SC_NPROCESSORS_CONF));
	CT_EQ(info.logical_cpu, info.avail_cpus);
	CT_TRUE(info.max_mem >= 16 * MB);
	CT_EQ(info.memory_size, info.max_mem > 0x80000000u ? 0x80000000u :
	    info.max_mem);
	CT_NE(info.cpu_type, 0);
	/* The older form, and nothing after it. */
	memset(&info, 0x5a, sizeof(info));
	n = 5;
	CT_OK(host_info(host, HOST_BASIC_INFO, (host_info_t)&info, &n));
	CT_EQ(n, 5);
	CT_EQ(info.avail_cpus, sysconf(_SC_NPROCESSORS_ONLN));
	CT_EQ(info.cpu_threadtype, 0x5a5a5a5a);
	n = 4;
	CT_KR(host_info(host, HOST_BASIC_INFO, (host_info_t)&info, &n),
	    KERN_FAILURE);
	n = 0;
	CT_OK(host_info(host, HOST_MACH_MSG_TRAP, NULL, &n));
	CT_OK(host_info(host, HOST_SEMAPHORE_TRAPS, NULL, &n));
}

CT_CASE(host_calls_refuse_wrong_ports_and_flavors)
{
	host_info_data_t info;
	mach_msg_type_number_t n;
	vm_size_t page;

	host = mach_host_self();
	n = HOST_INFO_MAX;
	CT_KR(host_info(SELF, HOST_BASIC_INFO, info, &n),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_info(MACH_PORT_NULL, HOST_BASIC_INFO, info, &n),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_info(host, 999, info, &n), KERN_INVALID_ARGUMENT);
	CT_KR(host_info(host, HOST_PRIORITY_INFO, info, &n),
	    KERN_NOT_SUPPORTED);
	CT_KR(host_statistics(SELF, HOST_LOAD_INFO, info, &n),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_statistics(host, 999, info, &n), KERN_INVALID_ARGUMENT);
	CT_KR(host_statistics64(host, HOST_EXTMOD_INFO64, info, &n),
	    KERN_NOT_SUPPORTED);
	CT_EQ(n, HOST_INFO_MAX);
	CT_OK(host_page_size(host, &page));
	CT_EQ(page, ct_page());
	CT_KR(host_page_size(SELF, &page), KERN_INVALID_ARGUMENT);
}

CT_CASE(host_statistics_tells_loads_ticks_and_pages)
{
	host_cpu_load_info_data_t cpu, cpu2;
	host_load_info_data_t load;
	mach_msg_type_number_t n;
	vm_statistics_data_t vm, vm2;
	vm_statistics64_data_t vm64;
	uint64_t before, after;
	int i;

	host = mach_host_self();
	n = HOST_LOAD_INFO_COUNT;
	CT_OK(host_statistics(host, HOST_LOAD_INFO, (host_info_t)&load, &n));
	CT_EQ(n, HOST_LOAD_INFO_COUNT);
	for (i = 0; i < 3; i++) {
		CT_TRUE(load.avenrun[i] >= 0);
		CT_TRUE(load.mach_factor[i] > 0);
		CT_TRUE(load.mach_factor[i] <=
		    (long)LOAD_SCALE * sysconf(_SC_NPROCESSORS_ONLN));
	}
	n = HOST_LOAD_INFO_COUNT - 1;
	CT_KR(host_statistics(host, HOST_LOAD_INFO, (host_info_t)&load, &n),
	    KERN_FAILURE);

	n = HOST_CPU_LOAD_INFO_COUNT;
	CT_OK(host_statistics(host, HOST_CPU_LOAD_INFO, (host_info_t)&cpu,
	    &n));
	CT_EQ(n, HOST_CPU_LOAD_INFO_COUNT);
	burn(200);
	CT_OK(host_statistics(host, HOST_CPU_LOAD_INFO, (host_info_t)&cpu2,
	    &n));
	before = after = 0;
	for (i = 0; i < CPU_STATE_MAX; i++) {
		if (i == CPU_STATE_IDLE)
			continue;
		before += cpu.cpu_ticks[i];
		after += cpu2.cpu_ticks[i];
	}
	CT_TRUE(after > before);

	n = HOST_VM_INFO_COUNT;
	CT_OK(host_statistics(host, HOST_VM_INFO, (host_info_t)&vm, &n));
	CT_EQ(n, HOST_VM_INFO_COUNT);
	(void)touched_memory(16 * MB);
	CT_OK(host_statistics(host, HOST_VM_INFO, (host_info_t)&vm2, &n));
	CT_TRUE(vm2.faults != vm.faults);
	CT_NE(vm2.active_count, 0);
	n = HOST_VM_INFO64_COUNT;
	CT_OK(host_statistics64(host, HOST_VM_INFO64, (host_info64_t)&vm64,
	    &n));
	CT_EQ(n, HOST_VM_INFO64_COUNT);
	CT_TRUE((natural_t)vm64.faults - vm.faults < 0x80000000u);
	CT_KR(host_statistics(host, HOST_VM_INFO64, (host_info_t)&vm64, &n),
	    KERN_INVALID_ARGUMENT);
	n = HOST_VM_INFO_REV0_COUNT;
	CT_OK(host_statistics(host, HOST_VM_INFO, (host_info_t)&vm, &n));
	CT_EQ(n, HOST_VM_INFO_REV0_COUNT);
}

static struct mach_task_basic_info
basic(mach_port_t task)
{
	struct mach_task_basic_info info;
	mach_msg_type_number_t n;

	n = MACH_TASK_BASIC_INFO_COUNT;
	memset(&info, 0x5a, sizeof(info));
	CT_OK(task_info(task, MACH_TASK_BASIC_INFO, (task_info_t)&info, &n));
	CT_EQ(n, MACH_TASK_BASIC_INFO_COUNT);
	return (info);
}

static uint64_t
microseconds(const struct mach_task_basic_info *info)
{

	return (((uint64_t)info->user_time.seconds +
	    (uint64_t)info->system_time.seconds) * 1000000 +
	    (uint64_t)info->user_time.microseconds +
	    (uint64_t)info->system_time.microseconds);
}

CT_CASE(task_info_tells_size_and_times)
{
	struct mach_task_basic_info a, b;
	struct task_basic_info own;
	mach_msg_type_number_t n;

	a = basic(SELF);
	(void)touched_memory(32 * MB);
	burn(100);
	b = basic(SELF);
	CT_TRUE(b.virtual_size >= a.virtual_size + 32 * MB);
	CT_TRUE(b.resident_size >= a.resident_size + 16 * MB);
	CT_TRUE(b.resident_size_max >= b.resident_size);
	CT_TRUE(microseconds(&b) >= microseconds(&a) + 50000);
	CT_EQ(b.suspend_count, 0);
	CT_EQ(b.policy, POLICY_TIMESHARE);
	n = TASK_BASIC_INFO_COUNT;
	CT_OK(task_info(SELF, TASK_BASIC_INFO, (task_info_t)&own, &n));
	CT_EQ(n, TASK_BASIC_INFO_COUNT);
	CT_TRUE(own.virtual_size >= 32 * MB);
	CT_TRUE(own.resident_size >= 16 * MB);
	n = TASK_BASIC_INFO_COUNT - 1;
	CT_KR(task_info(SELF, TASK_BASIC_INFO, (task_info_t)&own, &n),
	    KERN_INVALID_ARGUMENT);
}

CT_CASE(task_info_of_another_task_is_about_that_task)
{
	struct mach_task_basic_info mine, theirs;
	struct ct_gate ready, go;
	mach_msg_type_number_t n;
	mach_port_t name, notify, task;
	audit_token_t a, b;
	security_token_t sec;
	pid_t pid;

	ct_gate_init(&ready);
	ct_gate_init(&go);
	pid = ct_fork();
	if (pid == 0) {
		(void)mach_task_self();
		(void)touched_memory(32 * MB);
		ct_gate_open(&ready);
		ct_gate_wait(&go);
		ct_child_exit();
	}
	ct_gate_wait(&ready);
	CT_OK(task_for_pid(SELF, pid, &task));
	CT_OK(task_name_for_pid(SELF, pid, &name));
	mine = basic(SELF);
	theirs = basic(name);
	CT_TRUE(theirs.resident_size >= 32 * MB);
	CT_TRUE(theirs.virtual_size >= mine.virtual_size + 16 * MB);
	n = TASK_AUDIT_TOKEN_COUNT;
	CT_OK(task_info(name, TASK_AUDIT_TOKEN, (task_info_t)&a, &n));
	CT_EQ(n, TASK_AUDIT_TOKEN_COUNT);
	CT_EQ(audit_token_to_pid(a), pid);
	CT_EQ(audit_token_to_euid(a), geteuid());
	n = TASK_AUDIT_TOKEN_COUNT;
	CT_OK(task_info(task, TASK_AUDIT_TOKEN, (task_info_t)&b, &n));
	CT_EQ(memcmp(&a, &b, sizeof(a)), 0);
	n = TASK_AUDIT_TOKEN_COUNT;
	CT_OK(task_info(SELF, TASK_AUDIT_TOKEN, (task_info_t)&b, &n));
	CT_EQ(audit_token_to_pid(b), getpid());
	CT_NE(audit_token_to_pidversion(a), audit_token_to_pidversion(b));
	n = TASK_SECURITY_TOKEN_COUNT;
	CT_OK(task_info(name, TASK_SECURITY_TOKEN, (task_info_t)&sec, &n));
	CT_EQ(sec.val[0], geteuid());
	CT_EQ(sec.val[1], getegid());
	notify = ct_port();
	ct_notify_request(task, MACH_NOTIFY_DEAD_NAME, 0, notify);
	ct_gate_open(&go);
	ct_wait(pid);
	CT_EQ(ct_notify_recv(notify, MACH_NOTIFY_DEAD_NAME), task);
	n = TASK_AUDIT_TOKEN_COUNT;
	CT_KR(task_info(task, TASK_AUDIT_TOKEN, (task_info_t)&a, &n),
	    KERN_INVALID_ARGUMENT);
}

CT_CASE(task_info_refuses_wrong_ports_flavors_and_counts)
{
	task_info_data_t info;
	mach_msg_type_number_t n;

	n = TASK_INFO_MAX;
	CT_KR(task_info(MACH_PORT_NULL, TASK_BASIC_INFO, info, &n),
	    KERN_INVALID_ARGUMENT);
	CT_KR(task_info(mach_host_self(), TASK_BASIC_INFO, info, &n),
	    KERN_INVALID_ARGUMENT);
	CT_KR(task_info(ct_port_send(), TASK_AUDIT_TOKEN, info, &n),
	    KERN_INVALID_ARGUMENT);
	CT_KR(task_info(SELF, 999, info, &n), KERN_INVALID_ARGUMENT);
	CT_KR(task_info(SELF, TASK_DYLD_INFO, info, &n), KERN_NOT_SUPPORTED);
	CT_KR(task_info(SELF, TASK_EVENTS_INFO, info, &n),
	    KERN_NOT_SUPPORTED);
	n = TASK_AUDIT_TOKEN_COUNT - 1;
	CT_KR(task_info(SELF, TASK_AUDIT_TOKEN, info, &n),
	    KERN_INVALID_ARGUMENT);
	n = TASK_INFO_MAX;
	CT_OK(task_info(SELF, TASK_AUDIT_TOKEN, info, &n));
	CT_EQ(n, TASK_AUDIT_TOKEN_COUNT);
}

CT_CASE(a_request_to_be_told_of_the_clock_is_one_and_goes_with_its_port)
{
	mach_port_t a, b, timer;
	unsigned i;

	host = mach_host_self();
	a = ct_port();
	b = ct_port();
	CT_KR(host_request_notification(host, HOST_NOTIFY_CALENDAR_CHANGE,
	    MACH_PORT_NULL), KERN_INVALID_CAPABILITY);
	CT_KR(host_request_notification(host, HOST_NOTIFY_TYPE_MAX + 1, a),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_request_notification(SELF, HOST_NOTIFY_CALENDAR_SET, a),
	    KERN_INVALID_ARGUMENT);
	CT_KR(host_request_notification(MACH_PORT_NULL, 0, a),
	    MACH_SEND_INVALID_DEST);
	/* The rights of these came back. */
	for (i = 0; i < 2; i++)
		ct_notify_recv(a, MACH_NOTIFY_SEND_ONCE);
	ct_recv_none(a);
	CT_OK(host_request_notification(host, HOST_NOTIFY_CALENDAR_CHANGE, a));
	CT_KR(host_request_notification(host, HOST_NOTIFY_CALENDAR_SET, a),
	    KERN_FAILURE);
	CT_OK(host_request_notification(host, HOST_NOTIFY_CALENDAR_SET, b));
	timer = mk_timer_create();
	CT_KR(host_request_notification(host, HOST_NOTIFY_CALENDAR_SET, timer),
	    KERN_FAILURE);
	CT_OK(mk_timer_destroy(timer));
	CT_OK(mach_port_mod_refs(SELF, a, MACH_PORT_RIGHT_RECEIVE, -1));
}
