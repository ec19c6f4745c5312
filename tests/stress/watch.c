/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Stress of those who wait for ports from outside of Mach.
 *
 *	watch [-t seconds] [-n threads] [-S seed]
 *
 * Threads attach and detach knotes (on Linux: open and close descriptors) of
 * shared sets, move ports in and out of them, send without waiting, receive,
 * and destroy the sets and make them anew, while one thread that has made no
 * Mach call of its own waits and, through kevent(2), receives.  The ports live
 * on, so at the end every message sent was received, by whatever way, or is in
 * a queue; and whoever waits then is woken.
 */

#include <sys/types.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <mach/kevent.h>
#include <mach/mach.h>
#include <mach/port_set_fd.h>

#include "../patience.h"

#define	SETS		4
#define	PORTS		8
#define	KQUEUES		3
#define	WAIT_MS		patience(5000)

static _Atomic mach_port_t sets[SETS];
static mach_port_t ports[PORTS];
static _Atomic uint64_t sent, received, by_kevent, events, renewed, attached;
static _Atomic bool stop;
static unsigned nthreads = 8, seconds = 5;
static uint64_t seed;

static void
die(const char *what, int code)
{

	fprintf(stderr, "watch: %s: %d (%#x), seed %llu\n", what, code,
	    (unsigned)code, (unsigned long long)seed);
	exit(1);
}

static unsigned
draw(uint64_t *state, unsigned n)
{

	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return ((unsigned)(*state >> 33) % n);
}

static mach_port_t
new_set(void)
{
	mach_port_t set;
	kern_return_t kr;

	kr = mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_PORT_SET,
	    &set);
	if (kr != KERN_SUCCESS)
		die("mach_port_allocate", kr);
	return (set);
}

static void
send_one(mach_port_t port)
{
	mach_msg_header_t msg;
	mach_msg_return_t mr;

	memset(&msg, 0, sizeof(msg));
	msg.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0);
	msg.msgh_size = sizeof(msg);
	msg.msgh_remote_port = port;
	mr = mach_msg(&msg, MACH_SEND_MSG | MACH_SEND_TIMEOUT, sizeof(msg), 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	if (mr == MACH_MSG_SUCCESS)
		atomic_fetch_add(&sent, 1);
	else if (mr != MACH_SEND_TIMED_OUT)
		die("send", mr);
}

static bool
receive_one(mach_port_t name)
{
	struct {
		mach_msg_header_t	hdr;
		mach_msg_trailer_t	trailer;
	} msg;
	mach_msg_return_t mr;

	mr = mach_msg(&msg.hdr, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
	    sizeof(msg), name, 0, MACH_PORT_NULL);
	if (mr == MACH_MSG_SUCCESS)
		atomic_fetch_add(&received, 1);
	/* Of a set that is being destroyed. */
	else if (mr != MACH_RCV_TIMED_OUT && mr != MACH_RCV_INVALID_NAME &&
	    mr != MACH_RCV_PORT_DIED)
		die("receive", mr);
	return (mr == MACH_MSG_SUCCESS);
}

#if MACH_HAVE_KEVENT

static int kqs[KQUEUES];
static uint8_t buffers[KQUEUES][256];

static void
outside_init(void)
{
	int i;

	for (i = 0; i < KQUEUES; i++)
		if ((kqs[i] = kqueue()) < 0)
			die("kqueue", errno);
}

static void
attach(mach_port_t set, uint64_t *state)
{
	static const uint16_t flags[] = { 0, EV_CLEAR, EV_ONESHOT,
	    EV_DISPATCH | EV_ENABLE };
	struct kevent64_s kev;
	unsigned kq;

	kq = draw(state, KQUEUES);
	EV_SET64(&kev, set, EVFILT_MACHPORT, EV_ADD | flags[draw(state, 4)],
	    draw(state, 2) != 0 ? MACH_RCV_MSG : 0, 0, 0,
	    (uint64_t)(uintptr_t)buffers[kq], sizeof(buffers[kq]));
	/* EINVAL: there with or without MACH_RCV_MSG already. */
	if (kevent64(kqs[kq], &kev, 1, NULL, 0, 0, NULL) == 0)
		atomic_fetch_add(&attached, 1);
	else if (errno != ENOENT && errno != EINVAL)
		die("EV_ADD", errno);
}

static void
detach(mach_port_t set, uint64_t *state)
{
	struct kevent64_s kev;

	EV_SET64(&kev, set, EVFILT_MACHPORT, EV_DELETE, 0, 0, 0, 0, 0);
	if (kevent64(kqs[draw(state, KQUEUES)], &kev, 1, NULL, 0, 0, NULL) != 0
	    && errno != ENOENT)
		die("EV_DELETE", errno);
}

