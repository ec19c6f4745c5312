/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Another image of launchd in the place of this one: the same process, with its
 * children and their exits, descriptors, and, by way of two holders
 * (handover.c), all rights with their queues.
 *
 * Up to the exec all can be taken back.  The holders are processes of the new
 * program, so one that does not run, or does not understand this state, is
 * known before anything is given away, and each receive right is promised back
 * to rescue_port should its holder die.  The loop goes on until the holders are
 * there; then everything happens between two events.
 *
 * A new image that gets no rights, because both holders were killed between,
 * still has the jobs with their processes, and new ports for all.  Nothing but
 * a process keeps a receive right, so a third would only make it less likely.
 * What was queued is gone, and the kernel tells all who had rights; a job that
 * serves an old port is told to end, since its next process gets the new one.
 * Other processes go on, with a dead bootstrap port.
 */

#include <sys/types.h>
#ifdef __FreeBSD__
#include <sys/param.h>
#include <sys/sysctl.h>
#endif
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launchd.h"
#include "value.h"

#define	START_TIME	(10 * SECOND)	/* for the new program to say hello */

mach_port_t reexec_port;

static char **arguments;		/* of main(), less --resume */
static char program[PATH_MAX];		/* where this one came from */

enum { KEEPER, GUARD, HOLDERS };

static struct holder {
	pid_t		h_pid;		/* 0: none */
	mach_port_t	h_port;		/* it is there */
} holders[HOLDERS];

/*
 * Where receive rights go whose holder dies: those of the keeper to rescue_port
 * and, its own port, heir_port.  Those two are the guard's in the end, and come
 * back to back_port.
 */
static mach_port_t rescue_port, heir_port, back_port;
static struct timer patience;
static struct stat seen;		/* of the program it runs */
static int state_fd = -1;
static mach_port_t caller;		/* who waits for it */
static mach_msg_bits_t caller_bits;

#define	RESUME	"--resume="

static void
find_program(const char *name)
{
#ifdef __FreeBSD__
	int mib[] = { CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME, -1 };
	size_t size;

	size = sizeof(program);
	if (sysctl(mib, 4, program, &size, NULL, 0) == 0)
		return;
	program[0] = '\0';
#else
	ssize_t n;

	n = readlink("/proc/self/exe", program, sizeof(program) - 1);
	program[n > 0 ? n : 0] = '\0';
#endif
	if (program[0] == '\0' && name[0] == '/' &&
	    strlen(name) < sizeof(program))
		(void)strcpy(program, name);
}

bool
reexec_is_resumed(int argc, char **argv, int *state)
{

	if (argc < 2 || strncmp(argv[1], RESUME, strlen(RESUME)) != 0)
		return (false);
	*state = atoi(argv[1] + strlen(RESUME));
	return (true);
}

void
reexec_init(int argc, char **argv)
{
	int i, n, state;

	find_program(argv[0]);
	arguments = calloc((size_t)argc + 2, sizeof(*arguments));
	if (arguments == NULL)
		return;
	/* The second is for --resume. */
	arguments[0] = argv[0];
	i = reexec_is_resumed(argc, argv, &state) ? 2 : 1;
	for (n = 2; i < argc; i++)
		arguments[n++] = argv[i];
}

static void
answer(int error, const char *reason)
{

	if (caller == MACH_PORT_NULL)
		return;
	if (error == 0)
		control_answer_errno(caller, caller_bits, 0);
	else
		control_answer_reason(caller, caller_bits, error, reason);
	caller = MACH_PORT_NULL;
}

static void
holder_end(struct holder *h)
{

	if (h->h_pid > 1) {
		(void)kill(h->h_pid, SIGKILL);
		(void)waitpid(h->h_pid, NULL, 0);
	}
	h->h_pid = 0;
}

/* Nothing of it stays but what was never given away. */
static void
give_up(int error, const char *reason)
{
	struct holder *h;

	log_line(LOG_ERROR, NULL, 0, "not executed anew: %s: %s", reason,
	    strerror(error));
	timer_stop(&patience);
	for (h = holders; h < holders + HOLDERS; h++) {
		holder_end(h);
		if (h->h_port != MACH_PORT_NULL)
			(void)mach_port_deallocate(mach_task_self(),
			    h->h_port);
		h->h_port = MACH_PORT_NULL;
	}
	if (reexec_port != MACH_PORT_NULL)
		(void)mach_port_destroy(mach_task_self(), reexec_port);
	reexec_port = MACH_PORT_NULL;
	if (state_fd != -1)
		(void)close(state_fd);
	state_fd = -1;
	answer(error, reason);
}

