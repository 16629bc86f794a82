"""Input and output that the kernel itself needs, to talk to people and to end.

serial.py           the serial port: writing, and reading without interrupts
serial_input.py     what is typed there
byte_queue.py       bytes that wait to be read, or sent
console_input.py    what is typed at the console, wherever
key_input.py        keys on their way from keyboards to the terminal
input_events.py     what is done to keyboards and mice, for programs
terminal.py         the console on the screen
frame_buffer.py     the pixels of the screen
power.py            switching off, and starting anew
"""
