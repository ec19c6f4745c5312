/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * sysctl(9).  Static objects register themselves before main(); the host
 * lists, reads and writes them by name (host_sysctl_*()).
 */

#ifndef _KPI_SYS_SYSCTL_H_
#define	_KPI_SYS_SYSCTL_H_

#include <sys/param.h>
#include <sys/counter.h>
#include <sys/queue.h>

struct sysctl_oid;
struct sysctl_req;
struct thread;

#define	CTLTYPE		0xf
#define	CTLTYPE_NODE	1
#define	CTLTYPE_INT	2
#define	CTLTYPE_STRING	3
#define	CTLTYPE_S64	4
#define	CTLTYPE_OPAQUE	5
#define	CTLTYPE_STRUCT	CTLTYPE_OPAQUE
#define	CTLTYPE_UINT	6
#define	CTLTYPE_LONG	7
#define	CTLTYPE_ULONG	8
#define	CTLTYPE_U64	9
#define	CTLTYPE_U8	0xa

#define	CTLFLAG_RD	0x80000000
#define	CTLFLAG_WR	0x40000000
#define	CTLFLAG_RW	(CTLFLAG_RD | CTLFLAG_WR)
#define	CTLFLAG_TUN	0x00080000
#define	CTLFLAG_RDTUN	(CTLFLAG_RD | CTLFLAG_TUN)
#define	CTLFLAG_RWTUN	(CTLFLAG_RW | CTLFLAG_TUN)
#define	CTLFLAG_MPSAFE	0x00040000
#define	CTLFLAG_SKIP	0x01000000

#define	OID_AUTO	(-1)

#define	SYSCTL_HANDLER_ARGS						\
	struct sysctl_oid *oidp, void *arg1, intmax_t arg2,		\
	    struct sysctl_req *req

SLIST_HEAD(sysctl_oid_list, sysctl_oid);

struct sysctl_oid {
	struct sysctl_oid_list	 oid_children;
	struct sysctl_oid_list	*oid_parent;
	SLIST_ENTRY(sysctl_oid)	 oid_link;
	int			 oid_number;
	u_int			 oid_kind;
	void			*oid_arg1;
	intmax_t		 oid_arg2;
	const char		*oid_name;
	int			(*oid_handler)(SYSCTL_HANDLER_ARGS);
	const char		*oid_fmt;
	const char		*oid_descr;
	bool			 oid_dynamic;
	struct sysctl_oid	*oid_ctxnext;	/* of one sysctl_ctx_list */
};

struct sysctl_req {
	struct thread	*td;
	void		*oldptr;	/* NULL: only the size is wanted */
	size_t		 oldlen;
	size_t		 oldidx;
	const void	*newptr;	/* NULL: nothing to write */
	size_t		 newlen;
	size_t		 newidx;
};

struct sysctl_ctx_list {
	struct sysctl_oid	*scl_first;
};

int	kpi_sysctl_out(struct sysctl_req *, const void *, size_t);
int	kpi_sysctl_in(struct sysctl_req *, void *, size_t);
#define	SYSCTL_OUT(r, p, l)	kpi_sysctl_out((r), (p), (l))
#define	SYSCTL_IN(r, p, l)	kpi_sysctl_in((r), (p), (l))
#define	SYSCTL_OUT_STR(r, p)	kpi_sysctl_out((r), (p), strlen(p) + 1)

int	sysctl_handle_bool(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_int(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_long(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_64(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_string(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_opaque(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_counter_u64(SYSCTL_HANDLER_ARGS);

void	kpi_sysctl_register(struct sysctl_oid *);
int	sysctl_ctx_init(struct sysctl_ctx_list *);
int	sysctl_ctx_free(struct sysctl_ctx_list *);
struct sysctl_oid *sysctl_add_oid(struct sysctl_ctx_list *clist,
	    struct sysctl_oid_list *parent, int nbr, const char *name,
	    int kind, void *arg1, intmax_t arg2,
	    int (*handler)(SYSCTL_HANDLER_ARGS), const char *fmt,
	    const char *descr, const char *label);

/* Root nodes that exist everywhere. */
extern struct sysctl_oid_list sysctl__children;
#define	SYSCTL_DECL(name)	extern struct sysctl_oid sysctl__##name
SYSCTL_DECL(_kern);
SYSCTL_DECL(_debug);
SYSCTL_DECL(_security);

#define	SYSCTL_CHILDREN(oid)		(&(oid)->oid_children)
#define	SYSCTL_STATIC_CHILDREN(name)	(&sysctl__##name.oid_children)

#define	KPI_SYSCTL_OID(scope, parent, nbr, name, kind, a1, a2, handler,	\
    fmt, descr)								\
	scope struct sysctl_oid sysctl__##parent##_##name = {		\
		.oid_children = SLIST_HEAD_INITIALIZER(0),		\
		.oid_parent = &sysctl__##parent.oid_children,		\
		.oid_number = (nbr),					\
		.oid_kind = (u_int)(kind),				\
		.oid_arg1 = (a1),					\
		.oid_arg2 = (a2),					\
		.oid_name = #name,					\
		.oid_handler = (handler),				\
		.oid_fmt = (fmt),					\
		.oid_descr = (descr),					\
	};								\
	__attribute__((__constructor__)) static void			\
	kpi_sysctl_register_##parent##_##name(void)			\
	{								\
		kpi_sysctl_register(&sysctl__##parent##_##name);	\
	}								\
	struct __hack

#define	SYSCTL_OID(parent, nbr, name, kind, a1, a2, handler, fmt, descr) \
	KPI_SYSCTL_OID(static, parent, nbr, name, kind, a1, a2, handler, \
	    fmt, descr)
#define	SYSCTL_NODE(parent, nbr, name, access, handler, descr)		\
	KPI_SYSCTL_OID(, parent, nbr, name, CTLTYPE_NODE | (access),	\
	    NULL, 0, (handler), "N", descr)
#define	SYSCTL_PROC(parent, nbr, name, access, ptr, arg, handler, fmt, descr) \
	SYSCTL_OID(parent, nbr, name, (access), (ptr), (arg),		\
	    (handler), fmt, descr)
#define	SYSCTL_BOOL(parent, nbr, name, access, ptr, val, descr)		\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_U8 | (access), (ptr), (val), \
	    sysctl_handle_bool, "CU", descr)
#define	SYSCTL_INT(parent, nbr, name, access, ptr, val, descr)		\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_INT | (access), (ptr), (val), \
	    sysctl_handle_int, "I", descr)
#define	SYSCTL_UINT(parent, nbr, name, access, ptr, val, descr)		\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_UINT | (access), (ptr), (val), \
	    sysctl_handle_int, "IU", descr)
#define	SYSCTL_LONG(parent, nbr, name, access, ptr, val, descr)		\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_LONG | (access), (ptr), (val), \
	    sysctl_handle_long, "L", descr)
#define	SYSCTL_ULONG(parent, nbr, name, access, ptr, val, descr)	\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_ULONG | (access), (ptr), (val), \
	    sysctl_handle_long, "LU", descr)
