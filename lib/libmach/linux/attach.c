/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Attaching a process to machd, and what fork does to it.
 * host_linux.h tells the life cycle.
 *
 * Locks: host_lock(), taken with all signals blocked; held over fork().
 */

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../host.h"
#include "host_linux.h"

#define	ANSWER_MS	10000	/* how long machd may take to answer */
#define	HIGH_FD		1000	/* out of the way of programs that count */

#if UINTPTR_MAX > UINT32_MAX
#define	ZONE_SIZE	((uint64_t)16 << 30)
#else
#define	ZONE_SIZE	((uint64_t)256 << 20)
#endif
#define	ZONE_SIZE_MIN	((uint64_t)16 << 20)

struct mach_host mach_host = { .mh_generation = 1, .mh_fd = -1 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sigset_t fork_mask;	/* of the forking thread */
static bool fork_asked;		/* mh_token is the coming child's */
static uint8_t fork_token[MACHD_TOKEN_SIZE];
static bool complained;		/* one message a process is enough */
static char reason_text[sizeof(((struct sockaddr_un *)0)->sun_path) +
    MACHD_REASON_SIZE + sizeof(": ")];

void
host_lock(sigset_t *old)
{
	sigset_t all;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, old);
	(void)pthread_mutex_lock(&lock);
}

void
host_unlock(const sigset_t *old)
{

	(void)pthread_mutex_unlock(&lock);
	(void)pthread_sigmask(SIG_SETMASK, old, NULL);
}

static void
set_reason(const char *where, const char *why)
{

	(void)snprintf(reason_text, sizeof(reason_text), "%s: %s", where, why);
}

/* Once a process, by the first trap that fails for lack of a kernel. */
void
host_complain(void)
{
	sigset_t old;

	host_lock(&old);
	if (!complained && reason_text[0] != '\0') {
		complained = true;
		(void)dprintf(STDERR_FILENO, "libmach: no Mach kernel at %s\n",
		    reason_text);
	}
	host_unlock(&old);
}

static int
socket_path(char *path, size_t size)
{
	const char *s;
	int n;

	s = secure_getenv("MACHD_SOCKET");
	if (s != NULL && *s != '\0')
		n = snprintf(path, size, "%s", s);
	else if ((s = secure_getenv("XDG_RUNTIME_DIR")) != NULL && *s != '\0')
		n = snprintf(path, size, "%s/machd.sock", s);
	else
		n = snprintf(path, size, "/tmp/machd-%lu/socket",
		    (unsigned long)geteuid());
	return (n < 0 || (size_t)n >= size ? ENAMETOOLONG : 0);
}

static int
connect_to(const char *path, int *fdp, struct ucred *peer)
{
	struct sockaddr_un sun;
	socklen_t len;
	int error, fd, high;

	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(sun.sun_path))
		return (ENAMETOOLONG);
	strcpy(sun.sun_path, path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return (errno);
	high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
	if (high >= 0) {
		(void)close(fd);
		fd = high;
	}
	if (connect(fd, (struct sockaddr *)&sun, sizeof(sun)) != 0)
		goto fail;
	len = sizeof(*peer);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, peer, &len) != 0)
		goto fail;
	/*
	 * Who answers may read our memory: only root or ourselves.
	 */
	if (peer->uid != 0 && peer->uid != geteuid()) {
		(void)close(fd);
		return (EPERM);
	}
	*fdp = fd;
	return (0);
fail:
	error = errno;
	(void)close(fd);
	return (error);
}

static void
zone_map(void)
{
	void *p;
	uint64_t size;

	mach_host.mh_zone = 0;
	mach_host.mh_zone_size = 0;
	for (size = ZONE_SIZE; size >= ZONE_SIZE_MIN; size /= 2) {
		p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (p != MAP_FAILED) {
			/* A core dump or THP must not fill the zone. */
			(void)madvise(p, size, MADV_NOHUGEPAGE);
			mach_host.mh_zone = (uintptr_t)p;
			mach_host.mh_zone_size = size;
			return;
		}
	}
	/* None: out-of-line memory cannot be received. */
}

static void
zone_unmap(void)
{

	if (mach_host.mh_zone_size != 0)
		(void)munmap((void *)(uintptr_t)mach_host.mh_zone,
		    mach_host.mh_zone_size);
	mach_host.mh_zone_size = 0;
}