static void
scan(int kq, const struct timespec *timeout)
{
	struct kevent64_s kev[4];
	int i, n;

	n = kevent64(kq, NULL, 0, kev, 4, 0, timeout);
	if (n < 0)
		die("kevent", errno);
	for (i = 0; i < n; i++) {
		if ((kev[i].flags & (EV_EOF | EV_ERROR)) != 0)
			continue;
		atomic_fetch_add(&events, 1);
		if (kev[i].ext[1] == 0 || kev[i].data != 0)
			continue;
		if (kev[i].fflags != MACH_MSG_SUCCESS)
			die("received by kevent", (int)kev[i].fflags);
		atomic_fetch_add(&by_kevent, 1);
	}
}

static void
look(uint64_t *state)
{
	static const struct timespec none;

	scan(kqs[draw(state, KQUEUES)], &none);
}

/* Never makes a Mach call but through kevent(2). */
static void *
stranger(void *arg __attribute__((__unused__)))
{
	static const struct timespec tick = { .tv_nsec = 20000000 };

	while (!atomic_load(&stop))
		scan(kqs[0], &tick);
	return (NULL);
}

static void
is_woken(mach_port_t set)
{
	const struct timespec limit = { .tv_sec = WAIT_MS / 1000 };
	struct kevent64_s kev;
	int kq, n;

	kq = kqueue();
	EV_SET64(&kev, set, EVFILT_MACHPORT, EV_ADD, 0, 0, 0, 0, 0);
	n = kevent64(kq, &kev, 1, &kev, 1, 0, &limit);
	if (n != 1 || (kev.flags & EV_ERROR) != 0)
		die("the last event", n);
	(void)close(kq);
}

static void
outside_fini(void)
{
	int i;

	for (i = 0; i < KQUEUES; i++)
		(void)close(kqs[i]);
}

#else /* !MACH_HAVE_KEVENT */

#define	FDS	8

static _Atomic int fds[FDS];	/* the number + 1; 0: none */

static void
outside_init(void)
{
}

static void
detach(mach_port_t set __attribute__((__unused__)), uint64_t *state)
{
	int fd;

	fd = atomic_exchange(&fds[draw(state, FDS)], 0);
	if (fd != 0)
		(void)close(fd - 1);
}

static void
attach(mach_port_t set, uint64_t *state)
{
	kern_return_t kr;
	int fd;

	kr = mach_pset_fd(mach_task_self(), set, MACH_PSET_FD_CLOEXEC, &fd);
	if (kr == KERN_SUCCESS) {
		atomic_fetch_add(&attached, 1);
		/* Who closes a descriptor has taken it out of the table. */
		fd = atomic_exchange(&fds[draw(state, FDS)], fd + 1);
		if (fd != 0)
			(void)close(fd - 1);
	} else if (kr != KERN_INVALID_NAME && kr != KERN_RESOURCE_SHORTAGE)
		die("mach_pset_fd", kr);
}

static void
look(uint64_t *state)
{
	struct pollfd pfd;
	unsigned i;
	int fd;

	i = draw(state, FDS);
	fd = atomic_exchange(&fds[i], 0);
	if (fd == 0)
		return;
	pfd.fd = fd - 1;
	pfd.events = POLLIN;
	if (poll(&pfd, 1, 0) == 1)
		atomic_fetch_add(&events, 1);
	fd = atomic_exchange(&fds[i], fd);
	if (fd != 0)
		(void)close(fd - 1);
}

static void *
stranger(void *arg __attribute__((__unused__)))
{
	struct pollfd pfd;
	int fd;
	unsigned i;

	for (i = 0; !atomic_load(&stop); i++) {
		fd = atomic_exchange(&fds[i % FDS], 0);
		if (fd == 0)
			continue;
		pfd.fd = fd - 1;
		pfd.events = POLLIN;
		if (poll(&pfd, 1, 20) == 1)
			atomic_fetch_add(&events, 1);
		(void)close(fd - 1);
	}
	return (NULL);
}

static void
is_woken(mach_port_t set)
{
	struct pollfd pfd;
	kern_return_t kr;
	int fd;

	kr = mach_pset_fd(mach_task_self(), set, 0, &fd);
	if (kr != KERN_SUCCESS)
		die("mach_pset_fd at the end", kr);
	pfd.fd = fd;
	pfd.events = POLLIN;
	if (poll(&pfd, 1, WAIT_MS) != 1)
		die("the last event", 0);
	(void)close(fd);
}

static void
outside_fini(void)
{
	unsigned i;
	int fd;

	for (i = 0; i < FDS; i++)
		if ((fd = atomic_exchange(&fds[i], 0)) != 0)
			(void)close(fd - 1);
}

#endif

