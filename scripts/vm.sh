#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Runs mach.ko and test programs on a FreeBSD kernel in QEMU.
#
#	vm.sh [OPTIONS] -c "CC" -t DIR KERNEL
#	vm.sh [OPTIONS] -t DIR IMAGE
#		OPTIONS: [-b] [-u PROGRAM] [-m mach.ko] [-s SECONDS] [-p CPUS]
#			 [-a ACCEL]
#
# KERNEL	an amd64 kernel file with md(4) and UFS, started by GRUB with a
#		memory disk that holds nothing but an init (scripts/vm/init.c),
#		the module and the test programs, which must be static.  CC is
#		a command that makes static FreeBSD programs.
# IMAGE		a disk image (raw or qcow2) of a FreeBSD release with a serial
#		console and a root account without password, such as the
#		project's BASIC-CI images.  It is not changed.
# -t DIR	every program in DIR is one test: exit status 0 passes, 77 skips
# -b		with a KERNEL: the module is loaded with it, before init, as by
#		loader.conf(5); the tests run, it is unloaded, loaded anew, and
#		they run again
# -u PROGRAM	of DIR: at the end the machine is powered off while it runs and
#		uses Mach, instead of unloading the module first
# -m		default: build/freebsd/amd64/mach.ko
# -s		for the whole run, default 600; an emulated machine that boots
#		an image may need more
# -a		QEMU's accelerator, default tcg: right everywhere, if slow
#
# The console goes to standard output and to build/vm/console.  Exit status 0:
# all passed and the module could be unloaded.

set -eu
PROG=${PROG:-vm.sh}

usage()
{
	sed -n '7,11p' "$self" | sed 's/^#//' >&2
	exit 2
}

self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
here=$(pwd)
module=''
cc=''
tests=''
limit=600
cpus=2
accel=tcg,thread=multi
boots=no
inuse=''
while getopts a:bm:c:t:s:p:u: opt; do
	case $opt in
	b)	boots=yes ;;
	u)	inuse=$OPTARG ;;
	a)	accel=$OPTARG ;;
	m)	module=$OPTARG ;;
	c)	cc=$OPTARG ;;
	t)	tests=$OPTARG ;;
	s)	limit=$OPTARG ;;
	p)	cpus=$OPTARG ;;
	*)	usage ;;
	esac
