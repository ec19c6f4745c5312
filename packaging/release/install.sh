#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Installs this release of mach.ko on the FreeBSD machine it was built for.
# See README.  Says each thing that it changes, and changes nothing that is as
# it should be: it may be run again at any time.

set -eu
here=$(cd "$(dirname "$0")" && pwd)

usage()
{
	cat >&2 <<USAGE
usage: install.sh [-bkn] [-d DIR]
       install.sh -u [-d DIR]
	-b	load mach.ko at every boot, too
	-d	install below DIR, for another machine
	-k	the kernel module alone
	-n	say what would be done, and do nothing
	-u	uninstall
USAGE
	exit 2
}

die()
{
	echo "install.sh: $*" >&2
	exit 1
}

boot=no dest='' module_only=no dry=no uninstall=no
while getopts bd:knu opt; do
	case $opt in
	b)	boot=yes ;;
	d)	dest=$OPTARG ;;
	k)	module_only=yes ;;
	n)	dry=yes ;;
	u)	uninstall=yes ;;
	*)	usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || usage

# From the file "release": what the module was built for.
osversion='' arch='' release=''
while IFS='=' read -r key value; do
	case $key in
	osversion)	osversion=$value ;;
	arch)		arch=$value ;;
	release)	release=$value ;;
	esac
done <"$here/release"
[ -n "$osversion" ] && [ -n "$arch" ] && [ -n "$release" ] ||
    die "the file \"release\" is damaged"

sum()
{
	if command -v sha256 >/dev/null 2>&1; then
		sha256 -q "$1"
	else
		sha256sum "$1" | cut -d ' ' -f 1
	fi
}

# Nothing is touched before everything is known to be whole.
verify()
{
	while read -r want file; do
		[ -f "$here/$file" ] || die "$file is missing"
		[ "$(sum "$here/$file")" = "$want" ] ||
		    die "$file is damaged: its SHA-256 sum is wrong"
	done <"$here/SHA256SUMS"
}

# A module belongs to one major release and architecture.
fits()
{
	[ -z "$dest" ] || return 0
	[ "$(uname -s)" = FreeBSD ] || die "this is not FreeBSD"
	have=$(sysctl -n kern.osreldate)
	[ "$((have / 100000))" = "$((osversion / 100000))" ] ||
	    die "built for FreeBSD $release, but this is $(uname -r)"
	have=$(sysctl -n hw.machine_arch)
	[ "$have" = "$arch" ] || die "built for $arch, but this is $have"
	[ "$(id -u)" = 0 ] || [ "$dry" = yes ] || die "needs root"
}

changes=0
say()
{
	changes=$((changes + 1))
	if [ "$dry" = yes ]; then
		echo "would have: $*"
	else
		echo "$*"
	fi
}

# place FROM TO MODE: a whole file or none, also for who reads it meanwhile.
place()
{
	if [ -f "$dest$2" ] && cmp -s "$1" "$dest$2"; then
		return 0
	fi
	if [ -e "$dest$2" ]; then
		say "replaced $dest$2"
	else
		say "installed $dest$2"
	fi
	[ "$dry" = no ] || return 0
	mkdir -p "$(dirname "$dest$2")"
	cp "$1" "$dest$2.new"
	chmod "$3" "$dest$2.new"
	mv -f "$dest$2.new" "$dest$2"
}

# link TARGET NAME
link()
{
	if [ -L "$dest$2" ] && [ "$(readlink "$dest$2")" = "$1" ]; then
		return 0
	fi
	say "linked $dest$2 to $1"
	[ "$dry" = no ] || return 0
	mkdir -p "$(dirname "$dest$2")"
	ln -sf "$1" "$dest$2"
}

remove()
{
	if [ ! -e "$dest$1" ] && [ ! -L "$dest$1" ]; then
		return 0
	fi
	say "removed $dest$1"
	[ "$dry" = yes ] || rm -f "$dest$1"
}

conf=/boot/loader.conf.d/mach.conf

install_all()
{
	place "$here/mach.ko" /boot/modules/mach.ko 555
	if [ "$boot" = yes ]; then
		place "$here/mach.conf" "$conf" 644
	fi
	[ "$module_only" = no ] || return 0
	while read -r kind mode file target; do
		case $kind in
		file)	place "$here/root$file" "$file" "$mode" ;;
		link)	link "$target" "$file" ;;
		*)	die "the file \"files\" is damaged" ;;
		esac
	done <"$here/files"
}

uninstall_all()
{
	remove "$conf"
	remove /boot/modules/mach.ko
	while read -r _ _ file _; do
		remove "$file"
	done <"$here/files"
}

verify
fits
if [ "$uninstall" = yes ]; then
	uninstall_all
else
	install_all
fi
if [ "$changes" -eq 0 ]; then
	echo "nothing to change"
	exit 0
fi
if [ "$dry" = no ] && [ -z "$dest" ] && [ -x /usr/sbin/kldxref ]; then
	kldxref /boot/modules
fi
if [ "$uninstall" = no ] && [ "$dry" = no ]; then
	echo "to load it now: kldload mach"
fi
