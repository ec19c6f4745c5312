/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Another image of launchd in the place of this one: the same process, with its
 * children and their exits, descriptors, and, by way of a holder (handover.c),
 * all rights with their queues.
 *
 * Up to the exec all can be taken back.  The holder is a process of the new
 * program, so one that does not run, or does not understand this state, is
 * known before anything is given away, and each receive right is promised back
 * to rescue_port should the holder die.  The loop goes on until the holder is
 * there; then everything happens between two events.
 *
 * A new image that gets no rights, because the holder was killed between, still
 * has the jobs with their processes, and new ports for all.
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
#define	RESCUE_MS	5000		/* for rights to come back */

mach_port_t reexec_port;

static char **arguments;		/* of main(), less --resume */
static char program[PATH_MAX];		/* where this one came from */

static pid_t holder;
static mach_port_t holder_port;		/* it is there */
static mach_port_t rescue_port;
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

/* Nothing of it stays but what was never given away. */
static void
give_up(int error, const char *reason)
{

	log_line(LOG_ERROR, NULL, 0, "not executed anew: %s: %s", reason,
	    strerror(error));
	timer_stop(&patience);
	if (holder != 0) {
		(void)kill(holder, SIGKILL);
		(void)waitpid(holder, NULL, 0);
		holder = 0;
	}
	if (holder_port != MACH_PORT_NULL)
		(void)mach_port_deallocate(mach_task_self(), holder_port);
	if (reexec_port != MACH_PORT_NULL)
		(void)mach_port_destroy(mach_task_self(), reexec_port);
	holder_port = reexec_port = MACH_PORT_NULL;
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

static void
run_holder(void)
{
	char hold[32], *argv[] = { arguments[0], hold, NULL };

	(void)snprintf(hold, sizeof(hold), "--hold=%d", state_fd);
	(void)fcntl(state_fd, F_SETFD, 0);
	(void)execv(program, argv);
	_exit(127);
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
	if (holder != 0)
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
	if (error == 0 && kr == KERN_SUCCESS) {
		holder = fork();
		if (holder == 0)
			run_holder();
		error = holder == -1 ? errno : 0;
	} else if (error == 0)
		error = ENOMEM;
	(void)spawn_inherit(MACH_PORT_NULL);
	if (error != 0) {
		holder = 0;
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
	int error;

	if (holder_port != MACH_PORT_NULL) {
		mach_msg_destroy((mach_msg_header_t *)(uintptr_t)head);
		return;
	}
	error = handover_hello(holder, head, from, &holder_port);
	if (error == 0)
		return;
	mach_msg_destroy((mach_msg_header_t *)(uintptr_t)head);
	if (error != EPERM)
		give_up(error, "the new program speaks another protocol");
}

bool
reexec_ended(pid_t pid, int status)
{
	char reason[80];

	if (holder == 0 || pid != holder)
		return (false);
	holder = 0;
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

static bool
is_ours(mach_port_t port)
{
	mach_port_type_t type;

	return (mach_port_type(mach_task_self(), port, &type) ==
	    KERN_SUCCESS && (type & MACH_PORT_TYPE_RECEIVE) != 0);
}

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
	union {
		mach_port_destroyed_notification_t n;
		char room[256];
	} m;
	const mach_port_t *ports;
	struct job *job;
	unsigned i, n;

	(void)kill(holder, SIGKILL);
	(void)waitpid(holder, NULL, 0);
	holder = 0;
	ports = rights->r_list[RIGHTS_RECEIVE].ports;
	n = rights->r_list[RIGHTS_RECEIVE].n;
	for (i = 0; i < n; )
		if (is_ours(ports[i])) {
			(void)events_cancel(ports[i++],
			    MACH_NOTIFY_PORT_DESTROYED);
		} else if (mach_msg(&m.n.not_header, MACH_RCV_MSG |
		    MACH_RCV_TIMEOUT, 0, sizeof(m), rescue_port, RESCUE_MS,
		    MACH_PORT_NULL) != MACH_MSG_SUCCESS) {
			log_line(LOG_ERROR, NULL, 0, "a port is lost");
			i++;
		}
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
	if (spawn_inherit(holder_port) == KERN_SUCCESS) {
		(void)execv(program, arguments);
		error = errno;
	}
	(void)spawn_inherit(MACH_PORT_NULL);
	state_each_descriptor(close_descriptor);
	return (error);
}

/* The holder has their rights: the kernel will tell them. */
static void
forget_callers(void)
{
	struct waiter *w;
	struct job *job;

	caller = MACH_PORT_NULL;
	TAILQ_FOREACH(job, &jobs, j_link)
		LIST_FOREACH(w, &job->j_waiters, w_link)
			w->w_reply = MACH_PORT_NULL;
}

static int
give_all(const struct rights *rights, char *reason, size_t size)
{
	unsigned i;
	int error;

	(void)snprintf(reason, size, "its ports cannot be handed over");
	for (i = 0; i < rights->r_list[RIGHTS_RECEIVE].n; i++)
		if (events_request(rights->r_list[RIGHTS_RECEIVE].ports[i],
		    MACH_NOTIFY_PORT_DESTROYED, rescue_port) != KERN_SUCCESS)
			return (ENOMEM);
	error = handover_send(holder_port, rights, RIGHTS_SEND,
	    MACH_MSG_TYPE_COPY_SEND);
	if (error == 0)
		error = handover_send(holder_port, rights, RIGHTS_RECEIVE,
		    MACH_MSG_TYPE_MOVE_RECEIVE);
	if (error == 0)
		error = handover_check(holder_port, rights, reason, size);
	if (error == 0 && changed()) {
		(void)snprintf(reason, size, "the program changed meanwhile");
		error = ESTALE;
	}
	if (error != 0)
		return (error);
	log_line(LOG_NOTICE, NULL, 0, "executing %s", program);
	/* The last, for these cannot be had back from a dead holder. */
	(void)snprintf(reason, size, "the program cannot be executed");
	error = handover_send(holder_port, rights, RIGHTS_SEND_ONCE,
	    MACH_MSG_TYPE_MOVE_SEND_ONCE);
	if (error == 0)
		error = execute();
	forget_callers();
	return (error);
}

void
reexec_step(void)
{
	struct rights rights;
	launch_data_t state;
	char reason[200];
	int error;

	if (holder_port == MACH_PORT_NULL)
		return;
	if (shutting_down) {
		give_up(ESHUTDOWN, "launchd is shutting down");
		return;
	}
	timer_stop(&patience);
	state = state_save(&rights);
	error = state == NULL ? ENOMEM : handover_write(state_fd, state);
	launch_data_free(state);
	if (error == 0 && mach_port_allocate(mach_task_self(),
	    MACH_PORT_RIGHT_RECEIVE, &rescue_port) != KERN_SUCCESS)
		error = ENOMEM;
	if (error != 0) {
		rights_free(&rights);
		give_up(error, "its state cannot be written");
		return;
	}
	error = give_all(&rights, reason, sizeof(reason));
	rescue(&rights);
	events_drop_receive(rescue_port);
	rights_free(&rights);
	give_up(error, reason);
}

/*
 * The new image.
 */

void
reexec_save(launch_data_t state, struct rights *rights)
{

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

int
reexec_resume(int fd)
{
	struct rights rights;
	launch_data_t state;
	unsigned wrong;
	int error;

	state = handover_read(fd);
	if (state == NULL) {
		log_line(LOG_ERROR, NULL, 0, "there is no state to go on "
		    "from");
		return (EINVAL);
	}
	error = handover_take(bootstrap_port, &rights);
	if (error != 0)
		log_line(LOG_ERROR, NULL, 0, "its ports were not handed over: "
		    "%s", strerror(error));
	wrong = state_restore(state, &rights);
	rights_free(&rights);
	if (system_domain == NULL) {
		launch_data_free(state);
		return (ENOMEM);
	}
	state_resume(state);
	launch_data_free(state);
	(void)close(fd);
	log_line(LOG_NOTICE, NULL, getpid(), "goes on as a new image: %zu "
	    "services, %u faults", service_count(), wrong);
	answer(0, NULL);
	return (0);
}
