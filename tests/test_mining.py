"""Mining: rules for what recurs on an outlet's pages, with proofs, and none for what its stories share."""

from __future__ import annotations

import io
import json
import random
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import regex
from conftest import Ran, assert_sound
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cleaner import Document, Outlet
from cleaner.cli.review import review
from cleaner.kinds import Kind
from cleaner.mining.brackets import form_of, pattern_of
from cleaner.mining.forms import is_name, is_prose
from cleaner.mining.miner import Mined, MinedRule, mine, mined_of
from cleaner.mining.sample import Sampler
from cleaner.mining.trial import cleaner_of
from cleaner.mining.writing import pack_text, proof, string
from cleaner.pack import parse_pack
from cleaner.proofs import violations
from cleaner.rules import Rule

Run = Callable[..., Ran]

_SUBJECTS = ("Petani", "Pedagang", "Nelayan", "Guru", "Perawat", "Sopir", "Penjahit", "Warga", "Peternak")
_VERBS = ("menjual", "membawa", "mencari", "menunggu", "memperbaiki", "menanam", "mengirim", "menghitung")
_THINGS = ("cabai", "beras", "ikan", "jaring", "buku", "obat", "kain", "bata", "madu", "garam", "rotan")
_PLACES = ["Karangmulya", "Sukatani", "Wanasari", "Tirtajaya", "Bojongsalam", "Rawakidul"]
_NAMES = ["Sari Wulan", "Bayu Tirta", "Rina Kusuma", "Dewa Laksana", "Tono Wirya"]


_FIVE_HEADLINES = [
    "{other} Hari Ke-{n}",
    "Stok {other} Aman",
    "Warga Tunggu {other} Lagi",
    "Dinas Pantau {other} Terus",
    "Tanya Jawab: {other}",
]


def _sentence(chance: random.Random) -> str:
    pick = chance.choice
    return (
        f"{pick(_SUBJECTS)} di {pick(_PLACES)} {pick(_VERBS)} {chance.randint(2, 900)} karung "
        f"{pick(_THINGS)} dan {pick(_VERBS)} {pick(_THINGS)} untuk {pick(_SUBJECTS).lower()} "
        f"dari {pick(_PLACES)}."
    )


def _story(number: int, paragraphs: int = 4) -> list[str]:
    """The paragraphs of a story of its own, the same whenever it is asked for."""
    chance = random.Random(number)
    return [" ".join(_sentence(chance) for _ in range(2)) for _ in range(paragraphs)]


def _mined(texts: Sequence[str], least: int = 3) -> Mined:
    return mine([Document(text) for text in texts], "contoh", least)


def _left(mined: Mined, text: str) -> str:
    """What the mined pack leaves of a text."""
    result = cleaner_of(mined.outlet, [each.rule for each in mined.rules])(Document(text))
    assert_sound(text, result)
    return result.text.strip()


def _framed(
    head: Sequence[str] = (),
    middle: Sequence[str] = (),
    foot: Sequence[str] = (),
    articles: int = 40,
    every: int = 1,
) -> tuple[list[str], list[str]]:
    """Articles with these lines around and inside stories of their own; and the stories alone.

    `{name}`, `{n}` and `{other}` in a line are the reporter, the article's number and another story's words.
    One in `every` articles has the lines.
    """
    texts, stories = [], []
    for number in range(articles):
        story = _story(number)
        filled = [
            [
                line.format(
                    name=_NAMES[number % len(_NAMES)],
                    n=number,
                    other=f"Harga {_THINGS[number % len(_THINGS)].title()} Naik di {_PLACES[number % 6]}",
                )
                for line in lines
            ]
            for lines in ((head, middle, foot) if number % every == 0 else ((), (), ()))
        ]
        texts.append("\n".join([*filled[0], *story[:2], *filled[1], *story[2:], *filled[2]]))
        stories.append("\n".join(story))
    return texts, stories


def _assert_leaves_the_stories(texts: Sequence[str], stories: Sequence[str]) -> Mined:
    """What is mined from the first three quarters cleans the rest, which it has not seen."""
    seen = len(texts) * 3 // 4
    mined = _mined(texts[:seen])
    assert [_left(mined, text) for text in texts[seen:]] == list(stories[seen:])
    return mined


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(
    ("head", "middle", "foot"),
    [
        ([], [], ["Saksikan live Contoh Sore dari studio kami"]),
        ([], ["Ikuti kabar Warta Contoh lewat saluran WhatsApp kami"], []),
        ([], [], ["Penyunting: {name}"]),
        ([], [], ["Sumber: Dinas {name}"]),
        (["LAPORAN WARTAWAN Contoh.id, {name}"], [], []),
        ([], [], ["({name})"]),
        (["Senin, {n} Juni 2024 - 07.{n} WIB"], [], []),
        ([], ["Panen raya di lereng gunung. (kredit: {name})"], []),
        ([], [], ["Kisah lain dari daerah Anda ada di https://contoh.id/kisah/{n}"]),
        ([], [], ["Simak berita {name} lainnya di Google News."]),
        ([], [], ["Bagikan cerita {name} ini di kolom komentar ya!"]),
        ([], [], ["Pilihan", "kata kami", "Akses lewat channel telegram Contoh", "sekarang juga"]),
        ([], [], ["(abc/def)", "harga pangan {n}", "panen {n}"]),
        ([], ["Foto: Pasar {other} di hari ke-{n}"], []),
        (["Keterangan foto: Pedagang {name} di pasar pada hari ke-{n}."], [], []),
        ([], ["(Foto: {name})"], []),
        ([], ["Kabar lainnya: {other} Hari Ke-{n}"], []),
        ([], ["Bacaan pilihan:", "{other} Hari Ke-{n}"], []),
        ([], ["Baca juga:", "{other} Hari Ke-{n}", "Stok {other} Aman", "Tanya Jawab: {other}"], []),
        ([], ["Artikel terkait:", *_FIVE_HEADLINES], []),
        ([], [], ["(SISK)"]),
        ([], [], ["(Contoh.id)"]),
    ],
    ids=[
        "a call word for word",
        "a call in the middle",
        "a role and names",
        "a source",
        "a correspondent",
        "names in brackets",
        "a date",
        "a credited caption",
        "a link",
        "a call whose words change",
        "a call to comment",
        "a run of lines around a call",
        "tags under initials",
        "a photo's credit behind its label",
        "a photo's caption behind its label",
        "a photo's credit in brackets",
        "a headline behind a label",
        "a headline below a label",
        "headlines below a label that the common rules know",
        "a long list of headlines below a label",
        "the same initials again and again",
        "the site in brackets",
    ],
)
def test_what_recurs_on_the_page_goes_from_articles_that_were_not_seen(
    head: list[str], middle: list[str], foot: list[str]
) -> None:
    _assert_leaves_the_stories(*_framed(head, middle, foot))


