"""`voyager runs compare`: two runs side by side."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from typing import Any

from voyager.command_line.spending import cost_text
from voyager.command_line.tables import print_folded, print_json, print_table
from voyager.foreign_text import printable
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.reports.session.comparison import compare_runs
from voyager.reports.session.reading import duration

ITEMS_SHOWN = 60


def run(options: argparse.Namespace) -> int:
    """Print how two runs, of this home folder or of two, compare."""
    other = options.other_home
    with (
        open_journal(Home(options.home)) as first,
        nullcontext(first) if other is None else open_journal(Home(other)) as second,
    ):
        found = compare_runs(first, options.first, second, options.second)
    if options.json:
        print_json(found)
    else:
        _print(found, options)
    return 0


def _print(found: dict[str, Any], options: argparse.Namespace) -> None:
    named = [f"run {number}" for number in found["runs"]]
    if options.other_home is not None:
        named = [f"{named[0]} in {options.home}", f"{named[1]} in {options.other_home}"]
    for letter, name, headline in zip("AB", named, found["headlines"], strict=True):
        print_folded(printable(f"{letter}, {name}: {headline}"))
    print()
    if found["settings"]:
        _table("setting", found["settings"], _setting)
    else:
        print("The settings that are kept are the same.")
    print()
    figures = {
        name.replace("_", " "): tuple(_figure(name, value) for value in pair)
        for name, pair in found["figures"].items()
    }
    _table("figure", figures, str)
    _table_of("time spent on", found["time"], duration)
    _table_of("level, after", found["levels"], _when)
    _table_of("item, after", found["items"], _when)
    _table_of("fault", found["fault_kinds"], str)


def _table_of(what: str, pairs: dict[str, Any], shown: Any) -> None:
    if not pairs:
        return
    print()
    _table(what, dict(list(pairs.items())[:ITEMS_SHOWN]), shown)
    if len(pairs) > ITEMS_SHOWN:
        print(f"(and {len(pairs) - ITEMS_SHOWN} more)")


def _table(what: str, pairs: dict[str, Any], shown: Any) -> None:
    rows = [
        (printable(name), *("-" if value is None else printable(shown(value)) for value in pair))
        for name, pair in pairs.items()
    ]
    print_table((what, "A#", "B#"), rows)


def _figure(name: str, value: Any) -> str:
    if name.endswith("seconds"):
        return duration(value)
    return cost_text(value) if name == "cost" else f"{value:,}" if isinstance(value, int) else value


def _setting(value: Any) -> str:
    return "on" if value is True else "off" if value is False else str(value)


def _when(value: dict[str, Any]) -> str:
    return f"{duration(value['seconds'])}, task {value['iteration']}"
