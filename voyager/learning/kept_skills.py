"""What becomes of the skills with each attempt: one is stored, and of all how they fared.

Covers writing them to the library within the journal's transactions, and the index after those. Not
covered: what a program becomes as a skill (`new_skill.py`), and what uses prove
(`status_review.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from curriculum import GoalError, Task
from mc_server import Outcome
from skills import (
    EmbedderError,
    IndexUnusableError,
    Skill,
    SkillError,
    SkillLibrary,
    UseKind,
)
from voyager.events import IndexBuilding, IndexLeftBehind, SkillRefused, SkillsMerged, SkillStored
from voyager.journal.journal import Journal
from voyager.learning.new_skill import skill_from
from voyager.learning.status_review import StatusReview
from voyager.records import Attempt, Program
from voyager.uses.call_goals import goal_of_call
from voyager.uses.execution_uses import PlayedOn, UsesOfExecution
from voyager.writers.known_skills.covering_writer import WRITER as COVERING


class KeptSkills:
    """The library as one sitting changes it.

    `twin_of` finds the known skill that a new one is the same as, up to its name and how it is
    written.
    """

    def __init__(
        self,
        journal: Journal,
        library: SkillLibrary,
        played_on: PlayedOn,
        twin_of: Callable[[Skill], Skill | None] = lambda skill: None,
    ) -> None:
        self._journal = journal
        self._library = library
        self._played_on = played_on
        self._twin_of = twin_of
        self._statuses = StatusReview(library, journal.tell)

    def note(self, task: Task, attempt: Attempt, attempt_id: int, ran: bool = True) -> None:
        """Keep a new program that passed, and what the attempt shows of every skill that ran.

        Not `ran`: the program was judged again, and what it called is kept already. Of a program of
        which nobody could tell whether it passed nothing is kept; another will be judged.
        """
        program, verdict = attempt.program, attempt.verdict
        run = self._journal.current_run
        uses = UsesOfExecution(
            attempt.execution,
            self._library.find,
            self._played_on,
            run.id,
            attempt_id,
            run.world.seed,
        )
        noted = uses.of_called(program.entry) if ran else []
        new = twin = None
        # What only calls skills is written anew, for nothing, whenever it is wanted: kept it would
        # be one for each set of numbers.
        learns = verdict.passed and verdict.own
        if learns and not program.reused and program.writer != COVERING:
            made = skill_from(task, attempt, run.id, self._played_on.game_version)
            twin = self._twin(made)
            new = self._store(made) if twin is None else None
        skill = new or self._tried(twin or self._known(program), program, task)
        if skill and verdict.decided and attempt.execution.outcome is not Outcome.DISCONNECTED:
            kind = UseKind.LEARNED if new else UseKind.REUSED
            # What took the attempts before, or reflexes, was not this program's doing alone.
            passed = verdict.passed if verdict.alone and verdict.own else None
            noted.append(uses.of_entry(skill, kind, program.arguments, passed))
        self._library.uses.add_all(noted)
        self._statuses.review(use.name for use in noted)

    def _twin(self, skill: Skill) -> Skill | None:
        """The skill that this one is by another name, which it has from here on as well."""
        twin = self._twin_of(skill)
        is_new_name = self._library.find(skill.name) is None
        if twin and is_new_name and skill.name not in self._library.other_names(twin.name):
            self._library.add_other_name(twin.name, skill.name)
            self._journal.tell(SkillsMerged(twin.name, (skill.name,), "the same program"))
        return twin

    def _store(self, skill: Skill) -> Skill | None:
        """The skill as it is kept; None where it is known already or refused."""
        try:
            stored = self._library.add(skill)
        except SkillError as error:
            # The task is done all the same: only its program cannot be kept.
            self._journal.tell(SkillRefused(skill.name, str(error)))
            return None
        if stored.provenance != skill.provenance:
            return None
        self._journal.tell(SkillStored(stored.name, stored.version, stored.description))
        return stored

    def _tried(self, skill: Skill | None, program: Program, task: Task) -> Skill | None:
        """The skill, if what the task asks of the program is what the skill is for."""
        if skill is None or program.reused:
            return skill
        try:
            return skill if goal_of_call(skill, program.arguments) == task.goal else None
        except GoalError:
            return None

    def _known(self, program: Program) -> Skill | None:
        """The version of a skill that the program is."""
        version = self._library.version_of(program.entry, program.source)
        return None if version is None else self._library.get(program.entry, version)

    def sync_index(self) -> None:
        """Bring the index in step; without it the agent plays on, for skills load without it."""
        try:
            waiting = self._library.sync_index()
        except (IndexUnusableError, EmbedderError) as error:
            with self._journal.transaction():
                self._journal.tell(IndexLeftBehind(str(error)))
        else:
            if waiting:
                with self._journal.transaction():
                    self._journal.tell(IndexBuilding(waiting))
