#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# bench.sh BUILD [mach_bench's arguments]: the benchmarks of a build tree,
# under a machd of their own.

set -eu
build=$(cd "$1" && pwd)
shift
exec "$build/kernel/user/machd/machrun" "$build/bench/mach_bench" "$@"
