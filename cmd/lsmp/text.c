/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The table for people.  A row a name; below a receive right, who holds send
 * rights to it; below a set, its members.
 */

#include "lsmp.h"

static const char header[] =
    "  name        object            rights     urefs flags       "
    "queue  limit    seqno mkcnt  send sonce  sets  wait";

/* A letter a property. */
static const char *
flags_text(const struct mach_inspect_name *n)
{
	static char text[12];
	char *p;

	p = text;
	*p++ = (n->min_flags & MIN_GUARDED) == 0 ? '-' :
	    (n->min_flags & MIN_STRICT_GUARD) != 0 ? 'G' : 'g';
	*p++ = (n->min_flags & MIN_IMMOVABLE) != 0 ? 'i' : '-';
	*p++ = (n->min_flags & MIN_REPLY) != 0 ? 'r' : '-';
	*p++ = (n->min_flags & MIN_NSREQUEST) != 0 ? 'n' : '-';
	*p++ = (n->min_flags & MIN_PDREQUEST) != 0 ? 'p' : '-';
	*p++ = (n->min_type & MACH_PORT_TYPE_DNREQUEST) != 0 ? 'd' : '-';
	*p++ = (n->min_type & (MACH_PORT_TYPE_SPREQUEST |
	    MACH_PORT_TYPE_SPREQUEST_DELAYED)) != 0 ? 's' : '-';
	*p++ = (n->min_flags & MIN_DEAD) != 0 ? 'x' : '-';
	*p = '\0';
	return (text);
}

static void
write_pid(FILE *f, const struct snapshot *s, int pid)
{
	const struct task *t;

	t = find_task(s, pid);
	(void)fprintf(f, "(%d)%s%s", pid, t != NULL ? " " : "",
	    t != NULL ? t->t_info.mit_comm : "");
}

/* Whose task port it is. */
static const struct task *
task_of(const struct snapshot *s, uint64_t object)
{
	unsigned i;

	for (i = 0; i < s->s_ntasks; i++)
		if (s->s_tasks[i].t_info.mit_task == object)
			return (&s->s_tasks[i]);
	return (NULL);
}

/* Where a right leads. */
static void
write_target(FILE *f, const struct snapshot *s,
    const struct mach_inspect_name *n)
{
	const struct task *t;
	const char *what;

	what = kobject_name(n->min_kotype);
	if (what != NULL)
		(void)fprintf(f, "  %s", what);
	if ((n->min_flags & MIN_KERNEL) != 0 &&
	    (t = task_of(s, n->min_object)) != NULL) {
		(void)fputc(' ', f);
		write_pid(f, s, t->t_info.mit_pid);
	}
	if ((n->min_type & MACH_PORT_TYPE_RECEIVE) != 0 ||
	    (n->min_flags & (MIN_DEAD | MIN_KERNEL)) != 0 ||
	    n->min_object == 0)
		return;
	if ((n->min_flags & MIN_TRANSIT) != 0) {
		(void)fputs("  -> in a message", f);
		if (n->min_transit != 0)
			(void)fprintf(f, " to %016llx",
			    (unsigned long long)n->min_transit);
	} else if (n->min_receiver != 0) {
		(void)fprintf(f, "  -> 0x%08x ", n->min_receiver_name);
		write_pid(f, s, n->min_receiver);
	}
}

static void
write_name(FILE *f, const struct snapshot *s,
    const struct mach_inspect_name *n)
{

	if ((n->min_flags & MIN_SPECIAL) != 0)
		(void)fprintf(f, "  %-10s", special_name(n->min_name));
	else
		(void)fprintf(f, "  0x%08x", n->min_name);
	if (n->min_object != 0)
		(void)fprintf(f, "  %016llx",
		    (unsigned long long)n->min_object);
	else
		(void)fprintf(f, "  %16s", "-");
	(void)fprintf(f, "  %-9s %6u %s", rights_text(n->min_type),
	    n->min_urefs, flags_text(n));
	if ((n->min_type & MACH_PORT_TYPE_PORT_SET) != 0)
		(void)fprintf(f, "%47s %5u %5u", "", n->min_sets,
		    n->min_receivers);
	else if (n->min_object != 0 && (n->min_flags & MIN_DEAD) == 0)
		(void)fprintf(f, " %8u %6u %8u %5u %5u %5u %5u %5u",
		    n->min_msgcount, n->min_qlimit, n->min_seqno,
		    n->min_mscount, n->min_srights, n->min_sorights,
		    n->min_sets, n->min_receivers + n->min_senders);
	write_target(f, s, n);
	(void)fputc('\n', f);
}

