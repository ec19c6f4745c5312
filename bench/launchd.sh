#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# launchd's speed and size, each beside its yardstick or its target.
#
# usage: launchd.sh BUILD-DIRECTORY

set -eu
build=$(cd "$1" && pwd)
machrun=$build/kernel/user/machd/machrun
launchd=$build/cmd/launchd/launchd
bench=$build/bench/launchd_bench
dir=$(mktemp -d "${TMPDIR:-/tmp}/launchdbench.XXXX""XX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM HUP

# plist NUMBER LABEL PROGRAM-STRINGS
plist()
{
	cat <<END >"$1"
<plist version="1.0"><dict><key>Label</key><string>$2</string>
<key>ProgramArguments</key><array>$3</array>
<key>MachServices</key><dict><key>$2</key><true/></dict>
<key>ThrottleInterval</key><integer>0</integer></dict></plist>
END
}

mkdir "$dir/speed" "$dir/none" "$dir/jobs"
plist "$dir/speed/warm.plist" bench.warm \
    "<string>$bench</string><string>serve</string><string>bench.warm</string>"
plist "$dir/speed/cold.plist" bench.cold "<string>$bench</string>\
<string>serve</string><string>bench.cold</string><string>once</string>"
# speed WHERE [COMMAND-FOR-MACHD COMMAND-FOR-THE-OTHERS]
speed()
{
	echo "$1:"
	# shellcheck disable=SC2086 # words
	${2:-} "$machrun" ${3:-} "$launchd" --log "$dir/log" "$dir/speed" -- \
	    "$bench" run
}
speed "CPUs as the scheduler likes"
if command -v taskset >/dev/null 2>&1; then
	speed "all on one CPU" "taskset -c 0"
	[ "$(nproc)" -lt 2 ] || speed "machd on a CPU, all others on another" \
	    "taskset -c 1" "taskset -c 0"
fi

i=0
while [ $i -lt 1000 ]; do
	plist "$dir/jobs/$i.plist" "org.example.job.$i" \
	    "<string>/usr/libexec/example$i</string><string>-d</string>"
	i=$((i + 1))
done
rss()
{
	# shellcheck disable=SC2016 # $PPID is launchd
	"$machrun" "$launchd" --log "$dir/log" "$1" -- \
	    sh -c 'ps -o rss= -p $PPID'
}
none=$(rss "$dir/none")
jobs=$(rss "$dir/jobs")
echo "memory of a loaded job        $(((jobs - none) * 1024 / 1000)) bytes" \
    "  (4096; launchd without jobs: $none KiB)"
