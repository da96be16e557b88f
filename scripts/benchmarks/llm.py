"""What a language model costs here: tokens a task, the prompts' sections, the agent's own time.

A loopback endpoint answers at once what the planner would do, so what is measured is ours: how much
is asked, and the wall time that is neither the model's nor the game's. That the endpoint takes no
time makes the agent's own share as large as it can be. Tokens are estimated from the text, for no
vocabulary is at hand.

`own_share` is of the time from the first moment in the world to the end of the last task, and
`own: ...` are its parts by the loop's steps, per task; what no step covers is `own: the rest`.
`iteration_own_processor` is what the processor itself worked for it. The game's time is that of
the programs in the world's seconds, which at its usual rate are the clock's: what a bot takes to
begin and to end counts as our own. A busy machine makes own time longer, but neither that work nor
the game's time: its load is told with each seed and with what is demanded, on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Figure, figure
from benchmarks.parts.planned_replies import planned_replies
from benchmarks.parts.sittings import play_timed

from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.language_models.replay.replay_server import ReplayServer
from voyager.language_models.token_estimate import estimated_tokens
from voyager.writers.model.prompt_sections import prompt_sections

LARGEST_OWN_SHARE = 0.05
PLAYING = "purpose != 'probe'"
"""Calls of the sitting itself: an endpoint is tried before the world is there."""
Values = list[tuple[str, float, str]]


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--seeds", default="1,2,3", help="worlds, a list (default: 1,2,3)")
    parser.add_argument("--goal", default="stone_pickaxe", help="the item (default: stone_pickaxe)")


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Play every world and return the figures by name."""
    values: dict[str, list[float]] = defaultdict(list)
    units: dict[str, str] = {}
    for seed in options.seeds.split(","):
        with tempfile.TemporaryDirectory() as folder:
            for name, value, unit in _played(Path(folder), int(seed), options.goal):
                values[name].append(value)
                units[name] = unit
    share = statistics.median(values["own_share"])
    verdict = "met" if share <= LARGEST_OWN_SHARE else "NOT MET"
    sys.stderr.write(
        f"own share at most {LARGEST_OWN_SHARE:.0%}: {share:.1%}, {verdict}{_load()}\n"
    )
    return {name: figure(found, units[name]) for name, found in sorted(values.items())}


def _played(folder: Path, seed: int, goal: str) -> Values:
    """One sitting in real time, measured by its journal and by a watch on its steps."""
    home = folder / "home"
    replies = planned_replies(folder / "planned", seed, goal)
    with ReplayServer(replies) as endpoint:
        run, watched = play_timed(
            *(home, "--seed", str(seed), "--goal", goal),
            *("--model", "replay", "--base-url", endpoint.base_url),
            OPENAI_API_KEY="any",
        )
    tasks = len(run["tasks"])
    with open_journal(Home(home)) as connection:
        times = _times(connection, tasks, watched)
        sizes = _sizes(connection, tasks)
    told = {name: value for name, value, _ in times}
    sys.stderr.write(
        f"seed {seed}: {run['status']} after {tasks} tasks ({run['reason']}): an iteration"
        f" {told['iteration']:.2f} s, of which game {told['iteration_game']:.2f} s, model"
        f" {told['iteration_model']:.3f} s, own {told['iteration_own']:.3f} s"
        f" ({told['own_share']:.1%}; {told['iteration_own_processor']:.3f} s of work){_load()}\n"
    )
    return times + sizes


def _load() -> str:
    """How busy the machine is, where it tells."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f"; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def _times(
    connection: sqlite3.Connection, tasks: int, watched: Mapping[str, Mapping[str, float]]
) -> Values:
    """Where an iteration's time went; at its usual rate the world's seconds are the clock's."""
    (total,) = connection.execute("SELECT SUM(seconds) FROM runs").fetchone()
    (model,) = connection.execute(
        f"SELECT SUM(seconds) FROM model_calls WHERE {PLAYING}"
    ).fetchone()
    (game,) = connection.execute("SELECT SUM(seconds) FROM executions").fetchone()
    own = total - model - game
    return [
        ("iteration", total / tasks, "seconds"),
        ("iteration_model", model / tasks, "seconds"),
        ("iteration_game", game / tasks, "seconds"),
        ("iteration_own", own / tasks, "seconds"),
        ("own_share", own / total, "of the iteration"),
        ("iteration_own_processor", _worked(watched["processor_seconds"]) / tasks, "seconds"),
        *_parts(own, model, game, watched["seconds"], tasks),
    ]


def _worked(steps: Mapping[str, float]) -> float:
    """Seconds that the processor worked for the loop's own steps, whatever else it had to do."""
    return sum(seconds for step, seconds in steps.items() if step != "ask the model")


def _parts(own: float, model: float, game: float, steps: Mapping[str, float], tasks: int) -> Values:
    """Own time by step: of a program without the game's, of a question without the model's."""
    found = dict(steps)
    found["run a program"] -= game
    found["ask the model"] -= model
    found["the rest"] = own - sum(found.values())
    return [(f"own: {step}", seconds / tasks, "seconds") for step, seconds in found.items()]


def _sizes(connection: sqlite3.Connection, tasks: int) -> Values:
    """How much was asked and answered."""
    texts = dict(connection.execute("SELECT id, plain(text) FROM model_texts").fetchall())
    tokens, sections = 0, defaultdict(list)
    for purpose, kept, answer in connection.execute(
        f"SELECT purpose, messages, plain(answer) FROM model_calls WHERE {PLAYING}"
    ):
        messages = [
            {**message, "content": texts[message["content"]]} for message in json.loads(kept)
        ]
        tokens += estimated_tokens([*messages, {"role": "assistant", "content": answer}])
        for section, characters in prompt_sections(messages).items():
            sections[f"{purpose}: {section}"].append(characters)
        sections[f"{purpose}: whole prompt"].append(sum(len(m["content"]) for m in messages))
    return [
        ("tokens_per_task", tokens / tasks, "tokens, estimated"),
        *(
            (name, statistics.median(characters), "characters")
            for name, characters in sorted(sections.items())
        ),
    ]
