"""Inheritance: super, overriding, properties, class and static methods."""

from __future__ import annotations


class Animal:
    kingdom = "animals"

    def __init__(self, name: str) -> None:
        self.name = name
        self._energy = 10

    @property
    def energy(self) -> int:
        return self._energy

    @energy.setter
    def energy(self, value: int) -> None:
        if value < 0:
            raise ValueError("no energy below 0")
        self._energy = value

    def sound(self) -> str:
        return "..."

    def speak(self) -> str:
        return f"{self.name} says {self.sound()}"

    @classmethod
    def named(cls, names: str) -> list[str]:
        return [f"{name[0]}:{name}" for name in names.split()]

    @staticmethod
    def is_valid(name: str) -> bool:
        return name.isalpha()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class Dog(Animal):
    def __init__(self, name: str, tricks: list[str]) -> None:
        super().__init__(name)
        self.tricks = tricks

    def sound(self) -> str:
        return "woof"

    def speak(self) -> str:
        return super().speak() + "!" * len(self.tricks)


class Puppy(Dog):
    def __init__(self, name: str) -> None:
        super().__init__(name, ["sit"])

    def sound(self) -> str:
        return super().sound().replace("oo", "i")


def main() -> None:
    animals: list[Animal] = [Animal("it"), Dog("rex", ["roll", "beg"]), Puppy("bo")]
    for animal in animals:
        print(animal, animal.speak(), animal.energy, animal.kingdom)
        print(isinstance(animal, Dog), isinstance(animal, Animal), type(animal).__name__)
    print(Animal.named("a b"), Animal.is_valid("x1"), Dog.is_valid("rex"))
    rex = animals[1]
    rex.energy -= 4
    print(rex.energy)
    try:
        rex.energy = -1
    except ValueError as error:
        print(error, rex.energy)
    if isinstance(rex, Dog):
        rex.tricks.append("spin")
        print(rex.tricks, rex.speak())


if __name__ == "__main__":
    main()
