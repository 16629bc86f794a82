"""Values of classes that derived classes have others of."""

from __future__ import annotations


class Animal:
    sound = "..."
    legs = 4

    def __init__(self, name: str) -> None:
        self.name = name

    def speak(self) -> str:
        return f"{self.name} says {self.sound} {self.legs}"


class Dog(Animal):
    sound = "Woof"


class Bird(Animal):
    sound = "Tweet"
    legs = 2


class Shape:
    name: str
    sides = 0
    scale = 1

    def describe(self) -> str:
        return f"{self.name} {self.sides} {type(self).sides} {self.__class__.name}"


class Square(Shape):
    name = "square"
    sides = 4
    scale = 1.5


class Circle(Shape):
    name: str = "circle"


print(
    Square().describe(),
    Circle().describe(),
    Square.sides + Circle.sides,
    Square().scale,
    Circle().scale,
)
try:
    print(Shape().name)
except AttributeError:
    print("no name")
for a in [Dog("rex"), Bird("tweety"), Animal("x")]:
    print(a.speak(), a.sound, a.legs, Dog.sound, type(a).__name__)
