/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Property lists: a property list as a tree of typed values.
 *
 * Every value and every key knows the line it came from, so that whoever
 * reads a meaning into it can say where it is wrong.  A tree is immutable and
 * has one owner, who frees the root.
 */

#ifndef _LAUNCHD_PLIST_H_
#define _LAUNCHD_PLIST_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Past these a list is refused. */
#define	PLIST_DEPTH_MAX	64		/* nested arrays and dictionaries */
#define	PLIST_VALUES_MAX 50000		/* values and keys */
#define	PLIST_FILE_MAX	(4 * 1024 * 1024) /* bytes */

enum plist_type {
	PLIST_DICT,
	PLIST_ARRAY,
	PLIST_STRING,
	PLIST_INTEGER,
	PLIST_REAL,
	PLIST_BOOLEAN,
	PLIST_DATE,
	PLIST_DATA,
};

struct plist {
	enum plist_type	 type;
	unsigned	 line;		/* of the element, from 1 */
	char		*key;		/* in a dictionary, else NULL */
	bool		 seen;		/* free for the reader's use */
	struct plist	*next;		/* sibling */
	struct plist	*children;	/* PLIST_DICT, PLIST_ARRAY */
	struct plist	*last;
	char		*string;	/* PLIST_STRING, _DATE, _DATA: text */
	int64_t		 integer;
	double		 real;
	bool		 boolean;
};

struct plist_error {
	unsigned	 line;		/* 0: of no line */
	char		 reason[200];
};

/*
 * Parse `size` bytes of XML, JSON or a binary list.  NULL, and *error says why:
 * not well-formed, not a property list, an entity declaration, past a limit, no
 * memory, or a form that this launchd was built without.  Of a binary list and
 * of the values in JSON no line is known.
 */
struct plist *plist_parse(const void *data, size_t size,
	    struct plist_error *error);

/* One form each; plist_parse() chooses. */
struct plist *plist_parse_xml(const void *data, size_t size,
	    struct plist_error *error);
struct plist *plist_parse_binary(const void *data, size_t size,
	    struct plist_error *error);
struct plist *plist_parse_json(const void *data, size_t size,
	    struct plist_error *error);

/* The same for a file; a file that cannot be read has line 0. */
struct plist *plist_parse_file(const char *path, struct plist_error *error);
struct plist *plist_parse_fd(int fd, struct plist_error *error);

void	plist_tree_free(struct plist *p);

/* Forget the lines of a list whose text is not the user's. */
void	plist_no_lines(struct plist *p);

/* The value of a key, or NULL. */
struct plist *plist_get(const struct plist *dict, const char *key);

const char *plist_type_name(enum plist_type type);

/* Write "file:line: reason" pieces. */
void	plist_error_set(struct plist_error *error, unsigned line,
	    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif /* !_LAUNCHD_PLIST_H_ */
