#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Another image of launchd in the place of the first: TAP.
#
#	launchd_reexec.sh BUILD

set -u

here=$(dirname "$0")
# shellcheck source=tests/e2e/launchd_lib.sh
. "$here/launchd_lib.sh"
JTOOL=${JTOOL:-$1/tests/e2e/jtool}
OVERRIDES=

# Times that launchd went on as a new image.
images()
{
	grep -c 'goes on as a new image: .*, 0 faults' "$dir/log"
}

begin "clients, processes and names do not notice"
service test.echo
job t.keep "$(true_ KeepAlive) $(integer ThrottleInterval 0)" /bin/sleep 1000
job t.idle "$(services t.idle)" /bin/false
check steps script <<'END'
runs() { [ "$(field system/t.keep Runs)" = $1 ]; }
launchd=$PPID
until_ state system/t.keep running
pid=$(field system/t.keep PID)
started=$(ps -o lstart= -p $launchd)
"$LTOOL" look-up test.echo ok ask sh "$LAUNCHCTL reexec" same \
    look-up test.echo ok same refs 2 sh "$LAUNCHCTL reexec" same \
    look-up t.none unknown check-in test.echo denied status test.echo ok 1
[ "$(field system/t.keep PID)" = "$pid" ]
[ "$(ps -o lstart= -p $launchd)" = "$started" ]
[ "$(field system/t.idle State)" = "not running" ]
"$LTOOL" status t.idle ok 2
kill -9 "$pid"
until_ runs 2
until_ state system/t.keep running
[ "$(field system/t.keep PID)" != "$pid" ]
END
check "twice" equal "$(images)" 2
check "never started" equal "$(started t.idle)" 0
end

begin "messages wait over it, and the port comes back after it"
service test.echo
sed -i.old 's/<integer>0</<integer>2</' "$dir/jobs/test.echo.plist"
check steps script <<'END'
"$LTOOL" look-up test.echo ok ask send 2 send 10 send 11 send 12 \
    sh "$LAUNCHCTL reexec" sh "$LAUNCHCTL reexec" other counted 3 refs 1 \
    send 3 send 10 sh "$LAUNCHCTL reexec" other counted 1 refs 1
END
check "three times" equal "$(images)" 3
check "came back" logged "service test.echo came back"
end

begin "ten times under load, nothing fails"
service test.echo
job t.keep "$(true_ KeepAlive) $(integer ThrottleInterval 0)" \
    /bin/sh -c 'sleep 0.2; kill -9 $$'
for i in 1 2 3 4 5 6 7 8; do
	sed "s/t\.keep/t.keep$i/" "$dir/jobs/t.keep.plist" \
	    >"$dir/jobs/t.keep$i.plist"
done
check steps script <<'END'
pids=
for i in 1 2 3 4 5 6; do
	"$LTOOL" times test.echo 3000 &
	pids="$pids $!"
done
for i in 1 2 3 4 5 6 7 8 9 10; do
	ctl reexec
done
for p in $pids; do
	wait $p
done
"$LTOOL" look-up test.echo ok ask
END
check "ten times" equal "$(images)" 10
check "one process" equal "$(started test.echo)" 1
end

begin "sockets, variables, domains, limits and what was disabled"
service test.echo
job t.sock "$(integer ThrottleInterval 0)
    <key>Sockets</key><dict><key>L</key><dict>
    $(string SockPathName "$dir/l.sock")</dict></dict>" "$JTOOL" serve L
job t.watch "$(integer ThrottleInterval 0) <key>WatchPaths</key>
    <array><string>$dir/watched</string></array>" \
    /bin/sh -c "echo x &gt;&gt;$dir/t.watch.out"
job t.time "$(integer StartInterval 3)" /bin/sh -c "echo &gt;$dir/t.time.out"
cat >"$dir/t.user.plist" <<END
<plist version="1.0"><dict><key>Label</key><string>t.user</string>
<key>ProgramArguments</key><array><string>$LTOOL</string>
<string>look-up</string><string>test.echo</string><string>ok</string>
<string>sh</string><string>sleep 1000</string></array>
<key>RunAtLoad</key><true/></dict></plist>
END
chmod go-w "$dir/t.user.plist"
check steps script <<END
JTOOL=$JTOOL
ctl setenv V "a b"
ctl disable system/t.x
ctl limit NumberOfFiles 99 100
ctl bootstrap user/$(id -u) "\$dir/t.user.plist"
until_ state user/$(id -u)/t.user running
pid=\$(field user/$(id -u)/t.user PID)
ctl reexec
[ "\$(ctl getenv V)" = "a b" ]
ctl print-disabled system | grep -q 't.x => disabled'
ctl limit | grep -q '^NumberOfFiles *99	100'
[ "\$(field user/$(id -u)/t.user PID)" = "\$pid" ]
[ "\$("\$JTOOL" unix stream "\$dir/l.sock")" = "stream hello" ]
echo >"\$dir/watched"
until_ test -e "\$dir/t.watch.out"
until_ test -e "\$dir/t.time.out"
test -e "\$dir/t.time.out"
test -e "\$dir/t.watch.out"
ctl bootout user/$(id -u)
END
rm -f "$dir/watched"
end

