"""`clean restore`: the source comes back, and what can't be proved is named."""

from __future__ import annotations

import json

import pytest
from conftest import POINTER_PACK
from json_lines import compact

DIRTY = "Paragraf satu.\r\n\r\nzzlihat: Kisah Lain\r\n\r\nParagraf dua. 👉\n\nzzlihat: Lagi"


@pytest.fixture
def cleaned(here, write_pack, run_clean):
    """Cleans the bytes of a dump with a pack that finds something in it."""
    options = ("--pack", write_pack(POINTER_PACK), "--outlet", "contoh")

    def clean_dump(dump: bytes, *more: str) -> None:
        (here / "in.jsonl").write_bytes(dump)
        assert run_clean("in.jsonl", "-o", "out.jsonl", *options, *more).code in (0, 1)

    return clean_dump


def test_records_come_back_value_by_value_and_byte_by_byte_where_they_were_compact(here, cleaned, run_clean):
    dump = b'{"id":"a","n":1.10,"text":' + compact(DIRTY).strip() + b',"big":1E400,"outlet":"x"}\n'
    dump += compact({"text": "Bersih.", "id": 3}) + b'{"text":"caf\\u00e9"}\n'
    cleaned(dump)
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert ran.code == 0
    assert (here / "back.jsonl").read_bytes() == dump
    assert ran.err == "Restored 3 of 3 to back.jsonl, value for value, each text proved.\n"


def test_what_could_not_be_read_is_put_back_in_its_place(here, cleaned, run_clean):
    good = [compact({"id": i, "text": DIRTY}) for i in range(3)]
    bad = [b'{"id":\xff}\n', b"[1]\n", b'{"text": null}\n', b'{"text":\n']
    dump = bad[0] + bad[1] + good[0] + good[1] + bad[2] + good[2] + bad[3]
    cleaned(dump)
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert ran.code == 0
    assert (here / "back.jsonl").read_bytes() == dump
    said = "3 texts proved, 4 unreadable ones put back as they were"
    assert ran.err == f"Restored 7 of 7 to back.jsonl: {said}.\n"


def test_where_nothing_could_be_read_nothing_is_said_to_be_proved(here, cleaned, run_clean):
    cleaned(b'[1]\n{"text":"Bersih."}\n')
    for name in ("out.jsonl", "out.removed.jsonl"):
        (here / name).write_bytes(b"")
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert ran.err == "Restored 1 of 1 to back.jsonl: 1 unreadable one put back as it was.\n"


def test_quietly_only_what_is_missing_is_said(here, cleaned, run_clean):
    cleaned(compact({"id": "a", "text": DIRTY}, {"id": "b", "text": DIRTY}))
    assert run_clean("restore", "out.jsonl", "-o", "back.jsonl", "--quiet").err == ""
    (here / "out.jsonl").write_bytes(compact({"id": "a", "text": "Lain."}, {"id": "b", "text": "Lain."}))
    ran = run_clean("restore", "out.jsonl", "-o", "back2.jsonl", "-q")
    assert ran.code == 1
    assert "is not given back" in ran.err
    assert "Restored" not in ran.err


