"""Where an inline headline ends.

Dumps glue a whole article on one line: ``… PARA. Baca Juga : HEADLINE OF ANOTHER STORY PARA …``, with nothing but a space (or nothing
at all) between the headline and the paragraph that follows. The headline must go, the paragraph must stay whole.

Every place where a paragraph could begin is a candidate border. A small log-linear model gives each of them a weight (what stands inside
the headline, what stands at the border, how long the headline is, how the rest of the article writes these words), a softmax makes
probabilities of them, and the border with the least *expected loss* is answered: a word of the article lost costs several times a word
of the headline left in. The weights are data
(`headline_end.toml`, written by `benchmarks/fit_headline_end.py`); this module holds only the features.

All offsets are code points of the document's text.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from math import exp
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

CUT = 0.80
"""From this score on a cut is worth it: on held-out articles 2 in 100 such cuts take a word or two of the article (at 0.90: 1 in 100)."""
DOUBT = 0.50
"""From this score on an end is worth reporting; below it is a guess."""

REACH = 400
"""Characters looked at behind the start; real headlines have at most ~150."""
WORDS = 40
"""Words looked at behind the start."""
OWN_WORD = 4.0
"""Loss of one word of the article, in words of the headline left in."""
OWN_START = 4.0
"""Loss of touching the article at all, in the same unit."""
LEFT_START = 1.0
"""Loss of leaving anything of the headline, in the same unit."""

_MARKER = re.compile(r"\b(?:[Bb]aca|BACA|[Ss]imak|SIMAK|[Ll]ihat|LIHAT)(?: ?(?:[Jj]uga|JUGA))? {0,2}[:\-–] ?|\n")
"""Another marker or a line's end: no headline goes on behind it."""
_WORD = re.compile(r"\S+")
_GLUE = re.compile(r"(?<=[a-z])(?=[A-Z“\"][A-Za-z])|(?<=[0-9?!)%+”])(?=[A-Z“\"][a-z])"
                   r"|(?<=[A-Z][A-Z])(?=[A-Z][a-z][a-z])|(?<=[A-Za-z]\")(?=[A-Z][a-z])")
"""A border with no space: `…PasarWarga`, `…Pasar!Warga`, `…PLNWarga`."""
_TEASER_HINT = re.compile(r"Anda\b|!|[Tt]anpa |[Dd]alam (?:\d|se[hmb])|[Dd]iskon|Cara |Obat |Coba |Lakukan |Minum ")
"""Without one of these no ad is looked for."""
_MARKS = "\"'“”‘’()[],.:;!?–-—…"
_QUOTES = "\"“‘'"
_FORM = re.compile(r"(?:me[mn]?|ber|ter|per|pe[mn]?|di|ke|se)(?=...)")

AROUND = 3000
"""Characters before and behind the headline in which its words are looked for."""
FAR = 8.0
"""Candidates that are less likely than the best by this (natural logarithm of odds) at first sight are not looked at closely."""
TRIES = 12
"""Places looked at for a whole word, where it stands inside longer ones."""
AD_REACH = 360
"""Characters looked at for a native ad: two teasers have at most ~250."""
AD_SENTENCE = 14
"""Words of the longest sentence of a teaser."""
AD_POINTS = 3.5
"""Points that make an ad."""

