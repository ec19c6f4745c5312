#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	sched.sh MINUTES
#
# The controlled scheduler of the asan build for that long, from a fresh seed:
# the races, every two operations, every three, over and over with the next
# seeds.  A failure prints its scenario and seed.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

case $1 in
'' | *[!0-9]*)	die "usage: ./do sched [MINUTES]" ;;
esac
build_variant asan
exec sh tests/unit/sched/long.sh build/asan/tests/unit $(($1 * 60))
