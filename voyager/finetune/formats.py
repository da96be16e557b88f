"""The lines of the files and their manifest: what is checked on writing and on reading.

A line with a field too many or too few is no line of this format.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from voyager.finetune.rewards import PASSED, REWARDS

SFT = "sft.jsonl"
PREFERENCES = "preferences.jsonl"
REWARDED = "rewards.jsonl"
MANIFEST = "manifest.json"


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ChatMessage(_Line):
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str = Field(min_length=1)


Messages = tuple[ChatMessage, ...]


class Metadata(_Line):
    """Where an answer is from.

    candidate: its number among several for one attempt.
    answer: `model` as a model wrote it; `composed`: the program alone, in the form of an answer.
    prompt: `asked` as it was asked; `composed`: the planner's task, put as a model is asked.
    goal: JSON of the task's goal. source: SHA-256 of the program without white space and comments;
        empty where there is no program.
    """

    run: int
    task: int
    attempt: int
    candidate: int | None = None
    writer: str
    model: str | None = None
    game_version: str
    kind: str
    goal: str
    source: str
    answer: Literal["model", "composed"]
    prompt: Literal["asked", "composed"]

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in REWARDS:
            raise ValueError(f"no kind is called '{kind}'")
        return kind


def _asked(prompt: Messages) -> Messages:
    if not prompt or prompt[-1].role != "user":
        raise ValueError("a prompt ends with a user's message")
    return prompt


def _answered(answer: Messages) -> Messages:
    if [message.role for message in answer] != ["assistant"]:
        raise ValueError("an answer is one assistant's message")
    return answer


class ChatExample(_Line):
    """A verified answer, for supervised tuning."""

    messages: Messages
    metadata: Metadata

    @model_validator(mode="after")
    def _ends_with_a_good_answer(self) -> Self:
        _asked(self.messages[:-1])
        _answered(self.messages[-1:])
        if self.metadata.kind != PASSED:
            raise ValueError(f"an answer of kind '{self.metadata.kind}' is none to learn from")
        return self

    @property
    def key(self) -> tuple[str, str]:
        """The same for the same prompt with the same answer."""
        return digest(self.messages[:-1]), digest(self.messages[-1:])


class PreferencePair(_Line):
    """Two answers to one prompt. `metadata` is the chosen one's, `rejected_metadata` the other's.

    context: `same_attempt`: both were given to the prompt. `same_state`: the rejected one was, and
    the chosen one to a later prompt of the same task, with the bot carrying and wearing the same.
    """

    prompt: Messages
    chosen: Messages
    rejected: Messages
    context: Literal["same_attempt", "same_state"]
    metadata: Metadata
    rejected_metadata: Metadata

    @model_validator(mode="after")
    def _is_a_pair(self) -> Self:
        _asked(self.prompt)
        _answered(self.chosen)
        _answered(self.rejected)
        if self.chosen == self.rejected:
            raise ValueError("the chosen answer is the rejected one")
        if self.metadata.kind != PASSED or self.rejected_metadata.kind == PASSED:
            raise ValueError("the chosen answer passed and the rejected one did not")
        return self

    @property
    def key(self) -> tuple[str, str, str]:
        """The same for the same prompt with the same answers."""
        return digest(self.prompt), digest(self.chosen), digest(self.rejected)


class RewardedAnswer(_Line):
    """An answer with its reward."""

    prompt: Messages
    completion: Messages
    reward: float = Field(ge=-1, le=1)
    metadata: Metadata

    @model_validator(mode="after")
    def _is_rewarded_by_its_kind(self) -> Self:
        _asked(self.prompt)
        _answered(self.completion)
        if self.reward != REWARDS[self.metadata.kind]:
            raise ValueError(f"the reward of '{self.metadata.kind}' is another")
        return self

    @property
    def key(self) -> tuple[str, str]:
        """The same for the same prompt with the same answer."""
        return digest(self.prompt), digest(self.completion)


class FileEntry(_Line):
    """A file as it was written."""

    lines: int
    sha256: str


class Manifest(_Line):
    """What is in a folder.

    licence: of the programs; None, for nobody has stated one. What the models named here may be
        used for is said by whoever offers them.
    """

    format: Literal[1] = 1
    made_by: str
    since_run: int
    runs: tuple[int, ...]
    game_versions: tuple[str, ...]
    models: tuple[str, ...]
    kinds: Mapping[str, int]
    rewards: Mapping[str, float]
    licence: None = None
    files: Mapping[str, FileEntry]


LINES: Mapping[str, type[ChatExample] | type[PreferencePair] | type[RewardedAnswer]] = {
    SFT: ChatExample,
    PREFERENCES: PreferencePair,
    REWARDED: RewardedAnswer,
}
"""The kind of line in each file."""


def digest(messages: Messages) -> str:
    """A short name for messages."""
    text = json.dumps([[message.role, message.content] for message in messages])
    return hashlib.sha256(text.encode()).hexdigest()
