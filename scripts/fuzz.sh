#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	fuzz.sh SECONDS
#
# Runs each fuzzer of the asan build for that long.  What it learns stays in
# build/fuzz/NAME, and an input that fails in build/fuzz.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

build_variant asan
status=0
for fuzzer in build/asan/tests/unit/fuzz_*; do
	[ -f "$fuzzer" ] || continue
	name=$(basename "$fuzzer")
	mkdir -p "build/fuzz/$name"
	echo "$name: $1 s"
	"$fuzzer" -max_total_time="$1" -timeout=10 -print_final_stats=1 \
	    -verbosity=0 -artifact_prefix="build/fuzz/$name-" \
	    "build/fuzz/$name" || status=1
done
exit $status
