"""The files of embedded worlds that nobody plays: which state counts, and whether it is damaged.

What is in them is the server's (`mc_server/embedded/saving`).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voyager.candidates import BEFORE, PREFIX
from voyager.checkpoints.manifest import Damage
from voyager.errors import CheckpointError
from voyager.home import Home

TICKS_PER_SECOND = 20
RELEASE_SECONDS = 15.0
_POLL_SECONDS = 0.1


@dataclass(frozen=True)
class WorldFiles:
    """Paths of one world."""

    folder: Path

    @property
    def name(self) -> str:
        """The world's."""
        return self.folder.name

    @property
    def state(self) -> Path:
        """The world as it was saved last."""
        return self.folder / "world.json"

    @property
    def before_trials(self) -> Path:
        """While programs are tried: the world before them, which is put back at the next start."""
        return self.snapshot(BEFORE)

    def snapshot(self, name: str) -> Path:
        """Where the server keeps a snapshot."""
        return self.folder / "snapshots" / f"{name}.json"

    def forget_trials(self) -> None:
        """Programs that were being tried are no more to be undone."""
        # The moment before the trials goes first: without it the others are never put back.
        for path in (self.before_trials, *self.folder.glob(f"snapshots/{PREFIX}*.json")):
            path.unlink(missing_ok=True)

    def counting(self) -> Path:
        """The file whose state counts when the world is played next."""
        whole = self.before_trials.exists() and not damage(self.before_trials)
        return self.before_trials if whole else self.state


def worlds_of(home: Home) -> Iterator[WorldFiles]:
    """The worlds of a home folder that were saved, by name."""
    with suppress(OSError):
        for folder in sorted(home.worlds.iterdir()):
            if (folder / "world.json").exists():
                yield WorldFiles(folder)


def read_world(path: Path) -> dict[str, Any]:
    """What a world's file says. Raises Damage."""
    try:
        saved = json.loads(path.read_bytes())
    except OSError as error:
        raise Damage(f"it cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise Damage("it is cut off, or no world at all") from error
    parts = {"format": int, "seed": int, "state": dict, "overlay": dict}
    if not isinstance(saved, dict) or not all(
        isinstance(saved.get(name), kind) for name, kind in parts.items()
    ):
        raise Damage("it holds no world")
    return saved


def damage(path: Path) -> str:
    """Why a world's file cannot be played, the end of a sentence, or nothing."""
    try:
        read_world(path)
    except Damage as error:
        return str(error)
    return ""


def age_seconds(path: Path) -> float | None:
    """How long the world in the file had been played, in its own time, if it says."""
    age = read_world(path)["state"].get("time", {}).get("age")
    return age / TICKS_PER_SECOND if isinstance(age, int) else None


def wait_until_free(home: Home, seconds: float = RELEASE_SECONDS) -> None:
    """Return once no server has a world of this home folder; one that was killed saves at its end.

    Raises CheckpointError when it takes longer.
    """
    deadline = time.monotonic() + seconds
    for lock in home.worlds.glob("*/world.lock"):
        while (holder := _holder(lock)) is not None:
            if time.monotonic() > deadline:
                raise CheckpointError(
                    f"The world in {lock.parent} is still being played by process {holder}: end"
                    " that one first."
                )
            time.sleep(_POLL_SECONDS)


def _holder(lock: Path) -> int | None:
    """The process that has a world, as `mc_server/embedded/saving/world_file.js` writes it."""
    try:
        owner, _, program = lock.read_text(encoding="utf-8", errors="replace").partition(" ")
        process = int(owner)
        os.kill(process, 0)
    except (OSError, ValueError, OverflowError):
        return None
    with suppress(OSError):
        command = Path(f"/proc/{process}/cmdline").read_bytes()
        return process if program.encode() in command else None
    return process
