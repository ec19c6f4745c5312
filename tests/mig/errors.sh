#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What mig refuses, and how: each errors/*.defs holds its diagnostics in
# comments that begin "//! ", the place without directory.  The exit status is
# 1 and no file is written.  Output is TAP.

set -eu
mig=$1
defs=$2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/out"
cd "$scratch/out"

# Sanitizers take more memory than there is.
limited=yes
if grep -q __asan_init "$mig" || grep -q __tsan_init "$mig"; then
	limited=
fi

n=0
failed=0
result()
{
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		failed=1
		echo "not ok $n - $2"
	fi
}

# Run mig on a file; its messages in ../messages.
run()
{
	status=0
	(
		# Every sh of today has these.
		# shellcheck disable=SC3045
		if [ -n "$limited" ]; then
			ulimit -v 1048576
		fi
		# shellcheck disable=SC3045
		ulimit -t 10
		exec "$mig" -I"$defs" "$1"
	) >../stdout 2>../messages || status=$?
	left=$(ls)
	rm -f ./*
}

for source in "$here"/errors/*.defs; do
	name=${source##*/}
	name=${name%.defs}
	run "$source"
	sed -n 's|^//! ||p' "$source" >../wanted
	sed -n "/: error: /s|$here/errors/||gp" ../messages >../got
	bad=0
	[ $status = 1 ] || bad=1
	[ -z "$left" ] || bad=1
	[ -s ../wanted ] || bad=1
	diff -u ../wanted ../got >../diff || bad=1
	if [ $bad != 0 ]; then
		echo "# status $status, files: $left"
		sed 's/^/# /' ../diff ../messages
	fi
	result $bad "$name"
done

