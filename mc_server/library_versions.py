"""The versions of what plays for us; part of what a skill's uses are told with."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_MINEFLAYER = Path(__file__).resolve().parent / "node_modules" / "mineflayer" / "package.json"
UNKNOWN = "unknown"


@cache
def mineflayer_version() -> str:
    """The installed version of Mineflayer; `unknown` where that cannot be read."""
    try:
        version = json.loads(_MINEFLAYER.read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return UNKNOWN
    return str(version)
