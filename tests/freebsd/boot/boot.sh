#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What a system does that has launchd as process 1: TAP on the console, then it
# powers off.
#
# Put launchd, launchctl and this directory with ltool and dtool as
# /launchd-test into the system, its *.plist into /etc/launchd.d; load mach.ko
# before the kernel starts process 1, and set init_path=/launchd-test/launchd.

PATH=/launchd-test:/sbin:/bin:/usr/sbin:/usr/bin
count=0

# ok NAME COMMAND ...
ok()
{
	name=$1
	shift
	count=$((count + 1))
	if "$@" >/dev/null; then
		echo "ok $count - $name"
	else
		echo "not ok $count - $name"
	fi
}

is_init()
{
	[ "$(ps -p 1 -o comm=)" = launchd ]
}

# Its parent is gone: process 1 has it, and must reap it.
orphan()
{
	sh -c 'sleep 1 & exit 0'
	sleep 2
	! ps ax | grep -q '[d]efunct'
}

ok "launchd is process 1" is_init
ok "this is a job of its" launchctl print system/rc
ok "a service is started, dies, and is started again" ltool \
    look-up test.echo ok ask send 3 other send 2 other \
    look-up test.none unknown status test.echo ok 1
ok "orphans are reaped" orphan
ok "domains" dtool
echo "1..$count"
launchctl reboot poweroff
