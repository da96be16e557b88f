"""What a language model costs here: tokens a task, the prompts' sections, the agent's own time.

A loopback endpoint answers at once what the planner would do, so what is measured is ours: how much
is asked, and the wall time that is neither the model's nor the game's. That the endpoint takes no
time makes the agent's own share as large as it can be. Tokens are estimated from the text, for no
vocabulary is at hand. What is demanded is told on standard error.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from benchmarks.measure import Figure, figure
from benchmarks.parts.planned_replies import planned_replies
from benchmarks.parts.sittings import play

from voyager.language_models.replay_server import ReplayServer
from voyager.language_models.token_estimate import estimated_tokens
from voyager.writers.prompt_sections import prompt_sections

LARGEST_OWN_SHARE = 0.05


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
    sys.stderr.write(f"own share at most {LARGEST_OWN_SHARE}: {share:.3f}, {verdict}\n")
    return {name: figure(found, units[name]) for name, found in sorted(values.items())}


def _played(folder: Path, seed: int, goal: str) -> list[tuple[str, float, str]]:
    """One sitting in real time, measured by its journal."""
    home = folder / "home"
    replies = planned_replies(folder / "planned", seed, goal)
    with ReplayServer(replies) as endpoint:
        run = play(
            *(home, "--seed", str(seed), "--goal", goal),
            *("--model", "replay", "--base-url", endpoint.base_url),
            OPENAI_API_KEY="any",
        )
    tasks = len(run["tasks"])
    sys.stderr.write(f"seed {seed}: {run['status']} after {tasks} tasks: {run['reason']}\n")
    with closing(sqlite3.connect(home / "voyager.db")) as connection:
        found = _times(connection, tasks) + _sizes(connection, tasks)
    return found


def _times(connection: sqlite3.Connection, tasks: int) -> list[tuple[str, float, str]]:
    """Where an iteration's time went; at its usual rate the world's seconds are the clock's."""
    (total,) = connection.execute("SELECT SUM(seconds) FROM runs").fetchone()
    (model,) = connection.execute("SELECT SUM(seconds) FROM model_calls").fetchone()
    (game,) = connection.execute("SELECT SUM(seconds) FROM executions").fetchone()
    own = total - model - game
    return [
        ("iteration", total / tasks, "seconds"),
        ("iteration_model", model / tasks, "seconds"),
        ("iteration_game", game / tasks, "seconds"),
        ("iteration_own", own / tasks, "seconds"),
        ("own_share", own / total, "of the iteration"),
    ]


def _sizes(connection: sqlite3.Connection, tasks: int) -> list[tuple[str, float, str]]:
    """How much was asked and answered."""
    texts = dict(connection.execute("SELECT id, text FROM model_texts").fetchall())
    tokens, sections = 0, defaultdict(list)
    for purpose, kept, answer in connection.execute(
        "SELECT purpose, messages, answer FROM model_calls"
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
