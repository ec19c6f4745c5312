/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * launchd's reader of requests: bytes that are no value are refused, and what
 * is one comes out as it went in.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/liblaunch/pack.h"
#include "tests/fuzz/fuzz.h"

const char fuzz_name[] = "launch";

void
fuzz_one(const uint8_t *data, size_t size)
{
	struct packed p, q;
	launch_data_t again, d;

	d = launch_unpack(data, size, NULL, 0);
	if (d == NULL)
		return;
	if (launch_pack(d, &p) != 0)
		abort();
	again = launch_unpack(p.bytes, p.size, NULL, 0);
	if (again == NULL || launch_pack(again, &q) != 0)
		abort();
	if (p.size != q.size || memcmp(p.bytes, q.bytes, p.size) != 0)
		abort();
	launch_pack_free(&p);
	launch_pack_free(&q);
	launch_data_free(d);
	launch_data_free(again);
}
