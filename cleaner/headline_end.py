"""Where an inline headline ends.

Dumps glue a whole article on one line: ``… PARA. Baca Juga : HEADLINE OF ANOTHER STORY PARA …``, with
nothing but a space (or nothing at all) between the headline and the paragraph that follows. The headline
must go, the paragraph must stay whole.

Every place where a paragraph could begin is a candidate border. A small log-linear model gives each of them
a weight (what stands inside the headline, what stands at the border, how long the headline is, how the rest
of the article writes these words), a softmax makes probabilities of them, and the border with the least
*expected loss* is answered: a word of the article lost costs several times a word of the headline left in.
The weights are data (`headline_end.toml`, written by `benchmarks/fit_headline_end.py`); this module holds
only the features.

All offsets are code points of the document's text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import accumulate
from math import exp, inf
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

CUT = 0.80
"""From this score on a cut is worth it: on held-out articles 2 in 100 such cuts take a word or two of the
article (at 0.90: 1 in 100)."""
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

UNFINISHED = 3.0
"""Against there being no headline (natural logarithm of odds), where all that is there ends without a stop:
prose does end in one."""

AROUND = 3000
"""Characters before and behind the headline in which its words are looked for."""
FAR = 8.0
"""Candidates that are less likely than the best by this (natural logarithm of odds) at first sight are not
looked at closely."""
TRIES = 12
"""Places looked at for a whole word, where it stands inside longer ones."""
AD_REACH = 360
"""Characters looked at for a native ad: two teasers have at most ~250."""
AD_SENTENCE = 14
"""Words of the longest sentence of a teaser."""
AD_POINTS = 3.5
"""Points that make an ad."""

_LONGEST = 20  # words of a headline; longer ones weigh the same
_LONGEST_RUN = 7  # words from a border to the first lower-case one; longer runs weigh the same
_EARLY = 5  # words at the start of which one that only sentence case writes small shows sentence case
_CONTENT = 3  # lower-case words other than function words: behind so many no title-case headline goes on
_CONTENT_IN_SENTENCE = 19  # the same for sentence case
_REMEMBERED = 1 << 15  # words whose class and weights are kept at hand

# Alternatives that begin with a plain letter let a search skip all other letters, which is much faster.
_MARKER = re.compile(
    r"(?:B(?<!\w.)(?:aca|ACA)|b(?<!\w.)aca|S(?<!\w.)(?:imak|IMAK)|s(?<!\w.)imak"
    r"|L(?<!\w.)(?:ihat|IHAT)|l(?<!\w.)ihat)(?: ?(?:[Jj]uga|JUGA))? {0,2}[:\-–] ?"
)
"""Another marker: no headline goes on behind it."""
_MARKER_HINTS = ("baca", "Baca", "BACA", "simak", "Simak", "SIMAK", "lihat", "Lihat", "LIHAT")
"""Without one of these no marker is looked for."""
_WORD = re.compile(r"\S+")
_GLUE = re.compile(
    r"(?<=[a-z])(?=[A-Z“\"][A-Za-z])|(?<=[0-9?!)%+”])(?=[A-Z“\"][a-z])|(?<=[A-Z0-9?!)%+”])(?=“[A-Z])"
    r"|(?<=[A-Z][A-Z])(?=[A-Z][a-z][a-z])|(?<=[A-Za-z]\")(?=[A-Z][a-z])|(?<=[a-z][a-z])(?=\d{1,2}\.$)"
)
"""A border with no space: `…PasarWarga`, `…Pasar!Warga`, `…PLNWarga`, `…2017“Warga`, `…Pasar1.`."""
_ITEM = re.compile(r"\d{1,2}\.")
"""The number of a list's item; its heading follows."""
_GOES_ON = ".,:;-–—"
"""Behind one of these a number belongs to the words in front: `Eps. 5.`"""
_TEASER_HINT = re.compile(
    r"Anda\b|!|Tanpa |tanpa |Dalam (?:\d|se[hmb])|dalam (?:\d|se[hmb])|Diskon|diskon"
    r"|Cara |Obat |Coba |Lakukan |Minum "
)
"""Without one of these no ad is looked for."""
_MARKS = "\"'“”‘’()[],.:;!?–-—…"
_CLOSING = dict.fromkeys("\"”’'", '"')
"""Closing quotation marks count as one."""
_QUOTES = "\"“‘'"
_STOPS = ".!?\"”’')…"
_FORM = re.compile(r"(?:me[mn]?|ber|ter|per|pe[mn]?|di|ke|se)(?=...)")

