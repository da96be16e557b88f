"""Skills that came in run in scratch worlds, to see whether they do what they claim.

Covers from which starts, what is run, and what the trials say of a skill. Not covered: the worlds
(`voyager.gym`), and what becomes of the skill (`importing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from curriculum import Goal, Judged, parse_goal
from mc_server import Execution, GameData, Outcome, ProgramFacts, Script, ScriptModule
from skills import Skill
from voyager.exchange.starting_kits import starting_kit
from voyager.gym.exercise import Exercise, Start, Trial
from voyager.gym.starts import DEADLINE_SECONDS

SEEDS = (8, 9)
"""Two worlds: a skill that works in one alone may owe it to the place."""
_EVENTS = ("placed", "killed", "stored", "mined", "ate")


@dataclass(frozen=True)
class Candidate:
    """A skill to try: `modules` are all that it calls, callees first."""

    skill: Skill
    facts: ProgramFacts
    goal: Goal | None
    modules: tuple[ScriptModule, ...]


@dataclass(frozen=True)
class Performance:
    """What a skill did in its trials. `goal` is the one it is judged by, None if there is none."""

    trials: tuple[Trial, ...]
    goal: Goal | None

    @property
    def passed(self) -> int:
        """In how many of them it reached the goal."""
        return sum(self.passed_in(trial) for trial in self.trials)

    def passed_in(self, trial: Trial) -> bool:
        """Whether it reached the goal in this one; one that was learned it reached by running."""
        if self.goal is None:
            return False
        is_learned = isinstance(trial.exercise.goal, Judged)
        return _completed(trial) if is_learned else trial.passed

    def describe(self) -> tuple[str, ...]:
        """What happened in each trial, a sentence each."""
        return tuple(self._told(trial) for trial in self.trials)

    def _told(self, trial: Trial) -> str:
        start = trial.exercise.start.origin
        if trial.execution is None:
            return f"{start}: it could not be run: {trial.fault}"
        seconds = f"{trial.execution.seconds:.0f} s"
        if self.passed_in(trial):
            return f"{start}: worked in {seconds}"
        verdict = "; ".join(trial.verdict.evidence) if trial.verdict else ""
        why = str(trial.execution.error or verdict or trial.execution.outcome.value)
        return f"{start}: did not work in {seconds}: {' '.join(why.split())[:300]}"


def exercises_of(
    candidate: Candidate,
    facts_of: Callable[[str], ProgramFacts | None],
    game_data: GameData,
) -> tuple[Exercise, ...]:
    """The skill from two starts, with what its program takes for granted."""
    kit = starting_kit(candidate.facts, facts_of, game_data)
    skill = candidate.skill
    goal = candidate.goal or Judged(text=f"{skill.description or skill.name} (learned by running)")
    script = Script((*candidate.modules, ScriptModule(skill.name, skill.source)), skill.name)
    return tuple(
        Exercise(
            skill,
            script,
            goal,
            Start(
                seed=seed,
                origin=f"a world of seed {seed}, {kit.describe()}",
                inventory=dict(kit.inventory),
                food=kit.food,
            ),
            DEADLINE_SECONDS,
        )
        for seed in SEEDS
    )


def performance_of(goal: Goal | None, trials: Sequence[Trial]) -> Performance:
    """What the trials say; without a goal it is what all that were completed have changed."""
    ordered = tuple(sorted(trials, key=lambda trial: trial.exercise.start.seed))
    if goal is not None:
        return Performance(ordered, goal)
    completed = [trial.execution for trial in ordered if trial.execution and _completed(trial)]
    return Performance(ordered, learned_goal(completed) if len(completed) > 1 else None)


def learned_goal(executions: Sequence[Execution]) -> Goal | None:
    """What every one of these has changed: an item more, or something that happened."""
    gains = [_gains(execution) for execution in executions]
    shared = set.intersection(*map(set, gains)) if gains else set()
    if shared:
        least = {name: min(gain[name] for gain in gains) for name in shared}
        name = max(sorted(least), key=lambda each: least[each])
        return parse_goal({"type": "inventory_gained", "name": name, "count": least[name]})
    for type_ in _EVENTS:
        names = [
            {str(event.data.get("name")) for event in execution.own_events if event.type == type_}
            for execution in executions
        ]
        if common := sorted(set.intersection(*names)) if names else []:
            counted = {} if type_ == "ate" else {"count": 1}
            return parse_goal({"type": type_, "name": common[0], **counted})
    return None


def _gains(execution: Execution) -> Mapping[str, int]:
    before, after = execution.before.inventory, execution.after.inventory
    gained = {name: count - before.get(name, 0) for name, count in after.items()}
    return {name: count for name, count in gained.items() if count > 0}


def _completed(trial: Trial) -> bool:
    return trial.execution is not None and trial.execution.outcome is Outcome.COMPLETED
