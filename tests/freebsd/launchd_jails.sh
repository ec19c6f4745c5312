#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Domains of jails: TAP.  As root, with mach.ko.
#
#	launchd_jails.sh BUILD

set -u

here=$(dirname "$0")
[ $# -eq 0 ] || LTOOL=${LTOOL:-$1/tests/freebsd/ltool}
E2E=${E2E:-$here/../e2e}
# shellcheck source=tests/e2e/launchd_lib.sh
. "$E2E/launchd_lib.sh"
JAILTOOL=${JAILTOOL:-$1/tests/freebsd/jailtool}

# Run a script in a launchd.
script()
{
	{
		echo "dir=$dir LAUNCHCTL=$LAUNCHCTL LTOOL=$LTOOL"
		echo "JAILTOOL=$JAILTOOL"
		cat <<'END'
ctl() { "$LAUNCHCTL" "$@"; }
inside() { "$JAILTOOL" exec "$@"; }
kept() { "$JAILTOOL" keep "$@"; }
refused() { what=$1; shift; s=0; "$@" >"$dir/e.out" 2>&1 || s=$?
    [ $s -eq 1 ] && grep -q -- "$what" "$dir/e.out" ||
    { echo "not refused ($s): $*"; cat "$dir/e.out"; exit 1; }; }
until_() { i=0; until "$@"; do i=$((i + 1)); sleep 0.05
    [ $i -lt $WAITS ] || { echo "never: $*"; return 1; }; done; }
no_domain() { ! ctl print "$1" >/dev/null 2>&1; }
new() { "$JAILTOOL" create "launchd$$${1:-}"; }
set -e
END
		cat
	} >"$dir/script"
	launchd "$dir/jobs" -- sh "$dir/script"
}

chmod 755 "$dir"
begin "a jail's processes see its domain, and no other"
service test.echo
script_job()
{
	job "$@"
	mv "$dir/jobs/$1.plist" "$dir/$1.plist"
}
# The server tries to get another job's name, which must be there.
cp "$dir/jobs/test.foreign.plist" "$dir/"
script_job test.inner "$(services test.inner) $(integer ThrottleInterval 0)" \
    "$LTOOL" serve test.inner
script_job t.where "$(true_ RunAtLoad)
    $(string StandardOutPath "$dir/where.out")" \
    /bin/sh -c "sysctl -n security.jail.jailed; $LTOOL look-up test.inner ok \
    look-up test.echo unknown; $LTOOL look-up test.inner ok ask &amp;&amp; echo served"
check steps script <<'END'
jid=$(new)
refused . inside $jid "$LTOOL" look-up test.echo ok
refused 'there is no domain' ctl print jail/$jid
ctl bootstrap jail/$jid
inside $jid "$LTOOL" look-up test.echo unknown
ctl bootstrap jail/$jid "$dir/test.foreign.plist" "$dir/test.inner.plist" \
    "$dir/t.where.plist"
inside $jid "$LTOOL" look-up test.inner ok ask send 3 other \
    look-up test.echo unknown
"$LTOOL" look-up test.inner unknown look-up test.echo ok ask
until_ grep -q served "$dir/where.out"
[ "$(sed -n 1p "$dir/where.out")" = 1 ]
other=$(new b)
ctl bootstrap jail/$other
inside $other "$LTOOL" look-up test.inner unknown
inside $jid "$LAUNCHCTL" print jail/$jid | grep -q test.inner
refused 'there is no domain' ctl bootstrap jail/99999
"$JAILTOOL" remove $jid
until_ no_domain jail/$jid
no_domain jail/$jid
[ -z "$(ps ax -o command | grep '[s]erve test.inner')" ]
ctl bootout jail/$other
refused . inside $other "$LTOOL" look-up test.echo ok
no_domain jail/$other
"$JAILTOOL" remove $other
END
check "ended by the jail" logged 'ends with its jail'
end

begin "nobody in a jail is the superuser"
service test.echo
script_job test.more "" /usr/bin/true
check steps script <<'END'
jid=$(new)
ctl bootstrap jail/$jid
for way in inside kept; do
	$way $jid "$JAILTOOL" powers
	refused . $way $jid "$LAUNCHCTL" bootstrap system "$dir/test.more.plist"
	refused . $way $jid "$LAUNCHCTL" bootstrap jail/$jid \
	    "$dir/test.more.plist"
	refused . $way $jid "$LAUNCHCTL" bootstrap user/0 "$dir/test.more.plist"
	refused . $way $jid "$LAUNCHCTL" bootout system/test.echo
	refused . $way $jid "$LAUNCHCTL" kickstart system/test.echo
	refused . $way $jid "$LAUNCHCTL" print system
	refused . $way $jid "$LAUNCHCTL" setenv A b
	refused . $way $jid "$LAUNCHCTL" limit NumberOfFiles 10
	refused . $way $jid "$LAUNCHCTL" reboot exit
done
# A right that was given to it is good for what everybody may do.
kept $jid "$LTOOL" look-up test.echo ok ask
ctl print system/test.echo >/dev/null
refused 'not set' ctl getenv A
"$JAILTOOL" remove $jid
END
end

if [ "$(id -un 65534 2>/dev/null)" = nobody ]; then
	begin "a job of a jail has its user, in the jail"
	script_job t.user "$(true_ RunAtLoad) $(string UserName nobody)
	    $(string StandardOutPath "$dir/u/out")" \
	    /bin/sh -c 'id -un; echo $HOME; sysctl -n security.jail.jailed'
	script_job t.nouser "$(true_ RunAtLoad) $(string UserName nouser)" \
	    /usr/bin/true
	rm -rf "$dir/u"
	mkdir "$dir/u"
	chmod 777 "$dir/u"
	check steps script <<'END'
jid=$(new)
ctl bootstrap jail/$jid "$dir/t.user.plist" "$dir/t.nouser.plist"
until_ test -s "$dir/u/out"
until_ ctl print jail/$jid/t.user | grep -q 'not running'
[ "$(tr '\n' ' ' <"$dir/u/out")" = "nobody /nonexistent 1 " ]
"$JAILTOOL" remove $jid
until_ no_domain jail/$jid
END
	check "an unknown user" logged 't.nouser.*user or group is not known'
	end
fi

begin "jails that come and go"
check steps script <<'END'
round=0
while [ $round -lt 100 ]; do
	jid=$(new)
	ctl bootstrap jail/$jid
	inside $jid "$LTOOL" look-up test.echo unknown &
	"$JAILTOOL" remove $jid
	wait || :
	until_ no_domain jail/$jid
	no_domain jail/$jid
	round=$((round + 1))
done
END
end

echo "1..$count"
[ $failed -eq 0 ]
