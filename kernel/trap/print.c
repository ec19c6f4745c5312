/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Traps in words, for tracers.  Names and kinds of the arguments come from
 * traps.master with the table.  Nothing here reads the caller's memory: a
 * pointer is printed as such.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <kernel/trap/trap.h>

/* The room left after what snprintf(9) wanted to write. */
static void
advance(char **bufp, size_t *sizep, int wanted)
{
	size_t n;

	n = MIN((size_t)wanted, *sizep - 1);
	*bufp += n;
	*sizep -= n;
}

static int
print_arg(char *buf, size_t size, const struct mach_trap_arg *arg,
    uint64_t word)
{

	switch (arg->ma_kind) {
	case MACH_ARG_SIGNED:
		return (snprintf(buf, size, "%s %d", arg->ma_name,
		    (int32_t)word));
	case MACH_ARG_WIDE:
	case MACH_ARG_POINTER:
		return (snprintf(buf, size, "%s %#jx", arg->ma_name,
		    (uintmax_t)word));
	default:
		return (snprintf(buf, size, "%s %#x", arg->ma_name,
		    (uint32_t)word));
	}
}

static const struct mach_trap *
known_trap(u_int number)
{

	if (number >= mach_trap_count ||
	    mach_trap_table[number].mt_name == NULL)
		return (NULL);
	return (&mach_trap_table[number]);
}

void
mach_trap_print(char *buf, size_t size, u_int number, const uint64_t *args,
    u_int nargs)
{
	const struct mach_trap *trap;
	u_int i;

	trap = known_trap(number);
	if (trap == NULL) {
		(void)snprintf(buf, size, "mach trap %u", number);
		return;
	}
	advance(&buf, &size, snprintf(buf, size, "%s(", trap->mt_name));
	for (i = 0; i < trap->mt_nargs; i++) {
		if (i != 0)
			advance(&buf, &size, snprintf(buf, size, ", "));
		advance(&buf, &size, print_arg(buf, size, &trap->mt_args[i],
		    i < nargs ? args[i] : 0));
	}
	(void)snprintf(buf, size, ")");
}

void
mach_trap_print_result(char *buf, size_t size, u_int number, int result)
{
	const struct mach_trap *trap;

	trap = known_trap(number);
	if (trap == NULL) {
		(void)snprintf(buf, size, "mach trap %u = %#x", number,
		    (u_int)result);
		return;
	}
	(void)snprintf(buf, size, "%s = %#x%s", trap->mt_name, (u_int)result,
	    mach_trap_failed(trap, result) ? " (failed)" : "");
}
