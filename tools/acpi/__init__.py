"""ACPI on the host: the kernel's interpreter of AML, as a program.

host.py      the program (target code): reads a request, prints what the interpreter says
request.py   what a request looks like, and running the program with one
"""
