from __future__ import annotations


class ReprMixin:
    def __repr__(self):
        args = ", ".join(f"{k}={v!r}" for k, v in vars(self).items())
        return f"{type(self).__name__}({args})"


class Base:
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def describe(self):
        return "Base"


class Loud(Base):
    def __init__(self, volume: int = 3, **kwargs):
        super().__init__(**kwargs)
        self.volume = volume

    def describe(self):
        return "Loud>" + super().describe()


class Fast(Base):
    def __init__(self, speed: float, **kwargs):
        super().__init__(**kwargs)
        self.speed = speed

    def describe(self):
        return "Fast>" + super().describe()


class Car(Loud, Fast):
    def __init__(self, name: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name

    def describe(self):
        return "Car>" + super().describe()


class Vector(ReprMixin):
    def __init__(self, x: float, y: float):
        self.x = x
        self.y = y


class Person(ReprMixin):
    def __init__(self, name: str, age: int):
        self.name = name
        self.age = age
        self.tags = ["a"]

    def __eq__(self, other):
        if not isinstance(other, Person):
            return NotImplemented
        return self.__dict__ == other.__dict__


class Shape:
    def __init__(self, name: str, color: str = "red") -> None:
        self.name = name
        self.color = color

    def area(self) -> float:
        return 0.0


class Circle(Shape):
    def __init__(self, radius: float, *args: str, **kwargs: str) -> None:
        super().__init__(*args, **kwargs)
        self.radius = radius

    def area(self) -> float:
        return 3 * self.radius


car = Car("beetle", volume=5, speed=2.5)
print(car.describe(), car.name, car.volume, car.speed, Car("b", speed=1).volume)
print([c.__name__ for c in Car.__mro__])
for cls in Circle.mro():
    print(cls.__name__, end=" ")
print()
print(Vector(1, 2.5), Person("ann", 3), Person("ann", 3) == Person("ann", 3))
c = Circle(2, "c1", color="blue")
print(c.name, c.color, c.area(), Circle(1, name="c2").color)
print(vars(c), c.__dict__["name"])
print(vars(car))


class Failure(Exception):
    pass


class Shortage(Failure):
    def __init__(self, wanted: int, there: int) -> None:
        super().__init__(f"{wanted} wanted, {there} there")
        self.wanted = wanted


try:
    raise Shortage(3, 1)
except Failure as e:
    print(e)
