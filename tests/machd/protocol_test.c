/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * machd against clients that do not keep to the protocol: junk greetings,
 * garbage in the shared memory while traps run, death in the middle.  Speaks
 * the protocol by hand, without libmach.
 *
 *	protocol_test machd
 *
 * Starts a machd of its own; at the end that must still answer, end in order
 * and have nothing left.
 */

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <kernel/user/machd/protocol.h>

#include "tap.h"

#define	TRAP_PORT_ALLOCATE	16
#define	TRAP_REPLY_PORT		26
#define	TRAP_TASK_SELF		28
#define	TRAP_MSG		31
#define	RIGHT_RECEIVE		1

static char dir[] = "/tmp/machd-test." "XX" "XX" "XX";
static char path[64];
static uint64_t nonce = 0x1234567890abcdef;
static int wakefd = -1;		/* the wake words, of the last answer */

/* A client's attachment. */
struct peer {
	int		 fd;
	int		 memfd;
	struct machd_door *door;
	struct machd_slot *slots;
};

static pid_t
start_machd(const char *program)
{
	char readytext[16];
	char byte;
	int ready[2];
	pid_t pid;

	if (pipe(ready) != 0)
		return (-1);
	pid = fork();
	if (pid == 0) {
		(void)close(ready[0]);
		(void)snprintf(readytext, sizeof(readytext), "%d", ready[1]);
		(void)execl(program, program, "--socket", path, "--ready-fd",
		    readytext, "--check-leaks", NULL);
		perror(program);
		_exit(71);
	}
	(void)close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		return (-1);
	(void)close(ready[0]);
	return (pid);
}

