/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Workers: the threads that serve clients.
 *
 * There are as many workers as attached clients; which serves which changes.
 * A client begins with a worker of its own.  When one worker completes the
 * traps of another worker's client SUITS times in a row, these clients talk
 * to each other, and it takes the other over: from then on their messages cross
 * one thread of machd.  Pairs that know nothing of each other stay with
 * different workers and use different CPUs.  Only clients of one user come
 * together: as below, they can hold each other up for a moment, which must be
 * nothing new to them.
 *
 * A worker waits for the doorbells of all its clients at once, futex_waitv(2).
 * Without that system call, or on request, each serves one client for ever.
 * What does not show in a doorbell is told it by a signal, since every word
 * makes each wait dearer: the handler spoils the words it waits for or is about
 * to wait for, so the signal cannot come too early.  (A bell could not do that:
 * who may write it may put it back.)
 *
 * A client's memory may never answer.  That holds up its worker, and with it
 * the worker's other clients; therefore each worker with more than one client
 * has a deputy, an idle worker that waits for their calls (md_call) and takes
 * over who calls.  The client that was being served meanwhile stays alone for
 * some time.  There is always an idle worker when one is needed: n clients
 * of one worker leave n - 1 without.
 *
 * A client that ends is put away by a worker that has nothing else to do,
 * which ends with it.
 *
 * Who may touch what.  cl_worker changes with cl_serve held; a worker takes
 * cl_serve to serve a client and then looks whether it is still its own.
 * w_set, deputies and the idle list are under pool_lock.  What a worker looks
 * at while it waits is its own copy of w_set (w_mine), with references; it is
 * renewed when w_generation says so, and may be out of date: then
 * the worker is woken in vain once.  Workers are never freed, so a late kick
 * does no harm.
 */

#include <sys/syscall.h>

#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "machd.h"

#ifndef SYS_futex_waitv
#define	SYS_futex_waitv	449	/* since Linux 5.16 */
#endif

#define	MEMBERS		8	/* clients a worker */
#define	SUITS		32
#define	IDLE_WAITS	4096	/* of its worker; then a client must go */
#define	ALONE_NS	10000000000u /* it held others up */
#define	CALL_ALONE_NS	1000000000u /* it called, nobody held it up */

#define	SPIN_NS		15000
#define	SPIN_CHECK	64
#define	SPIN_CREDIT	8	/* vain spins before we stop trying */
#define	SPIN_RETRY	64	/* then one in so many waits tries again */

/* w_kick */
#define	KICK_WAITER	1u	/* it waits for this word ... */
#define	KICK_SIGNAL	2u	/* ... or only for others */
#define	KICK_STEP	4u
#define	KICK_ASLEEP	(KICK_WAITER | KICK_SIGNAL)

#if defined(__x86_64__) || defined(__i386__)
#define	cpu_pause()	__builtin_ia32_pause()
#elif defined(__aarch64__)
#define	cpu_pause()	__asm__ volatile("yield" ::: "memory")
#else
#define	cpu_pause()	__asm__ volatile("" ::: "memory")
#endif

/* As <linux/futex.h> has it since 5.16. */
struct wait_word {
	uint64_t	ww_value;
	uint64_t	ww_address;
	uint32_t	ww_flags;
	uint32_t	ww_reserved;
};
#define	WAIT_SHARED	0x02u	/* 32 bits */
#define	WAIT_PRIVATE	0x82u
#define	WAIT_SPOILT	0xffffffffu	/* EINVAL */

/* A client as its worker, or the deputy of that, sees it; with references. */
struct member {
	struct client	*m_client;
	struct shared	*m_memory;
	struct machd_door *m_door;
	uint32_t	 m_seen;	/* md_bell, or md_call */
	unsigned	 m_idle;	/* waits since it rang */
};

struct worker {
	_Atomic uint32_t w_kick;
	_Atomic uint32_t w_generation;	/* of w_set or w_chief */
	struct client	*_Atomic w_serving;

