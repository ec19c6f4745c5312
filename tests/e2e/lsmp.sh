#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# lsmp as a process: its three forms, its errors, and that it works while
# everything moves.  TAP.
#
#	lsmp.sh BUILD		programs from a build tree
#	lsmp.sh			from the environment: MACHRUN LSMP MTOOL
#
# MACHRUN may be empty where the kernel itself speaks Mach.  JSON is read with
# python3, where there is one.

set -u

if [ $# -ge 1 ]; then
	export MACHRUN="${MACHRUN-$1/kernel/user/machd/machrun -l}"
	export LSMP="${LSMP:-$1/cmd/lsmp/lsmp}"
	export MTOOL="${MTOOL:-$1/tests/e2e/mtool}"
fi
if [ -z "${LSMP_INSIDE:-}" ]; then
	export LSMP_INSIDE=1
	exec $MACHRUN sh "$0"
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/lsmp-test.XXXX""XX") || exit 1
pids=
trap 'kill -9 $pids 2>/dev/null; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
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

# What lsmp says in $dir/out; its status.
lsmp()
{
	"$LSMP" "$@" >"$dir/out" 2>&1
}

python()
{
	command -v python3 >/dev/null || return 0
	python3 -c "$@" >>"$dir/out" 2>&1
}

mkfifo "$dir/fifo"
"$MTOOL" hold 5 >"$dir/fifo" &
holder=$!
pids=$holder
read -r line <"$dir/fifo"
test "$line" = ready || exit 1

lsmp -p $holder && grep -q "^Process ($holder) : mtool, user $(id -u)$" \
    "$dir/out" && [ "$(grep -c "^  0x.* recv " "$dir/out")" -eq 5 ] &&
    grep -q "^  total 6: send 1, receive 5," "$dir/out" &&
    grep -q "task ($holder) mtool$" "$dir/out" &&
    grep -q "^  thread .*: runs$" "$dir/out"
ok $? "text has a row a name"

lsmp && grep -q "^Process ($holder) : mtool" "$dir/out" &&
    grep -q "^Process (.*) : lsmp" "$dir/out"
ok $? "without -p all tasks are there"

lsmp --json && python "
import json, sys
d = json.load(open('$dir/out'))
assert d['version'] == 1
t = [t for t in d['tasks'] if t['pid'] == $holder]
assert len(t) == 1 and t[0]['open'] and t[0]['command'] == 'mtool'
n = t[0]['names']
r = [x for x in n if x['rights'] == 'recv']
assert len(r) == 5
assert len(set(x['object'] for x in r)) == 5
assert all(len(x['object']) == 16 for x in r)
assert all(x['qlimit'] == 5 and x['msgcount'] == 0 for x in r)
assert all(x['receiver']['pid'] == $holder for x in r)
assert all(x['receiver']['name'] == x['name'] for x in r)
assert [x for x in n if x.get('object') == t[0]['task']]
assert t[0]['threads'][0]['wait'] == 'runs'
"
ok $? "JSON tells the same"

lsmp --json -p $holder && python "
import json
d = json.load(open('$dir/out'))
assert [t['pid'] for t in d['tasks']] == [$holder]
"
ok $? "JSON of one task"

graph()
{
	lsmp --graph "$@" && python "
import re
s = open('$dir/out').read()
assert s.startswith('digraph mach {') and s.endswith('}\n')
assert s.count('{') == s.count('}')
nodes = set(re.findall(r'^ +([ohtw][0-9a-f_]+) \[', s, re.M))
for a, b in re.findall(r'^ +(\S+) -> (\S+) ', s, re.M):
    assert a in nodes, a
    assert b in nodes, b
assert 't$holder' in nodes
" || return 1
	command -v dot >/dev/null || return 0
	dot -Tcanon "$dir/out" >/dev/null 2>>"$dir/out"
}
graph
ok $? "every arrow of the graph has two ends"
graph -p $holder
ok $? "also in the graph of one task"

lsmp -p 99999999
[ $? -eq 1 ] && grep -q 'no such process' "$dir/out"
ok $? "a process that is not there"
lsmp --json --graph
[ $? -eq 64 ]
ok $? "wrong usage"
lsmp -p 0
[ $? -eq 64 ]
ok $? "a process id that cannot be"

lsmp --sysctl && grep -q '^kern.mach.count.ports: [1-9]' "$dir/out" &&
    grep -q '^kern.mach.peak.ports: [1-9]' "$dir/out" &&
    grep -q '^kern.mach.total.ports: [1-9]' "$dir/out" &&
    grep -q '^kern.mach.failed.ports: 0' "$dir/out" &&
    grep -q '^kern.mach.count.message_bytes: ' "$dir/out" &&
    grep -q '^kern.mach.limits.task_names: 65536$' "$dir/out" &&
    grep -q '^kern.mach.hits.task_names: 0$' "$dir/out" &&
    grep -q '^kern.mach.trap.task_self_trap.calls: [1-9]' "$dir/out"
ok $? "counters and limits with the names of sysctl"
lsmp --sysctl kern.mach.limits.nesting=77 &&
    lsmp --sysctl kern.mach.limits.nesting &&
    [ "$(cat "$dir/out")" = 'kern.mach.limits.nesting: 77' ] &&
    lsmp --sysctl --json kern.mach.limits && python "
import json
assert json.load(open('$dir/out'))['kern.mach.limits.nesting'] == 77
"
ok $? "a limit is set and read"
lsmp --sysctl kern.mach.limits.nesting=0
[ $? -eq 1 ] && lsmp --sysctl kern.mach.limits.nothing=1
[ $? -eq 1 ] && lsmp --sysctl kern.mach.limits.nesting=x
[ $? -eq 1 ] && lsmp --sysctl kern.mach.nothing
[ $? -eq 1 ]
ok $? "a wrong name, value or number is refused"

# Two tasks make, send and destroy ports as fast as they can.
"$MTOOL" stir >"$dir/fifo" &
stir1=$!
read -r line <"$dir/fifo"
"$MTOOL" stir >"$dir/fifo" &
stir2=$!
pids="$holder $stir1 $stir2"
read -r line <"$dir/fifo"
round=0 bad=0
while [ $round -lt 5 ]; do
	round=$((round + 1))
	lsmp && grep -q "^Process ($stir1) : mtool" "$dir/out" &&
	    lsmp --json && python "
import json
json.load(open('$dir/out'))" && graph || {
		bad=1
		break
	}
done
kill -0 $stir1 && kill -0 $stir2 || bad=1
ok $bad "it works under load, $round rounds"
kill -9 $stir1 $stir2
wait $stir1 $stir2 2>/dev/null

echo "1..$count"
exit $failed
