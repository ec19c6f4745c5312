#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The keys of launchd.plist(5), each by what its job does: TAP.
#
#	launchd_keys.sh BUILD
#
# One launchd runs all jobs at once; a script, its command, drives what is to
# happen to them and waits for what they write.

set -u

here=$(dirname "$0")
# shellcheck source=tests/e2e/launchd_lib.sh
. "$here/launchd_lib.sh"
JTOOL=${JTOOL:-$1/tests/e2e/jtool}

# row NAME CONDITION ...: one line of the table of results.
row()
{
	name=$1 begun=$(date +%s)
	shift
	problem=
	check "$name" "$@"
	end
}

# A job that writes what it is to $dir/LABEL.out at once.
told()
{
	label=$1 keys=$2 script=$3
	job "$label" "$keys $(integer ThrottleInterval 0)
	    $(true_ AbandonProcessGroup)" /bin/sh -c \
	    "($script) &gt;$dir/$label.new 2&gt;&amp;1;
	    mv $dir/$label.new $dir/$label.out"
}

said()
{
	equal "$(cat "$dir/$1.out" 2>/dev/null)" "$2"
}

strings_()
{
	key=$1
	shift
	printf '<key>%s</key><array>%s</array>' "$key" "$(strings "$@")"
}

name=keys
# Two runs on one host must not meet.
port=$((20000 + $$ % 10000 * 4))
rm -rf "$dir/jobs"
mkdir "$dir/jobs" "$dir/queue" "$dir/watched" "$dir/glob"
chmod 755 "$dir"
touch "$dir/glob/a1" "$dir/glob/a2"
run=$(true_ RunAtLoad)
root=$(id -u)
host=$(hostname)

# What a process is.
told t.umask "$run $(integer Umask 23)" umask
told t.umask8 "$run $(string Umask 077)" umask
told t.nice "$run $(integer Nice 7)" 'ps -o ni= -p $$'
told t.background "$run $(string ProcessType Background)" 'ps -o ni= -p $$'
if command -v ionice >/dev/null; then
	told t.io "$run $(true_ LowPriorityIO)" ionice
fi
told t.soft "$run <key>SoftResourceLimits</key><dict>
    $(integer NumberOfFiles 77)</dict>" 'ulimit -n; ulimit -H -n'
told t.hard "$run <key>HardResourceLimits</key><dict>
    $(integer NumberOfFiles 88)</dict>" 'ulimit -n; ulimit -H -n'
told t.env "$run <key>EnvironmentVariables</key><dict>$(string A b)</dict>" \
    'echo $A'
told t.cwd "$run $(string WorkingDirectory "$dir/glob")" 'pwd -P'
job t.glob "$run $(true_ EnableGlobbing)
    $(string StandardOutPath "$dir/t.glob.out")" \
    /bin/echo "$dir/glob/a*" 'b[x'
job t.noglob "$run $(string StandardOutPath "$dir/t.noglob.out")" \
    /bin/echo "$dir/glob/a*"
job t.root "$run $(string RootDirectory /nonexistent)" /bin/true
told t.user "$run $(string UserName nobody)" 'id -un; echo $HOME:$USER'
# Somebody in more than one group, if the machine has such a user.
member=nobody
for u in $(awk -F: '$4 != "" { sub(/,.*/, "", $4); print $4 }' /etc/group); do
	[ "$(id -G "$u" 2>/dev/null | wc -w)" -lt 2 ] || member=$u
done
told t.member "$run $(string UserName "$member")" 'id -G | wc -w'
told t.alone "$run $(string UserName "$member")
    <key>InitGroups</key><false/>" 'id -G | wc -w'
told t.group "$run $(string GroupName daemon)" 'id -gn'
told t.nouser "$run $(string UserName no-such-user)" 'id -un'
chmod 1777 "$dir"