_SIGNS: Mapping[str, tuple[float, re.Pattern[str]]] = MappingProxyType({sort: (points, re.compile(pattern)) for sort, points, pattern in (
    ("you", 1.5, r"\bAnda\b"),
    ("do", 1.5, r"^(?:Lakukan|Coba|Cobalah|Cek|Minum|Minumlah|Makan|Klik|Lihat|Simak|Pelajari|Temukan|Hilangkan|Kembalikan|Lupakan|"
                r"Singkirkan|Oleskan|Gunakan|Pakai|Dapatkan|Pesan|Beli|Buang|Bersihkan|Atasi|Turunkan|Simpan|Ketahui|Jangan)\b"),
    ("how", 1.5, r"^(?:(?:Ini|Inilah|Begini) (?:cara|caranya|solusi|rahasia)|Cara|Rahasia|Resep|Trik|Obat|Metode (?:ini|baru))\b"
                 r"|\b(?:inilah|(?:lakukan|coba|cobalah|minum|oleskan) ini)\b"),
    ("without", 2.0, r"\b(?i:tanpa (?:operasi|pembedahan|bekas|obat|diet|olahraga|efek samping|rasa sakit|suntik\w*|dokter|modal))\b"),
    ("span", 1.5, r"\b(?i:dalam (?:\d+ ?(?:hari|minggu|bulan|malam|jam|menit)|sehari|semalam|seminggu|sebulan))\b"),
    ("amount", 1.5, r"(?i:(?:[+-]|\bturun )\d+ ?(?:kg|cm))\b"),
    ("claim", 1.5, r"\b(?i:(?:lenyap|hilang) (?:selamanya|sendiri|tanpa|dalam)|akan (?:hilang|membaik)|paling efektif|ketinggalan zaman"
                   r"|dokter terkejut)\b"),
    ("bargain", 2.0, r"\b(?i:diskon|potongan harga|gratis)\b"),
    ("share", 1.0, r"\b\d+ ?%"),
    ("brand", 1.0, r"^[A-Z]{4,} [-–:] "),
    ("money", 1.5, r"\b(?i:kaya raya|jutawan|penghasilan|menghasilkan \d+)\b"),
    ("hurry", 1.5, r"\b(?i:malam ini|hari ini juga|sebelum tidur|sekarang juga|harus (?:tahu|membaca\w*))\b|\b[Ss]ekarang!"
                   r"|\b(?i:hari ini|di sini|di rumah|setiap (?:pagi|malam))[.!]?$"),
    ("body", 1.5, r"\b(?i:prostat\w*|papiloma|tin+it?us|pendengaran|penglihatan|alat bantu dengar|sendi|lutut|nyeri|lemak|berat badan|"
                  r"tinggi badan|gula darah|diabetes|kolesterol|hipertensi|tekanan darah|parasit|cacing|jamur|kutil|keriput|kerutan|rambut|"
                  r"botak|ereksi|stamina|varises|wasir|ambeien|jerawat|langsing|kurus|gigi|liver|ginjal|usus|pembuluh|insomnia)\b"),
)})
"""Signs of advertising by sort, with their points; none is enough alone. `^` and `$` are the ends of a sentence."""
_REPORT = re.compile(r"\b(?:kata|ujar|ujarnya|tutur|menurut|mengatakan|tersebut|terjadi|WIB|Polres|Polda|Polsek|Bupati|Kapol\w+|Kepala|Ketua|"
                     r"Kabupaten|Kecamatan|Desa|warga|korban|petugas)\b|\(|\d/\d|[“”\"]")
"""Words of reports, which no teaser has: a sentence with one is the article's."""
_AMOUNT_END = re.compile(r"\b\d+ (?:hari|minggu|bulan|tahun|jam|menit|Hari|Minggu|Bulan|HARI|MINGGU|BULAN)$")
_RUN = re.compile(r"[A-Z][a-z]+ (?!Anda)[A-Z][a-z]")
"""Capitalised words in a row."""
_MID_CAPITALS = frozenset(("Anda", "Kg", "KG", "CM", "Cm", "Minggu", "Hari", "Bulan", "BULAN", "HARI", "MINGGU",
                           "Indonesia", "Jepang", "Cina", "Jerman"))
"""Capitals inside a teaser's sentence, which don't begin another."""


class HeadlineEnd(NamedTuple):
    """Where a headline ends: `end`, a code-point offset (exclusive, no space in front of it), and `score` (0..1), the chance that
    a cut there loses no word of the article."""
    end: int
    score: float


class Token(NamedTuple):
    """A word with its marks: offsets, class, the word without marks as written and in lower case, class and the mark behind it, whether
    it is glued to the word before.

    Classes: `C` capitalised, `F` capitalised function word, `U` all capitals, `N` begins with a digit, `Q` begins with a quotation mark,
    `f` function word, `l` any other lower-case word, `p` marks only.
    """
    start: int
    end: int
    kind: str
    core: str
    word: str
    shape: str
    glued: bool


