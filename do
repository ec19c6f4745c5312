#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The one entry point.  "./do" alone prints what it can do.  Every command
# runs from any directory, installs what it misses from Debian's packages
# when it is run as root, and keeps what it makes under build/.

set -eu
cd "$(dirname "$0")"
PROG=./do
export PROG
. scripts/lib.sh

usage()
{
	cat <<USAGE
usage: ./do COMMAND

  demo               build and watch two programs talk through launchd
  check              everything that must pass, "N passed, N failed" at the end
  build              the host build alone, in build/release
  freebsd [ARGS]     mach.ko for amd64 and arm64, and the FreeBSD user side
                     (--cross FILE: the user side through a Meson cross file)
  bench [ARGS]       benchmarks, each beside its yardstick
  stress [MINUTES]   senders, receivers and deaths with exact accounting
  install DIR        headers, libraries, programs and man pages under DIR
  fmt [--check]      apply, or check, the source style
  package            archives of what "./do freebsd" built, with an install.sh
  vm [ARGS]          the module and test programs in a FreeBSD guest under QEMU
  fuzz [NAME] [SECONDS]
                     one fuzzer, or each, for that long (60)
  long [-p] [PART ...] [SECONDS]
                     all proof machinery, each part that long (600); -p: side
                     by side; parts: sched fuzz faults asan tsan leak
  coverage           which lines of kernel/ the tests execute
  sched [MINUTES]    the controlled scheduler with fresh seeds
USAGE
}

cmd=${1:-help}
[ $# -eq 0 ] || shift

case $cmd in
build)
	need build
	build_variant release
	echo "built in build/release"
	;;
demo)
	need build
	build_variant release
	exec demo/demo.sh build/release "$@"
	;;
check)
	exec sh scripts/check.sh "$@"
	;;
freebsd)
	exec sh scripts/freebsd.sh "$@"
	;;
bench)
	need build
	build_variant release
	exec bench/bench.sh build/release "$@"
	;;
stress)
	need build
	build_variant release
	exec sh scripts/stress.sh build/release "${1:-10}"
	;;
install)
	[ $# -eq 1 ] || die "usage: ./do install DIR"
	need build
	exec sh scripts/install.sh "$1"
	;;
package)
	exec sh scripts/package.sh "$@"
	;;
fmt)
	exec sh scripts/fmt.sh "$@"
	;;
fuzz)
	need fuzz
	exec sh scripts/fuzz.sh "$@"
	;;
sched)
	need fuzz
	exec sh scripts/sched.sh "${1:-10}"
	;;
coverage)
	exec sh scripts/coverage.sh
	;;
long)
	exec sh scripts/long.sh "$@"
	;;
vm)
	exec sh scripts/vm.sh "$@"
	;;
help | -h | --help)
	usage
	;;
*)
	usage >&2
	exit 2
	;;
esac
