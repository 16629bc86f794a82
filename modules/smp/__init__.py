"""SMP: starts the other processors.

    trampoline.py   their first instructions, from real mode to where they can run the kernel
    stacks.py       what each of them needs for itself
    smp.py          starts one after the other

A processor that is started arrives with the kernel's address space, a stack, and its own variables, makes
itself ready as the boot processor did, and then waits to be interrupted.
"""
