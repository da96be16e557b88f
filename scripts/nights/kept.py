"""What a home folder holds at a moment, read from its database alone, and what was lost of it.

Covers the promises of the journal as anybody with SQLite can check them: nothing that was finished
or verified goes missing, nothing is there twice, the file is sound.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_WAIT_SECONDS = 30.0

_TWICE = {
    "task": "SELECT run_id || '/' || iteration, COUNT(*) FROM tasks GROUP BY run_id, iteration",
    "attempt": "SELECT task_id || '/' || number, COUNT(*) FROM attempts GROUP BY task_id, number",
    "verdict": "SELECT attempt_id, COUNT(*) FROM verdicts WHERE attempt_id IS NOT NULL"
    " GROUP BY attempt_id",
    "milestone": "SELECT r.world_id || '/' || m.name, COUNT(*) FROM milestones m"
    " JOIN runs r ON r.id = m.run_id GROUP BY r.world_id, m.name",
    "skill": "SELECT name || '/' || version, COUNT(*) FROM skill_versions GROUP BY name, version",
    "source of a verified skill": "SELECT name || ': ' || source, COUNT(*) FROM skill_versions"
    " WHERE status = 'verified' GROUP BY name, source",
}


@dataclass(frozen=True)
class Kept:
    """Skills ever verified (name and version to a hash of the source), and tasks that ended."""

    skills: Mapping[tuple[str, int], str] = field(default_factory=dict)
    tasks: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    milestones: frozenset[tuple[int, str]] = frozenset()

    def lost_since(self, earlier: Kept) -> list[str]:
        """What the earlier one had and this one has not, a line each."""
        lost = [
            f"skill {name} {version} is not what it was"
            for (name, version), source in earlier.skills.items()
            if self.versions.get((name, version)) != source
        ]
        lost += [
            f"task {number} ({text}) was {status} and is {self.tasks.get(number, ('', 'gone'))[1]}"
            for number, (text, status) in earlier.tasks.items()
            if self.tasks.get(number) != (text, status)
        ]
        return lost + [f"milestone {name}" for _, name in earlier.milestones - self.milestones]

    versions: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Every version there is, whatever its status: one may be retired in favour of a better one."""


@contextmanager
def reading(database: Path) -> Iterator[sqlite3.Connection]:
    """The database, for reading; sqlite3.Error where it cannot be."""
    address = f"{database.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS)) as connection:
        yield connection


def kept_in(database: Path) -> Kept:
    """What is there now; nothing while there is no database."""
    if not database.exists():
        return Kept()
    with reading(database) as connection:
        versions = {
            (name, version): (hashlib.sha256(source.encode()).hexdigest(), status)
            for name, version, source, status in connection.execute(
                "SELECT name, version, source, status FROM skill_versions"
            )
        }
        tasks = connection.execute(
            "SELECT id, description, status FROM tasks WHERE status != 'open'"
        )
        milestones = connection.execute(
            "SELECT r.world_id, m.name FROM milestones m JOIN runs r ON r.id = m.run_id"
        )
        return Kept(
            skills={key: kept for key, (kept, status) in versions.items() if status == "verified"},
            tasks={number: (text, status) for number, text, status in tasks},
            milestones=frozenset((world, name) for world, name in milestones),
            versions={key: source for key, (source, _) in versions.items()},
        )


def duplicates_in(database: Path) -> list[str]:
    """What is there more than once, a line each."""
    with reading(database) as connection:
        return [
            f"{kind} {name[:80]} {count} times"
            for kind, query in _TWICE.items()
            for name, count in connection.execute(f"SELECT * FROM ({query}) LIMIT 1000000")
            if count > 1
        ]


def unsound(database: Path) -> list[str]:
    """What SQLite itself finds wrong with the file and its references."""
    with reading(database) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [text for text in found if text != "ok"] + [f"{row} refers to nothing" for row in broken]


def steps_done(database: Path) -> int:
    """A number that grows with every program written and judged; -1 while it cannot be read."""
    try:
        with reading(database) as connection:
            written, judged = connection.execute(
                "SELECT (SELECT COUNT(*) FROM attempts), (SELECT COUNT(*) FROM verdicts)"
            ).fetchone()
            return int(written) + int(judged)
    except sqlite3.Error:
        return -1


def model_calls(database: Path) -> int:
    """How often a model was asked, in vain or not; 0 while that cannot be read."""
    try:
        with reading(database) as connection:
            (count,) = connection.execute("SELECT COUNT(*) FROM model_calls").fetchone()
            return int(count)
    except sqlite3.Error:
        return 0


def world_seconds(database: Path) -> tuple[float, float]:
    """Of the world's own time that were played: in the longest run, and in all runs.

    0 while that cannot be read.
    """
    try:
        with reading(database) as connection:
            query = "SELECT SUM(world_seconds) FROM sittings GROUP BY run_id"
            runs = [float(seconds or 0.0) for (seconds,) in connection.execute(query)]
            return max(runs, default=0.0), sum(runs)
    except sqlite3.Error:
        return 0.0, 0.0
