/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The sockets of the calling job.
 */

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <launch.h>

/* {"ActivateSocket": name} is answered with an array of descriptors. */
static launch_data_t
ask(const char *name)
{
	launch_data_t answer, request, value;

	request = launch_data_alloc(LAUNCH_DATA_DICTIONARY);
	value = launch_data_new_string(name);
	if (request == NULL || !launch_data_dict_insert(request, value,
	    "ActivateSocket")) {
		launch_data_free(request);
		launch_data_free(value);
		errno = ENOMEM;
		return (NULL);
	}
	answer = launch_msg(request);
	launch_data_free(request);
	return (answer);
}

int
launch_activate_socket(const char *name, int **fds, size_t *count)
{
	launch_data_t answer;
	size_t i, n;
	int error, *list;

	if (name == NULL || fds == NULL || count == NULL)
		return (EINVAL);
	answer = ask(name);
	if (answer == NULL)
		return (errno);
	if (launch_data_get_type(answer) != LAUNCH_DATA_ARRAY) {
		error = launch_data_get_errno(answer);
		launch_data_free(answer);
		return (error != 0 ? error : EIO);
	}
	n = launch_data_array_get_count(answer);
	list = calloc(n + 1, sizeof(*list));
	for (i = 0; i < n; i++) {
		if (list != NULL)
			list[i] = launch_data_get_fd(
			    launch_data_array_get_index(answer, i));
		else
			(void)close(launch_data_get_fd(
			    launch_data_array_get_index(answer, i)));
	}
	launch_data_free(answer);
	if (list == NULL)
		return (ENOMEM);
	*fds = list;
	*count = n;
	return (0);
}

int
launch_socket_service_check_in(const char *name, int **fds, size_t *count)
{

	return (launch_activate_socket(name, fds, count));
}
