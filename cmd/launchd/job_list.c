/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * All jobs, in the order in which they were loaded, and by label and process.
 */

#include <stdio.h>
#include <string.h>

#include "launchd.h"

#define	HASH_SIZE	1024		/* a power of two */

struct job_list jobs = TAILQ_HEAD_INITIALIZER(jobs);

static LIST_HEAD(, job) by_label[HASH_SIZE];
static LIST_HEAD(, job) by_pid[HASH_SIZE];

static unsigned
hash_label(const char *label)
{
	uint32_t h;

	for (h = 2166136261U; *label != '\0'; label++)
		h = (h ^ (unsigned char)*label) * 16777619U;
	return (h & (HASH_SIZE - 1));
}

void
job_list_add(struct job *job)
{

	TAILQ_INSERT_TAIL(&jobs, job, j_link);
	LIST_INSERT_HEAD(&by_label[hash_label(job->j_label)], job,
	    j_label_link);
}

void
job_list_remove(struct job *job)
{

	TAILQ_REMOVE(&jobs, job, j_link);
	LIST_REMOVE(job, j_label_link);
}

void
job_set_pid(struct job *job, pid_t pid)
{

	if (job->j_pid != 0)
		LIST_REMOVE(job, j_pid_link);
	job->j_pid = pid;
	if (pid != 0)
		LIST_INSERT_HEAD(&by_pid[(unsigned)pid & (HASH_SIZE - 1)], job,
		    j_pid_link);
}

struct job *
job_by_pid(pid_t pid)
{
	struct job *job;

	if (pid <= 0)
		return (NULL);
	LIST_FOREACH(job, &by_pid[(unsigned)pid & (HASH_SIZE - 1)], j_pid_link)
		if (job->j_pid == pid)
			return (job);
	return (NULL);
}

struct job *
job_by_label(const struct domain *d, const char *label)
{
	struct job *job;

	LIST_FOREACH(job, &by_label[hash_label(label)], j_label_link)
		if (job->j_domain == d && strcmp(job->j_label, label) == 0)
			return (job);
	return (NULL);
}

const char *
job_label(const struct job *job)
{

	return (job->j_label);
}

const char *
job_name(const struct job *job, char *to, size_t size)
{

	(void)snprintf(to, size, "%s/%s", job->j_domain->d_name, job->j_label);
	return (to);
}

const char *
job_state_name(const struct job *job)
{

	switch (job->j_state) {
	case JOB_IDLE:
		return ("not running");
	case JOB_WAITING:
		return ("waiting");
	case JOB_RUNNING:
		return (job->j_stopping ? "stopping" : "running");
	case JOB_RECOVERING:
		return ("recovering");
	}
	return ("?");
}
