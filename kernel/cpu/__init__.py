"""What depends on the processor. Nothing above this folder names a register or an instruction.

pvh.py       the entry of a direct boot, from 32 bits to Python
port.py      I/O ports
machine.py   halting, and leaving an emulator
"""
