#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	leak.sh MACHRUN MACHD LEAKY COMMAND [ARG ...]
#
# The leak check of machrun -l can fail: with LEAKY, a machd that leaves tasks
# behind, it must; with MACHD it must not.

set -u
machrun=$1 machd=$2 leaky=$3
shift 3
# The tasks are left to nobody on purpose.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
if ! out=$("$machrun" -l -m "$machd" "$@"); then
	echo "$out"
	echo "machrun -l fails with the ordinary machd"
	exit 1
fi
if "$machrun" -l -m "$leaky" "$@" >/dev/null; then
	echo "machrun -l does not notice the tasks that are left"
	exit 1
fi
exit 0