_SIGNS: Mapping[str, tuple[float, re.Pattern[str]]] = MappingProxyType(
    {
        sort: (points, re.compile(pattern))
        for sort, points, pattern in (
            ("you", 1.5, r"\bAnda\b"),
            (
                "do",
                1.5,
                r"^(?:Lakukan|Coba|Cobalah|Cek|Minum|Minumlah|Makan|Klik|Lihat|Simak|Pelajari|Temukan"
                r"|Hilangkan|Kembalikan|Lupakan|Singkirkan|Oleskan|Gunakan|Pakai|Dapatkan|Pesan|Beli|Buang|Bersihkan"
                r"|Atasi|Turunkan|Simpan|Ketahui|Jangan)\b",
            ),
            (
                "how",
                1.5,
                r"^(?:(?:Ini|Inilah|Begini) (?:cara|caranya|solusi|rahasia)|Cara|Rahasia|Resep|Trik|Obat"
                r"|Metode (?:ini|baru))\b|\b(?:inilah|(?:lakukan|coba|cobalah|minum|oleskan) ini)\b",
            ),
            (
                "without",
                2.0,
                r"\b(?i:tanpa (?:operasi|pembedahan|bekas|obat|diet|olahraga|efek samping|rasa sakit"
                r"|suntik\w*|dokter|modal))\b",
            ),
            (
                "span",
                1.5,
                r"\b(?i:dalam (?:\d+ ?(?:hari|minggu|bulan|malam|jam|menit)|sehari|semalam|seminggu"
                r"|sebulan))\b",
            ),
            ("amount", 1.5, r"(?i:(?:[+-]|\bturun )\d+ ?(?:kg|cm))\b"),
            (
                "claim",
                1.5,
                r"\b(?i:(?:lenyap|hilang) (?:selamanya|sendiri|tanpa|dalam)|akan (?:hilang|membaik)"
                r"|paling efektif|ketinggalan zaman|dokter terkejut)\b",
            ),
            ("bargain", 2.0, r"\b(?i:diskon|potongan harga|gratis)\b"),
            ("share", 1.0, r"\b\d+ ?%"),
            ("brand", 1.0, r"^[A-Z]{4,} [-–:] "),
            ("money", 1.5, r"\b(?i:kaya raya|jutawan|penghasilan|menghasilkan \d+)\b"),
            (
                "hurry",
                1.5,
                r"\b(?i:malam ini|hari ini juga|sebelum tidur|sekarang juga|harus (?:tahu|membaca\w*))\b"
                r"|\b[Ss]ekarang!|\b(?i:hari ini|di sini|di rumah|setiap (?:pagi|malam))[.!]?$",
            ),
            (
                "body",
                1.5,
                r"\b(?i:prostat\w*|papiloma|tin+it?us|pendengaran|penglihatan|alat bantu dengar|sendi|lutut"
                r"|nyeri|lemak|berat badan|tinggi badan|gula darah|diabetes|kolesterol|hipertensi"
                r"|tekanan darah|parasit|cacing|jamur|kutil|keriput|kerutan|rambut|botak|ereksi|stamina"
                r"|varises|wasir|ambeien|jerawat|langsing|kurus|gigi|liver|ginjal|usus|pembuluh|insomnia)\b",
            ),
        )
    }
)
"""Signs of advertising by sort, with their points; none is enough alone. `^` and `$` are the ends of a
sentence."""
_REPORT = re.compile(
    r"\b(?:kata|ujar|ujarnya|tutur|menurut|mengatakan|tersebut|terjadi|WIB|Polres|Polda|Polsek|Bupati|Kapol\w+"
    r"|Kepala|Ketua|Kabupaten|Kecamatan|Desa|warga|korban|petugas)\b|\(|\d/\d|[“”\"]"
)
"""Words of reports, which no teaser has: a sentence with one is the article's."""
_AMOUNT_END = re.compile(r"\b\d+ (?:hari|minggu|bulan|tahun|jam|menit|Hari|Minggu|Bulan|HARI|MINGGU|BULAN)$")
_RUN = re.compile(r"[A-Z][a-z]+ (?!Anda)[A-Z][a-z]")
"""Capitalised words in a row."""
_MID_CAPITALS = frozenset(
    (
        "Anda",
        "Kg",
        "KG",
        "CM",
        "Cm",
        "Minggu",
        "Hari",
        "Bulan",
        "BULAN",
        "HARI",
        "MINGGU",
        "Indonesia",
        "Jepang",
        "Cina",
        "Jerman",
    )
)
"""Capitals inside a teaser's sentence, which don't begin another."""