done
shift $((OPTIND - 1))
if [ $# -ne 1 ] || [ -z "$tests" ]; then
	usage
fi

cd "$(dirname "$self")/.."
root=$(pwd)
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/vm/grub.sh
. scripts/vm/grub.sh

# absolute PATH: relative to where we were called.
absolute()
{
	case $1 in
	/*)	echo "$1" ;;
	*)	echo "$here/$1" ;;
	esac
}

boot=$(absolute "$1")
tests=$(absolute "$tests")
if [ -n "$module" ]; then
	module=$(absolute "$module")
else
	module=$root/build/freebsd/amd64/mach.ko
fi
[ -r "$boot" ] || die "cannot read $boot"
[ -r "$module" ] || die "cannot read $module (./do freebsd makes one)"
[ -d "$tests" ] || die "$tests is no directory"
[ -z "$inuse" ] || [ -x "$tests/$inuse" ] || die "no program $tests/$inuse"
have qemu-system-x86_64 || install_packages qemu-system-x86
work=$root/build/vm
rm -rf "$work"
mkdir -p "$work"

# Programs of DIR, not the scripts and objects beside them.
copy_tests()
{
	mkdir -p "$1"
	find "$tests" -type f -perm -100 | while read -r _f; do
		if readelf -hnW "$_f" 2>/dev/null | grep -q FreeBSD; then
			cp "$_f" "$1/"
		fi
	done
	[ -n "$(ls "$1")" ] || die "no FreeBSD programs in $tests"
}

kernel_disk()
{
	[ -n "$cc" ] || die "a kernel needs -c: how to compile for FreeBSD"
	grub_tools
	mkdir -p "$work/root/sbin" "$work/root/dev" "$work/root/tmp" \
	    "$work/iso"
	# shellcheck disable=SC2086 # a command and its options
	$cc -O2 -o "$work/root/sbin/init" "$root/scripts/vm/init.c" ||
	    die "cannot compile the guest's init"
	cp "$module" "$work/root/mach.ko"
	copy_tests "$work/root/tests"
	makefs -t ffs -B le -o version=2 -b 20% -f 500 "$work/iso/root.ufs" \
	    "$work/root" >"$work/makefs.log" || die "makefs failed"
	cp "$boot" "$work/iso/kernel"
	grub_image
	_preload=''
	if [ "$boots" = yes ]; then
		cp "$module" "$work/iso/mach.ko"
		_preload='kfreebsd_module_elf /mach.ko'
	fi
	cat >"$work/iso/grub.cfg" <<GRUB
kfreebsd /kernel -h
$_preload
kfreebsd_module /root.ufs type=mfs_root
set kFreeBSD.kern.vm_inuse=$inuse
set kFreeBSD.vfs.root.mountfrom=ufs:/dev/md0
set kFreeBSD.vfs.root.mountfrom.options=rw
set kFreeBSD.console=comconsole
set kFreeBSD.hw.uart.console=io:0x3f8,br:115200
set kFreeBSD.init_path=/sbin/init
boot
GRUB
	grub_iso "$work/boot.iso"
}

# The image gets the files as a tar archive on a second disk, and the commands
# through its serial console.
image_disk()
{
	mkdir -p "$work/files"
	cp "$module" "$work/files/mach.ko"
	copy_tests "$work/files/tests"
	cat >"$work/files/run.sh" <<'GUEST'
n=0 bad=0
kldload ./mach.ko || bad=1
for t in tests/*; do
	timeout 120 "$t"
	case $? in
	0)	echo "vm: passed $t"; n=$((n + 1)) ;;
	77)	echo "vm: skipped $t" ;;
	*)	echo "vm: failed $t"; bad=$((bad + 1)) ;;
	esac
done
if [ -n "$1" ]; then
	"tests/$1" >/dev/null 2>&1 &
	i=0
	until [ "$(sysctl -n kern.mach.count.ports)" -gt 0 ]; do
		i=$((i + 1))
		[ $i -lt 60 ] || { echo "vm: $1 uses no Mach"; bad=1; break; }
		sleep 1
	done
	echo "vm: powering off with $(sysctl -n kern.mach.count.ports) ports"
else
	kldunload mach || bad=$((bad + 1))
fi
echo "vm: $n passed, $bad failed"
sync
poweroff
GUEST
	tar -C "$work/files" -cf "$work/files.tar" .
	truncate -s %1048576 "$work/files.tar"
}

said()
{
	grep -a -q -E "$1" "$work/console"
}

# wait_for PATTERN: until the console said it; fails when the machine is gone.
wait_for()
{
	until said "$1"; do
		kill -0 "$qemu" 2>/dev/null || return 1
		[ "$(date +%s)" -lt "$end" ] || return 1
		sleep 1
	done
}

image_commands()
{
	exec 3>"$work/in"
	wait_for 'login:' || return 0
	printf 'root\r' >&3
	wait_for 'root@[^ ]*:.*[#]|^# ' || return 0
	printf 'mkdir /tmp/vm && cd /tmp/vm && tar -xf /dev/vtbd1 && sh run.sh %s\r' "$inuse" >&3
}

cpu=max
# Not every host lets this one through.
[ "$accel" != kvm ] || cpu=host,-arch-capabilities
mkfifo "$work/in"
case $(od -An -c -N 4 "$boot" | tr -d ' ') in
177ELF)
	kernel_disk
	set -- -cdrom "$work/boot.iso" ;;
3757*)
	die "decompress $boot first: xz -d" ;;
*)
	[ "$boots" = no ] || die "-b is for a kernel"
	image_disk
	_format=raw
	[ "$(head -c 3 "$boot")" = QFI ] && _format=qcow2
	set -- -snapshot \
	    -drive "file=$boot,format=$_format,if=virtio" \
	    -drive "file=$work/files.tar,format=raw,if=virtio" ;;
esac

: >"$work/console"
# Both ends of the pipe stay open, so that nobody waits for the other.
exec 4<>"$work/in"
qemu-system-x86_64 -accel "$accel" -smp "$cpus" -m 1024 -cpu "$cpu" \
    -display none -monitor none -no-reboot -net none \
    -chardev "stdio,id=con,signal=off" -serial chardev:con "$@" \
    <&4 >"$work/console" 2>"$work/qemu.log" &
qemu=$!
trap 'kill $qemu 2>/dev/null || :' EXIT
trap 'exit 1' HUP INT TERM
end=$(($(date +%s) + limit))
tail -n +1 -f --pid=$qemu "$work/console" &
case $* in
*files.tar*)	image_commands ;;
esac
wait_for '^vm: [0-9]+ passed, |^panic: |^Fatal trap' || :
# Until it is off: a shutdown that panics is a failure, too.
off=yes
if said '^vm: [0-9]+ passed, '; then
	end=$(($(date +%s) + 120))
	wait_for '^panic: |^Fatal trap' && sleep 1
fi
if kill -0 $qemu 2>/dev/null; then
	off=no
fi
kill $qemu 2>/dev/null || :
wait 2>/dev/null || :
trap - EXIT

said '^panic: |^Fatal trap' && die "the guest's kernel panicked"
said '^vm: [0-9]+ passed, ' || die "no result after $limit s; build/vm/console"
said '^vm: [1-9][0-9]* passed, 0 failed' || exit 1
[ $off = yes ] || die "the guest does not power off"
