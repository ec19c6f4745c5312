#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# In getty(8)'s place: it says which terminal it was given, until it is hung up.

trap 'echo "tty: hung up" >/dev/console; exit 0' HUP
[ "$1" = ttytest ] || exit 1
echo "tty: begun on $TERM" >/dev/console
: >"/state/tty.$TERM"
while :; do
	sleep 1000 &
	wait $!
done
