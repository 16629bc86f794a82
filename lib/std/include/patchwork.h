/* The system calls. Made by tools/system_calls.py from kernel/syscall/calls.py; change that. */
#pragma once

#include <stdint.h>

/* End the process, with a status: text of which the first 255 bytes count; empty is success. */
void exits(uint8_t *status, uint64_t status_length);

/* End the calling thread; with the last one the process ends, successfully. */
void thread_exit(void);

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

/* Let go of an open file. */
void close(uint64_t file);

/* Read into memory of the program; return how many bytes came, 0 at the end. */
uint64_t read(uint64_t file, uint8_t *into, uint64_t into_length);

/* Write memory of the program; return how many bytes were taken. */
uint64_t write(uint64_t file, uint8_t *data, uint64_t data_length);

/* Promise memory that is zero until it is written, and return where it begins. */
uint64_t mmap(uint64_t address, uint64_t size, uint32_t protection);

/* Give memory back, and whatever was mapped in the range. */
void munmap(uint64_t address, uint64_t size);

/* Change what may be done with memory; as for mmap. */
void mprotect(uint64_t address, uint64_t size, uint32_t protection);

/* Start a thread at an address, with an argument in rdi and a stack that ends at `stack`; return its number. */
uint64_t thread_create(uint64_t entry, uint64_t argument, uint64_t stack);

/* Let other threads run that have had less. */
void yield_processor(void);

/* Set the base of FS for the calling thread: where its own variables are. */
void set_thread_pointer(uint64_t address);