static void
write_holders(FILE *f, const struct snapshot *s, const struct task *t,
    const struct mach_inspect_name *n)
{
	const struct holder *h;
	unsigned i, count;

	h = find_holders(s, n->min_object, &count);
	for (i = 0; i < count; i++) {
		if (h[i].h_name == n || (h[i].h_task == t &&
		    (h[i].h_name->min_flags & MIN_SPECIAL) == 0 &&
		    h[i].h_name->min_name == n->min_name))
			continue;
		(void)fprintf(f, "  %10s  %16s  %-9s %6u  <- ", "", "+",
		    rights_text(h[i].h_name->min_type),
		    h[i].h_name->min_urefs);
		if ((h[i].h_name->min_flags & MIN_SPECIAL) != 0)
			(void)fprintf(f, "%s ",
			    special_name(h[i].h_name->min_name));
		else
			(void)fprintf(f, "0x%08x ", h[i].h_name->min_name);
		write_pid(f, s, h[i].h_task->t_info.mit_pid);
		(void)fputc('\n', f);
	}
}

static void
write_members(FILE *f, const struct task *t, mach_port_name_t set)
{
	unsigned i;

	for (i = 0; i < t->t_nmembers; i++)
		if (t->t_members[i].mim_set_name == set)
			(void)fprintf(f, "  %10s  %016llx  %-9s         "
			    "0x%08x\n", "", (unsigned long long)
			    t->t_members[i].mim_port, "member",
			    t->t_members[i].mim_port_name);
}

static void
write_threads(FILE *f, const struct task *t)
{
	const struct mach_inspect_thread *th;
	unsigned i;

	for (i = 0; i < t->t_nthreads; i++) {
		th = &t->t_threads[i];
		(void)fprintf(f, "  thread %llu: %s",
		    (unsigned long long)th->mth_tid, wait_name(th->mth_wait));
		if (th->mth_name != 0)
			(void)fprintf(f, " 0x%08x", th->mth_name);
		if (th->mth_object != 0)
			(void)fprintf(f, " %016llx",
			    (unsigned long long)th->mth_object);
		(void)fputc('\n', f);
	}
}

static void
write_totals(FILE *f, const struct task *t)
{
	unsigned dead, i, recv, send, set, sonce, total;
	mach_port_type_t type;

	dead = recv = send = set = sonce = total = 0;
	for (i = 0; i < t->t_nnames; i++) {
		if ((t->t_names[i].min_flags & MIN_SPECIAL) != 0)
			continue;
		type = t->t_names[i].min_type;
		total++;
		dead += (type & MACH_PORT_TYPE_DEAD_NAME) != 0;
		recv += (type & MACH_PORT_TYPE_RECEIVE) != 0;
		send += (type & MACH_PORT_TYPE_SEND) != 0;
		set += (type & MACH_PORT_TYPE_PORT_SET) != 0;
		sonce += (type & MACH_PORT_TYPE_SEND_ONCE) != 0;
	}
	(void)fprintf(f, "  total %u: send %u, receive %u, send-once %u, "
	    "port-set %u, dead-name %u\n", total, send, recv, sonce, set, dead);
	(void)fprintf(f, "  memory: %llu names and tables, %llu messages, "
	    "%llu out-of-line\n", (unsigned long long)t->t_info.mit_kmem,
	    (unsigned long long)t->t_info.mit_message_bytes,
	    (unsigned long long)t->t_info.mit_ool_bytes);
}

static void
write_task(FILE *f, const struct snapshot *s, const struct task *t)
{
	const struct mach_inspect_name *n;
	unsigned i;

	(void)fprintf(f, "Process (%d) : %s, user %u\n", t->t_info.mit_pid,
	    t->t_info.mit_comm, t->t_info.mit_ruid);
	if (!t->t_open) {
		(void)fputs("  not to be looked into\n\n", f);
		return;
	}
	(void)fprintf(f, "%s\n", header);
	for (i = 0; i < t->t_nnames; i++) {
		n = &t->t_names[i];
		write_name(f, s, n);
		if ((n->min_type & MACH_PORT_TYPE_RECEIVE) != 0)
			write_holders(f, s, t, n);
		if ((n->min_type & MACH_PORT_TYPE_PORT_SET) != 0)
			write_members(f, t, n->min_name);
	}
	write_threads(f, t);
	write_totals(f, t);
	(void)fputc('\n', f);
}

void
write_text(FILE *f, const struct snapshot *s, int pid)
{
	unsigned i;

	for (i = 0; i < s->s_ntasks; i++)
		if (pid == 0 || s->s_tasks[i].t_info.mit_pid == pid)
			write_task(f, s, &s->s_tasks[i]);
}
