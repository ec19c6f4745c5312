/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/* struct mtx. */

#ifndef _KPI_SYS__MUTEX_H_
#define	_KPI_SYS__MUTEX_H_

#include <sys/lock.h>
#include <pthread.h>

struct mtx {
	struct lock_object	 lock_object;
	void			*mtx_owner;	/* kpi_self() of the owner */
	pthread_mutex_t		 mtx_pm;
};

#endif /* !_KPI_SYS__MUTEX_H_ */
