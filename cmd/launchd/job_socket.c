/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The sockets of jobs: opened when the job is loaded, watched while it does not
 * run, and handed to it by launch_activate_socket(), or, for an inetd job, as
 * its standard descriptors.
 */

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <netinet/in.h>

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launchd.h"

#define	BACKLOG		128

static void
complain(const struct job *job, const struct socket_config *c,
    const char *what, const char *why)
{

	log_line(LOG_ERROR, job_label(job), 0, "socket %s: %s: %s", c->name,
	    what, why);
}

static void
ready(struct loop_file *f)
{
	struct job_socket *js;
	struct job *job;
	int fd;

	js = (struct job_socket *)(void *)f;
	job = js->js_job;
	if (job->j_config->inetd == INETD_NOWAIT &&
	    js->js_config->type != SOCK_DGRAM) {
		fd = accept(f->lf_fd, NULL, NULL);
		if (fd != -1) {
			(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
			job_connection(job, fd);
		} else if (errno == EMFILE || errno == ENFILE) {
			/* Not again and again: when one of ours has ended. */
			job_sockets_watch(job, false);
			timer_set(&job->j_timer, now() + SECOND);
		}
		return;
	}
	/* Watched again when the job is idle. */
	job_sockets_watch(job, false);
	job_demand(job, js->js_config->name);
}

void
job_sockets_watch(struct job *job, bool on)
{
	struct job_socket *js;
	unsigned i;

	/* It listens for its instances as long as it is loaded. */
	if (on && (shutting_down || job->j_ending || (job->j_runs != 0 &&
	    job->j_config->launch_only_once)))
		return;
	for (i = 0; i < job->j_nsockets; i++) {
		js = &job->j_sockets[i];
		if (js->js_file.lf_fd == -1 || js->js_watched == on ||
		    !js->js_config->passive)
			continue;
		if (!on)
			loop_remove_file(&js->js_file);
		else if (loop_add_file(&js->js_file) != 0)
			continue;
		js->js_watched = on;
	}
}

static int
open_socket(int family, int type, int protocol)
{
	int fd;

	fd = socket(family, type | SOCK_CLOEXEC, protocol);
	if (fd != -1)
		(void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	return (fd);
}

/*
 * Paths.
 */

/* The place of a socket that nobody listens at any more may be taken. */
static void
clear_path(const char *path)
{
	struct stat st;

	if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode))
		(void)unlink(path);
}

static const char *
bind_path(int fd, const struct socket_config *c, const char *path)
{
	struct sockaddr_un sun;
	mode_t old;
	int error;

	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(sun.sun_path))
		return (strerror(ENAMETOOLONG));
	(void)strcpy(sun.sun_path, path);
	if (!c->passive)
		return (connect(fd, (struct sockaddr *)&sun, sizeof(sun)) ==
		    -1 ? strerror(errno) : NULL);
	clear_path(path);
	/* Nobody may connect before the mode is what it is to be. */
	old = umask(c->mode != -1 || c->secure_key != NULL ? 0177 : 022);
	error = bind(fd, (struct sockaddr *)&sun, sizeof(sun)) == -1 ? errno :
	    0;
	(void)umask(old);
	if (error != 0)
		return (strerror(error));
	if ((c->owner != -1 || c->path_group != -1) &&
	    chown(path, (uid_t)c->owner, (gid_t)c->path_group) == -1)
		return (strerror(errno));
	if (c->mode != -1 && chmod(path, (mode_t)c->mode) == -1)
		return (strerror(errno));
	return (NULL);
}

/* A place that only its user can reach, told in the environment. */
static char *
secure_path(struct job *job, const struct socket_config *c)
{
	char directory[64], *path;

	(void)snprintf(directory, sizeof(directory),
	    "/tmp/launchd-" "XX" "XX" "XX");
	if (mkdtemp(directory) == NULL)
		return (NULL);
	path = malloc(sizeof(directory) + 16);
	if (path == NULL)
		return (NULL);
	(void)snprintf(path, sizeof(directory) + 16, "%s/Listener",
	    directory);
	(void)domain_setenv(job->j_domain, c->secure_key, path);
	return (path);
}

static bool
open_path(struct job *job, struct job_socket *js)
{
	const struct socket_config *c;
	const char *why;
	char *path;
	int fd;

	c = js->js_config;
	path = c->secure_key != NULL ? secure_path(job, c) : strdup(c->path);
	fd = path == NULL ? -1 : open_socket(AF_UNIX, c->type, 0);
	if (fd == -1) {
		complain(job, c, "cannot make it", strerror(errno));
		free(path);
		return (false);
	}
	why = bind_path(fd, c, path);
	if (why == NULL && c->passive && c->type != SOCK_DGRAM &&
	    listen(fd, BACKLOG) == -1)
		why = strerror(errno);
	if (why != NULL) {
		complain(job, c, path, why);
		(void)close(fd);
		free(path);
		return (false);
	}
	js->js_file.lf_fd = fd;
	if (c->passive)
		js->js_path = path;
	else
		free(path);
	return (true);
}

