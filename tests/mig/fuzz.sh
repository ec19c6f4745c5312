#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Some runs of the fuzzer of mig, each time the same; long forms with
# RUNS and SEED in the environment.  Output is TAP.
#
#	fuzz.sh FUZZ MIG DEFS CC...

set -eu
fuzz=$1
mig=$2
defs=$3
shift 3
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
status=0
"$fuzz" -n "${RUNS:-60}" -s "${SEED:-1}" "$mig" "$defs" "$root/include" \
    "$root"/tests/mig/golden/*.defs "$root"/include/mach/*.defs -- "$@" ||
    status=$?
if [ $status != 0 ]; then
	sed 's/^/# /' bad.defs cc.log mig.log 2>/dev/null | head -100
fi
exit $status
