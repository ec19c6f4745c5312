#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# docs/mig.md does what it says: its files, extracted, built and run.  Output is
# TAP.
#
#	tutorial.sh MIG DEFS LIBRARY-DIRECTORY MACHRUN CC...

set -eu
mig=$1
defs=$2
lib=$3
machrun=$4
shift 4
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
awk '/^```[a-z]/ { file = substr($0, 4); next }
	/^```$/ { file = "" }
	file != "" { print >file }' "$root/docs/mig.md"
lines=$(cat adder.defs server.c client.c | wc -l)
echo 1..3
failed=0
if [ "$lines" -le 60 ] && [ "$lines" -gt 40 ]; then
	echo "ok 1 - $lines lines"
else
	echo "not ok 1 - $lines lines"
	failed=1
fi
if "$mig" -I"$defs" -sheader adderServer.h adder.defs &&
    "$@" -Wall -I"$root/include" client.c server.c adderUser.c adderServer.c \
    -o adder -L"$lib" -Wl,-rpath,"$lib" -lmach; then
	echo "ok 2 - it builds"
else
	echo "not ok 2 - it builds"
	failed=1
fi
says=$(CT_LEAKCHECK=1 "$machrun" -l ./adder) || true
if [ "$says" = "2 + 3 = 5" ]; then
	echo "ok 3 - it says $says"
else
	echo "not ok 3 - it says $says"
	failed=1
fi
exit $failed
