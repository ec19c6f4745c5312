/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Reading the kernel: the tasks, and of each that may be looked into its
 * names, sets and threads.
 */

#include <stdlib.h>
#include <string.h>

#include "lsmp.h"

#define	FIRST_ROOM	64

kern_return_t
inspect(unsigned flavor, uint64_t which, size_t size, void **records,
    unsigned *count)
{
	mach_msg_type_number_t n, room;
	kern_return_t kr;
	void *p;

	for (room = FIRST_ROOM;; room = n + n / 8) {
		p = calloc(room, size);
		if (p == NULL)
			return (KERN_RESOURCE_SHORTAGE);
		n = room;
		kr = mach_inspect(MACH_INSPECT_VERSION, flavor, which, p, &n);
		if (kr == KERN_SUCCESS && n <= room) {
			*records = p;
			*count = n;
			return (KERN_SUCCESS);
		}
		free(p);
		if (kr != KERN_SUCCESS)
			return (kr);
	}
}

static void
task_free(struct task *t)
{

	free(t->t_names);
	free(t->t_members);
	free(t->t_threads);
	t->t_names = NULL;
	t->t_members = NULL;
	t->t_threads = NULL;
	t->t_nnames = t->t_nmembers = t->t_nthreads = 0;
}

/* A task that ended meanwhile is no error: it is not open any more. */
static kern_return_t
gather_task(struct task *t)
{
	kern_return_t kr;
	uint64_t pid;
	void *p;

	if ((t->t_info.mit_flags & MIT_OPEN) == 0)
		return (KERN_SUCCESS);
	pid = (uint64_t)t->t_info.mit_pid;
	kr = inspect(MACH_INSPECT_NAMES, pid, sizeof(*t->t_names), &p,
	    &t->t_nnames);
	if (kr == KERN_SUCCESS) {
		t->t_names = p;
		kr = inspect(MACH_INSPECT_MEMBERS, pid, sizeof(*t->t_members),
		    &p, &t->t_nmembers);
	}
	if (kr == KERN_SUCCESS) {
		t->t_members = p;
		kr = inspect(MACH_INSPECT_THREADS, pid, sizeof(*t->t_threads),
		    &p, &t->t_nthreads);
	}
	if (kr == KERN_SUCCESS) {
		t->t_threads = p;
		t->t_open = true;
	} else
		task_free(t);
	return (kr == KERN_FAILURE ? KERN_SUCCESS : kr);
}

static int
by_pid(const void *a, const void *b)
{
	const struct mach_inspect_task *x, *y;

	x = a;
	y = b;
	return (x->mit_pid < y->mit_pid ? -1 : x->mit_pid > y->mit_pid);
}

static int
by_object(const void *a, const void *b)
{
	const struct holder *x, *y;

	x = a;
	y = b;
	if (x->h_object != y->h_object)
		return (x->h_object < y->h_object ? -1 : 1);
	if (x->h_task != y->h_task)
		return (x->h_task < y->h_task ? -1 : 1);
	return (x->h_name < y->h_name ? -1 : x->h_name > y->h_name);
}

static kern_return_t
index_holders(struct snapshot *s)
{
	struct holder *h;
	struct task *t;
	unsigned i, n;

	n = 0;
	for (t = s->s_tasks; t < s->s_tasks + s->s_ntasks; t++)
		n += t->t_nnames;
	h = calloc(n + 1, sizeof(*h));
	if (h == NULL)
		return (KERN_RESOURCE_SHORTAGE);
	s->s_holders = h;
	for (t = s->s_tasks; t < s->s_tasks + s->s_ntasks; t++)
		for (i = 0; i < t->t_nnames; i++)
			*h++ = (struct holder){ t->t_names[i].min_object, t,
			    &t->t_names[i] };
	s->s_nholders = n;
	qsort(s->s_holders, n, sizeof(*s->s_holders), by_object);
	return (KERN_SUCCESS);
}

kern_return_t
gather(struct snapshot *s)
{
	struct mach_inspect_task *infos;
	kern_return_t kr;
	unsigned i, n;
	void *p;

	memset(s, 0, sizeof(*s));
	kr = inspect(MACH_INSPECT_TASKS, 0, sizeof(*infos), &p, &n);
	if (kr != KERN_SUCCESS)
		return (kr);
	infos = p;
	qsort(infos, n, sizeof(*infos), by_pid);
	s->s_tasks = calloc(n + 1, sizeof(*s->s_tasks));
	if (s->s_tasks == NULL)
		kr = KERN_RESOURCE_SHORTAGE;
	for (i = 0; i < n && kr == KERN_SUCCESS; i++) {
		s->s_tasks[i].t_info = infos[i];
		s->s_ntasks++;
		kr = gather_task(&s->s_tasks[i]);
	}
	free(infos);
	if (kr == KERN_SUCCESS)
		kr = index_holders(s);
	if (kr != KERN_SUCCESS)
		snapshot_free(s);
	return (kr);
}

void
snapshot_free(struct snapshot *s)
{
	unsigned i;

	for (i = 0; i < s->s_ntasks; i++)
		task_free(&s->s_tasks[i]);
	free(s->s_tasks);
	free(s->s_holders);
	memset(s, 0, sizeof(*s));
}

const struct task *
find_task(const struct snapshot *s, int pid)
{
	unsigned i;

	for (i = 0; i < s->s_ntasks; i++)
		if (s->s_tasks[i].t_info.mit_pid == pid)
			return (&s->s_tasks[i]);
	return (NULL);
}

const struct holder *
find_holders(const struct snapshot *s, uint64_t object, unsigned *np)
{
	unsigned high, low, mid;

	*np = 0;
	if (object == 0)
		return (NULL);
	low = 0;
	high = s->s_nholders;
	while (low < high) {
		mid = low + (high - low) / 2;
		if (s->s_holders[mid].h_object < object)
			low = mid + 1;
		else
			high = mid;
	}
	for (mid = low; mid < s->s_nholders &&
	    s->s_holders[mid].h_object == object; mid++)
		++*np;
	return (*np != 0 ? &s->s_holders[low] : NULL);
}
