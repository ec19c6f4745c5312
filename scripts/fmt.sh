#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	./do fmt [--check]
#
# Two tools make the style.  scripts/style.awk says what holds for every file
# that git knows: licence line, tabs, 80 columns, no blanks at the ends of
# lines, return (x); --check is that alone.  clang-format, with .clang-format,
# formats the lines of C files that differ from the last commit: members,
# prototypes and tables that style(9) aligns by hand stay as they are.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

check_style()
{
	git ls-files -z -- '*.[ch]' '*.sh' '*.awk' '*.master' 'do' scripts \
	    .ci ':!*/gen/*' | xargs -0 awk -f scripts/style.awk
}

case ${1-} in
--check)
	check_style
	;;
'')
	need fmt
	git clang-format -q -f --style file --extensions c,h HEAD || true
	check_style
	;;
*)
	die "usage: ./do fmt [--check]"
	;;
esac
