#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What launchd offers is used by its tests: each function of launch.h, vproc.h
# and the bootstrap headers, each key of launchd.plist(5), and each verb of
# launchctl(1).  That a word is there does not make a test; that it is not there
# shows that there is none.

set -eu
cd "$(dirname "$0")/.."

status=0
missing()
{
	echo "no test of launchd's has $1"
	status=1
}

programs="tests/e2e/*.c tests/unit/launchd/*.c"
for f in $(grep -ohE '^extern.*[ *](launch|vproc|bootstrap)_[a-z0-9_]+\(' \
    include/launch.h include/vproc.h include/servers/*.h |
    sed 's/($//; s/.*[ *]//' | sort -u); do
	# shellcheck disable=SC2086 # several names
	grep -qw -e "$f" $programs || missing "$f"
done
man=cmd/launchd/launchd.plist.5
keys=$(sed -n 's/ Pq .*//; s/^\.It Sy //p' $man | tr -d ,;
    sed -n '/^Without effect are/,/log says/{ s/;.*//; s/^Without effect are//
    s/ and / /; s/,/ /g; p; }' $man)
for k in $keys; do
	grep -qw -e "$k" tests/e2e/*.sh tests/unit/launchd/*.c || missing "$k"
done
for v in $(sed -n '/^} verbs/,/^};/s/^	{ "\([a-z-]*\)",.*/\1/p' \
    cmd/launchctl/main.c); do
	grep -qE "(ctl|refused '[^']*'|usage) (--json )?$v( |\$)" \
	    tests/e2e/launchd_*.sh || missing "launchctl $v"
done
exit $status
