#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What mig prints for golden/*.defs is what it printed when somebody last read
# it: the files beside each.  After a change that is meant,
#
#	golden.sh -u MIG DEFS
#
# writes them anew, to be read before they are committed.  Output is TAP.

set -eu
update=false
if [ "$1" = -u ]; then
	update=true
	shift
fi
mig=$1
defs=$2
cd "$(dirname "$0")/golden"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

n=0
failed=0
ok()
{
	n=$((n + 1))
	echo "ok $n - $1"
}
not_ok()
{
	n=$((n + 1))
	failed=1
	echo "not ok $n - $1"
}

for source in *.defs; do
	name=${source%.defs}
	out=$scratch/$name
	mkdir "$out"
	if ! "$mig" -I"$defs" -user "$out/user.c.out" \
	    -server "$out/server.c.out" -header "$out/user.h.out" \
	    -sheader "$out/server.h.out" -dheader "$out/defines.h.out" \
	    "$source"; then
		not_ok "$name is accepted"
		continue
	fi
	if $update; then
		rm -rf "$name"
		cp -R "$out" "$name"
	fi
	for file in "$out"/*; do
		label=$name/${file##*/}
		if diff -u "$label" "$file" >"$scratch/diff" 2>&1; then
			ok "$label"
		else
			sed 's/^/# /' "$scratch/diff"
			not_ok "$label"
		fi
	done
done
echo "1..$n"
exit $failed
