/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * mig, the interface compiler.
 *
 * The model: cpp.c runs the C preprocessor and reads all of its output; lex.c
 * makes tokens of it and keeps the place of each; parse.c makes an interface
 * of the tokens, a list of routines whose arguments have types (type.c);
 * check.c says what each argument is in each message and refuses what cannot
 * be; user.c, server.c and header.c print.  Nothing is written to a file
 * before everything has been printed to memory without an error (output.c).
 *
 * One run handles one interface and exits: nothing is ever freed.
 */

#ifndef _MIG_H_
#define	_MIG_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define	PRINTFLIKE(f, a)	__attribute__((__format__(__printf__, f, a)))

/* A place in a source file; text is the start of the line. */
struct place {
	const char	*file;
	unsigned	 line;
	const char	*text;
};

/* What a type is on the wire. */
enum kind {
	K_SCALAR,		/* inline, passed by value */
	K_STRUCT,		/* inline, passed by value, by address out */
	K_ARRAY,		/* inline, always all of it */
	K_VARRAY,		/* inline, a count and that many elements */
	K_STRING,		/* inline characters, all of them */
	K_VSTRING,		/* inline, a length and that many */
	K_PORT,			/* descriptor of a right */
	K_PORTS,		/* a descriptor for each right */
	K_OOL,			/* descriptor of memory */
	K_OOL_PORTS,		/* descriptor of an array of rights */
	K_OOLS			/* a descriptor for each K_OOL or K_OOL_PORTS */
};

struct type {
	const char	*name;		/* null: without one */
	enum kind	 kind;
	unsigned	 size;		/* bytes, at most; 0: no limit (OOL) */
	unsigned	 element_size;	/* bytes */
	unsigned	 count;		/* elements, at most; 0: no limit */
	bool		 varying;	/* has a count beside it */
	bool		 wide;		/* may need 8-byte alignment */
	const char	*sent;		/* disposition, as the sender says */
	const char	*received;	/* the same, as it arrives */
					/* null: known at run time only */
	const char	*element;	/* C type of an element */
	const struct type *each;	/* of K_OOLS: an element */
	const char	*base;		/* C type, if it has no name */
	const char	*user_type;	/* C types */
	const char	*server_type;
	const char	*trans_type;	/* the server's, behind a function */
	const char	*intran;
	const char	*outtran;
	const char	*destructor;
	unsigned	 user_limit;	/* elements on the user side; 0: all */
	unsigned	 stack_limit;	/* bytes of a message; 0: as for all */
};

enum direction {
	D_NONE, D_IN, D_OUT, D_INOUT, D_REQUEST, D_REPLY, D_SREPLY, D_UREPLY,
	D_WAITTIME, D_SENDTIME, D_MSGOPTION, D_SEQNO,
	D_SERVER_SEC, D_SERVER_AUDIT, D_SERVER_CONTEXT, D_USER_SEC,
	D_USER_AUDIT, D_SERVER_IMPL, D_USER_IMPL,
	D_CODE			/* RetCode, of a message without room for it */
};

struct arg {
	struct arg	*next;
	struct place	 place;
	const char	*name;
	enum direction	 dir;
	struct type	*type;
	bool		 dealloc;
	bool		 dealloc_said;	/* by the sender: dealloc[] */
	bool		 is_const;
	bool		 physical;
	bool		 count_inout;
	bool		 overwrite;
	bool		 same_count;
	bool		 is_code;	/* RetCode */
	struct arg	*counted;	/* whose count it has: often itself */
	struct arg	*subs;		/* K_OOLS: how long each element is */
	struct arg	*of;		/* it is the subs of this one */
};

/* Which of the two messages. */
enum message { REQUEST, REPLY };

/* What the user's function returns; the server's likewise. */
enum form {
	F_ROUTINE,		/* a code */
	F_PROCEDURE,		/* nothing */
	F_FUNCTION		/* its last result */
};

/* Of a request that could not be sent: what is the stub's to release. */
enum consume { C_NONE, C_TIMEOUT, C_ANY };

struct routine {
	struct routine	*next;
	struct place	 place;
	const char	*name;
	unsigned	 number;	/* from the subsystem's base */
	enum form	 form;
	bool		 oneway;	/* simpleroutine, simpleprocedure */
	bool		 special_reply;	/* the thread's special reply port */
	enum consume	 consume;
	struct arg	*result;	/* of a function */
	struct arg	*args;
	struct arg	*request_port;
	struct arg	*reply_port;	/* of any form; may be null */
	struct arg	*wait_arg, *send_arg, *option_arg;
	struct arg	*code;		/* a reply's: RetCode */
	const char	*wait_time, *send_time, *option;
	unsigned	 descriptors[2];
	bool		 has_ndr[2];
};

enum import { I_ALL, I_USER, I_SERVER, I_DEFINES, I_INTERNAL };
struct import_line {
	struct import_line *next;
	enum import	 who;
	const char	*file;		/* with its quotes or brackets */
};

/*
 * Message numbers of a subsystem, those that are left out included: the server
 * has a table of all.
 */
#define	NUMBERS_MAX	65536U

struct interface {
	const char	*source;
	const char	*name;
	struct place	 place;		/* of the subsystem line */
	unsigned	 base;
	unsigned	 numbers;	/* base + numbers: the first free id */
	bool		 kernel_user, kernel_server;
	bool		 has_error;	/* error_function is called */
	const char	*user_prefix, *server_prefix, *demux;
	const char	*error_function;
	struct import_line *imports;
	struct routine	*routines;
};

