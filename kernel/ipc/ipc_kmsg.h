/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Messages inside the kernel.
 *
 * A message is a header, descriptors and data.  The header's rights and the
 * descriptors are held in kernel form (references to ports, snapshots of
 * memory) beside the data; the image a receiver sees is put together in
 * ikm_buf just before it is copied out, backwards from the data, so that
 * receivers whose descriptors have another size need no second copy:
 *
 *	ikm_buf:  [ room | header body descriptors | data | trailer ]
 *	                                           ^ ikm_data
 *
 * A kmsg is owned by one thread or by one queue; it has no lock.
 */

#ifndef _KERNEL_IPC_IPC_KMSG_H_
#define _KERNEL_IPC_IPC_KMSG_H_

#include <kernel/ipc/ipc_object.h>
#include <kernel/kern/thread.h>

struct ipc_port;
struct ipc_space;
struct mach_quota;
struct mach_thread;
struct mach_timer;
struct vm_copy;

struct ipc_kmsg_desc {
	mach_msg_descriptor_type_t id_type;
	mach_msg_type_name_t id_disposition; /* user's, then PORT_* */
	bool		 id_deallocate;
	uint8_t		 id_copy;	/* mach_msg_copy_options_t */
	mach_port_name_t id_name;	/* port: the sender's name */
	uint32_t	 id_count;	/* out-of-line ports */
	uint64_t	 id_context;	/* guarded port */
	uint32_t	 id_flags;	/* guarded port */
	mach_vm_offset_t id_address;	/* the sender's */
	mach_vm_size_t	 id_size;	/* bytes */
	union {
		struct ipc_port	 *port;	/* a right, NULL or IP_DEAD */
		struct vm_copy	 *copy;	/* NULL: size 0 */
		struct {
			struct ipc_port	**ports;
			mach_port_name_t *names;	/* while copying in */
		} ool;
	} id_u;
};

#define	IKM_INLINE_DESCS	2
#define	IKM_SMALL_SIZE		512	/* bytes of ikm_inline */

struct ipc_kmsg {
	TAILQ_ENTRY(ipc_kmsg) ikm_link;
	mach_msg_header_t ikm_header;	/* bits in kernel form, id, size */
	mach_port_name_t ikm_remote_name; /* while copying in */
	mach_port_name_t ikm_local_name;
	uint32_t	 ikm_datasize;	/* bytes after the descriptors */
	uint32_t	 ikm_bufsize;
	uint8_t		*ikm_data;
	uint8_t		*ikm_buf;
	u_long		 ikm_charge;	/* bytes charged */
	struct mach_quota *ikm_quota;	/* what the memory is charged to */
	uint64_t	 ikm_context;	/* when it arrived, as the next two */
	mach_port_seqno_t ikm_seqno;
	mach_port_name_t ikm_dest_name;
	security_token_t ikm_sec;
	audit_token_t	 ikm_audit;

	/* What is 0 to begin with: ipc_kmsg_clear(). */
	struct ipc_port	*ikm_remote;	/* destination right */
	struct ipc_port	*ikm_local;	/* reply right, NULL or IP_DEAD */
	struct ipc_kmsg_desc *ikm_descs;
	struct mach_timer *ikm_timer;	/* whose message it is, or NULL */
	mach_msg_aux_header_t *ikm_aux;	/* auxiliary data, or NULL */
	u_long		 ikm_ool;	/* bytes of out-of-line memory */
	uint32_t	 ikm_ndescs;
	bool		 ikm_complex;
	bool		 ikm_circular;	/* would hold its own queue */
	bool		 ikm_arrived;	/* the destination right is used up */
	bool		 ikm_nameless;	/* its sender's ids are not filled in */

	struct ipc_kmsg_desc ikm_inline_descs[IKM_INLINE_DESCS];
	uint8_t		 ikm_inline[IKM_SMALL_SIZE] __aligned(8);
};

TAILQ_HEAD(ipc_kmsgq, ipc_kmsg);

/*
 * Messages to be destroyed once no lock is held.  Destroying a message can
 * destroy a port with further messages in its queue, and so on as deep as a
 * user cares to build: the list makes that a loop instead of a recursion.
 */
struct ipc_gc {
	struct ipc_kmsgq gc_kmsgs;
	SLIST_HEAD(, mach_fileport) gc_fileports; /* without senders */
};

#define	IPC_GC_INIT(gc)		do {					\
	TAILQ_INIT(&(gc)->gc_kmsgs);					\
	SLIST_INIT(&(gc)->gc_fileports);				\
} while (0)
void	ipc_gc_work(struct ipc_gc *gc);

