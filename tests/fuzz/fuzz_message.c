/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fuzz mach_msg with raw bytes: the input is messages, byte for byte, with
 * names of the sender strewn in, sent with any option and size, and received
 * with any option and size, by a 64-bit and a 32-bit task.  Well-formed
 * descriptors are among what can be strewn, as they are long to hit upon.
 *
 * Nothing may crash or leak.  A send that is refused changes no name.  And no
 * right may come from nowhere: once the queues are empty, each name stands for
 * one of the ports that were there before, and each port counts as many rights
 * as there are names of it.
 *
 * FUZZ_TRACE=1 in the environment prints what is sent and received.
 */

#include <tests/unit/core/core.h>

#include <sys/mman.h>

#include <mach/kern_return.h>
#include <mach_debug/ipc_info.h>

#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_space.h>
#include <kernel/kern/vm_copy.h>

#include <tests/fuzz/blocks.h>
#include <tests/fuzz/fuzz.h>

const char fuzz_name[] = "message";

#define	TASKS		2
#define	PORTS		3		/* receive rights of each task */
#define	NAMES		64
#define	MESSAGE_MAX	4096

/* User memory, below 4 GiB. */
struct memory {
	uint8_t			message[MESSAGE_MAX];
	uint8_t			received[MESSAGE_MAX];
	uint8_t			data[8192];
	mach_port_name_t	names[64];
	uint64_t		words[4];
	ipc_info_space_t	space_info;
	ipc_info_name_t		table[256];
};

static struct memory *memory[TASKS];
static struct proc *procs[TASKS];
static struct thread *threads[TASKS];
static struct ipc_object *self_port[TASKS];
static mach_port_name_t self[TASKS], known[TASKS][NAMES];
static unsigned int nknown[TASKS];
static struct ipc_object *ports[TASKS * PORTS + 8];
static unsigned int nports;
static struct fuzz_input in;
static bool trace;

static void
check(bool ok, const char *what)
{

	if (ok)
		return;
	fprintf(stderr, "failed: %s\n", what);
	abort();
}

static uint32_t
take(unsigned int bytes)
{

	return (fuzz_take(&in, bytes));
}

static void
learn(int task, mach_port_name_t name)
{

	known[task][nknown[task]++ % NAMES] = name;
}

static mach_port_name_t
pick(int task)
{
	uint32_t v;

	v = take(1);
	return (v == 255 ? take(4) : v == 254 ? MACH_PORT_DEAD :
	    known[task][v % NAMES]);
}

/* What a name stands for, or NULL. */
static struct ipc_object *
object(int task, mach_port_name_t name)
{
	struct ipc_entry *e;
	struct ipc_object *o;
	struct ipc_space *space;

	(void)host_set_curthread(threads[task]);
	space = mach_thread_current()->th_task->t_space;
	is_read_lock(space);
	e = ipc_entry_lookup(space, name);
	o = e != NULL ? e->ie_object : NULL;
	is_read_unlock(space);
	return (o);
}

/* How many; what they are goes to the task's table. */
static uint32_t
names_of(int task)
{
	struct memory *um;

	um = memory[task];
	(void)host_set_curthread(threads[task]);
	/* A message may have taken the name of the task's port away. */
	if (object(task, self[task]) != self_port[task])
		self[task] = (mach_port_name_t)TRAP(task_self_trap, 0);
	um->words[0] = nitems(um->table);
	check(TRAP(mach_port_space_info_trap, self[task], P(&um->space_info),
	    P(um->table), P(&um->words[0])) == 0, "space_info");
	check(um->words[0] <= nitems(um->table), "no more names than expected");
	return ((uint32_t)um->words[0]);
}

/* The trap to its end: what blocks is interrupted. */
static int
finish(int r)
{
	struct mach_thread *th;

	th = mach_thread_current();
	while (r == THREAD_BLOCKED) {
		(void)blocks_interrupt(th);
		r = blocks_continue(blocks_next());
	}
	/* Nobody else waits. */
	check(blocks_next() == NULL, "nobody else was woken");
	return (r);
}