class HeadlineEnd(NamedTuple):
    """Where a headline ends: `end`, a code-point offset (exclusive, no space in front of it), and `score`
    (0..1), the chance that a cut there loses no word of the article."""

    end: int
    score: float


class Table(Protocol):
    """What the scoring needs of a table of weights. It only ever adds them up, so the fit can pass tables
    whose weights are vectors, and read the features off the sums."""

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


class Word:
    """A word with its marks, and what it weighs in each place, in one way of writing headlines.

    Classes (`kind`): `C` capitalised, `F` capitalised function word, `U` all capitals, `N` begins with a
    digit, `Q` begins with a quotation mark, `f` function word, `l` any other lower-case word, `p` marks only.
    `shape` is the class and the mark behind it, `core` the word without marks, `lower` the same in small
    letters, `item` the number of a list's item where it is one, else 0.
    """

    __slots__ = (
        "closes",
        "core",
        "first",
        "inside",
        "item",
        "kind",
        "last",
        "lower",
        "named",
        "parts",
        "raw",
        "shape",
        "small",
        "tail",
    )

    def __init__(self, raw: str, function_words: frozenset[str], weights: Weights) -> None:
        self.raw = raw
        self.core = core = raw.strip(_MARKS) or raw
        self.lower = lower = core.lower()
        self.kind = kind = _kind(raw, core, lower, function_words)
        mark = raw[-1]
        self.shape = shape = kind if kind == "p" or mark.isalnum() else kind + _CLOSING.get(mark, mark)
        self.parts = _parts(raw)
        self.item = int(core) if kind == "N" and _ITEM.fullmatch(raw) else 0
        self.small = kind in "fl"
        self.named = kind in "CU"
        """Whether it tells something how the rest of the article writes it."""
        self.closes = kind not in "fp" and mark not in ",:"
        """Whether a border with a space can stand behind it."""
        self.tail = core[1:] if kind == "C" and core[1:] == lower[1:] else ""
        """What is the same where it is written with a capital and where without."""
        self.inside = weights.inside.get(shape, 0.0) + weights.within.get(lower, 0.0)
        self.last = weights.prev.get(shape, 0.0) + weights.last.get(lower, 0.0)
        self.first = 0.0
        if not self.small:
            self.first = weights.open.get(lower, 0.0) + weights.border.get(shape, 0.0)
        if kind == "C":
            form = _form(lower)
            self.inside += weights.shape.get(form, 0.0)
            self.first += weights.form.get(form, 0.0)


def _kind(raw: str, core: str, lower: str, function_words: frozenset[str]) -> str:
    """The class of a word, see `Word`."""
    first = core[0]
    if first in _MARKS:
        return "p"
    if raw[0] in _QUOTES:
        return "Q"
    if first.isdigit():
        return "N"
    if lower in function_words:
        return "f" if first.islower() else "F"
    if first.islower():
        return "l"
    return "U" if len(core) > 1 and core.isupper() else "C"


def _parts(raw: str) -> tuple[str, ...]:
    """The words that are glued together in one; none where it is a single word."""
    if raw[1:].islower() and not raw[-2].isdigit():
        return ()
    borders = [0]
    for match in _GLUE.finditer(raw, 2):
        at = match.start()
        if at - borders[-1] > 1 and (len(raw) - at > 2 or raw[at].isdigit()):
            borders.append(at)
    if len(borders) == 1:
        return ()
    return tuple(raw[left:right] for left, right in zip(borders, [*borders[1:], len(raw)], strict=True))


def _form(word: str) -> str:
    """The affixes that tell a verb or a derived noun from a name; `-` for neither."""
    match = _FORM.match(word)
    prefix = match.group() if match else ""
    return prefix + (word[-3:] if word.endswith(("nya", "kan")) else "-an" if word.endswith("an") else "-")


