"""PCI and PCI Express: finding the devices, and what drivers of them need.

configuration.py   reading and writing configuration spaces
function.py        what a device has: identity, memory and ports, capabilities
extended.py        further capabilities, of PCI Express
scan.py            finds all functions of all devices on all buses
messages.py        interrupts as messages: MSI and MSI-X
lines.py           interrupts by lines, which devices share
files.py           each function as a folder in /dev/pci
pci.py             puts all of it to use, and has drivers attached

For a driver:

    function = scan.at(address)
    registers = function.map_memory(0)
    messages.use(function, handler, on_interrupt)      or else lines.use
"""
