#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Lints every shell script that git knows.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

have shellcheck || {
	echo "shellcheck is not installed"
	exit 77
}
{
	git ls-files -- '*.sh'
	# Scripts without a suffix.
	git ls-files -- ':!*.*' | while read -r f; do
		[ ! -f "$f" ] || ! head -n 1 "$f" | grep -q '^#!/bin/sh' ||
		    echo "$f"
	done
	echo .ci/run
} | sort -u | xargs shellcheck -s sh -x -S warning
