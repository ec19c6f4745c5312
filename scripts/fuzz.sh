#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	fuzz.sh [NAME] [SECONDS]
#	fuzz.sh merge [NAME]
#
# Runs a fuzzer of the asan build for that long (60), or each of them.  What it
# learns stays in build/fuzz/NAME.  merge adds what build/fuzz/NAME has of new
# coverage to tests/fuzz/corpus/NAME.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

merge=false name='' seconds=60
if [ "${1:-}" = merge ]; then
	merge=true
	shift
fi
case ${1:-} in
'')	;;
*[!0-9]*) name=$1; shift ;;
esac
[ $# -eq 0 ] || seconds=$1
case $seconds in
'' | *[!0-9]*)	die "usage: ./do fuzz [NAME] [SECONDS]" ;;
esac

build_variant asan
programs=build/asan/tests/fuzz
prefix=
# The sanitizers' fixed shadow does not bear every randomised layout.
! setarch -R true 2>/dev/null || prefix="setarch -R"
status=0 found=false
for corpus in tests/fuzz/corpus/*; do
	this=$(basename "$corpus")
	[ -z "$name" ] || [ "$name" = "$this" ] || continue
	found=true
	kept=build/fuzz/$this
	mkdir -p "$kept"
	if $merge; then
		# Smallest first, and nothing that is covered already.
		$prefix "$programs/fuzz_$this" -merge=1 -max_len=1024 \
		    "$corpus" "$kept" >"build/fuzz/$this.merge" 2>&1 ||
		    status=1
		tail -n 1 "build/fuzz/$this.merge"
		continue
	fi
	$prefix sh tests/fuzz/run.sh -k "$kept" "$this" \
	    "$programs/fuzz_$this" "$corpus" "$seconds" || status=1
done
$found || die "no fuzzer $name: $(cd tests/fuzz/corpus && echo ./*)"
exit $status
