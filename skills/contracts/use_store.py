"""The uses of skills in the database, and what is learned from them with each new one.

Covers writing them inside the caller's transaction: the use, the counts of successes and failures,
and the contract. However often a skill was used, learning looks at the last ones alone; the totals
are those of all uses. Not covered: what a use is (`skill_use.py`) and when one is made.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from mc_server import Circumstances
from skills.contracts.learned_contract import LearnedContract
from skills.contracts.learning import learn
from skills.contracts.skill_use import SkillUse, UseKind
from skills.errors import SkillError, UnknownSkillError
from skills.rows import COLUMNS as SKILL_COLUMNS
from skills.rows import from_row as skill_from_row
from skills.stored_json import list_in, object_in, value_in

LEARNED_FROM = 60
"""Uses of each result, the last ones: enough to see what they share."""

_COLUMNS = (
    "name, version, kind, run_id, attempt_id, seed, arguments, passed, outcome, error_code, error, "
    "seconds, before, after, environment"
)
_READ = f"id, used_at, {_COLUMNS}"
_INSERT = f"INSERT INTO skill_uses ({_COLUMNS}) VALUES ({', '.join('?' * 15)})"
_ADAPTER = TypeAdapter(Circumstances)


class UseStore:
    """The uses of the skills in one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, use: SkillUse) -> int:
        """Stores a use, counts it and learns from it; returns its row's id.

        Raises UnknownSkillError; then nothing was stored.
        """
        return self.add_all((use,))[0]

    def add_all(self, uses: Iterable[SkillUse]) -> tuple[int, ...]:
        """Stores several, in their order, and learns once for each version among them."""
        added = [*uses]
        for name, version in {(use.name, use.version) for use in added}:
            self._check(name, version)
        ids = tuple(self._insert(use) for use in added)
        for name, version in dict.fromkeys((use.name, use.version) for use in added):
            self.learn_anew(name, version)
        return ids

    def of(
        self, name: str, version: int | None = None, limit: int | None = None
    ) -> tuple[SkillUse, ...]:
        """The uses of a skill, of all versions if none is given; the last `limit`, newest last."""
        where, values = _where(name, version)
        return self._read(where, values, limit)

    def last_id(self) -> int:
        """That of the newest use of all; 0 where there is none."""
        return int(self._connection.execute("SELECT MAX(id) FROM skill_uses").fetchone()[0] or 0)

    def failed_when_called(self, after: int) -> tuple[str, ...]:
        """The skills that failed within another program in a use after that one, sorted."""
        rows = self._connection.execute(
            "SELECT DISTINCT name FROM skill_uses WHERE id > ? AND kind = ? AND passed = 0"
            " ORDER BY name",
            (after, UseKind.CALLED.value),
        )
        return tuple(row[0] for row in rows)

    def contract(self, name: str, version: int) -> LearnedContract | None:
        """What was learned of that version; None before its first use, or where it is damaged."""
        row = self._connection.execute(
            "SELECT contract FROM skill_contracts WHERE name = ? AND version = ?", (name, version)
        ).fetchone()
        try:
            return None if row is None else LearnedContract.from_json(value_in(row[0]))
        except SkillError:
            return None  # derived: the next use writes it anew

    def learn_anew(self, name: str, version: int) -> LearnedContract:
        """Learns the contract of a version from its uses and stores it."""
        skill = skill_from_row(self._check(name, version))
        where, values = _where(name, version)
        known = [
            use
            for passed in (1, 0)
            for use in self._read(f"{where} AND passed = ?", (*values, passed), LEARNED_FROM)
        ]
        known.sort(key=lambda use: use.id)
        contract = replace(
            learn(known, skill),
            uses=skill.successes + skill.failures,
            successes=skill.successes,
        )
        self.keep_contract(name, version, contract)
        return contract

    def keep_contract(self, name: str, version: int, contract: LearnedContract) -> None:
        """What was learned of that version, with what is found by it."""
        self._connection.execute(
            "INSERT INTO skill_contracts (name, version, contract, words) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (name, version) DO UPDATE SET contract = excluded.contract, "
            "words = excluded.words",
            (name, version, json.dumps(contract.to_json()), contract.describe()),
        )
        self._connection.execute(
            "DELETE FROM skill_yields WHERE name = ? AND version = ?", (name, version)
        )
        self._connection.executemany(
            "INSERT INTO skill_yields (item, name, version) VALUES (?, ?, ?)",
            [(item, name, version) for item in contract.yields],
        )

    def _check(self, name: str, version: int) -> Any:
        row = self._connection.execute(
            f"SELECT {SKILL_COLUMNS} FROM skill_versions WHERE name = ? AND version = ?",
            (name, version),
        ).fetchone()
        if row is None:
            raise UnknownSkillError(f"{name} in version {version}")
        return row

    def _insert(self, use: SkillUse) -> int:
        cursor = self._connection.execute(_INSERT, _to_row(use))
        if use.passed is not None:
            column = "successes" if use.passed else "failures"
            self._connection.execute(
                f"UPDATE skill_versions SET {column} = {column} + 1 WHERE name = ? AND version = ?",
                (use.name, use.version),
            )
        return int(cursor.lastrowid or 0)

    def _read(self, where: str, values: tuple[Any, ...], limit: int | None) -> tuple[SkillUse, ...]:
        rows = self._connection.execute(
            f"SELECT {_READ} FROM skill_uses WHERE {where} ORDER BY id DESC LIMIT ?",
            (*values, -1 if limit is None else limit),
        ).fetchall()
        return tuple(use for row in reversed(rows) if (use := _from_row(row)) is not None)


def _where(name: str, version: int | None) -> tuple[str, tuple[Any, ...]]:
    if version is None:
        return "name = ?", (name,)
    return "name = ? AND version = ?", (name, version)


def _to_row(use: SkillUse) -> tuple[Any, ...]:
    return (
        use.name,
        use.version,
        use.kind.value,
        use.run_id,
        use.attempt_id,
        use.seed,
        json.dumps(use.arguments, default=str),
        None if use.passed is None else int(use.passed),
        use.outcome,
        use.error_code,
        use.error,
        use.seconds,
        _to_text(use.before),
        None if use.after is None else _to_text(use.after),
        json.dumps(dict(use.environment), sort_keys=True),
    )


def _from_row(row: Any) -> SkillUse | None:
    """The use; None for a damaged row, of which nothing can be learned."""
    arguments, environment = list_in(row[8]), object_in(row[16])
    try:
        before = _ADAPTER.validate_json(row[14])
        after = None if row[15] is None else _ADAPTER.validate_json(row[15])
        seconds = float(row[13])
    except (ValueError, TypeError):
        return None
    if arguments is None or environment is None:
        return None
    return SkillUse(
        id=row[0],
        used_at=row[1],
        name=row[2],
        version=row[3],
        kind=UseKind(row[4]),
        run_id=row[5],
        attempt_id=row[6],
        seed=row[7],
        arguments=tuple(arguments),
        passed=None if row[9] is None else bool(row[9]),
        outcome=row[10],
        error_code=row[11],
        error=row[12],
        seconds=seconds,
        before=before,
        after=after,
        environment=environment,
    )


def _to_text(state: Circumstances) -> str:
    return _ADAPTER.dump_json(state, exclude_defaults=True).decode()
