/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Fuzz machd's side of the memory it shares with its clients: the doorbell, the
 * trap pages and the words in them, as a client may write them at any time.
 *
 * The serving half of machd is linked as it is (server.c, wake.c, umem.c,
 * zone.c, window.c and the kernel half), with a client.c, worker.c, fdpass.c
 * and proc.c of our own here: two clients, served by this one thread, whose
 * processes are arrays.  The input says what they write into their pages,
 * which traps with which windows and which memory, whom they wake, and when
 * their images change.
 *
 * Also *between* two looks of machd.  On amd64 the pages are unmapped for machd
 * while it serves: each access faults, is let through alone with the trap
 * flag, and afterwards the next line of the input's script is written.  So an
 * input names the very access after which a word changes, and does so each
 * time it is run.
 *
 * Nothing may crash, no lock be held, no reference on a client be left; machd
 * may claim no more than a page's room, and when both clients are gone not one
 * object and not one byte may be left.  An answer is given to every trap that
 * does not wait, and whoever sleeps until then is woken: by machd, or by the
 * one it was left to, or by machd when that one does nothing.
 *
 * FUZZ_TRACE=1 in the environment prints what is done.
 */

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include <mach/message.h>
#include <mach/port.h>
#include <mach/task_special_ports.h>

#include <kernel/trap/gen/trap_number.h>
#include <kernel/user/machd/machd.h>
#include <tests/fuzz/fuzz.h>

const char fuzz_name[] = "page";

#define	CLIENTS		2
#define	PUPPET_UID	1001
#define	SLOTS		4		/* ... and the last one */
#define	WATCHED		((size_t)MACHD_PAGE * (1 + SLOTS))
#define	NAMES		32
#define	SCRIPT		16		/* lines for one look of machd's */
#define	SKIP		64		/* accesses between two lines */

/* The memory of a client's process. */
#define	USER_BASE	0x10000u
#define	USER_SIZE	0x10000u
#define	OUT_ADDR	USER_BASE	/* where traps put what they give */
#define	MSG_ADDR	(USER_BASE + 0x1000)
#define	ZONE_BASE	0x40000000u
#define	ZONE_SIZE	((size_t)16 << 20)

#define	CPU		0		/* machd's */
#define	TRAP_FLAG	0x100

struct puppet {
	struct client	*client;
	struct shared	 memory;
	char		*view;		/* machd's */
	struct machd_door *door;	/* the client's */
	struct machd_slot *slots;
	int		 image;		/* what /proc/<pid>/mem would show */
	uint8_t		*user;		/* USER_SIZE bytes */
	uint8_t		*zone;		/* ZONE_SIZE bytes */
	bool		 zone_used;
	bool		 is_mapped;	/* what window_mapped() answers */
	unsigned	 fault;		/* so many-th access to memory fails */
	uint32_t	 names[NAMES];
	unsigned	 nnames;
};

/* A word that changes after so many more accesses. */
struct line {
	unsigned	 skip;
	_Atomic uint32_t *word;
	uint32_t	 value;
	bool		 flip;
};

struct options options = { .o_ready_fd = -1, .o_hold_fd = -1 };

static struct puppet puppets[CLIENTS];
static struct fuzz_input in;
static bool trace;
static const uint64_t nonce = 0x6d616368;

/* Where a client's thread sleeps. */
struct sleeper {
	uint32_t	 word;		/* ms_word */
	int32_t		 cpu;		/* ms_cpu */
	unsigned	 wake_word;
	uint32_t	 value;		/* ... and what it was */
};

static struct {
	struct wake_words *set;
	const _Atomic uint32_t *words;	/* as clients see the wake words */
	uintptr_t	 base;		/* as machd does */
	bool		 woken[MACHD_WAKE_WORDS];
	bool		 posted[CLIENTS][SLOTS];
	bool		 owed[MACHD_WAKE_WORDS]; /* left to a client */
	unsigned	 nowed;
	bool		 obey;		/* clients do what is left to them */
	bool		 asleep;	/* FUTEX_WAKE finds somebody */
} wakes;

static struct {
	struct line	 lines[SCRIPT];
	unsigned	 n, next;
	char		*open;		/* the view that was let through */
} script;

int	__wrap_sched_getcpu(void);
long	__wrap_syscall(long number, long a, long b, long c, long d, long e,
	    long f);
long	__real_syscall(long number, ...);
ssize_t	__wrap_process_vm_readv(pid_t pid, const struct iovec *local,
	    unsigned long nlocal, const struct iovec *remote,
	    unsigned long nremote, unsigned long flags);
ssize_t	__wrap_process_vm_writev(pid_t pid, const struct iovec *local,
	    unsigned long nlocal, const struct iovec *remote,
	    unsigned long nremote, unsigned long flags);
bool	__wrap_window_mapped(struct client *cl, const struct window *w,
	    uint64_t addr, uint64_t size);

static void
check(bool ok, const char *what)
{

	if (ok)
		return;
	fprintf(stderr, "failed: %s\n", what);
	abort();
}

static void __attribute__((__format__(__printf__, 1, 2)))
tell(const char *fmt, ...)
{
	va_list ap;

	if (!trace)
		return;
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
}

static uint32_t
take(unsigned bytes)
{

	return (fuzz_take(&in, bytes));
}

/* ---- the rest of machd ---- */

void
say(const char *what, const char *fmt, ...)
{

	(void)what;
	(void)fmt;
}

void
client_hold(struct client *cl)
{

	atomic_fetch_add(&cl->cl_refs, 1);
}

void
client_drop(struct client *cl)
{

	check(atomic_fetch_sub(&cl->cl_refs, 1) > 1, "a client is held");
}

