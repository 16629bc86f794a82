"""Interrupts: what the kernel does when a processor is interrupted.

    dispatch.py     from a vector to whoever deals with it

The entry code and the tables that lead here are the processor's: kernel/cpu.
"""
