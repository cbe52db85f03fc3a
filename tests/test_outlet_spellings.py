"""What dumps write in place of an outlet's id, and which outlet is meant by it."""

from __future__ import annotations

import pytest

from cleaner.outlet_spellings import OutletNames, id_near, names_outlet

IDS = ("warta-kota", "wartakotalive", "viva")


@pytest.mark.parametrize("name", ["warta-kota", "Warta_Kota", "WARTA KOTA", "wartakota", "Warta.Kota"])
def test_a_name_means_the_outlet_whose_ids_letters_and_digits_it_has(name: str) -> None:
    assert OutletNames(IDS)(name) == "warta-kota"
    assert names_outlet(name, "warta-kota")


@pytest.mark.parametrize("name", ["", "-", "warta", "warta-kota-2", "yt-warta-kota", "вива", "viva.co.id"])
def test_what_has_other_letters_means_none(name: str) -> None:
    assert OutletNames(IDS)(name) is None
    assert not any(names_outlet(name, id) for id in IDS)


def test_nothing_names_no_outlet() -> None:
    assert not names_outlet(None, "viva")


def test_a_host_means_the_outlet_that_has_it() -> None:
    hosts = {"viva.co.id": "viva"}
    named = OutletNames(IDS, hosts.get)
    assert named(" viva.co.id ") == "viva"
    assert named("viva.example") is None


def test_what_two_ids_could_be_is_neither_but_each_is_itself() -> None:
    named = OutletNames(("warta-kota", "wartakota"))
    assert named("Warta Kota") is None
    assert (named("warta-kota"), named("wartakota")) == ("warta-kota", "wartakota")


def test_the_id_nearest_to_a_name_parts_its_words_by_hyphens() -> None:
    assert id_near("yt_official_iNews") == "yt-official-inews"
    assert id_near("…") == ""
