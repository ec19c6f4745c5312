#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Users of one Mach kernel: what they may see of each other, that one at its
# limits does not disturb another, and that a killed holder of everything the
# limits allow gives it back in bounded time.  TAP.  For the superuser.
#
#	limits.sh BUILD		programs from a build tree
#	limits.sh		from the environment: MACHRUN LSMP MTOOL
#
# AS runs a command as the user whose id follows: setpriv(1) by default.

set -u

if [ $# -ge 1 ]; then
	export MACHRUN="${MACHRUN-$1/kernel/user/machd/machrun -a -l
	    -o user_names=20000 -o kern.mach.limits.user_message_bytes=0x4000000}"
	export LSMP="${LSMP:-$1/cmd/lsmp/lsmp}"
	export MTOOL="${MTOOL:-$1/tests/e2e/mtool}"
fi
if [ "$(id -u)" -ne 0 ]; then
	echo "two users need the superuser to be them"
	exit 77
fi
if [ -z "${AS:-}" ]; then
	command -v setpriv >/dev/null || {
		echo "no setpriv(1) to be other users with"
		exit 77
	}
fi
as()
{
	_uid=$1
	shift
	if [ -n "${AS:-}" ]; then
		exec $AS "$_uid" "$@"
	fi
	exec setpriv --reuid="$_uid" --regid="$_uid" --clear-groups -- "$@"
}
alice=60101 bob=60102
if ! (as $alice test -x "$MTOOL" -a -x "$LSMP"); then
	echo "other users cannot run what is in this directory"
	exit 77
fi
if [ -z "${LIMITS_INSIDE:-}" ]; then
	export LIMITS_INSIDE=1
	exec $MACHRUN sh "$0"
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/limits-test.XXXX""XX") || exit 1
pids=
trap 'kill -9 $pids 2>/dev/null; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
chmod 755 "$dir"
count=0 failed=0

ok()
{
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		failed=$((failed + 1))
		echo "not ok $count - $2"
		sed 's/^/# /' "$dir/out" | head -n 40
	fi
}

lsmp()
{
	"$LSMP" "$@" >"$dir/out" 2>&1
}

# begin UID WORD...: mtool as that user, until it says its line; its process
# id in $pid, what it said in $line.
mkfifo "$dir/fifo"
begin()
{
	(as "$1" "$MTOOL" "$2" ${3:+"$3"}) >"$dir/fifo" &
	pid=$!
	pids="$pids $pid"
	line=
	read -r line <"$dir/fifo"
}

# What lives, but for tasks: those that look are some themselves.
count_all()
{
	"$LSMP" --sysctl kern.mach.count | grep -E -v 'tasks|threads|spaces|rights'
}

begin $alice hold 5
a=$pid
begin $bob hold 5
b=$pid
: >"$dir/out"

lsmp -p $a && grep -q "^Process ($a) : mtool, user $alice$" "$dir/out" &&
    grep -q "receive 5" "$dir/out"
ok $? "the superuser looks into all"

(as $alice "$LSMP" -p $a) >"$dir/out" 2>&1 && grep -q "receive 5" "$dir/out"
ok $? "a user looks into its own"

(as $alice "$LSMP" -p $b) >"$dir/out" 2>&1
[ $? -eq 1 ] && grep -q 'not yours' "$dir/out" && ! grep -q recv "$dir/out"
ok $? "and not into another's"

(as $alice "$LSMP") >"$dir/out" 2>&1 &&
    grep -q "^Process ($a) : mtool, user $alice$" "$dir/out" &&
    grep -q "^Process ($b) : mtool, user $bob$" "$dir/out" &&
    [ "$(sed -n "/^Process ($b)/,/^$/p" "$dir/out" | wc -l)" -eq 3 ]
ok $? "of another's tasks it sees that they are there"

(as $alice "$LSMP" --sysctl kern.mach.limits.user_names=1) >"$dir/out" 2>&1
[ $? -eq 1 ] && grep -q superuser "$dir/out" &&
    [ "$(as $alice "$MTOOL" set user_names 1)" -eq 8 ]
