/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The kernel's own interfaces as messages: the .defs of include/mach, asked of
 * the ports of another task, of a thread, of the host and of a clock; then with
 * each word of each request changed on its way.
 *
 * The stubs are mig's, with the prefix wire_, and call spoiled_msg() for
 * mach_msg().  The other task is a child that waits until it is killed, so
 * what a changed message does to it is nobody's loss.
 */

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <mach/audit_token.h>
#include <mach/mach.h>
#include <mach/clock.h>
#include <mach/clock_types.h>
#include <mach/host_notify.h>
#include <mach/host_special_ports.h>
#include <mach/thread_special_ports.h>

#include "../../conformance/ctmach.h"
#include "spoil.h"

#include "clock.h"
#include "host_priv.h"
#include "mach_host.h"
#include "mach_port.h"
#include "mach_vm.h"
#include "task.h"
#include "thread_act.h"
#include "vm_map.h"

static struct ct_gate gate, up;
static pid_t child_pid;
static mach_port_t child, clock_port, host, mine, thread;
static mach_port_name_t theirs;		/* a receive right of the child's */

static void
start(void)
{

	(void)mig_get_reply_port();
	ct_gate_init(&gate);
	ct_gate_init(&up);
	child_pid = ct_fork();
	if (child_pid == 0) {
		/* The kernel knows its memory from its first trap on. */
		(void)swtch_pri(0);
		ct_gate_open(&up);
		(void)ct_gate_get(&gate);
		_exit(0);
	}
	ct_gate_wait(&up);
	spoil.quiet = true;
	spoil.reply = false;
	CT_OK(task_for_pid(SELF, child_pid, &child));
	CT_OK(mach_port_allocate(child, MACH_PORT_RIGHT_RECEIVE, &theirs));
	host = mach_host_self();
	thread = mach_thread_self();
	CT_OK(host_get_clock_service(host, SYSTEM_CLOCK, &clock_port));
}

static void
stop(void)
{
	int status;

	CT_POSIX(kill(child_pid, SIGKILL));
	CT_POSIX(waitpid(child_pid, &status, 0));
	CT_OK(mach_port_deallocate(SELF, child));
	CT_OK(mach_port_deallocate(SELF, clock_port));
	CT_OK(mach_port_deallocate(SELF, host));
	CT_OK(mach_port_deallocate(SELF, thread));
}

static void
drop(mach_port_t right)
{

	if (MACH_PORT_VALID(right))
		(void)mach_port_deallocate(SELF, right);
}

/*
 * Each call gives up what it was given.
 */
static kern_return_t
call_names(void)
{
	mach_msg_type_number_t n, ntypes;
	mach_port_name_array_t names;
	mach_port_type_array_t types;
	kern_return_t kr;

	kr = wire_mach_port_names(child, &names, &n, &types, &ntypes);
	if (kr == KERN_SUCCESS) {
		mig_deallocate((vm_address_t)names, n * sizeof(*names));
		mig_deallocate((vm_address_t)types, ntypes * sizeof(*types));
	}
	return (kr);
}

static kern_return_t
call_type(void)
{
	mach_port_type_t type;

	return (wire_mach_port_type(child, theirs, &type));
}

static kern_return_t
call_allocate(void)
{
	mach_port_name_t name;

	return (wire_mach_port_allocate(child, MACH_PORT_RIGHT_PORT_SET,
	    &name));
}

static kern_return_t
call_insert(void)
{
	static mach_port_name_t name = 0x100003;

	name += 0x100;
	return (wire_mach_port_insert_right(child, name, mine,
	    MACH_MSG_TYPE_COPY_SEND));
}

static kern_return_t
call_extract(void)
{
	mach_msg_type_name_t type;
	mach_port_t right;
	kern_return_t kr;

	kr = wire_mach_port_extract_right(child, theirs,
	    MACH_MSG_TYPE_MAKE_SEND, &right, &type);
	if (kr == KERN_SUCCESS) {
		if (type == MACH_MSG_TYPE_PORT_RECEIVE)
			ct_destroy_receive(right);
		else
			drop(right);
	}
	return (kr);
}