	/* pool_lock */
	struct client	*w_set[MEMBERS];
	unsigned	 w_count;
	struct worker	*w_deputy;
	struct worker	*w_chief;	/* whose deputy it is */
	struct worker	*w_next;	/* idle or unused */

	/* Its own. */
	_Atomic pid_t	 w_tid;
	struct member	 w_mine[MEMBERS];
	unsigned	 w_nmine;
	uint32_t	 w_seen;	/* w_generation */
	bool		 w_listening;	/* as a deputy */
	int		 w_spin_credit;
};

static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
static struct worker *idle_workers, *unused_workers;
static bool grouping;

static __thread struct worker *self;

/*
 * What this thread waits for.  Thread sanitizer holds signals back until it
 * sees a system call that it knows.
 */
static __thread struct wait_word *volatile waiting;
#if defined(__SANITIZE_THREAD__)
#define	BY_SIGNAL	false
#elif defined(__has_feature)
#define	BY_SIGNAL	(!__has_feature(thread_sanitizer))
#else
#define	BY_SIGNAL	true
#endif

static void
kicked(int sig)
{
	struct wait_word *ww;

	(void)sig;
	ww = waiting;
	if (ww != NULL)
		((volatile struct wait_word *)ww)->ww_flags = WAIT_SPOILT;
}

void
workers_init(bool group)
{
	struct sigaction sa;

	/* Harmless wherever it gets to, without a handler as well. */
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = kicked;
	sa.sa_flags = SA_RESTART;
	(void)sigemptyset(&sa.sa_mask);
	(void)sigaction(SIGURG, &sa, NULL);

	/* No words: EINVAL from a kernel that has the call. */
	grouping = group && syscall(SYS_futex_waitv, NULL, 0, 0, NULL, 0) ==
	    -1 && errno == EINVAL;
	if (options.o_verbose)
		say("workers", grouping ? "serve clients that talk to each "
		    "other together" : "one a client");
}

static void
kick(struct worker *w)
{
	uint32_t old;

	old = atomic_fetch_add(&w->w_kick, KICK_STEP);
	if ((old & KICK_WAITER) != 0)
		(void)syscall(SYS_futex, &w->w_kick, FUTEX_WAKE |
		    FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0);
	else if ((old & KICK_SIGNAL) != 0)
		(void)syscall(SYS_tgkill, getpid(), atomic_load(&w->w_tid),
		    SIGURG);
}

/*
 * There is something for the client's worker that does not show in the
 * doorbell.
 */
void
worker_wake(struct client *cl)
{
	struct worker *w;

	w = atomic_load(&cl->cl_worker);
	if (w == NULL)
		return;
	kick(w);
	if (!grouping && cl->cl_door != NULL) {
		atomic_fetch_add(&cl->cl_door->md_bell, MACHD_BELL_STEP);
		(void)futex_wake(&cl->cl_door->md_bell, 1);
	}
}

/* ---- the pool; pool_lock is held ---- */

static void
changed(struct worker *w)
{

	atomic_fetch_add(&w->w_generation, 1);
}

static void
set_add(struct worker *w, struct client *cl)
{

	w->w_set[w->w_count++] = cl;
	changed(w);
}

static void
set_remove(struct worker *w, const struct client *cl)
{
	unsigned i;

	for (i = 0; w->w_set[i] != cl; i++)
		;
	w->w_set[i] = w->w_set[--w->w_count];
	changed(w);
}

static void
idle_push(struct worker *w)
{

	w->w_next = idle_workers;
	idle_workers = w;
}

static struct worker *
idle_pop(void)
{
	struct worker *w;

	w = idle_workers;
	if (w != NULL)
		idle_workers = w->w_next;
	return (w);
}

/* After its set changed: a worker has a deputy when it has two clients. */
static void
appoint(struct worker *w)
{
	struct worker *deputy;

	deputy = w->w_deputy;
	if (w->w_count < 2) {
		if (deputy == NULL)
			return;
		w->w_deputy = NULL;
		deputy->w_chief = NULL;
		changed(deputy);
		idle_push(deputy);
		return;
	}
	if (deputy == NULL) {
		deputy = idle_pop();
		if (deputy == NULL)
			return;
		deputy->w_chief = w;
		w->w_deputy = deputy;
	}
	changed(deputy);
	kick(deputy);
}

