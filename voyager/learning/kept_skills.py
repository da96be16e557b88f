"""What becomes of the skills with each attempt: one is stored, or counts how it fared.

Covers writing them to the library within the journal's transactions, and the index after those. Not
covered: what a program becomes as a skill (`promotion.py`).
"""

from __future__ import annotations

from dataclasses import replace

from curriculum import Task
from mc_server import Outcome
from skills import EmbedderError, IndexUnusableError, SkillError, SkillLibrary, SkillStatus
from voyager.critics import STATE_CRITIC
from voyager.events import IndexLeftBehind, SkillRefused, SkillStored
from voyager.journal.journal import Journal
from voyager.learning.promotion import skill_from
from voyager.records import Attempt


class KeptSkills:
    """The library as one sitting changes it."""

    def __init__(self, journal: Journal, library: SkillLibrary, game_version: str) -> None:
        self._journal = journal
        self._library = library
        self._game_version = game_version

    def note(self, task: Task, attempt: Attempt) -> None:
        """Count how a skill fared that was a task's program, and keep a new program that passed.

        Skills that a program calls are not counted: whether they were at work cannot be told.
        """
        program, passed = attempt.program, attempt.verdict.passed
        told = attempt.verdict.decided and attempt.execution.outcome is not Outcome.DISCONNECTED
        if program.reused and told:
            self._library.record_outcome(program.entry, passed)
        if passed and not program.reused:
            self._store(task, attempt)

    def _store(self, task: Task, attempt: Attempt) -> None:
        skill = skill_from(task, attempt, self._journal.current_run.id, self._game_version)
        verified = attempt.verdict.critic == STATE_CRITIC and attempt.verdict.alone
        if not verified or self._works_well(skill.name):
            # What only a model has judged, or took several attempts, is not verified; and what was
            # written for one bad moment does not take the place of what works elsewhere.
            skill = replace(skill, status=SkillStatus.CANDIDATE)
        try:
            stored = self._library.add(skill)
        except SkillError as error:
            # The task is done all the same: only its program cannot be kept.
            self._journal.tell(SkillRefused(skill.name, str(error)))
        else:
            if stored.provenance == skill.provenance:  # else the same source was known already
                self._journal.tell(SkillStored(stored.name, stored.version, stored.description))

    def _works_well(self, name: str) -> bool:
        """Whether a verified skill of that name has passed more often than it has failed."""
        if name not in self._library.names():
            return False
        known = self._library.get(name)
        return known.status is SkillStatus.VERIFIED and known.successes > known.failures

    def sync_index(self) -> None:
        """Bring the index in step; without it the agent plays on, for skills load without it."""
        try:
            self._library.sync_index()
        except (IndexUnusableError, EmbedderError) as error:
            with self._journal.transaction():
                self._journal.tell(IndexLeftBehind(str(error)))
