#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Every C file belongs to a build: the kernel's are in
# kernel/freebsd/sources.mk, the others in the meson.build of their directory
# or of one above it.  Every case that docs/conformance.md names is there: the
# words in backquotes with three underscores and more.  And kernel/trap makes no
# pointer of an integer: it hands on the caller's as it got them.

set -eu
cd "$(dirname "$0")/.."

status=0
if grep -nE '\*\) *\(?u?(intptr_t|int64_t|long)\b|\(uintptr_t\)' \
    kernel/trap/*.[ch] kernel/trap/gen/*.[ch]; then
	echo "kernel/trap: a pointer is made of an integer"
	status=1
fi
for f in $(git ls-files -- 'kernel/ipc/*.c' 'kernel/kern/*.c' \
    'kernel/trap/*.c' 'kernel/freebsd/*.c'); do
	case $f in
	kernel/freebsd/compat/*) continue ;;
	esac
	grep -q "[[:space:]]$f\$" kernel/freebsd/sources.mk || {
		echo "$f is not in kernel/freebsd/sources.mk"
		status=1
	}
done
# shellcheck disable=SC2013 # names without blanks
for f in $(awk '$1 == "MACH_SRCS+=" { print $2 }' kernel/freebsd/sources.mk)
do
	[ -e "$f" ] || {
		echo "kernel/freebsd/sources.mk has $f, which is not there"
		status=1
	}
done
for f in $(git ls-files -- 'kernel/user/*.c' 'lib/*.c' 'cmd/*.c' 'tests/*.c' \
    'bench/*.c' 'demo/*.c'); do
	case $f in
	tests/headers/* | tests/install/*) continue ;;	# by their check.sh
	tests/freebsd/kmod/* | tests/freebsd/linux/*) continue ;;	# by hand
	esac
	base=$(basename "$f" .c)
	d=$(dirname "$f")
	# Named whole, or without the suffix where a loop makes programs.
	until [ -e "$d/meson.build" ] &&
	    grep -q -e "'$base'" -e "['/]$base\.c'" "$d/meson.build"; do
		case $d in
		*/*) d=${d%/*} ;;
		*)
			echo "$f is in no meson.build"
			status=1
			break ;;
		esac
	done
done
# What docs/conformance.md and the list of calls name is there, and what is
# there is named.
cases=$(sed -n 's/^CT_CASE[_A-Z]*(\([A-Za-z0-9_]*\).*/\1/p' \
    tests/conformance/*.c | sort -u)
named=$(tr '\`' '\n' <docs/conformance.md |
    grep -E '^[a-z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$' | sort -u)
for c in $named; do
	case $c in
	test_*)	grep -q "^$c(" tests/unit/core/*.c && continue ;;
	*_*_*)	echo "$cases" | grep -qx "$c" && continue ;;
	*)	continue ;;	# a directory or a file
	esac
	echo "docs/conformance.md names $c, which is no case"
	status=1
done
for c in $cases; do
	echo "$named" | grep -qx "$c" && continue
	echo "docs/conformance.md does not name the case $c"
	status=1
done
for c in $(grep -v '^ \*' tests/conformance/calls.h | tr -d '\n' | tr ')' '\n' |
    sed -n 's/.*\(CALL\|FORM\|VALUE\)([A-Za-z0-9_]*, *//p'); do
	echo "$cases" | grep -qx "$c" && continue
	echo "tests/conformance/calls.h names $c, which is no case"
	status=1
done
# shellcheck disable=SC2013 # names without blanks
for c in $(sed -n 's/^	REFUSED(\([a-z0-9_]*\).*/\1/p' \
    tests/conformance/symbols.c); do
	grep -q "\`$c\`" docs/status.md && continue
	echo "docs/status.md does not say that $c is refused"
	status=1
done
exit $status
