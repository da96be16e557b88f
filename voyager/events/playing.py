"""What is told of the loop's steps, of models and of skills: one frozen type for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from voyager.events.base import Event


@dataclass(frozen=True)
class RunStarted(Event):
    """A sitting begins. `resumed` tells whether the run has been played before.

    `inventory` is what the bot carries as the server has it.
    """

    type: ClassVar[str] = "run_started"
    run: int
    world: str
    goal: str | None
    server: str
    version: str
    resumed: bool
    inventory: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SandboxIncomplete(Event):
    """Layers of the sandbox that this machine lacks: the name of each, with why.

    Told once in a sitting, after `RunStarted`, and only when something is missing.
    """

    type: ClassVar[str] = "sandbox_incomplete"
    missing: Mapping[str, str]


@dataclass(frozen=True)
class TaskProposed(Event):
    """A task was chosen; `resumed` when it is an interrupted one, taken up again."""

    type: ClassVar[str] = "task_proposed"
    iteration: int
    description: str
    why: str
    proposer: str
    resumed: bool = False


@dataclass(frozen=True)
class ProgramWritten(Event):
    """A program is about to run. `reused` when a skill is called as it stands."""

    type: ClassVar[str] = "program_written"
    attempt: int
    entry: str
    writer: str
    reused: bool
    source: str


@dataclass(frozen=True)
class TokensSpent(Event):
    """A language model was asked. The words are as in the books, `cost` in US dollars or None."""

    type: ClassVar[str] = "tokens_spent"
    purpose: str
    model: str | None
    tokens: int
    cost: float | None
    role: str = ""


@dataclass(frozen=True)
class ModelsReady(Event):
    """What was found out about each role's model at the start, in a few words by role."""

    type: ClassVar[str] = "models_ready"
    models: Mapping[str, str]


@dataclass(frozen=True)
class ModelSaid(Event):
    """A piece of an answer as it comes in. Shown, not kept in the journal.

    An empty one says that an answer begins, or broke off and begins anew.
    """

    type: ClassVar[str] = "model_said"
    purpose: str
    text: str


@dataclass(frozen=True)
class ModelFailed(Event):
    """A model was asked and no answer came of it; `outcome` as in the books, `reason` a sentence.

    This is no failed program: nothing was tried in the game.
    """

    type: ClassVar[str] = "model_failed"
    purpose: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class ModelRests(Event):
    """Nothing a model said for this `purpose` could be used; it is left alone for `tasks` tasks."""

    type: ClassVar[str] = "model_rests"
    purpose: str
    tasks: int
    reason: str


@dataclass(frozen=True)
class BudgetSpent(Event):
    """A budget (`run`, `hour` or `task`) is spent. `what_now` says how it goes on, a sentence."""

    type: ClassVar[str] = "budget_spent"
    budget: str
    limit: str
    what_now: str


@dataclass(frozen=True)
class WishTaken(Event):
    """What somebody told the agent was taken into account; `reply` is its answer."""

    type: ClassVar[str] = "wish_taken"
    wish: int
    text: str
    reply: str


@dataclass(frozen=True)
class GoalDecomposed(Event):
    """A goal was split into `parts`, in order; `why` says what was wrong with an earlier split."""

    type: ClassVar[str] = "goal_decomposed"
    goal: str
    parts: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class GoalTreeChanged(Event):
    """How the parts of a goal stand. Shown, not kept in the journal, which has the tree itself.

    `parts` has (depth, status, description) in the order of doing, the whole goal first.
    """

    type: ClassVar[str] = "goal_tree_changed"
    parts: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class CandidatesTried(Event):
    """Of several programs for one attempt one was chosen; `results` has a line for each."""

    type: ClassVar[str] = "candidates_tried"
    attempt: int
    chosen: str
    results: tuple[str, ...]


@dataclass(frozen=True)
class WriterChanged(Event):
    """From here on another writer tries; `reason` is a sentence."""

    type: ClassVar[str] = "writer_changed"
    writer: str
    reason: str


@dataclass(frozen=True)
class WritingFailed(Event):
    """No program came of this attempt; `reason` is a sentence."""

    type: ClassVar[str] = "writing_failed"
    attempt: int
    reason: str


@dataclass(frozen=True)
class ProgressReported(Event):
    """A line from the running program. Shown, not kept in the journal."""

    type: ClassVar[str] = "progress_reported"
    text: str


@dataclass(frozen=True)
class VerdictGiven(Event):
    """An attempt was judged. `inventory` is what the bot carries now, `seconds` the run's time."""

    type: ClassVar[str] = "verdict_given"
    attempt: int
    passed: bool
    critic: str
    evidence: tuple[str, ...]
    critique: str
    outcome: str
    seconds: float
    inventory: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SkillStored(Event):
    """A verified program became a skill, or a new version of one."""

    type: ClassVar[str] = "skill_stored"
    name: str
    version: int
    description: str


@dataclass(frozen=True)
class SkillVerified(Event):
    """A candidate has worked again from another start, or a quarantined skill works again.

    `reason` says what it was seen to do, a sentence; `replaces` is the version it takes over from.
    """

    type: ClassVar[str] = "skill_verified"
    name: str
    version: int
    reason: str
    replaces: int | None = None


@dataclass(frozen=True)
class SkillsQuarantined(Event):
    """Skills are not used any more until they work again: one that broke, and what calls it."""

    type: ClassVar[str] = "skills_quarantined"
    names: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SkillsMerged(Event):
    """Skills that do the same are one now; `merged` are the names that stand for `name`."""

    type: ClassVar[str] = "skills_merged"
    name: str
    merged: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SkillRefused(Event):
    """A verified program cannot be kept as a skill; `reason` is a sentence."""

    type: ClassVar[str] = "skill_refused"
    name: str
    reason: str


@dataclass(frozen=True)
class IndexLeftBehind(Event):
    """The search index could not be brought in step with the library; `reason` is a sentence."""

    type: ClassVar[str] = "index_left_behind"
    reason: str


@dataclass(frozen=True)
class IndexBuilding(Event):
    """The search index is being built beside play; `waiting` skills are not found yet."""

    type: ClassVar[str] = "index_building"
    waiting: int


@dataclass(frozen=True)
class SearchFailed(Event):
    """Skills and answers cannot be found by meaning; `reason` is a sentence. Told once."""

    type: ClassVar[str] = "search_failed"
    reason: str


@dataclass(frozen=True)
class MilestoneReached(Event):
    """An item is held for the first time in this world."""

    type: ClassVar[str] = "milestone_reached"
    name: str
    iteration: int
    seconds: float


@dataclass(frozen=True)
class TaskEnded(Event):
    """A task is done with, one way or the other."""

    type: ClassVar[str] = "task_ended"
    iteration: int
    description: str
    passed: bool
    attempts: int
    seconds: float


@dataclass(frozen=True)
class RunEnded(Event):
    """The sitting is over. `status` is one of `finished`, `stuck`, `stopped`, `failed`."""

    type: ClassVar[str] = "run_ended"
    status: str
    reason: str
    seconds: float
