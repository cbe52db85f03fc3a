"""General cues: what wording, in any outlet, tells of which kind of boilerplate.

A cue alone never makes a rule. It says what a recurring line is, and how much other evidence it needs.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from cleaner.kinds import Kind


class Strength(IntEnum):
    """How much a cue proves of a line that recurs."""

    weak = 1
    """Prose has such words, too: the line must also stand at the text's edge."""
    strong = 2
    """A line of its own with these words speaks to the reader of the page, not of the story."""


class Cue(NamedTuple):
    """What a line's wording says of it."""

    kind: Kind
    strength: Strength


_NETWORKS = (
    r"(?:facebook|instagram|twitter|tik ?tok|youtube|telegram|whatsapp|threads|line|linkedin|pinterest|x)"
)
_CHANNEL = (
    rf"(?:(?:channel|saluran|kanal|grup) {_NETWORKS}\b|\b{_NETWORKS} (?:channel|grup)\b|\bgoogle news\b)"
)
_FOLLOW = (
    r"\b(?:follow|ikuti|gabung|join|akses|cek|dapatkan|baca|simak|update|temukan|klik|kunjungi|subscribe)\b"
)

# In the order in which they are asked; the folded line is what they see.
_CUES: tuple[tuple[Kind, Strength, str], ...] = (
    (
        Kind.chrome,
        Strength.strong,
        r"\bfunction ?\(|\.push\(|\bwindow\.|\bvar \w+ ?=|document\.\w+\(|[{}];?$",
    ),
    (
        Kind.chrome,
        Strength.strong,
        r"^(?:a post shared by|view this post|lihat postingan|sebuah kiriman dibagikan)",
    ),
    (
        Kind.chrome,
        Strength.strong,
        r"^loading ?(?:\.\.\.|…)?$|^(?:copy|salin) (?:link|tautan)$|\btampilkan semua$",
    ),
    (
        Kind.ad,
        Strength.strong,
        r"^\W*(?:advertisements?|advertorial|iklan|sponsored|ads|promoted)\b[^.]{0,40}$",
    ),
    (Kind.prompt, Strength.strong, rf"{_FOLLOW}[^.]*{_CHANNEL}|{_CHANNEL}[^.]*{_FOLLOW}"),
    (
        Kind.prompt,
        Strength.strong,
        r"\bsubscribe\b|\blonceng\b.{0,40}\bnotifikasi|^ikuti kami\b|\bfollow us\b",
    ),
    (
        Kind.prompt,
        Strength.strong,
        r"\b(?:tulis|komentar|sampaikan|bagikan)\b.{0,30}\bkolom komentar|\bkomentar di bawah",
    ),
    (Kind.prompt, Strength.strong, r"\b(?:unduh|download|install)\b.{0,20}\b(?:aplikasi|whatsapp)\b"),
    (Kind.prompt, Strength.strong, r"\blive streaming\b.*https?://|^saksikan live\b|\bmelalui website\b"),
    (
        Kind.prompt,
        Strength.strong,
        rf"^(?:{_NETWORKS}|media sosial)\b[^.]{{0,30}} ?:(?: ?(?:https?://|www\.|@)|$)",
    ),
    (
        Kind.prompt,
        Strength.strong,
        r"\bscroll to\b|\b(?:di|ke)? ?halaman (?:selanjutnya|berikutnya|berikut)\b",
    ),
    (
        Kind.related,
        Strength.strong,
        r"\bklik ?(?:di ?sini|tautan|link)\b|\b(?:baca|simak|cek) .{3,80}\bdi ?sini\W*$",
    ),
    (Kind.related, Strength.strong, r"^(?:baca|lihat|simak|tonton) juga\b|^baca ?:|^\[gambas"),
    (Kind.related, Strength.strong, r"^(?:artikel|berita) ini (?:telah|sudah|bisa)\b|\bbisa dilihat di ?:"),
    (
        Kind.related,
        Strength.strong,
        r"\b(?:artikel|berita)(?: \w+){0,2} lainnya ?(?::|$)|^(?:artikel|berita) terkait\b",
    ),
    (
        Kind.related,
        Strength.strong,
        r"^selengkapnya\W*$|^(?:baca|simak) selengkapnya\W*$|selengkapnya.{0,30}https?://",
    ),
    (Kind.meta, Strength.strong, r"©|^copyright\b|^#\w+(?: #\w+)*$"),
    (
        Kind.prompt,
        Strength.weak,
        rf"{_CHANNEL}|\bikuti kami\b|\bkolom komentar\b|\bmedia sosial\b.{{0,30}}:$",
    ),
    (Kind.related, Strength.weak, r"^(?:baca|simak|lihat|saksikan|tonton|temukan)\b|^video\b"),
    (Kind.chrome, Strength.weak, r"^(?:\d+ )?komentar$|^(?:share|tweet|bagikan|menu|close|tutup|perbesar)$"),
    (Kind.chrome, Strength.weak, r"\brating\b[^.]{0,40}$|^\(?\*{1,5}\)?$|^_+$|\bthanks for\b"),
    (
        Kind.meta,
        Strength.weak,
        r"\b(?:wib|wita|wit)$|\b\d+ (?:menit|jam|hari) (?:yang )?lalu$|^(?:tags?|topik) ?:",
    ),
)
_COMPILED = tuple((kind, strength, re.compile(pattern)) for kind, strength, pattern in _CUES)

