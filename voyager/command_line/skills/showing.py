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

from skills import SkillLibrary, SkillStatus
from voyager.command_line.conversation import clean
from voyager.command_line.spending import cost_text, count_of
from voyager.command_line.tables import print_folded, print_json
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
    for line in (*_head(page), *_learning(learning), *_advice(page)):
        print_folded(clean(line))
    for title, lines in _sections(page):
        if lines := [clean(line) for line in lines]:
            print(f"\n{_bold(title)}")
            for line in lines:
                print_folded(line, "  ")
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
    source = f"not from a run: {origin.task}"
    if origin.run_id is not None:
        source = f"from run {origin.run_id}, task '{origin.task}', attempt {origin.attempt}"
    by = f"written by {origin.model or origin.writer}, game version {origin.game_version}"
    yield f"{source}, {by}"
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


def _advice(page: SkillPage) -> Iterator[str]:
    """What keeps it from being used like others, and what can be done about that."""
    name, verify = page.skill.name, f"`voyager skills verify {page.skill.name}`"
    if page.banned:
        yield f"it is not used: it is banned, `voyager skills ban --undo {name}` takes that back"
    elif not page.shown_version.active:
        return
    elif page.skill.status is SkillStatus.CANDIDATE:
        yield f"it serves where no verified skill does until it has worked again: {verify}"
    elif page.skill.status is SkillStatus.QUARANTINED:
        reasons = (one.reason for one in page.changes if one.change == SkillStatus.QUARANTINED)
        why = next(reasons, "") or "nobody said why"
        yield f"it is not used: {why}"
        if page.skill.contract:
            yield f"mend it with `voyager skills edit {name}`, or try it again with {verify}"
        else:
            yield "mend its file and import it again"


def _sections(page: SkillPage) -> Iterator[tuple[str, Iterable[str]]]:
    yield "when to use", page.skill.when_to_use.splitlines()
    if page.learned is not None:
        yield "what its uses teach", page.learned.words.splitlines()
    yield "calls", [*map(_neighbour, page.callees), *page.primitives]
    yield "called by", map(_neighbour, page.callers)
    yield "uses", _uses(page)
    if len(page.versions) > 1:
        yield "versions", _versions(page)
    yield "history", _changes(page)


def _changes(page: SkillPage) -> Iterator[str]:
    if len(page.changes) > CHANGES_SHOWN:
        yield f"the last {CHANGES_SHOWN}:"
    for change in reversed(page.changes[:CHANGES_SHOWN]):
        reason = f" ({change.reason})" if change.reason else ""
        yield f"{_time(change.changed_at)}  version {change.version}: {change.change}{reason}"


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
