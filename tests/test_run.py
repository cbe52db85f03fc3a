"""`clean run`: what goes in, what comes out, and what stands beside it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import POINTER
from json_lines import lines, rows

from cleaner.cli import one_run, run_parts
from cleaner.dumps import shards
from cleaner.dumps.tasks import counted_lines
from cleaner.ledger import Ledger

PACK = (
    """
format = 1
outlet = "contoh"
hosts = ["contoh.example"]
signatures = ["zzcontoh"]
"""
    + POINTER
    + """
[[rule]]
id = "furniture"
kind = "chrome"
why = "Furniture, with a line above it that nothing but its place gives away."
block = [{ shape = "short" }, { is = ["zzperabot"], anchor = true }]
removes = ["⟦x\\nzzperabot⟧"]
keeps = ["x"]
"""
)
DIRTY = "Judul zzcontoh\n\nParagraf satu.\n\nzzlihat: Kisah Lain\n\nParagraf dua.\n"
CLEAN = "Judul zzcontoh\n\nParagraf satu.\n\nParagraf dua.\n"
FRAMED = "Paragraf satu.\n\nSebaris teks\nzzperabot\n\nParagraf dua."


@pytest.fixture
def pack(write_pack: Callable[..., Path]) -> Path:
    return write_pack(PACK)


class TestTexts:
    def test_a_folder_of_texts_becomes_a_folder_of_clean_texts_with_the_same_sub_folders(
        self, here, pack, run_clean
    ):
        (here / "in/a").mkdir(parents=True)
        (here / "in/satu.txt").write_text(DIRTY)
        (here / "in/a/dua.txt").write_text("Bersih.\n")
        ran = run_clean("run", "in", "-o", "out", "--pack", pack)
        assert ran.code == 0
        assert (here / "out/satu.txt").read_text() == CLEAN
        assert (here / "out/a/dua.txt").read_text() == "Bersih.\n"
        assert [row["id"] for row in rows(here / "out/removed.jsonl")] == ["a/dua", "satu"]
        assert (here / "out/errors.jsonl").read_bytes() == b""

    def test_a_row_names_every_cut_with_its_place_in_the_source(self, here, pack, run_clean):
        (here / "satu.txt").write_text(DIRTY)
        run_clean("run", "satu.txt", "-o", "out", "--pack", pack)
        [row] = rows(here / "out/removed.jsonl")
        assert row["id"] == "satu"
        assert row["outlet"] == "contoh"
        assert row["sha256"] == hashlib.sha256(DIRTY.encode()).hexdigest()
        assert row["suspects"] == []
        [cut] = row["removed"]
        assert cut["text"] == DIRTY[cut["start"] : cut["end"]]
        assert cut["text"].strip() == "zzlihat: Kisah Lain"
        told = {key: cut[key] for key in ("kind", "rule", "certainty")}
        assert told == {"kind": "related", "rule": "contoh/pointer", "certainty": "marked"}

    def test_kept_bytes_are_verbatim(self, here, run_clean):
        text = "\ufeffBaris\u00a0satu.\r\n\r\nBaris \0 dua.\r\n\r\n\r\n  Baris tiga 👉.\t\r\n".encode()
        (here / "satu.txt").write_bytes(text)
        assert run_clean("satu.txt", "-o", "out").code == 0
        assert (here / "out/satu.txt").read_bytes() == text

    def test_without_out_texts_go_to_the_folder_cleaned(self, here, run_clean):
        (here / "satu.txt").write_text("Bersih.\n")
        assert run_clean("satu.txt").code == 0
        assert (here / "cleaned/satu.txt").read_text() == "Bersih.\n"

    def test_one_text_can_go_to_standard_output(self, here, pack, run_clean):
        (here / "satu.txt").write_text(DIRTY)
        assert run_clean("satu.txt", "-o", "-", "--pack", pack).out == CLEAN

    def test_standard_input_can_be_one_text(self, here, pack, run_clean):
        ran = run_clean("-", "--stdin-format", "txt", "--pack", pack, stdin=DIRTY.encode())
        assert (ran.code, ran.out) == (0, CLEAN)

    def test_texts_can_become_records(self, here, pack, run_clean):
        (here / "satu.txt").write_text(DIRTY)
        assert run_clean("satu.txt", "-o", "out.jsonl", "--pack", pack).code == 0
        assert rows(here / "out.jsonl") == [{"id": "satu", "text": CLEAN, "outlet": "contoh", "fields": {}}]

    def test_what_is_no_text_in_a_folder_is_counted_and_named(self, here, run_clean):
        (here / "in").mkdir()
        (here / "in/satu.txt").write_text("Bersih.\n")
        (here / "in/foto.jpg").write_bytes(b"")
        (here / "in/dump.jsonl").write_bytes(b"")
        ran = run_clean("in", "-o", "out")
        assert ran.code == 0
        assert "1 file with another ending (in/foto.jpg) was not read." in ran.err
        assert "in/dump.jsonl (records; give the file itself as PATH)" in ran.err

    def test_many_files_that_are_no_texts_are_counted_by_their_endings(self, here, run_clean):
        (here / "in").mkdir()
        (here / "in/satu.txt").write_text("Bersih.\n")
        for number in range(4):
            (here / f"in/{number}.toml").write_bytes(b"")
        (here / "in/5.JSON").write_bytes(b"")
        (here / "in/CATATAN").write_bytes(b"")
        said = run_clean("in", "-o", "out").err
        assert "6 files with other endings (.toml 4, .json 1, without one 1) were not read." in said

    def test_a_second_run_replaces_what_the_first_wrote(self, here, pack, run_clean):
        (here / "satu.txt").write_text(DIRTY)
        run_clean("satu.txt", "-o", "out")
        assert run_clean("satu.txt", "-o", "out", "--pack", pack).code == 0
        assert (here / "out/satu.txt").read_text() == CLEAN

    def test_texts_that_an_earlier_run_left_are_spoken_of(self, here, run_clean):
        for name in ("satu", "dua"):
            (here / f"{name}.txt").write_text("Bersih.\n")
        run_clean("satu.txt", "dua.txt", "-o", "out")
        assert (
            "Left from an earlier run in out, without a row: dua.txt."
            in run_clean("satu.txt", "-o", "out").err
        )


class TestRecords:
    def test_a_record_keeps_its_other_values_as_they_were_written_and_in_their_order(
        self, here, pack, run_clean
    ):
        other = '"harga":1.10,"besar":123456789012345678901234567890,"kecil":1E5,"x":[1, {"y":null}]'
        line = f'{{"z":true,"text":{json.dumps(DIRTY)},{other},"id":"a"}}'
        (here / "in.jsonl").write_text(line + "\n")
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack).code == 0
        expected = (
            f'{{"z":true,"text":{json.dumps(CLEAN)},{other},"id":"a","outlet":"contoh","fields":{{}}}}\n'
        )
        assert (here / "out.jsonl").read_text() == expected

    def test_records_keep_their_order_and_each_has_a_row(self, here, pack, run_clean):
        (here / "a.jsonl").write_bytes(lines(*({"id": f"a{i}", "text": DIRTY} for i in range(50))))
        (here / "b.ndjson").write_bytes(lines({"id": "b", "text": "Bersih."}))
        assert run_clean("b.ndjson", "a.jsonl", "-o", "out.jsonl", "--pack", pack).code == 0
        ids = ["b", *(f"a{i}" for i in range(50))]
        assert [record["id"] for record in rows(here / "out.jsonl")] == ids
        assert [row["id"] for row in rows(here / "out.removed.jsonl")] == ids

    def test_keys_called_outlet_and_fields_are_the_records_own(self, here, pack, run_clean):
        record = {"text": DIRTY, "outlet": "lain", "fields": 7}
        (here / "in.jsonl").write_bytes(lines(record))
        run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        assert rows(here / "out.jsonl") == [{**record, "text": CLEAN}]
        [row] = rows(here / "out.removed.jsonl")
        assert (row["outlet"], row["fields"]) == ("contoh", {})
        assert row.get("added", []) == []

    @pytest.mark.parametrize(
        ("record", "id"),
        [
            ({"id": "a"}, "a"),
            ({"id": 17}, 17),
            ({"id": -1.5}, -1.5),
            ({}, "in.jsonl#0"),
            ({"id": None}, "in.jsonl#0"),
            ({"id": ""}, "in.jsonl#0"),
            ({"id": [1]}, "in.jsonl#0"),
        ],
    )
    def test_the_row_has_the_records_own_id_or_else_its_place(self, here, run_clean, record, id):
        (here / "in.jsonl").write_bytes(lines({**record, "text": "Bersih."}))
        assert run_clean("in.jsonl", "-o", "out.jsonl").code == 0
        assert rows(here / "out.removed.jsonl")[0]["id"] == id

    def test_a_value_of_a_type_that_cant_be_used_is_ignored_and_counted(self, here, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": "Bersih.", "url": 5, "id": True, "title": []}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl")
        assert ran.code == 0
        for key in ("url", "id", "title"):
            assert f"Ignored '{key}' in 1 record" in ran.err

    def test_field_names_can_be_given(self, here, pack, run_clean):
        record = {"isi": FRAMED, "nomor": "n1", "tautan": "https://www.contoh.example/x", "text": 5}
        (here / "in.jsonl").write_bytes(lines(record))
        names = (
            "--text-field",
            "isi",
            "--id-field",
            "nomor",
            "--url-field",
            "tautan",
            "--title-field",
            "judul",
        )
        assert run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack, *names).code == 0
        [cleaned] = rows(here / "out.jsonl")
        assert cleaned["isi"] == "Paragraf satu.\n\nParagraf dua."
        assert rows(here / "out.removed.jsonl")[0]["id"] == "n1"

    def test_a_text_without_cuts_keeps_even_its_escapes(self, here, run_clean):
        (here / "in.jsonl").write_bytes(b'{"text":"caf\\u00e9 \\/ \\ud83d\\ude00"}\n')
        run_clean("in.jsonl", "-o", "out.jsonl")
        assert (here / "out.jsonl").read_bytes().startswith(b'{"text":"caf\\u00e9 \\/ \\ud83d\\ude00"')

    def test_without_out_records_go_to_cleaned_jsonl(self, here, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": "Bersih."}))
        assert run_clean("in.jsonl").code == 0
        names = sorted(path.name for path in here.glob("cleaned*"))
        assert names == [
            "cleaned.errors.jsonl",
            "cleaned.jsonl",
            "cleaned.removed.jsonl",
            "cleaned.stats.json",
        ]

    def test_a_stream_is_cleaned_from_standard_input_to_standard_output(self, here, pack, run_clean):
        ran = run_clean("-", "--pack", pack, stdin=lines({"id": 1, "text": DIRTY}))
        assert ran.code == 0
        assert json.loads(ran.out)["text"] == CLEAN
        assert "--audit PREFIX" in ran.err
        assert list(here.iterdir()) == []

    def test_a_stream_has_rows_where_a_prefix_says(self, here, pack, run_clean):
        ran = run_clean(
            "-", "--pack", pack, "--audit", "bukti", stdin=lines({"id": 1, "text": DIRTY}) + b"[]\n"
        )
        assert ran.code == 1
        assert [row["id"] for row in rows(here / "bukti.removed.jsonl")] == [1]
        assert [row["index"] for row in rows(here / "bukti.errors.jsonl")] == [1]

    def test_errors_of_a_stream_without_rows_are_told_on_standard_error(self, here, run_clean):
        ran = run_clean("-", "--quiet", stdin=b"[]\n" + lines({"text": "Bersih."}))
        assert ran.code == 1
        assert "-#0 (line 1) is a list, not a JSON object" in ran.err


class TestWhoseRules:
    def test_the_host_tells(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": FRAMED, "url": "https://jatim.contoh.example/a"}))
        run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        assert rows(here / "out.jsonl")[0]["outlet"] == "contoh"

    def test_what_is_not_recognised_is_counted(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": FRAMED}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack)
        assert rows(here / "out.jsonl")[0]["outlet"] is None
        assert "not recognised" in ran.err

    def test_a_pack_with_the_host_of_another_outlet_takes_its_records_over_and_says_so(
        self, here, write_pack, run_clean
    ):
        own = write_pack(PACK.replace("contoh.example", "viva.co.id"))
        (here / "in.jsonl").write_bytes(lines({"text": FRAMED, "url": "https://viva.co.id/a"}))
        told = "Warning: host 'viva.co.id' of the pack 'contoh' belongs to outlet 'viva', too: "
        assert told in run_clean("in.jsonl", "-o", "out.jsonl", "--pack", own).err
        assert rows(here / "out.jsonl")[0]["outlet"] == "contoh"
        # Where nothing is recognised, no host is asked.
        assert told not in run_clean("in.jsonl", "-o", "2.jsonl", "--pack", own, "--outlet", "contoh").err

    def test_the_caller_tells_for_all(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": FRAMED, "url": "https://viva.co.id/a"}))
        run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack, "--outlet", "contoh")
        assert rows(here / "out.jsonl")[0]["outlet"] == "contoh"

    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("contoh", "contoh"),
            ("Contoh", "contoh"),
            ("contoh.example", "contoh"),
            ("www.Contoh.Example", "contoh"),
            ("https://contoh.example/", "contoh"),
            ("VIVA", "viva"),
            ("viva.co.id", "viva"),
            ("Kompas TV", "kompastv"),
            ("kompas_tv", "kompastv"),
            ("VIVA dan lain-lain", None),
            ("contoh-lain", None),
            ("co.id", None),
            ("x" * 10_000 + ".contoh.example", None),
            (" ", None),
            (None, None),
        ],
    )
    def test_a_records_own_field_tells_by_an_id_however_it_is_written_or_by_a_host(
        self, here, pack, run_clean, said, meant
    ):
        (here / "in.jsonl").write_bytes(lines({"text": "Satu.", "dari": said}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack, "--outlet-field", "dari")
        assert rows(here / "out.jsonl")[0]["outlet"] == meant
        assert ("isn't installed" in ran.err) == (meant is None and bool((said or "").strip()))

    def test_a_record_that_names_an_outlet_which_isnt_installed_is_recognised_as_if_it_named_none(
        self, here, pack, run_clean
    ):
        url = {"url": "https://viva.co.id/1"}
        records = [
            {"text": DIRTY, "dari": "takterpasang"},
            {"text": "Satu.", "dari": "lain"} | url,
            {"text": "Satu.", "dari": "lain"},
        ]
        (here / "in.jsonl").write_bytes(lines(*records))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack, "--outlet-field", "dari")
        assert [record["outlet"] for record in rows(here / "out.jsonl")] == ["contoh", "viva", None]
        told = "3 records name outlets that aren't installed, so their url or text told the outlet"
        assert told in ran.err
        assert "lain (2 records), takterpasang (1 record)." in ran.err

    def test_a_pack_with_the_id_of_an_installed_outlet_stands_in_for_it_and_says_so(
        self, here, write_pack, run_clean
    ):
        own = write_pack(PACK.replace('"contoh"', '"viva"', 1), "own/viva.toml")
        (here / "in.jsonl").write_bytes(lines({"text": FRAMED}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--pack", own, "--outlet", "viva")
        assert "The outlet viva of this run's pack stands in for the installed one." in ran.err
        assert rows(here / "out.removed.jsonl")[0]["removed"][0]["rule"] == "viva/furniture"


class TestWhatIsCut:
    def test_a_bar_leaves_less_certain_claims_in_as_suspects(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": FRAMED}))
        options = ("--pack", pack, "--outlet", "contoh", "--certainty", "marked")
        ran = run_clean("in.jsonl", "-o", "out.jsonl", *options)
        assert rows(here / "out.jsonl")[0]["text"] == "Paragraf satu.\n\nSebaris teks\n\nParagraf dua."
        [suspect] = rows(here / "out.removed.jsonl")[0]["suspects"]
        assert (suspect["text"], suspect["certainty"]) == ("Sebaris teks", "framed")
        assert "1 suspect left in" in ran.err

    def test_only_the_kinds_named_are_cut(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": f"{FRAMED}\n\nzzlihat: Kisah"}))
        options = ("--pack", pack, "--outlet", "contoh", "--kinds", "related, ad")
        run_clean("in.jsonl", "-o", "out.jsonl", *options)
        assert rows(here / "out.jsonl")[0]["text"] == FRAMED

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--certainty", "sure"), "marked, framed"),
            (("--kinds", "spam"), "related, caption"),
            (("--kinds", ","), "no kind is named"),
            (("--stdin-format", "xml"), "txt, html, htm, jsonl"),
            (("--outlet", "viva", "--outlet-field", "o"), "leave one of the two out"),
            (("--outlet", "takterpasang"), "not installed; known outlets: andalpost"),
            (("--outlet", "takterpasang"), "a pack of your own is given with --pack FILE.toml"),
            (("--outlet", "vva"), "not installed (did you mean 'viva'?)"),
            (("--outlet", "patterns/viva.toml"), "is the name of a file, not the id of an outlet"),
        ],
    )
    def test_a_wrong_option_is_refused_with_what_would_be_right(self, here, run_clean, options, said):
        (here / "in.jsonl").write_bytes(lines({"text": "x"}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", *options)
        assert ran.code == 2
        assert said in " ".join(ran.err.replace("│", " ").split())
        assert not (here / "out.jsonl").exists()


class TestWhatIsSaid:
    def test_the_summary_counts_records_by_outlet_and_removals_by_kind(self, here, pack, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": DIRTY}, {"text": "Bersih."}) + b"\n\r\n")
        words = run_clean("in.jsonl", "-o", "out.jsonl", "--pack", pack).err.split("\n")
        table = [" ".join(line.split()) for line in words]
        assert words[0].startswith("Cleaned 2 records in ")
        assert words[0].endswith("They are in out.jsonl, every cut in out.removed.jsonl.")
        assert "contoh 1 31.3 %" in table
        assert "not recognised 1 0.0 %" in table
        assert "related 1 21" in table
        assert "Skipped 2 blank lines." in table

    def test_texts_that_are_html_are_counted_with_what_to_do(self, here, run_clean):
        (here / "in.jsonl").write_bytes(
            lines({"text": "<p>Banjir surut.</p>"}, {"text": "Air<br>surut."}, {"text": "a < b > c"})
        )
        said = run_clean("in.jsonl", "-o", "out.jsonl").err
        assert "2 texts hold HTML tags, which stay" in said
        assert "--html-field text --text-field plain_text" in said
        stats = json.loads((here / "out.stats.json").read_text())
        assert stats["marked_up"] == 2
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--html-field", "text", "--text-field", "isi")
        assert "HTML tags" not in ran.err
        assert [row["isi"] for row in rows(here / "out.jsonl")] == ["Banjir surut.", "Air\nsurut."]

    def test_a_page_that_was_saved_as_text_is_told_how_to_be_read(self, here, run_clean):
        (here / "a.txt").write_text("<html><p>Banjir surut.</p></html>")
        said = run_clean("a.txt", "-o", "out").err
        assert "1 text holds HTML tags, which stay: rules are for text. A page that was saved as text" in said
        assert "--html-field" not in said

    def test_one_key_cant_be_text_and_page(self, here, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": "<p>Banjir surut.</p>"}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--html-field", "text")
        assert ran.code == 2
        assert "--text-field and --html-field are both 'text'" in ran.err
        assert not (here / "out.jsonl").exists()

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("in.json", "jq -c '.[]' in.json > in.jsonl"),
            ("in dua.json", "jq -c '.[]' 'in dua.json' > 'in dua.jsonl'"),
            ("in.json", "where it holds a record a line already, rename it to in.jsonl"),
            ("in.jsonl.xz", "rename it, or unpack it"),
        ],
    )
    def test_a_file_of_another_kind_is_refused_with_what_to_do(self, here, run_clean, name, said):
        (here / name).write_text("[]")
        ran = run_clean(name, "-o", "out.jsonl")
        assert ran.code == 2
        assert said in ran.err

    def test_quiet_says_nothing_where_nothing_is_wrong(self, here, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": "Bersih."}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--quiet")
        assert (ran.code, ran.out, ran.err) == (0, "", "")

    def test_an_empty_file_is_said_to_be_empty(self, here, run_clean):
        (here / "in.jsonl").write_bytes(b"")
        ran = run_clean("in.jsonl", "-o", "out.jsonl")
        assert ran.code == 0
        assert "0 records" in ran.err
        assert "none to clean" in ran.err
        assert (here / "out.jsonl").read_bytes() == b""

    def test_an_empty_text_stays_an_empty_text(self, here, run_clean):
        (here / "satu.txt").write_bytes(b"")
        assert run_clean("satu.txt", "-o", "out").code == 0
        assert (here / "out/satu.txt").read_bytes() == b""

    def test_a_folder_without_texts_is_said_to_have_none(self, here, run_clean):
        (here / "in").mkdir()
        ran = run_clean("in", "-o", "out")
        assert ran.code == 2
        assert "In in there is no .txt or .html file." in ran.err
        assert "In . there is no .txt or .html file." in run_clean("run", ".", "-o", "../out").err

    def test_of_things_with_one_reason_the_first_few_are_named_and_the_others_counted(self, here, run_clean):
        broken = [{"id": number, "isi": "x"} for number in range(20)]
        (here / "in.jsonl").write_bytes(lines(*broken) + b"[]\n" + lines({"text": "Bersih."}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl")
        assert ran.code == 1
        said = ran.err.split("21 records could not be cleaned. Kept as read in out.errors.jsonl:\n")[1]
        assert [line.partition(" has ")[0] for line in said.splitlines()[:3]] == [
            f"  in.jsonl#{number} (line {number + 1})" for number in range(3)
        ]
        assert said.splitlines()[3:] == [
            "  … and 17 more like this",
            "  in.jsonl#20 (line 21) is a list, not a JSON object",
            "Name the key with the text by --text-field, or the one with the page's HTML by --html-field.",
        ]
        assert len(rows(here / "out.errors.jsonl")) == 21

    def test_a_line_is_named_as_an_editor_counts_it_and_a_row_behind_the_header(self, here, run_clean):
        (here / "a.jsonl").write_bytes(lines({"text": "x"}) + b"\n" + b'{"text": ')
        (here / "b.csv").write_bytes(b"id,text\n1,Satu.\n2,Dua.,Tiga.\n")
        ran = run_clean("a.jsonl", "b.csv", "-o", "out.jsonl")
        assert "  a.jsonl#2 (line 3) is no valid JSON (it ends too early)\n" in ran.err
        assert "  b.csv#1 (record 2) has 3 fields" in ran.err
        assert [(row["file"], row["index"]) for row in rows(here / "out.errors.jsonl")] == [
            ("a.jsonl", 2),
            ("b.csv", 1),
        ]

    def test_what_is_wrong_with_a_whole_file_is_said_of_no_record(self, here, run_clean):
        (here / "a.csv").write_bytes(b"id,isi\n1,Satu.\n")
        (here / "baik.jsonl").write_bytes(lines({"text": "Bersih."}))
        said = run_clean("a.csv", "baik.jsonl", "-o", "out.jsonl").err
        assert "  a.csv has neither" in said
        assert "1 file could not be cleaned." in said
        (here / "b.jsonl").write_bytes(b"[]\n")
        said = run_clean("a.csv", "b.jsonl", "baik.jsonl", "-o", "out.jsonl").err
        assert "1 record and 1 file could not be cleaned." in said

    @pytest.mark.parametrize(
        ("source", "advice"),
        [
            (b'{"text": "caf\xe9"}\n', "iconv -f cp1252 -t utf-8 FILE > NEW"),
            ('{"text": "x"}\n'.encode("utf-16"), "iconv -f utf-16 -t utf-8 FILE > NEW"),
            (gzip.compress(b'{"text": "x"}\n', mtime=0), "is read as one where its name ends in .gz"),
            (b'[{"text": "x"}]\n', "jq -c '.[]' FILE > NEW.jsonl"),
            (b'[\n {"text": "x"}\n]\n', "jq -c '.[]' FILE > NEW.jsonl"),
            (b'{\n "text": "x"\n}\n', "jq -c . FILE > NEW.jsonl"),
            (b'{"text": "x"}\n' + b'{"isi": "x"}\n' * 9, "Name the key with the text by --text-field"),
        ],
    )
    def test_what_could_not_be_read_comes_with_what_to_do_once(self, here, run_clean, source, advice):
        (here / "in.jsonl").write_bytes(source)
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "-q")
        assert ran.code
        assert ran.err.count(advice) == 1
        assert ran.err.count("FILE > NEW") == advice.count("FILE > NEW")

    def test_where_most_records_are_right_nobody_is_told_to_name_another_key(self, here, run_clean):
        (here / "in.jsonl").write_bytes(lines(*[{"isi": "Bersih."}] * 8, {"id": 9}) + b"[]\n")
        said = run_clean("in.jsonl", "-o", "out.jsonl", "--text-field", "isi").err
        assert "in.jsonl#8 (line 9) has neither 'isi' nor 'html'" in said
        assert "Name the key" not in said
        assert "jq" not in said

    def test_errors_are_named_in_their_order_and_the_others_behind_the_last_of_their_kind(
        self, here, run_clean
    ):
        (here / "in.jsonl").write_bytes(b"x\n[]\n" + b"x\n" * 4 + lines({"text": "Bersih."}))
        said = run_clean("in.jsonl", "-o", "out.jsonl", "-q").err.splitlines()
        assert [line.split("(", 1)[0] for line in said[1:]] == [
            "  in.jsonl#0 ",
            "  in.jsonl#1 ",
            "  in.jsonl#2 ",
            "  in.jsonl#3 ",
            "  … and 2 more like this",
        ]

    def test_a_piped_text_is_told_how_to_say_what_it_is(self, run_clean):
        ran = run_clean("-", stdin=b"Harga cabai naik.\n\nBaca Juga: Satu\n")
        assert ran.code == 1
        assert "--stdin-format txt, html" in ran.err

    @pytest.mark.parametrize(
        ("option", "key"),
        [("--url-field", "lnk"), ("--title-field", "jdl"), ("--id-field", "no"), ("--outlet-field", "[b]")],
    )
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_a_key_that_an_option_names_and_no_record_has_is_said(
        self, here, run_clean, monkeypatch, option, key, jobs
    ):
        monkeypatch.setattr(shards, "SHARD", 100)
        monkeypatch.setattr(one_run, "SHARD", 100)
        (here / "in.jsonl").write_bytes(lines(*[{"text": "Bersih."}] * 40))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", option, key, "--jobs", jobs)
        assert f"No record has a key {key!r}, which {option} names." in ran.err
        assert json.loads((here / "out.stats.json").read_bytes())["chosen"] == {f"{option} {key}": 0}
        (here / "in.jsonl").write_bytes(lines(*[{"text": "Bersih."}] * 40, {"text": "x", key: "y"}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", option, key, "--jobs", jobs)
        assert "No record" not in ran.err
        assert json.loads((here / "out.stats.json").read_bytes())["chosen"] == {f"{option} {key}": 1}

    def test_of_the_usual_keys_nothing_is_said(self, here, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": "Bersih."}))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--url-field", "url", "--title-field", "title")
        assert "No record" not in ran.err

    def test_a_key_that_holds_urls_or_headlines_is_named_where_the_usual_one_is_in_no_record(
        self, here, run_clean
    ):
        record = {
            "text": "Bersih.",
            "tautan": "https://kabar.example/1",
            "gambar": "https://kabar.example/1.jpg",
            "judul": "Harga Cabai Naik",
        }
        (here / "in.jsonl").write_bytes(lines(*[record] * 3))
        said = run_clean("in.jsonl", "-o", "out.jsonl").err
        assert "No record has a key 'url' (outlets are told by it). Did you mean --url-field tautan?" in said
        assert "Did you mean --title-field judul?" in said
        said = run_clean("in.jsonl", "-o", "out.jsonl", "--url-field", "tautan", "--title-field", "judul").err
        assert "No record" not in said

    def test_a_slip_in_a_chosen_key_is_told_the_one_that_is_there(self, here, run_clean):
        (here / "in.jsonl").write_bytes(b'{"text": "Bersih.", "link": "https:\\/\\/kabar.example\\/1"}\n')
        said = run_clean("in.jsonl", "-o", "out.jsonl", "--url-field", "linkk").err
        assert "a key 'linkk', which --url-field names. Did you mean --url-field link?" in said

    def test_of_several_keys_with_urls_none_is_said_to_be_meant(self, here, run_clean):
        record = {"text": "Bersih.", "link": "https://kabar.example/1", "amp": "https://kabar.example/1/amp"}
        (here / "in.jsonl").write_bytes(lines(record))
        said = run_clean("in.jsonl", "-o", "out.jsonl").err
        assert "'amp', 'link' hold urls: name one by --url-field." in said

    def test_nothing_is_said_where_any_record_has_the_usual_key(self, here, run_clean):
        record = {"text": "Bersih.", "link": "https://kabar.example/1", "judul": "Cabai Naik"}
        usual = {"text": "Bersih.", "url": None, "title": ""}
        (here / "in.jsonl").write_bytes(lines(*[record] * 30, usual))
        assert "No record" not in run_clean("in.jsonl", "-o", "out.jsonl").err

    def test_nor_where_all_is_read_off_pages_and_texts(self, here, run_clean):
        page = f"<title>Cabai</title><article>{'<p>Harga cabai turun pekan ini.</p>' * 9}</article>"
        (here / "in.jsonl").write_bytes(lines({"html": page, "link": "https://kabar.example/1"}))
        (here / "a.txt").write_text("Bersih.")
        for path, out in (("in.jsonl", "out.jsonl"), ("a.txt", "out")):
            ran = run_clean(path, "-o", out)
            assert ran.code == 0
            assert "No record" not in ran.err

    def test_one_more_host_is_named_and_several_are_counted(self, here, run_clean):
        def hosts(number):
            urls = (f"https://kabar{host}.example/1" for host in range(number))
            (here / "in.jsonl").write_bytes(lines(*({"text": "Bersih.", "url": url} for url in urls)))
            return run_clean("in.jsonl", "-o", "out.jsonl").err

        assert "  1 · kabar5.example\n" in hosts(6)
        assert "  … and 2 other hosts\n" in hosts(7)

    def test_records_without_a_host_are_counted_beside_those_with_one(self, here, run_clean):
        urls = [{"url": "https://kabar.example/1"}, {"url": "/2"}, {}]
        (here / "in.jsonl").write_bytes(lines(*({"text": "Bersih.", **url} for url in urls)))
        said = run_clean("in.jsonl", "-o", "out.jsonl").err
        by_host = said.split("Of no known outlet, by host:\n")[1].split("\n\n")[0].splitlines()
        assert by_host == ["  1 · kabar.example", "  2 · no url, or one without a host"]
        (here / "in.jsonl").write_bytes(lines({"text": "Bersih.", **urls[0]}))
        assert "no url" not in run_clean("in.jsonl", "-o", "out.jsonl").err

    @pytest.mark.parametrize(("number", "where"), [(1, "It is in out.jsonl,"), (2, "They are in out.jsonl,")])
    def test_one_is_no_several(self, here, pack, run_clean, number, where):
        (here / "in.jsonl").write_bytes(lines(*[{"text": FRAMED}] * number))
        options = ("--pack", pack, "--outlet", "contoh", "--certainty", "marked")
        said = run_clean("in.jsonl", "-o", "out.jsonl", *options).err
        assert where in said
        assert f"the rows of the cuts name {'it' if number == 1 else 'them'}." in said


class TestWithALedger:
    @pytest.fixture
    def ledger(self, here, run_clean):
        record = {"title": "Harga Beras Naik Lagi Pekan Ini", "text": "x", "url": "https://detik.com/1"}
        (here / "known.jsonl").write_bytes(lines(record))
        assert run_clean("ledger", "build", "known.jsonl", "-o", "l.ledger", "--quiet").code == 0
        return here / "l.ledger"

    def test_outlets_that_it_knows_nothing_of_are_named_with_what_to_do(self, here, ledger, run_clean):
        urls = ["detik.com", "viva.co.id", "viva.co.id", "kabar.example"]
        (here / "in.jsonl").write_bytes(lines(*({"text": "x", "url": f"https://{url}/1"} for url in urls)))
        ran = run_clean("in.jsonl", "-o", "out.jsonl", "--ledger", ledger)
        assert ran.code == 0
        (said,) = (line for line in ran.err.splitlines() if line.startswith("The ledger"))
        assert (
            "holds no article of viva (2 records), no known outlet (1 record): there it proves nothing"
            in said
        )
        assert f"clean ledger build DUMP -o {ledger}" in said
        assert json.loads((here / "out.stats.json").read_bytes())["not_in_ledger"] == {"viva": 2, "": 1}

    def test_nothing_is_said_where_it_knows_all(self, here, ledger, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": "x", "url": "https://detik.com/2"}))
        assert "ledger" not in run_clean("in.jsonl", "-o", "out.jsonl", "--ledger", ledger).err
        assert json.loads((here / "out.stats.json").read_bytes())["not_in_ledger"] == {}

    def test_a_run_into_parts_says_it_too(self, here, ledger, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": "x", "url": "https://viva.co.id/1"}))
        ran = run_clean("in.jsonl", "-o", f"file://{here}/out", "--ledger", ledger)
        assert "holds no article of viva (1 record)" in ran.err
        assert json.loads((here / "out/stats.json").read_bytes())["not_in_ledger"] == {"viva": 1}

    def test_one_without_titles_proves_nothing_and_that_is_said(self, here, run_clean):
        (here / "in.jsonl").write_bytes(lines({"text": "x", "judul": "Harga Beras Naik Lagi Pekan Ini"}))
        run_clean("ledger", "build", "in.jsonl", "-o", "l.ledger", "--quiet")
        said = run_clean("in.jsonl", "-o", "out.jsonl", "--ledger", "l.ledger").err
        assert "l.ledger holds no titles, so it proves nothing" in said

    def test_a_run_into_parts_uses_the_one_that_it_opened_whatever_takes_its_place(
        self, here, ledger, run_clean, monkeypatch
    ):
        (here / "in.jsonl").write_bytes(lines({"text": "x", "url": "https://detik.com/1"}))
        (here / "lain.jsonl").write_bytes(lines({"title": "Harga Cabai Turun Lagi Pekan Ini", "text": "x"}))
        assert run_clean("ledger", "build", "lain.jsonl", "-o", "lain.ledger", "--quiet").code == 0
        before = Ledger(ledger).header.sha256

        def replacing(found, counter):
            (here / "lain.ledger").replace(ledger)
            return counted_lines(found, counter)

        monkeypatch.setattr(run_parts, "counted_lines", replacing)
        ran = run_clean("in.jsonl", "-o", f"file://{here}/out", "--ledger", ledger, "-q")
        assert (ran.code, ran.err) == (0, "")
        assert json.loads((here / "out/stats.json").read_bytes())["ledger"] == before
        assert Ledger(ledger).header.sha256 != before
