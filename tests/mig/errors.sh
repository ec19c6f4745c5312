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
	"$mig" -I"$defs" "$1" >../stdout 2>../messages || status=$?
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

# No interface at all.
refused()
{
	bad=0
	run "$1"
	[ $status = 1 ] || bad=1
	[ -z "$left" ] || bad=1
	[ -s ../messages ] || bad=1
	[ $bad = 0 ] || echo "# status $status, files: $left"
	result $bad "$2"
}
refused "$scratch/absent.defs" "a file that is not there"
: >"$scratch/empty.defs"
refused "$scratch/empty.defs" "an empty file"
printf 'subsystem x 1;\n/* not closed\n' >"$scratch/comment.defs"
refused "$scratch/comment.defs" "an unterminated comment"
head -c 4096 "$mig" >"$scratch/binary.defs"
refused "$scratch/binary.defs" "a program instead of text"
printf '#include <no/such/file.defs>\nsubsystem x 1;\n' >"$scratch/inc.defs"
refused "$scratch/inc.defs" "a missing include file"

# An output file that cannot be written leaves none of the others.
printf 'subsystem x 1;\n' >"$scratch/good.defs"
status=0
"$mig" -server ../nowhere/x.c "$scratch/good.defs" 2>../messages || status=$?
bad=0
[ $status = 1 ] || bad=1
[ -z "$(ls)" ] || bad=1
result $bad "an output file that cannot be written"
rm -f ./*

# Many routines are no trouble.
awk 'BEGIN {
	print "subsystem many 1000;"
	print "type mach_port_t = MACH_MSG_TYPE_COPY_SEND;"
	print "type int = MACH_MSG_TYPE_INTEGER_32;"
	for (i = 0; i < 100000; i++)
		print "routine r" i "(s : mach_port_t; in a : int);"
}' >"$scratch/many.defs"
status=0
"$mig" -server /dev/null -user /dev/null "$scratch/many.defs" || status=$?
bad=0
[ $status = 0 ] || bad=1
[ "$(grep -c '^extern kern_return_t' many.h)" = 100000 ] || bad=1
result $bad "100000 routines"

echo "1..$n"
exit $failed
