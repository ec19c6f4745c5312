/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * From a property list to the description of a job.
 *
 * Each known key has one reader, which checks the type of the value and copies
 * it. A wrong type is an error of the whole job; a key that is not known is
 * not.
 */

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <servers/bootstrap.h>

#include "job_config.h"

struct reading {
	struct job_config *config;
	struct plist_error *error;
};

struct key {
	const char	*name;
	bool		(*read)(struct reading *, const struct plist *);
};

#define	LABEL_MAX	255

static bool
wrong(struct reading *r, unsigned line, const char *key, const char *what)
{

	plist_error_set(r->error, line, "%.64s: %s", key, what);
	return (false);
}

static bool
want(struct reading *r, const struct plist *p, enum plist_type type)
{
	char what[80];

	if (p->type == type)
		return (true);
	(void)snprintf(what, sizeof(what), "expected %s, found %s",
	    plist_type_name(type), plist_type_name(p->type));
	return (wrong(r, p->line, p->key != NULL ? p->key : "element", what));
}

static bool
copy_string(struct reading *r, const struct plist *p, const char *s, char **to)
{

	*to = strdup(s);
	return (*to != NULL || wrong(r, p->line, "value", "out of memory"));
}

static bool
read_string(struct reading *r, const struct plist *p, char **to)
{

	if (!want(r, p, PLIST_STRING))
		return (false);
	if (p->string[0] == '\0')
		return (wrong(r, p->line, p->key, "empty string"));
	return (copy_string(r, p, p->string, to));
}

static bool
read_boolean(struct reading *r, const struct plist *p, bool *to)
{

	if (!want(r, p, PLIST_BOOLEAN))
		return (false);
	*to = p->boolean;
	return (true);
}

static bool
read_seconds(struct reading *r, const struct plist *p, unsigned *to)
{

	if (!want(r, p, PLIST_INTEGER))
		return (false);
	if (p->integer < 0 || p->integer > JOB_SECONDS_MAX)
		return (wrong(r, p->line, p->key, "out of range"));
	*to = (unsigned)p->integer;
	return (true);
}

/* Room for the children of a container and the NULL at the end. */
static char **
list_alloc(struct reading *r, const struct plist *p)
{
	const struct plist *q;
	char **list;
	size_t n;

	n = 1;
	for (q = p->children; q != NULL; q = q->next)
		n++;
	list = calloc(n, sizeof(*list));
	if (list == NULL)
		(void)wrong(r, p->line, p->key, "out of memory");
	return (list);
}

static void
list_free(char **list)
{
	char **s;

	if (list == NULL)
		return;
	for (s = list; *s != NULL; s++)
		free(*s);
	free(list);
}

/*
 * Readers, one a key.
 */

static bool
read_label(struct reading *r, const struct plist *p)
{

	if (p->type == PLIST_STRING && strlen(p->string) > LABEL_MAX)
		return (wrong(r, p->line, p->key, "longer than 255 bytes"));
	return (read_string(r, p, &r->config->label));
}

static bool
read_program(struct reading *r, const struct plist *p)
{

	return (read_string(r, p, &r->config->program));
}

static bool
read_arguments(struct reading *r, const struct plist *p)
{
	const struct plist *q;
	char **s;

	if (!want(r, p, PLIST_ARRAY))
		return (false);
	if (p->children == NULL)
		return (wrong(r, p->line, p->key, "empty array"));
	r->config->argv = s = list_alloc(r, p);
	if (s == NULL)
		return (false);
	for (q = p->children; q != NULL; q = q->next, s++) {
		if (q->type != PLIST_STRING)
			return (wrong(r, q->line, p->key,
			    "an element is not a string"));
		if (!copy_string(r, q, q->string, s))
			return (false);
	}
	return (true);
}