static kern_return_t
call_get_attributes(void)
{
	mach_msg_type_number_t n;
	integer_t info[32];

	n = 17;
	return (wire_mach_port_get_attributes(child, theirs,
	    MACH_PORT_RECEIVE_STATUS, info, &n));
}

static kern_return_t
call_set_attributes(void)
{
	integer_t limit;

	limit = 3;
	return (wire_mach_port_set_attributes(child, theirs,
	    MACH_PORT_LIMITS_INFO, &limit, 1));
}

static kern_return_t
call_context(void)
{
	uint64_t context;

	return (wire_mach_port_get_context(child, theirs, &context));
}

static kern_return_t
call_register(void)
{

	return (wire_mach_ports_register3(child, mine, MACH_PORT_NULL, mine));
}

static kern_return_t
call_lookup(void)
{
	mach_port_t a, b, c;
	kern_return_t kr;

	kr = wire_mach_ports_lookup3(child, &a, &b, &c);
	if (kr == KERN_SUCCESS) {
		drop(a);
		drop(b);
		drop(c);
	}
	return (kr);
}

static kern_return_t
call_info(void)
{
	audit_token_t token;
	mach_msg_type_number_t n;
	integer_t info[94];
	kern_return_t kr;

	n = TASK_AUDIT_TOKEN_COUNT;
	kr = wire_task_info(child, TASK_AUDIT_TOKEN, info, &n);
	if (kr == KERN_SUCCESS && spoil.quiet) {
		CT_EQ(n, TASK_AUDIT_TOKEN_COUNT);
		memcpy(&token, info, sizeof(token));
		CT_EQ(audit_token_to_pid(token), child_pid);
		CT_EQ(audit_token_to_euid(token), geteuid());
	}
	return (kr);
}

static kern_return_t
call_get_special(void)
{
	mach_port_t port;
	kern_return_t kr;

	kr = wire_task_get_special_port(child, TASK_KERNEL_PORT, &port);
	if (kr == KERN_SUCCESS) {
		if (spoil.quiet)
			CT_EQ(port, child);
		drop(port);
	}
	return (kr);
}

static kern_return_t
call_set_special(void)
{

	return (wire_task_set_special_port(child, TASK_BOOTSTRAP_PORT, mine));
}

static kern_return_t
call_semaphore(void)
{
	kern_return_t kr;
	semaphore_t semaphore;

	kr = wire_semaphore_create(child, &semaphore, SYNC_POLICY_FIFO, 1);
	if (kr == KERN_SUCCESS) {
		kr = semaphore_destroy(child, semaphore);
		drop(semaphore);
	}
	return (kr);
}

static kern_return_t
call_destroy(void)
{
	kern_return_t kr;
	semaphore_t semaphore;

	kr = semaphore_create(child, &semaphore, SYNC_POLICY_FIFO, 1);
	if (kr == KERN_SUCCESS) {
		kr = wire_semaphore_destroy(child, semaphore);
		if (kr != KERN_SUCCESS)
			(void)semaphore_destroy(child, semaphore);
		drop(semaphore);
	}
	return (kr);
}

static kern_return_t
call_thread(void)
{
	mach_port_t port;
	kern_return_t kr;

	kr = wire_thread_get_special_port(thread, THREAD_KERNEL_PORT, &port);
	if (kr == KERN_SUCCESS) {
		if (spoil.quiet)
			CT_EQ(port, thread);
		drop(port);
	}
	return (kr);
}

/* What others do to it is its own copy's. */
static int32_t there[1024];

static mach_vm_address_t
address_there(unsigned i)
{

	return ((mach_vm_address_t)(uintptr_t)&there[i]);
}

