#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Stubs of our own interfaces that are checked in, since the module is built
# where there is no mig: of include/mach/*.defs in kernel/kern/gen and
# lib/libmach/gen, of kernel/kern/*.defs in kernel/kern/gen, of
# lib/libmach/bootstrap.defs in lib/libmach/gen and cmd/launchd/gen.
#
#	genstubs.sh MIG [directory]
#
# With a directory they are written there, for a comparison.

set -eu
mig=$1
root=$(cd "$(dirname "$0")/.." && pwd)
out=${2:-$root}
mkdir -p "$out/kernel/kern/gen" "$out/lib/libmach/gen" "$out/cmd/launchd/gen"

# user DEFS PATH: PATH.h and PATH_stubs.c
user()
{
	"$mig" -q -DLIBMACH -I"$root/cmd/mig/defs" -server /dev/null \
	    -user "$out/$2_stubs.c" -header "$out/$2.h" "$root/$1"
}
# server DEFS PATH [option]
server()
{
	"$mig" -q -I"$root/cmd/mig/defs" -user /dev/null \
	    -header /dev/null -server "$out/$2_stubs.c" -sheader "$out/$2.h" \
	    ${3:+"$3"} "$root/$1"
}

# What the kernel answers, and libmach asks.
for name in clock host_priv mach_host mach_port mach_vm task thread_act \
    vm_map; do
	server include/mach/$name.defs kernel/kern/gen/${name}_server \
	    -DKERNEL_SERVER
done
# The same for senders with addresses of 32 bits, where that is not the same.
for name in mach_host32 vm32_map; do
	server kernel/kern/$name.defs kernel/kern/gen/${name}_server \
	    -DKERNEL_SERVER
done
for name in mach_host mach_port mach_vm task thread_act; do
	user include/mach/$name.defs lib/libmach/gen/${name}_user
done
user lib/libmach/bootstrap.defs lib/libmach/gen/bootstrap_user
server lib/libmach/bootstrap.defs cmd/launchd/gen/bootstrap_server
