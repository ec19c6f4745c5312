#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# ./do package: from what "./do freebsd" built, one archive an architecture,
#
#	build/package/mach.ko-FreeBSD-RELEASE-ARCH.tar.gz
#
# with the module, the user side, sums and an install.sh; and the distfile of
# the FreeBSD ports in packaging/port, when this is a git work tree.

set -eu
cd "$(dirname "$0")/.."
PROG=${PROG:-package.sh}
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

out=$PWD/build/package
built=$PWD/build/freebsd
version=$(sed -n "s/^ *version : '\(.*\)',\$/\1/p" meson.build)
[ -n "$version" ] || die "meson.build names no version"

# The release of the kernel headers that the module was compiled with.
osversion=$(cat "$built/osversion" 2>/dev/null) ||
    die "there is no FreeBSD build: ./do freebsd first"
release=$((osversion / 100000)).$((osversion / 1000 % 100))

package()
{
	_arch=$1
	_machine=$2
	_name=mach.ko-FreeBSD-$release-$_arch
	_dir=$out/$_name
	rm -rf "$_dir"
	mkdir -p "$_dir"
	cp "$built/$_arch/mach.ko" packaging/release/install.sh \
	    packaging/release/mach.conf LICENSE "$_dir/"
	DESTDIR=$_dir/root meson install --no-rebuild \
	    -C "$built/$_arch/user" >"$out/$_arch.log" 2>&1 || {
		tail -n 20 "$out/$_arch.log" >&2
		die "meson could not install the user side for $_arch"
	}
	sed -e "s/@version@/$version/" -e "s/@release@/$release/" \
	    -e "s/@arch@/$_arch/" -e "s/@osversion@/$osversion/" \
	    packaging/release/README.in >"$_dir/README"
	printf '%s\n' "version=$version" "release=$release" \
	    "osversion=$osversion" "arch=$_machine" >"$_dir/release"
	(
		cd "$_dir/root"
		find . -type f | LC_ALL=C sort | while read -r _f; do
			_mode=444
			[ ! -x "$_f" ] || _mode=555
			echo "file $_mode ${_f#.}"
		done
		find . -type l | LC_ALL=C sort | while read -r _f; do
			echo "link - ${_f#.} $(readlink "$_f")"
		done
	) >"$_dir/files"
	(
		cd "$_dir"
		find . -type f ! -name SHA256SUMS | LC_ALL=C sort |
		    sed 's,^\./,,' | while read -r _f; do
			sha256sum "$_f"
		done >SHA256SUMS
	)
	# The same bytes from the same build, whoever makes it and when.
	tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner \
	    --mtime="@${SOURCE_DATE_EPOCH:-0}" -cf - "$_name" |
	    gzip -n -9 >"$out/$_name.tar.gz"
	rm -rf "$_dir"
	echo "build/package/$_name.tar.gz: $(wc -c <"$out/$_name.tar.gz") bytes"
}

rm -rf "$out"
mkdir -p "$out"
package amd64 amd64
package arm64 aarch64
if [ -e .git ] && have git; then
	git archive --prefix="mach-$version/" \
	    -o "$out/mach-$version.tar.gz" HEAD
	echo "build/package/mach-$version.tar.gz: the ports' distfile"
fi
(
	cd "$out"
	sha256sum ./*.tar.gz | sed 's,\./,,' >SHA256SUMS
)
