/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Values as bytes, for the message between liblaunch and launchd.  Internal.
 *
 * A value is a byte of type and its contents; numbers are the host's.  Ports
 * and descriptors are indices into an array of send rights that travels beside
 * the bytes.
 */

#ifndef _LIBLAUNCH_PACK_H_
#define	_LIBLAUNCH_PACK_H_

#include <stddef.h>

#include <launch.h>

#define	PACK_DEPTH_MAX	64
#define	PACK_SIZE_MAX	(16 * 1024 * 1024)
#define	PACK_RIGHTS_MAX	256

struct packed {
	char		*bytes;		/* malloc(3) */
	size_t		 size;
	size_t		 room;
	mach_port_t	 rights[PACK_RIGHTS_MAX];
	unsigned	 nrights;
	unsigned char	 made[PACK_RIGHTS_MAX];	/* a fileport of ours */
};

/*
 * 0, or an errno value.  A port stays the caller's, with no reference added; a
 * descriptor becomes a new fileport.  pack_free() releases those.
 */
int	launch_pack(launch_data_t d, struct packed *p);
void	launch_pack_free(struct packed *p);

/*
 * NULL: not well-formed, or no memory.  The rights become the value's:
 * fileports are made descriptors and released.  Those that no value names are
 * released, all of them on failure.
 */
launch_data_t launch_unpack(const void *bytes, size_t size,
	    const mach_port_t *rights, unsigned nrights);

#endif /* !_LIBLAUNCH_PACK_H_ */
