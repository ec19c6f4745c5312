/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The special ports of a task: see task_get_special_port() in <mach/task.h>.
 *
 * Over fork the child inherits HOST, BOOTSTRAP and ACCESS; KERNEL, NAME,
 * INSPECT and READ are its own.
 */

#ifndef _MACH_TASK_SPECIAL_PORTS_H_
#define	_MACH_TASK_SPECIAL_PORTS_H_

typedef int	task_special_port_t;

#define	TASK_KERNEL_PORT	1	/* control of the task */
#define	TASK_HOST_PORT		2	/* the host it runs on */
#define	TASK_NAME_PORT		3	/* identity only */
#define	TASK_BOOTSTRAP_PORT	4	/* where services are looked up */
#define	TASK_INSPECT_PORT	5	/* basic information */
#define	TASK_READ_PORT		6	/* memory and state, read only */
#define	TASK_SEATBELT_PORT	7	/* kept, with no meaning here */
#define	TASK_ACCESS_PORT	9	/* kept, with no meaning here */
#define	TASK_DEBUG_CONTROL_PORT	10	/* kept, with no meaning here */
#define	TASK_RESOURCE_NOTIFY_PORT	11	/* kept, with no meaning here */
#define	TASK_MAX_SPECIAL_PORT	TASK_RESOURCE_NOTIFY_PORT

#define	task_get_kernel_port(task, port)	\
	(task_get_special_port((task), TASK_KERNEL_PORT, (port)))
#define	task_set_kernel_port(task, port)	\
	(task_set_special_port((task), TASK_KERNEL_PORT, (port)))
#define	task_get_host_port(task, port)		\
	(task_get_special_port((task), TASK_HOST_PORT, (port)))
#define	task_set_host_port(task, port)		\
	(task_set_special_port((task), TASK_HOST_PORT, (port)))
#define	task_get_bootstrap_port(task, port)	\
	(task_get_special_port((task), TASK_BOOTSTRAP_PORT, (port)))
#define	task_set_bootstrap_port(task, port)	\
	(task_set_special_port((task), TASK_BOOTSTRAP_PORT, (port)))
#define	task_get_task_access_port(task, port)	\
	(task_get_special_port((task), TASK_ACCESS_PORT, (port)))
#define	task_set_task_access_port(task, port)	\
	(task_set_special_port((task), TASK_ACCESS_PORT, (port)))
#define	task_get_debug_control_port(task, port)	\
	(task_get_special_port((task), TASK_DEBUG_CONTROL_PORT, (port)))
#define	task_set_task_debug_control_port(task, port)	\
	(task_set_special_port((task), TASK_DEBUG_CONTROL_PORT, (port)))

#endif /* !_MACH_TASK_SPECIAL_PORTS_H_ */
