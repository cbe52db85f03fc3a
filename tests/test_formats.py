"""Records in every format: what goes in as one comes out as any, and comes back."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from conftest import POINTER_PACK
from json_lines import compact, lines, rows

from cleaner.dumps.formats.delimited_reader import rows_of
from cleaner.extras import installing

DIRTY = 'Paragraf satu, katanya.\n\nzzlihat: Kisah Lain\n\nParagraf "dua". 👉'
CLEAN = 'Paragraf satu, katanya.\n\nParagraf "dua". 👉'
URL = "https://contoh.example/1"

has_zstd = find_spec("compression") is not None or find_spec("backports") is not None
needs_zstd = pytest.mark.skipif(not has_zstd, reason="it isn't installed: pip install '.[zstd]'")


@pytest.fixture
def clean(here, write_pack, run_clean) -> Callable[..., Any]:
    """Runs `clean run` with a pack that finds something in the samples."""
    pack = write_pack(POINTER_PACK)
    return lambda *arguments, **more: run_clean("run", *arguments, "--pack", pack, "--jobs", "1", **more)


def zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd as found
    else:
        from backports import zstd as found
    return found


def pack_with(ending: str, data: bytes) -> bytes:
    return gzip.compress(data) if ending == ".gz" else zstd().compress(data) if ending == ".zst" else data


def unpack(ending: str, data: bytes) -> bytes:
    return gzip.decompress(data) if ending == ".gz" else zstd().decompress(data) if ending == ".zst" else data


PACKINGS = ["", ".gz", pytest.param(".zst", marks=needs_zstd)]


class TestPacked:
    @pytest.mark.parametrize("packing", PACKINGS)
    def test_jsonl_is_read_and_written_packed_or_not(self, here, clean, run_clean, packing):
        dump = compact({"id": "a", "url": URL, "text": DIRTY}, {"id": "b", "text": "Bersih."})
        (here / f"in.jsonl{packing}").write_bytes(pack_with(packing, dump))
        assert clean(f"in.jsonl{packing}", "-o", f"out.jsonl{packing}").code == 0
        out = unpack(packing, (here / f"out.jsonl{packing}").read_bytes())
        assert [json.loads(line)["text"] for line in out.splitlines()] == [CLEAN, "Bersih."]
        assert len(rows(here / "out.removed.jsonl")) == 2
        assert run_clean("restore", f"out.jsonl{packing}", "-o", "back.jsonl").code == 0
        assert (here / "back.jsonl").read_bytes() == dump

    def test_texts_and_pages_are_read_packed(self, here, clean):
        (here / "in").mkdir()
        (here / "in/satu.txt.gz").write_bytes(gzip.compress(DIRTY.encode()))
        (here / "in/dua.txt").write_text("Bersih.")
        assert clean("in", "-o", "out", "--outlet", "contoh").code == 0
        assert (here / "out/satu.txt").read_text() == CLEAN

    def test_what_was_written_is_the_same_bytes_every_time(self, here, clean):
        (here / "in.jsonl").write_bytes(compact({"text": DIRTY}))
        outs = []
        for name in ("a", "b"):
            clean("in.jsonl", "-o", f"{name}.jsonl.gz")
            outs.append((here / f"{name}.jsonl.gz").read_bytes())
        assert outs[0] == outs[1]

    def test_a_stream_that_is_cut_off_costs_its_last_record(self, here, clean):
        dump = compact(*({"id": i, "text": f"Bersih {i} {i * 7919 % 1000}."} for i in range(400)))
        (here / "in.jsonl.gz").write_bytes(gzip.compress(dump)[:-300])
        ran = clean("in.jsonl.gz", "-o", "out.jsonl")
        assert ran.code == 1
        read = rows(here / "out.jsonl")
        assert 100 < len(read) < 400
        assert [record["id"] for record in read] == list(range(len(read)))
        [error] = rows(here / "out.errors.jsonl")
        assert "is cut off here" in error["reason"]
        assert error["index"] == len(read)
        assert dump.splitlines()[len(read)].decode().startswith(error["raw"])

    def test_a_damaged_member_costs_its_own_records(self, here, clean):
        members = [
            gzip.compress(compact(*({"id": 10 * m + i, "text": "x" * 50} for i in range(5))))
            for m in range(3)
        ]
        members[1] = members[1][:30] + b"\xff" * 20 + members[1][50:]
        (here / "in.jsonl.gz").write_bytes(b"".join(members))
        assert clean("in.jsonl.gz", "-o", "out.jsonl").code == 1
        ids = [record["id"] for record in rows(here / "out.jsonl")]
        assert [id for id in ids if not 10 <= id < 20] == [0, 1, 2, 3, 4, 20, 21, 22, 23, 24]
        assert rows(here / "out.errors.jsonl")

    @pytest.mark.parametrize("packing", PACKINGS[1:])
    def test_a_decompression_bomb_is_passed_by(self, here, clean, packing):
        bomb = pack_with(packing, compact({"text": "x"}) + b" " * 30_000_000 + b"\n")
        (here / f"in.jsonl{packing}").write_bytes(bomb + pack_with(packing, compact({"text": "Bersih."})))
        assert clean(f"in.jsonl{packing}", "-o", "out.jsonl", "--max-record", "1MB").code == 1
        assert [record["text"] for record in rows(here / "out.jsonl")] == ["x", "Bersih."]
        [error] = rows(here / "out.errors.jsonl")
        assert "(--max-record)" in error["reason"] or "1,000 times its size" in error["reason"]

    def test_what_is_no_packed_data_is_an_error_and_nothing_else(self, here, clean):
        (here / "in.jsonl.gz").write_bytes(compact({"text": "x"}))
        assert clean("in.jsonl.gz", "-o", "out.jsonl").code == 1
        [error] = rows(here / "out.errors.jsonl")
        assert "no gzip data" in error["reason"]


class TestMaxRecord:
    def test_a_record_that_is_larger_is_refused_and_the_next_one_read(self, here, clean):
        dump = compact({"text": "x" * 5000}, {"text": "Bersih."})
        for name in ("in.jsonl", "in.jsonl.gz"):
            (here / name).write_bytes(pack_with(name[8:], dump))
            assert clean(name, "-o", "out.jsonl", "--max-record", "2kB", "--start-over").code == 1
            assert [record["text"] for record in rows(here / "out.jsonl")] == ["Bersih."]
            [error] = rows(here / "out.errors.jsonl")
            assert error["reason"].startswith("has more than 2 kB")

    def test_a_size_that_is_none_is_refused(self, here, clean):
        (here / "in.jsonl").write_bytes(b"")
        assert clean("in.jsonl", "-o", "out.jsonl", "--max-record", "besar").code == 2


def table(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def write_table(path: Path, records: list[list[str]], delimiter: str = ",", line_end: str = "\n") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        # Without quotes, a lone carriage return would end a row.
        csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(
            records
        )


HEAD = ["id", "text", "url", "catatan"]


class TestDelimited:
    @pytest.mark.parametrize(("ending", "mark"), [("csv", ","), ("tsv", "\t")])
    @pytest.mark.parametrize("packing", PACKINGS)
    def test_rows_keep_their_other_fields_and_come_back(self, here, clean, run_clean, ending, mark, packing):
        records = [
            HEAD,
            ["1", DIRTY, URL, "=1+1"],
            ["2", "Bersih.", "", 'a,"b"\tc'],
            ["3", "a\rb", "", "\r\nx"],
        ]
        write_table(here / "plain", records, mark)
        (here / f"in.{ending}{packing}").write_bytes(pack_with(packing, (here / "plain").read_bytes()))
        assert clean(f"in.{ending}{packing}", "-o", f"out.{ending}{packing}").code == 0
        out = table(unpack(packing, (here / f"out.{ending}{packing}").read_bytes()).decode(), mark)
        assert out[0] == [*HEAD, "outlet", "fields"]
        assert out[1] == ["1", CLEAN, URL, "=1+1", "contoh", "{}"]
        assert [row[:4] for row in out[2:]] == records[2:]
        assert run_clean("restore", f"out.{ending}{packing}", "-o", f"back.{ending}").code == 0
        assert table((here / f"back.{ending}").read_bytes().decode(), mark) == records

    @pytest.mark.parametrize("packing", PACKINGS)
    def test_columns_parted_by_semicolons_are_told_by_the_header(self, here, clean, run_clean, packing):
        records = [HEAD, ["1", DIRTY, URL, "a;b,c"], ["2", "Bersih; benar.", "", "1,5"]]
        write_table(here / "plain", records, ";")
        (here / f"in.csv{packing}").write_bytes(pack_with(packing, (here / "plain").read_bytes()))
        assert clean(f"in.csv{packing}", "-o", "out.csv").code == 0
        out = table((here / "out.csv").read_text())
        assert out[0] == [*HEAD, "outlet", "fields"]
        assert out[1] == ["1", CLEAN, URL, "a;b,c", "contoh", "{}"]
        assert run_clean("restore", "out.csv", "-o", "back.csv").code == 0
        assert table((here / "back.csv").read_text()) == records

    def test_semicolons_within_a_name_part_no_columns(self, here, clean):
        write_table(here / "in.csv", [["text", "a;b"], [DIRTY, "x"]])
        assert clean("in.csv", "-o", "out.csv").code == 0
        assert table((here / "out.csv").read_text())[0][:2] == ["text", "a;b"]

    def test_of_a_stream_semicolons_cant_be_told_and_that_is_said(self, clean):
        ran = clean("-", "--stdin-format", "csv", "-o", "out.jsonl", stdin=b"id;text\n1;a\n")
        assert ran.code == 1
        assert "Semicolons are told from commas only in a .csv file given as PATH" in ran.err

    def test_columns_parted_by_tabs_are_told_by_the_header_too(self, here, clean, run_clean):
        write_table(here / "in.csv", [["text", "url"], [DIRTY, URL]], "\t")
        assert clean("in.csv", "-o", "out.csv").code == 0
        assert table((here / "out.csv").read_text())[1] == [CLEAN, URL, "contoh", "{}"]
        assert run_clean("restore", "out.csv", "-o", "back.csv").code == 0
        assert table((here / "back.csv").read_text()) == [["text", "url"], [DIRTY, URL]]

    def test_of_a_stream_parted_by_tabs_the_format_is_named(self, clean):
        ran = clean("-", "--stdin-format", "csv", "-o", "out.jsonl", stdin=b"id\ttext\n1\ta\n")
        assert ran.code == 1
        assert "Columns parted by tabs are named by --stdin-format tsv" in ran.err

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_a_table_in_utf_16_is_told_how_to_become_utf_8(self, here, clean, encoding):
        (here / "in.csv").write_bytes("\ufeffid,text\n1,Satu\n".encode(encoding))
        ran = clean("in.csv", "-o", "out.csv")
        assert ran.code == 1
        assert "here UTF-16, give it in UTF-8: iconv -f utf-16 -t utf-8 FILE > NEW" in ran.err

    def test_line_ends_stay_as_they_were(self, here, clean):
        write_table(here / "in.csv", [["text"], ["Bersih."]], line_end="\r\n")
        clean("in.csv", "-o", "out.csv")
        assert (here / "out.csv").read_bytes() == b"text,outlet,fields\r\nBersih.,,{}\r\n"

    def test_a_byte_order_mark_is_no_part_of_the_first_name(self, here, clean):
        (here / "in.csv").write_bytes(b'\xef\xbb\xbf"text",id\nBersih.,1\n')
        assert clean("in.csv", "-o", "out.jsonl").code == 0
        assert rows(here / "out.jsonl") == [{"text": "Bersih.", "id": "1", "outlet": None, "fields": {}}]

    def test_damaged_rows_are_errors_and_all_others_are_read(self, here, clean, run_clean):
        source = (
            b'id,text\n1,Satu\n2,Dua,lebih\n3\n4,"tak tertutup\n5,"Lima"\n6,\xff\n7,"a"b"\n8,"De\nlapan"\n\n'
        )
        (here / "in.csv").write_bytes(source)
        ran = clean("in.csv", "-o", "out.csv")
        assert ran.code == 1
        assert [row[:2] for row in table((here / "out.csv").read_text())[1:]] == [
            ["1", "Satu"], ["5", "Lima"], ["8", "De\nlapan"]
        ]  # fmt: skip
        reasons = {error["index"]: error["reason"] for error in rows(here / "out.errors.jsonl")}
        assert "has 3 fields, but its header names 2" in reasons[1]
        assert "has 1 fields, but its header names 2" in reasons[2]
        assert "has a quote that isn't closed" in reasons[3]
        assert "isn't UTF-8" in reasons[5]
        assert "has a quote that isn't closed" in reasons[6]
        assert "Skipped 1 blank line." in ran.err
        assert run_clean("restore", "out.csv", "-o", "back.csv").code == 0
        back = (here / "back.csv").read_bytes()
        assert back == source.replace(b'5,"Lima"', b"5,Lima").removesuffix(b"\n")

    @pytest.mark.parametrize("packing", PACKINGS)
    def test_a_row_of_several_lines_that_isnt_utf8_is_one_error_and_none_of_its_lines_a_row(
        self, here, clean, run_clean, packing
    ):
        row = b'https://a.id/1,"Harga \x93cabai\x94 turun.\r\nPedagang, katanya\nSelesai, sudah"'
        source = b"url,text\nhttps://a.id/0,Satu\n" + row + b'\nhttps://a.id/2,"Dua\ndua"\n'
        (here / f"in.csv{packing}").write_bytes(pack_with(packing, source))
        ran = clean(f"in.csv{packing}", "-o", "out.csv")
        assert ran.code == 1
        assert [read[:2] for read in table((here / "out.csv").read_text())[1:]] == [
            ["https://a.id/0", "Satu"], ["https://a.id/2", "Dua\ndua"]
        ]  # fmt: skip
        [error] = rows(here / "out.errors.jsonl")
        assert (error["index"], error["reason"]) == (1, "isn't UTF-8 (byte 0x93 at byte 22)")
        assert base64.b64decode(error["raw_base64"]) == row
        assert "iconv -f cp1252 -t utf-8 FILE > NEW" in ran.err
        assert run_clean("restore", "out.csv", "-o", "back.csv").code == 0
        assert (here / "back.csv").read_bytes() == source

    @pytest.mark.parametrize("last", [b'"De\nlapan"', b'9,"tak \x93', b'9,"tak\n\x93', b'"a\nb"\rx', b"a\rb"])
    def test_rows_are_the_same_wherever_a_file_is_parted_between_two(self, last):
        data = b'1,"a \x93b\x94\n2,c\n3,d"\n4,\x93\n5,"\x93"x"\n6,"e\n\x94\n7,"f"\n8,g""\n\n' + last
        whole = list(rows_of(data, "csv", 1000))
        assert len(whole) > 5
        for at in range(len(whole) + 1):
            parts = (b"\n".join(row.data for row in part) for part in (whole[:at], whole[at:]))
            assert [row for part in parts for row in rows_of(part + b"\n" * bool(part), "csv", 1000)] == whole

    def test_nameless_columns_at_the_headers_end_are_none_and_neither_are_empty_fields_there(
        self, here, clean, run_clean
    ):
        source = b"id;text;c;;;;\n1;Satu;x;;;;\n2;Dua;;\n3;Tiga;x;;y;;\n4;Empat;x\n5;Lima\n"
        (here / "in.csv").write_bytes(source)
        assert clean("in.csv", "-o", "out.csv").code == 1
        assert [row[:3] for row in table((here / "out.csv").read_text())] == [
            ["id", "text", "c"], ["1", "Satu", "x"], ["2", "Dua", ""], ["4", "Empat", "x"]
        ]  # fmt: skip
        errors = {error["index"]: error["reason"] for error in rows(here / "out.errors.jsonl")}
        assert errors == {
            2: "has 7 fields, but its header names 3",
            4: "has 2 fields, but its header names 3",
        }
        ran = run_clean("restore", "out.csv", "-o", "back.csv")
        assert (here / "back.csv").read_bytes() == b"id,text,c\n1,Satu,x\n2,Dua,\n4,Empat,x\n"
        assert "in.csv#2 was never read, so it isn't put back" in ran.err

    def test_one_nameless_column_keeps_its_fields(self, here, clean):
        (here / "in.csv").write_bytes(b"text,\nSatu,x\n")
        assert clean("in.csv", "-o", "out.csv").code == 0
        assert table((here / "out.csv").read_text())[1][:2] == ["Satu", "x"]

    @pytest.mark.parametrize("source", [b"a,a,text\n1,2,x\n", b"judul,isi\n1,2\n", b'"text\nx\n'])
    def test_a_header_that_cant_be_used_is_one_error_that_says_why(self, here, clean, source):
        (here / "in.csv").write_bytes(source)
        (here / "baik.jsonl").write_bytes(lines({"text": "Bersih."}))
        assert clean("in.csv", "baik.jsonl", "-o", "out.jsonl").code == 1
        [error] = rows(here / "out.errors.jsonl")
        assert "no row can be read" in error["reason"] or "--text-field" in error["reason"]

    def test_a_page_is_read_where_the_text_is_empty(self, here, clean, run_clean):
        page = (
            "<html><body><article><p>Harga cabai turun di pasar induk pekan ini.</p></article></body></html>"
        )
        records = [["id", "text", "html"], ["1", "", page], ["2", "Bersih.", ""]]
        write_table(here / "in.csv", records)
        assert clean("in.csv", "-o", "out.csv").code == 0
        out = table((here / "out.csv").read_text())
        assert out[0] == ["id", "text", "html", "outlet", "fields", "no_article"]
        assert "Harga cabai" in out[1][1] or out[1][5]
        assert run_clean("restore", "out.csv", "-o", "back.csv").code == 0
        assert table((here / "back.csv").read_text()) == records

    def test_records_of_any_keys_become_rows_with_a_column_for_each(self, here, clean, run_clean):
        dump = compact(
            {"id": 1, "text": DIRTY}, {"id": None, "text": "x", "tag": ["a", 2], "n": 1.50, "b": True}
        )
        (here / "in.jsonl").write_bytes(dump)
        assert clean("in.jsonl", "-o", "out.csv", "--outlet", "contoh").code == 0
        assert table((here / "out.csv").read_text()) == [
            ["id", "text", "outlet", "fields", "tag", "n", "b"],
            ["1", CLEAN, "contoh", "{}", "", "", ""],
            ["", "x", "contoh", "{}", '["a",2]', "1.5", "true"],
        ]
        assert run_clean("restore", "out.csv", "-o", "back.csv").code == 0
        assert table((here / "back.csv").read_text())[1] == ["1", DIRTY, "", "", ""]

    def test_rows_of_several_files_get_the_columns_of_all(self, here, clean):
        write_table(here / "a.csv", [["text", "a"], ["x", "1"]])
        write_table(here / "b.csv", [["b", "text"], ["2", "y"]])
        assert clean("a.csv", "b.csv", "-o", "out.csv").code == 0
        assert table((here / "out.csv").read_text()) == [
            ["text", "a", "b", "outlet", "fields"], ["x", "1", "", "", "{}"], ["y", "", "2", "", "{}"]
        ]  # fmt: skip

    def test_rows_go_through_pipes(self, clean):
        ran = clean("-", "--stdin-format", "tsv", "--out-format", "csv", stdin=b"id\ttext\n1\ta,b\n")
        assert (ran.code, ran.out) == (0, 'id,text,outlet,fields\n1,"a,b",,{}\n')

    def test_the_same_bytes_come_out_for_any_number_of_jobs(self, here, write_pack, run_clean):
        unclosed = '"tak tertutup' if True else ""
        body = "".join(
            f'{i},"Baris {i}\nzzlihat: x\n{"kata " * 200}"\n' if i % 7 else f"{i},{unclosed}\n"
            for i in range(9000)
        )
        (here / "in.csv").write_text("id,text\n" + body)
        outs = []
        for jobs in ("1", "2"):
            ran = run_clean(
                "run", "in.csv", "-o", f"out{jobs}.csv.gz", "--jobs", jobs,
                "--pack", write_pack(POINTER_PACK), "--outlet", "contoh",
            )  # fmt: skip
            assert ran.code == 1
            names = (f"out{jobs}.csv.gz", f"out{jobs}.removed.jsonl", f"out{jobs}.errors.jsonl")
            outs.append([(here / name).read_bytes() for name in names])
        assert outs[0] == outs[1]
        assert len(rows(here / "out1.errors.jsonl")) == 1286


class TestOutFormat:
    def test_it_is_for_standard_output_alone(self, here, clean):
        (here / "in.jsonl").write_bytes(compact({"text": "x"}))
        assert "for standard output" in clean("in.jsonl", "-o", "out.csv", "--out-format", "csv").err

    def test_a_format_that_no_run_writes_is_refused(self, here, clean):
        (here / "in.jsonl").write_bytes(compact({"text": "x"}))
        assert clean("in.jsonl", "-o", "-", "--out-format", "warc").code == 2
        assert "no run writes .warc files" in clean("in.jsonl", "-o", "out.warc").err

    def test_without_out_records_keep_their_ending(self, here, clean):
        write_table(here / "in.csv", [["text"], ["x"]])
        assert clean("in.csv").code == 0
        assert (here / "cleaned.csv").exists()


class TestMissingPackages:
    @pytest.mark.parametrize(
        ("module", "name", "package"),
        [
            ("pyarrow", "in.parquet", "pyarrow"),
            ("fastwarc", "in.warc.gz", "fastwarc"),
            ("backports", "in.csv.zst", "backports.zstd"),
        ],
    )
    def test_a_missing_package_is_one_sentence_with_what_installs_it(
        self, here, clean, monkeypatch, module, name, package
    ):
        if module == "backports" and sys.version_info >= (3, 14):
            pytest.skip("Python has zstd itself from 3.14 on")
        for loaded in [each for each in sys.modules if each.split(".")[0] == module]:
            monkeypatch.delitem(sys.modules, loaded)
        monkeypatch.setitem(sys.modules, module, None)
        (here / name).write_bytes(b"\x28\xb5\x2f\xfd....")
        ran = clean(name, "-o", "out.jsonl")
        assert ran.code == 2
        assert (
            f"files need {package}, which isn't installed; install it with: {installing(package)} " in ran.err
        )
        assert not (here / "out.jsonl").exists()