static kern_return_t
call_read(void)
{
	mach_msg_type_number_t n;
	kern_return_t kr;
	vm_offset_t data;

	kr = wire_mach_vm_read(child, address_there(0), 100, &data, &n);
	if (kr == KERN_SUCCESS)
		mig_deallocate(data, n);
	return (kr);
}

static kern_return_t
call_write(void)
{
	static char text[100] = "written by a message";

	return (wire_mach_vm_write(child, address_there(16),
	    (vm_offset_t)text, sizeof(text)));
}

static kern_return_t
call_copy(void)
{

	return (wire_mach_vm_copy(child, address_there(16), 100,
	    address_there(256)));
}

/* The same with this program's own addresses. */
static kern_return_t
call_vm_read(void)
{
	mach_msg_type_number_t n;
	kern_return_t kr;
	vm_offset_t data;

	kr = wire_vm_read(child, (vm_address_t)&there[256], 100, &data, &n);
	if (kr != KERN_SUCCESS)
		return (kr);
	if (spoil.quiet && (n != 100 ||
	    strcmp((const char *)data, "written by a vm_ message") != 0))
		kr = KERN_FAILURE;
	mig_deallocate(data, n);
	return (kr);
}

static kern_return_t
call_vm_write(void)
{
	static char text[100] = "written by a vm_ message";

	return (wire_vm_write(child, (vm_address_t)&there[16],
	    (vm_offset_t)text, sizeof(text)));
}

static kern_return_t
call_vm_copy(void)
{

	return (wire_vm_copy(child, (vm_address_t)&there[16], 100,
	    (vm_address_t)&there[256]));
}

/* Not to be spoiled: it would write anywhere in this process. */
static kern_return_t
call_overwrite(void)
{
	static int32_t here[2048];
	mach_vm_size_t n;
	vm_size_t size;
	kern_return_t kr;

	kr = wire_vm_read_overwrite(child, (vm_address_t)&there[16], 100,
	    (vm_address_t)&here[1024], &size);
	if (kr == KERN_SUCCESS && (size != 100 ||
	    strcmp((char *)&here[1024], "written by a vm_ message") != 0))
		return (KERN_FAILURE);
	return (kr != KERN_SUCCESS ? kr : wire_mach_vm_read_overwrite(child,
	    address_there(16), 100, (mach_vm_address_t)(uintptr_t)&here[1024],
	    &n));
}

static kern_return_t
call_space_info(void)
{
	ipc_info_name_array_t table;
	ipc_info_space_t info;
	ipc_info_tree_name_array_t tree;
	mach_msg_type_number_t n, ntree;
	kern_return_t kr;

	kr = wire_mach_port_space_info(child, &info, &table, &n, &tree,
	    &ntree);
	if (kr == KERN_SUCCESS)
		mig_deallocate((vm_address_t)table, n * sizeof(*table));
	return (kr);
}

static kern_return_t
call_construct(void)
{
	static mach_port_options_t how = { .flags = MPO_QLIMIT,
	    .mpl = { 3 } };
	mach_port_name_t name;

	return (wire_mach_port_construct(child, &how, 7, &name));
}

static kern_return_t
call_peek(void)
{
	char trailer[68];
	mach_msg_id_t id;
	mach_msg_size_t size;
	mach_msg_type_number_t n;
	mach_port_seqno_t seqno;

	seqno = 0;
	n = sizeof(trailer);
	return (wire_mach_port_peek(child, theirs, 0, &seqno, &size, &id,
	    trailer, &n));
}

static kern_return_t
call_full(void)
{
	mach_port_name_t name;
	mach_port_qos_t qos;

	memset(&qos, 0, sizeof(qos));
	name = MACH_PORT_NULL;
	return (wire_mach_port_allocate_full(child, MACH_PORT_RIGHT_RECEIVE,
	    MACH_PORT_NULL, &qos, &name));
}

