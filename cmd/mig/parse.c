/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The grammar, by recursive descent with one token of look-ahead.  After an
 * error the rest of the statement is passed over.
 */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mig.h"

static struct lexeme tok;
static struct interface *intf;
static struct routine **routine_tail;
static struct import_line **import_tail;
static const char *wait_time, *send_time, *msg_option;
static bool special_reply;
static enum consume consume;
static bool failed;		/* in this statement */
static int parens;		/* open ones, the token included */
static unsigned depth;		/* of nested types */

#define	DEPTH_MAX	64

static void
next(void)
{

	lex_next(&tok);
	if (tok.token == T_PUNCT && tok.punct == '(')
		parens++;
	else if (tok.token == T_PUNCT && tok.punct == ')')
		parens--;
}

static void
unexpected(const char *wanted)
{

	if (failed)
		return;
	failed = true;
	if (tok.token == T_END)
		error_at(&tok.place, "syntax error: %s expected at the end of "
		    "the file", wanted);
	else
		error_at(&tok.place, "syntax error: %s expected before '%s'",
		    wanted, tok.text);
}

/* Keywords do not depend on case. */
static bool
is_keyword(const char *word)
{

	return (tok.token == T_WORD && strcasecmp(tok.text, word) == 0);
}

static bool
accept_keyword(const char *word)
{

	if (!is_keyword(word))
		return (false);
	next();
	return (true);
}

static bool
is_punct(int c)
{

	return (tok.token == T_PUNCT && tok.punct == c);
}

static bool
accept_punct(int c)
{

	if (!is_punct(c))
		return (false);
	next();
	return (true);
}

static void
expect_punct(int c)
{
	char wanted[4] = { '\'', (char)c, '\'', '\0' };

	if (!accept_punct(c))
		unexpected(wanted);
}

static const char *
expect_word(const char *what)
{
	const char *text;

	if (tok.token != T_WORD) {
		unexpected(what);
		return ("error");
	}
	text = tok.text;
	next();
	return (text);
}

/*
 * Constant expressions: + - * / and parentheses.
 */
static unsigned long expression(void);

static unsigned long
factor(void)
{
	unsigned long n;

	n = 0;
	if (tok.token == T_NUMBER) {
		n = tok.number;
		next();
	} else if (accept_punct('(')) {
		if (++depth > DEPTH_MAX)
			unexpected("a simpler expression");
		else
			n = expression();
		depth--;
		expect_punct(')');
	} else {
		unexpected("number");
	}
	return (n);
}

static unsigned long
in_range(unsigned long n)
{

	if (n > 0x7fffffff && !failed) {
		failed = true;
		error_at(&tok.place, "the number overflows");
	}
	return (failed ? 1 : n);
}

static unsigned long
term(void)
{
	unsigned long n, m;

	n = factor();
	for (;;) {
		if (accept_punct('*')) {
			m = factor();
			/* Both below 2^31; unsigned long may have 32 bits. */
			if (m != 0 && n > 0x7fffffff / m)
				m = n = 0xffff;
			n = in_range(n * m);
		} else if (accept_punct('/')) {
			m = factor();
			if (m == 0) {
				unexpected("divisor other than zero");
				m = 1;
			}
			n /= m;
		} else {
			return (n);
		}
	}
}

static unsigned long
expression(void)
{
	unsigned long n, m;

	n = term();
	for (;;) {
		if (accept_punct('+')) {
			n = in_range(n + term());
		} else if (accept_punct('-')) {
			m = term();
			n = in_range(m > n ? 0x80000000UL : n - m);
		} else {
			return (n);
		}
	}
}

/*
 * Types.
 */
static struct type *type_spec(void);

static struct type *
fallback(void)
{

	return (type_builtin("MACH_MSG_TYPE_INTEGER_32"));
}

/* The limits of array[...] and c_string[...]: 0 and varying for none. */
static unsigned long
bounds(bool *varying)
{
	unsigned long n;

	*varying = false;
	n = 0;
	expect_punct('[');
	if (accept_punct('*')) {
		*varying = true;
		if (accept_punct(':'))
			n = expression();
		else
			n = 0;
		if (n == 0 && !failed && !is_punct(']'))
			unexpected("']'");
	} else if (is_punct(']')) {
		*varying = true;
	} else {
		n = expression();
	}
	expect_punct(']');
	return (n);
}

