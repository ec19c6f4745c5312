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
for c in $(tr '\`' '\n' <docs/conformance.md |
    grep '^[a-z0-9]*_[a-z0-9]*_[a-z0-9]*_[a-z0-9_]*$' | sort -u); do
	grep -q "^CT_CASE[_A-Z]*(${c}[,)]" tests/conformance/*.c || {
		echo "docs/conformance.md names $c, which is no case"
		status=1
	}
done
exit $status