def test_a_pointer_glued_to_a_paragraph_goes_to_the_lines_end() -> None:
    texts, stories = _framed()
    glued = [f"{text}Baca kabar menarik lainnya:Harga Beras Naik di Solo{number}Panen Raya Tiba"
             for number, text in enumerate(texts)]  # fmt: skip
    _assert_leaves_the_stories(glued, stories)


def test_a_call_glued_to_a_paragraph_goes_with_the_sentence_that_always_follows_it() -> None:
    texts, stories = _framed()
    glued = [f"{text} Ikuti saluran WhatsApp Contoh sekarang. Kabar hangat tiap hari!" for text in texts]
    _assert_leaves_the_stories(glued, stories)


@pytest.mark.parametrize(
    "glued",
    [
        "Warta Contoh menyajikan kabar desa dengan cara yang lain.",
        "Redaksi menerima kiriman tulisan warga. Kirim saja ke kantor kami di Sukatani.",
        "Unduh peta lahan dari Warta Contoh di ponsel Anda",
    ],
    ids=["a sentence", "two sentences", "words without a stop"],
)
@pytest.mark.parametrize("at", [2, 4], ids=["between paragraphs", "at the end"])
def test_what_recurs_inside_texts_of_one_line_goes(glued: str, at: int) -> None:
    stories = [_story(number) for number in range(60)]
    texts = [" ".join([*story[:at], glued, *story[at:]]) for story in stories]
    mined = _assert_leaves_the_stories(texts, [" ".join(story) for story in stories])
    assert all(each.rule.inline and each.rule.inline.cased for each in mined.rules)


def test_a_label_and_a_headline_go_from_texts_of_one_line() -> None:
    stories = [_story(number) for number in range(60)]
    texts = [
        " ".join(
            [*story[:2], f"Berita terkait: Harga {_THINGS[at % 11].title()} Naik Sejak Senin", *story[2:]]
        )
        for at, story in enumerate(stories)
    ]
    _assert_leaves_the_stories(texts, [" ".join(story) for story in stories])


def test_what_stands_behind_a_label_goes_where_other_articles_have_it_as_their_title() -> None:
    titles = [f"Warga {_PLACES[at % 6]} menunggu panen {_THINGS[at % 11]} ke-{at}" for at in range(40)]
    texts = [f"{' '.join(_story(at))}\nDari desa: {titles[at - 7]}" for at in range(40)]
    known = mine([Document(text, title=title) for text, title in zip(texts, titles, strict=True)], "contoh")
    assert [_left(known, text) for text in texts] == [" ".join(_story(at)) for at in range(40)]
    assert _mined(texts).rules == ()


def test_a_caption_between_the_pages_head_and_the_dateline_goes() -> None:
    texts, stories = [], []
    for number in range(60):
        story = _story(number)
        story[0] = f"CONTOH.ID, Karangmulya - {story[0]}"
        caption = f"Suasana pasar di {_PLACES[number % 6]} pada hari ke-{number}, ramai oleh pembeli."
        texts.append("\n\n".join([f"Judul {number}", "Komentar", caption, *story]))
        stories.append("\n\n".join([f"Judul {number}", *story]))
    _assert_leaves_the_stories(texts, stories)


def test_a_cards_title_that_stands_twice_above_the_initials_goes() -> None:
    _assert_leaves_the_stories(*_framed(foot=["Video: {other} {n}", "Video: {other} {n}", "(abc/def)"]))


def test_bracketed_names_behind_the_last_sentence_of_some_texts_and_below_that_of_others_go() -> None:
    texts, stories = _framed(articles=12)
    ends = ["{} ({})", "{}\n({})", "{}"]
    signed = [
        f"{ends[at % 3].format(text, _NAMES[at % 5].split()[0])}\nTags:\npanen\nharga"
        for at, text in enumerate(texts)
    ]
    mined = mine([Document(text) for text in signed[:6]], "contoh")
    assert [each.rule.id for each in mined.rules] == ["names-at-end"]
    assert [_left(mined, text) for text in signed[6:]] == stories[6:]


