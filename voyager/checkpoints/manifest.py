"""What a checkpoint says of itself: `manifest.json` in its folder.

Covers the value and its file. The parts beside it are `voyager.db.gz` and one `NAME.json.gz` in
`worlds/` for each embedded world.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from voyager.errors import CheckpointError

FORMAT = 1
FILE_NAME = "manifest.json"
MOST_BYTES = 1 << 20
NAME_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"


class Damage(Exception):
    """Why something cannot be used; the message is the end of a sentence."""


Count = Annotated[int, Field(ge=0)]
WorldName = Annotated[str, Field(pattern=f"^{NAME_PATTERN}$")]

AUTOMATIC = "automatic"
AT_END = "end of a sitting"
AFTER_UPGRADE = "after an upgrade"
BY_COMMAND = "by command"
BEFORE_REWIND = "before a rewind"
THINNED = (AUTOMATIC, AT_END, AFTER_UPGRADE)
"""Those that go when there are too many; the others stay."""


@dataclass(frozen=True)
class Part:
    """One compressed file: its length, that of what it holds, and the file's SHA-256."""

    stored_bytes: Count
    plain_bytes: Count
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """One checkpoint.

    number: counts up in a home folder, so that the order does not hang on the clock.
    run, world, server, seed, goal: what was played; None where nothing was.
    iteration: of the run's newest task; open_task: its words while it is open.
    seconds: the run's, of play. world_age_seconds: of the world's time; None on a foreign server.
    attempts: programs written in this home folder. items: kinds ever held in this world. tables:
    versions of the database's tables by room.
    worlds: the embedded worlds in it, by name.
    """

    format: int
    name: str
    number: Count
    why: str
    taken_at: str
    run: int | None
    world: str | None
    server: str | None
    seed: int | None
    goal: str | None
    iteration: Count
    open_task: str | None
    seconds: float
    world_age_seconds: float | None
    attempts: Count
    tasks_passed: Count
    tasks_failed: Count
    items: Count
    skills: Count
    tables: Mapping[str, int]
    database: Part
    worlds: Mapping[WorldName, Part]

    @property
    def with_world(self) -> bool:
        """Whether the world that was played is in it."""
        return self.world in self.worlds

    @property
    def stored_bytes(self) -> int:
        """What its parts take on the disk."""
        return self.database.stored_bytes + sum(p.stored_bytes for p in self.worlds.values())

    def to_json(self) -> dict[str, Any]:
        """As its file has it."""
        return asdict(self)


_READER = TypeAdapter(Manifest)


def manifest_bytes(manifest: Manifest) -> bytes:
    """What its file holds."""
    return (json.dumps(manifest.to_json(), indent=2, ensure_ascii=False) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a checkpoint. Raises Damage."""
    path = folder / FILE_NAME
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Damage(f"its {FILE_NAME} is no manifest")
        manifest = _READER.validate_json(path.read_bytes())
    except FileNotFoundError:
        raise Damage(f"its {FILE_NAME} is missing") from None
    except OSError as error:
        raise Damage(f"its {FILE_NAME} cannot be read ({error.strerror})") from error
    except ValidationError as error:
        raise Damage(f"its {FILE_NAME} is damaged") from error
    if manifest.format != FORMAT:
        raise Damage(f"it has format {manifest.format}, and this program reads format {FORMAT}")
    if manifest.name != folder.name:
        raise Damage(f"its {FILE_NAME} is that of another one")
    return manifest


def check_name(name: str) -> None:
    """Raises CheckpointError for what cannot name a checkpoint."""
    if not re.fullmatch(NAME_PATTERN, name):
        raise CheckpointError(
            f"'{name[:80]}' cannot name a checkpoint: use letters, digits, '.', '_' and '-', at"
            " most 64, a letter or digit first."
        )
