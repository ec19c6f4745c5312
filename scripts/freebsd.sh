#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The FreeBSD build on a machine that is not FreeBSD.
#
#	freebsd.sh [--arch amd64|arm64]		mach.ko and the user side with
#						the PyPI package ziglang
#	freebsd.sh --cross FILE [--static]	the user side with the compiler
#						of a Meson cross file
#
# ziglang carries FreeBSD's headers, kernel headers included, and stubs of its
# libraries.  mach.ko is compiled and linked as bsd.kmod.mk does it, from the
# list that the native Makefile uses (kernel/freebsd/sources.mk), and every
# symbol that it leaves to the kernel must be in the list of docs/kpi.md.
#
# Everything stays in build/freebsd.  Exit status 77: skipped, the last line
# says why.

set -eu
cd "$(dirname "$0")/.."
PROG=${PROG:-freebsd.sh}
# shellcheck source=scripts/lib.sh
. scripts/lib.sh

root=$(pwd)
out=$root/build/freebsd
zig_version=0.17.0
headers_release=15		# of the headers in that version

usage()
{
	echo "usage: freebsd.sh [--arch amd64|arm64]" >&2
	echo "       freebsd.sh --cross FILE [--static]" >&2
	exit 2
}

skip()
{
	echo "skipped: $*"
	exit 77
}

arches="amd64 arm64"
cross=
static=no
while [ $# -gt 0 ]; do
	case $1 in
	--arch)
		[ $# -ge 2 ] || usage
		case $2 in
		amd64 | arm64)	arches=$2 ;;
		*)		usage ;;
		esac
		shift ;;
	--cross)
		[ $# -ge 2 ] || usage
		[ -r "$2" ] || die "cannot read the cross file $2"
		cross=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
		shift ;;
	--static)
		static=yes ;;
	*)
		usage ;;
	esac
	shift
done
[ "$static" = no ] || [ -n "$cross" ] || usage

mkdir -p "$out"
need freebsd

#
# The user side, through Meson.
#

# user_build DIR CROSS-FILE [MESON OPTIONS]
user_build()
{
	_dir=$1
	_file=$2
	shift 2
	if [ ! -e "$_dir/build.ninja" ]; then
		rm -rf "$_dir"
		if ! meson setup "$_dir" --cross-file "$_file" \
		    --buildtype=debugoptimized "$@" >"$_dir.setup" 2>&1; then
			tail -n 20 "$_dir.setup" >&2
			die "meson could not set up $_dir"
		fi
	fi
	if ! ninja -C "$_dir" >"$_dir.log" 2>&1; then
		grep -E -A 8 'error|FAILED|warning' "$_dir.log" |
		    head -n 60 >&2 || true
		die "the FreeBSD user side failed; see $_dir.log"
	fi
	sh scripts/kyuafiles.sh "$_dir"
}

# elf_is FILE MACHINE
elf_is()
{
	readelf -h "$1" 2>/dev/null | awk -v machine="$2" '
		/^ *Machine:/ { sub(/^ *Machine: */, ""); m = $0 == machine }
		END { exit !m }'
}

# elf_freebsd FILE: branded by the header, by a note, or (a library) by the
# C library that it needs.
elf_freebsd()
{
	readelf -hndW "$1" 2>/dev/null |
	    grep -q -e 'OS/ABI:.*FreeBSD' -e '^ *FreeBSD .*VERSION' \
	    -e 'NEEDED.*\[libc\.so\.7\]'
}

if [ -n "$cross" ]; then
	set --
	if [ "$static" = yes ]; then
		set -- -Ddefault_library=static -Dprefer_static=true \
		    -Dstatic_programs=true
	fi
	dir=$out/cross
	[ "$static" = no ] || dir=$out/cross-static
	# Another cross file is another build.
	if ! cmp -s "$cross" "$dir.cross"; then
		rm -rf "$dir"
		cp "$cross" "$dir.cross"
	fi
	user_build "$dir" "$cross" "$@"
	echo "user side: built in ${dir#"$root"/}"
	exit 0
fi