void
shared_hold(struct shared *sh)
{

	atomic_fetch_add(&sh->sh_refs, 1);
}

void
shared_drop(struct shared *sh)
{

	check(atomic_fetch_sub(&sh->sh_refs, 1) > 1, "shared memory is held");
}

int
client_fork_prepare(struct client *parent, uint8_t *token)
{

	(void)parent;
	memset(token, 0x5a, MACHD_TOKEN_SIZE);
	return (0);
}

void
client_fork_done(struct client *parent, pid_t tid, const uint8_t *token)
{

	(void)parent;
	(void)tid;
	/* Read all of it. */
	check(memchr(token, 0, MACHD_TOKEN_SIZE) == NULL ||
	    memchr(token, 0, MACHD_TOKEN_SIZE) != NULL, "a token");
}

/* One worker serves both. */
void
worker_wake(struct client *cl)
{

	(void)cl;
}

void
worker_met(struct client *cl)
{

	(void)cl;
}

void
worker_outcast(struct client *cl)
{

	(void)cl;
}

int
proc_open(pid_t pid, const char *file, int flags)
{

	(void)pid;
	(void)file;
	return (open("/dev/null", flags | O_CLOEXEC));
}

int
proc_identity(pid_t pid, struct identity *id)
{

	(void)pid;
	memset(id, 0, sizeof(*id));
	return (0);
}

/* The clients' descriptors: 0 to 7 are there. */
int
fd_take(struct client *cl, int fd)
{

	(void)cl;
	if (fd < 0 || fd > 7) {
		errno = EBADF;
		return (-1);
	}
	return (open("/dev/null", O_RDWR | O_CLOEXEC));
}

int
fd_give(struct client *cl, int sock, int fd)
{

	(void)cl;
	check(fcntl(fd, F_GETFD) != -1, "a descriptor that is given is open");
	return (sock < 0 || sock > 7 ? EBADF : 0);
}

bool
fd_sendable(int fd)
{

	(void)fd;
	return (true);
}

void
fd_discard(int fd)
{

	check(close(fd) == 0, "a file is closed once");
}

int
__wrap_sched_getcpu(void)
{

	return (CPU);
}

/* Whom machd wakes. */
long
__wrap_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	uintptr_t addr;
	unsigned i, j;

	addr = (uintptr_t)a;
	if (number != SYS_futex || b != FUTEX_WAKE)
		return (__real_syscall(number, a, b, c, d, e, f));
	if (wakes.base == 0)
		wakes.base = addr;
	if (addr - wakes.base < MACHD_WAKE_SIZE) {
		wakes.woken[(addr - wakes.base) / 4] = true;
		wakes.owed[(addr - wakes.base) / 4] = false;
		return (wakes.asleep);
	}
	for (i = 0; i < CLIENTS; i++)
		for (j = 0; j < SLOTS; j++)
			if (addr == (uintptr_t)puppets[i].view + MACHD_PAGE *
			    (1 + j)) {
				wakes.posted[i][j] = true;
				return (wakes.asleep);
			}
	/* That of a page we do not look after. */
	for (i = 0; i < CLIENTS; i++)
		if (addr - (uintptr_t)puppets[i].view < MACHD_SHARED_SIZE)
			return (0);
	return (__real_syscall(number, a, b, c, d, e, f));
}

bool
__wrap_window_mapped(struct client *cl, const struct window *w, uint64_t addr,
    uint64_t size)
{

	check(addr >= w->w_addr && size <= w->w_size &&
	    addr - w->w_addr <= w->w_size - size, "a range of the window");
	return (puppets[cl->cl_pid - 1].is_mapped);
}

static uint8_t *
user_memory(pid_t pid, uint64_t addr, size_t size)
{
	struct puppet *p;

	p = &puppets[pid - 1];
	if (p->fault != 0 && --p->fault == 0)
		return (NULL);
	if (addr >= USER_BASE && size <= USER_SIZE &&
	    addr - USER_BASE <= USER_SIZE - size)
		return (p->user + (addr - USER_BASE));
	if (addr >= ZONE_BASE && size <= ZONE_SIZE &&
	    addr - ZONE_BASE <= ZONE_SIZE - size) {
		p->zone_used = true;
		return (p->zone + (addr - ZONE_BASE));
	}
	return (NULL);
}

ssize_t
__wrap_process_vm_readv(pid_t pid, const struct iovec *local,
    unsigned long nlocal, const struct iovec *remote, unsigned long nremote,
    unsigned long flags)
{
	uint8_t *p;

	check(nlocal == 1 && nremote == 1 && flags == 0, "process_vm_readv");
	p = user_memory(pid, (uintptr_t)remote->iov_base, remote->iov_len);
	if (p == NULL) {
		errno = EFAULT;
		return (-1);
	}
	memcpy(local->iov_base, p, local->iov_len);
	return ((ssize_t)local->iov_len);
}

ssize_t
__wrap_process_vm_writev(pid_t pid, const struct iovec *local,
    unsigned long nlocal, const struct iovec *remote, unsigned long nremote,
    unsigned long flags)
{
	uint8_t *p;

	check(nlocal == 1 && nremote == 1 && flags == 0, "process_vm_writev");
	p = user_memory(pid, (uintptr_t)remote->iov_base, remote->iov_len);
	if (p == NULL) {
		errno = EFAULT;
		return (-1);
	}
	memcpy(p, local->iov_base, local->iov_len);
	return ((ssize_t)local->iov_len);
}

/* ---- one access at a time ---- */

static void
script_line(const struct line *l)
{

	atomic_store(l->word, l->flip ? atomic_load(l->word) ^ l->value :
	    l->value);
}

