#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	kyuafiles.sh BUILD [FACTOR]
#
# Writes Kyuafiles into BUILD/tests, so that the conformance and stress programs
# are one kyua(1) tree, as FreeBSD's own tests are:
#
#	kyua test -k BUILD/tests/Kyuafile		with mach.ko loaded
#	machrun kyua test -k BUILD/tests/Kyuafile	on Linux
#
# The names and time limits come from the manifest that Meson writes; FACTOR
# multiplies the limits, for a machine that is emulated (the cases' own are
# TEST_PATIENCE's to multiply).

set -eu
PROG=${PROG:-kyuafiles.sh}
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

{ [ $# -ge 1 ] && [ $# -le 2 ]; } || die "usage: kyuafiles.sh BUILD [FACTOR]"
case ${2-1} in
*[!0-9]* | '' | 0)	die "${2-} is no factor" ;;
esac
tests=$1/tests
[ -r "$tests/manifest" ] || die "there is no $tests/manifest: build first"

awk -F '\t' -v tests="$tests" -v factor="${2-1}" '
function head(file)
{
	print "-- Written by kyuafiles.sh.\n\nsyntax(2)\n" >file
	print "test_suite(\"mach\")\n" >file
}

$1 == "conformance" || $1 == "stress" {
	# The program stands in the directory of its kind or of its name.
	path = $2 ~ /\// ? $2 : $1 "/" $2
	dir = path
	sub(/\/[^\/]*$/, "", dir)
	name = substr(path, length(dir) + 2)
	file = tests "/" dir "/Kyuafile"
	if (!(dir in seen)) {
		seen[dir]
		order[++n] = dir
		head(file)
	}
	# The stress test is one case and says nothing of its parts.
	printf("%s_test_program{name=\"%s\", timeout=%d}\n",
	    $1 == "stress" ? "plain" : "tap", name, $3 * factor) >file
}

END {
	if (n == 0) {
		print "no conformance programs in the manifest" >"/dev/stderr"
		exit 1
	}
	head(tests "/Kyuafile")
	for (i = 1; i <= n; i++)
		printf("include(\"%s/Kyuafile\")\n", order[i]) \
		    >(tests "/Kyuafile")
}' "$tests/manifest"
