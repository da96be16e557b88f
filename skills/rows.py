"""Skills as rows of the database: the columns, and the way there and back.

Covers the mapping alone; which rows are read and written is the library's affair.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from skills.skill import Provenance, Skill, SkillStatus

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
        _text_or_none(contract.get("type")),
        _text_or_none(contract.get("name")),
        json.dumps(dict(skill.parameters), sort_keys=True),
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
    return Skill(
        name=row[0],
        version=row[1],
        source=row[2],
        signature=row[3],
        description=row[4],
        when_to_use=row[5],
        calls=tuple(json.loads(row[6])),
        contract=json.loads(row[7]),
        parameters=json.loads(row[10]),
        status=SkillStatus(row[11]),
        successes=row[12],
        failures=row[13],
        provenance=Provenance(*row[14:20]),
        pinned=bool(pinned),
        banned=bool(banned),
        learned=learned or "",
    )


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None
