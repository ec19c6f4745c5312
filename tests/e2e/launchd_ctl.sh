#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# launchctl, each verb, and many jobs: TAP.
#
#	launchd_ctl.sh BUILD

set -u

here=$(dirname "$0")
# shellcheck source=tests/e2e/launchd_lib.sh
. "$here/launchd_lib.sh"

begin "bootstrap, print, kickstart, kill, bootout"
job t.a "$(services t.svc) $(integer ThrottleInterval 0)" /bin/sleep 100
aside t.a
check steps script <<'END'
refused 'no job t.a in domain system' print system/t.a
ctl bootstrap system "$dir/t.a.plist"
[ "$(field system/t.a State)" = "not running" ]
refused 'label t.a is taken' bootstrap system "$dir/t.a.plist"
pid=$(ctl kickstart -p system/t.a)
[ "$(field system/t.a PID)" = "$pid" ]
[ "$(ctl kickstart -p system/t.a)" = "$pid" ]
new=$(ctl kickstart -k -p system/t.a)
[ "$new" != "$pid" ] && kill -0 "$new"
[ "$(ctl blame system/t.a)" = kickstart ]
ctl print system/t.a | grep -q 'QueueLength = 0'
ctl procinfo "$new" | grep -q 'Label = t.a'
ctl procinfo $$ | grep -q '(command)'
sleep 50 &
refused "no job's main process" procinfo $!
kill $!
ctl list | grep -q "^$new	-9	t.a"
ctl list t.a | grep -q 'Runs = 2'
ctl kill TERM system/t.a
until_ state system/t.a 'not running'
[ "$(field system/t.a LastExitSignal)" = 15 ]
refused 'does not run' kill KILL system/t.a
ctl start t.a
until_ state system/t.a running
ctl stop t.a
until_ state system/t.a 'not running'
ctl kickstart system/t.a
ctl remove t.a
refused 'no job t.a' print system/t.a
ctl bootstrap system "$dir/t.a.plist"
ctl kickstart system/t.a
ctl bootout system/t.a
refused 'no job t.a' print system/t.a
"$LTOOL" look-up t.svc unknown
END
end

begin "reload keeps the process and what is in both lists"
job t.r "$(services t.one t.two) $(integer ThrottleInterval 0)
    <key>Sockets</key><dict><key>L</key><array>
    <dict>$(string SockPathName "$dir/1.sock")</dict>
    <dict>$(string SockPathName "$dir/2.sock")</dict></array></dict>" \
    "$LTOOL" serve t.one
job t.other "$(services t.taken)" /bin/false
job test.foreign "$(services test.foreign)" /bin/false
check steps script <<'END'
new() { cp "$dir/jobs/t.r.plist" "$dir/new.plist"
    sed "$1" "$dir/jobs/t.r.plist" >"$dir/new.plist"; }
ctl reload system/t.r | grep -q '^unchanged'
"$LTOOL" look-up t.one ok ask
pid=$(field system/t.r PID)
ln "$dir/1.sock" "$dir/made"
# Wrong in each way: nothing changes.
new 's/t\.two/t.taken/'
refused 'service t.taken is declared by job t.other' \
    reload system/t.r "$dir/new.plist"
new 's/t\.r</t.s</'
refused 'it describes t.s' reload system/t.r "$dir/new.plist"
new 's/<dict>/<dct>/'
refused 'new.plist:[0-9]*: ' reload system/t.r "$dir/new.plist"
refused 'No such file' reload system/t.r "$dir/none.plist"
refused 'no job t.s' reload system/t.s
ctl reload system/t.r | grep -q '^unchanged'
"$LTOOL" look-up t.two ok look-up t.taken ok look-up t.three unknown
# One service and one socket instead of others.
new 's/t\.two/t.three/; s/2\.sock/3.sock/'
"$LTOOL" look-up t.one ok ask sh "$LAUNCHCTL reload system/t.r $dir/new.plist |
    grep -q 'goes on as it is until'" same look-up t.one ok same refs 2 \
    look-up t.two unknown look-up t.three ok
[ "$(field system/t.r PID)" = "$pid" ]
[ "$dir/1.sock" -ef "$dir/made" ]
test -S "$dir/3.sock"
test ! -e "$dir/2.sock"
# The other program at the next start, with what was queued before.
new 's/<string>t.one</<string>t.three</'
new 's/>t\.two</>t.three</; s/<string>serve</<string>serve</'
ctl reload system/t.r "$dir/new.plist" >/dev/null
ctl --json reload system/t.r | grep -q '"Changed":false'
ctl bootout system/t.other
new 's/<integer>0</<integer>9</'
ctl reload system/t.r "$dir/new.plist" | grep -q '^changed'
ctl print system/t.r | grep -q 'ThrottleInterval = 9'
END
end