#define	SYSCTL_U64(parent, nbr, name, access, ptr, val, descr)		\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_U64 | (access), (ptr), (val), \
	    sysctl_handle_64, "QU", descr)
#define	SYSCTL_UQUAD(parent, nbr, name, access, ptr, descr)		\
	SYSCTL_U64(parent, nbr, name, access, ptr, 0, descr)
#define	SYSCTL_STRING(parent, nbr, name, access, arg, len, descr)	\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_STRING | (access), (arg),	\
	    (len), sysctl_handle_string, "A", descr)
#define	SYSCTL_COUNTER_U64(parent, nbr, name, access, ptr, descr)	\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_U64 | (access), (ptr), 0,	\
	    sysctl_handle_counter_u64, "QU", descr)

#define	SYSCTL_ADD_OID(ctx, parent, nbr, name, kind, a1, a2, handler, fmt, \
    descr)								\
	sysctl_add_oid((ctx), (parent), (nbr), (name), (int)(kind), (a1), \
	    (a2), (handler), (fmt), (descr), NULL)
#define	SYSCTL_ADD_NODE(ctx, parent, nbr, name, access, handler, descr)	\
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_NODE | (access),	\
	    NULL, 0, handler, "N", descr)
#define	SYSCTL_ADD_PROC(ctx, parent, nbr, name, access, ptr, arg, handler, \
    fmt, descr)								\
	SYSCTL_ADD_OID(ctx, parent, nbr, name, access, ptr, arg, handler, \
	    fmt, descr)
#define	SYSCTL_ADD_BOOL(ctx, parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_U8 | (access),	\
	    ptr, val, sysctl_handle_bool, "CU", descr)
#define	SYSCTL_ADD_INT(ctx, parent, nbr, name, access, ptr, val, descr)	\
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_INT | (access),	\
	    ptr, val, sysctl_handle_int, "I", descr)
#define	SYSCTL_ADD_UINT(ctx, parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_UINT | (access),	\
	    ptr, val, sysctl_handle_int, "IU", descr)
#define	SYSCTL_ADD_LONG(ctx, parent, nbr, name, access, ptr, descr)	\
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_LONG | (access),	\
	    ptr, 0, sysctl_handle_long, "L", descr)
#define	SYSCTL_ADD_ULONG(ctx, parent, nbr, name, access, ptr, descr)	\
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_ULONG | (access), \
	    ptr, 0, sysctl_handle_long, "LU", descr)
#define	SYSCTL_ADD_U64(ctx, parent, nbr, name, access, ptr, val, descr)	\
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_U64 | (access),	\
	    ptr, val, sysctl_handle_64, "QU", descr)
#define	SYSCTL_ADD_UQUAD(ctx, parent, nbr, name, access, ptr, descr)	\
	SYSCTL_ADD_U64(ctx, parent, nbr, name, access, ptr, 0, descr)
#define	SYSCTL_ADD_STRING(ctx, parent, nbr, name, access, arg, len, descr) \
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_STRING | (access), \
	    arg, len, sysctl_handle_string, "A", descr)
#define	SYSCTL_ADD_COUNTER_U64(ctx, parent, nbr, name, access, ptr, descr) \
	SYSCTL_ADD_OID(ctx, parent, nbr, name, CTLTYPE_U64 | (access),	\
	    ptr, 0, sysctl_handle_counter_u64, "QU", descr)

#endif /* !_KPI_SYS_SYSCTL_H_ */
