/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Threads of one task do everything to the same few ports and sets at once:
 * send, send rights, receive, move in and out of sets, destroy, make anew, ask
 * for notifications, change limits.  Nothing is expected of any single call; at
 * the end the process exits and not one object may be left.  Found by it: a
 * dead-name request lost between a look-up and the destruction of its port.
 *
 * usage: race_test [rounds [seed]]
 */

#include "core.h"

#define	THREADS	6
#define	PORTS	8
#define	PSETS	4

static struct proc *race_proc;
static mach_port_name_t race_self;
static _Atomic mach_port_name_t ports[PORTS], psets[PSETS];
static int rounds = 4000;
static unsigned int seed = 1;

static void
send_plain(unsigned int k, unsigned int r)
{
	struct message m;

	memset(&m.hdr, 0, sizeof(m.hdr));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE);
	m.hdr.msgh_remote_port = ports[k];
	m.hdr.msgh_local_port = ports[(k + 1) % PORTS];
	(void)TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    60, 0, 0, r % 3, 0);
}

static void
send_rights(unsigned int k, unsigned int r)
{
	struct message m;

	memset(&m, 0, sizeof(m));
	m.hdr.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0) |
	    MACH_MSGH_BITS_COMPLEX;
	m.hdr.msgh_remote_port = ports[k];
	m.body.msgh_descriptor_count = 2;
	m.d.port[0].name = ports[(k + 2) % PORTS];
	m.d.port[0].disposition = (r & 1) != 0 ? MACH_MSG_TYPE_MOVE_RECEIVE :
	    MACH_MSG_TYPE_COPY_SEND;
	m.d.port[1].name = ports[(k + 3) % PORTS];
	m.d.port[1].disposition = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	(void)TRAP(mach_msg_trap, P(&m), MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    offsetof(struct message, d.port[2]), 0, 0, 0, 0);
}

static void
receive(mach_port_name_t from, unsigned int r)
{
	struct message m;
	unsigned int i;

	if (core_receive(from, &m, (int)(r % 3)) != MACH_MSG_SUCCESS)
		return;
	(void)TRAP(_kernelrpc_mach_port_deallocate_trap, race_self,
	    m.hdr.msgh_remote_port);
	if ((m.hdr.msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return;
	for (i = 0; i < m.body.msgh_descriptor_count; i++) {
		if ((r & 4) != 0)
			(void)core_destroy(m.d.port[i].name);
		else
			(void)TRAP(_kernelrpc_mach_port_deallocate_trap,
			    race_self, m.d.port[i].name);
	}
}

static void
request(unsigned int k, unsigned int r)
{
	static const mach_msg_id_t ids[] = { MACH_NOTIFY_DEAD_NAME,
	    MACH_NOTIFY_SEND_POSSIBLE, MACH_NOTIFY_NO_SENDERS,
	    MACH_NOTIFY_PORT_DESTROYED };
	mach_port_name_t previous;

	previous = MACH_PORT_NULL;
	(void)TRAP(_kernelrpc_mach_port_request_notification_trap, race_self,
	    ports[k], (uint64_t)ids[r % 4], (r >> 2) % 2,
	    ports[(k + 1) % PORTS], MACH_MSG_TYPE_MAKE_SEND_ONCE,
	    P(&previous));
	if (previous != MACH_PORT_NULL)
		(void)TRAP(_kernelrpc_mach_port_deallocate_trap, race_self,
		    previous);
}

static void *
race(void *arg)
{
	unsigned int j, k, r;
	unsigned int x;
	int i, limit;

	x = seed * 7919 + (unsigned int)(uintptr_t)arg;
	core_thread(race_proc);
	for (i = 0; i < rounds; i++) {
		x = x * 1103515245 + 12345;
		k = (x >> 8) % PORTS;
		j = (x >> 5) % PSETS;
		r = x >> 20;
		switch ((x >> 16) % 14) {
		case 0:
		case 1:
		case 2:
			send_plain(k, r);
			break;
		case 3:
			send_rights(k, r);
			break;
		case 4:
		case 5:
			receive(psets[j], r);
			break;
		case 6:
			receive(ports[k], r);
			break;
		case 7:
			(void)TRAP(_kernelrpc_mach_port_move_member_trap,
			    race_self, ports[k], psets[j]);
			break;
		case 8:
			(void)TRAP(_kernelrpc_mach_port_insert_member_trap,
			    race_self, ports[k], psets[j]);
			break;
		case 9:
			(void)TRAP(_kernelrpc_mach_port_move_member_trap,
			    race_self, ports[k], MACH_PORT_NULL);
			break;
		case 10:
			(void)core_destroy(psets[j]);
			psets[j] = core_pset();
			break;
		case 11:
			(void)core_destroy(ports[k]);
			ports[k] = core_port_send();
			break;
		case 12:
			request(k, r);
			break;
		default:
			limit = (int)(r % 6);
			(void)TRAP(mach_port_set_attributes_trap, race_self,
			    ports[k], MACH_PORT_LIMITS_INFO, P(&limit), 1);
			break;
		}
	}
	core_thread_end();
	return (NULL);
}

int
main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	struct thread *td;
	int i;

	if (argc > 1)
		rounds = atoi(argv[1]);
	if (argc > 2)
		seed = (unsigned int)atoi(argv[2]);
	core_begin();
	race_proc = core_proc(10);
	td = host_curthread();
	race_self = core_self();
	for (i = 0; i < PORTS; i++)
		ports[i] = core_port_send();
	for (i = 0; i < PSETS; i++)
		psets[i] = core_pset();
	(void)host_set_curthread(NULL);
	for (i = 0; i < THREADS; i++)
		REQUIRE(pthread_create(&threads[i], NULL, race,
		    (void *)(uintptr_t)(i + 1)) == 0);
	for (i = 0; i < THREADS; i++)
		REQUIRE(pthread_join(threads[i], NULL) == 0);
	(void)host_set_curthread(td);
	core_proc_exit(race_proc);
	core_end();
	return (test_end());
}