@pytest.mark.parametrize(
    "results",
    [[f"{at}. Sari Wulan Dari Regu {at} Sukatani" for at in range(1, 6)], ["Regu Sari Wulan Dari Sukatani"]],
    ids=["a ranking", "fewer lines than such a list has"],
)
def test_where_a_long_list_of_headlines_is_shorter_for_once_what_follows_it_stays(
    results: list[str],
) -> None:
    mined = _mined(_framed(middle=["Artikel terkait:", *_FIVE_HEADLINES])[0])
    own = ["Hasil Lomba Panen Raya", *results]
    text = "\n".join([*_story(99), "Artikel terkait:", "Harga Madu Naik di Solo", *own, *_story(98)])
    assert "\n".join(own) in _left(mined, text)


def test_initials_of_one_reporter_that_few_articles_have_are_a_byline() -> None:
    mined = _mined(_framed(foot=["(SISK)"], articles=80, every=20)[0])
    assert [(each.rule.id, each.rule.kind) for each in mined.rules] == [("short-initials", Kind.byline)]


def test_a_site_in_brackets_is_nobodys_name() -> None:
    assert form_of("(CONTOH.ID)") == form_of("(contoh.id/Sari)") == "site-and-names"
    assert not regex.fullmatch(pattern_of("names"), "(CONTOH.ID)")
    assert regex.fullmatch(pattern_of("names"), "(Moch.Idris)")


def test_a_list_whose_numbers_alone_change_is_no_list_of_headlines_whatever_the_label_says() -> None:
    prices = [f"Emas Batang {size} Gram Rp{{n}}.000" for size in ("Satu", "Dua", "Lima", "Enam", "Tujuh")]
    texts, _ = _framed(middle=["Artikel terkait:", *prices])
    assert not any(each.rule.block for each in _mined(texts).rules)


# ---------------------------------------------------------------- what isn't


@pytest.mark.parametrize(
    ("head", "middle", "foot"),
    [
        (["KARANGMULYA -"], [], []),
        (["KARANGMULYA"], [], []),
        ([], ["Bahan-bahan:", "Cara membuat:"], []),
        ([], ["1. Aries", "2. Taurus"], []),
        ([], [], ["Disclaimer: informasi ini mengutamakan kecepatan, sehingga hasil bisa berubah lagi."]),
        ([], ["Sutradara: {name}", "Penulis: {name}", "Durasi: 90 menit"], []),
        ([], ["Imsak 04.{n}", "Subuh 04.{n}"], []),
        ([], ["Simak selengkapnya daftar harga cabai berikut."], []),
        ([], ['Kata {name}, "Kami menunggu di kolom komentar sejak pagi tadi bersama warga."'], []),
        ([], ["Sumber {name} mengatakan harga cabai akan naik pekan depan di pasar itu."], []),
        ([], [], ["Terima kasih kepada {name}"]),
        ([], ["Susunan pemain:", "{name} {name} {name} {n}", "{name} dan {name} {n}"], []),
        ([], ["Daftar berita acara:", *(f"Emas {size} Gram Rp{{n}}.000" for size in range(1, 9))], []),
        (["Kabar Desa: {other} Hari Ke-{n}"], [], []),
        ([], ["Simak juga pesan {name}: jangan lupa menanam cabai sebelum hujan ke-{n}."], []),
    ],
    ids=[
        "a dateline",
        "a dateline without a dash",
        "a recipe's subheadings",
        "a list",
        "a bulletin's disclaimer",
        "a film's data",
        "prayer times",
        "a lead-in",
        "a quote with a channel in it",
        "a source that speaks",
        "an unknown last line",
        "names below a label",
        "a list below a label",
        "a title behind its section",
        "a sentence behind a label",
    ],
)  # fmt: skip
def test_what_stories_share_stays(head: list[str], middle: list[str], foot: list[str]) -> None:
    texts, _ = _framed(head, middle, foot, every=4, articles=100)
    mined = _mined(texts)
    assert [_left(mined, text) for text in texts] == texts


def test_a_line_whose_words_prose_has_too_is_no_rule() -> None:
    texts, _ = _framed(foot=["Baca petunjuk di papan"])
    in_prose = "{} meminta {} warga baca petunjuk di papan sebelum masuk ke pasar baru itu."
    rows = [f"{in_prose.format(_NAMES[at % 5], at + 2)}\n{text}" for at, text in enumerate(texts)]
    mined = _mined(rows)
    assert [_left(mined, row) for row in rows] == rows


def test_lines_that_fewer_articles_have_than_asked_for_are_no_rule() -> None:
    texts, _ = _framed(foot=["Saksikan live Contoh Sore dari studio kami"], articles=4)
    assert _mined(texts, least=5).rules == ()
    assert len(_mined(texts, least=4).rules) == 1


def test_what_the_common_rules_cut_is_not_mined_again() -> None:
    texts, _ = _framed(middle=["Baca Juga: {other}"], foot=["Copyright © CONTOH 2024"])
    assert _mined(texts).rules == ()


@pytest.mark.parametrize("source", ["HR. {name}", "QS Al {name}", "H.R. {name}"])
def test_where_a_quotation_is_from_is_no_reporter(source: str) -> None:
    texts, _ = _framed()
    quoted = [f"{text} ({source.format(name=_NAMES[at % 5])})" for at, text in enumerate(texts)]
    assert _mined(quoted).rules == ()


