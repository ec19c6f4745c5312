/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Talking to launchd: values, requests, and the sockets of a job.
 *
 * Follows Darwin's <launch.h>.  A value belongs to who made it until it is put
 * into a dictionary or an array, which then owns it.  No function but
 * launch_msg() and launch_activate_socket() talks to launchd.  Values are not
 * locked: one thread at a time may use one.
 */

#ifndef _LAUNCH_H_
#define	_LAUNCH_H_

#include <sys/types.h>
#include <stdbool.h>
#include <stddef.h>

#include <mach/cdefs.h>
#include <mach/port.h>

/* The sections of a job's description that requests speak of. */
#define	LAUNCH_KEY_SUBMITJOB		"SubmitJob"
#define	LAUNCH_KEY_REMOVEJOB		"RemoveJob"
#define	LAUNCH_KEY_STARTJOB		"StartJob"
#define	LAUNCH_KEY_STOPJOB		"StopJob"
#define	LAUNCH_KEY_GETJOB		"GetJob"
#define	LAUNCH_KEY_GETJOBS		"GetJobs"
#define	LAUNCH_KEY_CHECKIN		"CheckIn"
#define	LAUNCH_KEY_SETUSERENVIRONMENT	"SetUserEnvironment"
#define	LAUNCH_KEY_UNSETUSERENVIRONMENT	"UnsetUserEnvironment"
#define	LAUNCH_KEY_GETUSERENVIRONMENT	"GetUserEnvironment"
#define	LAUNCH_KEY_SETRESOURCELIMITS	"SetResourceLimits"
#define	LAUNCH_KEY_GETRESOURCELIMITS	"GetResourceLimits"

#define	LAUNCH_JOBKEY_LABEL		"Label"
#define	LAUNCH_JOBKEY_PROGRAM		"Program"
#define	LAUNCH_JOBKEY_PROGRAMARGUMENTS	"ProgramArguments"
#define	LAUNCH_JOBKEY_SOCKETS		"Sockets"
#define	LAUNCH_JOBKEY_MACHSERVICES	"MachServices"
#define	LAUNCH_JOBKEY_TIMEOUT		"TimeOut"
#define	LAUNCH_JOBKEY_PID		"PID"
#define	LAUNCH_JOBKEY_LASTEXITSTATUS	"LastExitStatus"

#ifndef _KERNEL

MACH_BEGIN_DECLS

typedef struct _launch_data *launch_data_t;

typedef enum {
	LAUNCH_DATA_DICTIONARY = 1,
	LAUNCH_DATA_ARRAY,
	LAUNCH_DATA_FD,
	LAUNCH_DATA_INTEGER,
	LAUNCH_DATA_REAL,
	LAUNCH_DATA_BOOL,
	LAUNCH_DATA_STRING,
	LAUNCH_DATA_OPAQUE,
	LAUNCH_DATA_ERRNO,
	LAUNCH_DATA_MACHPORT,
} launch_data_type_t;

/*
 * launch_data_alloc: an empty value: 0, false, "", no element; a descriptor or
 * error of -1 and 0.  NULL: no memory, or no such type.
 */
extern launch_data_t launch_data_alloc(launch_data_type_t type);

/*
 * launch_data_copy: a deep copy.  Descriptors and ports are copied as numbers.
 * NULL: no memory.
 */
extern launch_data_t launch_data_copy(launch_data_t d);

/* launch_data_free: the value and all it holds; closes no descriptor. */
extern void launch_data_free(launch_data_t d);

extern launch_data_type_t launch_data_get_type(launch_data_t d);

/*
 * The makers: a value, or NULL: no memory.
 */
extern launch_data_t launch_data_new_fd(int fd);
extern launch_data_t launch_data_new_machport(mach_port_t port);
extern launch_data_t launch_data_new_integer(long long value);
extern launch_data_t launch_data_new_bool(bool value);
extern launch_data_t launch_data_new_real(double value);
extern launch_data_t launch_data_new_string(const char *value);
extern launch_data_t launch_data_new_opaque(const void *bytes, size_t size);
extern launch_data_t launch_data_new_errno(int error);

