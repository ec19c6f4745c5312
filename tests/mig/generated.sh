#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The checked-in stubs of our own interfaces are what mig writes now.  To write
# them anew: scripts/genstubs.sh MIG.  Output is TAP.

set -eu
mig=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
sh "$root/scripts/genstubs.sh" "$mig" "$scratch"
n=0
failed=0
for file in $(cd "$scratch" && find . -type f | sort); do
	n=$((n + 1))
	if diff -u "$root/$file" "$scratch/$file" >"$scratch/diff" 2>&1; then
		echo "ok $n - $file"
	else
		failed=1
		sed 's/^/# /' "$scratch/diff"
		echo "not ok $n - $file"
	fi
done
echo "1..$n"
exit $failed
