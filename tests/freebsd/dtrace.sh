#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The provider mach with DTrace itself: TAP.  As root, with mach.ko and a
# kernel that has DTrace; skipped with the reason otherwise.
#
# The program traced and the page dtrace_mach.4 stand beside it.
#
# Buffers of several processors are not in order, so the programs in D count,
# and compare within themselves what belongs together.

# $target is DTrace's.
# shellcheck disable=SC2016
set -u

here=$(dirname "$0")
traced=$here/traced
manual=$here/dtrace_mach.4
skip()
{
	echo "1..0 # SKIP $*"
	exit 0
}
command -v dtrace >/dev/null || skip "there is no dtrace(1)"
[ "$(id -u)" -eq 0 ] || skip "DTrace is for the superuser"

dir=$(mktemp -d "${TMPDIR:-/tmp}/dtrace-test.XXXX""XX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
dtrace -l -P dtrace >"$dir/out" 2>&1 ||
    skip "DTrace does not start: $(tail -n 1 "$dir/out")"
count=0 failed=0

ok()
{
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		failed=$((failed + 1))
		echo "not ok $count - $2"
		sed 's/^/# /' "$dir/out" | head -n 60
	fi
}

# trace PROGRAM: its lines while "traced ipc" runs, sorted, in $dir/out.
# Programs that are linked statically can be waited for only where they begin.
trace()
{
	rm -f "$dir/trace"
	dtrace -q -x evaltime=exec -o "$dir/trace" -c "$traced ipc" -n "$1" \
	    >"$dir/out" 2>&1 || return 1
	sed -e '/^ *$/d' "$dir/trace" | sort >"$dir/out"
}

# The lines on standard input, and no other.
expect()
{
	sort >"$dir/expected"
	cmp -s "$dir/expected" "$dir/out" && return 0
	{
		echo "expected:"
		cat "$dir/expected"
	} >>"$dir/out"
	return 1
}

echo 1..6

dtrace -lv -P mach >"$dir/out" 2>&1 && {
	bad=0
	for p in trap-entry trap-return send receive port-create port-destroy \
	    notify; do
		grep -q "mach *mach .*none $p\$" "$dir/out" || bad=1
	done
	[ "$(grep -c 'mach *trap .* entry$' "$dir/out")" -ge 40 ] || bad=1
	! grep -q unknown "$dir/out" || bad=1
	[ $bad -eq 0 ]
}
ok $? "all probes are there, and DTrace knows the types of their arguments"

# What libmach does by itself is not the test's.
trace '
mach:::trap-entry /pid == $target/ {
    @in[stringof(args[1]), args[0]] = count(); }
mach:::trap-return /pid == $target/ {
    @out[stringof(args[1]), args[0]] = count(); }
mach:::trap-return /pid == $target && args[3] != 0/ {
    @bad[stringof(args[1]), args[2]] = count(); }
mach:trap:mach_msg_trap:entry /pid == $target/ { @own = count(); }
END { printa("in %s %d %@d\n", @in); printa("out %s %d %@d\n", @out);
    printa("bad %s %#x %@d\n", @bad); printa("own %@d\n", @own); }' && {
	grep -E 'bad|mach_msg_trap|port_(de)?allocate|mod_refs|^own' \
	    "$dir/out" >"$dir/ours"
	cat "$dir/ours" >"$dir/out"
	expect <<'END'
bad _kernelrpc_mach_port_deallocate_trap 0xf 2
bad mach_msg_trap 0x10000004 1
bad mach_msg_trap 0x10004003 1
in _kernelrpc_mach_port_allocate_trap 16 2
in _kernelrpc_mach_port_deallocate_trap 18 2
in _kernelrpc_mach_port_mod_refs_trap 19 1
in mach_msg_trap 31 10
out _kernelrpc_mach_port_allocate_trap 16 2
out _kernelrpc_mach_port_deallocate_trap 18 2
out _kernelrpc_mach_port_mod_refs_trap 19 1
out mach_msg_trap 31 10
own 10
END
}
ok $? "traps by number and name, and what they return"

trace '
mach:::send /pid == $target && args[1] / 1000 == 7/ {
    @sent[args[1], args[2]] = count(); to[arg3] = arg0; }
mach:::receive /pid == $target && to[arg3] != 0 && to[arg3] == arg0/ {
    @received[args[1], args[2], args[4]] = count(); }
mach:::receive /pid == $target && arg3 == 0/ {
    @none[args[4], args[2]] = count(); }
END { printa("sent %d of %d: %@d\n", @sent);
    printa("received %d of %d, %#x: %@d\n", @received);
    printa("none, %#x, %d: %@d\n", @none); }' &&
expect <<'END'
none, 0x10004003, 0: 1
received 7001 of 64, 0: 3
received 7002 of 224, 0: 1
sent 7001 of 64: 3
sent 7002 of 224: 1
END
ok $? "messages by id and size; a message and its port are the same at both ends"

trace '
mach:::port-create /pid == $target/ { made[arg0] = 1; }
mach:::send /pid == $target && args[1] == 7001/ { used[arg0] = made[arg0]; }
mach:::port-destroy /pid == $target && used[arg0]/ { @gone = count(); }
mach:::notify /pid == $target && args[1] == 72/ {
    @told[args[1]] = count(); whom = arg0; }
mach:::send /pid == $target && args[1] == 72 && arg0 == whom/ {
    @sent[args[1]] = count(); }
END { printa("gone %@d\n", @gone); printa("told %d: %@d\n", @told);
    printa("sent %d: %@d\n", @sent); }' &&
expect <<'END'
gone 1
sent 72: 1
told 72: 1
END
ok $? "a port from its making to its end, and who is told"

# Each block of the page is a command, to which the program is added.
examples()
{
	sed -n '/^\.Bd/,/^\.Ed/p' "$manual" | sed -e 's/\\e/\\/g' >"$dir/page"
	n=0
	while read -r line; do
		case $line in
		.Bd*)	command= ;;
		.Ed)
			n=$((n + 1))
			echo "$command" >"$dir/out"
			eval "$command -x evaltime=exec -c '$traced ipc'" \
			    >"$dir/said" 2>>"$dir/out" </dev/null &&
			    grep -q '[0-9]' "$dir/said" || return 1 ;;
		*)	command="$command $line" ;;
		esac
	done <"$dir/page"
	[ "$n" -ge 3 ]
}
examples
ok $? "the manual's examples work"

before=$(dtrace -l -P mach | wc -l)
"$traced" refuse >"$dir/out" 2>&1 && {
	dtrace -l -P mach >"$dir/out" 2>&1
	[ "$(wc -l <"$dir/out")" -eq "$before" ]
}
ok $? "an unload that is refused leaves the probes"

[ $failed -eq 0 ]