/* A worker for a client that leaves w; NULL when w has only that one. */
static struct worker *
spare(struct worker *w)
{
	struct worker *other;

	if (w->w_count < 2)
		return (NULL);
	other = idle_pop();
	if (other == NULL && w->w_count == 2) {
		other = w->w_deputy;
		w->w_deputy = NULL;
		if (other != NULL)
			other->w_chief = NULL;
	}
	return (other);
}

/* cl_serve is held, too.  `to` is not on the idle list. */
static void
move(struct client *cl, struct worker *to)
{
	struct worker *from;

	from = atomic_load(&cl->cl_worker);
	set_remove(from, cl);
	set_add(to, cl);
	atomic_store(&cl->cl_called, atomic_load(&cl->cl_door->md_call));
	atomic_store(&cl->cl_worker, to);
	appoint(from);
	if (from->w_count == 0)
		idle_push(from);
	appoint(to);
	if (to != self)
		kick(to);
}

/* ---- which client goes where ---- */

static bool
alone(const struct client *cl)
{
	uint64_t until;

	until = atomic_load_explicit(&cl->cl_alone_until,
	    memory_order_relaxed);
	return (until != 0 && now_ns() < until);
}

/*
 * This worker completed a trap of that client.  Take it over when that is the
 * rule.
 */
void
worker_met(struct client *cl)
{
	struct worker *w;
	unsigned i;

	w = self;
	if (w == NULL || !grouping || atomic_load_explicit(&cl->cl_worker,
	    memory_order_relaxed) == w)
		return;
	if (atomic_load_explicit(&cl->cl_suitor, memory_order_relaxed) != w) {
		atomic_store_explicit(&cl->cl_suitor, w,
		    memory_order_relaxed);
		atomic_store_explicit(&cl->cl_suits, 0, memory_order_relaxed);
	}
	if (atomic_fetch_add_explicit(&cl->cl_suits, 1,
	    memory_order_relaxed) < SUITS)
		return;
	atomic_store_explicit(&cl->cl_suits, 0, memory_order_relaxed);
	if (cl->cl_user < 0 || alone(cl))
		return;
	for (i = 0; i < w->w_nmine; i++)
		if (alone(w->w_mine[i].m_client))
			return;
	if (pthread_mutex_trylock(&cl->cl_serve) != 0)
		return;
	(void)pthread_mutex_lock(&pool_lock);
	if (atomic_load(&cl->cl_worker) != NULL &&
	    atomic_load(&cl->cl_worker) != w &&
	    atomic_load(&cl->cl_stop) == STOP_NONE &&
	    w->w_count > 0 && w->w_count < MEMBERS &&
	    w->w_set[0]->cl_user == cl->cl_user)
		move(cl, w);
	(void)pthread_mutex_unlock(&pool_lock);
	(void)pthread_mutex_unlock(&cl->cl_serve);
}

/* The client has become another user: it is for itself from now on. */
void
worker_outcast(struct client *cl)
{

	atomic_store(&cl->cl_alone_until, UINT64_MAX);
	atomic_store(&cl->cl_shy_until, UINT64_MAX);
}

static bool
outcast(const struct client *cl)
{

	return (atomic_load_explicit(&cl->cl_alone_until,
	    memory_order_relaxed) == UINT64_MAX);
}

/* A client has not rung for long, and makes every wait of ours dearer. */
static void
send_away(struct worker *w, struct client *cl)
{
	struct worker *to;

	if (pthread_mutex_trylock(&cl->cl_serve) != 0)
		return;
	(void)pthread_mutex_lock(&pool_lock);
	if (atomic_load(&cl->cl_worker) == w && (to = spare(w)) != NULL)
		move(cl, to);
	(void)pthread_mutex_unlock(&pool_lock);
	(void)pthread_mutex_unlock(&cl->cl_serve);
}

