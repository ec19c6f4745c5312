/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Spaces: the port names of a task.
 *
 * A name is an index into the space's table and a generation: freeing an
 * entry moves its generation on and puts it at the end of the free list, so a
 * name that was given up does not come back for a long time (at least
 * IPC_SPACE_MIN_FREE times 256 allocations).
 *
 * The table is a directory of chunks: it grows without moving an entry, and a
 * name chosen by the user costs one chunk, however large its index.
 *
 * is_lock (sx) protects the table.  Entries are pointers into chunks, which
 * stay where they are for the life of the space.
 *
 * To find the object of a name, as every send and receive must, no lock is
 * needed: ipc_entry_object() reads the words of the entry one by one, takes a
 * reference on the object (whose memory is type-stable, ipc_zone.h), and sees
 * whether the entry is still that of the name.  docs/locking.md has the proof.
 * It rests on rules for those who write:
 *
 *	ie_bits and ie_object are stored with ie_set_bits() and ie_set_object();
 *	the object of a new right is stored before the bits that tell of it, and
 *	a port knows its receiver by then;
 *	an entry has one object between its allocation and its end;
 *	a send right is given up on its port, and a reference dropped, after the
 *	entry says so;
 *	a generation that does anything but grow is counted in is_reuses first.
 */

#ifndef _KERNEL_IPC_IPC_SPACE_H_
#define _KERNEL_IPC_IPC_SPACE_H_

#include <kernel/ipc/ipc_object.h>

#include <sys/sx.h>
#include <machine/atomic.h>

struct mach_quota;
struct mach_task;

struct ipc_entry {
	struct ipc_object *volatile ie_object;	/* NULL for a dead name */
	volatile uint32_t ie_bits;
	uint32_t	 ie_request;	/* request slot of the port, or 0 */
	uint32_t	 ie_next;	/* free list, or reverse hash chain */
	uint32_t	 ie_scratch;	/* free list back; copy-in notes */
};

/* User references of a name stick here (Darwin: MACH_PORT_UREFS_MAX). */
#define	MACH_PORT_UREFS_MAX	0xffff

#define	IE_BITS_UREFS_MASK	0x0000ffffu
#define	IE_BITS_TYPE_MASK	0x001f0000u	/* MACH_PORT_TYPE_* */
#define	IE_BITS_FREE		0x00200000u	/* on the free list */
#define	IE_BITS_GEN_SHIFT	24
#define	IE_BITS_UREFS(b)	((b) & IE_BITS_UREFS_MASK)
#define	IE_BITS_TYPE(b)		((b) & IE_BITS_TYPE_MASK)
#define	IE_BITS_GEN(b)		((b) >> IE_BITS_GEN_SHIFT)

#define	IPC_NAME_INDEX(n)	((n) >> 8)
#define	IPC_NAME_GEN(n)		((n) & 0xff)
#define	IPC_NAME(i, g)		(((i) << 8) | (g))

#define	IPC_SPACE_CHUNK		128		/* entries a chunk */
#define	IPC_SPACE_INDEX_MAX	0x100000u	/* indices are below */
#define	IPC_SPACE_MIN_FREE	64
#define	IPC_GEN_FIRST		3

/*
 * The directory of a space.  One that got too small stays until the space goes,
 * for those who may be reading it.
 */
struct ipc_directory {
	struct ipc_directory *id_older;
	uint32_t	 id_nchunks;
	struct ipc_entry *volatile id_chunks[];
};

struct ipc_space {
	struct sx	 is_lock;
	volatile u_int	 is_refs;
	bool		 is_active;
	struct mach_task *is_task;	/* (c) no reference; for reports */
	struct mach_quota *is_quota;	/* (c) NULL: the kernel's */
	struct ipc_directory *volatile is_directory;
	volatile uint32_t is_reuses;	/* generations that came back */
	uint32_t	 is_fresh;	/* lowest index never used */
	uint32_t	 is_free_head;	/* 0: none */
	uint32_t	 is_free_tail;
	uint32_t	 is_nfree;
	uint32_t	 is_count;	/* entries in use */
	uint32_t	 is_reserved;	/* entries charged */
	uint32_t	*is_hash;	/* port -> index of its send right */
	uint32_t	 is_hashmask;
	uint32_t	 is_nhashed;
};

