/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Clients: who they are and how they come and go.
 *
 * A connection is greeted by a thread of its own, which becomes a worker
 * when it turns out to belong to a client; a connection that says
 * nothing, or whose process holds up the look at its memory, keeps nobody else.
 *
 * Which task a process gets.  Process id and start time name a process.
 *   - A client with that name is there: it did an exec (or attaches anew):
 *     same task, emptied.
 *   - It is a fork child: known by its token, or by the process id that its
 *     parent's back end let us find after the fork.
 *   - Else its parent, or the nearest client above, if what is between speaks
 *     no Mach: it inherits that one's special ports as they are now, as a child
 *     of posix_spawn() does, unless it runs with ids its parent could not take
 *     (set-id).
 *   - Else it starts with the host's.
 *
 * A reference on a client is held by the table (until it is dead), by its
 * attachment, by workers that look at it, and by each foreign thread that runs
 * one of its slots.
 *
 * Locks: clients_lock protects the table and what machd.h says; clients_cond
 * is signalled when a client's state changes.
 */

#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "machd.h"

#ifndef SO_PEERPIDFD
#define	SO_PEERPIDFD	77	/* since Linux 6.5 */
#endif

#define	HASH_SIZE	1024
#define	SERVER_STACK	(1024 * 1024)
#define	SHUTDOWN_SECONDS	10	/* for memory that does not answer */

static pthread_mutex_t clients_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t clients_cond = PTHREAD_COND_INITIALIZER;
static struct client *by_pid[HASH_SIZE];
static struct client *all;
static unsigned nclients, ngreeting;
static struct greeting *greetings;	/* that have not become a client */
static uint64_t next_id = 1;
static bool ending;

/* A connection that is being greeted. */
struct greeting {
	struct greeting	*g_next;	/* clients_lock */
	uid_t		 g_uid;		/* of the connection */
	int		 g_conn;
	int		 g_pidfd;
	int		 g_memfd;
	int		 g_procfd;
	pid_t		 g_pid;
	struct identity	 g_identity;
	struct machd_hello g_hello;
};

