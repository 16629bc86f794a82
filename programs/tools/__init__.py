"""The utilities: small programs, in whose paths flags say what options would.

toolbox.py     which there are, and running one by its name
text.py        cat echo grep head sort tail wc
names.py       cp find link ls mkdir mv readlink rm stat symlink touch tree
processes.py   kill ps sleep uptime free true false shutdown reboot
"""
