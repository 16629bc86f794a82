from __future__ import annotations


import itertools
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from typing import Dict, Iterable, List, NamedTuple, Optional, Set, Tuple


class LibraryError(Exception):
    """Base."""


class NotFound(LibraryError):
    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"{what} {key!r} not found")
        self.key = key


class Unavailable(LibraryError):
    pass


@dataclass
class Book:
    isbn: str
    title: str
    authors: Tuple[str, ...]
    copies: int = 1
    tags: Set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.copies < 0:
            raise ValueError("copies must be >= 0")


class Loan(NamedTuple):
    member: str
    isbn: str
    day: int


class Library:
    def __init__(self, books: Iterable[Book] = ()) -> None:
        self._books: Dict[str, Book] = {b.isbn: b for b in books}
        self._loans: List[Loan] = []
        self._waiting: Dict[str, deque[str]] = defaultdict(deque)

    def __contains__(self, isbn: str) -> bool:
        return isbn in self._books

    def __getitem__(self, isbn: str) -> Book:
        try:
            return self._books[isbn]
        except KeyError:
            raise NotFound("book", isbn) from None

    def __iter__(self):
        return iter(sorted(self._books.values(), key=lambda b: b.title))

    def __len__(self) -> int:
        return len(self._books)

    def available(self, isbn: str) -> int:
        out = sum(1 for loan in self._loans if loan.isbn == isbn)
        return self[isbn].copies - out

    def lend(self, isbn: str, member: str, day: int) -> Loan:
        if self.available(isbn) <= 0:
            self._waiting[isbn].append(member)
            raise Unavailable(
                f"{self[isbn].title} is out; {member} is number {len(self._waiting[isbn])}"
            )
        loan = Loan(member, isbn, day)
        self._loans.append(loan)
        return loan

    def give_back(self, isbn: str, member: str, day: int) -> Optional[str]:
        for i, loan in enumerate(self._loans):
            if loan.isbn == isbn and loan.member == member:
                del self._loans[i]
                break
        else:
            raise NotFound("loan", f"{member}/{isbn}")
        queue = self._waiting[isbn]
        if queue:
            nxt = queue.popleft()
            self.lend(isbn, nxt, day)
            return nxt
        return None

    def by_tag(self) -> Dict[str, List[str]]:
        result: Dict[str, List[str]] = {}
        for book in self:
            for tag in sorted(book.tags):
                result.setdefault(tag, []).append(book.title)
        return result


lib = Library(
    [
        Book("1", "Dune", ("Herbert",), 2, {"sf", "classic"}),
        Book("2", "Emma", ("Austen",), tags={"classic"}),
        Book("3", "Good Omens", ("Pratchett", "Gaiman"), tags={"humour"}),
    ]
)
print(len(lib), "1" in lib, "9" in lib, [b.title for b in lib])
print(lib.lend("1", "ann", 1), lib.available("1"))
lib.lend("2", "bob", 2)
for isbn, member in [("2", "ann"), ("2", "cid"), ("9", "ann")]:
    try:
        lib.lend(isbn, member, 3)
    except Unavailable as e:
        print("unavailable:", e)
    except NotFound as e:
        print("missing:", e, e.key)
print(lib.give_back("2", "bob", 4), lib.give_back("2", "ann", 5), lib.give_back("2", "cid", 6))
try:
    lib.give_back("2", "cid", 7)
except LibraryError as e:
    print(type(e).__name__, e)
print(lib.by_tag())
try:
    Book("x", "y", (), -1)
except ValueError as e:
    print(e)
words = "the quick brown fox jumps over the lazy dog the end".split()
print(Counter(words).most_common(2), Counter("mississippi"))
print(OrderedDict([("b", 1), ("a", 2)]))
Point = namedtuple("Point", ["x", "y"])
p = Point(1, 2)
print(p, p.x + p.y, p._replace(x=5), p == (1, 2))
groups = itertools.groupby(sorted(words, key=len), key=len)
print({k: sorted(set(g)) for k, g in groups})
print(
    list(itertools.accumulate([1, 2, 3, 4])),
    list(itertools.chain([1], (2, 3))),
    list(itertools.combinations("abc", 2)),
)
print(
    list(itertools.permutations([1, 2, 3]))[:3],
    list(itertools.product([0, 1], repeat=2)),
    list(itertools.islice(itertools.count(10, 5), 3)),
)
print(
    list(itertools.takewhile(lambda v: v < 3, [1, 2, 3, 1])),
    list(itertools.dropwhile(lambda v: v < 3, [1, 2, 3, 1])),
    list(itertools.zip_longest([1, 2, 3], [4], fillvalue=0)),
)
