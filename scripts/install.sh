#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# ./do install DIR: the host build's headers, libraries, programs and manual
# pages, with a pkg-config file that points into DIR.

set -eu
. scripts/lib.sh

case $1 in
/*)	dir=$1 ;;
*)	dir=$PWD/$1 ;;
esac
mkdir -p "$dir" || die "cannot make $dir"
need build
# The prefix is part of the build (the pkg-config file, the library path of
# the programs), so installing has a build directory of its own.
rm -rf build/install
variant_options release
# shellcheck disable=SC2086
meson setup build/install $_opts -Dtests=false --prefix="$dir" --libdir=lib \
    >build/install.setup 2>&1 || {
	tail -n 20 build/install.setup >&2
	die "meson could not set up build/install"
}
meson install -C build/install >build/install.log 2>&1 || {
	tail -n 20 build/install.log >&2
	die "the install build failed; see build/install.log"
}
echo "installed under $dir; to compile against it:"
echo "  export PKG_CONFIG_PATH=$dir/lib/pkgconfig"
echo "  cc prog.c \$(pkg-config --cflags --libs mach) -Wl,-rpath,$dir/lib"
