#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Every code that the headers define has a text of its own.  Output is TAP.
#
#	codes.sh LIBRARY-DIRECTORY CC...

set -eu
lib=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
{
	echo '#include <mach/mach.h>'
	echo '#include <mach/mach_error.h>'
	echo '#include <mach/mig_errors.h>'
	echo '#include <servers/bootstrap.h>'
	echo '#include <stdio.h>'
	echo '#include <string.h>'
	echo 'static const struct { const char *name; int code; } all[] = {'
	# Codes are documented as such; masks and limits are not codes.
	awk '$1 != "#define" || $2 !~ /^(KERN|MIG|MACH|BOOTSTRAP)_/ { next }
		$2 ~ /_MAX|STATUS|_MASK/ { next }
		FILENAME ~ /message.h$/ ? $3 ~ /^0x1000[0-9a-f]+$/ :
		    $3 ~ /^\(?-?[0-9]+\)?$/ {
			print "\t{ \"" $2 "\", (int)" $2 " },"
	}' "$root/include/mach/kern_return.h" "$root/include/mach/mig_errors.h" \
	    "$root/include/mach/message.h" "$root/include/servers/bootstrap.h"
	echo '};'
	cat <<'EOF'
int
main(void)
{
	size_t i, j, n;
	int failed;

	failed = 0;
	n = sizeof(all) / sizeof(all[0]);
	for (i = 0; i < n; i++) {
		if (strcmp(mach_error_type(all[i].code), "(unknown)") == 0) {
			printf("# %s has no text\n", all[i].name);
			failed = 1;
		}
		for (j = 0; j < i; j++)
			if (all[i].code != all[j].code &&
			    strcmp(mach_error_string(all[i].code),
			    mach_error_string(all[j].code)) == 0) {
				printf("# %s and %s have the same text\n",
				    all[i].name, all[j].name);
				failed = 1;
			}
	}
	printf("%s 1 - %zu codes\n1..1\n", failed || n < 100 ? "not ok" :
	    "ok", n);
	return (failed || n < 100);
}
EOF
} >codes.c
"$@" -I"$root/include" codes.c -o codes -L"$lib" -Wl,-rpath,"$lib" -lmach
./codes
