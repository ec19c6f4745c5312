/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The key LaunchEvents: streams of events, each with events by name, each of
 * pairs that must match.  There is one stream, that of the host's devices;
 * what another would need is not there.
 */

#include <stdlib.h>
#include <string.h>

#include "job_config.h"
#include "value.h"

#ifdef __FreeBSD__
#define	DEVICES	"org.freebsd.devd"
#else
#define	DEVICES	"org.kernel.uevent"
#endif

const char *
job_stream_useless(const char *stream)
{
	static const struct {
		const char	*stream;
		const char	*why;
	} known[] = {
		{ "com.apple.notifyd.matching", "there is no notifyd" },
		{ "com.apple.distnoted.matching", "there is no distnoted" },
		{ "com.apple.iokit.matching", "there is no IOKit; see "
		    DEVICES },
		{ "com.apple.fsevents.matching", "there is no fseventsd; see "
		    "WatchPaths" },
		{ "com.apple.time", "see StartCalendarInterval" },
	};
	size_t i;

	if (strcmp(stream, DEVICES) == 0)
		return (NULL);
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(stream, known[i].stream) == 0)
			return (known[i].why);
	return ("there is no source of such events");
}

static bool
read_stream(struct reading *r, const struct plist *p, struct event_config **e)
{
	const struct plist *q;

	if (!reading_want(r, p, PLIST_DICT))
		return (false);
	for (q = p->children; q != NULL; q = q->next) {
		if (!reading_want(r, q, PLIST_DICT))
			return (false);
		if (q->children == NULL)
			return (reading_wrong(r, q->line, q->key,
			    "an event of no pair would be any"));
		(*e)->stream = strdup(p->key);
		(*e)->name = strdup(q->key);
		if ((*e)->stream == NULL || (*e)->name == NULL)
			return (reading_wrong(r, q->line, q->key,
			    "out of memory"));
		if (!read_pairs(r, q, "not the key of an event",
		    &(*e)++->match))
			return (false);
	}
	return (true);
}

bool
job_events_read(struct reading *r, struct plist *p)
{
	struct event_config *e;
	const struct plist *q;
	size_t n;

	if (!reading_want(r, p, PLIST_DICT))
		return (false);
	for (n = 0, q = p->children; q != NULL; q = q->next)
		n += plist_count(q);
	r->config->events = e = calloc(n + 1, sizeof(*e));
	if (e == NULL)
		return (reading_wrong(r, p->line, p->key, "out of memory"));
	for (q = p->children; q != NULL; q = q->next)
		if (job_stream_useless(q->key) == NULL &&
		    !read_stream(r, q, &e))
			return (false);
	return (true);
}

void
job_events_write(const struct job_config *c, launch_data_t to)
{
	launch_data_t list, stream;
	const struct event_config *e;

	if (c->events == NULL || c->events->stream == NULL)
		return;
	list = dictionary();
	for (e = c->events; e->stream != NULL; e++) {
		stream = member(list, e->stream, LAUNCH_DATA_DICTIONARY);
		put_pairs(stream, e->name, e->match);
	}
	put_value(to, "LaunchEvents", list);
}

void
job_events_free(struct event_config *list)
{
	struct event_config *e;
	char **m;

	for (e = list; e != NULL && (e->stream != NULL || e->match != NULL);
	    e++) {
		free(e->stream);
		free(e->name);
		for (m = e->match; m != NULL && *m != NULL; m++)
			free(*m);
		free(e->match);
	}
	free(list);
}
