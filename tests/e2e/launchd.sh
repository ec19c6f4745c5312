#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# launchd as a process, its jobs and its clients: TAP.
#
#	launchd.sh BUILD	programs from a build tree
#	launchd.sh		from the environment: MACHRUN LAUNCHD LTOOL
#
# Each test has a machd and a launchd of its own.  MACHRUN may be empty where
# the kernel itself speaks Mach.

set -u

here=$(dirname "$0")
# shellcheck source=tests/e2e/launchd_lib.sh
. "$here/launchd_lib.sh"

begin "a look-up starts the job once, which answers"
service test.echo
check steps client look-up test.echo ok ask refs 1 same \
    look-up test.echo ok refs 2 same
check "started once" equal "$(started test.echo)" 1
check "the other job not at all" equal "$(started test.foreign)" 0
check "its name is not given away" logged "refused: check-in of test.foreign"
end

begin "names that nobody declares fail at once"
check steps client look-up test.none unknown look-up x127 unknown \
    elapsed 0 2000
end

begin "names of no byte and of 128 and more are refused"
check steps client look-up x0 count look-up x128 count look-up x1000 count \
    check-in x0 count register x128 count
end

begin "a service name of 127 bytes works"
long=$(printf '%0127d' 0)
service "$long"
check steps client look-up "$long" ok ask
end

begin "who is not the job cannot check in"
service test.echo
check steps client check-in test.echo denied look-up test.echo ok ask \
    check-in test.echo denied fork check-in test.echo denied
check "logged" logged "refused: check-in of test.echo"
end

begin "messages wait for a job that was killed and is started again"
service test.echo
check steps client look-up test.echo ok ask send 3 \
    send 10 send 11 send 12 send 13 other counted 4 refs 1
check "the port came back" logged "service test.echo came back"
end

begin "a message alone starts a job that ended"
service test.echo
check steps client look-up test.echo ok ask send 2 other send 2 other
check "three times" equal "$(started test.echo)" 3
end

begin "twenty deaths, one port, no message lost"
service test.echo
set -- look-up test.echo ok ask names
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	# An orderly end: no back-off.
	set -- "$@" send 2 send 10 other counted 1
done
check steps client "$@" names-as-before refs 1
end

begin "starts are ThrottleInterval apart"
service test.echo
# Longer than the first one lives on a busy machine.
s=${TEST_PATIENCE:-1}
sed -i.old "s/<integer>0</<integer>$s</" "$dir/jobs/test.echo.plist"
check steps client look-up test.echo ok ask send 3 other \
    elapsed $((s * 1000 - 100)) $((s * 5000))
check "said so" logged "throttled: starts again in"
end

begin "failures that follow each other take longer and longer"
job test.fail "$(integer ThrottleInterval 0) $(true_ KeepAlive)" /bin/false
service test.echo
sed -i.old 's/<integer>0</<integer>1</' "$dir/jobs/test.echo.plist"
check steps client look-up test.echo ok ask send 3 other
n=$(started test.fail)
check "at least twice: $n" [ "$n" -ge 2 ]
check "not all the time: $n" [ "$n" -le 8 ]
end

begin "the status of a service, and the list of all"
service test.echo
check steps client status test.echo ok 2 info test.echo test.echo 2 \
    look-up test.echo ok ask status test.echo ok 1 \
    info test.echo test.echo 1 status test.none unknown -1
end

begin "the child of a fork has ports of its own"
service test.echo
check steps client look-up test.echo ok ask fork look-up test.echo ok same \
    fork look-up test.echo ok same
end

begin "registration is denied"
service test.echo
check steps client register test.new denied look-up test.new unknown \
    register test.echo in-use look-up test.echo ok ask
check "logged" logged "refused: registration of test.new"
end

begin "registration where it is allowed"
service test.echo
check steps launchd --allow-register "$dir/jobs" -- "$LTOOL" \
    register test.new ok look-up test.new ok register test.new in-use \
    status test.new ok 1 fork look-up test.new ok \
    unregister test.new denied register test.echo in-use
check steps launchd --allow-register "$dir/jobs" -- "$LTOOL" \
    register test.new ok unregister test.new ok look-up test.new unknown \
    unregister test.none unknown
end

begin "a registered name goes with its port"
check steps launchd --allow-register "$dir/jobs" -- "$LTOOL" \
    register-briefly test.brief gone test.brief register test.brief ok
end

begin "broken property lists are named and the others load"
service test.echo
echo 'Label = test;' >"$dir/jobs/a.plist"
printf '<plist><dict>\n<key>Label</key>\n%s</dict></plist>' \
    '<integer>1</integer>' >"$dir/jobs/b.plist"
