#-
# SPDX-License-Identifier: BSD-2-Clause
#
# Writes from traps.master what must agree about the Mach traps: numbers,
# argument structures, the table, libmach's stubs and the reference page.
# gentraps.sh runs it; POSIX awk only, so that the awks of FreeBSD and
# Debian all do.
#
#	awk -f gentraps.awk -v out=DIR traps.master
#
# Model: every line is parsed and checked into arrays first, and END
# writes all files or, after any error, none.
#

function fail(msg)
{
	printf("%s:%d: %s\n", FILENAME, line_no, msg) > "/dev/stderr"
	errors++
}

function trim(s)
{
	sub(/^[ \t]+/, "", s)
	sub(/[ \t]+$/, "", s)
	return s
}

# The position of the parenthesis that closes the one at s[start], or 0.
function closing(s, start,	i, c, depth)
{
	depth = 0
	for (i = start; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "(")
			depth++
		else if (c == ")" && --depth == 0)
			return i
	}
	return 0
}

# Split s at commas outside parentheses into list[1..n]; returns n.
function split_args(s, list,	i, c, depth, n, cur)
{
	if (trim(s) == "")
		return 0
	n = 0
	depth = 0
	cur = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "(")
			depth++
		else if (c == ")")
			depth--
		if (c == "," && depth == 0) {
			list[++n] = trim(cur)
			cur = ""
		} else
			cur = cur c
	}
	list[++n] = trim(cur)
	return n
}

# Argument k of trap t: annotations, type and name.
function parse_arg(t, k, s,	word, close_at, dir, bound, contains, ptr)
{
	dir = ""
	bound = ""
	contains = 0
	while (match(s, /^_[A-Z][A-Za-z_]*_/)) {
		word = substr(s, 1, RLENGTH)
		s = substr(s, RLENGTH + 1)
		if (word == "_Contains_") {
			contains = 1
		} else if (!(word in takes_bound)) {
			fail("unknown annotation " word)
			return
		} else if (dir != "") {
			fail("second annotation " word)
			return
		} else {
			dir = word
			if (takes_bound[word]) {
				close_at = substr(s, 1, 1) == "(" ? \
				    closing(s, 1) : 0
				if (close_at < 3) {
					fail(word " needs an expression")
					return
				}
				bound = substr(s, 2, close_at - 2)
				s = substr(s, close_at + 1)
			}
		}
		s = trim(s)
	}
	if (!match(s, /[A-Za-z_][A-Za-z0-9_]*$/) || RSTART == 1) {
		fail("argument " k " is not a declaration: " s)
		return
	}
	arg_name[t, k] = substr(s, RSTART)
	arg_type[t, k] = trim(substr(s, 1, RSTART - 1))
	if (arg_type[t, k] !~ /^[A-Za-z_][A-Za-z0-9_ ]*( \*)?$/) {
		fail("argument type is not simple: " arg_type[t, k])
		return
	}
	ptr = arg_type[t, k] ~ /\*$/
	if (ptr && dir == "")
		fail("pointer " arg_name[t, k] " has no annotation")
	if (!ptr && (dir != "" || contains))
		fail("annotation on " arg_name[t, k] ", which is no pointer")
	arg_ptr[t, k] = ptr
	arg_dir[t, k] = dir
	arg_bound[t, k] = bound
	arg_contains[t, k] = contains
}

# Bounds name other arguments of the same trap, and names are unique.
function check_args(t,	k, j, e, seen, word)
{
	for (k = 1; k <= nargs[t]; k++)
		seen[arg_name[t, k]]++
	for (k = 1; k <= nargs[t]; k++) {
		if (seen[arg_name[t, k]] > 1)
			fail("two arguments are called " arg_name[t, k])
		e = arg_bound[t, k]
		while (match(e, /[A-Za-z_][A-Za-z0-9_]*/)) {
			word = substr(e, RSTART, RLENGTH)
			if (!(word in seen))
				fail("bound of " arg_name[t, k] " names " \
				    word ", which is no argument")
			e = substr(e, RSTART + RLENGTH)
		}
	}
}

