/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the arguments are in the two messages, and all refusals that are not of
 * the grammar.
 */

#include <string.h>

#include "mig.h"

bool
is_descriptor(const struct type *t)
{

	return (t->kind == K_PORT || t->kind == K_PORTS || is_ool(t));
}

bool
is_ool(const struct type *t)
{

	return (t->kind == K_OOL || t->kind == K_OOL_PORTS ||
	    t->kind == K_OOLS);
}

bool
is_memory(const struct type *t)
{

	return (t->kind == K_OOL || (t->kind == K_OOLS &&
	    t->each->kind == K_OOL));
}

bool
is_many(const struct type *t)
{

	return (t->kind == K_PORTS || t->kind == K_OOLS);
}

unsigned
descriptors_of(const struct type *t)
{

	return (!is_descriptor(t) ? 0 : is_many(t) ? t->count : 1);
}

/* Elements at most; those of memory also by its bytes. */
unsigned
count_limit(const struct type *t)
{

	return (t->count == 0 && t->kind == K_OOL && t->element_size > 1 ?
	    0xffffffffU / t->element_size : t->count);
}

bool
is_varying(const struct type *t)
{

	return (t->kind == K_VARRAY || t->kind == K_VSTRING);
}

bool
arg_in(const struct arg *a, enum message m)
{

	return (a->dir == D_INOUT || a->dir == (m == REQUEST ? D_IN : D_OUT));
}

/* Counts are beside data; the caller's room also goes with the request. */
bool
arg_count_in(const struct arg *a, enum message m)
{

	if (!a->type->varying || a->same_count)
		return (false);
	return (arg_in(a, m) || (m == REQUEST && a->dir == D_OUT &&
	    a->count_inout));
}

bool
has_count(const struct arg *a)
{

	return (a->type->varying && a->type->kind != K_VSTRING &&
	    !a->same_count);
}

/* dealloc[] is a parameter of the side that sends. */
bool
has_dealloc(const struct arg *a, bool server)
{

	return (a->dealloc_said && (server ? a->dir != D_IN : a->dir !=
	    D_OUT));
}

/*
 * Whether the disposition of a right is a parameter of the side that sends it,
 * or of the side that receives it.
 */
bool
is_poly(const struct arg *a, bool sender)
{

	if (!is_descriptor(a->type) || is_memory(a->type))
		return (false);
	return (sender ? a->type->sent == NULL : a->type->received == NULL);
}

static void
check_size(const struct arg *a, unsigned size, const char *what)
{

	if (a->type->kind != K_STRUCT && a->type->kind != K_SCALAR)
		error_at(&a->place, "%s cannot be an array, right or string",
		    what);
	else if (a->type->size != size)
		error_at(&a->place, "%s has %u bytes, not %u", what, size,
		    a->type->size);
}

static void
check_port(struct routine *r, struct arg *a)
{

	if (a->type->kind != K_PORT) {
		error_at(&a->place, "%s is not a port", a->name);
		return;
	}
	if (a->dir == D_REQUEST) {
		if (r->request_port != NULL)
			error_at(&a->place, "there is a request port already");
		if (a->type->received != NULL &&
		    strstr(a->type->received, "RECEIVE") != NULL)
			error_at(&a->place,
			    "nothing can be sent to a receive right");
		r->request_port = a;
	} else {
		if (r->reply_port != NULL)
			error_at(&a->place, "there is a reply port already");
		if (!r->oneway && a->type->received != NULL &&
		    strstr(a->type->received, "RECEIVE") != NULL)
			error_at(&a->place, "a reply cannot be sent to a "
			    "receive right");
		r->reply_port = a;
	}
}

/* As in Darwin's compiler, a flag in the wrong place changes nothing. */
static void
ignore(const struct arg *a, bool *flag, const char *why)
{

	if (*flag)
		warning_at(&a->place, "%s: %s: the flag is ignored", a->name,
		    why);
	*flag = false;
}

