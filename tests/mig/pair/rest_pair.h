/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What the files of the test `rest' share: the server (rest.c), and calls that
 * are right, each of which checks what it returns while nothing is spoiled.
 */

#ifndef _REST_PAIR_H_
#define	_REST_PAIR_H_

#include <pthread.h>

#include "../../conformance/ctmach.h"
#include "spoil.h"

#include REST_HEADER
#include REST_SERVER_HEADER

struct object {
	uint32_t	handle;
};

extern struct server {
	mach_port_t	port;
	pthread_t	thread;
	unsigned	names;
	struct object	object;
	int		heard;
	kern_return_t	reported;
	unsigned	elements;	/* of results */
} server;

/* Rights for each call: new ones, since a changed message may move them. */
extern mach_port_t mine[2];

/* rest.c */
void	start(void);
void	stop(void);
void	make_ports(void);
void	drop_ports(void);
void	drop(mach_port_t);
free_t	numbers(unsigned);		/* memory with 0, 3, 6 ... */
void	forget(const void *, size_t);

/* lists.c: arrays of out-of-line memory */
kern_return_t	call_alone(void);
kern_return_t	call_pieces(void);
kern_return_t	call_wholes(void);
kern_return_t	call_sets(void);

/* forms.c: forms of types and arguments */
kern_return_t	call_forms(void);
kern_return_t	call_far(void);
kern_return_t	call_over(void);
kern_return_t	call_local(void);
kern_return_t	call_sec_only(void);
kern_return_t	call_seqno_only(void);
kern_return_t	call_held(void);
kern_return_t	call_asked(void);
kern_return_t	call_behind(void);
kern_return_t	call_reals(void);
kern_return_t	call_tokens(void);
kern_return_t	call_answer_at(void);
kern_return_t	call_own_reply(void);

#endif /* !_REST_PAIR_H_ */
