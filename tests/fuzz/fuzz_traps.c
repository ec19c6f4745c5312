/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fuzz the traps: the input is a program of traps whose arguments are names
 * that earlier traps gave, small numbers, odd numbers, and addresses in or
 * around a buffer that the traps also fill.  Two processes take turns, so
 * rights travel.  An access to user memory or an allocation may fail.
 * Whatever happens, nothing may crash, no lock may be held
 * after a trap, and when both have exited not one object may be left.
 */

#include <tests/unit/core/core.h>

#include <tests/fuzz/fuzz.h>

const char fuzz_name[] = "traps";

#define	NAMES	32
#define	PROCS	2

static struct proc *procs[PROCS];
static struct thread *threads[PROCS];
static struct {
	mach_port_name_t	names[NAMES];
	unsigned int		next;
} known[PROCS];
/*
 * The "user memory" and, behind it, room for what is written past its end:
 * any mapped address can be reached here.
 */
static struct {
	uint8_t	user[8192];
	uint8_t	spill[2 << 20];
} memory[PROCS] __attribute__((aligned(4096)));

/* A word of an argument. */
static uint64_t
word(struct fuzz_input *in, int p)
{
	static const uint64_t odd[] = { 0, UINT32_MAX, INT32_MIN, UINT64_MAX,
	    1, 0x7fffffff, 0x10000, UINT64_C(1) << 63 };
	uint32_t sel;

	sel = fuzz_take(in, 1);
	switch (sel & 7) {
	case 0:
	case 1:
	case 2:
		return (known[p].names[(sel >> 3) % NAMES]);
	case 3:
		return (sel >> 3);
	case 4:
		return (odd[(sel >> 3) % (sizeof(odd) / sizeof(odd[0]))]);
	case 5:
		/* Dispositions, sizes, rights. */
		return (fuzz_take(in, 2));
	default:
		return (P(memory[p].user) + fuzz_take(in, 2) %
		    (sizeof(memory[p].user) + 4096));
	}
}

/* Names that traps left in the buffer become known. */
static void
learn(int p, mach_port_name_t name)
{

	if (name == MACH_PORT_NULL || name == MACH_PORT_DEAD ||
	    name > 0x100000)
		return;
	known[p].names[known[p].next++ % NAMES] = name;
}

/* A message out of names and bytes, which the fuzzer would rarely hit on. */
static void
message(struct fuzz_input *in, int p, struct message *m)
{
	uint32_t i, n, sel;

	memset(m, 0, sizeof(*m));
	sel = fuzz_take(in, 2);
	m->hdr.msgh_bits = MACH_MSGH_BITS(17 + sel % 5,
	    (sel >> 3) % 4 == 0 ? 0 : 17 + (sel >> 5) % 5);
	m->hdr.msgh_remote_port = (mach_port_name_t)word(in, p);
	m->hdr.msgh_local_port = (sel >> 3) % 4 == 0 ? 0 :
	    (mach_port_name_t)word(in, p);
	m->hdr.msgh_id = (mach_msg_id_t)sel;
	if ((sel & 0x8000) == 0)
		return;
	m->hdr.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	n = 1 + (sel >> 8) % 2;
	m->body.msgh_descriptor_count = n;
	for (i = 0; i < n; i++) {
		sel = fuzz_take(in, 1);
		switch (sel & 3) {
		case 0:
			m->d.ool[i].address = (void *)(uintptr_t)word(in, p);
			m->d.ool[i].size = fuzz_take(in, 2);
			m->d.ool[i].copy = (sel >> 2) % 3;
			m->d.ool[i].deallocate = (sel >> 4) & 1;
			m->d.ool[i].type = MACH_MSG_OOL_DESCRIPTOR;
			break;
		case 1:
			m->d.ool_ports[i].address = memory[p].user;
			m->d.ool_ports[i].count = (sel >> 2) % 8;
			m->d.ool_ports[i].disposition = 16 +
			    fuzz_take(in, 1) % 6;
			m->d.ool_ports[i].copy = 1;
			m->d.ool_ports[i].type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
			break;
		default:
			/* 12 bytes in a place of 16: what follows is odd. */
			memset(&m->d.ool[i], (int)fuzz_take(in, 1), 4);
			((mach_msg_port_descriptor_t *)(void *)
			    &m->d.ool[i])->name =
			    (mach_port_name_t)word(in, p);
			((mach_msg_port_descriptor_t *)(void *)
			    &m->d.ool[i])->disposition = 16 + (sel >> 2) % 6;
			((mach_msg_port_descriptor_t *)(void *)
			    &m->d.ool[i])->type = MACH_MSG_PORT_DESCRIPTOR;
			break;
		}
	}
}

