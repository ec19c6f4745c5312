/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Numbers as words.
 */

#include <string.h>

#include "lsmp.h"

/* As <mach/mach_port.h> and Darwin's lsmp(1) count them. */
static const struct {
	uint32_t	 type;
	const char	*name;
} kobjects[] = {
	{ 1, "thread" },
	{ 2, "task" },
	{ 3, "host" },
	{ 4, "host-priv" },
	{ 8, "timer" },
	{ 19, "semaphore" },
	{ 20, "task-name" },
	{ 25, "clock" },
	{ 35, "fileport" }
};

const char *
kobject_name(uint32_t kotype)
{
	size_t i;

	if (kotype == 0)
		return (NULL);
	for (i = 0; i < sizeof(kobjects) / sizeof(kobjects[0]); i++)
		if (kobjects[i].type == kotype)
			return (kobjects[i].name);
	return ("kernel-object");
}

const char *
wait_name(uint32_t wait)
{

	switch (wait) {
	case MTH_RUNS:
		return ("runs");
	case MTH_RECEIVE:
		return ("receive");
	case MTH_SEND:
		return ("send");
	case MTH_SEMAPHORE:
		return ("semaphore");
	case MTH_SLEEP:
		return ("sleep");
	default:
		return ("waits");
	}
}

const char *
special_name(uint32_t name)
{

	if ((name & MIN_SPECIAL_REGISTERED) != 0)
		return ("registered");
	switch (name) {
	case TASK_HOST_PORT:
		return ("host");
	case TASK_BOOTSTRAP_PORT:
		return ("bootstrap");
	case TASK_ACCESS_PORT:
		return ("access");
	default:
		return ("special");
	}
}

const char *
rights_text(mach_port_type_t type)
{

	if ((type & MACH_PORT_TYPE_PORT_SET) != 0)
		return ("port-set");
	if ((type & MACH_PORT_TYPE_DEAD_NAME) != 0)
		return ("dead-name");
	if ((type & MACH_PORT_TYPE_SEND_ONCE) != 0)
		return ("send-once");
	switch (type & MACH_PORT_TYPE_SEND_RECEIVE) {
	case MACH_PORT_TYPE_SEND:
		return ("send");
	case MACH_PORT_TYPE_RECEIVE:
		return ("recv");
	case MACH_PORT_TYPE_SEND_RECEIVE:
		return ("recv,send");
	default:
		return ("none");
	}
}