_WRITTEN = ("lower", "capital", "both", "neither", "absent")
"""How the rest of the article writes a word: names recur with a capital, common words without. `absent` is
`neither` where it doesn't even stand inside a longer word."""
_LOOKED_UP = ("", *(f"{kind} {written}" for kind in "CU" for written in _WRITTEN))
"""Class of a word and how the rest of the article writes it; empty for classes that aren't looked up."""
_SEEN_CAPITAL = frozenset(("C both", "C capital", "U both", "U capital"))


class Style:
    """The weights for one way of writing headlines, added up as far as they always occur together."""

    def __init__(self, function_words: frozenset[str], weights: Weights) -> None:
        self.weights = weights
        self.word = lru_cache(_REMEMBERED)(lambda raw: Word(raw, function_words, weights))
        """The word of that spelling. What is kept depends on nothing else, so it can't change an answer."""
        around = {key: _as_listed(key) for key in _LOOKED_UP}
        self.inside = {
            key: weights.inside.get(told[2:], 0.0) if key[:1] == "C" else 0.0 for key, told in around.items()
        }
        self.second = {key: weights.around.get("second " + told, 0.0) for key, told in around.items() if key}
        self.meeting = {
            (last, first): _meeting(around[last], around[first], weights.around)
            for last in _LOOKED_UP
            for first in _LOOKED_UP
        }
        self.pair = weights.around.get("pair", 0.0)
        self.opens_another = weights.around.get("first opens another sentence", 0.0)
        self.name = weights.around.get("name", 0.0)
        self.no_name = weights.around.get("no name", 0.0)
        self.run_length = {
            kind: [weights.run.get(f"{min(words, _LONGEST_RUN)}{kind}", 0.0) for words in range(WORDS + 2)]
            for kind in "fl"
        }
        self.length = [weights.length.get(str(min(words, _LONGEST)), 0.0) for words in range(WORDS + 2)]


def _as_listed(key: str) -> str:
    """One of `_LOOKED_UP` as the tables of weights call it."""
    return key.replace("absent", "neither")


def _meeting(last: str, first: str, table: Table) -> float:
    """What it weighs how the words before and behind a border are written elsewhere."""
    weight = 0.0
    if last:
        weight += table.get("last " + last, 0.0)
    if first:
        weight += table.get("first " + first, 0.0)
    if last and first:
        weight += table.get(last[2:] + ", " + first[2:], 0.0)
    return weight


class Model(NamedTuple):
    """Everything in `headline_end.toml`: function words, and the weights for title and sentence case."""

    small: frozenset[str]
    title: Style
    sentence: Style


@cache
def model() -> Model:
    """The model, read once, when first needed."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        data = tomllib.load(file)
    small = frozenset(data["small"])

    def style(tables: Mapping[str, Mapping[str, float]]) -> Style:
        return Style(small, Weights(*(tables.get(name, {}) for name in Weights._fields)))

    return Model(small, style(data["title"]), style(data["sentence"]))


class Stretch(NamedTuple):
    """The words in which a headline's end is looked for, each with its offsets."""

    style: Style
    words: list[Word]
    starts: list[int]
    ends: list[int]
    glued: frozenset[int]
    """Indices of the words with no space in front."""
    whole: bool
    """Whether nothing that could belong to a headline follows: the line or the text ends here, or another
    marker follows."""


def headline_end(text: str, start: int, limit: int | None = None) -> HeadlineEnd | None:
    """The end of the headline whose first character is at `start`; nothing at or behind `limit` is looked at.

    None where nothing sensible can be said. A headline that runs to `limit` ends there. Of two headlines
    glued together (``<REL><REL> PARA``) it is the end of the second. A native ad behind the headline is not
    part of it: the end lies before the ad (`native_ads_end` finds the ad's end).
    """
    stretch = read_stretch(text, start, limit, model())
    if not stretch.words:
        return None
    around, written = surroundings(text, stretch)
    found, rough = first_sight(stretch, written)
    if len(found) == 1:
        return None
    least = max(rough) - FAR - 1e-9  # weights have two decimals: without this, rounding would decide on ties
    near = [(k, weight) for k, weight in zip(found, rough, strict=True) if weight >= least]
    return _decide(stretch.ends, close_look(text, stretch, near, written, around))