static void
check_flags(struct arg *a)
{
	bool memory;

	memory = is_ool(a->type);
	if (!memory) {
		ignore(a, &a->dealloc, "this is not out-of-line memory");
		a->dealloc_said = false;
		ignore(a, &a->physical, "this is not out-of-line memory");
	}
	if (!memory || a->dir != D_OUT)
		ignore(a, &a->overwrite, "Overwrite is for results in "
		    "out-of-line memory");
	if (a->dir != D_OUT || memory || !a->type->varying ||
	    a->type->kind == K_VSTRING)
		ignore(a, &a->count_inout, "CountInOut is for out arrays of "
		    "varying length");
}

/* The argument before this one. */
static struct arg *
before(const struct routine *r, const struct arg *a)
{
	struct arg *b;

	for (b = r->args; b != a; b = b->next)
		if (b->next == a)
			return (b);
	return (NULL);
}

/* SameCount: the count of the array before it. */
static void
check_same_count(const struct routine *r, struct arg *a)
{
	struct arg *b;

	b = before(r, a);
	if (!a->same_count)
		return;
	if (!a->type->varying || a->type->kind == K_VSTRING) {
		ignore(a, &a->same_count, "SameCount is for arrays of varying "
		    "length");
		return;
	}
	if (b == NULL || (!has_count(b) && !b->same_count) ||
	    b->dir != a->dir || b->count_inout != a->count_inout ||
	    b->of != NULL) {
		ignore(a, &a->same_count, "the argument before has no count "
		    "for SameCount");
		return;
	}
	a->counted = b->counted;
	if (a->overwrite || a->type->kind == K_OOLS)
		error_at(&a->place, "SameCount is not supported for Overwrite "
		    "and for arrays of out-of-line memory");
}

/*
 * The lengths of the elements of an array of memory: an argument more, an
 * array with the same number of elements.
 */
static void
add_subs(struct arg *a)
{
	struct arg *subs;

	if (a->type->kind != K_OOLS || !a->type->each->varying)
		return;
	subs = get(sizeof(*subs));
	subs->place = a->place;
	subs->name = print("%sSubs", a->name);
	subs->dir = a->dir;
	subs->type = type_counts(a->type->count, a->type->varying);
	subs->is_const = a->is_const;
	subs->of = a;
	subs->next = a->next;
	a->next = subs;
	a->subs = subs;
	a->counted = subs;
	a->same_count = true;
}

/* Of two, the last counts. */
static void
last(struct arg **place, struct arg *a, const char *what)
{

	if (*place != NULL)
		warning_at(&a->place, "a second %s: %s is not used", what,
		    (*place)->name);
	*place = a;
}

static void
check_data(struct routine *r, struct arg *a)
{
	const struct type *t;

	t = a->type;
	if (r->oneway && a->dir != D_IN)
		error_at(&a->place, "a simpleroutine has no results");
	if (t->kind == K_OOL_PORTS && t->name == NULL)
		error_at(&a->place, "the array has no name");
	if ((t->intran != NULL || t->outtran != NULL ||
	    t->destructor != NULL) && t->kind != K_PORT &&
	    t->kind != K_SCALAR && t->kind != K_STRUCT)
		error_at(&a->place, "translation of arrays is not supported");
	if (a->dir == D_INOUT && is_descriptor(t) && !is_memory(t) &&
	    (t->sent == NULL) != (t->received == NULL))
		error_at(&a->place, "an inout argument is polymorphic both "
		    "ways or not at all");
	if (a == r->result && (t->varying || t->kind == K_ARRAY ||
	    t->kind == K_STRING || t->kind == K_OOLS || is_poly(a, true) ||
	    is_poly(a, false)))
		error_at(&a->place, "a function cannot return this type");
	check_flags(a);
	check_same_count(r, a);
	if (a->overwrite && t->kind == K_OOLS)
		error_at(&a->place, "Overwrite is not supported for arrays of "
		    "out-of-line memory");
	add_subs(a);
	if (a->is_code) {
		check_size(a, 4, "a code");
		if (!r->oneway)
			error_at(&a->place, "RetCode is for simpleroutines, "
			    "which send the replies of others");
		if (r->code != NULL)
			error_at(&a->place, "there is a code already");
		r->code = a;
	}
}

