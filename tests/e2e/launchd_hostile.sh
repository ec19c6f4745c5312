#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Jobs and clients that mean no good, and a machine that has nothing left: TAP.
# launchd goes on, serves the others, and starts no job twice.
#
#	launchd_hostile.sh BUILD

# shellcheck disable=SC2086 # MACHRUN is a command with arguments, or none
set -u

here=$(dirname "$0")
# shellcheck source=tests/e2e/launchd_lib.sh
. "$here/launchd_lib.sh"
JTOOL=${JTOOL:-$1/tests/e2e/jtool}
FAILING=${FAILING:-$1/tests/e2e/launchd_failing}

begin "names of 0, 127, 128 and 100000 bytes, past libmach too"
service test.echo
check steps client raw 0 raw 127 raw 128 raw 129 raw 4000 raw 100000 \
    look-up x0 count look-up x127 unknown look-up x128 count \
    look-up x100000 count register x100000 count \
    look-up test.echo ok ask elapsed 0 20000
end

begin "a client that sends look-ups for ever keeps nobody waiting"
service test.echo
job t.keep "$(true_ KeepAlive) $(integer ThrottleInterval 0)" \
    /bin/sh -c "echo x &gt;&gt;$dir/keep.out; sleep 0.2"
check steps script <<'END'
pids=
for name in test.none test.none test.none test.echo; do
	"$LTOOL" flood $name $((60000 * ${TEST_PATIENCE:-1})) &
	pids="$pids $!"
done
"$LTOOL" times test.echo 100
ctl print system/test.echo >/dev/null
n=$(wc -l <"$dir/keep.out")
until_ eval '[ $(wc -l <"$dir/keep.out") -ge $((n + 3)) ]'
[ $(wc -l <"$dir/keep.out") -ge $((n + 3)) ]
# They are still at it, all of them.
kill $pids
END
check "one process" equal "$(started test.echo)" 1
end

begin "a job that gives its service away right away"
service test.echo
job t.giver "$(services t.giver) $(integer ThrottleInterval 0)" \
    "$LTOOL" giver t.giver test.echo
check steps client look-up test.echo ok look-up t.giver ok \
    sh "i=0; until grep -q 'its port was given away' $dir/log ||
    [ \$i -gt 200 ]; do sleep 0.05; i=\$((i + 1)); done" \
    look-up t.giver ok look-up test.echo ok ask
check "named" logged 'service t.giver did not come back: its port was given'
end

begin "jobs that wait for each other in a circle"
for i in 1 2 3; do
	job t.c$i "$(integer ThrottleInterval 1) <key>KeepAlive</key><dict>
	    <key>OtherJobEnabled</key><dict><key>t.c$((i % 3 + 1))</key>
	    <true/></dict></dict>" /bin/true
	job t.d$i "$(integer ThrottleInterval 1) <key>KeepAlive</key><dict>
	    <key>OtherJobEnabled</key><dict><key>t.d$((i % 3 + 1))</key>
	    <false/></dict></dict>" /bin/true
done
job t.self "$(integer ThrottleInterval 1) <key>KeepAlive</key><dict>
    <key>OtherJobEnabled</key><dict><key>t.self</key><false/>
    </dict></dict>" /bin/true
service test.echo
check steps client look-up test.echo ok ask sh "sleep 2.5" ask elapsed 0 20000
n=$(started 't.c1')
check "by the throttle: $n" [ "$n" -ge 1 ]
check "not all the time: $n" [ "$n" -le 12 ]
check "that wants it gone" equal "$(started t.d1)" 0
check "and its own" equal "$(started t.self)" 0
end

begin "programs that do not exist, exit at once, never check in"
service test.echo
job t.none "$(services t.none) $(integer ThrottleInterval 0)" /nonexistent
job t.gone "$(services t.gone) $(integer ThrottleInterval 0)" /bin/false
job t.deaf "$(services t.deaf) $(integer ThrottleInterval 0)" /bin/sleep 1000
check steps client look-up t.none ok send 10 look-up t.gone ok send 10 \
    look-up t.deaf ok send 10 look-up test.echo ok ask sh "sleep 2" ask
check "named" logged 't.none\[.*cannot execute its program: No such file'
n=$(started t.gone)
check "later and later: $n" [ "$n" -le 8 ]
check "once" equal "$(started t.deaf)" 1
end

begin "a full disk for logs"
service test.echo
job t.full "$(true_ RunAtLoad) $(string StandardOutPath /dev/full)" \
    /bin/echo lost
check steps timeout 60 $MACHRUN "$LAUNCHD" -v --log /dev/full "$dir/jobs" -- \
    "$LTOOL" look-up test.echo ok ask send 3 other look-up t.x unknown
end

begin "every register, refused look-up and kill is in the log"
service test.echo
check steps script <<'END'
"$LTOOL" look-up test.echo ok register t.x denied check-in test.echo denied
ctl kill USR2 system/test.echo
ctl setenv A b
END
check "register" logged 'refused: registration of t.x (uid'
check "check-in" logged 'refused: check-in of test.echo (uid'
check "kill" logged 'test.echo\[.*signalled by process [0-9]* (uid'
check steps launchd --allow-register "$dir/jobs" -- "$LTOOL" register t.x ok
check "registered" logged 'registered t.x in system (uid'
check "end" logged 'stopping'
end