static void *
worker(void *arg)
{
	uint64_t state;
	mach_port_t port, set;
	kern_return_t kr;
	unsigned i;

	state = seed * 2654435761u + (uint64_t)(uintptr_t)arg * 97 + 1;
	while (!atomic_load(&stop)) {
		i = draw(&state, SETS);
		set = atomic_load(&sets[i]);
		port = ports[draw(&state, PORTS)];
		switch (draw(&state, 12)) {
		case 0:
		case 1:
			attach(set, &state);
			break;
		case 2:
			detach(set, &state);
			break;
		case 3:
			kr = mach_port_move_member(mach_task_self(), port,
			    draw(&state, 4) == 0 ? MACH_PORT_NULL : set);
			if (kr != KERN_SUCCESS && kr != KERN_NOT_IN_SET &&
			    kr != KERN_INVALID_NAME && kr != KERN_INVALID_RIGHT)
				die("move_member", kr);
			break;
		case 4:
			kr = mach_port_insert_member(mach_task_self(), port,
			    set);
			if (kr != KERN_SUCCESS && kr != KERN_ALREADY_IN_SET &&
			    kr != KERN_INVALID_NAME && kr != KERN_INVALID_RIGHT)
				die("insert_member", kr);
			break;
		case 5:
		case 6:
		case 7:
			send_one(port);
			break;
		case 8:
			(void)receive_one(set);
			break;
		case 9:
		case 10:
			look(&state);
			break;
		default:
			/* Whoever takes the name out destroys it. */
			set = atomic_exchange(&sets[i], MACH_PORT_NULL);
			if (set == MACH_PORT_NULL)
				break;
			kr = mach_port_mod_refs(mach_task_self(), set,
			    MACH_PORT_RIGHT_PORT_SET, -1);
			if (kr != KERN_SUCCESS)
				die("mod_refs", kr);
			atomic_store(&sets[i], new_set());
			atomic_fetch_add(&renewed, 1);
			break;
		}
	}
	return (NULL);
}

static void
make_ports(void)
{
	kern_return_t kr;
	unsigned i;

	for (i = 0; i < PORTS; i++) {
		kr = mach_port_allocate(mach_task_self(),
		    MACH_PORT_RIGHT_RECEIVE, &ports[i]);
		if (kr == KERN_SUCCESS)
			kr = mach_port_insert_right(mach_task_self(), ports[i],
			    ports[i], MACH_MSG_TYPE_MAKE_SEND);
		if (kr != KERN_SUCCESS)
			die("a port", kr);
	}
	for (i = 0; i < SETS; i++)
		atomic_store(&sets[i], new_set());
}

static void
check_end(void)
{
	mach_port_t set;
	unsigned i;

	/* What is queued, then one message more for each, waited for. */
	for (i = 0; i < PORTS; i++)
		while (receive_one(ports[i]))
			continue;
	for (i = 0; i < PORTS; i++) {
		set = atomic_load(&sets[i % SETS]);
		(void)mach_port_move_member(mach_task_self(), ports[i], set);
		send_one(ports[i]);
		is_woken(set);
		if (!receive_one(set))
			die("no message at the end", 0);
	}
	outside_fini();
	printf("watch: %llu sent, %llu received, %llu of them by kevent, "
	    "%llu events, %llu attached, %llu sets renewed\n",
	    (unsigned long long)sent, (unsigned long long)received + by_kevent,
	    (unsigned long long)by_kevent, (unsigned long long)events,
	    (unsigned long long)attached, (unsigned long long)renewed);
	if (sent != received + by_kevent)
		die("messages are missing", (int)(sent - received - by_kevent));
	if (events == 0 || renewed == 0 || attached == 0)
		die("nothing happened", 0);
}

int
main(int argc, char **argv)
{
	struct timespec ts;
	pthread_t other, threads[64];
	unsigned i;
	int ch;

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	seed = (uint64_t)ts.tv_nsec;
	while ((ch = getopt(argc, argv, "n:S:t:")) != -1) {
		switch (ch) {
		case 'n':
			nthreads = (unsigned)atoi(optarg);
			break;
		case 'S':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 't':
			seconds = (unsigned)atoi(optarg);
			break;
		default:
			return (2);
		}
	}
	if (nthreads < 1 || nthreads > 64)
		return (2);
	make_ports();
	outside_init();
	if (pthread_create(&other, NULL, stranger, NULL) != 0)
		die("pthread_create", errno);
	for (i = 0; i < nthreads; i++)
		if (pthread_create(&threads[i], NULL, worker,
		    (void *)(uintptr_t)i) != 0)
			die("pthread_create", errno);
	(void)sleep(seconds);
	atomic_store(&stop, true);
	for (i = 0; i < nthreads; i++)
		(void)pthread_join(threads[i], NULL);
	(void)pthread_join(other, NULL);
	check_end();
	return (0);
}
