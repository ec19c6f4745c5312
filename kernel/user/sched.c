/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The controlled scheduler.  What it is for stands in sched.h.
 *
 * Model.  Every thread of a run has a pthread with a semaphore of its own.
 * Exactly one of them, the one that has the turn, runs; all others wait for
 * their semaphores.  At a scheduling point the one that runs chooses the next
 * among those that can run and posts its semaphore.  A thread that finds a lock
 * taken cannot run until that lock is released, then it tries again; a thread
 * that sleeps cannot run until it is woken, or until it is chosen to have slept
 * to its deadline, to which the clock then goes.  So whoever has the turn owns
 * all variables here, and they need no lock.
 *
 * Choice.  Random: all threads alike; a deadline passes now and then, or when
 * nobody else can run.  By priority (after Burckhardt et al., "A randomized
 * scheduler with probabilistic guarantees of finding bugs", 2010): the threads
 * have different random priorities, the highest one that can run runs, and at
 * up to three random steps the one that runs falls to the lowest, or a deadline
 * passes.  A thread that has run very long without a switch falls too, so that
 * one that waits for another in a loop does not do so for ever.
 *
 * Callouts run in a thread of the run that is added when the first is armed.
 */

#include <kernel/user/kpi_host.h>
#include <kernel/user/sched.h>
#include <semaphore.h>
#include <signal.h>

#define STEP_LIMIT   200000 /* more is a livelock */
#define STINT_LIMIT  4000   /* steps by priority without a switch */
#define CHANGES	     3
#define RUN_TIME     15 /* seconds a run: what is not scheduled hangs */

enum sched_state { CAN_RUN, WANTS_LOCK, SLEEPS, DONE };

struct sched_thread {
	enum sched_state state;
	const volatile void *object; /* that it waits for */
	const char *what; /* and what that is called */
	sbintime_t deadline;
	bool timed_out;
	uint64_t priority;
	u_int index;
	sched_fn *fn;
	void *arg;
};

/* The pthreads stay for the next run: making one costs more than a run. */
static struct {
	bool made;
	sem_t turn;
} pool[SCHED_THREADS + 1];
static sem_t over; /* the run is */
static bool over_made;

static struct {
	struct sched_thread threads[SCHED_THREADS + 1];
	u_int nthreads; /* with the one for callouts */
	u_int live; /* without it, not yet done */
	struct sched_thread *clock; /* the one for callouts */
	uint64_t seed;
	enum sched_mode mode;
	uint64_t random;
	uint64_t change[CHANGES]; /* the steps of it */
	uint64_t lowest; /* priority given last */
	uint64_t stint; /* the step of the last switch */
	struct sched_result result;
} run;

static const char *sched_name; /* of the scenario; NULL: no run */
static bool sched_trace;
static _Thread_local struct sched_thread *me; /* NULL: not of a run */

sbintime_t kpi_sched_uptime = 1000 * SBT_1S;

static uint64_t
next_random(void)
{
	uint64_t z;

	/* splitmix64 */
	z = run.random += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (z ^ (z >> 31));
}

static void
note(uint64_t v)
{

	run.result.hash = (run.result.hash ^ v) * 0x100000001b3u;
}

static void
note_name(const char *s)
{

	for (; s != NULL && *s != '\0'; s++)
		note((uint8_t)*s);
}

/*
 * Failure.
 */

/* Async-signal-safe enough for a program that is about to end. */
static void
sched_blame(void)
{
	char buf[256];
	int n;

	if (sched_name == NULL)
		return;
	n = snprintf(buf, sizeof(buf), "%s: seed %ju mode %d, step %ju\n",
	    sched_name, (uintmax_t)run.seed, (int)run.mode,
	    (uintmax_t)run.result.steps);
	(void)!write(STDERR_FILENO, buf, (size_t)n);
	sched_name = NULL;
}

static void
sched_signal(int sig)
{

	sched_blame();
	(void)signal(sig, SIG_DFL);
	(void)raise(sig);
}

void __sanitizer_set_death_callback(void (*)(void)) __attribute__((__weak__));

static void
sched_watch(void)
{

	(void)signal(SIGABRT, sched_signal);
	(void)signal(SIGALRM, sched_signal);
	if (__sanitizer_set_death_callback != NULL)
		__sanitizer_set_death_callback(sched_blame);
	else
		(void)signal(SIGSEGV, sched_signal);
}

static void __dead2
sched_fail(const char *why)
{
	const struct sched_thread *t;
	u_int i;

	fprintf(stderr, "%s\n", why);
	for (i = 0; i < run.nthreads; i++) {
		t = &run.threads[i];
		fprintf(stderr, "  thread %u ", i);
		switch (t->state) {
		case CAN_RUN:
			fprintf(stderr, "can run\n");
			break;
		case WANTS_LOCK:
			fprintf(stderr, "waits for the lock \"%s\" %p\n",
			    t->what, (const void *)(uintptr_t)t->object);
			break;
		case SLEEPS:
			fprintf(stderr, "sleeps on \"%s\" %p%s\n", t->what,
			    (const void *)(uintptr_t)t->object,
			    t->deadline != KPI_CV_FOREVER ? ", with a deadline"
							  : "");
			break;
		default:
			fprintf(stderr, "is done\n");
			break;
		}
	}
	sched_blame();
	abort();
}

/*
 * Choice.
 */

static void
time_out(struct sched_thread *t)
{

	run.result.timeouts++;
	note(0x7100 + t->index);
	if (kpi_sched_uptime < t->deadline)
		kpi_sched_uptime = t->deadline;
	t->timed_out = true;
	t->state = CAN_RUN;
}

static struct sched_thread *
highest(struct sched_thread **list, u_int n)
{
	struct sched_thread *best;
	u_int i;

	best = list[0];
	for (i = 1; i < n; i++)
		if (list[i]->priority > best->priority)
			best = list[i];
	return (best);
}

/* Who is next?  NULL: nobody is left. */
static struct sched_thread *
choose(void)
{
	struct sched_thread *can[SCHED_THREADS + 1], *timed[SCHED_THREADS + 1];
	struct sched_thread *t;
	u_int i, ncan, ntimed;
	bool change;

	ncan = ntimed = 0;
	for (i = 0; i < run.nthreads; i++) {
		t = &run.threads[i];
		if (t->state == CAN_RUN)
			can[ncan++] = t;
		else if (t->state == SLEEPS && t->deadline != KPI_CV_FOREVER)
			timed[ntimed++] = t;
	}
	change = false;
	if (run.mode == SCHED_RANDOM)
		change = ntimed != 0 && next_random() % 8 == 0;
	else {
		for (i = 0; i < CHANGES; i++)
			change |= run.change[i] == run.result.steps;
		if (run.result.steps - run.stint > STINT_LIMIT) {
			change = true;
			run.stint = run.result.steps;
		}
		if (change && me != NULL && (ntimed == 0 ||
		    next_random() % 2 == 0)) {
			me->priority = --run.lowest;
			change = false;
		}
	}
	if (ntimed != 0 && (ncan == 0 || change)) {
		t = timed[next_random() % ntimed];
		time_out(t);
		return (t);
	}
	if (ncan == 0) {
		if (run.live != 0)
			sched_fail("deadlock: no thread can run");
		return (NULL);
	}
	return (run.mode == SCHED_RANDOM ? can[next_random() % ncan] :
					   highest(can, ncan));
}

static void
give_turn(const struct sched_thread *t)
{

	(void)sem_post(&pool[t->index].turn);
}

static void
wait_turn(const struct sched_thread *t)
{

	while (sem_wait(&pool[t->index].turn) != 0)
		continue;
}

/* Let the next one run, and wait for the turn to come back. */
static void
yield_turn(void)
{
	struct sched_thread *next;

	next = choose();
	if (next == me)
		return;
	run.result.switches++;
	run.stint = run.result.steps;
	give_turn(next);
	wait_turn(me);
}

static void
step(u_int kind, const char *what)
{
	static const char *const kinds[] = { "lock", "unlock", "sleep", "wake",
		"atomic", "alloc", "copy", "contended", "asleep", "end" };

	note(me->index << 8 | kind);
	note_name(what);
	if (sched_trace)
		fprintf(stderr, "%5ju %u %s %s\n",
		    (uintmax_t)run.result.steps, me->index, kinds[kind],
		    what != NULL ? what : "");
	if (++run.result.steps > STEP_LIMIT)
		sched_fail("livelock: too many steps");
}

/*
 * What the KPI calls.
 */

void
kpi_sched_point_hook(enum kpi_point kind, const volatile void *obj)
{
	const struct lock_object *lo;

	if (me == NULL)
		return;
	/* After an unlock the object may be gone. */
	lo = kind == KPI_POINT_LOCK ?
	    (const struct lock_object *)(uintptr_t)obj :
	    NULL;
	step(kind, lo != NULL ? lo->lo_name : NULL);
	yield_turn();
}

bool
kpi_sched_running(void)
{

	return (me != NULL);
}

bool
kpi_sched_contended(const volatile void *obj, const char *what)
{

	if (me == NULL)
		return (false);
	me->state = WANTS_LOCK;
	me->object = obj;
	me->what = what;
	step(7, what);
	yield_turn();
	return (true);
}

void
kpi_sched_released(const volatile void *obj)
{
	u_int i;

	if (me == NULL)
		return;
	for (i = 0; i < run.nthreads; i++)
		if (run.threads[i].state == WANTS_LOCK &&
		    run.threads[i].object == obj)
			run.threads[i].state = CAN_RUN;
}

bool
kpi_sched_sleep(const volatile void *obj, const char *what, sbintime_t deadline)
{

	me->state = SLEEPS;
	me->object = obj;
	me->what = what;
	me->deadline = deadline;
	me->timed_out = false;
	step(8, what);
	yield_turn();
	return (me->timed_out);
}

void
kpi_sched_awaken(const volatile void *obj)
{
	u_int i;

	if (me == NULL)
		return;
	for (i = 0; i < run.nthreads; i++)
		if (run.threads[i].state == SLEEPS &&
		    run.threads[i].object == obj)
			run.threads[i].state = CAN_RUN;
}

bool
kpi_sched_over(void)
{

	return (run.live == 0);
}

/*
 * The run.
 */

static void
run_thread(struct sched_thread *t)
{
	struct sched_thread *next;

	me = t;
	t->fn(t->arg);
	host_assert_no_locks("end of a controlled thread");
	(void)host_set_curthread(NULL);
	step(9, NULL);
	t->state = DONE;
	if (t != run.clock && --run.live == 0 && run.clock != NULL &&
	    run.clock->state != DONE)
		run.clock->state = CAN_RUN;
	next = choose();
	me = NULL;
	if (next != NULL)
		give_turn(next);
	else
		(void)sem_post(&over);
}

static void *
sched_main(void *arg)
{
	struct sched_thread *t;

	/* The same place in every run. */
	t = arg;
	for (;;) {
		while (sem_wait(&pool[t - run.threads].turn) != 0)
			continue;
		run_thread(t);
	}
	return (NULL);
}

static struct sched_thread *
sched_add(sched_fn *fn, void *arg)
{
	struct sched_thread *t;
	pthread_t pthread;

	t = &run.threads[run.nthreads];
	memset(t, 0, sizeof(*t));
	t->index = run.nthreads++;
	t->fn = fn;
	t->arg = arg;
	t->priority = UINT64_MAX / 2 + next_random() % UINT32_MAX;
	if (!pool[t->index].made) {
		if (sem_init(&pool[t->index].turn, 0, 0) != 0 ||
		    pthread_create(&pthread, NULL, sched_main, t) != 0 ||
		    pthread_detach(pthread) != 0)
			panic("cannot start a thread");
		pool[t->index].made = true;
	}
	return (t);
}

static void
sched_clock(void *arg)
{

	(void)arg;
	kpi_callout_sched();
}

void
kpi_sched_callout_armed(void)
{

	if (run.clock == NULL)
		run.clock = sched_add(sched_clock, NULL);
	else if (run.clock->state == SLEEPS)
		run.clock->state = CAN_RUN;
}

enum sched_mode
sched_mode_of(uint64_t seed)
{

	return (seed % 2 == 0 ? SCHED_RANDOM : SCHED_PCT);
}

struct sched_result
sched_run(uint64_t seed, enum sched_mode mode, int nthreads,
    sched_fn *const *fns, void *const *args)
{
	static const u_int lengths[] = { 20, 60, 160 };
	u_int i, length;

	if (nthreads < 1 || nthreads > SCHED_THREADS)
		panic("sched_run: %d threads", nthreads);
	memset(&run, 0, sizeof(run));
	run.seed = run.random = seed;
	run.mode = mode;
	run.lowest = UINT64_MAX / 2;
	run.result.hash = 0xcbf29ce484222325u;
	if (!over_made && sem_init(&over, 0, 0) != 0)
		panic("sem_init");
	over_made = true;
	length = lengths[next_random() % nitems(lengths)];
	for (i = 0; i < CHANGES; i++)
		run.change[i] = 1 + next_random() % length;
	run.live = (u_int)nthreads;
	for (i = 0; i < (u_int)nthreads; i++)
		(void)sched_add(fns[i], args[i]);
	if (kpi_callout_any())
		kpi_sched_callout_armed();
	give_turn(choose());
	while (sem_wait(&over) != 0)
		continue;
	return (run.result);
}

static int
compare(const void *a, const void *b)
{
	uint64_t x, y;

	x = *(const uint64_t *)a;
	y = *(const uint64_t *)b;
	return (x < y ? -1 : x > y);
}

static bool
explore_one(const struct sched_scenario *s, uint64_t seed,
    struct sched_result *result)
{
	enum sched_mode mode;
	const char *env;
	bool ok;

	env = getenv("MODE");
	mode = env == NULL ? sched_mode_of(seed) :
	    atoi(env) == 0 ? SCHED_RANDOM :
			     SCHED_PCT;
	/* What fails from here on is the seed's, in the check too. */
	run.seed = seed;
	run.mode = mode;
	sched_name = s->name;
	kpi_sched_uptime = 1000 * SBT_1S;
	if (s->setup != NULL)
		s->setup(s);
	*result = sched_run(seed, mode, s->nthreads, s->fns, s->args);
	ok = s->check == NULL || s->check(s);
	if (!ok)
		sched_blame();
	sched_name = NULL;
	return (ok);
}

bool
sched_explore(const struct sched_scenario *s, uint64_t n)
{
	struct sched_result again, result, sum;
	const char *env;
	uint64_t different, first, i, *hashes;

	env = getenv("FIRST");
	first = env != NULL ? strtoull(env, NULL, 0) : 1;
	env = getenv("SEED");
	if (env != NULL) {
		first = strtoull(env, NULL, 0);
		n = 1;
	}
	sched_trace = getenv("TRACE") != NULL;
	sched_watch();
	hashes = calloc(n, sizeof(*hashes));
	if (hashes == NULL)
		panic("no memory for %ju hashes", (uintmax_t)n);
	memset(&sum, 0, sizeof(sum));
	for (i = 0; i < n; i++) {
		(void)alarm(RUN_TIME);
		if (!explore_one(s, first + i, &result))
			break;
		hashes[i] = result.hash;
		sum.steps += result.steps;
		sum.switches += result.switches;
		sum.timeouts += result.timeouts;
		if (i >= 2)
			continue;
		if (!explore_one(s, first + i, &again))
			break;
		if (again.hash != result.hash || again.steps != result.steps) {
			fprintf(stderr, "%s: seed %ju does not replay\n",
			    s->name, (uintmax_t)(first + i));
			break;
		}
	}
	(void)alarm(0);
	if (i == n) {
		qsort(hashes, n, sizeof(*hashes), compare);
		for (different = i = 1; i < n; i++)
			different += hashes[i] != hashes[i - 1];
		printf("ok %s: %ju seeds, %ju interleavings, %ju steps, "
		    "%ju switches each, %ju time-outs\n",
		    s->name, (uintmax_t)n, (uintmax_t)different,
		    (uintmax_t)(sum.steps / n), (uintmax_t)(sum.switches / n),
		    (uintmax_t)sum.timeouts);
		if (env != NULL)
			printf("   hash %016jx\n", (uintmax_t)hashes[0]);
		fflush(stdout);
		free(hashes);
		return (true);
	}
	printf("not ok %s\n", s->name);
	fflush(stdout);
	free(hashes);
	return (false);
}