/*
 * Addresses.  A name may stand for several: all of them are opened, as far as
 * there is room.
 */

static int
join_group(int fd, const struct socket_config *c)
{
	struct ipv6_mreq m6;
	struct ip_mreq m4;
	struct addrinfo hints, *ai;
	int error;

	memset(&hints, 0, sizeof(hints));
	hints.ai_flags = AI_NUMERICHOST;
	if (getaddrinfo(c->group, NULL, &hints, &ai) != 0) {
		errno = EINVAL;
		return (-1);
	}
	memset(&m4, 0, sizeof(m4));
	memset(&m6, 0, sizeof(m6));
	if (ai->ai_family == AF_INET) {
		m4.imr_multiaddr =
		    ((struct sockaddr_in *)(void *)ai->ai_addr)->sin_addr;
		error = setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m4,
		    sizeof(m4));
	} else {
		m6.ipv6mr_multiaddr =
		    ((struct sockaddr_in6 *)(void *)ai->ai_addr)->sin6_addr;
		error = setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m6,
		    sizeof(m6));
	}
	freeaddrinfo(ai);
	return (error);
}

static int
open_address(const struct socket_config *c, const struct addrinfo *ai)
{
	int error, fd, on;

	fd = open_socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);
	if (fd == -1)
		return (-1);
	on = 1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (ai->ai_family == AF_INET6)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on,
		    sizeof(on));
	if (!c->passive) {
		if (connect(fd, ai->ai_addr, ai->ai_addrlen) == 0 ||
		    errno == EINPROGRESS)
			return (fd);
	} else if (bind(fd, ai->ai_addr, ai->ai_addrlen) == 0 &&
	    (c->group == NULL || join_group(fd, c) == 0) &&
	    (ai->ai_socktype == SOCK_DGRAM || listen(fd, BACKLOG) == 0))
		return (fd);
	error = errno;
	(void)close(fd);
	errno = error;
	return (-1);
}

static struct addrinfo *
resolve(const struct job *job, const struct socket_config *c)
{
	struct addrinfo hints, *list;
	int error;

	memset(&hints, 0, sizeof(hints));
	hints.ai_family = c->family;
	hints.ai_socktype = c->type;
	hints.ai_protocol = c->protocol;
	/* A name server may itself be a job: only what is known here. */
	hints.ai_flags = (c->passive ? AI_PASSIVE : 0) | AI_NUMERICHOST;
	error = getaddrinfo(c->node != NULL &&
	    strcmp(c->node, "localhost") == 0 ? "127.0.0.1" : c->node,
	    c->service, &hints, &list);
	if (error == 0)
		return (list);
	complain(job, c, c->service, gai_strerror(error));
	return (NULL);
}

#define	ADDRESSES_MAX	8		/* of one description */

static bool
open_addresses(struct job *job, const struct socket_config *c)
{
	struct addrinfo *ai, *list;
	struct job_socket *js;
	unsigned n;
	int fd;

	list = resolve(job, c);
	n = 0;
	for (ai = list; ai != NULL && n < ADDRESSES_MAX; ai = ai->ai_next) {
		fd = open_address(c, ai);
		if (fd == -1) {
			/* A kernel without IPv6 is no fault of the job. */
			if (errno != EAFNOSUPPORT)
				complain(job, c, c->service, strerror(errno));
			continue;
		}
		js = &job->j_sockets[job->j_nsockets++];
		js->js_file.lf_fd = fd;
		js->js_file.lf_ready = ready;
		js->js_job = job;
		js->js_config = c;
		n++;
	}
	if (list != NULL)
		freeaddrinfo(list);
	return (n != 0);
}

/* How many sockets a description may be. */
static size_t
room_for(const struct socket_config *c)
{

	return (c->family == AF_UNIX ? 1 : ADDRESSES_MAX);
}

/* There is room for them in the list. */
static bool
open_one(struct job *job, const struct socket_config *c)
{
	struct job_socket *js;

	if (c->family != AF_UNIX)
		return (open_addresses(job, c));
	js = &job->j_sockets[job->j_nsockets];
	js->js_job = job;
	js->js_config = c;
	js->js_file.lf_ready = ready;
	if (!open_path(job, js))
		return (false);
	job->j_nsockets++;
	return (true);
}

/* Those that are not kept, by their place in the description. */
static bool
open_all(struct job *job, const bool *kept)
{
	const struct socket_config *c;
	bool all, as_user;

	if (!as_user_begin(job->j_domain, &as_user))
		return (false);
	all = true;
	for (c = job->j_config->sockets; c != NULL && c->name != NULL; c++)
		if (kept == NULL || !kept[c - job->j_config->sockets])
			all = open_one(job, c) && all;
	as_user_end(as_user);
	return (all);
}

