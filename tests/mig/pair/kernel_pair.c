/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Both sides of golden/kernel.defs, as code in the kernel: KernelUser stubs
 * call KernelServer stubs of the same process.  Between them stands what a
 * kernel would do: dispositions change on the way, and here words, too.
 *
 * Ports are numbers that nothing looks behind.
 */

#include "../../unit/test.h"

#include "../golden/kernel_types.h"
#include "kernel.h"
#include "kernelServer.h"

#define	PORT(n)		((ipc_port_t)(uintptr_t)(n))
#define	NUMBER(p)	((uintptr_t)(p))

enum { TASK = 16, OTHER = 32, MADE = 48, MEMORY = 64 };

static struct {
	int		tasks;		/* references */
	int		released;	/* rights */
	int		destroyed;	/* messages */
	int		told;
	unsigned	room;		/* too long a result */
	/* A word to change; 0 for none. */
	unsigned	word;
	uint32_t	value;
	bool		reply, done;
} k;

/*
 * What the stubs need.
 */
NDR_record_t mig_kernel_ndr = { .char_rep = NDR_CHAR_ASCII };

void
mig_kernel_reply_setup(const mig_kernel_header_t *request,
    mig_kernel_header_t *reply)
{
	mig_kernel_reply_error_t *error;

	error = (mig_kernel_reply_error_t *)(void *)reply;
	memset(error, 0, sizeof(*error));
	reply->msgh_size = sizeof(*error);
	reply->msgh_id = (mach_msg_id_t)((uint32_t)request->msgh_id + 100);
	error->NDR = mig_kernel_ndr;
	error->RetCode = MIG_BAD_ID;
}

void
mig_kernel_release(ipc_port_t port, mach_msg_type_name_t disposition)
{

	if (port != NULL && disposition != 0)
		k.released++;
}

void
mig_kernel_destroy(mig_kernel_header_t *message)
{

	(void)message;
	k.destroyed++;
}

struct mach_task {
	int	number;
};
static struct mach_task task = { TASK }, other = { OTHER };

task_t
convert_port_to_task(ipc_port_t port)
{

	if (port != PORT(TASK) && port != PORT(OTHER))
		return (NULL);
	k.tasks++;
	return (port == PORT(TASK) ? &task : &other);
}

ipc_port_t
convert_task_to_port(task_t t)
{

	return (t == NULL ? IPC_PORT_NULL : PORT(t->number));
}

void
task_deallocate(task_t t)
{

	if (t != NULL)
		k.tasks--;
}

/*
 * The way between them.
 */
static mach_msg_type_name_t
arrives(mach_msg_type_name_t sent)
{

	switch (sent) {
	case MACH_MSG_TYPE_COPY_SEND:
	case MACH_MSG_TYPE_MAKE_SEND:
	case MACH_MSG_TYPE_MOVE_SEND:
		return (MACH_MSG_TYPE_PORT_SEND);
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		return (MACH_MSG_TYPE_PORT_SEND_ONCE);
	default:
		return (sent);
	}
}