def test_what_a_quote_is_short_for_is_no_reporter() -> None:
    texts, _ = _framed()
    names = ["Kartu Tani", "Dana Desa", "Pasar Murah", "Balai Benih", "Lumbung Padi"]
    shorts = ["KT", "DD", "PM", "BB", "LP"]
    quoted = [
        f'{text} Warga menamai acara itu "{names[at % 5]}" ({shorts[at % 5]}).'
        for at, text in enumerate(texts)
    ]
    assert _mined(quoted).rules == ()


# ---------------------------------------------------------------- the rules


def _everything() -> list[str]:
    texts, _ = _framed(
        head=["Senin, {n} Juni 2024 - 07.{n} WIB", "LAPORAN WARTAWAN Contoh.id, {name}"],
        middle=["Panen raya di lereng gunung. (kredit: {name})"],
        foot=[
            "Penyunting: {name}",
            "Simak berita {name} lainnya di Google News.",
            "(abc/def)",
            "harga pangan",
        ],
    )
    return texts


def test_every_rule_is_proved_by_texts_of_the_dump_and_keeps_what_a_pack_promises() -> None:
    mined = _mined(_everything())
    assert len(mined.rules) > 2
    pack = parse_pack(pack_text("contoh", [each.rule for each in mined.rules]), "contoh")
    assert violations(Outlet.from_pack(pack)) == []
    assert all(each.rule.removes and each.rule.keeps and each.rule.why for each in mined.rules)


def _keeps(texts: Sequence[str]) -> list[str]:
    return [text for each in _mined(texts).rules for text in each.rule.keeps]


def test_what_a_rule_keeps_is_a_sentence_of_the_articles_that_begins_as_what_it_cuts() -> None:
    texts, _ = _framed(foot=["Saksikan live Contoh Sore dari studio kami"])
    own = (
        "Saksikan betapa ramai pasar itu sejak pagi ketika warga datang membawa cabai, kata seorang pedagang."
    )
    texts[3] = f"{own}\n{texts[3]}"
    assert _keeps(texts) == [own]


def test_where_no_sentence_comes_close_one_that_quotes_the_cut_is_made_up() -> None:
    texts, _ = _framed(foot=["Saksikan live Contoh Sore dari studio kami"])
    (kept,) = _keeps(texts)
    assert '"Saksikan live Contoh Sore dari studio kami"' in kept
    assert is_prose(kept)


def test_no_line_of_the_page_is_what_a_rule_keeps() -> None:
    left = [
        "Saksikan tayangan ulang di kanal kami",
        "Saksikan selengkapnya hanya di contoh.id ya teman-teman.",
    ]
    texts, _ = _framed(foot=["Saksikan live Contoh Sore dari studio kami"])
    rows = [f"{text}\n{left[0]}\n{left[1]}" if at < 2 else text for at, text in enumerate(texts)]
    assert not any(line in kept for kept in _keeps(rows) for line in left)


def test_the_rules_that_cut_most_come_first_and_say_how_much() -> None:
    texts, _ = _framed(foot=["Penyunting: {name}", "Saksikan live Contoh Sore dari studio kami di kota"])
    mined = _mined(texts)
    assert [each.rule.kind for each in mined.rules] == [Kind.prompt, Kind.byline]
    assert [each.articles for each in mined.rules] == [40, 40]
    assert mined.rules[0].characters == 40 * len("SaksikanliveContohSoredaristudiokamidikota")


@pytest.mark.parametrize(
    ("head", "foot", "told"),
    [
        ([], ["({name})"], {"authors": ["Tono Wirya"]}),
        ([], ["(Contoh.id/{name})"], {"authors": ["Tono Wirya"]}),
        ([], ["(abc/def)", "harga pangan"], {"tags": ["harga pangan"]}),
        ([], ["(SISK)"], {}),
        ([], ["Koresponden: {name}"], {"authors": ["Tono Wirya"]}),
        ([], ["Penyunting: {name}"], {"editors": ["Tono Wirya"]}),
        ([], ["Produser: {name}"], {}),
        ([], ["Sumber: Dinas {name}"], {"source": "Dinas Tono Wirya"}),
        (
            [],
            ["Sumber: Dinas {name}Editor: {name}"],
            {"source": "Dinas Tono Wirya", "editors": ["Tono Wirya"]},
        ),
        ([], ["Topik: harga {n}, panen"], {"tags": ["harga 39", "panen"]}),
        (["LAPORAN WARTAWAN Contoh.id, {name}"], [], {"authors": ["Tono Wirya"]}),
        (["Senin, 3 Juni 2024 - 07.{n} WIB"], [], {"published": "2024-06-03T07:39:00+07:00"}),
        (["Diperbarui Senin, 3 Juni 2024 - 07.{n} WIB"], [], {}),
    ],
)
def test_what_mined_rules_cut_tells_the_articles_fields(
    head: list[str], foot: list[str], told: dict[str, object]
) -> None:
    texts, stories = _framed(head, [], foot)
    mined = _mined(texts)
    result = cleaner_of("contoh", [each.rule for each in mined.rules])(Document(texts[39]))
    assert (result.text.strip(), result.fields) == (stories[39], told)


def test_the_same_dump_in_any_order_gives_the_same_pack() -> None:
    packs = []
    for turn in range(2):
        sampler = Sampler()
        for text in _everything()[:: -1 if turn else 1]:
            sampler.add(Document(text))
        packs.append(mine(sampler.documents(), "contoh"))
    assert packs[0] == packs[1]


