#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# ./do package, and what its install.sh promises, into an empty directory: all
# files arrive; a second run changes nothing; what was changed is put back; -n
# does nothing; a damaged archive touches nothing; -u leaves nothing; without
# -d another machine is refused.  And the ports' plists name what there is.

set -eu
cd "$(dirname "$0")/../.."
root=$PWD

dir=$(mktemp -d "${TMPDIR:-/tmp}/mach-package.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

fail()
{
	echo "$*" >&2
	exit 1
}

# What the user side installs below the prefix, as a plist.
plist()
{
	sed -n -e 's,^file [0-9]* /usr/local/,,p' \
	    -e 's,^link - /usr/local/\([^ ]*\) .*,\1,p' files |
	    sed 's,^\(share/man/.*\)$,\1.gz,' | LC_ALL=C sort
}
want=$root/packaging/port/mach/pkg-plist

./do package
for arch in amd64 arm64; do
	tar -C "$dir" -xzf build/package/mach.ko-FreeBSD-*-"$arch".tar.gz ||
	    fail "no archive for $arch"
done
(cd build/package && sha256sum -c --quiet SHA256SUMS) || fail "wrong sums"

cd "$dir"/mach.ko-FreeBSD-*-amd64
if [ "${1-}" = --plist ]; then
	plist >"$want"
	exit 0
fi
to=$dir/to

sh ./install.sh -n -d "$to" >"$dir/out"
[ ! -e "$to" ] || fail "-n did something"
sh ./install.sh -b -d "$to" >"$dir/out"
cmp mach.ko "$to/boot/modules/mach.ko"
grep -qx 'mach_load="YES"' "$to/boot/loader.conf.d/mach.conf"
for f in lib/libmach.a lib/libmach.so bin/mig sbin/launchd \
    include/mach-ko/mach/mach.h; do
	[ -e "$to/usr/local/$f" ] || fail "no $f"
done
sh ./install.sh -b -d "$to" >"$dir/out"
[ "$(cat "$dir/out")" = "nothing to change" ] || fail "it changed again"

# One file changed by hand: that one, and no other, is put back.
chmod u+w "$to/usr/local/sbin/launchd"
echo x >>"$to/usr/local/sbin/launchd"
sh ./install.sh -d "$to" >"$dir/out"
grep -qx "replaced $to/usr/local/sbin/launchd" "$dir/out" ||
    fail "a changed file stays"
[ "$(grep -c replaced "$dir/out")" -eq 1 ] || fail "too much replaced"
cmp root/usr/local/sbin/launchd "$to/usr/local/sbin/launchd"

# A machine of another kind.
if [ "$(uname -s)" != FreeBSD ]; then
	if sh ./install.sh -n >"$dir/out" 2>&1; then
		fail "installed on a machine that is not FreeBSD"
	fi
	grep -q "not FreeBSD" "$dir/out" || fail "without the reason"
fi

# A damaged archive: said, and nothing done.
cp -R . "$dir/damaged"
echo x >>"$dir/damaged/mach.ko"
if sh "$dir/damaged/install.sh" -d "$dir/to2" >"$dir/out" 2>&1; then
	fail "a damaged module was installed"
fi
grep -q "mach.ko is damaged" "$dir/out" || fail "the damage is not named"
[ ! -e "$dir/to2" ] || fail "a damaged archive was half installed"

sh ./install.sh -u -d "$to" >"$dir/out"
find "$to" ! -type d >"$dir/left"
[ ! -s "$dir/left" ] || fail "left behind: $(cat "$dir/left")"
sh ./install.sh -u -d "$to" >"$dir/out"
[ "$(cat "$dir/out")" = "nothing to change" ] || fail "removed twice"

plist >"$dir/plist"
diff "$want" "$dir/plist" ||
    fail "packaging/port/mach/pkg-plist is not what is installed:" \
    "sh tests/install/package.sh --plist writes it anew"
echo "the archives install, repair and go"