#
# ziglang.
#
have readelf || install_packages binutils
zigdir=$out/ziglang-$zig_version
zig=$zigdir/ziglang/zig
if [ ! -x "$zig" ]; then
	rm -rf "$zigdir" "$out/venv"
	python3 -m venv "$out/venv" >"$out/pip.log" 2>&1 ||
	    skip "python3 -m venv does not work; see build/freebsd/pip.log"
	if ! "$out/venv/bin/pip" install -q --disable-pip-version-check \
	    --no-deps --target "$zigdir" "ziglang==$zig_version" \
	    >>"$out/pip.log" 2>&1; then
		rm -rf "$zigdir"
		skip "PyPI's ziglang $zig_version is out of reach"
	fi
fi
headers=$zigdir/ziglang/lib/libc/include
export ZIG_GLOBAL_CACHE_DIR="$out/cache" ZIG_LOCAL_CACHE_DIR="$out/cache"

#
# mach.ko.
#
make_var()
{
	sed -n "s/^$1+=[[:space:]]*//p" kernel/freebsd/sources.mk
}

# A source that the list forgot would be missing from the native build.
check_sources()
{
	make_var MACH_SRCS | sort >"$out/sources"
	find kernel/ipc kernel/kern kernel/trap kernel/freebsd -name '*.c' |
	    sort >"$out/present"
	if ! diff "$out/present" "$out/sources" >"$out/drift"; then
		cat "$out/drift" >&2
		die "kernel/freebsd/sources.mk is not the list of sources"
	fi
}

# What bsd.kmod.mk gives the compiler, by architecture.
kmod_cflags()
{
	echo -O2 -pipe -fno-strict-aliasing -D_KERNEL -DKLD_MODULE -nostdinc
	echo -fno-common -fno-omit-frame-pointer -ffreestanding -fwrapv
	echo -fstack-protector -gdwarf-2
	case $1 in
	amd64)	echo -mno-omit-leaf-frame-pointer -mcmodel=kernel \
		    -mno-red-zone -mno-mmx -mno-sse -msoft-float \
		    -fno-asynchronous-unwind-tables ;;
	arm64)	# zig's spelling of -ffixed-x18, which holds the pcpu pointer
		echo -mgeneral-regs-only -mcpu=generic+reserve_x18 -fPIC ;;
	esac
	# zig compiles C with UBSan traps unless told otherwise.
	echo -fno-sanitize=all
}

target_of()
{
	case $1 in
	amd64)	echo x86_64-freebsd ;;
	arm64)	echo aarch64-freebsd ;;
	esac
}

machine_of()
{
	case $1 in
	amd64)	echo "Advanced Micro Devices X86-64" ;;
	arm64)	echo AArch64 ;;
	esac
}

kmod_compile()
{
	_arch=$1
	_dir=$out/$_arch/kmod
	_target=$(target_of "$_arch")
	rm -rf "$_dir"
	mkdir -p "$_dir"
	# Options of a kernel configuration: none, as for a module alone, but
	# that it has DTrace, as the Makefile has it.
	echo '#define KDTRACE_HOOKS 1' >"$_dir/opt_global.h"
	{
		kmod_cflags "$_arch" | tr ' ' '\n'
		make_var MACH_CFLAGS
		printf '"%s"\n' -Werror -include "$_dir/opt_global.h" \
		    "-I$_dir" "-I$root" "-I$root/include" \
		    -isystem "$headers/$_target-none" \
		    -isystem "$headers/generic-freebsd" \
		    "-DMACH_COMPAT_H=<kernel/freebsd/compat/freebsd$headers_release.h>"
	} >"$_dir/flags"
	while read -r _src; do
		echo "$_src $_dir/$(basename "$_src" .c).o"
	done <"$out/sources" >"$_dir/jobs"
	# shellcheck disable=SC2016 # expanded by the inner shell
	if ! xargs -P 2 -L 1 sh -c '
	    "$0" cc -target "$1" "@$2" -c "$3" -o "$4" 2>"$4.log" ||
	    { cat "$4.log" >&2; exit 255; }
	    [ ! -s "$4.log" ] || cat "$4.log" >&2' \
	    "$zig" "$_target.$headers_release.0" "$_dir/flags" \
	    <"$_dir/jobs"; then
		die "mach.ko for $_arch does not compile"
	fi
}

