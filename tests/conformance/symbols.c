/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * Every call that the programs to be carried over make is there (calls.h), and
 * those that are refused say so: by the documented code, with nothing written.
 */

#include <string.h>

#include <mach/audit_token.h>
#include <mach/mach.h>
#include <mach/mach_error.h>
#include <mach/mach_time.h>
#include <mach/mach_traps.h>
#include <mach/mach_vm.h>
#include <mach/mig_errors.h>
#include <mach/mk_timer.h>
#include <mach/processor_info.h>
#include <mach/thread_info.h>
#include <servers/bootstrap.h>
#include <servers/bootstrap_priv.h>
#include <sys/fileport.h>

#if defined(__FreeBSD__)
#define	CALLS_OF_KEVENT
#include <mach/kevent.h>
#endif

#include "ct.h"
#include "ctmach.h"

typedef void call(void);

struct entry {
	const char	*name;
	call		*function;
};

static const struct entry calls[] = {
#define	CALL(name, shown_by)	{ #name, (call *)(name) },
#define	FORM(name, shown_by)
#define	VALUE(name, shown_by)
#include "calls.h"
#undef CALL
#undef FORM
#undef VALUE
};

struct constant {
	const char	*name;
	long long	value;
};

static const struct constant constants[] = {
#define	CALL(name, shown_by)
#define	FORM(name, shown_by)
#define	VALUE(name, shown_by)	{ #name, (long long)(name) },
#include "calls.h"
#undef CALL
#undef FORM
#undef VALUE
};

#if !defined(mach_task_self) || !defined(task_get_bootstrap_port) ||	\
    !defined(task_set_bootstrap_port) ||				\
    !defined(MACH_RCV_TRAILER_ELEMENTS)
#error "a macro of calls.h is not there"
#endif

CT_CASE(every_call_of_the_list_is_linked_and_is_one_of_its_own)
{
	unsigned i, j, n;

	n = sizeof(calls) / sizeof(calls[0]);
	for (i = 0; i < n; i++) {
		CT_TRUE(calls[i].function != NULL);
		for (j = 0; j < i; j++) {
			if (calls[i].function == calls[j].function)
				ct_fail(__FILE__, __LINE__, "%s is %s",
				    calls[i].name, calls[j].name);
		}
	}
}

CT_CASE(constants_of_one_kind_are_told_apart)
{
	unsigned i, j, n;

	/* Of one kind: alike in the first nine letters. */
	n = sizeof(constants) / sizeof(constants[0]);
	for (i = 0; i < n; i++) {
		for (j = 0; j < i; j++) {
			if (strncmp(constants[i].name, constants[j].name, 9)
			    == 0 && constants[i].value == constants[j].value)
				ct_fail(__FILE__, __LINE__, "%s is %s",
				    constants[i].name, constants[j].name);
		}
	}
}

/* ---- what is refused ---- */

static const uint8_t untouched[64] = {
	0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a,
	0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a,
	0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a,
	0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a,
	0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a,
	0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a, 0x5a
};

#define	REFUSED(name, ...) do {						\
	memset(&out, 0x5a, sizeof(out));				\
	n = 16;								\
	CT_KR(name(__VA_ARGS__), KERN_NOT_SUPPORTED);			\
	CT_EQ(memcmp(&out, untouched, sizeof(out)), 0);			\
	CT_EQ(n, 16);							\
} while (0)

