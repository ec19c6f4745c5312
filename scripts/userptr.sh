#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# userptr.sh: no integer becomes a user pointer in the kernel but in
# kernel/kern/user_ptr.h, so that a kernel whose pointers are capabilities has
# one place to derive them.  (That every pointer argument of a trap says what
# it is for, gentraps.awk sees to.)
#
# The core is looked at as clang understands it: a cast of an integer to a
# pointer, unless that integer is a pointer's own (__DECONST) or the result
# one of the kernel's structures.  kernel/freebsd, whose headers are not
# here, by its text.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# Instead of the header with the one cast.
cat >"$tmp/user_ptr.h" <<'DECLARED'
#include <sys/types.h>
#include <stdint.h>
void	*mach_user_ptr(uint64_t addr, size_t len);
int	mach_copyin(uint64_t addr, void *data, size_t len);
int	mach_copyout(const void *data, uint64_t addr, size_t len);
DECLARED

core()
{
	for _file in kernel/ipc/*.c kernel/kern/*.c kernel/trap/*.c; do
		clang -fsyntax-only -fno-color-diagnostics -std=gnu17 -w \
		    -Xclang -ast-dump -D_KERNEL -D_KERNEL_KERN_USER_PTR_H_ \
		    -include "$tmp/user_ptr.h" -Ikernel/user/kpi -I. -Iinclude \
		    "$_file" >"$tmp/ast" || return 1
		awk -v file="$_file" '
			# What a cast is of comes on the lines after it.
			suspect != "" {
				if (/ParenExpr/ && ++parens < 3)
					next
				if (!/<PointerToIntegral>/) {
					print file ": " suspect
					bad = 1
				}
				suspect = ""
			}
			/<IntegralToPointer>/ && !/struct [a-z_]+ \*/ {
				suspect = $0
				gsub(/^[ |`-]*/, "", suspect)
				parens = 0
			}
			END { exit bad }' "$tmp/ast" || bad=1
	done
}

bad=0
if command -v clang >/dev/null; then
	core || die "userptr: clang does not understand the core"
fi
git ls-files -z -- 'kernel/freebsd/*.[ch]' | xargs -0 awk '
	BEGIN {
		# (type *)(integer type)x, and (type *)address
		to = "\\*[ \t]*\\)[ \t]*"
		integer = "\\((u?intptr_t|vm_offset_t|mach_vm_[a-z]+_t|" \
		    "u?int64_t|u_?long|size_t|register_t)\\)"
		name = "\\(?[A-Za-z_.>-]*(addr|address|start)[ \t]*[-+;,)]"
	}
	function look(s)
	{
		return s ~ to integer || s ~ "\\([a-z_ ]+" to name
	}
	FNR == 1 { before = "" }
	{
		if (look($0) || look(before " " $0)) {
			print FILENAME ":" FNR ": an integer becomes a pointer"
			found = 1
		}
		before = $0
		sub(/^[ \t]+/, "", before)
		if (look(before))
			before = ""
	}
	END { exit found }' || bad=1
exit $bad
