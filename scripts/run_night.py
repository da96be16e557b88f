"""Plays a night in which everything breaks, and checks that nothing was lost.

Called by scripts/night in the clone's environment. A session is played with the public command
line in one home folder, mostly as a simulation, while faults of every kind are injected on a
seeded schedule. At the end what must hold is checked; the exit code is 1 when anything does not.
In a folder beside the home folder are left: `night.json` (all of it), `report.html`, `play.log`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nights.checks import Check, checks_of, reached, write_page
from nights.fault_matching import faults_in, match, recovery_by_kind, reports_on
from nights.kind import NightOverError
from nights.kinds import KINDS
from nights.legs import Legs, Times, possible
from nights.night import Night
from nights.samples import Samples
from nights.session import Session
from nights.small_disk import apart

APART = "VOYAGER_NIGHT_APART"
"""Of the environment: that this process has a mount namespace of its own, see `SmallDisk`."""
SETTINGS = """\
# What a night is played with: as usual, but what takes minutes takes seconds.
[supervision]
silence = {silence}
longest_wait = 10
restarts = 12

[checkpoints]
every_minutes = 2
"""


def main(arguments: list[str]) -> int:
    """Play the night; 0 when all holds, 1 when not, 2 for options that cannot be."""
    options = _parser().parse_args(arguments)
    if not sys.platform.startswith("linux"):
        sys.stderr.write("A night needs Linux: what runs is read from /proc.\n")
        return 2
    missing = possible()
    kinds = [name for name in options.kinds or KINDS if KINDS[name].leg not in missing]
    for leg, why in missing.items() if APART not in os.environ else ():
        names = ", ".join(name for name, kind in KINDS.items() if kind.leg == leg)
        sys.stderr.write(f"Left out, because {why}: {names}.\n")
    if any(KINDS[name].leg == "disk" for name in kinds) and APART not in os.environ:
        command = [*apart("--mount"), sys.executable, *sys.argv]
        os.execvpe(command[0], command, {**os.environ, APART: "yes"})
    home = (options.home or Path(tempfile.mkdtemp(prefix="voyager-night-"), "home")).absolute()
    if not kinds or (home.exists() and any(home.iterdir())):
        sys.stderr.write("There is no kind of fault left, or the home folder is not empty.\n")
        return 2
    night = _night(options, kinds, home)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    begun, trouble = time.monotonic(), ""
    try:
        night.play()
    except (NightOverError, KeyboardInterrupt) as error:
        trouble = str(error) or "stopped by hand"
    if not (home / "voyager.db").exists():
        sys.stderr.write(f"Nothing was played: {trouble}\nSee {results_of(home)}.\n")
        return 1
    reports = reports_on(home)
    unasked = match(night.injections, faults_in(reports))
    checks = checks_of(night, unasked)
    summary = _summary(night, checks, trouble, time.monotonic() - begun)
    summary["reached"] = reached(night.session.database, reports)
    summary["faults_nobody_injected"] = list(unasked)
    summary["recovery_by_kind"] = recovery_by_kind(night.injections)
    (results_of(home) / "night.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")
    write_page(home, results_of(home) / "report.html")
    if options.json:
        sys.stdout.write(json.dumps(summary, indent=1) + "\n")
    else:
        _show(summary, checks, home)
    return 0 if all(check.holds for check in checks) and not trouble else 1


def results_of(home: Path) -> Path:
    """The folder beside the home folder where everything about the night is put."""
    folder = home.with_name(f"{home.name}-night")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/night",
        description="Play for hours of the world's time while one thing after another breaks, and"
        " check that nothing was lost and everything is in the report.",
        epilog="Kinds of faults:\n" + "\n".join(f"  {k.name:<22}{k.what}" for k in KINDS.values()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--hours", type=float, default=8, help="of the world's time (default: 8)")
    parser.add_argument("--seed", type=int, default=3, help="of world and faults (default: 3)")
    parser.add_argument(
        "--every", type=float, default=4, metavar="MINUTES",
        help="of the world's time between two faults (default: 4)",
    )  # fmt: skip
    parser.add_argument(
        "--kinds", type=_kinds, metavar="A,B", help="only these kinds of faults (default: all)"
    )
    parser.add_argument(
        "--world-rate", default="max", metavar="max|N",
        help="how fast the world runs, as with `voyager play` (default: max)",
    )  # fmt: skip
    parser.add_argument(
        "--real-rate", default="5", metavar="N",
        help="how fast where server and bot must be processes of their own (default: 5)",
    )  # fmt: skip
    parser.add_argument(
        "--outage", type=float, default=20, metavar="SECONDS",
        help="how long things stay broken that come back by themselves (default: 20)",
    )  # fmt: skip
    parser.add_argument(
        "--patience", type=float, default=1, metavar="N",
        help="how many times as long things may take, on a machine that is busy (default: 1)",
    )  # fmt: skip
    parser.add_argument("--no-gym", action="store_true", help="as with `voyager play`")
    parser.add_argument(
        "--home", type=Path, metavar="FOLDER",
        help="an empty one; results go to FOLDER-night (default: a new temporary folder)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print all of it as JSON")
    return parser


def _kinds(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in KINDS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; see --help")
    return names


def _night(options: argparse.Namespace, kinds: list[str], home: Path) -> Night:
    out = results_of(home)
    home.mkdir(parents=True, exist_ok=True)
    times = Times(options.outage, 3 * options.outage).with_patience(options.patience)
    settings = out / "night.toml"
    settings.write_text(SETTINGS.format(silence=times.long_outage), encoding="utf-8")
    os.environ.setdefault("OPENAI_API_KEY", "none")  # the leg with a model asks our own endpoint
    more = ["--config", str(settings), *(["--no-gym"] if options.no_gym else [])]
    return Night(
        home=home,
        hours=options.hours,
        gap_seconds=options.every * 60,
        seed=options.seed,
        kinds=kinds,
        legs=Legs(home, out, options.seed, options.world_rate, options.real_rate),
        times=times,
        session=Session(home, out / "play.log", more, options.patience),
        samples=Samples(),
        random=random.Random(options.seed),
    )


def _summary(night: Night, checks: list[Check], trouble: str, seconds: float) -> dict[str, Any]:
    return {
        "holds": all(check.holds for check in checks) and not trouble,
        "trouble": trouble,
        "seed": night.seed,
        "world_hours": round(night.world_hours(), 3),
        "seconds": round(seconds),
        "starts": night.session.starts,
        "checks": [asdict(check) for check in checks],
        "injections": [asdict(one) for one in night.injections],
        "unexpected_ends": night.unexpected_ends,
        "memory": night.samples.growth(),
        "disk_megabytes": night.samples.disk_megabytes,
    }


def _show(summary: dict[str, Any], checks: list[Check], home: Path) -> None:
    for one in summary["injections"]:
        told = one["told"]
        seconds = f"{told['part']} {told['seconds']:.1f} s" if told else "-"
        goes_on = one["seconds_until_steps"]
        sys.stdout.write(f"{one['world_hours']:6.2f} h  {one['kind']:<22} goes on: {goes_on} s")
        sys.stdout.write(f"  report: {seconds} {one['note']}\n")
    for name, figures in summary["recovery_by_kind"].items():
        sys.stdout.write(f"{name:<22}{figures}\n")
    for fault in summary["faults_nobody_injected"]:
        said = f"{fault['at']} {fault['part']} {fault['kind']}: {fault['cause']}"
        sys.stdout.write(f"nobody injected: {said} ({fault['seconds']} s)\n")
    sys.stdout.write(f"reached: {summary['reached']}\n")
    for check in checks:
        sys.stdout.write(f"{'ok  ' if check.holds else 'FAIL'} {check.name}: {check.evidence}\n")
    sys.stdout.write(f"{summary['trouble']}\nAll of it: {results_of(home)}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
