/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Panic and messages, clocks, random numbers, counters, probes, and the
 * per-thread record.
 *
 * The up-time clock is the host's monotonic clock plus uptime_offset, which
 * only grows; under the controlled scheduler it is the scheduler's.
 */

#include <kernel/user/kpi_host.h>
#include <fcntl.h>
#include <sys/random.h>
#if defined(__GLIBC__) || defined(__FreeBSD__)
#include <execinfo.h>
#define HAVE_BACKTRACE 1
#endif

_Thread_local struct kpi_tls kpi_tls;

int hz = 1000;
int mp_ncpus = 1;
u_int mp_maxid;

kpi_sdt_hook_t kpi_sdt_hook;

static u_int thread_numbers;
static int64_t uptime_offset; /* ns */
static void (*log_fn)(int, const char *);

__attribute__((__constructor__)) static void
count_cpus(void)
{
	long n;

	n = sysconf(_SC_NPROCESSORS_ONLN);
	if (n > 0) {
		mp_ncpus = (int)n;
		mp_maxid = (u_int)n - 1;
	}
}

unsigned int
kpi_thread_number(void)
{

	kpi_tls.kt_index = __atomic_add_fetch(&thread_numbers, 1,
	    __ATOMIC_RELAXED);
	return (kpi_tls.kt_index);
}

#ifdef KPI_TSAN
void
kpi_tsan_fence(void)
{
	static u_int word;

	(void)__atomic_fetch_add(&word, 1, __ATOMIC_SEQ_CST);
}
#endif

/*
 * Messages
 */

void
host_set_log(void (*fn)(int, const char *))
{

	__atomic_store_n(&log_fn, fn, __ATOMIC_RELAXED);
}

static void
emit(int level, const char *text)
{
	void (*fn)(int, const char *);

	fn = __atomic_load_n(&log_fn, __ATOMIC_RELAXED);
	if (fn != NULL)
		fn(level, text);
	else
		(void)!write(STDERR_FILENO, text, strlen(text));
}

int
kpi_vprintf(const char *fmt, va_list ap)
{
	char buf[1024];
	int n;

	n = vsnprintf(buf, sizeof(buf), fmt, ap);
	emit(LOG_INFO, buf);
	return (n);
}

int
kpi_printf(const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = kpi_vprintf(fmt, ap);
	va_end(ap);
	return (n);
}

void
kpi_log(int level, const char *fmt, ...)
{
	char buf[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	emit(level, buf);
}

void
kpi_panic(const char *file, int line, const char *fmt, ...)
{
	static u_int panicking;
	char buf[8192];
	va_list ap;
	int n;

	n = snprintf(buf, sizeof(buf), "panic: ");
	va_start(ap, fmt);
	n += vsnprintf(buf + n, sizeof(buf) - (size_t)n, fmt, ap);
	va_end(ap);
	if ((size_t)n >= sizeof(buf))
		n = (int)sizeof(buf) - 1;
	(void)snprintf(buf + n, sizeof(buf) - (size_t)n, "\n  at %s:%d\n", file,
	    line);
	if (__atomic_exchange_n(&panicking, 1, __ATOMIC_SEQ_CST) == 0) {
		emit(LOG_EMERG, buf);
#ifdef HAVE_BACKTRACE
		{
			void *frame[32];

			n = backtrace(frame, 32);
			backtrace_symbols_fd(frame, n, STDERR_FILENO);
		}
#endif
	}
	abort();
}

/*
 * Strings
 */

size_t
kpi_strlcpy(char *dst, const char *src, size_t size)
{
	size_t len, n;

	len = strlen(src);
	if (size != 0) {
		n = len < size ? len : size - 1;
		memcpy(dst, src, n);
		dst[n] = '\0';
	}
	return (len);
}

size_t
kpi_strlcat(char *dst, const char *src, size_t size)
{
	size_t have;

	have = strnlen(dst, size);
	return (have + kpi_strlcpy(dst + have, src, size - have));
}

/*
 * Random numbers, from the system, some at a time.
 */

static _Thread_local struct {
	uint32_t word[64];
	u_int left;
} pool;

void
kpi_arc4random_buf(void *buf, size_t len)
{
	size_t n;

	while (len > 0) {
		n = len < 256 ? len : 256;
		if (getentropy(buf, n) != 0)
			panic("getentropy: %s", strerror(errno));
		buf = (char *)buf + n;
		len -= n;
	}
}

uint32_t
kpi_arc4random(void)
{

	if (pool.left == 0) {
		kpi_arc4random_buf(pool.word, sizeof(pool.word));
		pool.left = nitems(pool.word);
	}
	return (pool.word[--pool.left]);
}

uint32_t
kpi_arc4random_uniform(uint32_t bound)
{
	uint32_t least, r;

	if (bound < 2)
		return (0);
	/* 2^32 mod bound: below it the low values would be favoured. */
	least = -bound % bound;
	do
		r = kpi_arc4random();
	while (r < least);
	return (r % bound);
}

/*
 * Clocks
 */

uint64_t
host_uptime_ns(void)
{
#ifdef KPI_SCHED
	return ((uint64_t)sbttons(kpi_sched_uptime));
#else
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec +
	    (uint64_t)__atomic_load_n(&uptime_offset, __ATOMIC_SEQ_CST));
#endif
}