def read_stretch(text: str, start: int, limit: int | None, fitted: Model) -> Stretch:
    """The words behind `start`, up to `limit`, another marker, or as far as a headline can possibly reach."""
    stop = len(text) if limit is None else min(limit, len(text))
    reach = min(stop, start + REACH)
    cut = _until_marker(text, start, reach)
    words, glued, early, whole = _words(text[start:cut].split(), fitted.title, cut < reach or cut == stop)
    style = fitted.title
    if early:
        style = fitted.sentence
        words = [style.word(word.raw) for word in words]
    starts, ends = _spans(text, start, words, glued)
    return Stretch(style, words, starts, ends, glued, whole)


def _until_marker(text: str, start: int, stop: int) -> int:
    """Where the line ends or another marker stands; `stop` if neither does before."""
    feed = text.find("\n", start, stop)
    if feed >= 0:
        stop = feed
    window = text[start:stop]
    for hint in _MARKER_HINTS:
        if hint in window:
            marker = _MARKER.search(text, start, stop)
            return marker.start() if marker else stop
    return stop


def _words(raws: list[str], style: Style, closed: bool) -> tuple[list[Word], frozenset[int], bool, bool]:
    """The words up to where no headline goes on, which of them are glued to the one before, whether the
    headline is in sentence case, and whether it may end with them: where these are all words and nothing
    else follows (`closed`), or the article's own list goes on."""
    words: list[Word] = []
    glued: list[int] = []
    of_spelling = style.word
    content = 0
    early = False
    for raw in raws:
        if len(words) >= WORDS:
            return words, frozenset(glued), early, False
        word = of_spelling(raw)
        if word.parts:
            parts = _at_most(word.parts, WORDS - len(words))
            glued.extend(range(len(words) + 1, len(words) + len(parts)))
            words.extend(map(of_spelling, parts))
            word = words[-1]
        else:
            words.append(word)
        if word.item and len(words) > 1 and words[-2].raw[-1] not in _GOES_ON:
            own = _before_list(words[:-1]) if word.item == 1 else len(words) - 1
            ends = own == len(words) - 1 and not early
            return words[:own], frozenset(at for at in glued if at < own), early, ends
        if word.kind == "l":
            content += 1
            early = early or len(words) <= _EARLY
            if content >= (_CONTENT_IN_SENTENCE if early else _CONTENT):
                return words, frozenset(glued), early, False
    return words, frozenset(glued), early, closed


def _before_list(words: list[Word]) -> int:
    """How many of the words in front of a list's first item can be a headline's: a list's own heading counts
    the items, as in `10 Cara …`."""
    numbers = [at for at, word in enumerate(words) if at and word.kind == "N"]
    return numbers[-1] if numbers else len(words)


def _spans(text: str, start: int, words: list[Word], glued: frozenset[int]) -> tuple[list[int], list[int]]:
    """Where the words start and end, the first of them at or behind `start`."""
    if not words:
        return [], []
    raws = [word.raw for word in words]
    start = text.index(raws[0], start)
    if not glued and text.startswith(" ".join(raws), start):
        ends = [*accumulate([len(raw) + 1 for raw in raws], initial=start - 1)]
        return [end + 1 for end in ends[:-1]], ends[1:]
    starts = []
    for raw in raws:
        starts.append(text.index(raw, start))
        start = starts[-1] + len(raw)
    return starts, [start + len(raw) for start, raw in zip(starts, raws, strict=True)]


def _at_most(parts: tuple[str, ...], borders: int) -> tuple[str, ...]:
    """The parts of a glued word, with no more than so many borders between them."""
    return parts if len(parts) <= borders + 1 else (*parts[:borders], "".join(parts[borders:]))


def surroundings(text: str, stretch: Stretch) -> tuple[str, list[str]]:
    """The article around the stretch, and how it writes each word of the stretch, as in `_LOOKED_UP`."""
    first, behind = stretch.starts[0], stretch.ends[-1]
    around = text[max(0, first - AROUND) : first] + "\n" + text[behind : behind + AROUND]
    # The first word is in the headline whatever it is, so nothing depends on it.
    return around, ["", *[_written(word, around) if word.named else "" for word in stretch.words[1:]]]


def _written(word: Word, around: str) -> str:
    """How the rest of the article writes a capitalised word."""
    at = 0
    if word.tail:
        at = around.find(word.tail)  # one look instead of two for the most frequent case
        if at < 0:
            return "C absent"
        at = max(0, at - 1)
    capital = _stands(word.core, around, at)
    if _stands(word.lower, around, at):
        return word.kind + (" both" if capital else " lower")
    return word.kind + (" capital" if capital else " neither")


