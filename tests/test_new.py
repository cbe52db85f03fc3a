"""`clean new`: a new outlet begins with a pack that is sound as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Ran

from cleaner import Cleaner, Document, Outlet
from cleaner.brackets import read_proof
from cleaner.proofs import violations
from cleaner.readers.charset import decoded
from cleaner.registry import installed_outlets

Run = Callable[..., Ran]


def _all_paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_it_writes_a_pack_and_a_folder_for_samples_and_nothing_else(tmp_path: Path, run_clean: Run) -> None:
    assert run_clean("new", "contoh", "--root", tmp_path).code == 0
    assert _all_paths(tmp_path) == ["patterns", "patterns/contoh.toml", "seeds", "seeds/contoh"]


@pytest.mark.parametrize("hosts", [[], ["contoh.co.id"], ["contoh.co.id", "contoh.com"]])
def test_the_pack_passes_its_check_as_it_is(hosts: list[str], tmp_path: Path, run_clean: Run) -> None:
    options = [part for host in hosts for part in ("--host", host)]
    run_clean("new", "kabar-2", *options, "--root", tmp_path)
    pack = tmp_path / "patterns/kabar-2.toml"
    outlet = Outlet.from_file(pack)
    assert (outlet.id, list(outlet.hosts)) == ("kabar-2", hosts)
    assert violations(outlet, installed_outlets()) == []
    assert run_clean("check", pack).code == 0


def _with_example(pack: Path) -> Path:
    """The pack with its commented example made a rule."""
    text = pack.read_text(encoding="utf-8")
    head, rule = text[: text.index("# [[rule]]")], text[text.index("# [[rule]]") :]
    pack.write_text(head + re.sub("^# ?", "", rule, flags=re.M), encoding="utf-8")
    return pack


def test_the_pack_has_no_rule_before_somebody_writes_one(tmp_path: Path, run_clean: Run) -> None:
    run_clean("new", "contoh", "--root", tmp_path)
    assert Outlet.from_file(tmp_path / "patterns/contoh.toml").rules == ()


def test_its_example_is_a_sound_rule_once_the_comment_signs_are_gone(tmp_path: Path, run_clean: Run) -> None:
    run_clean("new", "contoh", "--root", tmp_path)
    outlet = Outlet.from_file(_with_example(tmp_path / "patterns/contoh.toml"))
    (rule,) = outlet.rules
    assert violations(outlet, installed_outlets()) == []
    result = Cleaner(outlet)(Document(read_proof(rule.removes[0]).text))
    assert [removal.rule for removal in result.removals] == [rule.id]


def test_the_steps_it_names_lead_to_a_settled_golden(
    tmp_path: Path, run_clean: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(tmp_path)
    out = run_clean("new", "contoh", "--host", "contoh.co.id").out
    Path("seeds/contoh/1.txt").write_text("Satu.\n\nBacaan berikut: Dua\n\nTiga.\n", encoding="utf-8")
    Path("seeds/contoh/1.toml").write_text('url = "https://contoh.co.id/1"\n', encoding="utf-8")
    _with_example(Path("patterns/contoh.toml"))
    assert _followed(out, run_clean) == [("explain", 0), ("check", 0), ("golden", 1), ("golden", 0)]
    assert Path("golden/contoh/1.txt").read_text(encoding="utf-8") == "Satu.\n\nTiga.\n"
    assert run_clean("golden", "check").code == 0


def _followed(out: str, run_clean: Run) -> list[tuple[str, int]]:
    """The commands that an answer names, run: each with its exit code, 1 where it shows a difference."""
    commands = [line.split()[1:] for line in out.splitlines() if line.lstrip().startswith("clean ")]
    return [(command[0], run_clean(*command).code) for command in commands]


def test_a_pack_that_is_there_is_left_as_it_is(tmp_path: Path, run_clean: Run) -> None:
    pack = tmp_path / "patterns/contoh.toml"
    pack.parent.mkdir()
    pack.write_text("milik orang", encoding="utf-8")
    ran = run_clean("new", "contoh", "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "contoh.toml is there already" in ran.err
    assert not (tmp_path / "seeds").exists()
    assert pack.read_text(encoding="utf-8") == "milik orang"


def test_samples_that_are_there_stay(tmp_path: Path, run_clean: Run) -> None:
    sample = tmp_path / "seeds/contoh/1.txt"
    sample.parent.mkdir(parents=True)
    sample.write_text("Satu.", encoding="utf-8")
    assert run_clean("new", "contoh", "--root", tmp_path).code == 0
    assert sample.read_text(encoding="utf-8") == "Satu."


@pytest.mark.parametrize(
    "arguments",
    [
        ["../contoh"],
        ["/contoh"],
        ["Contoh"],
        ["dua kata"],
        ['x"\nname = "y'],
        ["\\u0061"],
        ["."],
        [""],
        ["common"],
        ["viva"],
        ["contoh", "--host", "https://contoh.co.id"],
        ["contoh", "--host", "viva.co.id"],
        ["contoh", "--host", 'x"]\nsignatures = ["y'],
    ],
)
def test_an_id_or_host_that_is_no_good_is_refused_before_anything_is_written(
    arguments: list[str], tmp_path: Path, run_clean: Run
) -> None:
    root = tmp_path / "akar"
    ran = run_clean("new", *arguments, "--root", root)
    assert (ran.code, ran.out) == (2, "")
    assert "nothing was written" in ran.err.lower()
    assert _all_paths(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_a_usage_error(tmp_path: Path, run_clean: Run) -> None:
    (tmp_path / "seeds").write_text("", encoding="utf-8")
    ran = run_clean("new", "contoh", "--root", tmp_path)
    assert ran.code == 2
    assert str(tmp_path / "seeds") in ran.err
    assert _all_paths(tmp_path) == ["seeds"]


# ----------------------------------------------------------------------------- from a page or a dump

_LEAD = "WARTAKAMPUNG.CO.ID - Harga cabai rawit turun di pasar induk sejak Senin, kata para pedagang di sana."
_PARAGRAPHS = (
    _LEAD,
    "Bacaan berikut: Petani Bawang Menunggu Hujan Reda",
    "Pedagang berharap pasokan tetap lancar sampai akhir bulan, karena panen baru mulai di tiga kabupaten.",
    "Dinas perdagangan memantau harga setiap pagi dan mencatatnya di papan pengumuman di depan pasar.",
)
_PAGE = f"""<!doctype html><html lang="id"><head><meta charset=utf-8><title>Harga Cabai Turun di Pasar</title>
<link rel=canonical href="https://www.wartakampung.co.id/2026/01/harga-cabai-turun-di-pasar">
<meta property="og:site_name" content="Warta Kampung">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Harga Cabai Turun di Pasar",
"datePublished": "2026-01-12T08:30:00+07:00", "articleBody": "{_LEAD}"}}</script></head><body>
<nav><a href=/>Beranda</a></nav><h1 class="judul-berita">Harga Cabai Turun di Pasar</h1>
<div class="tanggal">Senin, 12 Januari 2026 08:30 WIB</div>
<div class="col-8 isi-berita" id="post-8812345">{"".join(f"<p>{each}</p>" for each in _PARAGRAPHS)}</div>
<footer>Hak cipta</footer></body></html>"""


def _record(host: str, text: str = "\n\n".join(_PARAGRAPHS), **more: str) -> dict[str, str]:
    return {"url": f"https://{host}/2026/01/harga", "text": text, **more}


def _dump(path: Path, *records: dict[str, str]) -> Path:
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    return path


def _made(root: Path) -> tuple[Outlet, dict[str, object]]:
    """The pack that was written, and what is told about the sample."""
    facts = tomllib.loads((root / "seeds/warta/1.toml").read_text(encoding="utf-8"))
    return Outlet.from_file(root / "patterns/warta.toml"), facts


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(_PAGE, encoding="utf-8")
    return path


def test_a_page_tells_the_pack_and_becomes_the_sample_byte_for_byte(
    page: Path, tmp_path: Path, run_clean: Run
) -> None:
    root = tmp_path / "akar"
    ran = run_clean("new", "warta", "--from", page, "--root", root)
    assert (ran.code, ran.err) == (0, "")
    assert _all_paths(root) == [
        "golden",
        "golden/warta",
        "golden/warta/1.txt",
        "patterns",
        "patterns/warta.toml",
        "seeds",
        "seeds/warta",
        "seeds/warta/1.html",
        "seeds/warta/1.toml",
    ]
    assert (root / "seeds/warta/1.html").read_bytes() == page.read_bytes()
    outlet, facts = _made(root)
    (template,) = outlet.templates
    assert outlet.hosts == ("wartakampung.co.id",)
    assert outlet.signatures == ("\nWARTAKAMPUNG.CO.ID -",)
    assert template.body == ("div.isi-berita",)
    assert template.title == ("h1.judul-berita",)
    assert template.published == ("div.tanggal",)
    assert facts == {"origin": "page.html"}
    assert run_clean("check", root / "patterns/warta.toml").code == 0


def test_a_golden_text_that_is_there_is_never_overwritten(page: Path, tmp_path: Path, run_clean: Run) -> None:
    root = tmp_path / "akar"
    run_clean("new", "warta", "--from", page, "--root", root)
    (root / "golden/warta/1.txt").write_text("Dibaca.", encoding="utf-8")
    for lost in ("1.html", "1.toml"):
        (root / "seeds/warta" / lost).unlink()
    assert run_clean("new", "warta", "--from", page, "--root", root).code == 0
    assert (root / "golden/warta/1.txt").read_text(encoding="utf-8") == "Dibaca."
    assert (root / "seeds/warta/2.html").exists()


def test_another_sample_that_is_broken_keeps_no_golden_text_from_being_begun(
    page: Path, tmp_path: Path, run_clean: Run
) -> None:
    root = tmp_path / "akar"
    (root / "seeds/warta").mkdir(parents=True)
    (root / "seeds/warta/lama.txt").write_text("Satu.", encoding="utf-8")
    (root / "seeds/warta/lama.toml").write_text("x = [", encoding="utf-8")
    assert "no golden text" not in run_clean("new", "warta", "--from", page, "--root", root).out
    assert _LEAD in (root / "golden/warta/1.txt").read_text(encoding="utf-8")


def test_to_begin_a_golden_text_no_other_sample_is_read(
    page: Path, tmp_path: Path, run_clean: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lain = tmp_path / "seeds/warta/lain.txt"
    lain.parent.mkdir(parents=True)
    lain.write_text("Satu.", encoding="utf-8")
    read: list[str] = []
    genuine = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path.name)
        return genuine(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    assert run_clean("new", "warta", "--from", page, "--root", tmp_path).code == 0
    assert "1.html" in read
    assert "lain.txt" not in read


def test_where_another_pack_is_broken_it_says_that_no_golden_text_was_begun(
    page: Path, tmp_path: Path, run_clean: Run
) -> None:
    (tmp_path / "patterns").mkdir()
    (tmp_path / "patterns/lama.toml").write_text("x = [", encoding="utf-8")
    ran = run_clean("new", "warta", "--from", page, "--root", tmp_path)
    assert ran.code == 0
    assert "no golden text was begun" in ran.out
    assert "lama.toml" in ran.out
    assert not (tmp_path / "golden").exists()


def test_the_golden_of_a_new_sample_is_all_of_its_text_and_settled_only_once_it_is_accepted(
    page: Path, tmp_path: Path, run_clean: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    root = tmp_path / "akar"
    run_clean("new", "warta", "--from", page, "--root", root)
    stub = (root / "golden/warta/1.txt").read_text(encoding="utf-8")
    assert _LEAD in stub
    assert "Bacaan berikut" in stub
    ran = run_clean("golden", "check", "--root", root)
    assert ran.code == 1, "nobody has read it, though nothing is cut yet"
    assert "warta/1 [sheet]" in ran.out
    _with_example(root / "patterns/warta.toml")
    ran = run_clean("golden", "check", "--root", root)
    assert ran.code == 1
    assert ran.out.count("warta/1 [") == 2
    assert run_clean("golden", "accept", "warta/1", "--root", root).code == 0
    assert run_clean("golden", "check", "--root", root).code == 0
    clean = (root / "golden/warta/1.txt").read_text(encoding="utf-8")
    assert _LEAD in clean
    assert "Bacaan berikut" not in clean


def test_an_element_that_only_a_number_names_is_found_by_what_is_around_it(
    page: Path, tmp_path: Path, run_clean: Run
) -> None:
    page.write_text(_PAGE.replace('class="col-8 isi-berita" ', ""), encoding="utf-8")
    assert run_clean("new", "warta", "--from", page, "--root", tmp_path).code == 0
    outlet, _ = _made(tmp_path)
    assert not any("8812345" in each for template in outlet.templates for each in template.body)


def test_a_page_that_names_no_address_gets_the_host_it_is_given(
    page: Path, tmp_path: Path, run_clean: Run
) -> None:
    page.write_text(_PAGE.replace("<link rel=canonical", "<link rel=lain"), encoding="utf-8")
    ran = run_clean("new", "warta", "--from", page, "--host", "warta.example", "--root", tmp_path)
    assert ran.code == 0
    assert _made(tmp_path)[0].hosts == ("warta.example",)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("www.wartakampung.co.id", "www.viva.co.id", "'viva', which is installed"),
        (_PAGE, "<!doctype html><html><body><p>Segera.</p></body></html>", "without an article"),
        (_PAGE, "%PDF-1.4", "is a PDF"),
        (_PAGE, "", "is empty"),
    ],
)
def test_a_page_that_nothing_can_begin_with_is_refused_with_the_reason(
    was: str, now: str, told: str, page: Path, tmp_path: Path, run_clean: Run
) -> None:
    page.write_text(_PAGE.replace(was, now), encoding="utf-8")
    ran = run_clean("new", "warta", "--from", page, "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "nothing was written" in ran.err
    assert _all_paths(tmp_path) == ["page.html"]


def test_of_a_dump_one_article_becomes_the_sample(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(
        tmp_path / "dump.jsonl",
        _record("www.warta.co.id", "WARTA.CO.ID – Satu."),
        _record("jatim.warta.co.id", "WARTA.CO.ID – Satu.\n\nDua.", title='Harga "Cabai" \x7f Turun 🌶'),
        _record("www.warta.co.id", "WARTA.CO.ID – Satu.\n\nDua.\n\nTiga."),
    )
    ran = run_clean("new", "warta", "--from", dump, "--root", tmp_path)
    assert (ran.code, ran.err) == (0, "")
    outlet, facts = _made(tmp_path)
    assert outlet.hosts == ("warta.co.id",)
    assert outlet.signatures == ("\nWARTA.CO.ID –",)
    assert (tmp_path / "seeds/warta/1.txt").read_text(encoding="utf-8") == "WARTA.CO.ID – Satu.\n\nDua."
    assert facts == {
        "origin": "dump.jsonl",
        "url": "https://jatim.warta.co.id/2026/01/harga",
        "title": 'Harga "Cabai" \x7f Turun 🌶',
    }


def test_a_host_chooses_among_the_outlets_of_a_dump(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path / "dump.jsonl", _record("warta.co.id"), _record("kabar.example", "Lain."))
    ran = run_clean("new", "warta", "--from", dump, "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "kabar.example (1), warta.co.id (1); say which one it is with --host" in ran.err
    assert run_clean("new", "warta", "--from", dump, "--host", "warta.co.id", "--root", tmp_path).code == 0
    assert "pedagang" in (tmp_path / "seeds/warta/1.txt").read_text(encoding="utf-8")


def test_articles_of_installed_outlets_are_left_out(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path / "dump.jsonl", _record("www.viva.co.id"), _record("warta.co.id"))
    assert run_clean("new", "warta", "--from", dump, "--root", tmp_path).code == 0
    assert _made(tmp_path)[0].hosts == ("warta.co.id",)


def test_a_host_that_no_article_is_on_is_told(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path / "dump.jsonl", _record("warta.co.id"), {"url": "x"})
    ran = run_clean("new", "warta", "--from", dump, "--host", "kabar.example", "--root", tmp_path)
    assert ran.code == 2
    assert (f"no article of {dump} is on kabar.example; most are on warta.co.id (1); 1 unreadable") in ran.err
    assert _all_paths(tmp_path) == ["dump.jsonl"]


def test_an_article_of_a_dump_without_a_url_is_on_no_host(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path / "dump.jsonl", {"text": "Lain."}, {"text": "Asing."})
    options = ("--from", dump, "--host", "warta.co.id", "--root", tmp_path)
    ran = run_clean("new", "warta", *options)
    assert (ran.code, ran.out) == (2, "")
    assert "is on warta.co.id; 2 articles have no url (--url-field names" in ran.err
    _dump(dump, {"text": "Lain."}, _record("jatim.warta.co.id"), {"text": "Asing."})
    assert run_clean("new", "warta", *options).code == 0
    assert _LEAD in (tmp_path / "seeds/warta/1.txt").read_text(encoding="utf-8")


def test_for_a_pack_that_is_there_its_signatures_tell_an_article_without_a_url(
    tmp_path: Path, run_clean: Run
) -> None:
    pack = tmp_path / "patterns/warta.toml"
    pack.parent.mkdir()
    pack.write_text(
        'format = 1\noutlet = "warta"\nhosts = ["warta.co.id"]\nsignatures = ["wartakampung.co.id -"]\n',
        encoding="utf-8",
    )
    dump = _dump(tmp_path / "dump.jsonl", {"text": "Lain."}, {"text": _LEAD}, {"text": "Asing."})
    assert run_clean("new", "warta", "--from", dump, "--root", tmp_path).code == 0
    assert (tmp_path / "seeds/warta/1.txt").read_text(encoding="utf-8") == _LEAD


def test_a_host_that_many_outlets_share_goes_into_no_pack(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path / "dump.jsonl", _record("www.youtube.com"), _record("warta.co.id"))
    ran = run_clean("new", "warta", "--from", dump, "--host", "youtube.com", "--root", tmp_path)
    assert (ran.code, _made(tmp_path)[0].hosts) == (0, ())
    assert "  hosts      none: youtube.com is shared by many outlets, so it tells none" in ran.out
    ran = run_clean("new", "kabar", "--host", "youtube.com", "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "youtube.com is shared by many outlets, so it tells none; records need an outlet" in ran.err


def test_a_sub_domain_that_a_platform_lends_is_its_outlets_own(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path / "dump.jsonl", _record("warta.blogspot.com"))
    assert run_clean("new", "warta", "--from", dump, "--root", tmp_path).code == 0
    assert _made(tmp_path)[0].hosts == ("warta.blogspot.com",)
    _dump(dump, _record("warta.blogspot.com"), _record("kabar.blogspot.com"))
    ran = run_clean("new", "kabar", "--from", dump, "--root", tmp_path)
    assert "kabar.blogspot.com (1), warta.blogspot.com (1); say which one" in ran.err


def test_a_record_that_holds_a_page_becomes_a_page(tmp_path: Path, run_clean: Run) -> None:
    record = {"link": "https://m.warta.co.id/1", "laman": _PAGE.replace("charset=utf-8", "charset=utf-16")}
    dump = _dump(tmp_path / "dump.jsonl", record)
    fields = ("--html-field", "laman", "--url-field", "link")
    assert run_clean("new", "warta", "--from", dump, *fields, "--root", tmp_path).code == 0
    assert decoded((tmp_path / "seeds/warta/1.html").read_bytes()) == record["laman"]
    assert _made(tmp_path)[1]["url"] == "https://m.warta.co.id/1"


def test_a_signature_that_another_outlet_has_is_not_guessed(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path / "dump.jsonl", _record("kompas.example", "KOMPAS.TV - Satu."))
    assert run_clean("new", "warta", "--from", dump, "--root", tmp_path).code == 0
    assert _made(tmp_path)[0].signatures == ()


def test_a_dateline_in_brackets_is_a_signature_that_others_texts_lack(tmp_path: Path, run_clean: Run) -> None:
    openings = ("Sukatani (Warta.co.id) – ", "Sukatani (\nWarta.co.id\n)\n– ", "WARTA.CO.ID - ")
    ours = [_record("warta.co.id", f"{opening}{_LEAD}") for opening in openings]
    dump = _dump(tmp_path / "dump.jsonl", _record("kabar.example", f"(WARTA.CO.ID) - {_LEAD}"), *ours)
    ran = run_clean("new", "warta", "--from", dump, "--host", "warta.co.id", "--root", tmp_path)
    assert ran.code == 0
    assert set(_made(tmp_path)[0].signatures) == {"(\nWarta.co.id\n)\n–", "\nWARTA.CO.ID -"}
    assert "'(\\nWarta.co.id\\n)\\n–'" in ran.out
    assert run_clean("check", tmp_path / "patterns/warta.toml").code == 0


def test_where_all_that_was_seen_is_on_a_sub_domain_the_domain_is_told(
    tmp_path: Path, run_clean: Run
) -> None:
    dump = _dump(tmp_path / "dump.jsonl", _record("jatim.warta.co.id"))
    ran = run_clean("new", "warta", "--from", dump, "--root", tmp_path)
    assert "  hosts      jatim.warta.co.id; for all of its sub-domains, write warta.co.id\n" in ran.out
    dump = _dump(tmp_path / "dump.jsonl", _record("warta.example"))
    ran = run_clean("new", "warta-2", "--from", dump, "--root", tmp_path)
    assert "  hosts      warta.example\n" in ran.out


def test_a_host_that_another_pack_of_the_project_has_is_refused(
    page: Path, tmp_path: Path, run_clean: Run
) -> None:
    run_clean("new", "warta", "--from", page, "--root", tmp_path)
    before = _all_paths(tmp_path)
    for options in (("--from", page), ("--host", "wartakampung.co.id")):
        ran = run_clean("new", "warta-2", *options, "--root", tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "host 'wartakampung.co.id' belongs to outlet 'warta'; to add a sample for that" in ran.err
        assert "clean new warta" in ran.err
    assert _all_paths(tmp_path) == before


def test_a_host_of_an_installed_outlet_needs_no_pack(tmp_path: Path, run_clean: Run) -> None:
    ran = run_clean("new", "warta", "--host", "viva.co.id", "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "host 'viva.co.id' belongs to outlet 'viva'; it is installed" in ran.err


@pytest.mark.parametrize(
    ("given", "such_as"),
    [("Warta Kota", ", such as 'warta-kota'"), ("../warta", ", such as 'warta'"), ("", ""), ("é", "")],
)
def test_what_can_be_no_id_is_refused_with_one_that_can(
    given: str, such_as: str, tmp_path: Path, run_clean: Run
) -> None:
    ran = run_clean("new", given, "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"clean: {given!r} can't be an outlet's id; use small letters, digits and single hyphens{such_as}. "
        "Nothing was written\n"
    )
    assert _all_paths(tmp_path) == []


def test_a_dump_with_other_keys_is_refused_with_the_options_that_name_them(
    tmp_path: Path, run_clean: Run
) -> None:
    dump = _dump(tmp_path / "dump.jsonl", {"isi": "Satu."})
    ran = run_clean("new", "warta", "--from", dump, "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "name them with --text-field or --html-field" in ran.err
    dump.write_text("bukan JSON\n", encoding="utf-8")
    assert "--text-field" not in run_clean("new", "warta", "--from", dump, "--root", tmp_path).err


def test_samples_that_are_there_are_not_written_over(page: Path, tmp_path: Path, run_clean: Run) -> None:
    (tmp_path / "seeds/warta").mkdir(parents=True)
    (tmp_path / "seeds/warta/1.txt").write_text("Satu.", encoding="utf-8")
    assert run_clean("new", "warta", "--from", page, "--root", tmp_path).code == 0
    assert sorted(path.name for path in (tmp_path / "seeds/warta").iterdir()) == ["1.txt", "2.html", "2.toml"]


@pytest.mark.parametrize("name", ["hilang.html", "-", "page.docx"])
def test_what_is_no_page_and_no_dump_is_a_usage_error(name: str, tmp_path: Path, run_clean: Run) -> None:
    ran = run_clean("new", "warta", "--from", name, "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert _all_paths(tmp_path) == []


def test_what_a_hostile_page_says_stays_text(page: Path, tmp_path: Path, run_clean: Run) -> None:
    hostile = _PAGE.replace("Warta Kampung", '"]\nhosts = ["viva.co.id').replace(
        'class="col-8 isi-berita"', "class=\"x'] isi\x1b[31m\" data-x='\"]\n[[rule]]'"
    )
    page.write_text(hostile.replace("post-8812345", 'a"]#b'), encoding="utf-8")
    ran = run_clean("new", "warta", "--from", page, "--root", tmp_path)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert _made(tmp_path)[0].hosts == ("wartakampung.co.id",)


# ----------------------------------------------------------------------------- a sample for a pack

_CALL = "Simak kabar panen setiap pagi di buletin Warta Kampung"


def _mined(folder: Path, run_clean: Run) -> tuple[Path, bytes]:
    """A dump, half of whose articles end in a call, and the pack that was mined from it, as it stands."""
    texts = [f"{text}\n\n{_CALL}" if at % 2 else text for at, text in enumerate(_texts())]
    records = [_record("www.warta.example", text, title=f"Kabar {at}") for at, text in enumerate(texts)]
    dump = _dump(folder / "dump.jsonl", *records)
    pack = folder / "patterns/warta.toml"
    assert run_clean("mine", dump, "--outlet", "warta", "-o", pack).code == 0
    return dump, pack.read_bytes()


def _texts() -> Iterator[str]:
    for day in range(1, 31):
        yield "\n\n".join(
            f"Pedagang di pasar {place} menjual {day * size} karung cabai kepada warga pada hari ke-{day}."
            for size, place in enumerate(("Sukatani", "Wanasari", "Tirtajaya"), 3)
        )


def test_from_a_mined_pack_the_steps_lead_to_a_settled_golden(
    tmp_path: Path, run_clean: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(tmp_path)
    dump, written = _mined(tmp_path, run_clean)
    ran = run_clean("new", "warta", "--from", dump)
    assert ran.code == 0
    assert Path("patterns/warta.toml").read_bytes() == written
    assert f"kept    {Path('patterns/warta.toml')}, as it is" in ran.out
    assert _followed(ran.out, run_clean) == [("explain", 0), ("check", 0), ("golden", 1), ("golden", 0)]
    assert run_clean("golden", "check").code == 0


def test_the_sample_for_a_pack_shows_what_its_rules_do(tmp_path: Path, run_clean: Run) -> None:
    dump, _ = _mined(tmp_path, run_clean)
    run_clean("new", "warta", "--from", dump, "--root", tmp_path)
    assert _CALL in (tmp_path / "seeds/warta/1.txt").read_text(encoding="utf-8")


def test_no_article_becomes_a_sample_twice(page: Path, tmp_path: Path, run_clean: Run) -> None:
    dump, _ = _mined(tmp_path, run_clean)
    for _ in range(2):
        assert run_clean("new", "warta", "--from", dump, "--root", tmp_path).code == 0
    one, two = ((tmp_path / f"seeds/warta/{number}.txt").read_bytes() for number in (1, 2))
    assert one != two
    root = tmp_path / "akar"
    assert run_clean("new", "warta", "--from", page, "--root", root).code == 0
    ran = run_clean("new", "warta", "--from", page, "--root", root)
    assert (ran.code, ran.out) == (2, "")
    assert "among the samples already" in ran.err


def test_a_sample_that_would_not_be_recognised_is_told_with_the_remedy(
    tmp_path: Path, run_clean: Run
) -> None:
    run_clean("new", "warta", "--root", tmp_path)
    dump = _dump(tmp_path / "dump.jsonl", {"text": "Harga cabai turun."})
    ran = run_clean("new", "warta", "--from", dump, "--root", tmp_path)
    assert ran.code == 0
    assert "1.txt would fail its test: recognised as 'common'" in ran.out
    assert "mend the pack's signatures" in ran.out


def test_records_can_name_the_outlet_that_a_sample_is_wanted_of(tmp_path: Path, run_clean: Run) -> None:
    run_clean("new", "warta", "--root", tmp_path)
    records = [{"text": f"Kabar {source}.", "source": source} for source in ("lain", "warta", "lain")]
    dump = _dump(tmp_path / "dump.jsonl", *records)
    ran = run_clean("new", "warta", "--from", dump, "--outlet-field", "source", "--root", tmp_path)
    assert ran.code == 0
    assert (tmp_path / "seeds/warta/1.txt").read_text(encoding="utf-8") == "Kabar warta."


@pytest.mark.parametrize("text", ["milik orang", 'format = 1\noutlet = "lain"\n'])
def test_a_pack_that_is_broken_or_another_outlets_gets_no_sample(
    text: str, page: Path, tmp_path: Path, run_clean: Run
) -> None:
    pack = tmp_path / "patterns/warta.toml"
    pack.parent.mkdir()
    pack.write_text(text, encoding="utf-8")
    ran = run_clean("new", "warta", "--from", page, "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert str(pack) in ran.err
    assert not (tmp_path / "seeds").exists()


def test_a_name_of_records_that_is_no_id_stands_for_the_id_that_comes_nearest(
    tmp_path: Path, run_clean: Run
) -> None:
    records = [{"text": f"Kabar {source}.", "source": source} for source in ("yt_lain", "yt_warta")]
    dump = _dump(tmp_path / "dump.jsonl", *records)
    options = ("--from", dump, "--outlet-field", "source", "--root", tmp_path)
    ran = run_clean("new", "yt_warta", *options)
    assert ran.code == 2
    assert "such as 'yt-warta' (which finds the records with 'yt_warta' under 'source', too)" in ran.err
    assert run_clean("new", "yt-warta", *options).code == 0
    assert (tmp_path / "seeds/yt-warta/1.txt").read_text(encoding="utf-8") == "Kabar yt_warta."


def test_the_tests_are_begun_by_the_python_that_has_the_package(tmp_path: Path, run_clean: Run) -> None:
    assert "`python -m pytest` in " in run_clean("new", "warta", "--root", tmp_path).out


# ------------------------------------------------------------------------- the article that is chosen


def _mixed(path: Path) -> Path:
    """A dump of two outlets and an installed one."""
    return _dump(
        path,
        _record("www.warta.co.id", "Satu.", id="w-1"),
        _record("kabar.example", "Kabar.", id="k-1"),
        _record("jatim.warta.co.id", "Satu.\n\nDua.", id="w-2"),
        _record("www.viva.co.id", "Viva.", id="v-1"),
        _record("www.warta.co.id", "Satu.\n\nDua.\n\nTiga.", id="w-3"),
    )


def _sample(root: Path, number: int = 1) -> str:
    return (root / f"seeds/warta/{number}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "named", [["DUMP#w-3"], ["DUMP", "--id", "w-3"], ["DUMP#4"], ["DUMP", "--id", "dump.jsonl#4"]]
)
def test_a_person_chooses_the_sample_as_explain_is_told_the_record(
    named: list[str], tmp_path: Path, run_clean: Run
) -> None:
    dump = _mixed(tmp_path / "dump.jsonl")
    named = [each.replace("DUMP", str(dump)) for each in named]
    ran = run_clean("new", "warta", "--from", *named, "--root", tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert _sample(tmp_path) == "Satu.\n\nDua.\n\nTiga."
    assert f"seeds/warta/1.txt, the article {dump}#w-3\n" in ran.out


def test_the_domain_of_the_chosen_article_is_the_outlets(tmp_path: Path, run_clean: Run) -> None:
    dump = _mixed(tmp_path / "dump.jsonl")
    assert run_clean("new", "warta", "--from", f"{dump}#w-2", "--root", tmp_path).code == 0
    assert _made(tmp_path)[0].hosts == ("warta.co.id",)


def test_the_article_that_was_taken_says_its_address_so_that_another_can_be_chosen(
    tmp_path: Path, run_clean: Run
) -> None:
    dump = _dump(tmp_path / "dump.jsonl", _record("warta.co.id", "Satu."))
    assert f", the article {dump}#0\n" in run_clean("new", "warta", "--from", dump, "--root", tmp_path).out


def test_an_article_is_chosen_behind_the_many_that_are_looked_at(tmp_path: Path, run_clean: Run) -> None:
    records = (_record("warta.co.id", f"Paragraf {number}.", nomor=str(number)) for number in range(250))
    dump = _dump(tmp_path / "dump.jsonl", *records)
    chosen = ("--id", "249", "--id-field", "nomor")
    assert run_clean("new", "warta", "--from", dump, *chosen, "--root", tmp_path).code == 0
    assert _sample(tmp_path) == "Paragraf 249."


def test_for_a_pack_that_is_there_a_sample_is_chosen_too(tmp_path: Path, run_clean: Run) -> None:
    dump = _mixed(tmp_path / "dump.jsonl")
    for number, text in ((3, "Satu.\n\nDua.\n\nTiga."), (1, "Satu.")):
        assert run_clean("new", "warta", "--from", f"{dump}#w-{number}", "--root", tmp_path).code == 0
        assert _sample(tmp_path, 2 if number == 1 else 1) == text


def test_a_page_of_a_folder_is_chosen_by_its_id(page: Path, tmp_path: Path, run_clean: Run) -> None:
    pages = tmp_path / "halaman"
    pages.mkdir()
    for name in ("satu", "dua"):
        (pages / f"{name}.html").write_text(_PAGE.replace("Hak cipta", name), encoding="utf-8")
    for name in ("satu", "dua"):
        root = tmp_path / name
        assert run_clean("new", "warta", "--from", f"{pages}#{name}", "--root", root).code == 0
        assert name in (root / "seeds/warta/1.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--from", "DUMP#w-9"], "no record with the id 'w-9', and none in that place; near it: 'w-"),
        (["--from", "DUMP#v-1"], "dump.jsonl#v-1 is of 'viva', which is installed"),
        (["--from", "DUMP#k-1", "--host", "warta.co.id"], "#k-1 is on another host than warta.co.id"),
        (["--from", "DUMP#5"], "dump.jsonl#5 is a list, not a JSON object"),
        (["--id", "w-1"], "--id w-1 names a record of what --from names"),
        (["--from", "PAGE#w-1"], "page.html is one article without records"),
    ],
)
def test_an_article_that_can_not_be_chosen_is_refused_with_the_reason(
    arguments: list[str], told: str, page: Path, tmp_path: Path, run_clean: Run
) -> None:
    dump = _mixed(tmp_path / "dump.jsonl")
    dump.write_text(dump.read_text() + "[]\n")
    arguments = [each.replace("DUMP", str(dump)).replace("PAGE", str(page)) for each in arguments]
    ran = run_clean("new", "warta", *arguments, "--root", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "othing was written" in ran.err
    assert _all_paths(tmp_path) == ["dump.jsonl", "page.html"]


def test_a_chosen_article_that_is_a_sample_already_is_not_taken_again(tmp_path: Path, run_clean: Run) -> None:
    dump = _mixed(tmp_path / "dump.jsonl")
    again = ("new", "warta", "--from", f"{dump}#w-1", "--root", tmp_path)
    assert run_clean(*again).code == 0
    ran = run_clean(*again)
    assert ran.code == 2
    assert "dump.jsonl#w-1 is among the samples already; nothing was written" in ran.err
