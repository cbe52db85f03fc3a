"""The pages of one article put together: order, the repeated head, one audit for all."""

from __future__ import annotations

import pytest
from conftest import assert_sound

from cleaner import Certainty, Cleaner, Document, Kind, Policy
from cleaner.joining import REPEATED_HEAD, join_pages
from cleaner.repeated_head import repeated_head

TITLE = "Warga Pesisir Tanam Seribu Bakau di Teluk"
STANDFIRST = "Penanaman itu diikuti warga dari tiga desa."
LEAD = "TELUK, CONTOH.ID - Warga menanam seribu bibit bakau pada Minggu pagi di tepi teluk."
SECOND = "Kepala desa menyebut penanaman itu akan diulang tahun depan."
THIRD = "Bibitnya didatangkan dari dua desa di seberang sungai."
FOURTH = '"Kami ingin anak cucu masih melihat pantai," kata seorang warga.'

FIRST_PAGE = f"{TITLE}\n\n{STANDFIRST}\n\n{LEAD}\n\n{SECOND}\n\nHalaman Selanjutnya"
SECOND_PAGE = f"{TITLE}\n\n{STANDFIRST}\n\n{THIRD}\n\nBaca Juga: Harga Cabai Naik Lagi\n\n{FOURTH}"


def joined(*texts: str, policy: Policy | None = None, outlet: str | None = None):
    whole = join_pages([Document(text) for text in texts], Cleaner.for_outlet(outlet, policy))
    assert_sound(whole.document.text, whole.result)
    assert [whole.document.text[start:end] for start, end in whole.spans] == list(texts)
    return whole


def repeats(first: str, page: str, title: str | None = None) -> list[str]:
    return [page[start:end] for start, end in repeated_head(first, first, page, title)]


class TestOneArticle:
    def test_pages_follow_each_other_and_their_head_stands_once(self):
        whole = joined(FIRST_PAGE, SECOND_PAGE)
        assert whole.result.text == "\n\n".join((TITLE, STANDFIRST, LEAD, SECOND, THIRD, FOURTH))

    def test_a_repeated_head_is_cut_by_a_rule_of_its_own(self):
        whole = joined(FIRST_PAGE, SECOND_PAGE)
        heads = [cut for cut in whole.result.removals if cut.rule == REPEATED_HEAD]
        assert [cut.text.strip() for cut in heads] == [TITLE, STANDFIRST]
        assert {(cut.kind, cut.certainty) for cut in heads} == {(Kind.chrome, Certainty.framed)}

    @pytest.mark.parametrize("policy", [Policy(Certainty.marked), Policy(kinds=frozenset({Kind.related}))])
    def test_a_policy_can_leave_a_repeated_head_in(self, policy):
        whole = joined(FIRST_PAGE, SECOND_PAGE, policy=policy)
        doubts = [suspect.text for suspect in whole.result.suspects if suspect.rule == REPEATED_HEAD]
        assert doubts == [TITLE, STANDFIRST]
        assert whole.result.text.count(TITLE) == 2

    def test_cleaning_the_whole_again_changes_nothing(self):
        whole = joined(FIRST_PAGE, SECOND_PAGE, outlet="viva")
        assert Cleaner.for_outlet("viva")(Document(whole.result.text)).text == whole.result.text

    def test_a_headline_between_two_pages_is_seen_to_be_one(self):
        stray = "Polisi Ungkap Kronologi Hilangnya Kapal Nelayan di Selat Bali"
        first = f"{TITLE}\n\nVIVA – {SECOND}\n\n{THIRD}\n\n{stray}\n\nHalaman Selanjutnya"
        assert stray not in joined(first, f"{FOURTH}\n\n{STANDFIRST}", outlet="viva").result.text

    def test_only_the_last_page_says_whether_there_is_more(self):
        more = f"{FOURTH}\n\nHalaman Selanjutnya"
        assert "incomplete" not in joined(FIRST_PAGE, SECOND_PAGE).result.fields
        assert joined(FIRST_PAGE, more).result.fields["incomplete"] is True

    def test_the_first_pages_fields_count_and_lists_are_united(self):
        first = f"{LEAD}\n\nEditor : Sari\n\nSumber : Kantor Desa"
        second = f"{THIRD}\n\nEditor : Bayu\n\nSumber : Antara"
        alone = Cleaner.for_outlet("kompastv")(Document(first)).fields
        fields = joined(first, second, outlet="kompastv").result.fields
        assert fields["editors"] == [*alone["editors"], "Bayu"]
        assert fields["source"] == alone["source"]

    @pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n\n"])
    @pytest.mark.parametrize("start", ["", "\n", "\n\n"])
    def test_two_pages_are_never_glued(self, end, start):
        text = joined(f"{LEAD}{end}", f"{start}{THIRD}").result.text
        gap = text.removeprefix(LEAD).removesuffix(THIRD)
        assert "\n\n" in gap
        assert not gap.strip()

    @pytest.mark.parametrize("nothing", ["", "Halaman Selanjutnya", " \n"])
    def test_a_page_with_nothing_of_its_own_leaves_no_gap(self, nothing):
        assert joined(LEAD, nothing, FOURTH).result.text.split() == f"{LEAD} {FOURTH}".split()
        assert "\n\n\n\n" not in joined(LEAD, nothing, FOURTH).result.text

    def test_one_page_is_cleaned_as_it_is(self):
        assert joined(FIRST_PAGE).result == Cleaner.for_outlet(None)(Document(FIRST_PAGE))

    def test_no_page_is_no_article(self):
        with pytest.raises(ValueError, match="at least one page"):
            join_pages([], Cleaner())


