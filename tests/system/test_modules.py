"""Modules in the running system."""

from __future__ import annotations


def test_the_tutorials_module_says_hello(shell) -> None:
    result = shell('cat /dev/klog | grep "Hello, World!"')
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("-I] Hello, World!\n")
    assert result.stdout.count("\n") == 1
