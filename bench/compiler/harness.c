/* The timing harness: one executable for one workload, made by either compiler.
 *
 * It is all there is beneath a workload: no C library, the same allocator and the same memory
 * functions for both sides, and the same place in the executable. LAYOUT shifts code and data by
 * some bytes; the harness is linked at several, since where a loop happens to lie can cost more
 * than how it was compiled.
 *
 * Protocol, in native byte order, until standard input ends:
 *     request    u64 rounds, u64 repetitions
 *     reply      u64 checksum, u64 nanoseconds of processor time of the fastest repetition
 */

#include "object.h"

#define STRING(macro) STRING_OF(macro)
#define STRING_OF(text) #text

/* Linux on x86-64. */
enum { SYS_READ = 0, SYS_WRITE = 1, SYS_EXIT = 60, SYS_CLOCK_GETTIME = 228 };
enum { CLOCK_THREAD_CPUTIME_ID = 3 };

enum { TRAP_STATUS = 70 };

#define SHIFT(section_name) __attribute__((used, section(section_name)))

SHIFT(".rodata.layout") static const u8 shift_rodata[16 * LAYOUT + 1];
SHIFT(".data.layout") static u8 shift_data[16 * LAYOUT + 1] = {1};
SHIFT(".bss.layout") static u8 shift_bss[16 * LAYOUT + 1];
__asm__(".section .text.layout, \"ax\"\n"
        ".skip 16 * " STRING(LAYOUT) " + 1, 0xCC\n"
        ".text");

__asm__(".globl _start\n"
        "_start:\n"
        "    xor %ebp, %ebp\n"
        "    and $-64, %rsp\n"
        "    call serve\n"
        "    ud2");

static i64 system_call(i64 number, i64 a, i64 b, i64 c)
{
    i64 result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c)
                     : "rcx", "r11", "memory");
    return result;
}

static _Noreturn void leave(i64 status)
{
    for (;;)
        system_call(SYS_EXIT, status, 0, 0);
}

static u64 processor_time(void)
{
    struct {
        i64 seconds;
        i64 nanoseconds;
    } now;
    system_call(SYS_CLOCK_GETTIME, CLOCK_THREAD_CPUTIME_ID, (i64)&now, 0);
    return (u64)now.seconds * 1000000000 + (u64)now.nanoseconds;
}

_Noreturn void serve(void)
{
    for (;;) {
        u64 request[2];
        if (system_call(SYS_READ, 0, (i64)request, sizeof request) != sizeof request)
            leave(0);

        u64 reply[2] = {0, UINT64_MAX};
        for (u64 i = 0; i < request[1]; i++) {
            u64 start = processor_time();
            reply[0] = run(request[0]);
            u64 took = processor_time() - start;
            if (took < reply[1])
                reply[1] = took;
        }
        system_call(SYS_WRITE, 1, (i64)reply, sizeof reply);
    }
}

/* The allocator: lists of free blocks, by size in units of 16 bytes, over one static arena. */

enum { UNIT = 16, SIZES = 64, ARENA = 1 << 22 };

struct block {
    struct block *next;
    u8 rest[];
};

static _Alignas(64) u8 arena[ARENA];
static u64 used;
static struct block *free_blocks[SIZES];

void *__pw_allocate(i64 size, const struct type *type)
{
    (void)type;
    u64 units = ((u64)size + UNIT - 1) / UNIT;
    if (units >= SIZES)
        return NULL;

    struct block *block = free_blocks[units];
    if (block != NULL) {
        free_blocks[units] = block->next;
    } else {
        if (ARENA - used < units * UNIT)
            return NULL;
        block = (struct block *)&arena[used];
        used += units * UNIT;
    }
    for (u64 i = 0; i < units * UNIT / sizeof(u64); i++)
        ((u64 *)block)[i] = 0;
    return block;
}

void __pw_free(void *object, const struct type *type)
{
    u64 units = (type->size + UNIT - 1) / UNIT;
    struct block *block = object;
    block->next = free_blocks[units];
    free_blocks[units] = block;
}

/* A failed check. The status tells the parent; the workloads are right, so it is a defect. */
_Noreturn void __pw_trap(i64 kind, const void *location, i64 a, i64 b)
{
    (void)kind, (void)location, (void)a, (void)b;
    leave(TRAP_STATUS);
}

/* An exception passes here: checked builds keep its trace. */
void __pw_trace(const void *location)
{
    (void)location;
}

/* What compilers call for loops and copies that they recognise. Weak: a side may bring its own. */

__attribute__((weak)) void *memset(void *to, int value, size_t size)
{
    void *end = to;
    __asm__ volatile("rep stosb" : "+D"(end), "+c"(size) : "a"(value) : "memory");
    return to;
}

__attribute__((weak)) void *memcpy(void *to, const void *from, size_t size)
{
    void *end = to;
    __asm__ volatile("rep movsb" : "+D"(end), "+S"(from), "+c"(size) : : "memory");
    return to;
}

/* Objects end within each other: nothing here is deep, and nothing is put off. */
void *__pw_dying(void)
{
    return 0;
}

_Bool __pw_more_dying(void *dying)
{
    (void)dying;
    return 0;
}
