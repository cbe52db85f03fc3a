"""Are the five real seeds cleaned exactly as their goldens say, the outlet told from the text alone?

    python benchmarks/seeds.py

A seed without a golden counts as not exact. The made-up samples are `clean golden check`'s: some of them have
no signature, and their facts name the outlet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus import arguments
from measures import Measure, as_json, summary

from cleaner import clean

ROOT = Path(__file__).resolve().parents[1]


def verdicts() -> Iterator[tuple[str, bool]]:
    """Each seed's name, and whether it is cleaned exactly."""
    for seed in sorted((ROOT / "seeds").glob("*/00?_*.txt")):
        name = seed.relative_to(ROOT / "seeds")
        golden = ROOT / "golden" / name
        text = clean(seed.read_bytes().decode()).text
        yield str(name), golden.is_file() and golden.read_bytes() == text.encode()


def main() -> None:
    args = arguments(__doc__).parse_args()
    exact = dict(verdicts())
    measures = [Measure(f"seeds exact, of {len(exact)}", sum(exact.values()), len(exact))]
    if args.json:
        print(as_json(measures))
        return
    print(
        summary(measures), *(f"  not exact: {name}" for name, right in exact.items() if not right), sep="\n"
    )


if __name__ == "__main__":
    main()
