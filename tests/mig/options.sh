#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The command line of mig: every option that build files use, what it does, and
# what is refused.  Output is TAP.
#
#	options.sh MIG DEFS

set -eu
mig=$1
defs=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
mkdir include sysroot out
cat >x.defs <<'EOF'
subsystem x 100;
#include <mach/std_types.defs>
type word_t = uint64_t;
#ifdef EXTRA
dimport <extra.h>;
#endif
#ifdef __LP64__
dimport <wide.h>;
#else
dimport <narrow.h>;
#endif
iimport "internal.h";
routine first(s : mach_port_t; in a : word_t);
simpleroutine second(s : mach_port_t; in a : int);
EOF
printf '#define EXTRA\n#include <x.defs>\n' >include/extra.defs

n=0
failed=0
# check LABEL TEST...
check()
{
	label=$1
	shift
	n=$((n + 1))
	if "$@" >test.log 2>&1; then
		echo "ok $n - $label"
	else
		sed 's/^/# /' test.log messages
		echo "not ok $n - $label"
		failed=1
	fi
}
# run OPTION...: in out/, with the files there listed in `made'.
run()
{
	rm -rf out
	mkdir out
	status=0
	(cd out && "$mig" -I"$defs" "$@") >stdout 2>messages || status=$?
	made=$(cd out && echo *)
}
is()
{
	[ "$1" = "$2" ]
}

run ../x.defs
check "three files by default" is "$status $made" "0 x.h xServer.c xUser.c"
for option in -q -Q -v -V -r -R -s -S -n -N -k -K -l -L -t -T -x -X -b -B \
    -split -novouchers; do
	run $option ../x.defs
	check "$option" is "$status $made" "0 x.h xServer.c xUser.c"
done
run -migcom /no/such/program -isysroot "$scratch/sysroot" -arch x86_64 \
    -maxonstack 1024 -D OTHER=1 -DANOTHER -U OTHER -I "$scratch" ../x.defs
check "options with arguments" is "$status $made" "0 x.h xServer.c xUser.c"
run -user u.c -server s.c -header h.h -sheader sh.h -iheader ih.h \
    -dheader dh.h ../x.defs
check "a name for each file" is "$status $made" "0 dh.h h.h ih.h s.c sh.h u.c"
check "-iheader" grep -q 'include "internal.h"' out/ih.h
check "-dheader" grep -q 'include <wide.h>' out/dh.h
run -user /dev/null -server /dev/null -header h.h ../x.defs
check "/dev/null is no file" is "$status $made" "0 h.h"
run -i each_ -server /dev/null -header /dev/null ../x.defs
check "-i" is "$status $made" "0 each_first.c each_second.c"
run -s ../x.defs
check "-s" grep -q _xSymTab out/xServer.c
run -DEXTRA -dheader dh.h ../x.defs
check "-D" grep -q 'include <extra.h>' out/dh.h
run -DEXTRA -U EXTRA -dheader dh.h ../x.defs
check "-U" is "$(grep -c 'include <extra.h>' out/dh.h)" 0
run -I.. -dheader dh.h ../include/extra.defs
check "-I" grep -q 'include <extra.h>' out/dh.h
run -I../include extra.defs
check "a file is not looked for on the path" is "$status $made" "1 *"
run -arch i386 -dheader dh.h ../x.defs
check "-arch" grep -q 'include <narrow.h>' out/dh.h
run -target i386-unknown-freebsd -dheader dh.h ../x.defs
check "-target" grep -q 'include <narrow.h>' out/dh.h
run -cc "cc -DEXTRA" -dheader dh.h ../x.defs
check "-cc with arguments" grep -q 'include <extra.h>' out/dh.h
run -cc /no/such/program ../x.defs
check "-cc without a program" is "$status $made" "1 *"
MIGCC=/no/such/program
export MIGCC
run ../x.defs
unset MIGCC
check "MIGCC" is "$status $made" "1 *"
run -v ../x.defs
check "-v says what the interface is" grep -q "subsystem x, messages 100" stdout messages
run -version
check "-version" grep -q '^mig of' stdout
run -nosuch ../x.defs
check "an unknown option" is "$status $made" "1 *"
check "its name is said" grep -q "unknown option -nosuch" messages
run -user
check "an option without its argument" is "$status $made" "1 *"
run -maxonstack many ../x.defs
check "a number that is none" is "$status $made" "1 *"
run
check "no file" is "$status $made" "1 *"
run ../x.defs ../x.defs
check "two files" is "$status $made" "1 *"
echo "1..$n"
exit $failed
