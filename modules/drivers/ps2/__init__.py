"""PS/2: the keyboard and the mouse of the PC, and the controller that both are connected to.

controller.py       the controller, an 8042: finding it, testing it, talking to what is connected
keyboard.py         the keyboard, and its lights
scan_codes.py       which bytes a key sends
mouse.py            the mouse
mouse_identity.py   what it can tell
mouse_packets.py    which bytes a movement is
state.py            what is known of them, for who takes the module's place
ps2.py              puts all of them to use
"""