def test_a_folder_of_texts_comes_back_byte_by_byte(here, write_pack, run_clean):
    source = {
        "a/satu.txt": DIRTY.encode(),
        "dua.txt": b"",
        "tiga.txt": b"\xff\r\n",
        "a/b/c d.txt": "İ\0".encode(),
    }
    for name, data in source.items():
        (here / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (here / "in" / name).write_bytes(data)
    options = ("--pack", write_pack(POINTER_PACK), "--outlet", "contoh")
    assert run_clean("in", "-o", "out", *options).code == 1
    ran = run_clean("restore", "out", "-o", "back")
    assert ran.code == 0
    assert ran.err == "Restored 4 of 4 to back: 3 texts proved, 1 unreadable one put back as it was.\n"
    back = {p.relative_to(here / "back").as_posix(): p.read_bytes() for p in (here / "back").rglob("*.txt")}
    assert back == source


def test_the_key_of_the_text_needs_not_be_told_again(here, cleaned, run_clean):
    dump = compact({"isi": DIRTY, "text": 1})
    cleaned(dump, "--text-field", "isi")
    assert run_clean("restore", "out.jsonl", "-o", "back.jsonl").code == 0
    assert (here / "back.jsonl").read_bytes() == dump


def test_records_can_come_back_on_standard_output(cleaned, run_clean):
    dump = compact({"text": DIRTY})
    cleaned(dump)
    assert run_clean("restore", "out.jsonl", "-o", "-").out.encode() == dump


def test_rows_elsewhere_are_found_by_their_prefix(here, cleaned, run_clean):
    dump = compact({"text": DIRTY})
    cleaned(dump, "--audit", "bukti")
    assert run_clean("restore", "out.jsonl", "-o", "back.jsonl", "--audit", "bukti").code == 0
    assert (here / "back.jsonl").read_bytes() == dump


def test_without_out_the_source_goes_to_restored(here, cleaned, run_clean):
    cleaned(compact({"text": DIRTY}))
    assert run_clean("restore", "out.jsonl").code == 0
    assert (here / "restored.jsonl").exists()


CHANGES = {
    "an edited text": (
        lambda out: out.replace(b"Paragraf dua", b"Alinea dua"),
        None,
        "was changed after the run",
    ),
    "a shorter text": (
        lambda out: out.replace(b"Paragraf dua", b"Paragraf"),
        None,
        "was changed after the run",
    ),
    "an edited row": (
        None,
        lambda rows: rows.replace(b"Kisah Lain", b"Kisah Luar"),
        "was changed after the run",
    ),
    "a wrong kind": (None, lambda rows: rows.replace(b'"related"', b'"spam"'), "was changed after the run"),
    "a text that went": (lambda out: out.replace(b'"text"', b'"isi"'), None, "has no 'text' any more"),
    "a broken record": (lambda out: b"{" + out, None, "can't be read any more"),
    "a broken row": (None, lambda rows: b"{" + rows, "its row is no row of a run"),
    "a record without a row": (None, lambda rows: b"", "no row is left for it"),
    "a row without a record": (
        lambda out: b"",
        None,
        "1 row of the run has no record in out.jsonl any more.",
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_record_that_cant_be_proved_is_named_and_left_out(here, cleaned, run_clean, case):
    change_out, change_rows, reason = CHANGES[case]
    cleaned(compact({"id": "x", "text": DIRTY}))
    for name, change in (("out.jsonl", change_out), ("out.removed.jsonl", change_rows)):
        if change is not None:
            path = here / name
            path.write_bytes(change(path.read_bytes()))
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert ran.code == 1
    assert reason in ran.err
    assert ran.err.endswith("Restored 0 of 1 to back.jsonl; 1 could not be.\n")
    assert (here / "back.jsonl").read_bytes() == b""


def test_one_edited_record_doesnt_keep_the_others_back(here, cleaned, run_clean):
    dump = [compact({"id": f"r{i}", "text": f"Nomor {i}. {DIRTY}"}) for i in range(5)]
    cleaned(b"".join(dump))
    path = here / "out.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Nomor 2", b"Nomor 7"))
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert ran.code == 1
    assert 'record 2 (id "r2") is not given back' in ran.err
    assert (here / "back.jsonl").read_bytes() == b"".join(dump[:2] + dump[3:])


def _numbered(cleaned, key="id") -> list[bytes]:
    """Cleans six records with ids under `key`; their source lines."""
    lines = [compact({key: f"r{i}", "text": f"Nomor {i}. {DIRTY}"}) for i in range(6)]
    cleaned(b"".join(lines), "--id-field", "nomor")
    return lines


def _rearranged(path, places) -> None:
    """Leave only the lines in these `places`, in their order."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[place] for place in places))


@pytest.mark.parametrize("places", [[0, 1], [1, 2, 5], [5], [5, 3, 0, 4, 1, 2], [4, 1]])
def test_records_that_were_taken_out_or_moved_are_known_by_their_ids(here, cleaned, run_clean, places):
    lines = _numbered(cleaned, "nomor")
    _rearranged(here / "out.jsonl", places)
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert (here / "back.jsonl").read_bytes() == b"".join(lines[place] for place in places)
    assert ran.code == (len(places) < 6)
    gone = 6 - len(places)
    said = f"; {gone} could not be" if gone else ""
    assert ran.err.endswith(
        f"Restored {len(places)} of 6 to back.jsonl, value for value, each text proved{said}.\n"
    )
    assert (f"{gone} rows of the run have no record in out.jsonl any more." in ran.err) is (gone > 1)
    assert "not given back" not in ran.err


@pytest.mark.parametrize("places", [[0, 1], [1, 2, 5], [5]])
def test_where_no_ids_tell_it_records_that_were_taken_out_are_known_by_their_order(
    here, cleaned, run_clean, places
):
    lines = _numbered(cleaned, "bukan_id")
    _rearranged(here / "out.jsonl", places)
    run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert (here / "back.jsonl").read_bytes() == b"".join(lines[place] for place in places)


def test_an_edited_record_among_moved_ones_is_the_only_one_that_is_named(here, cleaned, run_clean):
    lines = _numbered(cleaned, "nomor")
    path = here / "out.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Nomor 2", b"Nomor 7"))
    _rearranged(path, [4, 2, 1])
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert (here / "back.jsonl").read_bytes() == lines[4] + lines[1]
    assert ran.err.startswith('record 2 (id "r2") is not given back')
    assert "Restored 2 of 6" in ran.err


def test_of_records_of_which_nothing_tells_the_rows_the_numbers_are_said_once(here, cleaned, run_clean):
    _numbered(cleaned, "bukan_id")
    _rearranged(here / "out.jsonl", [5, 3, 4, 1, 0])
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert ran.code == 1
    assert ran.err.startswith("out.jsonl has 5 records, and the run wrote 6 rows. They belong together")
    assert ran.err.count("is not given back") == 3
    assert "… and 2 more are not given back." in ran.err


def test_a_file_that_never_could_be_read_is_named(here, run_clean):
    (here / "in").mkdir()
    (here / "in/a.txt").write_text("Bersih.")
    (here / "in/b.txt").symlink_to(here / "tiada.txt")
    assert run_clean("in", "-o", "out").code == 1
    ran = run_clean("restore", "out", "-o", "back")
    assert ran.code == 1
    assert "in/b.txt was never read, so it isn't put back" in ran.err
    assert "Restored 1 of 2" in ran.err


def test_many_records_that_never_could_be_read_are_counted_and_the_first_named(here, run_clean):
    lines = [json.dumps({"id": str(number), "text": "Panen raya. " * 200}) for number in range(300)]
    (here / "in.jsonl").write_text("\n".join(['{"id": "a", "text": "Bersih."}', *lines]) + "\n")
    assert run_clean("in.jsonl", "-o", "out.jsonl", "--max-record", "1kB").code == 1
    ran = run_clean("restore", "out.jsonl", "-o", "back.jsonl")
    assert ran.code == 1
    assert "Restored 1 of 301" in ran.err
    assert ran.err.count("was never read") < 50
    assert "more were never read." in ran.err


@pytest.mark.parametrize("id", ["../keluar", "/tmp/keluar", "a/../../keluar"])
def test_a_row_leads_to_no_file_outside(here, run_clean, id):
    (here / "a.txt").write_text("Bersih.")
    (here / "keluar.txt").write_text("Bersih.")
    run_clean("a.txt", "-o", "out")
    rows = here / "out/removed.jsonl"
    rows.write_bytes(rows.read_bytes().replace(b'"id":"a"', f'"id":{json.dumps(id)}'.encode()))
    ran = run_clean("restore", "out", "-o", "back")
    assert ran.code == 1
    assert "is no path inside out" in ran.err
    assert (here / "keluar.txt").read_text() == "Bersih."


def test_a_row_of_errors_leads_to_no_file_outside(here, run_clean):
    (here / "a.txt").write_bytes(b"\xff")
    (here / "b.txt").write_text("Bersih.")
    run_clean("a.txt", "b.txt", "-o", "out")
    rows = here / "out/errors.jsonl"
    rows.write_bytes(rows.read_bytes().replace(b'"file_id":"a"', b'"file_id":"../keluar"'))
    ran = run_clean("restore", "out", "-o", "back")
    assert ran.code == 2
    assert not (here / "keluar.txt").exists()
    assert not (here / "back").exists()


class TestRefusals:
    def test_without_rows_there_is_nothing_to_restore_by(self, here, run_clean):
        (here / "x.jsonl").write_bytes(b"")
        ran = run_clean("restore", "x.jsonl")
        assert ran.code == 2
        assert "x.removed.jsonl isn't there" in ran.err

    def test_what_no_run_writes_is_called_by_its_name(self, here, run_clean):
        (here / "a.txt").write_text("Bersih.")
        tiada, text = run_clean("restore", "tiada.jsonl"), run_clean("restore", "a.txt")
        assert (tiada.code, text.code) == (2, 2)
        assert "tiada.jsonl doesn't exist; nothing was restored" in tiada.err
        assert "a.txt is neither a folder nor a .jsonl, .csv, .tsv or .parquet file" in text.err

    @pytest.mark.parametrize("out", ["out.jsonl", "out.removed.jsonl", "out.errors.jsonl"])
    def test_what_is_read_is_not_written(self, here, cleaned, run_clean, out):
        cleaned(compact({"text": DIRTY}))
        before = (here / out).read_bytes()
        ran = run_clean("restore", "out.jsonl", "-o", out)
        assert ran.code == 2
        assert (here / out).read_bytes() == before

    def test_a_file_that_is_there_already_is_left_as_it_is(self, here, cleaned, run_clean):
        cleaned(compact({"text": DIRTY}))
        source = (here / "in.jsonl").read_bytes()
        for options in ((), ("-o", "in.jsonl")):
            (here / "restored.jsonl").write_bytes(b"Lain.")
            ran = run_clean("restore", "out.jsonl", *options)
            assert ran.code == 2
            assert "is there already" in ran.err
            assert (here / "restored.jsonl").read_bytes() == b"Lain."
            assert (here / "in.jsonl").read_bytes() == source

    def test_texts_go_into_an_empty_folder_only(self, here, run_clean):
        (here / "a.txt").write_text("Bersih.")
        run_clean("a.txt", "-o", "out")
        (here / "penuh").mkdir()
        (here / "penuh/x").write_text("")
        assert run_clean("restore", "out", "-o", "penuh").code == 2
        assert run_clean("restore", "out", "-o", "out").code == 2
        assert run_clean("restore", "out", "-o", "-").code == 2
        assert run_clean("restore", "out", "-o", "baru/..").code == 2
        assert (here / "a.txt").read_text() == "Bersih."
