#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The demo: a Mach kernel of its own, launchd with a real property list, a
# key-value service that it starts on demand, and clients.
#
#	demo.sh [BUILD]		programs from a build tree
#	demo.sh			from the environment, or else from PATH:
#				MACHRUN LAUNCHD KVD KVCLIENT KVDEMO
#
# On a FreeBSD kernel with mach.ko set MACHRUN to "" : the kernel is there.

set -eu

if [ $# -ge 1 ]; then
	build=$(cd "$1" && pwd)
	MACHRUN=${MACHRUN-$build/kernel/user/machd/machrun}
	LAUNCHD=${LAUNCHD:-$build/cmd/launchd/launchd}
	KVD=${KVD:-$build/demo/kvd}
	KVCLIENT=${KVCLIENT:-$build/demo/kvclient}
	KVDEMO=${KVDEMO:-$build/demo/kvdemo}
fi
MACHRUN=${MACHRUN-machrun}
LAUNCHD=${LAUNCHD:-launchd}
KVD=${KVD:-$(command -v kvd)}
KVCLIENT=${KVCLIENT:-$(command -v kvclient)}
KVDEMO=${KVDEMO:-kvdemo}

here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/kvdemo.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

# The clock that all programs count from, as they read it themselves.
KV_START=$("$KVCLIENT" now)
export KV_START
mkdir "$dir/jobs"
sed -e "s|@KVD@|$KVD|" -e "s|@START@|$KV_START|" \
    "$here/org.example.kv.plist.in" >"$dir/jobs/org.example.kv.plist"

# No exec: the trap removes the directory.
$MACHRUN "$LAUNCHD" -f --log "$dir/log" "$dir/jobs" -- \
    "$KVDEMO" "$KVCLIENT" || {
	status=$?
	echo "demo: failed with status $status; launchd's log:" >&2
	cat "$dir/log" >&2
	exit 1
}
