"""Input that is broken, and orders that can't be carried out: a clear word for each, and nothing lost."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from json_lines import lines, rows

from cleaner import CleanerError
from cleaner.dumps.inside import path_inside

GOOD = b'{"id":"baik","text":"Bersih."}\n'


BROKEN_LINES = {
    "cut off": (b'{"text":"a', "is no valid JSON"),
    "not JSON": (b"halo", "is no valid JSON"),
    "trailing text": (b'{"text":"a"} x', "is no valid JSON"),
    "NaN": (b'{"text":"a","n":NaN}', "is no valid JSON"),
    "a list": (b'["a"]', "is a list, not a JSON object"),
    "a string": (b'"a"', "is a string, not a JSON object"),
    "a number": (b"12", "is a number, not a JSON object"),
    "null": (b"null", "is null, not a JSON object"),
    "no text": (b'{"id":"a","isi":"b"}', "has neither 'text' nor 'html'; it has 'id', 'isi'"),
    "no key": (b"{}", "has neither 'text' nor 'html'; it has no key at all"),
    "null text": (b'{"text":null}', "'text' is null, not text"),
    "number as text": (b'{"text":5}', "'text' is a number, not text"),
    "list as text": (b'{"text":["a"]}', "'text' is a list, not text"),
    "half a pair in the text": (b'{"text":"\\ud800"}', "holds half of a surrogate pair (\\ud800)"),
    "half a pair elsewhere": (b'{"text":"a","x":"b\\udc00c"}', "holds half of a surrogate pair (\\udc00)"),
    "a raw NUL": (b'{"text":"a\0b"}', "is no valid JSON"),
    "a key twice": (b'{"text":"a","text":"b"}', "has the key 'text' twice"),
    "a key twice, spaced": (b'{"text": "a", "x": 1, "x": 2}', "has the key 'x' twice"),
    "a key twice, escaped": (b'{"text":"a","\\u0078":1,"x":2}', "has the key 'x' twice"),
}


@pytest.mark.parametrize("case", BROKEN_LINES)
def test_a_broken_record_is_kept_with_its_reason_and_the_others_are_cleaned(here, run_clean, case):
    line, reason = BROKEN_LINES[case]
    (here / "in.jsonl").write_bytes(GOOD + line + b"\r\n" + GOOD)
    ran = run_clean("in.jsonl", "-o", "out.jsonl")
    assert ran.code == 1
    assert [record["id"] for record in rows(here / "out.jsonl")] == ["baik", "baik"]
    [error] = rows(here / "out.errors.jsonl")
    assert (error["file"], error["index"], error["raw"]) == ("in.jsonl", 1, line.decode())
    assert error["reason"].startswith(reason)
    assert "1 record could not be cleaned. Kept as read in out.errors.jsonl:" in ran.err
    assert "in.jsonl#1 " in ran.err


@pytest.mark.parametrize(
    "line", [b'{"text":"a\xffb"}', b'{"text":"a","x":"\xed\xa0\x80"}', b'{"\xff":1}', b"\xff"]
)
def test_bytes_that_arent_utf8_are_kept_as_base64(here, run_clean, line):
    (here / "in.jsonl").write_bytes(line + b"\n" + GOOD)
    assert run_clean("in.jsonl", "-o", "out.jsonl").code == 1
    [error] = rows(here / "out.errors.jsonl")
    assert base64.b64decode(error["raw_base64"]) == line
    assert error["reason"].startswith("isn't UTF-8 (byte 0x")
    assert len(rows(here / "out.jsonl")) == 1


def test_keys_inside_a_value_may_repeat_those_of_the_record(here, run_clean):
    (here / "in.jsonl").write_bytes(b'{ "text" : "a" , "x" : { "text" : 1 , "x" : [ 2 ] } }\n')
    assert run_clean("in.jsonl", "-o", "out.jsonl").code == 0


def test_a_text_file_that_isnt_utf8_is_kept_as_it_is(here, run_clean):
    (here / "in").mkdir()
    (here / "in/a.txt").write_bytes(b"a\xffb\r\n")
    (here / "in/b.txt").write_bytes(b"Bersih.")
    ran = run_clean("in", "-o", "out")
    assert ran.code == 1
    [error] = rows(here / "out/errors.jsonl")
    assert (error["file"], error["file_id"]) == ("in/a.txt", "a")
    assert base64.b64decode(error["raw_base64"]) == b"a\xffb\r\n"
    assert "in/a.txt isn't UTF-8 (byte 0xff at byte 1)" in ran.err
    assert not (here / "out/a.txt").exists()


@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_nesting_without_end_is_an_error_record(here, run_clean, depth):
    (here / "in.jsonl").write_bytes(b'{"text":"a","x":' + b"[" * depth + b"]" * depth + b"}\n" + GOOD)
    assert run_clean("in.jsonl", "-o", "out.jsonl").code == 1
    assert rows(here / "out.errors.jsonl")[0]["reason"] == "is nested too deeply to be read"
    assert len(rows(here / "out.jsonl")) == 1


def test_an_escaped_nul_and_crlf_in_a_text_stay(here, run_clean):
    (here / "in.jsonl").write_bytes(b'{"text":"a\\u0000b\\r\\n\\r\\nc"}\r\n')
    assert run_clean("in.jsonl", "-o", "out.jsonl").code == 0
    assert rows(here / "out.jsonl")[0]["text"] == "a\0b\r\n\r\nc"


def test_a_byte_order_mark_before_the_first_record_is_no_error(here, run_clean):
    (here / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + GOOD)
    assert run_clean("in.jsonl", "-o", "out.jsonl").code == 0
    assert rows(here / "out.jsonl")[0]["id"] == "baik"


def test_a_line_of_fifty_megabytes_is_cleaned(here, run_clean):
    text = "Kalimat panjang sekali tentang cuaca.\n\n" * (50_000_000 // 39)
    (here / "in.jsonl").write_bytes(lines({"text": text}) + GOOD)
    assert run_clean("in.jsonl", "-o", "out.jsonl").code == 0
    assert [len(record["text"]) for record in rows(here / "out.jsonl")] == [len(text), 7]


def test_a_file_that_vanishes_after_it_was_found_is_an_error_record(here, run_clean, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (here / name).write_text("Bersih.")
    read = Path.read_bytes

    def vanishing(path: Path) -> bytes:
        if path.name == "a.txt":
            path.unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", vanishing)
    ran = run_clean("a.txt", "b.txt", "-o", "out")
    monkeypatch.undo()
    assert ran.code == 1
    assert "a.txt can't be read (No such file or directory)" in ran.err
    assert (here / "out/b.txt").read_text() == "Bersih."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_passed_over_and_named(here, run_clean):
    (here / "in").mkdir()
    os.mkfifo(here / "in/a.txt")
    ran = run_clean("in", "-o", "out")
    assert ran.code == 2
    assert "in/a.txt (no regular file)" in ran.err


class TestRefusals:
    """What is refused before anything is written: exit code 2."""

    @pytest.fixture
    def refused(self, here, run_clean):
        """Runs `clean`, and holds it against being refused with everything left as it was."""

        def refuse(*arguments: str) -> str:
            before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
            ran = run_clean(*arguments)
            assert ran.code == 2
            assert ran.out == ""
            assert "Traceback" not in ran.err
            assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before
            return ran.err

        return refuse

    @pytest.fixture(autouse=True)
    def _inputs(self, here):
        (here / "in.jsonl").write_bytes(GOOD)
        (here / "satu.txt").write_text("Bersih.")
        (here / "folder").mkdir()
        (here / "folder/satu.txt").write_text("Bersih juga.")

    def test_a_path_that_isnt_there(self, refused):
        assert "tiada.txt doesn't exist" in refused("run", "tiada.txt")
        assert "neither a file nor a folder" in refused("run", "x" * 300)
        assert "tiada is neither a file nor a folder" in refused("run", "tiada")

    def test_folders_with_nothing_to_read(self, here, run_clean, refused):
        run_clean("folder", "-o", "out")
        (here / "kosong").mkdir()
        assert "In kosong there is no .txt or .html file." in refused("run", "kosong", "-o", "out", "-q")
        (here / "kosong/a.jsonl").write_bytes(GOOD)
        said = refused("run", "kosong", "-o", "out")
        assert "kosong/a.jsonl (records; give the file itself as PATH)" in said
        assert "there is nothing to clean; nothing was written" in said

    def test_a_file_of_an_unknown_kind(self, here, refused):
        (here / "in.jsonl.xz").write_bytes(b"")
        assert "unpack it" in refused("in.jsonl.xz")

    def test_a_name_with_nothing_in_it(self, refused):
        for arguments in (("",), ("in.jsonl", ""), ("in.jsonl", "-o", ""), ("in.jsonl", "--audit", "")):
            assert "it is empty; a variable may not be set" in refused("run", *arguments)

    def test_a_write_protected_file(self, here, refused, monkeypatch):
        (here / "out.jsonl").write_bytes(b"yang lama")
        monkeypatch.setattr(os, "access", lambda path, mode: path != here / "out.jsonl")
        assert "out.jsonl is write-protected, so it isn't replaced" in refused("in.jsonl", "-o", "out.jsonl")

    def test_out_equal_to_an_input(self, refused):
        assert "it is read as well" in refused("in.jsonl", "-o", "in.jsonl")

    def test_out_equal_to_an_input_through_a_link(self, here, refused):
        (here / "lain.jsonl").symlink_to(here / "in.jsonl")
        assert "it is read as well" in refused("in.jsonl", "-o", "lain.jsonl")
        (here / "tautan").symlink_to(here, target_is_directory=True)
        assert "it is read as well" in refused("in.jsonl", "-o", "tautan/in.jsonl")

    def test_out_equal_to_an_input_through_a_folder_that_isnt_there(self, refused):
        assert "it is read as well" in refused("in.jsonl", "-o", "baru/../in.jsonl")
        assert "it is read as well" in refused("satu.txt", "-o", "baru/..")

    def test_a_strangers_text_through_a_folder_that_isnt_there(self, here, refused):
        (here / "lain.txt").write_text("Milik orang lain.")
        (here / "folder/lain.txt").write_text("Bersih.")
        assert "is from no earlier run" in refused("folder", "-o", "baru/..")

    def test_rows_equal_to_an_input(self, here, refused):
        (here / "x.removed.jsonl").write_bytes(GOOD)
        (here / "y.errors.jsonl").write_bytes(GOOD)
        assert "x.removed.jsonl is to be written, but it is read" in refused(
            "x.removed.jsonl", "-o", "x.jsonl"
        )
        assert "y.errors.jsonl is to be written" in refused("y.errors.jsonl", "-o", "o.jsonl", "--audit", "y")

    def test_out_equal_to_its_rows(self, refused):
        assert "written twice" in refused("in.jsonl", "-o", "x.errors.jsonl", "--audit", "x")

    def test_a_text_that_would_replace_itself(self, refused):
        assert "it is read as well" in refused("satu.txt", "-o", ".")

    def test_out_inside_a_folder_that_is_read(self, refused):
        assert "it is inside folder, which is read" in refused("folder", "-o", "folder/out")
        assert "it is inside folder, which is read" in refused("folder", "-o", "folder")

    def test_two_texts_of_one_name(self, refused):
        assert "satu.txt and folder/satu.txt would both become out/satu.txt" in refused(
            "satu.txt", "folder", "-o", "out"
        )

    def test_one_file_twice(self, here, refused):
        (here / "lagi.jsonl").symlink_to(here / "in.jsonl")
        assert "in.jsonl is given twice" in refused("in.jsonl", "in.jsonl", "-o", "out.jsonl")
        assert "lagi.jsonl is given twice, also as in.jsonl" in refused(
            "in.jsonl", "lagi.jsonl", "-o", "o.jsonl"
        )

    def test_a_text_that_no_run_has_written_is_in_the_way(self, here, refused):
        (here / "out").mkdir()
        (here / "out/satu.txt").write_text("Tulisan sendiri.")
        assert "out/satu.txt is there already and is from no earlier run" in refused("satu.txt", "-o", "out")

    def test_records_into_something_that_is_no_jsonl(self, refused):
        said = refused("in.jsonl", "-o", "out")
        assert "ends in one of .jsonl, .csv, .tsv, .parquet" in said
        assert "give -o out.jsonl" in said
        assert "give -o cleaned.jsonl" in refused("in.jsonl", "-o", ".")
        assert "give -o a/out.jsonl" in refused("in.jsonl", "-o", "a/out.json")
        assert "give -o 2024.11.jsonl" in refused("in.jsonl", "-o", "2024.11")

    def test_texts_into_something_that_looks_like_a_file(self, refused):
        assert "texts are written into a folder" in refused("satu.txt", "-o", "bersih.txt")

    def test_out_that_is_a_folder(self, here, refused):
        (here / "out.jsonl").mkdir()
        assert "out.jsonl is a folder" in refused("in.jsonl", "-o", "out.jsonl")

    def test_out_where_nothing_can_be_written(self, refused):
        said = refused("in.jsonl", "-o", "tiada/out.jsonl")
        assert "tiada/out.jsonl can't be written, as there is no folder tiada; make it first" in said
        assert "can't be written (Not a directory)" in refused("in.jsonl", "-o", "satu.txt/out.jsonl")
        assert "satu.txt/out can't be written" in refused("folder", "-o", "satu.txt/out")

    def test_a_broken_pack(self, here, refused):
        (here / "rusak.toml").write_text("format = 1\noutlet = ")
        said = refused("in.jsonl", "-o", "out.jsonl", "--pack", "rusak.toml")
        assert "rusak.toml" in said
        assert "none of its rules is used, and nothing was written" in said

    def test_a_folder_of_packs(self, here, refused):
        (here / "packs").mkdir()
        said = refused("in.jsonl", "-o", "out.jsonl", "--pack", "packs")
        assert "--pack packs is a folder; name the packs in it, each with a --pack of its own" in said

    def test_a_broken_plug_in(self, refused, monkeypatch):
        from cleaner import OutletError
        from cleaner.dumps import cleaners

        def broken(_: object) -> None:
            raise OutletError("outlet 'x' of pak-x can't be loaded (ImportError: no); mend or uninstall it")

        monkeypatch.setattr(cleaners, "recogniser_with", broken)
        assert "outlet 'x' of pak-x can't be loaded" in refused("in.jsonl", "-o", "out.jsonl")


def test_a_detector_that_fails_on_a_record_costs_that_record_only(here, write_pack):
    from cleaner import Outlet, Policy
    from cleaner.dumps.cleaners import Cleaners
    from cleaner.dumps.records import FieldNames, RecordReader
    from cleaner.dumps.run import run
    from cleaner.dumps.tally import Tally

    def detector(document, view):
        if "pecah" in document.text:
            raise ValueError("tak bisa \ud800")
        return ()

    outlet = Outlet("contoh", "Contoh", detectors=(detector,))
    taken = []

    class Sink:
        def put(self, record, result):
            taken.append(record.document.text)

        def refuse(self, item):
            taken.append((item.place, item.reason, item.raw))

    tally = Tally()
    lines = [b'{"text":"a"}\n', b'{"text":"pecah"}\n', b'{"text":"b"}\n']
    cleaners = Cleaners(Policy(), "contoh", [outlet])
    items = RecordReader(FieldNames(), cleaners.pages()).lines("in.jsonl", lines)
    run(items, cleaners, Sink(), tally)
    reason = "could not be cleaned (ValueError: tak bisa \\ud800)"
    assert taken == ["a", ("in.jsonl#1", reason, b'{"text":"pecah"}'), "b"]
    assert tally.errors == 1


def test_a_folder_that_cant_be_looked_into_is_an_error(here, run_clean, monkeypatch):
    (here / "in/tutup").mkdir(parents=True)
    (here / "in/a.txt").write_text("Bersih.")
    look = os.scandir

    def closed(path):
        if Path(path).name == "tutup":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", closed)
    ran = run_clean("in", "-o", "out")
    monkeypatch.undo()
    assert ran.code == 1
    assert "  in/tutup can't be looked into (Permission denied)" in ran.err
    assert (here / "out/a.txt").read_text() == "Bersih."


def test_records_nested_up_to_the_limit_are_records_or_errors():
    from cleaner import Policy
    from cleaner.dumps.cleaners import Cleaners
    from cleaner.dumps.records import FieldNames, RecordReader

    pages = Cleaners(Policy()).pages()
    for depth in range(700, 1100):
        for more in (b"", b', "x": 1'):
            line = b'{"text": "a", "x": ' + b"[" * depth + b"]" * depth + more + b"}"
            assert len(list(RecordReader(FieldNames(), pages).lines("in.jsonl", [line]))) == 1


HOSTILE = "a\x1b]0;judul\x07\u202eb\r"


def test_what_reaches_the_terminal_is_shown_and_never_obeyed(here, run_clean):
    (here / "in.jsonl").write_bytes(lines({HOSTILE: 1, "[bold]x[/bold]": 2}))
    (here / "in").mkdir()
    (here / "in" / f"{HOSTILE}.jpg").write_bytes(b"")
    (here / "in/b.txt").write_bytes(b"")
    for ran in (
        run_clean("in.jsonl", "-o", "out.jsonl"),
        run_clean("in", "-o", "out"),
        run_clean(f"{HOSTILE}.txt"),
    ):
        assert not set("\x1b\x07\r\u202e") & set(ran.err)
        assert "\\x1b]0;judul\\x07\\u202eb\\r" in ran.err


@pytest.mark.parametrize("id", ["../x", "/etc/x", "a/../../x", "a//b", "", ".", "a/.", "a\0b"])
def test_no_id_leads_out_of_its_folder(tmp_path, id):
    with pytest.raises(CleanerError, match="no path inside"):
        path_inside(tmp_path, id)


def test_no_link_leads_out_of_its_folder(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/keluar").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(CleanerError, match="leads out of"):
        path_inside(tmp_path / "out", "keluar/x.txt")


def test_an_id_with_folders_stays_inside(tmp_path):
    assert path_inside(tmp_path, "a/b c.txt") == tmp_path / "a" / "b c.txt"