/* A client of our chief calls.  If it is being served itself, so be it. */
static void
take_over(struct worker *w, struct client *cl)
{
	struct worker *chief, *to;
	struct client *busy;
	unsigned i;

	if (pthread_mutex_trylock(&cl->cl_serve) != 0)
		return;
	(void)pthread_mutex_lock(&pool_lock);
	chief = w->w_chief;
	if (chief != NULL && atomic_load(&cl->cl_worker) == chief &&
	    (to = spare(chief)) != NULL) {
		busy = atomic_load(&chief->w_serving);
		for (i = 0; i < chief->w_count; i++)
			if (chief->w_set[i] == busy)
				break;
		if (i < chief->w_count)
			atomic_store(&busy->cl_alone_until,
			    now_ns() + ALONE_NS);
		else
			atomic_store(&cl->cl_alone_until,
			    now_ns() + CALL_ALONE_NS);
		move(cl, to);
	}
	(void)pthread_mutex_unlock(&pool_lock);
	(void)pthread_mutex_unlock(&cl->cl_serve);
}

/* ---- a worker's own view ---- */

static void
member_drop(struct member *m)
{

	client_drop(m->m_client);
	shared_drop(m->m_memory);
}

static void
renew(struct worker *w)
{
	struct member new[MEMBERS], old[MEMBERS];
	const struct worker *from;
	struct client *cl;
	unsigned i, j, n, nold;
	bool listening;

	(void)pthread_mutex_lock(&pool_lock);
	w->w_seen = atomic_load(&w->w_generation);
	from = w->w_count == 0 && w->w_chief != NULL ? w->w_chief : w;
	listening = from != w;
	n = from->w_count;
	for (i = 0; i < n; i++) {
		cl = from->w_set[i];
		new[i] = (struct member){ .m_client = cl,
		    .m_memory = cl->cl_memory, .m_door = cl->cl_door };
		for (j = 0; j < w->w_nmine; j++)
			if (w->w_mine[j].m_client == cl &&
			    w->w_mine[j].m_memory == cl->cl_memory)
				new[i].m_idle = w->w_mine[j].m_idle;
		client_hold(cl);
		shared_hold(cl->cl_memory);
	}
	(void)pthread_mutex_unlock(&pool_lock);
	nold = w->w_nmine;
	memcpy(old, w->w_mine, nold * sizeof(old[0]));
	memcpy(w->w_mine, new, n * sizeof(new[0]));
	w->w_nmine = n;
	w->w_listening = listening;
	for (i = 0; i < nold; i++)
		member_drop(&old[i]);
}

/* The client that has ended, or NULL. */
static struct client *
serve_member(struct worker *w, struct member *m)
{
	struct client *cl, *ended;

	cl = m->m_client;
	ended = NULL;
	(void)pthread_mutex_lock(&cl->cl_serve);
	if (atomic_load_explicit(&cl->cl_worker, memory_order_relaxed) == w) {
		if (atomic_load(&cl->cl_stop) != STOP_NONE)
			ended = cl;
		else {
			atomic_store_explicit(&w->w_serving, cl,
			    memory_order_relaxed);
			/*
			 * We are awake.  Only here, where the client is known
			 * to be ours: another may sleep on the bit.
			 */
			m->m_seen = atomic_load(&m->m_door->md_bell);
			if ((m->m_seen & MACHD_WAITER) != 0)
				m->m_seen = atomic_fetch_and(
				    &m->m_door->md_bell, ~MACHD_WAITER) &
				    ~MACHD_WAITER;
			m->m_idle = 0;
			server_serve(cl);
			atomic_store_explicit(&w->w_serving, NULL,
			    memory_order_relaxed);
		}
	}
	(void)pthread_mutex_unlock(&cl->cl_serve);
	return (ended);
}

/* False: somebody else puts it away, since we have others to serve. */
static bool
retire(struct worker *w, struct client *cl)
{
	struct worker *to;
	bool ours;

	(void)pthread_mutex_lock(&cl->cl_serve);
	(void)pthread_mutex_lock(&pool_lock);
	ours = atomic_load(&cl->cl_worker) == w;
	if (ours && (to = spare(w)) != NULL) {
		move(cl, to);
		ours = false;
	}
	(void)pthread_mutex_unlock(&pool_lock);
	if (ours)
		server_close(cl);
	(void)pthread_mutex_unlock(&cl->cl_serve);
	return (ours);
}

