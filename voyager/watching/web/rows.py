"""Rows of a query by the names of their columns."""

from __future__ import annotations

import sqlite3
from typing import Any


def read_rows(connection: sqlite3.Connection, query: str, *values: object) -> list[dict[str, Any]]:
    """Each row as a dictionary."""
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
