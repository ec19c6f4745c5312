/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Vouchers.  There are none: none can be made, and adopting that of a message
 * changes nothing.
 */

#include <mach/mach_voucher.h>

#include "libmach.h"

/* They use few of their arguments, on purpose. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

kern_return_t
host_create_mach_voucher(host_t host,
    mach_voucher_attr_raw_recipe_array_t recipes,
    mach_msg_type_number_t recipes_size, ipc_voucher_t *voucher)
{

	if (voucher != NULL)
		*voucher = MACH_VOUCHER_NULL;
	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_voucher_extract_attr_content(ipc_voucher_t voucher,
    mach_voucher_attr_key_t key, mach_voucher_attr_content_t content,
    mach_msg_type_number_t *content_size)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_voucher_extract_attr_recipe(ipc_voucher_t voucher,
    mach_voucher_attr_key_t key, mach_voucher_attr_raw_recipe_t recipe,
    mach_msg_type_number_t *recipe_size)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_voucher_extract_all_attr_recipes(ipc_voucher_t voucher,
    mach_voucher_attr_raw_recipe_array_t recipes,
    mach_msg_type_number_t *recipes_size)
{

	return (KERN_NOT_SUPPORTED);
}

kern_return_t
mach_voucher_attr_command(ipc_voucher_t voucher, mach_voucher_attr_key_t key,
    mach_voucher_attr_command_t command,
    mach_voucher_attr_content_t in_content,
    mach_msg_type_number_t in_content_size,
    mach_voucher_attr_content_t out_content,
    mach_msg_type_number_t *out_content_size)
{

	return (KERN_NOT_SUPPORTED);
}

/* The null voucher can be given back as any name can. */
kern_return_t
mach_voucher_deallocate(mach_port_name_t voucher)
{

	if (voucher == MACH_PORT_NULL)
		return (KERN_SUCCESS);
	return (mach_port_deallocate(mach_task_self_, voucher));
}

boolean_t
voucher_mach_msg_set(mach_msg_header_t *msg)
{

	return (FALSE);
}

void
voucher_mach_msg_clear(mach_msg_header_t *msg)
{
}

voucher_mach_msg_state_t
voucher_mach_msg_adopt(mach_msg_header_t *msg)
{

	return (VOUCHER_MACH_MSG_STATE_UNCHANGED);
}

void
voucher_mach_msg_revert(voucher_mach_msg_state_t state)
{
}
