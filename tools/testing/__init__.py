"""Machine tests: functions of target code that run inside the kernel, each a test of pytest's.

    tests/kernel/mem/machine_paging.py     def test_a_page_can_be_unmapped() -> None: ...

`pytest_machine.py` collects them, `kernel_image.py` builds a kernel that holds them all, and
`session.py` boots it and has it run one after the other. A test fails by `assert`, by any other failed
check, by an exception, by a hang, or by what it does to the machine; the machine then boots again for
the next one. What a test needs stands in its docstring, or its file's, in lines of their own:

    Machine: memory=64M processors=2       the machine that it runs on
    Panics: IndexError: index 8            the report of the panic that it must end in contains this
"""