/*
 * A message that is a reply elsewhere: its code stands where that of a reply
 * does, or nowhere when there are descriptors.
 */
static void
check_code(struct routine *r)
{
	const struct arg *a;
	bool first;

	if (r->code == NULL)
		return;
	first = true;
	for (a = r->args; a != NULL; a = a->next) {
		if (!arg_in(a, REQUEST))
			continue;
		if (is_descriptor(a->type))
			r->code->dir = D_CODE;
		else if (a != r->code && first) {
			error_at(&r->code->place, "the code must stand before "
			    "other data");
			return;
		} else
			first = false;
	}
}

/* What of the trailer an implicit argument is: its type says. */
static void
check_implicit(struct arg *a)
{
	const char *name;

	name = a->type->name == NULL ? "" : a->type->name;
	if (strcmp(name, "security_token_t") == 0)
		a->dir = a->dir == D_SERVER_IMPL ? D_SERVER_SEC : D_USER_SEC;
	else if (strcmp(name, "audit_token_t") == 0)
		a->dir = a->dir == D_SERVER_IMPL ? D_SERVER_AUDIT :
		    D_USER_AUDIT;
	else if (a->dir == D_SERVER_IMPL &&
	    strcmp(name, "mach_port_seqno_t") == 0)
		a->dir = D_SEQNO;
	else if (a->dir == D_SERVER_IMPL &&
	    strcmp(name, "mach_port_context_t") == 0)
		a->dir = D_SERVER_CONTEXT;
	else
		error_at(&a->place, "nothing of this type is in the trailer");
}

static void
check_arg(struct routine *r, struct arg *a)
{

	if (a->dir == D_NONE)
		a->dir = r->request_port == NULL && a == r->args &&
		    a->type->kind == K_PORT ? D_REQUEST : D_IN;
	a->counted = a;
	if (a->dir == D_SERVER_IMPL || a->dir == D_USER_IMPL)
		check_implicit(a);
	switch (a->dir) {
	case D_REQUEST:
	case D_REPLY:
	case D_SREPLY:
	case D_UREPLY:
		check_port(r, a);
		break;
	case D_WAITTIME:
		check_size(a, 4, "a time");
		/* One who waits for no reply waits to send. */
		last(r->oneway ? &r->send_arg : &r->wait_arg, a, "wait time");
		break;
	case D_SENDTIME:
		check_size(a, 4, "a time");
		last(&r->send_arg, a, "send time");
		break;
	case D_MSGOPTION:
		check_size(a, 4, "an option");
		last(&r->option_arg, a, "option");
		break;
	case D_SEQNO:
		check_size(a, 4, "a sequence number");
		break;
	case D_SERVER_SEC:
		check_size(a, 8, "a security token");
		break;
	case D_SERVER_AUDIT:
		check_size(a, 32, "an audit token");
		break;
	case D_USER_SEC:
	case D_USER_AUDIT:
		check_size(a, a->dir == D_USER_SEC ? 8 : 32, "a token");
		if (r->oneway)
			error_at(&a->place, "a simpleroutine has no reply");
		break;
	case D_SERVER_CONTEXT:
		/* As wide as an address of the server's. */
		check_size(a, a->type->size == 4 ? 4 : 8, "a context");
		break;
	case D_SERVER_IMPL:
	case D_USER_IMPL:
		break;
	default:
		check_data(r, a);
		break;
	}
}

/* Words that C or C++ have already. */
static const char *const keywords[] = {
	"_Alignas", "_Alignof", "_Atomic", "_Bool", "_Complex", "_Generic",
	"_Imaginary", "_Noreturn", "_Static_assert", "_Thread_local",
	"alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand",
	"bitor", "bool", "break", "case", "catch", "char", "char16_t",
	"char32_t", "char8_t", "class", "co_await", "co_return", "co_yield",
	"compl", "concept", "const", "const_cast", "consteval", "constexpr",
	"constinit", "continue", "decltype", "default", "delete", "do",
	"double", "dynamic_cast", "else", "enum", "explicit", "export",
	"extern", "false", "float", "for", "friend", "goto", "if", "inline",
	"int", "long", "mutable", "namespace", "new", "noexcept", "not",
	"not_eq", "nullptr", "operator", "or", "or_eq", "private",
	"protected", "public", "register", "reinterpret_cast", "requires",
	"restrict", "return", "short", "signed", "sizeof", "static",
	"static_assert", "static_cast", "struct", "switch", "template",
	"this", "thread_local", "throw", "true", "try", "typedef", "typeid",
	"typename", "typeof", "union", "unsigned", "using", "virtual", "void",
	"volatile", "wchar_t", "while", "xor", "xor_eq", NULL
};

