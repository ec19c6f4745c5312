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
	K_OOL,			/* descriptor of memory */
	K_OOL_PORTS		/* descriptor of an array of rights */
};

struct type {
	const char	*name;		/* null: without one */
	enum kind	 kind;
	unsigned	 size;		/* bytes, at most; 0: no limit (OOL) */
	unsigned	 element_size;	/* bytes */
	unsigned	 count;		/* elements, at most; 0: no limit */
	bool		 varying;	/* has a count beside it */
	bool		 wide;		/* may need 8-byte alignment */
	bool		 poly;		/* disposition at run time */
	const char	*sent;		/* disposition, as the sender says */
	const char	*received;	/* the same, as it arrives */
	const char	*element;	/* C type of an element */
	const char	*base;		/* C type, if it has no name */
	const char	*user_type;	/* C types */
	const char	*server_type;
	const char	*trans_type;	/* the server's, behind a function */
	const char	*intran;
	const char	*outtran;
	const char	*destructor;
};

enum direction {
	D_NONE, D_IN, D_OUT, D_INOUT, D_REQUEST, D_REPLY, D_SREPLY, D_UREPLY,
	D_WAITTIME, D_SENDTIME, D_MSGOPTION, D_SEQNO,
	D_SERVER_SEC, D_SERVER_AUDIT, D_SERVER_CONTEXT, D_USER_SEC,
	D_USER_AUDIT
};

struct arg {
	struct arg	*next;
	struct place	 place;
	const char	*name;
	enum direction	 dir;
	struct type	*type;
	bool		 dealloc;
	bool		 is_const;
	bool		 physical;
	bool		 count_inout;
};

/* Which of the two messages. */
enum message { REQUEST, REPLY };

struct routine {
	struct routine	*next;
	struct place	 place;
	const char	*name;
	unsigned	 number;	/* from the subsystem's base */
	bool		 oneway;	/* simpleroutine */
	struct arg	*args;
	struct arg	*request_port;
	struct arg	*reply_port;	/* of any form; may be null */
	struct arg	*wait_arg, *send_arg, *option_arg;
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

struct interface {
	const char	*source;
	const char	*name;
	struct place	 place;		/* of the subsystem line */
	unsigned	 base;
	unsigned	 numbers;	/* base + numbers: the first free id */
	const char	*user_prefix, *server_prefix, *demux;
	struct import_line *imports;
	struct routine	*routines;
};

/* What the command line says. */
struct options {
	const char	*user, *server, *header, *sheader, *iheader, *dheader;
	const char	*individual;	/* -i: prefix of one file a routine */
	bool		 verbose, quiet;
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
/* type.c */
struct type *type_builtin(const char *name);
struct type *type_bits(const struct place *, struct type *, unsigned long);
struct type *type_find(const char *name);
void	type_declare(const struct place *, struct type *);
struct type *type_array(const struct place *, unsigned long count, bool varying,
	    struct type *element);
struct type *type_struct(const struct place *, unsigned long count,
	    struct type *element);
struct type *type_string(const struct place *, unsigned long size,
	    bool varying);
struct type *type_pointer(const struct place *, struct type *);
struct type *type_copy(const struct type *);
/* check.c */
void	check(struct interface *);
bool	arg_in(const struct arg *, enum message);	/* is data of it */
bool	arg_count_in(const struct arg *, enum message);	/* its count is */
bool	is_descriptor(const struct type *);
bool	is_varying(const struct type *);		/* inline */
/* common.c */
void	print_file_start(FILE *, const struct interface *, const char *what);
void	print_imports(FILE *, const struct interface *, enum import);
void	print_message(FILE *, const struct routine *, enum message,
	    const char *name, bool server);
void	print_asserts(FILE *, const struct routine *);
void	print_prototype(FILE *, const struct interface *,
	    const struct routine *, bool server);
void	print_checks(FILE *, const struct routine *, enum message);
unsigned message_bytes(const struct type *);	/* of inline data, padded */
unsigned varying_before(const struct routine *, enum message,
	    const struct arg *);
unsigned varying_total(const struct routine *, enum message);
const char *varying_bytes(const struct arg *, const char *count);
const char *base_name(const char *);
/* user.c, server.c, header.c */
void	print_user(FILE *, const struct interface *, const struct options *,
	    const struct routine *only);
void	print_server(FILE *, const struct interface *, const struct options *);
void	print_header(FILE *, const struct interface *, const char *file);
void	print_server_header(FILE *, const struct interface *, const char *file);
void	print_defines(FILE *, const struct interface *, const char *file,
	    enum import);
/* output.c */
FILE	*output_begin(const char *file);
void	output_commit(void);

#endif /* !_MIG_H_ */