/*
 * The readers.  Of a value of another type: 0, false, NULL, -1 for a
 * descriptor, MACH_PORT_NULL.
 */
extern int launch_data_get_fd(launch_data_t d);
extern mach_port_t launch_data_get_machport(launch_data_t d);
extern long long launch_data_get_integer(launch_data_t d);
extern bool launch_data_get_bool(launch_data_t d);
extern double launch_data_get_real(launch_data_t d);
extern const char *launch_data_get_string(launch_data_t d);
extern void *launch_data_get_opaque(launch_data_t d);
extern size_t launch_data_get_opaque_size(launch_data_t d);
extern int launch_data_get_errno(launch_data_t d);

/*
 * The writers: true; false: another type, or no memory, and nothing changed.
 */
extern bool launch_data_set_fd(launch_data_t d, int fd);
extern bool launch_data_set_machport(launch_data_t d, mach_port_t port);
extern bool launch_data_set_integer(launch_data_t d, long long value);
extern bool launch_data_set_bool(launch_data_t d, bool value);
extern bool launch_data_set_real(launch_data_t d, double value);
extern bool launch_data_set_string(launch_data_t d, const char *value);
extern bool launch_data_set_opaque(launch_data_t d, const void *bytes,
	    size_t size);
extern bool launch_data_set_errno(launch_data_t d, int error);

/*
 * Dictionaries.  insert replaces (and frees) what the key had, and owns the
 * value on true; false: no dictionary, or no memory.  lookup: the value, which
 * stays the dictionary's, or NULL.  remove frees it; false: no such key.
 * iterate calls fn for each, in the order of insertion; fn must not change the
 * dictionary.
 */
extern bool launch_data_dict_insert(launch_data_t dict, launch_data_t value,
	    const char *key);
extern launch_data_t launch_data_dict_lookup(launch_data_t dict,
	    const char *key);
extern bool launch_data_dict_remove(launch_data_t dict, const char *key);
extern void launch_data_dict_iterate(launch_data_t dict,
	    void (*fn)(launch_data_t value, const char *key, void *arg),
	    void *arg);
extern size_t launch_data_dict_get_count(launch_data_t dict);

/*
 * Arrays.  set_index replaces the element, or appends it when the index is the
 * count; false: an index past that, no array, or no memory.  get_index: the
 * element, which stays the array's, or NULL.
 */
extern bool launch_data_array_set_index(launch_data_t array,
	    launch_data_t value, size_t index);
extern launch_data_t launch_data_array_get_index(launch_data_t array,
	    size_t index);
extern size_t launch_data_array_get_count(launch_data_t array);

/*
 * launch_msg: send a request to the launchd of bootstrap_port and wait for the
 * answer, which is the caller's.  A request is a string, or a dictionary of one
 * key.  A refused request is answered with an errno value.
 *
 *	NULL, errno	ENOTCONN: there is no launchd; EINVAL: no request;
 *			ENOMEM; EIO: it went away
 * Rights and descriptors in the request are copied, those in the answer are the
 * caller's.
 */
extern launch_data_t launch_msg(launch_data_t request);

/*
 * launch_get_fd: a descriptor of the connection to launchd.  There is none on
 * our hosts, where it is a port: -1, errno ENOTSUP.
 */
extern int launch_get_fd(void);

/*
 * launch_activate_socket: the descriptors of the sockets that the calling job
 * has under a name.  *fds, of *count elements, is to be freed with free();
 * each call makes new descriptors, closed on exec.
 *
 *	0	done
 *	ENOENT	the job has no socket of that name
 *	ESRCH	the caller is no job of launchd
 *	ENOTCONN, ENOMEM, EMFILE, EIO
 */
extern int launch_activate_socket(const char *name, int **fds, size_t *count);

/*
 * launch_socket_service_check_in: the same; its older name.
 */
extern int launch_socket_service_check_in(const char *name, int **fds,
	    size_t *count);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_LAUNCH_H_ */
