#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# mandoc's lint over every manual page that git knows.  Remarks about style
# and about pages that other systems have are not ours to mend.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

have mandoc || {
	echo "mandoc is not installed"
	exit 77
}
pages=$(git ls-files -- '*.[1-9]')
[ -n "$pages" ] || {
	echo "there is no manual page"
	exit 1
}
# shellcheck disable=SC2086 # a list, split on purpose
mandoc -Tlint -Wwarning $pages
echo "$pages" | wc -l
