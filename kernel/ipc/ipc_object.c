/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The last reference on a port or port set.
 */

#include <kernel/ipc/ipc_object.h>
#include <kernel/ipc/ipc_port.h>
#include <kernel/ipc/ipc_pset.h>
#include <kernel/ipc/ipc_watch.h>

void
ipc_object_free(struct ipc_object *object)
{

	KASSERT(!object->io_active, ("last reference to a live object"));
	if (object->io_watch != NULL)
		ipc_watch_free(object);
	if (object->io_type == IOT_PORT)
		ipc_port_free(ipc_object_port(object));
	else
		ipc_pset_free(ipc_object_pset(object));
}
