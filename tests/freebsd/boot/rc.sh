#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# /etc/rc of the scenarios that have one: what it was given, and what it can do.

PATH=/sbin:/bin:/usr/sbin:/usr/bin:/launchd-test
scenario=$(kenv -q launchd_test)

echo "rc: ${1:-fast}"
mount -u -o rw /
# On the console, which is its controlling terminal: it can be opened as such.
if [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && : </dev/tty; then
	echo "rc: console"
fi
# shellcheck disable=SC3045 # this sh has it
[ "$(ulimit -n)" = 1234 ] && echo "rc: class"
# Jobs are loaded after it.
[ "$(launchctl list | sed -n '/test\./p')" = "" ] && echo "rc: nobody else"
[ ! -e /state/single ] || exit 0
case $scenario in
rc-fails)
	echo "rc: fails"
	exit 3 ;;
rc-killed)
	echo "rc: killed"
	kill -9 $$ ;;
rc-reboots)
	echo "rc: reboots"
	reboot
	sleep 1000 ;;
esac
exit 0
