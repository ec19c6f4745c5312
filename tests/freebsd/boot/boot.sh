#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What a system does that has launchd as process 1, once several users may use
# it; then the end that the scenario (see run.sh) asks for.  The first line that
# begins with "not ok" says what is wrong.

PATH=/launchd-test:/sbin:/bin:/usr/sbin:/usr/bin
scenario=$(kenv -q launchd_test)
wrong=0

# ok NAME COMMAND ...
ok()
{
	name=$1
	shift
	if "$@" >/tmp/out 2>&1; then
		echo "ok - $name"
	else
		echo "not ok - $name"
		cat /tmp/out
		wrong=1
	fi
}

is_init()
{
	[ "$(ps -p 1 -o comm=)" = launchd ]
}

# until COMMAND ...: it comes true, or ten seconds have gone.
until_()
{
	i=0
	until "$@"; do
		i=$((i + 1))
		[ $i -lt 100 ] || return 1
		sleep 0.1
	done
}

# The parent is gone: process 1 has it, and must reap it.
orphan()
{
	pid=$(sh -c 'sh -c "exit 0" >/dev/null & echo $!')
	until_ sh -c "! ps -p $pid >/dev/null"
}

writable()
{
	touch /state/written
}

# Clients that are in the kernel when it ends: a queue that is full, a receiver
# that waits, memory that nobody has taken.
busy()
{
	ltool look-up test.busy ok || return 1
	ltool look-up test.busy ok ask &
	until_ sh -c 'ps ax -o command | grep -c "[/]busy" | grep -q 6'
}

# A job that makes processes for ever, up to its limit.
bomb()
{
	pwd_mkdb -p /etc/master.passwd || return 1
	launchctl bootstrap system /launchd-test/more/bomb.plist
	until_ sh -c '[ "$(ps ax -o user,comm | grep -c "^nobody.*sleep")" -gt 20 ]'
	ltool look-up test.echo ok ask send 2 other || return 1
	launchctl bootout system/test.bomb || return 1
	until_ sh -c '! ps ax -o user | grep -q "^nobody"'
}

# launchd has no descriptor for the sockets of a job: that job has none, and
# nobody else notices.
descriptors()
{
	most=$(sysctl -n kern.maxfilesperproc)
	sysctl kern.maxfilesperproc=10
	launchctl bootstrap system /launchd-test/more/sockets.plist
	ltool look-up test.echo ok ask send 2 other
	served=$?
	sysctl "kern.maxfilesperproc=$most"
	[ $served -eq 0 ] || return 1
	launchctl bootout system/test.sockets || return 1
	launchctl bootstrap system /launchd-test/more/sockets.plist || return 1
	[ -S /tmp/socket.3 ]
}

# Each call of process 1's while it serves, from the first to one that it does
# not make.  An answer may be what is lost; it is asked again.
faults()
{
	n=0
	while [ $n -lt 400 ]; do
		n=$((n + 1))
		echo $n >/tmp/fail
		used || again || return 1
		[ ! -e /tmp/fail ] || break
	done
	echo "each call fails once: $((n - 1))" >/dev/console
	[ $n -gt 30 ] && [ $n -lt 400 ] && orphan
}

used()
{
	ltool look-up test.echo ok ask send 2 other look-up test.none unknown \
	    status test.echo ok 1 && launchctl print system/test.echo &&
	    launchctl bootout system/test.foreign &&
	    launchctl bootstrap system /etc/launchd.d/foreign.plist
}

# Whether the list is loaded depends on what was lost.
again()
{
	launchctl bootstrap system /etc/launchd.d/foreign.plist
	used
}

echo "started in multi-user"
if [ -e /second ]; then
	echo "second root"
	scenario=poweroff
fi
mount -t tmpfs tmpfs /tmp
mount -t procfs proc /proc 2>/dev/null
ok "launchd is process 1" is_init
ok "this is a job of its" launchctl print system/boot
ok "the root can be written to" writable
ok "a service is started, dies, and is started again" ltool \
    look-up test.echo ok ask send 3 other send 2 other \
    look-up test.none unknown status test.echo ok 1
ok "orphans are reaped" orphan
ok "domains" dtool
case $scenario in
starved)
	ok "a job that forks for ever" bomb
	ok "no descriptors" descriptors ;;
reexec)
	ok "executed anew" launchctl reexec
	ok "it is launchd still" is_init
	ok "and serves" ltool look-up test.echo ok ask send 2 other
	ok "orphans are reaped by the new one" orphan ;;
faults)
	ok "each call fails once" faults ;;
esac
ok "Mach is in use" busy
[ $wrong -eq 0 ] && echo "all well"

# The second time that we come here after a single user.
[ ! -e /state/single ] || scenario=poweroff

case $scenario in
reboot|halt)
	launchctl reboot $scenario ;;
usr1|usr2|int|term)
	kill -s "$(echo "$scenario" | tr a-z A-Z)" 1 ;;
shutdown-*)
	shutdown -${scenario#shutdown-} now ;;
reboot8)
	reboot ;;
halt-p)
	cp /sbin/reboot /tmp/halt
	/tmp/halt -p ;;
rc)
	until_ test -e /state/tty.v0
	# Its line changes, and it is hung up; then it is off.
	sed 's/v0/v1/' /etc/ttys >/tmp/ttys
	cat /tmp/ttys >/etc/ttys
	kill -HUP 1
	until_ test -e /state/tty.v1
	sed '/^ttytest/s/on secure/off/' /etc/ttys >/tmp/ttys
	cat /tmp/ttys >/etc/ttys
	kill -HUP 1
	until_ sh -c '! launchctl print system/tty.ttytest >/dev/null 2>&1'
	launchctl reboot poweroff ;;
reroot*)
	kenv vfs.root.mountfrom=ufs:/dev/md1
	# Then the other one is copied.
	[ $scenario = reroot ] || rm /launchd-test/launchd
	reboot -r ;;
login)
	echo 'root:*:0:0::0:0::/root:/bin/sh' >/etc/master.passwd
	pwd_mkdb -p /etc/master.passwd
	kill -TERM 1 ;;
launchctl-single)
	launchctl reboot single ;;
*)
	launchctl reboot poweroff ;;
esac
