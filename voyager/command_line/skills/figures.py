"""`voyager skills stats`: the library in figures."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict

from voyager.command_line.spending import count_of
from voyager.command_line.tables import print_json, print_table
from voyager.reports.skills.skill_rows import SkillRow
from voyager.reports.skills.skill_stats import Growth, SkillStats, read_stats

GROWTH_LINES = 12
BAR_CHARACTERS = 40


def print_stats(connection: sqlite3.Connection, as_script: bool) -> None:
    """Print them for people or for scripts."""
    stats = read_stats(connection)
    if as_script:
        print_json(asdict(stats))
        return
    if not stats.skills:
        print("No skills yet.")
        return
    statuses = ", ".join(f"{count} {status}" for status, count in stats.by_status.items() if count)
    versions = count_of(stats.versions, "version")
    print(f"{count_of(stats.skills, 'skill')} in {versions}: {statuses}")
    _print_uses(stats)
    _print_rows("most used", stats.most_used)
    _print_rows("least reliable", stats.least_reliable)
    if stats.never_used_again:
        names = ", ".join(row.name for row in stats.some_never_used_again)
        more = ", ..." if stats.never_used_again > len(stats.some_never_used_again) else ""
        print(f"\nnever used again: {stats.never_used_again} ({names}{more})")
    _print_growth(stats.growth)


def _print_uses(stats: SkillStats) -> None:
    if stats.uses:
        print()
        print_table(
            ("uses", "worked#", "failed#", "unknown#"),
            ((use.kind, use.worked, use.failed, use.unknown) for use in stats.uses),
        )


def _print_rows(title: str, rows: Sequence[SkillRow]) -> None:
    if rows:
        print()
        print_table(
            (title, "worked#", "failed#", "reliability#"),
            ((r.name, r.successes, r.failures, f"{r.reliability:.0%}") for r in rows),
        )


def _print_growth(growth: Sequence[Growth]) -> None:
    """A bar for each of a dozen moments at most, the last one among them."""
    step = -(-len(growth) // GROWTH_LINES) or 1
    print("\ngrowth")
    for one in reversed(growth[::-1][::step]):
        bar = "█" * max(1, round(BAR_CHARACTERS * one.skills / growth[-1].skills))
        print(f"  {one.at.replace('T', ' ')}  {one.skills:>7}  {bar}")