begin "enable and disable outlive launchd"
job t.a "" /bin/true
job t.b "$(true_ Disabled)" /bin/true
check steps script <<'END'
ctl print system/t.a >/dev/null
refused 'no job t.b' print system/t.b
ctl disable system/t.a
ctl enable system/t.b
ctl print-disabled system | grep -q 't.a => disabled'
END
check "again" script <<'END'
refused 'no job t.a' print system/t.a
ctl print system/t.b >/dev/null
refused disabled bootstrap system "$dir/jobs/t.a.plist"
ctl load -F "$dir/jobs/t.a.plist"
ctl unload "$dir/jobs/t.a.plist"
ctl load -w "$dir/jobs/t.a.plist"
ctl print-disabled | grep -q 't.a => enabled'
ctl unload -w "$dir/jobs"
END
check "kept" grep -q '<key>system/t.a</key><true/>' "$dir/overrides"
end

begin "environment and limits"
job t.a "$(string StandardOutPath "$dir/t.a.out")
    $(integer ThrottleInterval 0)" /bin/sh -c 'echo "$V:$(ulimit -n)"'
check steps script <<'END'
refused 'not set' getenv V
ctl setenv V "a value"
[ "$(ctl getenv V)" = "a value" ]
ctl limit NumberOfFiles 99 100
ctl limit | grep -q '^NumberOfFiles *99	100'
ctl kickstart system/t.a
until_ test -s "$dir/t.a.out"
[ "$(cat "$dir/t.a.out")" = "a value:99" ]
ctl unsetenv V
refused 'not set' getenv V
refused 'is no resource' limit Nothing 1
END
end

if [ "$(id -u)" -eq 0 ]; then
	begin "domains of users"
	chmod 755 "$dir"
	job t.u "$(services t.u) $(true_ RunAtLoad)
	    $(string StandardOutPath "$dir/u/out")" \
	    /bin/sh -c "id -u; $LAUNCHCTL list | grep t.u"
	aside t.u
	for n in Host.20 Task.9; do
		job t.special "<key>MachServices</key><dict><key>t.s</key>
		    <dict>$(integer "${n%.*}SpecialPort" "${n#*.}")</dict>
		    </dict>" /bin/true
		aside t.special "t.${n%.*}"
	done
	for n in path:u/p kept:kept ours:ours; do
		job "t.${n%:*}" "$(socket L "$(string SockPathName \
		    "$dir/${n#*:}/s.sock")")" /bin/true
		aside "t.${n%:*}"
	done
	job t.hidden "$(integer ThrottleInterval 0)
	    <key>KeepAlive</key><dict><key>PathState</key><dict>
	    <key>$dir/ours/there</key><true/>
	    <key>$dir/u</key><false/></dict></dict>
	    <key>QueueDirectories</key><array><string>$dir/ours</string></array>
	    <key>WatchPaths</key><array><string>$dir/ours/there</string></array>" \
	    /bin/sleep 1000
	aside t.hidden
	uid=$(id -u nobody)
	rm -rf "$dir/u"
	mkdir -p "$dir/u/p" "$dir/kept" "$dir/ours"
	chmod 770 "$dir/ours"
	: >"$dir/ours/there"
	chown nobody "$dir/u" "$dir/u/p"
	# The user's launchctl asks the same kernel.
	machrun=$MACHRUN
	[ -z "$MACHRUN" ] || MACHRUN="$MACHRUN -a"
	check steps script <<END