begin "who waits for an answer gets it from the new image"
job t.slow "$(true_ RunAtLoad)" /bin/sh -c \
    "trap 'sleep 1; exit 0' TERM; echo &gt;$dir/t.slow.out;
    while :; do sleep 0.1; done"
check steps script <<'END'
until_ test -e "$dir/t.slow.out"
ctl bootout system/t.slow &
until_ state system/t.slow stopping
ctl reexec
wait $!
refused 'no job t.slow' print system/t.slow
END
check "once" equal "$(images)" 1
end

begin "a job that ends meanwhile is not forgotten"
job t.keep "$(true_ KeepAlive) $(integer ThrottleInterval 0)" /bin/sleep 1000
check steps script <<'END'
runs() { [ "$(field system/t.keep Runs)" = $1 ]; }
until_ state system/t.keep running
for i in 2 3 4 5 6; do
	pid=$(field system/t.keep PID)
	ctl reexec & kill -9 "$pid"
	wait $!
	until_ runs $i
	until_ state system/t.keep running
	[ "$(field system/t.keep PID)" != "$pid" ]
done
END
end

begin "a new program on the same path; one that does not run is refused"
service test.echo
cp "$LAUNCHD" "$dir/launchd"
whole=$LAUNCHD
LAUNCHD=$dir/launchd
# A copy does not find the libraries of the build tree by its own path.
LD_LIBRARY_PATH=${1-}/lib/libmach
export LD_LIBRARY_PATH
check steps script <<END
put() { rm -f "\$dir/new"; cat >"\$dir/new"; chmod 755 "\$dir/new"
    mv "\$dir/new" "\$dir/launchd"; }
try() { "\$LTOOL" look-up test.echo ok ask sh "! \$LAUNCHCTL reexec 2>\$dir/e" \
    same look-up test.echo ok same refs 2
    grep -q "\$1" "\$dir/e" || { cat "\$dir/e"; exit 1; }; }
printf '#!/bin/sh\nexit 3\n' | put
try 'ended with 3'
echo garbage | put
try 'ended with 127'
printf '#!/bin/sh\nkill -9 \$\$\n' | put
try 'killed by signal 9'
rm "\$dir/launchd"
try 'cannot be executed'
put <"$whole"
"\$LTOOL" look-up test.echo ok ask sh "\$LAUNCHCTL reexec" same
END
LAUNCHD=$whole
check "once" equal "$(images)" 1
check "named" logged 'not executed anew: the new program ended with 3'
end

begin "a program that hangs is given up, the others go on meanwhile"
service test.echo
cp "$LAUNCHD" "$dir/launchd"
LAUNCHD=$dir/launchd
check steps script <<'END'
printf '#!/bin/sh\nexec sleep 1000\n' >"$dir/new"
chmod 755 "$dir/new"
mv "$dir/new" "$dir/launchd"
s=0
ctl reexec 2>"$dir/e" &
r=$!
"$LTOOL" times test.echo 100 elapsed 0 5000
refused 'under way' reexec
wait $r || s=$?
[ $s -eq 1 ]
grep -q 'does not begin' "$dir/e"
"$LTOOL" look-up test.echo ok ask
END
LAUNCHD=$whole
end

if [ "$(id -u)" -eq 0 ]; then
	begin "not for everybody"
	chmod 755 "$dir"
	machrun=$MACHRUN
	[ -z "$MACHRUN" ] || MACHRUN="$MACHRUN -a"
	check steps script <<'END'
s=0
su -s /bin/sh nobody -c "$LAUNCHCTL reexec" 2>"$dir/e" || s=$?
[ $s -eq 1 ]
grep -q 'may not change domain system' "$dir/e"
END
	MACHRUN=$machrun
	check "not at all" equal "$(images)" 0
	end
fi

echo "1..$count"
[ $failed -eq 0 ]