static kern_return_t
call_qos(void)
{
	mach_port_name_t name;
	mach_port_qos_t qos;

	memset(&qos, 0, sizeof(qos));
	return (wire_mach_port_allocate_qos(child, MACH_PORT_RIGHT_PORT_SET,
	    &qos, &name));
}

static kern_return_t
call_protect(void)
{

	/* Of nothing: no word of it can do harm. */
	return (wire_mach_vm_protect(child, 0, 0, FALSE, VM_PROT_READ));
}

static kern_return_t
call_vm_protect(void)
{

	return (wire_vm_protect(child, 0, 0, FALSE, VM_PROT_READ));
}

static kern_return_t
call_page_size(void)
{
	kern_return_t kr;
	vm_size_t size;

	kr = wire_host_page_size(host, &size);
	if (kr == KERN_SUCCESS && spoil.quiet)
		CT_EQ(size, vm_page_size);
	return (kr);
}

static kern_return_t
call_io_main(void)
{
	mach_port_t port;
	kern_return_t kr;

	kr = wire_host_get_io_main(host, &port);
	if (kr == KERN_SUCCESS)
		drop(port);
	return (kr);
}

static kern_return_t
call_clock_service(void)
{
	mach_port_t port;
	kern_return_t kr;

	kr = wire_host_get_clock_service(host, CALENDAR_CLOCK, &port);
	if (kr == KERN_SUCCESS)
		drop(port);
	return (kr);
}

static kern_return_t
call_notification(void)
{

	return (wire_host_request_notification(host,
	    HOST_NOTIFY_CALENDAR_CHANGE, mine));
}

static kern_return_t
call_host_special(void)
{
	mach_port_t port;
	kern_return_t kr;

	kr = wire_host_get_special_port(host, HOST_LOCAL_NODE, HOST_PORT,
	    &port);
	if (kr == KERN_SUCCESS)
		drop(port);
	return (kr);
}

static kern_return_t
call_set_host_special(void)
{

	return (wire_host_set_special_port(host, HOST_LAUNCHCTL_PORT, mine));
}

static kern_return_t
call_time(void)
{
	mach_timespec_t time;

	return (wire_clock_get_time(clock_port, &time));
}

/* Mappings of another: under machd a process makes its own. */
#ifdef __linux__
#define	VM_OTHERS	KERN_NOT_SUPPORTED
#else
#define	VM_OTHERS	KERN_SUCCESS
#endif

static const struct {
	const char	*name;
	kern_return_t	(*call)(void);
	kern_return_t	want;
} calls[] = {
	{ "names", call_names, KERN_SUCCESS },
	{ "type", call_type, KERN_SUCCESS },
	{ "allocate", call_allocate, KERN_SUCCESS },
	{ "insert_right", call_insert, KERN_SUCCESS },
	{ "extract_right", call_extract, KERN_SUCCESS },
	{ "get_attributes", call_get_attributes, KERN_SUCCESS },
	{ "set_attributes", call_set_attributes, KERN_SUCCESS },
	{ "get_context", call_context, KERN_SUCCESS },
	{ "ports_register3", call_register, KERN_SUCCESS },
	{ "ports_lookup3", call_lookup, KERN_SUCCESS },
	{ "task_info", call_info, KERN_SUCCESS },
	{ "task_get_special_port", call_get_special, KERN_SUCCESS },
	{ "task_set_special_port", call_set_special, KERN_SUCCESS },
	{ "semaphore_create", call_semaphore, KERN_SUCCESS },
	{ "semaphore_destroy", call_destroy, KERN_SUCCESS },
	{ "thread_get_special_port", call_thread, KERN_SUCCESS },
	{ "space_info", call_space_info, KERN_SUCCESS },
	{ "construct", call_construct, KERN_SUCCESS },
	{ "peek", call_peek, KERN_FAILURE },	/* nothing there */
	{ "allocate_full", call_full, KERN_SUCCESS },
	{ "allocate_qos", call_qos, KERN_SUCCESS },
	{ "mach_vm_protect", call_protect, VM_OTHERS },
	{ "mach_vm_read", call_read, KERN_SUCCESS },
	{ "mach_vm_write", call_write, KERN_SUCCESS },
	{ "mach_vm_copy", call_copy, KERN_SUCCESS },
	{ "vm_protect", call_vm_protect, VM_OTHERS },
	{ "vm_write", call_vm_write, KERN_SUCCESS },
	{ "vm_copy", call_vm_copy, KERN_SUCCESS },
	{ "vm_read", call_vm_read, KERN_SUCCESS },
	{ "host_page_size", call_page_size, KERN_SUCCESS },
	{ "host_get_io_main", call_io_main, KERN_SUCCESS },
	{ "host_get_clock_service", call_clock_service, KERN_SUCCESS },
	{ "host_request_notification", call_notification, KERN_SUCCESS },
	/* The host port is not the privileged one. */
	{ "host_get_special_port", call_host_special, KERN_INVALID_ARGUMENT },
	{ "host_set_special_port", call_set_host_special,
	    KERN_INVALID_ARGUMENT },
	{ "clock_get_time", call_time, KERN_SUCCESS },
};
#define	NCALLS	(sizeof(calls) / sizeof(calls[0]))