printf '<plist><dict><key>Label</key><string>c</string></dict></plist>' \
    >"$dir/jobs/c.plist"
printf '<plist><dict><key>La' >"$dir/jobs/d.plist"
echo 'not read' >"$dir/jobs/readme"
check steps client look-up test.echo ok ask
check "no XML" logged 'a.plist:1: not well-formed'
check "wrong type" logged 'b.plist:3: Label: expected string, found integer'
check "no program" logged 'c.plist:1: Program: missing'
check "truncated" logged 'd.plist:1: not well-formed'
check "only *.plist" not_logged readme
end

begin "labels and services are declared once"
service test.echo
cp "$dir/jobs/test.echo.plist" "$dir/jobs/test.z.plist"
job test.zz "$(services test.other test.echo)" /bin/false
check steps client look-up test.echo ok ask look-up test.other unknown
check "label" logged 'test.z.plist: label test.echo is taken'
check "service" logged 'service test.echo is declared by job test.echo'
end

begin "unknown keys are accepted and named once"
service test.echo
sed -i.old 's/<key>MachS/<key>Colour<\/key><true\/>&/' \
    "$dir/jobs/test.echo.plist"
check steps client look-up test.echo ok ask
check "once" equal "$(grep -c 'key Colour is not supported' "$dir/log")" 1
end

begin "a disabled job is not loaded"
job test.echo "$(services test.echo) $(true_ Disabled)" \
    "$LTOOL" serve test.echo
check steps client look-up test.echo unknown
end

begin "-n checks and does no more"
service test.echo
check "good" "$LAUNCHD" -n "$dir/jobs"
echo '<plist' >"$dir/jobs/x.plist"
"$LAUNCHD" -n "$dir/jobs" 2>"$dir/run.out"
check "bad" equal $? 1
check "file and line" grep -q 'x.plist:[12]: not well-formed' "$dir/run.out"
"$LAUNCHD" -n "$dir/missing" 2>/dev/null
check "missing" equal $? 1
"$LAUNCHD" 2>/dev/null
check "usage" equal $? 2
end

begin "launchd ends as its command"
client exit 7
check "exit" equal $? 7
launchd "$dir/jobs" -- sh -c 'kill -15 $$'
check "signal" equal $? 143
launchd "$dir/jobs" -- /nonexistent/program
check "no program" equal $? 127
check "said why" logged 'cannot execute its program: No such file'
end

begin "output, input, directory and environment"
job test.env "$(true_ RunAtLoad) $(string WorkingDirectory "$dir/jobs")
    <key>EnvironmentVariables</key><dict>$(string A 'one two')</dict>
    $(string StandardOutPath "$dir/o.out")
    $(string StandardErrorPath "$dir/e.out")
    $(string StandardInPath "$dir/i.out")" \
    /bin/sh -c 'read x; echo "$A $x $(pwd -P)"; echo error &gt;&amp;2;
    ps -o pgid= -p $$ | tr -d " " &gt;&amp;2; echo $$ &gt;&amp;2;
    exec &gt;&amp;-; mkdir ../done'
echo input >"$dir/i.out"
rm -rf "$dir/done"
check steps launchd "$dir/jobs" -- sh -c '
    i=0; while [ ! -d "$0" ] && [ $i -lt $WAITS ]; do sleep 0.05; i=$((i + 1))
    done' "$dir/done"
rm -rf "$dir/done"
check "output" equal "$(cat "$dir/o.out")" \
    "one two input $(cd "$dir/jobs" && pwd -P)"
check "error" equal "$(sed -n 1p "$dir/e.out")" error
check "a group of its own" equal "$(sed -n 2p "$dir/e.out")" \
    "$(sed -n 3p "$dir/e.out")"
end

begin "what a job cannot do is said, and the others go on"
service test.echo
job test.a "$(true_ RunAtLoad)" /nonexistent/program
job test.b "$(true_ RunAtLoad) $(string WorkingDirectory /nonexistent)" \
    /bin/true
job test.c "$(true_ RunAtLoad) $(string StandardOutPath /nonexistent/x)" \
    /bin/true
mkfifo "$dir/fifo.out"
job test.d "$(true_ RunAtLoad) $(string StandardOutPath "$dir/fifo.out")" \
    /bin/true
check steps client look-up test.echo ok ask send 3 other
check program logged 'test.a\[.*cannot execute its program: No such file'
check directory logged 'test.b\[.*cannot enter WorkingDirectory: No such file'
check file logged 'test.c\[.*cannot open StandardOutPath: No such file'
check fifo logged 'test.d\[.*cannot open StandardOutPath: '
end