function parse(s,	open, close_at, w, n, i, t, list)
{
	open = index(s, "(")
	if (open == 0) {
		fail("no argument list")
		return
	}
	close_at = closing(s, open)
	if (close_at != length(s)) {
		fail("the argument list does not end the entry")
		return
	}
	n = split(substr(s, 1, open - 1), w)
	if (n < 4) {
		fail("not of the form: number kind type name (arguments)")
		return
	}
	if (w[1] !~ /^[0-9]+$/ || w[1] + 0 > MAX_NUMBER) {
		fail("bad trap number " w[1])
		return
	}
	if (ntraps > 0 && w[1] + 0 <= number[ntraps]) {
		fail("trap " w[1] " is out of order")
		return
	}
	if (w[2] != "STD" && w[2] != "STD|CAPENABLED" && w[2] != "NOSUP") {
		fail("unknown kind " w[2])
		return
	}
	if (w[n] !~ /^[A-Za-z_][A-Za-z0-9_]*$/) {
		fail("bad trap name " w[n])
		return
	}
	if (w[n] in named) {
		fail("trap " w[n] " was given in line " named[w[n]])
		return
	}
	t = ++ntraps
	named[w[n]] = line_no
	number[t] = w[1] + 0
	kind[t] = w[2] == "NOSUP" ? "NOSUP" : "STD"
	capenabled[t] = w[2] ~ /CAPENABLED/
	name[t] = w[n]
	type[t] = w[3]
	for (i = 4; i < n; i++)
		type[t] = type[t] " " w[i]
	nargs[t] = split_args(substr(s, open + 1, close_at - open - 1), list)
	if (nargs[t] > MAX_ARGS) {
		fail(name[t] " has more than " MAX_ARGS " arguments")
		return
	}
	for (i = 1; i <= nargs[t]; i++)
		parse_arg(t, i, list[i])
	check_args(t)
}

BEGIN {
	MAX_NUMBER = 255
	MAX_ARGS = 8
	split("uint64_t mach_vm_offset_t mach_vm_address_t mach_vm_size_t", w)
	for (i in w)
		wide[w[i]]
	split("int boolean_t integer_t mach_port_delta_t mach_msg_id_t", w)
	for (i in w)
		signed[w[i]]
	takes_bound["_In_"] = 0
	takes_bound["_Out_"] = 0
	takes_bound["_Inout_"] = 0
	takes_bound["_In_reads_"] = 1
	takes_bound["_In_reads_bytes_"] = 1
	takes_bound["_Out_writes_"] = 1
	takes_bound["_Out_writes_bytes_"] = 1
	takes_bound["_Inout_updates_"] = 1
	takes_bound["_Inout_updates_bytes_"] = 1
	ntraps = 0
	errors = 0
	pending = ""
	if (out == "") {
		print "usage: awk -f gentraps.awk -v out=DIR traps.master" \
		    > "/dev/stderr"
		errors = 1
		exit 1
	}
}

/^[ \t]*#/ || (/^[ \t]*$/ && pending == "") { next }
{
	if (pending == "")
		line_no = FNR
	if ($0 ~ /\\$/) {
		pending = pending substr($0, 1, length($0) - 1) " "
		next
	}
	whole = trim(pending $0)
	pending = ""
	parse(whole)
}

#
# Writing.
#

# "type name", with the star beside the name.
function declare(ty, nm)
{
	if (ty ~ /\*$/)
		return ty nm
	return ty " " nm
}

function prototype(t,	s, k)
{
	if (nargs[t] == 0)
		return "void"
	s = ""
	for (k = 1; k <= nargs[t]; k++)
		s = s (k > 1 ? ", " : "") declare(arg_type[t, k], arg_name[t, k])
	return s
}

function c_head(f, what)
{
	print "/*-\n * SPDX-License-Identifier: BSD-2-Clause\n */\n" > f
	print "/*\n * " what > f
	print " *\n * Written by gentraps.awk from traps.master: do not edit." > f
	print " */\n" > f
}

# How many columns s takes on the screen.
function width(s,	i, n)
{
	n = 0
	for (i = 1; i <= length(s); i++)
		n = substr(s, i, 1) == "\t" ? n - n % 8 + 8 : n + 1
	return n
}

# A comma-separated list in parentheses, folded to 80 columns.
function fold(f, first, list, last, indent,	n, i, part, line, item)
{
	n = split(list, part, /, /)
	line = first
	for (i = 1; i <= n; i++) {
		item = part[i] (i < n ? "," : last)
		if (width(line) + (i > 1) + length(item) > 80) {
			print line > f
			line = indent item
		} else
			line = line (i > 1 ? " " : "") item
	}
	print line > f
}

