/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What launchctl(1) and liblaunch ask, as values (launch.h).
 *
 * A request is a string or a dictionary.  launchctl's has Verb, Domain and what
 * the verb needs; the others are Darwin's, with their one key.  The answer is a
 * value, or an errno; a refusal that needs words is a dictionary of Error and
 * Reason.
 *
 * Everybody may look; changing is for those that domain_controls() names, and a
 * request by an unprivileged port changes nothing.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mig.h>

#include "lib/liblaunch/pack.h"

#include "gen/bootstrap_server.h"
#include "control.h"

static int
carry_out(struct control *c)
{
	const char *verb;

	if (launch_data_get_type(c->request) == LAUNCH_DATA_STRING)
		return (control_plain(c));
	if (launch_data_get_type(c->request) != LAUNCH_DATA_DICTIONARY)
		return (EINVAL);
	verb = control_text(c, "Verb");
	return (verb == NULL ? control_darwin(c) : control_verb(c, verb));
}

/* An errno, with words if there are any. */
static launch_data_t
result(struct control *c)
{

	if (c->error == 0 && c->answer != NULL)
		return (c->answer);
	launch_data_free(c->answer);
	if (c->error == 0 || c->reason[0] == '\0')
		return (launch_data_new_errno(c->error));
	return (control_refusal(c->error, c->reason));
}

/* What a request holds beyond memory. */
static void
close_rights(launch_data_t d, const char *key, void *arg)
{
	size_t i;

	(void)key;
	(void)arg;
	switch (launch_data_get_type(d)) {
	case LAUNCH_DATA_FD:
		(void)close(launch_data_get_fd(d));
		break;
	case LAUNCH_DATA_MACHPORT:
		(void)mach_port_deallocate(mach_task_self(),
		    launch_data_get_machport(d));
		break;
	case LAUNCH_DATA_DICTIONARY:
		launch_data_dict_iterate(d, close_rights, NULL);
		break;
	case LAUNCH_DATA_ARRAY:
		for (i = 0; i < launch_data_array_get_count(d); i++)
			close_rights(launch_data_array_get_index(d, i), NULL,
			    NULL);
		break;
	default:
		break;
	}
}

kern_return_t
do_bootstrap_control(mach_port_t bp, vm_offset_t request,
    mach_msg_type_number_t requestCnt, mach_port_array_t request_rights,
    mach_msg_type_number_t request_rightsCnt, audit_token_t token,
    vm_offset_t *answer, mach_msg_type_number_t *answerCnt,
    mach_port_array_t *answer_rights, mach_msg_type_number_t *answer_rightsCnt)
{
	launch_data_t reply;
	mach_msg_bits_t bits;
	struct control c;
	mach_port_t to;

	(void)answer;
	(void)answerCnt;
	(void)answer_rights;
	(void)answer_rightsCnt;
	memset(&c, 0, sizeof(c));
	c.who = caller_of(token);
	c.here = domain_by_port(bp, &c.full);
	c.request = launch_unpack((const void *)request, requestCnt,
	    request_rights, request_rightsCnt);
	/* From here on the request is used up: this is mig's success. */
	mig_deallocate(request, requestCnt);
	mig_deallocate((vm_address_t)request_rights,
	    request_rightsCnt * sizeof(*request_rights));
	c.error = c.request == NULL ? EINVAL : carry_out(&c);
	if (c.request != NULL)
		close_rights(c.request, NULL, NULL);
	launch_data_free(c.request);
	if (c.later) {
		launch_data_free(c.answer);
		return (MIG_NO_REPLY);
	}
	reply = result(&c);
	to = server_take_reply(&bits);
	control_answer(to, bits, reply);
	launch_data_free(reply);
	return (MIG_NO_REPLY);
}