static kern_return_t
call(unsigned i)
{
	kern_return_t kr;

	mine = ct_port_send();
	kr = calls[i].call();
	/* A changed message may have moved it. */
	(void)mach_port_mod_refs(SELF, mine, MACH_PORT_RIGHT_RECEIVE, -1);
	(void)mach_port_destroy(SELF, mine);
	return (kr);
}

/* What a kernel may say to a message: one of its codes, or mig's. */
static void
check_code(unsigned i, kern_return_t kr)
{

	if ((kr >= KERN_SUCCESS && kr <= KERN_RETURN_MAX) ||
	    kr == MIG_TYPE_ERROR || kr == MIG_REPLY_MISMATCH ||
	    kr == MIG_BAD_ID || kr == MIG_BAD_ARGUMENTS ||
	    kr == MIG_SERVER_DIED ||
	    ((unsigned)kr & ~0x3fffU) == 0x10000000U)
		return;
	ct_fail(__FILE__, __LINE__, "%s: code %d (word %u, change %u)",
	    calls[i].name, kr, spoil.word, spoil.change);
}

CT_CASE(the_kernel_answers_messages)
{
	unsigned i, names;
	kern_return_t kr;

	start();
	names = ct_names();
	for (i = 0; i < NCALLS; i++) {
		kr = call(i);
		if (kr != calls[i].want)
			ct_fail(__FILE__, __LINE__, "%s: %s", calls[i].name,
			    ct_code(kr));
		CT_EQ(ct_names(), names);
	}
	CT_OK(call_overwrite());
	stop();
}

CT_CASE_TIMEOUT(requests_to_the_kernel_spoiled_word_by_word, 300)
{
	unsigned i, names;

	start();
	names = ct_names();
	for (i = 0; i < NCALLS; i++) {
		for (spoil.word = 5; ; spoil.word++) {
			for (spoil.change = 0; spoil.change < SPOIL_CHANGES;
			    spoil.change++) {
				spoil.done = spoil.kernel = false;
				spoil.quiet = false;
				check_code(i, call(i));
				spoil.quiet = true;
				if (!spoil.done)
					break;
				/* Another routine may have answered. */
				if (spoil.word != 5 && !spoil.kernel &&
				    ct_names() != names)
					ct_fail(__FILE__, __LINE__, "%s: %u "
					    "names, not %u (word %u, change "
					    "%u)", calls[i].name, ct_names(),
					    names, spoil.word, spoil.change);
				names = ct_names();
			}
			if (!spoil.done)
				break;
		}
	}
	/* All is well afterwards. */
	CT_OK(call_page_size());
	CT_OK(call_time());
	stop();
}

/*
 * Messages that no stub would send.
 */
static union {
	mach_msg_header_t	head;
	mig_reply_error_t	error;
	struct ct_complex	complex;
	struct ct_msg		plain;
} raw;

static void
tell(mach_port_t to, mach_msg_id_t id, mach_msg_bits_t bits,
    mach_msg_size_t size)
{
	mach_msg_return_t mr;
	mach_port_t reply;

	reply = mig_get_reply_port();
	raw.head.msgh_bits = bits | MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	raw.head.msgh_remote_port = to;
	raw.head.msgh_local_port = reply;
	raw.head.msgh_voucher_port = MACH_PORT_NULL;
	raw.head.msgh_id = id;
	mr = mach_msg(&raw.head, MACH_SEND_MSG | MACH_RCV_MSG |
	    MACH_RCV_TIMEOUT, size, sizeof(raw), reply, CT_SOON_MS,
	    MACH_PORT_NULL);
	if (mr == MACH_SEND_INVALID_TYPE)
		return;		/* it is no message at all */
	CT_OK(mr);
	CT_EQ(raw.head.msgh_id, id + 100);
	if ((raw.head.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0)
		mach_msg_destroy(&raw.head);
	else if (raw.head.msgh_size < sizeof(raw.error) ||
	    raw.error.RetCode == MIG_NO_REPLY)
		ct_fail(__FILE__, __LINE__, "%d: size %u, code %d", id,
		    raw.head.msgh_size, raw.error.RetCode);
}

/* n descriptors of a type, all of something of ours. */
static mach_msg_size_t
describe(unsigned type, unsigned n)
{
	static int memory[4];
	mach_msg_ool_ports_descriptor_t *ports;
	mach_msg_guarded_port_descriptor_t *guarded;
	mach_msg_ool_descriptor_t *ool;
	mach_msg_port_descriptor_t *port;
	uint8_t *at;
	unsigned i;

	memset(&raw, 0, sizeof(raw));
	raw.complex.body.msgh_descriptor_count = n;
	at = raw.complex.d.bytes;
	for (i = 0; i < n; i++) {
		port = (void *)at;
		ool = (void *)at;
		ports = (void *)at;
		guarded = (void *)at;
		switch (type) {
		case MACH_MSG_PORT_DESCRIPTOR:
			port->name = mine;
			port->disposition = MACH_MSG_TYPE_COPY_SEND;
			at += sizeof(*port);
			break;
		case MACH_MSG_OOL_DESCRIPTOR:
		case MACH_MSG_OOL_VOLATILE_DESCRIPTOR:
			ool->address = memory;
			ool->size = sizeof(memory);
			ool->copy = MACH_MSG_VIRTUAL_COPY;
			at += sizeof(*ool);
			break;
		case MACH_MSG_OOL_PORTS_DESCRIPTOR:
			ports->address = &mine;
			ports->count = 1;
			ports->disposition = MACH_MSG_TYPE_COPY_SEND;
			at += sizeof(*ports);
			break;
		default:
			guarded->name = MACH_PORT_NULL;
			guarded->disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
			guarded->flags = MACH_MSG_GUARD_FLAGS_NONE;
			at += sizeof(*guarded);
			break;
		}
		port->type = type;
	}
	return ((mach_msg_size_t)(at - (uint8_t *)&raw));
}

static void
tell_all(mach_port_t to, mach_msg_id_t first, mach_msg_id_t last)
{
	mach_msg_id_t id;
	mach_msg_size_t size;
	unsigned n, type;

	for (id = first; id <= last; id++) {
		for (size = 24; size <= 100; size += 4) {
			memset(&raw, 0, sizeof(raw));
			tell(to, id, 0, size);
		}
		for (type = 0; type < 5; type++) {
			for (n = 0; n <= 4; n++) {
				size = describe(type, n);
				tell(to, id, MACH_MSGH_BITS_COMPLEX,
				    size + (id + n) % 3 * 8);
			}
		}
	}
}

CT_CASE_TIMEOUT(no_message_to_a_kernel_port_harms_or_leaks, 300)
{
	unsigned names;

	start();
	mine = ct_port_send();
	names = ct_names();
	tell_all(host, 199, 235);
	tell_all(host, 399, 426);
	tell_all(clock_port, 999, 1003);
	tell_all(clock_port, 1200, 1202);
	tell_all(child, 3199, 3240);
	tell_all(child, 3399, 3466);
	tell_all(thread, 3599, 3632);
	tell_all(child, 3799, 3832);
	tell_all(child, 4799, 4827);
	tell_all(host, 3404, 3410);
	tell_all(thread, 3404, 3410);
	CT_EQ(ct_names(), names);
	/* What the child was given, it has; else there is our own right. */
	CT_EQ(ct_refs(mine, MACH_PORT_RIGHT_SEND), 1);
	CT_OK(mach_port_deallocate(SELF, mine));
	ct_destroy_receive(mine);
	stop();
}

CT_CASE(another_tasks_objects_are_its_own)
{
	mach_port_array_t found;
	mach_msg_type_number_t n;
	mach_port_t port, told, want;
	mach_timespec_t none;
	semaphore_t semaphore;

	start();
	want = ct_port_send();
	CT_OK(task_set_special_port(child, TASK_BOOTSTRAP_PORT, want));
	CT_OK(task_get_special_port(child, TASK_BOOTSTRAP_PORT, &port));
	CT_EQ(port, want);
	CT_EQ(ct_refs(want, MACH_PORT_RIGHT_SEND), 2);
	CT_OK(mach_port_deallocate(SELF, want));
	CT_OK(task_get_special_port(SELF, TASK_BOOTSTRAP_PORT, &port));
	CT_NE(port, want);
	drop(port);
	/* What cannot be set cannot be by a message either. */
	CT_KR(task_set_special_port(child, TASK_KERNEL_PORT, want),
	    KERN_NO_ACCESS);
	CT_KR(task_set_special_port(child, TASK_NAME_PORT, want),
	    KERN_INVALID_ARGUMENT);
	CT_KR(task_set_special_port(child, 1000, want),
	    KERN_INVALID_ARGUMENT);
	CT_EQ(ct_refs(want, MACH_PORT_RIGHT_SEND), 1);
	CT_OK(mach_ports_register(child, &want, 1));
	CT_OK(mach_ports_lookup(child, &found, &n));
	CT_EQ(n, 3);
	CT_EQ(found[0], want);
	CT_EQ(found[1], MACH_PORT_NULL);
	CT_EQ(found[2], MACH_PORT_NULL);
	CT_OK(mach_port_deallocate(SELF, want));
	mig_deallocate((vm_address_t)found, n * sizeof(*found));
	/* A semaphore of the child's dies with it. */
	CT_OK(semaphore_create(child, &semaphore, SYNC_POLICY_FIFO, 1));
	none.tv_sec = none.tv_nsec = 0;
	CT_OK(semaphore_wait(semaphore));
	CT_KR(semaphore_timedwait(semaphore, none), KERN_OPERATION_TIMED_OUT);
	CT_KR(semaphore_destroy(SELF, semaphore), KERN_INVALID_RIGHT);
	CT_OK(semaphore_signal(semaphore));
	told = ct_port();
	ct_notify_request(semaphore, MACH_NOTIFY_DEAD_NAME, 0, told);
	stop();
	CT_EQ(ct_notify_recv(told, MACH_NOTIFY_DEAD_NAME), semaphore);
	CT_OK(mach_port_deallocate(SELF, semaphore));
	CT_KR(semaphore_signal(semaphore), KERN_INVALID_RIGHT);
	CT_OK(mach_port_deallocate(SELF, semaphore));
	ct_destroy_receive(told);
	CT_OK(mach_port_deallocate(SELF, want));
	ct_destroy_receive(want);
}

CT_CASE(a_name_port_tells_who_it_is_and_no_more)
{
	audit_token_t token;
	mach_msg_type_number_t n;
	mach_port_t name, port;
	mach_port_name_t made;

	start();
	CT_OK(task_name_for_pid(SELF, child_pid, &name));
	n = TASK_AUDIT_TOKEN_COUNT;
	CT_OK(task_info(name, TASK_AUDIT_TOKEN, (task_info_t)&token, &n));
	CT_EQ(audit_token_to_pid(token), child_pid);
	n = TASK_AUDIT_TOKEN_COUNT - 1;
	CT_KR(task_info(name, TASK_AUDIT_TOKEN, (task_info_t)&token, &n),
	    KERN_INVALID_ARGUMENT);
	CT_KR(wire_task_get_special_port(name, TASK_BOOTSTRAP_PORT, &port),
	    KERN_INVALID_ARGUMENT);
	CT_KR(wire_task_set_special_port(name, TASK_BOOTSTRAP_PORT,
	    MACH_PORT_NULL), KERN_INVALID_ARGUMENT);
	CT_KR(wire_mach_port_allocate(name, MACH_PORT_RIGHT_RECEIVE, &made),
	    KERN_INVALID_TASK);
	CT_KR(wire_mach_port_allocate(host, MACH_PORT_RIGHT_RECEIVE, &made),
	    KERN_INVALID_TASK);
	CT_KR(wire_semaphore_create(thread, &port, SYNC_POLICY_FIFO, 0),
	    KERN_INVALID_ARGUMENT);
	CT_KR(wire_thread_get_special_port(child, THREAD_KERNEL_PORT, &port),
	    KERN_INVALID_ARGUMENT);
	CT_OK(mach_port_deallocate(SELF, name));
	stop();
}

/* Where the kernel manages memory: under machd a process does so itself. */
static void
use_own_memory(void)
{
	mach_vm_address_t address;
	kern_return_t kr;

	address = 0;
	kr = wire_mach_vm_allocate(SELF, &address, vm_page_size,
	    VM_FLAGS_ANYWHERE);
	if (kr == KERN_NOT_SUPPORTED)
		return;
	CT_OK(kr);
	*(volatile int *)(uintptr_t)address = 7;
	CT_OK(wire_mach_vm_protect(SELF, address, vm_page_size, FALSE,
	    VM_PROT_READ));
	CT_EQ(*(volatile int *)(uintptr_t)address, 7);
	CT_OK(wire_mach_vm_deallocate(SELF, address, vm_page_size));
}

static void
use_own_memory_by_vm_map(void)
{
	vm_address_t address;
	kern_return_t kr;

	address = 0;
	kr = wire_vm_allocate(SELF, &address, vm_page_size,
	    VM_FLAGS_ANYWHERE);
#ifdef __linux__
	CT_KR(kr, KERN_NOT_SUPPORTED);
	return;
#endif
	CT_OK(kr);
	*(volatile int *)address = 7;
	CT_OK(wire_vm_protect(SELF, address, vm_page_size, FALSE,
	    VM_PROT_READ));
	CT_EQ(*(volatile int *)address, 7);
	CT_OK(wire_vm_deallocate(SELF, address, vm_page_size));
}

/* Messages of vm_map are as wide as the sender: nothing is copied by others. */
CT_CASE(messages_of_vm_map_with_addresses_of_another_width_are_refused)
{
	mach_msg_size_t bytes;

	start();
	for (bytes = 0; bytes <= 32; bytes += 4) {
		memset(&raw, 0, sizeof(raw));
		tell(child, 3808, 0, 24 + 8 + bytes);
		CT_EQ(raw.error.RetCode, bytes == 3 * sizeof(vm_size_t) ?
		    KERN_SUCCESS : MIG_BAD_ARGUMENTS);
	}
	stop();
}

CT_CASE(memory_of_the_own_task_by_messages)
{

	start();
	use_own_memory();
	use_own_memory_by_vm_map();
	stop();
}
