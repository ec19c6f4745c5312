/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The heap of timers.
 */

#include <stddef.h>

#include "timer.h"

static struct timer *root;
static uint64_t order;

static bool
earlier(const struct timer *a, const struct timer *b)
{

	return (a->t_when != b->t_when ? a->t_when < b->t_when :
	    a->t_order < b->t_order);
}

/* Two trees to one; neither has siblings. */
static struct timer *
meld(struct timer *a, struct timer *b)
{
	struct timer *t;

	if (a == NULL)
		return (b);
	if (b == NULL)
		return (a);
	if (earlier(b, a)) {
		t = a;
		a = b;
		b = t;
	}
	b->t_prev = a;
	b->t_next = a->t_child;
	if (b->t_next != NULL)
		b->t_next->t_prev = b;
	a->t_child = b;
	return (a);
}

/* The children of a removed root: in pairs, then the pairs together. */
static struct timer *
join(struct timer *list)
{
	struct timer *a, *b, *pairs, *tree;

	for (pairs = NULL; list != NULL; ) {
		a = list;
		b = a->t_next;
		list = b != NULL ? b->t_next : NULL;
		a->t_next = a->t_prev = NULL;
		if (b != NULL)
			b->t_next = b->t_prev = NULL;
		a = meld(a, b);
		a->t_next = pairs;
		pairs = a;
	}
	for (tree = NULL; pairs != NULL; ) {
		a = pairs;
		pairs = a->t_next;
		a->t_next = NULL;
		tree = meld(tree, a);
	}
	return (tree);
}

void
timer_stop(struct timer *t)
{
	struct timer *children;

	if (!t->t_set)
		return;
	t->t_set = false;
	children = join(t->t_child);
	t->t_child = NULL;
	if (t == root) {
		root = children;
		return;
	}
	if (t->t_prev->t_child == t)
		t->t_prev->t_child = t->t_next;
	else
		t->t_prev->t_next = t->t_next;
	if (t->t_next != NULL)
		t->t_next->t_prev = t->t_prev;
	t->t_next = t->t_prev = NULL;
	root = meld(root, children);
}

void
timer_set(struct timer *t, uint64_t when)
{

	timer_stop(t);
	t->t_when = when;
	t->t_order = ++order;
	t->t_child = t->t_next = t->t_prev = NULL;
	t->t_set = true;
	root = meld(root, t);
}

uint64_t
timers_run(uint64_t now)
{
	struct timer *t;

	t = root;
	if (t != NULL && t->t_when <= now) {
		timer_stop(t);
		t->t_fn(t);
	}
	return (root != NULL ? root->t_when : UINT64_MAX);
}
