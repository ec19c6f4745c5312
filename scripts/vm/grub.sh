#-
# SPDX-License-Identifier: BSD-2-Clause
#
# A CD from which GRUB starts a FreeBSD kernel: $work/iso holds what is on it,
# with a grub.cfg.  Read by scripts that have read scripts/lib.sh.
# shellcheck shell=sh disable=SC2154

grub_tools()
{
	for _c in grub-mkimage:grub-pc-bin makefs:makefs xorriso:xorriso; do
		have "${_c%%:*}" || install_packages "${_c#*:}"
	done
	[ -e /usr/lib/grub/i386-pc/relocator.mod ] ||
	    install_packages grub-pc-bin
}

# grub_image: a CD's boot image with GRUB.  Debian's GRUB 2.06 jumps to the
# wrong place when it starts an amd64 FreeBSD kernel: the displacement at 0x3ad
# of its relocator must be 4.
grub_image()
{
	cp -r /usr/lib/grub/i386-pc "$work/grub"
	_mod=$work/grub/relocator.mod
	if [ "$(od -An -tu1 -j 941 -N 1 "$_mod" | tr -d ' ')" = 0 ] &&
	    grub-mkimage --version | grep -q ' 2\.06'; then
		printf '\004' | dd of="$_mod" bs=1 seek=941 conv=notrunc \
		    status=none
	fi
	echo 'search -s root -f /grub.cfg
configfile /grub.cfg' >"$work/early.cfg"
	grub-mkimage -d "$work/grub" -O i386-pc-eltorito -p / \
	    -c "$work/early.cfg" -o "$work/iso/eltorito.img" \
	    biosdisk iso9660 bsd search search_fs_file configfile normal
}

# grub_iso FILE
grub_iso()
{
	xorriso -as mkisofs -quiet -R -b eltorito.img -no-emul-boot \
	    -boot-load-size 4 -boot-info-table -o "$1" \
	    "$work/iso" >"$work/xorriso.log" 2>&1 || die "xorriso failed"
}
