from __future__ import annotations

items = [1, 2]
none: list[int] = []


def shown(name: str, found: list[int]) -> str:
    return f"{name or 'nobody'}: {found or 'nothing'} {len(found) if found else '-'}"


print(items if len(items) > 5 else "few", items if items else None)
print("x:", none or "nothing", items or "nothing", [n for n in items if n > 5] or "none")
print(f"{items or 'nothing'} {none or '-'}", shown("", []), shown("ann", items))
for n in range(1, 6):
    print(n if n % 3 else "fizz" if n % 2 else "even", end=" ")
    print("Fizz" * (n % 3 == 0) + "Buzz" * (n % 5 == 0) or n)