/* ---- waiting ---- */

/* The clients' threads ring from another CPU: they may ring again soon. */
static bool
spin(struct worker *w, uint32_t kicks, int cpu)
{
	uint64_t start;
	unsigned i, n;
	int last;

	last = server_last_cpu();
	if (w->w_nmine == 0 || w->w_listening || last < 0 || last == cpu)
		return (false);
	if (w->w_spin_credit < 0 && ++w->w_spin_credit < 0)
		return (false);
	start = now_ns();
	for (n = 1;; n++) {
		for (i = 0; i < w->w_nmine; i++)
			if (atomic_load_explicit(&w->w_mine[i].m_door->md_bell,
			    memory_order_relaxed) != w->w_mine[i].m_seen)
				break;
		if (i < w->w_nmine || atomic_load_explicit(&w->w_kick,
		    memory_order_relaxed) != kicks) {
			w->w_spin_credit = SPIN_CREDIT;
			return (true);
		}
		cpu_pause();
		if (n % SPIN_CHECK == 0 && now_ns() - start > SPIN_NS)
			break;
	}
	if (--w->w_spin_credit <= 0)
		w->w_spin_credit = -SPIN_RETRY;
	return (false);
}

static void
show_cpu(struct worker *w, int cpu)
{
	struct machd_door *door;
	unsigned i;

	for (i = 0; i < w->w_nmine; i++) {
		door = w->w_mine[i].m_door;
		if (atomic_load_explicit(&door->md_cpu,
		    memory_order_relaxed) != cpu)
			atomic_store_explicit(&door->md_cpu, cpu,
			    memory_order_relaxed);
	}
}

/*
 * Until one of the words changes, unless we were kicked.  limit NULL: for ever.
 */
static void
sleep_on(struct worker *w, uint32_t kicks, const struct timespec *limit)
{
	struct wait_word words[1 + MEMBERS];
	struct member *m;
	uint32_t how;
	unsigned i;

	how = grouping && BY_SIGNAL && w->w_nmine != 0 && !w->w_listening ?
	    KICK_SIGNAL : KICK_WAITER;
	for (i = 0; i < w->w_nmine; i++) {
		m = &w->w_mine[i];
		words[i] = (struct wait_word){ .ww_value = m->m_seen,
		    .ww_flags = WAIT_SHARED, .ww_address = (uintptr_t)
		    (w->w_listening ? &m->m_door->md_call :
		    &m->m_door->md_bell) };
	}
	if (how == KICK_WAITER)
		words[i++] = (struct wait_word){ .ww_value = kicks | how,
		    .ww_flags = WAIT_PRIVATE,
		    .ww_address = (uintptr_t)&w->w_kick };
	waiting = words;
	atomic_signal_fence(memory_order_seq_cst);
	if (atomic_compare_exchange_strong(&w->w_kick, &kicks, kicks | how)) {
		/* Alone, it is one client's for ever; a kick rings its bell. */
		if (grouping)
			(void)syscall(SYS_futex_waitv, words, i, 0, limit,
			    CLOCK_MONOTONIC);
		else
			(void)syscall(SYS_futex, words[0].ww_address,
			    FUTEX_WAIT_BITSET, w->w_mine[0].m_seen, limit,
			    NULL, FUTEX_BITSET_MATCH_ANY);
		atomic_fetch_and(&w->w_kick, ~KICK_ASLEEP);
	}
	atomic_signal_fence(memory_order_seq_cst);
	waiting = NULL;
}

