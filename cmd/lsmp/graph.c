/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Who holds what, for Graphviz.  A task is a cluster with a box for itself and
 * the ports and sets it receives from; arrows lead from a task to the ports
 * that it has send rights to, from a set to its members, from a port in a
 * message to the port whose queue that is in, from a waiting thread to what it
 * waits for.
 */

#include <stdlib.h>

#include "lsmp.h"

static void
write_label(FILE *f, const char *s)
{

	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			(void)fputc('\\', f);
		(void)fputc((unsigned char)*s < ' ' ? ' ' : *s, f);
	}
}

static void
write_port(FILE *f, const struct mach_inspect_name *n)
{
	const char *what;
	bool set;

	set = (n->min_type & MACH_PORT_TYPE_PORT_SET) != 0;
	what = kobject_name(n->min_kotype);
	(void)fprintf(f, "    o%016llx [shape=%s, label=\"",
	    (unsigned long long)n->min_object, set ? "folder" : "ellipse");
	if (what != NULL)
		(void)fputs(what, f);
	else if (set)
		(void)fprintf(f, "set 0x%x", n->min_name);
	else if ((n->min_flags & MIN_DEAD) != 0)
		(void)fputs("dead", f);
	else
		(void)fprintf(f, "0x%x", (n->min_type &
		    MACH_PORT_TYPE_RECEIVE) != 0 ? n->min_name :
		    n->min_receiver_name);
	if (!set && (n->min_flags & (MIN_KERNEL | MIN_DEAD)) == 0)
		(void)fprintf(f, "\\n%u/%u", n->min_msgcount, n->min_qlimit);
	(void)fputs("\"];\n", f);
}

/* Is the port of this right drawn by another task, that receives from it? */
static bool
drawn_elsewhere(const struct snapshot *s, const struct holder *first,
    unsigned count)
{
	unsigned i;

	(void)s;
	for (i = 0; i < count; i++)
		if ((first[i].h_name->min_type & (MACH_PORT_TYPE_RECEIVE |
		    MACH_PORT_TYPE_PORT_SET)) != 0)
			return (true);
	return (false);
}

static void
write_cluster(FILE *f, const struct task *t)
{
	const struct mach_inspect_thread *th;
	unsigned i;

	(void)fprintf(f, "  subgraph cluster_%d {\n    label=\"",
	    t->t_info.mit_pid);
	write_label(f, t->t_info.mit_comm);
	(void)fprintf(f, " (%d)\";\n    t%d [shape=box, label=\"%d\"];\n",
	    t->t_info.mit_pid, t->t_info.mit_pid, t->t_info.mit_pid);
	for (i = 0; i < t->t_nnames; i++)
		if ((t->t_names[i].min_type & (MACH_PORT_TYPE_RECEIVE |
		    MACH_PORT_TYPE_PORT_SET)) != 0)
			write_port(f, &t->t_names[i]);
	for (i = 0; i < t->t_nthreads; i++) {
		th = &t->t_threads[i];
		if (th->mth_object != 0)
			(void)fprintf(f, "    h%d_%llu [shape=plaintext, "
			    "label=\"thread %llu\\n%s\"];\n",
			    t->t_info.mit_pid,
			    (unsigned long long)th->mth_tid,
			    (unsigned long long)th->mth_tid,
			    wait_name(th->mth_wait));
	}
	(void)fputs("  }\n", f);
}

static void
write_edges(FILE *f, const struct task *t)
{
	const struct mach_inspect_name *n;
	const struct mach_inspect_thread *th;
	unsigned i;

	for (i = 0; i < t->t_nnames; i++) {
		n = &t->t_names[i];
		if (n->min_object == 0)
			continue;
		if ((n->min_type & (MACH_PORT_TYPE_SEND |
		    MACH_PORT_TYPE_SEND_ONCE)) == 0)
			continue;
		(void)fprintf(f, "  t%d -> o%016llx [", t->t_info.mit_pid,
		    (unsigned long long)n->min_object);
		if ((n->min_flags & MIN_SPECIAL) != 0)
			(void)fprintf(f, "label=\"%s\"",
			    special_name(n->min_name));
		else
			(void)fprintf(f, "label=\"0x%x\"", n->min_name);
		if ((n->min_type & MACH_PORT_TYPE_SEND_ONCE) != 0)
			(void)fputs(", arrowhead=empty", f);
		(void)fputs("];\n", f);
	}
	for (i = 0; i < t->t_nmembers; i++)
		(void)fprintf(f, "  o%016llx -> o%016llx [style=dashed];\n",
		    (unsigned long long)t->t_members[i].mim_set,
		    (unsigned long long)t->t_members[i].mim_port);
	for (i = 0; i < t->t_nthreads; i++) {
		th = &t->t_threads[i];
		if (th->mth_object != 0)
			(void)fprintf(f, "  h%d_%llu -> o%016llx "
			    "[style=dotted];\n", t->t_info.mit_pid,
			    (unsigned long long)th->mth_tid,
			    (unsigned long long)th->mth_object);
	}
}

static bool
chosen(const struct task *t, int pid)
{

	return (t->t_open && (pid == 0 || t->t_info.mit_pid == pid));
}

void
write_graph(FILE *f, const struct snapshot *s, int pid)
{
	const struct holder *first;
	const struct mach_inspect_name *n;
	unsigned count, i, j;

	(void)fputs("digraph mach {\n  rankdir=LR;\n", f);
	for (i = 0; i < s->s_ntasks; i++)
		if (chosen(&s->s_tasks[i], pid))
			write_cluster(f, &s->s_tasks[i]);
	/* Ports of the kernel, in messages, of tasks that are not drawn. */
	for (i = 0; i < s->s_nholders; i += count) {
		first = &s->s_holders[i];
		for (count = 1; i + count < s->s_nholders &&
		    first[count].h_object == first->h_object; count++)
			;
		if (first->h_object == 0)
			continue;
		for (j = 0; j < count; j++)
			if (chosen(first[j].h_task, pid))
				break;
		if (j == count)
			continue;
		n = first[j].h_name;
		if (pid == 0 && drawn_elsewhere(s, first, count))
			continue;
		if (pid != 0 && (n->min_type & (MACH_PORT_TYPE_RECEIVE |
		    MACH_PORT_TYPE_PORT_SET)) != 0)
			continue;
		write_port(f, n);
		if (n->min_transit != 0)
			(void)fprintf(f, "  o%016llx -> o%016llx "
			    "[style=dotted, label=\"in queue\"];\n",
			    (unsigned long long)n->min_object,
			    (unsigned long long)n->min_transit);
	}
	for (i = 0; i < s->s_ntasks; i++)
		if (chosen(&s->s_tasks[i], pid))
			write_edges(f, &s->s_tasks[i]);
	(void)fputs("}\n", f);
}