void
host_time_advance(uint64_t ns)
{

#ifdef KPI_SCHED
	kpi_sched_uptime += nstosbt((int64_t)ns);
#else
	(void)__atomic_fetch_add(&uptime_offset, (int64_t)ns, __ATOMIC_SEQ_CST);
#endif
	kpi_condvar_clock_changed();
	kpi_callout_clock_changed();
}

sbintime_t
sbinuptime(void)
{

#ifdef KPI_SCHED
	return (kpi_sched_uptime);	/* to the last bit */
#else
	return (nstosbt((int64_t)host_uptime_ns()));
#endif
}

sbintime_t
getsbinuptime(void)
{

	return (sbinuptime());
}

struct timespec
kpi_host_deadline(sbintime_t sbt)
{
	struct timespec ts;
	int64_t ns;

	/* Rounded up, or a sleeper wakes just before its time and spins. */
	ns = sbttons(sbt) + 1 -
	    __atomic_load_n(&uptime_offset, __ATOMIC_SEQ_CST);
	if (ns < 0)
		ns = 0;
	ts.tv_sec = ns / 1000000000;
	ts.tv_nsec = ns % 1000000000;
	return (ts);
}

void
nanotime(struct timespec *ts)
{

	(void)clock_gettime(CLOCK_REALTIME, ts);
}

void
getnanotime(struct timespec *ts)
{

	nanotime(ts);
}

void
nanouptime(struct timespec *ts)
{
	uint64_t ns;

	ns = host_uptime_ns();
	ts->tv_sec = (time_t)(ns / 1000000000);
	ts->tv_nsec = (long)(ns % 1000000000);
}

void
getnanouptime(struct timespec *ts)
{

	nanouptime(ts);
}

static void
ts_to_tv(const struct timespec *ts, struct timeval *tv)
{

	tv->tv_sec = ts->tv_sec;
	tv->tv_usec = ts->tv_nsec / 1000;
}

void
microtime(struct timeval *tv)
{
	struct timespec ts;

	nanotime(&ts);
	ts_to_tv(&ts, tv);
}

void
getmicrotime(struct timeval *tv)
{

	microtime(tv);
}

void
microuptime(struct timeval *tv)
{
	struct timespec ts;

	nanouptime(&ts);
	ts_to_tv(&ts, tv);
}

void
getmicrouptime(struct timeval *tv)
{

	microuptime(tv);
}

void
binuptime(struct bintime *bt)
{

	*bt = sbttobt(sbinuptime());
}

void
getbinuptime(struct bintime *bt)
{

	binuptime(bt);
}

void
bintime(struct bintime *bt)
{
	struct timespec ts;

	nanotime(&ts);
	*bt = sbttobt(tstosbt(ts));
}

/*
 * counter(9)
 */

static MALLOC_DEFINE(M_COUNTER, "counter", "counters");

counter_u64_t
counter_u64_alloc(int flags)
{
	struct kpi_counter *c;
	u_int i;

#ifdef KPI_DEBUG
	if ((flags & M_WAITOK) != 0)
		kpi_may_sleep("counter_u64_alloc", __FILE__, __LINE__);
#endif
	if (kpi_alloc_fault(flags))
		return (NULL);
	if (posix_memalign((void **)&c, _Alignof(struct kpi_counter),
		sizeof(*c) * KPI_COUNTER_SHARDS) != 0) {
		if ((flags & M_WAITOK) != 0)
			panic("no memory for a counter");
		return (NULL);
	}
	for (i = 0; i < KPI_COUNTER_SHARDS; i++)
		c[i].c_value = 0;
	(void)__atomic_fetch_add(&M_COUNTER->ks_shard[0].ms_items, 1,
	    __ATOMIC_RELAXED);
	return (c);
}

void
counter_u64_free(counter_u64_t c)
{

	if (c == NULL)
		return;
	(void)__atomic_fetch_sub(&M_COUNTER->ks_shard[0].ms_items, 1,
	    __ATOMIC_RELAXED);
	free(c);
}

void
counter_u64_zero(counter_u64_t c)
{
	u_int i;

	for (i = 0; i < KPI_COUNTER_SHARDS; i++)
		__atomic_store_n(&c[i].c_value, 0, __ATOMIC_RELAXED);
}

uint64_t
counter_u64_fetch(counter_u64_t c)
{
	uint64_t sum;
	u_int i;

	sum = 0;
	for (i = 0; i < KPI_COUNTER_SHARDS; i++)
		sum += __atomic_load_n(&c[i].c_value, __ATOMIC_RELAXED);
	return (sum);
}

/*
 * sdt(9)
 */

void
kpi_sdt_fire(const struct sdt_probe *p, const uintptr_t *args, int nargs)
{
	kpi_sdt_hook_t hook;

	if ((hook = __atomic_load_n(&kpi_sdt_hook, __ATOMIC_ACQUIRE)) != NULL)
		hook(p->prov->name, p->mod, p->func, p->name, args, nargs);
}

void
host_sdt_set_hook(void (*hook)(const char *, const char *, const char *,
    const char *, const uintptr_t *, int))
{

	__atomic_store_n(&kpi_sdt_hook, hook, __ATOMIC_RELEASE);
}
