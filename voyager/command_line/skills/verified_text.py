"""The report of a verification in words."""

from __future__ import annotations

from collections.abc import Iterator

from skills import SkillStatus
from voyager.command_line.spending import count_of
from voyager.gym.report import Report, SkillReport, Standing

_HEADINGS = {
    Standing.BROKE: "Broke",
    Standing.DEPENDS: "Depends on what broke",
    Standing.PARTLY: "Works, but not everywhere",
    Standing.NOT_RUN: "Could not be run",
    Standing.WORKS: "Works",
}


def report_lines(report: Report, changed: bool) -> Iterator[str]:
    """The report, worst first; `changed`: whether the skills' statuses were."""
    if not report.skills:
        yield "There are no skills to verify."
        return
    trials = sum(len(one.trials) for one in report.skills)
    told = (
        f"{heading}: {len(found)}" for s, heading in _HEADINGS.items() if (found := report.of(s))
    )
    counts = f"{count_of(len(report.skills), 'skill')}, {count_of(trials, 'exercise')}"
    yield ". ".join([counts, *told]) + "."
    for standing, heading in _HEADINGS.items():
        found = report.of(standing)
        if not found:
            continue
        yield f"\n{heading}:"
        for one in found:
            yield from _skill_lines(one, changed)
    if report.anything_broke:
        yield "\n" + (
            "What is quarantined is not used until it works again: mend the cause or the skill"
            " (`voyager skills edit`), then verify anew."
            if changed
            else "No status was changed, as asked."
        )


def _skill_lines(one: SkillReport, changed: bool) -> Iterator[str]:
    ran = [trial for trial in one.trials if trial.verdict is not None]
    passed = sum(trial.passed for trial in ran)
    tried = f", {passed} of {count_of(len(ran), 'start')}" if ran else ""
    status = "" if one.status == SkillStatus.VERIFIED else f", {one.status}"
    if one.status_before:
        status = f", {one.status} now, {one.status_before} before"
    yield f"  {one.name} (version {one.version}{status}){tried}"
    if one.standing is Standing.WORKS:
        if one.status == SkillStatus.CANDIDATE and changed:
            yield "    It is verified once it has worked from two starts."
        return
    yield f"    {_in_a_line(one.why)}"
    if one.standing is Standing.BROKE:
        yield f"    {_since(one)}"
    for trial in ran:
        if not trial.passed and one.standing is Standing.PARTLY:
            yield f"    not {trial.exercise.start.origin}"


def _since(one: SkillReport) -> str:
    if not one.last_passed:
        return "It was never seen to work."
    day, _, time = one.last_passed.partition("T")
    changes = ", ".join(one.changes) or "nothing that is known of"
    return f"It worked last on {day} at {time[:5]} UTC. Changed since then: {changes}."


def _in_a_line(text: str) -> str:
    return " ".join(text.split())
