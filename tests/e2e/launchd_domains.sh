#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Bootstrap domains: TAP of dtool, run by launchd.
#
#	launchd_domains.sh BUILD

set -u

here=$(dirname "$0")
# shellcheck source=tests/e2e/launchd_lib.sh
. "$here/launchd_lib.sh"
DTOOL=${DTOOL:-$1/tests/e2e/dtool}

begin domains
service test.echo
launchd "$dir/jobs" -- "$DTOOL"
status=$?
grep -e '^ok' -e '^not ok' -e '^#' -e '^1\.\.' "$dir/run.out"
[ $status -eq 0 ] || sed 's/^/# /' "$dir/log"
exit $status