/* Nearly always there is nothing. */
static __inline void
ipc_gc_run(struct ipc_gc *gc)
{

	if (__predict_false(!TAILQ_EMPTY(&gc->gc_kmsgs) ||
	    !SLIST_EMPTY(&gc->gc_fileports)))
		ipc_gc_work(gc);
}

/* Largest message, header included, that can be sent. */
#define	IPC_KMSG_SIZE_MAX	(1024 * 1024)
#define	IPC_KMSG_AUX_SIZE_MAX	1024
#define	IPC_KMSG_DESCS_MAX	16383
#define	IPC_KMSG_OOL_PORTS_MAX	16383
#define	IPC_KMSG_OOL_SIZE_MAX	(1024ULL * 1024 * 1024)

int	ipc_kmsg_init(void);
void	ipc_kmsg_fini(void);

/* An empty message of ours with `datasize` bytes of room; may sleep. */
struct ipc_kmsg *ipc_kmsg_alloc(uint32_t datasize);
/* Make it complex, with room for descriptors; none is counted yet. */
struct ipc_kmsg_desc *ipc_kmsg_alloc_descs(struct ipc_kmsg *kmsg,
	    uint32_t count);
void	ipc_kmsg_free(struct ipc_kmsg *kmsg);
/* A message that was received: free it, or ready a timer's own for reuse. */
void	ipc_kmsg_release(struct ipc_kmsg *kmsg);
/* The same; the thread keeps the memory for the next that it sends. */
void	ipc_kmsg_recycle(struct mach_thread *th, struct ipc_kmsg *kmsg);
/* The memory a thread kept, at its end. */
void	ipc_kmsg_uncache(struct ipc_kmsg *kmsg);

/*
 * Read a message from the caller; rights are still names.  base, if not NULL,
 * is used for the header and the count of descriptors that are at addr.
 */
mach_msg_return_t ipc_kmsg_get(struct mach_thread *th, mach_vm_offset_t addr,
	    mach_msg_size_t size, const mach_msg_base_t *base,
	    struct ipc_kmsg **kmsgp);
/* The auxiliary data that goes with it; size is in range. */
mach_msg_return_t ipc_kmsg_get_aux(struct ipc_kmsg *kmsg,
	    mach_vm_offset_t addr, mach_msg_size_t size);

/*
 * Turn names into rights.  All or nothing: on failure the space is as it was.
 * Who sends it is left open (ikm_nameless) when that is dear to find out.
 */
mach_msg_return_t ipc_kmsg_copyin(struct mach_thread *th,
	    struct ipc_kmsg *kmsg, mach_msg_option64_t option);

/*
 * The same for a plain message: no descriptors, to a send right that is copied
 * or a send-once right, with no reply right or a send-once right made of a
 * receive right.  Returns the destination, live and locked, or NULL: the
 * message is not plain, or something is wrong with it, and is as it was.
 */
struct ipc_port *ipc_kmsg_copyin_plain(struct mach_thread *th,
	    struct ipc_kmsg *kmsg, mach_msg_option64_t option);

/*
 * Turn rights into names of the thread's space.  A header error leaves a
 * message without rights and body; a body error leaves the failed parts empty.
 */
mach_msg_return_t ipc_kmsg_copyout_space(struct mach_thread *th,
	    struct ipc_kmsg *kmsg, struct ipc_gc *gc); /* ipc_kmsg_copyout */

/* Its header is that of a received message. */
static __inline void
ipc_kmsg_named(struct ipc_kmsg *kmsg, mach_port_name_t remote,
    mach_port_name_t local)
{
	mach_msg_header_t *h;
	mach_msg_bits_t bits;

	h = &kmsg->ikm_header;
	bits = h->msgh_bits;
	h->msgh_bits = MACH_MSGH_BITS(MACH_MSGH_BITS_LOCAL(bits),
	    MACH_MSGH_BITS_REMOTE(bits)) | (bits & MACH_MSGH_BITS_COMPLEX);
	h->msgh_remote_port = remote;
	h->msgh_local_port = local;
}

static __inline mach_msg_return_t
ipc_kmsg_copyout(struct mach_thread *th, struct ipc_kmsg *kmsg,
    struct ipc_gc *gc)
{

	if (!kmsg->ikm_arrived || kmsg->ikm_local != NULL ||
	    kmsg->ikm_ndescs != 0)
		return (ipc_kmsg_copyout_space(th, kmsg, gc));
	/* Nothing to do to the space. */
	ipc_kmsg_named(kmsg, MACH_PORT_NULL, kmsg->ikm_dest_name);
	return (MACH_MSG_SUCCESS);
}

/* Release all but the name it arrived at: what is left is a bare header. */
void	ipc_kmsg_strip(struct mach_thread *th, struct ipc_kmsg *kmsg,
	    struct ipc_gc *gc);

