#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Every word that the compiler knows is in an interface whose printed stubs are
# looked at (golden/), and in one whose client and server run; so is every
# form of type, and every option of the command line is in options.sh.  The
# words are taken from the compiler's source: one that is added without a test
# is found here.  Output is TAP.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
mig=$root/cmd/mig
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The words of interfaces, one a line, without comments.
words_of()
{
	cat "$@" | sed 's|//.*||' | tr '\n' ' ' | sed 's|/\*|\
&|g; s|\*/|&\
|g' | sed '/^\/\*/d' | tr -cs 'A-Za-z0-9_' '\n' | tr 'A-Z' 'a-z' | sort -u
}
{
	# Keywords: read one by one, and from the tables.
	grep -o '_keyword("[a-z_]*")' "$mig/parse.c" | cut -d'"' -f2
	sed -n 's/^	{ "\([a-z]*\)",.*/\1/p' "$mig/parse.c"
	# Built-in types.
	sed -n 's/^	{ "\(MACH_MSG_TYPE_[A-Z0-9_]*\)".*/\1/p' "$mig/type.c"
	sed -n 's/^	{ [A-Z]*_RIGHT("\([A-Z_]*\)").*/MACH_MSG_TYPE_\1/p' \
	    "$mig/type.c"
	echo MACH_MSG_TYPE_POLYMORPHIC
	echo polymorphic
} | tr 'A-Z' 'a-z' | sort -u >"$scratch/known"
words_of "$here"/golden/*.defs "$mig"/defs/mach/std_types.defs \
    >"$scratch/golden"
# A client and a server of each of these run.
words_of "$here"/pair/*.defs "$here"/golden/rest.defs \
    "$here"/golden/replies.defs "$mig"/defs/mach/std_types.defs \
    "$here"/golden/kernel.defs "$root"/include/mach/*.defs \
    "$root"/lib/libmach/bootstrap.defs >"$scratch/run"

n=0
failed=0
# result FILE LABEL: the file lists what is missing.
result()
{
	n=$((n + 1))
	if [ -s "$1" ]; then
		failed=1
		sed 's/^/# missing: /' "$1"
		echo "not ok $n - $2"
	else
		echo "ok $n - $2"
	fi
}
count=$(wc -l <"$scratch/known")
[ "$count" -gt 90 ] || echo "only $count words found" >"$scratch/few"
result "$scratch/few" "the compiler's words are found: $count"
comm -23 "$scratch/known" "$scratch/golden" >"$scratch/missing"
result "$scratch/missing" "each is in a printed interface"
comm -23 "$scratch/known" "$scratch/run" >"$scratch/missing"
result "$scratch/missing" "each is in an interface that runs"

# Options: those of main.c, each with its dash.
grep -v add_cpp "$mig/main.c" | grep -o '"-[A-Za-z]*"' | tr -d '"' | sort -u >"$scratch/options"
grep -ow -e '-[A-Za-z]*' "$here/options.sh" | sort -u >"$scratch/tried"
comm -23 "$scratch/options" "$scratch/tried" >"$scratch/missing"
result "$scratch/missing" "each option is tried: $(wc -l <"$scratch/options")"
echo "1..$n"
exit $failed
