"""The articles that rules are mined from: a sample of bounded size, the same whatever their order."""

from __future__ import annotations

import heapq
from collections import Counter
from hashlib import sha256

from cleaner.document import Document

MOST = 6_000
"""Articles in the sample. A line that one in a thousand has is then seen half a dozen times."""

_LONGEST = 60_000
# In code points; no more is held at once.
_MOST_TEXT = 20_000_000
# What an article of little text has of its template comes near to it.
_ALIKE = 0.9


class Sampler:
    """Keeps the articles whose texts have the smallest digests: an even choice that no order changes."""

    def __init__(self, most: int = MOST, most_text: int = _MOST_TEXT) -> None:
        """At most `most` articles are held, and at most `most_text` code points."""
        self.seen = 0
        self.too_long = 0
        """Articles that were left out because they are longer than any article is."""
        self.blank = 0
        """Articles that were left out because they have no text."""
        self.is_full = False
        """Whether there were more than it holds."""
        self._most = most
        self._room = most_text
        # The largest digest is on top, as it goes first.
        self._heap: list[tuple[int, str]] = []
        self._kept: dict[int, Document] = {}

    def add(self, document: Document) -> None:
        """Look at one article."""
        self.seen += 1
        if len(document.text) > _LONGEST:
            self.too_long += 1
            return
        key = int.from_bytes(sha256(document.text.encode("utf-8", "surrogatepass")).digest()[:8])
        if not document.text.strip():
            self.blank += 1
            return
        if key in self._kept:
            return
        if len(self._kept) >= self._most and -self._heap[0][0] < key:
            self.is_full = True
            return
        # A document of its own: what a reader keeps beside the text is not needed here.
        self._kept[key] = Document(document.text, url=document.url, title=document.title)
        heapq.heappush(self._heap, (-key, ""))
        self._room -= len(document.text)
        while len(self._kept) > self._most or (self._room < 0 and len(self._kept) > 1):
            self.is_full = True
            gone = self._kept.pop(-heapq.heappop(self._heap)[0])
            self._room += len(gone.text)

    def documents(self) -> list[Document]:
        """The sample, in the order of the digests, without articles that repeat most of one before them."""
        kept: list[Document] = []
        first: dict[str, int] = {}
        for _, document in sorted(self._kept.items()):
            lines = [line for line in document.text.split("\n") if line.strip()]
            shared: Counter[int] = Counter()
            for line in lines:
                if line in first:
                    shared[first[line]] += len(line)
            if shared and max(shared.values()) >= _ALIKE * sum(map(len, lines)):
                continue
            for line in lines:
                first.setdefault(line, len(kept))
            kept.append(document)
        return kept