function write_numbers(f,	t)
{
	c_head(f, "The numbers of the Mach traps.")
	print "#ifndef _KERNEL_TRAP_GEN_TRAP_NUMBER_H_" > f
	print "#define\t_KERNEL_TRAP_GEN_TRAP_NUMBER_H_\n" > f
	for (t = 1; t <= ntraps; t++)
		printf("#define\tMACH_TRAP_%s\t%d\n", name[t], number[t]) > f
	printf("\n#define\tMACH_TRAP_COUNT\t%d\n", number[ntraps] + 1) > f
	print "\n#endif /* !_KERNEL_TRAP_GEN_TRAP_NUMBER_H_ */" > f
	close(f)
}

function includes(f)
{
	print "#include <mach/mach_types.h>" > f
	print "#include <mach/clock_types.h>" > f
	print "#include <mach/mach_time.h>" > f
	print "#include <mach/message.h>" > f
	print "#include <mach/port.h>" > f
	print "#include <mach_debug/ipc_info.h>" > f
}

function write_args(f,	t, k)
{
	c_head(f, "The arguments of the Mach traps, as trap handlers see them.")
	print "#ifndef _KERNEL_TRAP_GEN_TRAP_ARGS_H_" > f
	print "#define\t_KERNEL_TRAP_GEN_TRAP_ARGS_H_\n" > f
	print "#include <sys/param.h>\n#include <sys/types.h>\n" > f
	includes(f)
	print "" > f
	print "/*" > f
	print " * Every argument is one 64-bit word of the caller, and the structure lies" > f
	print " * over those words: a narrower member sits where the low-order bytes of its" > f
	print " * word are.  Pointers are the caller's: only copyin(9), copyout(9) and" > f
	print " * vm_copy.h may be given them." > f
	print " */" > f
	print "#define\tMACH_TRAP_PAD_(t)\t\t\t\t\t\t\\" > f
	print "\t(sizeof(t) >= sizeof(uint64_t) ? 0 : " \
	    "sizeof(uint64_t) - sizeof(t))" > f
	print "#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__" > f
	print "#define\tMACH_PADL_(t)\t0" > f
	print "#define\tMACH_PADR_(t)\tMACH_TRAP_PAD_(t)" > f
	print "#else" > f
	print "#define\tMACH_PADL_(t)\tMACH_TRAP_PAD_(t)" > f
	print "#define\tMACH_PADR_(t)\t0" > f
	print "#endif" > f
	print "#define\tMACH_TRAP_ARG_(t, name)\t\t\t\t\t\t\\" > f
	print "\tchar name##_l_[MACH_PADL_(t)];\t\t\t\t\t\\" > f
	print "\tt name;\t\t\t\t\t\t\t\t\\" > f
	print "\tchar name##_r_[MACH_PADR_(t)]" > f
	for (t = 1; t <= ntraps; t++) {
		if (kind[t] != "STD")
			continue
		printf("\nstruct %s_args {\n", name[t]) > f
		if (nargs[t] == 0)
			print "\tuint64_t unused;" > f
		for (k = 1; k <= nargs[t]; k++)
			printf("\tMACH_TRAP_ARG_(%s, %s);\n",
			    arg_type[t, k], arg_name[t, k]) > f
		print "};" > f
		if (nargs[t] > 0)
			fold(f, "_Static_assert(", "sizeof(struct " name[t] \
			    "_args) == " nargs[t] " * 8, " \
			    "\"arguments are words\"", ");", "    ")
	}
	print "\n#undef\tMACH_TRAP_ARG_" > f
	print "\n#endif /* !_KERNEL_TRAP_GEN_TRAP_ARGS_H_ */" > f
	close(f)
}

function write_handlers(f,	t)
{
	c_head(f, "The functions in the kernel that carry out the Mach traps.")
	print "#ifndef _KERNEL_TRAP_GEN_TRAP_HANDLERS_H_" > f
	print "#define\t_KERNEL_TRAP_GEN_TRAP_HANDLERS_H_\n" > f
	print "#include <kernel/trap/gen/trap_args.h>\n" > f
	print "struct mach_thread;\n" > f
	for (t = 1; t <= ntraps; t++) {
		if (kind[t] != "STD")
			continue
		fold(f, "int\tsys_" name[t] "(", "struct mach_thread *self, " \
		    "struct " name[t] "_args *uap", ");", "\t    ")
	}
	print "\n#endif /* !_KERNEL_TRAP_GEN_TRAP_HANDLERS_H_ */" > f
	close(f)
}

function result_kind(ty)
{
	if (ty == "kern_return_t" || ty == "mach_msg_return_t")
		return "MACH_TRAP_CODE"
	if (ty == "mach_port_name_t")
		return "MACH_TRAP_NAME"
	return "MACH_TRAP_VALUE"
}

