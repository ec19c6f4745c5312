/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Senders and receivers over ports and a set that holds them: every message
 * arrives once, and those of one sender to one port in order.
 *
 * usage: exchange_test [messages a sender]
 */

#include "core.h"

#define	SENDERS		4
#define	RECEIVERS	3
#define	PORTS		4

#define	ID(sender, n)	((mach_msg_id_t)((sender) << 24 | (n)))

static struct proc *proc;
static mach_port_name_t ports[PORTS], pset;
static int count = 3000;
static _Atomic int received[SENDERS];
static _Atomic int total;

static void *
sender(void *arg)
{
	int i, me;

	me = (int)(intptr_t)arg;
	core_thread(proc);
	for (i = 0; i < count; i++)
		CHECK_EQ(core_send(ports[me % PORTS], ID(me, i), -1), 0);
	core_thread_end();
	return (NULL);
}

/*
 * Several threads receive from the set, so only the sum is theirs to check;
 * with one, the order is, too.
 */
static void *
receiver(void *arg)
{
	struct message m;
	int from, r;
	bool alone;

	alone = arg != NULL;
	core_thread(proc);
	while (total < SENDERS * count) {
		r = core_receive(pset, &m, 20);
		if (r == MACH_RCV_TIMED_OUT)
			continue;	/* the others took the last ones */
		CHECK_EQ(r, 0);
		from = m.hdr.msgh_id >> 24;
		REQUIRE(from >= 0 && from < SENDERS);
		if (alone)
			CHECK_EQ(m.hdr.msgh_id, ID(from, received[from]));
		received[from]++;
		total++;
	}
	core_thread_end();
	return (NULL);
}

static void
exchange(int receivers)
{
	pthread_t r[RECEIVERS], s[SENDERS];
	struct thread *td;
	struct message m;
	int i;

	total = 0;
	for (i = 0; i < SENDERS; i++)
		received[i] = 0;
	td = host_set_curthread(NULL);
	for (i = 0; i < receivers; i++)
		REQUIRE(pthread_create(&r[i], NULL, receiver,
		    receivers == 1 ? &total : NULL) == 0);
	for (i = 0; i < SENDERS; i++)
		REQUIRE(pthread_create(&s[i], NULL, sender,
		    (void *)(intptr_t)i) == 0);
	for (i = 0; i < SENDERS; i++)
		REQUIRE(pthread_join(s[i], NULL) == 0);
	for (i = 0; i < receivers; i++)
		REQUIRE(pthread_join(r[i], NULL) == 0);
	(void)host_set_curthread(td);
	for (i = 0; i < SENDERS; i++)
		CHECK_EQ(received[i], count);
	CHECK_EQ(core_receive(pset, &m, 0), MACH_RCV_TIMED_OUT);
}

int
main(int argc, char **argv)
{
	int i;

	if (argc > 1)
		count = atoi(argv[1]);
	core_begin();
	proc = core_proc(10);
	pset = core_pset();
	for (i = 0; i < PORTS; i++) {
		ports[i] = core_port_send();
		CHECK_EQ(TRAP(_kernelrpc_mach_port_insert_member_trap,
		    core_self(), ports[i], pset), 0);
	}
	exchange(1);
	exchange(RECEIVERS);
	core_proc_exit(proc);
	core_end();
	return (test_end());
}
