#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# check.sh CC CXX INCDIR [KPIDIR]
#
# Compiles every public header by itself, as C and C++, in a program and (given
# the directory of the kernel interface's headers) in kernel sources, and the
# tables of layouts and values; prints TAP.  CC and CXX may hold several
# words.  RUN=no in the environment leaves out what would have to be run, for
# cross compilers.

set -u

if [ $# -lt 3 ]; then
	echo "usage: check.sh CC CXX INCDIR [KPIDIR]" >&2
	exit 2
fi
cc=$1
cxx=$2
incdir=$3
kpidir=${4-}
here=$(cd "$(dirname "$0")" && pwd) || exit 2
incdir=$(cd "$incdir" && pwd) || exit 2
if [ -n "$kpidir" ]; then
	kpidir=$(cd "$kpidir" && pwd) || exit 2
fi

tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

strict="-Wall -Wextra -Wpedantic -Werror"
user_c="$cc -std=c11 $strict -I$incdir"
user_cxx="$cxx -x c++ -std=c++17 $strict -I$incdir"
kernel_c="$cc -std=gnu17 -D_KERNEL -Wall -Wextra -Werror -I$kpidir -I$incdir"

number=0
failed=0

# report TITLE STATUS: one line of TAP, and the compiler's words if it failed.
report()
{
	number=$((number + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		sed 's/^/# /' "$tmp/words" | head -n 12
		failed=$((failed + 1))
	fi
}

skip()
{
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

# compiles COMMAND FILE: whether it does, without a word.
compiles()
{
	$1 -c -o "$tmp/object.o" "$2" >"$tmp/words" 2>&1
}

# Neither a broken compiler nor a table that checks nothing may pass.
echo '#include <mach/message.h>
MACH_STATIC_ASSERT(sizeof(mach_msg_header_t) == 25, "wrong on purpose");' \
    >"$tmp/wrong.c"
compiles "$user_c" "$tmp/wrong.c"
[ $? -ne 0 ] && grep "wrong on purpose" "$tmp/words" >/dev/null
report "a false assertion is noticed in C" $?
compiles "$user_cxx" "$tmp/wrong.c"
[ $? -ne 0 ] && grep "wrong on purpose" "$tmp/words" >/dev/null
report "a false assertion is noticed in C++" $?

# Of use on FreeBSD alone, and made of its headers; the cross build of
# tests/freebsd and of libmach compiles them elsewhere.
native="darwin/sys/event.h mach/mach_dev.h"
echo __FreeBSD__ | $cc -E -P - 2>/dev/null | grep -q __FreeBSD__ || native=

headers=$(cd "$incdir" && find . -name '*.h' | sed 's,^\./,,' | sort)
if [ -z "$headers" ]; then
	echo "Bail out! no headers in $incdir"
	exit 1
fi
: >"$tmp/all.c"
for header in $headers; do
	case " $native " in
	*" $header "*)
		skip "$header alone" "a header of FreeBSD"
		continue
		;;
	esac
	echo "#include <$header>" >>"$tmp/all.c"
	# Twice, to try its guard; and a declaration, for pedants.
	printf '#include <%s>\n#include <%s>\nextern int nothing;\n' \
	    "$header" "$header" >"$tmp/one.c"
	compiles "$user_c" "$tmp/one.c"
	report "$header alone in C" $?
	compiles "$user_cxx" "$tmp/one.c"
	report "$header alone in C++" $?
	if [ -n "$kpidir" ]; then
		compiles "$kernel_c" "$tmp/one.c"
		report "$header alone in kernel sources" $?
	fi
done
echo 'extern int nothing;' >>"$tmp/all.c"

tables="$here/layout.c $here/values_ipc.c $here/values_vm.c
    $here/values_info.c"
for table in $tmp/all.c $tables; do
	name=$(basename "$table")
	compiles "$user_c" "$table"
	report "$name in C" $?
	compiles "${user_c%%-std=c11*}-std=gnu17 ${user_c#*-std=c11}" "$table"
	report "$name in C17 with extensions" $?
	compiles "$user_cxx" "$table"
	report "$name in C++" $?
done

if [ -n "$kpidir" ]; then
	for table in "$tmp/all.c" "$here/layout.c"; do
		compiles "$kernel_c" "$table"
		report "$(basename "$table") in kernel sources" $?
	done
fi

# For 32 bits the compiler must know the target and find a C library's
# headers; where only the 64-bit library is installed, its headers do.
echo '#include <sys/types.h>
#include <stdint.h>
extern char narrow[sizeof(void *) == 4 ? 1 : -1];' >"$tmp/narrow.c"
mkdir -p "$tmp/include/gnu"
: >"$tmp/include/gnu/stubs-32.h"
narrow=
for flags in "-m32" "-m32 -isystem $tmp/include" \
    "-m32 -isystem $tmp/include -isystem /usr/include/x86_64-linux-gnu"; do
	if compiles "$user_c $flags" "$tmp/narrow.c"; then
		narrow=$flags
		break
	fi
done
for table in "$tmp/all.c" $tables; do
	name=$(basename "$table")
	if [ -n "$narrow" ]; then
		compiles "$user_c $narrow" "$table"
		report "$name in C for 32 bits" $?
	else
		skip "$name in C for 32 bits" "no 32-bit target"
	fi
done

if [ "${RUN-yes}" = no ]; then
	skip "bit fields of descriptors" "cross compiler"
else
	$user_c -o "$tmp/bits" "$here/bits.c" >"$tmp/words" 2>&1 &&
	    "$tmp/bits" >"$tmp/words" 2>&1
	report "bit fields of descriptors" $?
fi

echo "1..$number"
[ $failed -eq 0 ]