static void
close_fd(int *fd)
{

	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

/* ---- the table; clients_lock is held ---- */

static void
hash_insert(struct client *cl)
{
	struct client **head;

	head = &by_pid[(unsigned)cl->cl_pid % HASH_SIZE];
	cl->cl_next = *head;
	*head = cl;
}

static void
hash_remove(struct client *cl)
{
	struct client **p;

	if (cl->cl_pid == 0)
		return;
	for (p = &by_pid[(unsigned)cl->cl_pid % HASH_SIZE]; *p != NULL;
	    p = &(*p)->cl_next)
		if (*p == cl) {
			*p = cl->cl_next;
			return;
		}
}

static struct client *
find_pid(pid_t pid, uint64_t start)
{
	struct client *cl;

	for (cl = by_pid[(unsigned)pid % HASH_SIZE]; cl != NULL;
	    cl = cl->cl_next)
		if (cl->cl_pid == pid && cl->cl_state != CLIENT_DEAD &&
		    cl->cl_identity.id_start == start)
			return (cl);
	return (NULL);
}

/* Whoever of that number lives: for parents, whose start we do not know. */
static struct client *
find_parent(pid_t pid)
{
	struct client *cl;

	for (cl = by_pid[(unsigned)pid % HASH_SIZE]; cl != NULL;
	    cl = cl->cl_next)
		if (cl->cl_pid == pid && cl->cl_state != CLIENT_DEAD &&
		    atomic_load(&cl->cl_stop) != STOP_EXIT)
			return (cl);
	return (NULL);
}

static struct client *
find_token(const uint8_t *token)
{
	struct client *cl;

	for (cl = all; cl != NULL; cl = cl->cl_all_next)
		if (cl->cl_token_valid && memcmp(cl->cl_token, token,
		    MACHD_TOKEN_SIZE) == 0)
			return (cl);
	return (NULL);
}

static struct client *
find_id(uint64_t id)
{
	struct client *cl;

	for (cl = all; cl != NULL; cl = cl->cl_all_next)
		if (cl->cl_id == id)
			return (cl);
	return (NULL);
}

/*
 * Has the user of a process as many as it may?  The last sixteenth of all is
 * for machd's own.
 */
static bool
too_many(const struct identity *id)
{
	struct client *cl;
	uint64_t n;

	if (nclients >= MACHD_MAX_CLIENTS ||
	    (nclients >= MACHD_MAX_CLIENTS / 16 * 15 &&
	    id->id_ruid != geteuid()))
		return (true);
	n = 0;
	for (cl = all; cl != NULL; cl = cl->cl_all_next)
		n += cl->cl_identity.id_ruid == id->id_ruid;
	return (n >= kern_limit_tasks(id->id_ruid));
}

static struct client *
client_new(pid_t pid, const struct identity *id, bool ilp32)
{
	struct client *cl;

	if (too_many(id))
		return (NULL);
	cl = calloc(1, sizeof(*cl));
	if (cl == NULL)
		return (NULL);
	cl->cl_state = CLIENT_NASCENT;
	cl->cl_id = next_id++;
	cl->cl_pid = pid;
	cl->cl_identity = *id;
	cl->cl_pidfd = cl->cl_conn = cl->cl_memfd = cl->cl_procfd = -1;
	cl->cl_mapsfd = -1;
	cl->cl_run.sl_last = &cl->cl_run.sl_first;
	atomic_store(&cl->cl_refs, 1);
	(void)pthread_mutex_init(&cl->cl_serve, NULL);
	(void)pthread_mutex_init(&cl->cl_lock, NULL);
	(void)pthread_mutex_init(&cl->cl_image, NULL);
	(void)pthread_cond_init(&cl->cl_cond, NULL);
	cl->cl_ilp32 = ilp32;
	cl->cl_proc = kern_proc_new(pid, id, ilp32, cl);
	if (pid != 0)
		hash_insert(cl);
	cl->cl_all_next = all;
	cl->cl_all_prev = &all;
	if (all != NULL)
		all->cl_all_prev = &cl->cl_all_next;
	all = cl;
	nclients++;
	return (cl);
}

/* It is dead: out of the table.  The caller drops the table's reference. */
static void
forget(struct client *cl)
{

	cl->cl_state = CLIENT_DEAD;
	hash_remove(cl);
	if (cl->cl_all_next != NULL)
		cl->cl_all_next->cl_all_prev = cl->cl_all_prev;
	*cl->cl_all_prev = cl->cl_all_next;
	if (cl->cl_pidfd >= 0)
		unwatch(cl->cl_pidfd);
	if (cl->cl_conn >= 0)
		unwatch(cl->cl_conn);
	close_fd(&cl->cl_pidfd);
	close_fd(&cl->cl_conn);
}

/* The count of clients falls when nothing of them is left. */
static void
gone(void)
{

	(void)pthread_mutex_lock(&clients_lock);
	nclients--;
	(void)pthread_cond_broadcast(&clients_cond);
	(void)pthread_mutex_unlock(&clients_lock);
	wake_main();
}

void
client_hold(struct client *cl)
{

	atomic_fetch_add(&cl->cl_refs, 1);
}

void
client_drop(struct client *cl)
{

	if (atomic_fetch_sub(&cl->cl_refs, 1) != 1)
		return;
	(void)pthread_cond_destroy(&cl->cl_cond);
	(void)pthread_mutex_destroy(&cl->cl_image);
	(void)pthread_mutex_destroy(&cl->cl_lock);
	(void)pthread_mutex_destroy(&cl->cl_serve);
	free(cl);
}

void
shared_hold(struct shared *sh)
{

	atomic_fetch_add(&sh->sh_refs, 1);
}

void
shared_drop(struct shared *sh)
{

	if (atomic_fetch_sub(&sh->sh_refs, 1) != 1)
		return;
	keeper_remove(sh);
	(void)munmap(sh->sh_base, MACHD_SHARED_SIZE);
	free(sh);
}

/*
 * Give up the attachment's resources: nobody knows its slots any more, and
 * cl_door was made NULL under clients_lock.
 */
static void
detach(struct client *cl)
{

	if (cl->cl_memory != NULL)
		shared_drop(cl->cl_memory);
	cl->cl_memory = NULL;
	cl->cl_shared = NULL;
	(void)pthread_mutex_lock(&cl->cl_image);
	close_fd(&cl->cl_memfd);
	(void)pthread_mutex_unlock(&cl->cl_image);
	close_fd(&cl->cl_procfd);
	close_fd(&cl->cl_mapsfd);
	window_detach(cl);
	if (cl->cl_zone != NULL)
		zone_close(cl->cl_zone);
	cl->cl_zone = NULL;
}

/*
 * Has the process ids that its former self could not give itself?  Then it is a
 * set-id program, and ports chosen by whoever started it are no longer to
 * be trusted.
 */
static bool
gained(const struct identity *old, const struct identity *new)
{

	if (old->id_euid == 0)
		return (false);
	return ((new->id_euid != old->id_ruid &&
	    new->id_euid != old->id_euid && new->id_euid != old->id_suid) ||
	    (new->id_egid != old->id_rgid && new->id_egid != old->id_egid &&
	    new->id_egid != old->id_sgid));
}

#define	ANCESTORS_MAX	64

/*
 * The nearest client above a process: a shell between two programs speaks no
 * Mach, but what it starts inherits through it, as it would from a task.
 */
static struct client *
find_ancestor(const struct identity *id)
{
	struct client *cl;
	struct identity up;
	pid_t pid;
	int i;

	pid = id->id_ppid;
	for (i = 0; i < ANCESTORS_MAX && pid > 1; i++) {
		cl = find_parent(pid);
		if (cl != NULL)
			return (gained(&cl->cl_identity, id) ? NULL : cl);
		if (proc_identity(pid, &up) != 0)
			break;
		pid = up.id_ppid;
	}
	return (NULL);
}

/* Not served by anybody, and its process is gone. */
static void
bury(struct client *cl)
{

	kern_task_exit(cl->cl_proc);
	server_drain();
	kern_proc_free(cl->cl_proc);
	cl->cl_proc = NULL;
	client_drop(cl);
	gone();
}

/* ---- fork ---- */

/*
 * The children of a parent that nobody has claimed and that could not be
 * bound to a process: those whose fork failed among them.
 */
static void
discard_nascent(struct client *parent, unsigned keep)
{
	struct client *cl, *oldest;
	unsigned n;

	for (;;) {
		n = 0;
		oldest = NULL;
		(void)pthread_mutex_lock(&clients_lock);
		for (cl = all; cl != NULL; cl = cl->cl_all_next)
			if (cl->cl_state == CLIENT_NASCENT &&
			    cl->cl_pid == 0 && !cl->cl_greeted &&
			    cl->cl_parent == parent->cl_pid) {
				n++;
				oldest = cl;	/* new ones come first */
			}
		if (n > keep)
			forget(oldest);
		(void)pthread_mutex_unlock(&clients_lock);
		if (n <= keep)
			return;
		bury(oldest);
	}
}

int
client_fork_prepare(struct client *parent, uint8_t *token)
{
	struct client *cl;

	if (getrandom(token, MACHD_TOKEN_SIZE, 0) != MACHD_TOKEN_SIZE)
		return (errno);
	discard_nascent(parent, MACHD_MAX_NASCENT);
	(void)pthread_mutex_lock(&clients_lock);
	cl = client_new(0, &parent->cl_identity, parent->cl_ilp32);
	if (cl != NULL) {
		cl->cl_parent = parent->cl_pid;
		cl->cl_greeted = true;	/* not to be claimed yet */
		memcpy(cl->cl_token, token, MACHD_TOKEN_SIZE);
	}
	(void)pthread_mutex_unlock(&clients_lock);
	if (cl == NULL)
		return (EAGAIN);
	kern_task_fork(parent->cl_proc, cl->cl_proc);
	server_drain();
	(void)pthread_mutex_lock(&clients_lock);
	cl->cl_token_valid = true;
	cl->cl_greeted = false;
	(void)pthread_mutex_unlock(&clients_lock);
	return (0);
}

/* Give a client its process; clients_lock is held. */
static void
bind_process(struct client *cl, pid_t pid, const struct identity *id,
    int pidfd)
{
	struct proc *template;

	if (cl->cl_pid == 0) {
		/* What it inherited waited under no number. */
		template = cl->cl_proc;
		cl->cl_proc = kern_proc_new(pid, id, cl->cl_ilp32, cl);
		kern_task_fork(template, cl->cl_proc);
		kern_task_exit(template);
		kern_proc_free(template);
		cl->cl_pid = pid;
		hash_insert(cl);
	}
	cl->cl_identity = *id;
	cl->cl_token_valid = false;
	if (cl->cl_pidfd < 0) {
		cl->cl_pidfd = pidfd;
		watch(pidfd, cl->cl_id, true);
	} else
		(void)close(pidfd);
}

/*
 * The fork is over and we are in the parent: find the child, so that its task
 * ends with it even when it never attaches.  What cannot be found stays with
 * its token.
 */
void
client_fork_done(struct client *parent, pid_t tid, const uint8_t *token)
{
	struct identity id;
	struct client *cl;
	pid_t pid;
	int pidfd;

	pid = proc_newest_child(parent->cl_pid, tid);
	if (pid <= 0)
		return;
	pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0)
		return;
	(void)pthread_mutex_lock(&clients_lock);
	cl = find_token(token);
	if (cl != NULL && cl->cl_parent == parent->cl_pid && !cl->cl_greeted &&
	    proc_identity(pid, &id) == 0 && id.id_ppid == parent->cl_pid &&
	    find_pid(pid, id.id_start) == NULL) {
		bind_process(cl, pid, &id, pidfd);
		/* The child may still show its token. */
		cl->cl_token_valid = true;
		pidfd = -1;
	}
	(void)pthread_mutex_unlock(&clients_lock);
	close_fd(&pidfd);
}

