"""Elements of lists in programs: read and written where they lie, and counted only where they are kept."""

from __future__ import annotations

import re
from pathlib import Path

from compiler.driver import compile_file
from compiler.options import CompileOptions

SOURCE = """
class Box:
    value: int

    def __init__(self, value: int) -> None:
        self.value = value

def look(boxes: list[Box], i: int) -> int:
    return boxes[i].value

def take(boxes: list[Box], i: int) -> Box:
    return boxes[i]

def keep(boxes: list[Box], i: int) -> int:
    box = boxes[i]
    boxes.clear()
    return box.value

def move(boxes: list[Box], i: int) -> None:
    boxes[i] = boxes[i + 1]

def total(numbers: list[int], others: list[int]) -> int:
    result = 0
    for i in range(len(numbers)):
        result += numbers[i] * others[i]
    return result

def made(n: int) -> list[int]:
    return [n, 2, n]

boxes = [Box(3), Box(4)]
move(boxes, 0)
print(total([1], [2]), look(boxes, -1), take(boxes, 0).value, keep(boxes, 1), made(1))
"""


def functions(folder: Path) -> dict[str, str]:
    """Return the IR of each function of SOURCE, by its name, up to where errors are handled."""
    path, output = folder / "sample.py", folder / "sample.ir"
    path.write_text(SOURCE)
    compile_file(CompileOptions(path, output=output, target="host", build="release", emit="ir"))
    bodies = re.split(r"^function @core\.world\.program\.", output.read_text(), flags=re.MULTILINE)
    return {body.partition("(")[0]: body.partition("\nerror")[0] for body in bodies[1:]}


def test_an_element_is_counted_where_it_is_kept_only(tmp_path: Path) -> None:
    found = functions(tmp_path)
    assert "__getitem__" not in found["look"] + found["take"]
    assert "retain" not in found["look"]
    assert found["take"].count("retain") == 1
    assert found["keep"].count("retain") == 1


def test_an_element_that_is_moved_is_counted_once(tmp_path: Path) -> None:
    move = functions(tmp_path)["move"]
    assert "__setitem__" not in move
    assert move.count("retain") == 1


def test_a_loop_loads_lengths_and_addresses_in_front_of_it(tmp_path: Path) -> None:
    before, _, after = functions(tmp_path)["total"].partition("\nfor:")
    loop, _, _ = after.partition("\nendfor:")
    assert before.count("apart") == 2 and "apart" not in loop


def test_a_display_sees_to_room_for_all_of_its_elements_at_once(tmp_path: Path) -> None:
    made = functions(tmp_path)["made"]
    assert made.count("list[int].reserve(") == 1
    assert "list[int].append(" not in made
