"""What does cleaning cost, next to merely reading and writing the same records?

    python benchmarks/speed.py [--corpus ../shared/corpus] [--rounds 15] [--profile]

In one process, in processor time. The cleaner's loop takes a record as bytes, decodes it (msgspec),
recognises the outlet by url and text, cleans, and encodes the record with its clean text, outlet and
fields. The bare loop decodes the same record, calls `lower` and `splitlines` on its text and encodes it.
A third loop, told apart, does as the cleaner's and writes the sidecar row too: the source's digest, every
removal and every suspect. Rounds alternate; the figure is the median of the rounds' ratios. The garbage
collector is off within a round and runs between them. Records are the dump as it is, and made-up pages of
the five outlets (see `pages.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median

import msgspec
from corpus import FIVE, arguments, dump
from measures import Measure, as_json, summary, table
from pages import pages
from parts import Parts
from timing import print_profile, processor_seconds

from cleaner import Document, Policy, Result
from cleaner.api import cleaner_for
from cleaner.registry import recogniser

BAR = 3.0
AIM = 2.0

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode

Loop = Callable[[Sequence[bytes]], None]


def bare_loop(records: Sequence[bytes]) -> None:
    """What any program does that reads text records, looks at the text, and writes them."""
    for raw in records:
        record = _decode(raw)
        record["text"].lower().splitlines()
        _encode(record)


def cleaned(records: Sequence[bytes]) -> Iterator[tuple[Document, Result]]:
    """Recognise, clean, and encode the cleaned record."""
    recognise, policy = recogniser(), Policy()
    for raw in records:
        record = _decode(raw)
        document = Document(record["text"], record["id"], record["url"], record["title"])
        result = cleaner_for(recognise(document), policy)(document)
        record["text"], record["outlet"], record["fields"] = result.text, result.outlet, result.fields
        _encode(record)
        yield document, result


def cleaner_loop(records: Sequence[bytes]) -> None:
    """What `clean run` does with each record, but for its sidecar row."""
    for _ in cleaned(records):
        pass


def audit_loop(records: Sequence[bytes]) -> None:
    """The same, and the sidecar row of every record."""
    for document, result in cleaned(records):
        _encode(
            {
                "id": document.id,
                "outlet": result.outlet,
                "sha256": sha256(document.text.encode()).hexdigest(),
                "removed": result.removals,
                "suspects": result.suspects,
            }
        )


def ratio(loop: Loop, records: Sequence[bytes], rounds: int) -> float:
    """The median over rounds of the loop's time by the bare loop's, one straight after the other."""
    loop(records[:50])
    bare_loop(records[:50])
    return median(_timed(loop, records) / _timed(bare_loop, records) for _ in range(rounds))


def _timed(loop: Loop, records: Sequence[bytes]) -> float:
    return processor_seconds(partial(loop, records))


def record_sets(folder: Path, count: int) -> dict[str, list[bytes]]:
    """The records to measure on, by what they are."""
    made_up = [
        (
            page.outlet,
            _encode({"id": page.id, "url": page.url, "title": page.title, "outlet": "", "text": page.text}),
        )
        for page in pages(Parts(folder), count)
    ]
    sets = {"the dump": dump(folder), "pages of the five": [raw for _, raw in made_up]}
    return sets | {f"pages of {outlet}": [raw for have, raw in made_up if have == outlet] for outlet in FIVE}


def measures(ratios: dict[str, float]) -> list[Measure]:
    barred = ("the dump", "pages of the five")
    return [
        Measure(f"time by a bare loop's, {name}", value, BAR if name in barred else None, "lower")
        for name, value in ratios.items()
    ]


def per_record(records: Sequence[bytes]) -> tuple[str, str, str]:
    """Microseconds a record for both loops, and the mean size of a record."""
    best = [
        min(_timed(loop, records) for _ in range(3)) / len(records) * 1e6
        for loop in (bare_loop, cleaner_loop)
    ]
    return f"{best[0]:.1f}", f"{best[1]:.1f}", f"{sum(map(len, records)) / len(records):.0f}"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument(
        "--count", type=int, default=10, help="made-up pages of every template and layout (default: 10)"
    )
    parser.add_argument("--profile", action="store_true", help="show where the time goes instead")
    args = parser.parse_args()
    sets = record_sets(args.corpus, args.count)
    if args.profile:
        for name in ("the dump", "pages of the five"):
            print(f"=== {name}")
            print_profile(partial(cleaner_loop, sets[name]))
        return
    ratios = {name: ratio(cleaner_loop, records, args.rounds) for name, records in sets.items()}
    ratios["the dump, sidecar too"] = ratio(audit_loop, sets["the dump"], args.rounds)
    found = measures(ratios)
    if args.json:
        print(as_json(found))
        return
    print(
        summary(found),
        table(
            ("records", "bare, µs", "cleaner, µs", "bytes"),
            ((name, *per_record(r)) for name, r in sets.items()),
        ),
        sep="\n\n",
    )


if __name__ == "__main__":
    main()
