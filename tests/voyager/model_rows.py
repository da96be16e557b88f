"""Rows of the books, as they are written while a model is asked."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from voyager.language_models.roles import ROLES

MESSAGES = (
    {"role": "system", "content": "You write programs."},
    {"role": "user", "content": "Write one."},
)


def add_call(
    connection: sqlite3.Connection,
    run: int = 1,
    task: int | None = None,
    attempt: int | None = None,
    purpose: str = "write",
    messages: Sequence[dict[str, Any]] = MESSAGES,
    **columns: Any,
) -> None:
    """Keep one call; `columns` are those of `model_calls`."""
    kept = [{**one, "content": _number(connection, one["content"])} for one in messages]
    row = {
        "run_id": run,
        "task_id": task,
        "attempt": attempt,
        "at": "2026-01-02T03:04:05.678+00:00",
        "role": ROLES[purpose].value,
        "purpose": purpose,
        "model": "gpt",
        "messages": json.dumps(kept),
        "input_tokens": 100,
        "output_tokens": 20,
        "cost": 0.5,
        **columns,
    }
    connection.execute(
        f"INSERT INTO model_calls ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )


def _number(connection: sqlite3.Connection, text: str) -> int:
    digest = hashlib.sha256(text.encode()).digest()
    connection.execute(
        "INSERT OR IGNORE INTO model_texts (hash, text) VALUES (?, ?)", (digest, text)
    )
    row = connection.execute("SELECT id FROM model_texts WHERE hash = ?", (digest,)).fetchone()
    return int(row[0])
