#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Becomes process 1 with a Mach call that fails: of the scenarios faults and
# fails-NUMBER.

PATH=/sbin:/bin:/usr/sbin:/usr/bin
exec </dev/console >/dev/console 2>&1
scenario=$(kenv -q launchd_test)
case $scenario in
fails-*)
	export FAIL_AT=${scenario#fails-} ;;
*)
	export FAIL_NEXT=/tmp/fail ;;
esac
exec /launchd-test/failing/launchd "$@"
