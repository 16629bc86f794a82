"""true and false"""

from __future__ import annotations

TRUE_HELP = """\
usage: true

Succeed.
"""
FALSE_HELP = """\
usage: false

Fail.
"""