def _stands(word: str, around: str, at: int) -> bool:
    """Whether the word stands in `around` at or behind `at` as a whole word."""
    at = around.find(word, at)
    if at < 0:
        return False
    size = len(word)
    for _ in range(TRIES):
        if not (around[at - 1 : at].isalpha() or around[at + size : at + size + 1].isalpha()):
            return True
        at = around.find(word, at + size)
        if at < 0:
            return False
    return False


def first_sight(stretch: Stretch, written: list[str]) -> tuple[list[int], list[float]]:
    """The candidate borders, and the weight of each from the stretch alone and from how the article writes
    its words.

    A border is the index of the word behind it: 0 says that there is no headline at all, the number of words
    that it is as long as the stretch.
    """
    style, words, _, _, glued, whole = stretch
    weights, word_inside = style.weights, style.inside
    found = [0]
    weighed = [weights.border.get("no headline", 0.0) + weights.open.get(words[0].lower, 0.0)]
    waiting = 0  # candidates of which the next lower-case word isn't known yet
    inside = 0.0
    since = 0  # words since the last glued border: the length of the last headline
    before = words[0]
    for k, word in enumerate(words):
        if word.small:
            if waiting:
                _add_runs(stretch, k, found, weighed, waiting)
                waiting = 0
        elif k > 1 and (before.closes or k in glued):
            found.append(k)
            here = inside + style.length[since] + before.last + word.first
            weighed.append(here + _glued(before, weights) if k in glued else here)
            waiting += 1
        if k in glued:
            since = 0
            inside += weights.inside.get("glued", 0.0)
        since += 1
        if k:
            inside += word.inside + word_inside[written[k]]
        before = word
    for place in range(len(found) - waiting, len(found)):
        weighed[place] += weights.run.get("none", 0.0)
    if whole:
        found.append(len(words))
        here = inside + style.length[since] + before.last
        weighed.append(here + weights.border.get("stretch ends", 0.0))
        if before.raw[-1] not in _STOPS:
            weighed[0] -= UNFINISHED
    return found, weighed


def _glued(before: Word, weights: Weights) -> float:
    """The weight of having no space at the border behind a word."""
    return weights.border.get("glued", 0.0) + weights.border.get("glued after " + before.shape, 0.0)


def _add_runs(stretch: Stretch, low: int, found: list[int], weighed: list[float], waiting: int) -> None:
    """Add to the last `waiting` borders the weight of the run of words from there to the lower-case word
    `low`, the first behind them, and of that word."""
    style, words = stretch.style, stretch.words
    run, second = style.weights.run, style.weights.second
    word = words[low]
    of_length = style.run_length[word.kind]
    verb = _verb(words, low, style.weights.verb)
    far = verb + run.get("… " + words[low - 1].shape + word.kind, 0.0) + second.get("… " + word.lower, 0.0)
    for place in range(len(found) - waiting, len(found)):
        k = found[place]
        here = of_length[low - k]
        here += run.get(words[k - 1].kind + words[k].kind + words[k + 1].kind, 0.0)
        if low - k == 1:
            here += verb + second.get(word.lower, 0.0)
        else:
            here += far
            for held in words[k + 1 : low]:
                if held.kind in "FQN":
                    here += run.get("holds " + held.kind, 0.0)
        weighed[place] += here


def _verb(words: list[Word], low: int, table: Table) -> float:
    """The weight of the content word that follows, if only function words stand before it."""
    while low + 1 < len(words) and words[low].kind == "f":
        low += 1
    return table.get(_form(words[low].lower), 0.0) if words[low].kind == "l" else 0.0


def close_look(
    text: str, stretch: Stretch, near: list[tuple[int, float]], written: list[str], around: str
) -> list[tuple[int, float]]:
    """The candidate borders with their weights, to which is added what the article around them and a native
    ad behind them tell."""
    starts, size, border = stretch.starts, len(stretch.words), stretch.style.weights.border
    stop = stretch.ends[-1] + 60
    teaser = _TEASER_HINT.search(text, starts[0], stop) is not None
    told = len(text)  # where the first sentence of a teaser ends
    looked = []
    for k, weight in near:
        if 0 < k < size:
            weight += _around(text, stretch, k, written, around)
            if teaser:
                sort, end = _ad_starts(text, starts[k], stop)
                if starts[k] >= told:
                    weight += border.get("behind a teaser", 0.0)
                if sort:
                    weight += border.get(sort, 0.0)
                    told = min(told, end)
        looked.append((k, weight))
    return looked


