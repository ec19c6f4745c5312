#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# "./do vm IMAGE" against a machine that is none: a qemu-system-x86_64 of ours
# that talks as the serial console of a FreeBSD image does, takes the files off
# its second disk and runs what is typed.  Whether the tests passed, one failed,
# the kernel panicked, at the end too, or nobody answered: vm.sh must say so.

set -eu
cd "$(dirname "$0")/../.."

dir=$(mktemp -d "${TMPDIR:-/tmp}/mach-vm.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

fail()
{
	echo "$*" >&2
	cat "$dir/out" >&2
	exit 1
}

mkdir "$dir/bin" "$dir/guest" "$dir/tests"

# What the guest's commands are here.
for c in kldload kldunload poweroff; do
	printf '#!/bin/sh\necho "%s $*"\n' $c >"$dir/guest/$c"
done
printf '#!/bin/sh\necho 7\n' >"$dir/guest/sysctl"
chmod +x "$dir/guest/"*

cat >"$dir/bin/qemu-system-x86_64" <<'QEMU'
#!/bin/sh
cr=$(printf '\r')
# What is typed ends with a carriage return.
typed()
{
	line=''
	while c=$(dd bs=1 count=1 2>/dev/null) && [ "$c" != "$cr" ]; do
		line=$line$c
	done
	echo "$line"
}
# The disk that is not the image.
for a; do
	case $a in
	file=*files.tar,*)	files=${a#file=} files=${files%%,*} ;;
	esac
done
printf 'Booting...\r\nTrying to mount root from ufs:/dev/gpt/rootfs\r\n'
[ "$FAKE" != silent ] || exec cat >/dev/null
printf '\r\nFreeBSD/amd64 (freebsd) (ttyu0)\r\n\r\nlogin: '
[ "$(typed)" = root ] || exit 1
printf 'root\r\nWelcome to FreeBSD!\r\n'
[ "$FAKE" != csh ] || printf '\033[1m'
printf 'root@freebsd:~ # '
command=$(typed)
printf '%s\r\n' "$command"
# As the guest sees it.
command=$(echo "$command" | sed -e "s,/tmp/vm,$DIR/root,g" \
    -e "s,/dev/vtbd1,$files,")
PATH=$DIR/guest:$PATH sh -c "$command" 2>&1 | sed "s/\$/$cr/"
if [ "$FAKE" = panic ]; then
	printf 'Waiting (max 60 seconds)\r\npanic: a lock is held\r\n'
	exec cat >/dev/null
fi
[ "$FAKE" != hangs ] || exec cat >/dev/null
printf 'Uptime: 1m\r\n'
QEMU
chmod +x "$dir/bin/qemu-system-x86_64"

# Programs that say they are FreeBSD's, and run here.
program()
{
	echo "int main(void) { return ($2); }" >"$dir/p.c"
	${CC:-cc} -static -o "$dir/tests/$1" "$dir/p.c"
	# EI_OSABI: 9 is FreeBSD.
	printf '\011' | dd of="$dir/tests/$1" bs=1 seek=7 conv=notrunc \
	    status=none
}
program good 0
program skips 77
: >"$dir/module"
printf 'not a kernel' >"$dir/image"

# vm KIND [OPTION ...]
vm()
{
	rm -rf "$dir/root"
	kind=$1
	shift
	FAKE=$kind DIR=$dir PATH=$dir/bin:$PATH sh scripts/vm.sh "$@" \
	    -m "$dir/module" -t "$dir/tests" "$dir/image" >"$dir/out" 2>&1
}

vm passes -s 60 || fail "passes, and vm.sh says no"
grep -q "^vm: 1 passed, 0 failed" "$dir/out" || fail "not counted"
grep -q "^kldload ./mach.ko" "$dir/out" || fail "the module is not loaded"
grep -q "^kldunload mach" "$dir/out" || fail "and not unloaded"
vm csh -s 60 || fail "another prompt is not understood"
vm passes -s 60 -u good || fail "it may not power off in use"
grep -q "^vm: powering off with 7 ports" "$dir/out" || fail "not in use"
! grep -q "^kldunload" "$dir/out" || fail "unloaded, and was to stay"
if vm panic -s 60; then
	fail "a panic at the end is nothing to it"
fi
grep -q "kernel panicked" "$dir/out" || fail "the panic is not named"
if vm silent -s 3; then
	fail "nobody answered, and it is content"
fi
grep -q "no result after 3 s" "$dir/out" || fail "without the reason"
program bad 1
if vm passes -s 60; then
	fail "a failed test is nothing to it"
fi
grep -q "^vm: failed tests/bad" "$dir/out" || fail "which one is not said"
rm "$dir/tests/bad"
printf '\375\067zXZ' >"$dir/image"
if vm passes -s 3; then
	fail "an image that is compressed"
fi
grep -q "xz -d" "$dir/out" || fail "it does not say what to do"
echo "an image is booted, logged into, and judged"