/* Nothing to do until a bell rings or somebody kicks. */
static void
wait(struct worker *w, uint32_t kicks)
{
	struct timespec limit;
	struct member *m;
	uint64_t deadline;
	unsigned i;
	bool owed;
	int cpu;

	cpu = sched_getcpu();
	if (spin(w, kicks, cpu))
		return;
	owed = wake_owed(&deadline);
	if (owed) {
		limit.tv_sec = (time_t)(deadline / 1000000000u);
		limit.tv_nsec = (long)(deadline % 1000000000u);
	}
	if (!w->w_listening)
		show_cpu(w, -1);
	for (i = 0; i < w->w_nmine && !w->w_listening; i++) {
		m = &w->w_mine[i];
		if ((m->m_seen & MACHD_WAITER) == 0) {
			if (!atomic_compare_exchange_strong(
			    &m->m_door->md_bell, &m->m_seen,
			    m->m_seen | MACHD_WAITER))
				goto awake;
			m->m_seen |= MACHD_WAITER;
		}
		m->m_idle++;
	}
	sleep_on(w, kicks, owed ? &limit : NULL);
awake:
	if (!w->w_listening)
		show_cpu(w, sched_getcpu());
}

/*
 * Serve clients, beginning with this one, until one of them has ended and
 * this worker has put it away: that one is returned.  Every trap of it is over,
 * and the worker is no more.
 */
struct client *
worker_run(struct worker *w, struct client *cl)
{
	struct client *ended;
	struct member *m;
	uint32_t call, kicks;
	uint64_t deadline;
	unsigned i;
	bool did;

	self = w;
	atomic_store(&w->w_tid, (pid_t)syscall(SYS_gettid));
	(void)pthread_mutex_lock(&pool_lock);
	set_add(w, cl);
	atomic_store(&cl->cl_worker, w);
	(void)pthread_mutex_unlock(&pool_lock);
	for (;;) {
		kicks = atomic_load(&w->w_kick) & ~KICK_ASLEEP;
		if (atomic_load(&w->w_generation) != w->w_seen) {
			renew(w);
			if (!w->w_listening)
				show_cpu(w, sched_getcpu());
		}
		did = false;
		ended = NULL;
		for (i = 0; i < w->w_nmine && w->w_listening; i++) {
			m = &w->w_mine[i];
			call = atomic_load(&m->m_door->md_call);
			m->m_seen = call;
			if (atomic_exchange(&m->m_client->cl_called, call) !=
			    call) {
				take_over(w, m->m_client);
				did = true;
			}
		}
		for (i = 0; i < w->w_nmine && !w->w_listening; i++) {
			m = &w->w_mine[i];
			m->m_seen = atomic_load(&m->m_door->md_bell);
			if (server_due(m->m_client, m->m_door)) {
				ended = serve_member(w, m);
				did = true;
				if (ended != NULL)
					break;
			} else if (w->w_nmine > 1 &&
			    (m->m_idle > IDLE_WAITS || outcast(m->m_client))) {
				send_away(w, m->m_client);
				m->m_idle = 0;
			}
		}
		if (ended != NULL && retire(w, ended))
			break;
		if (!did)
			wait(w, kicks);
		else
			(void)wake_owed(&deadline);
	}

	wake_flush();
	(void)pthread_mutex_lock(&pool_lock);
	atomic_store(&ended->cl_worker, NULL);
	w->w_count = 0;
	(void)pthread_mutex_unlock(&pool_lock);
	for (i = 0; i < w->w_nmine; i++)
		member_drop(&w->w_mine[i]);
	w->w_nmine = 0;
	self = NULL;
	worker_free(w);
	return (ended);
}

struct worker *
worker_new(void)
{
	struct worker *w;

	(void)pthread_mutex_lock(&pool_lock);
	w = unused_workers;
	if (w != NULL)
		unused_workers = w->w_next;
	(void)pthread_mutex_unlock(&pool_lock);
	if (w == NULL)
		w = calloc(1, sizeof(*w));
	if (w != NULL)
		w->w_spin_credit = SPIN_CREDIT;
	return (w);
}

void
worker_free(struct worker *w)
{

	(void)pthread_mutex_lock(&pool_lock);
	w->w_next = unused_workers;
	unused_workers = w;
	(void)pthread_mutex_unlock(&pool_lock);
}
