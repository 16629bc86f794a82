"""What pip says becomes a sentence for the user."""

from __future__ import annotations

import pytest

from tools import environment

FULL_DISK = (
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
)
NO_NETWORK = """\
WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError(
'<pip._vendor.urllib3.connection.HTTPSConnection object>: Failed to establish a new connection')'
ERROR: Could not find a version that satisfies the requirement rich==15.0.0 (from versions: none)
ERROR: No matching distribution found for rich==15.0.0
"""
NO_WHEEL = "ERROR: No matching distribution found for llvmlite==0.50.0"


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (FULL_DISK, "the disk is full"),
        (NO_NETWORK, "the Python package index cannot be reached"),
        (NO_WHEEL, "there is no llvmlite==0.50.0 for this Python and processor"),
    ],
)
def test_a_known_failure_is_explained(output: str, sentence: str) -> None:
    explanation = environment.explain(output)
    assert explanation is not None
    assert explanation.startswith(sentence)


def test_an_unknown_failure_is_not_explained() -> None:
    assert environment.explain("ERROR: the moon is full") is None
