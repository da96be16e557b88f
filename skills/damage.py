"""What is damaged in the tables of the library, for `voyager doctor`.

Nothing that reads skills ends because of such a row: a version is in quarantine, a use and what was
learned are passed over. Not covered: a file that SQLite itself cannot read.
"""

from __future__ import annotations

import sqlite3

from skills.rows import COLUMNS, from_row, is_whole

_TOLD_AT_MOST = 5
_NO_OBJECT = "CASE WHEN json_valid({0}) THEN json_type({0}) <> 'object' ELSE 1 END"


def damaged_rows(connection: sqlite3.Connection) -> list[str]:
    """What cannot be used as it stands, a sentence each with what to do; empty if all is well."""
    found = [*_versions(connection), *_missing(connection)]
    for table, column, end in (
        ("skill_contracts", "contract", "is no contract; its next use writes it anew."),
        ("skill_uses", "before", "cannot be read; nothing is learned from it."),
    ):
        rows = connection.execute(
            f"SELECT name, version FROM {table} WHERE {_NO_OBJECT.format(column)}"
            f" LIMIT {_TOLD_AT_MOST}"
        )
        what = "What was learned of" if column == "contract" else "A use of"
        found += [f"{what} {name} in version {version} {end}" for name, version in rows]
    return found


def _versions(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(f"SELECT {COLUMNS} FROM skill_versions ORDER BY name, version")
    skills = [from_row(row) for row in rows if not is_whole(row)]
    return [
        f"The row of {skill.name} in version {skill.version} is damaged, so that it is not used:"
        f" write it anew (`voyager skills edit {skill.name}`) or restore a copy of the database."
        for skill in skills[:_TOLD_AT_MOST]
    ]


def _missing(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT s.name, s.active_version FROM skills AS s LEFT JOIN skill_versions AS v"
        " ON v.name = s.name AND v.version = s.active_version WHERE v.name IS NULL"
        f" LIMIT {_TOLD_AT_MOST}"
    )
    return [
        f"{name} stands for version {version}, which is not there: restore a copy of the database."
        for name, version in rows
    ]