/* The same for the sender of a message that could not be sent. */
mach_msg_return_t ipc_kmsg_copyout_pseudo(struct mach_thread *th,
	    struct ipc_kmsg *kmsg, struct ipc_gc *gc);

/*
 * Write the message, and the trailer `option` asks for unless `pseudo`, to
 * addr.  The kmsg holds names by now.
 */
mach_msg_return_t ipc_kmsg_put(struct mach_thread *th, struct ipc_kmsg *kmsg,
	    mach_vm_offset_t addr, mach_msg_size_t size,
	    mach_msg_option_t option, bool pseudo);

/* Fill in who sends it: the calling thread.  No locks. */
void	ipc_kmsg_sign(struct mach_thread *th, struct ipc_kmsg *kmsg);
/* Will a receiver with these options be told who sent it? */
static __inline bool
ipc_kmsg_signature_asked(mach_msg_option64_t option)
{

	return (GET_RCV_ELEMENTS((mach_msg_option_t)option) >=
	    MACH_RCV_TRAILER_SENDER);
}

/* Bytes of its auxiliary data. */
static __inline mach_msg_size_t
ipc_kmsg_aux_size(const struct ipc_kmsg *kmsg)
{

	return (kmsg->ikm_aux != NULL ? kmsg->ikm_aux->msgdh_size : 0);
}

/* What a receiver of that ABI sees before the data. */
uint32_t ipc_kmsg_descs_size(const struct ipc_kmsg *kmsg, bool is32);
static __inline uint32_t
ipc_kmsg_prefix_size(const struct ipc_kmsg *kmsg, bool is32)
{

	return (sizeof(mach_msg_header_t) +
	    (__predict_false(kmsg->ikm_complex) ?
	    ipc_kmsg_descs_size(kmsg, is32) : 0));
}

/* The size of the message alone: what msgh_size will say. */
static __inline mach_msg_size_t
ipc_kmsg_message_size(const struct mach_thread *th,
    const struct ipc_kmsg *kmsg)
{

	return (ipc_kmsg_prefix_size(kmsg, th->th_is32) + kmsg->ikm_datasize);
}

/* The same for a 64-bit program, whoever receives it. */
static __inline mach_msg_size_t
ipc_kmsg_size(const struct ipc_kmsg *kmsg)
{

	return (ipc_kmsg_prefix_size(kmsg, false) + kmsg->ikm_datasize);
}

/* Nothing but a type, a size: what is asked for mostly. */
static __inline bool
ipc_kmsg_trailer_is_bare(mach_msg_option_t option)
{

	return (GET_RCV_ELEMENTS(option) == MACH_RCV_TRAILER_NULL);
}

static __inline mach_msg_size_t
ipc_kmsg_trailer_size(const struct mach_thread *th, mach_msg_option_t option)
{

	return (__predict_true(ipc_kmsg_trailer_is_bare(option)) ?
	    sizeof(mach_msg_trailer_t) :
	    MACH_REQUESTED_TRAILER_SIZE(!th->th_is32, option));
}

/* What a receiver of this thread's ABI needs for message and trailer. */
static __inline mach_msg_size_t
ipc_kmsg_size_for(const struct mach_thread *th, const struct ipc_kmsg *kmsg,
    mach_msg_option_t option)
{

	return (ipc_kmsg_message_size(th, kmsg) +
	    ipc_kmsg_trailer_size(th, option));
}

/* Has the thread, in a receive, room for the message? */
static __inline bool
ipc_kmsg_fits(const struct mach_thread *th, const struct ipc_kmsg *kmsg)
{

	if (ipc_kmsg_size_for(th, kmsg, th->th_msg.option) >
	    th->th_msg.rcv_size)
		return (false);
	/* Auxiliary data is lost on those who do not know of vectors. */
	return (__predict_true(kmsg->ikm_aux == NULL) ||
	    (th->th_msg.option & MACH64_MSG_VECTOR) == 0 ||
	    ipc_kmsg_aux_size(kmsg) <= th->th_msg.aux_size);
}

/* Fill the requested trailer in; returns its size. */
mach_msg_size_t ipc_kmsg_trailer(struct mach_thread *th,
	    struct ipc_kmsg *kmsg, mach_msg_option_t option,
	    mach_msg_mac_trailer64_t *trailer);

/* Release all rights and memory; messages found on the way go to gc. */
void	ipc_kmsg_clean(struct ipc_kmsg *kmsg, struct ipc_gc *gc);
/* The same and free it. */
void	ipc_kmsg_destroy(struct ipc_kmsg *kmsg, struct ipc_gc *gc);

/* Send a message of the kernel's; consumes it, ignores the queue limit. */
void	ipc_kmsg_send_kernel(struct ipc_kmsg *kmsg, struct ipc_gc *gc);

#endif /* !_KERNEL_IPC_IPC_KMSG_H_ */