static int
receive_welcome(int fd, struct machd_welcome *welcome, int fds[2])
{
	union {
		struct cmsghdr	 align;
		char		 buf[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	struct cmsghdr *cmsg;
	struct msghdr msg;
	struct iovec iov;
	ssize_t n;

	fds[0] = fds[1] = -1;
	n = poll(&pfd, 1, ANSWER_MS);
	if (n == 0)
		return (ETIMEDOUT);
	if (n < 0)
		return (errno);
	memset(&msg, 0, sizeof(msg));
	iov.iov_base = welcome;
	iov.iov_len = sizeof(*welcome);
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = control.buf;
	msg.msg_controllen = sizeof(control.buf);
	n = recvmsg(fd, &msg, MSG_CMSG_CLOEXEC);
	if (n < 0)
		return (errno);
	for (cmsg = CMSG_FIRSTHDR(&msg); cmsg != NULL;
	    cmsg = CMSG_NXTHDR(&msg, cmsg))
		if (cmsg->cmsg_level == SOL_SOCKET &&
		    cmsg->cmsg_type == SCM_RIGHTS &&
		    (cmsg->cmsg_len == CMSG_LEN(sizeof(int)) ||
		    cmsg->cmsg_len == CMSG_LEN(2 * sizeof(int))))
			memcpy(fds, CMSG_DATA(cmsg), cmsg->cmsg_len -
			    CMSG_LEN(0));
	if (n == 0)
		return (ECONNRESET);
	if ((size_t)n != sizeof(*welcome) ||
	    welcome->welcome_magic != MACHD_MAGIC)
		return (EPROTO);
	welcome->welcome_reason[MACHD_REASON_SIZE - 1] = '\0';
	return (0);
}

static void
remember_fd(int fd)
{
	struct stat st;

	mach_host.mh_fd = fd;
	if (fstat(fd, &st) == 0) {
		mach_host.mh_fd_dev = st.st_dev;
		mach_host.mh_fd_ino = st.st_ino;
	}
}

/* The program may have closed it and used the number for something else. */
static bool
connection_ours(void)
{
	struct stat st;

	return (mach_host.mh_fd >= 0 && fstat(mach_host.mh_fd, &st) == 0 &&
	    st.st_dev == mach_host.mh_fd_dev &&
	    st.st_ino == mach_host.mh_fd_ino);
}

/* Give up the connection for a descriptor that is needed more. */
int
host_spare_fd(void)
{

	if (!connection_ours())
		return (EMFILE);
	(void)close(mach_host.mh_fd);
	mach_host.mh_fd = -1;
	return (0);
}

static int
shared_map(int memfd)
{
	struct stat st;
	char *p;

	if (memfd < 0)
		return (EPROTO);
	if (fstat(memfd, &st) != 0)
		return (errno);
	if (st.st_size < (off_t)MACHD_SHARED_SIZE)
		return (EPROTO);
	p = mmap(NULL, MACHD_SHARED_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
	    memfd, 0);
	if (p == MAP_FAILED)
		return (errno);
	if (madvise(p, MACHD_SHARED_SIZE, MADV_DONTFORK) != 0) {
		(void)munmap(p, MACHD_SHARED_SIZE);
		return (errno);
	}
	mach_host.mh_slots = (struct machd_slot *)(void *)(p + MACHD_PAGE);
	atomic_thread_fence(memory_order_release);
	mach_host.mh_door = (struct machd_door *)(void *)p;
	return (0);
}

/* Without wake words machd wakes us by itself. */
static void
wake_map(int fd)
{
	struct stat st;
	void *p;

	if (mach_host.mh_wake != NULL)
		(void)munmap((void *)(uintptr_t)mach_host.mh_wake,
		    MACHD_WAKE_SIZE);
	mach_host.mh_wake = NULL;
	if (fd < 0 || fstat(fd, &st) != 0 ||
	    st.st_size < (off_t)MACHD_WAKE_SIZE)
		return;
	p = mmap(NULL, MACHD_WAKE_SIZE, PROT_READ, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return;
	if (madvise(p, MACHD_WAKE_SIZE, MADV_DONTFORK) != 0) {
		(void)munmap(p, MACHD_WAKE_SIZE);
		return;
	}
	mach_host.mh_wake = p;
}

static int
alive_page(void)
{
	size_t size;
	void *p;

	if (mach_host.mh_alive == NULL) {
		size = (size_t)sysconf(_SC_PAGESIZE);
		p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (p == MAP_FAILED)
			return (errno);
		if (madvise(p, size, MADV_WIPEONFORK) != 0) {
			(void)munmap(p, size);
			return (errno);
		}
		*(unsigned *)p = 1;
		mach_host.mh_alive = p;
	}
	*mach_host.mh_alive = 1;
	return (0);
}

/* With the lock held; leaves the reason when it fails. */
static int
attach_locked(void)
{
	struct machd_welcome welcome;
	struct machd_hello hello;
	char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
	struct ucred peer;
	const char *reason;
	int error, fd, fds[2];

	fd = fds[0] = fds[1] = -1;
	reason = NULL;
	error = socket_path(path, sizeof(path));
	if (error != 0) {
		set_reason("MACHD_SOCKET", strerror(error));
		return (error);
	}
	error = host_thread_init();
	if (error == 0)
		error = alive_page();
	if (error == 0)
		error = connect_to(path, &fd, &peer);
	if (error != 0) {
		set_reason(path, strerror(error));
		return (error);
	}
	zone_map();

	/* Where Yama guards ptrace, machd needs our leave to read us. */
	(void)prctl(PR_SET_PTRACER, (unsigned long)peer.pid, 0, 0, 0);

	memset(&hello, 0, sizeof(hello));
	if (getrandom(&mach_host.mh_nonce, sizeof(mach_host.mh_nonce), 0) !=
	    (ssize_t)sizeof(mach_host.mh_nonce)) {
		error = errno;
		goto fail;
	}
	hello.hello_magic = MACHD_MAGIC;
	hello.hello_version = MACHD_VERSION;
	hello.hello_nonce = mach_host.mh_nonce;
	hello.hello_nonce_addr = (uintptr_t)&mach_host.mh_nonce;
	hello.hello_zone = mach_host.mh_zone;
	hello.hello_zone_size = mach_host.mh_zone_size;
	if (sizeof(void *) == 4)
		hello.hello_flags |= MACHD_HELLO_ILP32;
	if (mach_host.mh_token_valid) {
		hello.hello_flags |= MACHD_HELLO_TOKEN;
		memcpy(hello.hello_token, mach_host.mh_token,
		    MACHD_TOKEN_SIZE);
	}
	if (send(fd, &hello, sizeof(hello), MSG_NOSIGNAL) !=
	    (ssize_t)sizeof(hello)) {
		error = errno;
		goto fail;
	}
	error = receive_welcome(fd, &welcome, fds);
	if (error == EPROTO)
		reason = "not a machd";
	if (error == 0 && welcome.welcome_error != 0) {
		error = welcome.welcome_error;
		reason = welcome.welcome_reason;
	}
	if (error == 0) {
		wake_map(fds[1]);
		error = shared_map(fds[0]);
	}
	if (error != 0)
		goto fail;
	(void)close(fds[0]);
	if (fds[1] >= 0)
		(void)close(fds[1]);
	remember_fd(fd);
	mach_host.mh_server = peer.pid;
	mach_host.mh_token_valid = false;
	return (0);
fail:
	set_reason(path, reason != NULL ? reason : strerror(error));
	if (fds[0] >= 0)
		(void)close(fds[0]);
	if (fds[1] >= 0)
		(void)close(fds[1]);
	(void)close(fd);
	zone_unmap();
	return (error);
}

/* What a fork child inherited means nothing to it. */
static void
forget(void)
{
	unsigned i;

	if (connection_ours())
		(void)close(mach_host.mh_fd);
	mach_host.mh_fd = -1;
	mach_host.mh_door = NULL;
	mach_host.mh_slots = NULL;
	mach_host.mh_wake = NULL;
	mach_host.mh_zone_size = 0;
	mach_host.mh_window_size = 0;
	mach_host.mh_window_lost = false;
	mach_host.mh_window_failed = false;
	mach_host.mh_token_valid = false;
	atomic_store(&mach_host.mh_error, 0);
	atomic_store(&mach_host.mh_lost, false);
	for (i = 0; i < MACHD_PENDING_WORDS; i++)
		atomic_store(&mach_host.mh_used[i], 0);
	if (mach_host.mh_alive != NULL)
		*mach_host.mh_alive = 1;
	host_self.ht_slot = NULL;
	host_self.ht_depth = 0;
	if (atomic_fetch_add(&mach_host.mh_generation, 1) + 1 == 0)
		atomic_store(&mach_host.mh_generation, 1);
}

static void
fork_prepare(void)
{
	struct mach_host_thread *ht;
	sigset_t old;

	host_lock(&old);
	fork_mask = old;
	fork_asked = false;
	if (mach_host.mh_door == NULL)
		return;
	ht = &host_self;
	if (ht->ht_slot == NULL || ht->ht_generation !=
	    atomic_load(&mach_host.mh_generation)) {
		/*
		 * A thread without a slot, holding the lock: take one without
		 * host_attach(), which finds us attached before it locks.
		 */
		if (host_thread_attach(ht) != 0)
			ht = NULL;
	}
	host_window_fork(ht);
	if (ht != NULL && host_trap(ht, MACHD_TRAP_FORK_PREPARE, NULL, 0,
	    NULL, 0, fork_token, sizeof(fork_token)) == 0)
		fork_asked = true;
}

static void
fork_parent(void)
{
	uint8_t token[MACHD_TOKEN_SIZE];
	uint64_t tid;
	bool asked;

	asked = fork_asked;
	fork_asked = false;
	memcpy(token, fork_token, sizeof(token));
	host_window_parent(&host_self);
	host_unlock(&fork_mask);
	if (!asked)
		return;
	tid = (uint64_t)syscall(SYS_gettid);
	(void)host_trap(&host_self, MACHD_TRAP_FORK_DONE, &tid, 1, token,
	    sizeof(token), NULL, 0);
}

static void
fork_child(void)
{
	bool attached;

	attached = mach_host.mh_door != NULL ||
	    atomic_load(&mach_host.mh_error) != 0;
	host_window_child();
	forget();
	mach_host.mh_token_valid = fork_asked;
	memcpy(mach_host.mh_token, fork_token, sizeof(fork_token));
	fork_asked = false;
	host_unlock(&fork_mask);
	if (attached)
		_mach_fork_child_hook();
}

/* A child of a fork that ran no handlers finds its page cleared. */
void
host_check_fork(void)
{

	if (HOST_LIKELY(mach_host.mh_alive == NULL ||
	    *(volatile unsigned *)mach_host.mh_alive != 0))
		return;
	/* Its only thread: the lock can be held by nobody who lives. */
	(void)pthread_mutex_init(&lock, NULL);
	forget();
	_mach_fork_child_hook();
}

/*
 * Is machd there?  With the connection lost to the program's own doing its
 * process id must do.
 */
bool
host_server_alive(void)
{
	struct pollfd pfd;
	bool alive;

	if (atomic_load(&mach_host.mh_door->md_gone) != 0)
		alive = false;
	else if (connection_ours()) {
		pfd.fd = mach_host.mh_fd;
		pfd.events = POLLIN;
		alive = poll(&pfd, 1, 0) <= 0 ||
		    (pfd.revents & (POLLHUP | POLLERR)) == 0;
	} else
		alive = kill(mach_host.mh_server, 0) == 0 || errno == EPERM;
	if (!alive && !atomic_exchange(&mach_host.mh_lost, true))
		(void)dprintf(STDERR_FILENO,
		    "libmach: the Mach kernel (machd, process %ld) is gone\n",
		    (long)mach_host.mh_server);
	return (alive);
}

int
host_attach(bool retry)
{
	static bool handlers;
	sigset_t old;
	int error;

	if (mach_host.mh_door != NULL)
		return (0);
	error = atomic_load(&mach_host.mh_error);
	if (error != 0 && !retry)
		return (error);
	host_lock(&old);
	error = 0;
	if (mach_host.mh_door == NULL) {
		if (!handlers) {
			error = pthread_atfork(fork_prepare, fork_parent,
			    fork_child);
			handlers = error == 0;
		}
		if (error == 0)
			error = attach_locked();
		atomic_store(&mach_host.mh_error, error);
	}
	host_unlock(&old);
	return (error);
}

int
mach_host_attach(void)
{

	host_check_fork();
	return (host_attach(true));
}

unsigned
mach_host_generation(void)
{

	host_check_fork();
	return (atomic_load_explicit(&mach_host.mh_generation,
	    memory_order_relaxed));
}
