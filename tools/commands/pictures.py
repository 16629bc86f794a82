"""`./patchwork pictures`: makes the pictures of the book that show what the system's code does."""

from __future__ import annotations

from tools import image
from tools.arguments import Parser

FOLDER = image.ROOT / "docs" / "pictures"
TRACE = "scheduler-trace.txt"  # what was recorded of a machine, of which pictures are drawn


def main(arguments: list[str]) -> int:
    parser = Parser(
        "pictures",
        "Make the pictures in docs/pictures that show traces of a booted system, and of its code.",
    )
    parser.parse_args(arguments)
    from tools.pictures import machine_trace, scheduler

    kept = machine_trace.record()
    for name, text in {TRACE: kept, **scheduler.draw_all(kept)}.items():
        path = FOLDER / name
        is_new = not path.exists() or path.read_text() != text
        path.write_text(text)
        print(f"{path.relative_to(image.ROOT)}: {'changed' if is_new else 'the same'}")
    return 0
