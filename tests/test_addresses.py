"""Which article is meant: whatever a run prints for one is an address that `clean explain` takes."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from json_lines import lines, rows

from cleaner.dumps.addresses import nearest, parted

Run = Callable[..., Ran]

TEXTS = [f"Paragraf nomor {number} tentang pasar induk.\n\nBaca juga: Lain {number}" for number in range(3)]


def page(number: int) -> str:
    body = "".join(
        f"<p>Harga cabai di pasar induk turun pekan ini, kata pedagang {number}.{at}.</p>" for at in range(5)
    )
    return f"<!doctype html><html><body><article>{body}</article></body></html>"


def jsonl(path: Path) -> None:
    path.write_bytes(lines(*({"text": text} for text in TEXTS)))


def jsonl_with_ids(path: Path) -> None:
    ids = ["https://contoh.example/#1", "a#b#2", "tab\tdan \x1b[31m"]
    path.write_bytes(lines(*({"id": id, "text": text} for id, text in zip(ids, TEXTS, strict=True))))


def delimited(path: Path) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["text"], *([text] for text in TEXTS)])


def parquet(path: Path) -> None:
    pytest.importorskip("pyarrow", reason="it isn't installed: pip install '.[parquet]'")
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": TEXTS}), path)


def warc(path: Path) -> None:
    pytest.importorskip("fastwarc", reason="it isn't installed: pip install '.[warc]'")

    def record(number: int) -> bytes:
        body = page(number).encode()
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Target-URI: https://contoh.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        return gzip.compress(head.encode() + block + b"\r\n\r\n")

    path.write_bytes(b"".join(map(record, range(3))))


def folder(path: Path) -> None:
    (path / "bawah").mkdir(parents=True)
    (path / "satu.html").write_text(page(0))
    (path / "bawah" / "dua.html").write_text(page(1))
    (path / "bawah" / "tiga#3.html.gz").write_bytes(gzip.compress(page(2).encode()))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("masuk.jsonl", jsonl),
        ("dengan-id.jsonl", jsonl_with_ids),
        ("masuk.csv", delimited),
        ("masuk.parquet", parquet),
        ("masuk.warc.gz", warc),
        ("halaman", folder),
        ("nama#pagar.csv", delimited),
    ],
)
def test_every_id_that_a_run_writes_is_understood_as_it_stands(
    here: Path, run_clean: Run, name: str, write: Callable[[Path], None]
) -> None:
    write(here / name)
    out = "keluar" if (here / name).is_dir() else "keluar.jsonl"
    assert run_clean("run", name, "-o", out).code == 0
    audit = here / out / "removed.jsonl" if (here / name).is_dir() else here / "keluar.removed.jsonl"
    ids = [row["id"] for row in rows(audit)]
    assert len(ids) == 3
    shown = [run_clean("explain", name, "--id", id) for id in ids]
    assert {ran.code for ran in shown} == {0}
    assert len({_body(ran) for ran in shown}) == 3
    for id, by_option in zip(ids, shown, strict=True):
        for address in (f"{name}#{id}", f"./{name}#{id}"):
            assert _body(run_clean("explain", address)) == _body(by_option)


def _body(ran: Ran) -> str:
    """What is shown, but for the first line, which says the address as it was given."""
    assert ran.code == 0, ran.err
    return ran.out.partition("\n")[2]


def test_an_id_made_of_a_place_is_understood_wherever_the_file_is_now(here: Path, run_clean: Run) -> None:
    delimited(here / "masuk.csv")
    for address in ("masuk.csv#2", "masuk.csv#masuk.csv#2", "masuk.csv#kemarin/masuk.csv#2"):
        assert "Paragraf nomor 2 " in run_clean("explain", address).out
    assert run_clean("explain", "masuk.csv#lain.csv#2").code == 2


def test_the_place_of_an_error_is_understood_as_the_summary_and_its_row_have_it(
    here: Path, run_clean: Run
) -> None:
    (here / "masuk.jsonl").write_bytes(lines({"text": "Satu."}, b"{rusak", {"id": "1", "text": "Dua."}))
    said = run_clean("run", "masuk.jsonl", "-o", "keluar.jsonl").err
    assert "masuk.jsonl#1 (line 2)" in said
    (row,) = rows(here / "keluar.errors.jsonl")
    for printed in ("masuk.jsonl#1 (line 2)", f"{row['file']}#{row['file']}#{row['index']}"):
        ran = run_clean("explain", printed)
        assert (ran.code, ran.out) == (1, "")
        assert "masuk.jsonl#1 is no valid JSON" in ran.err


def test_an_id_that_a_terminal_would_obey_is_understood_as_it_is_spelt_out(
    here: Path, run_clean: Run
) -> None:
    jsonl_with_ids(here / "masuk.jsonl")
    assert "Paragraf nomor 2 " in run_clean("explain", r"masuk.jsonl#tab\tdan \x1b[31m").out


def test_an_article_of_a_folder_is_named_by_its_id_its_file_or_its_place_in_what_was_written(
    here: Path, run_clean: Run
) -> None:
    folder(here / "halaman")
    for named in ("bawah/dua", "bawah/dua.html", "halaman/bawah/dua.html", "bawah/dua.txt"):
        assert "pedagang 1.0" in run_clean("explain", "halaman", "--id", named).out


def test_two_articles_of_a_folder_with_one_id_are_both_named(here: Path, run_clean: Run) -> None:
    folder(here / "halaman")
    (here / "halaman" / "satu.txt").write_text("Satu.")
    ran = run_clean("explain", "halaman#satu")
    assert ran.code == 2
    assert "halaman/satu.html and halaman/satu.txt; name the file" in ran.err
    assert "Satu." in run_clean("explain", "halaman#satu.txt").out


def test_an_id_that_nothing_has_is_answered_with_near_ones(here: Path, run_clean: Run) -> None:
    records = [{"id": f"berita-{number}", "text": "x"} for number in (100, 205, 310)]
    (here / "masuk.jsonl").write_bytes(lines(*records))
    ran = run_clean("explain", "masuk.jsonl#berita-25")
    assert (ran.code, ran.out) == (2, "")
    assert "no record with the id 'berita-25', and none in that place; near it: 'berita-205'" in ran.err
    assert (
        "its ids are 'berita-100', 'berita-205', 'berita-310'" in run_clean("explain", "masuk.jsonl#zz").err
    )


def test_where_records_have_no_ids_that_is_said(here: Path, run_clean: Run) -> None:
    jsonl(here / "masuk.jsonl")
    ran = run_clean("explain", "masuk.jsonl#berita")
    assert "its records have no ids, and are named by their places, the first is 0" in ran.err
    (here / "kosong.jsonl").touch()
    assert "it is empty" in run_clean("explain", "kosong.jsonl#0").err


def test_an_id_that_no_page_of_a_folder_has_is_answered_with_near_ones(here: Path, run_clean: Run) -> None:
    folder(here / "halaman")
    ran = run_clean("explain", "halaman#bawah/duo")
    assert (ran.code, ran.out) == (2, "")
    assert "near it: 'bawah/dua'" in ran.err


@pytest.mark.parametrize(
    ("address", "file", "record"),
    [
        ("ada.jsonl#x", "ada.jsonl", "x"),
        ("ada.jsonl#https://a.example/#b", "ada.jsonl", "https://a.example/#b"),
        ("ada.jsonl#ada.jsonl#3", "ada.jsonl", "ada.jsonl#3"),
        ("ada#juga.jsonl", "ada#juga.jsonl", ""),
        ("ada#juga.jsonl#1", "ada#juga.jsonl", "1"),
        ("ada.jsonl", "ada.jsonl", ""),
        ("-#3", "-", "3"),
        ("tidak.jsonl#a#b", "tidak.jsonl", "a#b"),
    ],
)
def test_the_file_of_an_address_is_the_longest_beginning_that_is_there(
    here: Path, address: str, file: str, record: str
) -> None:
    (here / "ada.jsonl").touch()
    (here / "ada#juga.jsonl").touch()
    assert parted(address) == (file, record)


def test_the_nearest_of_many_ids_come_first_each_once() -> None:
    ids = [f"{outlet}-{number}" for number in range(300) for outlet in ("viva", "kompas")]
    assert nearest("viva-10O", [*ids, *ids])[0] in {"viva-100", "viva-10"}
    assert len(nearest("viva-10O", ids)) == 3
    assert nearest("viva-10O", ["x" * 1_000_000, "lain"]) == []
    assert nearest("", ids) == []
