"""Many programs, hostile ones among them, through one bridge: nothing lost, leaked or orphaned.

`--programs 1000 --seed 1` choose how many and which; `--ordinary 300` adds a row in one and the
same process, to see that it does not grow. Tells on standard error how it goes; the exit code is
1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.measure import Figure, figure
from benchmarks.parts.soak_programs import ORDINARY, SoakProgram
from benchmarks.parts.soaking import Sample, Soak, mixed, soaking

MIXED_WARM_UP, ORDINARY_WARM_UP = 0.1, 0.25
"""Shares of the samples that do not count: what is loaded and compiled once is no leak. A bot's
process is new when the ordinary programs begin."""
MOST_GROWTH = 1.1
TELL_AFTER = 25
COUNTS = ("host_files", "python_files", "python_threads")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--programs", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--ordinary", type=int, default=300, help="then ordinary (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="which programs (default: 1)")
    parser.add_argument("--world-rate", type=float, default=1, help="1 to 10 (default: 1)")


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Soak and return the figures by name; SystemExit when anything is wrong."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        with soaking(Path(folder), options.world_rate) as soak:
            run_all(soak, mixed(options.programs, options.seed), options.programs)
            mixed_samples, soak.samples = soak.samples, []
            only = (each for each in mixed(10**9, options.seed) if each.kind == ORDINARY)
            run_all(soak, islice(only, options.ordinary), options.ordinary)
            ordinary_samples = soak.samples
        soak.see_nothing_left()
    figures = {
        "programs": figure([soak.done], "programs"),
        "faults": figure([len(soak.faults)], "faults"),
        "longest": figure([soak.longest_seconds], "seconds"),
        "all": figure([time.perf_counter() - begun], "seconds"),
        **growth("mixed", after(MIXED_WARM_UP, mixed_samples), ("host", "python", "server")),
        **growth("ordinary", after(ORDINARY_WARM_UP, ordinary_samples), ("host", "bot")),
    }
    verdict(soak, figures)
    return figures


def run_all(soak: Soak, programs: Iterable[SoakProgram], count: int) -> None:
    """Run them in order, and tell how it goes."""
    for number, program in enumerate(programs, 1):
        faults = len(soak.faults)
        soak.run(program)
        for fault in soak.faults[faults:]:
            sys.stderr.write(f"FAULT: {fault}\n")
        if number % TELL_AFTER == 0:
            state = soak.samples[-1] if soak.samples else "this machine tells nothing of processes"
            sys.stderr.write(f"{number} of {count}: {len(soak.faults)} faults; {state}\n")


def after(warm_up: float, samples: Sequence[Sample]) -> Sequence[Sample]:
    """Those that are left without that share of them at the beginning."""
    return samples[round(len(samples) * warm_up) :]


def growth(name: str, settled: Sequence[Sample], parts: Sequence[str]) -> dict[str, Figure]:
    """Of each part's memory and of each count: all samples, and last quarter by first quarter."""
    if len(settled) < 8:
        return {}

    def of(part: str, among: Sequence[Sample] = settled) -> list[float]:
        return [getattr(sample, part) for sample in among]

    quarter = len(settled) // 4
    figures: dict[str, Figure] = {}
    for part in (*parts, *COUNTS):
        first, last = (
            statistics.median(of(part, among)) for among in (settled[:quarter], settled[-quarter:])
        )
        unit = "at once" if part in COUNTS else "MB"
        figures[f"{name}_{part}"] = figure(of(part), unit)
        figures[f"{name}_{part}_growth"] = figure([last / first], "times")
    return figures


def verdict(soak: Soak, figures: dict[str, Figure]) -> None:
    """Tell whether all is well, and leave with exit code 1 when it is not."""
    wrong = list(soak.faults)
    for name, found in figures.items():
        if name.endswith("growth") and "server" not in name and found.median > MOST_GROWTH:
            wrong.append(f"{name} is {found.median:.3f}, at most {MOST_GROWTH}")
    if not wrong:
        sys.stderr.write(f"all is well after {soak.done} programs\n")
        return
    told = "\n".join(f"{name}: {each.median:.4g} {each.unit}" for name, each in figures.items())
    sys.stderr.write(f"{told}\n{len(wrong)} things are wrong:\n" + "\n".join(wrong) + "\n")
    raise SystemExit(1)
