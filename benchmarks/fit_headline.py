"""Fit the numbers in `cleaner/headline.toml` to the tuning part of the corpus.

    python benchmarks/fit_headline.py [--corpus ../shared/corpus] [--dry-run]

The word-lists are kept by hand; only the weights are rewritten, so the comments stay. The model is linear:
setting one weight to 1 and all others to 0 makes the scorer itself tell how often that feature occurs in a
line, so what is fitted is what runs. Needs numpy and scipy."""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from corpus import DEFAULT
from headlines import Corpus, Topics, headline, is_paragraph, is_subheading
from scipy.optimize import minimize

TOML = Path(__file__).resolve().parents[1] / "cleaner" / "headline.toml"
SEED = 20240619
WORTH = 200.0
"""How much the examples weigh against the penalty; headlines and headings count the same."""
PENALTY = 0.05
"""On the square of each weight. Genuine headings are few: it keeps the model from learning them by heart."""
BOUNDS = {
    "taken_up": (-6.0, -2.0),
    "deeds": (0.5, 3.0),
    "happenings": (0.5, 3.0),
    "hooks": (0.5, 3.0),
    "goods": (-4.0, -0.5),
    "signs": (-9.0, -4.0),
    "topic": (-4.0, -1.5),
    "advice": (-4.0, -1.0),
    "opening.question": (-4.0, -2.0),
    "day": (-9.0, -3.0),
    "row": (-4.0, -1.5),
    "bracket": (-4.0, -2.0),
    "pairs": (-3.0, -0.3),
    "joints": (-2.0, 0.0),
    "weight": (0.0, 2.0),  # of [specific]
}
SURENESS = 2.2
"""Log-odds at CUT (0.9)."""
LOSS = 0.095
"""Share of the tuning part's genuine headings that may score CUT or more by themselves, before company."""

INVENTED = """
Latar Belakang Gugatan Warga terhadap Pengembang
Penyebab Banjir Menurut Ahli Tata Kota
Proses Hukum Masih Terus Berjalan
Pelaku Sudah Lama Kenal dengan Korban
Barang Bukti yang Diamankan dari Rumah Tersangka
Ancaman Hukuman bagi Para Tersangka
Polisi Dalami Keterlibatan Pihak Lain
Tersangka Mengaku Menyesali Perbuatannya
Sempat Cekcok Sebelum Kejadian
Isi Surat Terbuka untuk Presiden
Tanggapan Istana soal Usulan Perombakan Kabinet
Pemerintah Diminta Segera Turun Tangan
Langkah yang Akan Diambil Pihak Sekolah
Perjalanan Cinta Pasangan Muda Ini
Pertama Kali Bertemu di Lokasi Syuting
Dikaruniai Dua Anak yang Lucu
Kehidupan Sederhana Jauh dari Sorotan Kamera
Memulai Karier dari Ajang Pencarian Bakat
Deretan Film yang Pernah Dibintanginya
Pendidikan dan Organisasi yang Pernah Diikuti
Harta Kekayaan yang Dilaporkan ke Negara
Tanda Mobil Membutuhkan Penggantian Oli Mesin
Tampilan Luar yang Lebih Segar dan Modern
Interior Mewah dengan Layar Sentuh Besar
Dapur Pacu dan Konsumsi Bahan Bakar
Fitur Keselamatan yang Disematkan pada Varian Tertinggi
Harga dan Ketersediaan di Pasar Indonesia
Baterai Besar dengan Pengisian Daya Cepat
Kamera Utama dengan Sensor Lebih Besar
Membantu Menurunkan Tekanan Darah Tinggi
Baik untuk Kekuatan Tulang dan Persendian
Kaya Akan Antioksidan dan Vitamin
Olahraga Ringan Minimal Tiga Kali Seminggu
Istirahat yang Cukup dan Teratur
Perhatikan Porsi Makan saat Berbuka
Pilih Bahan Pakaian yang Menyerap Keringat
Hukum Membayar Utang Puasa Setelah Nisfu Syaban
Dalil tentang Keutamaan Bersedekah di Hari Jumat
Tata Cara Salat Gerhana Beserta Niatnya
Bolehkah Menggabungkan Niat Dua Puasa Sunah?
Apakah Semua Warga Bisa Mendaftar?
Kapan Bantuan Mulai Dicairkan kepada Penerima?
Siapa Saja yang Berhak Menerima Bantuan?
Syarat Peserta yang Harus Dipenuhi Pelamar
Cara Memeriksa Status Penerima Lewat Ponsel
Batas Waktu Pelaporan dan Denda Keterlambatan
Prakiraan Susunan Pemain Kedua Kesebelasan
Catatan Pertemuan Kedua Tim Sebelumnya
Kondisi Skuad Jelang Laga Penentuan
Peluang Lolos Masih Terbuka Lebar
Komentar Pelatih Usai Pertandingan
Kekuatan Militer Kedua Negara yang Berseteru
Reaksi Dunia Internasional atas Serangan Tersebut
Bantuan Kemanusiaan Sulit Masuk ke Wilayah Konflik
Dampak Perang terhadap Harga Energi Dunia
Hubungan Kedua Negara Semakin Memanas
Upaya Mediasi yang Belum Membuahkan Hasil
Prospek Saham Perbankan hingga Akhir Tahun
Permintaan Dalam Negeri Jadi Penopang Utama
Tantangan yang Dihadapi Pelaku Usaha Kecil
Strategi Perusahaan Menghadapi Persaingan
Rencana Ekspansi ke Kawasan Asia Tenggara
Tidak Semua Orang Boleh Mengonsumsinya
Bukan Sekadar Tempat Makan Biasa
Akses Menuju Lokasi dan Harga Tiket Masuk
Aktivitas Seru yang Bisa Dilakukan Pengunjung
Legenda di Balik Keindahan Danau Tersebut
Makna Filosofis Tarian dan Busananya
Videonya Sempat Ramai Dibahas Pengguna Internet
Warga Berharap Jalan Segera Diperbaiki
"""
"""Subheadings as Indonesian desks write them, made up for this file: the corpus has too few long ones."""

