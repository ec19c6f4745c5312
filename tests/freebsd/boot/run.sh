#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Boots a FreeBSD kernel with launchd as process 1, once for each scenario, in
# QEMU: TAP.
#
#	run.sh [OPTIONS] KERNEL ROOT BUILD [SCENARIO ...]
#		OPTIONS: [-m mach.ko] [-n ROUNDS] [-s SECONDS] [-v]
#
# KERNEL	an amd64 kernel file with md(4) and UFS
# ROOT		a directory with the programs of a system's root: sh, ps, kill,
#		mount, shutdown, reboot, ...; it is copied
# BUILD		Meson's directory of a static build for FreeBSD
# SCENARIO	see below; default: all
# -m		default: build/freebsd/amd64/mach.ko
# -n		each scenario so often
# -s		for one boot, default 180
# -v		the consoles go to standard output as well
#
# A scenario is a name that the guest finds in its kernel's environment
# (launchd_test): boot.sh, rc.sh and single.sh say what it does there.  Here is
# what it must say on the console, in this order, and how it must end: "off" the
# machine ends by itself, "halt" it says that it has halted.

set -eu
PROG=boot

usage()
{
	sed -n '9,10p' "$self" | sed 's/^#//' >&2
	exit 2
}

self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
here=$(dirname "$self")
module=
rounds=1
seconds=180
verbose=
while getopts m:n:s:v opt; do
	case $opt in
	m)	module=$(realpath "$OPTARG") ;;
	n)	rounds=$OPTARG ;;
	s)	seconds=$OPTARG ;;
	v)	verbose=1 ;;
	*)	usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -ge 3 ] || usage
kernel=$(realpath "$1")
system=$(realpath "$2")
build=$(realpath "$3")
shift 3
cd "$here/../../.."
# shellcheck source=scripts/lib.sh
. scripts/lib.sh
# shellcheck source=scripts/vm/grub.sh
. scripts/vm/grub.sh
module=${module:-$PWD/build/freebsd/amd64/mach.ko}

# scenario NAME: its variables of the kernel's environment, what must be said,
# and the end.
scenario()
{
	flags='' env='' wanted="started in multi-user
all well" preload=1
	init=/launchd-test/launchd
	end=off
	case $1 in
	# launchctl, and signals as of init(8).
	poweroff|shutdown-p|usr2|halt-p)
		;;
	reboot|shutdown-r|int|reboot8)
		;;
	halt|shutdown-h|usr1)
		end=halt ;;
	# rc(8) as a job: it fails once, a single user mends it.
	rc)
		env="launchd_rc=/launchd-test/rc.sh" wanted="rc: autoboot
rc: console
rc: class
rc: nobody else
started in multi-user
all well
tty: hung up
tty: begun on v1
shutdown: reboot
final" ;;
	rc-fails)
		env="launchd_rc=/launchd-test/rc.sh
init_shell=/launchd-test/single.sh" wanted="rc: autoboot
rc: fails
single: console
single: no jobs
rc: fast
started in multi-user
all well
shutdown: reboot" ;;
	rc-killed)
		env="launchd_rc=/launchd-test/rc.sh
init_shell=/launchd-test/single.sh" wanted="rc: killed
single: console
rc: fast
all well" ;;
	# rc(8) that restarts the machine; nobody gets a shell.
	rc-reboots)
		env="launchd_rc=/launchd-test/rc.sh
init_shell=/launchd-test/single.sh" wanted="rc: reboots" ;;
	# The loader's -s, the end by a signal while one user is there.
	single)
		flags=-s env="launchd_rc=/launchd-test/rc.sh
init_shell=/launchd-test/single.sh" wanted="single: console
rc: fast
started in multi-user
all well" ;;
	single-int)
		flags=-s env="init_shell=/launchd-test/single.sh" \
		    wanted="single: restarts" ;;
	single-killed)
		flags=-s env="init_shell=/launchd-test/single.sh" \
		    wanted="single: killed
single: console
started in multi-user
all well" ;;
	# Down to one user and up again.
	term|launchctl-single)
		env="launchd_rc=/launchd-test/rc.sh
init_shell=/launchd-test/single.sh" wanted="started in multi-user
all well
shutdown: single
single: console
single: no jobs
single: nothing of Mach is left
rc: fast
started in multi-user
all well" ;;
	# A console that is not secure, and root has a password.
	login)
		env="init_shell=/launchd-test/single.sh" wanted="all well
login: root
started in multi-user
all well" ;;
	# By hand, on the console.
	typed)
		flags=-s wanted="typed on /dev/console
