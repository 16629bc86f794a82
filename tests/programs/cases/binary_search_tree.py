"""An unbalanced tree with insertion, deletion, and walks by generators."""

from __future__ import annotations

from collections.abc import Iterator


class Tree:
    def __init__(self, key: int) -> None:
        self.key = key
        self.left: Tree | None = None
        self.right: Tree | None = None

    def __iter__(self) -> Iterator[int]:
        if self.left is not None:
            yield from self.left
        yield self.key
        if self.right is not None:
            yield from self.right


def insert(root: Tree | None, key: int) -> Tree:
    if root is None:
        return Tree(key)
    if key < root.key:
        root.left = insert(root.left, key)
    elif key > root.key:
        root.right = insert(root.right, key)
    return root


def remove(root: Tree | None, key: int) -> Tree | None:
    if root is None:
        return None
    if key < root.key:
        root.left = remove(root.left, key)
    elif key > root.key:
        root.right = remove(root.right, key)
    elif root.left is None:
        return root.right
    elif root.right is None:
        return root.left
    else:
        least = root.right
        while least.left is not None:
            least = least.left
        root.key = least.key
        root.right = remove(root.right, least.key)
    return root


def height(root: Tree | None) -> int:
    return 0 if root is None else 1 + max(height(root.left), height(root.right))


def main() -> None:
    root: Tree | None = None
    for key in [50, 30, 70, 20, 40, 60, 80, 30, 65]:
        root = insert(root, key)
    assert root is not None
    print(list(root), height(root))
    for key in (20, 70, 50, 99):
        root = remove(root, key)
        assert root is not None
        print(key, [k for k in root], height(root))
    for key in root:
        if key > 50:
            print("first above", key)
            break


if __name__ == "__main__":
    main()
