#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What mig writes compiles without a warning, as C and as C++, with each
# compiler that is there.  Output is TAP.

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

n=0
failed=0
try()
{
	n=$((n + 1))
	if "$@" -fsyntax-only -Wall -Wextra -Werror -Wshadow -I"$include" \
	    -I"$here/pair" -I. pairUser.c pairServer.c bare/user.c \
	    bare/server.c >messages 2>&1; then
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
echo "1..$n"
exit $failed