/* Words that the printed functions need. */
static const char *const reserved[] = {
	"FALSE", "Head", "InHeadP", "MAX_TRAILER_SIZE", "MIG_ALIGN", "Mess",
	"MessP", "NDR", "NDR_record", "NULL", "OutHeadP", "OutP", "RetCode",
	"TRUE", "TrailerP", "boolean_t", "failed", "ipc_port_t",
	"kern_return_t", "linux", "mach_msg", "mach_msg_body_t",
	"mach_msg_destroy", "mach_msg_header_t", "mach_msg_id_t",
	"mach_msg_ool_descriptor_t", "mach_msg_ool_ports_descriptor_t",
	"mach_msg_port_descriptor_t", "mach_msg_size_t",
	"mach_msg_timeout_t", "mach_msg_type_name_t",
	"mach_msg_type_number_t", "mach_port_t", "mach_task_self",
	"mach_task_self_", "memchr", "memcmp", "memcpy", "memmove", "memset",
	"msgh_body", "offsetof", "size_t", "strlen", "uintptr_t", "unix",
	"vm_address_t", "vm_size_t", NULL
};

static bool
in_words(const char *const *words, const char *name)
{

	for (; *words != NULL; words++)
		if (strcmp(name, *words) == 0)
			return (true);
	return (false);
}

bool
is_c_keyword(const char *name)
{

	return (in_words(keywords, name));
}

/* MIG_..., MACH_..., mig_..., migSize ... */
static bool
has_reserved_start(const char *name)
{

	return (strncmp(name, "MIG_", 4) == 0 ||
	    strncmp(name, "MACH_", 5) == 0 || strncmp(name, "mig_", 4) == 0 ||
	    (strncmp(name, "mig", 3) == 0 && name[3] >= 'A' &&
	    name[3] <= 'Z'));
}

static bool
is_reserved(const char *name)
{
	size_t i;

	if (in_words(keywords, name) || in_words(reserved, name))
		return (true);
	/* In0P, Out12P */
	if (strncmp(name, "In", 2) == 0 || strncmp(name, "Out", 3) == 0) {
		name += name[0] == 'I' ? 2 : 3;
		i = strspn(name, "0123456789");
		return (i != 0 && strcmp(name + i, "P") == 0);
	}
	return (has_reserved_start(name));
}

static bool
same_word(const char *a, const char *b)
{

	return (b != NULL && strcmp(a, b) == 0);
}

static bool
has_prefix(const char *name, const char *prefix)
{

	return (strncmp(name, prefix, strlen(prefix)) == 0);
}

/* What is made of an argument's name: xCnt and so on. */
static bool
is_derived(const char *name, const char *from)
{
	static const char *const ends[] = {
		"Cnt", "Poly", "Dealloc", "Offset", "Pad", NULL
	};

	return (has_prefix(name, from) && in_words(ends, name + strlen(from)));
}

/* An argument cannot be called as what its routine needs. */
static bool
is_taken(const struct interface *i, const struct routine *r,
    const struct arg *a)
{
	const struct arg *b;
	const struct type *t;
	const char *n;

	n = a->name;
	if (is_reserved(n) || strcmp(n, r->name) == 0 ||
	    strcmp(n, print("%s%s", i->server_prefix, r->name)) == 0 ||
	    strcmp(n, print("%s%s", i->user_prefix, r->name)) == 0 ||
	    strcmp(n, print("Request_%s", r->name)) == 0 ||
	    strcmp(n, print("Reply_%s", r->name)) == 0)
		return (true);
	for (b = r->args; b != NULL; b = b->next) {
		t = b->type;
		if (same_word(n, t->user_type) ||
		    same_word(n, t->server_type) ||
		    same_word(n, t->trans_type) || same_word(n, t->element) ||
		    same_word(n, t->intran) || same_word(n, t->outtran) ||
		    same_word(n, t->destructor))
			return (true);
		if (b != a && (strcmp(n, b->name) == 0 ||
		    is_derived(n, b->name)))
			return (true);
	}
	return (false);
}

