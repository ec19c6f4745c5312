#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# launchd as process 1, of a name space of processes of Linux, with each of its
# Mach calls failing once, and with allocations failing: TAP.
#
#	launchd_init.sh BUILD
#
# Process 1 must not end, must not give up for a single user, must serve, and
# must end the system when it is told to.  It needs the superuser.  One call of
# STEP, by default 3, fails; STEP=1: each.

set -u

BUILD=$1
LTOOL=$BUILD/tests/e2e/ltool
LAUNCHCTL=$BUILD/cmd/launchctl/launchctl
STEP=${STEP:-3}

probe='mount -t tmpfs t /usr/local/etc && [ $$ -eq 1 ]'
if [ "$(id -u)" -ne 0 ] || [ ! -d /usr/local/etc ] ||
    ! unshare -pfm --mount-proc sh -c "$probe" 2>/dev/null; then
	echo "no name space of processes to be had"
	exit 77
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/launchd-init.XXXX""XX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

mkdir "$dir/jobs"
# job LABEL KEYS ARGUMENT ...
job()
{
	label=$1 keys=$2
	shift 2
	{
		echo "<plist version=\"1.0\"><dict>"
		echo "<key>Label</key><string>$label</string>$keys"
		echo "<key>ProgramArguments</key><array>"
		printf '<string>%s</string>' "$@"
		echo "</array></dict></plist>"
	} >"$dir/jobs/$label.plist"
	chmod 644 "$dir/jobs/$label.plist"
}
services()
{
	echo "<key>MachServices</key><dict><key>$1</key><true/></dict>
	    <key>ThrottleInterval</key><integer>0</integer>"
}
job test.echo "$(services test.echo)" "$LTOOL" serve test.echo
job test.foreign "$(services test.foreign)" /bin/false
job t.keep "<key>KeepAlive</key><true/>" /bin/sleep 1000
# Tried again, because an answer may be what is lost.
job t.client "<key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
    <key>ThrottleInterval</key><integer>0</integer>" /bin/sh "$dir/client"

cat >"$dir/client" <<END
set -e
[ "\$(cat /proc/1/comm)" = launchd_failing ] || [ \$PPID -eq 1 ]
"$LTOOL" look-up test.echo ok ask send 3 other send 2 other \
    look-up test.none unknown status test.echo ok 1 \
    sh '(sh -c "exit 0" &)'
"$LAUNCHCTL" print system/t.keep | grep -q 'State = running'
echo served >"$dir/verdict"
# Signals to process 1 may be many; one is enough.
kill -USR2 1
END
cat >"$dir/base-init" <<END
#!/bin/sh
echo "single user: the base's init" >"$dir/console"
END
chmod 755 "$dir/base-init"
cat >"$dir/begin" <<END
mount -t tmpfs t /usr/local/etc
cp -r "$dir/jobs" /usr/local/etc/launchd.d
mount --bind "$dir/console" /dev/console
# What process 1 executes when it cannot go on.
[ ! -e /sbin/init ] || mount --bind "$dir/base-init" /sbin/init
mkfifo "$dir/ready"
"$BUILD/kernel/user/machd/machd" --socket "$dir/socket" --ready-fd 6 \
    6>"$dir/ready" &
read -r x <"$dir/ready"
MACHD_SOCKET=$dir/socket
export MACHD_SOCKET
exec "$BUILD/tests/e2e/launchd_failing" 2>"$dir/stderr"
END

# try VARIABLE=N
try()
{
	rm -f "$dir/verdict" "$dir/ready" "$dir/socket"
	: >"$dir/console"
	timeout -s KILL $((60 * ${TEST_PATIENCE:-1})) env "$1" \
	    unshare -pfm --mount-proc --kill-child sh "$dir/begin" \
	    </dev/null >"$dir/out" 2>&1
	status=$?
	problem=
	[ $status -ne 137 ] || problem="it hangs"
	[ "$(cat "$dir/verdict" 2>/dev/null)" = served ] ||
	    problem=${problem:-not served}
	! grep -q 'single user' "$dir/console" ||
	    problem=${problem:-a single user}
	grep -q 'halting' "$dir/console" || problem=${problem:-not ended}
}

count=0 failed=0
result()
{
	count=$((count + 1))
	if [ -z "$2" ]; then
		echo "ok $count - $1"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $count - $1: $2"
	tail -n 30 "$dir/console" "$dir/out" "$dir/stderr" | sed 's/^/# /'
}

try FAIL_AT=0
result "process 1 serves" "$problem"

# each WHAT VARIABLE MESSAGE FEWEST SAMPLE: the later ones by samples of 1/SAMPLE.
each()
{
	i=$((1 + $$ % STEP)) wrong='' sample=$5 reached=0
	while [ $i -le 5000 ]; do
		try "$2=$i"
		grep -q "$3" "$dir/stderr" || break
		if [ -n "$problem" ]; then
			wrong="$1 $i: $problem"
			result "each $1 fails once" "$wrong"
		fi
		reached=$i
		i=$((i + STEP + i / sample))
	done
	[ "$reached" -ge "$4" ] || wrong=${wrong:-only $reached}
	[ -n "$wrong" ] || result "each $1 fails once: $reached" ''
}
each call FAIL_AT 'trap [0-9]* fails' 50 1000
each allocation FAIL_ALLOC_AT 'an allocation fails' 60 8

echo "1..$count"
[ $failed -eq 0 ]
