"""What happens around the steps of a long session, in a line each: faults, reflexes, deaths."""

from __future__ import annotations

from collections.abc import Mapping

from voyager import events

ITEMS_SHOWN = 6
RUNGS = {
    "another_path": "another path is tried",
    "another_place": "it goes to another place",
    "another_task": "another task is chosen",
    "ask_model": "the model is asked",
    "tech_tree": "the tech tree chooses",
}
"""What is tried when nothing moves on."""


def describe_endurance(event: events.Event) -> str:
    """The event in words; empty for what is none of these."""
    match event:
        case events.FaultHappened():
            return f"fault {event.fault}: the {event.part} {event.kind}: {event.cause}"
        case events.FaultOver():
            return (
                f"fault {event.fault} is over after {duration(event.seconds)}"
                f" (the {event.part}): {event.how}"
            )
        case events.MachineSlept():
            return f"the machine slept, or its clock was set, for {duration(event.seconds)}"
        case events.ReflexActed():
            gained = f" ({_items(event.items)})" if event.items else ""
            return f"reflex {event.reflex}: {event.why}: {event.outcome}{gained}"
        case events.UpkeepDone():
            mark = "" if event.done else "not done: "
            gained = f" ({_items(event.items)})" if event.items else ""
            return f"upkeep, {event.duty}: {event.why}: {mark}{event.outcome}{gained}"
        case events.BotDied():
            where = ", ".join(f"{number:.0f}" for number in event.position)
            lost = f", and lost {_items(event.lost)}" if event.lost else ""
            return f"died at {where} ({event.dimension}): {event.cause.rstrip('.')}{lost}"
        case events.StuckNoticed():
            return f"stuck: {event.why.rstrip('.')}; {RUNGS.get(event.rung, event.rung)}"
        case events.TaskPutOff():
            tasks = "1 other task" if event.tasks == 1 else f"{event.tasks} other tasks"
            return f"put off for {tasks}: {event.description.rstrip('.')}: {event.reason}"
        case events.CheckpointTaken():
            what = "" if event.world else " of the agent's side alone"
            return f"checkpoint {event.name}{what}, {event.why} ({event.seconds:.1f} s)"
        case events.CheckpointFailed():
            return f"no checkpoint was taken: {event.reason}"
        case _:
            return ""


def duration(seconds: float) -> str:
    """So many seconds as a person says it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def _items(items: Mapping[str, int]) -> str:
    most = sorted(items.items(), key=lambda item: (-abs(item[1]), item[0]))
    shown = ", ".join(
        f"{count:+d} {name}" if count < 0 else f"{count} {name}"
        for name, count in most[:ITEMS_SHOWN]
    )
    more = len(most) - ITEMS_SHOWN
    return f"{shown} and {more} kinds more" if more > 0 else shown