static bool
read_environment(struct reading *r, const struct plist *p)
{
	const struct plist *q;
	size_t size;
	char **s;

	if (!want(r, p, PLIST_DICT))
		return (false);
	r->config->env = s = list_alloc(r, p);
	if (s == NULL)
		return (false);
	for (q = p->children; q != NULL; q = q->next, s++) {
		if (!want(r, q, PLIST_STRING))
			return (false);
		if (q->key[0] == '\0' || strchr(q->key, '=') != NULL)
			return (wrong(r, q->line, p->key,
			    "not the name of a variable"));
		size = strlen(q->key) + strlen(q->string) + 2;
		*s = malloc(size);
		if (*s == NULL)
			return (wrong(r, q->line, p->key, "out of memory"));
		(void)snprintf(*s, size, "%s=%s", q->key, q->string);
	}
	return (true);
}

/* The value is true, or a dictionary of options; false: not offered. */
static bool
read_services(struct reading *r, const struct plist *p)
{
	const struct plist *q;
	char **s;

	if (!want(r, p, PLIST_DICT))
		return (false);
	r->config->services = s = list_alloc(r, p);
	if (s == NULL)
		return (false);
	for (q = p->children; q != NULL; q = q->next) {
		if (q->type != PLIST_BOOLEAN && q->type != PLIST_DICT)
			return (wrong(r, q->line, q->key,
			    "expected boolean or dictionary"));
		if (q->key[0] == '\0')
			return (wrong(r, q->line, p->key,
			    "empty service name"));
		if (strlen(q->key) >= BOOTSTRAP_MAX_NAME_LEN)
			return (wrong(r, q->line, q->key,
			    "service name longer than 127 bytes"));
		if (q->type == PLIST_BOOLEAN && !q->boolean)
			continue;
		if (!copy_string(r, q, q->key, s))
			return (false);
		s++;
	}
	return (true);
}

static bool
read_run_at_load(struct reading *r, const struct plist *p)
{

	return (read_boolean(r, p, &r->config->run_at_load));
}

static bool
read_disabled(struct reading *r, const struct plist *p)
{

	return (read_boolean(r, p, &r->config->disabled));
}

static bool
read_condition(struct reading *r, struct plist *p, enum condition *to)
{
	bool value;

	if (!read_boolean(r, p, &value))
		return (false);
	p->seen = true;
	*to = value ? CONDITION_TRUE : CONDITION_FALSE;
	return (true);
}

static bool
read_keep_alive(struct reading *r, const struct plist *p)
{
	struct job_config *c;
	struct plist *q;

	c = r->config;
	if (p->type == PLIST_BOOLEAN) {
		c->keep_alive = p->boolean ? KEEP_ALIVE_ALWAYS :
		    KEEP_ALIVE_NEVER;
		return (true);
	}
	if (p->type != PLIST_DICT)
		return (wrong(r, p->line, p->key,
		    "expected boolean or dictionary"));
	c->keep_alive = KEEP_ALIVE_CONDITIONS;
	q = plist_get(p, "SuccessfulExit");
	if (q != NULL && !read_condition(r, q, &c->successful_exit))
		return (false);
	q = plist_get(p, "Crashed");
	return (q == NULL || read_condition(r, q, &c->crashed));
}

static bool
read_stdin(struct reading *r, const struct plist *p)
{

	return (read_string(r, p, &r->config->stdin_path));
}

static bool
read_stdout(struct reading *r, const struct plist *p)
{

	return (read_string(r, p, &r->config->stdout_path));
}

static bool
read_stderr(struct reading *r, const struct plist *p)
{

	return (read_string(r, p, &r->config->stderr_path));
}

static bool
read_directory(struct reading *r, const struct plist *p)
{

	return (read_string(r, p, &r->config->working_directory));
}

static bool
read_throttle(struct reading *r, const struct plist *p)
{

	return (read_seconds(r, p, &r->config->throttle_interval));
}

static bool
read_exit_timeout(struct reading *r, const struct plist *p)
{

	return (read_seconds(r, p, &r->config->exit_timeout));
}

static const struct key keys[] = {
	{ "Label", read_label },
	{ "Program", read_program },
	{ "ProgramArguments", read_arguments },
	{ "EnvironmentVariables", read_environment },
	{ "MachServices", read_services },
	{ "RunAtLoad", read_run_at_load },
	{ "KeepAlive", read_keep_alive },
	{ "StandardInPath", read_stdin },
	{ "StandardOutPath", read_stdout },
	{ "StandardErrorPath", read_stderr },
	{ "WorkingDirectory", read_directory },
	{ "ThrottleInterval", read_throttle },
	{ "ExitTimeOut", read_exit_timeout },
	{ "Disabled", read_disabled },
};

/*
 * The whole.
 */

static bool
read_keys(struct reading *r, struct plist *root)
{
	struct plist *p;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		p = plist_get(root, keys[i].name);
		if (p == NULL)
			continue;
		p->seen = true;
		if (!keys[i].read(r, p))
			return (false);
	}
	return (true);
}

/* What no single key can tell. */
static bool
complete(struct reading *r, const struct plist *root)
{
	struct job_config *c;

	c = r->config;
	if (c->label == NULL)
		return (wrong(r, root->line, "Label", "missing"));
	if (c->argv == NULL && c->program == NULL)
		return (wrong(r, root->line, "Program",
		    "missing, and no ProgramArguments either"));
	if (c->argv == NULL) {
		c->argv = calloc(2, sizeof(*c->argv));
		if (c->argv == NULL || (c->argv[0] = strdup(c->program)) ==
		    NULL)
			return (wrong(r, root->line, "Program",
			    "out of memory"));
	}
	if (c->program == NULL) {
		if (c->argv[0][0] == '\0')
			return (wrong(r, root->line, "ProgramArguments",
			    "the first element is empty"));
		if (!copy_string(r, root, c->argv[0], &c->program))
			return (false);
	}
	return (true);
}

static void
tell_unknown(struct job_config *c, const struct plist *root,
    job_config_unknown_t unknown, void *arg)
{
	const struct plist *p, *q;
	char path[160];

	for (p = root->children; p != NULL; p = p->next) {
		if (!p->seen)
			unknown(arg, c, p->key, p->line);
		else if (strcmp(p->key, "KeepAlive") == 0 &&
		    p->type == PLIST_DICT)
			for (q = p->children; q != NULL; q = q->next)
				if (!q->seen) {
					(void)snprintf(path, sizeof(path),
					    "KeepAlive/%.128s", q->key);
					unknown(arg, c, path, q->line);
				}
	}
}

static struct job_config *
config_alloc(void)
{
	struct job_config *c;

	c = calloc(1, sizeof(*c));
	if (c != NULL) {
		c->throttle_interval = JOB_THROTTLE_DEFAULT;
		c->exit_timeout = JOB_EXIT_TIMEOUT_DEFAULT;
	}
	return (c);
}

struct job_config *
job_config_new(struct plist *root, job_config_unknown_t unknown, void *arg,
    struct plist_error *error)
{
	struct reading r;

	if (root->type != PLIST_DICT) {
		plist_error_set(error, root->line,
		    "a job is a dictionary, found %s",
		    plist_type_name(root->type));
		return (NULL);
	}
	r.error = error;
	r.config = config_alloc();
	if (r.config == NULL) {
		plist_error_set(error, 0, "out of memory");
		return (NULL);
	}
	if (!read_keys(&r, root) || !complete(&r, root)) {
		job_config_free(r.config);
		return (NULL);
	}
	if (unknown != NULL)
		tell_unknown(r.config, root, unknown, arg);
	return (r.config);
}

struct job_config *
job_config_command(const char *label, char *const *argv)
{
	struct job_config *c;
	size_t i, n;

	c = config_alloc();
	if (c == NULL)
		return (NULL);
	for (n = 0; argv[n] != NULL; n++)
		;
	c->label = strdup(label);
	c->program = strdup(argv[0]);
	c->argv = calloc(n + 1, sizeof(*c->argv));
	if (c->label == NULL || c->program == NULL || c->argv == NULL)
		goto fail;
	for (i = 0; i < n; i++)
		if ((c->argv[i] = strdup(argv[i])) == NULL)
			goto fail;
	c->run_at_load = true;
	return (c);
fail:
	job_config_free(c);
	return (NULL);
}

void
job_config_free(struct job_config *c)
{

	if (c == NULL)
		return;
	free(c->label);
	free(c->program);
	list_free(c->argv);
	list_free(c->env);
	list_free(c->services);
	free(c->stdin_path);
	free(c->stdout_path);
	free(c->stderr_path);
	free(c->working_directory);
	free(c);
}
