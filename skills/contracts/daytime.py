"""Day and night, as far as they matter to what a player does.

Ticks of the game's day: beds can be used from 12542 to 23459 in clear weather, when it is dark
enough for monsters (https://minecraft.wiki/w/Daylight_cycle).
"""

from __future__ import annotations

DAY = (23460, 12541)
NIGHT = (12542, 23459)


def is_within(time_of_day: int, span: tuple[int, int]) -> bool:
    """Whether the time is in the span, which may go over midnight."""
    first, last = span
    if first <= last:
        return first <= time_of_day <= last
    return time_of_day >= first or time_of_day <= last
