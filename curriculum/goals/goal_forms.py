"""How a model writes a goal: a list of flat predicates, all of which must hold.

Covers the forms a prompt shows, the JSON schema an endpoint can hold an answer to (strict: every
property required, no other allowed, nothing recursive), and reading such a goal with patience. Not
covered: whether the goal makes sense (`goal_check`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from json import dumps
from typing import Any, get_args

from pydantic import BaseModel

from curriculum.errors import GoalError
from curriculum.goals.goal import AllOf, AnyOf, Destination, Goal, Judged, Not, parse_goal

PARTS = 8
"""How many predicates one task may have."""

_COUNTED = ("inventory_has", "inventory_gained", "mined", "placed", "killed", "stored")
_NAMED = ("in_biome", "in_dimension", "ate", "has_advancement")


@dataclass(frozen=True)
class GoalForm:
    """One kind of goal, as the model is told of it: an example in JSON and its meaning."""

    example: str
    meaning: str


def goal_forms(without: Collection[str] = ()) -> tuple[GoalForm, ...]:
    """Every kind of single goal a model may use, read off the goals themselves."""
    kinds = get_args(get_args(Goal)[0])
    return tuple(
        GoalForm(_example(kind), " ".join((kind.__doc__ or "").split()))
        for kind in kinds
        if kind not in (AllOf, AnyOf, Not, Judged)
        and kind.model_fields["type"].default not in without
    )


def _example(kind: type[BaseModel]) -> str:
    example = {
        name: f"<{name}>" if field.is_required() else field.default
        for name, field in kind.model_fields.items()
    }
    if example["type"] == "ate":
        example["name"] = "<name>"
    text = dumps({"type": example.pop("type"), **example})
    return re.sub(r'"(<[xyz]>)"', r"\1", text)


def object_schema(title: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A strict schema of an object with exactly these properties."""
    return {"title": title, **_object(properties)}


def goal_schema() -> dict[str, Any]:
    """The schema of a goal: a list of flat predicates."""
    text, number, whole = {"type": "string"}, {"type": "number"}, {"type": "integer"}
    return {
        "type": "array",
        "items": {
            "anyOf": [
                _form(_COUNTED, name=text, count=whole),
                _form(_NAMED, name=text),
                _form(
                    ("equipped",),
                    name=text,
                    destination={"type": "string", "enum": list(get_args(Destination))},
                ),
                _form(("reached_position",), x=number, y=number, z=number, range=number),
                _form(("slept",)),
                _form(("has_room",), count=whole),
                _form(("judged",), text=text),
            ]
        },
    }


def _form(types: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return _object({"type": {"type": "string", "enum": list(types)}, **properties})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def read_goal(data: object) -> Goal:
    """The goal in an answer: a list of predicates, or a single one. Raises GoalError."""
    if isinstance(data, Mapping):
        return parse_goal(_plain(data))
    if not isinstance(data, list) or not data:
        raise GoalError(
            'The "goal" is no list of predicates such as {"type": "inventory_has", ...}.'
        )
    if len(data) > PARTS:
        raise GoalError(f"A goal has at most {PARTS} predicates, not {len(data)}: a smaller task.")
    parts = [read_goal(part) if isinstance(part, Mapping) else _not_one(part) for part in data]
    return parts[0] if len(parts) == 1 else AllOf(goals=tuple(parts))


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is null: models fill what does not apply."""
    return {str(key): value for key, value in data.items() if value is not None and value != ""}


def _not_one(part: object) -> Goal:
    raise GoalError(f'{str(part)[:60]!r} is no predicate such as {{"type": "inventory_has", ...}}.')


def leaves(goal: Goal) -> tuple[Goal, ...]:
    """The single predicates a goal is made of, negated ones included."""
    if isinstance(goal, AllOf | AnyOf):
        return tuple(leaf for part in goal.goals for leaf in leaves(part))
    return leaves(goal.goal) if isinstance(goal, Not) else (goal,)
