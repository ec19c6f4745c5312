#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	run.sh [-l LONGEST] [-s SEED] [-k KEEP] NAME PROGRAM CORPUS SECONDS
#
# A fuzzer's corpus, then new inputs for so many seconds from a fresh seed,
# which is printed (SEED in the environment, or -s, gives it).  What is found
# new goes to KEEP, or nowhere.  A crash leaves its input behind and says how
# to replay it.

set -u

longest=4096 seed=${SEED:-} keep=''
while getopts k:l:s: opt; do
	case $opt in
	k)	keep=$OPTARG ;;
	l)	longest=$OPTARG ;;
	s)	seed=$OPTARG ;;
	*)	exit 2 ;;
	esac
done
shift $((OPTIND - 1))
name=$1 program=$2 corpus=$3 seconds=$4
[ -n "$seed" ] || seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
[ "$seed" -ne 0 ] || seed=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
crashes=$(dirname "$program")/crashes
mkdir -p "$crashes" "$work/new"
new=${keep:-$work/new}
mkdir -p "$new"
dict=$(dirname "$corpus")/../$name.dict
[ -e "$dict" ] || dict=
echo "fuzz $name: seed $seed, $seconds s"
"$program" -seed="$seed" -max_total_time="$seconds" -max_len="$longest" \
    -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 -verbosity=1 \
    -reload=0 -artifact_prefix="$crashes/$name-" ${dict:+-dict="$dict"} \
    "$new" "$corpus" \
    >"$work/log" 2>&1
status=$?
if [ $status -ne 0 ]; then
	# The last words, without what libFuzzer says as it goes on.
	grep -v '^#[0-9]' "$work/log" | tail -n 60
	input=$(sed -n 's/.*Test unit written to //p' "$work/log" | tail -n 1)
	echo "fuzz $name: failed with seed $seed; to see it again:"
	echo "    FUZZ_TRACE=1 $program $input"
	exit 1
fi
sed -n 's/^stat:://p; s/^#\([0-9]*\)	DONE *\(cov.*\)/&/p' "$work/log"
exit 0
