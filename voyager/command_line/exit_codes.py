"""What the command's exit codes mean, and which error has which."""

from __future__ import annotations

from curriculum import CurriculumError, UnknownItemError
from mc_server import BridgeError, HomeFolderError, McServerError, NodeMissingError, ServerError
from skills import EmbedderError, IndexUnusableError, SkillError
from voyager.errors import (
    CheckpointError,
    DatabaseError,
    HomeLockedError,
    ModelError,
    SandboxError,
    SettingsError,
    VoyagerError,
)

GOAL_REACHED = 0
STUCK = 1
USAGE = 2
SERVER = 3
HOME = 4
MODEL = 5
SETUP = 6
AGENT = 7
INTERRUPTED = 130

# First match counts: subclasses before their bases.
_CODES: tuple[tuple[type[Exception], int], ...] = (
    (SettingsError, USAGE),
    (UnknownItemError, USAGE),
    (ModelError, MODEL),
    (HomeLockedError, HOME),
    (DatabaseError, HOME),
    (CheckpointError, HOME),
    (HomeFolderError, HOME),
    (IndexUnusableError, HOME),
    (SandboxError, SETUP),
    (NodeMissingError, SETUP),
    (EmbedderError, SETUP),
    (ServerError, SERVER),
    (BridgeError, SERVER),
    (SkillError, USAGE),
    (CurriculumError, USAGE),
    (McServerError, SERVER),
    (VoyagerError, STUCK),
)


def exit_code_of(error: Exception) -> int | None:
    """The exit code of an error meant for people; None for a fault of ours."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)