/* Arguments get another name in C where theirs would not do. */
static void
check_names(const struct interface *i, const struct routine *r)
{
	struct arg *a, *b;
	unsigned n;

	n = 0;
	for (a = r->args; a != NULL; a = a->next) {
		if (++n > 1024) {
			error_at(&a->place, "more than 1024 arguments");
			return;
		}
		for (b = r->args; b != a; b = b->next)
			if (strcmp(a->name, b->name) == 0 && a->of == NULL &&
			    b->of == NULL) {
				error_at(&a->place, "there is an argument %s "
				    "already", a->name);
				return;
			}
	}
	for (a = r->args; a != NULL; a = a->next)
		while (a != r->result && is_taken(i, r, a))
			a->name = has_reserved_start(a->name) ?
			    print("arg%s", a->name) : print("%s_", a->name);
}

static void
count(struct routine *r, enum message m)
{
	const struct arg *a;
	unsigned long long size;

	size = 0;
	for (a = r->args; a != NULL; a = a->next) {
		if (arg_in(a, m) && is_descriptor(a->type)) {
			r->descriptors[m] += descriptors_of(a->type);
			/* Memory has a representation, rights do not. */
			if (is_memory(a->type) || arg_count_in(a, m))
				r->has_ndr[m] = true;
		} else if (arg_in(a, m)) {
			/* Nor have the lengths of arrays of rights. */
			if (a->of == NULL || a->type->varying)
				r->has_ndr[m] = true;
			size += a->type->size;
		} else if (arg_count_in(a, m)) {
			r->has_ndr[m] = true;
		}
	}
	if (m == REPLY && r->descriptors[m] == 0)
		r->has_ndr[m] = true;
	if (size > 64 * 1024 * 1024)
		error_at(&r->place, "the message of %s is too large", r->name);
}

static void
check_routine(struct interface *i, struct routine *r)
{
	struct arg *a;

	for (a = r->args; a != NULL; a = a->next)
		if (a->dir == D_REQUEST)
			break;
	if (a != NULL && r->args->dir == D_NONE)
		r->args->dir = D_IN;
	for (a = r->args; a != NULL; a = a->next)
		check_arg(r, a);
	if (is_c_keyword(print("%s%s", i->user_prefix, r->name)) ||
	    is_c_keyword(print("%s%s", i->server_prefix, r->name)))
		error_at(&r->place, "%s is a word of C", r->name);
	if (r->oneway && r->send_arg == NULL && r->send_time == NULL)
		r->send_time = r->wait_time;
	check_code(r);
	check_names(i, r);
	if (r->request_port == NULL)
		error_at(&r->place, "%s has no request port", r->name);
	count(r, REQUEST);
	count(r, REPLY);
}

void
check(struct interface *i)
{
	struct routine *r, *old;
	struct table *names;

	if (i->user_prefix == NULL)
		i->user_prefix = "";
	if (i->server_prefix == NULL)
		i->server_prefix = "";
	if (i->demux == NULL)
		i->demux = print("%s_server", i->name);
	if (i->error_function == NULL)
		i->error_function = "MsgError";
	names = table_new();
	for (r = i->routines; r != NULL; r = r->next) {
		if (r->number >= NUMBERS_MAX) {
			error_at(&r->place, "more than %u message numbers",
			    NUMBERS_MAX);
			return;
		}
		old = table_find(names, r->name);
		if (old != NULL)
			error_at(&r->place, "routine %s is declared already in "
			    "%s:%u", r->name, old->place.file, old->place.line);
		else
			table_add(names, r->name, r);
		check_routine(i, r);
	}
	if (i->base > 0x7fffffffU - i->numbers - 100)
		error_at(&i->place, "the message numbers overflow");
}