CT_CASE(calls_that_are_not_offered_say_so_and_write_nothing)
{
	static union {
		uint8_t			 bytes[64];
		mach_port_t		 port;
		thread_act_array_t	 threads;
		integer_t		 words[16];
		mach_vm_address_t	 address;
		vm_size_t		 size;
		memory_object_size_t	 object_size;
		processor_info_array_t	 processors;
		uint64_t		 ids[4];
		exception_mask_t	 masks[16];
	} out;
	exception_behavior_t behaviors[EXC_TYPES_COUNT];
	exception_handler_t handlers[EXC_TYPES_COUNT];
	mach_msg_type_number_t n;
	mach_port_t host, self;
	mem_entry_name_port_t entry;
	natural_t cpus;
	int region[16];
	mach_port_t object;
	mach_vm_size_t region_size;
	thread_state_flavor_t flavors[EXC_TYPES_COUNT];
	vm_prot_t cur, max;

	host = mach_host_self();
	self = mach_thread_self();
	REFUSED(task_threads, SELF, &out.threads, &n);
	REFUSED(task_suspend, SELF);
	REFUSED(task_resume, SELF);
	REFUSED(task_terminate, SELF);
	REFUSED(task_set_exception_ports, SELF, EXC_MASK_ALL, MACH_PORT_NULL,
	    EXCEPTION_DEFAULT, 0);
	REFUSED(task_get_exception_ports, SELF, EXC_MASK_ALL, out.masks, &n,
	    handlers, behaviors, flavors);
	REFUSED(thread_info, self, THREAD_BASIC_INFO, out.words, &n);
	REFUSED(thread_suspend, self);
	REFUSED(thread_resume, self);
	REFUSED(thread_terminate, self);
	REFUSED(thread_get_state, self, 1, (thread_state_t)out.words, &n);
	REFUSED(thread_set_state, self, 1, (thread_state_t)out.words, n);
	REFUSED(thread_set_exception_ports, self, EXC_MASK_ALL,
	    MACH_PORT_NULL, EXCEPTION_DEFAULT, 0);
	REFUSED(thread_policy_set, self, 1, (thread_policy_t)out.words, n);
	REFUSED(mach_vm_remap, SELF, &out.address, ct_page(), 0,
	    VM_FLAGS_ANYWHERE, SELF, (mach_vm_address_t)(uintptr_t)calls,
	    FALSE, &cur, &max, VM_INHERIT_NONE);
	REFUSED(mach_make_memory_entry, SELF, &out.size, 0, VM_PROT_READ,
	    &entry, MACH_PORT_NULL);
	REFUSED(mach_make_memory_entry_64, SELF, &out.object_size, 0,
	    VM_PROT_READ, &entry, MACH_PORT_NULL);
	REFUSED(host_processor_info, host, PROCESSOR_CPU_LOAD_INFO, &cpus,
	    &out.processors, &n);
	REFUSED(mach_generate_activity_id, SELF, 1, out.ids);
	/* launchd asks for these as well, and lives with the answer. */
	REFUSED(host_reboot, host, 0);
	REFUSED(host_set_exception_ports, host, EXC_MASK_ALL, MACH_PORT_NULL,
	    EXCEPTION_DEFAULT, 0);
	REFUSED(task_policy_set, SELF, 1, (task_policy_t)out.words, n);
	REFUSED(mach_vm_region, SELF, &out.address, &region_size, 0,
	    (vm_region_info_t)region, &n, &object);
	/* As on Darwin, no voucher comes of it. */
	CT_KR(host_create_mach_voucher(host, NULL, 0, &out.port),
	    KERN_NOT_SUPPORTED);
	CT_EQ(out.port, MACH_PORT_NULL);
}

CT_CASE(a_voucher_that_is_none_can_be_given_back)
{
	mach_port_t p;

	CT_OK(mach_voucher_deallocate(MACH_PORT_NULL));
	CT_KR(mach_voucher_deallocate(ct_free_name()), KERN_INVALID_NAME);
	/* There are no others: a right is a right. */
	p = ct_port_send();
	CT_OK(mach_voucher_deallocate(p));
	CT_EQ(ct_type(p), MACH_PORT_TYPE_RECEIVE);
}

/* ---- without a bootstrap server ---- */

#define	FAILS(call) do {						\
	CT_NE(call, KERN_SUCCESS);					\
	CT_EQ(ct_names(), names);					\
} while (0)

CT_CASE(bootstrap_calls_to_nobody_fail_and_give_no_name)
{
	static const char name[] = "org.example.symbols";
	static const unsigned char id[16];
	bootstrap_status_array_t states;
	bootstrap_status_t state;
	mach_msg_type_number_t a, b, c;
	mach_port_t dead, nobody[2], p;
	name_array_t jobs, services;
	unsigned char given[16];
	unsigned i, names;

	dead = ct_dead_name();
	nobody[0] = MACH_PORT_NULL;
	nobody[1] = dead;
	(void)mig_get_reply_port();
	names = ct_names();
	for (i = 0; i < 2; i++) {
		FAILS(bootstrap_check_in(nobody[i], name, &p));
		FAILS(bootstrap_check_in2(nobody[i], name, &p, 0));
		FAILS(bootstrap_check_in3(nobody[i], name, &p, given, 0));
		FAILS(bootstrap_look_up(nobody[i], name, &p));
		FAILS(bootstrap_look_up2(nobody[i], name, &p, 0, 0));
		FAILS(bootstrap_look_up3(nobody[i], name, &p, 0, id, 0));
		FAILS(bootstrap_register(nobody[i], (char *)name, dead));
		FAILS(bootstrap_register2(nobody[i], (char *)name, dead, 0));
		FAILS(bootstrap_create_server(nobody[i], (char *)"/bin/true",
		    0, TRUE, &p));
		FAILS(bootstrap_create_service(nobody[i], (char *)name, &p));
		FAILS(bootstrap_subset(nobody[i], dead, &p));
		FAILS(bootstrap_unprivileged(nobody[i], &p));
		FAILS(bootstrap_parent(nobody[i], &p));
		FAILS(bootstrap_status(nobody[i], (char *)name, &state));
		FAILS(bootstrap_info(nobody[i], &services, &a, &jobs, &b,
		    &states, &c, 0));
	}
}
