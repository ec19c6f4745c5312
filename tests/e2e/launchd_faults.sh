#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# launchd with each of its Mach calls failing once: TAP.
#
#	launchd_faults.sh BUILD
#
# Before its ports are made it may give up, with a reason.  After that it must
# serve: the clients below must find, kill and find again a service.  The one
# thing a client may see is that its answer was lost (server died).

set -u

MACHRUN=$1/kernel/user/machd/machrun
LAUNCHD=$1/tests/e2e/launchd_failing
LTOOL=$1/tests/e2e/ltool

dir=$(mktemp -d "${TMPDIR:-/tmp}/launchd-faults.XXXX""XX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

for name in test.echo test.foreign; do
	cat >"$dir/$name.plist" <<END
<plist version="1.0">
<dict>
<key>Label</key><string>$name</string>
<key>ProgramArguments</key>
<array><string>$LTOOL</string><string>serve</string><string>$name</string>
</array>
<key>MachServices</key><dict><key>$name</key><true/></dict>
<key>ThrottleInterval</key><integer>0</integer>
</dict>
</plist>
END
done

run()
{
	FAIL_AT=$1 timeout $((60 * ${TEST_PATIENCE:-1})) "$MACHRUN" "$LAUNCHD" "$dir" -- "$LTOOL" \
	    look-up test.echo ok ask send 3 other send 2 other \
	    look-up test.none unknown status test.echo ok 1 \
	    >"$dir/out" 2>&1
}

# Why this run is all right, or nothing.
verdict()
{
	if [ "$1" -eq 0 ]; then
		echo served
	elif grep -qE 'no Mach kernel here|cannot make the' \
	    "$dir/out" && ! grep -q ltool: "$dir/out"; then
		echo "gave up at the start"
	elif grep -q 'ltool: [a-z-]*: .*(0xfffffecc)' "$dir/out"; then
		echo "an answer was lost"
	fi
}

i=1 failed=0
while [ $i -le 200 ]; do
	run $i
	why=$(verdict $?)
	trap_=$(sed -n 's/.*trap \([0-9]*\) fails.*/\1/p' "$dir/out")
	# Past the last call.
	[ -n "$trap_" ] || [ -z "$why" ] || break
	if [ -n "$why" ]; then
		echo "ok $i - call $i (trap $trap_) fails: $why"
	else
		failed=$((failed + 1))
		echo "not ok $i - call $i (trap $trap_) fails"
		sed 's/^/# /' "$dir/out"
	fi
	i=$((i + 1))
done
# Some of every kind must have been reached.
echo "1..$((i - 1))"
[ $failed -eq 0 ] && [ $i -gt 50 ]