static void
too_late(struct timer *t)
{

	(void)t;
	give_up(ETIMEDOUT, "the new program does not begin");
}

/* A file without a name. */
static int
make_file(void)
{

#ifdef __FreeBSD__
	return (shm_open(SHM_ANON, O_RDWR, 0600));
#else
	return (memfd_create("launchd-state", MFD_CLOEXEC));
#endif
}

/* What it will be is for those who look at it: it is told by messages. */
static void
run_holder(char *role)
{
	char hold[32], *argv[] = { arguments[0], hold, role, NULL };

	(void)snprintf(hold, sizeof(hold), "--hold=%d", state_fd);
	(void)fcntl(state_fd, F_SETFD, 0);
	(void)execv(program, argv);
	_exit(127);
}

static int
start_holders(void)
{
	static char keeper[] = "keeper", guard[] = "guard";
	struct holder *h;

	for (h = holders; h < holders + HOLDERS; h++) {
		h->h_pid = fork();
		if (h->h_pid == 0)
			run_holder(h == &holders[KEEPER] ? keeper : guard);
		if (h->h_pid == -1)
			return (errno);
	}
	return (0);
}

int
reexec_begin(mach_port_t reply, mach_msg_bits_t bits, const char **reason)
{
	kern_return_t kr;
	int error;

	*reason = "launchd is shutting down";
	if (shutting_down)
		return (ESHUTDOWN);
	*reason = "it is under way already";
	if (holders[KEEPER].h_pid != 0)
		return (EALREADY);
	*reason = "the program cannot be executed";
	if (arguments == NULL || program[0] == '\0')
		return (ENOENT);
	if (stat(program, &seen) == -1 || access(program, X_OK) == -1)
		return (errno);
	*reason = "there is no room for it";
	if (events_make_port(&reexec_port) != KERN_SUCCESS)
		return (ENOMEM);
	state_fd = make_file();
	error = state_fd == -1 ? errno : 0;
	kr = spawn_inherit(reexec_port);
	if (error == 0)
		error = kr == KERN_SUCCESS ? start_holders() : ENOMEM;
	(void)spawn_inherit(MACH_PORT_NULL);
	if (error != 0) {
		give_up(error, *reason);
		return (error);
	}
	caller = reply;
	caller_bits = bits;
	patience.t_fn = too_late;
	timer_set(&patience, now() + START_TIME);
	return (0);
}

void
reexec_message(const mach_msg_header_t *head, pid_t from)
{
	struct holder *h;
	int error;

	error = EPERM;
	for (h = holders; h < holders + HOLDERS; h++)
		if (h->h_pid == from && h->h_port == MACH_PORT_NULL) {
			error = handover_hello(head, &h->h_port);
			break;
		}
	if (error == 0)
		return;
	mach_msg_destroy((mach_msg_header_t *)(uintptr_t)head);
	if (error != EPERM)
		give_up(error, "the new program speaks another protocol");
}

bool
reexec_ended(pid_t pid, int status)
{
	struct holder *h;
	char reason[80];

	for (h = holders; h < holders + HOLDERS && h->h_pid != pid; h++)
		;
	if (h == holders + HOLDERS)
		return (false);
	h->h_pid = 0;
	if (WIFSIGNALED(status))
		(void)snprintf(reason, sizeof(reason),
		    "the new program was killed by signal %d",
		    WTERMSIG(status));
	else
		(void)snprintf(reason, sizeof(reason),
		    "the new program ended with %d", WEXITSTATUS(status));
	give_up(ECHILD, reason);
	return (true);
}

/*
 * Giving everything away, and taking it back.
 */

static void
watch_domain(struct domain *d, void *arg)
{

	(void)arg;
	(void)mach_port_insert_member(mach_task_self(), d->d_port, port_set);
	if (d->d_unprivileged != MACH_PORT_NULL)
		(void)mach_port_insert_member(mach_task_self(),
		    d->d_unprivileged, port_set);
	if (d->d_jail_port != MACH_PORT_NULL) {
		(void)mach_port_insert_member(mach_task_self(),
		    d->d_jail_port, port_set);
		(void)domain_port_given(d);
	}
}

