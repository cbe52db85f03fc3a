"""Pages made to hurt: time and peak memory by tool, each page in a process with 30 seconds to live.

    python benchmarks/html_hostile.py [--size 100000] [--tool cleaner] [--case "nested div"]

The pages are those of `tests/hostile_pages.py`, about `--size` tags each, all with a short article behind
what hurts. Times are the processor's, of the tool alone, without loading it; memory is the process's peak
above what it held before. The package also proves its audit: the text that was read comes out of it again.
Rivals come with `pip install resiliparse justext`.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import subprocess
import sys
from pathlib import Path
from time import process_time

from html_tools import OURS, tools
from measures import table

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from hostile_pages import HOSTILE, page

LIMIT = 30
TOOLS = (OURS, "trafilatura, fast", "resiliparse", "jusText")
WARM_UP = "<p>Warga desa memperbaiki jembatan bambu yang hanyut terbawa banjir pekan lalu.</p>" * 5


def measured(tool: str, case: str, size: int) -> None:
    """Run one tool on one page in this process, and print what it took."""
    html = page(HOSTILE[case](size))
    run = tools()[tool]
    run(WARM_UP, None)
    held = _peak()
    limit = int(process_time()) + LIMIT
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    start = process_time()
    if tool == OURS:
        _require_sound(html)
    else:
        run(html, None)
    print(json.dumps({"seconds": process_time() - start, "bytes": _peak() - held, "page": len(html)}))


def _require_sound(html: str) -> None:
    from cleaner import rebuild
    from cleaner.api import cleaner_for
    from cleaner.decide import Policy
    from cleaner.readers.page import PageReader
    from cleaner.registry import outlet_named, recogniser

    read = PageReader(recogniser(), outlet_named)(html)
    result = cleaner_for(read.outlet, Policy())(read.document)
    if rebuild(result.text, result.removals) != read.document.text:
        raise SystemExit("the audit doesn't give the text back")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def cell(tool: str, case: str, size: int) -> str:
    """What `tool` took for `case`, in a process of its own."""
    command = (sys.executable, __file__, "--size", str(size), "--measure", tool, case)
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"over {LIMIT} s"
    if ran.returncode:
        reason = (ran.stderr.strip().splitlines() or [f"exit {ran.returncode}"])[-1]
        return f"died: {reason[:40]}"
    took = json.loads(ran.stdout)
    return f"{took['seconds']:.2f} s, {took['bytes'] / 1e6:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=100_000, help="tags a page")
    parser.add_argument("--tool", action="append", choices=TOOLS, help="only this tool; can be given again")
    parser.add_argument("--case", action="append", choices=HOSTILE, help="only this page; can be given again")
    parser.add_argument("--measure", nargs=2, metavar=("TOOL", "CASE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        measured(*args.measure, args.size)
        return
    there = [tool for tool in args.tool or TOOLS if tool in tools()]
    rows = []
    for case in args.case or HOSTILE:
        size = f"{len(page(HOSTILE[case](args.size)).encode('utf-8', 'replace')) / 1e6:.1f} MB"
        rows.append((case, size, *(cell(tool, case, args.size) for tool in there)))
        print(*rows[-1], sep="  ", file=sys.stderr)
    print(table(("page", "size", *there), rows))


if __name__ == "__main__":
    main()
