"""The firmware's programs in the running system: AML with the machine's own registers.

    own_stack.py          a stack that is large enough for terms in terms in terms
    registers.py          the platform: memory, ports, PCI configuration, CMOS, the embedded controller
    access.py             reading and writing registers in memory
    global_lock.py        the lock that the firmware takes, too
    memory_window.py      memory that AML names, mapped as it should be
    pci_place.py          where on the PCI bus the device of a region is
    embedded_controller.py
                          the small computer in a laptop that knows about its battery, lid and keys
    loaded.py             loading all tables on first use, and having work done with them
    sleep_types.py        \\_S5 and \\_PTS, for switching off
    evaluation.py         what can be asked;          arguments.py  words as arguments
    setup.py              what the firmware is asked and told at the beginning
    events.py             the system control interrupt: the power button, and what AML is notified of
    general_event.py      the method that deals with an event;  notices.py  what devices are notified of
    files.py              /sys/acpi and /dev/power_button
    offers.py             devices of the namespace, offered to the modules that drive them
    pins.py               where interrupt pins of PCI lead;   wiring.py  having interrupts taken as they are described

Locks: loaded.lock, a mutex, lets one thread at a time into AML; it is held while AML sleeps.

Source: ACPI 6.5, chapters 4, 5 and 12.
"""
