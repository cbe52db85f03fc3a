"""What the words of a sentence tell for an advertisement, and against one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

AD_POINTS = 3.5
"""Points that make an ad."""

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


def signs(text: str, left: int, right: int) -> dict[str, float]:
    """Points for each sort of advertising sign in a sentence."""
    sentence = text[left:right]
    told = {sort: points for sort, (points, pattern) in _SIGNS.items() if pattern.search(sentence)}
    if sentence[-1] in "!?":
        told["shout"] = 1.0
    return told


def last_sign(text: str, left: int, right: int) -> int:
    """Where the last sign of advertising in a sentence ends."""
    found = (pattern.search(text[left:right]) for _, pattern in _SIGNS.values())
    return left + max((match.end() for match in found if match), default=right - left)


def is_report(text: str, left: int, right: int) -> bool:
    """Whether a sentence is the article's: it has a word of reports."""
    return _REPORT.search(text, left, right) is not None
