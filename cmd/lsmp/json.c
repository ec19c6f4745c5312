/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The same for programs.  Objects and names are strings of hexadecimal digits,
 * since numbers of JSON are not exact beyond 53 bits.
 */

#include "lsmp.h"

static void
write_string(FILE *f, const char *s)
{

	(void)fputc('"', f);
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			(void)fprintf(f, "\\%c", *s);
		else if ((unsigned char)*s < ' ' ||
		    (unsigned char)*s >= 0x7f)
			(void)fprintf(f, "\\u%04x", (unsigned char)*s);
		else
			(void)fputc(*s, f);
	}
	(void)fputc('"', f);
}

static void
write_flag(FILE *f, const char *name, bool value)
{

	if (value)
		(void)fprintf(f, ", \"%s\": true", name);
}

static void
write_holders(FILE *f, const struct snapshot *s, const struct task *t,
    const struct mach_inspect_name *n)
{
	const struct holder *h;
	const char *sep;
	unsigned count, i;

	h = find_holders(s, n->min_object, &count);
	sep = "";
	(void)fputs(", \"holders\": [", f);
	for (i = 0; i < count; i++) {
		if (h[i].h_task == t && h[i].h_name == n)
			continue;
		(void)fprintf(f, "%s{\"pid\": %d, \"name\": \"0x%x\", "
		    "\"rights\": \"%s\", \"urefs\": %u, \"special\": %s}", sep,
		    h[i].h_task->t_info.mit_pid, h[i].h_name->min_name,
		    rights_text(h[i].h_name->min_type),
		    h[i].h_name->min_urefs, (h[i].h_name->min_flags &
		    MIN_SPECIAL) != 0 ? "true" : "false");
		sep = ", ";
	}
	(void)fputc(']', f);
}

static void
write_name(FILE *f, const struct snapshot *s, const struct task *t,
    const struct mach_inspect_name *n)
{
	const char *what;

	if ((n->min_flags & MIN_SPECIAL) != 0)
		(void)fprintf(f, "{\"special\": \"%s\"",
		    special_name(n->min_name));
	else
		(void)fprintf(f, "{\"name\": \"0x%x\"", n->min_name);
	(void)fprintf(f, ", \"rights\": \"%s\", \"urefs\": %u",
	    rights_text(n->min_type), n->min_urefs);
	if (n->min_object != 0)
		(void)fprintf(f, ", \"object\": \"%016llx\"",
		    (unsigned long long)n->min_object);
	write_flag(f, "dead", (n->min_flags & MIN_DEAD) != 0);
	write_flag(f, "dead_name_request",
	    (n->min_type & MACH_PORT_TYPE_DNREQUEST) != 0);
	write_flag(f, "send_possible_request",
	    (n->min_type & (MACH_PORT_TYPE_SPREQUEST |
	    MACH_PORT_TYPE_SPREQUEST_DELAYED)) != 0);
	if ((n->min_type & MACH_PORT_TYPE_PORT_SET) != 0)
		(void)fprintf(f, ", \"members\": %u, \"receivers\": %u",
		    n->min_sets, n->min_receivers);
	else if (n->min_object != 0 && (n->min_flags & MIN_DEAD) == 0) {
		what = kobject_name(n->min_kotype);
		if (what != NULL)
			(void)fprintf(f, ", \"kobject\": \"%s\"", what);
		write_flag(f, "kernel", (n->min_flags & MIN_KERNEL) != 0);
		write_flag(f, "transit", (n->min_flags & MIN_TRANSIT) != 0);
		write_flag(f, "no_senders_request",
		    (n->min_flags & MIN_NSREQUEST) != 0);
		write_flag(f, "port_destroyed_request",
		    (n->min_flags & MIN_PDREQUEST) != 0);
		write_flag(f, "guarded", (n->min_flags & MIN_GUARDED) != 0);
		write_flag(f, "strict_guard",
		    (n->min_flags & MIN_STRICT_GUARD) != 0);
		write_flag(f, "immovable",
		    (n->min_flags & MIN_IMMOVABLE) != 0);
		write_flag(f, "reply_port", (n->min_flags & MIN_REPLY) != 0);
		if (n->min_transit != 0)
			(void)fprintf(f, ", \"transit_to\": \"%016llx\"",
			    (unsigned long long)n->min_transit);
		if (n->min_receiver != 0)
			(void)fprintf(f, ", \"receiver\": {\"pid\": %d, "
			    "\"name\": \"0x%x\"}", n->min_receiver,
			    n->min_receiver_name);
		(void)fprintf(f, ", \"msgcount\": %u, \"msgbytes\": %llu, "
		    "\"qlimit\": %u, \"seqno\": %u, \"mscount\": %u, "
		    "\"srights\": %u, \"sorights\": %u, \"receivers\": %u, "
		    "\"senders\": %u, \"sets\": %u, \"context\": \"0x%llx\"",
		    n->min_msgcount, (unsigned long long)n->min_msgbytes,
		    n->min_qlimit, n->min_seqno, n->min_mscount,
		    n->min_srights, n->min_sorights, n->min_receivers,
		    n->min_senders, n->min_sets,
		    (unsigned long long)n->min_context);
	}
	if ((n->min_type & MACH_PORT_TYPE_RECEIVE) != 0)
		write_holders(f, s, t, n);
	(void)fputc('}', f);
}

