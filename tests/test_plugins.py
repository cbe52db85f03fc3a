"""Outlets of other distributions: found by their entry point, and named where they are broken."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.outlets import BUILT_IN

PACK = """
format = 1
outlet = "{id}"
hosts = ["warta.example"]
signatures = ["warta.example - "]

[[rule]]
id = "tautan"
kind = "related"
why = "Tautan."
starts = ["bacaan berikut:"]
removes = ['''Satu.⟦

Bacaan berikut: Dua⟧''']
keeps = ['''Genap sudah.''']
"""

MODULE = """
from pathlib import Path
from cleaner import Outlet
outlet = Outlet.from_file(Path(__file__).with_name("pack.toml"))
"""

Install = Callable[..., None]
Run = Callable[[str], str]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder on the path of the interpreters that `run` starts."""
    return tmp_path / "site"


@pytest.fixture
def install(site: Path) -> Install:
    """Puts a distribution there that registers one outlet, by id, from one module."""

    def put(
        distribution: str,
        outlet: str = "warta",
        module: str = MODULE,
        value: str = "outlet",
        pack: str = PACK,
    ) -> None:
        package = site / distribution.replace("-", "_")
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(module, encoding="utf-8")
        (package / "pack.toml").write_text(pack.replace("{id}", outlet), encoding="utf-8")
        info = site / f"{package.name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8"
        )
        (info / "entry_points.txt").write_text(
            f"[cleaner.outlets]\n{outlet} = {package.name}:{value}\n", encoding="utf-8"
        )

    return put


@pytest.fixture
def run(site: Path) -> Run:
    """Runs code in a fresh interpreter that sees these distributions; answers with what it printed."""

    def answer(code: str) -> str:
        program = (
            f"import sys\nsys.path.insert(0, {str(site)!r})\n"
            f"from cleaner import *\nfrom cleaner.registry import *\n{code}"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    return answer


CLEAN = "r = clean('Satu.\\n\\nBacaan berikut: Dua', {how})\n"
CLEAN += "print(repr(r.text), r.outlet, [x.rule for x in r.removals])"
ERROR = "try:\n    {code}\nexcept OutletError as error:\n    print(error)"


@pytest.mark.parametrize("how", ["outlet='warta'", "url='https://www.warta.example/1'"])
def test_an_outlet_of_another_distribution_is_used_by_id_and_by_host(
    how: str, install: Install, run: Run
) -> None:
    install("outlet-warta")
    assert run(CLEAN.format(how=how)) == "'Satu.' warta ['warta/tautan']"


def test_it_is_recognised_by_its_signatures_and_listed_with_the_others(install: Install, run: Run) -> None:
    install("outlet-warta")
    told, *ids = run("print(clean('warta.example - Satu.').outlet, *outlet_ids())").split()
    assert told == "warta"
    assert ids == sorted({*BUILT_IN, "warta"})


def test_it_is_not_loaded_before_it_is_asked_for(install: Install, run: Run) -> None:
    install("outlet-warta", module="raise RuntimeError('dimuat')")
    assert run("print(clean('Satu.', outlet='viva').text, 'warta' in outlet_ids())") == "Satu. True"


def test_two_distributions_with_one_id_are_an_error_that_names_both(install: Install, run: Run) -> None:
    install("outlet-warta")
    install("warta-lain")
    told = run(ERROR.format(code="clean('Satu.', outlet='viva')"))
    assert "'warta'" in told
    assert "outlet-warta" in told
    assert "warta-lain" in told


def test_a_distribution_may_not_take_the_id_of_a_built_in_outlet(install: Install, run: Run) -> None:
    install("viva-palsu", "viva")
    told = run(ERROR.format(code="clean('Satu.')"))
    assert "'viva'" in told
    assert "viva-palsu" in told


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        pytest.param("raise ValueError('rusak')", "ValueError: rusak", id="that fails"),
        pytest.param("import tidak_ada_di_sini", "ModuleNotFoundError", id="that needs what isn't there"),
        pytest.param("lain = 1", "AttributeError", id="without the outlet"),
        pytest.param("outlet = 3", "is no Outlet with that id", id="with something else"),
        pytest.param(
            "from cleaner import Outlet\noutlet = Outlet", "is no Outlet with that id", id="with the class"
        ),
        pytest.param(
            "from cleaner import Outlet\noutlet = Outlet('x', 'X')",
            "is no Outlet with that id",
            id="with another id",
        ),
        pytest.param("def", "SyntaxError", id="that is no code"),
    ],
)
def test_a_broken_plug_in_is_an_error_that_names_its_distribution(
    module: str, reason: str, install: Install, run: Run
) -> None:
    install("outlet-warta", module=module)
    told = run(ERROR.format(code="clean('Satu.', outlet='warta')"))
    assert "outlet 'warta' of outlet-warta" in told
    assert reason in told
    assert "uninstall" in told


def test_a_broken_pack_of_a_plug_in_is_named_with_its_file_and_its_distribution(
    install: Install, run: Run
) -> None:
    install("outlet-warta", pack=PACK.replace('"related"', '"tidak-ada"'))
    told = run(ERROR.format(code="clean('Satu.', outlet='warta')"))
    for part in ("outlet-warta", "pack.toml", "warta/tautan"):
        assert part in told


def test_an_outlet_can_bring_a_detector(install: Install, run: Run) -> None:
    install(
        "outlet-warta",
        module=MODULE.replace(
            "from cleaner import Outlet", "from cleaner import Certainty, Claim, Kind, Outlet"
        ).replace(
            '"pack.toml")',
            '"pack.toml"), [lambda document, view: ('
            "Claim(view.rows.starts[row], view.rows.ends[row], Kind.ad, 'warta/detektor', Certainty.marked) "
            "for row in range(len(view.rows)) if view.rows[row].startswith('Iklan'))]",
        ),
    )
    assert run(
        "r = clean('Satu.\\nIklan itu\\nDua.', outlet='warta')\nprint(repr(r.text), r.removals[0].rule)"
    ) == ("'Satu.\\nDua.' warta/detektor")
