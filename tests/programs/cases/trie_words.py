"""A trie: completion, deletion, longest common prefix."""

from __future__ import annotations


class Trie:
    def __init__(self) -> None:
        self.children: dict[str, Trie] = {}
        self.is_word = False

    def add(self, word: str) -> None:
        node = self
        for letter in word:
            node = node.children.setdefault(letter, Trie())
        node.is_word = True

    def find(self, prefix: str) -> Trie | None:
        node = self
        for letter in prefix:
            if letter not in node.children:
                return None
            node = node.children[letter]
        return node

    def __contains__(self, word: str) -> bool:
        node = self.find(word)
        return node is not None and node.is_word

    def words(self, prefix: str = "") -> list[str]:
        found = [prefix] if self.is_word else []
        for letter in sorted(self.children):
            found += self.children[letter].words(prefix + letter)
        return found

    def complete(self, prefix: str) -> list[str]:
        node = self.find(prefix)
        return [] if node is None else node.words(prefix)

    def remove(self, word: str) -> bool:
        """Remove a word; return whether nothing is left here."""
        if not word:
            self.is_word = False
        elif word[0] in self.children and self.children[word[0]].remove(word[1:]):
            del self.children[word[0]]
        return not self.children and not self.is_word

    def common(self) -> str:
        node, prefix = self, ""
        while len(node.children) == 1 and not node.is_word:
            for letter, child in node.children.items():
                prefix += letter
                node = child
        return prefix


def main() -> None:
    trie = Trie()
    for word in "tea ten to inn in i téa".split():
        trie.add(word)
    print(trie.words(), trie.complete("te"), trie.complete("x"))
    print("ten" in trie, "te" in trie, "téa" in trie)
    print(trie.remove("ten"), trie.remove("in"), trie.words())
    small = Trie()
    for word in ("interval", "internet", "interest"):
        small.add(word)
    print(small.common())


if __name__ == "__main__":
    main()
