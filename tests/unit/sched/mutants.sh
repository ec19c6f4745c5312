#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Does the controlled scheduler find faults?  Classic ones are put into copies
# of the core's files, one at a time; the explorer, linked with the copy, must
# fail within the given number of seeds, and must not without it.
#
# usage: mutants.sh SOURCE WORK LIBRARY SEEDS CC [FLAG ...]
#
#	SOURCE	the top of the tree
#	WORK	a directory for the copies
#	LIBRARY	libmachkern_sched.a
#	FLAG	as the library was compiled; with the address sanitizer

set -u
source=$1 work=$2 library=$3 seeds=$4 cc=$5
shift 5
flags="-std=gnu17 -g -O1 -w -fno-strict-aliasing -D_GNU_SOURCE -D_KERNEL
    -DINVARIANTS -DKPI_DEBUG -DKPI_SCHED -I$source/kernel/user/kpi
    -I$source -I$source/include $*"
failed=0
export UBSAN_OPTIONS=halt_on_error=1
unset SEED MODE TRACE

# A fresh directory, and only there.
mkdir -p "$work" && work=$(mktemp -d "$work/mutants.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

compile()
{
	# shellcheck disable=SC2086 # many flags
	"$cc" $flags -c "$1" -o "$2"
}

for file in core/core sched/world sched/races_test; do
	compile "$source/tests/unit/$file.c" "$work/$(basename "$file").o" ||
	    exit 1
done

# explorer OUTPUT [OBJECT]: the object stands for its archive member.
explorer()
{
	# shellcheck disable=SC2086 # many flags
	"$cc" $flags "$work/core.o" "$work/world.o" "$work/races_test.o" \
	    ${2:+"$2"} "$library" -lpthread -o "$work/$1"
}

# mutant NAME FILE WORDS SED-SCRIPT: what is wrong, where, and which scenarios
# are to find it.
mutant()
{
	sed "$4" "$source/$2" >"$work/mutant.c"
	if cmp -s "$source/$2" "$work/mutant.c"; then
		echo "not ok $1: nothing to change in $2 any more"
		failed=1
		return
	fi
	if ! compile "$work/mutant.c" "$work/mutant.o" ||
	    ! explorer mutant "$work/mutant.o"; then
		echo "not ok $1: does not compile"
		failed=1
		return
	fi
	if "$work/mutant" "$seeds" "$3" >"$work/out" 2>&1; then
		echo "not ok $1: not found in $seeds seeds"
		failed=1
		return
	fi
	seed=$(sed -n 's/.*: seed \([0-9]*\) mode .*/\1/p' "$work/out" | head -1)
	how=$(grep -E 'ERROR: Addr|panic|deadlock|livelock|failed:|runtime error' \
	    "$work/out" | head -1 | cut -c 1-100)
	if [ -z "$seed" ]; then
		echo "not ok $1: failed without a seed"
		cat "$work/out"
		failed=1
		return
	fi
	# It must fail again, in the same way, from the seed alone.
	if SEED=$seed "$work/mutant" 1 "$3" >"$work/again" 2>&1 ||
	    [ "$(grep -c ": seed $seed mode" "$work/again")" -eq 0 ] ||
	    [ "$(sed -n 's/.*: seed //p' "$work/out" | head -1)" != \
	    "$(sed -n 's/.*: seed //p' "$work/again" | head -1)" ]; then
		echo "not ok $1: seed $seed does not fail again"
		failed=1
		return
	fi
	echo "ok $1: seed $seed: $how"
}

explorer races_test || exit 1
if ! "$work/races_test" 20 >"$work/out" 2>&1; then
	echo "not ok unchanged: the races fail"
	cat "$work/out"
	exit 1
fi
echo "ok unchanged"

mutant "a set used without a reference while its receiver waits" \
    kernel/ipc/mach_msg.c "set destroyed" \
    's/th->th_msg.space = space;/ipc_object_drop(object); &/
    s/ipc_object_drop(th->th_saved.rcv.object);//'

mutant "a member used without a reference once the set is unlocked" \
    kernel/ipc/ipc_mqueue.c "received from its set" \
    '/^ipc_mqueue_receive_pset/,/^}/ {
	s/ip_hold(port);//
	s/ip_drop(port);//
    }'