# How an argument is printed.
function print_kind(t, k,	ty)
{
	if (arg_ptr[t, k])
		return "MACH_ARG_POINTER"
	ty = arg_type[t, k]
	if (ty in wide)
		return "MACH_ARG_WIDE"
	if (ty in signed)
		return "MACH_ARG_SIGNED"
	return "MACH_ARG_WORD"
}

function write_table(f,	t, k)
{
	c_head(f, "The table of the Mach traps.")
	print "#include <sys/param.h>\n#include <sys/systm.h>\n" > f
	print "#include <kernel/kern/probes.h>" > f
	print "#include <kernel/trap/gen/trap_handlers.h>" > f
	print "#include <kernel/trap/trap.h>\n" > f
	print "/*\n * One wrapper a trap, so that every table entry is called through" > f
	print " * its own type, and so that a probe has the arguments as the trap" > f
	print " * has them.  While no probe of any provider is enabled it is a jump.\n */" > f
	print "#define\tMACH_TRAP_CALL(name)\t\t\t\t\t\t\\" > f
	print "SDT_PROBE_DEFINE1(mach, trap, name, entry,\t\t\t\t\\" > f
	print "    \"struct \" #name \"_args *\");\t\t\t\t\t\\" > f
	print "static __noinline int\t\t\t\t\t\t\t\\" > f
	print "probed_##name(struct mach_thread *self, void *uap)\t\t\t\\" > f
	print "{\t\t\t\t\t\t\t\t\t\\" > f
	print "\t\t\t\t\t\t\t\t\t\\" > f
	print "\tSDT_PROBE1(mach, trap, name, entry, uap);\t\t\t\\" > f
	print "\treturn (sys_##name(self, (struct name##_args *)uap));\t\t\\" > f
	print "}\t\t\t\t\t\t\t\t\t\\" > f
	print "static int\t\t\t\t\t\t\t\t\\" > f
	print "call_##name(struct mach_thread *self, void *uap)\t\t\t\\" > f
	print "{\t\t\t\t\t\t\t\t\t\\" > f
	print "\t\t\t\t\t\t\t\t\t\\" > f
	print "\treturn (SDT_PROBES_ENABLED() ? probed_##name(self, uap) :\t\\" > f
	print "\t    sys_##name(self, (struct name##_args *)uap));\t\t\\" > f
	print "}\n" > f
	for (t = 1; t <= ntraps; t++)
		if (kind[t] == "STD")
			printf("MACH_TRAP_CALL(%s)\n", name[t]) > f
	for (t = 1; t <= ntraps; t++) {
		if (nargs[t] == 0)
			continue
		printf("\nstatic const struct mach_trap_arg args_%d[] = {\n",
		    number[t]) > f
		for (k = 1; k <= nargs[t]; k++)
			printf("\t{ \"%s\", %s },\n", arg_name[t, k],
			    print_kind(t, k)) > f
		print "};" > f
	}
	print "\nconst struct mach_trap mach_trap_table[] = {" > f
	for (t = 1; t <= ntraps; t++) {
		printf("\t[%d] = {\n", number[t]) > f
		printf("\t\t.mt_call = %s,\n",
		    kind[t] == "STD" ? "call_" name[t] : "NULL") > f
		printf("\t\t.mt_name = \"%s\",\n", name[t]) > f
		printf("\t\t.mt_args = %s,\n",
		    nargs[t] > 0 ? "args_" number[t] : "NULL") > f
		printf("\t\t.mt_nargs = %d,\n", nargs[t]) > f
		printf("\t\t.mt_supported = %s,\n",
		    kind[t] == "STD" ? "true" : "false") > f
		printf("\t\t.mt_capenabled = %s,\n",
		    capenabled[t] ? "true" : "false") > f
		printf("\t\t.mt_result = %s,\n", result_kind(type[t])) > f
		print "\t}," > f
	}
	print "};\n" > f
	print "const u_int mach_trap_count = nitems(mach_trap_table);\n" > f
	print "struct mach_trap_stats mach_trap_stats[nitems(mach_trap_table)];" > f
	close(f)
}

