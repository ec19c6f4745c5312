/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Darwin's requests (launch.h), and those of liblaunch.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "value.h"

static int
submit(struct control *c, launch_data_t value)
{
	struct plist_error why;
	struct plist *root;
	int error;

	error = control_may_change(c, c->here);
	if (error != 0)
		return (error);
	if (launch_data_get_type(value) != LAUNCH_DATA_DICTIONARY)
		return (EINVAL);
	root = plist_of_value(value);
	if (root == NULL)
		return (EINVAL);
	error = load_tree(c->here, root, "(submitted)", true, &why);
	plist_tree_free(root);
	/* Darwin's name for a label that is taken. */
	return (error == EALREADY ? EEXIST : error);
}

/* A label: the same verb as launchctl's. */
static int
with_label(struct control *c, launch_data_t value, const char *verb)
{
	launch_data_t copy;

	/* A copy of ports or descriptors would be given up twice. */
	if (launch_data_get_type(value) != LAUNCH_DATA_STRING)
		return (EINVAL);
	copy = launch_data_copy(value);
	if (!launch_data_dict_insert(c->request, copy, "Label")) {
		launch_data_free(copy);
		return (ENOMEM);
	}
	return (control_verb(c, verb));
}

struct setting {
	struct control	*c;
	int		 error;
};

static void
set_one(launch_data_t value, const char *key, void *arg)
{
	struct setting *s;

	s = arg;
	if (launch_data_get_string(value) == NULL ||
	    strchr(key, '=') != NULL || *key == '\0')
		s->error = EINVAL;
	else if (!domain_setenv(s->c->here, key,
	    launch_data_get_string(value)))
		s->error = ENOMEM;
}

static int
activate(struct control *c, launch_data_t value)
{
	const char *name;
	struct job *job;
	launch_data_t fd;
	unsigned i, n;

	job = job_by_pid(c->who.c_pid);
	if (job == NULL)
		return (ESRCH);
	name = launch_data_get_string(value);
	if (name == NULL)
		return (EINVAL);
	c->answer = array();
	for (i = n = 0; i < job->j_nsockets; i++) {
		if (strcmp(job->j_sockets[i].js_config->name, name) != 0)
			continue;
		fd = launch_data_new_fd(job->j_sockets[i].js_file.lf_fd);
		n += append_value(c->answer, fd);
	}
	if (n != 0)
		return (0);
	launch_data_free(c->answer);
	c->answer = NULL;
	return (ENOENT);
}

/* All that a job wants to know of itself; names of services, as true. */
static int
check_in(struct control *c)
{
	launch_data_t fd, list;
	const struct service *s;
	const char *name;
	struct job *job;
	unsigned i;

	job = job_by_pid(c->who.c_pid);
	if (job == NULL)
		return (ESRCH);
	c->answer = describe_job(job, true);
	if (c->answer == NULL)
		return (ENOMEM);
	list = dictionary();
	for (i = 0; i < job->j_nsockets; i++) {
		name = job->j_sockets[i].js_config->name;
		fd = launch_data_new_fd(job->j_sockets[i].js_file.lf_fd);
		(void)append_value(member(list, name, LAUNCH_DATA_ARRAY), fd);
	}
	put_value(c->answer, LAUNCH_JOBKEY_SOCKETS, list);
	list = dictionary();
	LIST_FOREACH(s, &job->j_services, s_job_link)
		put_value(list, s->s_name, launch_data_new_bool(true));
	put_value(c->answer, LAUNCH_JOBKEY_MACHSERVICES, list);
	return (0);
}

static int
transaction(struct control *c, launch_data_t value)
{
	struct job *job;

	job = job_by_pid(c->who.c_pid);
	if (job == NULL)
		return (ESRCH);
	job->j_dirty = launch_data_get_bool(value);
	return (0);
}

static int
environment(struct control *c)
{
	launch_data_t list;
	char **e, name[256];
	size_t n;
	int error;

	error = control_may_change(c, c->here);
	if (error != 0)
		return (error);
	c->answer = list = dictionary();
	for (e = c->here->d_env; e != NULL && *e != NULL; e++) {
		n = strcspn(*e, "=");
		if (n >= sizeof(name))
			continue;
		memcpy(name, *e, n);
		name[n] = '\0';
		put_value(list, name, launch_data_new_string(*e + n + 1));
	}
	return (0);
}

struct first {
	const char	*key;
	launch_data_t	 value;
};

static void
take_first(launch_data_t value, const char *key, void *arg)
{
	struct first *f;

	f = arg;
	if (f->key == NULL) {
		f->key = key;
		f->value = value;
	}
}

int
control_darwin(struct control *c)
{
	struct first f = { NULL, NULL };
	struct setting s = { c, 0 };
	int error;

	launch_data_dict_iterate(c->request, take_first, &f);
	if (f.key == NULL)
		return (EINVAL);
	if (strcmp(f.key, LAUNCH_KEY_SUBMITJOB) == 0)
		return (submit(c, f.value));
	if (strcmp(f.key, LAUNCH_KEY_REMOVEJOB) == 0)
		return (with_label(c, f.value, "bootout"));
	if (strcmp(f.key, LAUNCH_KEY_STARTJOB) == 0)
		return (with_label(c, f.value, "start"));
	if (strcmp(f.key, LAUNCH_KEY_STOPJOB) == 0)
		return (with_label(c, f.value, "stop"));
	if (strcmp(f.key, LAUNCH_KEY_GETJOB) == 0)
		return (with_label(c, f.value, "print"));
	if (strcmp(f.key, "ActivateSocket") == 0)
		return (activate(c, f.value));
	if (strcmp(f.key, "Transaction") == 0)
		return (transaction(c, f.value));
	if (strcmp(f.key, LAUNCH_KEY_SETUSERENVIRONMENT) == 0) {
		error = control_may_change(c, c->here);
		if (error == 0)
			launch_data_dict_iterate(f.value, set_one, &s);
		return (error != 0 ? error : s.error);
	}
	if (strcmp(f.key, LAUNCH_KEY_UNSETUSERENVIRONMENT) == 0) {
		error = control_may_change(c, c->here);
		if (error == 0 && launch_data_get_string(f.value) != NULL)
			(void)domain_setenv(c->here,
			    launch_data_get_string(f.value), NULL);
		return (error);
	}
	return (EINVAL);
}

int
control_plain(struct control *c)
{
	const char *what;

	what = launch_data_get_string(c->request);
	if (strcmp(what, LAUNCH_KEY_CHECKIN) == 0)
		return (check_in(c));
	if (strcmp(what, LAUNCH_KEY_GETJOBS) == 0) {
		if (caller_foreign(&c->who, c->here))
			return (EPERM);
		c->answer = describe_jobs(c->here);
		return (0);
	}
	if (strcmp(what, LAUNCH_KEY_GETUSERENVIRONMENT) == 0)
		return (environment(c));
	return (EINVAL);
}
