#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	long.sh [-p] [PART ...] [SECONDS]
#
# The proof machinery in its long form: each part that long (600), one after
# the other, or with -p side by side.
#
#	sched	the controlled scheduler: races, every two operations, every
#		three, with seeds that were not tried before
#	fuzz	each fuzzer, for an equal share of the time
#	faults	the faults of every trap, then the fuzzers of traps and pages,
#		whose inputs say which access and which allocation fails
#	asan	stress programs and threads' tests under the address and undefined
#		sanitizers and the kernel's lock checks
#	tsan	the same under the thread sanitizer
#	leak	a million calls, a million semaphores, fifteen thousand rounds of
#		memory; unit, conformance and end-to-end tests over and over;
#		stress; each counting what is left
#
# What fails is printed at once, with its seed or input and with the command
# that does it again; the part ends there.  Logs are in build/long.  The last
# line counts.

set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/lib.sh

all="sched fuzz faults asan tsan leak"
logs=$PWD/build/long
prefix=
! setarch -R true 2>/dev/null || prefix="setarch -R"

usage()
{
	die "usage: ./do long [-p] [$(echo "$all" | tr ' ' '|')] [SECONDS]"
}

left()
{
	echo $((end - $(date +%s)))
}

fresh()
{
	echo $(($(od -An -N4 -tu4 /dev/urandom) % 1000000 + 1))
}

# try SECONDS COMMAND ...: one run.  When it fails: its last words, and how to
# see it again.
try()
{
	_limit=$1
	shift
	# shellcheck disable=SC2086 # a command and its arguments
	timeout -k 10 "$_limit" $prefix "$@" </dev/null >"$logs/$part.out" 2>&1
	_status=$?
	runs=$((runs + 1))
	[ $_status -ne 0 ] && [ $_status -ne 77 ] || return 0
	cp "$logs/$part.out" "$logs/$part.failed"
	tail -n 200 "$logs/$part.out" | sed 's/^/      | /'
	[ $_status -ne 124 ] || echo "no end after $_limit s"
	echo "FAIL  $part, run $runs (status $_status); again:"
	echo "    $settings $prefix $*"
	exit 1
}

# The tests of those kinds of a variant, once, as long as there is time.
manifest()
{
	_variant=$1
	shift
	while IFS='	' read -r kind name limit command; do
		case " $* " in
		*" $kind "*) ;;
		*) continue ;;
		esac
		# What has a long form of its own, or is it.
		case $name in
		*mutants | sched/* | fuzz/*) continue ;;
		esac
		[ "$(left)" -gt 0 ] || return 1
		# shellcheck disable=SC2086 # a command and its arguments
		try $((limit * TEST_PATIENCE)) $command
	done <"build/$_variant/tests/manifest"
}

# Stress programs and threads' tests, each with a fresh seed.
stress()
{
	_b=$PWD/build/$1
	_machrun="$_b/kernel/user/machd/machrun -l"
	while [ "$(left)" -gt 0 ]; do
		_t=$(left)
		[ "$_t" -lt 60 ] || _t=60
		# shellcheck disable=SC2086 # a command and its arguments
		try 600 $_machrun "$_b/tests/stress/stress" -v -t "$_t" \
		    -S "$(fresh)"
		# shellcheck disable=SC2086 # a command and its arguments
		try 300 $_machrun "$_b/tests/stress/watch" -t 10 -S "$(fresh)"
		try 600 "$_b/tests/unit/core_race_test" 4000 "$(fresh)"
		try 600 "$_b/tests/unit/core_knote_race_test" 20000 "$(fresh)"
		manifest "$1" threads || break
	done
}

part_sched()
{
	try $((seconds + 600)) sh tests/unit/sched/long.sh \
	    "$PWD/build/asan/tests/unit" "$seconds"
	figures=$(grep '^sched: .* no failure' "$logs/sched.out" |
	    sed 's/sched: //; s/,.*//')
}