refused 'there is no domain user/$uid' print user/$uid
ctl bootstrap user/$uid "\$dir/t.u.plist"
until_ grep -q t.u "\$dir/u/out"
grep -q t.u "\$dir/u/out"
[ "\$(sed -n 1p "\$dir/u/out")" = $uid ]
refused 'no job t.u' print system/t.u
[ "\$(field user/$uid/t.u Domain)" = user/$uid ]
"\$LTOOL" look-up t.u unknown
ctl asuser $uid "\$LTOOL" look-up t.u ok
ctl --json print system | grep -q '"Children":\["user/$uid"\]'
chown 12345 "\$dir/t.u.plist"
refused 'its owner must be' bootstrap system "\$dir/t.u.plist"
chown 0 "\$dir/t.u.plist"
chmod g+w "\$dir/t.u.plist"
refused 'chmod go-w' bootstrap system "\$dir/t.u.plist"
# What is the system's alone is not a user's to set.
refused 'HostSpecialPort is for' bootstrap user/$uid "\$dir/t.Host.plist"
refused 'TaskSpecialPort is for' bootstrap user/$uid "\$dir/t.Task.plist"
# A path of the user's that now leads elsewhere is left alone.
ctl bootstrap system "\$dir/t.kept.plist"
ctl bootstrap user/$uid "\$dir/t.path.plist"
test -S "\$dir/u/p/s.sock"
mv "\$dir/u/p" "\$dir/u/q"
ln -s "\$dir/kept" "\$dir/u/p"
ctl bootout user/$uid/t.path
test -S "\$dir/kept/s.sock"
# Nor is a user told of, or let into, what is our group's.
ctl bootstrap user/$uid "\$dir/t.ours.plist"
test ! -e "\$dir/ours/s.sock"
ctl bootstrap user/$uid "\$dir/t.hidden.plist"
echo more >"\$dir/ours/there"
ctl list >/dev/null
[ -z "\$(field user/$uid/t.hidden PID)" ]
ctl bootout user/$uid
until_ eval '! ctl print user/$uid >/dev/null 2>&1'
refused 'there is no domain' print user/$uid
END
	MACHRUN=$machrun
	end
fi

begin "a session has its jobs and names, and ends with its command"
job t.aqua "$(services t.aqua) $(true_ RunAtLoad)
    $(string LimitLoadToSessionType Aqua)" /bin/sleep 1000
aside t.aqua
check steps script <<'END'
cat >"$dir/inside" <<'IN'
set -e
LAUNCHCTL=$1 LTOOL=$2 dir=$3
"$LAUNCHCTL" load "$dir/t.aqua.plist"
"$LAUNCHCTL" list | grep -q t.aqua
"$LTOOL" look-up t.aqua ok register t.mine ok look-up t.mine ok \
    sh "$LAUNCHCTL reexec" look-up t.mine ok look-up t.aqua ok
"$LTOOL" look-up t.mine unknown
"$LAUNCHCTL" list | grep -q '^[0-9].*t.aqua'
IN
refused 'not for this kind' bootstrap system "$dir/t.aqua.plist"
ctl session -t Aqua sh "$dir/inside" "$LAUNCHCTL" "$LTOOL" "$dir"
"$LTOOL" look-up t.aqua unknown
until_ eval '! ctl print session/1 >/dev/null 2>&1'
refused 'there is no domain session/1' print session/1
refused 'not for this kind' session sh -c "$LAUNCHCTL load $dir/t.aqua.plist"
s=0
ctl session sh -c 'exit 7' || s=$?
[ $s -eq 7 ]
refused 'a session is of type' session -t Other true
END
check "ended" logged 't.aqua\[.*killed by signal 15'
end

begin "SessionCreate: a session for as long as the job runs"
job t.sess "$(true_ SessionCreate) $(true_ RunAtLoad)
    $(integer ThrottleInterval 0)" "$LTOOL" register t.private ok \
    look-up t.private ok sh "echo &gt;$dir/up.out; sleep 1000"
check steps script <<'END'
until_ test -e "$dir/up.out"
s=$(field system/t.sess Session)
[ "$s" = session/1 ]
[ "$(field $s SessionType)" = Background ]
[ "$(field $s Parent)" = system ]
"$LTOOL" look-up t.private unknown
ctl reexec
[ "$(field system/t.sess Session)" = session/1 ]
ctl print $s | grep -q t.private
ctl kill KILL system/t.sess
until_ state system/t.sess 'not running'
refused 'there is no domain' print $s
ctl kickstart system/t.sess
[ "$(field system/t.sess Session)" = session/2 ]
ctl bootout session/2
[ -z "$(field system/t.sess Session)" ]
ctl bootout system/t.sess
END
end

begin "what is used wrong is said"
check steps script <<'END'
usage() { status=0; ctl "$@" >"$dir/e.out" 2>&1 || status=$?
    [ $status -eq 2 ] || { say "not 2: $*"; exit 1; }; }
usage nonsense
grep -q 'launchctl help' "$dir/e.out"
usage kill
usage kill NOSUCH system/t.a
usage kickstart system
grep -q 'is a domain' "$dir/e.out"
usage print user
usage bootstrap t.a
usage limit NumberOfFiles x
usage
refused 'No such file' bootstrap system /nonexistent.plist
refused 'ends with launchd' bootout system
refused 'not process 1' reboot
ctl help | grep -q kickstart
ctl help kill | grep -q 'usage: launchctl kill SIGNAL'
ctl version | grep -q 'mach.ko'
END
"$LAUNCHCTL" list >"$dir/run.out" 2>&1
check "without launchd" equal $? 1
end

