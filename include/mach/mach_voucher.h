/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Vouchers: see <mach/mach_voucher_types.h> for why there are none.
 * mach_voucher_deallocate() is in <mach/message.h>.
 */

#ifndef _MACH_MACH_VOUCHER_H_
#define	_MACH_MACH_VOUCHER_H_

#include <mach/mach_types.h>
#include <mach/mach_voucher_types.h>

#ifndef _KERNEL

MACH_BEGIN_DECLS

/*
 * host_create_mach_voucher: a voucher from recipes of recipes_size bytes.
 * *voucher is MACH_VOUCHER_NULL.
 *
 *	KERN_NOT_SUPPORTED
 */
extern kern_return_t host_create_mach_voucher(host_t host,
    mach_voucher_attr_raw_recipe_array_t recipes,
    mach_msg_type_number_t recipes_size, ipc_voucher_t *voucher);

/* What a voucher holds.  KERN_NOT_SUPPORTED. */
extern kern_return_t mach_voucher_extract_attr_content(ipc_voucher_t voucher,
    mach_voucher_attr_key_t key, mach_voucher_attr_content_t content,
    mach_msg_type_number_t *content_size);
extern kern_return_t mach_voucher_extract_attr_recipe(ipc_voucher_t voucher,
    mach_voucher_attr_key_t key, mach_voucher_attr_raw_recipe_t recipe,
    mach_msg_type_number_t *recipe_size);
extern kern_return_t mach_voucher_extract_all_attr_recipes(
    ipc_voucher_t voucher, mach_voucher_attr_raw_recipe_array_t recipes,
    mach_msg_type_number_t *recipes_size);
extern kern_return_t mach_voucher_attr_command(ipc_voucher_t voucher,
    mach_voucher_attr_key_t key, mach_voucher_attr_command_t command,
    mach_voucher_attr_content_t in_content,
    mach_msg_type_number_t in_content_size,
    mach_voucher_attr_content_t out_content,
    mach_msg_type_number_t *out_content_size);

MACH_END_DECLS

#endif /* !_KERNEL */

#endif /* !_MACH_MACH_VOUCHER_H_ */