mutant "a lost wake-up: empty set seen, let go, then queued" \
    kernel/ipc/ipc_mqueue.c "receiver of a set, sender" \
    '/^ipc_mqueue_receive_pset/,/^}/ {
	s/if (link == NULL)/if (link == NULL \&\& \
	    (ips_unlock(pset), ips_lock(pset), 1))/
    }'

mutant "a lost wake-up: empty port seen, let go, then queued" \
    kernel/ipc/ipc_mqueue.c "receiver, sender" \
    '/^ipc_mqueue_receive(/,/^}/ {
	s/if (TAILQ_EMPTY(&port->ip_messages))/if (TAILQ_EMPTY( \
	    \&port->ip_messages) \&\& (ip_unlock(port), ip_lock(port), 1))/
    }'

mutant "a lost wake-up: a port with messages joins, nobody is told" \
    kernel/ipc/ipc_mqueue.c "joins a set with a receiver" \
    '/^ipc_mqueue_pset_ready/,/^}/ {
	s/thread_wakeup(th, THREAD_RESTART);/break;/
    }'

mutant "no second look at a member that was ready" \
    kernel/ipc/ipc_mqueue.c "receivers of a set of two" \
    '/^ipc_mqueue_receive_pset/,/^}/ {
	s/TAILQ_EMPTY(&port->ip_messages)) {/false) {/
    }'

mutant "an empty member stays ready" \
    kernel/ipc/ipc_mqueue.c "receivers of a set of two" \
    '/^ipc_mqueue_take_unlock/,/^}/ s/ipc_mqueue_unready(port);/;/'

mutant "a blocked sender is woken without a promised slot" \
    kernel/ipc/ipc_mqueue.c "timed sender, received" \
    '/^ipc_mqueue_release_senders/,/^}/ s/port->ip_msgcount++;//
    /^ipc_mqueue_send_continue/,/^}/ s/kmsg, true);/kmsg, false);/'

mutant "a time-out does not look whether it was too late" \
    kernel/kern/thread_block.c "deadline" \
    's/if (error == 0 || th->th_wait_result != THREAD_WAITING)/if (error == 0)/'

mutant "a dead-name request is dropped by a look-up" \
    kernel/ipc/ipc_right.c "destroyed, looked up" \
    '/^ipc_right_cancel/,/^}/ s/if (notify != NULL) {/if (false) {/'

mutant "the death of a port is not seen by who gives the right away" \
    kernel/ipc/ipc_right.c "destroyed, sent away" \
    '/^ipc_right_leave/,/^}/ {
	s/if (ipc_right_cancel(port, name, entry, gc)) {/ \
	    (void)ipc_right_cancel(port, name, entry, gc); if (false) {/
    }'

mutant "a circle of receive rights looked for, then made, unlocked between" \
    kernel/ipc/ipc_port.c "in a circle by two" \
    '/^ipc_port_set_destination/,/^}/ {
	s/KASSERT(port->ip_destination == NULL/mtx_unlock(\&ipc_transit_lock); \
	    mtx_lock(\&ipc_transit_lock); &/
    }'

mutant "send-possible: a full queue seen, let go, then waited for" \
    kernel/ipc/ipc_right.c "send-possible asked for" \
    '/^ipc_right_request(/,/^}/ {
	s/ipr->ipr_notify = notify;/ip_unlock(port); ip_lock(port); &/
    }'

mutant "send-possible: a promised place that comes free is not told" \
    kernel/ipc/ipc_mqueue.c "while a place is promised" \
    '/^ipc_mqueue_send_continue/,/^}/ {
	s/if (port->ip_narmed == 0 || ip_full(port))/if (true)/
    }'

