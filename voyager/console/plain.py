"""Plain lines, for a pipe, a file, or a terminal that cannot do more; and nothing at all."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Self, TextIO

from voyager import events
from voyager.console.endurance_words import describe_endurance
from voyager.console.screen import describe_models
from voyager.console.skill_words import describe_skills
from voyager.foreign_text import printable


class SilentConsole:
    """Shows nothing (`--quiet`, `--json`)."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def note(self, text: str) -> None:
        """Take no notice."""

    def hear(self, event: events.Event) -> None:
        """Take no notice."""


class PlainConsole(SilentConsole):
    """One line for each thing worth telling, as it happens."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._last_progress = ""

    def note(self, text: str) -> None:
        """What is under way before the game begins."""
        self._line(f"... {text}")

    def hear(self, event: events.Event) -> None:
        """Print the event, if it is worth a line."""
        line = describe(event)
        if isinstance(event, events.ProgressReported):
            if event.text == self._last_progress:
                return
            self._last_progress = event.text
        if line:
            self._line(line)

    def _line(self, text: str) -> None:
        # In one piece: progress comes from another thread than all the rest.
        self._stream.write(f"{printable(text)}\n")
        self._stream.flush()


def describe_missing(layers: Iterable[str]) -> str:
    """A warning of what programs lack around them."""
    return (
        f"warning: programs are confined less than they could be, without {', '.join(layers)};"
        " `voyager doctor` says why and what to do"
    )


def describe(event: events.Event) -> str:
    """The event in one line; empty for what is not worth one."""
    match event:
        case events.RunStarted():
            verb = "going on with" if event.resumed else "beginning"
            goal = f" towards {event.goal}" if event.goal else ""
            return f"{verb} run {event.run} in {event.world} ({event.version}){goal}"
        case events.SandboxIncomplete():
            return describe_missing(event.missing)
        case events.ModelsReady():
            return f"models: {describe_models(event.models)}"
        case events.TaskProposed():
            again = " (taken up again)" if event.resumed else ""
            return f"[{event.iteration}] {event.description.rstrip('.')}{again}: {event.why}"
        case events.ProgramWritten():
            how = "uses the skill" if event.reused else f"{event.writer} wrote"
            return f"    attempt {event.attempt}: {how} {event.entry}"
        case events.WritingFailed():
            return f"    attempt {event.attempt}: no program: {event.reason}"
        case events.ModelFailed():
            return (
                f"    no answer from the model ({event.purpose}, {event.outcome}): {event.reason}"
            )
        case events.ModelRests():
            tasks = "1 task" if event.tasks == 1 else f"{event.tasks} tasks"
            return f"    the model rests for {tasks} ({event.purpose}): {event.reason}"
        case events.BudgetSpent():
            return (
                f"    the budget for the {event.budget}, {event.limit}, is spent: {event.what_now}"
            )
        case events.WriterChanged():
            return f"    now {event.writer} writes: {event.reason}"
        case events.CandidatesTried():
            tried = "; ".join(event.results)
            return f"    attempt {event.attempt}: {event.chosen} is kept of {tried}"
        case events.WishTaken():
            return f"    wish {event.wish} ({event.text}) is taken into account: {event.reply}"
        case events.GoalDecomposed():
            why = f" ({event.why})" if event.why else ""
            return f"    {event.goal}, in {len(event.parts)} parts{why}: {'; '.join(event.parts)}"
        case events.ProgressReported():
            return f"      {event.text}"
        case events.VerdictGiven():
            said = "; ".join(event.evidence)
            return f"    passed: {said}" if event.passed else f"    not yet: {event.critique}"
        case events.SkillStored():
            return f"    skill {event.name} (version {event.version})"
        case events.SkillVerified() | events.SkillsQuarantined() | events.SkillsMerged():
            return f"    {describe_skills(event)}"
        case events.SkillRefused():
            return f"    not kept as a skill: {event.reason}"
        case events.SearchFailed():
            return f"    played without what is found by meaning: {event.reason}"
        case events.IndexBuilding():
            return f"    {event.waiting} skills are still being read into the search index"
        case events.IndexLeftBehind():
            return f"    skills cannot be searched for now: {event.reason}"
        case events.MilestoneReached():
            return f"    first {event.name}"
        case events.TaskEnded():
            mark = "done" if event.passed else "failed"
            attempts = "1 attempt" if event.attempts == 1 else f"{event.attempts} attempts"
            return f"    {mark} after {attempts}, {event.seconds:.1f} s"
        case events.RunEnded():
            return f"{event.status}: {event.reason} ({event.seconds:.0f} s played)"
        case _:
            told = describe_endurance(event)
            return f"    {told}" if told else ""