# Warnings: files are written, and -q says nothing.
for source in "$here"/warnings/*.defs; do
	name=${source##*/}
	name=${name%.defs}
	sed -n 's|^//! ||p' "$source" >../wanted
	run "$source"
	sed -n "/: warning: /s|$here/warnings/||gp" ../messages >../got
	bad=0
	[ $status = 0 ] || bad=1
	[ -n "$left" ] || bad=1
	diff -u ../wanted ../got >../diff || bad=1
	[ $bad = 0 ] || sed 's/^/# /' ../diff ../messages
	result $bad "warning: $name"
	status=0
	"$mig" -q -I"$defs" "$source" 2>../messages || status=$?
	rm -f ./*
	bad=0
	[ $status = 0 ] || bad=1
	[ ! -s ../messages ] || bad=1
	result $bad "no warning with -q: $name"
done

# The offending line is shown below the message.
run "$here/errors/unknown_type.defs"
bad=0
grep -q 'x : nothing_t' ../messages || bad=1
result $bad "the line is shown"

# No interface at all.  Within ten seconds and a GiB, without a signal.
refused()
{
	bad=0
	run "$1"
	[ $status = 1 ] || bad=1
	[ -z "$left" ] || bad=1
	[ -s ../messages ] || bad=1
	[ "$(wc -l <../messages)" -lt 5000 ] || bad=1
	[ $bad = 0 ] || echo "# status $status, files: $left"
	result $bad "$2"
}
# The same, and a message has this place.
refused_at()
{
	refused "$1" "$3"
	bad=0
	grep -q "^$1:$2:" ../messages || bad=1
	[ $bad = 0 ] || head -5 ../messages | sed 's/^/# /'
	result $bad "$3: the place"
}
refused "$scratch/absent.defs" "a file that is not there"
refused "$scratch" "a directory"
: >"$scratch/empty.defs"
refused_at "$scratch/empty.defs" 1 "an empty file"
printf 'subsystem x 1;\n/* not closed\n' >"$scratch/comment.defs"
refused_at "$scratch/comment.defs" 2 "an unterminated comment"
printf 'subsystem x 1;\n\n#if 1\nskip;\n' >"$scratch/if.defs"
refused_at "$scratch/if.defs" 3 "an unterminated condition"
head -c 4096 "$mig" >"$scratch/binary.defs"
refused "$scratch/binary.defs" "a program instead of text"
awk 'BEGIN {
	srand(1)
	for (i = 0; i < 100000; i++)
		printf "%c", int(rand() * 255) + 1
}' >"$scratch/noise.defs"
refused "$scratch/noise.defs" "100000 bytes of noise"
printf 'subsystem x 1;\ntype t = \000\001\002\377;\n' >"$scratch/nul.defs"
refused_at "$scratch/nul.defs" 2 "bytes that are no text"
printf 'subsystem x 1;\n#include <no/such/file.defs>\n' >"$scratch/inc.defs"
refused_at "$scratch/inc.defs" 2 "a missing include file"
printf 'subsystem x 1;\n#include "self.defs"\n' >"$scratch/self.defs"
refused "$scratch/self.defs" "a file that includes itself"
awk 'BEGIN { printf "subsystem x 1;\ntype t = "
	for (i = 0; i < 1000000; i++) printf "x"
	print ";" }' >"$scratch/long.defs"
refused_at "$scratch/long.defs" 2 "a word of a million letters"
awk 'BEGIN { printf "subsystem x 1;\ntype t = array["
	for (i = 0; i < 1000000; i++) printf "("
	print "1] of u;" }' >"$scratch/nested.defs"
refused_at "$scratch/nested.defs" 2 "a million parentheses"
awk 'BEGIN { print "subsystem x 1;"
	for (i = 0; i < 100000; i++) print "routine r" i "(s : nothing_t);"
}' >"$scratch/wrong.defs"
refused_at "$scratch/wrong.defs" 2 "100000 wrong routines"

# Files that cannot be written leave none of the others, and no old one changes.
printf 'subsystem x 1;\ntype p = MACH_MSG_TYPE_COPY_SEND ctype: mach_port_t;
routine a(s : p); routine b(s : p);\n' >"$scratch/good.defs"
unwritable()
{
	label=$1
	shift
	status=0
	rm -f ./*
	echo old >x.h
	"$mig" -sheader s.h -iheader i.h -dheader d.h "$@" \
	    "$scratch/good.defs" >../stdout 2>../messages || status=$?
	bad=0
	[ $status = 1 ] || bad=1
	[ "$(echo *)" = x.h ] || bad=1
	[ "$(cat x.h)" = old ] || bad=1
	[ -s ../messages ] || bad=1
	[ $bad = 0 ] || echo "# status $status, files: $(echo *)"
	result $bad "$label"
	rm -f ./*
}
for option in -user -server -header -sheader -iheader -dheader; do
	unwritable "$option in no directory" $option ../nowhere/x.c
	unwritable "$option that is a directory" $option "$scratch"
	if [ -c /dev/full ]; then
		unwritable "$option on a full device" $option /dev/full
	fi
done
unwritable "-i in no directory" -i ../nowhere/
unwritable "one file for two outputs" -user x.c -server x.c
trap '' XFSZ
(ulimit -f 1 && unwritable "a limit of the size of files"
    exit $failed) >../limited || failed=1
cat ../limited
n=$((n + 1))
trap - XFSZ
(ulimit -f 1 && unwritable "and the signal of that limit"
    exit $failed) >../limited || failed=1
cat ../limited
n=$((n + 1))

# Very many routines: what the tables hold, in little time and memory.
routines()
{
	awk -v n="$1" 'BEGIN {
		print "subsystem many 1000;"
		print "type mach_port_t = MACH_MSG_TYPE_COPY_SEND;"
		print "type int = MACH_MSG_TYPE_INTEGER_32;"
		for (i = 0; i < n; i++)
			print "routine r" i "(s : mach_port_t; in a : int);"
	}' >"$scratch/many.defs"
}
routines 65536
status=0
"$mig" -server /dev/null -user /dev/null "$scratch/many.defs" || status=$?
bad=0
[ $status = 0 ] || bad=1
[ "$(grep -c '^extern kern_return_t' many.h)" = 65536 ] || bad=1
result $bad "65536 routines"
rm -f ./*
routines 100000
refused_at "$scratch/many.defs" 65540 "100000 routines"

echo "1..$n"
exit $failed
