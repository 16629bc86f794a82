"""Target code for the tests of containers in storage of a fixed size: one of each, over numbers."""

from __future__ import annotations

from core.collections.bitmap import Bitmap
from core.collections.hash_map import Entry, HashMap
from core.collections.heap import Heap
from core.collections.ring import Ring
from core.collections.vector import Vector
from lang import Array, Slice, struct, u16, u32, u64, usize


@struct(pinned=True)
class RingSubject:
    places: Array[u16, 8]
    ring: Ring[u16]

    def __init__(self, count: u64) -> None:
        """Start with a ring through which `count` elements have gone."""
        self.ring = Ring[u16](self.places[:], count, count)

    def size(self) -> usize:
        return len(self.ring)

    def room(self) -> usize:
        return self.ring.room

    def try_push(self, value: u16) -> bool:
        return self.ring.try_push(value)

    def push_over(self, value: u16) -> None:
        self.ring.push_over(value)

    def pop(self) -> u16:
        return self.ring.pop()

    def peek(self) -> u16:
        return self.ring.peek()

    def put_all(self, values: Slice[u16]) -> usize:
        return self.ring.put_all(values)

    def take(self, into: Slice[u16]) -> usize:
        return self.ring.take(into)


@struct(pinned=True)
class BitmapSubject:
    words: Array[u64, 4]
    bitmap: Bitmap

    def __init__(self, size: usize) -> None:
        self.bitmap = Bitmap(self.words[:], size)

    def contains(self, number: usize) -> bool:
        return number in self.bitmap

    def add(self, number: usize) -> None:
        self.bitmap.add(number)

    def remove(self, number: usize) -> None:
        self.bitmap.remove(number)

    def add_range(self, start: usize, stop: usize) -> None:
        self.bitmap.add_range(start, stop)

    def remove_range(self, start: usize, stop: usize) -> None:
        self.bitmap.remove_range(start, stop)

    def count(self) -> usize:
        return self.bitmap.count()

    def find(self, start: usize) -> usize:
        return self.bitmap.find(start)

    def find_missing(self, start: usize) -> usize:
        return self.bitmap.find_missing(start)

    def find_missing_run(self, start: usize, length: usize, alignment: usize) -> usize:
        return self.bitmap.find_missing_run(start, length, alignment)


@struct(pinned=True)
class MapSubject:
    places: Array[Entry[u32, u64], 16]
    map: HashMap[u32, u64]

    def __init__(self) -> None:
        self.map = HashMap[u32, u64](self.places[:])

    def size(self) -> usize:
        return len(self.map)

    def contains(self, key: u32) -> bool:
        return key in self.map

    def get(self, key: u32, default: u64) -> u64:
        return self.map.get(key, default)

    def fetch(self, key: u32) -> u64:
        return self.map[key]

    def set(self, key: u32, value: u64) -> None:
        self.map[key] = value

    def pop(self, key: u32) -> u64:
        return self.map.pop(key)


@struct(pinned=True)
class VectorSubject:
    places: Array[u32, 8]
    more_places: Array[u32, 16]
    vector: Vector[u32]

    def __init__(self) -> None:
        self.vector = Vector[u32](self.places[:])

    def grow(self) -> None:
        self.vector.move_to(self.more_places[:])

    def size(self) -> usize:
        return len(self.vector)

    def get(self, index: usize) -> u32:
        return self.vector[index]

    def set(self, index: usize, value: u32) -> None:
        self.vector[index] = value

    def append(self, value: u32) -> None:
        self.vector.append(value)

    def insert(self, index: usize, value: u32) -> None:
        self.vector.insert(index, value)

    def pop(self) -> u32:
        return self.vector.pop()

    def remove_at(self, index: usize) -> u32:
        return self.vector.remove_at(index)

    def swap_remove(self, index: usize) -> u32:
        return self.vector.swap_remove(index)

    def total(self) -> u64:
        """Return the sum of the elements, by iteration."""
        total = u64(0)
        for value in self.vector:
            total += value
        return total


@struct(pinned=True)
class HeapSubject:
    places: Array[u32, 16]
    heap: Heap[u32]

    def __init__(self) -> None:
        self.heap = Heap[u32](self.places[:])

    def size(self) -> usize:
        return len(self.heap)

    def push(self, value: u32) -> None:
        self.heap.push(value)

    def peek(self) -> u32:
        return self.heap.peek()

    def pop(self) -> u32:
        return self.heap.pop()
