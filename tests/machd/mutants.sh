#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Do machd's tests notice?  Faults in how its workers share the work are put
# into copies of its files, one at a time; worker_test under a machd with the
# copy must fail, and must not without it.
#
# usage: mutants.sh SOURCE WORK MACHRUN TEST KERNEL LIBRARY CC ...
#
#	SOURCE	the top of the tree
#	WORK	a directory for the copies
#	KERNEL	machd's kernel half, an archive, which LIBRARY completes
#	CC	the compiler, in one word or more, with the flags of these

set -u
source=$1 work=$2 machrun=$3 test=$4 kernel=$5 library=$6
shift 6
cc=$*
machd=$source/kernel/user/machd
flags="-std=gnu17 -g -O1 -w -fno-strict-aliasing -D_GNU_SOURCE
    -I$source -I$source/include -I$machd"
limit=120
failed=0

mkdir -p "$work" && work=$(mktemp -d "$work/mutants.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

compile()
{
	# shellcheck disable=SC2086 # many flags
	$cc $flags -c "$1" -o "$2"
}

# link OUTPUT [OBJECT FILE]: the object stands for that file's.
link()
{
	_objects=
	for _o in $objects; do
		[ "$_o" = "$work/${3:-}.o" ] || _objects="$_objects $_o"
	done
	# shellcheck disable=SC2086 # many flags
	$cc $flags $_objects ${2:+"$2"} -Wl,--whole-archive "$kernel" \
	    -Wl,--no-whole-archive "$library" -lpthread -o "$work/$1"
}

# A machd that cannot come to an end is not left behind.
run()
{
	timeout -k 5 $limit "$machrun" -m "$work/$1" "$test" \
	    >"$work/out" 2>&1 </dev/null
	_status=$?
	for _p in /proc/[0-9]*; do
		[ "$(readlink "$_p/exe")" != "$work/$1" ] ||
		    kill -9 "${_p#/proc/}"
	done 2>/dev/null
	return $_status
}

# mutant NAME FILE SED-SCRIPT
mutant()
{
	sed "$3" "$machd/$2.c" >"$work/mutant.c"
	if cmp -s "$machd/$2.c" "$work/mutant.c"; then
		echo "not ok $1: nothing to change in $2.c any more"
		failed=1
	elif ! compile "$work/mutant.c" "$work/mutant.o" ||
	    ! link mutant "$work/mutant.o" "$2"; then
		echo "not ok $1: does not compile"
		failed=1
	elif run mutant; then
		echo "not ok $1: not noticed"
		failed=1
	else
		echo "ok $1: status $?, $(grep -a '^not ok' "$work/out" |
		    head -1)"
	fi
}

objects=
for file in "$machd"/*.c; do
	name=$(basename "$file" .c)
	case $name in
	block | file | kern | vm_copy | vm_space | machrun) continue ;;
	esac
	compile "$file" "$work/$name.o" || exit 1
	objects="$objects $work/$name.o"
done
link machd || exit 1
begun=$(date +%s)
if ! run machd; then
	echo "not ok unchanged"
	tail -n 20 "$work/out"
	exit 1
fi
echo "ok unchanged"
# What does not come to an end is noticed, too.
limit=$((3 * ($(date +%s) - begun) + 10))
if ! grep -q 'SKIP userfaultfd' "$work/out"; then
	mutant "nobody takes over from who is held up" worker \
	    '/^take_over(/,/^}/ s/move(cl, to);/(void)to;/'
fi
mutant "a worker is not told of what others ended" worker \
    '/^worker_wake(/,/^}/ s/kick(w);/;/'
mutant "a kick that comes before the wait is lost" worker \
    's/ww_flags = WAIT_SPOILT;/ww_reserved = 0;/
    /^sleep_on(/,/^}/ s/if (grouping)$/if (how == KICK_SIGNAL) \
	usleep(300); &/'

exit $failed
