"""WARC and WET: pages and texts of a web archive, past what is damaged in it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from json_lines import rows

pytest.importorskip("fastwarc", reason="it isn't installed: pip install '.[warc]'")

SENTENCE = "Harga cabai di pasar induk turun pekan ini karena panen raya di tiga kabupaten berjalan lancar."
DATE = "2024-01-02T03:04:05Z"


@pytest.fixture
def clean(here, run_clean) -> Callable[..., Any]:
    """Runs `clean run` in one process."""
    return lambda *arguments, **more: run_clean("run", *arguments, "--jobs", "1", **more)


def page(number: int, charset: str = "utf-8") -> bytes:
    body = "".join(f"<p>{SENTENCE} Kalimat café {number}.{i}.</p>" for i in range(4))
    html = f"<html><head><title>Judul {number}</title></head><body><article>{body}</article></body></html>"
    return html.encode(charset)


def record(kind: str, number: int, block: bytes, type: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: {DATE}\r\n"
        f"WARC-Target-URI: https://contoh.example/{number}\r\nContent-Type: {type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(
    number: int, body: bytes, type: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {type}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return record("response", number, head.encode() + body)


def archive(records: Sequence[bytes], packed: bool = True) -> bytes:
    return b"".join(gzip.compress(each) if packed else each for each in records)


def ids(path: Path) -> list[str]:
    return [each["id"].removeprefix("urn:uuid:") for each in rows(path)]


@pytest.mark.parametrize("name", ["in.warc", "in.warc.gz"])
def test_pages_become_records_with_their_url_and_date(here, clean, run_clean, name):
    records = [
        record("warcinfo", 0, b"software: uji\r\n", "application/warc-fields"),
        record("request", 1, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        response(2, page(2)),
        response(3, b"\x89PNG", "image/png"),
        response(4, page(4), status="404 Not Found"),
        response(5, page(5, "iso-8859-1"), "text/html; charset=ISO-8859-1"),
    ]
    (here / name).write_bytes(archive(records, name.endswith(".gz")))
    ran = clean(name, "-o", "out.jsonl")
    assert ran.code == 0, ran.err
    first, second = rows(here / "out.jsonl")
    assert (first["id"], first["url"], first["date"]) == ("urn:uuid:2", "https://contoh.example/2", DATE)
    assert "Kalimat café 2.0" in first["text"]
    assert "Kalimat café 5.0" in second["text"]
    assert "Passed over 4 records of web archives" in ran.err
    assert "1 × response, status 404" in ran.err
    assert run_clean("restore", "out.jsonl", "-o", "back.jsonl").code == 0
    assert list(rows(here / "back.jsonl")[0]) == ["id", "url", "date", "text"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_records_that_are_packed_all_in_one_are_all_read(here, run_clean, jobs):
    packed = gzip.compress(archive([response(number, page(number)) for number in range(40)], packed=False))
    (here / "in.warc.gz").write_bytes(packed)
    assert run_clean("run", "in.warc.gz", "-o", "out.jsonl", "--jobs", jobs).code == 0
    assert ids(here / "out.jsonl") == [str(number) for number in range(40)]


def test_texts_of_wet_are_read_as_they_are(here, clean):
    records = [record("conversion", i, f"Teks {i} – café.".encode(), "text/plain") for i in range(3)]
    (here / "CC.warc.wet.gz").write_bytes(archive(records))
    assert clean("CC.warc.wet.gz", "-o", "out.jsonl").code == 0
    assert [each["text"] for each in rows(here / "out.jsonl")] == [f"Teks {i} – café." for i in range(3)]


def test_bodies_are_decoded_as_their_headers_say_unless_they_are_already(here, clean):
    body = gzip.compress(page(1))
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    records = [
        response(1, body, more="Content-Encoding: gzip\r\n"),
        response(2, page(2), more="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        response(3, chunked, more="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        response(4, page(4), more="Content-Encoding: br\r\n"),
    ]
    (here / "in.warc.gz").write_bytes(archive(records))
    assert clean("in.warc.gz", "-o", "out.jsonl").code == 0
    assert all("café" in each["text"] for each in rows(here / "out.jsonl"))
    assert len(ids(here / "out.jsonl")) == 4


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_goes_through_a_pipe(here, clean, packed):
    data = archive([response(1, page(1))], packed)
    ran = clean("-", "--stdin-format", "warc.gz" if packed else "warc", stdin=data)
    assert json.loads(ran.out)["url"] == "https://contoh.example/1"


class TestDamage:
    def damaged(
        self, here: Path, clean: Callable[..., Any], data: bytes, name: str = "in.warc.gz"
    ) -> list[Any]:
        (here / name).write_bytes(data)
        assert clean(name, "-o", "out.jsonl", "--start-over").code == 1
        return rows(here / "out.errors.jsonl")

    def test_a_bad_record_in_the_middle_costs_itself(self, here, clean):
        members = [gzip.compress(response(i, page(i))) for i in range(5)]
        for at in (0, 20, len(members[2]) - 60):
            bad = members[2][:at] + b"\xff" * 15 + members[2][at + 15 :]
            errors = self.damaged(here, clean, b"".join([*members[:2], bad, *members[3:]]))
            assert ids(here / "out.jsonl") == ["0", "1", "3", "4"]
            assert [error["index"] for error in errors] == [len(members[0]) + len(members[1])]

    def test_a_bad_record_of_a_plain_archive_costs_itself(self, here, clean):
        records = [response(i, page(i)) for i in range(4)]
        bad = records[1].replace(b"WARC/1.0", b"XARC/1.0")
        errors = self.damaged(here, clean, b"".join([records[0], bad, *records[2:]]), "in.warc")
        assert ids(here / "out.jsonl") == ["0", "2", "3"]
        assert len(errors) == 1

    @pytest.mark.parametrize("left", [3, 25, 80, -30])
    def test_an_archive_that_is_cut_off_costs_its_last_record(self, here, clean, left):
        first, second = gzip.compress(response(1, page(1))), gzip.compress(response(2, page(2)))
        errors = self.damaged(here, clean, first + second[:left])
        assert ids(here / "out.jsonl") == ["1"]
        assert [error["index"] for error in errors] == [len(first)]

    def test_what_is_no_archive_is_one_error(self, here, clean):
        [error] = self.damaged(here, clean, b"bukan arsip " * 99)
        assert "is no record" in error["reason"]

    def test_a_page_in_no_charset_that_it_names_is_an_error_with_its_bytes(self, here, clean):
        data = archive([response(1, page(1, "iso-8859-1")), response(2, page(2))])
        [error] = self.damaged(here, clean, data)
        assert "isn't UTF-8" in error["reason"]
        assert error["raw_base64"]
        assert ids(here / "out.jsonl") == ["2"]

    @pytest.mark.parametrize("packed", [True, False])
    def test_a_record_that_is_too_large_is_passed_by(self, here, clean, packed):
        records = [response(1, page(1)), response(2, b"<html>" + b" " * 3_000_000), response(3, page(3))]
        name = "in.warc.gz" if packed else "in.warc"
        (here / name).write_bytes(archive(records, packed))
        assert clean(name, "-o", "out.jsonl", "--max-record", "1MB").code == 1
        assert ids(here / "out.jsonl") == ["1", "3"]
        [error] = rows(here / "out.errors.jsonl")
        assert error["reason"].startswith("has more than 1 MB")

    def test_a_body_that_unpacks_to_too_much_is_refused(self, here, clean):
        bomb = gzip.compress(b"<html>" + b" " * 5_000_000)
        data = archive([response(1, bomb, more="Content-Encoding: gzip\r\n"), response(2, page(2))])
        (here / "in.warc.gz").write_bytes(data)
        assert clean("in.warc.gz", "-o", "out.jsonl", "--max-record", "1MB").code == 1
        assert ids(here / "out.jsonl") == ["2"]

    def test_what_looks_like_a_record_inside_of_a_page_is_none(self, here, clean):
        inner = gzip.compress(response(9, page(9)), 0)
        body = page(1) + b"<!-- " + inner + b"\r\n\r\n" + response(8, page(8)) + b" -->"
        (here / "in.warc.gz").write_bytes(
            b"".join(gzip.compress(response(i, body, "text/html; charset=cp437"), 0) for i in range(3))
        )
        clean("in.warc.gz", "-o", "out.jsonl")
        assert ids(here / "out.jsonl") == ["0", "1", "2"]


def test_the_same_bytes_come_out_for_any_number_of_jobs(here, run_clean):
    records = [response(i, page(i) + bytes(str(i), "ascii") * 50_000) for i in range(150)]
    for name, packed in (("in.warc.gz", True), ("in.warc", False)):
        (here / name).write_bytes(archive(records, packed))
        outs = []
        for jobs in ("1", "2"):
            assert run_clean("run", name, "-o", f"{jobs}.jsonl", "--jobs", jobs, "--start-over").code == 0
            outs.append((here / f"{jobs}.jsonl").read_bytes())
        assert outs[0] == outs[1]
        assert len(outs[0].splitlines()) == 150
