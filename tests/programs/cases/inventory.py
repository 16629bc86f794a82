"""Stock with reservations, reports by name and by value."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Item:
    name: str
    price: float
    count: int = 0
    tags: list[str] = field(default_factory=list)

    @property
    def value(self) -> float:
        return self.price * self.count


class Inventory:
    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def add(self, item: Item) -> None:
        if item.name in self._items:
            self._items[item.name].count += item.count
        else:
            self._items[item.name] = item

    def remove(self, name: str, count: int) -> int:
        item = self._items.get(name)
        if item is None:
            return 0
        taken = min(count, item.count)
        item.count -= taken
        if item.count == 0:
            del self._items[name]
        return taken

    def total(self) -> float:
        return sum(item.value for item in self._items.values())

    def by_tag(self, tag: str) -> list[str]:
        return sorted(name for name, item in self._items.items() if tag in item.tags)

    def report(self) -> None:
        for name in sorted(self._items, key=lambda n: (-self._items[n].value, n)):
            item = self._items[name]
            print(f"{name:<10}|{item.count:>4}|{item.price:>8.2f}|{item.value:>10.2f}")


def main() -> None:
    stock = Inventory()
    stock.add(Item("nail", 0.05, 1000, ["metal", "small"]))
    stock.add(Item("hammer", 12.5, 3, ["metal"]))
    stock.add(Item("plank", 4.25, 40, ["wood"]))
    stock.add(Item("nail", 0.05, 500))
    stock.report()
    print(f"{stock.total():.3f}")
    print(stock.remove("plank", 50), stock.remove("plank", 1), stock.remove("nail", 10))
    print(stock.by_tag("metal"), stock.by_tag("wood"))
    stock.report()
    print(Item("x", 1.5))
    print(Item("x", 1.5) == Item("x", 1.5), Item("x", 1.5) == Item("x", 1.5, 1))


if __name__ == "__main__":
    main()