static void
strew_descriptor(int task, uint8_t *p, bool is32)
{
	mach_msg_ool_descriptor32_t d32;
	mach_msg_ool_descriptor64_t d64;
	mach_msg_port_descriptor_t pd;
	uint32_t count, how, offset;

	how = take(1);
	if ((how & 3) < 2) {
		memset(&pd, 0, sizeof(pd));
		pd.name = pick(task);
		pd.disposition = 16 + (how >> 2) % 6;
		pd.type = MACH_MSG_PORT_DESCRIPTOR;
		memcpy(p, &pd, sizeof(pd));
		return;
	}
	/* Count and disposition of ports are where size and copy are. */
	offset = take(2) % sizeof(memory[task]->data);
	count = take(1);
	memset(&d64, 0, sizeof(d64));
	d64.type = (how & 3) == 2 ? MACH_MSG_OOL_DESCRIPTOR :
	    MACH_MSG_OOL_PORTS_DESCRIPTOR;
	d64.address = (uintptr_t)((how & 3) == 2 ? memory[task]->data + offset
	    : (uint8_t *)&memory[task]->names[offset % 64]);
	d64.deallocate = (how >> 2) & 1;
	d64.copy = (how >> 3) & 1;
	d64.pad1 = (how & 3) == 2 ? 0 : 16 + (how >> 4) % 6;
	d64.size = (how & 3) == 2 ? count * 32 : count % 64;
	if (!is32) {
		memcpy(p, &d64, sizeof(d64));
		return;
	}
	memset(&d32, 0, sizeof(d32));
	d32.address = (uint32_t)d64.address;
	d32.size = d64.size;
	d32.deallocate = d64.deallocate;
	d32.copy = d64.copy;
	d32.pad1 = d64.pad1;
	d32.type = d64.type;
	memcpy(p, &d32, sizeof(d32));
}

static mach_msg_size_t
make_message(int task)
{
	mach_msg_header_t h;
	struct memory *um;
	uint32_t how, i, n, offset, size;

	um = memory[task];
	memset(um->message, 0, 256);
	size = take(1) * 4;
	if (size == 255 * 4)
		size = take(2) % MESSAGE_MAX;
	for (i = 0; i < size && in.left > 0; i++)
		um->message[i] = (uint8_t)take(1);
	n = take(1) % 8;
	while (n-- > 0) {
		how = take(1);
		offset = (how >> 3) * 4;
		switch (how & 7) {
		case 0:
		case 1:
			memset(&h, 0, sizeof(h));
			h.msgh_bits = MACH_MSGH_BITS(17 + take(1) % 5,
			    (how & 8) != 0 ? 17 + take(1) % 5 : 0) |
			    ((how & 1) != 0 ? MACH_MSGH_BITS_COMPLEX : 0);
			h.msgh_remote_port = pick(task);
			h.msgh_local_port = (how & 8) != 0 ? pick(task) : 0;
			h.msgh_id = (mach_msg_id_t)take(1);
			memcpy(um->message, &h, sizeof(h));
			break;
		case 2:
		case 3:
		case 4:
			/* The number of descriptors. */
			i = 1 + take(1) % 3;
			memcpy(um->message + sizeof(h), &i, sizeof(i));
			strew_descriptor(task, um->message + sizeof(h) +
			    sizeof(mach_msg_body_t) + offset % 64, task == 1);
			break;
		default:
			i = pick(task);
			memcpy(um->message + offset, &i, sizeof(i));
			break;
		}
	}
	for (i = 0; i < 64; i++)
		um->names[i] = known[task][(i + take(1)) % NAMES];
	return (size);
}

static void
one(int task)
{
	struct memory *um;
	mach_msg_option_t option;
	mach_msg_size_t rcv_size, size;
	mach_port_name_t name, rcv_name;
	uint32_t i, n, before;
	int r;
	static ipc_info_name_t table[256];

	um = memory[task];
	size = make_message(task);
	option = (mach_msg_option_t)take(4);
	/* Mostly with a trailer that there is, and to send. */
	if ((option & 0x80) == 0)
		option &= 0x0fffffff;
	if ((option & 0x40) == 0)
		option |= MACH_SEND_MSG;
	rcv_size = take(2) % MESSAGE_MAX;
	if ((rcv_size & 3) == 0)
		rcv_size = MESSAGE_MAX;
	rcv_name = pick(task);
	before = names_of(task);
	memcpy(table, um->table, sizeof(table));
	(void)host_set_curthread(threads[task]);
	memset(um->received, 0, 256);
	r = finish(TRAP(mach_msg_overwrite_trap, P(um->message),
	    (uint64_t)option, size, rcv_size, rcv_name, take(1) & 1, 0,
	    P(um->received)));
	if (trace) {
		fprintf(stderr, "task %d option %#x size %u receive %#x, %u: "
		    "%#x\n", task, option, size, rcv_name, rcv_size,
		    (unsigned int)r);
		for (i = 0; i < size && i < 128; i++)
			fprintf(stderr, "%02x%s", um->message[i],
			    i % 32 == 31 || i + 1 == size ? "\n" :
			    i % 4 == 3 ? " " : "");
	}
	host_assert_no_locks("trap");
	switch (r) {
	case MACH_SEND_INVALID_DATA:
	case MACH_SEND_INVALID_DEST:
	case MACH_SEND_INVALID_HEADER:
	case MACH_SEND_INVALID_MEMORY:
	case MACH_SEND_INVALID_REPLY:
	case MACH_SEND_INVALID_RIGHT:
	case MACH_SEND_INVALID_TYPE:
	case MACH_SEND_INVALID_VOUCHER:
	case MACH_SEND_MSG_TOO_SMALL:
	case MACH_SEND_TOO_LARGE:
		n = names_of(task);
		check(n == before && memcmp(table, um->table, n *
		    sizeof(table[0])) == 0, "what is refused changes nothing");
		break;
	default:
		break;
	}
	/* Names that have come are known from now on. */
	n = names_of(task);
	for (i = 0; i < n; i++) {
		name = um->table[i].iin_name;
		if (i >= before || table[i].iin_name != name)
			learn(task, name);
	}
}

