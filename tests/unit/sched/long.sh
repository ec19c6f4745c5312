#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	long.sh PROGRAMS SECONDS
#
# Rounds of the controlled scheduler's tests until the time is up, each with
# seeds that no round before had; FIRST in the environment says where to begin.

set -u
programs=$1 seconds=$2
first=${FIRST:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
end=$(($(date +%s) + seconds))
runs=0 prefix=
! setarch -R true 2>/dev/null || prefix="setarch -R"
export FIRST
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# round PROGRAM ARG ...: as long as there is time.
round()
{
	left=$((end - $(date +%s)))
	[ $left -gt 0 ] || return 1
	FIRST=$first $prefix timeout "$left" "$@" >"$log" 2>&1
	status=$?
	n=$(awk '/ seeds,/ { for (i = 2; i <= NF; i++)
	    if ($i == "seeds,") n += $(i - 1) } END { print n + 0 }' "$log")
	runs=$((runs + n))
	case $status in
	0)	return 0 ;;
	124)	return 1 ;;
	esac
	tail -n 40 "$log"
	echo "sched: failed after $runs runs; the scenario and its seed are above"
	exit 1
}

echo "sched: from seed $first, $seconds s"
while :; do
	round "$programs/sched_races_test" 2000 || break
	round "$programs/sched_pairs_test" 200 || break
	round "$programs/sched_pairs_test" 10 "" 3 || break
	first=$((first + 2000))
done
echo "sched: $runs runs, no failure"
