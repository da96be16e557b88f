"""From answers to lines: which are good, which pairs compare, and what is said once only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from voyager.finetune.answers import Answer
from voyager.finetune.formats import ChatExample, ChatMessage, PreferencePair, RewardedAnswer
from voyager.finetune.rewards import PASSED, REWARDS

Line = TypeVar("Line", ChatExample, PreferencePair, RewardedAnswer)
Program = tuple[str, str]  # a goal and a program


@dataclass(frozen=True)
class Datasets:
    """The lines of the three files, in the order in which they were played."""

    sft: tuple[ChatExample, ...]
    preferences: tuple[PreferencePair, ...]
    rewards: tuple[RewardedAnswer, ...]


def datasets_of(tasks: Iterable[Sequence[Answer]]) -> Datasets:
    """The lines from the answers of one task after the other.

    A program that also failed at the same goal, whenever that was, is not among the good.
    """
    answers = [tuple(task) for task in tasks]
    every = [answer for task in answers for answer in task]
    failed = {_program_of(a) for a in every if a.metadata.kind != PASSED and a.metadata.source}

    def good(answers: Iterable[Answer]) -> list[Answer]:
        return [a for a in answers if a.metadata.kind == PASSED and _program_of(a) not in failed]

    pairs = [pair for task in answers for pair in _pairs(task, good(task))]
    return Datasets(
        tuple(_once(map(_example, _programs_once(good(every))))),
        tuple(_once(pairs)),
        tuple(_once(map(_rewarded, every))),
    )


def _pairs(task: Sequence[Answer], good: Sequence[Answer]) -> Iterator[PreferencePair]:
    """Each answer of a task that did not do it, beside the best one that did from where it was."""
    for rejected in task:
        if rejected.metadata.kind == PASSED:
            continue
        for chosen in sorted(good, key=lambda answer: not answer.chosen):  # stable
            context = _context(rejected, chosen)
            if context and _program_of(chosen) != _program_of(rejected):
                yield PreferencePair(
                    prompt=rejected.prompt,
                    chosen=_said(chosen),
                    rejected=_said(rejected),
                    context=context,
                    metadata=chosen.metadata,
                    rejected_metadata=rejected.metadata,
                )
                break


def _context(rejected: Answer, chosen: Answer) -> Literal["same_attempt", "same_state"] | None:
    if rejected.metadata.attempt == chosen.metadata.attempt:
        return "same_attempt" if rejected.prompt == chosen.prompt else None
    later = rejected.metadata.attempt < chosen.metadata.attempt
    return "same_state" if later and rejected.state and rejected.state == chosen.state else None


def _example(answer: Answer) -> ChatExample:
    return ChatExample(messages=(*answer.prompt, *_said(answer)), metadata=answer.metadata)


def _rewarded(answer: Answer) -> RewardedAnswer:
    return RewardedAnswer(
        prompt=answer.prompt,
        completion=_said(answer),
        reward=REWARDS[answer.metadata.kind],
        metadata=answer.metadata,
    )


def _said(answer: Answer) -> tuple[ChatMessage, ...]:
    return (ChatMessage(role="assistant", content=answer.text),)


def _programs_once(answers: Iterable[Answer]) -> Iterator[Answer]:
    """A program that did the same goal twice is said once."""
    known: set[Program] = set()
    for answer in answers:
        if _program_of(answer) not in known:
            known.add(_program_of(answer))
            yield answer


def _once(lines: Iterable[Line]) -> Iterator[Line]:
    known = set()
    for line in lines:
        if line.key not in known:
            known.add(line.key)
            yield line


def _program_of(answer: Answer) -> Program:
    return answer.metadata.goal, answer.metadata.source