/* We kept a send right to each: it comes back by the name that it had. */
static void
rescue(const struct rights *rights)
{
	const mach_port_t *ports;
	struct job *job;
	unsigned i, lost, n;

	holder_end(&holders[GUARD]);
	holder_end(&holders[KEEPER]);
	/* The keeper's port comes there, with what it did not read. */
	(void)mach_port_destroy(mach_task_self(), heir_port);
	heir_port = MACH_PORT_NULL;
	(void)handover_rescue(back_port, &rescue_port, 1);
	ports = rights->r_list[RIGHTS_RECEIVE].ports;
	n = rights->r_list[RIGHTS_RECEIVE].n;
	lost = handover_rescue(rescue_port, ports, n);
	if (lost != 0)
		log_line(LOG_ERROR, NULL, 0, "%u ports are lost", lost);
	for (i = 0; i < n; i++)
		(void)events_cancel(ports[i], MACH_NOTIFY_PORT_DESTROYED);
	(void)mach_port_insert_member(mach_task_self(), return_port, port_set);
	domain_each(system_domain, watch_domain, NULL);
	TAILQ_FOREACH(job, &jobs, j_link)
		if (job->j_state == JOB_IDLE && job->j_launched)
			job_watch(job);
}

static void
keep_descriptor(int fd)
{

	(void)fcntl(fd, F_SETFD, 0);
}

static void
close_descriptor(int fd)
{

	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
}

static bool
changed(void)
{
	struct stat st;

	return (stat(program, &st) == -1 || st.st_dev != seen.st_dev ||
	    st.st_ino != seen.st_ino || st.st_size != seen.st_size ||
	    st.st_mtim.tv_sec != seen.st_mtim.tv_sec ||
	    st.st_mtim.tv_nsec != seen.st_mtim.tv_nsec);
}

/* Returns only with an error. */
static int
execute(void)
{
	char resume[32];
	int error;

	(void)snprintf(resume, sizeof(resume), RESUME "%d", state_fd);
	arguments[1] = resume;
	keep_descriptor(state_fd);
	state_each_descriptor(keep_descriptor);
	error = EAGAIN;
	if (spawn_inherit(holders[KEEPER].h_port) == KERN_SUCCESS) {
		(void)execv(program, arguments);
		error = errno;
	}
	(void)spawn_inherit(MACH_PORT_NULL);
	state_each_descriptor(close_descriptor);
	return (error);
}

/* Those whose rights the keeper has, whom the kernel will tell. */
static void
forget_if_gone(mach_port_t *reply)
{
	mach_port_type_t type;

	if (*reply != MACH_PORT_NULL && (mach_port_type(mach_task_self(),
	    *reply, &type) != KERN_SUCCESS ||
	    (type & MACH_PORT_TYPE_PORT_RIGHTS) == 0))
		*reply = MACH_PORT_NULL;
}

static void
forget_callers(void)
{
	struct waiter *w;
	struct job *job;

	forget_if_gone(&caller);
	TAILQ_FOREACH(job, &jobs, j_link)
		LIST_FOREACH(w, &job->j_waiters, w_link)
			forget_if_gone(&w->w_reply);
}

static int
give(const struct holder *h, const struct rights *rights, unsigned how,
    char *reason, size_t size)
{
	int error;

	error = handover_send(h->h_port, rights, RIGHTS_SEND,
	    MACH_MSG_TYPE_COPY_SEND);
	if (error == 0)
		error = handover_send(h->h_port, rights, RIGHTS_RECEIVE, how);
	if (error == 0)
		error = handover_check(h->h_port, rights, reason, size);
	return (error);
}

static int
give_all(const struct rights *rights, char *reason, size_t size)
{
	mach_port_t keeper, guard;
	unsigned i;
	int error;

	keeper = holders[KEEPER].h_port;
	guard = holders[GUARD].h_port;
	(void)snprintf(reason, size, "its ports cannot be handed over");
	for (i = 0; i < rights->r_list[RIGHTS_RECEIVE].n; i++)
		if (events_request(rights->r_list[RIGHTS_RECEIVE].ports[i],
		    MACH_NOTIFY_PORT_DESTROYED, rescue_port) != KERN_SUCCESS)
			return (ENOMEM);
	if (events_request(rescue_port, MACH_NOTIFY_PORT_DESTROYED,
	    back_port) != KERN_SUCCESS)
		return (ENOMEM);
	error = handover_ward(keeper, heir_port);
	if (error == 0)
		error = give(&holders[KEEPER], rights,
		    MACH_MSG_TYPE_MOVE_RECEIVE, reason, size);
	if (error == 0)
		error = give(&holders[GUARD], rights,
		    MACH_MSG_TYPE_COPY_SEND, reason, size);
	if (error == 0 && changed()) {
		(void)snprintf(reason, size, "the program changed meanwhile");
		error = ESTALE;
	}
	if (error == 0)
		error = handover_guard(guard, rescue_port, heir_port);
	if (error != 0)
		return (error);
	log_line(LOG_NOTICE, NULL, 0, "executing %s", program);
	/* The last, for these cannot be had back from a dead holder. */
	(void)snprintf(reason, size, "the program cannot be executed");
	error = handover_send(keeper, rights, RIGHTS_SEND_ONCE,
	    MACH_MSG_TYPE_MOVE_SEND_ONCE);
	if (error == 0)
		error = execute();
	forget_callers();
	return (error);
}

