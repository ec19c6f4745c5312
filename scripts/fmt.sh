#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# ./do fmt [--check]
#
# Two things make the style.  scripts/style.awk holds for every file that git
# knows: licence line, tabs, 80 columns, no blanks at the ends of lines.
# clang-format holds for the C files; headers, whose members and prototypes
# are aligned by hand as style(9) has them, and generated files are left out
# of it.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

check=no
case ${1-} in
--check) check=yes ;;
'')	;;
*)	die "usage: ./do fmt [--check]" ;;
esac
need fmt

status=0
git ls-files -z -- '*.c' '*.h' '*.sh' '*.awk' '*.master' 'do' scripts .ci \
    ':!*/gen/*' | xargs -0 awk -f scripts/style.awk || status=1

list=$(git ls-files -- '*.c' ':!*/gen/*')
bad=
for f in $list; do
	[ -e "$f" ] || continue
	if clang-format --style=file "$f" | cmp -s - "$f"; then
		continue
	elif [ $check = yes ]; then
		bad="$bad $f"
	else
		clang-format --style=file -i "$f"
		echo "$f"
	fi
done
if [ -n "$bad" ]; then
	echo "not as clang-format has it (./do fmt mends them):" >&2
	# shellcheck disable=SC2086 # a list, split on purpose
	printf '  %s\n' $bad >&2
	status=1
fi
exit $status