# What is loaded at all.
told t.here "$run $(strings_ LimitLoadToHosts x "$host")" echo
told t.nothere "$run $(strings_ LimitLoadToHosts x)" echo
told t.from "$run $(strings_ LimitLoadFromHosts x "$host")" echo
told t.session "$run $(string LimitLoadToSessionType Aqua)" echo
told t.system "$run $(strings_ LimitLoadToSessionType Aqua System)" echo
told t.off "$run $(true_ Disabled)" echo

# When it runs.
told t.interval "$(integer StartInterval 1)" echo
told t.watch "$(strings_ WatchPaths "$dir/watched/deep/file")" echo
told t.queue "$(strings_ QueueDirectories "$dir/queue")" \
    "ls $dir/queue; rm -f $dir/queue/*"
told t.path "<key>KeepAlive</key><dict><key>PathState</key><dict>
    <key>$dir/flag</key><true/></dict></dict>" "rm $dir/flag; echo"
told t.nopath "<key>KeepAlive</key><dict><key>PathState</key><dict>
    <key>$dir/absent</key><false/></dict></dict>" "touch $dir/absent"
told t.other "<key>KeepAlive</key><dict><key>OtherJobEnabled</key><dict>
    <key>t.later</key><true/></dict></dict>" \
    "$LAUNCHCTL bootout system/t.later; echo"
told t.cycle1 "<key>KeepAlive</key><dict><key>OtherJobEnabled</key><dict>
    <key>t.cycle2</key><false/></dict></dict>" echo
told t.cycle2 "<key>KeepAlive</key><dict><key>OtherJobEnabled</key><dict>
    <key>t.cycle1</key><false/></dict></dict>" echo
for up in true false; do
	job "t.net.$up" "<key>KeepAlive</key><dict><key>NetworkState</key>
	    <$up/></dict>" /bin/sh -c "echo $up &gt;$dir/t.net.out; sleep 1000"
done
told t.mount "$(true_ StartOnMount)" echo
told t.device "<key>LaunchEvents</key><dict>
    <key>org.kernel.uevent</key><dict><key>null</key><dict>
    $(string SUBSYSTEM mem) $(string DEVNAME 'nul*')
    $(string ACTION change)</dict></dict>
    <key>com.apple.notifyd.matching</key><dict/></dict>" echo
told t.nodevice "<key>LaunchEvents</key><dict>
    <key>org.kernel.uevent</key><dict><key>null</key><dict>
    $(string SUBSYSTEM mem) $(string ACTION add)</dict></dict></dict>" echo
# The job that ends is kept; beside KeepAlive the old key says nothing.
for keys in "demand <key>OnDemand</key><false/>" \
    "nodemand <key>OnDemand</key><true/>" \
    "both <key>OnDemand</key><false/><key>KeepAlive</key><false/>"; do
	job "t.${keys%% *}" "${keys#* } $(integer ThrottleInterval 0)" \
	    /bin/sh -c "echo &gt;&gt;$dir/t.${keys%% *}.out;
	    [ \$(wc -l &lt;$dir/t.${keys%% *}.out) -lt 2 ] ||
	    exec sleep 1000"
done
job t.debug "$(integer StartInterval 1) $(true_ Debug)" /bin/true
job t.once "$(true_ KeepAlive) $(true_ LaunchOnlyOnce)
    $(integer ThrottleInterval 0) $(string StandardOutPath "$dir/t.once.out")" \
    /bin/echo once
job t.debugger "$run $(true_ WaitForDebugger)
    $(string StandardOutPath "$dir/t.debugger.out")" /bin/echo ran
job t.left "$run $(true_ AbandonProcessGroup)" /bin/sh -c \
    "(trap '' HUP; while [ ! -e $dir/go ]; do sleep 0.1; done;
    echo alive &gt;$dir/t.left.out) &amp;"
told t.timeout "$(integer TimeOut 33)" echo

