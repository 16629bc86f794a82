"""An inventory: records, exceptions with fields, chains, groups by tag."""

from __future__ import annotations

from dataclasses import dataclass, field


class InventoryError(Exception):
    """Anything that goes wrong with the stock."""


class OutOfStock(InventoryError):
    def __init__(self, name, wanted, available):
        super().__init__(f"{name}: wanted {wanted}, have {available}")
        self.name = name
        self.missing = wanted - available


@dataclass
class Item:
    name: str
    price: float
    quantity: int = 0
    tags: set[str] = field(default_factory=set)

    @property
    def value(self) -> float:
        return self.price * self.quantity


class Inventory:
    def __init__(self):
        self._items = {}
        self.log = []

    def add(self, name, price, quantity=1, *tags):
        item = self._items.setdefault(name, Item(name, price))
        item.quantity += quantity
        item.tags.update(tags)
        self.log.append(("add", name, quantity))
        return self

    def remove(self, name, quantity=1):
        try:
            item = self._items[name]
        except KeyError as error:
            raise InventoryError(f"no item {error}") from error
        if item.quantity < quantity:
            raise OutOfStock(name, quantity, item.quantity)
        item.quantity -= quantity
        if not item.quantity:
            del self._items[name]
        self.log.append(("remove", name, quantity))

    def __iter__(self):
        return iter(sorted(self._items.values(), key=lambda i: (-i.value, i.name)))

    def __contains__(self, name):
        return name in self._items

    def __len__(self):
        return len(self._items)

    def total(self):
        return sum(item.value for item in self)

    def by_tag(self):
        groups = {}
        for item in self:
            for tag in sorted(item.tags):
                groups.setdefault(tag, []).append(item.name)
        return groups

    def summary(self):
        return {
            "count": len(self),
            "total": self.total(),
            "names": [item.name for item in self],
            "largest": max(self._items.values(), key=lambda i: i.quantity).name
            if self._items
            else None,
        }


def main() -> None:
    inv = Inventory()
    inv.add("bolt", 0.25, 100, "metal", "small").add("panel", 12.5, 4, "wood")
    inv.add("bolt", 0.25, 20).add("nail", 0.05, 500, "metal")
    for item in inv:
        print(f"{item.name:<8}|{item.price:>8.2f}|{item.quantity:>5}|{item.value:>9.2f}")
    print(inv.by_tag())
    for name, quantity in [("panel", 5), ("glue", 1), ("panel", 4), ("nail", 1)]:
        try:
            inv.remove(name, quantity)
        except OutOfStock as e:
            print("short:", e, e.missing)
        except InventoryError as e:
            print("error:", e, type(e.__cause__).__name__)
        else:
            print("ok", name, "panel" in inv)
    report = inv.summary()
    for key, value in report.items():
        print(key, "=", value)
    print(inv.log[-1], len(inv.log))


if __name__ == "__main__":
    main()