static struct type *
array_spec(void)
{
	struct place place;
	struct type *element;
	unsigned long n;
	bool varying;

	place = tok.place;
	n = bounds(&varying);
	if (!accept_keyword("of"))
		unexpected("'of'");
	element = type_spec();
	if (failed)
		return (fallback());
	return (type_array(&place, n, varying, element));
}

static struct type *
struct_spec(void)
{
	struct place place;
	struct type *element;
	unsigned long n;
	bool varying;

	place = tok.place;
	n = bounds(&varying);
	if (!accept_keyword("of"))
		unexpected("'of'");
	element = type_spec();
	if (failed)
		return (fallback());
	return (type_struct(&place, varying ? 0 : n, element));
}

static struct type *
string_spec(void)
{
	struct place place;
	unsigned long n;
	bool varying;

	place = tok.place;
	n = bounds(&varying);
	if (failed)
		return (fallback());
	return (type_string(&place, n, varying));
}

static struct type *
pointer_spec(void)
{
	struct place place;
	struct type *t;

	place = tok.place;
	t = type_spec();
	if (failed)
		return (fallback());
	return (type_pointer(&place, t));
}

/* A built-in type, what it arrives as, or another type's name. */
static struct type *
primitive(void)
{
	struct place place;
	struct type *t, *arrives;
	const char *name;

	place = tok.place;
	name = expect_word("type");
	if (failed)
		return (fallback());
	t = type_builtin(name);
	if (t == NULL) {
		t = type_find(name);
		if (t == NULL) {
			failed = true;
			error_at(&place, "type %s is not declared", name);
			return (fallback());
		}
		return (t);
	}
	if (accept_punct('|')) {
		place = tok.place;
		name = expect_word("type");
		arrives = type_builtin(name);
		if (!failed && (arrives == NULL || arrives->kind != t->kind)) {
			failed = true;
			error_at(&place, "%s is not what the other side can "
			    "have", name);
		}
		if (!failed && t->sent != NULL && arrives->received != NULL &&
		    strcmp(arrives->received, t->received) != 0) {
			failed = true;
			error_at(&place, "%s does not arrive as %s", t->sent,
			    name);
		}
		if (!failed)
			t->received = arrives->received;
	}
	return (t);
}

static struct type *
type_spec(void)
{
	struct place place;
	struct type *t;

	if (++depth > DEPTH_MAX) {
		unexpected("a simpler type");
		depth--;
		return (fallback());
	}
	place = tok.place;
	if (accept_punct('^')) {
		t = pointer_spec();
	} else if (accept_keyword("array")) {
		t = array_spec();
	} else if (accept_keyword("struct")) {
		t = struct_spec();
	} else if (accept_keyword("c_string")) {
		t = string_spec();
	} else if (accept_punct('(')) {
		t = primitive();
		expect_punct(',');
		if (!failed)
			t = type_bits(&place, t, expression());
		expect_punct(')');
	} else {
		t = primitive();
	}
	depth--;
	return (t);
}

/* type function(type) */
static void
translation(struct type *t, bool in)
{
	struct place place;
	const char *result, *function, *argument;
	const char **trans, **wire;

	place = tok.place;
	result = expect_word("type");
	function = expect_word("function");
	expect_punct('(');
	argument = expect_word("type");
	expect_punct(')');
	if (failed)
		return;
	trans = in ? &result : &argument;
	wire = in ? &argument : &result;
	if ((t->trans_type != NULL && strcmp(t->trans_type, *trans) != 0) ||
	    (t->server_type != NULL && strcmp(t->server_type, *wire) != 0)) {
		error_at(&place, "the translations of %s do not agree on its "
		    "types", t->name);
		return;
	}
	t->trans_type = *trans;
	t->server_type = *wire;
	if (in)
		t->intran = function;
	else
		t->outtran = function;
}

static void
destructor(struct type *t)
{

	t->destructor = expect_word("function");
	expect_punct('(');
	(void)expect_word("type");
	expect_punct(')');
}

