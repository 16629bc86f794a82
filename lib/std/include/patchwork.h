/* The system calls. Made by tools/system_calls.py from kernel/syscall/calls.py; change that. */
#pragma once

#include <stdint.h>

/* What there is to know of a file; core/file_records.py. */
struct stat_record {
    uint64_t number, size;
    uint32_t kind, links;
    uint64_t permissions;
};

/* How the time stamp counter becomes the uptime; core/clock_rate.py. */
struct clock_rate_record {
    uint64_t first_ticks, scale;
};

/* End the process, with a status: text of which the first 255 bytes count; empty is success. */
void exits(uint8_t *status, uint64_t status_length);

/* End the calling thread; with the last one the process ends, successfully. */
void thread_exit(uint32_t *ended);

/* Start a program; return the number of its process, at once: that it cannot be executed is its status. */
uint64_t spawn(uint8_t *arguments, uint64_t arguments_length, uint32_t flags);

/* Sleep. */
void nanosleep(uint64_t duration_ns);

/* Return the number of the process. */
uint64_t getpid(void);

/* Return the number of the thread. */
uint64_t gettid(void);

/* Return the time since the system started, in nanoseconds. */
uint64_t uptime(void);

/* Return the time since the beginning of 1970, UTC, in nanoseconds. */
uint64_t epoch(void);

/* Open what a path leads to, as its flags say, and return the lowest number that is free. */
uint64_t open(uint8_t *path, uint64_t path_length);

/* Open what a path leads to twice, and store the two numbers: read from the first, write to the second. */
void open2(uint8_t *path, uint64_t path_length, uint64_t *numbers, uint64_t numbers_length);

/* Let go of an open file. */
void close(uint64_t file);

/* Read into memory of the program; return how many bytes came, 0 at the end. */
uint64_t read(uint64_t file, uint8_t *into, uint64_t into_length);

/* Write memory of the program; return how many bytes were taken. */
uint64_t write(uint64_t file, uint8_t *data, uint64_t data_length);

/* Set the position of an open file, and return it. */
uint64_t seek(uint64_t file, int64_t offset, uint32_t origin);

/* Tell about what a path leads to. */
void stat(uint8_t *path, uint64_t path_length, struct stat_record *into);

/* Promise memory that is zero until it is written, and return where it begins. */
uint64_t mmap(uint64_t address, uint64_t size, uint32_t protection);

/* Give memory back, and whatever was mapped in the range. */
void munmap(uint64_t address, uint64_t size);

/* Change what may be done with memory; as for mmap. */
void mprotect(uint64_t address, uint64_t size, uint32_t protection);

/* Read entries of an open folder, 72 bytes each; return how many bytes, 0 at the end. */
uint64_t getdents(uint64_t folder, uint8_t *into, uint64_t into_length);

/* Start a thread at an address, with an argument in rdi and a stack that ends at `stack`; return its number. */
uint64_t thread_create(uint64_t entry, uint64_t argument, uint64_t stack, uint64_t pointer);

/* Let other threads run that have had less. */
void yield_processor(void);

/* Return one more number for an open file: the lowest that is free. */
uint64_t dup(uint64_t file);

/* Let a number lead to the open file of another one, and let go of what it led to; return it. */
uint64_t dup2(uint64_t old, uint64_t new);

/* Sleep until somebody wakes the threads that wait for a word of memory, if that has a value. */
void futex_wait(uint32_t *word, uint32_t expected, uint64_t timeout_ns);

/* Take a name away; of a folder only with `:directory`, and with all that is in it with `:recursive`. */
void remove(uint8_t *path, uint64_t path_length);

/* Give a file one more name. */
void link(uint8_t *old, uint64_t old_length, uint8_t *new, uint64_t new_length);

/* Let an open file or folder appear at a path, with the permissions of the path's flags. */
void bind(uint8_t *path, uint64_t path_length, uint64_t source);

/* Open as `open`, a relative path from an open folder, with no more permissions than that has. */
uint64_t openat(uint64_t folder, uint8_t *path, uint64_t path_length);

/* Have the program handle notes at an address from now on; 0: each ends the process. */
void notify(uint64_t handler);

/* End the handling of a note, and go on where it interrupted the thread. */
void noted(uint64_t registers);

/* Store where a link leads; return how long that is. */
uint64_t readlink(uint8_t *path, uint64_t path_length, uint8_t *into, uint64_t into_length);

/* Make a link that leads to a path, whatever that is. */
void symlink(uint8_t *target, uint64_t target_length, uint8_t *path, uint64_t path_length);

/* Let a file system appear at a path, with the permissions and the behaviour of the path's flags. */
void mount(uint8_t *path, uint64_t path_length, uint8_t *type, uint64_t type_length);

/* Take the newest mount at a path away. */
void unmount(uint8_t *path, uint64_t path_length);

/* Set the base of FS for the calling thread: where its own variables are. */
void set_thread_pointer(uint64_t address);

/* Move a name in one step; a file in the place of which it comes is gone. */
void rename(uint8_t *old, uint64_t old_length, uint8_t *new, uint64_t new_length);

/* See an open file in memory from its position on, and return where that begins. */
uint64_t map_file(uint64_t file, uint64_t address, uint64_t size, uint32_t protection);

/* Wake the threads of the process that wait for a word, at most so many, the first come first; return how many. */
uint64_t futex_wake(uint32_t *word, uint32_t count);

/* Tell how the processors' counter becomes the uptime, which never changes. */
void clock_rate(struct clock_rate_record *into);
