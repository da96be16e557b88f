"""What a sitting was played with, kept with its run: enough to play the run again.

Covers turning the options, and how programs are written and judged, into JSON and back. Left out
is what is one machine's or one sitting's alone: folders, ports, limits, budgets, and everything
about an endpoint, which may hold what is secret.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from voyager.opening.settings import PlaySettings

LEFT_OUT = frozenset(
    [
        *("home", "seed", "port", "tasks", "hours", "world_hours", "until", "patience"),
        "require_sandbox",
        *("base_url", "config", "budget", "when_spent", "supervised"),
    ]
)
FASTEST = "max"  # infinity is no JSON
SECTIONS = ("attempts", "writer", "critic", "reflexes", "upkeep", "unsticking")


def settings_to_keep(settings: PlaySettings, **sections: Any) -> dict[str, Any]:
    """As JSON data: `options`, and the settings of each of the `SECTIONS`."""
    options = {f.name: getattr(settings, f.name) for f in fields(settings)}
    kept = {name: value for name, value in options.items() if name not in LEFT_OUT}
    kept["world_rate"] = FASTEST if settings.simulated else settings.world_rate
    return {"options": kept} | {name: asdict(section) for name, section in sections.items()}


def options_kept(data: Mapping[str, Any]) -> dict[str, Any]:
    """The options by name, as far as this version has them, with their defaults left out."""
    known = {f.name for f in fields(PlaySettings)} - LEFT_OUT
    options = {name: value for name, value in data.get("options", {}).items() if name in known}
    if options.get("world_rate") == FASTEST:
        options["world_rate"] = math.inf
    return options


def sections_kept(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The settings of each section, as they stand in `voyager.toml`."""
    return {name: dict(data[name]) for name in SECTIONS if data.get(name)}
