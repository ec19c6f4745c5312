/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* <sys/imgact.h>: what a process_exec handler is told of the new image. */

#ifndef _KPI_SYS_IMGACT_H_
#define	_KPI_SYS_IMGACT_H_

#include <sys/types.h>

struct image_params {
	struct proc	*proc;
	bool		 credential_setid;	/* the image changes ids */
};

#endif /* !_KPI_SYS_IMGACT_H_ */