def test_what_is_left_after_some_rules_were_dropped_is_proved_anew() -> None:
    texts = _everything()
    documents = [Document(text) for text in texts]
    mined = mine(documents, "contoh")
    chosen = {each.rule.id for each in mined.rules[::2]}
    left = mined_of(mined, chosen, documents)
    assert {each.rule.id for each in left.rules} <= chosen
    assert left.rules
    outlet = parse_pack(pack_text("contoh", [each.rule for each in left.rules]), "contoh")
    assert violations(Outlet.from_pack(outlet)) == []


# ---------------------------------------------------------------- hostile dumps


@pytest.mark.parametrize(
    "line",
    [
        "Ikuti kami\x1b[2J",
        "Ikuti kami \x00 di sini",
        "Ikuti kami\tdi saluran whatsapp",
        "Ikuti kami \u202e di sini",
        "Ikuti kami '''\n[[rule]]\nid = 'x'",
        "Ikuti kami \\' \" ''' klik di sini",
        "Ikuti kami (a+)+$ klik di sini",
        "Ikuti kami ⟦di⟧ sini",
    ],
)
def test_no_line_of_a_dump_breaks_the_pack_or_gets_a_control_character_into_it(line: str) -> None:
    texts = [f"{text}\n{line}\nSaksikan live Contoh Sore dari studio kami" for text in _framed()[0]]
    mined = _mined(texts)
    written = pack_text("contoh", [each.rule for each in mined.rules])
    pack = parse_pack(written, "contoh")
    assert violations(Outlet.from_pack(pack)) == []
    assert [rule.id for rule in pack.rules] == [f"contoh/{each.rule.id}" for each in mined.rules]
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in written)


def test_a_sample_holds_no_more_than_it_may() -> None:
    sampler = Sampler(most=10, most_text=10_000)
    for number in range(200):
        sampler.add(Document(" ".join(_story(number))))
    assert (sampler.seen, len(sampler.documents())) == (200, 10)
    narrow = Sampler(most=10, most_text=2_000)
    for number in range(200):
        narrow.add(Document(" ".join(_story(number))))
    assert 0 < sum(len(document.text) for document in narrow.documents()) <= 2_000


def test_a_sample_holds_an_article_once_and_says_what_was_too_long() -> None:
    sampler = Sampler()
    story = "\n".join(_story(1))
    for text in (story, story, f"{story}\nSunting.", "a" * 100_000):
        sampler.add(Document(text))
    assert len(sampler.documents()) == 1
    assert sampler.too_long == 1


def test_the_number_of_different_recurring_lines_is_no_matter() -> None:
    shared = [f"Ikuti kami di saluran whatsapp nomor {number:05d} ya" for number in range(3_000)]
    texts = ["\n".join([*_story(number), *shared]) for number in range(3)]
    assert all(each.articles == 3 for each in _mined(texts).rules)


# ---------------------------------------------------------------- how it is written

_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(_ANY)
def test_any_text_comes_back_from_the_toml_it_is_written_as(text: str) -> None:
    written = f"a = {string(text)}\nb = [{proof(text)}]\n"
    assert tomllib.loads(written) == {"a": text, "b": [text]}
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in written)


@pytest.mark.parametrize(
    "text", ["'", "''", "'''", "a'", "\\'", "\\'''", '"""', "\\", "a\nb'", "\n", "\r\n", "⟦a⟧"]
)
def test_quotes_and_backslashes_come_back_too(text: str) -> None:
    assert tomllib.loads(f"a = {string(text)}\nb = [{proof(text)}]\n") == {"a": text, "b": [text]}


def test_a_pack_that_was_written_reads_as_the_rules_it_was_written_from() -> None:
    rules = [each.rule for each in _mined(_everything()).rules]
    read = parse_pack(
        pack_text("contoh", rules, remarks=["Satu."], support=["x"] * len(rules)), "contoh"
    ).rules
    assert [_without_id(rule) for rule in read] == [_without_id(rule) for rule in rules]


def _without_id(rule: Rule) -> dict[str, object]:
    return {field: getattr(rule, field) for field in rule.__struct_fields__ if field != "id"}


