#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Does the model notice?  Faults in the counting of rights are put into copies
# of the core's files, one at a time; the replay of the model's corpus, linked
# with the copy, must fail, and must not without it.
#
# usage: mutants.sh SOURCE WORK LIBRARY CC [FLAG ...]
#
#	SOURCE	the top of the tree
#	WORK	a directory for the copies
#	LIBRARY	libmachkern.a
#	FLAG	as the library was compiled

set -u
source=$1 work=$2 library=$3 cc=$4
shift 4
flags="-std=gnu17 -g -O1 -w -fno-strict-aliasing -D_GNU_SOURCE -D_KERNEL
    -DINVARIANTS -DKPI_DEBUG -I$source/kernel/user/kpi
    -I$source -I$source/include $*"
corpus=$source/tests/fuzz/corpus/model
failed=0
export UBSAN_OPTIONS=halt_on_error=1
unset FUZZ_TRACE

mkdir -p "$work" && work=$(mktemp -d "$work/mutants.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

compile()
{
	# shellcheck disable=SC2086 # many flags
	"$cc" $flags -c "$1" -o "$2"
}

objects=
for file in fuzz/fuzz_model fuzz/model fuzz/blocks fuzz/fuzz_kern fuzz/replay \
    unit/core/core; do
	object=$work/$(basename "$file").o
	compile "$source/tests/$file.c" "$object" || exit 1
	objects="$objects $object"
done

# program OUTPUT [OBJECT]: the object stands for its archive member.
program()
{
	# shellcheck disable=SC2086 # many flags
	"$cc" $flags $objects ${2:+"$2"} "$library" -lpthread -o "$work/$1"
}

# mutant NAME FILE SED-SCRIPT
mutant()
{
	sed "$3" "$source/$2" >"$work/mutant.c"
	if cmp -s "$source/$2" "$work/mutant.c"; then
		echo "not ok $1: nothing to change in $2 any more"
		failed=1
		return
	fi
	if ! compile "$work/mutant.c" "$work/mutant.o" ||
	    ! program mutant "$work/mutant.o"; then
		echo "not ok $1: does not compile"
		failed=1
		return
	fi
	if "$work/mutant" "$corpus" >"$work/out" 2>&1; then
		echo "not ok $1: not noticed"
		failed=1
		return
	fi
	echo "ok $1: $(grep -E 'failed:|panic|ERROR| left' "$work/out" |
	    head -1 | sed 's/.*step/step/' | cut -c 1-100)"
}

program replay || exit 1
if ! "$work/replay" "$corpus" >"$work/out" 2>&1; then
	echo "not ok unchanged: the corpus fails"
	tail -n 20 "$work/out"
	exit 1
fi
echo "ok unchanged"

mutant "a send-once right that is used twice" kernel/ipc/ipc_right.c \
    '/^ipc_right_copyin(/,/^}/ {
	/case MACH_MSG_TYPE_MOVE_SEND_ONCE/,/break/ {
	s/ipc_right_free_entry(space, name, entry);/ip_hold(port);/
	}
    }'

mutant "a user reference too many" kernel/ipc/ipc_right.c \
    '/^ipc_right_less_dead/,/^}/ s/urefs - count/urefs - count + 1/'

mutant "make-send counted as a copy" kernel/ipc/ipc_port.c \
    '/^ipc_port_make_send(/,/^}/ s/port->ip_mscount++;//'

mutant "a right moved before its name is known to be free" \
    kernel/ipc/mach_port.c \
    '/^mach_port_insert_check/,/^}/ s/return (KERN_RIGHT_EXISTS);/;/'

mutant "a request that outlives its name" kernel/ipc/ipc_right.c \
    '/^ipc_right_cancel/,/^}/ s/if (notify != NULL)/if (false)/'

mutant "a moved receive right that keeps its make-send count" kernel/ipc/ipc_port.c \
    '/^ipc_port_clear_receiver/,/^}/ s/port->ip_mscount = 0;//'

exit $failed
