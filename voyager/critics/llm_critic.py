"""Judging with a language model what no predicate can state.

Covers: asking, once for each vote, with numbered facts of which a judgement must cite some; and the
verdict that comes of it. The state's critic comes first, and wherever it can tell it is final. Not
covered: what the facts are (`evidence_text.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from curriculum import Finding, GoalError, Task, read_answer
from mc_server import Execution, Observation
from voyager.critics.evidence_text import EvidenceText, describe_evidence, plain
from voyager.critics.state_critic import StateCritic, what_happened
from voyager.errors import ContextOverflowError, ModelError
from voyager.language_models import ChatModel, Completion, Message
from voyager.prompt_templates import render
from voyager.records import Verdict

NAME = "llm"
PURPOSE = "judge"
ANSWERS = 2
"""How often one vote is asked for, when its answer cannot be used."""
WORDS_CHARACTERS = 300
SAID_CHARACTERS = 4000
TASK_CHARACTERS = 600
GOAL_CHARACTERS = 1200
SHORT_FACT_CHARACTERS = 160
CITES_CHARACTERS = 1000

SCHEMA = {
    "title": "judgement",
    "type": "object",
    "properties": {
        "cites": {"type": "array", "items": {"type": "integer"}},
        "why": {"type": "string"},
        "passed": {"type": "boolean"},
        "critique": {"type": "string"},
    },
    "required": ["cites", "why", "passed", "critique"],
    "additionalProperties": False,
}

_WHOLE_NUMBER = re.compile(r"(?<![\d.-])[0-9]{1,6}(?!\d|\.0*[1-9])")


class _Judgement(BaseModel):
    passed: bool
    cites: Any = None
    why: str | None = None
    critique: str | None = None


@dataclass(frozen=True)
class _Vote:
    """One judgement; `passed` is None where none was to be had, and `why` then says why."""

    passed: bool | None
    cites: tuple[int, ...] = ()
    why: str = ""
    critique: str = ""

    def __str__(self) -> str:
        word = {True: "passed", False: "not passed", None: "not to be had"}[self.passed]
        cites = f", by facts {', '.join(map(str, self.cites))}" if self.cites else ""
        return f"{word}{cites}: {self.why or 'no reason given'}"


class LlmCritic:
    """Implements `Critic`. Of an odd number of `votes` the majority decides."""

    def __init__(self, chat: ChatModel, state_critic: StateCritic, votes: int = 1) -> None:
        self._chat = chat
        self._state = state_critic
        self._votes = votes

    def holds(self, task: Task, observation: Observation) -> Verdict | None:
        """See `Critic.holds`; a model is never asked before something was tried."""
        return self._state.holds(task, observation)

    def parts_reached(self, task: Task, execution: Execution) -> float:
        """See `Critic.parts_reached`; what only a model can tell is no part."""
        return self._state.parts_reached(task, execution)

    def judge(self, task: Task, execution: Execution, earlier: Sequence[Execution] = ()) -> Verdict:
        """The state's verdict where it can tell, else the model's.

        The model is told of blocks that were placed and mined in earlier attempts, too: what was
        built then may still stand.
        """
        finding = self._state.finding(task, execution, earlier)
        if finding.passed is not None:
            return self._state.judge(task, execution, earlier)
        told = [leaf.text for leaf in finding.leaves() if leaf.passed is not None]
        evidence = describe_evidence(execution, told, earlier)
        votes = tuple(self._cast(task, finding, evidence))
        for_it = [vote for vote in votes if vote.passed is True]
        against = [vote for vote in votes if vote.passed is False]
        passed = 2 * len(for_it) > self._votes
        shown = tuple(f"judge {n} of {self._votes}: {v}" for n, v in enumerate(votes, start=1))
        cited = _cited(evidence, for_it if passed else against)
        if passed:
            return Verdict(True, NAME, (*told, *cited, *shown))
        decided = 2 * len(against) > self._votes
        critique = _critique(against) if decided else _undecided(votes)
        critique = f"{critique} {what_happened(execution)}"
        return Verdict(False, NAME, (*told, *cited, *shown), critique, decided=decided)

    def _cast(self, task: Task, finding: Finding, evidence: EvidenceText) -> Iterator[_Vote]:
        """A vote after the other; none after one that the model could not be asked for."""
        for _ in range(self._votes):
            try:
                yield self._vote(task, finding, evidence)
            except ModelError as error:
                yield _Vote(None, why=plain(str(error), WORDS_CHARACTERS))
                return

    def _vote(self, task: Task, finding: Finding, evidence: EvidenceText) -> _Vote:
        try:
            return self._asked(_question(task, finding, evidence), len(evidence.facts))
        except ContextOverflowError:
            facts = tuple(plain(fact, SHORT_FACT_CHARACTERS) for fact in evidence.facts)
            less = replace(evidence, facts=facts, claims=())
            return self._asked(_question(task, finding, less), len(facts))

    def _asked(self, conversation: Sequence[Message], facts: int) -> _Vote:
        problem = ""
        for _ in range(ANSWERS):
            completion = self._chat.complete(conversation, purpose=PURPOSE, schema=SCHEMA)
            try:
                return _read(completion, facts)
            except GoalError as error:
                problem = str(error)
            again = render("judge_again", problem=problem, count=facts)
            said = completion.text[:SAID_CHARACTERS] or "(no answer)"
            conversation = [
                *conversation,
                {"role": "assistant", "content": said},
                {"role": "user", "content": again},
            ]
        return _Vote(None, why=plain(problem, WORDS_CHARACTERS))


def _question(task: Task, finding: Finding, evidence: EvidenceText) -> list[Message]:
    judged = "; ".join(leaf.text for leaf in finding.leaves() if leaf.passed is None)
    user = render(
        "judge_user",
        task=plain(task.description, TASK_CHARACTERS),
        goal=plain(task.goal.describe(), GOAL_CHARACTERS),
        judged=plain(judged, GOAL_CHARACTERS),
        ending=evidence.ending,
        facts=evidence.facts,
        claims=evidence.claims,
    )
    return [
        {"role": "system", "content": render("judge_system")},
        {"role": "user", "content": user},
    ]


def _read(completion: Completion, facts: int) -> _Vote:
    """The vote in an answer. Raises GoalError with what is wrong with it."""
    if completion.finish_reason == "refused":
        raise GoalError(f"The judge refused: {completion.refusal or 'it did not say why'}.")
    said = read_answer(completion.text, _Judgement, "passed")
    cites = _numbers(said.cites, facts)
    if said.passed and not cites:
        raise GoalError(f"It cites no fact; there are facts 1 to {facts}.")
    why, critique = (plain(text or "", WORDS_CHARACTERS) for text in (said.why, said.critique))
    return _Vote(said.passed, cites, why, critique)


def _numbers(cites: Any, facts: int) -> tuple[int, ...]:
    """The numbers of facts that there are, however they are written."""
    text = json.dumps(cites, default=str)[:CITES_CHARACTERS]
    numbers = (int(digits) for digits in _WHOLE_NUMBER.findall(text))
    return tuple(dict.fromkeys(number for number in numbers if 1 <= number <= facts))


def _cited(evidence: EvidenceText, votes: Sequence[_Vote]) -> list[str]:
    """The facts that decided, in words."""
    numbers = sorted({number for vote in votes for number in vote.cites})
    facts = (plain(evidence.facts[number - 1], WORDS_CHARACTERS) for number in numbers)
    return [f"fact {number}: {fact}" for number, fact in zip(numbers, facts, strict=True)]


def _critique(against: Sequence[_Vote]) -> str:
    said = dict.fromkeys(vote.critique or vote.why for vote in against)
    return f"A judge found that it is not done: {' '.join(text for text in said if text)}".rstrip(
        ": "
    )


def _undecided(votes: Sequence[_Vote]) -> str:
    why = next((vote.why for vote in votes if vote.passed is None), "the votes are divided")
    return (
        f"No judgement was to be had ({why.rstrip('.')}), so nothing is held against the program."
    )
