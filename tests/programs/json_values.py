"""JSON of values whose types are known."""

from __future__ import annotations

import json
from typing import Dict, List, Optional

print(
    json.dumps({"a": [1, 2], "b": []}),
    json.dumps([1.5, -0.0, 1e100]),
    json.dumps(True),
    json.dumps('x"y\\é\n\t\x01😀/'),
)
print(
    json.dumps([1, 2], indent=2),
    json.dumps({"b": 1, "a": 2}, sort_keys=True),
    json.dumps({"a": 1}, separators=(",", ":")),
)
print(
    json.dumps("é😀\x7f", ensure_ascii=False),
    json.dumps([None, 1]),
    json.dumps((1, 2)),
    json.dumps({1: "a", 2: "b"}),
)
nested: Dict[str, List[Dict[str, Optional[int]]]] = {"rows": [{"x": 1, "y": None}, {}], "none": []}
print(json.dumps(nested, indent=4), json.dumps(nested, indent="--"))
print(
    json.dumps([float("inf"), float("nan")]),
    json.dumps(3),
    json.dumps(2.0),
    json.dumps({"k": (1, 2)}),
)

numbers: List[int] = json.loads("[1, 2, -3]")
table: Dict[str, List[float]] = json.loads('{"a": [1.5, -2e3], "b": []}')
words: List[str] = json.loads('["x\\n\\u00e9\\ud83d\\ude00", "", "\\/\\""]')
maybe: List[Optional[int]] = json.loads(" [null , 1 ] ")
print(numbers, table, words, maybe)
flag: bool = json.loads("true")
text: str = json.loads('"hi"')
back: Dict[str, List[Dict[str, Optional[int]]]] = json.loads(json.dumps(nested))
print(flag, text, back == nested)
for wrong in ("", "[1,", "[1 2]", "[1]x", "[1,]", "nope", "[1", "[01]", "[-]"):
    try:
        values: List[int] = json.loads(wrong)
        print(values)
    except json.JSONDecodeError as error:
        print(wrong, "->", error, error.pos, error.lineno, error.colno)
for wrong in (
    '{"a" 1}',
    '{"a": 1,}',
    "{a: 1}",
    '{"a": 1',
    '{"a\n": 1}',
    '{"a\\q": 1}',
    '{"a',
    '{"\\u12": 1}',
):
    try:
        members: Dict[str, int] = json.loads(wrong)
        print(members)
    except ValueError as error:
        print(repr(wrong), "->", error)
