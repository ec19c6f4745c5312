#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Brings the files generated from traps.master up to date; with --check
# only says whether they are (exit status 1: they are not).
#
#	sh kernel/trap/gentraps.sh [--check]
#
# AWK names the awk to use.
#
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
check=no
case "${1-}" in
--check)	check=yes ;;
'')		;;
*)		echo "usage: $0 [--check]" >&2; exit 2 ;;
esac

tmp=$(mktemp -d "${TMPDIR:-/tmp}/gentraps.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

cd "$root"
"${AWK:-awk}" -f kernel/trap/gentraps.awk -v out="$tmp" \
    kernel/trap/traps.master || exit 1

status=0
while read -r file dir; do
	if cmp -s "$tmp/$file" "$dir/$file"; then
		continue
	elif [ "$check" = yes ]; then
		echo "$dir/$file is not current: run" \
		    "sh kernel/trap/gentraps.sh" >&2
		status=1
	else
		mkdir -p "$dir"
		cp "$tmp/$file" "$dir/$file"
		echo "$dir/$file"
	fi
done <<FILES
trap_number.h kernel/trap/gen
trap_args.h kernel/trap/gen
trap_handlers.h kernel/trap/gen
trap_table.c kernel/trap/gen
trap_stubs.h lib/libmach/gen
trap_stubs.c lib/libmach/gen
traps.md docs
FILES
exit $status
