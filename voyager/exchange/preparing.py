"""From a skill as it was found to a draft: rewritten for here, read, looked over, given a goal.

Covers one library at a time, since skills of it call each other. Nothing is run or stored here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curriculum import goal_to_json
from mc_server import GameData, ProgramFacts, TopFunction
from skills import Provenance, Skill, calls_in, primitives_reference
from voyager.exchange.claimed_goals import ClaimedGoal, GoalTagError, claimed_goal
from voyager.exchange.drafts import Draft
from voyager.exchange.foreign_skill import Finding, ForeignSkill
from voyager.exchange.linting import (
    acts,
    effect_findings,
    entry_findings,
    name_findings,
    program_findings,
    syntax_findings,
    too_long,
)
from voyager.exchange.linting_together import with_findings_between
from voyager.exchange.rewriting import Reader, rewrite
from voyager.writers.checks.program_entry import counted, described, without_starts
from voyager.writers.checks.program_vocabulary import Vocabulary

_TAGS = re.compile(r"\s*@goal\b.*", re.S)


@dataclass(frozen=True)
class Surroundings:
    """Where skills come into: `known` are the library's, `unusable` those that may not be called.

    `unusable` says why.
    """

    reader: Reader
    game_data: GameData
    known: Sequence[Skill] = ()
    unusable: Mapping[str, str] | None = None


def drafts_of(skills: Sequence[ForeignSkill], around: Surroundings) -> tuple[Draft, ...]:
    """The drafts of a library's skills, callees first, with all that was found."""
    names = {skill.name for skill in skills}
    read = [_read(skill, names, around) for skill in skills]
    signatures = {draft.name: _stub(draft, around.game_data) for draft in read}
    beside = [skill for skill in around.known if skill.name not in signatures]
    vocabulary = Vocabulary(
        primitives_reference(), [*beside, *signatures.values()], around.game_data
    )
    helpers = {
        draft.name: draft for draft in read if draft.facts and not acts(draft.facts, vocabulary)
    }
    whole = [_with_helpers(draft, helpers, around.reader) for draft in read]
    looked_over = [_looked_over(draft, vocabulary) for draft in whole]
    return with_findings_between(looked_over, around.unusable or {})


def _read(foreign: ForeignSkill, names: Collection[str], around: Surroundings) -> Draft:
    """Rewritten and parsed; what cannot be is found out here."""
    primitives = frozenset(one.name for one in primitives_reference())
    findings = [*foreign.findings, *name_findings(foreign.name, primitives)]
    long = [*too_long(foreign.name, foreign.source)]
    draft = Draft(foreign, foreign.source, foreign.description, "", None, None)
    if long:
        return replace(draft, findings=(*findings, *long))
    rewritten = rewrite(foreign.source, names, around.reader, around.game_data)
    if long := [*too_long(foreign.name, rewritten.source)]:
        return replace(draft, findings=(*findings, *long))
    source = rewritten.source.strip() + "\n"
    facts = around.reader(source)
    if facts.fault is not None:
        faults = syntax_findings(foreign.name, facts)
        return replace(draft, findings=(*findings, *faults))
    entry = _function(foreign.name, facts)
    if entry and any(entry.name in start.uses for start in facts.starts):
        source = without_starts(source, facts, entry) + "\n"
        facts = around.reader(source)
        entry = _function(foreign.name, facts)
    does, when = described(entry) if entry else ("", "")
    description = foreign.description or _TAGS.sub("", does)
    return Draft(
        foreign,
        source,
        description,
        _TAGS.sub("", when),
        facts,
        entry,
        adapted=(*foreign.notes, *rewritten.notes),
        findings=(*findings, *entry_findings(foreign.name, facts, entry)),
    )


def _with_helpers(draft: Draft, helpers: Mapping[str, Draft], reader: Reader) -> Draft:
    """With those skills written into it that do nothing by themselves: no goal can judge them."""
    added: dict[str, None] = {}
    waiting = _called(draft, helpers)
    while waiting:
        name = waiting.pop()
        if name not in added and name != draft.name:
            added[name] = None
            waiting += _called(helpers[name], helpers)
    source = "\n".join([draft.source, *(helpers[name].source for name in added)])
    if not added or [*too_long(draft.name, source)]:
        return draft
    facts = reader(source)
    if facts.fault is not None:
        return draft
    notes = (f"{name} is written into it, for it does nothing by itself" for name in added)
    return replace(
        draft,
        source=source,
        facts=facts,
        entry=_function(draft.name, facts),
        adapted=(*draft.adapted, *notes),
    )


def _called(draft: Draft, helpers: Mapping[str, Draft]) -> list[str]:
    uses = draft.facts.uses if draft.facts else ()
    return [use.name for use in uses if use.is_called and not use.is_own and use.name in helpers]


def _function(name: str, facts: ProgramFacts) -> TopFunction | None:
    return next((one for one in facts.functions if one.name == name), None)


def _stub(draft: Draft, game_data: GameData) -> Skill:
    """As much of a skill as others have to know to call it."""
    signature = draft.entry.signature if draft.entry else ""
    origin = Provenance(None, "", 1, "", None, game_data.version)
    return Skill(draft.name, draft.source, signature, "", "", (), {}, origin)


def _looked_over(draft: Draft, vocabulary: Vocabulary) -> Draft:
    if draft.facts is None:
        return draft
    findings = [
        *program_findings(draft.name, draft.facts, vocabulary),
        *effect_findings(draft.name, draft.description, draft.facts, vocabulary),
    ]
    claimed: ClaimedGoal | None = None
    comment = draft.entry.comment if draft.entry else ""
    try:
        if contract := draft.foreign.contract:
            comment = f"@goal {json.dumps(dict(contract))}"
        claimed = claimed_goal(draft.name, comment, draft.facts, vocabulary.game_data)
    except GoalTagError as error:
        line = draft.entry.line if draft.entry else 0
        findings.append(Finding(draft.name, "wrong_goal", line, str(error)))
    is_counted = claimed is not None and draft.entry is not None
    return replace(
        _with_goal(draft, claimed) if is_counted and claimed else draft,
        calls=calls_in(draft.source, vocabulary.names - {draft.name}),
        description=draft.description or _from_name(draft.name),
        findings=(*draft.findings, *_each_once(findings)),
    )


def _with_goal(draft: Draft, claimed: ClaimedGoal) -> Draft:
    """With the goal, which asks for as many as the skill's `count` is by default."""
    goal = claimed.goal
    defaults = {one.name: one.default for one in draft.entry.parameters} if draft.entry else {}
    default = defaults.get("count") or ""
    wanted = goal_to_json(goal).get("count")
    if claimed.origin != "its @goal" and wanted == 1 and default.isdigit() and int(default) > 1:
        goal = goal.model_copy(update={"count": int(default)})
    parameters = counted(draft.entry, goal) if draft.entry else {}
    return replace(draft, goal=goal, goal_from=claimed.origin, parameters=parameters)


def _from_name(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return f"{words[:1].upper()}{words[1:].lower()}."


def _each_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """By line; what two rules say of one thing in the same words once."""
    yield from dict.fromkeys(sorted(findings, key=lambda finding: finding.line))
