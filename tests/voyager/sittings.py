"""The agent over a scripted bridge, with a real database and library; no game, no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from curriculum import InventoryHas, Proposal, Proposer, Task, TaskRecord
from mc_server import Observation, Script, ScriptedBridge, ServerError
from mc_server.scripted_bridge import Response
from skills import Skill, open_library
from voyager import events
from voyager.agent import Agent
from voyager.candidates import Trials
from voyager.critics import StateCritic
from voyager.journal.database import open_database
from voyager.journal.journal import Journal
from voyager.journal.journal_opening import MIGRATIONS
from voyager.journal.journal_records import OpenTask
from voyager.journal.model_books import ModelBooks
from voyager.language_models import ChatModel, MeteredChatModel
from voyager.limits import Limits
from voyager.loop import Loop
from voyager.records import Attempt, Program
from voyager.reports.run_reports import show_run
from voyager.steps import Steps

LOGS = Task("Mine 2 logs", InventoryHas(name="oak_log", count=2), "needed", "list")
STICKS = Task("Craft 4 sticks", InventoryHas(name="stick", count=4), "needed", "list")


class ListProposer:
    """Proposes what is in a list and has not ended yet."""

    def __init__(self, *tasks: Task) -> None:
        self.tasks = tasks

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        ended = {record.task.description for record in history}
        left = [task for task in self.tasks if task.description not in ended]
        return Proposal(left[0]) if left else Proposal(None, "the list is done", finished=True)


class NumberingWriter:
    """Writes a program named after the task, and keeps the feedback it was given."""

    def __init__(self) -> None:
        self.critiques: list[str] = []

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        if attempts:
            self.critiques.append(attempts[-1].verdict.critique)
        entry = "mineLogs" if "log" in task.description else "craftSticks"
        source = f"async function {entry} () {{ /* attempt {len(attempts) + 1} */ }}"
        return Program(source, entry, (), "numbering")


class WriterOf:
    """A writer that asks a function."""

    def __init__(self, function: Callable[..., Program]) -> None:
        self.write = function


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Sitting:
    """One process's worth of the agent over a home folder. Also the world's keeper: `saves`."""

    def __init__(
        self,
        home: Path,
        respond: Callable[[Script], Response],
        *tasks: Task,
        attempts: int = 3,
        world: str = "w",
        goal: str | None = None,
        model: str | None = None,
        chat: ChatModel | None = None,
        proposer: Proposer | None = None,
        listener: Callable[[events.Event], None] | None = None,
    ) -> None:
        self.connection = open_database(home / "voyager.db", MIGRATIONS)
        self.told: list[events.Event] = []
        self.saves = 0
        self.ends_before_save = 0
        self.clock = Clock()
        self.journal = Journal(self.connection, listener or self.told.append)
        known = self.journal.world(world) or self.journal.add_world(world, "embedded", 1)
        self.run = self.journal.open_run(known, goal, "1.20.4", "Voyager", model)
        self.books = ModelBooks(self.journal)
        if chat is not None:
            self.chat = MeteredChatModel(chat, self.books.record)
        self.library = open_library(self.connection, home / "index")
        self.bridge = ScriptedBridge(respond)
        self.kept = self.bridge.observation
        self.writer = NumberingWriter()
        self.steps = Steps(self.journal, self.library, self, "1.20.4", self.books, clock=self.clock)
        critic = StateCritic()
        self.loop = Loop(
            self.bridge,
            proposer or ListProposer(*tasks),
            lambda *_: self.library.list(),
            self.writer,
            critic,
            Trials(self.bridge, critic, self.steps, 600.0),
            self.steps,
            Limits(attempts_per_task=attempts),
        )
        self.agent = Agent(self.run, self.loop, self.steps, "nowhere", untried=self.library.untried)

    def save(self) -> None:
        """The world's keeper: counts; ends instead as often as it is told to."""
        if self.ends_before_save:
            self.ends_before_save -= 1
            raise ServerError("The server has ended.")
        self.saves += 1
        self.kept = self.bridge.observation

    def revive(self) -> bool:
        """The world's keeper: it is again what was kept."""
        self.bridge.observation = self.kept
        return True

    def close(self) -> None:
        """What a killed process leaves undone needs no closing; the files do."""
        self.library.close()
        self.connection.close()

    def report(self, run: int | None = None) -> dict[str, Any]:
        return show_run(self.connection, run)

    def open_task(self) -> OpenTask:
        """The task in flight."""
        open_task = self.journal.open_task()
        assert open_task is not None
        return open_task

    def heard(self, kind: type[events.Event]) -> list[Any]:
        """The events of one type that were told."""
        return [event for event in self.told if isinstance(event, kind)]


@contextmanager
def sitting(home: Path, *arguments: Any, **named: Any) -> Iterator[Sitting]:
    """A sitting that is closed in the end."""
    one = Sitting(home, *arguments, **named)
    try:
        yield one
    finally:
        one.close()


def gives(**amounts: int) -> Callable[[Script], Response]:
    """A world in which each program yields what is named after its entry."""
    yields = {"mineLogs": "oak_log", "craftSticks": "stick"}
    return lambda script: {yields[script.entry]: amounts.get(yields[script.entry], 0)}


def raises(error: BaseException) -> Callable[[Script], Response]:
    """A world that fails, or a person who presses Ctrl-C, while a program runs."""

    def respond(script: Script) -> Response:
        raise error

    return respond


def in_turn(*responses: Callable[[Script], Response]) -> Callable[[Script], Response]:
    """One answer after the other; the last one stays."""
    left = list(responses)
    return lambda script: (left.pop(0) if len(left) > 1 else left[0])(script)


__all__ = [
    "LOGS",
    "STICKS",
    "Clock",
    "ListProposer",
    "NumberingWriter",
    "Sitting",
    "WriterOf",
    "gives",
    "in_turn",
    "raises",
    "sitting",
]
