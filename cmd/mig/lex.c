/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Tokens of preprocessed text.  The preprocessor's line markers say which file
 * and line the text came from.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "mig.h"

static const char *at, *end;
static struct place here;
static bool at_line_start;

void
lex_start(const char *file, const char *text, size_t length)
{

	at = text;
	end = text + length;
	here.file = file;
	here.line = 1;
	here.text = text;
	at_line_start = true;
}

static void
newline(void)
{

	at++;
	here.line++;
	here.text = at;
	at_line_start = true;
}

/* # 12 "file" flags, or #line 12 "file"; anything else is passed over. */
static void
line_marker(void)
{
	const char *p, *quote;
	unsigned long line;
	bool known;

	p = at + 1;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (end - p > 4 && memcmp(p, "line", 4) == 0)
		p += 4;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	known = p < end && isdigit((unsigned char)*p);
	line = 0;
	while (p < end && isdigit((unsigned char)*p) && line < 100000000)
		line = line * 10 + (unsigned long)(*p++ - '0');
	while (p < end && *p == ' ')
		p++;
	if (known && p < end && *p == '"') {
		quote = ++p;
		while (p < end && *p != '"' && *p != '\n')
			p++;
		here.file = copy_string(quote, (size_t)(p - quote));
	}
	while (p < end && *p != '\n')
		p++;
	at = p;
	if (at < end)
		newline();
	if (known)
		here.line = (unsigned)line;
}

static void
skip_space(void)
{

	while (at < end) {
		if (*at == '\n')
			newline();
		else if (at_line_start && *at == '#')
			line_marker();
		else if (isspace((unsigned char)*at))
			at++;
		else
			break;
	}
}

static bool
is_word(int c)
{

	return (isalnum(c) || c == '_' || c == '$');
}

static void
lex_number(struct lexeme *l)
{
	char *stop;

	l->token = T_NUMBER;
	l->number = strtoul(at, &stop, 0);
	l->text = copy_string(at, (size_t)(stop - at));
	at = stop;
	if (at < end && is_word((unsigned char)*at)) {
		while (at < end && is_word((unsigned char)*at))
			at++;
		error_at(&l->place, "malformed number");
	} else if (l->number > 0x7fffffff) {
		error_at(&l->place, "number %s is too large", l->text);
		l->number = 1;
	}
}

static void
lex_quoted(struct lexeme *l, enum token token, int close)
{
	const char *start;

	start = at++;
	while (at < end && *at != close && *at != '\n')
		at++;
	l->token = token;
	if (at == end || *at == '\n') {
		error_at(&l->place, "unterminated string");
		l->text = "\"\"";
		return;
	}
	at++;
	l->text = copy_string(start, (size_t)(at - start));
}

void
lex_next(struct lexeme *l)
{
	const char *start;

	memset(l, 0, sizeof(*l));
	skip_space();
	l->place = here;
	at_line_start = false;
	l->text = "";
	if (at == end) {
		l->token = T_END;
	} else if (isdigit((unsigned char)*at)) {
		lex_number(l);
	} else if (is_word((unsigned char)*at)) {
		start = at;
		while (at < end && is_word((unsigned char)*at))
			at++;
		l->token = T_WORD;
		l->text = copy_string(start, (size_t)(at - start));
	} else if (*at == '"') {
		lex_quoted(l, T_STRING, '"');
	} else {
		l->token = T_PUNCT;
		l->punct = (unsigned char)*at;
		l->text = copy_string(at, 1);
		at++;
	}
}

void
lex_file(struct lexeme *l)
{

	skip_space();
	if (at < end && *at == '<') {
		memset(l, 0, sizeof(*l));
		l->place = here;
		lex_quoted(l, T_FILE, '>');
		return;
	}
	lex_next(l);
	if (l->token == T_STRING)
		l->token = T_FILE;
}

const char *
lex_until_semicolon(void)
{
	const char *start, *stop;

	skip_space();
	start = at;
	while (at < end && *at != ';' && *at != '\n')
		at++;
	for (stop = at; stop > start && isspace((unsigned char)stop[-1]); )
		stop--;
	return (copy_string(start, (size_t)(stop - start)));
}
