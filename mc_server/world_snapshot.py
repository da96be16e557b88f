"""What is told of a snapshot of the embedded world. Not covered: taking one (`EmbeddedServer`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorldSnapshot:
    """The whole state of a world at one moment, kept under a name in the world's folder."""

    name: str
    """Letters, digits, `.`, `_` and `-`, at most 100."""
    tick: int
    """Of the game, when it was taken."""
    world_age_ticks: int
    """How long the world had been played, in twentieths of a second."""
    size_bytes: int
    """Of its file."""
    hash: str
    """SHA-256 of its text, in hexadecimal digits: equal for equal states."""
