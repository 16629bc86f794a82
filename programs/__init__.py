"""Programs: what runs on the system.

    init.py      the first process; under other names, the shell and the utilities
    shell/       the shell
    tools/       the utilities
    columns.py   names in columns, for both; finding.py: programs by their names

All are one file on the system, which looks at the name by which it is called: so there is one image to build, and one copy
of the library in it.
"""