class TestTheRepeatedHead:
    def test_it_begins_with_the_title_and_goes_on_in_order(self):
        assert repeats(FIRST_PAGE, SECOND_PAGE) == [TITLE, STANDFIRST]
        assert repeats(FIRST_PAGE, f"{STANDFIRST}\n{TITLE}\n{THIRD}") == []
        assert repeats(FIRST_PAGE, f"{THIRD}\n{TITLE}") == []

    def test_how_wide_white_space_is_doesnt_count(self):
        assert repeats(FIRST_PAGE, f"  {TITLE.replace(' ', chr(160))}  \r\n{THIRD}") == [
            TITLE.replace(" ", chr(160))
        ]

    def test_what_the_page_leaves_out_doesnt_end_it(self):
        first = f"{TITLE}\nRabu, 5 Juni 2024\nTELUK\n-\nWarga menanam bakau di tepi teluk itu."
        assert repeats(first, f"{TITLE}\nTELUK\n-\n{THIRD}") == [TITLE, "TELUK", "-"]

    @pytest.mark.parametrize("other", [TITLE.upper(), f"{TITLE} (2)", TITLE[:-1]])
    def test_it_is_word_for_word(self, other):
        assert repeats(FIRST_PAGE, f"{other}\n{STANDFIRST}\n{THIRD}") == []

    def test_a_paragraph_that_comes_again_stays(self):
        assert repeats(FIRST_PAGE, FIRST_PAGE) == [TITLE, STANDFIRST]
        assert joined(FIRST_PAGE, FIRST_PAGE).result.text.count(SECOND) == 2

    def test_without_a_dateline_the_first_sentence_may_be_the_article(self):
        first = f"{TITLE}\n{SECOND}\n{THIRD}"
        assert repeats(first, f"{TITLE}\n{SECOND}\n{FOURTH}") == [TITLE]

    def test_a_lead_in_that_both_pages_open_with_stays(self):
        first = "Bahan-bahan:\n200 gram tepung\n1. Ayak tepung dan garam."
        assert repeats(first, "Bahan-bahan:\n3 butir telur") == []
        long = "Berikut bahan yang perlu disiapkan:\n200 gram tepung"
        assert repeats(long, "Berikut bahan yang perlu disiapkan:\n3 butir telur") == []

    def test_a_known_title_is_one_however_it_ends(self):
        title = "Benar Kopi Sehat?"
        first = f"{title}\n{SECOND}"
        assert repeats(first, f"{title}\n{THIRD}") == []
        assert repeats(first, f"{title}\n{THIRD}", title) == [title]

    def test_an_empty_page_repeats_nothing(self):
        assert repeats("", "") == repeats(FIRST_PAGE, "") == repeats("", FIRST_PAGE) == []
