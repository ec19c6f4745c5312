#-
# SPDX-License-Identifier: BSD-2-Clause
#
# What the scripts of the repository share: messages, missing packages, the
# build variants.  Sourced with the current directory at the root.

# shellcheck shell=sh

die()
{
	echo "${PROG:-$0}: $*" >&2
	exit 1
}

have()
{
	command -v "$1" >/dev/null 2>&1
}

# pkg_for COMMAND: Debian's package that has it.
pkg_for()
{
	case $1 in
	ninja)		echo ninja-build ;;
	llvm-symbolizer) echo llvm ;;
	ps)		echo procps ;;
	expat)		echo libexpat1-dev ;;
	libbsd)		echo libbsd-dev ;;
	libplist-2.0)	echo libplist-dev ;;
	json-c)		echo libjson-c-dev ;;
	*)		echo "$1" ;;
	esac
}

# need build|check|freebsd|fmt|fuzz: install what this step misses, quietly,
# and only that.
need()
{
	_libs="expat json-c libbsd libplist-2.0"
	case $1 in
	build)		_cmds="gcc meson ninja pkg-config" ;;
	check)		_cmds="gcc g++ meson ninja pkg-config clang
			    llvm-symbolizer mandoc shellcheck ps" ;;
	fuzz)		_cmds="meson ninja pkg-config clang llvm-symbolizer" ;;
	fmt)		_cmds="clang-format" _libs='' ;;
	freebsd)	_cmds="meson ninja python3 pkg-config" _libs='' ;;
	*)		die "need: $1?" ;;
	esac
	_pkgs=
	for _c in $_cmds; do
		have "$_c" || _pkgs="$_pkgs $(pkg_for "$_c")"
	done
	for _c in $_libs; do
		pkg-config --exists "$_c" 2>/dev/null ||
		    _pkgs="$_pkgs $(pkg_for "$_c")"
	done
	case " $_cmds " in
	*" python3 "*)
		python3 -c 'import venv, ensurepip' 2>/dev/null ||
		    _pkgs="$_pkgs python3-venv" ;;
	*)
		# The C library's headers are a package of their own.
		[ "$1" = fmt ] || [ -e /usr/include/stdio.h ] ||
		    _pkgs="$_pkgs libc6-dev" ;;
	esac
	# shellcheck disable=SC2086 # a list, split on purpose
	[ -z "$_pkgs" ] || install_packages $_pkgs
	case $1 in
	check | fuzz)	need_sanitizers ;;
	esac
}

# clang's sanitizers are in a package that has clang's version in its name.
need_sanitizers()
{
	case $(clang -print-file-name="libclang_rt.asan-$(uname -m).a") in
	/*)	;;
	*)	install_packages \
		    "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev" ;;
	esac
}

# install_packages NAME ...: or say what to install.
install_packages()
{
	have apt-get || die "please install:$(printf ' %s' "$@")"
	[ "$(id -u)" -eq 0 ] ||
	    die "please install (as root): apt-get install$(printf ' %s' "$@")"
	echo "installing$(printf ' %s' "$@")" >&2
	mkdir -p build
	_log=build/apt.log
	if ! { apt_quiet install "$@" || { apt_quiet update &&
	    apt_quiet install "$@"; }; } >"$_log" 2>&1; then
		tail -n 5 "$_log" >&2
		die "apt-get could not install$(printf ' %s' "$@"); see $_log"
	fi
}

apt_quiet()
{
	_verb=$1
	shift
	DEBIAN_FRONTEND=noninteractive apt-get -q -y \
	    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 \
	    --no-install-recommends "$_verb" "$@" </dev/null
}

# variant_options NAME: compiler and meson options of a build variant.
variant_options()
{
	case $1 in
	release)
		CC=gcc
		_opts="--buildtype=debugoptimized" ;;
	clang)
		CC=clang
		_opts="--buildtype=debugoptimized -Dkpi_debug=true" ;;
	asan)
		CC=clang
		_opts="--buildtype=debugoptimized -Dkpi_debug=true
		    -Db_sanitize=address,undefined -Db_lundef=false" ;;
	tsan)
		CC=gcc
		_opts="--buildtype=debugoptimized -Dkpi_debug=true
		    -Db_sanitize=thread -Db_lundef=false" ;;
	coverage)
		CC=gcc
		_opts="--buildtype=debug -Dkpi_debug=true -Db_coverage=true" ;;
	*)
		die "no build variant $1" ;;
	esac
	! have ccache || CC="ccache $CC"
	export CC
}

# configure_variant NAME [MESON OPTIONS]
configure_variant()
{
	_dir=build/$1
	_variant=$1
	shift
	variant_options "$_variant"
	[ -e "$_dir/build.ninja" ] && return 0
	rm -rf "$_dir"
	mkdir -p build
	# shellcheck disable=SC2086 # options, split on purpose
	if ! meson setup "$_dir" $_opts "$@" >"build/$_variant.setup" 2>&1; then
		tail -n 20 "build/$_variant.setup" >&2
		die "meson could not set up $_dir"
	fi
}

# build_variant NAME: set up once, then what changed.  Quiet when it works.
build_variant()
{
	configure_variant "$1"
	if ! ninja -C "build/$1" >"build/$1.log" 2>&1; then
		grep -E -A 8 'error|FAILED|warning' "build/$1.log" |
		    head -n 60 >&2 || true
		die "the $1 build failed; see build/$1.log"
	fi
}
