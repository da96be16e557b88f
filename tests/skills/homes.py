"""Home folders with a library in them, and skills to put into it."""

import sqlite3
from pathlib import Path

import skills.library
from skills import Provenance, Skill, SkillStatus
from skills.embedding import MiniLmEmbedder
from skills.index import SkillIndex
from skills.library import SkillLibrary

PRIMITIVES = ("mineBlock", "craftItem", "smeltItem", "killMob")
MIGRATIONS = Path(skills.library.__file__).with_name("migrations")


def make_skill(
    name: str,
    description: str = "Does something.",
    calls: tuple[str, ...] = (),
    body: str = "",
    status: SkillStatus = SkillStatus.VERIFIED,
    when_to_use: str = "",
) -> Skill:
    signature = f"async function {name} (count = 1)"
    return Skill(
        name=name,
        source=f"{signature} {{ {body} }}",
        signature=signature,
        description=description,
        when_to_use=when_to_use,
        calls=calls,
        contract={"type": "inventory_gained", "name": name.lower(), "count": 1},
        parameters={"count": "count"},
        provenance=Provenance(7, "a task", 2, "a writer", None, "1.20.4"),
        status=status,
    )


def open_connection(home: Path) -> sqlite3.Connection:
    """The database as the agent opens it, with this room's tables alone."""
    connection = sqlite3.connect(home / "voyager.db", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        for file in sorted(MIGRATIONS.glob("*.sql")):
            connection.executescript(file.read_text())
    return connection


class Home:
    """A home folder whose library can be closed and opened again."""

    def __init__(self, folder: Path, embedder: MiniLmEmbedder) -> None:
        self.folder = folder
        self.index_folder = folder / "index"
        self._embedder = embedder
        self._open: list[tuple[sqlite3.Connection, SkillIndex]] = []

    def open(self, embedder: MiniLmEmbedder | None = None) -> SkillLibrary:
        connection = open_connection(self.folder)
        index = SkillIndex(self.index_folder, embedder or self._embedder)
        self._open.append((connection, index))
        return SkillLibrary(connection, index, PRIMITIVES)

    @property
    def index(self) -> SkillIndex:
        """The one that was opened last."""
        return self._open[-1][1]

    def close(self) -> None:
        while self._open:
            connection, index = self._open.pop()
            index.close()
            connection.close()
