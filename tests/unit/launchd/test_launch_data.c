/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The values of <launch.h>, each function: what is put in comes out, of another
 * type nothing does, and a copy is nobody's but its owner's.  And what there is
 * to say to launchd where there is none.  Prints TAP.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mach/mach.h>

#include <launch.h>
#include <vproc.h>

static int tests;
static bool failed, wrong;

static void
check_at(int line, bool ok, const char *what)
{

	if (ok)
		return;
	wrong = true;
	printf("# line %d: %s\n", line, what);
}

#define	check(what)	check_at(__LINE__, (what), #what)

static void
end(const char *name)
{

	printf("%sok %d - %s\n", wrong ? "not " : "", ++tests, name);
	failed |= wrong;
	wrong = false;
}

/* Of a value of another type the readers give nothing, the writers do. */
static void
check_foreign(launch_data_t d)
{
	launch_data_type_t type;

	type = launch_data_get_type(d);
	if (type != LAUNCH_DATA_FD)
		check(launch_data_get_fd(d) == -1 &&
		    !launch_data_set_fd(d, 7));
	if (type != LAUNCH_DATA_MACHPORT)
		check(launch_data_get_machport(d) == MACH_PORT_NULL &&
		    !launch_data_set_machport(d, 7));
	if (type != LAUNCH_DATA_INTEGER)
		check(launch_data_get_integer(d) == 0 &&
		    !launch_data_set_integer(d, 7));
	if (type != LAUNCH_DATA_BOOL)
		check(!launch_data_get_bool(d) &&
		    !launch_data_set_bool(d, true));
	if (type != LAUNCH_DATA_REAL)
		check(launch_data_get_real(d) >= 0 &&
		    launch_data_get_real(d) <= 0 &&
		    !launch_data_set_real(d, 7));
	if (type != LAUNCH_DATA_STRING)
		check(launch_data_get_string(d) == NULL &&
		    !launch_data_set_string(d, "7"));
	if (type != LAUNCH_DATA_OPAQUE)
		check(launch_data_get_opaque(d) == NULL &&
		    launch_data_get_opaque_size(d) == 0 &&
		    !launch_data_set_opaque(d, "7", 1));
	if (type != LAUNCH_DATA_ERRNO)
		check(launch_data_get_errno(d) == 0 &&
		    !launch_data_set_errno(d, 7));
	if (type != LAUNCH_DATA_DICTIONARY)
		check(launch_data_dict_get_count(d) == 0 &&
		    launch_data_dict_lookup(d, "key") == NULL &&
		    !launch_data_dict_remove(d, "key") &&
		    !launch_data_dict_insert(d, d, "key"));
	if (type != LAUNCH_DATA_ARRAY)
		check(launch_data_array_get_count(d) == 0 &&
		    launch_data_array_get_index(d, 0) == NULL &&
		    !launch_data_array_set_index(d, d, 0));
}

static void
test_empty(void)
{
	launch_data_t d;
	int type;

	for (type = LAUNCH_DATA_DICTIONARY; type <= LAUNCH_DATA_MACHPORT;
	    type++) {
		d = launch_data_alloc((launch_data_type_t)type);
		check(d != NULL && (int)launch_data_get_type(d) == type);
		check_foreign(d);
		check(launch_data_get_integer(d) == 0);
		check(launch_data_get_fd(d) == -1);
		check(launch_data_get_errno(d) == 0);
		check(type != LAUNCH_DATA_STRING ||
		    strcmp(launch_data_get_string(d), "") == 0);
		check(launch_data_get_opaque_size(d) == 0);
		launch_data_free(d);
	}
	check(launch_data_alloc((launch_data_type_t)0) == NULL);
	check(launch_data_alloc((launch_data_type_t)type) == NULL);
	launch_data_free(NULL);
	end("empty values, and other types'");
}

static void
test_simple(void)
{
	launch_data_t d;

	d = launch_data_new_fd(5);
	check(launch_data_get_fd(d) == 5);
	check(launch_data_set_fd(d, 6) && launch_data_get_fd(d) == 6);
	check_foreign(d);
	launch_data_free(d);
	d = launch_data_new_machport(0x103);
	check(launch_data_get_machport(d) == 0x103);
	check(launch_data_set_machport(d, MACH_PORT_DEAD) &&
	    launch_data_get_machport(d) == MACH_PORT_DEAD);
	check_foreign(d);
	launch_data_free(d);
	d = launch_data_new_integer(INT64_MIN);
	check(launch_data_get_integer(d) == INT64_MIN);
	check(launch_data_set_integer(d, INT64_MAX) &&
	    launch_data_get_integer(d) == INT64_MAX);
	check_foreign(d);
	launch_data_free(d);
	d = launch_data_new_bool(true);
	check(launch_data_get_bool(d));
	check(launch_data_set_bool(d, false) && !launch_data_get_bool(d));
	check_foreign(d);
	launch_data_free(d);
	d = launch_data_new_real(1.5);
	check(launch_data_get_real(d) > 1.4 && launch_data_get_real(d) < 1.6);
	check(launch_data_set_real(d, -2.0) && launch_data_get_real(d) < -1.9);
	check_foreign(d);
	launch_data_free(d);
	d = launch_data_new_errno(EPERM);
	check(launch_data_get_errno(d) == EPERM);
	check(launch_data_set_errno(d, 0) && launch_data_get_errno(d) == 0);
	check_foreign(d);
	launch_data_free(d);
	end("numbers, descriptors, ports");
}