static void
type_options(struct type *t)
{

	for (;;) {
		if (accept_keyword("ctype")) {
			expect_punct(':');
			t->user_type = t->server_type = expect_word("type");
		} else if (accept_keyword("cusertype")) {
			expect_punct(':');
			t->user_type = expect_word("type");
		} else if (accept_keyword("cservertype")) {
			expect_punct(':');
			t->server_type = expect_word("type");
		} else if (accept_keyword("intran")) {
			expect_punct(':');
			translation(t, true);
		} else if (accept_keyword("outtran")) {
			expect_punct(':');
			translation(t, false);
		} else if (accept_keyword("destructor")) {
			expect_punct(':');
			destructor(t);
		} else if (accept_keyword("intranpayload")) {
			/* No message here has a payload for a port. */
			expect_punct(':');
			(void)expect_word("type");
			(void)expect_word("function");
			expect_punct('(');
			(void)expect_word("type");
			expect_punct(')');
		} else if (accept_keyword("usertypelimit")) {
			expect_punct(':');
			t->user_limit = (unsigned)expression();
		} else if (accept_keyword("onstacklimit")) {
			expect_punct(':');
			t->stack_limit = (unsigned)expression();
		} else {
			return;
		}
		/* Some separate them. */
		(void)accept_punct(',');
	}
}

/* name = specification and options, the name is read. */
static struct type *
named_type(const char *name, const struct place *place, bool local)
{
	struct type *t;

	t = type_spec();
	if (failed)
		return (fallback());
	t = type_copy(t);
	t->name = name;
	type_options(t);
	if (!failed)
		type_declare(place, t, local);
	return (t);
}

static void
type_statement(void)
{
	struct place place;
	const char *name;

	place = tok.place;
	name = expect_word("name of a type");
	expect_punct('=');
	if (!failed)
		(void)named_type(name, &place, false);
}

/*
 * Routines.
 */
static const struct {
	const char	*word;
	enum direction	 dir;
} directions[] = {
	{ "in",			D_IN },
	{ "out",		D_OUT },
	{ "inout",		D_INOUT },
	{ "requestport",	D_REQUEST },
	{ "replyport",		D_REPLY },
	{ "sreplyport",		D_SREPLY },
	{ "ureplyport",		D_UREPLY },
	{ "waittime",		D_WAITTIME },
	{ "sendtime",		D_SENDTIME },
	{ "msgoption",		D_MSGOPTION },
	{ "msgseqno",		D_SEQNO },
	{ "serversectoken",	D_SERVER_SEC },
	{ "serveraudittoken",	D_SERVER_AUDIT },
	{ "servercontexttoken",	D_SERVER_CONTEXT },
	{ "usersectoken",	D_USER_SEC },
	{ "useraudittoken",	D_USER_AUDIT },
	{ "serverimpl",		D_SERVER_IMPL },
	{ "userimpl",		D_USER_IMPL },
};

static void
flags(struct arg *a)
{

	while (accept_punct(',')) {
		if (accept_keyword("dealloc")) {
			a->dealloc = true;
			if (accept_punct('[')) {
				a->dealloc_said = true;
				expect_punct(']');
			}
		} else if (accept_keyword("const")) {
			a->is_const = true;
		} else if (accept_keyword("physicalcopy")) {
			a->physical = true;
		} else if (accept_keyword("countinout")) {
			a->count_inout = true;
		} else if (accept_keyword("samecount")) {
			a->same_count = true;
		} else if (accept_keyword("overwrite")) {
			a->overwrite = true;
		} else if (accept_keyword("retcode")) {
			a->is_code = true;
		} else if (accept_keyword("islong") ||
		    accept_keyword("isnotlong") || accept_keyword("auto") ||
		    accept_keyword("notdealloc") ||
		    accept_keyword("servercopy")) {
			/* Of the typed protocol; without meaning here. */
			continue;
		} else {
			unexpected("flag");
			return;
		}
	}
}

