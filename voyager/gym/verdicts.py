"""What a verification changes in the library: uses, and the statuses of skills.

Covers writing, inside of the caller's transaction: every trial as a use, skills that work set free
or verified, skills that broke quarantined. Not covered: what was found (`verification.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from skills import SkillError, SkillLibrary, SkillStatus, UseKind, callees_first, has_worked_again
from voyager.gym.exercise import START, Trial
from voyager.gym.report import Report, SkillReport, Standing
from voyager.uses.execution_uses import PlayedOn, UsesOfExecution


def record(library: SkillLibrary, played_on: PlayedOn, trials: Iterable[Trial]) -> None:
    """Adds a use for every trial that was run."""
    for trial in trials:
        if trial.execution is None or trial.verdict is None:
            continue
        start, skill = trial.exercise.start, trial.exercise.skill
        passed = trial.passed if trial.verdict.decided else None
        made = UsesOfExecution(trial.execution, library.find, played_on, seed=start.seed)
        use = made.of_entry(skill, UseKind.EXERCISED, start.arguments, passed)
        library.uses.add(replace(use, environment={**use.environment, START: start.key}))


def apply(library: SkillLibrary, report: Report) -> Report:
    """Sets the statuses that the report asks for; the report with those that all have now."""
    # Another process may have changed them meanwhile.
    now = Report(tuple(one for one in report.skills if _is_active(library, one)))
    for one in now.of(Standing.BROKE):
        library.quarantine(one.name, _reason(one))
    working = {one.name: one for one in now.of(Standing.WORKS)}
    # A skill can be set free only after what it calls.
    for name in callees_first({name: library.get(name).calls for name in working}):
        _works(library, working[name])
    return Report(tuple(_as_now(library, one) for one in report.skills))


def _is_active(library: SkillLibrary, one: SkillReport) -> bool:
    return library.get(one.name).version == one.version


def _works(library: SkillLibrary, one: SkillReport) -> None:
    skill = library.get(one.name)
    count = sum(trial.passed for trial in one.trials)
    reason = f"worked in the gym from {count} {'start' if count == 1 else 'starts'}"
    try:
        if skill.status is SkillStatus.QUARANTINED:
            library.release(one.name, reason)
        elif skill.status is SkillStatus.CANDIDATE and has_worked_again(
            library.uses.of(one.name, one.version)
        ):
            library.verify(one.name, one.version, reason)
    except SkillError:
        # Something that it calls may not be used: it works, and stays what it is until that may.
        return


def _reason(one: SkillReport) -> str:
    changes = f" Since it worked last: {', '.join(one.changes)}." if one.changes else ""
    return f"broke in the gym: {one.why}{changes}"


def _as_now(library: SkillLibrary, one: SkillReport) -> SkillReport:
    status = library.get(one.name).status.value
    return replace(one, status=status, status_before="" if status == one.status else one.status)
