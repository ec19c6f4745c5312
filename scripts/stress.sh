#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	stress.sh BUILD MINUTES
#
# The stress test for that long, in a machd of its own which at its end counts
# what is left.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

case $2 in
'' | *[!0-9]*)	die "usage: ./do stress [MINUTES]" ;;
esac
exec "$1/kernel/user/machd/machrun" -l "$1/tests/stress/stress" -v \
    -t $(($2 * 60))
