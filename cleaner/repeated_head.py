"""What a further page of an article repeats of the first one's head: its title, standfirst, dateline.

Word for word, in the first page's order, and from the title on. A paragraph of the body is never part of it:
the head ends where the first paragraph begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Behind the title stand a few lines: kicker, standfirst, caption, date, place.
_MOST = 15
_LONGEST = 400
_LEAST_TITLE = 4
_LEAST_PARAGRAPH = 6
_LONGEST_PLACE = 6

_DASH = re.compile(r"\s-\s|[\u2013\u2014]")
_FULL_STOP = re.compile(r"\.[\"'\u2019\u201d)]{0,2}\Z")
_STOP = re.compile(r"[.?!:;\u2026][\"'\u2019\u201d)]{0,2}\Z")


def repeated_head(first: str, kept: str, page: str, title: str | None) -> list[tuple[int, int]]:
    """The lines at the head of `page` that repeat the head of the first page, as `[start, end)`, in order.

    `first` is the first page as it was read, `kept` what was kept of it, `page` what was kept of the other
    one; `title` is the article's headline where it is known. Offsets are code points of `page`.
    """
    titles = _titles(kept, title)
    head = _head(first, titles)
    repeated: list[tuple[int, int]] = []
    behind = 0
    for start, end in _visible_lines(page):
        words = _words(page[start:end])
        if words not in head[behind:] or not (repeated or words in titles):
            break
        behind = head.index(words, behind) + 1
        repeated.append((start, end))
    return repeated


def _titles(kept: str, title: str | None) -> list[str]:
    """The lines that may be the headline: the one that is known, and the first, if it reads like one."""
    titles = [_words(title)] if title and title.strip() else []
    first = next((_words(kept[start:end]) for start, end in _visible_lines(kept)), "")
    if first.count(" ") + 1 >= _LEAST_TITLE and not first.endswith(":") and not _FULL_STOP.search(first):
        titles.append(first)
    return titles


def _head(first: str, titles: list[str]) -> list[str]:
    """The lines before the first paragraph: before the dateline, or else before the first full sentence."""
    lines: list[str] = []
    for start, end in _visible_lines(first):
        lines.append(_words(first[start:end]))
        if len(lines) == _MOST or end - start > _LONGEST:
            break
    for at, line in enumerate(lines):
        if _has_dateline(line) and line not in titles:
            return lines[:at]
    ends = (at for at, line in enumerate(lines) if _is_paragraph(line) and line not in titles)
    return lines[: next(ends, len(lines))]


def _has_dateline(line: str) -> bool:
    """Whether a line opens with a place or a brand and a dash, and goes on with a sentence."""
    dash = _DASH.search(line)
    if dash is None or not _is_paragraph(line):
        return False
    place = line[: dash.start()].replace(",", " ").split()
    return 0 < len(place) <= _LONGEST_PLACE and not any(word[0].islower() for word in place)


def _is_paragraph(line: str) -> bool:
    if len(line) > _LONGEST:
        return True
    return line.count(" ") + 1 >= _LEAST_PARAGRAPH and bool(_STOP.search(line))


def _visible_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that aren't blank, without the white space around them."""
    at = 0
    while at < len(text):
        feed = text.find("\n", at)
        end = len(text) if feed < 0 else feed
        line = text[at:end]
        if line.strip():
            yield at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at = end + 1


def _words(line: str) -> str:
    return " ".join(line.split())
