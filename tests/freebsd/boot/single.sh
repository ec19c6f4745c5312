#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The single user of the scenarios that have no human one; but for rc(8), which
# the same shell runs.

[ $# -eq 0 ] || exec /bin/sh "$@"

PATH=/sbin:/bin:/usr/sbin:/usr/bin:/launchd-test
scenario=$(kenv -q launchd_test)

if [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && : </dev/tty; then
	echo "single: console"
fi
mount -u -o rw /
if ! ps ax -o command | grep -qE '^([l]tool|/bin/sh /launchd-test/boot.sh)'; then
	echo "single: no jobs"
fi
case $scenario in
single-int)
	echo "single: restarts"
	kill -INT 1
	sleep 1000 ;;
single-killed)
	if [ ! -e /state/killed ]; then
		: >/state/killed
		echo "single: killed"
		kill -9 $$
	fi ;;
esac
# What is alive: process 1, this shell that it made, and sysctl.
sysctl kern.mach.count >/state/counts
left=0
for what in tasks:3 spaces:3 messages:0 port_sets:0 knotes:0 semaphores:0; do
	grep -q "count.${what%:*}: ${what#*:}\$" /state/counts || left=1
done
if [ $left -eq 0 ]; then
	echo "single: nothing of Mach is left"
else
	cat /state/counts
fi
: >/state/single
exit 0
