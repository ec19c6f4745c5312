#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	coverage.sh
#
# Which lines of kernel/ the tests of check execute: a build of gcc's for
# coverage, its unit, conformance and end-to-end tests, the scheduler's and the
# corpora of the fuzzers among them.  The lines that none reached go to
# build/coverage/unexecuted.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

need build
build_variant coverage
find build/coverage -name '*.gcda' -delete
out=$PWD/build/coverage
log=$out/tests.log
: >"$log"
while IFS='	' read -r kind name limit command; do
	case $kind in
	unit | threads | conformance | e2e | stress) ;;
	*) continue ;;
	esac
	# shellcheck disable=SC2086 # a command and its arguments
	sh scripts/runtests -o "$out/logs" -n "$name" -t $((limit * 2)) \
	    $command >>"$log"
done <build/coverage/tests/manifest
grep '^FAIL' "$log" || :

# One directory each: objects of several libraries are of one source.
rm -rf "$out/gcov"
find "$out" -name '*.gcda' | sed 's,/[^/]*$,,' | sort -u |
    while read -r dir; do
	case $dir in
	*machkern* | *machd*) ;;
	*) continue ;;
	esac
	scratch=$out/gcov/$(basename "$dir")
	mkdir -p "$scratch"
	(cd "$scratch" && gcov -p -o "$dir" "$dir"/*.gcda >/dev/null 2>&1)
done
find "$out/gcov" -name '*kernel#*.gcov' ! -name '*#kpi#*' -exec cat {} + |
    awk -F: -v list="$out/unexecuted" '
	$2 ~ /^ *0$/ && $3 == "Source" {
		file = $4
		sub(/^.*\.\.\//, "", file)
		next
	}
	{
		count = $1
		gsub(/[ *]/, "", count)
		line = $2 + 0
		if (file !~ /^kernel\/.*\.c$/ || count == "-" || line == 0)
			next
		key = file ":" line
		if (!(key in text)) {
			text[key] = substr($0, index($0, $3))
			lines[file]++
		}
		if (count !~ /^[#=]+$/ && !(key in hit)) {
			hit[key] = 1
			hits[file]++
		}
	}
	END {
		for (key in text)
			if (!(key in hit))
				print key ":" text[key] | \
				    "sort -t: -k1,1 -k2,2n >" list
		for (file in lines) {
			dir = file
			sub(/\/[^\/]*$/, "", dir)
			l[dir] += lines[file]; h[dir] += hits[file]
			printf "%5.1f%% %5d %s\n", 100 * hits[file] /
			    lines[file], lines[file], file | "sort -k3"
		}
		close("sort -k3")
		for (dir in l)
			printf "%5.1f%% %5d %s/\n", 100 * h[dir] / l[dir],
			    l[dir], dir | "sort -k3"
	}'
