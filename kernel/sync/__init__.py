"""Synchronisation: what processors and threads use to wait for each other.

spin_lock.py    for a few instructions, with interrupts off
wait_queue.py   threads that wait for something to happen
mutex.py        for code that may sleep
rw_lock.py      the same with many readers or one writer
seq_lock.py     values that must agree, read without a store
futex.py        what programs make their locks of
lock_order.py   what checked builds watch: the order in which locks are taken, and who holds what while it sleeps
began.py        where something began that is still going on
contention.py   how often locks were waited for
rcu.py          readers without locks, and whoever frees what they read waits for them
"""