# Sockets.
for type in stream dgram seqpacket; do
	job "t.unix.$type" "$(integer ThrottleInterval 0)
	    $(socket L "$(string SockPathName "$dir/$type.sock")
	    $(string SockType "$type") $(integer SockPathMode 384)")" \
	    "$JTOOL" serve L
done
for family in 4 6; do
	job "t.ip$family" "$(integer ThrottleInterval 0)
	    $(socket L "$(integer SockServiceName "$((port + family - 4))")
	    $(string SockFamily IPv$family)")" "$JTOOL" serve L
done
job t.udp "$(integer ThrottleInterval 0)
    $(socket L "$(integer SockServiceName "$((port + 1))") $(string SockProtocol UDP)
    $(string SockNodeName 127.0.0.1)")" "$JTOOL" serve L
job t.two "$(integer ThrottleInterval 0) <key>Sockets</key><dict>
    <key>L</key><array><dict>$(string SockPathName "$dir/two1.sock")</dict>
    <dict>$(string SockPathName "$dir/two2.sock")</dict></array></dict>" \
    "$JTOOL" serve L
if [ "$root" -eq 0 ]; then
	job t.owned "$(socket L "$(string SockPathName "$dir/owned.sock")
	    $(integer SockPathOwner 12) $(integer SockPathGroup 34)")" \
	    "$JTOOL" serve L
fi
job t.secure "$(integer ThrottleInterval 0)
    $(socket L "$(string SecureSocketWithKey T_SECURE)")" "$JTOOL" serve L
job t.bonjour "$(integer ThrottleInterval 0)
    $(socket L "$(string SockPathName "$dir/bonjour.sock") $(true_ Bonjour)")" \
    "$JTOOL" serve L
job t.multicast "$(integer ThrottleInterval 0)
    $(socket L "$(integer SockServiceName "$((port + 3))")
    $(string SockType dgram) $(string SockFamily IPv4)
    $(string MulticastGroup 239.1.2.3)")" "$JTOOL" serve L
job t.inetd "$(socket L "$(string SockPathName "$dir/inetd.sock")")
    <key>inetdCompatibility</key><dict><key>Wait</key><false/></dict>" \
    /bin/sh -c 'read x; echo "got $x"'
job t.wait "$(socket L "$(string SockPathName "$dir/wait.sock")")
    <key>inetdCompatibility</key><dict><key>Wait</key><true/></dict>" \
    "$JTOOL" wait

# Ports.  ltool's services try to check in another's name.
job test.foreign "$(services test.foreign)" /bin/false
job t.hidden "<key>MachServices</key><dict><key>t.hidden</key><dict>
    $(true_ HideUntilCheckIn)</dict></dict>" "$LTOOL" serve t.hidden
job t.reset "<key>MachServices</key><dict><key>t.reset</key><dict>
    $(true_ ResetAtClose)</dict></dict> $(integer ThrottleInterval 0)" \
    "$LTOOL" serve t.reset
job t.register "$run $(strings_ MachRegister t.mine 't.some.*')
    $(string StandardErrorPath "$dir/t.register.out")" "$LTOOL" \
    register t.mine ok register t.some.a ok register t.not denied exit 5
job t.host "<key>MachServices</key><dict><key>t.host</key><dict>
    $(integer HostSpecialPort 19)</dict></dict>" "$LTOOL" serve t.host
job t.anew "$(integer ThrottleInterval 0) <key>MachServices</key><dict>
    <key>t.anew</key><dict>$(true_ ResetAtClose)
    $(integer HostSpecialPort 20)</dict></dict>" "$LTOOL" serve t.anew
job t.task "<key>MachServices</key><dict><key>t.task</key><dict>
    $(integer TaskSpecialPort 9)</dict></dict>" "$LTOOL" serve t.task
for n in 4 8 12; do
	job "t.task.$n" "<key>MachServices</key><dict><key>t.task.$n</key><dict>
	    $(integer TaskSpecialPort $n)</dict></dict>" /bin/true
done
job t.host.7 "<key>MachServices</key><dict><key>t.host.7</key><dict>
    $(integer HostSpecialPort 7)</dict></dict>" /bin/true
useless="LegacyTimers LowPriorityBackgroundIO EnablePressuredExit
    MaterializeDatalessFiles POSIXSpawnType LimitLoadToHardware
    AssociatedBundleIdentifiers BundleProgram ServiceIPC"
# shellcheck disable=SC2086 # one key each
job t.useless "$(printf '<key>%s</key><true/>' $useless)" /bin/true

# Transactions: a clean job is killed, a dirty one told.
job t.clean "$run $(true_ EnableTransactions)" "$JTOOL" clean "$dir"
job t.dirty "$run $(true_ EnableTransactions)" "$JTOOL" dirty "$dir"

cat >"$dir/later.plist" <<END
<plist version="1.0"><dict><key>Label</key><string>t.later</string>
<key>Program</key><string>/bin/true</string></dict></plist>
END
label=t.passive
job $label "$run $(string StandardOutPath "$dir/$label.out")
    $(socket L "$(string SockPathName "$dir/stream.sock")
    <key>SockPassive</key><false/>")" "$JTOOL" hello L
aside $label passive
chmod go-w "$dir/later.plist" "$dir/passive.plist"
cat >"$dir/jobs/t.json.plist" <<END
{ "Label": "t.json", "RunAtLoad": true,
  "ProgramArguments": ["/bin/sh", "-c", "echo json >$dir/t.json.out"] }
END

cat >"$dir/drive" <<'END'
dir=$1 JTOOL=$2 LAUNCHCTL=$3 LTOOL=$4 port=$5
until_()
{
	i=0
	while ! "$@" 2>/dev/null && [ $i -lt $WAITS ]; do
		sleep 0.1
		i=$((i + 1))
	done
}
is() { test -e "$dir/$1.out"; }
mkdir "$dir/watched/deep"
echo x >"$dir/watched/deep/file"
echo x >"$dir/queue/item"
touch "$dir/flag"
"$LAUNCHCTL" bootstrap system "$dir/later.plist"
for s in stream dgram seqpacket; do
	"$JTOOL" unix $s "$dir/$s.sock" >"$dir/s.$s.out"
done
"$LAUNCHCTL" bootstrap system "$dir/passive.plist"
"$JTOOL" unix stream "$dir/bonjour.sock" >"$dir/s.bonjour.out"
grep -i 030201EF /proc/net/igmp >"$dir/s.group.out" 2>/dev/null
"$JTOOL" tcp 127.0.0.1 $port >"$dir/s.4.out"
"$JTOOL" tcp ::1 $((port + 2)) >"$dir/s.6.out"
"$JTOOL" udp 127.0.0.1 $((port + 1)) >"$dir/s.udp.out"
"$JTOOL" unix stream "$dir/two2.sock" >"$dir/s.two.out"
"$JTOOL" unix stream "$("$LAUNCHCTL" getenv T_SECURE)" >"$dir/s.secure.out"
"$JTOOL" unix stream "$dir/inetd.sock" >"$dir/s.inetd.out"
"$JTOOL" unix stream "$dir/inetd.sock" >"$dir/s.inetd2.out"
"$JTOOL" unix stream "$dir/wait.sock" >"$dir/s.wait.out"
ls -l "$dir/stream.sock" | cut -c1-10 >"$dir/s.mode.out"
ls -ln "$dir/owned.sock" 2>/dev/null | {
	read -r mode links owner group rest
	echo "$owner $group"
} >"$dir/s.owned.out"
"$LAUNCHCTL" print system/t.timeout | grep TimeOut >"$dir/s.timeout.out"
"$LTOOL" look-up t.hidden unknown && echo ok >"$dir/s.hidden.out"
"$LTOOL" look-up t.reset ok ask send 2 dead look-up t.reset ok ask &&
    echo ok >"$dir/s.reset.out"
"$LTOOL" look-up t.host ok host-special 19 ask host-special 19 &&
    echo ok >"$dir/s.host.out"
"$LTOOL" look-up t.anew ok ask send 2 dead look-up t.anew ok \
    host-special 20 ask && echo ok >"$dir/s.anew.out"
"$LTOOL" look-up t.task ok task-special 9 ask task-special 9 &&
    echo ok >"$dir/s.task.out"
pid=$("$LAUNCHCTL" print system/t.debugger | sed -n 's/.*PID = //p')
ps -o stat= -p $pid | cut -c1 >"$dir/s.debugger.out"
kill -CONT $pid
until_ is t.debugger
touch "$dir/go"
mkdir "$dir/mnt"
if mount -t tmpfs none "$dir/mnt" 2>/dev/null; then
	touch "$dir/mounted.out"
	until_ is t.mount
	umount "$dir/mnt"
fi
until_ is t.net
if { echo change >/sys/class/mem/null/uevent; } 2>/dev/null; then
	touch "$dir/uevent.out"
	until_ is t.device
fi
for f in umask umask8 nice background soft hard env cwd glob noglob user \
    group here system interval watch queue path nopath other once left json \
    register passive demand; do
	until_ is t.$f
done
until_ test -e "$dir/clean.out"
until_ test -e "$dir/dirty.out"
"$LAUNCHCTL" list >"$dir/list.out"
END
launchd "$dir/jobs" -- sh "$dir/drive" "$dir" "$JTOOL" "$LAUNCHCTL" "$LTOOL" \
    $port

row Umask said t.umask 0027
row "Umask in octal" said t.umask8 0077
row Nice equal "$(tr -d ' ' <"$dir/t.nice.out")" 7
row ProcessType equal "$(tr -d ' ' <"$dir/t.background.out")" 5
if command -v ionice >/dev/null; then
	row LowPriorityIO said t.io idle
fi
row SoftResourceLimits equal "$(sed -n 1p "$dir/t.soft.out")" 77
row HardResourceLimits equal "$(tr '\n' ' ' <"$dir/t.hard.out")" "88 88 "
row EnvironmentVariables said t.env b
row WorkingDirectory said t.cwd "$(cd "$dir/glob" && pwd -P)"
row EnableGlobbing said t.glob "$dir/glob/a1 $dir/glob/a2 b[x"
row "no globbing" said t.noglob "$dir/glob/a*"
row RootDirectory logged 't.root\[.*cannot enter RootDirectory: No such file'
if [ "$root" -eq 0 ]; then
	row UserName equal "$(sed -n 1p "$dir/t.user.out")" nobody
	row "its environment" equal "$(sed -n 2p "$dir/t.user.out")" \
	    "$(awk -F: '$1 == "nobody" { print $6 }' /etc/passwd):nobody"
	row InitGroups equal "$(tr -d ' ' <"$dir/t.member.out")" \
	    "$(id -G "$member" | wc -w | tr -d ' ')"
	row "InitGroups false" equal "$(tr -d ' ' <"$dir/t.alone.out")" 1
	row GroupName said t.group daemon
	row "an unknown user" logged 't.nouser: its user or group is not known'
fi
row LimitLoadToHosts test -e "$dir/t.here.out"
row "another host's" logged 't.nothere: not for this host, not loaded'
row LimitLoadFromHosts logged 't.from: not for this host, not loaded'
row LimitLoadToSessionType logged 't.session: not for this kind'
row "of several" test -e "$dir/t.system.out"
row Disabled logged 't.off: disabled, not loaded'
row StartInterval test -e "$dir/t.interval.out"
row WatchPaths test -e "$dir/t.watch.out"
row QueueDirectories said t.queue item
row "KeepAlive PathState" test -e "$dir/t.path.out"
row "KeepAlive PathState false" test -e "$dir/t.nopath.out"
row "KeepAlive OtherJobEnabled" test -e "$dir/t.other.out"
row "conditions in a circle" test ! -e "$dir/t.cycle1.out"
# One of the two, whichever it is here.
row "KeepAlive NetworkState" equal \
    "$(grep -c 't.net.*: started' "$dir/log")" 1
if [ -e "$dir/mounted.out" ]; then
	row StartOnMount test -e "$dir/t.mount.out"
fi
if [ -e "$dir/uevent.out" ]; then
	row LaunchEvents test -e "$dir/t.device.out"
	row "an event that does not match" test ! -e "$dir/t.nodevice.out"
fi
row "a stream without a source" logged \
    'key LaunchEvents/com.apple.notifyd.matching is not .*there is no notifyd'
row "OnDemand false keeps it alive" equal \
    "$(cat "$dir/t.demand.out" 2>/dev/null | wc -l | tr -d ' ')" 2
row "OnDemand true does not" test ! -e "$dir/t.nodemand.out"
row "nor OnDemand beside KeepAlive" test ! -e "$dir/t.both.out"
row Debug logged ' notice t.debug: wanted by'
row LaunchOnlyOnce said t.once once
row WaitForDebugger said s.debugger T
row "and goes on" said t.debugger ran
row AbandonProcessGroup said t.left alive
row TimeOut grep -q 'TimeOut = 33' "$dir/s.timeout.out"
for s in stream dgram seqpacket; do
	row "Sockets unix $s" said s.$s "$s hello"
done
row SockPathMode said s.mode srw-------
if [ "$root" -eq 0 ]; then
	row "SockPathOwner, SockPathGroup" said s.owned "12 34"
fi
# A machine may have its loopback interface down, or no IPv6.
flags=$(cat /sys/class/net/lo/flags 2>/dev/null || echo 0x1)
if [ $((flags & 1)) -ne 0 ]; then
	row "Sockets IPv4" said s.4 "stream hello"
	row "Sockets UDP" said s.udp "dgram hello"
fi
if [ -e /proc/net/if_inet6 ] && grep -q ' lo$' /proc/net/if_inet6; then
	row "Sockets IPv6" said s.6 "stream hello"
fi
row "two sockets of a name" said s.two "stream hello"
row SecureSocketWithKey said s.secure "stream hello"
row "SockPassive false" said t.passive "stream hello"
row Bonjour said s.bonjour "stream hello"
if [ -e /proc/net/igmp ] && [ "$(cat /proc/net/dev | wc -l)" -gt 3 ]; then
	row MulticastGroup test -s "$dir/s.group.out"
fi
row "inetdCompatibility" said s.inetd "got hello"
row "an instance a connection" said s.inetd2 "got hello"
row "inetdCompatibility Wait" said s.wait "stream hello"
row HideUntilCheckIn said s.hidden ok
row ResetAtClose said s.reset ok
row MachRegister logged 't.register\[.*exited with 5'
if [ "$root" -eq 0 ]; then
	row HostSpecialPort said s.host ok
	row "and with ResetAtClose the next one" said s.anew ok
fi
row TaskSpecialPort said s.task ok
for n in 4 8 12; do
	row "no TaskSpecialPort $n" logged \
	    "t.task.$n.plist:[0-9]*: .*TaskSpecialPort: "
done
row "no HostSpecialPort of the kernel's" logged \
    't.host.7.plist:[0-9]*: .*HostSpecialPort: out of range'
for key in $useless; do
	row "$key is named once" equal "$(grep -c \
	    "key $key is not supported and ignored: [a-z]" "$dir/log")" 1
done
row "both came so far" test -e "$dir/clean.out" -a -e "$dir/dirty.out"
row "EnableTransactions, clean" logged 't.clean\[.*killed by signal 9'
row "EnableTransactions, dirty" logged 't.dirty\[.*exited with 4'
if "$LAUNCHD" -n "$dir/jobs/t.json.plist" 2>&1 | grep -q 'built without'; then
	row "JSON refused by name" logged 't.json.plist:1: .*built without'
else
	row JSON said t.json json
fi

echo "1..$count"
[ $failed -eq 0 ]
