"""Judging by the game's state alone.

Covers: evaluating a task's goal on what was observed before and after a program and on the
server's events. What the program returned or claimed is never looked at. Not covered: `Judged`
goals, which need somebody to read them; here they do not pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from curriculum import Finding, Task, game_names
from mc_server import Execution, GameData, GameEvent, Observation, Outcome, without_gains
from voyager.records import Verdict

NAME = "state"
_OUTCOMES = {
    Outcome.TIMED_OUT: "The program ran out of time and was stopped",
    Outcome.KILLED: "The program had to be killed",
    Outcome.DIED: "The bot died while the program ran",
    Outcome.DISCONNECTED: "The connection to the server was lost while the program ran",
    Outcome.PROGRAM_ERROR: "The program failed",
}


class StateCritic:
    """Implements `Critic`. `game_data` tells a family's name from an item's; give it in play."""

    def __init__(self, game_data: GameData | None = None) -> None:
        self._known = None if game_data is None else game_names(game_data)

    def holds(self, task: Task, observation: Observation) -> Verdict | None:
        """A passed verdict if the goal holds before anything was tried, else None."""
        finding = task.goal.evaluate(observation, observation, (), self._known)
        if finding.passed is not True:
            return None
        return Verdict(True, NAME, (*_evidence(finding), "it held when the task was taken up"))

    def judge(self, task: Task, execution: Execution, earlier: Sequence[Execution] = ()) -> Verdict:
        """Passed if the goal holds in the observed state, however the program ended.

        What is counted (placed, mined, killed, gained) may have happened in all attempts together;
        what the bot's reflexes did is not counted.
        """
        finding = self.finding(task, execution, earlier)
        if finding.passed is not True:
            return Verdict(False, NAME, _evidence(finding), _critique(finding, execution))
        alone = not earlier or self.finding(task, execution).passed is True
        own = self._is_own(task, execution, earlier)
        told = list(_evidence(finding))
        if not alone:
            told.append("counted together with attempts before")
        if not own:
            told.append("by what the bot's reflexes gained, not the program")
        return Verdict(True, NAME, tuple(told), alone=alone, own=own)

    def _is_own(self, task: Task, execution: Execution, earlier: Sequence[Execution]) -> bool:
        """Whether the goal holds without what reflexes gained."""
        if not any(act.items for run in (*earlier, execution) for act in run.reflexes):
            return True
        acts = [act for run in (*earlier, execution) for act in run.reflexes]
        inventory = without_gains(execution.after.inventory, acts)
        after = replace(execution.after, inventory=inventory)
        return self.finding(task, replace(execution, after=after), earlier).passed is True

    def finding(
        self, task: Task, execution: Execution, earlier: Sequence[Execution] = ()
    ) -> Finding:
        """What the goal's predicates saw; `passed` is None where only a reader can tell."""
        own = execution.own_events
        alone = task.goal.evaluate(execution.before, execution.after, own, self._known)
        if alone.passed is not False or not earlier:
            return alone
        events = [event for run in (*earlier, execution) for event in run.own_events]
        before = earlier[0].before
        return task.goal.evaluate(before, execution.after, lasting(events), self._known)

    def parts_reached(self, task: Task, execution: Execution) -> float:
        """See `Critic.parts_reached`."""
        return sum(leaf.reached for leaf in self.finding(task, execution).leaves())


def lasting(events: Sequence[GameEvent]) -> list[GameEvent]:
    """The events but for blocks placed where something was placed or dug later: these are gone."""
    changed: set[str] = set()
    kept: list[GameEvent] = []
    for event in reversed(events):
        place = str(event.data.get("position") or "")
        gone = event.type == "placed" and place in changed
        if event.type in ("placed", "mined") and place:
            changed.add(place)
        if not gone:
            kept.append(event)
    return kept[::-1]


def _evidence(finding: Finding) -> tuple[str, ...]:
    """One line for each predicate: what it saw."""
    return tuple(leaf.text for leaf in finding.leaves())


def _critique(finding: Finding, execution: Execution) -> str:
    """What is missing, and what went wrong in the program."""
    if finding.passed is None:
        text = "This goal needs a judge: no predicate on the game's state can tell"
    else:
        open_ones = [leaf.text for leaf in finding.leaves() if leaf.passed is False]
        text = f"The goal is not reached: {'; '.join(open_ones) or finding.text}"
    return f"{text}. {what_happened(execution)}"


def what_happened(execution: Execution) -> str:
    """How the program ended, in a sentence."""
    if execution.outcome is Outcome.COMPLETED:
        return "The program ended without an error."
    detail = f": {execution.error}" if execution.error else ""
    return f"{_OUTCOMES[execution.outcome]}{detail}".rstrip(".") + "."