/* Where rights come back to. */
static bool
make_returns(void)
{

	return (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &back_port) == KERN_SUCCESS &&
	    mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &heir_port) == KERN_SUCCESS &&
	    mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
	    &rescue_port) == KERN_SUCCESS &&
	    /* It comes back by the name that it had. */
	    mach_port_insert_right(mach_task_self(), rescue_port, rescue_port,
	    MACH_MSG_TYPE_MAKE_SEND) == KERN_SUCCESS);
}

static void
drop_returns(void)
{
	mach_port_t *ports[] = { &back_port, &heir_port, &rescue_port };
	unsigned i;

	for (i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
		if (*ports[i] != MACH_PORT_NULL)
			(void)mach_port_destroy(mach_task_self(), *ports[i]);
		*ports[i] = MACH_PORT_NULL;
	}
}

void
reexec_step(void)
{
	struct rights rights;
	launch_data_t state;
	char reason[200];
	int error;

	if (holders[KEEPER].h_port == MACH_PORT_NULL ||
	    holders[GUARD].h_port == MACH_PORT_NULL)
		return;
	if (shutting_down) {
		give_up(ESHUTDOWN, "launchd is shutting down");
		return;
	}
	timer_stop(&patience);
	state = state_save(&rights);
	error = state == NULL ? ENOMEM : handover_write(state_fd, state);
	launch_data_free(state);
	if (error == 0 && !make_returns())
		error = ENOMEM;
	if (error != 0) {
		drop_returns();
		rights_free(&rights);
		give_up(error, "its state cannot be written");
		return;
	}
	error = give_all(&rights, reason, sizeof(reason));
	rescue(&rights);
	drop_returns();
	rights_free(&rights);
	give_up(error, reason);
}

/*
 * The new image.
 */

void
reexec_save(launch_data_t state, struct rights *rights)
{

	put_integer(state, "Keeper", holders[KEEPER].h_pid);
	put_integer(state, "Guard", holders[GUARD].h_pid);
	if (caller != MACH_PORT_NULL)
		put_integer(state, "Caller", rights_add(rights,
		    RIGHTS_SEND_ONCE, caller));
}

void
reexec_restore(launch_data_t state, const struct rights *rights)
{
	launch_data_t i;

	i = launch_data_dict_lookup(state, "Caller");
	if (i == NULL)
		return;
	caller = rights_get(rights, RIGHTS_SEND_ONCE,
	    launch_data_get_integer(i));
	caller_bits = MACH_MSG_TYPE_MOVE_SEND_ONCE;
}

static pid_t
holder_of(launch_data_t state, const char *which)
{

	return ((pid_t)launch_data_get_integer(launch_data_dict_lookup(state,
	    which)));
}

int
reexec_resume(int fd)
{
	struct rights rights;
	launch_data_t state;
	unsigned wrong;
	kern_return_t kr;
	bool resumed;
	int error, i;
	pid_t pid;

	/* They were got before main(), unless that failed. */
	(void)mach_init();
	if (bootstrap_port == MACH_PORT_NULL)
		PERSIST(kr, task_get_bootstrap_port(mach_task_self(),
		    &bootstrap_port));
	state = handover_read(fd);
	if (state == NULL) {
		log_line(LOG_ERROR, NULL, 0, "there is no state to go on "
		    "from");
		return (EINVAL);
	}
	error = handover_take(bootstrap_port, holder_of(state, "Keeper"),
	    &rights);
	/* Our children, whose exits nobody has seen. */
	for (i = 0; i < HOLDERS; i++) {
		pid = holder_of(state, i == KEEPER ? "Keeper" : "Guard");
		if (pid > 1)
			(void)kill(pid, SIGKILL);
	}
	if (error != 0)
		log_line(LOG_ERROR, NULL, 0, "its ports were not handed over: "
		    "%s", strerror(error));
	wrong = state_restore(state, &rights);
	rights_free(&rights);
	if (system_domain == NULL) {
		launch_data_free(state);
		return (ENOMEM);
	}
	resumed = state_resume(state);
	launch_data_free(state);
	(void)close(fd);
	if (!resumed)
		return (ENXIO);
	log_line(LOG_NOTICE, NULL, getpid(), "goes on as a new image: %zu "
	    "services, %u faults", service_count(), wrong);
	answer(0, NULL);
	return (0);
}