Path_ = tuple[str, ...]


def features(table: dict[str, Any]) -> Iterator[Path_]:
    """The places of all weights in the file but the bias."""
    yield ("surroundings", "taken_up")
    for count in table["length"]:
        yield ("length", count)
    for kind in ("words", "opening", "marks"):
        for name in table[kind]:
            yield (kind, name, "weight")
    yield ("specific", "weight")


def put(table: dict[str, Any], path: Path_, value: float) -> None:
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] = value


Example = tuple[str, list[str], str, str]
"""A line, its words, the paragraph before it (any finished one) and the one after it."""


def shaped(pairs: list[tuple[str, str]], particles: frozenset[str]) -> list[Example]:
    """The lines that have a headline's shape."""
    kept = (
        (line, headline._headline_words(line, particles), after)
        for line, after in pairs
        if headline._SHORTEST <= len(line) <= headline._LONGEST
    )
    return [(line, words, ".", after) for line, words, after in kept if words]


def counts(table: dict[str, Any], examples: list[Example]) -> np.ndarray:
    """How often each feature occurs in each line, read off the scorer."""
    blank = deepcopy(table)
    put(blank, ("bias", "weight"), 0.0)
    put(blank, ("shape", "kickers"), [])
    for path in features(table):
        put(blank, path, 0.0)
    columns = []
    for path in features(table):
        put(blank, path, 1.0)
        model = headline.Weights.from_toml(blank)
        columns.append([headline._evidence(*example, model) for example in examples])
        put(blank, path, 0.0)
    return np.array(columns).T


def examples(corpus: Corpus, part: str, particles: frozenset[str]) -> tuple[list[Example], list[Example]]:
    """Headlines and genuine headings of one part that have a headline's shape."""

    bodies, numbered = corpus.dump_bodies(part), corpus.numbered(part)
    own = {
        line: after
        for body in bodies
        for line, after in pairwise(body.lines[1:])
        if is_subheading(line) and is_paragraph(after)
    }
    for body in numbered:
        at = int(body.id.rpartition("/")[2])
        own[body.lines[at]] = body.lines[at + 1]
    titles = corpus.titles(part)
    chance = random.Random(SEED)
    paragraphs = [line for body in bodies for line in body.lines if is_paragraph(line)]
    for line in INVENTED.split("\n")[1:-1]:
        # Every other one is taken up by what follows, in half of its words.
        own[line] = " ".join(line.split()[::2]) if chance.random() < 0.5 else chance.choice(paragraphs)
    topics = Topics(titles)
    set_in = {}
    for body in bodies:
        rng = random.Random(f"{SEED}/{body.id}")
        behind = [line for line in body.lines[1:] if is_paragraph(line)]
        for title in topics.nearest(body, 4):
            set_in[title] = rng.choice(behind)
    rng = random.Random(SEED)
    for _, title in titles:
        set_in.setdefault(title, rng.choice(rng.choice(bodies).lines[1:]))
    return shaped(sorted(set_in.items()), particles), shaped(sorted(own.items()), particles)


