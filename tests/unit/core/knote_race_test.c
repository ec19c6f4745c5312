/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * tests/stress/watch.c in process: threads attach and detach knotes
 * of shared sets, move ports, send without waiting, receive, and renew the
 * sets; another, which enters Mach through the kqueue only, receives.  Every
 * message is accounted for.
 *
 * usage: knote_race_test [rounds [seed]]
 */

#include "core.h"

#include <sys/event.h>

#include <kernel/ipc/ipc_watch.h>
#include <kernel/user/kqueue.h>

#define	FILTER	(-12)
#define	SETS	3
#define	PORTS	4
#define	KQUEUES	2
#define	THREADS	8

static struct proc *proc;
static struct kqueue *kqs[KQUEUES];
static struct message buffers[THREADS + 1];
static mach_port_name_t ports[PORTS];
static _Atomic mach_port_name_t sets[SETS];
static _Atomic long sent, received, by_kevent, ended;
static _Atomic int running;
static int rounds = 20000;
static uint64_t seed = 1;

static u_int
draw(uint64_t *state, u_int n)
{

	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return ((u_int)(*state >> 33) % n);
}

static void
change(struct kqueue *kq, mach_port_name_t name, int flags, u_int fflags,
    struct message *m)
{
	struct kevent kev;
	int error;

	memset(&kev, 0, sizeof(kev));
	kev.ident = name;
	kev.filter = FILTER;
	kev.flags = (u_short)flags | EV_RECEIPT;
	kev.fflags = fflags;
	kev.ext[0] = P(m);
	kev.ext[1] = sizeof(*m);
	error = kqueue_kevent(kq, &kev, 1, &kev, 1, 0);
	CHECK_EQ(error, 1);
	CHECK(kev.data == 0 || kev.data == ENOENT);
}

static int
scan(struct kqueue *kq, int timeout)
{
	struct kevent kev[3];
	int i, n;

	n = kqueue_kevent(kq, NULL, 0, kev, 3, timeout);
	host_assert_no_locks("kevent");
	for (i = 0; i < n; i++) {
		if ((kev[i].flags & EV_EOF) != 0)
			ended++;
		else if (kev[i].data == 0 && kev[i].fflags == 0)
			by_kevent++;
		else
			CHECK(kev[i].data != 0 ||
			    kev[i].fflags == MACH_RCV_TIMED_OUT);
	}
	return (n);
}

static void
renew(u_int i)
{
	mach_port_name_t set;

	set = __atomic_exchange_n((mach_port_name_t *)&sets[i], 0,
	    __ATOMIC_SEQ_CST);
	if (set == MACH_PORT_NULL)
		return;
	CHECK_EQ(core_destroy(set), 0);
	/* Half of them under the same name. */
	if ((set & 0x100) == 0 && TRAP(mach_port_allocate_name_trap,
	    core_self(), MACH_PORT_RIGHT_PORT_SET, set) == 0)
		sets[i] = set;
	else
		sets[i] = core_pset();
}

static void *
worker(void *arg)
{
	static const int flags[] = { 0, EV_CLEAR, EV_ONESHOT,
	    EV_DISPATCH | EV_ENABLE };
	struct message m;
	struct kqueue *kq;
	uint64_t state;
	mach_port_name_t port, set;
	u_int i;
	int me, n;

	me = (int)(intptr_t)arg;
	state = seed * 2654435761u + (uint64_t)me * 97 + 1;
	core_thread(proc);
	for (n = 0; n < rounds; n++) {
		i = draw(&state, SETS);
		set = sets[i];
		port = ports[draw(&state, PORTS)];
		kq = kqs[draw(&state, KQUEUES)];
		switch (draw(&state, 10)) {
		case 0:
		case 1:
			change(kq, set, EV_ADD | flags[draw(&state, 4)],
			    draw(&state, 2) != 0 ? MACH_RCV_MSG : 0,
			    &buffers[me]);
			break;
		case 2:
			change(kq, set, EV_DELETE, 0, NULL);
			break;
		case 3:
			(void)TRAP(_kernelrpc_mach_port_move_member_trap,
			    core_self(), port,
			    draw(&state, 4) == 0 ? 0 : set);
			break;
		case 4:
			(void)TRAP(_kernelrpc_mach_port_insert_member_trap,
			    core_self(), port, set);
			break;
		case 5:
		case 6:
			if (core_send(port, n, 0) == 0)
				sent++;
			break;
		case 7:
			if (core_receive(set, &m, 0) == 0)
				received++;
			break;
		case 8:
			(void)scan(kq, 0);
			break;
		default:
			renew(i);
			break;
		}
	}
	core_thread_end();
	running--;
	return (NULL);
}

static void *
stranger(void *arg)
{

	(void)arg;
	core_thread(proc);
	while (running > 0)
		(void)scan(kqs[0], 5);
	core_thread_end();
	return (NULL);
}

int
main(int argc, char **argv)
{
	struct message m;
	pthread_t other, threads[THREADS];
	int i;

	rounds = argc > 1 ? atoi(argv[1]) : rounds;
	seed = argc > 2 ? strtoull(argv[2], NULL, 0) : seed;
	core_begin();
	CHECK_EQ(kqueue_add_filteropts(FILTER, &ipc_knote_filtops), 0);
	proc = core_proc(1);
	for (i = 0; i < KQUEUES; i++)
		kqs[i] = kqueue_open();
	for (i = 0; i < PORTS; i++)
		ports[i] = core_port_send();
	for (i = 0; i < SETS; i++)
		sets[i] = core_pset();
	running = THREADS;
	for (i = 0; i < THREADS; i++)
		REQUIRE(pthread_create(&threads[i], NULL, worker,
		    (void *)(intptr_t)i) == 0);
	REQUIRE(pthread_create(&other, NULL, stranger, NULL) == 0);
	for (i = 0; i < THREADS; i++)
		(void)pthread_join(threads[i], NULL);
	(void)pthread_join(other, NULL);

	for (i = 0; i < PORTS; i++)
		while (core_receive(ports[i], &m, 0) == 0)
			received++;
	CHECK_EQ(sent, received + by_kevent);
	CHECK(by_kevent > 0);
	CHECK(ended > 0);
	printf("%ld sent, %ld received, %ld by kevent, %ld ends seen\n", sent,
	    received, by_kevent, ended);
	core_proc_exit(proc);
	for (i = 0; i < KQUEUES; i++)
		kqueue_close(kqs[i]);
	CHECK_EQ(kqueue_del_filteropts(FILTER), 0);
	core_end();
	return (test_end());
}