#if defined(__x86_64__)
static struct sigaction old_segv, old_trap;
static pid_t serving;		/* the thread that is watched */

static void
views_protect(int prot)
{
	int i;

	for (i = 0; i < CLIENTS; i++)
		if (mprotect(puppets[i].view, WATCHED, prot) != 0)
			abort();
}

static void
on_segv(int sig, siginfo_t *si, void *context)
{
	ucontext_t *uc = context;
	uintptr_t addr;
	int i;

	addr = (uintptr_t)si->si_addr;
	for (i = 0; i < CLIENTS; i++) {
		if (addr - (uintptr_t)puppets[i].view >= WATCHED ||
		    script.next == script.n || script.open != NULL ||
		    gettid() != serving)
			continue;
		script.open = puppets[i].view;
		if (mprotect(script.open, WATCHED, PROT_READ | PROT_WRITE) != 0)
			abort();
		uc->uc_mcontext.gregs[REG_EFL] |= TRAP_FLAG;
		return;
	}
	/* Not ours: again, for whoever was there before. */
	(void)sigaction(sig, &old_segv, NULL);
}

static void
on_trap(int sig, siginfo_t *si, void *context)
{
	ucontext_t *uc = context;
	struct line *l;

	(void)si;
	if (script.open == NULL) {
		(void)sigaction(sig, &old_trap, NULL);
		return;
	}
	uc->uc_mcontext.gregs[REG_EFL] &= ~TRAP_FLAG;
	l = &script.lines[script.next];
	if (l->skip-- == 0) {
		script_line(l);
		script.next++;
	}
	if (script.next == script.n)
		views_protect(PROT_READ | PROT_WRITE);
	else if (mprotect(script.open, WATCHED, PROT_NONE) != 0)
		abort();
	script.open = NULL;
}

static void
script_init(void)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sa.sa_sigaction = on_segv;
	if (sigaction(SIGSEGV, &sa, &old_segv) != 0)
		abort();
	sa.sa_sigaction = on_trap;
	if (sigaction(SIGTRAP, &sa, &old_trap) != 0)
		abort();
}

static void
script_begin(void)
{

	serving = gettid();
	if (script.next < script.n)
		views_protect(PROT_NONE);
}

static void
script_end(void)
{

	if (script.next < script.n)
		views_protect(PROT_READ | PROT_WRITE);
	script.n = script.next = 0;
}
#else
/* What is to change has changed before machd looks. */
static void
script_init(void)
{

}

static void
script_begin(void)
{

	for (; script.next < script.n; script.next++)
		script_line(&script.lines[script.next]);
}

static void
script_end(void)
{

	script.n = script.next = 0;
}
#endif

/* ---- clients ---- */

static void
image_set(struct puppet *p, uint64_t value)
{

	check(pwrite(p->image, &value, sizeof(value), 0) ==
	    (ssize_t)sizeof(value), "pwrite");
}