class Table(Protocol):
    """What the scoring needs of a table of weights; the fit passes one that takes notes."""

    def get(self, key: str, default: float, /) -> float: ...


class Weights(NamedTuple):
    """The model for one way of writing headlines: a weight for a feature, 0 for one that isn't listed."""
    inside: Table
    within: Table
    open: Table
    second: Table
    last: Table
    border: Table
    run: Table
    verb: Table
    form: Table
    prev: Table
    shape: Table
    around: Table
    length: Table


class Model(NamedTuple):
    """Everything in `headline_end.toml`: function words, and weights for title case and for sentence case."""
    small: frozenset[str]
    title: Weights
    sentence: Weights


@cache
def model() -> Model:
    """The model, read once, when first needed."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        data = tomllib.load(file)

    def weights(style: Mapping[str, Mapping[str, float]]) -> Weights:
        return Weights(*(style.get(name, {}) for name in Weights._fields))

    return Model(frozenset(data["small"]), weights(data["title"]), weights(data["sentence"]))


def headline_end(text: str, start: int, limit: int | None = None) -> HeadlineEnd | None:
    """The end of the headline whose first character is at `start`; nothing at or behind `limit` is looked at.

    None where nothing sensible can be said. A headline that runs to `limit` ends there. Of two headlines glued together
    (``<REL><REL> PARA``) it is the end of the second. A native ad behind the headline is not part of it: the end lies before the ad
    (`native_ads_end` finds the ad's end).
    """
    fitted = model()
    tokens, found, sentence = candidates(text, start, limit, fitted.small)
    if not found:
        return None
    w = fitted.sentence if sentence else fitted.title
    around, known = surroundings(text, tokens)
    rough = list(first_sight(tokens, found, known, w))
    least = max(rough) - FAR
    near = [(k, weight) for k, weight in zip(found, rough, strict=True) if weight >= least]
    found = [k for k, _ in near]
    more = close_look(text, tokens, found, known, around, w)
    return _decide(tokens, found, [weight + m for (_, weight), m in zip(near, more, strict=True)])


def candidates(text: str, start: int, limit: int | None, small: frozenset[str]) -> tuple[list[Token], list[int], bool]:
    """The tokens of the stretch, the indices where a paragraph could begin (`len(tokens)` means the stretch's end, 0 that there is no
    headline at all), and whether the headline is in sentence case."""
    stop = len(text) if limit is None else min(limit, len(text))
    cut = min(stop, start + REACH)
    window = text[start:cut].lower()
    if "\n" in window or "baca" in window or "simak" in window or "lihat" in window:
        marker = _MARKER.search(text, start, cut)
        if marker:
            stop = cut = marker.start()
    tokens, sentence, whole = _tokens(text, start, cut, small)
    if not tokens:
        return [], [], False
    found = [0]
    for i in range(2, len(tokens)):
        token, before = tokens[i], tokens[i - 1]
        if token.kind in "fl" or (not token.glued and (before.kind in "fp" or before.shape[1:] in (",", ":"))):
            continue
        found.append(i)
    if whole and cut == stop:
        found.append(len(tokens))
    return tokens, found, sentence


def _tokens(text: str, start: int, stop: int, small: frozenset[str]) -> tuple[list[Token], bool, bool]:
    """The tokens up to `stop`, whether the headline is in sentence case, and whether they reach `stop`.

    A title-case headline has no lower-case content words, so the third of them ends the look."""
    tokens: list[Token] = []
    low = early = 0
    for match in _WORD.finditer(text, start, stop):
        if len(tokens) >= WORDS:
            return tokens, early > 0, False
        left, right = match.span()
        glued = False
        if not text[left + 1:right].islower():       # a capital inside the word: perhaps two words
            for border in _GLUE.finditer(text, left + 2, right):
                at = border.start()
                if at - left > 1 and right - at > 2 and len(tokens) < WORDS:
                    tokens.append(_token(text, left, at, glued, small))
                    left, glued = at, True
        token = _token(text, left, right, glued, small)
        tokens.append(token)
        if token.kind == "l":
            low += 1
            if len(tokens) <= 5:
                early += 1
            if (low - early >= 3 and early < 1) or low > 18:
                return tokens, early > 0, False
    return tokens, early > 0, True


def _token(text: str, left: int, right: int, glued: bool, small: frozenset[str]) -> Token:
    raw = text[left:right]
    core = raw.strip(_MARKS)
    if not core:
        return Token(left, right, "p", raw, raw, "p", glued)
    word, first, mark = core.lower(), core[0], raw[-1]
    if raw[0] in _QUOTES:
        kind = "Q"
    elif first.isdigit():
        kind = "N"
    elif first.islower():
        kind = "f" if word in small else "l"
    elif word in small:
        kind = "F"
    else:
        kind = "U" if len(core) > 1 and core.isupper() else "C"
    if mark.isalnum():
        shape = kind
    else:
        shape = kind + ('"' if mark in "\"”’'" else mark)
    return Token(left, right, kind, core, word, shape, glued)


def first_sight(tokens: list[Token], found: list[int], known: list[str], w: Weights) -> Iterator[float]:
    """The weight of each candidate border, in order, from the stretch alone (and what is `known` of its words)."""
    lows = _next_low(tokens)
    inside, at = 0.0, 0
    since = 0                                       # words since the last glued border: the length of the last headline
    for k in found:
        while at < k:
            token = tokens[at]
            if token.glued:
                since = 0
                inside += w.inside.get("glued", 0.0)
            since += 1
            if at:
                inside += w.inside.get(token.shape, 0.0) + w.within.get(token.word, 0.0)
                if token.kind == "C":
                    inside += w.inside.get(known[at], 0.0) + w.shape.get(_form(token.word), 0.0)
            at += 1
        yield inside + _border(tokens, k, lows, since, w)


def close_look(text: str, tokens: list[Token], found: list[int], known: list[str], around: str, w: Weights) -> Iterator[float]:
    """What the article around it and a native ad behind it add to the weight of each candidate border, in order."""
    first, stop = tokens[0].start, tokens[-1].end + 60
    teaser = _TEASER_HINT.search(text, first, stop) is not None
    told = len(text)                                # where the first sentence of a teaser ends
    for k in found:
        more = 0.0
        if 0 < k < len(tokens):
            more = _around(text, tokens, k, known, around, w.around)
            if teaser:
                sort, end = _ad_starts(text, tokens[k].start, stop)
                if tokens[k].start >= told:
                    more += w.border.get("behind a teaser", 0.0)
                if sort:
                    more += w.border.get(sort, 0.0)
                    told = min(told, end)
        yield more


def surroundings(text: str, tokens: list[Token]) -> tuple[str, list[str]]:
    """The article around the stretch, and how it writes each word of the stretch."""
    first, behind = tokens[0].start, tokens[-1].end
    around = text[max(0, first - AROUND):first] + "\n" + text[behind:behind + AROUND]
    return around, [_known(token, around) for token in tokens]


def _known(token: Token, around: str) -> str:
    """How the rest of the article writes a capitalised word: names recur with a capital, common words without."""
    if token.kind not in "CU":
        return ""
    capital = _stands(token.core, around)
    if _stands(token.word, around):
        return "both" if capital else "lower"
    return "capital" if capital else "neither"


def _stands(word: str, around: str) -> bool:
    """Whether the word stands in `around` as a whole word."""
    size, at = len(word), around.find(word)
    for _ in range(TRIES):
        if at < 0:
            return False
        if not (around[at - 1:at].isalpha() or around[at + size:at + size + 1].isalpha()):
            return True
        at = around.find(word, at + size)
    return False


def _around(text: str, tokens: list[Token], k: int, known: list[str], around: str, table: Table) -> float:
    """What the rest of the article tells of the words at the border."""
    last, first = tokens[k - 1], tokens[k]
    weight = 0.0
    if not first.glued and text[last.start:first.end] in around:
        weight += table.get("pair", 0.0)
    if known[k - 1]:
        weight += table.get("last " + last.kind + " " + known[k - 1], 0.0)
    if known[k]:
        if known[k - 1]:
            weight += table.get(known[k - 1] + ", " + known[k], 0.0)
        weight += table.get("first " + first.kind + " " + known[k], 0.0)
        if known[k] in ("both", "capital") and ". " + text[first.start:first.end] in around:
            weight += table.get("first opens another sentence", 0.0)
        if k + 1 < len(tokens) and known[k + 1]:
            following = tokens[k + 1]
            weight += table.get("name" if text[first.start:following.end] in around else "no name", 0.0)
            weight += table.get("second " + following.kind + " " + known[k + 1], 0.0)
    return weight


def _border(tokens: list[Token], k: int, lows: list[int], since: int, w: Weights) -> float:
    """The weight of the border before token k: the word before it, the words behind it, the headline's length."""
    size = len(tokens)
    if k == 0:
        return w.border.get("no headline", 0.0) + w.open.get(tokens[0].word, 0.0)
    last = tokens[k - 1]
    here = w.length.get(str(since if since < 20 else 20), 0.0) + w.prev.get(last.shape, 0.0) + w.last.get(last.word, 0.0)
    if k == size:
        return here + w.border.get("stretch ends", 0.0)
    first = tokens[k]
    here += w.open.get(first.word, 0.0) + w.border.get(first.shape, 0.0)
    if first.glued:
        here += w.border.get("glued", 0.0) + w.border.get("glued after " + last.shape, 0.0)
    if first.kind == "C":
        here += w.form.get(_form(first.word), 0.0)
    return here + (_run(tokens, k, lows[k], w) if lows[k] < size else w.run.get("none", 0.0))


def _run(tokens: list[Token], k: int, low: int, w: Weights) -> float:
    """The weight of the run of capitalised words from the border before token k to the first lower-case one, token `low`, and of that."""
    first, token = tokens[k], tokens[low]
    here = w.run.get(f"{min(low - k, 7)}{token.kind}", 0.0) + w.run.get(tokens[k - 1].kind + first.kind + tokens[k + 1].kind, 0.0)
    if low - k > 1:
        here += w.run.get("… " + tokens[low - 1].shape + token.kind, 0.0)
        for held in tokens[k + 1:low]:
            if held.kind in "FQN":
                here += w.run.get("holds " + held.kind, 0.0)
    here += w.second.get(token.word if low - k == 1 else "… " + token.word, 0.0)
    while low + 1 < len(tokens) and tokens[low].kind == "f":
        low += 1
    if tokens[low].kind == "l":
        here += w.verb.get(_form(tokens[low].word), 0.0)
    return here


def _next_low(tokens: list[Token]) -> list[int]:
    """For each token the index of the first lower-case word behind it (the number of tokens if there is none)."""
    low = len(tokens)
    result = [low] * len(tokens)
    for i in range(len(tokens) - 1, -1, -1):
        result[i] = low
        if tokens[i].kind in "fl":
            low = i
    return result


def _form(word: str) -> str:
    """The affixes that tell a verb or a derived noun from a name; `-` for neither."""
    match = _FORM.match(word)
    prefix = match.group() if match else ""
    return prefix + (word[-3:] if word.endswith(("nya", "kan")) else "-an" if word.endswith("an") else "-")


def _decide(tokens: list[Token], found: list[int], weighed: list[float]) -> HeadlineEnd | None:
    """The border with the least expected loss, and the chance that a cut there takes nothing of the article."""
    top = max(weighed)
    odds = [exp(x - top) for x in weighed]
    whole = sum(odds)
    likely = [(k, o / whole) for k, o in zip(found, odds, strict=True) if o > 1e-4 * whole]
    best, least = 0, float("inf")
    for k, _ in likely:
        loss = 0.0
        for j, p in likely:
            if j < k:
                loss += p * (OWN_START + OWN_WORD * (k - j))
            elif j > k:
                loss += p * (LEFT_START + j - k)
        if loss < least:
            best, least = k, loss
    if best == 0:
        return None
    return HeadlineEnd(tokens[best - 1].end, sum(p for k, p in likely if k >= best))


def native_ads_end(text: str, start: int, limit: int | None = None) -> int | None:
    """The end of the native ad that begins at `start` (offset behind the headline, white space allowed), or None if there is none.

    An ad is one or two teasers, each a few short sentences, often without an end stop. A run of sentences is an ad when features of at
    least two sorts (`_SIGNS`) come together; it ends behind the last sentence that shows some, so the paragraph behind it stays whole.
    """
    stop = min(len(text) if limit is None else limit, len(text), start + AD_REACH)
    marker = _MARKER.search(text, start, stop)
    if marker:
        stop = marker.start()
    end: int | None = None
    points, waiting = 0.0, 0
    sorts: set[str] = set()
    for n, (left, right) in enumerate(_sentences(text, start, stop)):
        if text.count(" ", left, right) >= AD_SENTENCE or _REPORT.search(text, left, right):
            break
        told = _signs(text, left, right)
        worth = sum(told.values())
        ended = text[right - 1] in ".!?"
        points += worth
        sorts.update(told)
        if (worth >= 2 and len(told) > 1) or "without" in told or (n in (1, 2) and end and worth > 1 and ended):   # a second line may say less
            waiting, end = 0, right
            if not ended and _RUN.search(text, left, right):
                end = _last_sign(text, left, right)
                break                               # in title case nothing tells the ad's last words from the paragraph's first
        else:
            waiting += 1
            if waiting > 1 or not worth:            # one sentence may wait for the next to be told, if it shows something itself
                break
    return end if points >= AD_POINTS and len(sorts) >= 2 else None


def _sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Stretches of text between borders: behind an end mark, behind a span of time, before a capital that follows a lower-case word, before
    `+15`, `-23` or `1.`. Enough for teasers, where capitals are rare inside a sentence."""
    left, right, before = -1, -1, ""
    for match in _WORD.finditer(text, start, stop):
        word = match.group()
        if left >= 0 and (
                before[-1] in ".!?"
                or (word[0] in "+-" and word[1:2].isdigit())
                or (word[0].isdigit() and word[-1] == ".")
                or ((word[0].isupper() or word[0] in _QUOTES) and (
                    (before[0].isalpha() and (not before[0].isupper() or before == "Anda") and word.strip(_MARKS) not in _MID_CAPITALS)
                    or _AMOUNT_END.search(text[left:right])))):
            yield left, right
            left = -1
        if left < 0:
            left = match.start()
        right, before = match.end(), word
    if left >= 0:
        yield left, right


def _signs(text: str, left: int, right: int) -> dict[str, float]:
    """Points for each sort of advertising sign in a sentence."""
    sentence = text[left:right]
    told = {sort: points for sort, (points, pattern) in _SIGNS.items() if pattern.search(sentence)}
    if sentence[-1] in "!?":
        told["shout"] = 1.0
    return told


def _last_sign(text: str, left: int, right: int) -> int:
    """Where the last sign of advertising in a sentence ends."""
    found = (pattern.search(text[left:right]) for _, pattern in _SIGNS.values())
    return left + max((match.end() for match in found if match), default=right - left)


def _ad_starts(text: str, start: int, stop: int) -> tuple[str, int]:
    """`teaser` where a native ad seems to begin at `start` (its first sentences show enough), `teaser opens` where its first words are of
    the kind that teasers begin with, else an empty string; and where the first sentence ends."""
    points, opens, end = 0.0, False, start
    for n, (left, right) in enumerate(_sentences(text, start, min(stop, start + 130))):
        if n > 1 or _REPORT.search(text, left, right):
            break
        told = _signs(text, left, right)
        if not told:
            break
        if n == 0:
            opens, end = "do" in told or "how" in told, right
        points += sum(told.values())
        if points >= AD_POINTS - 0.5:
            return "teaser opens" if opens else "teaser", end
    return "", end
