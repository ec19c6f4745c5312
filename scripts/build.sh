#!/bin/sh
#-
# SPDX-License-Identifier: BSD-2-Clause
#
#	sh scripts/build.sh VARIANT
#
# Brings build/VARIANT up to date: release, clang, asan or tsan.

set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh
build_variant "$1"
