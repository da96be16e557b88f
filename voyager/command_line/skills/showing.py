"""`voyager skills show`: one skill, with all that is known of it."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.syntax import Syntax

from skills import SkillLibrary
from voyager.command_line.conversation import clean
from voyager.command_line.spending import cost_text, count_of
from voyager.command_line.tables import print_json
from voyager.reports.skills.skill_page import SkillPage, read_skill_page
from voyager.reports.skills.skill_rows import SkillRow
from voyager.reports.skills.skill_uses import ShownUse
from voyager.reports.spend_reports import cost_of_learning

USES_SHOWN = 10
CHANGES_SHOWN = 10


def print_skill(
    connection: sqlite3.Connection, library: SkillLibrary, options: argparse.Namespace
) -> None:
    """Print the version that is asked for, for people or for scripts."""
    page = read_skill_page(connection, library, options.name, options.version)
    learning = cost_of_learning(connection, page.skill.name, page.skill.provenance)
    if options.json:
        print_json(page_as_json(page) | {"learning": learning})
        return
    for line in (*_head(page), *_learning(learning)):
        print(clean(line))
    for title, lines in _sections(page):
        if lines := [clean(line) for line in lines]:
            print(f"\n{_bold(title)}")
            print("\n".join(f"  {line}" for line in lines))
    print(f"\n{_bold('source')}")
    _print_source(page.skill.source.rstrip())


def page_as_json(page: SkillPage) -> dict[str, Any]:
    """All of it but what learning it cost, as scripts read it."""
    skill = page.skill
    return {
        "name": skill.name,
        "version": skill.version,
        "status": skill.status.value,
        "description": skill.description,
        "when_to_use": skill.when_to_use,
        "calls": list(skill.calls),
        "successes": skill.successes,
        "failures": skill.failures,
        "source_run": skill.provenance.run_id,
        "pinned": page.pinned,
        "banned": page.banned,
        "source": skill.source,
        "contract": dict(skill.contract),
        "parameters": dict(skill.parameters),
        "goal": page.goal,
        "learned": None
        if page.learned is None
        else {"words": page.learned.words, "contract": dict(page.learned.contract)},
        "attempt": page.shown_version.attempt,
        "other_names": list(page.other_names),
        "callers": [row.name for row in page.callers],
        "callees": [row.name for row in page.callees],
        "primitives": list(page.primitives),
        "versions": [asdict(version) for version in page.versions],
        "changes": [asdict(change) for change in page.changes],
        "uses": [asdict(use) for use in page.uses],
        "uses_by_kind": [asdict(kind) for kind in page.uses_by_kind],
    }


def _head(page: SkillPage) -> Iterator[str]:
    skill, shown = page.skill, page.shown_version
    marks = [mark for mark in ("pinned", "banned") if getattr(page, mark)]
    if not shown.active:
        active = next((v.version for v in page.versions if v.active), "?")
        marks.append(f"not in use: version {active} is")
    yield ", ".join([f"{skill.name}, version {skill.version}", skill.status.value, *marks])
    yield skill.description
    if page.other_names:
        yield f"also called {', '.join(page.other_names)}"
    yield f"goal: {page.goal}"
    yield f"worked: {skill.successes}, failed: {skill.failures}"
    origin = skill.provenance
    run = "before any run" if origin.run_id is None else f"from run {origin.run_id}"
    yield (
        f"{run}, task '{origin.task}', attempt {origin.attempt}, written by"
        f" {origin.model or origin.writer}, game version {origin.game_version}"
    )
    if shown.attempt:
        yield f"see it: voyager transcript {shown.attempt}"


def _learning(learning: dict[str, Any] | None) -> Iterator[str]:
    if learning:
        tokens = learning["input_tokens"] + learning["output_tokens"]
        calls = count_of(learning["calls"], "call")
        yield (
            f"learned with {calls} of a language model, {tokens} tokens,"
            f" cost {cost_text(learning['cost'])}"
        )


def _sections(page: SkillPage) -> Iterator[tuple[str, Iterable[str]]]:
    yield "when to use", page.skill.when_to_use.splitlines()
    if page.learned is not None:
        yield "what its uses teach", page.learned.words.splitlines()
    yield "calls", [*map(_neighbour, page.callees), *page.primitives]
    yield "called by", map(_neighbour, page.callers)
    yield "uses", _uses(page)
    if len(page.versions) > 1:
        yield "versions", _versions(page)
    yield (
        "history",
        (
            f"{_time(change.changed_at)}  version {change.version}: {change.change}"
            + (f" ({change.reason})" if change.reason else "")
            for change in page.changes[:CHANGES_SHOWN]
        ),
    )


def _neighbour(row: SkillRow) -> str:
    return row.name if row.status == "verified" else f"{row.name} ({row.status})"


def _uses(page: SkillPage) -> Iterator[str]:
    for kind in page.uses_by_kind:
        unknown = f", {kind.unknown} unknown" if kind.unknown else ""
        yield f"{kind.kind}: worked {kind.worked}, failed {kind.failed}{unknown}"
    if len(page.uses) > USES_SHOWN:
        yield f"the last {USES_SHOWN}:"
    yield from map(_use, page.uses[-USES_SHOWN:])


def _use(use: ShownUse) -> str:
    attempt = f"  attempt {use.attempt}" if use.attempt else ""
    why = f"  {use.why}" if use.why else ""
    head = f"{_time(use.used_at)}  version {use.version}  {use.kind:9}  {use.came:7}"
    return f"{head}  {use.seconds:.1f} s{attempt}{why}"


def _versions(page: SkillPage) -> Iterator[str]:
    for one in page.versions:
        use = ", in use" if one.active else ""
        by = one.model or one.writer
        attempt = f", attempt {one.attempt}" if one.attempt else ""
        yield (
            f"{one.version}  {_time(one.added_at)}  {one.status}{use}, by {by}{attempt},"
            f" worked {one.successes}, failed {one.failures}"
        )


def _time(text: str) -> str:
    return text[:19].replace("T", " ")


def _bold(title: str) -> str:
    return f"\033[1m{title}\033[0m" if sys.stdout.isatty() else title


def _print_source(source: str) -> None:
    if not sys.stdout.isatty():
        print(source)
        return
    console = Console()
    with console.capture() as captured:
        # What moves the cursor is taken out; the lines stay.
        safe = "\n".join(map(clean, source.splitlines()))
        console.print(
            Syntax(
                safe, "javascript", theme="ansi_dark", background_color="default", word_wrap=True
            )
        )
    # Not printed by the console itself, which ends the program when the reader has gone.
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))
