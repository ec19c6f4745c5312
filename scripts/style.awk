#-
# SPDX-License-Identifier: BSD-2-Clause
#
# The part of style(9) that holds for every source file, one line a breach.

function complain(what)
{
	print FILENAME ":" FNR ": " what
	breaches++
}

function columns(s,	i, n)
{
	n = 0
	for (i = 1; i <= length(s); i++) {
		if (substr(s, i, 1) == "\t")
			n += 8 - n % 8
		else
			n++
	}
	return (n)
}

function finish_file()
{
	if (file != "" && !licence) {
		print file ":1: no SPDX-License-Identifier: BSD-2-Clause"
		breaches++
	}
}

FNR == 1 {
	finish_file()
	file = FILENAME
	licence = 0
	is_c = (FILENAME ~ /\.[ch]$/)
	# Lines of a table or of generated text are not worth folding.
	limit = is_c ? 80 : (FILENAME ~ /\.master$/) ? 1000 : 100
}

FNR <= 4 && /SPDX-License-Identifier: BSD-2-Clause/ {
	licence = 1
}

/[ \t]$/ {
	complain("blank at the end of the line")
}

columns($0) > limit {
	complain("more than " limit " columns")
}

is_c && /^        / {
	complain("indented by blanks, not by a tab")
}

is_c && /(^|[^A-Za-z_])return [^(;]/ && !/["*\/].*return/ {
	complain("return without parentheses")
}

is_c && /(TODO|FIXME|XXX)/ {
	complain("unfinished")
}

END {
	finish_file()
	exit (breaches > 0)
}