# Roles of a newsroom, and what a label says of what stands behind it.
_ROLES = re.compile(
    r"\b(?:produser|producer|reporter|editor|penulis|pewarta|kontributor|jurnalis|wartawan|koresponden|uploader|"
    r"penerjemah|redaktur|kameram[ae]n|kamera|thumbnail|kreator|creator|host|presenter|naskah|narator|"
    r"penyunting|laporan|videografer|infografis|desainer|digital manager|author|oleh)\b"
)
# Those who wrote, and those who read it over; other roles are no field of an article.
_AUTHORS = re.compile(
    r"\b(?:reporter|penulis|pewarta|kontributor|jurnalis|wartawan|koresponden|laporan|naskah|author|oleh)\b"
)
_EDITORS = re.compile(r"(?<!video )\b(?:editor|redaktur|penyunting)\b")
_SOURCES = re.compile(r"^(?:sumber|source|sumber berita|sumber artikel)$")
_TOPICS = re.compile(r"^(?:tags?|topik|kata kunci|label|keywords?)$")
_PHOTOS = re.compile(
    r"^(?:(?:ket(?:erangan|\.)?|teks|kredit|sumber) foto|foto(?: (?:oleh|by|ilustrasi))?|photo|"
    r"fotografer|caption|credit|kredit|dok|ilustrasi|sumber gambar)$"
)
# What a label says that stands over other stories.
_LEADS_ON = re.compile(
    r"\b(?:baca|bacaan|lihat|simak|tonton|berita|artikel|kabar|kisah|cerita|warta|video|terkait|related|read)\b"
)
_ENDS = re.compile(r"\W+$")


def cue_of(shadow: str) -> Cue | None:
    """What the wording of a folded line tells; None where it tells nothing."""
    for kind, strength, pattern in _COMPILED:
        if pattern.search(shadow):
            return Cue(kind, strength)
    return None


def label_cue(label: str) -> Kind | None:
    """What a folded label, without its colon, is over: staff, a source, topics, a photo; else None."""
    label = _ENDS.sub("", label)
    if _SOURCES.search(label) or _TOPICS.search(label):
        return Kind.meta
    if _PHOTOS.search(label):
        return Kind.caption
    return Kind.byline if _ROLES.search(label) else None


def label_field(label: str) -> str:
    """The field of an article that a folded label, without its colon, is over; empty where it is none."""
    label = _ENDS.sub("", label)
    if _SOURCES.search(label):
        return "source"
    if _TOPICS.search(label):
        return "tag"
    if _AUTHORS.search(label):
        return "author"
    return "editor" if _EDITORS.search(label) else ""


def leads_on(label: str) -> bool:
    """Whether a folded label speaks of other stories to read."""
    return _LEADS_ON.search(label) is not None


def is_role(shadow: str) -> bool:
    """Whether a folded line names a role of a newsroom."""
    return _ROLES.search(shadow) is not None
