/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Where the bit fields of descriptors stand, byte by byte: the compiler cannot
 * say so in a constant expression, so this is run.
 */

#include <stdio.h>
#include <string.h>

#include <mach/message.h>

static int	failures;

static void
byte_is(const char *what, const void *descriptor, size_t offset, int value)
{
	int found;

	found = ((const unsigned char *)descriptor)[offset];
	if (found == value)
		return;
	fprintf(stderr, "%s: byte %zu is %d, not %d\n", what, offset, found,
	    value);
	failures++;
}

int
main(void)
{
	mach_msg_port_descriptor_t port;
	mach_msg_ool_descriptor32_t ool32;
	mach_msg_ool_descriptor64_t ool64;
	mach_msg_ool_ports_descriptor64_t ports64;
	mach_msg_guarded_port_descriptor32_t guarded32;
	mach_msg_guarded_port_descriptor64_t guarded64;

	memset(&port, 0, sizeof(port));
	port.disposition = MACH_MSG_TYPE_COPY_SEND;
	port.type = 4;
	byte_is("port disposition", &port, 10, 19);
	byte_is("port type", &port, 11, 4);

	memset(&ool32, 0, sizeof(ool32));
	ool32.deallocate = 1;
	ool32.copy = 2;
	ool32.type = 3;
	byte_is("ool32 deallocate", &ool32, 8, 1);
	byte_is("ool32 copy", &ool32, 9, 2);
	byte_is("ool32 type", &ool32, 11, 3);

	memset(&ool64, 0, sizeof(ool64));
	ool64.deallocate = 1;
	ool64.copy = 2;
	ool64.type = 3;
	byte_is("ool64 deallocate", &ool64, 8, 1);
	byte_is("ool64 copy", &ool64, 9, 2);
	byte_is("ool64 type", &ool64, 11, 3);

	memset(&ports64, 0, sizeof(ports64));
	ports64.disposition = MACH_MSG_TYPE_MOVE_SEND;
	ports64.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	byte_is("ool ports disposition", &ports64, 10, 17);
	byte_is("ool ports type", &ports64, 11, 2);

	memset(&guarded32, 0, sizeof(guarded32));
	guarded32.flags = 0x0201;
	guarded32.disposition = MACH_MSG_TYPE_MOVE_RECEIVE;
	guarded32.type = MACH_MSG_GUARDED_PORT_DESCRIPTOR;
	byte_is("guarded32 flags", &guarded32, 8, 1);
	byte_is("guarded32 flags", &guarded32, 9, 2);
	byte_is("guarded32 disposition", &guarded32, 10, 16);
	byte_is("guarded32 type", &guarded32, 11, 4);

	memset(&guarded64, 0, sizeof(guarded64));
	guarded64.flags = 0x0201;
	guarded64.type = MACH_MSG_GUARDED_PORT_DESCRIPTOR;
	byte_is("guarded64 flags", &guarded64, 8, 1);
	byte_is("guarded64 flags", &guarded64, 9, 2);
	byte_is("guarded64 type", &guarded64, 11, 4);

	return (failures == 0 ? 0 : 1);
}