# ---------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("Petani di Karangmulya menanam cabai sejak awal bulan lalu.", True),
        ("Petani di Karangmulya menanam cabai. Hasilnya dijual ke pasar. (abc)", True),
        ("Penyunting: Sari Wulan", False),
        ("Harga Cabai Naik di Pasar Karangmulya dan Sukatani", False),
    ],
)
def test_prose_is_told_by_its_stops_and_small_words(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


@pytest.mark.parametrize(
    ("line", "name"),
    [("Sari Wulan", True), ("Sari Wulan/Bayu Tirta", True), ("Sari menanam cabai", False), ("sari", False)],
)
def test_names_are_told_by_their_capitals(line: str, name: bool) -> None:
    assert is_name(line) is name


# ---------------------------------------------------------------- the review


def _review(answers: str, rules: int = 3) -> tuple[frozenset[str], str]:
    shown = io.StringIO()
    made = tuple(
        MinedRule(
            Rule(
                id=f"r{number}",
                kind=Kind.prompt,
                why="Why.",
                is_=(f"baris {number}\x1b[31m",),
                removes=("⟦a⟧ b",),
            ),
            5,
            50,
        )
        for number in range(rules)
    )
    lines = io.StringIO("".join(f"{key}\n" for key in answers))
    chosen = review(Mined("contoh", 10, made), lines.readline, Console(file=shown, markup=False))
    return chosen, shown.getvalue()


@pytest.mark.parametrize(
    ("answers", "accepted"),
    [
        ("aaa", {"r0", "r1", "r2"}),
        ("dad", {"r1"}),
        ("sas", {"r1"}),
        ("aq", {"r0"}),
        ("a", {"r0"}),
        ("abdaa", {"r1", "r2"}),
        ("bbaaa", {"r0", "r1", "r2"}),
        ("x?aaa", {"r0", "r1", "r2"}),
        ("", set()),
    ],
    ids=["all", "drop", "skip", "quit", "end of input", "back", "back at the first", "other keys", "nothing"],
)
def test_a_review_accepts_what_the_person_accepts(answers: str, accepted: set[str]) -> None:
    assert _review(answers)[0] == accepted


def test_a_review_shows_rule_support_and_examples_and_nothing_the_terminal_obeys() -> None:
    shown = _review("aaa")[1]
    assert "1 of 3  r0  (prompt)" in shown
    assert "Cuts something in 5 of 10 articles (50.0 %), 50 characters in all." in shown
    assert "⟦a⟧ b" in shown
    assert "\\x1b[31m" in shown
    assert "\x1b[31m" not in shown


# ---------------------------------------------------------------- the command


def _dump(folder: Path, records: Sequence[object]) -> Path:
    path = folder / "dump.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def _records(**more: object) -> list[dict[str, object]]:
    return [{"text": text, **more} for text in _everything()]


def test_it_writes_a_pack_that_passes_its_check(tmp_path: Path, run_clean: Run) -> None:
    out = tmp_path / "patterns/contoh.toml"
    ran = run_clean(
        "mine",
        _dump(tmp_path, _records(url="https://www.contoh.id/1")),
        *("--outlet", "contoh", "-o", out, "--host", "contoh.id"),
    )
    assert (ran.code, ran.out) == (0, "")
    assert run_clean("check", out).code == 0
    outlet = Outlet.from_file(out)
    assert (outlet.id, outlet.hosts) == ("contoh", ("contoh.id",))
    assert f"{len(outlet.rules)} rules, from 40 articles of 40 read" in ran.err


def test_the_pack_says_that_its_examples_are_real_text_and_that_nobody_read_it(
    tmp_path: Path, run_clean: Run
) -> None:
    out = tmp_path / "contoh.toml"
    run_clean("mine", _dump(tmp_path, _records()), "--outlet", "contoh", "-o", out)
    head = out.read_text(encoding="utf-8").partition("format")[0]
    said = " ".join(head.replace("#", "").split())
    assert "The texts in removes are real ones of that dump" in said
    assert "it is made up around such a cut" in said
    assert "nobody has read it" in said


def test_the_one_host_of_the_articles_and_their_brand_go_into_the_pack(
    tmp_path: Path, run_clean: Run
) -> None:
    records = [
        {"text": f"CONTOH.ID - {text}", "url": f"https://www.contoh.id/{at}"}
        for at, text in enumerate(_framed(foot=["Saksikan live Contoh Sore dari studio kami"])[0])
    ]
    out = tmp_path / "patterns/contoh.toml"
    ran = run_clean("mine", _dump(tmp_path, records), "--outlet", "contoh", "-o", out)
    outlet = Outlet.from_file(out)
    assert (outlet.hosts, outlet.signatures) == (("contoh.id",), ("\nCONTOH.ID -",))
    assert "told by 'contoh.id' and '\\nCONTOH.ID -'" in ran.err
    assert run_clean("check", out).code == 0


@pytest.mark.parametrize(
    ("hosts", "told"),
    [
        ([""], "no url and no brand"),
        (["www.viva.co.id"], "host 'viva.co.id' belongs to outlet 'viva'; it is installed"),
        (["jatim.viva.co.id"], "host 'jatim.viva.co.id' belongs to outlet 'viva'; it is installed"),
        (["www.youtube.com"], "youtube.com is shared by many outlets, so it tells none; records need"),
    ],
    ids=["none", "an installed outlet's", "a part of an installed outlet's", "one that many outlets share"],
)
def test_where_the_articles_do_not_tell_whose_they_are_that_is_said(
    hosts: list[str], told: str, tmp_path: Path, run_clean: Run
) -> None:
    texts, _ = _framed(foot=["Saksikan live Contoh Sore dari studio kami"])
    urls = [hosts[at % len(hosts)] for at in range(len(texts))]
    records = [
        {"text": text, "url": f"https://{url}/1" if url else ""}
        for text, url in zip(texts, urls, strict=True)
    ]
    out = tmp_path / "patterns/contoh.toml"
    ran = run_clean("mine", _dump(tmp_path, records), "--outlet", "contoh", "-o", out)
    assert (ran.code, Outlet.from_file(out).hosts) == (0, ())
    assert told in ran.err


def _on_two_domains(**more: object) -> list[dict[str, object]]:
    texts = _framed(foot=["Saksikan live Contoh Sore dari studio kami"])[0]
    hosts = ["www.contoh.id", "desa.contoh.id", "lain.id"]
    return [{"text": text, "url": f"https://{hosts[at % 3]}/1", **more} for at, text in enumerate(texts)]


def test_a_dump_of_several_outlets_is_refused_as_clean_new_refuses_it(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path, _on_two_domains())
    ran = run_clean("mine", dump, "--outlet", "contoh", "-o", tmp_path / "contoh.toml")
    assert ran.code == 2
    assert f"{dump} holds articles of several outlets: contoh.id (27), lain.id (13)" in " ".join(
        ran.err.split()
    )
    assert "--host" in ran.err
    assert not (tmp_path / "contoh.toml").exists()
    assert run_clean("new", "contoh", "--from", dump, "--root", tmp_path).err == ran.err


@pytest.mark.parametrize(
    ("options", "read", "hosts"),
    [
        (["--host", "contoh.id"], 27, ("contoh.id",)),
        (["--host", "contoh.id", "--host", "lain.id"], 40, ("contoh.id", "lain.id")),
        (["--outlet-field", "source"], 40, ()),
    ],
    ids=["one host", "both hosts", "the records' own word"],
)
def test_what_says_whose_the_articles_are_makes_a_dump_of_several_domains_one_outlets(
    options: list[str], read: int, hosts: tuple[str, ...], tmp_path: Path, run_clean: Run
) -> None:
    out = tmp_path / "contoh.toml"
    dump = _dump(tmp_path, _on_two_domains(source="contoh"))
    ran = run_clean("mine", dump, "--outlet", "contoh", *options, "-o", out)
    assert (ran.code, Outlet.from_file(out).hosts) == (0, hosts)
    assert f"from {read} articles of {read} read" in ran.err
    assert ("on 2 domains" in ran.err) is (not hosts)


def test_only_the_records_of_the_outlet_count(tmp_path: Path, run_clean: Run) -> None:
    other = [
        {"text": text, "source": "lain"} for text in _framed(foot=["Saksikan live Lain! dari studio"])[0]
    ]
    dump = _dump(tmp_path, [*_records(source="contoh"), *other])
    out = tmp_path / "contoh.toml"
    run_clean("mine", dump, "--outlet", "contoh", "--outlet-field", "source", "-o", out)
    written = out.read_text(encoding="utf-8")
    assert "Google News" in written
    assert "Lain!" not in written


def test_articles_of_another_host_do_not_count(tmp_path: Path, run_clean: Run) -> None:
    texts = _framed(foot=["Saksikan live Lain! dari studio"])[0]
    other = [{"text": text, "url": "https://lain.id/1"} for text in texts]
    dump = _dump(tmp_path, [*_records(url="https://www.contoh.id/1"), *other])
    out = tmp_path / "contoh.toml"
    run_clean("mine", dump, "--outlet", "contoh", "--host", "contoh.id", "-o", out)
    assert "Lain!" not in out.read_text(encoding="utf-8")


def test_an_article_without_a_url_is_on_no_host(tmp_path: Path, run_clean: Run) -> None:
    other = [{"text": text} for text in _framed(foot=["Saksikan live Lain! dari studio"])[0]]
    dump = _dump(tmp_path, [*_records(url="https://desa.contoh.id/1"), *other])
    out = tmp_path / "contoh.toml"
    ran = run_clean("mine", dump, "--outlet", "contoh", "--host", "contoh.id", "-o", out)
    assert ran.code == 0
    assert "from 40 articles of 40 read" in ran.err
    assert "Lain!" not in out.read_text(encoding="utf-8")


def test_a_host_that_no_article_is_on_is_told_with_those_that_they_are_on(
    tmp_path: Path, run_clean: Run
) -> None:
    dump = _dump(tmp_path, [*_on_two_domains(), {"text": "Tanpa alamat."}])
    out = tmp_path / "contoh.toml"
    ran = run_clean("mine", dump, "--outlet", "contoh", "--host", "cotnoh.id", "-o", out)
    assert (ran.code, ran.out) == (2, "")
    assert (
        f"no article of {dump} is on cotnoh.id (did you mean 'contoh.id'?); most are on contoh.id (27), "
        "lain.id (13); 1 article has no url (--url-field names the key it stands under); nothing was written"
    ) in " ".join(ran.err.split())
    assert not out.exists()


def test_a_host_that_many_outlets_share_chooses_articles_and_goes_into_no_pack(
    tmp_path: Path, run_clean: Run
) -> None:
    dump = _dump(tmp_path, [*_records(url="https://youtu.be/1"), *_on_two_domains()])
    out = tmp_path / "contoh.toml"
    hosts = ("--host", "youtu.be", "--host", "tayang.contoh.id")
    ran = run_clean("mine", dump, "--outlet", "contoh", *hosts, "-o", out)
    assert (ran.code, Outlet.from_file(out).hosts) == (0, ("tayang.contoh.id",))
    assert "from 40 articles of 40 read" in ran.err
    assert "Not every host was written: youtu.be is shared by many outlets" in ran.err


def test_a_name_of_records_that_is_no_id_stands_for_the_id_that_comes_nearest(
    tmp_path: Path, run_clean: Run
) -> None:
    other = [
        {"text": text, "source": "yt_lain"} for text in _framed(foot=["Saksikan live Lain! dari studio"])[0]
    ]
    dump = _dump(tmp_path, [*_records(source="YT_kabar.contoh"), *other])
    out = tmp_path / "contoh.toml"
    options = ("--outlet-field", "source", "-o", out)
    assert run_clean("mine", dump, "--outlet", "yt-kabar-contoh", *options).code == 0
    assert "Lain!" not in out.read_text(encoding="utf-8")
    ran = run_clean(
        "mine", dump, "--outlet", "kabar", "--outlet-field", "source", "-o", tmp_path / "lain.toml"
    )
    assert ran.code == 2
    assert "no record has 'kabar' under 'source'; most have 'YT_kabar.contoh' (40), 'yt_lain' (40)" in ran.err


def test_articles_that_were_left_out_are_counted_with_the_reason(tmp_path: Path, run_clean: Run) -> None:
    records = _records()
    dump = _dump(tmp_path, [*records, *records[:2], {"text": "x" * 60_001}, {"text": " "}])
    out = tmp_path / "contoh.toml"
    ran = run_clean("mine", dump, "--outlet", "contoh", "-o", out)
    told = (
        "from 40 articles of 44 read (left out: 2 repeat another one, 1 too long for an article, "
        "1 without a text)"
    )
    assert told in ran.err
    assert told in " ".join(out.read_text(encoding="utf-8").replace("\n# ", " ").split())


def test_a_pack_that_is_there_can_be_gone_through_by_mining_the_same_dump_again(
    tmp_path: Path, run_clean: Run
) -> None:
    dump, out = _dump(tmp_path, _records()), tmp_path / "contoh.toml"
    assert run_clean("mine", dump, "--outlet", "contoh", "-o", out).code == 0
    assert "the same rules again" in run_clean("mine", dump, "--outlet", "contoh", "-o", out, "--review").err
    again = tmp_path / "again.toml"
    assert run_clean("mine", dump, "--outlet", "contoh", "-o", again).code == 0
    assert again.read_bytes() == out.read_bytes()


def test_what_is_there_is_not_overwritten(tmp_path: Path, run_clean: Run) -> None:
    out = tmp_path / "contoh.toml"
    out.write_text("mine", encoding="utf-8")
    ran = run_clean("mine", _dump(tmp_path, _records()), "--outlet", "contoh", "-o", out)
    assert ran.code == 2
    assert "is there already" in ran.err
    assert out.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--outlet", "Tak Sah"],
            "'Tak Sah' can't be an outlet's id; use small letters, digits and single hyphens",
        ),
        (
            ["--outlet", "tak_sah", "--outlet-field", "source"],
            "'tak-sah' (which finds the records with 'tak_sah'",
        ),
        (["--outlet", "common"], "choose an id"),
        (["--outlet", "contoh", "--host", "https://contoh.id"], "no host name"),
        (
            ["--outlet", "contoh", "--host", "viva.co.id"],
            "it is installed, so what is on that host needs no pack",
        ),
        (["--outlet", "contoh", "--outlet-field", "source"], "no record has 'contoh' under 'source'"),
        (["--outlet", "contoh", "--review"], "standard input is no terminal"),
    ],
)
def test_what_cant_be_done_is_refused_with_a_reason(
    options: list[str], said: str, tmp_path: Path, run_clean: Run
) -> None:
    out = tmp_path / "contoh.toml"
    ran = run_clean("mine", _dump(tmp_path, _records()), *options, "-o", out)
    assert ran.code == 2
    assert said in ran.err
    assert not out.exists()