bool
job_sockets_open(struct job *job)
{
	const struct socket_config *c;
	bool all;
	size_t n;

	for (n = 0, c = job->j_config->sockets; c != NULL && c->name != NULL;
	    c++)
		n += room_for(c);
	if (n == 0)
		return (true);
	if (!domain_take_files(job->j_domain, n)) {
		log_line(LOG_ERROR, job_label(job), 0,
		    "cannot open its sockets: its domain has too many");
		return (false);
	}
	job->j_sockets = calloc(n, sizeof(*job->j_sockets));
	if (job->j_sockets == NULL) {
		domain_give_files(job->j_domain, n);
		log_line(LOG_ERROR, job_label(job), 0,
		    "cannot open its sockets: out of memory");
		return (false);
	}
	all = open_all(job, NULL);
	domain_give_files(job->j_domain, n - job->j_nsockets);
	return (all);
}

bool
job_socket_adopt(struct job *job, const struct socket_config *config, int fd,
    const char *path)
{
	struct job_socket *js;

	js = realloc(job->j_sockets, (job->j_nsockets + 1) * sizeof(*js));
	if (js == NULL)
		return (false);
	job->j_sockets = js;
	js += job->j_nsockets;
	memset(js, 0, sizeof(*js));
	js->js_file.lf_fd = fd;
	js->js_file.lf_ready = ready;
	js->js_job = job;
	js->js_config = config;
	if (path != NULL && (js->js_path = strdup(path)) == NULL)
		return (false);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	job->j_nsockets++;
	job->j_domain->d_nfiles++;
	return (true);
}

/* With its directory, the end of the path is cut off. */
static void
remove_path(const struct job *job, char *path, bool directory)
{
	bool as_user;

	if (!as_user_begin(job->j_domain, &as_user))
		return;
	clear_path(path);
	if (directory) {
		*strrchr(path, '/') = '\0';
		(void)rmdir(path);
	}
	as_user_end(as_user);
}

static void
close_one(struct job *job, struct job_socket *js)
{

	(void)close(js->js_file.lf_fd);
	if (js->js_path == NULL)
		return;
	remove_path(job, js->js_path, js->js_config->secure_key != NULL);
	if (js->js_config->secure_key != NULL)
		(void)domain_setenv(job->j_domain,
		    js->js_config->secure_key, NULL);
	free(js->js_path);
}

/* The place in the new description that is the same, and not yet kept. */
static const struct socket_config *
find_same(const struct job_config *config, const struct socket_config *c,
    const bool *kept)
{
	const struct socket_config *s;

	for (s = config->sockets; s != NULL && s->name != NULL; s++)
		if (!kept[s - config->sockets] && socket_config_equal(s, c))
			return (s);
	return (NULL);
}

void
job_sockets_reload(struct job *job, struct job_config *old)
{
	const struct socket_config *c, *same[JOB_SOCKETS_MAX];
	bool kept[JOB_SOCKETS_MAX] = { false };
	struct job_socket *js, *list;
	unsigned i, n;
	size_t room;

	memset(same, 0, sizeof(same));
	for (c = old->sockets; c != NULL && c->name != NULL; c++) {
		same[c - old->sockets] = find_same(job->j_config, c, kept);
		if (same[c - old->sockets] != NULL)
			kept[same[c - old->sockets] -
			    job->j_config->sockets] = true;
	}
	/* What is not in the new one first: it may be opened otherwise. */
	for (i = n = 0; i < job->j_nsockets; i++) {
		js = &job->j_sockets[i];
		c = same[js->js_config - old->sockets];
		if (c == NULL) {
			close_one(job, js);
			domain_give_files(job->j_domain, 1);
			continue;
		}
		js->js_config = c;
		job->j_sockets[n++] = *js;
	}
	job->j_nsockets = n;
	room = 0;
	for (c = job->j_config->sockets; c != NULL && c->name != NULL; c++)
		if (!kept[c - job->j_config->sockets])
			room += room_for(c);
	if (room == 0)
		return;
	list = !domain_take_files(job->j_domain, room) ? NULL :
	    realloc(job->j_sockets, (n + room) * sizeof(*list));
	if (list == NULL) {
		log_line(LOG_ERROR, job_label(job), 0,
		    "cannot open its new sockets: too many, or no memory");
		return;
	}
	memset(list + n, 0, room * sizeof(*list));
	job->j_sockets = list;
	(void)open_all(job, kept);
	domain_give_files(job->j_domain, room - (job->j_nsockets - n));
}

void
job_sockets_close(struct job *job)
{
	unsigned i;

	job_sockets_watch(job, false);
	for (i = 0; i < job->j_nsockets; i++)
		close_one(job, &job->j_sockets[i]);
	domain_give_files(job->j_domain, job->j_nsockets);
	free(job->j_sockets);
	job->j_sockets = NULL;
	job->j_nsockets = 0;
}
