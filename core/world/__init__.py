"""The worlds beneath compiled code: for each kind of image, what the compiler calls by name.

__pw_allocate, __pw_free       memory of counted objects
__pw_destroy_later             an object whose last reference went where nothing may be freed
__pw_trap                      a failed check
__pw_trace                     an exception passes

native.py    tests in this process: memory from its C library, counted, made to fail at will
hosted.py    programs, on Linux and on our system: what both have in common
heap.py      memory of programs; span.py: what it is made of; lock.py: the lock of what threads share
current.py   the thread that runs; thread_state.py: what each has of its own
tally.py     what of a program is alive, in checked builds
system.py    Linux, beneath a program
"""
