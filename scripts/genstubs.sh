#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Stubs of our own interfaces that are checked in, since the module is built
# where there is no mig: from include/mach/*.defs to kernel/kern/gen and
# lib/libmach/gen.
#
#	genstubs.sh MIG [directory]
#
# With a directory they are written there, for a comparison.

set -eu
mig=$1
root=$(cd "$(dirname "$0")/.." && pwd)
out=${2:-$root}
mkdir -p "$out/kernel/kern/gen" "$out/lib/libmach/gen"
for name in mach_port; do
	kernel=$out/kernel/kern/gen/${name}_server
	"$mig" -q -DKERNEL_SERVER -I"$root/include" -I"$root/cmd/mig/defs" \
	    -user /dev/null -header /dev/null -server "${kernel}_stubs.c" \
	    -sheader "$kernel.h" "$root/include/mach/$name.defs"
	user=$out/lib/libmach/gen/${name}_user
	"$mig" -q -I"$root/include" -I"$root/cmd/mig/defs" \
	    -user "${user}_stubs.c" -header "$user.h" -server /dev/null \
	    "$root/include/mach/$name.defs"
done