started in multi-user
all well" ;;
	read-only)
		env="vfs.root.mountfrom.options=ro" ;;
	# Short of processes and descriptors; another image of launchd.
	starved)
		wanted="ok - a job that forks for ever
ok - no descriptors
all well" ;;
	reexec)
		env="launchd_rc=/launchd-test/rc.sh" \
		    wanted="ok - executed anew
ok - and serves
all well
shutdown: reboot" ;;
	# Another root, by way of launchd itself or of the base system's init.
	reroot|reroot-base)
		env="launchd_rc=/launchd-test/rc.sh" wanted="rc: autoboot
all well
shutdown: single
rc: autoboot
started in multi-user
second root
all well
shutdown: reboot" ;;
	# Each Mach call of process 1's failing once: those that it makes as it
	# serves, in one boot; that of this number of a boot.
	faults)
		init=/launchd-test/failing.sh wanted="each call fails once
all well" ;;
	fails-[0-9]*)
		init=/launchd-test/failing.sh wanted=" fails
all well" ;;
	# Without the module in memory; without any.
	kldload)
		preload= ;;
	no-module)
		preload='' wanted="the base system's init" ;;
	*)
		die "$1: no such scenario" ;;
	esac
}

all="poweroff halt reboot usr1 usr2 int shutdown-p shutdown-h shutdown-r
reboot8 halt-p rc rc-fails rc-killed rc-reboots single single-int single-killed
term launchctl-single login typed read-only starved
reexec reroot reroot-base faults fails-1 fails-7 fails-21 kldload no-module"
[ $# -gt 0 ] || {
	# shellcheck disable=SC2086
	set -- $all
}

work=$(mktemp -d "${TMPDIR:-/tmp}/boot.XXXX""XX")
qemu=
trap '[ -z "$qemu" ] || kill $qemu 2>/dev/null || :; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# image FILE: of the root.
image()
{
	makefs -t ffs -B le -o version=2 -b 20% -f 500 "$work/iso/$1" "$_r" \
	    >"$work/makefs.log" || die "makefs failed"
}