if command -v bash >/dev/null; then
	begin "tab completion"
	job t.a "" /bin/true
	job t.b "" /bin/true
	check steps script <<END
completed() { PATH="\$(dirname "\$LAUNCHCTL"):\$PATH" bash -c '. "\$0"
    COMP_WORDS=(launchctl "\$@"); COMP_CWORD=\$#; _launchctl
    echo \${COMPREPLY[*]}' "$here/../../cmd/launchctl/launchctl.completion" "\$@"
}
[ "\$(completed boot)" = "bootstrap bootout" ]
[ "\$(completed kickstart system/t.)" = "system/t.a system/t.b" ]
[ "\$(completed stop t.b)" = t.b ]
[ "\$(completed help rel)" = reload ]
[ -z "\$(completed nonsense x)" ]
END
	end
fi

begin "validate names file, line and reason"
printf '<plist>\n<dict>\n<key>Label</key>\n<true/></dict></plist>' \
    >"$dir/bad.plist"
job t.good "$(true_ LegacyTimers)" /bin/true
"$LAUNCHCTL" validate "$dir/bad.plist" 2>"$dir/run.out"
check "status" equal $? 1
check "line" grep -q 'bad.plist:4: error: Label: expected string' \
    "$dir/run.out"
check "good" "$LAUNCHCTL" validate "$dir/jobs/t.good.plist" \
    >"$dir/run.out" 2>&1
check "warned" grep -q ':6: warning: key LegacyTimers has no effect' \
    "$dir/run.out"
end

begin "JSON is JSON"
job t.a "$(services 'odd &quot;name')" /bin/echo '"\'
check steps script <<'END'
for what in "print system" "print system/t.a" list limit print-disabled; do
	ctl --json $what >"$dir/e.out"
	# Whether it is a job is another question.
	ctl validate "$dir/e.out" >"$dir/json.out" 2>&1 || :
	grep -qE 'OK|missing|expected|built without' "$dir/json.out" ||
	    { cat "$dir/json.out"; exit 1; }
	! grep -q 'not well-formed' "$dir/json.out" || exit 1
done
END
end

begin "reboot exit ends launchd and its jobs"
job t.a "$(true_ KeepAlive)" /bin/sleep 1000
check steps script <<'END'
trap 'exit 0' TERM
ctl reboot exit
while :; do sleep 0.1; done
END
check "the job" logged 't.a\[.*killed by signal 15'
end

begin "a thousand jobs, ten services each"
seq 0 999 | awk -v dir="$dir/jobs/" -v tool="$LTOOL" '{
    file = dir "m" $1 ".plist"
    printf("<plist version=\"1.0\"><dict><key>Label</key>" \
	"<string>m.%d</string><key>ProgramArguments</key><array>" \
	"<string>%s</string><string>serve</string><string>m.%d.0</string>" \
	"</array><key>MachServices</key><dict>", $1, tool, $1) >file
    for (i = 0; i < 10; i++)
	printf("<key>m.%d.%d</key><true/>", $1, i) >file
    print "</dict></dict></plist>" >file
    close(file) }'
job test.foreign "$(services test.foreign)" /bin/false
check steps script <<'END'
[ "$(ctl list | grep -c 'm\.')" = 1000 ]
"$LTOOL" look-up m.0.0 ok ask look-up m.500.9 ok look-up m.999.0 ok ask
"$LTOOL" look-up m.1000.0 unknown elapsed 0 5000
ctl print system | grep -c 'State = held' >"$dir/held"
END
check "ten thousand services" [ "$(cat "$dir/held")" -ge 9996 ]
# A look-up starts a job; nothing else is started.
check "only those wanted" equal "$(grep -c 'm\..*started' "$dir/log")" 3
end

begin "jobs that crash at once do not stop look-ups"
job c.0 "$(true_ KeepAlive) $(integer ThrottleInterval 0)" \
    /bin/sh -c 'kill -9 $$'
for i in $(seq 1 100); do
	sed "s/c\.0/c.$i/" "$dir/jobs/c.0.plist" >"$dir/jobs/c.$i.plist"
done
service test.echo
check steps script <<'END'
i=0
pids=
while [ $i -lt 20 ]; do
	"$LTOOL" look-up test.echo ok ask look-up test.echo ok ask \
	    look-up test.none unknown look-up test.echo ok ask &
	pids="$pids $!"
	i=$((i + 1))
done
for p in $pids; do
	wait $p
done
END
end

echo "1..$count"
[ $failed -eq 0 ]
