"""What there is to show, gathered from the events: pure state, no terminal."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from voyager import events
from voyager.console.endurance_words import describe_endurance
from voyager.console.skill_words import describe_skills
from voyager.foreign_text import printable
from voyager.goal_tree_text import goal_lines
from voyager.money import dollars

LINES_KEPT = 8
SAID_CHARACTERS = 400
PURPOSES = {
    "propose": "choosing a task",
    "decompose": "splitting the goal",
    "write": "writing a program",
    "write_helper": "writing a part of the program",
    "answer": "answering a question",
    "review": "comparing programs",
    "judge": "judging",
    "describe": "describing a skill",
}
"""What a model is doing that is asked for that."""


def describe_models(models: Mapping[str, str]) -> str:
    """What each role's model can do, with roles that share one named together."""
    roles: dict[str, list[str]] = {}
    for role, said in models.items():
        roles.setdefault(said, []).append(role)
    if len(roles) == 1:
        return next(iter(roles))
    return "; ".join(f"{', '.join(names)}: {said}" for said, names in roles.items())


@dataclass
class Screen:
    """The state of a sitting as far as it is shown. `hear` is its only way in."""

    world: str = ""
    goal: str = ""
    status: str = "starting"
    iteration: int = 0
    task: str = ""
    why: str = ""
    attempt: int = 0
    program: str = ""
    progress: str = ""
    thinking: str = ""
    said: str = ""
    models: str = ""
    passed: int = 0
    failed: int = 0
    tokens: int = 0
    cost: float | None = 0.0
    inventory: Mapping[str, int] = field(default_factory=dict)
    milestones: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=LINES_KEPT))

    def hear(self, event: events.Event) -> None:
        """Take in one event."""
        match event:
            case events.RunStarted():
                self.world, self.status = event.world, "playing"
                self.goal = printable(event.goal or "whatever comes next")
                self.inventory, self.progress = event.inventory, ""
            case events.ModelsReady():
                self.models = printable(describe_models(event.models))
            case events.ModelSaid():
                self.thinking = PURPOSES.get(event.purpose, "thinking")
                self.said = f"{self.said}{event.text}"[-SAID_CHARACTERS:] if event.text else ""
            case events.SandboxIncomplete():
                names = ", ".join(event.missing)
                self.recent.append(f"warning: confined without {names} (see `voyager doctor`)")
            case events.TaskProposed():
                self.iteration = event.iteration
                self.task, self.why = printable(event.description), printable(event.why)
                self._begin_anew()
            case events.ProgramWritten():
                self._begin_anew()
                self.attempt = event.attempt
                self.program = f"{event.entry} ({'skill' if event.reused else event.writer})"
            case events.TokensSpent():
                self._spend(event.tokens, event.cost)
                self.thinking = self.said = ""
            case events.ProgressReported():
                self.progress = printable(event.text)
            case events.VerdictGiven():
                self.inventory = event.inventory
                self._begin_anew()
                if not event.passed:
                    self.recent.append(printable(f"attempt {event.attempt}: {event.critique}"))
            case events.WritingFailed():
                self.recent.append(printable(f"attempt {event.attempt}: {event.reason}"))
            case events.ModelFailed() | events.WriterChanged() | events.ModelRests():
                self.recent.append(printable(event.reason))
                self.thinking = self.said = ""
            case events.BudgetSpent():
                said = f"the budget for the {event.budget}, {event.limit}, is spent"
                self.recent.append(printable(f"{said}: {event.what_now}"))
            case events.WishTaken():
                self.recent.append(printable(f"your wish {event.wish} is taken: {event.reply}"))
            case events.GoalDecomposed():
                why = f" ({event.why})" if event.why else ""
                self.recent.append(printable(f"{event.goal}: in {len(event.parts)} parts{why}"))
            case events.GoalTreeChanged():
                self.parts = [printable(line) for line in goal_lines(event.parts)]
            case events.CandidatesTried():
                self.recent.append(
                    printable(f"{len(event.results)} programs: {event.chosen} is kept")
                )
            case events.SkillRefused() | events.IndexLeftBehind() | events.SearchFailed():
                self.recent.append(printable(event.reason))
            case events.SkillVerified() | events.SkillsQuarantined() | events.SkillsMerged():
                self.recent.append(printable(describe_skills(event)))
            case events.SkillStored():
                self.skills.append(event.name)
            case events.MilestoneReached():
                self.milestones.append(event.name)
            case events.TaskEnded():
                self.passed += event.passed
                self.failed += not event.passed
                mark = "done" if event.passed else "failed"
                self.why = mark
                self._begin_anew()
                self.recent.append(
                    printable(f"{mark}: {event.description} ({event.seconds:.0f} s)")
                )
            case events.RunEnded():
                self.status = event.status
                self.recent.append(printable(f"{event.status}: {event.reason}"))
            case _:
                if told := describe_endurance(event):
                    self.recent.append(printable(told))

    def _begin_anew(self) -> None:
        """Nothing is under way: what comes next is to be told."""
        self.attempt, self.program, self.progress = 0, "", ""
        self.thinking = self.said = ""

    def _spend(self, tokens: int, cost: float | None) -> None:
        self.tokens += tokens
        self.cost = None if self.cost is None or cost is None else self.cost + cost

    @property
    def doing(self) -> str:
        """What is under way now, in a line; what a model says to it is `saying`."""
        if self.attempt:
            what = f"attempt {self.attempt}: {self.program}"
        else:
            idle = "thinking" if self.status == "playing" else self.status
            what = "" if self.thinking or self.progress else idle
        progress = "" if self.saying else self.progress
        return "  ".join(filter(None, (what, self.thinking, progress)))

    @property
    def saying(self) -> str:
        """The line that a model is writing, while its answer comes in."""
        lines = [line for line in self.said.splitlines() if line.strip()]
        return printable(lines[-1]) if lines else ""

    @property
    def spent(self) -> str:
        """Tokens and cost in a few words."""
        if not self.tokens and self.cost is not None:
            return "no tokens"
        price = "price unknown" if self.cost is None else dollars(self.cost)
        return f"{self.tokens} tokens, {price}"