static struct arg *
argument(void)
{
	struct place place;
	struct arg *a;
	const char *name;
	size_t i;

	a = get(sizeof(*a));
	a->place = tok.place;
	name = expect_word("argument");
	a->dir = D_NONE;
	if (tok.token == T_WORD) {
		for (i = 0; i < sizeof(directions) / sizeof(directions[0]); i++)
			if (strcasecmp(name, directions[i].word) == 0)
				a->dir = directions[i].dir;
		if (a->dir == D_NONE && !failed) {
			failed = true;
			error_at(&a->place, "%s is not a direction", name);
		}
		name = expect_word("argument");
	}
	a->name = name;
	expect_punct(':');
	place = tok.place;
	name = expect_word("type");
	if (failed)
		return (a);
	if (accept_punct('=')) {
		a->type = named_type(name, &place, true);
	} else {
		a->type = type_find(name);
		if (a->type == NULL) {
			failed = true;
			error_at(&place, "type %s is not declared", name);
		}
	}
	flags(a);
	return (a);
}

/* What a function returns: one more result. */
static struct arg *
function_result(void)
{
	struct place place;
	struct arg *a;
	const char *name;

	a = get(sizeof(*a));
	a->place = tok.place;
	a->name = "migResult";
	a->dir = D_OUT;
	expect_punct(':');
	place = tok.place;
	name = expect_word("type");
	if (failed)
		return (a);
	if (accept_punct('='))
		a->type = named_type(name, &place, true);
	else
		a->type = type_find(name);
	if (a->type == NULL) {
		failed = true;
		error_at(&place, "type %s is not declared", name);
	}
	return (a);
}

static void
routine_statement(enum form form, bool oneway, const struct place *place)
{
	struct arg **tail;
	struct routine *r;

	r = get(sizeof(*r));
	r->place = *place;
	r->form = form;
	r->oneway = oneway;
	r->number = intf->numbers++;
	r->wait_time = wait_time;
	r->send_time = send_time;
	r->option = msg_option;
	r->special_reply = special_reply;
	r->consume = consume;
	r->name = expect_word("name of a routine");
	expect_punct('(');
	tail = &r->args;
	if (!is_punct(')') && !failed) {
		do {
			/* A comma or semicolon after the last is common. */
			if (tail != &r->args && is_punct(')'))
				break;
			*tail = argument();
			tail = &(*tail)->next;
		} while (!failed && accept_punct(';'));
	}
	expect_punct(')');
	if (!failed && form == F_FUNCTION)
		r->result = *tail = function_result();
	for (;;) {
		if (failed)
			return;
		if (accept_keyword("usespecialreplyport"))
			r->special_reply = true;
		else if (accept_keyword("usereplyport"))
			r->special_reply = false;
		else
			break;
	}
	if (form != F_ROUTINE)
		intf->has_error = true;
	*routine_tail = r;
	routine_tail = &r->next;
}

static void
subsystem_statement(const struct place *place)
{

	for (;;) {
		if (accept_keyword("kerneluser"))
			intf->kernel_user = true;
		else if (accept_keyword("kernelserver"))
			intf->kernel_server = true;
		else
			break;
	}
	if (intf->name != NULL) {
		failed = true;
		error_at(place, "there is a subsystem already");
		return;
	}
	intf->place = *place;
	intf->name = expect_word("name of the subsystem");
	intf->base = (unsigned)expression();
}

static void
import_statement(enum import who)
{
	struct import_line *i;

	/* The look-ahead is the file's name: it was read by lex_file(). */
	if (tok.token != T_FILE) {
		unexpected("file name");
		return;
	}
	i = get(sizeof(*i));
	i->who = who;
	i->file = tok.text;
	*import_tail = i;
	import_tail = &i->next;
	next();
}

/* The text up to the semicolon, as C. */
static const char *
c_expression(void)
{
	const char *rest, *text;

	if (tok.token == T_END || is_punct(';')) {
		unexpected("expression");
		return (NULL);
	}
	rest = lex_until_semicolon();
	text = *rest == '\0' ? tok.text : print("%s %s", tok.text, rest);
	next();
	return (text);
}

static void
skip_statement(void)
{
	unsigned long n;

	n = is_punct(';') ? 1 : expression();
	if (n > NUMBERS_MAX || intf->numbers > NUMBERS_MAX - n) {
		unexpected("a smaller number");
		return;
	}
	intf->numbers += (unsigned)n;
}

