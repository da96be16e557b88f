"""What was learned of a skill as the lines of a table, from its JSON.

The JSON is read with care: it may have been written by an older or newer program, and what is not
understood is passed over.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curriculum import GoalError, parse_goal


@dataclass(frozen=True)
class Learned:
    """What the uses of one version teach: in words, as lines of a table, and as recorded."""

    words: str
    lines: tuple[tuple[str, str], ...]
    contract: Mapping[str, Any]


def read_learned(connection: sqlite3.Connection, name: str, version: int) -> Learned | None:
    """What was learned of a version; None where nothing was."""
    row = connection.execute(
        "SELECT words, contract FROM skill_contracts WHERE name = ? AND version = ?",
        (name, version),
    ).fetchone()
    if row is None:
        return None
    try:
        contract = json.loads(row[1])
    except ValueError:
        contract = {}
    contract = contract if isinstance(contract, dict) else {}
    return Learned(row[0], tuple(_lines(contract)), contract)


def goal_words(contract: Mapping[str, Any]) -> str:
    """The goal that a skill was written for, in words; its JSON where it is no goal we know."""
    try:
        return parse_goal(dict(contract)).describe()
    except (GoalError, ValueError, TypeError):
        return json.dumps(dict(contract), sort_keys=True)


def _lines(contract: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    each = " for each" if contract.get("per_count") else ""
    for key, label in (("consumes", f"uses up{each}"), ("yields", f"yields{each}")):
        yield from _amounts(contract, key, label)
        if key == "consumes":
            yield from _needs(contract)
    yield from _amounts(contract, "sometimes", "sometimes yields")
    for key, label, unit in (("seconds", "takes", "s"), ("moves_blocks", "moves", "blocks")):
        if (spread := _spread(contract.get(key))) and spread != "0":
            yield label, f"{spread} {unit}"
    uses, successes = contract.get("uses"), contract.get("successes")
    if uses is not None and successes is not None:
        yield "worked", f"{successes} of {uses} times"
    for failure in _items(contract.get("failures")):
        if isinstance(failure, Mapping):
            when = "; ".join(map(str, _items(failure.get("conditions"))))
            text = f"{failure.get('code', 'unknown')}, {failure.get('count', '?')} times"
            yield "failed", f"{text}: {when}" if when else text


def _needs(contract: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, label in (
        ("holds", "must be carried"),
        ("stations", "must be near"),
        ("dimensions", "only in"),
    ):
        if items := _items(contract.get(key)):
            yield label, ", ".join(str(item).replace("_", " ") for item in items)
    for key, label in (("light", "light"), ("time_of_day", "time of day")):
        if len(bounds := _items(contract.get(key))) == 2:
            yield label, f"{bounds[0]} to {bounds[1]}"
    for key, label in (("least_food", "food"), ("least_free_slots", "free slots")):
        if contract.get(key) is not None:
            yield label, f"at least {contract[key]}"


def _amounts(contract: Mapping[str, Any], key: str, label: str) -> Iterator[tuple[str, str]]:
    amounts = contract.get(key)
    if isinstance(amounts, Mapping) and amounts:
        until = contract.get("until") if key == "yields" else None
        told = (_amount(item, amount, item == until) for item, amount in amounts.items())
        yield label, ", ".join(told)


def _amount(item: object, amount: object, until: bool) -> str:
    name = str(item).replace("_", " ")
    return f"{name} until count of them are carried" if until else f"{_spread(amount)} {name}"


def _spread(value: object) -> str:
    """`3`, or `2 to 5, mostly 3`; empty for what is no spread."""
    if isinstance(value, Mapping):
        value = [value.get("least"), value.get("median"), value.get("most")]
    numbers = [n for n in _items(value) if isinstance(n, int | float)]
    if len(numbers) != 3:
        return ""
    least, median, most = (f"{number:.1f}".removesuffix(".0") for number in numbers)
    return median if least == most else f"{least} to {most}, mostly {median}"


def _items(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