ok $? "limits are the superuser's to set"

lsmp --sysctl kern.mach.limits.user_names &&
    grep -q ': 20000$' "$dir/out" &&
    lsmp --sysctl kern.mach.limits.user_message_bytes &&
    grep -q ': 67108864$' "$dir/out"
ok $? "the kernel's options took effect"

# Kill a task; go on when all that it held has been given back.
finish()
{
	rm -f "$dir/watching"
	mkfifo "$dir/watching"
	"$MTOOL" watch "$1" "$dir/watching" >"$dir/ms" 2>"$dir/out" &
	watcher=$!
	read -r line <"$dir/watching"
	kill -9 "$1"
	wait "$1" 2>/dev/null
	wait $watcher
}

# Memory that machd wakes threads by is one user's.  (Where there is none, all
# its wake-ups are its own.)
words_of()
{
	sed -n 's/^[^ ]* \([^ ]* [^ ]* [^ ]* [0-9]*\) .*mach-wake.*/\1/p' \
	    "/proc/$1/maps" 2>/dev/null | head -n 1
}
begin $alice hold 5
words_a=$(words_of $a) words_a2=$(words_of $pid) words_b=$(words_of $b)
kill -9 $pid
wait $pid 2>/dev/null
echo "$words_a, $words_a2, $words_b" >"$dir/out"
[ -z "$words_a" ] || { [ "$words_a" = "$words_a2" ] &&
    [ -n "$words_b" ] && [ "$words_a" != "$words_b" ]; }
ok $? "users do not share wake words"

# Alice's tasks share what she may have; 6 is KERN_RESOURCE_SHORTAGE.
begin $alice fill
f1=$pid first=${line%% *}
echo "$line" >"$dir/out"
[ "${line#* }" = 6 ] && [ "$first" -le 20000 ] && [ "$first" -gt 19000 ]
ok $? "a user's names have a limit"
begin $alice fill
f2=$pid
echo "$line" >"$dir/out"
[ "${line#* }" -ne 0 ] && [ "${line%% *}" -lt 100 ]
ok $? "which all its tasks share"
(as $bob "$MTOOL" ports 5000) >"$dir/out" 2>&1
ok $? "another user notices nothing"
lsmp --sysctl kern.mach.hits.user_names && ! grep -q ': 0$' "$dir/out"
ok $? "that it was reached is counted"
finish $f1
finish $f2

# All that can be held.
count_all >"$dir/before"
lsmp --sysctl kern.mach.limits.user_names=200000 \
    kern.mach.limits.user_timers=1000
begin $alice most
most=$pid
echo "# $line"
echo "$line" >"$dir/out"
case $line in
"10000 sets, 20000 deep, 1000 timers, 1000 semaphores, "*) true ;;
*) false ;;
esac
ok $? "the largest holding"
(as $bob "$MTOOL" ports 5000) >"$dir/out" 2>&1
ok $? "another user has room beside it"
lsmp -p $most && [ "$(grep -c '^  0x.* port-set ' "$dir/out")" -eq 10000 ]
ok $? "it can be looked into"

finish $most
ms=$(cat "$dir/ms")
echo "# given back after $ms ms"
[ -n "$ms" ] && [ "$ms" -lt $((20000 * ${TEST_PATIENCE:-1})) ]
ok $? "killed, it gives all back in bounded time"
# The watcher, and who counted before, may not have gone yet: look again.
look=0
while
	count_all >"$dir/after"
	! diff "$dir/before" "$dir/after" >"$dir/out" && [ $look -lt $((20 * ${TEST_PATIENCE:-1})) ]
do
	look=$((look + 1))
done
diff "$dir/before" "$dir/after" >"$dir/out"
ok $? "nothing of it is left"

kill -9 $a $b
wait $a $b 2>/dev/null
echo "1..$count"
exit $failed
