#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# StartCalendarInterval: jobs at times of day, on a clock that runs from each
# alarm of launchd's to the next.  With TEST_SET_CLOCK=1, on a machine of the
# test's, the machine's clock is set as well.  TAP.
#
#	launchd_calendar.sh BUILD

set -u

here=$(dirname "$0")
LAUNCHD=${LAUNCHD_FAILING-$1/tests/e2e/launchd_failing}
# shellcheck source=tests/e2e/launchd_lib.sh
. "$here/launchd_lib.sh"

# calendar LABEL KEYS: it runs then, and no sooner.
calendar()
{
	job "$1" "<key>StartCalendarInterval</key>$2
	    $(integer ThrottleInterval 0)" /bin/sh -c :
}

at()
{
	printf '<dict>'
	while [ $# -ge 2 ]; do
		integer "$1" "$2"
		shift 2
	done
	printf '</dict>'
}

export TZ=UTC0 FAST_CLOCK=1795318198	# a Sunday, 2026-11-22 03:29:58

begin "a dictionary, an array, and both in the order of their times"
calendar c.dict "$(at Minute 30)"
calendar c.array "<array>$(at Hour 5 Minute 0) $(at Weekday 0 Hour 4 Minute 31)
    $(at Weekday 1 Hour 4 Minute 40) $(at Day 23 Hour 4 Minute 41)</array>"
calendar c.never "$(at Month 2 Day 30)"
check steps script <<'END'
until_ eval '[ $(grep -c "c.dict.*: started" "$dir/log") -ge 3 ]'
END
check "in their order" equal "$(sed -n \
    's/.* c\.\([a-z]*\)\[[0-9]*\]: started.*/\1/p' "$dir/log" | head -n 5 |
    tr '\n' ' ')" "dict dict array array dict "
check "their reason" logged 'c.array.*wanted by StartCalendarInterval'
end

begin "times that are none are refused by line"
printf '<plist version="1.0">\n<dict><key>Label</key><string>c.bad</string>
<key>Program</key><string>/bin/true</string>
<key>StartCalendarInterval</key><array>
<dict><key>Minute</key><integer>1</integer></dict>
<dict><key>Minute</key><integer>60</integer></dict></array>
</dict></plist>\n' >"$dir/jobs/c.bad.plist"
sed 's/c.bad/c.word/; s/Minute<.*60/Second<\/key><integer>6/' \
    "$dir/jobs/c.bad.plist" >"$dir/jobs/c.word.plist"
check steps script <<'END'
refused 'no job c.bad' print system/c.bad
refused 'no job c.word' print system/c.word
END
check "range" logged 'c.bad.plist:6: .*Minute: out of range'
check "word" logged 'c.word.plist:6: .*Second: not a part of a date'
end

# The machine's clock comes to the time of a job, and goes back before it: the
# job starts at once, and then not again before its time.
if [ "${TEST_SET_CLOCK:-0}" = 1 ]; then
	begin "the clock is set"
	unset FAST_CLOCK
	LAUNCHD=$1/cmd/launchd/launchd
	case $(uname) in
	FreeBSD)
		set_clock='date -r "$1" +%Y%m%d%H%M.%S | xargs date -n' ;;
	*)
		set_clock='date -s "@$1"' ;;
	esac
	# The beginning of a minute: in three hours and a half, less a second.
	then=$((($(date +%s) / 60 + 211) * 60))
	calendar c.set "$(at Hour $((then / 3600 % 24)) \
	    Minute $((then / 60 % 60)))"
	check steps script <<END
set_clock() { $set_clock >/dev/null; }
runs() { [ "\$(field system/c.set Runs)" = \$1 ]; }
begun=\$(date +%s)
runs 0
set_clock $((then - 2))
until_ runs 1
runs 1
[ \$((\$(date +%s) - $then)) -lt $((10 * ${TEST_PATIENCE:-1})) ]
set_clock \$begun
ctl list >/dev/null
runs 1
set_clock $((then - 2))
until_ runs 2
runs 2
set_clock \$begun
END
	check "by its time" logged 'c.set.*wanted by StartCalendarInterval'
	end
fi

echo "1..$count"
[ $failed -eq 0 ]