begin "KeepAlive starts a job again"
job test.keep "$(true_ KeepAlive) $(integer ThrottleInterval 0)
    $(string StandardOutPath "$dir/keep.out")" /bin/echo again
job test.once "<key>KeepAlive</key><dict><key>SuccessfulExit</key><false/>
    </dict> $(integer ThrottleInterval 0)
    $(string StandardOutPath "$dir/once.out")" /bin/echo once
check steps launchd "$dir/jobs" -- sh -c '
    i=0; while { [ "$(cat "$0" 2>/dev/null | wc -l)" -lt 3 ] ||
    [ ! -s "$1" ]; } && [ $i -lt $WAITS ]; do
    sleep 0.05; i=$((i + 1)); done' "$dir/keep.out" "$dir/once.out"
check "again and again" [ "$(wc -l <"$dir/keep.out")" -ge 3 ]
check "only as told" equal "$(cat "$dir/once.out")" once
end

begin "jobs that do not end are killed"
job test.stubborn "$(true_ RunAtLoad) $(integer ExitTimeOut 1)
    $(string StandardOutPath "$dir/up.out")" \
    /bin/sh -c 'trap "" TERM; echo $PPID; while :; do sleep 1; done'
check steps launchd "$dir/jobs" -- sh -c '
    i=0; while [ ! -s "$0" ] && [ $i -lt $WAITS ]; do sleep 0.05; i=$((i + 1))
    done' "$dir/up.out"
check "killed" logged 'test.stubborn\[.*did not end in 1 s: killed'
end

begin "SIGTERM ends launchd and its jobs"
job test.run "$(true_ RunAtLoad) $(string StandardOutPath "$dir/up.out")" \
    /bin/sh -c 'echo $PPID; exec sleep 100'
launchd "$dir/jobs" &
i=0
while [ ! -s "$dir/up.out" ] && [ $i -lt $WAITS ]; do
	sleep 0.05
	i=$((i + 1))
done
kill -TERM "$(cat "$dir/up.out")"
wait $!
check "status" equal $? 0
check "the job" logged 'test.run\[.*killed by signal 15'
end

begin "SIGHUP opens the log anew"
job test.run "$(true_ RunAtLoad) $(string StandardOutPath "$dir/up.out")" \
    /bin/sh -c 'echo $PPID; exec sleep 100'
launchd "$dir/jobs" &
i=0
while [ ! -s "$dir/up.out" ] && [ $i -lt $WAITS ]; do
	sleep 0.05
	i=$((i + 1))
done
mv "$dir/log" "$dir/log.old"
kill -HUP "$(cat "$dir/up.out")"
i=0
while [ ! -e "$dir/log" ] && [ $i -lt $WAITS ]; do
	sleep 0.05
	i=$((i + 1))
done
kill -TERM "$(cat "$dir/up.out")"
wait $!
check "status" equal $? 0
check "new log" logged 'stopping: Terminated'
check "old log" grep -q 'test.run.*started' "$dir/log.old"
end

begin "what is left of a job's processes ends with it"
cat >"$dir/left.sh" <<END
trap 'echo told >$dir/left.out; exit' TERM
echo up >$dir/up.out
while :; do sleep 0.1; done
END
job test.left "$(true_ RunAtLoad)" /bin/sh -c "sh $dir/left.sh &amp;
    while [ ! -s $dir/up.out ]; do sleep 0.1; done"
check steps launchd "$dir/jobs" -- sh -c '
    i=0; while [ ! -s "$0" ] && [ $i -lt $WAITS ]; do sleep 0.05; i=$((i + 1))
    done' "$dir/left.out"
check "told to end" equal "$(cat "$dir/left.out")" told
end

begin "a job that steals its port loses it, not the name"
job test.thief "$(services test.thief) $(integer ThrottleInterval 0)" \
    "$LTOOL" thief test.thief
service test.echo
check steps client look-up test.thief ok send 10 dead \
    look-up test.thief ok send 10 dead look-up test.echo ok ask
check "forgery dropped" logged 'forged notification 69 dropped'
check "new port" logged 'the port of service test.thief died'
end

begin "random requests do no harm"
service test.echo
service test.other
check steps launchd --allow-register "$dir/jobs" -- "$LTOOL" \
    fuzz 3000 look-up test.echo ok ask look-up test.other ok ask
end

begin "no Mach kernel"
MACHD_SOCKET=$dir/none "$LAUNCHD" "$dir/jobs" 2>"$dir/run.out"
check "status" equal $? 1
check "said why" grep -q "no Mach kernel" "$dir/run.out"
end

echo "1..$count"
[ $failed -eq 0 ]