# disk NAME: what differs from scenario to scenario is little.
disk()
{
	rm -rf "$work/root"
	cp -a "$system" "$work/root"
	_r=$work/root
	mkdir -p "$_r/launchd-test" "$_r/etc/launchd.d" "$_r/boot/kernel" \
	    "$_r/usr/bin" "$_r/sbin" "$_r/state"
	cp "$build/cmd/launchd/launchd" "$build/cmd/launchctl/launchctl" \
	    "$build/tests/freebsd/ltool" "$build/tests/freebsd/dtool" \
	    "$build/tests/freebsd/busy" \
	    "$here"/*.sh "$_r/launchd-test/"
	cp "$here"/*.plist "$_r/etc/launchd.d/"
	cp -r "$here/more" "$_r/launchd-test/"
	mkdir "$_r/launchd-test/failing"
	cp "$build/tests/freebsd/launchd_failing" \
	    "$_r/launchd-test/failing/launchd"
	chmod 755 "$_r/launchd-test/failing.sh"
	chmod -R go-w "$_r/etc/launchd.d" "$_r/launchd-test/more"
	cp "$here/passwd" "$_r/etc/master.passwd"
	cp "$here/ttys" "$here/login.conf" "$_r/etc/"
	cp "$here/rc.shutdown" "$here/rc.final" "$_r/etc/"
	cat >"$_r/sbin/init" <<'INIT'
#!/bin/sh
echo "the base system's init" >/dev/console
exec reboot -qp
INIT
	chmod 755 "$_r/sbin/init"
	case $1 in
	reroot-base)
		cp "$build/cmd/launchd/launchd" "$_r/sbin/init" ;;
	kldload)
		llvm-strip --strip-debug "$module" \
		    -o "$_r/boot/kernel/mach.ko" ;;
	login)
		sed '/^console/s/ secure//' "$here/ttys" >"$_r/etc/ttys"
		cat >"$_r/usr/bin/login" <<'LOGIN'
#!/bin/sh
echo "login: $1"
: >/state/single
LOGIN
		chmod 755 "$_r/usr/bin/login" ;;
	esac
	image root.ufs
	rm -f "$work/iso/second.ufs"
	case $1 in
	reroot*)
		: >"$_r/second"
		image second.ufs ;;
	esac
	{
		echo "kfreebsd /kernel -h $flags"
		[ -z "$preload" ] || echo "kfreebsd_module_elf /mach.ko"
		echo "kfreebsd_module /root.ufs type=mfs_root"
		[ ! -e "$work/iso/second.ufs" ] ||
		    echo "kfreebsd_module /second.ufs type=md_image"
		printf '%s\n' vfs.root.mountfrom=ufs:/dev/md0 \
		    vfs.root.mountfrom.options=rw console=comconsole \
		    hw.uart.console=io:0x3f8,br:115200 \
		    "init_path=$init" "launchd_test=$1" "$env" |
		    sed -n 's/^./set kFreeBSD.&/p'
		echo boot
	} >"$work/iso/grub.cfg"
	grub_iso "$work/boot.iso"
}

said()
{
	tr -d '\r' <"$work/console" | grep -a -q -E "$1"
}

# wait_for PATTERN: until the console said it.  Fails when the machine or the
# time has ended.
wait_for()
{
	until said "$1"; do
		kill -0 "$qemu" 2>/dev/null || return 1
		[ "$(date +%s)" -lt "$limit" ] || return 1
		sleep 0.2
	done
}

# What must be said, in this order; prints the first that is missing.
in_order()
{
	printf '%s\n' "$wanted" >"$work/wanted"
	tr -d '\r' <"$work/console" | awk -v file="$work/wanted" '
	    BEGIN { more = (getline line <file) > 0 }
	    more && index($0, line) { more = (getline line <file) > 0 }
	    END { if (more) { print line; exit 1 } }'
}

# Reports of the kernel, but for those of FreeBSD 12 about its own file systems'
# lock order.
complaints()
{
	tr -d '\r' <"$work/console" | awk '
	    /^lock order reversal/ { report = 1; next }
	    report && /^ *(1st|2nd|3rd) / {
		if ($0 !~ /\/(kern\/vfs_|ufs\/|fs\/)/) print
		next }
	    { report = 0 }
	    /^panic|^Fatal trap|acquiring duplicate lock/ { print }
	    /non-sleepable locks|leaked memory on destroy/ { print }
	    /was not empty|^not ok/ { print }' | head -n 3
}

# type_in: an answer to each prompt of the console.
type_in()
{
	wait_for '^# ' || return 0
	printf 'echo typed on /dev/con""sole; tty; exit\r' >&4
}

boot()
{
	scenario "$1"
	disk "$1"
	: >"$work/console"
	rm -f "$work/in"
	mkfifo "$work/in"
	# Both ends of the pipe stay open, so that nobody waits for the other.
	exec 4<>"$work/in"
	limit=$(($(date +%s) + seconds))
	qemu-system-x86_64 -accel tcg,thread=multi -smp 2 -m 1024 -cpu max \
	    -display none -monitor none -no-reboot -net none \
	    -chardev "stdio,id=con,signal=off" -serial chardev:con \
	    -cdrom "$work/boot.iso" <&4 >"$work/console" 2>"$work/qemu.log" &
	qemu=$!
	[ "$1" != typed ] || type_in
	how=hung
	if wait_for '^The operating system has halted|^panic: |^Fatal trap' ||
	    ! kill -0 $qemu 2>/dev/null; then
		how=off
		! said '^The operating system has halted' || how=halt
	fi
	kill $qemu 2>/dev/null || :
	wait $qemu 2>/dev/null || :
	qemu=
	why=$(complaints)
	[ -n "$why" ] || why=$(in_order) || why="not said: $why"
	[ "$how" = "$end" ] || why="$how, not $end${why:+; $why}"
}

grub_tools
have qemu-system-x86_64 || install_packages qemu-system-x86
mkdir -p "$work/iso"
grub_image
cp "$kernel" "$work/iso/kernel"
llvm-strip --strip-debug "$module" -o "$work/iso/mach.ko"
count=0 failed=0
echo "1..$(($# * rounds))"
while [ "$rounds" -gt 0 ]; do
	rounds=$((rounds - 1))
	for name; do
		begun=$(date +%s)
		boot "$name"
		count=$((count + 1))
		[ -z "$verbose" ] || tr -d '\r' <"$work/console"
		if [ -z "$why" ]; then
			echo "ok $count - $name # $(($(date +%s) - begun)) s"
			continue
		fi
		failed=$((failed + 1))
		echo "not ok $count - $name"
		echo "$why" | sed 's/^/# /'
		[ -n "$verbose" ] ||
		    tail -n 60 "$work/console" | tr -d '\r' | sed 's/^/# /'
	done
done
[ $failed -eq 0 ]