/* ---- greeting ---- */

static void
refuse(int conn, int error, const char *why)
{
	struct machd_welcome welcome;

	memset(&welcome, 0, sizeof(welcome));
	welcome.welcome_magic = MACHD_MAGIC;
	welcome.welcome_version = MACHD_VERSION;
	welcome.welcome_error = error;
	(void)snprintf(welcome.welcome_reason, sizeof(welcome.welcome_reason),
	    "%s", why);
	(void)send(conn, &welcome, sizeof(welcome), MSG_NOSIGNAL);
	if (options.o_verbose)
		say("refused a client", "%s", why);
}

static bool
send_welcome(int conn, int memfd, int wordsfd)
{
	union {
		struct cmsghdr	 align;
		char		 buf[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct machd_welcome welcome;
	struct cmsghdr *cmsg;
	struct msghdr msg;
	struct iovec iov;
	int fds[2];
	size_t size;

	memset(&welcome, 0, sizeof(welcome));
	welcome.welcome_magic = MACHD_MAGIC;
	welcome.welcome_version = MACHD_VERSION;
	memset(&msg, 0, sizeof(msg));
	memset(&control, 0, sizeof(control));
	iov.iov_base = &welcome;
	iov.iov_len = sizeof(welcome);
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	fds[0] = memfd;
	fds[1] = wordsfd;
	size = fds[1] < 0 ? sizeof(fds[0]) : sizeof(fds);
	msg.msg_control = control.buf;
	msg.msg_controllen = CMSG_SPACE(size);
	cmsg = CMSG_FIRSTHDR(&msg);
	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(size);
	memcpy(CMSG_DATA(cmsg), fds, size);
	return (sendmsg(conn, &msg, MSG_NOSIGNAL) == (ssize_t)sizeof(welcome));
}

/* The hello, and proof that its sender is the process the kernel names. */
static const char *
examine(struct greeting *g, int *error)
{
	struct ucred cred;
	struct timeval limit = { .tv_sec = MACHD_GREETING_SECONDS };
	uint64_t nonce;
	socklen_t len;
	ssize_t n;

	*error = EPROTO;
	(void)setsockopt(g->g_conn, SOL_SOCKET, SO_RCVTIMEO, &limit,
	    sizeof(limit));
	n = recv(g->g_conn, &g->g_hello, sizeof(g->g_hello), MSG_TRUNC);
	if (n < 0) {
		*error = errno == EAGAIN ? ETIMEDOUT : errno;
		return ("no greeting");
	}
	if ((size_t)n < 2 * sizeof(uint32_t) ||
	    g->g_hello.hello_magic != MACHD_MAGIC)
		return ("the greeting is not libmach's");
	if (g->g_hello.hello_version != MACHD_VERSION)
		return ("libmach speaks another version of the protocol");
	if ((size_t)n != sizeof(g->g_hello))
		return ("the greeting has the wrong size");

	len = sizeof(cred);
	if (getsockopt(g->g_conn, SOL_SOCKET, SO_PEERCRED, &cred, &len) != 0 ||
	    cred.pid <= 0) {
		*error = ESRCH;
		return ("machd cannot see the process (another pid "
		    "namespace?)");
	}
	g->g_pid = cred.pid;
	len = sizeof(g->g_pidfd);
	if (getsockopt(g->g_conn, SOL_SOCKET, SO_PEERPIDFD, &g->g_pidfd,
	    &len) != 0)
		g->g_pidfd = (int)syscall(SYS_pidfd_open, g->g_pid, 0);
	if (g->g_pidfd < 0) {
		*error = errno;
		return ("the process is gone");
	}
	*error = proc_identity(g->g_pid, &g->g_identity);
	if (*error != 0)
		return ("the process is gone");
	g->g_memfd = proc_open(g->g_pid, "mem", O_RDWR);
	if (g->g_memfd < 0) {
		*error = errno;
		return ("machd may not reach the process's memory (set-id "
		    "program, or ptrace is restricted)");
	}
	n = pread(g->g_memfd, &nonce, sizeof(nonce),
	    (off_t)g->g_hello.hello_nonce_addr);
	if (n != (ssize_t)sizeof(nonce) || nonce != g->g_hello.hello_nonce) {
		*error = EFAULT;
		return ("the process's memory does not show what it should");
	}
	/* Only those who can change their ids need to be watched. */
	if (g->g_identity.id_euid == 0 ||
	    g->g_identity.id_ruid != g->g_identity.id_euid ||
	    g->g_identity.id_euid != g->g_identity.id_suid ||
	    g->g_identity.id_rgid != g->g_identity.id_egid ||
	    g->g_identity.id_egid != g->g_identity.id_sgid) {
		g->g_procfd = proc_open(g->g_pid, "", O_RDONLY | O_DIRECTORY);
		if (g->g_procfd < 0) {
			*error = errno;
			return ("the process's ids cannot be watched");
		}
	}
	*error = 0;
	return (NULL);
}

/* The greeting is over.  clients_lock is held. */
static void
greeted(struct greeting *g)
{
	struct greeting **p;

	for (p = &greetings; *p != g; p = &(*p)->g_next)
		;
	*p = g->g_next;
	if (ngreeting-- == MACHD_MAX_GREETING)
		wake_main();
	(void)pthread_cond_broadcast(&clients_cond);
}

/* Wait until no worker serves the client.  clients_lock is held. */
static void
stop_and_wait(struct client *cl, enum client_stop why)
{
	int none;

	none = STOP_NONE;
	if (atomic_compare_exchange_strong(&cl->cl_stop, &none, (int)why))
		worker_wake(cl);
	while (cl->cl_state == CLIENT_ATTACHED)
		(void)pthread_cond_wait(&clients_cond, &clients_lock);
}

/*
 * The client this process is, marked cl_greeted and referenced for the
 * caller; NULL with the reason.
 */
static struct client *
identify(struct greeting *g, const char **why, int *error)
{
	struct client *cl, *parent;
	const struct identity *id;
	bool ilp32;

	id = &g->g_identity;
	ilp32 = (g->g_hello.hello_flags & MACHD_HELLO_ILP32) != 0;
	*why = "another attach of this process is under way";
	*error = EBUSY;
	parent = NULL;
	(void)pthread_mutex_lock(&clients_lock);
	if (ending) {
		*why = "machd is ending";
		*error = ESHUTDOWN;
		cl = NULL;
		goto out;
	}
	cl = find_pid(g->g_pid, id->id_start);
	if (cl == NULL && (g->g_hello.hello_flags & MACHD_HELLO_TOKEN) != 0) {
		cl = find_token(g->g_hello.hello_token);
		if (cl != NULL && (cl->cl_state != CLIENT_NASCENT ||
		    cl->cl_pid != 0))
			cl = NULL;
	}
	if (cl != NULL) {
		if (cl->cl_greeted) {
			cl = NULL;
			goto out;
		}
		cl->cl_greeted = true;
		client_hold(cl);
		if (cl->cl_state == CLIENT_ATTACHED)
			stop_and_wait(cl, STOP_EXEC);
		if (cl->cl_state == CLIENT_NASCENT &&
		    gained(&cl->cl_identity, id))
			kern_task_exec(cl->cl_proc, true);
		if (cl->cl_state == CLIENT_DEAD) {
			client_drop(cl);
			cl = NULL;
			*why = "the process is gone";
			*error = ESRCH;
			goto out;
		}
	} else {
		cl = client_new(g->g_pid, id, ilp32);
		if (cl == NULL) {
			*why = "too many processes";
			*error = EAGAIN;
			goto out;
		}
		cl->cl_greeted = true;
		client_hold(cl);
		parent = find_ancestor(id);
		/* kern_task_fork() takes locks of the core, none of ours. */
		if (parent != NULL)
			kern_task_fork(parent->cl_proc, cl->cl_proc);
	}
	bind_process(cl, g->g_pid, id, g->g_pidfd);
	g->g_pidfd = -1;
out:
	(void)pthread_mutex_unlock(&clients_lock);
	return (cl);
}

static int
shared_make(struct client *cl)
{
	int error, memfd;

	memfd = memfd_create("mach-traps", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (memfd < 0)
		return (-1);
	cl->cl_memory = calloc(1, sizeof(*cl->cl_memory));
	if (cl->cl_memory == NULL)
		goto fail;
	if (ftruncate(memfd, (off_t)MACHD_SHARED_SIZE) != 0 ||
	    fcntl(memfd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW |
	    F_SEAL_SEAL) != 0)
		goto fail;
	cl->cl_shared = mmap(NULL, MACHD_SHARED_SIZE, PROT_READ | PROT_WRITE,
	    MAP_SHARED, memfd, 0);
	if (cl->cl_shared == MAP_FAILED)
		goto fail;
	cl->cl_memory->sh_base = cl->cl_shared;
	atomic_store(&cl->cl_memory->sh_refs, 1);
	keeper_add(cl->cl_memory);
	return (memfd);
fail:
	error = errno;
	free(cl->cl_memory);
	cl->cl_memory = NULL;
	cl->cl_shared = NULL;
	(void)close(memfd);
	errno = error;
	return (-1);
}

/*
 * The user whose processes may hold each other up a little (worker.c, wake.c),
 * since they may stop each other anyway; -1: nobody's.
 */
static int64_t
shares_as(const struct identity *id)
{

	return (id->id_ruid == id->id_euid && id->id_euid == id->id_suid ?
	    (int64_t)id->id_euid : -1);
}

/*
 * Make the attachment, and be a worker until that ends; with the client that it
 * puts away.
 */
static void
attach_and_serve(struct client *cl, struct greeting *g)
{
	enum client_stop why;
	struct worker *worker;
	int error, memfd;
	bool ok;

	memfd = -1;
	ok = false;
	worker = NULL;
	cl->cl_zone = zone_new(g->g_hello.hello_zone,
	    g->g_hello.hello_zone_size, &error);
	if (cl->cl_zone == NULL)
		refuse(g->g_conn, error, error == ENOMEM ? "no memory" :
		    "the VM zone is no range of addresses");
	else if ((worker = worker_new()) == NULL)
		refuse(g->g_conn, ENOMEM, "no memory for another process");
	else if ((memfd = shared_make(cl)) < 0)
		refuse(g->g_conn, errno, "no shared memory");
	else
		ok = true;

	cl->cl_procfd = g->g_procfd;
	(void)pthread_mutex_lock(&cl->cl_image);
	cl->cl_memfd = g->g_memfd;
	cl->cl_nonce = g->g_hello.hello_nonce;
	cl->cl_nonce_addr = g->g_hello.hello_nonce_addr;
	(void)pthread_mutex_unlock(&cl->cl_image);
	g->g_memfd = g->g_procfd = -1;
	cl->cl_ilp32 = (g->g_hello.hello_flags & MACHD_HELLO_ILP32) != 0;
	cl->cl_user = shares_as(&g->g_identity);
	cl->cl_words = cl->cl_user < 0 ? NULL :
	    wake_words_of((uid_t)cl->cl_user);
	atomic_store(&cl->cl_alone_until, 0);
	atomic_store(&cl->cl_shy_until, 0);
	cl->cl_cred_uid = g->g_identity.id_euid;
	cl->cl_cred_gid = g->g_identity.id_egid;
	atomic_store(&cl->cl_closing, false);
	atomic_store(&cl->cl_check_exec, false);
	kern_proc_update(cl->cl_proc, &g->g_identity, cl->cl_ilp32);

	(void)pthread_mutex_lock(&clients_lock);
	cl->cl_greeted = false;
	if (ok) {
		cl->cl_door = (struct machd_door *)(void *)cl->cl_shared;
		cl->cl_state = CLIENT_ATTACHED;
		if (cl->cl_conn >= 0)
			unwatch(cl->cl_conn);
		close_fd(&cl->cl_conn);
		cl->cl_conn = g->g_conn;
		g->g_conn = -1;
		if (ending)
			atomic_store(&cl->cl_stop, STOP_EXIT);
		ok = send_welcome(cl->cl_conn, memfd, cl->cl_words != NULL ?
		    wake_memfd(cl->cl_words) : -1);
		watch(cl->cl_conn, cl->cl_id, false);
	}
	greeted(g);
	(void)pthread_mutex_unlock(&clients_lock);
	close_fd(&memfd);

	/* A client that did not get the welcome is seen to exit or exec. */
	if (cl->cl_shared != NULL)
		cl = worker_run(worker, cl);
	else if (worker != NULL)
		worker_free(worker);
	(void)ok;

	(void)pthread_mutex_lock(&clients_lock);
	why = (enum client_stop)atomic_load(&cl->cl_stop);
	cl->cl_door = NULL;		/* no more worker_wake() */
	if (cl->cl_state == CLIENT_ATTACHED && cl->cl_conn >= 0)
		unwatch(cl->cl_conn);
	close_fd(&cl->cl_conn);
	(void)pthread_mutex_unlock(&clients_lock);
	client_gone(cl, why);
}

/*
 * Nobody serves the client any more: its process has ended, or goes on with a
 * new image.
 */
void
client_gone(struct client *cl, enum client_stop why)
{
	struct identity id;
	bool reset;

	detach(cl);
	if (why == STOP_EXEC) {
		reset = proc_identity(cl->cl_pid, &id) != 0 ||
		    gained(&cl->cl_identity, &id);
		kern_task_exec(cl->cl_proc, reset);
		server_drain();
	}
	discard_nascent(cl, 0);

	(void)pthread_mutex_lock(&clients_lock);
	why = (enum client_stop)atomic_load(&cl->cl_stop);
	if (why == STOP_EXIT || ending)
		forget(cl);
	else {
		cl->cl_state = CLIENT_DETACHED;
		atomic_store(&cl->cl_stop, STOP_NONE);
	}
	why = cl->cl_state == CLIENT_DEAD ? STOP_EXIT : STOP_EXEC;
	(void)pthread_cond_broadcast(&clients_cond);
	(void)pthread_mutex_unlock(&clients_lock);
	if (why == STOP_EXIT)
		bury(cl);
	client_drop(cl);		/* the attachment's */
}

static void *
greet(void *arg)
{
	struct greeting *g;
	struct client *cl;
	const char *why;
	int error;

	g = arg;
	cl = NULL;
	why = examine(g, &error);
	if (why == NULL)
		cl = identify(g, &why, &error);
	if (cl == NULL) {
		refuse(g->g_conn, error, why);
		(void)pthread_mutex_lock(&clients_lock);
		greeted(g);
		(void)pthread_mutex_unlock(&clients_lock);
	} else
		attach_and_serve(cl, g);
	close_fd(&g->g_conn);
	close_fd(&g->g_pidfd);
	close_fd(&g->g_memfd);
	close_fd(&g->g_procfd);
	free(g);
	wake_main();
	return (NULL);
}

/* Room for one more that says nothing yet?  clients_lock is held. */
static bool
may_greet(uid_t uid)
{
	struct greeting *g;
	unsigned n;

	n = 0;
	for (g = greetings; g != NULL; g = g->g_next)
		n += g->g_uid == uid;
	return (uid == geteuid() || n < MACHD_USER_GREETING);
}

/* Whether one more connection can be accepted; main thread. */
bool
clients_room(void)
{
	bool room;

	(void)pthread_mutex_lock(&clients_lock);
	room = ngreeting < MACHD_MAX_GREETING;
	(void)pthread_mutex_unlock(&clients_lock);
	return (room);
}

/* A new connection, when there is room; main thread. */
void
clients_accept(int conn)
{
	struct greeting *g;
	struct ucred cred;
	socklen_t len;
	pthread_attr_t attr;
	pthread_t thread;
	bool room;
	int error;

	g = calloc(1, sizeof(*g));
	if (g == NULL) {
		refuse(conn, ENOMEM, "no memory for another process");
		(void)close(conn);
		return;
	}
	len = sizeof(cred);
	if (getsockopt(conn, SOL_SOCKET, SO_PEERCRED, &cred, &len) == 0)
		g->g_uid = cred.uid;
	g->g_conn = conn;
	g->g_pidfd = g->g_memfd = g->g_procfd = -1;
	(void)pthread_mutex_lock(&clients_lock);
	room = may_greet(g->g_uid);
	if (room) {
		ngreeting++;
		g->g_next = greetings;
		greetings = g;
	}
	(void)pthread_mutex_unlock(&clients_lock);
	if (!room) {
		refuse(conn, EAGAIN, "too many processes attach at once");
		(void)close(conn);
		free(g);
		return;
	}
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setstacksize(&attr, SERVER_STACK);
	(void)pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	error = pthread_create(&thread, &attr, greet, g);
	(void)pthread_attr_destroy(&attr);
	if (error == 0)
		return;
	refuse(conn, error, "no thread for another process");
	(void)pthread_mutex_lock(&clients_lock);
	greeted(g);
	(void)pthread_mutex_unlock(&clients_lock);
	(void)close(conn);
	free(g);
}

/* A pidfd or a connection became readable; main thread. */
void
clients_event(uint64_t id, bool pidfd)
{
	struct client *cl, *dead;

	dead = NULL;
	(void)pthread_mutex_lock(&clients_lock);
	cl = find_id(id);
	if (cl != NULL && !pidfd) {
		/* Nothing is ever said after the greeting. */
		unwatch(cl->cl_conn);
		close_fd(&cl->cl_conn);
		if (cl->cl_state == CLIENT_ATTACHED) {
			atomic_store(&cl->cl_check_exec, true);
			worker_wake(cl);
		}
	} else if (cl != NULL) {
		unwatch(cl->cl_pidfd);
		atomic_store(&cl->cl_stop, STOP_EXIT);
		if (cl->cl_state == CLIENT_ATTACHED)
			worker_wake(cl);
		else if (!cl->cl_greeted) {
			forget(cl);
			dead = cl;
		}
	}
	(void)pthread_mutex_unlock(&clients_lock);
	if (dead != NULL)
		bury(dead);
}

unsigned
clients_count(void)
{
	unsigned n;

	(void)pthread_mutex_lock(&clients_lock);
	n = nclients + ngreeting;
	(void)pthread_mutex_unlock(&clients_lock);
	return (n);
}

/* End them all.  False: some did not let go of us. */
bool
clients_shutdown(void)
{
	struct client *cl;
	struct greeting *g;
	struct timespec limit;
	int error;

	(void)clock_gettime(CLOCK_REALTIME, &limit);
	limit.tv_sec += SHUTDOWN_SECONDS;
	(void)pthread_mutex_lock(&clients_lock);
	ending = true;
	for (g = greetings; g != NULL; g = g->g_next)
		(void)shutdown(g->g_conn, SHUT_RDWR);
	for (cl = all; cl != NULL; cl = cl->cl_all_next) {
		atomic_store(&cl->cl_stop, STOP_EXIT);
		if (cl->cl_state == CLIENT_ATTACHED)
			worker_wake(cl);
	}
	for (;;) {
		for (cl = all; cl != NULL; cl = cl->cl_all_next)
			if (cl->cl_state != CLIENT_ATTACHED && !cl->cl_greeted)
				break;
		if (cl != NULL) {
			forget(cl);
			(void)pthread_mutex_unlock(&clients_lock);
			bury(cl);
			(void)pthread_mutex_lock(&clients_lock);
			continue;
		}
		if (nclients + ngreeting == 0)
			break;
		error = pthread_cond_timedwait(&clients_cond, &clients_lock,
		    &limit);
		if (error == ETIMEDOUT)
			break;
	}
	error = (int)(nclients + ngreeting);
	(void)pthread_mutex_unlock(&clients_lock);
	return (error == 0);
}
