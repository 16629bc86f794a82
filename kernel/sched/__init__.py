"""Scheduler: threads, and which of them a processor runs.

A thread has a stack, and a place in the run queue of one processor while it can run. Each processor runs
the thread that its queue picks (eevdf.py), or else its idle thread, which is in no queue. There is no
tick: a processor takes a timer interrupt for its threads only while two or more share it, at the end of
the running one's slice.

    thread.py          what a thread is, and its states
    scheduler.py       switches: the end of an interrupt, a thread that sleeps or ends, one that wakes
    sleep.py           how a thread waits without losing a wake-up; everything that blocks is built on it
    preemption.py      keeping the processor for the length of a block
    kernel_thread.py   threads of the kernel itself
    eevdf.py           who is next on one processor
    priority.py        from a priority to a weight
    balance.py         on which processor a thread is to run
    accounting.py      what processors and threads did with their time
    trace.py           where what a queue does can be written down; here nobody does
    burial.py          what is left of threads that have ended

State of a thread, guarded by the lock of its processor's run queue but for one store (sleep.py):

    RUNNABLE --schedule--> running --begin_sleep--> SLEEPING --left the processor, wake--> RUNNABLE
                              |                        |
                              v                        +-- cancel_sleep, or wake before it left --> running
                            DEAD

Invariants:
    A thread is in at most one run queue; the running one is in its processor's, but for an idle thread.
    `is_on_processor` is set from the decision to run a thread until the switch away from it is complete,
    when its registers are on its stack. Only a thread without it may change its processor.
    A thread that changes its processor is in neither queue for a moment, with `is_moving` set, which is guarded
    by the lock of the queue that it left; nobody but who moves it touches it then.

Lock order: the lock of a run queue is taken after any lock of a wait queue, and before a timer queue's;
two run queues' locks are never held at once.
"""