static void
test_bytes(void)
{
	char text[] = "abc";
	launch_data_t d;

	d = launch_data_new_string(text);
	text[0] = 'x';			/* it has its own */
	check(strcmp(launch_data_get_string(d), "abc") == 0);
	check(launch_data_set_string(d, "longer than before") &&
	    strcmp(launch_data_get_string(d), "longer than before") == 0);
	check_foreign(d);
	launch_data_free(d);
	d = launch_data_new_opaque("a\0b", 3);
	check(launch_data_get_opaque_size(d) == 3 &&
	    memcmp(launch_data_get_opaque(d), "a\0b", 3) == 0);
	check(launch_data_set_opaque(d, "", 0) &&
	    launch_data_get_opaque_size(d) == 0);
	check_foreign(d);
	launch_data_free(d);
	end("strings and bytes");
}

static void
append_key(launch_data_t value, const char *key, void *arg)
{

	check(launch_data_get_integer(value) == key[0]);
	(void)strcat(arg, key);
}

static void
test_dictionary(void)
{
	launch_data_t d, value;
	char keys[32], key[2];

	d = launch_data_alloc(LAUNCH_DATA_DICTIONARY);
	key[1] = '\0';
	for (key[0] = 'a'; key[0] <= 't'; key[0]++)
		check(launch_data_dict_insert(d,
		    launch_data_new_integer(key[0]), key));
	check(launch_data_dict_get_count(d) == 20);
	check(!launch_data_dict_insert(d, NULL, "a"));
	check(launch_data_dict_lookup(d, "z") == NULL);
	/* In its place; the old one is freed. */
	value = launch_data_new_integer('c');
	check(launch_data_dict_insert(d, value, "c"));
	check(launch_data_dict_insert(d, value, "c"));	/* the same */
	check(launch_data_dict_lookup(d, "c") == value);
	check(launch_data_dict_get_count(d) == 20);
	check(launch_data_dict_remove(d, "a"));
	check(launch_data_dict_remove(d, "t"));
	check(launch_data_dict_remove(d, "f"));
	check(!launch_data_dict_remove(d, "f"));
	check(launch_data_dict_get_count(d) == 17);
	keys[0] = '\0';
	launch_data_dict_iterate(d, append_key, keys);
	check(strcmp(keys, "bcdeghijklmnopqrs") == 0);
	check_foreign(d);
	launch_data_free(d);
	end("dictionaries");
}

static void
test_array(void)
{
	launch_data_t d, value;
	int i;

	d = launch_data_alloc(LAUNCH_DATA_ARRAY);
	value = launch_data_new_integer(0);
	check(!launch_data_array_set_index(d, value, 1));
	check(!launch_data_array_set_index(d, NULL, 0));
	check(launch_data_array_set_index(d, value, 0));
	for (i = 1; i < 20; i++)
		check(launch_data_array_set_index(d,
		    launch_data_new_integer(i), (size_t)i));
	check(launch_data_array_set_index(d, launch_data_new_integer(-3), 3));
	check(launch_data_array_get_count(d) == 20);
	for (i = 0; i < 20; i++)
		check(launch_data_get_integer(launch_data_array_get_index(d,
		    (size_t)i)) == (i == 3 ? -3 : i));
	check(launch_data_array_get_index(d, 20) == NULL);
	check_foreign(d);
	launch_data_free(d);
	end("arrays");
}

static void
test_copy(void)
{
	launch_data_t array, copy, d;

	d = launch_data_alloc(LAUNCH_DATA_DICTIONARY);
	array = launch_data_alloc(LAUNCH_DATA_ARRAY);
	(void)launch_data_array_set_index(array,
	    launch_data_new_string("inner"), 0);
	(void)launch_data_array_set_index(array, launch_data_new_fd(9), 1);
	(void)launch_data_dict_insert(d, array, "array");
	(void)launch_data_dict_insert(d, launch_data_new_opaque("x\0", 2),
	    "bytes");
	copy = launch_data_copy(d);
	(void)launch_data_set_string(launch_data_array_get_index(array, 0),
	    "changed");
	launch_data_free(d);
	check(launch_data_dict_get_count(copy) == 2);
	check(launch_data_get_opaque_size(launch_data_dict_lookup(copy,
	    "bytes")) == 2);
	array = launch_data_dict_lookup(copy, "array");
	check(strcmp(launch_data_get_string(launch_data_array_get_index(array,
	    0)), "inner") == 0);
	check(launch_data_get_fd(launch_data_array_get_index(array, 1)) == 9);
	launch_data_free(copy);
	end("copies are deep");
}

static void
test_alone(void)
{
	launch_data_t d;
	size_t n;
	int *fds;

	errno = 0;
	check(launch_get_fd() == -1 && errno == ENOTSUP);
	/* As one who has no launchd. */
	bootstrap_port = MACH_PORT_NULL;
	d = launch_data_new_string(LAUNCH_KEY_GETJOBS);
	errno = 0;
	check(launch_msg(NULL) == NULL && errno == EINVAL);
	check(launch_msg(d) == NULL && errno == ENOTCONN);
	launch_data_free(d);
	check(launch_activate_socket("L", &fds, &n) == ENOTCONN);
	check(launch_activate_socket(NULL, &fds, &n) == EINVAL);
	check(launch_activate_socket("L", NULL, &n) == EINVAL);
	check(launch_socket_service_check_in("L", &fds, &n) == ENOTCONN);
	check(launch_socket_service_check_in("L", &fds, NULL) == EINVAL);
	check(vproc_transaction_begin(NULL) == NULL);
	vproc_transaction_end(NULL, NULL);
	check(vproc_transaction_count() == 0);
	end("without launchd");
}

int
main(void)
{

	test_empty();
	test_simple();
	test_bytes();
	test_dictionary();
	test_array();
	test_copy();
	test_alone();
	printf("1..%d\n", tests);
	return (failed);
}
