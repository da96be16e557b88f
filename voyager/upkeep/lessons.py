"""What the bot has died of, put into words for whoever chooses tasks and writes programs."""

from __future__ import annotations

import re

from voyager.upkeep.death_book import Death, DeathBook

DEATHS_TOLD = 3
_ADVICE = (
    (r"lava|fire|burn|flames", "keep off lava and dig no block beside it"),
    (r"fell|ground too hard", "go down by stairs, not by shafts or over edges"),
    (r"drown", "stay out of deep water"),
    (r"suffocat|wall", "do not dig under sand or gravel"),
    (r"starv", "carry food and eat in time"),
)
_AGAINST_MONSTERS = "be armed, armoured and whole before meeting monsters, and wait for the day"


def lessons(book: DeathBook) -> list[str]:
    """One sentence for each of the last deaths in this world, oldest first."""
    return [_lesson(death) for death in reversed(book.recent(DEATHS_TOLD))]


def _lesson(death: Death) -> str:
    lost = sum(death.lost.values())
    cost = f", and lost {lost} items" if lost else ""
    told = f"The bot died at {death.position} ({' '.join(death.cause.split())[:120]}){cost}"
    advice = _AGAINST_MONSTERS if death.by_monster else ""
    for pattern, words in () if advice else _ADVICE:
        if re.search(pattern, death.cause, re.IGNORECASE):
            advice = words
            break
    return f"{told}: {advice}." if advice else f"{told}."
