#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What the tests of launchd share.  Read by each with its arguments: BUILD, or
# none and LAUNCHD, LAUNCHCTL, LTOOL, MACHRUN in the environment.  LIMIT: seconds
# that one launchd may take.
# shellcheck shell=sh disable=SC2034,SC2086

if [ $# -ge 1 ]; then
	MACHRUN=${MACHRUN-$1/kernel/user/machd/machrun}
	LAUNCHD=${LAUNCHD:-$1/cmd/launchd/launchd}
	LAUNCHCTL=${LAUNCHCTL:-$1/cmd/launchctl/launchctl}
	LTOOL=${LTOOL:-$1/tests/e2e/ltool}
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/launchd-test.XXXX""XX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
OVERRIDES="--overrides $dir/overrides"
count=0 failed=0

# Begin a test: an empty directory of jobs.
begin()
{
	name=$1
	begun=$(date +%s)
	rm -rf "$dir/jobs" "$dir"/*.out "$dir/overrides"
	mkdir "$dir/jobs"
	: >"$dir/log"
	problem=
}

# The first thing that was not as it should be is what the test says.
check()
{
	what=$1
	shift
	"$@" || problem=${problem:-$what}
}

end()
{
	count=$((count + 1))
	if [ -z "$problem" ]; then
		echo "ok $count - $name"
		begun=$(($(date +%s) - begun))
		[ $begun -lt 5 ] || echo "# took $begun s"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $count - $name"
	echo "# $problem"
	tail -n 40 "$dir/log" "$dir/run.out" 2>/dev/null | sed 's/^/# /'
}

strings()
{
	for s; do
		printf '<string>%s</string>' "$s"
	done
}

# job LABEL KEYS PROGRAM [ARGUMENT ...]
job()
{
	label=$1 keys=$2
	shift 2
	cat >"$dir/jobs/$label.plist" <<END
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
<key>Label</key><string>$label</string>
<key>ProgramArguments</key><array>$(strings "$@")</array>
$keys
</dict>
</plist>
END
}

services()
{
	printf '<key>MachServices</key><dict>'
	for s; do
		printf '<key>%s</key><true/>' "$s"
	done
	printf '</dict>'
}

integer()
{
	printf '<key>%s</key><integer>%s</integer>' "$1" "$2"
}

string()
{
	printf '<key>%s</key><string>%s</string>' "$1" "$2"
}

true_()
{
	printf '<key>%s</key><true/>' "$1"
}

# socket NAME KEYS
socket()
{
	printf '<key>Sockets</key><dict><key>%s</key><dict>%s</dict></dict>' \
	    "$1" "$2"
}

# aside LABEL [NAME]: the job's list is not loaded at the start.
aside()
{
	mv "$dir/jobs/$1.plist" "$dir/${2:-$1}.plist"
}

# A service that is started again without a pause.  It also tries to get
# another job's name.
service()
{
	job test.foreign "$(services test.foreign)" /bin/false
	job "$1" "$(services "$1") $(integer ThrottleInterval 0)" \
	    "$LTOOL" serve "$1"
}

# Twentieths of a second in which what must happen does.
export WAITS=$((200 * ${TEST_PATIENCE:-1}))

launchd()
{
	timeout $((60 * ${TEST_PATIENCE:-1})) $MACHRUN "$LAUNCHD" -fv --log "$dir/log" "$@" \
	    >"$dir/run.out" 2>&1
}

# Run the client's steps; it must be content.
client()
{
	launchd "$dir/jobs" -- "$LTOOL" "$@"
}

logged()
{
	grep -q -- "$1" "$dir/log"
}

not_logged()
{
	! grep -q -- "$1" "$dir/log"
}

equal()
{
	[ "$1" = "$2" ] || {
		echo "# '$1' is not '$2'"
		return 1
	}
}

started()
{
	grep -c "$1\[[0-9]*\]: started" "$dir/log"
}

# Run a script of launchctl's in a launchd; `ctl` is it.
script()
{
	{
		echo "dir=$dir LAUNCHCTL=$LAUNCHCTL LTOOL=$LTOOL"
		cat <<'END'
ctl() { "$LAUNCHCTL" "$@"; }
say() { echo "$*"; }
refused() { what=$1; shift; s=0; ctl "$@" >"$dir/e.out" 2>&1 || s=$?
    [ $s -eq 1 ] && grep -q -- "$what" "$dir/e.out" ||
    { say "not refused ($s): $*"; cat "$dir/e.out"; exit 1; }; }
field() { ctl print "$1" | sed -n "s/^	$2 = //p"; }
until_() { i=0; until "$@"; do i=$((i + 1)); sleep 0.05
    [ $i -lt $WAITS ] || { say "never: $*"; return 1; }; done; }
state() { [ "$(field "$1" State)" = "$2" ]; }
set -e
END
		cat
	} >"$dir/script"
	launchd $OVERRIDES "$dir/jobs" -- sh "$dir/script"
}
