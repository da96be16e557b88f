"""Every answer that became a program, or should have, with its prompt and what came of it.

Covers reading them from the journal in the order in which they were given. What says nothing about
an answer is left out: skills called as they stand, lost connections, what was interrupted, and what
another than the state critic judged.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from curriculum import Task, parse_goal
from mc_server import Observation
from skills import Skill, SkillError, SkillLibrary, primitives_reference
from voyager.critics import STATE_CRITIC
from voyager.finetune.formats import ChatMessage, Messages, Metadata
from voyager.finetune.rewards import KIND_OF_UNUSED, kind_of_run
from voyager.journal.judged_attempts import judged_attempts
from voyager.records import Attempt
from voyager.reports.transcripts import model_calls, rows
from voyager.writers import Question, code_in
from voyager.writers.model.answer_kinds import CUT_OFF, kind_in_the_end, kind_told_to_model

_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """An answer. `state` is the same for the same that the bot carried and wore at its prompt."""

    prompt: Messages
    text: str
    metadata: Metadata
    chosen: bool = True
    state: str = ""


@dataclass(frozen=True)
class _Program:
    """A program as it was tried: an attempt's, or one of its candidates."""

    source: str
    outcome: str
    error: Mapping[str, Any] | None
    passed: bool
    chosen: bool = True
    number: int | None = None


def read_answers(
    connection: sqlite3.Connection, library: SkillLibrary, since: int = 1
) -> Iterator[tuple[Answer, ...]]:
    """The answers of one task after the other, of the runs from number `since` on."""
    for task in rows(
        connection,
        "SELECT t.id, t.run_id, t.iteration, t.description, t.goal, t.why, t.proposer, r.version"
        " FROM tasks t JOIN runs r ON r.id = t.run_id WHERE r.id >= ? ORDER BY r.id, t.iteration",
        since,
    ):
        answers = _TaskAnswers(connection, library, task).read()
        if answers:
            yield answers


class _TaskAnswers:
    """The answers to one task's prompts."""

    def __init__(
        self, connection: sqlite3.Connection, library: SkillLibrary, task: sqlite3.Row
    ) -> None:
        self._db = connection
        self._library = library
        self._row = task
        goal = parse_goal(task["goal"])
        self._task = Task(task["description"], goal, task["why"], task["proposer"])
        self._judged = judged_attempts(connection, task["id"])
        self._calls = [
            call
            for call in model_calls(connection, "task_id = ?", task["id"])
            if call["purpose"] == "write" and call["attempt"] is not None
        ]

    def read(self) -> tuple[Answer, ...]:
        found: list[Answer] = []
        for row in rows(
            self._db,
            "SELECT a.number, a.status, a.writer, a.model, a.calls, a.problem, v.critic"
            " FROM attempts a"
            " LEFT JOIN verdicts v ON v.attempt_id = a.id WHERE a.task_id = ? AND NOT a.reused"
            " AND a.status IN ('judged', 'unwritten') ORDER BY a.number",
            self._row["id"],
        ):
            if row["status"] == "judged" and row["critic"] != STATE_CRITIC:
                continue
            found += self._of_attempt(row)
        return _with_states(found)

    def _of_attempt(self, row: sqlite3.Row) -> Iterator[Answer]:
        """In the order given: what could not be used, then the programs that ran."""
        calls = [call for call in self._calls if call["attempt"] == row["number"]]
        programs = self._programs(row) if row["status"] == "judged" else []
        sources = {_normal(program.source): program for program in programs}
        for index, call in enumerate(calls):
            told = _kind_told(call, calls[index + 1 :], row["problem"])
            kind = _kind_of_unused(call, told, sources)
            prompt = _prompt_of(call)
            if kind is not None and prompt and call["answer"].strip():
                yield self._answer(row, prompt, call["answer"], kind, call["model"])
        for program in programs:
            kind = kind_of_run(program.outcome, program.error, program.passed)
            if kind is not None:
                yield self._program_answer(row, calls, program, kind)

    def _program_answer(
        self, row: sqlite3.Row, calls: Sequence[Mapping[str, Any]], program: _Program, kind: str
    ) -> Answer:
        source = _normal(program.source)
        asked = [call for call in calls if _prompt_of(call)]
        said = [call for call in asked if _normal(code_in(call["answer"])) == source]
        call = (said or asked)[-1] if asked else None
        text = said[-1]["answer"] if said else f"```javascript\n{program.source.strip()}\n```"
        prompt = _prompt_of(call) if call else self._composed_prompt(row)
        answer = self._answer(row, prompt, text, kind, row["model"])
        metadata = answer.metadata.model_copy(
            update={
                "candidate": program.number,
                "source": hashlib.sha256(source.encode()).hexdigest(),
                "answer": "model" if said else "composed",
                "prompt": "asked" if call else "composed",
            }
        )
        before = self._attempt(row["number"]).execution.before
        return replace(answer, metadata=metadata, chosen=program.chosen, state=_state(before))

    def _answer(
        self, row: sqlite3.Row, prompt: Messages, text: str, kind: str, model: str | None
    ) -> Answer:
        metadata = Metadata(
            run=self._row["run_id"],
            task=self._row["iteration"],
            attempt=row["number"],
            writer=row["writer"] or "llm",
            model=model,
            game_version=self._row["version"],
            kind=kind,
            goal=self._row["goal"],
            source="",
            answer="model",
            prompt="asked",
        )
        return Answer(prompt, text, metadata)

    def _programs(self, row: sqlite3.Row) -> list[_Program]:
        candidates = rows(
            self._db,
            "SELECT number, source, outcome, error, passed, chosen FROM candidates"
            " WHERE task_id = ? AND attempt = ? AND outcome IS NOT NULL ORDER BY number",
            self._row["id"],
            row["number"],
        )
        if candidates:
            return [
                _Program(
                    one["source"],
                    one["outcome"],
                    json.loads(one["error"]) if one["error"] else None,
                    bool(one["passed"]),
                    bool(one["chosen"]),
                    one["number"],
                )
                for one in candidates
            ]
        ran = self._attempt(row["number"])
        error = asdict(ran.execution.error) if ran.execution.error else None
        outcome = ran.execution.outcome.value
        return [_Program(ran.program.source, outcome, error, ran.verdict.passed)]

    def _attempt(self, number: int) -> Attempt:
        return next(attempt for attempt in self._judged if attempt.number == number)

    def _composed_prompt(self, row: sqlite3.Row) -> Messages:
        """The planner was asked nothing: the question a model would have got in its place."""
        question = Question(
            self._row["version"],
            primitives_reference(),
            self._task,
            self._attempt(row["number"]).execution.before,
            self._skills(json.loads(row["calls"])),
            tuple(attempt for attempt in self._judged if attempt.number < row["number"]),
        )
        return tuple(ChatMessage.model_validate(dict(one)) for one in question.messages())

    def _skills(self, names: Sequence[str]) -> list[Skill]:
        """Those of the names that are skills; primitives are told of anyway."""
        found = []
        for name in names:
            with suppress(SkillError):
                found.append(self._library.get(name))
        return found