static const struct {
	const char	*word;
	enum import	 who;
} imports[] = {
	{ "import",	I_ALL },
	{ "uimport",	I_USER },
	{ "simport",	I_SERVER },
	{ "dimport",	I_DEFINES },
	{ "iimport",	I_INTERNAL },
};

static bool
import_keyword(void)
{
	size_t i;

	for (i = 0; i < sizeof(imports) / sizeof(imports[0]); i++) {
		if (is_keyword(imports[i].word)) {
			lex_file(&tok);
			import_statement(imports[i].who);
			return (true);
		}
	}
	return (false);
}

/* Statements that begin a routine. */
static const struct {
	const char	*word;
	enum form	 form;
	bool		 oneway;
} forms[] = {
	{ "routine",		F_ROUTINE,	false },
	{ "simpleroutine",	F_ROUTINE,	true },
	{ "procedure",		F_PROCEDURE,	false },
	{ "simpleprocedure",	F_PROCEDURE,	true },
	{ "function",		F_FUNCTION,	false },
};

static bool
routine_keyword(void)
{
	struct place place;
	size_t i;

	place = tok.place;
	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (accept_keyword(forms[i].word)) {
			routine_statement(forms[i].form, forms[i].oneway,
			    &place);
			return (true);
		}
	}
	return (false);
}

/* Of the routines that follow: which reply port, and what is consumed. */
static bool
calling_keyword(void)
{

	if (accept_keyword("usespecialreplyport")) {
		special_reply = is_punct(';') || expression() != 0;
	} else if (accept_keyword("usereplyport")) {
		special_reply = false;
	} else if (accept_keyword("consumeonsenderror")) {
		if (accept_keyword("none"))
			consume = C_NONE;
		else if (accept_keyword("timeout"))
			consume = C_TIMEOUT;
		else if (accept_keyword("any"))
			consume = C_ANY;
		else
			unexpected("'none', 'timeout' or 'any'");
	} else {
		return (false);
	}
	return (true);
}

static bool
option_keyword(void)
{

	if (accept_keyword("waittime"))
		wait_time = c_expression();
	else if (accept_keyword("nowaittime"))
		wait_time = NULL;
	else if (accept_keyword("sendtime"))
		send_time = c_expression();
	else if (accept_keyword("nosendtime"))
		send_time = NULL;
	else if (accept_keyword("msgoption"))
		msg_option = c_expression();
	else if (accept_keyword("error"))
		intf->error_function = expect_word("name of a function");
	else
		return (calling_keyword());
	return (true);
}

static void
statement(void)
{
	struct place place;

	place = tok.place;
	if (accept_keyword("type"))
		type_statement();
	else if (routine_keyword())
		;
	else if (accept_keyword("subsystem"))
		subsystem_statement(&place);
	else if (accept_keyword("skip"))
		skip_statement();
	else if (import_keyword() || option_keyword())
		;
	else if (accept_keyword("serverprefix"))
		intf->server_prefix = expect_word("prefix");
	else if (accept_keyword("userprefix"))
		intf->user_prefix = expect_word("prefix");
	else if (accept_keyword("serverdemux"))
		intf->demux = expect_word("name");
	else if (accept_keyword("rcsid")) {
		if (tok.token == T_STRING)
			next();
		else
			unexpected("string");
	} else {
		unexpected("statement");
		next();
	}
	if (!failed)
		expect_punct(';');
}

/* To the end of the statement, or to what can only begin another. */
static void
recover(void)
{
	size_t i;

	while (tok.token != T_END && (parens > 0 || !is_punct(';'))) {
		for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
			if (is_keyword(forms[i].word))
				return;
		next();
	}
	(void)accept_punct(';');
}

void
parse(struct interface *i)
{

	intf = i;
	routine_tail = &i->routines;
	import_tail = &i->imports;
	next();
	while (tok.token != T_END) {
		failed = false;
		depth = 0;
		parens = 0;
		if (accept_punct(';'))
			continue;
		statement();
		if (failed)
			recover();
	}
	if (i->name == NULL && error_count == 0)
		error_at(&tok.place, "there is no subsystem statement");
}
