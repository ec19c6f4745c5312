#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Do the fuzzers notice?  Faults are put into copies of the sources, one at a
# time: in the counting of rights for the model, in what machd makes of its
# shared memory for the pages, in what launchd does with rights that it gets.
# The replay of that fuzzer's corpus, linked with the copy, must fail, and must
# not without it.
#
# usage: mutants.sh SOURCE WORK LIBRARY PAGE CONTROL CC ...
#
#	SOURCE	the top of the tree
#	WORK	a directory for the copies
#	LIBRARY	libmachkern.a
#	PAGE	with colons between: what the pages' is linked with beside it
#	CONTROL	with colons between: machrun, launchd but for main() as an
#		archive, and what that is linked with
#	CC	the compiler, in one word or more, with the library's flags

set -u
source=$1 work=$2 library=$3
page=$(echo "$4" | tr : ' ') control=$(echo "$5" | tr : ' ')
shift 5
cc=$*
flags="-std=gnu17 -g -O1 -w -fno-strict-aliasing -D_GNU_SOURCE
    -I$source -I$source/include -I$source/kernel/user/machd"
kernel="-D_KERNEL -DINVARIANTS -DKPI_DEBUG -I$source/kernel/user/kpi"
failed=0
export UBSAN_OPTIONS=halt_on_error=1
unset FUZZ_TRACE

mkdir -p "$work" && work=$(mktemp -d "$work/mutants.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

# compile SOURCE OBJECT NAME: what NAME, the file's in the tree, is for.
compile()
{
	case $3 in
	kernel/user/machd/block.c | kernel/user/machd/file.c | \
	    kernel/user/machd/kern.c | kernel/user/machd/vm_copy.c | \
	    kernel/user/machd/vm_space.c)
		_kernel=$kernel ;;
	kernel/user/machd/* | */fuzz_page.c)
		_kernel= ;;
	cmd/* | */fuzz_control.c)
		_kernel="-I$source/cmd/launchd -DMACHRUN=\"${control%% *}\"" ;;
	*)	_kernel=$kernel ;;
	esac
	# shellcheck disable=SC2086 # many flags
	$cc $_kernel $flags -c "$1" -o "$2"
}

# program OUTPUT [OBJECT FILE]: the object stands for that of the same name, or
# for its archive member.
program()
{
	_objects=
	for _o in $objects; do
		[ "$_o" = "$work/$fuzzer-${3:+$(basename "$3" .c)}.o" ] ||
		    _objects="$_objects $_o"
	done
	# shellcheck disable=SC2086 # many flags
	$cc $flags $_objects ${2:+"$2"} $library -lpthread \
	    -o "$work/$1"
}

# fuzzer NAME FILE ...: what follows is about this one.
fuzzer()
{
	fuzzer=$1
	shift
	corpus=${inputs:-$source/tests/fuzz/corpus/$fuzzer}
	objects=
	for _file in "$@"; do
		_object=$work/$fuzzer-$(basename "$_file" .c).o
		compile "$source/$_file" "$_object" "$_file" || exit 1
		objects="$objects $_object"
	done
	program replay || exit 1
	# shellcheck disable=SC2086 # several names
	if ! "$work/replay" $corpus >"$work/out" 2>&1; then
		echo "not ok $fuzzer, unchanged: the corpus fails"
		tail -n 20 "$work/out"
		exit 1
	fi
	echo "ok $fuzzer, unchanged"
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
	if ! compile "$work/mutant.c" "$work/mutant.o" "$2" ||
	    ! program mutant "$work/mutant.o" "$2"; then
		echo "not ok $1: does not compile"
		failed=1
		return
	fi
	# shellcheck disable=SC2086 # several names
	if "$work/mutant" $corpus >"$work/out" 2>&1; then
		echo "not ok $1: not noticed"
		failed=1
		return
	fi
	echo "ok $1: $(grep -aE 'failed:|panic|ERROR|runtime error| left' \
	    "$work/out" | head -1 | sed 's/.*step/step/; s/.*error: //' |
	    cut -c 1-100)"
}

inputs=
fuzzer model tests/fuzz/fuzz_model.c tests/fuzz/model.c tests/fuzz/blocks.c \
    tests/fuzz/fuzz_kern.c tests/fuzz/replay.c tests/unit/core/core.c

