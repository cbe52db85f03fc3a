"""What the integrations share: which library is loaded when, audits as plain values, policies by name."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from cleaner import Certainty, Kind, Policy, clean, rebuild
from cleaner.extras import installing
from cleaner.integrations.audit import as_json, audit, removals_of
from cleaner.integrations.needs import not_installed
from cleaner.integrations.rules_version import rules_version
from cleaner.policies import policy_of

LIBRARIES = ("scrapy", "datatrove", "datasets", "pandas", "polars")
SOURCE = "Harga cabai turun.\n\nBaca Juga: Harga Beras Naik Lagi\n\nPedagang lega."


def _python(code: str, *options: str, **environment: str) -> str:
    """What a fresh interpreter prints after `code`."""
    ran = subprocess.run(
        [sys.executable, *options, "-c", code], capture_output=True, text=True, env=environment or None
    )
    assert not ran.returncode, ran.stderr
    return ran.stdout.strip()


def test_importing_the_package_loads_no_library_of_an_integration() -> None:
    loaded = _python("import cleaner, cleaner.integrations, sys; print(*sys.modules)", "-I").split()
    assert "cleaner.integrations" in loaded
    assert not [name for name in loaded if name.split(".")[0] in (*LIBRARIES, "pyarrow", "twisted")]


@pytest.mark.parametrize("library", ["scrapy", "datatrove", "pandas", "polars"])
def test_a_missing_library_is_named_with_the_command_that_installs_it(library: str) -> None:
    code = f"import sys; sys.modules[{library!r}] = None\ntry: import cleaner.integrations.{library}\n"
    said = _python(code + "except ModuleNotFoundError as error: print(error)", "-I")
    assert said == (
        f"cleaner.integrations needs {library}, which isn't installed; install it with: {installing(library)}"
    )


def test_a_library_that_is_there_but_broken_is_not_called_missing() -> None:
    broken = ModuleNotFoundError("No module named 'numpy'", name="numpy")
    assert not_installed("pandas", broken) is broken
    refused = ImportError("cannot import name 'Series' from 'pandas'", name="pandas")
    assert not_installed("pandas", refused) is refused


def test_an_audit_is_plain_values_in_the_shape_of_a_row_beside_a_dump() -> None:
    told = audit(clean(SOURCE, url="https://www.viva.co.id/1"))
    assert list(told) == ["outlet", "fields", "removed", "suspects"]
    assert told["outlet"] == "viva"
    assert told["removed"] == [
        {
            "start": 20,
            "end": 54,
            "kind": "related",
            "rule": "common/read-also",
            "certainty": "marked",
            "text": SOURCE[20:54],
        }
    ]
    assert json.loads(as_json(told)) == told
    assert {type(value) for value in told["removed"][0].values()} == {int, str}


@pytest.mark.parametrize("form", [as_json, list], ids=["json", "dicts"])
def test_the_source_is_rebuilt_from_an_audit(form: type) -> None:
    result = clean(SOURCE)
    told = removals_of(form(audit(result)["removed"]))
    assert tuple(told) == result.removals
    assert rebuild(result.text, told) == SOURCE


def test_a_removal_of_a_page_keeps_the_path_of_its_element() -> None:
    body = "<p>Harga cabai rawit di pasar induk turun pekan ini, kata pedagang di lapak mereka.</p>"
    result = clean(html=f"<body>{body}<p>Baca Juga: Harga Beras Naik Lagi</p>{body}</body>")
    told = audit(result)["removed"]
    assert [cut["path"] for cut in told] == [removal.path for removal in result.removals]
    assert tuple(removals_of(told)) == result.removals


def test_rows_of_something_else_are_no_removals() -> None:
    with pytest.raises((KeyError, ValueError)):
        removals_of([{"start": 0}])
    with pytest.raises(ValueError, match="weather"):
        removals_of(as_json(audit(clean(SOURCE))["removed"]).replace('"related"', '"weather"'))


def test_a_policy_is_told_by_names() -> None:
    assert policy_of("inferred") == Policy()
    assert policy_of(" Framed ", ["related", "Ad"]) == Policy(
        Certainty.framed, frozenset({Kind.related, Kind.ad})
    )
    assert policy_of("marked", "related, ad").kinds == {Kind.related, Kind.ad}


@pytest.mark.parametrize(
    ("certainty", "kinds", "said"),
    [
        ("sure", None, "'sure' is no certainty; it is one of marked, framed, inferred, doubtful"),
        (2, None, "2 is no certainty"),
        ("marked", ",", "no kind is named; the kinds are related"),
        ("marked", ["weather"], "'weather' is no kind; the kinds are related, caption, prompt"),
        ("marked", [], "no kind is named; the kinds are related"),
    ],
)
def test_a_wrong_name_is_an_error_that_lists_the_right_ones(
    certainty: str, kinds: list[str], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        policy_of(certainty, kinds)


def test_the_version_of_the_rules_is_the_same_in_every_process() -> None:
    code = "from cleaner.integrations.rules_version import rules_version; print(rules_version())"
    assert {_python(code, PYTHONHASHSEED=seed) for seed in "123"} == {rules_version()}


@pytest.mark.parametrize("changed", ["pack", "plugin", "release"])
def test_the_version_of_the_rules_changes_with_them(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    from cleaner import Outlet
    from cleaner.dumps import fingerprint

    monkeypatch.setattr(fingerprint, "outlet_ids", lambda: ("contoh",))
    monkeypatch.setattr(fingerprint, "outlet_named", lambda id: Outlet(id, "Contoh"))
    before = rules_version.__wrapped__()
    if changed == "pack":
        monkeypatch.setattr(fingerprint, "PATTERNS", fingerprint.PATTERNS / "nowhere")
    elif changed == "plugin":
        other = Outlet("contoh", "Contoh", hosts=("contoh.example",))
        monkeypatch.setattr(fingerprint, "outlet_named", lambda id: other)
    else:
        monkeypatch.setattr(metadata, "version", lambda name: "99.0")
    assert rules_version.__wrapped__() != before
