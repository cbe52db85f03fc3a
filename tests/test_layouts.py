"""The layouts of a dump: a page that is cut right in blocks is so as flat lines and as one line."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, assert_sound, outlet_of_seed, read_seeds

from cleaner import Certainty, Result, clean

REAL = sorted(read_seeds("[0-9]*"))
LAYOUTS = ("flat lines", "one line", "spaces for line feeds")

LEFT: dict[tuple[str, str], tuple[str, ...]] = {
    # The lines of a credit and of a teaser stand close together: a space for each leaves them on one line.
    ("viva/000_7b9cc04bb1876990", "spaces for line feeds"): (
        "Hizbullah Tembakkan 250 Roket ke Israel, Sejumlah Orang Luka-luka",
        "Hizbullah telah menembakkan sekitar 250 roket dan proyektil lainnya ke Israel yang melukai tujuh "
        "orang di lokasi tersebut.",
        "Kim Jong Un Berbincang Dengan Vladimir Putin (Doc: TASS)",
        "VIVA Militer: Serangan roket Hizbullah di wilayah utara Israel",
    ),
}
"""What only the blocked form cuts, by seed and layout, each with its reason."""

LOST: dict[tuple[str, str], tuple[str, ...]] = {
    # On one line nothing parts the headline's question mark from a sentence that begins with a name.
    ("kompastv/002_06a7bc9a979b20d2", "one line"): (
        "Amerika Serikat (AS) dan Korea Selatan telah menuduh Korea Utara memasok Rusia dengan artileri, "
        "rudal dan peralatan militer lainnya untuk membantu memperpanjang perang di Ukraina.",
    ),
}
"""Sentences of the golden text that lose a word, by seed and layout, each with its reason."""


def laid(text: str, layout: str) -> str:
    """A blocked text as the other dumps set it: without blank lines, with single spaces only, or with a space
    for every line feed."""
    if layout == "flat lines":
        return re.sub(r"\n\s*", "\n", text)
    return " ".join(text.split()) if layout == "one line" else text.replace("\n", " ")


def cleaned(seed: str, layout: str) -> tuple[str, Result]:
    text = laid(read_seeds()[seed], layout)
    result = clean(text, outlet=outlet_of_seed(seed))
    assert_sound(text, result)
    return text, result


def plain(text: str) -> str:
    return " ".join(text.split())


def sentences(text: str) -> list[str]:
    return [piece for line in text.splitlines() for piece in re.split(r"(?<=[.?!”]) +", plain(line)) if piece]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", REAL)
def test_every_sentence_of_the_golden_text_is_kept_but_for_those_named(seed: str, layout: str) -> None:
    golden = (ROOT / "golden" / f"{seed}.txt").read_bytes().decode()
    kept = plain(cleaned(seed, layout)[1].text)
    assert [sentence for sentence in sentences(golden) if sentence not in kept] == [
        *LOST.get((seed, layout), ())
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", REAL)
def test_what_is_marked_in_blocks_goes_in_the_other_layouts_too_but_for_what_is_named(
    seed: str, layout: str
) -> None:
    blocked = clean(read_seeds()[seed], outlet=outlet_of_seed(seed))
    kept = plain(cleaned(seed, layout)[1].text)
    marked = {plain(each.text) for each in blocked.removals if each.certainty >= Certainty.framed}
    stays = sorted(text for text in marked if text in kept and text not in plain(blocked.text))
    assert stays == sorted(LEFT.get((seed, layout), ()))
