"""Playing a run again with the answers of its models as they were recorded, and no endpoint.

Covers reading the recording and the settings of a run, playing it in a home folder of its own, and
telling what came out otherwise. Not covered: what a run does not hold, which is the world and the
skills that earlier runs left to it; `notes` says where that counts.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voyager.agent import open_agent
from voyager.errors import SettingsError
from voyager.events import Event
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.language_models import Completion, RecordedCall, RecordedChatModel, ToolCall
from voyager.opening.kept_settings import options_kept, sections_kept
from voyager.opening.settings import EMBEDDED, PlaySettings
from voyager.records import Spend
from voyager.replaying.replay_comparison import Comparison, PlayedRun, compare, read_played_run
from voyager.reports.transcripts import model_calls, rows

CONFIGURATION = "replay.toml"
ANSWERED = frozenset({"answered", "empty", "cut_off", "refused"})


@dataclass(frozen=True)
class Recording:
    """All that a run is played again from. `notes` are sentences on what may differ, and why."""

    settings: PlaySettings
    sections: Mapping[str, Mapping[str, Any]]
    calls: tuple[RecordedCall, ...]
    played: PlayedRun
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Replay:
    """A run that was played again: where, and how it compares. `unused` answers were not needed."""

    folder: Path
    notes: tuple[str, ...]
    comparison: Comparison
    unused: int


def read_recording(home: Home, run_id: int, into: Path) -> Recording:
    """What is kept of a run, to be played in `into`. Raises SettingsError."""
    with open_journal(home) as connection:
        run = _run(connection, run_id)
        played = read_played_run(connection, run["id"])
        calls = tuple(_recorded_calls(connection, run["id"], len(played.tasks)))
        notes = tuple(_notes(connection, run))
    if not played.tasks and played.status not in ("finished", "stuck"):
        raise SettingsError(
            f"Run {run_id} ended before its first task: there is nothing to replay."
        )
    # A run that came to its end does so by itself, one that was stopped does so by its tasks.
    tasks = len(played.tasks) + (played.status in ("finished", "stuck"))
    kept = json.loads(run["settings"])
    options = options_kept(kept) | {
        "home": into,
        "goal": run["goal"],
        "server": run["server"],
        "username": run["username"],
        "model": run["model"],
        "tasks": tasks,
        "config": into / CONFIGURATION,
    }
    if run["server"] == EMBEDDED:
        options |= {"world": run["world"], "seed": run["seed"]}
    return Recording(PlaySettings(**options), sections_kept(kept), calls, played, notes)


def replay(
    recording: Recording,
    listener: Callable[[Event], None],
    note: Callable[[str], None] = lambda _: None,
) -> Replay:
    """Play it and compare; raises what playing raises."""
    settings = recording.settings
    _write_configuration(settings.home, recording.sections)
    model = RecordedChatModel(recording.calls) if recording.settings.model is not None else None

    def hear(event: Event) -> None:
        if model is not None:
            model.hear(event)
        listener(event)

    with open_agent(settings, hear, note, recorded=model) as agent:
        agent.play()
    with open_journal(Home(settings.home)) as connection:
        replayed = read_played_run(connection, agent.run.id)
    comparison = compare(recording.played, replayed)
    unused = 0 if model is None else model.unused
    return Replay(settings.home, recording.notes, comparison, unused)


def folder_for(home: Home, run_id: int, into: Path | None) -> Path:
    """The new home folder: the one asked for, or the first free one beside the home."""
    if into is not None:
        if Home(into).exists():
            raise SettingsError(f"{into} holds a game already: name a new folder with --into.")
        return into
    name = f"{home.folder.resolve().name}-replay-{run_id}"
    folder = home.folder.resolve().with_name(name)
    number = 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{name}-{number}")
    return folder


def _run(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    found = rows(
        connection,
        "SELECT r.id, r.world_id, r.goal, r.username, r.model, r.settings, w.name AS world,"
        " w.server, w.seed FROM runs r JOIN worlds w ON w.id = r.world_id"
        " WHERE CAST(r.id AS TEXT) = ?",
        str(run_id),
    )
    if not found:
        raise SettingsError(
            f"No run {run_id} is in this home folder; `voyager runs list` shows them."
        )
    return dict(found[0])


def _recorded_calls(
    connection: sqlite3.Connection, run_id: int, tasks: int
) -> Iterator[RecordedCall]:
    """The run's calls by task and attempt, without those that fell to an interruption.

    What a sitting that was broken off had asked was asked again in the next one, if it was needed.
    """
    numbers = _attempt_numbers(connection, run_id)
    iterations = dict(
        connection.execute("SELECT id, iteration FROM tasks WHERE run_id = ?", (run_id,)).fetchall()
    )
    begun = [
        at
        for (at,) in connection.execute(
            "SELECT at FROM events WHERE run_id = ? AND type = 'run_started' ORDER BY id", (run_id,)
        )
    ]
    calls = list(model_calls(connection, "run_id = ? AND purpose != 'probe'", run_id))
    sittings = [bisect_right(begun, call["at"]) for call in calls]
    asked_in = {_asked_for(call): sitting for call, sitting in zip(calls, sittings, strict=True)}
    for call, sitting in zip(calls, sittings, strict=True):
        number = numbers.get((call["task_id"], call["attempt"]), call["attempt"])
        if number != 0 and asked_in[_asked_for(call)] == sitting:
            yield _recorded(call, iterations.get(call["task_id"], tasks + 1), number)


def _asked_for(call: Mapping[str, Any]) -> tuple[Any, ...]:
    return call["task_id"], call["attempt"], call["purpose"]


def _recorded(call: Mapping[str, Any], iteration: int, attempt: int | None) -> RecordedCall:
    return RecordedCall(
        iteration=iteration,
        attempt=attempt,
        purpose=call["purpose"],
        completion=_completion(call) if call["outcome"] in ANSWERED else None,
        outcome=call["outcome"],
        error=call["error"],
        retries=call["retries"],
        tools=bool(call["tools"]),
    )


def _attempt_numbers(connection: sqlite3.Connection, run_id: int) -> dict[tuple[int, int], int]:
    """Each attempt's number among those of its task that were not interrupted; 0 for one that was.

    What was asked for an attempt of which there is no row comes after all others.
    """
    numbers: dict[tuple[int, int], int] = {}
    counted: dict[int, int] = {}
    for task_id, number, status in connection.execute(
        "SELECT t.id, n.number, COALESCE(a.status, '') FROM tasks t JOIN ("
        "  SELECT task_id, number FROM attempts UNION"
        "  SELECT task_id, attempt FROM model_calls WHERE attempt IS NOT NULL"
        ") n ON n.task_id = t.id"
        " LEFT JOIN attempts a ON a.task_id = t.id AND a.number = n.number"
        " WHERE t.run_id = ? ORDER BY t.id, n.number",
        (run_id,),
    ):
        if status == "interrupted":
            numbers[task_id, number] = 0
            continue
        counted[task_id] = counted.get(task_id, 0) + 1
        numbers[task_id, number] = counted[task_id]
    return numbers


def _completion(call: Mapping[str, Any]) -> Completion:
    return Completion(
        text=call["answer"],
        spend=Spend(call["input_tokens"], call["output_tokens"], call["cost"]),
        model=call["model"] or "",
        finish_reason=call["finish_reason"],
        retries=call["retries"],
        tool_calls=tuple(ToolCall(**made) for made in call["tool_calls"]),
        refusal=call["error"] if call["outcome"] == "refused" else "",
    )


def _notes(connection: sqlite3.Connection, run: Mapping[str, Any]) -> Iterator[str]:
    kept = json.loads(run["settings"])
    if not kept:
        yield "This run is older than the keeping of settings: it is replayed with the defaults."
    elif options_kept(kept).get("world_rate", 1.0) != float("inf"):
        yield "This was no simulation: its world went on by itself, and does so otherwise again."
    if run["server"] != EMBEDDED:
        yield f"The world of {run['server']} is played as it stands now."
    earlier = connection.execute(
        "SELECT COUNT(*) FROM runs WHERE id < ? AND (world_id = ? OR EXISTS ("
        "  SELECT 1 FROM tasks t WHERE t.run_id = runs.id AND t.status = 'passed'))",
        (run["id"], run["world_id"]),
    ).fetchone()[0]
    if earlier:
        yield "Earlier runs left a world or skills to this one, which the replay begins without."
    sittings = connection.execute(
        "SELECT COUNT(*) FROM events WHERE run_id = ? AND type = 'run_started'", (run["id"],)
    ).fetchone()[0]
    if sittings > 1:
        yield f"It was played in {sittings} sittings, and is replayed in one."


def _write_configuration(folder: Path, sections: Mapping[str, Mapping[str, Any]]) -> None:
    """How programs were written and judged, as a file; no other configuration is looked for.

    A model that failed is asked again at once: where it was not asked then, no answer is recorded.
    """
    sections = {**sections, "attempts": {**sections.get("attempts", {}), "model_retry_seconds": 0}}
    lines = ["# How the run that is replayed here was played."]
    for name, values in sections.items():
        lines += ["", f"[{name}]"]
        lines += [
            f"{key} = {json.dumps(value)}" for key, value in values.items() if value is not None
        ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CONFIGURATION).write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"{folder} cannot be written ({error.strerror or error}): name another with --into."
        ) from error
