/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Starting the process of a job.
 *
 * The child says what failed in one record on a pipe that all children share,
 * so that launchd never waits for a child and needs no descriptor for each.
 *
 * The child gets the bootstrap port of its domain as every child does: a task
 * inherits its special ports, so launchd's own is set to it before the fork.
 */

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launchd.h"

extern char **environ;

static int failures[2] = { -1, -1 };
static struct loop_file failures_file;
static mach_port_t current_port;	/* our own bootstrap port */

static void
failures_ready(struct loop_file *f)
{

	(void)f;
	spawn_report_failures();
}

static int
listen_to_children(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		(void)fcntl(failures[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(failures[i], F_SETFL, O_NONBLOCK);
	}
	failures_file.lf_fd = failures[0];
	failures_file.lf_ready = failures_ready;
	return (loop_add_file(&failures_file));
}

int
spawn_init(void)
{

	return (pipe(failures) == -1 ? errno : listen_to_children());
}

int
spawn_resume(const int fds[2])
{

	if (fds[0] < 0 || fds[1] < 0)
		return (spawn_init());
	failures[0] = fds[0];
	failures[1] = fds[1];
	return (listen_to_children());
}

const int *
spawn_descriptors(void)
{

	return (failures);
}

void
spawn_report_failures(void)
{
	static const char *const stages[] = {
		"cannot enter its jail",
		"its user or group is not known",
		"cannot become its user",
		"cannot become its group",
		"cannot enter RootDirectory",
		"cannot set a resource limit",
		"cannot set Nice",
		"cannot enter WorkingDirectory",
		"cannot open StandardInPath",
		"cannot open StandardOutPath",
		"cannot open StandardErrorPath",
		"cannot execute its program",
	};
	const struct job *job;
	struct failure f;
	ssize_t n;

	for (;;) {
		n = read(failures[0], &f, sizeof(f));
		if (n == -1 && errno == EINTR)
			continue;
		if (n != (ssize_t)sizeof(f))
			return;
		job = job_by_pid(f.pid);
		if (job == NULL)
			continue;
		log_line(LOG_ERROR, job_label(job), f.pid, "%s: %s",
		    stages[f.stage], strerror(f.error));
	}
}

/*
 * Before the fork.
 */

struct list {
	char	**env;
	size_t	  n, room;
	bool	  failed;
};

/* Replace or append; the string is borrowed. */
static void
put(struct list *l, char *e)
{
	char **more;
	size_t i, n;

	n = strcspn(e, "=") + 1;
	for (i = 0; i < l->n; i++)
		if (strncmp(l->env[i], e, n) == 0) {
			l->env[i] = e;
			return;
		}
	if (l->n + 1 >= l->room) {
		l->room = l->room == 0 ? 64 : l->room * 2;
		more = realloc(l->env, l->room * sizeof(*more));
		if (more == NULL) {
			l->failed = true;
			return;
		}
		l->env = more;
	}
	l->env[l->n++] = e;
	l->env[l->n] = NULL;
}

static void
put_all(struct list *l, char **env)
{

	for (; env != NULL && *env != NULL && !l->failed; env++)
		put(l, *env);
}

static void
put_domains(struct list *l, const struct domain *d)
{

	if (d == NULL)
		return;
	put_domains(l, d->d_parent);
	put_all(l, d->d_env);
}

struct strings {
	char	home[272], logname[80], shell[144], user[80];
};

/* Ours, the domains', the user's and the job's, each over those before. */
static char **
environment_of(const struct job *job, const struct identity *who,
    struct strings *s)
{
	char *user[] = { s->home, s->logname, s->shell, s->user, NULL };
	struct list l = { NULL, 0, 0, false };

	(void)snprintf(s->home, sizeof(s->home), "HOME=%s", who->home);
	(void)snprintf(s->logname, sizeof(s->logname), "LOGNAME=%s",
	    who->name);
	(void)snprintf(s->shell, sizeof(s->shell), "SHELL=%s", who->shell);
	(void)snprintf(s->user, sizeof(s->user), "USER=%s", who->name);
	put_all(&l, environ);
	put_domains(&l, job->j_domain);
	if (who->set)
		put_all(&l, user);
	put_all(&l, job->j_config->env);
	if (l.env == NULL || l.failed) {
		free(l.env);
		return (NULL);
	}
	return (l.env);
}

/*
 * Who the job runs as: its domain's user, or else UserName and GroupName, which
 * only the superuser's launchd can follow.
 */
static int
identify(const struct job *job, struct identity *who)
{
	const struct job_config *c;
	struct passwd *pw;
	struct group *gr;

	c = job->j_config;
	memset(who, 0, sizeof(*who));
	if (job->j_command || (geteuid() != 0 && c->user == NULL &&
	    c->group == NULL))
		return (0);
	errno = 0;
	if (job->j_domain->d_kind == DOMAIN_USER ||
	    job->j_domain->d_kind == DOMAIN_SUBSET ||
	    job->j_domain->d_kind == DOMAIN_SESSION || job->j_server != NULL)
		pw = getpwuid(job->j_server != NULL ? job->j_server->d_uid :
		    job->j_domain->d_uid);
	else if (c->user != NULL)
		pw = getpwnam(c->user);
	else if (c->group != NULL)
		pw = getpwuid(geteuid());
	else
		return (0);
	if (pw == NULL && errno == 0 && c->user == NULL && c->group == NULL &&
	    (job->j_server != NULL ? job->j_server->d_uid :
	    job->j_domain->d_uid) == geteuid())
		return (0);		/* ours, by whatever name */
	if (pw == NULL)
		return (errno != 0 ? errno : ENOENT);
	who->set = true;
	who->uid = pw->pw_uid;
	who->gid = pw->pw_gid;
	(void)snprintf(who->name, sizeof(who->name), "%s", pw->pw_name);
	(void)snprintf(who->home, sizeof(who->home), "%s", pw->pw_dir);
	(void)snprintf(who->shell, sizeof(who->shell), "%s", pw->pw_shell);
	if (c->group != NULL && job->j_domain->d_kind == DOMAIN_SYSTEM) {
		gr = getgrnam(c->group);
		if (gr == NULL)
			return (errno != 0 ? errno : ENOENT);
		who->gid = gr->gr_gid;
	}
	return (0);
}

/*
 * In the process of a job of a jail: who it is and what is in its environment
 * is the jail's to say, as is its bootstrap port.
 */
static void __attribute__((noreturn))
inside(const struct job *job, int jail, bool inherit)
{
	struct identity who;
	struct strings s;
	char **env;

	errno = jail_enter(jail);
	if (errno != 0)
		child_failed(failures[1], STAGE_JAIL);
	errno = identify(job, &who);
	if (errno != 0)
		child_failed(failures[1], STAGE_IDENTITY);
	env = environment_of(job, &who, &s);
	if (env == NULL)
		child_failed(failures[1], STAGE_PROGRAM);
	child(job, &who, inherit, env, failures[1]);
}

/* It is inherited.  What it is stays until a job of another domain starts. */
static void
set_bootstrap_port(const struct job *job)
{
	mach_port_t port;
	kern_return_t kr;

	port = job->j_session != NULL ? job->j_session->d_port :
	    job->j_server != NULL ? job->j_server->d_port :
	    job->j_domain->d_port;
	if (current_port == MACH_PORT_NULL)
		current_port = system_domain->d_port;
	if (port == current_port)
		return;
	kr = task_set_bootstrap_port(mach_task_self(), port);
	if (kr == KERN_SUCCESS)
		current_port = port;
	else
		log_line(LOG_ERROR, job_label(job), 0,
		    "cannot set its bootstrap port: %s", mach_error_string(kr));
}

void
spawn_domain_gone(const struct domain *d)
{

	if (current_port != d->d_port)
		return;
	(void)task_set_bootstrap_port(mach_task_self(),
	    system_domain->d_port);
	current_port = system_domain->d_port;
}

kern_return_t
spawn_inherit(mach_port_t port)
{

	if (port == MACH_PORT_NULL)
		port = current_port != MACH_PORT_NULL ? current_port :
		    system_domain->d_port;
	return (task_set_bootstrap_port(mach_task_self(), port));
}

/* SessionCreate: it ends with the process. */
static int
make_session(struct job *job, const struct identity *who)
{

	if (job->j_session != NULL || !job->j_config->session_create)
		return (0);
	job->j_session = domain_new(job->j_domain, DOMAIN_SESSION,
	    who->set ? who->uid : geteuid(), NULL);
	if (job->j_session == NULL)
		return (ENOMEM);
	job->j_session->d_job = job;
	(void)strcpy(job->j_session->d_session, "Background");
	return (0);
}

pid_t
spawn(struct job *job, bool inherit)
{
	struct identity who;
	struct strings s;
	char **env;
	pid_t pid;
	int error, jail;

	jail = domain_jail(job->j_domain);
	if (jail != 0) {
		pid = fork();
		if (pid == 0)
			inside(job, jail, inherit);
		return (pid);
	}
	error = identify(job, &who);
	if (error != 0) {
		log_line(LOG_ERROR, job_label(job), 0,
		    "its user or group is not known");
		errno = error;
		return (-1);
	}
	env = environment_of(job, &who, &s);
	if (env == NULL) {
		errno = ENOMEM;
		return (-1);
	}
	error = make_session(job, &who);
	if (error != 0) {
		free(env);
		errno = error;
		return (-1);
	}
	set_bootstrap_port(job);
	pid = fork();
	if (pid == 0)
		child(job, &who, inherit, env, failures[1]);
	error = errno;
	free(env);
	errno = error;
	return (pid);
}