static void
one_trap(struct fuzz_input *in, int p)
{
	uint64_t words[8];
	uint32_t number;
	mach_port_name_t names[16];
	struct message m;
	unsigned int i;
	int r;

	/* Whatever would block is interrupted at once. */
	host_thread_interrupt(threads[p]);
	number = fuzz_take(in, 1);
	if (number >= 250) {
		message(in, p, &m);
		r = TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG, 24 +
		    fuzz_take(in, 1) * 4 % 120, 0, 0, 0, 0);
	} else if (number >= 240) {
		r = TRAP(mach_msg_trap, P(memory[p].user), MACH_RCV_MSG |
		    MACH_RCV_TIMEOUT | (fuzz_take(in, 1) & 0xf) << 24, 0,
		    fuzz_take(in, 2) % sizeof(memory[p].user), word(in, p), 0,
		    0);
		memcpy(&m, memory[p].user, sizeof(m));
		if (r == MACH_MSG_SUCCESS) {
			learn(p, m.hdr.msgh_remote_port);
			learn(p, m.d.port[0].name);
			learn(p, m.d.port[1].name);
		}
	} else if (number >= 230) {
		fuzz_fault(0, 0);
		learn(p, core_port_send());
		return;
	} else if (number >= 225) {
		fuzz_fault(0, 0);
		learn(p, core_pset());
		return;
	} else if (number >= 220) {
		/* In what comes next. */
		number = fuzz_take(in, 1);
		fuzz_fault(number & 15, number >> 4);
		return;
	} else {
		for (i = 0; i < 8; i++)
			words[i] = word(in, p);
		r = mach_trap_dispatch(number, words, 8);
		if (number >= 26 && number <= 29)
			learn(p, (mach_port_name_t)r);
		host_assert_no_locks("trap");
	}
	memcpy(names, memory[p].user, sizeof(names));
	for (i = 0; i < 16; i++) {
		if (names[i] != 0 && names[i] < 0x20000)
			learn(p, names[i]);
	}
	host_thread_uninterrupt(threads[p]);
}

static void
fuzz(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	mach_port_name_t shared;
	int i, p;

	for (i = 0; i < PROCS; i++) {
		memset(&known[i], 0, sizeof(known[i]));
		memset(memory[i].user, 0, sizeof(memory[i].user));
		procs[i] = core_proc(100 + i);
		threads[i] = host_curthread();
		learn(i, core_self());
		if (i == 0) {
			/* The second finds the first at its bootstrap port. */
			shared = core_port_send();
			learn(0, shared);
			(void)TRAP(task_set_special_port_trap, core_self(), 4,
			    shared);
		} else {
			mach_task_exit(procs[1]);
			mach_inprocess_thread_end(threads[1]);
			mach_task_fork(procs[0], procs[1]);
			learn(1, core_self());
			shared = MACH_PORT_NULL;
			(void)TRAP(task_get_special_port_trap, core_self(), 4,
			    P(&shared));
			learn(1, shared);
		}
	}
	while (in.left > 0) {
		p = in.left % 8 == 0;
		(void)host_set_curthread(threads[p]);
		one_trap(&in, p);
	}
	fuzz_fault(0, 0);
	for (i = 0; i < PROCS; i++) {
		(void)host_set_curthread(threads[i]);
		core_proc_exit(procs[i]);
	}
	for (i = 0; i < MACH_COUNTERS; i++) {
		if (mach_counter_get(i) != mach_counters_base[i]) {
			fprintf(stderr, "%s: %ld left\n", mach_counter_name(i),
			    (long)(mach_counter_get(i) -
			    mach_counters_base[i]));
			abort();
		}
	}
}

void
fuzz_one(const uint8_t *data, size_t size)
{
	static bool ready;

	if (!ready) {
		core_begin();
		ready = true;
	}
	fuzz(data, size);
}
