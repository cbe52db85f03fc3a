"""The documentation: every command and block of code does what its page says, every link leads on."""

from __future__ import annotations

import re
import runpy
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from doc_pages import NO_CODE, RUN, Block, Reader, agrees, blocks_of, commands_of

from cleaner.pack import Pack
from cleaner.rules import Element, Hinted, Inline, Rule, Stray
from cleaner.templates import Template

PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
BLOCKS = [block for page in PAGES for block in blocks_of(page)]
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (?P<text>.+)$", re.M)
_FENCED = re.compile(r"^```.*?^```$", re.M | re.S)


@pytest.fixture(scope="module")
def reader_of() -> Iterator[Callable[[Path], Reader]]:
    """The reader of a page: one for all of its blocks."""
    readers: list[Reader] = []

    @cache
    def reader(path: Path) -> Reader:
        readers.append(Reader(path))
        return readers[-1]

    yield reader
    for each in readers:
        each.close()


@pytest.mark.parametrize(
    "block", [pytest.param(block, id=block.name) for block in BLOCKS if block.language not in NO_CODE]
)
def test_a_block_does_what_its_page_says(block: Block, reader_of: Callable[[Path], Reader]) -> None:
    if block.reason_to_skip:
        pytest.skip(block.reason_to_skip)
    reader_of(ROOT / block.page).read(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_has_no_code_that_is_not_run(page: Path) -> None:
    assert {block.language for block in blocks_of(page)} <= set(RUN)
    beside = _FENCED.sub("", page.read_text(encoding="utf-8"))
    assert "```" not in beside
    assert not re.search(r"\n\n {4,}[^\s*-]", beside), "code is indented; put it into a block with a language"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_pages_links_lead_to_files_and_headings_that_are_there(page: Path) -> None:
    for link in _LINK.finditer(_FENCED.sub("", page.read_text(encoding="utf-8"))):
        target, _, anchor = link["target"].partition("#")
        if "://" in target:
            continue
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), f"{link[0]} leads nowhere"
        assert not anchor or anchor in _anchors(path), f"{link[0]}: no heading is called so"


def _anchors(path: Path) -> set[str]:
    text = _FENCED.sub("", path.read_text(encoding="utf-8"))
    headings = (re.sub(r"[^\w\- ]", "", match["text"].lower()) for match in _HEADING.finditer(text))
    return {heading.replace(" ", "-") for heading in headings}


def test_every_page_is_named_in_the_list_of_pages(root: Path) -> None:
    index = root / "docs" / "README.md"
    linked = {
        (index.parent / link["target"]).resolve()
        for link in _LINK.finditer(index.read_text(encoding="utf-8"))
        if "://" not in link["target"]
    }
    assert set((root / "docs").rglob("*.md")) - {index} <= linked


def test_the_reference_is_as_the_code_is(root: Path) -> None:
    generator = runpy.run_path(str(root / "docs" / "generate.py"))
    for path, text in generator["pages"]().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is old; run `python docs/generate.py`"


def test_the_reference_has_every_name_of_the_package(root: Path) -> None:
    import cleaner

    generator = runpy.run_path(str(root / "docs" / "generate.py"))
    assert sorted(name for names in generator["GROUPS"].values() for name in names) == cleaner.__all__


# An element's literals and their guards are those of a rule; the page shows them there.
_AS_ABOVE = {Element: {"starts", "pattern", "first", "holds", "ends", "unless"}}


@pytest.mark.parametrize("schema", [Pack, Template, Rule, Element, Inline, Stray, Hinted])
def test_the_format_of_packs_shows_every_key(schema: Any, root: Path) -> None:
    blocks = blocks_of(root / "docs" / "reference" / "packs.md")
    packs = [tomllib.loads(block.code) for block in blocks if block.language == "toml"]
    rules = [rule for pack in packs for rule in pack.get("rule", [])]
    examples: dict[Any, list[dict[str, Any]]] = {
        Pack: packs,
        Template: [template for pack in packs for template in pack.get("html", [])],
        Rule: rules,
        Element: [element for rule in rules for element in rule.get("block", [])],
        Inline: [rule["inline"] for rule in rules if "inline" in rule],
        Stray: [rule["stray"] for rule in rules if "stray" in rule],
        Hinted: [rule["hint"] for rule in rules if "hint" in rule],
    }
    shown = {key for example in examples[schema] for key in example}
    assert shown >= set(schema.__struct_encode_fields__) - _AS_ABOVE.get(schema, set())