extern struct ipc_space *ipc_space_kernel; /* receiver of kernel ports */

#define	is_write_lock(s)	sx_xlock(&(s)->is_lock)
#define	is_write_unlock(s)	sx_xunlock(&(s)->is_lock)
#define	is_read_lock(s)		sx_slock(&(s)->is_lock)
#define	is_read_unlock(s)	sx_sunlock(&(s)->is_lock)

int	ipc_space_init(void);
void	ipc_space_fini(void);
struct ipc_space *ipc_space_create(struct mach_task *task,
	    struct mach_quota *quota);
void	ipc_space_hold(struct ipc_space *space);
void	ipc_space_drop(struct ipc_space *space);
/* Release every right.  The space must not be locked. */
void	ipc_space_terminate(struct ipc_space *space);

/* See above; with the space locked for writing. */
static __inline void
ie_set_bits(struct ipc_entry *entry, uint32_t bits)
{

	atomic_store_rel_32(&entry->ie_bits, bits);
}

static __inline void
ie_set_object(struct ipc_entry *entry, struct ipc_object *object)
{

	atomic_store_rel_ptr((volatile uintptr_t *)&entry->ie_object,
	    (uintptr_t)object);
}

/* What a look-up without the lock saw. */
struct ipc_lookup {
	struct ipc_entry *il_entry;
	uint32_t	 il_reuses;
};

/*
 * The object of a name with a right of one of `types`, with a reference; NULL:
 * there is none, or it was just changing.  Neither takes nor needs a lock.
 */
struct ipc_object *ipc_entry_object(struct ipc_space *space,
	    mach_port_name_t name, mach_port_type_t types,
	    struct ipc_lookup *look);
/*
 * Does the name still denote what ipc_entry_object() found?  With the object
 * locked this settles that a send right is there to be copied.
 */
static __inline bool
ipc_entry_still(struct ipc_space *space, mach_port_name_t name,
    mach_port_type_t types, const struct ipc_lookup *look)
{
	uint32_t bits;

	bits = atomic_load_acq_32(&look->il_entry->ie_bits);
	return (IE_BITS_GEN(bits) == IPC_NAME_GEN(name) &&
	    (bits & types) != 0 &&
	    atomic_load_acq_32(&space->is_reuses) == look->il_reuses);
}

/* Entries; the space is locked, for writing where it changes. */
struct ipc_entry *ipc_entry_lookup(struct ipc_space *space,
	    mach_port_name_t name);
uint32_t ipc_space_size(struct ipc_space *space);	/* indices below */
struct ipc_entry *ipc_entry_at(struct ipc_space *space, uint32_t index);
kern_return_t ipc_entry_alloc(struct ipc_space *space,
	    mach_port_name_t *namep, struct ipc_entry **entryp);
kern_return_t ipc_entry_alloc_name(struct ipc_space *space,
	    mach_port_name_t name, struct ipc_entry **entryp);
/* Whether ipc_entry_alloc_name() would find the name free. */
kern_return_t ipc_entry_name_free(struct ipc_space *space,
	    mach_port_name_t name);
void	ipc_entry_dealloc(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry);

/* From a port to the name of its send right; receive rights know theirs. */
void	ipc_hash_insert(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry);
void	ipc_hash_remove(struct ipc_space *space, mach_port_name_t name,
	    struct ipc_entry *entry);
bool	ipc_hash_lookup(struct ipc_space *space, struct ipc_object *object,
	    mach_port_name_t *namep, struct ipc_entry **entryp);

#endif /* !_KERNEL_IPC_IPC_SPACE_H_ */