# Global symbols that the file defines, linker sets apart.
defined_symbols()
{
	readelf -sW "$1" | awk '$5 == "GLOBAL" && $7 != "UND" &&
	    $8 !~ /^__(start|stop)_set_/ { print $8 }'
}

# Names that the file leaves to others.  The ends of linker sets are the
# linker's own, and the kernel's linker finds the sets by their sections.
undefined_symbols()
{
	readelf -sW "$1" | awk '($5 == "GLOBAL" || $5 == "WEAK") &&
	    $7 == "UND" && $8 != "" &&
	    $8 !~ /^__(start|stop)_set_/ { print $8 }' | sort -u
}

kmod_link()
{
	_arch=$1
	_dir=$out/$_arch/kmod
	_ko=$out/$_arch/mach.ko
	case $_arch in
	amd64)
		"$zig" ld.lld -m elf_x86_64_fbsd -r -o "$_dir/mach.kld" \
		    "$_dir"/*.o
		# EXPORT_SYMS=NO: nobody links against us.
		defined_symbols "$_dir/mach.kld" >"$_dir/local"
		if _objcopy=$(elf_objcopy); then
			"$_objcopy" --strip-debug \
			    --localize-symbols="$_dir/local" \
			    "$_dir/mach.kld" "$_ko"
		else
			cp "$_dir/mach.kld" "$_ko"
		fi ;;
	arm64)
		# kmod_syms.awk makes the symbols local; a version script
		# has the same effect on a shared object.
		echo '{ global: __start_set_*; __stop_set_*; local: *; };' \
		    >"$_dir/export"
		"$zig" ld.lld -m aarch64elf -Bshareable -znotext -znorelro \
		    --strip-debug --version-script "$_dir/export" \
		    -o "$_ko" "$_dir"/*.o ;;
	esac
}

# An objcopy that knows amd64's ELF.
elf_objcopy()
{
	for _o in llvm-objcopy objcopy x86_64-linux-gnu-objcopy; do
		if have "$_o" && "$_o" --info 2>/dev/null |
		    grep -q elf64-x86-64; then
			echo "$_o"
			return 0
		fi
	done
	return 1
}

# The block of docs/kpi.md between the two markers, one symbol a line.
kpi_symbols()
{
	sed -n '/^<!-- symbols -->$/,/^<!-- end symbols -->$/p' docs/kpi.md |
	    grep -v -e '^<!--' -e '^```' -e '^$' | sort -u
}

kmod_check()
{
	_arch=$1
	_ko=$out/$_arch/mach.ko
	_dir=$out/$_arch/kmod
	elf_is "$_ko" "$(machine_of "$_arch")" ||
	    die "$_ko is no ELF file for $_arch"
	# What the kernel's linker looks for: the module and its load event.
	# And DTrace: the provider and its probes.
	for _set in set_modmetadata_set set_sysinit_set \
	    set_sdt_providers_set set_sdt_probes_set; do
		readelf -SW "$_ko" | grep -q " $_set " ||
		    die "$_ko has no $_set: the linker set was lost"
	done
	undefined_symbols "$_ko" >"$_dir/undefined"
	[ -s "$_dir/undefined" ] || die "$_ko uses no symbol at all"
	kpi_symbols >"$_dir/allowed"
	comm -23 "$_dir/undefined" "$_dir/allowed" >"$_dir/forbidden"
	if [ -s "$_dir/forbidden" ]; then
		sed 's/^/  /' "$_dir/forbidden" >&2
		die "mach.ko for $_arch uses symbols that docs/kpi.md does not list"
	fi
	echo "mach.ko $_arch: $(wc -c <"$_ko") bytes," \
	    "$(wc -l <"$_dir/undefined") kernel symbols, all in docs/kpi.md"
}

#
# libmach, launchd and the tests with zig.
#

# The property list reader uses expat, which FreeBSD's base has as libbsdxml.
# zig has no stub of that library: make one, with the names that the header
# declares, only to link against.
bsdxml_stub()
{
	_arch=$1
	_dir=$out/$_arch/bsdxml
	_lib=$_dir/libbsdxml.so
	[ -e "$_lib" ] && return 0
	_inc=
	for _i in /usr/include /usr/local/include; do
		[ -e "$_i/expat.h" ] && _inc=$_i && break
	done
	if [ -z "$_inc" ]; then
		install_packages libexpat1-dev
		_inc=/usr/include
	fi
	mkdir -p "$_dir"
	cp "$_inc/expat.h" "$_dir/bsdxml.h"
	cp "$_inc/expat_external.h" "$_dir/"
	grep -o 'XML_[A-Za-z0-9]*(' "$_inc/expat.h" | tr -d '(' | sort -u |
	    awk '{ printf("void %s(void);\nvoid %s(void) { }\n",
		$1, $1) }' >"$_dir/stub.c"
	"$zig" cc -target "$(target_of "$_arch")" -shared -fPIC \
	    -Wl,-soname,libbsdxml.so.4 -o "$_lib" "$_dir/stub.c"
}

# Meson asks the linker who it is and knows no "zig ld", which is LLD.
user_cc()
{
	cat <<CC
#!/bin/sh
for a; do
	[ "\$a" = -Wl,--version ] && echo "LLD (compatible with GNU linkers)" &&
	    exit 0
done
exec "$zig" cc -target $(target_of "$1") "\$@"
CC
}

user_cross_file()
{
	_arch=$1
	_dir=$out/$_arch
	case $_arch in
	amd64)	_family=x86_64 ;;
	arm64)	_family=aarch64 ;;
	esac
	cat <<CROSS
[binaries]
c = '$_dir/cc'
ar = ['$zig', 'ar']
strip = 'true'

[built-in options]
c_args = ['-I$_dir/bsdxml', '-fno-sanitize=all']
c_link_args = ['-L$_dir/bsdxml']

[host_machine]
system = 'freebsd'
cpu_family = '$_family'
cpu = '$_family'
endian = 'little'
CROSS
}

user_check()
{
	_arch=$1
	_n=0
	find "$out/$_arch/user" -name meson-private -prune -o \
	    -name '*-native' -prune -o \
	    -type f \( -perm -100 -o -name '*.so.*' \) -print \
	    >"$out/$_arch/programs"
	while read -r _f; do
		# Scripts and data may be executable files as well.
		readelf -h "$_f" >/dev/null 2>&1 || continue
		{ elf_is "$_f" "$(machine_of "$_arch")" && elf_freebsd "$_f"; } ||
		    die "$_f is not for FreeBSD on $_arch"
		_n=$((_n + 1))
	done <"$out/$_arch/programs"
	[ "$_n" -gt 0 ] || die "the FreeBSD user side has no programs"
	echo "user side $_arch: $_n programs and libraries"
}

user_zig()
{
	_arch=$1
	bsdxml_stub "$_arch"
	user_cc "$_arch" >"$out/$_arch/cc"
	chmod +x "$out/$_arch/cc"
	_file=$out/$_arch/cross
	user_cross_file "$_arch" >"$_file.new"
	if ! cmp -s "$_file.new" "$_file"; then
		rm -rf "$out/$_arch/user"
		mv "$_file.new" "$_file"
	fi
	user_build "$out/$_arch/user" "$_file"
	user_check "$_arch"
}

check_sources
# What the module is for: zig's headers leave that to zig's compiler.
"$zig" cc -target "$(target_of amd64).$headers_release.0" -dM -E -x c \
    /dev/null | awk '$2 == "__FreeBSD_version" { print $3 }' >"$out/osversion"
[ -s "$out/osversion" ] || die "the compiler names no __FreeBSD_version"
for arch in $arches; do
	mkdir -p "$out/$arch"
	kmod_compile "$arch"
	kmod_link "$arch"
	kmod_check "$arch"
done
for arch in $arches; do
	user_zig "$arch"
done
