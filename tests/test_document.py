"""A document: its lines partition its text, and it never changes."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Document, Line, clean

TEXTS = st.text(st.sampled_from("ab \n\r\t\x0b\x0c\x1c\x85\u2028İ👉"), max_size=40)


@given(TEXTS)
def test_lines_partition_the_text(text: str) -> None:
    lines = Document(text).lines
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert [line.start for line in lines] == [0, *(line.end for line in lines[:-1])][: len(lines)]
    assert all(line.start < line.end for line in lines)


@given(TEXTS)
def test_a_line_ends_in_its_only_line_feed_or_ends_the_text(text: str) -> None:
    for line in Document(text).lines:
        content = text[line.start : line.end]
        assert "\n" not in content[:-1]
        assert content.endswith("\n") or line.end == len(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("satu", [(0, 4)]),
        ("satu\n", [(0, 5)]),
        ("satu\r\ndua", [(0, 6), (6, 9)]),
        ("\n\n", [(0, 1), (1, 2)]),
        ("a\x85b\u2028c\x0bd\re", [(0, 9)]),
        ("İ👉\nx", [(0, 3), (3, 4)]),
    ],
)
def test_only_a_line_feed_ends_a_line_and_offsets_are_code_points(
    text: str, lines: list[tuple[int, int]]
) -> None:
    assert Document(text).lines == tuple(Line(start, end) for start, end in lines)


@pytest.mark.parametrize("field", ["text", "id", "url", "title", "tidak_ada"])
def test_a_document_cannot_be_changed(field: str) -> None:
    with pytest.raises(AttributeError):
        setattr(Document("satu"), field, "dua")


def test_documents_of_the_same_values_are_equal_and_survive_pickling() -> None:
    document = Document("Satu", "1", "https://viva.co.id/1", "Judul")
    assert document.shadow == "satu"
    assert (
        pickle.loads(pickle.dumps(document))
        == document
        == Document("Satu", "1", "https://viva.co.id/1", "Judul")
    )


@pytest.mark.parametrize("title", ["Foto: Banjir Rendam Jakarta Utara", "Lihat Juga: 5 Cara Menanam Cabai"])
def test_the_articles_own_headline_stays_though_it_reads_like_a_marker(title: str) -> None:
    text = f"{title}\n\nHarga cabai turun pekan ini karena panen raya di tiga kabupaten berjalan lancar."
    assert clean(text, title=title).text == text
    assert clean(text).text != text
    assert clean(f"{text}\n\n{title}", title=title).text != f"{text}\n\n{title}"
