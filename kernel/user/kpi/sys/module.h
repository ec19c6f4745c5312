/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/module.h>: the event types; the user-mode host loads no modules. */

#ifndef _KPI_SYS_MODULE_H_
#define	_KPI_SYS_MODULE_H_

typedef enum modeventtype {
	MOD_LOAD,
	MOD_UNLOAD,
	MOD_SHUTDOWN,
	MOD_QUIESCE
} modeventtype_t;

typedef struct module *module_t;

#endif /* !_KPI_SYS_MODULE_H_ */