mutant "a send-once right that is used twice" kernel/ipc/ipc_right.c \
    '/^ipc_right_copyin(/,/^}/ {
	/case MACH_MSG_TYPE_MOVE_SEND_ONCE/,/break/ {
	s/ipc_right_leave(space, name, entry, port, gc);/ip_hold(port);/
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
    '/^ipc_right_cancel/,/^}/ s/if (notify != NULL/if (false/'

mutant "a moved receive right that keeps its make-send count" kernel/ipc/ipc_port.c \
    '/^ipc_port_clear_receiver/,/^}/ s/port->ip_mscount = 0;//'

# The short way of plain messages.
mutant "a message that arrives uses up the last send right unheard" \
    kernel/ipc/ipc_mqueue.c '/^ipc_mqueue_arrive(/,/^}/ s/return;.*//'

mutant "a message that arrives leaves its send-once right behind" \
    kernel/ipc/ipc_mqueue.c '/^ipc_mqueue_arrive(/,/^}/ s/port->ip_sorights--;//'

mutant "a kept message is still charged" \
    kernel/ipc/ipc_kmsg.c \
    '/^ipc_kmsg_recycle(/,/^}/ s/mach_quota_uncharge(.*/(void)(/'

machd=kernel/user/machd
library="$library $page"
fuzzer page tests/fuzz/fuzz_page.c tests/fuzz/fuzz_kern.c tests/fuzz/replay.c \
    $machd/guard.c $machd/image.c $machd/server.c $machd/umem.c \
    $machd/wake.c $machd/window.c $machd/zone.c $machd/block.c \
    $machd/file.c $machd/kern.c $machd/vm_copy.c $machd/vm_space.c

case $(uname -m) in
x86_64)
	# What changes between two looks.
	mutant "the number of arguments is looked at again" $machd/server.c \
	    's/for (i = 0; i < nargs; i++)/for (i = 0; i < page->ms_nargs; i++)/'

	mutant "the size of a window is looked at again" $machd/umem.c \
	    '/^umem_in/,/^}/ s/slot->sl_in_size))/slot->sl_page->ms_in_size))/'
	;;
esac

mutant "a window may be larger than its page" $machd/server.c \
    's/if (slot->sl_out_size > MACHD_DATA_SIZE ||/if (/'

mutant "more ranges to release than there are" $machd/server.c \
    's/if (n > slot->sl_nrelease)/if (false)/'

mutant "a trap in a page whose trap waits" $machd/server.c \
    '/case SLOT_BLOCKED/,/return;/ s/return;/break;/'

mutant "a wake-up is left to a client and forgotten" $machd/wake.c \
    '/^wake_trap_end/,/^}/ s/my.nleft++/my.nleft/'

mutant "a wake-up that nobody is told of is forgotten" $machd/wake.c \
    '/^take_back(/,/^}/ s/(void)futex_wake.*;//'

mutant "a wake-up is left to who sleeps" $machd/wake.c \
    's/(word & (MACHD_WAITER | MACHD_WAKE_MASK)) != 0)/false)/'

mutant "a sleeper is remembered without a reference" $machd/wake.c \
    's/client_hold(l->l_sleeper);//'

# The inputs that were made by hand, one for each way of a right.
launchd=cmd/launchd
library=${control#* }
inputs=
for i in subset subset-register subset-unprivileged session sessions registered \
    look-up-check-in check-in-lost check-in-dead forged answers-lost \
    answer-full; do
	inputs="$inputs $source/tests/fuzz/corpus/control/$i"
done
fuzzer control tests/fuzz/fuzz_control.c tests/fuzz/replay.c

mutant "rights of a refused request are kept" $launchd/server.c \
    '/^serve(/,/^}/ { /if (kr != KERN_SUCCESS)/{ N; d; }
    }'

mutant "a domain's end keeps the port that it depended on" $launchd/domain.c \
    '/^finish(/,/^}/ { /if (d->d_requestor/{ N; d; }
    }'

mutant "a domain's end keeps its unprivileged port" $launchd/domain.c \
    '/^finish(/,/^}/ s/drop_port(d->d_unprivileged);//'

mutant "a session takes a reference too many" $launchd/control_verbs.c \
    '/^do_session(/,/^}/ s/MACH_PORT_RIGHT_SEND, 1)/MACH_PORT_RIGHT_SEND, 2)/'

mutant "a session too many keeps its port" $launchd/control_verbs.c \
    '/^do_session(/,/^}/ s/(void)mach_port_deallocate(.*//'

mutant "an answer that came back is kept" $launchd/control_answer.c \
    '/^send_or_drop(/,/^}/ s/mach_msg_destroy(head);/;/'

mutant "an answer that lends a port is kept" $launchd/server.c \
    '/^lost_answer(/,/^}/ { /(void)mach_port_deallocate/{ N; s/.*/;/; }
    }'

mutant "a forged notification keeps its port" $launchd/server.c \
    '/^notified(/,/^}/ s/mach_msg_destroy(&r->u.head);//'

mutant "a port that returns to nobody is kept" $launchd/service.c \
    '/^service_port_returned(/,/^}/ s/events_drop_receive(port);//'

mutant "a port registered over another" $launchd/service.c \
    '/^service_register(/,/^}/ s/release_port(s);/;/'

exit $failed