static void
puppet_init(struct puppet *p)
{
	char *view;
	int memfd;

	memfd = memfd_create("pages", MFD_CLOEXEC);
	p->image = memfd_create("image", MFD_CLOEXEC);
	check(memfd >= 0 && p->image >= 0 &&
	    ftruncate(memfd, (off_t)MACHD_SHARED_SIZE) == 0, "memfd");
	p->view = mmap(NULL, MACHD_SHARED_SIZE, PROT_READ | PROT_WRITE,
	    MAP_SHARED, memfd, 0);
	view = mmap(NULL, MACHD_SHARED_SIZE, PROT_READ | PROT_WRITE,
	    MAP_SHARED, memfd, 0);
	p->zone = mmap(NULL, ZONE_SIZE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	p->user = calloc(1, USER_SIZE);
	check(p->view != MAP_FAILED && view != MAP_FAILED &&
	    p->zone != MAP_FAILED && p->user != NULL, "memory");
	(void)close(memfd);
	p->door = (struct machd_door *)(void *)view;
	p->slots = (struct machd_slot *)(void *)(view + MACHD_PAGE);
	p->memory.sh_base = p->view;
}

static unsigned
word_of(const struct slot *slot)
{

	return (wake_word_number(wakes.set, slot->sl_wake_word));
}

static void
wakes_init(void)
{
	static struct machd_slot page;

	wakes.set = wake_words_of(PUPPET_UID);
	check(wakes.set != NULL, "wake words");
	wakes.words = mmap(NULL, MACHD_WAKE_SIZE, PROT_READ, MAP_SHARED,
	    wake_memfd(wakes.set), 0);
	check(wakes.words != MAP_FAILED, "wake words");
	/* Where machd has them: this wakes the first that is used. */
	atomic_store(&page.ms_cpu, MACHD_ON_WAKE_WORD(0));
	wake_page(&page, wake_word_new(wakes.set));
	check(wakes.base != 0 && wakes.words[1] == 1, "a wake word");
	wakes.base -= sizeof(wakes.words[0]);
}

static void
attach(struct puppet *p)
{
	struct client *cl;
	int error;

	cl = p->client;
	cl->cl_zone = zone_new(ZONE_BASE, ZONE_SIZE, &error);
	check(cl->cl_zone != NULL, "zone_new");
	memset(p->door, 0, WATCHED);
	memset(&p->slots[MACHD_SLOTS - 1], 0, sizeof(struct machd_slot));
	atomic_store(&p->memory.sh_refs, 1);
	cl->cl_user = PUPPET_UID;
	cl->cl_words = wakes.set;
	cl->cl_memory = &p->memory;
	cl->cl_shared = p->view;
	cl->cl_door = (struct machd_door *)(void *)p->view;
	cl->cl_memfd = p->image;
	cl->cl_procfd = cl->cl_mapsfd = -1;
	cl->cl_nonce = nonce;
	cl->cl_nonce_addr = 0;
	image_set(p, nonce);
	cl->cl_state = CLIENT_ATTACHED;
	atomic_store(&cl->cl_closing, false);
	atomic_store(&cl->cl_check_exec, false);
	atomic_store(&cl->cl_stop, STOP_NONE);
}

static void
client_begin(struct puppet *p, pid_t pid, bool ilp32)
{
	static const struct identity id = { .id_ruid = PUPPET_UID,
	    .id_euid = PUPPET_UID, .id_suid = PUPPET_UID,
	    .id_comm = "puppet" };
	struct client *cl;

	cl = calloc(1, sizeof(*cl));
	check(cl != NULL, "calloc");
	p->client = cl;
	cl->cl_pid = pid;
	cl->cl_id = (uint64_t)pid;
	cl->cl_identity = id;
	cl->cl_pidfd = cl->cl_conn = -1;
	cl->cl_run.sl_last = &cl->cl_run.sl_first;
	cl->cl_ilp32 = ilp32;
	atomic_store(&cl->cl_refs, 1);
	(void)pthread_mutex_init(&cl->cl_serve, NULL);
	(void)pthread_mutex_init(&cl->cl_lock, NULL);
	(void)pthread_cond_init(&cl->cl_cond, NULL);
	cl->cl_proc = kern_proc_new(pid, &id, ilp32, cl);
	p->nnames = 0;
	p->is_mapped = false;
	p->fault = 0;
	memset(p->names, 0, sizeof(p->names));
	memset(p->user, 0, USER_SIZE);
	attach(p);
}

static void
detach(struct puppet *p)
{
	struct client *cl;

	cl = p->client;
	check(cl->cl_foreign == 0, "no slot of it is in other hands");
	if (cl->cl_mapsfd >= 0)
		(void)close(cl->cl_mapsfd);
	window_detach(cl);
	zone_close(cl->cl_zone);
	cl->cl_zone = NULL;
	cl->cl_door = NULL;
	if (p->zone_used)
		(void)madvise(p->zone, ZONE_SIZE, MADV_DONTNEED);
	p->zone_used = false;
}

/* As client.c does it, with the script for the last look. */
static void
client_close(struct puppet *p, enum client_stop why)
{

	tell("%d: %s\n", (int)p->client->cl_pid,
	    why == STOP_EXIT ? "exit" : "exec");
	atomic_store(&p->client->cl_stop, why);
	script_begin();
	server_close(p->client);
	script_end();
	detach(p);
	if (why == STOP_EXEC) {
		kern_task_exec(p->client->cl_proc, false);
		server_drain();
		wake_flush();
		check(atomic_load(&p->memory.sh_refs) == 1,
		    "nobody looks at the memory any more");
		p->nnames = 0;
		memset(p->names, 0, sizeof(p->names));
		attach(p);
	}
}

static void
client_end(struct puppet *p)
{
	struct client *cl;

	client_close(p, STOP_EXIT);
	cl = p->client;
	kern_task_exit(cl->cl_proc);
	server_drain();
	kern_proc_free(cl->cl_proc);
}

static void
client_free(struct puppet *p)
{
	struct client *cl;

	cl = p->client;
	check(atomic_load(&cl->cl_refs) == 1, "nobody holds the client");
	check(atomic_load(&p->memory.sh_refs) == 1, "nor its memory");
	check(cl->cl_run.sl_first == NULL, "nothing of it is to be run");
	(void)pthread_cond_destroy(&cl->cl_cond);
	(void)pthread_mutex_destroy(&cl->cl_lock);
	(void)pthread_mutex_destroy(&cl->cl_serve);
	free(cl);
	p->client = NULL;
}

/* ---- what they do ---- */

static void
learn(struct puppet *p, uint32_t name)
{
	unsigned i;

	if (name == 0 || name > 0x100000)
		return;
	for (i = 0; i < NAMES; i++)
		if (p->names[i] == name)
			return;
	p->names[p->nnames++ % NAMES] = name;
	tell("%d: knows %#x\n", (int)p->client->cl_pid, name);
}

static uint64_t
word(struct puppet *p)
{
	static const uint64_t odd[] = { 0, UINT32_MAX, INT32_MIN, UINT64_MAX,
	    1, 0x7fffffff, 0x10000, UINT64_C(1) << 63, ZONE_BASE,
	    ZONE_BASE + ZONE_SIZE / 4 * 3, ZONE_BASE + ZONE_SIZE,
	    (uint64_t)1 << 20, 0x10001 };
	uint32_t sel;

	sel = take(1);
	switch (sel & 7) {
	case 0:
	case 1:
	case 2:
		return (p->names[(sel >> 3) % NAMES]);
	case 3:
		return (sel >> 3);
	case 4:
		return (odd[(sel >> 3) % (sizeof(odd) / sizeof(odd[0]))]);
	case 5:
		return (take(2));
	case 6:
		return (OUT_ADDR + (sel >> 3) * 4);
	default:
		return ((sel & 8) != 0 ? MSG_ADDR : ZONE_BASE + take(2) * 256);
	}
}

static struct machd_slot *
slot(struct puppet *p, unsigned *index)
{
	uint32_t sel;

	sel = take(1);
	*index = sel == 255 ? MACHD_SLOTS - 1 : sel % SLOTS;
	return (&p->slots[*index]);
}

/* A message in the page; returns its size, which may be more than a page. */
static uint32_t
message(struct puppet *p, struct machd_slot *page, bool large)
{
	struct {
		mach_msg_header_t	hdr;
		mach_msg_body_t		body;
		union {
			mach_msg_port_descriptor_t	port;
			mach_msg_ool_descriptor_t	ool;
			mach_msg_ool_ports_descriptor_t	ports;
			uint8_t				room[16];
		} d[2];
	} m;
	uint32_t i, sel;

	memset(&m, 0, sizeof(m));
	sel = take(2);
	m.hdr.msgh_bits = MACH_MSGH_BITS(17 + sel % 5,
	    (sel >> 3) % 4 == 0 ? 0 : 17 + (sel >> 5) % 5);
	m.hdr.msgh_remote_port = (mach_port_name_t)word(p);
	m.hdr.msgh_local_port = (sel >> 3) % 4 == 0 ? 0 :
	    (mach_port_name_t)word(p);
	m.hdr.msgh_id = (mach_msg_id_t)sel;
	if ((sel & 0x8000) != 0) {
		m.hdr.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		m.body.msgh_descriptor_count = 1 + (sel >> 8) % 2;
		for (i = 0; i < m.body.msgh_descriptor_count; i++) {
			sel = take(1);
			switch (sel & 3) {
			case 0:
				m.d[i].ool.address =
				    (void *)(uintptr_t)word(p);
				m.d[i].ool.size = (uint32_t)word(p);
				m.d[i].ool.copy = (sel >> 2) % 3;
				m.d[i].ool.deallocate = (sel >> 4) & 1;
				m.d[i].ool.type = MACH_MSG_OOL_DESCRIPTOR;
				break;
			case 1:
				m.d[i].ports.address =
				    (void *)(uintptr_t)OUT_ADDR;
				m.d[i].ports.count = (sel >> 2) % 8;
				m.d[i].ports.disposition = 16 + take(1) % 6;
				m.d[i].ports.deallocate = (sel >> 5) & 1;
				m.d[i].ports.copy = 1;
				m.d[i].ports.type =
				    MACH_MSG_OOL_PORTS_DESCRIPTOR;
				break;
			default:
				m.d[i].port.name = (mach_port_name_t)word(p);
				m.d[i].port.disposition =
				    (uint8_t)(16 + (sel >> 2) % 6);
				m.d[i].port.type = MACH_MSG_PORT_DESCRIPTOR;
				break;
			}
		}
	}
	memcpy(page->ms_data, &m, sizeof(m));
	memcpy(p->user + (MSG_ADDR - USER_BASE), &m, sizeof(m));
	return (large ? 3600 + take(1) * 8 : 24 + take(1) * 4 % 120);
}

/* Fill a trap page as libmach does, or a bit otherwise. */
static void
trap(struct puppet *p)
{
	static const int32_t cpus[] = { -1, CPU, 1, 2, MACHD_ON_WORD(1),
	    MACHD_ON_WAKE_WORD(1), MACHD_ON_WAKE_WORD(CPU),
	    MACHD_ON_WAKE_WORD(2) };
	struct machd_slot *page;
	uint32_t how, number, size, w;
	unsigned i, index;

	page = slot(p, &index);
	/* Nothing of libmach's would touch a page whose trap is under way. */
	how = take(1);
	if ((atomic_load(&page->ms_word) & MACHD_POSTED) != 0 && how < 250)
		return;
	/* Its thread is up. */
	if (index < SLOTS && p->client->cl_slots[index] != NULL)
		wakes.owed[word_of(p->client->cl_slots[index])] = false;
	page->ms_nargs = MACHD_ARGS;
	page->ms_in_size = page->ms_out_size = 0;
	page->ms_in_addr = page->ms_out_addr = MSG_ADDR;
	memset(page->ms_args, 0, sizeof(page->ms_args));
	number = take(1);
	size = 0;
	if (number >= 240) {
		/* Send. */
		size = message(p, page, (how & 0x80) != 0);
		page->ms_number = MACH_TRAP_mach_msg_trap;
		page->ms_args[0] = MSG_ADDR;
		page->ms_args[1] = MACH_SEND_MSG | MACH_SEND_TIMEOUT;
		page->ms_args[2] = size;
		if (number >= 248) {
			/* ... and receive. */
			page->ms_args[1] |= MACH_RCV_MSG;
			page->ms_args[3] = take(2) % 0x2000;
			page->ms_args[4] = word(p);
		}
		if (number == 255)
			page->ms_args[1] = take(4);
	} else if (number >= 220) {
		page->ms_number = MACH_TRAP_mach_msg_trap;
		page->ms_args[0] = MSG_ADDR;
		page->ms_args[1] = MACH_RCV_MSG | (take(1) & 0xf) << 24;
		page->ms_args[3] = take(2) % 0x2000;
		page->ms_args[4] = word(p);
	} else if (number >= 205) {
		page->ms_number = MACHD_TRAP_BASE + (number - 205);
		for (i = 0; i < 3; i++)
			page->ms_args[i] = word(p);
	} else if (number >= 195) {
		page->ms_number = MACH_TRAP_mach_reply_port;
	} else if (number >= 190) {
		page->ms_number = MACH_TRAP_task_self_trap;
	} else {
		page->ms_number = number == 0 ? take(4) : number;
		for (i = 0; i < MACHD_ARGS; i++)
			page->ms_args[i] = word(p);
	}
	if ((how & 1) != 0)
		page->ms_in_size = size;
	if ((how & 2) != 0)
		page->ms_out_size = (how & 0x80) != 0 ? MACHD_DATA_SIZE : 1024;
	if ((how & 4) != 0) {
		page->ms_out_addr = OUT_ADDR;
		page->ms_in_addr = OUT_ADDR;
	}
	if ((how & 0x18) == 0x18) {
		page->ms_in_size = take(2);
		page->ms_out_size = take(2);
		page->ms_in_addr = word(p);
		page->ms_out_addr = word(p);
		page->ms_nargs = take(1);
	}
	atomic_store(&page->ms_interrupt, (how & 0x60) == 0x60);
	w = take(1);
	atomic_store(&page->ms_cpu, cpus[w % 8]);
	atomic_store(&page->ms_word, MACHD_POSTED | (w >> 3 & MACHD_WAITER) |
	    (w >> 4) * MACHD_SEQUENCE);
	tell("%d: slot %u: trap %#x (%#jx %#jx %#jx %#jx %#jx) in %u out %u "
	    "cpu %d\n", (int)p->client->cl_pid, index, page->ms_number,
	    (uintmax_t)page->ms_args[0], (uintmax_t)page->ms_args[1],
	    (uintmax_t)page->ms_args[2], (uintmax_t)page->ms_args[3],
	    (uintmax_t)page->ms_args[4], page->ms_in_size, page->ms_out_size,
	    (int)cpus[w % 8]);
	atomic_fetch_or(&p->door->md_pending[index / 32], 1u << index % 32);
	atomic_fetch_or(&p->door->md_summary, 1u << index / 32);
}

/* A word of the memory that machd watches. */
static _Atomic uint32_t *
any_word(struct puppet *p)
{
	static const uint8_t interesting[] = {
		offsetof(struct machd_slot, ms_word) / 4,
		offsetof(struct machd_slot, ms_cpu) / 4,
		offsetof(struct machd_slot, ms_interrupt) / 4,
		offsetof(struct machd_slot, ms_number) / 4,
		offsetof(struct machd_slot, ms_nargs) / 4,
		offsetof(struct machd_slot, ms_in_size) / 4,
		offsetof(struct machd_slot, ms_out_size) / 4,
		offsetof(struct machd_slot, ms_in_addr) / 4,
		offsetof(struct machd_slot, ms_out_addr) / 4,
		offsetof(struct machd_slot, ms_wake_word) / 4,
		offsetof(struct machd_slot, ms_args) / 4,
		offsetof(struct machd_slot, ms_args[1]) / 4,
		MACHD_DATA_OFFSET / 4,		/* msgh_bits */
		MACHD_DATA_OFFSET / 4 + 1,	/* msgh_size */
		MACHD_DATA_OFFSET / 4 + 6,	/* descriptors */
		MACHD_DATA_OFFSET / 4 + 9	/* disposition, type */
	};
	uint32_t offset, sel;

	sel = take(1);
	if (sel >= 240)
		offset = take(2) % (uint32_t)(WATCHED / 4);
	else if (sel >= 232)
		offset = (sel & 1) != 0 ?
		    offsetof(struct machd_door, md_pending) / 4 :
		    offsetof(struct machd_door, md_summary) / 4;
	else
		offset = (1 + sel / 16 % SLOTS) * (MACHD_PAGE / 4) +
		    interesting[sel % 16];
	return ((_Atomic uint32_t *)(void *)p->door + offset);
}

static uint32_t
any_value(struct puppet *p, bool *flip)
{
	uint32_t sel;

	sel = take(1);
	*flip = (sel & 3) == 1;
	switch (sel & 3) {
	case 0:
		return (sel >> 2);
	case 1:
		return (1u << (sel >> 3));
	case 2:
		return (p->names[(sel >> 2) % NAMES]);
	default:
		return ((sel & 4) != 0 ? take(4) : UINT32_MAX << (sel >> 3));
	}
}

static void
write_script(void)
{
	struct puppet *p;
	struct line *l;
	uint32_t sel;

	if (script.n == SCRIPT)
		return;
	l = &script.lines[script.n++];
	sel = take(1);
	p = &puppets[sel % CLIENTS];
	l->skip = sel / 2 % SKIP;
	l->word = any_word(p);
	l->value = any_value(p, &l->flip);
	tell("script: after %u: %d: %#zx %s %#x\n", l->skip,
	    (int)p->client->cl_pid, (size_t)((char *)l->word -
	    (char *)p->door), l->flip ? "^=" : "=", l->value);
}

/* What machd may have written. */
static void
look(struct puppet *p)
{
	const uint32_t *words;
	struct machd_slot *page;
	unsigned i;

	words = (const uint32_t *)(const void *)p->user;
	for (i = 0; i < 16; i++)
		learn(p, words[i]);
	words = (const uint32_t *)(const void *)(p->user + (MSG_ADDR -
	    USER_BASE));
	for (i = 0; i < 12; i++)
		learn(p, words[i]);
	for (i = 0; i < SLOTS; i++) {
		page = &p->slots[i];
		if ((atomic_load(&page->ms_word) & MACHD_POSTED) != 0)
			continue;
		if (page->ms_number >= MACH_TRAP_mach_reply_port &&
		    page->ms_number <= MACH_TRAP_task_self_trap)
			learn(p, page->ms_result);
		if (page->ms_out_size != 0) {
			words = (const uint32_t *)(const void *)page->ms_data;
			learn(p, words[0]);
			learn(p, words[2]);
			learn(p, words[3]);
			learn(p, words[7]);
		}
	}
}

static bool
answered(struct client *cl, unsigned index)
{
	struct slot *s;

	s = cl->cl_slots[index];
	return (s == NULL || atomic_load(&s->sl_state) == SLOT_IDLE);
}

static void
slots_check(struct client *cl)
{
	struct slot *s;
	unsigned i;

	for (i = 0; i < MACHD_SLOTS; i += i == SLOTS - 1 ?
	    MACHD_SLOTS - SLOTS : 1) {
		s = cl->cl_slots[i];
		if (s == NULL)
			continue;
		check(atomic_load(&s->sl_state) != SLOT_BUSY,
		    "a slot is idle or blocked");
		check(s->sl_out_done <= MACHD_DATA_SIZE,
		    "no more is given than there is room");
	}
}

/* Everybody's words before machd looks. */
static void
sleepers_note(struct sleeper sleepers[CLIENTS][SLOTS])
{
	struct machd_slot *page;
	struct sleeper *sl;
	struct slot *s;
	unsigned i, j;

	memset(wakes.woken, 0, sizeof(wakes.woken));
	memset(wakes.posted, 0, sizeof(wakes.posted));
	for (i = 0; i < CLIENTS; i++)
		for (j = 0; j < SLOTS; j++) {
			page = &puppets[i].slots[j];
			s = puppets[i].client->cl_slots[j];
			sl = &sleepers[i][j];
			sl->word = atomic_load(&page->ms_word);
			sl->cpu = atomic_load(&page->ms_cpu);
			sl->wake_word = s == NULL ? 0 : word_of(s);
			sl->value = wakes.words[sl->wake_word];
		}
}

/* A thread of a client finds in its word whom it is to wake. */
static bool
told_to_wake(unsigned wake_word)
{
	struct machd_slot *page;
	uint32_t word;
	unsigned i, j;

	for (i = 0; i < CLIENTS; i++)
		for (j = 0; j < MACHD_SLOTS; j += j == SLOTS - 1 ?
		    MACHD_SLOTS - SLOTS : 1) {
			page = &puppets[i].slots[j];
			word = atomic_load(&page->ms_word);
			if ((word & MACHD_WAKE_MASK) >> MACHD_WAKE_SHIFT !=
			    wake_word)
				continue;
			check((word & (MACHD_POSTED | MACHD_WAITER)) !=
			    (MACHD_POSTED | MACHD_WAITER),
			    "who is to wake somebody is awake");
			atomic_fetch_and(&page->ms_word, ~MACHD_WAKE_MASK);
			return (true);
		}
	return (false);
}

/* With nobody writing meanwhile: each whose trap has ended is woken. */
static void
sleepers_check(struct sleeper sleepers[CLIENTS][SLOTS])
{
	struct sleeper *sl;
	unsigned i, j;

	for (i = 0; i < CLIENTS; i++)
		for (j = 0; j < SLOTS; j++) {
			sl = &sleepers[i][j];
			if ((sl->word & (MACHD_POSTED | MACHD_WAITER)) !=
			    (MACHD_POSTED | MACHD_WAITER) ||
			    (atomic_load(&puppets[i].slots[j].ms_word) &
			    MACHD_POSTED) != 0)
				continue;
			if (sl->cpu >= 0 || MACHD_IS_ON_WORD(sl->cpu) ||
			    sl->wake_word == 0) {
				/* Its first trap gave it a wake word. */
				check(wakes.posted[i][j] || (sl->wake_word ==
				    0 && sl->cpu < 0), "it is woken");
				continue;
			}
			tell("%u: slot %u sleeps on wake word %u: %s\n", i + 1,
			    j, sl->wake_word, wakes.woken[sl->wake_word] ?
			    "machd wakes it" : "left to somebody");
			check(wakes.words[sl->wake_word] != sl->value,
			    "its wake word changes");
			if (wakes.woken[sl->wake_word])
				continue;
			check(told_to_wake(sl->wake_word),
			    "it is woken, or somebody is to do it");
			if (wakes.obey) {
				atomic_store(&puppets[i].slots[j].ms_cpu, CPU);
				continue;
			}
			/* Who spoils its own sequence seems to be up. */
			if ((sl->word & MACHD_SEQUENCE_MASK) !=
			    puppets[i].client->cl_slots[j]->sl_sequence)
				continue;
			wakes.owed[sl->wake_word] = true;
			wakes.nowed++;
		}
}

/* Somebody writes what he likes: nothing is promised. */
static void
owed_forget(void)
{

	if (wakes.nowed != 0)
		memset(wakes.owed, 0, sizeof(wakes.owed));
	wakes.nowed = 0;
}

/* Nobody waits for ever for a client that was to wake it. */
static void
owed_check(void)
{

	if (wakes.nowed == 0)
		return;
	check(memchr(wakes.owed, true, sizeof(wakes.owed)) == NULL,
	    "machd sees to what clients do not do");
	wakes.nowed = 0;
}

static void
serve(struct puppet *p)
{
	struct sleeper sleepers[CLIENTS][SLOTS];
	struct client *cl;
	uint32_t before[SLOTS], rung;
	unsigned i;
	bool quiet;

	cl = p->client;
	quiet = script.n == 0;
	if (!quiet)
		owed_forget();
	rung = atomic_load(&p->door->md_summary) & 1 ?
	    atomic_load(&p->door->md_pending[0]) : 0;
	for (i = 0; i < SLOTS; i++)
		before[i] = atomic_load(&p->slots[i].ms_word);
	tell("%d: serve\n", (int)cl->cl_pid);
	sleepers_note(sleepers);
	script_begin();
	server_serve(cl);
	script_end();
	if (quiet)
		sleepers_check(sleepers);
	check(server_client() == NULL && server_current() == NULL,
	    "nobody is being served");
	for (i = 0; i < CLIENTS; i++) {
		slots_check(puppets[i].client);
		look(&puppets[i]);
	}
	/* With nobody writing, what was asked has its answer. */
	for (i = 0; quiet && i < SLOTS; i++)
		if ((rung >> i & 1) != 0 && (before[i] & MACHD_POSTED) != 0 &&
		    answered(cl, i))
			check((atomic_load(&p->slots[i].ms_word) &
			    MACHD_POSTED) == 0, "an answer");
	if (atomic_load(&cl->cl_stop) == STOP_EXEC)
		client_close(p, STOP_EXEC);
}

static void
step(bool *waited)
{
	struct machd_slot *page;
	struct puppet *p;
	uint64_t deadline;
	uint32_t sel, value;
	_Atomic uint32_t *w;
	unsigned index;
	bool flip;

	sel = take(1);
	p = &puppets[sel & 1];
	switch (sel >> 1 & 15) {
	case 0:
	case 1:
	case 2:
	case 3:
	case 4:
		trap(p);
		serve(p);
		break;
	case 5:
		trap(p);
		break;
	case 6:
		serve(p);
		break;
	case 7:
	case 8:
	case 9:
		write_script();
		break;
	case 10:
		w = any_word(p);
		value = any_value(p, &flip);
		tell("%d: %#zx %s %#x\n", (int)p->client->cl_pid,
		    (size_t)((char *)w - (char *)p->door), flip ? "^=" : "=",
		    value);
		atomic_store(w, flip ? atomic_load(w) ^ value : value);
		owed_forget();
		break;
	case 11:
		page = slot(p, &index);
		atomic_store(&page->ms_interrupt, 1);
		atomic_fetch_or(&p->door->md_pending[index / 32],
		    1u << index % 32);
		atomic_fetch_or(&p->door->md_summary, 1u << index / 32);
		tell("%d: slot %u: interrupt\n", (int)p->client->cl_pid,
		    index);
		serve(p);
		break;
	case 12:
		/* A word of its memory; what is next to fail. */
		value = take(2) % (USER_SIZE / 4);
		((uint32_t *)(void *)p->user)[value] = (uint32_t)word(p);
		p->fault = sel >> 6;
		fuzz_fault(0, (sel & 0x20) != 0 ? take(1) % 8 : 0);
		break;
	case 13:
		p->is_mapped = (sel & 0x20) != 0;
		wakes.obey = (sel & 0x40) != 0;
		wakes.asleep = (sel & 0x80) != 0;
		if (take(1) == 255) {
			tell("%d: another image\n", (int)p->client->cl_pid);
			image_set(p, 0);
			atomic_store(&p->client->cl_check_exec, true);
		}
		break;
	case 14:
		if ((sel & 0xe0) == 0xe0)
			client_close(p, STOP_EXEC);
		break;
	default:
		/* Once: until the time of what was left to clients is over. */
		while (wake_owed(&deadline) && !*waited)
			continue;
		if (!*waited)
			owed_check();
		*waited = true;
		break;
	}
}

/* A trap as it ought to be; it does not wait. */
static uint32_t
call(struct puppet *p, unsigned number, uint64_t a, uint64_t b, uint64_t c,
    uint64_t d)
{
	struct machd_slot *page;

	page = &p->slots[0];
	page->ms_number = number;
	page->ms_nargs = 4;
	page->ms_args[0] = a;
	page->ms_args[1] = b;
	page->ms_args[2] = c;
	page->ms_args[3] = d;
	page->ms_in_size = page->ms_out_size = 0;
	atomic_store(&page->ms_word, MACHD_POSTED);
	atomic_store(&p->door->md_pending[0], 1);
	atomic_store(&p->door->md_summary, 1);
	serve(p);
	return (page->ms_result);
}

/* A parent and its child, which has a send right of a port of the parent. */
static void
family(struct puppet *parent, struct puppet *child)
{
	uint32_t name, self;

	self = call(parent, MACH_TRAP_task_self_trap, 0, 0, 0, 0);
	check(call(parent, MACH_TRAP__kernelrpc_mach_port_allocate_trap, self,
	    MACH_PORT_RIGHT_RECEIVE, OUT_ADDR, 0) == 0, "a port");
	memcpy(&name, parent->user, sizeof(name));
	check(call(parent, MACH_TRAP__kernelrpc_mach_port_insert_right_trap,
	    self, name, name, MACH_MSG_TYPE_MAKE_SEND) == 0, "a send right");
	check(call(parent, MACH_TRAP_task_set_special_port_trap, self,
	    TASK_BOOTSTRAP_PORT, name, 0) == 0, "the bootstrap port");
	kern_task_fork(parent->client->cl_proc, child->client->cl_proc);
	self = call(child, MACH_TRAP_task_self_trap, 0, 0, 0, 0);
	check(call(child, MACH_TRAP_task_get_special_port_trap, self,
	    TASK_BOOTSTRAP_PORT, OUT_ADDR, 0) == 0, "... of the child");
	look(child);
}

void
fuzz_one(const uint8_t *data, size_t size)
{
	static bool ready;
	bool waited;
	int i;

	if (!ready) {
		trace = getenv("FUZZ_TRACE") != NULL;
		check(guard_init() == 0 && kern_start() == 0, "kern_start");
		wakes_init();
		for (i = 0; i < CLIENTS; i++)
			puppet_init(&puppets[i]);
		script_init();
		ready = true;
	}
	fuzz_input(&in, data, size);
	for (i = 0; i < CLIENTS; i++)
		client_begin(&puppets[i], i + 1, size % 8 == 7 && i == 1);
	family(&puppets[0], &puppets[1]);
	waited = false;
	wakes.obey = wakes.asleep = false;
	while (in.left > 0)
		step(&waited);
	fuzz_fault(0, 0);
	for (i = 0; i < CLIENTS; i++)
		client_end(&puppets[i]);
	wake_flush();
	owed_check();
	for (i = 0; i < CLIENTS; i++)
		client_free(&puppets[i]);
	fuzz_nothing_left();
}