function write_stub_header(f,	t)
{
	c_head(f, "The functions of libmach that are nothing but a trap.")
	print "#ifndef _LIB_LIBMACH_GEN_TRAP_STUBS_H_" > f
	print "#define\t_LIB_LIBMACH_GEN_TRAP_STUBS_H_\n" > f
	print "#include <stdint.h>\n" > f
	includes(f)
	print "\n/*\n * Darwin's are also in <mach/mach_traps.h>; the compiler checks that both" > f
	print " * agree.\n */" > f
	for (t = 1; t <= ntraps; t++)
		fold(f, type[t] "\t" name[t] "(", prototype(t), ");", \
		    "\t    ")
	print "\n#endif /* !_LIB_LIBMACH_GEN_TRAP_STUBS_H_ */" > f
	close(f)
}

function write_stubs(f,	t, k)
{
	c_head(f, "The traps as functions: pack the words, enter the kernel.")
	print "#include <stddef.h>\n#include <stdint.h>\n" > f
	print "#include <mach/mach_traps.h>\n" > f
	print "#include \"../host.h\"\n#include \"../trap_stub.h\"" > f
	print "#include \"trap_stubs.h\"" > f
	for (t = 1; t <= ntraps; t++) {
		printf("\n%s\n", type[t]) > f
		fold(f, name[t] "(", prototype(t), ")", "    ")
		print "{" > f
		if (nargs[t] == 0) {
			printf("\n\treturn ((%s)MACH_TRAP_STUB(%d, 0, 0));\n}\n",
			    type[t], number[t]) > f
			continue
		}
		printf("\n\treturn ((%s)MACH_TRAP_STUB(%d, %d", type[t],
		    number[t], nargs[t]) > f
		for (k = 1; k <= nargs[t]; k++)
			printf(",\n\t    %s%s", arg_ptr[t, k] ? \
			    "(uint64_t)(uintptr_t)" : "(uint64_t)",
			    arg_name[t, k]) > f
		print "));\n}" > f
	}
	close(f)
}

function write_docs(f,	t, k, s, m)
{
	print "<!-- SPDX-License-Identifier: BSD-2-Clause" > f
	print "     Written by kernel/trap/gentraps.awk from traps.master:" \
	    " do not edit. -->\n" > f
	print "# The Mach traps\n" > f
	print "Numbers below 128 are Darwin's. 128 and above are ours, for what" > f
	print "Darwin reaches by a MIG message to the task, thread or host port.\n" > f
	print "A trap takes up to 8 arguments, each one 64-bit word whatever the" > f
	print "word size of the caller, and returns a 32-bit return code or port" > f
	print "name. Words that the caller leaves out count as 0. A number that is" > f
	print "not in this list gives `KERN_INVALID_ARGUMENT`; an entry marked" > f
	print "*absent* is known to Darwin and gives `KERN_NOT_SUPPORTED` here.\n" > f
	print "User pointers: *in* is read, *out* is written, *in/out* both;" > f
	print "the bracket says how many elements, or how many bytes." > f
	print "A trap marked *no capsicum* finds something by a global name and" > f
	print "gives `KERN_DENIED` in capability mode.\n" > f
	print "| number | name | returns | arguments | |" > f
	print "|---:|---|---|---|---|" > f
	for (t = 1; t <= ntraps; t++) {
		s = ""
		for (k = 1; k <= nargs[t]; k++) {
			m = ""
			if (arg_dir[t, k] ~ /^_Inout_/)
				m = "in/out"
			else if (arg_dir[t, k] ~ /^_In_/)
				m = "in"
			else if (arg_dir[t, k] ~ /^_Out_/)
				m = "out"
			if (arg_bound[t, k] != "")
				m = m "[`" arg_bound[t, k] "`" \
				    (arg_dir[t, k] ~ /bytes_$/ ? " bytes" : "") "]"
			s = s (k > 1 ? "<br>" : "") "`" \
			    declare(arg_type[t, k], arg_name[t, k]) "`" \
			    (m != "" ? " " m : "") \
			    (arg_contains[t, k] ? ", layout depends on the ABI" : "")
		}
		printf("| %d | `%s` | `%s` | %s | %s |\n", number[t], name[t],
		    type[t], s, kind[t] != "STD" ? "*absent*" : \
		    capenabled[t] ? "" : "*no capsicum*") > f
	}
	close(f)
}

END {
	if (out == "")
		exit 1
	if (pending != "")
		fail("the last entry is not finished")
	if (ntraps == 0 && errors == 0)
		fail("no traps")
	if (errors > 0)
		exit 1
	write_numbers(out "/trap_number.h")
	write_args(out "/trap_args.h")
	write_handlers(out "/trap_handlers.h")
	write_table(out "/trap_table.c")
	write_stub_header(out "/trap_stubs.h")
	write_stubs(out "/trap_stubs.c")
	write_docs(out "/traps.md")
}
