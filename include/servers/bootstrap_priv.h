/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The rest of the bootstrap server's interface: flags, instances and
 * listings, for system programs.  What <servers/bootstrap.h> says of all calls
 * holds here.
 */

#ifndef _SERVERS_BOOTSTRAP_PRIV_H_
#define	_SERVERS_BOOTSTRAP_PRIV_H_

#include <servers/bootstrap.h>

/* Flags. */
#define	BOOTSTRAP_PER_PID_SERVICE	(1 << 0)	/* of a process */
#define	BOOTSTRAP_ALLOW_LOOKUP		(1 << 1)
#define	BOOTSTRAP_DENY_JOB_CREATION	(1 << 2)
#define	BOOTSTRAP_PRIVILEGED_SERVER	(1 << 3)	/* in the root */
#define	BOOTSTRAP_FORCE_LOCAL		(1 << 4)	/* not in parents */
#define	BOOTSTRAP_SPECIFIC_INSTANCE	(1 << 5)	/* by id */
#define	BOOTSTRAP_STRICT_CHECKIN	(1 << 6)
#define	BOOTSTRAP_STRICT_LOOKUP		(1 << 7)

/* Properties of a domain. */
#define	BOOTSTRAP_PROPERTY_EXPLICITSUBSET	(1 << 0)
#define	BOOTSTRAP_PROPERTY_IMPLICITSUBSET	(1 << 1)
#define	BOOTSTRAP_PROPERTY_MOVEDSUBSET		(1 << 2)
#define	BOOTSTRAP_PROPERTY_PERUSER		(1 << 3)
#define	BOOTSTRAP_PROPERTY_XPC_DOMAIN		(1 << 4)
#define	BOOTSTRAP_PROPERTY_XPC_SINGLETON	(1 << 5)

/* The id of an instance of a job; zeros: of its only one. */
typedef unsigned char	bootstrap_instance_t[16];
/* As name_t, by value. */
typedef struct {
	char		name[BOOTSTRAP_MAX_NAME_LEN];
} bootstrap_name_t;

#ifndef _KERNEL

MACH_BEGIN_DECLS

/* bootstrap_init: nothing to do; libmach sets bootstrap_port. */
extern void bootstrap_init(void);

/*
 * bootstrap_register2: bootstrap_register(); with BOOTSTRAP_PER_PID_SERVICE
 * the name is found only by who gives the caller's process to
 * bootstrap_look_up2().
 */
extern kern_return_t bootstrap_register2(mach_port_t bp,
    const char *service_name, mach_port_t sp, uint64_t flags);

/*
 * bootstrap_look_up2: bootstrap_look_up().
 *
 * target_pid	with BOOTSTRAP_PER_PID_SERVICE, whose name; otherwise, if not 0,
 *		the process the server must be
 * flags	PER_PID_SERVICE, PRIVILEGED_SERVER, FORCE_LOCAL
 *
 *	BOOTSTRAP_NOT_PRIVILEGED	PRIVILEGED_SERVER, and the server is not
 *				in the uppermost domain; or it is not target_pid
 *	BOOTSTRAP_UNKNOWN_SERVICE	as bootstrap_look_up()
 */
extern kern_return_t bootstrap_look_up2(mach_port_t bp,
    const char *service_name, mach_port_t *sp, pid_t target_pid,
    uint64_t flags);

/*
 * bootstrap_look_up3: bootstrap_look_up2() of one instance of a job that has
 * several: with BOOTSTRAP_SPECIFIC_INSTANCE that of the 16 bytes instance_id (a
 * uuid_t on Darwin).
 *
 *	KERN_NOT_SUPPORTED	SPECIFIC_INSTANCE, where not offered
 */
extern kern_return_t bootstrap_look_up3(mach_port_t bp,
    const char *service_name, mach_port_t *sp, pid_t target_pid,
    const unsigned char *instance_id, uint64_t flags);

/*
 * bootstrap_check_in2, bootstrap_check_in3: bootstrap_check_in();
 * STRICT_CHECKIN refuses a name the job does not declare even where the
 * server is lenient.  instance_id gets the 16 bytes of the caller's instance.
 */
extern kern_return_t bootstrap_check_in2(mach_port_t bp,
    const char *service_name, mach_port_t *sp, uint64_t flags);
extern kern_return_t bootstrap_check_in3(mach_port_t bp,
    const char *service_name, mach_port_t *sp, unsigned char *instance_id,
    uint64_t flags);

/*
 * bootstrap_look_up_per_user: bootstrap_look_up() in the domain of a user.
 *
 *	BOOTSTRAP_NOT_PRIVILEGED	another user's, without privilege
 *	KERN_NOT_SUPPORTED	not offered
 */
extern kern_return_t bootstrap_look_up_per_user(mach_port_t bp,
    const char *service_name, uid_t target_user, mach_port_t *sp);

/*
 * bootstrap_lookup_children: the domains below bp: ports, names and properties,
 * as arrays of n_children to be released with vm_deallocate().
 *
 *	BOOTSTRAP_NO_CHILDREN	there are none
 *	BOOTSTRAP_NOT_PRIVILEGED	the caller is not the superuser
 *	KERN_NOT_SUPPORTED	not offered
 */
extern kern_return_t bootstrap_lookup_children(mach_port_t bp,
    mach_port_array_t *children, name_array_t *names,
    bootstrap_property_array_t *properties,
    mach_msg_type_number_t *n_children);

/*
 * bootstrap_info: all names that bp sees, the labels of their jobs, and their
 * status: three arrays of the same length to be released with
 * vm_deallocate().
 *
 * flags	BOOTSTRAP_FORCE_LOCAL: bp only, not its parents
 */
extern kern_return_t bootstrap_info(mach_port_t bp, name_array_t *names,
    mach_msg_type_number_t *names_count, name_array_t *jobs,
    mach_msg_type_number_t *jobs_count, bootstrap_status_array_t *active,
    mach_msg_type_number_t *active_count, uint64_t flags);

/*
 * bootstrap_get_root: the uppermost domain.
 *
 *	BOOTSTRAP_NOT_PRIVILEGED	the caller is not the superuser
 *	KERN_NOT_SUPPORTED	not offered
 */
extern kern_return_t bootstrap_get_root(mach_port_t bp, mach_port_t *root);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_SERVERS_BOOTSTRAP_PRIV_H_ */