static int
connect_machd(void)
{
	struct sockaddr_un sun;
	int fd;

	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	strcpy(sun.sun_path, path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (connect(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0) {
		perror(path);
		exit(1);
	}
	return (fd);
}

static struct machd_hello
good_hello(void)
{
	struct machd_hello hello;

	memset(&hello, 0, sizeof(hello));
	hello.hello_magic = MACHD_MAGIC;
	hello.hello_version = MACHD_VERSION;
	hello.hello_nonce = nonce;
	hello.hello_nonce_addr = (uintptr_t)&nonce;
	return (hello);
}

/* The answer's error, or -1 when there is none. */
static int
answer(int fd, struct machd_welcome *welcome, int *memfdp)
{
	union {
		struct cmsghdr	 align;
		char		 buf[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	struct cmsghdr *cmsg;
	struct msghdr msg;
	struct iovec iov = { welcome, sizeof(*welcome) };

	*memfdp = wakefd = -1;
	if (poll(&pfd, 1, 20000) != 1)
		return (-1);
	memset(&msg, 0, sizeof(msg));
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = control.buf;
	msg.msg_controllen = sizeof(control.buf);
	if (recvmsg(fd, &msg, MSG_CMSG_CLOEXEC) != (ssize_t)sizeof(*welcome))
		return (-1);
	cmsg = CMSG_FIRSTHDR(&msg);
	if (cmsg != NULL && cmsg->cmsg_type == SCM_RIGHTS)
		memcpy(memfdp, CMSG_DATA(cmsg), sizeof(int));
	if (cmsg != NULL && cmsg->cmsg_len == CMSG_LEN(2 * sizeof(int)))
		memcpy(&wakefd, CMSG_DATA(cmsg) + sizeof(int), sizeof(int));
	return (welcome->welcome_error);
}

static bool
refused(const void *hello, size_t size)
{
	struct machd_welcome welcome;
	char byte;
	int error, fd, memfd;
	bool closed;

	fd = connect_machd();
	if (send(fd, hello, size, MSG_NOSIGNAL) != (ssize_t)size)
		return (false);
	error = answer(fd, &welcome, &memfd);
	closed = recv(fd, &byte, 1, 0) <= 0;
	(void)close(fd);
	return (error > 0 && closed && memfd == -1 &&
	    memchr(welcome.welcome_reason, '\0', MACHD_REASON_SIZE) != NULL &&
	    welcome.welcome_reason[0] != '\0');
}

static void
test_hello(void)
{
	struct machd_hello hello;
	char big[4096];
	int fd;

	memset(big, 'x', sizeof(big));
	ok(refused(big, sizeof(big)), "a long message of junk is refused");
	ok(refused(big, 1), "one byte is refused");
	hello = good_hello();
	ok(refused(&hello, sizeof(hello) - 1), "a short greeting is refused");
	memcpy(big, &hello, sizeof(hello));
	ok(refused(big, sizeof(hello) + 1), "a long greeting is refused");
	hello.hello_version++;
	ok(refused(&hello, sizeof(hello)), "another version is refused");
	hello = good_hello();
	hello.hello_nonce++;
	ok(refused(&hello, sizeof(hello)), "a wrong nonce is refused");
	hello = good_hello();
	hello.hello_nonce_addr = 16;
	ok(refused(&hello, sizeof(hello)), "a nonce nowhere is refused");
	hello.hello_nonce_addr = UINT64_MAX - 3;
	ok(refused(&hello, sizeof(hello)), "a nonce past the end is refused");
	hello = good_hello();
	hello.hello_zone = 4097;
	hello.hello_zone_size = 4096;
	ok(refused(&hello, sizeof(hello)), "an unaligned zone is refused");
	hello.hello_zone = UINT64_MAX - 4095;
	hello.hello_zone_size = 8192;
	ok(refused(&hello, sizeof(hello)), "a zone that wraps is refused");
	hello.hello_zone = 4096;
	hello.hello_zone_size = UINT64_MAX - 8191;
	ok(refused(&hello, sizeof(hello)), "a huge zone is refused");
	fd = connect_machd();
	(void)close(fd);
	fd = connect_machd();
	(void)shutdown(fd, SHUT_WR);
	(void)close(fd);
	ok(true, "connections that say nothing are possible");
}

static bool
attach(struct peer *peer)
{
	struct machd_hello hello;
	struct machd_welcome welcome;
	struct ucred cred;
	socklen_t len;
	char *p;

	peer->fd = connect_machd();
	len = sizeof(cred);
	if (getsockopt(peer->fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) == 0)
		(void)prctl(PR_SET_PTRACER, (unsigned long)cred.pid, 0, 0, 0);
	hello = good_hello();
	if (send(peer->fd, &hello, sizeof(hello), MSG_NOSIGNAL) < 0 ||
	    answer(peer->fd, &welcome, &peer->memfd) != 0 || peer->memfd < 0)
		return (false);
	p = mmap(NULL, MACHD_SHARED_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
	    peer->memfd, 0);
	if (p == MAP_FAILED)
		return (false);
	peer->door = (struct machd_door *)(void *)p;
	peer->slots = (struct machd_slot *)(void *)(p + MACHD_PAGE);
	return (true);
}

static void
ring(struct peer *peer, unsigned index)
{
	struct machd_door *door;

	door = peer->door;
	atomic_fetch_or(&door->md_pending[index / 32], 1u << (index % 32));
	atomic_fetch_or(&door->md_summary, 1u << (index / 32));
	atomic_fetch_add(&door->md_bell, MACHD_BELL_STEP);
	(void)syscall(SYS_futex, &door->md_bell, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* One trap; false when no answer came in 20 seconds. */
static bool
trap(struct peer *peer, unsigned index, uint32_t number, const uint64_t *args,
    unsigned nargs, uint32_t *result)
{
	struct timespec limit = { .tv_sec = 20 };
	struct machd_slot *slot;
	uint32_t word;
	unsigned i;

	slot = &peer->slots[index];
	slot->ms_number = number;
	slot->ms_nargs = nargs;
	for (i = 0; i < nargs && i < MACHD_ARGS; i++)
		slot->ms_args[i] = args[i];
	slot->ms_in_size = slot->ms_out_size = 0;
	atomic_store(&slot->ms_interrupt, 0);
	atomic_store(&slot->ms_word, MACHD_POSTED);
	ring(peer, index);
	while (((word = atomic_fetch_or(&slot->ms_word, MACHD_WAITER)) &
	    MACHD_POSTED) != 0) {
		if (syscall(SYS_futex, &slot->ms_word, FUTEX_WAIT,
		    word | MACHD_WAITER, &limit, NULL, 0) != 0 &&
		    errno == ETIMEDOUT)
			return (false);
	}
	atomic_store(&slot->ms_word, 0);
	*result = slot->ms_result;
	return (true);
}

static bool
answers(struct peer *peer)
{
	uint32_t result;

	return (trap(peer, 0, TRAP_TASK_SELF, NULL, 0, &result) &&
	    result != 0 &&
	    trap(peer, 0, MACHD_TRAP_NULL, NULL, 0, &result) && result == 0);
}

static void
test_attach(struct peer *peer)
{
	struct stat st;
	uint32_t result;
	uint64_t args[8];

	if (!ok(attach(peer), "a good greeting is accepted"))
		exit(done());
	ok(fstat(peer->memfd, &st) == 0 &&
	    st.st_size == (off_t)MACHD_SHARED_SIZE, "the memory has its size");
	ok(ftruncate(peer->memfd, 0) != 0 && ftruncate(peer->memfd,
	    2 * MACHD_SHARED_SIZE) != 0, "it can neither shrink nor grow");
	ok(answers(peer), "a trap is answered");
	memset(args, 0, sizeof(args));
	ok(trap(peer, 5, 0xfffffff0, args, 8, &result) && result == 4,
	    "an unknown private trap is an invalid argument");
	ok(trap(peer, 5, 31, args, 200, &result), "too many arguments");
	ok(trap(peer, MACHD_SLOTS - 1, TRAP_TASK_SELF, NULL, 0, &result) &&
	    result != 0, "the last slot works");
	ok(trap(peer, 7, MACHD_TRAP_THREAD_EXIT, NULL, 0, &result),
	    "the exit of a thread that never was");
	args[0] = 0;
	args[1] = UINT64_MAX;
	ok(trap(peer, 5, MACHD_TRAP_WIPED, args, 2, &result) && result == 4,
	    "wiping memory outside the zone is refused");
	ok(trap(peer, 5, MACHD_TRAP_FORK_PREPARE, NULL, 0, &result) &&
	    result != 0, "a fork without room for its token is refused");
	ok(trap(peer, 5, MACHD_TRAP_FORK_DONE, args, 1, &result) &&
	    result != 0, "the end of a fork that never began is refused");
}

static void
pin_threads(pid_t pid, int cpu)
{
	char name[64];
	struct dirent *de;
	cpu_set_t set;
	DIR *tasks;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	(void)snprintf(name, sizeof(name), "/proc/%ld/task", (long)pid);
	tasks = opendir(name);
	while (tasks != NULL && (de = readdir(tasks)) != NULL)
		if (de->d_name[0] != '.')
			(void)sched_setaffinity((pid_t)atoi(de->d_name),
			    sizeof(set), &set);
	if (tasks != NULL)
		(void)closedir(tasks);
}

/* A thread that waits for a message on its wake word. */
struct sleeper {
	struct peer	*peer;
	uint32_t	 port;
	_Atomic bool	 asleep;
	bool		 woken;		/* by somebody, not by time */
};

static void *
sleep_by_wake_word(void *arg)
{
	static char buffer[512];
	struct timespec limit = { .tv_sec = 20 };
	struct sleeper *s = arg;
	struct machd_slot *slot;
	_Atomic uint32_t *words;
	uint32_t result, value, word;
	unsigned index;

	slot = &s->peer->slots[1];
	words = mmap(NULL, MACHD_WAKE_SIZE, PROT_READ, MAP_SHARED, wakefd, 0);
	if (words == MAP_FAILED || !trap(s->peer, 1, MACHD_TRAP_NULL, NULL, 0,
	    &result))
		return (NULL);
	index = atomic_load(&slot->ms_wake_word);
	if (index == 0 || index >= MACHD_WAKE_WORDS)
		return (NULL);
	slot->ms_number = TRAP_MSG;
	slot->ms_nargs = 7;
	memset(slot->ms_args, 0, sizeof(slot->ms_args));
	slot->ms_args[0] = slot->ms_out_addr = (uintptr_t)buffer;
	slot->ms_args[1] = 2;			/* MACH_RCV_MSG */
	slot->ms_args[3] = slot->ms_out_size = sizeof(buffer);
	slot->ms_args[4] = s->port;
	slot->ms_in_size = 0;
	atomic_store(&slot->ms_word, MACHD_POSTED);
	ring(s->peer, 1);
	while ((atomic_load(&slot->ms_word) & MACHD_BLOCKED) == 0)
		(void)sched_yield();
	value = atomic_load(&words[index]);
	atomic_store(&slot->ms_cpu, MACHD_ON_WAKE_WORD(0));
	word = atomic_fetch_or(&slot->ms_word, MACHD_WAITER);
	atomic_store(&s->asleep, true);
	if ((word & MACHD_POSTED) != 0 && syscall(SYS_futex, &words[index],
	    FUTEX_WAIT, value, &limit, NULL, 0) != 0 && errno == ETIMEDOUT)
		return (NULL);
	s->woken = (atomic_load(&slot->ms_word) & MACHD_POSTED) == 0;
	atomic_store(&slot->ms_cpu, 0);
	return (NULL);
}

/* A message of slot 2 to the port; the word as machd left it. */
static uint32_t
send_from(struct peer *peer, uint32_t port)
{
	static struct {
		uint32_t	bits, size, remote, local, voucher, id;
	} message;
	struct machd_slot *slot;
	uint32_t word;

	message.bits = 20;			/* MACH_MSG_TYPE_MAKE_SEND */
	message.size = sizeof(message);
	message.remote = port;
	slot = &peer->slots[2];
	slot->ms_number = TRAP_MSG;
	slot->ms_nargs = 7;
	memset(slot->ms_args, 0, sizeof(slot->ms_args));
	slot->ms_args[0] = (uintptr_t)&message;
	slot->ms_args[1] = 1;			/* MACH_SEND_MSG */
	slot->ms_args[2] = sizeof(message);
	atomic_store(&slot->ms_cpu, 0);
	atomic_store(&slot->ms_word, MACHD_POSTED);
	ring(peer, 2);
	do
		word = atomic_load(&slot->ms_word);
	while ((word & MACHD_POSTED) != 0);
	atomic_store(&slot->ms_word, 0);
	return (word);
}

/* A client is left a wake-up and does not do it. */
static void
test_wake(struct peer *peer, pid_t machd)
{
	struct sleeper s = { .peer = peer };
	pthread_t thread;
	cpu_set_t all, set;
	uint32_t first, second;

	if (wakefd < 0 || sysconf(_SC_NPROCESSORS_ONLN) < 2) {
		ok(true, "a wake-up that is not done # SKIP needs two CPUs "
		    "and sealed memory");
		return;
	}
	(void)sched_getaffinity(0, sizeof(all), &all);
	CPU_ZERO(&set);
	CPU_SET(0, &set);
	(void)sched_setaffinity(0, sizeof(set), &set);
	pin_threads(machd, 1);
	if (!trap(peer, 2, TRAP_REPLY_PORT, NULL, 0, &s.port) ||
	    pthread_create(&thread, NULL, sleep_by_wake_word, &s) != 0) {
		ok(false, "a port and a thread");
		return;
	}
	while (!atomic_load(&s.asleep))
		(void)sched_yield();
	first = send_from(peer, s.port);
	ok((first & MACHD_WAKE_MASK) != 0,
	    "a wake-up on the sender's CPU is left to it (%#x)", first);
	(void)pthread_join(thread, NULL);
	ok(s.woken, "when it does nothing machd sees to it");

	atomic_store(&s.asleep, false);
	s.woken = false;
	if (pthread_create(&thread, NULL, sleep_by_wake_word, &s) != 0) {
		ok(false, "a thread");
		return;
	}
	while (!atomic_load(&s.asleep))
		(void)sched_yield();
	second = send_from(peer, s.port);
	(void)pthread_join(thread, NULL);
	ok((second & MACHD_WAKE_MASK) == 0 && s.woken,
	    "the next one is not left to it (%#x)", second);
	(void)sched_setaffinity(0, sizeof(all), &all);
}

/* A generator of our own: the same garbage every time. */
static uint32_t
noise(uint64_t *state)
{

	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return ((uint32_t)(*state >> 33));
}

static volatile bool scribbling;

struct scribbler {
	struct peer	*peer;
	uint64_t	 seed;
};

/* Words of a page at random, often the interesting ones. */
static void *
scribble(void *arg)
{
	struct scribbler *s = arg;
	uint32_t *page;
	uint32_t r;

	while (scribbling) {
		r = noise(&s->seed);
		page = (uint32_t *)(void *)&s->peer->slots[r % 4];
		switch (r / 4 % 4) {
		case 0:
			page[noise(&s->seed) % 32] = noise(&s->seed);
			break;
		case 1:
			page[noise(&s->seed) % 32] = noise(&s->seed) % 256;
			break;
		case 2:
			page[noise(&s->seed) % (MACHD_PAGE / 4)] =
			    noise(&s->seed);
			break;
		case 3:
			ring(s->peer, r / 16 % 4);
			break;
		}
	}
	return (NULL);
}

/* Traps with any number and any arguments, while others write into them. */
static void
wild_client(uint64_t seed)
{
	struct peer peer;
	struct scribbler s[2];
	pthread_t threads[2];
	struct machd_slot *slot;
	unsigned i, n;

	if (!attach(&peer))
		_exit(2);
	scribbling = true;
	for (i = 0; i < 2; i++) {
		s[i].peer = &peer;
		s[i].seed = seed * 7 + i;
		if (pthread_create(&threads[i], NULL, scribble, &s[i]) != 0)
			_exit(3);
	}
	for (n = 0;; n++) {
		i = noise(&seed) % 4;
		slot = &peer.slots[i];
		slot->ms_number = noise(&seed) % 180;
		if (noise(&seed) % 64 == 0)
			slot->ms_number = noise(&seed);
		slot->ms_nargs = noise(&seed) % 10;
		for (unsigned j = 0; j < MACHD_ARGS; j++)
			switch (noise(&seed) % 5) {
			case 0:
				slot->ms_args[j] = noise(&seed) % 16;
				break;
			case 1:
				slot->ms_args[j] = (uintptr_t)&nonce;
				break;
			case 2:
				slot->ms_args[j] = (uint64_t)noise(&seed) << 32
				    | noise(&seed);
				break;
			case 3:
				slot->ms_args[j] = 0x103 +
				    noise(&seed) % 16 * 0x100;
				break;
			case 4:
				slot->ms_args[j] = (uintptr_t)slot->ms_data;
				break;
			}
		slot->ms_in_size = noise(&seed) % 5000;
		slot->ms_out_size = noise(&seed) % 5000;
		slot->ms_in_addr = slot->ms_out_addr = slot->ms_args[0];
		atomic_store(&slot->ms_interrupt, noise(&seed) % 2);
		atomic_store(&slot->ms_word, MACHD_POSTED);
		ring(&peer, i);
		if (n % 16 == 0)
			atomic_store(&peer.door->md_bell, noise(&seed));
		if (n % 8 == 0)
			(void)sched_yield();
	}
}

static void
test_garbage(struct peer *peer, unsigned rounds)
{
	struct timespec life = { .tv_nsec = 60 * 1000 * 1000 };
	pid_t pid;
	unsigned good, i, wild;
	int status;

	good = wild = 0;
	for (i = 0; i < rounds; i++) {
		pid = fork();
		if (pid == 0)
			wild_client(i + 1);
		/* It writes garbage for a while; then it dies anywhere. */
		(void)nanosleep(&life, NULL);
		if (answers(peer))
			good++;
		(void)kill(pid, SIGKILL);
		if (waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
		    WTERMSIG(status) == SIGKILL)
			wild++;
		else
			printf("# child %u: status %#x\n", i, status);
	}
	ok(wild == rounds, "%u of %u clients wrote garbage until they died",
	    wild, rounds);
	ok(good == rounds, "%u of %u times machd answers beside a client that "
	    "writes garbage", good, rounds);
}

/* Greetings from processes that die at once, before and after the answer. */
static void
test_short_lives(struct peer *peer)
{
	struct machd_hello hello;
	struct peer other;
	unsigned i;
	pid_t pid;
	int fd;

	for (i = 0; i < 64; i++) {
		pid = fork();
		if (pid == 0) {
			if (i % 2 == 0) {
				fd = connect_machd();
				hello = good_hello();
				(void)send(fd, &hello, sizeof(hello), 0);
			} else if (attach(&other)) {
				/* A receive that is still waiting. */
				other.slots[3].ms_number = TRAP_REPLY_PORT;
				atomic_store(&other.slots[3].ms_word,
				    MACHD_POSTED);
				ring(&other, 3);
			}
			_exit(0);
		}
		(void)waitpid(pid, NULL, 0);
	}
	ok(answers(peer), "machd answers after many short lives");
}

/* A process that attaches again without an exec gets an empty space. */
static void
test_again(struct peer *peer)
{
	struct peer second;
	uint32_t result;

	ok(trap(peer, 0, TRAP_REPLY_PORT, NULL, 0, &result) && result != 0,
	    "a port");
	if (!ok(attach(&second), "the process attaches again"))
		return;
	ok(answers(&second), "the new attachment works");
	*peer = second;
}

int
main(int argc, char **argv)
{
	struct peer peer;
	pid_t machd;
	int status;

	if (argc < 2) {
		fprintf(stderr, "usage: protocol_test machd [rounds]\n");
		return (64);
	}
	(void)signal(SIGPIPE, SIG_IGN);
	if (mkdtemp(dir) == NULL)
		return (1);
	(void)snprintf(path, sizeof(path), "%s/socket", dir);
	machd = start_machd(argv[1]);
	if (!ok(machd > 0, "machd starts"))
		return (done());
	test_hello();
	test_attach(&peer);
	test_short_lives(&peer);
	test_again(&peer);
	test_wake(&peer, machd);
	test_garbage(&peer, argc > 2 ? (unsigned)atoi(argv[2]) : 30);
	ok(kill(machd, SIGTERM) == 0 && waitpid(machd, &status, 0) == machd &&
	    WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "machd ends in order with nothing left");
	(void)rmdir(dir);
	return (done());
}
