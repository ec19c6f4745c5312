#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# ./do install into an empty directory, then what a stranger would do there:
# compile programs with nothing but pkg-config's answer, shared and static,
# and run one under the installed machrun.  And the promise about headers:
# nothing is put where a default include path would find it.

set -eu
cd "$(dirname "$0")/../.."

dir=$(mktemp -d "${TMPDIR:-/tmp}/mach-install.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

fail()
{
	echo "$*" >&2
	exit 1
}

./do install "$dir/prefix"

[ ! -e "$dir/prefix/include/mach" ] ||
    fail "headers stand in the default include directory"
[ -e "$dir/prefix/include/mach-ko/mach/mach.h" ] || fail "no mach/mach.h"
for f in bin/machd bin/machrun sbin/launchd lib/libmach.so.0 lib/libmach.a; do
	[ -e "$dir/prefix/$f" ] || fail "no $f"
done
find "$dir/prefix/share/man" -name '*.[1-9]' | grep -q . ||
    fail "no manual page"

export PKG_CONFIG_PATH="$dir/prefix/lib/pkgconfig"
cp tests/install/outside.c "$dir/outside.c"
cd "$dir"
# shellcheck disable=SC2046 # pkg-config's answer is words
cc -Wall -Wextra -Werror outside.c -o outside \
    $(pkg-config --cflags --libs mach) -Wl,-rpath,"$dir/prefix/lib"
# shellcheck disable=SC2046
cc -Wall -Wextra -Werror outside.c -o outside-static \
    $(pkg-config --cflags mach) "$dir/prefix/lib/libmach.a" -pthread

for prog in ./outside ./outside-static; do
	out=$(timeout 30 prefix/bin/machrun "$prog") || fail "$prog failed"
	[ "$out" = "received 42" ] || fail "$prog said: $out"
done
echo "compiled and ran against an installed copy"