static void
write_members(FILE *f, const struct task *t)
{
	const struct mach_inspect_member *m;
	unsigned i;

	for (i = 0; i < t->t_nmembers; i++) {
		m = &t->t_members[i];
		(void)fprintf(f, "%s\n    {\"set\": \"0x%x\", \"set_object\": "
		    "\"%016llx\", \"port\": \"0x%x\", \"port_object\": "
		    "\"%016llx\"}", i == 0 ? "" : ",", m->mim_set_name,
		    (unsigned long long)m->mim_set, m->mim_port_name,
		    (unsigned long long)m->mim_port);
	}
}

static void
write_threads(FILE *f, const struct task *t)
{
	const struct mach_inspect_thread *th;
	unsigned i;

	for (i = 0; i < t->t_nthreads; i++) {
		th = &t->t_threads[i];
		(void)fprintf(f, "%s\n    {\"tid\": %llu, \"wait\": \"%s\"",
		    i == 0 ? "" : ",", (unsigned long long)th->mth_tid,
		    wait_name(th->mth_wait));
		if (th->mth_name != 0)
			(void)fprintf(f, ", \"name\": \"0x%x\"",
			    th->mth_name);
		if (th->mth_object != 0)
			(void)fprintf(f, ", \"object\": \"%016llx\"",
			    (unsigned long long)th->mth_object);
		(void)fputc('}', f);
	}
}

static void
write_task(FILE *f, const struct snapshot *s, const struct task *t)
{
	unsigned i;

	(void)fprintf(f, "{\"pid\": %d, \"user\": %u, \"command\": ",
	    t->t_info.mit_pid, t->t_info.mit_ruid);
	write_string(f, t->t_info.mit_comm);
	(void)fprintf(f, ", \"open\": %s", t->t_open ? "true" : "false");
	if (t->t_open) {
		(void)fprintf(f, ",\n   \"task\": \"%016llx\", \"kmem\": %llu, "
		    "\"message_bytes\": %llu, \"ool_bytes\": %llu, "
		    "\"timers\": %u, \"semaphores\": %u,\n   \"names\": [",
		    (unsigned long long)t->t_info.mit_task,
		    (unsigned long long)t->t_info.mit_kmem,
		    (unsigned long long)t->t_info.mit_message_bytes,
		    (unsigned long long)t->t_info.mit_ool_bytes,
		    t->t_info.mit_timers, t->t_info.mit_semaphores);
		for (i = 0; i < t->t_nnames; i++) {
			(void)fprintf(f, "%s\n    ", i == 0 ? "" : ",");
			write_name(f, s, t, &t->t_names[i]);
		}
		(void)fputs("],\n   \"members\": [", f);
		write_members(f, t);
		(void)fputs("],\n   \"threads\": [", f);
		write_threads(f, t);
		(void)fputc(']', f);
	}
	(void)fputc('}', f);
}

void
write_json(FILE *f, const struct snapshot *s, int pid)
{
	const char *sep;
	unsigned i;

	sep = "";
	(void)fprintf(f, "{\"version\": %d,\n \"tasks\": [",
	    MACH_INSPECT_VERSION);
	for (i = 0; i < s->s_ntasks; i++) {
		if (pid != 0 && s->s_tasks[i].t_info.mit_pid != pid)
			continue;
		(void)fprintf(f, "%s\n  ", sep);
		write_task(f, s, &s->s_tasks[i]);
		sep = ",";
	}
	(void)fputs("]}\n", f);
}