begin "requests that nobody would send"
service test.echo
job t.fuzz "$(integer ThrottleInterval 0)" /bin/true
check steps launchd "$dir/jobs" -- sh -c "
    $JTOOL fuzz 3000 1 && $JTOOL fuzz 3000 2 && $LTOOL fuzz 3000 &&
    $LAUNCHCTL list >/dev/null &&
    { $LTOOL look-up test.echo ok ask || $LAUNCHCTL bootstrap system \
    $dir/jobs/test.echo.plist && $LTOOL look-up test.echo ok ask; }"
end

begin "no descriptor is left"
service test.echo
job t.many "<key>Sockets</key><dict><key>L</key><array>$(
    for i in $(seq 1 60); do
	echo "<dict>$(string SockPathName "$dir/many$i.sock")</dict>"
    done)</array></dict>" /bin/false
job t.file "$(true_ RunAtLoad) $(string StandardOutPath "$dir/file.out")" \
    /bin/echo x
# The search for leaks at the end needs descriptors itself.
check steps env ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" \
    timeout $((60 * ${TEST_PATIENCE:-1})) $MACHRUN sh -c "ulimit -n 40; exec $LAUNCHD -v \
    --log $dir/log $dir/jobs -- $LTOOL look-up test.echo ok ask send 3 other \
    look-up test.echo ok same \
    sh 'i=0; until [ -s $dir/file.out ] || [ \$i -ge $WAITS ]; do sleep 0.05;
    i=\$((i + 1)); done'"
check "named" logged 'socket L: .*Too many open files'
check "the job runs" equal "$(cat "$dir/file.out")" x
end

begin "two hundred clients at once while jobs crash"
job c.0 "$(true_ KeepAlive) $(integer ThrottleInterval 0)" \
    /bin/sh -c 'kill -9 $$'
for i in $(seq 1 20); do
	sed "s/c\.0/c.$i/" "$dir/jobs/c.0.plist" >"$dir/jobs/c.$i.plist"
done
service test.echo
check steps script <<'END'
pids=
LTOOL_TRIES=400
export LTOOL_TRIES
for i in $(seq 1 200); do
	"$LTOOL" look-up test.echo ok ask look-up test.none unknown \
	    times test.echo 10 &
	pids="$pids $!"
done
for p in $pids; do
	wait $p
done
END
check "one process" equal "$(started test.echo)" 1
end

begin "a hundred services start when they are wanted, each once"
job test.foreign "$(services test.foreign)" /bin/false
for i in $(seq 1 100); do
	job "d.$i" "$(services "d.$i")" "$LTOOL" serve "d.$i"
done
check steps script <<'END'
[ "$(ctl list | grep -c '^[0-9].*d\.')" = 0 ]
"$LTOOL" look-up d.7 ok ask
[ "$(ctl list | grep -c '^[0-9].*d\.')" = 1 ]
set --
for i in $(seq 1 100); do
	set -- "$@" look-up d.$i ok
done
# All are asked for before the first answer is.
"$LTOOL" "$@"
for i in $(seq 1 100); do
	set -- "$@" look-up d.$i ok ask
done
"$LTOOL" "$@"
END
check "each once" equal "$(grep -c 'd\.[0-9]*\[[0-9]*\]: started' "$dir/log")" \
    100
end

begin "a thousand jobs die at once and are back"
seq 0 999 | awk -v dir="$dir/jobs/" '{
    file = dir "m" $1 ".plist"
    printf("<plist version=\"1.0\"><dict><key>Label</key>" \
	"<string>m.%d</string><key>ProgramArguments</key><array>" \
	"<string>/bin/sleep</string><string>1000</string></array>" \
	"<key>KeepAlive</key><true/><key>ThrottleInterval</key>" \
	"<integer>0</integer></dict></plist>\n", $1) >file
    close(file) }'
service test.echo
check steps script <<'END'
all() { [ "$(ctl list | grep -c '^[0-9].*	m\.')" = 1000 ]; }
until_ all
all
"$LTOOL" look-up test.echo ok ask
kill -9 $(ctl list | sed -n 's/^\([0-9]*\)	.*	m\..*/\1/p')
"$LTOOL" look-up test.echo ok same 2>/dev/null || "$LTOOL" look-up test.echo ok \
    ask
until_ all
all
END
check "each twice" equal "$(grep -c 'm\.[0-9]*\[[0-9]*\]: started' \
    "$dir/log")" 2000
end

begin "each allocation fails once: no crash, and the next is served"
service test.echo
i=1 wrong='' reached=0
while [ $i -le 5000 ]; do
	status=0
	FAIL_ALLOC_AT=$i timeout 60 $MACHRUN "$FAILING" "$dir/jobs" -- "$LTOOL" \
	    sh "$LTOOL look-up test.echo ok ask ||
	    $LTOOL look-up test.echo ok ask" sh "$LAUNCHCTL list >/dev/null ||
	    $LAUNCHCTL list" >"$dir/run.out" 2>&1 || status=$?
	grep -q 'an allocation fails' "$dir/run.out" || break
	reached=$i
	# It may say that it cannot begin, or cannot load the job.
	if [ $status -ne 0 ] && ! grep -qE 'cannot make|memory' \
	    "$dir/run.out"; then
		wrong="allocation $i: $status"
		break
	fi
	[ $status -lt 124 ] || { wrong="allocation $i: $status"; break; }
	# One by one at first, then a sample.
	i=$((i + 1 + i / 8))
done
check "$wrong" [ -z "$wrong" ]
check "some of every kind: $reached" [ $reached -gt 60 ]
end

echo "1..$count"
[ $failed -eq 0 ]
