"""What depends on the processor. Nothing above this folder names a register or an instruction.

pvh.py                 the entry of a direct boot, from 32 bits to Python
processor.py           which processor this is, and what each has for itself
processor_set.py       a set of them
calls.py               what other processors ask of this one
cpuid.py, control.py   what it can do; turning on what protects
descriptors.py         segments, task state, interrupt vectors
vectors.py             what each vector is for
entry.py               from an interrupt to Python and back
interrupt_frame.py     what was interrupted
interrupt_stacks.py    stacks for when the running one cannot be relied on
interrupts.py          blocks without interrupts
instructions.py        single instructions; native tests replace them
simd.py                the state of floating point and vector units
port.py, mmio.py       I/O ports, registers in memory
machine.py             halting, and leaving an emulator
"""
