"""Runs that write parts: to and from anywhere, taken up where they were, with the bytes of any other run."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import DUMP
from hypothesis import given
from hypothesis import strategies as st

from cleaner import CleanerError
from cleaner.extras import installing

fsspec = pytest.importorskip("fsspec", reason="parts need fsspec: pip install '.[ray]'")

from cleaner.dumps import elsewhere, part_files, tasks  # noqa: E402
from cleaner.dumps.elsewhere import Entry, LinesOf, Unreachable, explained, lines_begun, shown  # noqa: E402

pytestmark = pytest.mark.usefixtures("dump")
KINDS = (".jsonl", ".removed.jsonl", ".errors.jsonl")


@pytest.fixture
def store() -> Iterator[object]:
    """An object store in this process, empty."""
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]
    yield fs
    fs.store.clear()


def in_order(folder: Path, kind: str) -> bytes:
    """The files of this kind of all parts, one after the other."""
    names = sorted(path for path in folder.glob("part-*") if path.name.partition(".")[2] == kind[1:])
    return b"".join(path.read_bytes() for path in names)


def without_place(rows: bytes) -> list[dict[str, object]]:
    """Error rows without their place among the records, which a part counts from its own first one."""
    return [
        {key: value for key, value in json.loads(row).items() if key != "at"} for row in rows.splitlines()
    ]


def stats(path: Path) -> dict[str, object]:
    """What all runs over the same records count; of what lines `recurring` is a sample hangs on the parts."""
    found = json.loads(path.read_bytes())
    for outlet in (found, found["unknown"], *found["outlets"].values()):
        outlet.pop("run", None)
        outlet.pop("recurring", None)
    return found


class TestWhatIsWritten:
    @pytest.mark.parametrize("size", ["300B", "1kB", "4kB", "1MB"])
    def test_is_record_for_record_what_one_process_writes(self, here, run_clean, size):
        run_clean("run", "in.jsonl", "-o", "one.jsonl", "-q")
        assert run_clean("run", "in.jsonl", "-o", f"file://{here}/out", "--part-size", size, "-q").code == 1
        assert in_order(here / "out", ".jsonl") == (here / "one.jsonl").read_bytes()
        assert in_order(here / "out", ".removed.jsonl") == (here / "one.removed.jsonl").read_bytes()
        errors = in_order(here / "out", ".errors.jsonl")
        assert without_place(errors) == without_place((here / "one.errors.jsonl").read_bytes())
        assert b'"in.jsonl#' in in_order(here / "out", ".removed.jsonl")
        assert stats(here / "out/stats.json") == stats(here / "one.stats.json")
        assert len(list((here / "out").glob("part-*.done.json.gz"))) == max(
            1, round(len(DUMP) / {"300B": 300, "1kB": 1000, "4kB": 4000, "1MB": 10**6}[size])
        )

    def test_can_be_packed(self, here, run_clean):
        run_clean("run", "in.jsonl", "-o", "one.jsonl", "-q")
        run_clean(
            "run", "in.jsonl", "-o", f"file://{here}/out", "--out-format", "jsonl.gz", "--part-size", "2kB"
        )
        assert gzip.decompress(in_order(here / "out", ".jsonl.gz")) == (here / "one.jsonl").read_bytes()

    def test_is_the_same_from_packed_files_tables_texts_and_pages(self, here, run_clean):
        (here / "in").mkdir()
        (here / "in/b.jsonl.gz").write_bytes(gzip.compress(DUMP))
        (here / "in/c.csv").write_text('id,text\n1,"Satu.\n\nBaca Juga: Kisah"\n2,Dua.\n')
        (here / "in/d").mkdir()
        for number in range(9):
            (here / f"in/d/{number}.txt").write_text(f"Kalimat {number}.\n\nBaca Juga: Kisah\n\nAkhir.\n")
        page = (
            "<html><body><article><h1>Judul</h1><p>Kalimat yang panjang sekali.</p></article></body></html>"
        )
        (here / "in/e.html").write_text(page)
        (here / "in/catatan.md").write_text("x")
        named = ["in/b.jsonl.gz", "in/c.csv", *(f"in/d/{number}.txt" for number in range(9)), "in/e.html"]
        run_clean("run", *named, "-o", "one.jsonl", "-q")
        ran = run_clean("run", "in", "-o", f"file://{here}/out", "--part-size", "100B")
        assert "1 file with another ending (in/catatan.md) was not read." in ran.err
        ours, theirs = (
            [json.loads(line) for line in data.splitlines()]
            for data in (in_order(here / "out", ".jsonl"), (here / "one.jsonl").read_bytes())
        )
        # Of a folder, the id of a text is its path from there.
        assert [each.pop("id", "").rpartition("/")[2] for each in ours] == [
            each.pop("id", "").rpartition("/")[2] for each in theirs
        ]
        assert ours == theirs
        assert len(ours) == 60 + 2 + 9 + 1
        assert '"d/0"' in in_order(here / "out", ".removed.jsonl").decode()

    def test_goes_from_one_store_to_another_without_a_file_here(self, here, run_clean, store):
        run_clean("run", "in.jsonl", "-o", "one.jsonl", "-q")
        store.pipe("memory://mentah/2024/in.jsonl", DUMP)
        ran = run_clean(
            "run", "memory://mentah/*/in.jsonl", "-o", "memory://bersih/a/", "--part-size", "1kB", "-q"
        )
        assert ran.code == 1
        found = b"".join(store.cat(sorted(store.glob("memory://bersih/a/part-?????.jsonl"))).values())
        assert found == (here / "one.jsonl").read_bytes()
        rows = b"".join(store.cat(sorted(store.glob("memory://bersih/a/part-*.removed.jsonl"))).values())
        assert b'"memory://mentah/2024/in.jsonl#0"' in rows
        assert sorted(path.name for path in here.iterdir() if not path.name.startswith("one")) == ["in.jsonl"]

    def test_a_part_and_its_rows_can_be_restored(self, here, run_clean):
        (here / "in.jsonl").write_bytes(DUMP.replace(b"[]\n\n", b""))
        run_clean("run", "in.jsonl", "-o", f"file://{here}/out", "--part-size", "3kB", "-q")
        parts = sorted((here / "out").glob("part-?????.jsonl"))
        assert len(parts) > 1
        for part in parts:
            assert run_clean("restore", part, "-o", f"back-{part.name}").code == 0
        back = b"".join(Path(f"back-{part.name}").read_bytes() for part in parts)
        assert [json.loads(line) for line in back.splitlines()] == [
            json.loads(line) for line in (here / "in.jsonl").read_bytes().splitlines()
        ]


class TestLines:
    @given(
        st.lists(st.sampled_from([b"\n", b"x", b"abc", b"\r\n"]), max_size=40), st.integers(1, 9), st.data()
    )
    def test_each_begins_in_one_stretch_wherever_a_file_is_parted(self, tmp_path_factory, words, block, data):
        whole = b"".join(words)
        path = tmp_path_factory.mktemp("in") / "in.jsonl"
        path.write_bytes(whole)
        entry = Entry(str(path), len(whole), 0)
        cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=6)) | {0, len(whole)})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(elsewhere, "_SMALL_BLOCK", block)
            read, counts = [], []
            for start, end in pairwise(cuts):
                with LinesOf(entry, start, end) as lines:
                    read.append(b"".join(iter(lambda lines=lines: lines.read(block), b"")))
                counts.append(lines_begun(entry, start, end))
        assert b"".join(read) == whole
        assert counts == [each.count(b"\n") + (each[-1:] not in (b"\n", b"")) for each in read]


class TestTakingUp:
    def test_what_is_there_stays_as_it_is(self, here, run_clean):
        command = ("run", "in.jsonl", "-o", f"file://{here}/out", "--part-size", "1kB")
        run_clean(*command)
        before = {path.name: path.stat().st_mtime_ns for path in (here / "out").glob("part-*")}
        ran = run_clean(*command)
        assert "parts are in " in ran.err
        assert {path.name: path.stat().st_mtime_ns for path in (here / "out").glob("part-*")} == before

    def test_a_run_killed_at_any_writing_ends_with_the_same_bytes(self, here, run_clean, monkeypatch):
        def command(out: str) -> tuple[str, ...]:
            return ("run", "in.jsonl", "-o", f"file://{here}/{out}", "--part-size", "2kB", "-q")

        def written(out: str) -> dict[str, object]:
            paths = (here / out).iterdir()
            return {
                path.name: stats(path) if path.name == "stats.json" else path.read_bytes() for path in paths
            }

        class Killed(BaseException):
            pass

        run_clean(*command("whole"))
        expected = written("whole")
        put = elsewhere.put
        writings = 4 * sum(name.endswith(".done.json.gz") for name in expected) + 2
        assert writings > 12
        for last in range(writings):
            left = last

            def counted(file: Path, place: str) -> None:
                nonlocal left
                if not left:
                    raise Killed
                left -= 1
                put(file, place)

            with monkeypatch.context() as patch:
                patch.setattr(elsewhere, "put", counted)
                patch.setattr(part_files, "put", counted)
                with pytest.raises(Killed):
                    run_clean(*command(f"out{last}"))
            run_clean(*command(f"out{last}"))
            assert written(f"out{last}") == expected

    def test_a_part_without_its_mark_counts_for_nothing(self, here, run_clean):
        command = ("run", "in.jsonl", "-o", f"file://{here}/out", "--part-size", "2kB", "-q")
        run_clean(*command)
        expected = (here / "out/part-00001.jsonl").read_bytes()
        (here / "out/part-00001.done.json.gz").unlink()
        (here / "out/part-00001.jsonl").write_bytes(b"half")
        run_clean(*command)
        assert (here / "out/part-00001.jsonl").read_bytes() == expected

    def test_an_old_mark_never_vouches_for_what_is_written_new(self, here, run_clean, monkeypatch):
        command = ("run", "in.jsonl", "-o", f"file://{here}/out", "-q")
        run_clean(*command)
        mark = here / "out/part-00000.done.json.gz"
        told = json.loads(gzip.decompress(mark.read_bytes()))
        mark.write_bytes(gzip.compress(json.dumps(told | {"run": "another"}).encode()))
        seen = []

        def looking(file: Path, place: str) -> None:
            seen.append(mark.exists())
            elsewhere.put(file, place)

        monkeypatch.setattr(part_files, "put", looking)
        run_clean(*command)
        assert seen == [False] * 4
        assert mark.exists()

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--part-size", "1kB"), "--part-size was 2000, and is 1000"),
            (("--certainty", "marked"), "--certainty was inferred, and is marked"),
            (("--out-format", "jsonl.gz"), "--out-format was jsonl, and is jsonl.gz"),
        ],
    )
    def test_parts_of_another_run_are_neither_taken_nor_touched(self, here, run_clean, options, said):
        command = ("run", "in.jsonl", "-o", f"file://{here}/out", "--part-size", "2kB", "-q")
        run_clean(*command)
        before = {path.name: path.read_bytes() for path in (here / "out").iterdir()}
        ran = run_clean(*command, *options)
        assert ran.code == 2
        assert said in ran.err
        assert "--start-over" in ran.err
        assert {path.name: path.read_bytes() for path in (here / "out").iterdir()} == before
        assert run_clean(*command, *options, "--start-over").code == 1

    def test_a_file_that_was_written_to_is_another_run(self, here, run_clean, store):
        store.pipe("memory://in/a.jsonl", DUMP)
        run_clean("run", "memory://in/", "-o", "memory://out", "-q")
        store.pipe("memory://in/a.jsonl", DUMP.replace(b"Akhir", b"Tamat"))
        ran = run_clean("run", "memory://in/", "-o", "memory://out", "-q")
        assert ran.code == 2
        assert "memory://in/a.jsonl was written to" in ran.err

    def test_beginning_anew_deletes_what_the_run_wrote_and_nothing_else(self, here, run_clean):
        command = ("run", "in.jsonl", "-o", f"file://{here}/out", "-q")
        run_clean(*command, "--part-size", "500B")
        (here / "out/catatan.txt").write_text("milik saya")
        (here / "out/part-00001.jsonl.bak").write_text("milik saya")
        assert run_clean(*command, "--start-over").code == 1
        assert sorted(path.name for path in (here / "out").iterdir()) == [
            "catatan.txt",
            "part-00000.done.json.gz",
            "part-00000.errors.jsonl",
            "part-00000.jsonl",
            "part-00000.removed.jsonl",
            "part-00001.jsonl.bak",
            "run.json",
            "stats.json",
        ]

    def test_parts_that_no_run_speaks_of_are_left_alone(self, here, run_clean):
        (here / "out").mkdir()
        (here / "out/part-00000.jsonl").write_text("milik orang")
        ran = run_clean("run", "in.jsonl", "-o", f"file://{here}/out")
        assert ran.code == 2
        assert "no run.json that says of which run it is" in ran.err
        assert (here / "out/part-00000.jsonl").read_text() == "milik orang"


class TestFailures:
    def test_of_a_network_never_become_error_rows(self, here, run_clean, store, monkeypatch):
        store.pipe("memory://in/a.jsonl", DUMP)
        store.pipe("memory://in/b.jsonl.gz", gzip.compress(DUMP))
        cat, failing = type(store).cat_file, ["b.jsonl.gz"]

        def flaky(self: object, path: str, *args: object, **more: object) -> bytes:
            if failing and path.endswith(failing[0]):
                raise TimeoutError("the network is gone")
            return cat(self, path, *args, **more)

        monkeypatch.setattr(type(store), "cat_file", flaky)
        command = ("run", "memory://in/", "-o", "memory://out", "--part-size", "4kB")
        ran = run_clean(*command)
        assert ran.code == 2
        assert "(memory://in/b.jsonl.gz): memory://in/b.jsonl.gz can't be reached" in ran.err
        assert "the same command goes on from there" in ran.err
        assert not store.exists("memory://out/stats.json")
        failing.clear()
        assert run_clean(*command).code == 1
        told = json.loads(store.cat_file("memory://out/stats.json"))
        assert told["records"] == 120

    def test_a_file_that_is_written_to_meanwhile_gives_no_part(self, here, run_clean, store, monkeypatch):
        store.pipe("memory://in/a.jsonl", DUMP)
        check = part_files._check_unchanged

        def meddling(task: tasks.Task) -> None:
            store.pipe("memory://in/a.jsonl", DUMP.upper())
            check(task)

        monkeypatch.setattr(part_files, "_check_unchanged", meddling)
        ran = run_clean("run", "memory://in/a.jsonl", "-o", "memory://out")
        assert ran.code == 2
        assert "memory://in/a.jsonl was changed or went while it was read" in ran.err
        assert not store.glob("memory://out/part-*")

    def test_after_a_few_no_further_part_is_begun(self, here, run_clean, monkeypatch):
        made = []

        def broken(task: tasks.Task, *_: object) -> None:
            made.append(task.number)
            raise Unreachable("nothing works")

        from cleaner.dumps import cluster

        monkeypatch.setattr(cluster, "made_part", broken)
        ran = run_clean("run", "in.jsonl", "-o", f"file://{here}/out", "--part-size", "200B")
        assert ran.code == 2
        assert len(made) == cluster.MOST_FAILED
        assert f"{cluster.MOST_FAILED} parts could not be made" in ran.err
        assert "and 3 more" in ran.err


class TestErrors:
    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (FileNotFoundError("x"), "doesn't exist; check its name, and that of its bucket"),
            (PermissionError("Forbidden"), "access was denied"),
            (OSError("An error occurred (InvalidAccessKeyId)"), "access was denied"),
            (type("NoCredentialsError", (Exception,), {})("Unable"), "none were found"),
            (ImportError("install it"), "s3fs"),
            (TimeoutError("too long"), "can't be reached (TimeoutError: too long)"),
        ],
    )
    def test_name_the_place_and_what_to_do(self, error, said):
        with pytest.raises(CleanerError) as told, explained("s3://ember/a.jsonl"):
            raise error
        assert str(told.value).startswith("s3://ember/a.jsonl")
        assert said in str(told.value)

    @pytest.mark.parametrize(
        "message",
        [
            "aws_secret_access_key=RAHASIA is wrong",
            "token: RAHASIA",
            "GET https://host/a?X-Amz-Signature=RAHASIA&b=1 failed",
            "ftp://saya:RAHASIA@host/a refused",
            "AWSAccessKeyId=RAHASIA, Signature=RAHASIA",
        ],
    )
    def test_hold_no_secret(self, message):
        with pytest.raises(CleanerError) as told, explained("sftp://saya:RAHASIA@host/a?token=RAHASIA"):
            raise OSError(message)
        assert "RAHASIA" not in str(told.value)
        assert "sftp://host/a" in str(told.value)
        assert told.value.__cause__ is None

    def test_a_place_is_shown_as_it_is_where_it_holds_nothing_else(self):
        assert shown("s3://ember/a b.jsonl") == "s3://ember/a b.jsonl"
        assert shown("tanya?.jsonl") == "tanya?.jsonl"

    @pytest.mark.parametrize(
        ("missing", "arguments", "said", "packages"),
        [
            (
                "ray",
                ("in.jsonl", "-o", "out", "--engine", "ray"),
                "--engine ray needs ray, which isn't installed",
                ("ray", "fsspec"),
            ),
            (
                "fsspec.core",
                ("memory://in/a.jsonl", "-o", "memory://out"),
                "memory://out is read and written by fsspec, which isn't installed",
                ("fsspec",),
            ),
        ],
    )
    def test_say_what_to_install(self, here, run_clean, monkeypatch, missing, arguments, said, packages):
        monkeypatch.setitem(sys.modules, missing, None)
        ran = run_clean("run", *arguments)
        assert ran.code == 2
        assert f"{said}; install it with: {installing(*packages)} (nothing was written)" in ran.err
        assert ran.err.count("\n") == 1

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("memory://x/a.jsonl",), "give OUT"),
            (("memory://x/a.jsonl", "-o", "-"), "can't be written to standard output"),
            (("memory://x/a.jsonl", "-o", "memory://y/b.jsonl"), "looks like a file"),
            (("memory://x/", "-o", "memory://x/y"), "is inside memory://x/, which is read"),
            (("memory://x/a.jsonl", "-o", "memory://x"), "is inside memory://x, which is to be written"),
            (("memory://x/a.jsonl", "memory://x/", "-o", "memory://y"), "is given twice"),
            (("memory://x/b.jsonl", "-o", "memory://y"), "doesn't exist"),
            (("memory://x/a.bin", "-o", "memory://y"), "has an ending that doesn't tell"),
            (("nosuch://x/a.jsonl", "-o", "memory://y"), "begins with no protocol that is known"),
            (("-", "-o", "memory://y"), "standard input can't be shared out"),
            (("memory://x/a.jsonl", "-o", "memory://y", "--join-pages"), "--join-pages"),
            (("memory://x/a.jsonl", "-o", "memory://y", "--audit", "z"), "--audit"),
            (("memory://x/a.jsonl", "-o", "memory://y", "--out-format", "csv"), "parts are written as"),
            (("memory://x/a.jsonl", "-o", "memory://y", "--part-size", "much"), "--part-size"),
            (("in.jsonl", "-o", "out.jsonl", "--address", "auto"), "--engine ray"),
            (("in.jsonl", "-o", "out.jsonl", "--engine", "spark"), "is no engine"),
        ],
    )
    def test_of_a_command_come_before_anything_is_written(self, here, run_clean, store, arguments, said):
        store.pipe("memory://x/a.jsonl", DUMP)
        store.pipe("memory://x/a.bin", DUMP)
        ran = run_clean("run", *arguments)
        assert ran.code == 2
        assert said in " ".join(ran.err.replace("│", " ").split())
        assert sorted(store.store) == ["/x/a.bin", "/x/a.jsonl"]
        assert [path.name for path in here.iterdir()] == ["in.jsonl"]


class TestTasks:
    def files(self, *sizes: tuple[str, int]) -> list[tasks.File]:
        return [
            tasks.File(Entry(f"/in/{number}{ending}", size, 0), f"in/{number}{ending}", ending)
            for number, (ending, size) in enumerate(sizes)
        ]

    def made(self, *sizes: tuple[str, int]) -> list[list[tuple[str, int, int]]]:
        files = self.files(*sizes)
        lines = {place: [1] * len(each) for place, each in tasks.parted(files, 100).items()}
        return [
            [(each.file.name, each.start, each.end) for each in task.stretches]
            for task in tasks.tasks(files, 100, lines)
        ]

    def test_small_files_become_one_part_and_none_holds_much_more_than_it_may(self):
        assert self.made((".jsonl", 40), (".csv", 40), (".jsonl", 40)) == [
            [("in/0.jsonl", 0, 40), ("in/1.csv", 0, 40)],
            [("in/2.jsonl", 0, 40)],
        ]

    def test_only_plain_jsonl_is_parted(self):
        assert self.made((".jsonl", 200), (".jsonl.gz", 900)) == [
            [("in/0.jsonl", 0, 100)],
            [("in/0.jsonl", 100, 200)],
            [("in/1.jsonl.gz", 0, 900)],
        ]

    def test_a_stretch_knows_how_many_lines_begin_before_it(self):
        files = self.files((".jsonl", 300))
        found = list(tasks.tasks(files, 100, {"/in/0.jsonl": (7, 0, 5)}))
        assert [task.stretches[0].first for task in found] == [0, 7, 7]

    def test_so_many_files_are_a_part_at_most(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(tasks, "MOST_FILES", 3)
        assert [len(each) for each in self.made(*[(".txt", 0)] * 8)] == [3, 3, 2]
