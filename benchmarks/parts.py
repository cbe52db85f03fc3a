"""What made-up pages are made of: real headlines and prose, and captions, credits and names from word lists.

Headlines are the titles of the dump. Prose is its paragraphs: of the labelled articles every one that no
label touches, with all the marker words that genuine sentences hold; of the others only paragraphs that no
marker could have got into.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import LINE_BREAK, dump, labelled, split_lines

_SUSPECT = re.compile(
    r"(?i)baca|simak|halaman|sumber|fot|photo|editor|report|penulis|pewarta|laporan|ikuti|follow|subscri|whatsapp|telegram"
    r"|google|instagram|twitter|tiktok|youtube|klik|tautan|\blink|http|www|advert|iklan|video|tonton|saksikan|selengkapnya"
    r"|artikel|tayang|\bdok\b|credit|copyright|viva|kompas|radar|tangsel|andalpost|liputan6|komentar|[\[\]#|@©*•>\\]"
)
_GLUED = re.compile(r"[a-z][.!?]\"?[A-Z]|[a-z][A-Z][a-z]")
_LABEL = re.compile(r"^[\w ]{2,20}:|\([a-z/]{2,12}\)$")
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Article:
    """An article's own headline and some paragraphs of it in a row."""

    title: str
    paragraphs: tuple[str, ...]


class Parts:
    """Everything that pages are made of."""

    def __init__(self, folder: Path) -> None:
        gold = labelled(folder)
        known = {row.id for row in gold}
        rows = [row for row in map(json.loads, dump(folder)) if not row["outlet"].startswith("yt_")]
        times = Counter(line for row in rows for line in set(LINE_BREAK.split(row["text"])))
        self.headlines = sorted({title for row in rows if (title := _headline(row["title"]))})
        self.plain = [
            article
            for row in rows
            if row["id"] not in known
            and (
                article := _article(
                    row["title"],
                    [line for line in split_lines(row["text"]) if times[line] < 2 and _safe(line)],
                )
            )
        ]
        self.hard = [
            article for row in gold if (article := _article(row.title, _untouched(row.text, row.remove)))
        ]
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, title in enumerate(self.headlines):
            for word in set(_WORD.findall(title.lower())):
                self._numbers[word].append(number)

    def article(self, rng: random.Random) -> Article:
        """One article with up to twelve paragraphs."""
        whole = rng.choice(self.hard if rng.random() < 0.35 else self.plain)
        count = rng.randint(5, 12)
        return Article(whole.title, whole.paragraphs[:count])

    def related(self, article: Article, rng: random.Random) -> str:
        """The headline of another story; every second one shares a rare word with the article's own."""
        words = sorted(
            set(_WORD.findall(article.title.lower())),
            key=lambda word: (len(self._numbers.get(word, ())), word),
        )
        near = [
            n for word in words[:4] for n in self._numbers.get(word, ()) if self.headlines[n] != article.title
        ]
        if near and rng.random() < 0.5:
            return self.headlines[rng.choice(near[:40])]
        return rng.choice(self.headlines)


def _is_paragraph(line: str) -> bool:
    return (
        60 <= len(line) <= 700
        and line.endswith((".", '."', ".”", '"', "”"))
        and (line[0].isupper() or line[0] in '"“')
    )


def _safe(line: str) -> bool:
    return _is_paragraph(line) and not (_SUSPECT.search(line) or _GLUED.search(line) or _LABEL.search(line))


def _untouched(text: str, remove: Sequence[tuple[int, int, str]]) -> list[str]:
    found, start = [], 0
    for raw in text.split("\n"):
        end = start + len(raw)
        if _is_paragraph(raw.strip()) and not any(s < end and start < e for s, e, _ in remove):
            found.append(raw.strip())
        start = end + 1
    return found


def _article(title: str | None, paragraphs: Sequence[str]) -> Article | None:
    headline = _headline(title)
    # The first paragraph opens with its outlet's dateline.
    return Article(headline, tuple(paragraphs[1:])) if headline and len(paragraphs) >= 6 else None


def _headline(title: str | None) -> str | None:
    title = " ".join((title or "").split())
    words = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 3]
    cased = words and sum(word[0].isupper() for word in words) / len(words) >= 0.8
    if not cased or not 6 <= len(title.split()) <= 20 or re.search(r"[|#\[\]…]|\.{2}|[.:,]$", title):
        return None
    return title if title[0].isupper() or title[0].isdigit() else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# --- from word lists ------------------------------------------------------------------------------

