/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Requests to launchd, over the bootstrap protocol's control message.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <launch.h>
#include <mach/mach.h>
#include <mach/mig.h>
#include <servers/bootstrap.h>

#include "lib/libmach/gen/bootstrap_user.h"
#include "pack.h"

static int
error_of(kern_return_t kr)
{

	switch (kr) {
	case MACH_SEND_INVALID_DEST:
	case MIG_BAD_ID:
		return (ENOTCONN);
	case KERN_NO_SPACE:
	case KERN_RESOURCE_SHORTAGE:
	case BOOTSTRAP_NO_MEMORY:
	case MACH_SEND_NO_BUFFER:
		return (ENOMEM);
	case BOOTSTRAP_NOT_PRIVILEGED:
		return (EPERM);
	case KERN_INVALID_ARGUMENT:
	case MIG_BAD_ARGUMENTS:
		return (EINVAL);
	default:
		return (EIO);
	}
}

/* The services of a job that checks in, by the bootstrap call for each. */
static void
check_in(launch_data_t value, const char *key, void *arg)
{
	mach_port_t port;

	(void)value;
	if (bootstrap_check_in(bootstrap_port, key, &port) == KERN_SUCCESS &&
	    !launch_data_dict_insert(arg, launch_data_new_machport(port), key))
		(void)mach_port_mod_refs(mach_task_self(), port,
		    MACH_PORT_RIGHT_RECEIVE, -1);
}

static void
check_in_all(launch_data_t answer)
{
	launch_data_t names, ports;

	names = launch_data_dict_lookup(answer, LAUNCH_JOBKEY_MACHSERVICES);
	ports = launch_data_alloc(LAUNCH_DATA_DICTIONARY);
	if (names == NULL || ports == NULL) {
		launch_data_free(ports);
		return;
	}
	launch_data_dict_iterate(names, check_in, ports);
	(void)launch_data_dict_insert(answer, ports,
	    LAUNCH_JOBKEY_MACHSERVICES);
}

launch_data_t
launch_msg(launch_data_t request)
{
	mach_msg_type_number_t nrights, size;
	mach_port_array_t rights;
	struct packed *p;
	launch_data_t answer;
	vm_offset_t bytes;
	kern_return_t kr;
	int error;

	if (request == NULL) {
		errno = EINVAL;
		return (NULL);
	}
	if (bootstrap_port == MACH_PORT_NULL) {
		errno = ENOTCONN;
		return (NULL);
	}
	p = malloc(sizeof(*p));
	if (p == NULL)
		return (NULL);
	error = launch_pack(request, p);
	if (error != 0) {
		free(p);
		errno = error;
		return (NULL);
	}
	kr = mig_bootstrap_control(bootstrap_port, (vm_offset_t)p->bytes,
	    (mach_msg_type_number_t)p->size, p->rights, p->nrights, &bytes,
	    &size, &rights, &nrights);
	launch_pack_free(p);
	free(p);
	if (kr != KERN_SUCCESS) {
		errno = error_of(kr);
		return (NULL);
	}
	answer = launch_unpack((const void *)bytes, size, rights, nrights);
	mig_deallocate(bytes, size);
	mig_deallocate((vm_address_t)rights, nrights * sizeof(*rights));
	if (answer == NULL) {
		errno = EIO;
		return (NULL);
	}
	if (launch_data_get_type(request) == LAUNCH_DATA_STRING &&
	    strcmp(launch_data_get_string(request), LAUNCH_KEY_CHECKIN) == 0)
		check_in_all(answer);
	return (answer);
}

int
launch_get_fd(void)
{

	errno = ENOTSUP;
	return (-1);
}