/* What the command line says. */
struct options {
	const char	*user, *server, *header, *sheader, *iheader, *dheader;
	const char	*individual;	/* -i: prefix of one file a routine */
	bool		 verbose, quiet;
	bool		 symbols;	/* -s */
	bool		 separate;	/* -R: send, then receive */
	bool		 check_ndr;	/* -n */
	unsigned	 on_stack;	/* -maxonstack, bytes */
	const char	*cc;
	char		**cpp;		/* arguments for the preprocessor */
	size_t		 ncpp;
};

enum token {
	T_END, T_WORD, T_NUMBER, T_STRING, T_FILE, T_PUNCT
};
struct lexeme {
	enum token	 token;
	struct place	 place;
	const char	*text;		/* of words, strings, file names */
	unsigned long	 number;
	int		 punct;
};

/* cpp.c: null after a message on failure. */
char	*cpp_run(const struct options *, const char *file, size_t *length);
/* error.c */
extern unsigned error_count;
void	error_at(const struct place *, const char *, ...) PRINTFLIKE(2, 3);
void	warning_at(const struct place *, const char *, ...) PRINTFLIKE(2, 3);
extern bool warnings_off;
void	fatal(const char *, ...) PRINTFLIKE(1, 2) __attribute__((__noreturn__));
void	*get(size_t);			/* cleared */
const char *copy_string(const char *, size_t);
const char *print(const char *, ...) PRINTFLIKE(1, 2);
/* lex.c */
void	lex_start(const char *file, const char *text, size_t length);
void	lex_next(struct lexeme *);
void	lex_file(struct lexeme *);	/* the next is "file" or <file> */
const char *lex_until_semicolon(void);	/* raw text, for expressions */
/* parse.c */
void	parse(struct interface *);
/* table.c: names */
struct table;
struct table *table_new(void);
void	*table_find(struct table *, const char *);
void	table_add(struct table *, const char *, void *);
void	table_set(struct table *, const char *, void *);
/* type.c */
struct type *type_builtin(const char *name);
struct type *type_bits(const struct place *, struct type *, unsigned long);
struct type *type_find(const char *name);
void	type_declare(const struct place *, struct type *, bool local);
struct type *type_array(const struct place *, unsigned long count, bool varying,
	    struct type *element);
struct type *type_struct(const struct place *, unsigned long count,
	    struct type *element);
struct type *type_string(const struct place *, unsigned long size,
	    bool varying);
struct type *type_pointer(const struct place *, struct type *);
struct type *type_copy(const struct type *);
struct type *type_counts(unsigned count, bool varying);
/* check.c */
void	check(struct interface *);
bool	arg_in(const struct arg *, enum message);	/* is data of it */
bool	arg_count_in(const struct arg *, enum message);	/* its count is */
bool	is_descriptor(const struct type *);
bool	is_memory(const struct type *);			/* not of rights */
bool	is_ool(const struct type *);			/* or of rights */
bool	is_many(const struct type *);	/* a descriptor for each element */
unsigned count_limit(const struct type *);		/* 0: none */
bool	is_varying(const struct type *);		/* inline */
bool	is_poly(const struct arg *, bool sender);	/* has a disposition */
bool	is_c_keyword(const char *);
unsigned descriptors_of(const struct type *);
/* The parameters beside an argument, on one side. */
bool	has_count(const struct arg *);
bool	has_dealloc(const struct arg *, bool server);
/* common.c */
extern const struct words {
	const char	*header, *port, *ool, *ool_ports, *error;
	const char	*port_type, *null_port;
} user_words, kernel_words;
const struct words *words_of(const struct interface *, bool server);
const char *user_c(const struct interface *, const struct type *);
const char *server_c(const struct interface *, const struct type *);
const char *trans_c(const struct interface *, const struct type *);
const char *element_c(const struct interface *, const struct type *,
	    bool server);
bool	has_poly(const struct arg *, bool server);
bool	has_ports(const struct routine *, enum message);
void	print_file_start(FILE *, const struct interface *, const char *what);
void	print_imports(FILE *, const struct interface *, enum import);
void	print_message(FILE *, const struct interface *, const struct routine *,
	    enum message, const char *name, bool server);
void	print_asserts(FILE *, const struct interface *, const struct routine *,
	    bool server);
void	print_parameters(FILE *, const struct interface *,
	    const struct routine *, bool server, bool all, const char *more);
void	print_actuals(FILE *, const struct routine *, const char *more);
void	print_prototype(FILE *, const struct interface *,
	    const struct routine *, bool server);
void	print_checks(FILE *, const struct interface *, const struct routine *,
	    enum message, bool ndr);
unsigned message_bytes(const struct type *);	/* of inline data, padded */
const char *length_field(const struct type *);	/* of a descriptor */
const char *descriptor_length(const struct type *, const char *count);
void	print_ool(FILE *, const char *indent, const char *to,
	    const struct arg *, const char *length, const char *disposition);
void	print_ools(FILE *, const char *to, const struct arg *,
	    const char *address, const char *subs, const char *count,
	    const char *disposition);
unsigned varying_before(const struct routine *, enum message,
	    const struct arg *);
unsigned varying_total(const struct routine *, enum message);
const char *varying_bytes(const struct arg *, const char *count);
const char *base_name(const char *);
const char *form_name(const struct routine *);
/* user.c, server.c, header.c */
void	print_user(FILE *, const struct interface *, const struct options *,
	    const struct routine *only);
void	print_server(FILE *, const struct interface *, const struct options *);
void	print_server_declarations(FILE *, const struct interface *,
	    const struct options *, bool comments);
void	print_header(FILE *, const struct interface *);
void	print_server_header(FILE *, const struct interface *,
	    const struct options *);
void	print_defines(FILE *, const struct interface *, enum import);
/* output.c */
FILE	*output_begin(const char *file);
void	output_commit(void);

#endif /* !_MIG_H_ */