_FIRST = _words(
    "Ahmad Agus Ayu Bayu Dewi Dimas Dwi Eka Fajar Fitri Gita Hendra Indah Joko Lestari Maya Nanda "
    "Putri Rizky Sari Teguh Wulan Yusuf Zahra"
)
_LAST = _words(
    "Pratama Saputra Wijaya Lestari Nugroho Hidayat Ramadhan Siregar Kurniawan Permana Santoso "
    "Anggraini Maulana Simanjuntak Handayani Firmansyah"
)
_CITIES = _words(
    "Jakarta Bandung Surabaya Medan Semarang Makassar Denpasar Palembang Pontianak Lampung Bogor "
    "Cirebon Tangerang Serang Malang"
)
_PLACES = (
    "Balai Kota",
    "Pelabuhan Merak",
    "Stasiun Gambir",
    "Pasar Induk",
    "Lapangan Merdeka",
    "Kantor Gubernur",
    "Terminal Kampung Rambutan",
    "Bandara Soekarno-Hatta",
    "Kawasan Simpang Lima",
    "Gedung DPR RI",
    "Pengadilan Negeri",
    "Desa Sukamaju",
)
_WHO = (
    "Warga",
    "Petugas gabungan",
    "Sejumlah pedagang",
    "Menteri Perhubungan",
    "Kapolres",
    "Para relawan",
    "Ketua panitia",
    "Tim SAR",
    "Pelatih timnas",
    "Ilustrasi petani",
    "Ratusan calon penumpang",
    "Presiden",
    "Wali Kota",
    "Seorang nelayan",
    "Mahasiswa",
)
_DOES = (
    "mengantre bantuan",
    "meninjau proyek jembatan",
    "membersihkan sisa banjir",
    "memberi keterangan pers",
    "menunggu jadwal kereta",
    "memeriksa barang bukti",
    "menata dagangan",
    "menyalurkan paket sembako",
    "menghadiri upacara",
    "mengikuti latihan",
    "menyapa pendukung",
    "memantau arus mudik",
)
_MONTHS = _words("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
_DAYS = _words("Senin Selasa Rabu Kamis Jumat Sabtu Minggu")
_TAGS = _words(
    "prabowo timnas banjir pilkada hargacabai gempa ihsg mudik viral korupsi cuaca umkm haji lebaran "
    "tni polri"
)
_SUBHEADS = (
    "Penyebab Kenaikan Harga",
    "Langkah Pemerintah Daerah",
    "Kronologi Kejadian di Lokasi",
    "Cara Mendaftar Secara Daring",
    "Dampak bagi Petani Kecil",
    "Tanggapan Warga Sekitar",
    "Syarat yang Harus Dipenuhi",
    "Sejarah Singkat Stadion",
    "Manfaat untuk Kesehatan Jantung",
    "Jadwal Lengkap Pertandingan",
)
_SUMMARIES = (
    "{who} {does} sejak pagi dan baru selesai menjelang malam di {place}.",
    "Pengamat menilai kebijakan itu perlu dikaji lagi sebelum berlaku penuh pada {year}.",
    "Harga di {place} naik dua kali lipat dalam sepekan, sementara stok di gudang terus menipis.",
    "Sebanyak {count} orang ikut dalam kegiatan yang digelar di {place}, {city}.",
)


def name(rng: random.Random) -> str:
    """The name of a person."""
    return " ".join(
        [rng.choice(_FIRST), rng.choice(_LAST)] + ([rng.choice(_LAST)] if rng.random() < 0.15 else [])
    )


def city(rng: random.Random) -> str:
    """The name of a city."""
    return rng.choice(_CITIES)


def caption(rng: random.Random) -> str:
    """A photo's caption, without an end stop."""
    who, does, place = rng.choice(_WHO), rng.choice(_DOES), rng.choice(_PLACES)
    return rng.choice(
        (
            f"{who} {does} di {place}",
            f"{who} {does} di {place}, {city(rng)}",
            f"{name(rng)} saat {does} di {place}",
            f"{who} {does}",
            f"{who} {does} di {place}, {day(rng)} ({short_date(rng)})",
            f"{who.title()} {does.title()} di {place}",
        )
    )


def summary(rng: random.Random) -> str:
    """The summary on a teaser card: a whole sentence."""
    said = rng.choice(_SUMMARIES)
    return said.format(
        who=rng.choice(_WHO),
        does=rng.choice(_DOES),
        place=rng.choice(_PLACES),
        city=city(rng),
        year=rng.randint(2019, 2025),
        count=rng.randint(20, 900),
    )


def subheading(rng: random.Random) -> str:
    """A genuine subheading."""
    return rng.choice(_SUBHEADS)


def date(rng: random.Random) -> str:
    """`17 Juni 2024`."""
    return f"{rng.randint(1, 28)} {rng.choice(_MONTHS)} {rng.randint(2019, 2025)}"


def short_date(rng: random.Random) -> str:
    """`17/6/2024`."""
    return f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{rng.randint(2019, 2025)}"


def day(rng: random.Random) -> str:
    """The name of a day."""
    return rng.choice(_DAYS)


def clock(rng: random.Random) -> str:
    """`20:49`."""
    return f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}"


def tag(rng: random.Random) -> str:
    """A tag, in one word."""
    return rng.choice(_TAGS)


def slug(title: str) -> str:
    """A headline as an address spells it."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))
