"""What a piece of work takes, as the benchmarks of speed measure it, and where in it the time goes."""

from __future__ import annotations

import cProfile
import gc
import pstats
import time
from collections.abc import Callable


def processor_seconds(work: Callable[[], object]) -> float:
    """The processor time of the work. The garbage collector runs before it, and is off meanwhile."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    work()
    spent = time.process_time() - start
    gc.enable()
    return spent


def print_profile(work: Callable[[], object]) -> None:
    """Do the work and print the functions that most of its time goes into."""
    profile = cProfile.Profile()
    profile.runcall(work)
    pstats.Stats(profile).sort_stats("tottime").print_stats(22)