def test_the_readmes_first_example_is_the_seed_and_its_clean_text(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    before, after = (block.code for block in blocks_of(root / "README.md")[:2] if block.language == "text")
    name = re.search(r"viva/(000_\w+)\.txt", readme)
    assert name
    # Nobody sees a space that doesn't break, and an editor may lose it.
    source, golden = (
        (root / folder / "viva" / f"{name[1]}.txt").read_text(encoding="utf-8").replace("\xa0", " ")
        for folder in ("seeds", "golden")
    )
    rows = [line.partition("←") for line in before.splitlines()]
    assert agrees("\n".join(line for line, _, _ in rows) + "\n…", source)
    assert agrees(after + "\n…", golden)
    kept = [line.rstrip() for line, arrow, _ in rows if line.strip() and not arrow]
    assert kept == [line.rstrip() for line in after.splitlines() if line.strip()]


class TestHowPagesAreRead:
    """The reader that the tests above rely on."""

    @pytest.fixture
    def follow(self, tmp_path: Path) -> Iterator[Callable[[str], None]]:
        """Follows a page with this text to its end, in a folder of its own."""
        readers: list[Reader] = []

        def follow(text: str) -> None:
            path = tmp_path / "page.md"
            path.write_text(text, encoding="utf-8")
            readers.append(Reader(path))
            for block in blocks_of(path):
                readers[-1].read(block)

        yield follow
        for reader in readers:
            reader.close()

    def test_a_command_that_fails_is_noticed_wherever_it_stands(self, follow: Callable[[str], None]) -> None:
        with pytest.raises(AssertionError, match="ended with 1"):
            follow("```sh\nfalse\ntrue\n```")

    def test_what_a_command_prints_is_held_against_the_page(self, follow: Callable[[str], None]) -> None:
        follow("```console\n$ echo cabai; echo beras\ncabai\nberas\n```")
        with pytest.raises(AssertionError, match="and not"):
            follow("```console\n$ echo cabai\nberas\n```")

    def test_a_value_is_held_against_the_comment_behind_it(self, follow: Callable[[str], None]) -> None:
        follow("```python\nx = 'cabai'\nx.upper()  # 'CABAI'\n```")
        with pytest.raises(AssertionError, match="is 'cabai', not 'beras'"):
            follow("```python\n'cabai'  # 'beras'\n```")

    def test_blocks_of_python_share_their_names_and_commands_their_files(
        self, follow: Callable[[str], None]
    ) -> None:
        follow("```python\nx = 1\n```\n```python\nassert x == 1\n```")
        follow("```sh\necho cabai > a.txt\n```\n```console\n$ cat a.txt\ncabai\n```")

    def test_a_folder_that_is_gone_into_is_where_the_next_block_is_run(
        self, follow: Callable[[str], None]
    ) -> None:
        enter = "```sh\nmkdir warta && cd warta\n```\n"
        follow(f"{enter}```sh\necho cabai > a.txt\n```\n```sh\ntest -f ~/warta/a.txt\n```")
        follow(f"{enter}```python\nopen('a.txt', 'w').close()\n```\n```sh\ntest -f ~/warta/a.txt\n```")

    def test_a_block_of_one_command_has_a_shell_above_it(self, follow: Callable[[str], None]) -> None:
        follow("```sh\npython -c 'import os, sys; assert os.getppid() == int(sys.argv[1])' $$\n```")

    def test_a_dialogue_that_ends_otherwise_is_noticed(self, follow: Callable[[str], None]) -> None:
        with pytest.raises(AssertionError, match="Expected:\n    3\nGot:\n    2"):
            follow("```pycon\n>>> 1 + 1\n3\n```")

    def test_a_pack_without_proofs_is_noticed(self, follow: Callable[[str], None]) -> None:
        rule = '[[rule]]\nid = "x"\nkind = "prompt"\nwhy = "x"\nis = ["ikuti kami"]\n'
        with pytest.raises(AssertionError, match="removes"):
            follow(f'```toml\nformat = 1\noutlet = "warta"\n{rule}```')

    def test_dots_stand_for_any_words_or_any_lines(self) -> None:
        assert agrees("harga … turun", "harga cabai dan beras turun")
        assert agrees("satu\n…\nlima", "satu\ndua\ntiga\nlima")
        assert not agrees("harga … turun", "harga cabai naik")
        assert not agrees("satu\nlima", "satu\ndua\nlima")

    def test_a_command_can_go_on_in_the_next_line(self) -> None:
        assert list(commands_of("$ echo a \\\n  b\na b\n$ true\n")) == [
            ("echo a \\\n  b\n", "a b\n"),
            ("true\n", ""),
        ]