def test_where_nothing_recurs_nothing_is_written(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path, [{"text": "\n".join(_story(number))} for number in range(5)])
    out = tmp_path / "contoh.toml"
    ran = run_clean("mine", dump, "--outlet", "contoh", "-o", out)
    assert ran.code == 2
    assert "nothing recurs in 5 articles" in ran.err
    assert not out.exists()


def test_the_next_step_has_the_options_that_were_given(
    tmp_path: Path, run_clean: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    records = [
        {"isi": "\n".join(_story(number)), "tautan": f"https://contoh.example/{number}"}
        for number in range(5)
    ]
    _dump(tmp_path, records)
    options = ("--host", "contoh.example", "--text-field", "isi", "--url-field", "tautan")
    ran = run_clean("mine", "dump.jsonl", "--outlet", "contoh", *options, "-o", "web/patterns/contoh.toml")
    command = ran.err.rpartition("To begin one by hand: clean ")[2].split()
    assert command == ["new", "contoh", "--from", "dump.jsonl", *options, "--root", "web"]
    assert run_clean(*command).code == 0
    assert (tmp_path / "web/patterns/contoh.toml").exists()


def test_a_dump_without_the_key_of_the_text_is_told_what_it_has(tmp_path: Path, run_clean: Run) -> None:
    dump = _dump(tmp_path, [{"konten": "\n".join(_story(1) * 9), "link": "https://contoh.example/1"}])
    ran = run_clean("mine", dump, "--outlet", "contoh", "--host", "contoh.example", "-o", tmp_path / "a.toml")
    assert ran.code == 2
    assert "1 record has 'konten', 'link'. Did you mean --text-field konten --url-field link?" in ran.err


def test_records_that_cant_be_read_are_named_and_the_exit_code_is_1(tmp_path: Path, run_clean: Run) -> None:
    out = tmp_path / "contoh.toml"
    ran = run_clean("mine", _dump(tmp_path, [*_records(), [1]]), "--outlet", "contoh", "-o", out)
    assert ran.code == 1
    assert "1 record could not be read:" in ran.err
    assert "dump.jsonl#40 (line 41) is a list, not a JSON object" in ran.err
    assert out.exists()


def test_quiet_says_nothing(tmp_path: Path, run_clean: Run) -> None:
    out = tmp_path / "contoh.toml"
    ran = run_clean("mine", _dump(tmp_path, _records()), "--outlet", "contoh", "-o", out, "-q")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_dump_can_come_through_standard_input(tmp_path: Path, run_clean: Run) -> None:
    out = tmp_path / "contoh.toml"
    stdin = _dump(tmp_path, _records()).read_bytes()
    assert run_clean("mine", "-", "--outlet", "contoh", "-o", out, stdin=stdin).code == 0
    assert out.exists()