def _with_states(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """What could not be run changed nothing: it has the state of the next program that did run."""
    state, found = "", list[Answer]()
    for answer in reversed(answers):
        state = answer.state or state
        found.append(replace(answer, state=state))
    return tuple(reversed(found))


def _kind_of_unused(
    call: Mapping[str, Any], told: str | None, sources: Mapping[str, _Program]
) -> str | None:
    """The kind of an answer that became no program; None for one that did, and for a look-up."""
    if call["tool_calls"] or call["outcome"] not in ("answered", "cut_off", "refused"):
        return None
    if told is None or _normal(code_in(call["answer"])) in sources:
        return None
    return KIND_OF_UNUSED[CUT_OFF if call["outcome"] == "cut_off" else told]


def _kind_told(
    call: Mapping[str, Any], later: Sequence[Mapping[str, Any]], in_the_end: str
) -> str | None:
    """In which way an answer was of no use; None where nothing says that it was.

    The next question says so, and of the last answer the attempt, which has no program then.
    """
    if not later:
        return kind_in_the_end(in_the_end) if in_the_end else None
    told = later[0]["messages"][len(call["messages"]) :]
    text = str(told[-1].get("content", "")) if told and told[-1].get("role") == "user" else ""
    return kind_told_to_model(text)


def _prompt_of(call: Mapping[str, Any]) -> Messages:
    """The messages before the first answer; none where they are not as they were asked."""
    prompt = []
    for message in call["messages"]:
        if message.get("role") not in ("system", "user") or not message.get("content"):
            break
        prompt.append(ChatMessage(role=message["role"], content=message["content"]))
    return tuple(prompt) if [one.role for one in prompt[:2]] == ["system", "user"] else ()


def _state(seen: Observation) -> str:
    carried = {"inventory": dict(seen.inventory), "equipment": dict(seen.equipment)}
    return json.dumps(carried | {"dimension": seen.dimension}, sort_keys=True, default=str)


def _normal(source: str) -> str:
    """The same for programs that differ in white space and comments of whole lines only."""
    return " ".join(_COMMENT.sub("", source).split())
