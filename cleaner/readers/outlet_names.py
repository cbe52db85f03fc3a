"""What an outlet calls itself: its names aren't authors, and no part of a headline."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,40}\.)(?:com|id|co|tv|net|org|news|info)\b", re.I)
_WORD = re.compile(r"[^\W_]+")
# Words that stand for a house and its staff as a whole.
_OF_A_HOUSE = frozenset(
    """
    admin administrator anonim anonymous author berita biro cyber desk digital editor grup group id indonesia
    jurnalis kontributor media network news newsroom office online penulis portal publisher redaksi redaktur
    reporter situs staf staff super superadmin team tim tv user web website wartawan writer
    """.split()  # noqa: SIM905
)
_COMPANY = re.compile(r"(?:pt|cv|yayasan)\b", re.I)
# Two names that begin alike with fewer letters can be two.
_LEAST = 5
# What stands behind a headline for the site has no more words.
_MAX_WORDS = 4
_PARTED = re.compile(r"\s(?:[-|–—»•·]|::|\|\|)\s")
_FRONT = re.compile(r"([^\s:|][^:|]{0,40})(?::| \|| -)\s")


def folded(text: str) -> str:
    """Letters and digits only, in small letters."""
    return "".join(_WORD.findall(text.lower()))


class OutletNames:
    """The names of the outlet that a page is from."""

    def __init__(self, hosts: Iterable[str], names: Iterable[str]) -> None:
        """`hosts` are names that addresses hold, such as `kompas`; `names` those the page gives itself."""
        names = tuple(names)
        self._hosts = frozenset(folded(host) for host in hosts) - {""}
        whole = {folded(name) for name in names}
        # The name without its domain's ending is one, too.
        whole |= {
            folded(match.group().rsplit(".", 1)[0]) for name in names for match in _DOMAIN.finditer(name)
        }
        self._names = (self._hosts | whole) - {""}

    def called(self, name: str) -> bool:
        """Whether `name` is, but for its case and signs, one of the outlet's."""
        return folded(name) in self._names

    def has(self, name: str) -> bool:
        """Whether `name` is the outlet's, or stands for its staff as a whole."""
        words = [folded(word) for word in _WORD.findall(name)]
        whole = "".join(words)
        if not whole or whole in self._names or _DOMAIN.search(name) or _COMPANY.match(name):
            return True
        if len(words) == 1 and any(len(host) >= _LEAST and whole.startswith(host) for host in self._hosts):
            return True
        return all(
            word.rstrip("0123456789") in _OF_A_HOUSE or word in self._names or not word.strip("0123456789")
            for word in words
        )

    def without(self, headline: str) -> str:
        """A headline without the site's name in front of it or behind it."""
        for _ in range(3):
            shorter = self._without_back(headline)
            if shorter == headline:
                break
            headline = shorter
        front = _FRONT.match(headline)
        if front and folded(_DOMAIN.sub("", front[1])) in {"", *self._names} and self._tells(front[1]):
            return headline[front.end() :].strip()
        return headline

    def _without_back(self, headline: str) -> str:
        last = None
        for last in _PARTED.finditer(headline):  # noqa: B007
            pass
        if last is None or not last.start():
            return headline
        return headline[: last.start()].rstrip() if self._tells(headline[last.end() :]) else headline

    def _tells(self, piece: str) -> bool:
        """Whether a piece of a title, such as `Tekno Liputan6.com`, names the site."""
        words = _WORD.findall(piece.lower())
        if len(words) > _MAX_WORDS:
            return False
        return folded(piece) in self._names or any(
            word in self._hosts or (len(host) >= _LEAST and word.startswith(host))
            for word in words
            for host in self._hosts
        )