def _bound(path: Path_) -> tuple[float, float]:
    if path[0] == "length":
        return 0.0, 4.0
    return BOUNDS.get(path[1]) or BOUNDS.get(".".join(path[:2]), (-9.0, 9.0))


def fit(x: np.ndarray, y: np.ndarray, paths: list[Path_]) -> tuple[np.ndarray, float]:
    """Logistic regression with bounds: what the few genuine headings can't teach is given by hand."""
    sizes = [number for number, path in enumerate(paths) if path[0] == "length"]
    x = x.copy()
    # "This long or longer" instead of "this long": with steps of zero and more, length never speaks against.
    x[:, sizes] = x[:, sizes[::-1]].cumsum(axis=1)[:, ::-1]
    share = np.where(y == 1, 0.5 / (y == 1).sum(), 0.5 / (y == 0).sum()) * WORTH
    bounds = [_bound(path) for path in paths]

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = parameters[:-1], parameters[-1]
        margin = x @ weights + bias
        slope = share * (1 / (1 + np.exp(-margin)) - y)
        value = share @ np.logaddexp(0, -np.where(y == 1, margin, -margin)) + PENALTY * weights @ weights
        return value, np.append(x.T @ slope + 2 * PENALTY * weights, slope.sum())

    start = np.append([np.clip(0.0, *bound) for bound in bounds], 0.0)
    weights = (
        minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x[:-1].round(2)
    )
    negatives = np.sort(x[y == 0] @ weights)
    weights[sizes] = weights[sizes].cumsum()
    return weights, round(float(SURENESS - negatives[int(len(negatives) * (1 - LOSS))]), 2)


def rewrite(text: str, weights: dict[Path_, float]) -> str:
    """The file with new numbers, line by line, all else untouched."""
    section: Path_ = ()
    out = []
    for line in text.splitlines(keepends=True):
        if header := re.match(r"\[([\w.]+)\]", line):
            section = tuple(header[1].split("."))
        elif assignment := re.match(r"(\w+) = -?[\d.]+$", line):
            path = (*section, assignment[1])
            if path in weights:
                line = f"{assignment[1]} = {weights[path]:.2f}\n"
        out.append(line)
    return "".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=DEFAULT)
    parser.add_argument("--dry-run", action="store_true", help="print the weights, write nothing")
    args = parser.parse_args()

    text = TOML.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    particles = frozenset(table["shape"]["particles"])
    headlines, headings = examples(Corpus(args.corpus), "tuning", particles)
    paths = list(features(table))
    x = counts(table, headlines + headings)
    y = np.array([1] * len(headlines) + [0] * len(headings))
    fitted, bias = fit(x, y, paths)
    weights = {("bias", "weight"): bias, **{path: float(w) for path, w in zip(paths, fitted, strict=True)}}
    evidence = x @ fitted + bias
    cut = [f"{np.mean(evidence[y == label] >= SURENESS):.2%} of {(y == label).sum()}" for label in (1, 0)]
    print(f"cut by themselves: {cut[0]} headlines, {cut[1]} headings")
    print("weight, in so many headlines, in so many headings")
    for number, path in enumerate(paths):
        uses = [int((x[y == label, number] > 0).sum()) for label in (1, 0)]
        print(f"{weights[path]:6.2f} {uses[0]:6} {uses[1]:5}  {'.'.join(path)}")
    if not args.dry_run:
        TOML.write_text(rewrite(text, weights), encoding="utf-8")


if __name__ == "__main__":
    main()
