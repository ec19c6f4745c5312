/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Binary property lists: libplist, where there is one, makes XML of them, which
 * our own reader checks.  Its names are too near to plist.h's to include both.
 */

#include <stddef.h>
#include <stdint.h>

struct plist;
struct plist_error;

struct plist *plist_parse_binary(const void *data, size_t size,
	    struct plist_error *error);
struct plist *plist_parse_xml(const void *data, size_t size,
	    struct plist_error *error);
void	plist_no_lines(struct plist *p);
void	plist_error_set(struct plist_error *error, unsigned line,
	    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#ifdef HAVE_LIBPLIST
#include <stdlib.h>

#include <plist/plist.h>

struct plist *
plist_parse_binary(const void *data, size_t size, struct plist_error *error)
{
	struct plist *p;
	uint32_t length;
	plist_t list;
	char *xml;

	list = NULL;
	xml = NULL;
	length = 0;
	plist_from_bin(data, (uint32_t)size, &list);
	if (list != NULL)
		plist_to_xml(list, &xml, &length);
	plist_free(list);
	if (xml == NULL) {
		plist_error_set(error, 0, "not a binary property list");
		return (NULL);
	}
	p = plist_parse_xml(xml, length, error);
	free(xml);
	if (p != NULL)
		plist_no_lines(p);
	return (p);
}
#else
struct plist *
plist_parse_binary(const void *data, size_t size, struct plist_error *error)
{

	(void)data;
	(void)size;
	plist_error_set(error, 0, "a binary property list: this launchd was "
	    "built without libplist; convert it to XML");
	return (NULL);
}
#endif
