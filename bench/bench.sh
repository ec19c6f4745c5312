#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Run the benchmarks in a machd of their own, which they may place on a CPU.
#
# usage: bench.sh BUILD-DIRECTORY [mach_bench options]

set -eu
build=$1
shift
dir=$(mktemp -d "${TMPDIR:-/tmp}/machbench.XXXXXX")
machd=
trap '[ -z "$machd" ] || kill "$machd" 2>/dev/null; rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM HUP

# However this script ends, the other end of "hold" closes and machd ends, too.
mkfifo "$dir/ready" "$dir/hold"
exec 5<>"$dir/hold"
"$build/kernel/user/machd/machd" --socket "$dir/socket" --ready-fd 3 \
    --hold-fd 4 3>"$dir/ready" 4<"$dir/hold" 5>&- &
machd=$!
# The end of the file, or a byte: machd is up, or has said why not.
dd bs=1 count=1 <"$dir/ready" >/dev/null 2>&1 || :
kill -0 "$machd"

csv=$build/bench.csv
MACHD_SOCKET=$dir/socket "$build/bench/mach_bench" -p "$machd" -c "$csv" \
    "$@" 5>&-
echo "also in $csv"
[ $# -ne 0 ] || sh "$(dirname "$0")/launchd.sh" "$build"
