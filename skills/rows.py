"""Skills as rows of the database: the columns, and the way there and back.

Covers the mapping alone; which rows are read and written is the library's affair. A row that is
damaged, as by another program, is a skill in quarantine: all others can be read beside it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from skills.skill import Provenance, Skill, SkillStatus
from skills.stored_json import object_in, texts_in

COLUMNS = (
    "name, version, source, signature, description, when_to_use, calls, contract, contract_type, "
    "contract_name, parameters, status, successes, failures, run_id, task, attempt, writer, model, "
    "game_version"
)
MARKS = "pinned, banned"
"""Of the row in `skills`, read after `COLUMNS`."""
LEARNED = "(SELECT words FROM skill_contracts AS c WHERE c.name = v.name AND c.version = v.version)"
"""What uses have taught of the version `v`, in words; read after `MARKS`."""
INSERT = f"INSERT INTO skill_versions ({COLUMNS}) VALUES ({', '.join('?' * 20)})"


def to_row(skill: Skill) -> tuple[Any, ...]:
    """The skill's values in the order of `COLUMNS`."""
    origin = skill.provenance
    contract = dict(skill.contract)
    return (
        skill.name,
        skill.version,
        skill.source,
        skill.signature,
        skill.description,
        skill.when_to_use,
        json.dumps(skill.calls),
        json.dumps(contract, sort_keys=True),
        *contract_columns(contract),
        json.dumps(dict(skill.parameters)),
        skill.status.value,
        skill.successes,
        skill.failures,
        origin.run_id,
        origin.task,
        origin.attempt,
        origin.writer,
        origin.model,
        origin.game_version,
    )


def from_row(row: sqlite3.Row | tuple[Any, ...]) -> Skill:
    """The skill in a row of `COLUMNS`, and of `MARKS` and `LEARNED` where these were read too."""
    pinned, banned, learned = row[20:23] or (False, False, None)
    calls, contract, parameters = _read(row)
    whole = isinstance(row[2], str) and None not in (calls, contract, parameters)
    return Skill(
        name=row[0],
        version=row[1],
        source=str(row[2]),
        signature=str(row[3]),
        description=str(row[4]),
        when_to_use=str(row[5]),
        calls=calls or (),
        contract=contract or {},
        parameters=parameters or {},
        status=SkillStatus(row[11]) if whole else SkillStatus.QUARANTINED,
        successes=_count(row[12]),
        failures=_count(row[13]),
        provenance=Provenance(
            row[14], str(row[15]), _count(row[16]), str(row[17]), row[18], str(row[19])
        ),
        pinned=bool(pinned),
        banned=bool(banned),
        learned=str(learned or ""),
    )


def is_whole(row: sqlite3.Row | tuple[Any, ...]) -> bool:
    """Whether what a skill cannot be used without can be read in a row of `COLUMNS`."""
    return isinstance(row[2], str) and None not in _read(row)


def _read(
    row: sqlite3.Row | tuple[Any, ...],
) -> tuple[tuple[str, ...] | None, dict[str, Any] | None, dict[str, str] | None]:
    """Calls, contract and parameters; None for what is damaged."""
    parameters = object_in(row[10])
    if parameters and not all(isinstance(path, str) for path in parameters.values()):
        parameters = None
    if parameters:
        parameters = _in_order(parameters, str(row[3]))
    return texts_in(row[6]), object_in(row[7]), parameters


def _in_order(parameters: dict[str, str], signature: str) -> dict[str, str]:
    """As the entry declares them, whatever order they were kept in: arguments go by position."""
    declared = re.findall(r"\w+", signature.partition("(")[2])
    places = {name: place for place, name in reversed(list(enumerate(declared)))}
    return dict(sorted(parameters.items(), key=lambda entry: places.get(entry[0], len(declared))))


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def contract_columns(contract: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The type and the name of a goal, by which skills are looked up; None for what is no text."""
    kind, item = contract.get("type"), contract.get("name")
    return kind if isinstance(kind, str) else None, item if isinstance(item, str) else None