/* Take all messages out of all queues of a task's ports. */
static bool
drain(int task)
{
	struct memory *um;
	uint32_t i, n;
	bool some;
	int r;

	um = memory[task];
	n = names_of(task);
	some = false;
	for (i = 0; i < n; i++) {
		if ((um->table[i].iin_type & MACH_PORT_TYPE_RECEIVE) == 0)
			continue;
		do {
			r = TRAP(mach_msg_trap, P(um->received), MACH_RCV_MSG |
			    MACH_RCV_TIMEOUT, 0, sizeof(um->received),
			    um->table[i].iin_name, 0, 0);
			some = some || r == 0;
		} while (r == 0);
		check(r == MACH_RCV_TIMED_OUT || r == MACH_RCV_INVALID_NAME ||
		    (r & MACH_RCV_BODY_ERROR) == MACH_RCV_BODY_ERROR ||
		    r == MACH_RCV_TOO_LARGE, "receive");
		if (r != MACH_RCV_TIMED_OUT && r != MACH_RCV_INVALID_NAME)
			some = true;
	}
	return (some);
}

/* Every right is of a port that was there, and is counted there. */
static void
count_rights(void)
{
	struct ipc_object *o;
	struct ipc_port *port;
	uint32_t i, n, send[nitems(ports)], sonce[nitems(ports)];
	uint32_t receive[nitems(ports)];
	unsigned int j;
	int task;

	memset(send, 0, sizeof(send));
	memset(sonce, 0, sizeof(sonce));
	memset(receive, 0, sizeof(receive));
	for (task = 0; task < TASKS; task++) {
		n = names_of(task);
		for (i = 0; i < n; i++) {
			if ((memory[task]->table[i].iin_type &
			    MACH_PORT_TYPE_PORT_RIGHTS) == 0)
				continue;
			o = object(task, memory[task]->table[i].iin_name);
			for (j = 0; j < nports && ports[j] != o; j++)
				continue;
			check(j < nports, "a right from nowhere");
			send[j] += (memory[task]->table[i].iin_type &
			    MACH_PORT_TYPE_SEND) != 0;
			sonce[j] += (memory[task]->table[i].iin_type &
			    MACH_PORT_TYPE_SEND_ONCE) != 0;
			receive[j] += (memory[task]->table[i].iin_type &
			    MACH_PORT_TYPE_RECEIVE) != 0;
		}
	}
	for (j = 0; j < nports; j++) {
		port = ipc_object_port(ports[j]);
		ip_lock(port);
		if (ip_active(port) && port->ip_receiver != ipc_space_kernel) {
			check(receive[j] == 1, "one receive right a port");
			check(port->ip_srights == send[j],
			    "send rights are counted");
			check(port->ip_sorights == sonce[j],
			    "send-once rights are counted");
		} else if (!ip_active(port))
			check(receive[j] == 0, "no receive right of the dead");
		ip_unlock(port);
	}
}

static mach_port_name_t
extract(int task, mach_port_name_t name, int disposition)
{
	struct memory *um;

	um = memory[task];
	check(TRAP(mach_port_extract_right_trap, self[task], name,
	    (uint64_t)disposition, P(&um->words[0]), P(&um->words[1])) == 0,
	    "extract_right");
	return ((mach_port_name_t)um->words[0]);
}

