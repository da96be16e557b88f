"""What is wrong between skills that come in together: circles, and calls of what is refused.

Covers the findings and the order in which skills can be used. Not covered: one skill by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from skills import callees_first
from voyager.exchange.drafts import Draft
from voyager.exchange.foreign_skill import Finding


def with_findings_between(
    drafts: Sequence[Draft], unusable: Mapping[str, str]
) -> tuple[Draft, ...]:
    """The drafts, callees first, each with what is wrong with what it calls.

    `unusable` are skills of the library that may not be called, with why.
    """
    by_name = {draft.name: draft for draft in drafts}
    done: dict[str, Draft] = {}
    for name in callees_first({draft.name: draft.calls for draft in drafts}):
        done[name] = _looked_over(by_name[name], by_name, done, unusable)
    return tuple(done.values())


def _looked_over(
    draft: Draft,
    by_name: Mapping[str, Draft],
    done: Mapping[str, Draft],
    unusable: Mapping[str, str],
) -> Draft:
    findings: list[Finding] = []
    if circle := _circle(draft.name, by_name):
        findings.append(
            Finding(
                draft.name,
                "call_cycle",
                _line_of(draft, circle[1]),
                f"These call each other in a circle: {' -> '.join(circle)}; break it up.",
            )
        )
    for called in draft.calls:
        refused = by_name.get(called) if called in by_name else None
        is_refused = refused is not None and done.get(called, refused).blocked
        why = "it is refused itself" if is_refused else unusable.get(called, "")
        if why and called != draft.name and called not in (circle or ()):
            findings.append(
                Finding(
                    draft.name,
                    "missing_dependency",
                    _line_of(draft, called),
                    f"It calls `{called}`, which cannot be used: {why}; mend that first.",
                )
            )
    return replace(draft, findings=(*draft.findings, *findings))


def _circle(name: str, by_name: Mapping[str, Draft]) -> list[str] | None:
    """The way from a skill back to itself over others, if there is one."""
    paths = [[name]]
    seen = {name}
    while paths:
        path = paths.pop(0)
        draft = by_name.get(path[-1])
        for called in draft.calls if draft else ():
            if called == name and len(path) > 1:
                return [*path, name]
            if called not in seen:
                seen.add(called)
                paths.append([*path, called])
    return None


def _line_of(draft: Draft, called: str) -> int:
    uses = draft.facts.uses if draft.facts else ()
    return next((use.line for use in uses if use.path == (called,)), 0)