def _around(text: str, stretch: Stretch, k: int, written: list[str], around: str) -> float:
    """What the rest of the article tells of the words at border `k`."""
    style, _, starts, ends, glued, _ = stretch
    last, first = written[k - 1], written[k]
    weight = style.meeting[last, first]
    may_recur = first != "C absent"
    if may_recur and last != "C absent" and k not in glued and text[starts[k - 1] : ends[k]] in around:
        weight += style.pair
    if not first:
        return weight
    if first in _SEEN_CAPITAL and ". " + text[starts[k] : ends[k]] in around:
        weight += style.opens_another
    second = written[k + 1] if k + 1 < len(written) else ""
    if second:
        name = may_recur and second != "C absent" and text[starts[k] : ends[k + 1]] in around
        weight += style.second[second] + (style.name if name else style.no_name)
    return weight


def _decide(ends: list[int], near: list[tuple[int, float]]) -> HeadlineEnd | None:
    """The border with the least expected loss, and the chance that a cut there takes nothing of the
    article."""
    top = max([weight for _, weight in near])
    odds = [(k, exp(weight - top)) for k, weight in near]
    whole = sum([o for _, o in odds])
    likely = [(k, o / whole) for k, o in odds if o > 1e-4 * whole]
    best, least = 0, inf
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
    return HeadlineEnd(ends[best - 1], sum([p for k, p in likely if k >= best]))


def native_ads_end(text: str, start: int, limit: int | None = None) -> int | None:
    """The end of the native ad that begins at `start` (an offset behind the headline, white space allowed);
    None if there is none.

    An ad is one or two teasers, each a few short sentences, often without an end stop. A run of sentences is
    an ad when features of at least two sorts (`_SIGNS`) come together; it ends behind the last sentence that
    shows some, so the paragraph behind it stays whole. Nothing at or behind `limit` is looked at.
    """
    stop = min(len(text) if limit is None else limit, len(text), start + AD_REACH)
    stop = _until_marker(text, start, stop)
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
        goes_on = n in (1, 2) and end and worth > 1 and ended  # a second line may say less
        if (worth >= 2 and len(told) > 1) or "without" in told or goes_on:
            waiting, end = 0, right
            if not ended and _RUN.search(text, left, right):
                # In title case nothing tells the ad's last words from the paragraph's first.
                end = _last_sign(text, left, right)
                break
            continue
        waiting += 1
        # One sentence may wait for the next to be told, if it shows something itself.
        if waiting > 1 or not worth:
            break
    return end if points >= AD_POINTS and len(sorts) >= 2 else None


def _sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Stretches of text between borders: behind an end mark, behind a span of time, before a capital that
    follows a lower-case word, before `+15`, `-23` or `1.`.

    Enough for teasers, where capitals are rare inside a sentence."""
    left, right, before = -1, -1, ""
    for match in _WORD.finditer(text, start, stop):
        word = match.group()
        if left >= 0 and _begins_sentence(word, before, text[left:right]):
            yield left, right
            left = -1
        if left < 0:
            left = match.start()
        right, before = match.end(), word
    if left >= 0:
        yield left, right


def _begins_sentence(word: str, before: str, sentence: str) -> bool:
    """Whether a word begins a sentence of its own behind the word `before`, the last of `sentence`."""
    if before[-1] in ".!?":
        return True
    if word[0] in "+-" and word[1:2].isdigit():
        return True
    if word[0].isdigit() and word[-1] == ".":
        return True
    if not (word[0].isupper() or word[0] in _QUOTES):
        return False
    behind_small = before[0].isalpha() and (not before[0].isupper() or before == "Anda")
    if behind_small and word.strip(_MARKS) not in _MID_CAPITALS:
        return True
    return _AMOUNT_END.search(sentence) is not None


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
    """`teaser` where a native ad seems to begin at `start` (its first sentences show enough), `teaser opens`
    where its first words are of the kind that teasers begin with, else an empty string; and where the first
    sentence ends."""
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
