"""Pictures of a sitting, as the feed would have them."""

from __future__ import annotations

from typing import Any

from voyager import events
from voyager.watching.picture import Picture, empty_picture

AT = "2026-01-01T00:00:00.000+00:00"
SOURCE = "\n".join(f"  line{number}()" for number in range(1, 101))
PLAYED = (
    events.RunStarted(3, "default", "iron_pickaxe", "embedded", "1.20.4", False, {}),
    events.TaskProposed(4, "Mine 3 logs", "wood comes first", "tech_tree"),
    events.ProgramWritten(2, "mineLogs", "recipes", False, SOURCE),
    events.MilestoneReached("oak_log", 4, 12.0),
    events.TokensSpent("write", "gpt", 1200, 0.0125),
    events.FaultHappened(7, "server", "ended", "It was killed."),
    events.LineReached("mineLogs", 57, "mineBlock('log')"),
)


def state(x: float = 0.0, z: float = 0.0, **others: Any) -> dict[str, Any]:
    """A bot's state."""
    return {
        "position": {"x": x, "y": 64.0, "z": z},
        "yaw": 0.0,
        "dimension": "overworld",
        "biome": "savanna",
        "time_of_day": 6000,
        "world_age_ticks": 30000,
        "health": 15.0,
        "food": 18.0,
        "inventory": {"oak_log": 3},
        "equipment": {"hand": "stone_pickaxe", "head": "iron_helmet"},
        "reflex": None,
        **others,
    }


def picture_of(*told: events.Event) -> Picture:
    """What a watcher knows who has heard these."""
    picture = Picture({**empty_picture(), "sitting": {"begun": AT}})
    for event in told:
        picture.take({"type": event.type, "at": AT, **event.to_json()})
    return picture


def playing() -> Picture:
    """In the midst of a task."""
    return picture_of(*PLAYED, events.BotSeen(state(120.4, -7.0)))