static void
know_port(struct ipc_object *o)
{
	unsigned int i;

	for (i = 0; i < nports; i++)
		if (ports[i] == o)
			return;
	check(nports < nitems(ports), "few ports");
	ipc_object_hold(o);
	ports[nports++] = o;
}

static void
prepare(void)
{
	mach_port_name_t name;
	int i, task;

	nports = 0;
	for (task = 0; task < TASKS; task++) {
		memset(memory[task], 0, sizeof(*memory[task]));
		procs[task] = fuzz_proc(100 + task, memory[task],
		    sizeof(*memory[task]));
		host_proc_set_ilp32(procs[task], task == 1);
		if (task == 1)
			mach_task_fork(procs[0], procs[1]);
		threads[task] = host_thread_create(procs[task], 200 + task,
		    "fuzz", NULL);
		(void)host_set_curthread(threads[task]);
		self[task] = (mach_port_name_t)TRAP(task_self_trap, 0);
		memset(known[task], 0, sizeof(known[task]));
		nknown[task] = 0;
		learn(task, self[task]);
		for (i = 0; i < PORTS; i++) {
			name = (mach_port_name_t)TRAP(mach_reply_port, 0);
			learn(task, name);
			know_port(object(task, name));
			if (i == 0)
				continue;
			check(TRAP(_kernelrpc_mach_port_insert_right_trap,
			    self[task], name, name, MACH_MSG_TYPE_MAKE_SEND)
			    == 0, "insert_right");
			learn(task, extract(task, name,
			    MACH_MSG_TYPE_MAKE_SEND_ONCE));
		}
		self_port[task] = object(task, self[task]);
		know_port(self_port[task]);
		name = (mach_port_name_t)TRAP(host_self_trap, 0);
		learn(task, name);
		know_port(object(task, name));
		check(TRAP(_kernelrpc_mach_port_allocate_trap, self[task],
		    MACH_PORT_RIGHT_DEAD_NAME, P(&memory[task]->words[0])) ==
		    0, "allocate");
		learn(task, (mach_port_name_t)memory[task]->words[0]);
		check(TRAP(_kernelrpc_mach_port_allocate_trap, self[task],
		    MACH_PORT_RIGHT_PORT_SET, P(&memory[task]->words[0])) == 0,
		    "allocate");
		name = (mach_port_name_t)memory[task]->words[0];
		learn(task, name);
		check(TRAP(_kernelrpc_mach_port_move_member_trap, self[task],
		    known[task][1], name) == 0, "move_member");
		/* The second task finds the first. */
		if (task == 0)
			check(TRAP(task_set_special_port_trap, self[0], 4,
			    known[0][2]) == 0, "set_special_port");
		else {
			check(TRAP(task_get_special_port_trap, self[1], 4,
			    P(&memory[1]->words[0])) == 0, "get_special_port");
			learn(1, (mach_port_name_t)memory[1]->words[0]);
		}
	}
	/* What the tasks hold besides their names would not be counted. */
	for (task = 0; task < TASKS; task++) {
		(void)host_set_curthread(threads[task]);
		check(TRAP(task_set_special_port_trap, self[task], 4, 0) == 0,
		    "set_special_port");
	}
}

void
fuzz_one(const uint8_t *data, size_t size)
{
	struct ipc_object *o;
	unsigned int i;
	int task;

	if (memory[0] == NULL) {
		core_begin();
		trace = getenv("FUZZ_TRACE") != NULL;
		for (task = 0; task < TASKS; task++) {
			memory[task] = mmap(NULL, sizeof(*memory[task]),
			    PROT_READ | PROT_WRITE, MAP_PRIVATE |
			    MAP_ANONYMOUS | MAP_32BIT, -1, 0);
			check(memory[task] != MAP_FAILED, "mmap");
		}
	}
	fuzz_input(&in, data, size);
	prepare();
	for (i = 0; i < 24 && in.left > 0; i++)
		one((int)(take(1) & 1));
	while (drain(0) || drain(1))
		continue;
	count_rights();
	for (task = 0; task < TASKS; task++) {
		(void)host_set_curthread(threads[task]);
		mach_task_exit(procs[task]);
		(void)host_set_curthread(NULL);
		mach_inprocess_thread_end(threads[task]);
		host_thread_destroy(threads[task]);
		host_proc_destroy(procs[task]);
	}
	for (i = 0; i < nports; i++) {
		o = ports[i];
		ipc_object_drop(o);
	}
	/* Out-of-line memory that was received is the process's. */
	vm_copy_fini();
	check(vm_copy_init() == 0, "vm_copy_init");
	fuzz_nothing_left();
}
