"""Taking in a library of somebody else: quarantine first, then whatever status each skill earns.

Covers the order of things: all skills are stored in quarantine in one transaction; what the linter
lets pass is run from two starts; a skill that worked from both is verified, from one a candidate,
else it stays in quarantine with the reason. Under a name that has a verified skill already it is a
candidate beside that. Not covered: our own export (`restoring.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curriculum import goal_to_json
from mc_server import GameData, ProgramFacts, ScriptModule
from skills import (
    Provenance,
    Skill,
    SkillError,
    SkillLibrary,
    SkillStatus,
    UseKind,
    in_dependency_order,
)
from voyager.exchange.drafts import Draft
from voyager.exchange.foreign_skill import ForeignLibrary, LibraryFormat
from voyager.exchange.import_report import KNOWN, REFUSED, ImportReport, SkillReport
from voyager.exchange.preparing import Surroundings, drafts_of
from voyager.exchange.rewriting import Reader
from voyager.exchange.trying import Candidate, Performance, exercises_of, performance_of
from voyager.gym.exercise import Trial
from voyager.gym.skill_gym import Gym
from voyager.journal.database import transaction
from voyager.uses.execution_uses import PlayedOn, UsesOfExecution

PERSON = "person"
"""The writer of what was written by hand."""
IMPORT = "import"
_NOT_RUN = "it was not run"
_WHY_CHARACTERS = 500
"""Of what is wrong with a skill, so much is kept in its history."""


@dataclass(frozen=True)
class _Stored:
    """A draft that is in the library; `is_new` where this import brought it."""

    draft: Draft
    skill: Skill
    is_new: bool


class Importer:
    """Takes skills into one library. Without a `gym` they stay in quarantine."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        library: SkillLibrary,
        reader: Reader,
        game_data: GameData,
        gym: Gym | None,
        tell: Callable[[str], None],
    ) -> None:
        self._connection = connection
        self._library = library
        self._reader = reader
        self._game_data = game_data
        self._gym = gym
        self._tell = tell

    def take_in(self, foreign: ForeignLibrary, source: str) -> ImportReport:
        """What came of it; `source` is how it is called. Raises DatabaseError."""
        count = len(foreign.skills)
        self._tell(f"Reading {count} {'skill' if count == 1 else 'skills'} of {source}.")
        drafts = drafts_of(foreign.skills, self._surroundings())
        stored = self._quarantine(drafts, foreign.format, source)
        performances = self._try(stored)
        with transaction(self._connection):
            reports = [self._settle(draft, stored, performances) for draft in drafts]
        reports.sort(key=lambda report: report.name)
        return ImportReport(source, foreign.format.value, tuple(reports), foreign.findings)

    def _surroundings(self) -> Surroundings:
        known = self._library.list()
        unusable = {one.name: f"it is {_why_not(one)}" for one in known if not one.usable}
        return Surroundings(self._reader, self._game_data, known, unusable)

    # -- quarantine ------------------------------------------------------------------------------

    def _quarantine(
        self, drafts: Sequence[Draft], format_: LibraryFormat, source: str
    ) -> dict[str, _Stored]:
        writer = PERSON if format_ is LibraryFormat.JAVASCRIPT else IMPORT
        origin = Provenance(
            None, f"imported from {source}", 1, writer, None, self._game_data.version
        )
        storable = {draft.name for draft in drafts if not _nameless(draft)}
        stored: dict[str, _Stored] = {}
        with transaction(self._connection):
            for draft in drafts:
                if draft.name in storable:
                    skill = _quarantined(
                        draft, origin, storable | {*self._library.names()}, self._library.primitives
                    )
                    stored[draft.name] = self._store(draft, skill, source)
        return stored

    def _store(self, draft: Draft, skill: Skill, source: str) -> _Stored:
        version = None
        if skill.name in self._library.names():
            version = self._library.version_of(skill.name, skill.source)
        if version is None:
            added = self._library.add(skill, f"imported from {source}")
            return _Stored(draft, added, True)
        known = self._library.get(skill.name, version)
        # One that an import left behind when it was interrupted is new still.
        is_left = known.status is SkillStatus.QUARANTINED and not self._library.uses.of(
            known.name, known.version, 1
        )
        return _Stored(draft, known, is_left)

    # -- trying ----------------------------------------------------------------------------------

    def _try(self, stored: Mapping[str, _Stored]) -> dict[str, Performance]:
        if self._gym is None:
            return {}
        exercises = [
            exercise
            for each in stored.values()
            if each.is_new and not each.draft.blocked and each.draft.facts
            for exercise in exercises_of(
                Candidate(
                    each.skill,
                    each.draft.facts,
                    each.draft.goal,
                    tuple(self._modules(each.skill, stored)),
                ),
                lambda name: self._facts_of(name, stored),
                self._game_data,
            )
        ]
        trials: dict[str, list[Trial]] = {}
        for number, trial in enumerate(self._gym.run(exercises), start=1):
            name = trial.exercise.skill.name
            trials.setdefault(name, []).append(trial)
            self._tell(f"{number} of {len(exercises)}: {name} {_outcome(trial)}")
        return {
            name: performance_of(stored[name].draft.goal, ended) for name, ended in trials.items()
        }

    def _callee(self, name: str, stored: Mapping[str, _Stored]) -> Skill | None:
        """What a name stands for: the library's own skill as long as that can be used."""
        if name in self._library.primitives:
            return None
        if name in stored:
            active = self._library.get(name)
            return active if active.usable else stored[name].skill
        return self._library.get(name)

    def _modules(self, skill: Skill, stored: Mapping[str, _Stored]) -> Iterator[ScriptModule]:
        called = in_dependency_order(skill.calls, lambda name, _: self._callee(name, stored))
        for each in called:
            if each.name != skill.name:
                yield ScriptModule(each.name, each.source)

    def _facts_of(self, name: str, stored: Mapping[str, _Stored]) -> ProgramFacts | None:
        if name in stored:
            return stored[name].draft.facts
        if name in self._library.primitives or name not in self._library.names():
            return None
        return self._reader(self._library.get(name).source)

    # -- what was earned -------------------------------------------------------------------------

    def _settle(
        self,
        draft: Draft,
        stored: Mapping[str, _Stored],
        performances: Mapping[str, Performance],
    ) -> SkillReport:
        """The status that it earned, given to it; inside of a transaction."""
        report = SkillReport(
            draft.name,
            REFUSED,
            "it cannot be stored under that name",
            goal=f"{draft.goal.describe()} (from {draft.goal_from})" if draft.goal else "",
            findings=draft.findings,
            adapted=draft.adapted,
        )
        each = stored.get(draft.name)
        if each is None:
            return report
        report = replace(report, version=each.skill.version)
        if not each.is_new:
            return replace(
                report, status=KNOWN, reason=f"nothing new, it is {each.skill.status.value}"
            )
        performance = performances.get(draft.name)
        if performance is None:
            blocking = [one for one in draft.findings if one.blocks]
            kinds = dict.fromkeys(one.kind.replace("_", " ") for one in blocking)
            reason = " and ".join(kinds) or _NOT_RUN
            self._keep_back(each.skill, " ".join(one.sentence for one in blocking) or reason)
            return replace(report, status=SkillStatus.QUARANTINED.value, reason=reason)
        self._record(each.skill, performance)
        status, reason = self._earned(each.skill, performance)
        goal = performance.goal
        if draft.goal is None and goal is not None:
            report = replace(report, goal=f"{goal.describe()} (from what it changed)")
        return replace(report, status=status.value, reason=reason, trials=performance.describe())

    def _record(self, skill: Skill, performance: Performance) -> None:
        """What running it has shown is known of it from here on."""
        if performance.goal is not None:
            contract = goal_to_json(performance.goal)
            self._library.set_contract(skill.name, skill.version, contract)
        played_on = PlayedOn.of(self._game_data)
        for trial in performance.trials:
            if trial.execution is None:
                continue
            uses = UsesOfExecution(
                trial.execution,
                self._library.find,
                played_on,
                seed=trial.exercise.start.seed,
            )
            passed = performance.passed_in(trial) if performance.goal else None
            self._library.uses.add(uses.of_entry(skill, UseKind.EXERCISED, (), passed))

    def _earned(self, skill: Skill, performance: Performance) -> tuple[SkillStatus, str]:
        count, passed = len(performance.trials), performance.passed
        status, reason = SkillStatus.QUARANTINED, "it did not work from any start"
        if performance.goal is None:
            reason = "nothing tells whether it worked; give it a @goal in its comment"
        elif passed == count and count > 1:
            status, reason = SkillStatus.VERIFIED, f"it worked from {count} starts"
        elif passed:
            status, reason = SkillStatus.CANDIDATE, f"it worked from {passed} of {count} starts"
        active = self._library.get(skill.name)
        if status is SkillStatus.VERIFIED and active.version != skill.version and active.usable:
            status = SkillStatus.CANDIDATE
            reason += f"; version {active.version} stays in use until this has shown to be better"
        if status is SkillStatus.QUARANTINED:
            self._keep_back(skill, reason)
            return status, reason
        try:
            self._library.set_status(skill.name, status, skill.version, f"imported: {reason}")
            if active.version != skill.version and not active.usable:
                self._library.activate(skill.name, skill.version, f"imported: {reason}")
        except SkillError as error:
            return SkillStatus.QUARANTINED, f"{reason}, but it cannot be loaded: {error}"
        return status, reason

    def _keep_back(self, skill: Skill, why: str) -> None:
        """Its history says why it stays in quarantine."""
        told = f"imported: {why[:_WHY_CHARACTERS]}"
        self._library.set_status(skill.name, SkillStatus.QUARANTINED, skill.version, told)


def _outcome(trial: Trial) -> str:
    """What is known as it ends; what has no goal yet is judged by all of its trials."""
    if trial.verdict is None:
        return "could not be run"
    if not trial.verdict.decided:
        return "was run"
    return "works" if trial.passed else "does not work"


def _nameless(draft: Draft) -> bool:
    """Whether its name can be none in the library."""
    return any(one.kind == "wrong_name" and one.line == 0 for one in draft.findings)


def _quarantined(
    draft: Draft, origin: Provenance, known: set[str], primitives: frozenset[str]
) -> Skill:
    contract = goal_to_json(draft.goal) if draft.goal else {}
    skill = draft.as_skill(contract, origin)
    return replace(skill, calls=tuple(name for name in skill.calls if name in known | primitives))


def _why_not(skill: Skill) -> str:
    return "banned" if skill.banned else skill.status.value
