/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * What Darwin sources ask about their target.  All that name a platform of
 * Apple's are 0, so that such sources take their portable branches.
 */

#ifndef _MACH_TARGETCONDITIONALS_H_
#define	_MACH_TARGETCONDITIONALS_H_

#ifndef TARGET_OS_MAC
#define	TARGET_OS_MAC		0
#endif
#ifndef TARGET_OS_OSX
#define	TARGET_OS_OSX		0
#endif
#ifndef TARGET_OS_IPHONE
#define	TARGET_OS_IPHONE	0
#endif
#ifndef TARGET_OS_IOS
#define	TARGET_OS_IOS		0
#endif
#ifndef TARGET_OS_TV
#define	TARGET_OS_TV		0
#endif
#ifndef TARGET_OS_WATCH
#define	TARGET_OS_WATCH		0
#endif
#ifndef TARGET_OS_BRIDGE
#define	TARGET_OS_BRIDGE	0
#endif
#ifndef TARGET_OS_EMBEDDED
#define	TARGET_OS_EMBEDDED	0
#endif
#ifndef TARGET_OS_SIMULATOR
#define	TARGET_OS_SIMULATOR	0
#endif
#ifndef TARGET_IPHONE_SIMULATOR
#define	TARGET_IPHONE_SIMULATOR	0
#endif
#ifndef TARGET_OS_MACCATALYST
#define	TARGET_OS_MACCATALYST	0
#endif
#ifndef TARGET_OS_DRIVERKIT
#define	TARGET_OS_DRIVERKIT	0
#endif
#ifndef TARGET_OS_WIN32
#define	TARGET_OS_WIN32		0
#endif
#ifndef TARGET_OS_WINDOWS
#define	TARGET_OS_WINDOWS	0
#endif
#ifndef TARGET_OS_UNIX
#define	TARGET_OS_UNIX		1
#endif
#ifndef TARGET_OS_LINUX
#ifdef __linux__
#define	TARGET_OS_LINUX		1
#else
#define	TARGET_OS_LINUX		0
#endif
#endif

#ifndef TARGET_CPU_X86_64
#ifdef __x86_64__
#define	TARGET_CPU_X86_64	1
#else
#define	TARGET_CPU_X86_64	0
#endif
#endif
#ifndef TARGET_CPU_X86
#ifdef __i386__
#define	TARGET_CPU_X86		1
#else
#define	TARGET_CPU_X86		0
#endif
#endif
#ifndef TARGET_CPU_ARM64
#ifdef __aarch64__
#define	TARGET_CPU_ARM64	1
#else
#define	TARGET_CPU_ARM64	0
#endif
#endif
#ifndef TARGET_CPU_ARM
#ifdef __arm__
#define	TARGET_CPU_ARM		1
#else
#define	TARGET_CPU_ARM		0
#endif
#endif

#ifndef TARGET_RT_64_BIT
#ifdef __LP64__
#define	TARGET_RT_64_BIT	1
#else
#define	TARGET_RT_64_BIT	0
#endif
#endif
#ifndef TARGET_RT_LITTLE_ENDIAN
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define	TARGET_RT_LITTLE_ENDIAN	1
#define	TARGET_RT_BIG_ENDIAN	0
#else
#define	TARGET_RT_LITTLE_ENDIAN	0
#define	TARGET_RT_BIG_ENDIAN	1
#endif
#endif

#endif /* !_MACH_TARGETCONDITIONALS_H_ */
