#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# ./do check [PART ...]: everything that must pass, one line a test; the last
# line counts.  Each test has a timeout, and its output is kept under
# build/check.  Without arguments all parts run:
#
#	source	generated files, file lists, style, scripts, manual pages
#	headers	the public headers compile alone, and their layouts
#	release	gcc: unit, conformance, end-to-end tests, demo, short stress
#	asan	the same under clang's address and undefined sanitizers, with the
#		kernel's lock checks
#	tsan	what runs threads against each other, under gcc's thread sanitizer
#	install	an outside program against an installed copy
#	freebsd	the cross build of the module and of the user side, and what is
#		packed from it

set -u
cd "$(dirname "$0")/.." || exit 1
. scripts/lib.sh

logs=$PWD/build/check
begun=$(date +%s)

# run NAME SECONDS COMMAND ...: a step that is a test.
run()
{
	_name=$1 _limit=$2
	shift 2
	sh scripts/runtests -o "$logs" -n "$_name" -t "$_limit" "$@"
}

# build VARIANT: a test too; what follows it is left out when it fails.
build()
{
	run "build:$1" 900 sh scripts/build.sh "$1"
	grep -qx "passed build:$1" "$logs/results"
}

source_part()
{
	run source:generated 60 sh kernel/trap/gentraps.sh --check
	run source:lists 60 sh scripts/lists.sh
	run source:tested 60 sh scripts/tested.sh
	run source:style 120 sh scripts/fmt.sh --check
	run source:shell 120 sh scripts/shell.sh
	run source:manuals 60 sh scripts/manuals.sh
	run source:user-pointers 600 sh scripts/userptr.sh
}

headers_part()
{
	run headers:gcc 300 sh tests/headers/check.sh gcc g++ include \
	    kernel/user/kpi
	run headers:clang 300 sh tests/headers/check.sh clang clang++ include \
	    kernel/user/kpi
}

# variant_tests VARIANT KIND ...: the tests of those kinds that the build
# directory's manifest names: kind, name, timeout, command.
variant_tests()
{
	_variant=$1
	shift
	export ASAN_OPTIONS=detect_stack_use_after_return=1
	export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
	export TSAN_OPTIONS=second_deadlock_stack=1:halt_on_error=1
	# The sanitizers' fixed shadow does not bear every randomised layout.
	_prefix=
	case $_variant in
	asan | tsan)
		! setarch -R true 2>/dev/null || _prefix="setarch -R" ;;
	esac
	while IFS='	' read -r kind name limit command; do
		case " $* " in
		*" $kind "*) ;;
		*) continue ;;
		esac
		# shellcheck disable=SC2086 # a command and its arguments
		run "$_variant:$kind:$name" "$limit" $_prefix $command
	done <"build/$_variant/tests/manifest"
}

parts=${*:-source headers release asan tsan install freebsd}
need check
rm -rf "$logs"
mkdir -p "$logs"
: >"$logs/results"

for part in $parts; do
	case $part in
	source)	source_part ;;
	headers) headers_part ;;
	release)
		build release &&
		    variant_tests release unit threads conformance e2e demo stress ;;
	asan)
		build asan &&
		    variant_tests asan unit threads conformance e2e demo stress \
		    fuzz ;;
	tsan)
		build tsan && variant_tests tsan threads stress ;;
	install)
		run install:outside-program 300 sh tests/install/check.sh
		run install:vm-image 300 sh tests/install/vm_image.sh ;;
	freebsd)
		run freebsd:cross-build 1200 sh scripts/freebsd.sh
		# Where PyPI is out of reach there is nothing to pack.
		! grep -qx "passed freebsd:cross-build" "$logs/results" ||
		    run freebsd:package 300 sh tests/install/package.sh ;;
	*)	die "no part $part: source headers release asan tsan install freebsd" ;;
	esac
done

awk -v seconds=$(($(date +%s) - begun)) -v logs="build/check" '
	{ count[$1]++ }
	$1 == "failed" { sub(/^failed /, ""); bad[++n] = $0 }
	END {
		for (i = 1; i <= n; i++)
			print "failed: " bad[i]
		print "took " seconds " s; output of each test in " logs
		line = count["passed"] + 0 " passed, " count["failed"] + 0 " failed"
		if (count["skipped"])
			line = line ", " count["skipped"] " skipped"
		print line
		exit (count["failed"] > 0 || count["passed"] == 0)
	}' "$logs/results"