# fuzzers SECONDS NAME ...
fuzzers()
{
	_share=$1
	shift
	for _name in "$@"; do
		try $((_share + 600)) sh tests/fuzz/run.sh -k "build/fuzz/$_name" \
		    "$_name" "$PWD/build/asan/tests/fuzz/fuzz_$_name" \
		    "$PWD/tests/fuzz/corpus/$_name" "$_share"
		_n=$(sed -n 's/^number_of_executed_units: *//p' \
		    "$logs/$part.out")
		echo "fuzz $_name: $_n inputs," \
		    "$(sed -n 's/.*\(cov: .*\) lim.*/\1/p' "$logs/$part.out")"
		figures="$figures $_name $_n"
	done
}

part_fuzz()
{
	_names=$(cd tests/fuzz/corpus && echo ./* | sed 's,\./,,g')
	# shellcheck disable=SC2086 # a list
	set -- $_names
	fuzzers $((seconds / $#)) "$@"
	figures="inputs:$figures"
}

part_faults()
{
	_b=$PWD/build/asan/tests/unit
	try 600 "$_b/core_fault_test"
	try 600 "$_b/core_fault_traps_test"
	figures="$(grep ' failed$' "$logs/faults.out"), then inputs:"
	fuzzers $(((end - $(date +%s)) / 2)) traps page
}

part_asan()
{
	stress asan
	figures="$runs runs"
}

part_tsan()
{
	stress tsan
	figures="$runs runs"
}

part_leak()
{
	for _case in library:ten_thousand_calls_use_one_reply_port \
	    sync:ten_thousand_semaphores_at_once \
	    memory:memory_by_the_thousand_messages_leaves_no_trace; do
		try 6000 env TEST_REPEAT=100 TEST_PATIENCE=100 \
		    build/asan/kernel/user/machd/machrun -l \
		    "build/asan/tests/conformance/${_case%:*}" "${_case#*:}"
	done
	while manifest asan unit conformance e2e demo; do
		# shellcheck disable=SC2046 # a seed
		try 600 build/asan/kernel/user/machd/machrun -l \
		    "$PWD/build/asan/tests/stress/stress" -v -t 20 -S $(fresh)
	done
	figures="$runs programs"
}

# one PART: in a shell of its own.
one()
{
	part=$1 runs=0 figures=''
	end=$(($(date +%s) + seconds))
	settings=
	case $part in
	tsan)
		export TSAN_OPTIONS=second_deadlock_stack=1:halt_on_error=1
		settings="TSAN_OPTIONS=$TSAN_OPTIONS" ;;
	*)
		export ASAN_OPTIONS=detect_stack_use_after_return=1
		export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
		settings="ASAN_OPTIONS=$ASAN_OPTIONS"
		settings="$settings UBSAN_OPTIONS=$UBSAN_OPTIONS" ;;
	esac
	export CT_LEAKCHECK=1
	# A busy machine is no failure; a hang is one.
	export TEST_PATIENCE=10
	export TEST_POSTMORTEM="sh scripts/postmortem.sh build/asan"
	begun=$(date +%s)
	"part_$part"
	echo "ok    $part: $(($(date +%s) - begun)) s, $figures"
}

parallel=false seconds=600 parts=
[ "${1:-}" != -p ] || { parallel=true; shift; }
while [ $# -gt 0 ]; do
	case $1 in
	*[!0-9]* | '')
		case " $all " in
		*" $1 "*) parts="$parts $1" ;;
		*) usage ;;
		esac ;;
	*)
		[ $# -eq 1 ] || usage
		seconds=$1 ;;
	esac
	shift
done
parts=${parts:-$all}

need fuzz
need check
rm -rf "$logs"
mkdir -p "$logs"
for variant in asan tsan; do
	case "$variant $parts" in
	"tsan "*tsan*)	build_variant tsan ;;
	asan*)		build_variant asan ;;
	esac
done
begun=$(date +%s)
for p in $parts; do
	if $parallel; then
		( one "$p" ) 2>&1 | tee "$logs/$p.log" &
	else
		( one "$p" ) 2>&1 | tee "$logs/$p.log"
	fi
done
wait
failed=
for p in $parts; do
	ok=$(grep "^ok    $p:" "$logs/$p.log") || failed="$failed $p"
	! $parallel || echo "${ok:-FAIL  $p}"
done
# shellcheck disable=SC2086 # lists
set -- $parts
n=$#
# shellcheck disable=SC2086 # lists
set -- $failed
echo "long: $(($(date +%s) - begun)) s; $((n - $#)) parts passed, $# failed$failed"
[ $# -eq 0 ]
