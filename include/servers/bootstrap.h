/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The bootstrap server: finding services by name.
 *
 * bp is a send right to a bootstrap domain; bootstrap_port is the program's
 * own.  A name is looked up in its domain, then in the domain's parents.  The
 * server, launchd, starts the job that declares a name when it is first looked
 * up; messages wait in the service's queue meanwhile.
 *
 * Names are strings of 1 to 127 bytes.  An empty or longer one gives
 * BOOTSTRAP_BAD_COUNT, and nothing is sent.
 *
 * Every call can also return:
 *
 *	KERN_SUCCESS (BOOTSTRAP_SUCCESS)	done; outputs are valid
 *	MACH_SEND_INVALID_DEST	bp is null, dead, or not a right to send with
 *	MIG_SERVER_DIED		the server went away during the call
 *	MIG_BAD_ID		bp is no bootstrap port
 *	BOOTSTRAP_NO_MEMORY	the server has no room
 *	BOOTSTRAP_NOT_PRIVILEGED	the caller may not do this in bp
 *
 * Rights returned are the caller's, to be released with mach_port_deallocate().
 * Follows Darwin.  Calls marked so are not offered, and return
 * KERN_NOT_SUPPORTED.
 */

#ifndef _SERVERS_BOOTSTRAP_H_
#define	_SERVERS_BOOTSTRAP_H_

#include <mach/message.h>
#include <mach/std_types.h>

#define	BOOTSTRAP_MAX_NAME_LEN		128	/* bytes, with the NUL */
#define	BOOTSTRAP_MAX_CMD_LEN		512
#define	BOOTSTRAP_MAX_LOOKUP_COUNT	20

typedef char		name_t[BOOTSTRAP_MAX_NAME_LEN];
typedef char		cmd_t[BOOTSTRAP_MAX_CMD_LEN];
typedef name_t		*name_array_t;
typedef int		bootstrap_status_t;
typedef bootstrap_status_t	*bootstrap_status_array_t;
typedef unsigned int	bootstrap_property_t;
typedef bootstrap_property_t	*bootstrap_property_array_t;
typedef boolean_t	*bool_array_t;

#define	BOOTSTRAP_SUCCESS		0
/* The caller may not do this. */
#define	BOOTSTRAP_NOT_PRIVILEGED	1100
/* Somebody else has the name. */
#define	BOOTSTRAP_NAME_IN_USE		1101
/* Nobody has it. */
#define	BOOTSTRAP_UNKNOWN_SERVICE	1102
/* It is checked in already. */
#define	BOOTSTRAP_SERVICE_ACTIVE	1103
/* A name or count is out of range. */
#define	BOOTSTRAP_BAD_COUNT		1104
/* The server has no room. */
#define	BOOTSTRAP_NO_MEMORY		1105
/* The domain has no subsets. */
#define	BOOTSTRAP_NO_CHILDREN		1106

#define	BOOTSTRAP_STATUS_INACTIVE	0
#define	BOOTSTRAP_STATUS_ACTIVE		1
#define	BOOTSTRAP_STATUS_ON_DEMAND	2

#ifndef _KERNEL

MACH_BEGIN_DECLS

extern mach_port_t	bootstrap_port;

/*
 * bootstrap_check_in: become the server of a name that the caller's job
 * declares: *sp is its receive right, with what was queued for it.  When the
 * right is destroyed it returns to launchd.
 *
 *	BOOTSTRAP_UNKNOWN_SERVICE	the job does not declare the name
 *	BOOTSTRAP_NOT_PRIVILEGED	the caller is not that job's
 *	BOOTSTRAP_SERVICE_ACTIVE	somebody holds the right
 */
extern kern_return_t bootstrap_check_in(mach_port_t bp,
    const char *service_name, mach_port_t *sp);

/*
 * bootstrap_look_up: a send right to a service.
 *
 *	BOOTSTRAP_UNKNOWN_SERVICE	nobody declared or registered the name,
 *				or the caller may not see it
 */
extern kern_return_t bootstrap_look_up(mach_port_t bp,
    const char *service_name, mach_port_t *sp);

/*
 * bootstrap_register: give a name to the send right sp (the caller keeps its
 * own).  It ends when the port dies, or with sp MACH_PORT_NULL.
 *
 *	BOOTSTRAP_NAME_IN_USE	a job declares the name, or another has it
 *	BOOTSTRAP_NOT_PRIVILEGED	the caller may not register in bp
 */
extern kern_return_t bootstrap_register(mach_port_t bp,
    const char *service_name, mach_port_t sp);

/*
 * bootstrap_create_service: declare a name and get a send right to it, to be
 * checked in later.
 *
 *	BOOTSTRAP_NAME_IN_USE	it is declared or registered
 *	KERN_NOT_SUPPORTED	not offered
 */
extern kern_return_t bootstrap_create_service(mach_port_t bp,
    const char *service_name, mach_port_t *sp);

/*
 * bootstrap_create_server: make a job that runs server_cmd as server_uid, and
 * get the port through which it declares its names.
 *
 *	BOOTSTRAP_NOT_PRIVILEGED	server_uid is another user
 *	KERN_NOT_SUPPORTED	not offered
 */
extern kern_return_t bootstrap_create_server(mach_port_t bp,
    const char *server_cmd, uid_t server_uid, boolean_t on_demand,
    mach_port_t *server_port);

/*
 * bootstrap_subset: a new domain below bp, which ends when requestor_port
 * dies.
 *
 *	BOOTSTRAP_NOT_PRIVILEGED	the caller may not make one
 *	KERN_NOT_SUPPORTED	not offered
 */
extern kern_return_t bootstrap_subset(mach_port_t bp,
    mach_port_t requestor_port, mach_port_t *subset_port);

/*
 * bootstrap_unprivileged: a port to bp with which nothing can be changed.
 *
 *	KERN_NOT_SUPPORTED	not offered
 */
extern kern_return_t bootstrap_unprivileged(mach_port_t bp,
    mach_port_t *unpriv_port);

/*
 * bootstrap_parent: the domain above bp; bp itself for the uppermost.
 *
 *	BOOTSTRAP_NOT_PRIVILEGED	the caller is not the superuser
 */
extern kern_return_t bootstrap_parent(mach_port_t bp,
    mach_port_t *parent_port);

/*
 * bootstrap_status: whether a service is checked in (ACTIVE), would be started
 * (ON_DEMAND) or neither (INACTIVE).
 *
 *	BOOTSTRAP_UNKNOWN_SERVICE	nobody has the name
 */
extern kern_return_t bootstrap_status(mach_port_t bp,
    const char *service_name, bootstrap_status_t *service_active);

/*
 * bootstrap_strerror: the text of a code of these calls; constant, never null.
 * Other codes go to mach_error_string().
 */
extern const char *bootstrap_strerror(kern_return_t code);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_SERVERS_BOOTSTRAP_H_ */
