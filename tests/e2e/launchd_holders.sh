#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Another image of launchd in the place of the first, while one of those who
# take part dies or has a Mach call that fails: TAP.
#
#	launchd_holders.sh BUILD
#
# The two holders (handover.c) are killed at each of their calls, one after the
# other, and each call of the holders, of the old image from then on, and of the
# new one fails once.  Whatever happens, messages that waited are answered, and
# the job that ran goes on running.  One call of STEP, by default 3, is tried,
# from another one on each time; STEP=1: all.

set -u

here=$(dirname "$0")
# shellcheck source=tests/e2e/launchd_lib.sh
. "$here/launchd_lib.sh"
FAILING=$1/tests/e2e/launchd_failing
OVERRIDES=
STEP=${STEP:-3}

# The program that takes launchd's place: it runs the failing one, as what $who
# says with $how.
wrapper()
{
	cat <<END
#!/bin/sh
unset FAIL_AT DIE_AT FAIL_AFTER
case \$1 in
--hold=*)
	me=\$2
	echo \$\$ >"$dir/pid.\$me"
	;;
--resume=*)
	me=new
	for h in $1; do
		kill -9 \$(cat "$dir/pid.\$h")
	done
	;;
esac
if [ \$me = "$who" ]; then
	$how=$at
	export $how
fi
exec "$FAILING" "\$@"
END
}

# The old image is of launchd_failing too.  $1: who is killed before the new one.
try()
{
	rm -f "$dir"/pid.* "$dir/begun" "$dir/launchd"
	cp "$FAILING" "$dir/launchd"
	wrapper "$1" >"$dir/wrapper"
	chmod 755 "$dir/wrapper"
	[ "$who" != old ] || export "$how=$at" FAIL_AFTER="$dir/begun"
	: >"$dir/log"
	LAUNCHD=$dir/launchd
	# An answer that is lost is asked for again.
	script <<'END'
same_keep() { [ "$(field system/t.keep PID)" = "$pid" ]; }
until_ state system/t.keep running
pid=$(field system/t.keep PID)
[ -n "$pid" ]
exec 9<>"$dir/gate"
cat >"$dir/inner" <<END2
set -e
mv "$dir/wrapper" "$dir/launchd"
>"$dir/begun"
"$LAUNCHCTL" reexec || :
printf '\n\n\n' >&9
END2
"$LTOOL" look-up test.echo ok ask sh \
    "'$LTOOL' look-up test.gate ok send 10 send 11 send 12 \
    sh 'sh $dir/inner' counted 3" same
"$LTOOL" look-up t.none unknown || "$LTOOL" look-up t.none unknown
until_ same_keep
same_keep || same_keep
END
	s=$?
	unset FAIL_AT DIE_AT FAIL_AFTER
	return $s
}

said()
{
	sed 's/^/# /' "$dir/run.out"
	tail -n 20 "$dir/log" | sed 's/^/# /'
}

# each HOW WHAT FEWEST KILLED: each call of $who, from the first to one that is
# not made.
each()
{
	begin "each call of $who: $2"
	prepare
	at=$((1 + $$ % STEP)) how=$1 tried=0
	while [ $at -le 300 ]; do
		try "$4" || {
			problem=${problem:-call $at}
			said
		}
		grep -qE '^trap [0-9]+ (fails|kills)' "$dir/run.out" || break
		at=$((at + STEP)) tried=$((tried + 1))
	done
	echo "# $tried of $((at - 1)) calls"
	check "all were made" [ $at -lt 300 ]
	check "some were made" [ $at -gt "$3" ]
	end
}

prepare()
{
	service test.echo
	mkfifo "$dir/gate" 2>/dev/null
	job test.gate "$(services test.gate) $(integer ThrottleInterval 0)" \
	    /bin/sh -c "read x &lt;'$dir/gate'; exec '$LTOOL' serve test.gate"
	job t.keep "$(true_ KeepAlive)" /bin/sleep 1000
	job t.idle "$(services t.idle)" /bin/false
}

killed()
{
	who=nobody how=FAIL_AT at=0
	begin "killed in the moment of the exec: $1"
	prepare
	check "goes on" try "$1"
	check "as a new image" logged 'goes on as a new image'
	check "what is lost" logged "$2"
	[ -z "$problem" ] || said
	end
}

# Both of them: no right is left.  Processes that go on without a port of
# launchd's are let alone; names are there again, by new ports, which those find
# that are started from then on.
all_lost()
{
	begin "killed in the moment of the exec: both"
	who=nobody how=FAIL_AT at=0
	prepare
	job t.after "$(integer ThrottleInterval 0) <key>WatchPaths</key>
	    <array><string>$dir/after</string></array>" /bin/sh -c \
	    "'$LTOOL' look-up test.echo ok ask send 2 other look-up t.none \
	    unknown status t.idle ok 2 || exit; echo ok &gt;'$dir/after.out'"
	rm -f "$dir"/pid.* "$dir/after" "$dir/launchd"
	cp "$FAILING" "$dir/launchd"
	wrapper "keeper guard" >"$dir/wrapper"
	chmod 755 "$dir/wrapper"
	LAUNCHD=$dir/launchd
	check steps script <<'END'
until_ state system/t.keep running
exec 9<>"$dir/gate"
cat >"$dir/inner" <<END2
mv "$dir/wrapper" "$dir/launchd"
"$LAUNCHCTL" reexec
[ \$? -eq 1 ]
END2
# Who waits, and who has a right, is told.
"$LTOOL" look-up test.echo ok ask sh "'$LTOOL' look-up test.gate ok send 10 \
    sh 'sh $dir/inner' dead" dead
refused 'there is no launchd here' list
touch "$dir/after"
until_ test -s "$dir/after.out"
test -s "$dir/after.out"
END
	check "as a new image" logged 'goes on as a new image'
	check "the ports" logged 'its ports were not handed over'
	check "a name" logged 'service t.idle: its port is lost'
	check "who served" logged 'test.echo.*told to end: the ports that it'
	check "who served none" equal "$(started t.keep)" 1
	check "a new one" equal "$(started test.echo)" 3
	[ -z "$problem" ] || said
	end
}

all_lost
killed keeper 'who kept the ports died: 0 of [1-9]'
killed guard '0 faults'
who=keeper; each DIE_AT "it dies there" 12 ''
who=guard; each DIE_AT "it dies there" 8 ''
who=keeper; each FAIL_AT "it fails once" 12 ''
who=guard; each FAIL_AT "it fails once" 8 ''
who=old; each FAIL_AT "it fails once" 30 ''
who=new; each FAIL_AT "it fails once" 30 ''
who=new; each FAIL_AT "it fails once, without the keeper" 30 keeper

echo "1..$count"
[ $failed -eq 0 ]