static void
carry(mig_kernel_header_t *m, bool reply)
{
	mig_kernel_port_descriptor_t *d;
	mach_msg_body_t *body;
	unsigned i;

	body = (mach_msg_body_t *)(void *)(m + 1);
	d = (mig_kernel_port_descriptor_t *)(void *)(body + 1);
	if ((m->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0)
		for (i = 0; i < body->msgh_descriptor_count; i++)
			if (d[i].type != MACH_MSG_OOL_DESCRIPTOR)
				d[i].disposition = arrives(d[i].disposition);
	if (k.word != 0 && k.reply == reply && k.word * 4 + 4 <=
	    m->msgh_size) {
		memcpy((char *)m + k.word * 4, &k.value, 4);
		k.done = true;
	}
}

union buffer {
	mig_kernel_header_t head;
	mig_kernel_reply_error_t error;
	char		bytes[2048];
};

static void
deliver(union buffer *in, union buffer *out, mig_kernel_header_t *m,
    mach_msg_size_t size)
{

	REQUIRE(size == m->msgh_size && size <= sizeof(*in));
	memset(in, 0x5a, sizeof(*in));
	memset(out, 0x5a, sizeof(*out));
	memcpy(in, m, size);
	in->head.msgh_local_port = m->msgh_remote_port;
	in->head.msgh_remote_port = m->msgh_local_port;
	in->head.msgh_bits = (m->msgh_bits & MACH_MSGH_BITS_COMPLEX) |
	    MACH_MSGH_BITS(0, arrives(MACH_MSGH_BITS_REMOTE(m->msgh_bits)));
	carry(&in->head, false);
	(void)kernel_server(&in->head, &out->head);
}

kern_return_t
mach_msg_rpc_from_kernel(mig_kernel_header_t *m, mach_msg_size_t size,
    mach_msg_size_t rcv_size)
{
	union buffer in, out;

	deliver(&in, &out, m, size);
	carry(&out.head, true);
	if (out.head.msgh_size > rcv_size)
		return (MACH_RCV_TOO_LARGE);
	memcpy(m, &out, out.head.msgh_size);
	m->msgh_remote_port = IPC_PORT_NULL;
	return (MACH_MSG_SUCCESS);
}

kern_return_t
mach_msg_send_from_kernel(mig_kernel_header_t *m, mach_msg_size_t size)
{
	union buffer in, out;

	deliver(&in, &out, m, size);
	return (MACH_MSG_SUCCESS);
}

/*
 * The server.
 */

/* Whatever the words of a spoiled request say. */
static int
sum(int a, int b)
{

	return ((int)((uint32_t)a + (uint32_t)b));
}

kern_return_t
target(task_t t, int a, int *b)
{

	if (t == NULL)
		return (KERN_INVALID_ARGUMENT);
	*b = sum(a, (int)t->number);
	return (KERN_SUCCESS);
}

kern_return_t
right(task_t t, ipc_port_t a, task_t b, ipc_port_t c,
    mach_msg_type_name_t cPoly, ipc_port_t *d, mach_msg_type_name_t *dPoly,
    task_t *e)
{

	if (t == NULL || b == NULL)
		return (KERN_INVALID_ARGUMENT);
	if (cPoly != MACH_MSG_TYPE_PORT_SEND)
		return (KERN_INVALID_RIGHT);
	mig_kernel_release(a, MACH_MSG_TYPE_PORT_SEND);
	*d = c;
	*dPoly = MACH_MSG_TYPE_MOVE_SEND;
	*e = b;
	return (KERN_SUCCESS);
}

kern_return_t
list(task_t t, mach_port_name_array_t *a, mach_msg_type_number_t *an,
    mach_port_array_t *b, mach_msg_type_number_t *bn)
{

	if (t == NULL)
		return (KERN_INVALID_ARGUMENT);
	*a = (mach_port_name_array_t)(uintptr_t)MEMORY;
	*an = 3;
	*b = (mach_port_array_t)(uintptr_t)(MEMORY + 8);
	*bn = 2;
	return (KERN_SUCCESS);
}

kern_return_t
pieces(task_t t, pieces_t a, mach_msg_type_number_t *as,
    mach_msg_type_number_t an, pieces_t b, mach_msg_type_number_t *bs,
    mach_msg_type_number_t *bn)
{
	unsigned i;

	if (t == NULL || *bn != 2)
		return (KERN_INVALID_ARGUMENT);
	for (i = 0; i < an; i++) {
		b[i] = a[i] + 1;
		bs[i] = as[i];
	}
	*bn = k.room != 0 ? k.room : an;
	return (KERN_SUCCESS);
}

kern_return_t
numbers(task_t t, numbers_t a, mach_msg_type_number_t an, numbers_t b,
    mach_msg_type_number_t *bn, int *c)
{

	if (t == NULL || *bn != 4)
		return (KERN_INVALID_ARGUMENT);
	memcpy(b, a, an * sizeof(*a));
	*bn = k.room != 0 ? k.room : an;
	*c = sum(*c, 1);
	return (KERN_SUCCESS);
}

kern_return_t
told(ipc_port_t s, int a)
{

	(void)s;
	k.told = a;
	return (KERN_SUCCESS);
}

/*
 * The client.
 */
static unsigned elements = 2;

static kern_return_t
call_target(void)
{
	kern_return_t kr;
	int b;

	kr = ask_target(PORT(TASK), 5, &b);
	if (kr == KERN_SUCCESS && !k.done)
		CHECK_EQ(b, 5 + TASK);
	return (kr);
}

static kern_return_t
call_right(void)
{
	ipc_port_t d, e;
	kern_return_t kr;

	kr = ask_right(PORT(TASK), PORT(MADE), PORT(OTHER), PORT(MADE + 1),
	    MACH_MSG_TYPE_MAKE_SEND, &d, &e);
	if (kr == KERN_SUCCESS && !k.done)
		CHECK(d == PORT(MADE + 1) && e == PORT(OTHER));
	return (kr);
}

static kern_return_t
call_list(void)
{
	mach_msg_type_number_t an, bn;
	mach_port_name_array_t a;
	mach_port_array_t b;
	kern_return_t kr;

	kr = ask_list(PORT(TASK), &a, &an, &b, &bn);
	if (kr == KERN_SUCCESS && !k.done)
		CHECK(an == 3 && bn == 2 && NUMBER(a) == MEMORY &&
		    NUMBER(b) == MEMORY + 8);
	return (kr);
}

static kern_return_t
call_pieces(void)
{
	mach_msg_type_number_t as[3] = { 7, 0, 1 }, bs[3] = { 0, 0, 99 }, bn;
	vm_offset_t a[3] = { MEMORY, MEMORY + 8, MEMORY }, b[3];
	kern_return_t kr;
	unsigned i;

	kr = ask_pieces(PORT(TASK), a, as, elements, b, bs, &bn);
	CHECK_EQ(bs[2], 99);
	if (kr == KERN_SUCCESS && !k.done) {
		CHECK_EQ(bn, elements);
		for (i = 0; i < bn; i++)
			CHECK(b[i] == a[i] + 1 && bs[i] == as[i]);
	}
	return (kr);
}

static kern_return_t
call_numbers(void)
{
	uint64_t a[5] = { 1, 2, 3, 4, 5 }, b[5] = { 0, 0, 0, 0, 99 };
	mach_msg_type_number_t bn;
	kern_return_t kr;
	int c;

	c = 7;
	kr = ask_numbers(PORT(TASK), a, elements, b, &bn, &c);
	CHECK_EQ(b[4], 99);
	if (kr == KERN_SUCCESS && !k.done) {
		CHECK(bn == elements && c == 8);
		CHECK_EQ(memcmp(a, b, bn * sizeof(*a)), 0);
	}
	return (kr);
}

static kern_return_t
call_told(void)
{

	k.told = 0;
	return (ask_told(PORT(MADE), 9));
}

static kern_return_t (*const calls[])(void) = {
	call_target, call_right, call_list, call_pieces, call_numbers,
	call_told,
};

static void
check_good(void)
{
	unsigned i;

	for (i = 0; i < nitems(calls); i++) {
		k.released = k.destroyed = 0;
		CHECK_EQ(calls[i](), KERN_SUCCESS);
		CHECK_EQ(k.tasks, 0);
		CHECK_EQ(k.destroyed, 0);
		/* The translated right, and the one that was kept. */
		CHECK_EQ(k.released, calls[i] == call_right ? 2 : 0);
	}
	CHECK_EQ(k.told, 9);
}

static void
check_counts(void)
{

	for (elements = 0; elements <= 4; elements++) {
		CHECK_EQ(call_numbers(), KERN_SUCCESS);
		CHECK_EQ(call_pieces(), elements <= 2 ? KERN_SUCCESS :
		    MIG_ARRAY_TOO_LARGE);
	}
	elements = 5;
	CHECK_EQ(call_numbers(), MIG_ARRAY_TOO_LARGE);
	elements = 2;
	k.room = 5;
	CHECK_EQ(call_numbers(), MIG_ARRAY_TOO_LARGE);
	k.room = 3;
	CHECK_EQ(call_pieces(), MIG_ARRAY_TOO_LARGE);
	k.room = 0;
}

static bool
documented(kern_return_t kr)
{

	return (kr == KERN_SUCCESS || kr == KERN_INVALID_ARGUMENT ||
	    kr == KERN_INVALID_RIGHT || kr == MIG_TYPE_ERROR ||
	    kr == MIG_BAD_ARGUMENTS || kr == MIG_BAD_ID ||
	    kr == MIG_REPLY_MISMATCH || kr == MIG_SERVER_DIED ||
	    kr == MIG_ARRAY_TOO_LARGE || kr == MACH_RCV_TOO_LARGE);
}

/* Each word, from the number of the routine on. */
static void
check_spoiled(bool reply)
{
	static const uint32_t values[] = {
		0, 1, 2, 3, 4, 5, ~0U, 0x7fffffff, 0x80000000, 0x01110000,
		0x02110000, 0x00120000, 0x00110000
	};
	unsigned i, v;
	kern_return_t kr;

	k.reply = reply;
	for (i = 0; i < nitems(calls); i++) {
		for (k.word = 7; ; k.word++) {
			for (v = 0; v < nitems(values); v++) {
				k.value = values[v];
				k.done = false;
				kr = calls[i]();
				CHECK(documented(kr) || (reply && k.word ==
				    (sizeof(mig_kernel_header_t) + 8) / 4));
				CHECK_EQ(k.tasks, 0);
			}
			if (!k.done)
				break;
		}
		CHECK(k.word > 7 || (reply && calls[i] == call_told));
	}
	k.word = 0;
	k.done = false;
}

int
main(void)
{

	check_good();
	check_counts();
	check_spoiled(false);
	check_spoiled(true);
	check_good();
	return (test_end());
}
