"""Synchronisation: what processors and threads use to wait for each other.

spin_lock.py    for a few instructions, with interrupts off
"""