mutant "rights looked for, then taken, the space unlocked between" \
    kernel/ipc/ipc_kmsg_copyin.c "one send-once right" \
    '/^ipc_kmsg_copyin(/,/^}/ {
	s/ipc_kmsg_copyin_rights(space, kmsg, &gc);/{ is_write_unlock(space); \
	    is_write_lock(space); & }/
    }'

mutant "a dead port leaves its blocked senders asleep" \
    kernel/ipc/ipc_port.c "blocked sender, destroyed" \
    '/^ipc_port_destroy/,/^}/ s/thread_wakeup(th, THREAD_RESTART);/break;/'

mutant "a knote attached without a reference" \
    kernel/ipc/ipc_knote.c "knote attached, set destroyed" \
    '/^ipc_knote_bind/,/^}/ s/ipc_object_hold(object);//
    /^ipc_knote_bind/,/^}/ s/ipc_object_drop(object);//
    /^ipc_knote_detach/,/^}/ s/ipc_object_drop(ikn->ikn_object);//'

mutant "a thread that enters Mach through kevent has no state" \
    kernel/ipc/ipc_knote.c "a stranger" \
    's/th = mach_thread_current();/th = mach_thread_lookup(curthread);/
    s/if (th == NULL) {/if (false) {/'

mutant "a sender uses a watched set that it has unlocked and let go" \
    kernel/ipc/ipc_watch.c "renewed, sender" \
    '/^ipc_watch_posted/,/^}/ {
	s/ips_lock(link->ipl_pset);/struct ipc_pset *pset = link->ipl_pset; \
	    ip_unlock(port); ip_lock(port); ips_lock(pset);/
	s/if (link->ipl_ready)/if (true)/
	s/ipc_watch_pset_ready(link->ipl_pset/ipc_watch_pset_ready(pset/
	s/ips_unlock(link->ipl_pset);/ips_unlock(pset); break;/
    }'

mutant "an attached knote is not compared with what the name denotes" \
    kernel/ipc/ipc_knote.c "attached and waited for" \
    '/^ipc_knote_bind/,/^}/ s/if (!ipc_knote_denotes(.*/if (false) {/'

mutant "a message that comes while kevent receives wakes nobody" \
    kernel/ipc/ipc_knote.c "edge triggered" \
    '/^ipc_knote_receive/,/^}/ s/ipc_knote_lay_aside(kn, ikn, EV_CLEAR);/;/'

mutant "the end of a set wakes no kevent" \
    kernel/ipc/ipc_watch.c "waits for a set, destroyed" \
    '/^ipc_watch_gone/,/^}/ s/KNOTE_LOCKED(.*/;/'

mutant "a name looked up, its port found, no second look" \
    kernel/ipc/ipc_space.c "signal to the first" \
    '/^ipc_entry_object(/,/^}/ {
	s/if (!ipc_entry_still(space, name, types, look))/if (false)/
    }'

mutant "a name looked up twice, once each in two of its lives" \
    kernel/ipc/ipc_space.c "another port's then" \
    '/^ipc_entry_set_gen(/,/^}/ s/space->is_reuses + 1/space->is_reuses/'

mutant "a reference on what is no port any more" \
    kernel/ipc/ipc_space.c "freed, signal to it" \
    's/ipc_object_tryhold(object)/(ipc_object_hold(object), true)/'

mutant "a send right given up before its entry says so" \
    kernel/ipc/ipc_right.c "another port's then" \
    '/^ipc_right_less_send(/,/^}/ {
	s/ipc_port_release_send(port, gc);//
	s/ipc_right_leave(space, name, entry, port, gc);/ \
	    ipc_port_release_send(port, gc); &/
    }'

mutant "a receive right is told of before its port knows" \
    kernel/ipc/ipc_right.c "comes back to its name" \
    '/^ipc_right_enter(/,/^}/ {
	s/ipc_port_clear_destination(port);/ipc_entry_set_type(entry, \
	    MACH_PORT_TYPE_SEND_RECEIVE, urefs); &/
    }'

exit $failed
