"""What became of skills, in a line."""

from __future__ import annotations

from voyager import events

SkillsChanged = events.SkillVerified | events.SkillsQuarantined | events.SkillsMerged
NAMES_SHOWN = 6


def describe_skills(event: SkillsChanged) -> str:
    """Which skills, what they are now, and why."""
    match event:
        case events.SkillVerified():
            instead = "" if event.replaces is None else f", instead of version {event.replaces}"
            which = f"skill {event.name} (version {event.version}{instead})"
            return f"{which} is verified: {event.reason}"
        case events.SkillsQuarantined():
            first, *callers = event.names or ("nothing",)
            others = f", and with it {_some(callers)}" if callers else ""
            return f"skill {first} is not used any more{others}: {event.reason}"
        case events.SkillsMerged():
            return f"skill {event.name} stands for {_some(event.merged)} too: {event.reason}"


def _some(names: tuple[str, ...] | list[str]) -> str:
    more = len(names) - NAMES_SHOWN
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown
