#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What mig writes compiles without a warning, as C and as C++, with each
# compiler that is there, for targets of both widths and both orders of bytes,
# and in the kernel.  Output is TAP.

set -eu
mig=$1
defs=$2
here=$(cd "$(dirname "$0")" && pwd)
include=$here/../../include
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
"$mig" -I"$defs" -sheader pairServer.h "$here/pair/pair.defs"
# Once more without the headers, as build files of the kind of -header
# /dev/null have it.
mkdir bare
"$mig" -I"$defs" -user bare/user.c -server bare/server.c -header /dev/null \
    "$here/pair/pair.defs"

"$mig" -I"$defs" -sheader restServer.h "$here/golden/rest.defs"
# Whatever the options.
mkdir options
"$mig" -I"$defs" -n -R -s -maxonstack 64 -user options/user.c \
    -server options/server.c -header /dev/null "$here/pair/pair.defs"
mkdir one
"$mig" -I"$defs" -i one/ -server /dev/null -header one/one.h \
    "$here/golden/rest.defs"
mkdir kernel
"$mig" -I"$defs" -user kernel/user.c -server kernel/server.c \
    -header kernel/user.h -sheader kernel/server.h "$here/golden/kernel.defs"
# Narrow targets have other types.
mkdir narrow
"$mig" -arch i386 -I"$defs" -user narrow/user.c -server narrow/server.c \
    -header /dev/null "$here/pair/pair.defs"
mkdir bare_libc
for header in string stdlib; do
	printf '%s\n' '#include <stddef.h>' \
	    'void *memcpy(void *, const void *, size_t);' \
	    'void *memmove(void *, const void *, size_t);' \
	    'void *memset(void *, int, size_t);' \
	    'void *memchr(const void *, int, size_t);' \
	    'int memcmp(const void *, const void *, size_t);' \
	    'size_t strlen(const char *);' >bare_libc/$header.h
done
mkdir bare_libc/sys
printf 'typedef int pid_t;\n' >bare_libc/sys/types.h

files="pairUser.c pairServer.c bare/user.c bare/server.c restUser.c
    restServer.c options/user.c options/server.c one/ask.c"
n=0
failed=0
# compiled LABEL COMMAND...
compiled()
{
	label=$1
	shift
	n=$((n + 1))
	if "$@" -fsyntax-only -Wall -Wextra -Werror -I"$include" \
	    -I"$here/pair" -I"$here/golden" -I. >messages 2>&1; then
		echo "ok $n - $label"
	else
		failed=1
		sed 's/^/# /' messages
		echo "not ok $n - $label"
	fi
}
try()
{
	n=$((n + 1))
	if "$@" -fsyntax-only -Wall -Wextra -Werror -Wshadow -I"$include" \
	    -I"$here/pair" -I"$here/golden" -Ione -I. $files \
	    >messages 2>&1; then
		echo "ok $n - $*"
	else
		failed=1
		sed 's/^/# /' messages
		echo "not ok $n - $*"
	fi
}
for compiler in gcc clang; do
	command -v $compiler >/dev/null || continue
	try $compiler -std=c11 -Wmissing-prototypes
	try $compiler -std=gnu17 -O2
done
for compiler in g++ clang++; do
	command -v $compiler >/dev/null || continue
	try $compiler -x c++ -std=c++17
done
[ $n != 0 ] || try cc
for target in i386-unknown-linux-gnu powerpc-unknown-linux-gnu \
    powerpc64-unknown-linux-gnu aarch64-unknown-linux-gnu; do
	command -v clang >/dev/null || continue
	case $target in
	i386* | powerpc-*)	part=narrow ;;
	*)			part=bare ;;
	esac
	compiled "clang $target" clang --target=$target -std=c17 \
	    -ffreestanding -nostdlibinc -Ibare_libc $part/user.c \
	    $part/server.c
done
kernel="-D_KERNEL -I$here/../../kernel/user/kpi -I$here/../.."
for compiler in gcc clang; do
	command -v $compiler >/dev/null || continue
	compiled "$compiler, stubs of the kernel" $compiler $kernel \
	    -include "$here/golden/kernel_types.h" -Ikernel kernel/user.c \
	    kernel/server.c
done
echo "1..$n"
exit $failed
