#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	postmortem.sh BUILD
#
# For a test that has failed and not yet killed its processes (TEST_POSTMORTEM
# names this command): what each thread waits for, and the kernel's ports as
# lsmp sees them.

ps -eLo pid,ppid,tid,stat,wchan:20,etime,time,args | grep -v ' \[' >&2
exec "$1/cmd/lsmp/lsmp" >&2
