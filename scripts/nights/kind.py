"""What a kind of fault is, and the list of them.

Each is a function of the night that returns once the fault itself is over; that play goes on is for
the night to see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nights.night import Night


class NightOverError(Exception):
    """It cannot go on, or there was nothing to break; the message says why."""


@dataclass(frozen=True)
class Kind:
    """One way to break something.

    `parts` are those of which the report must tell a fault, any one of them; none where nothing is
    to be told, as when a machine slept. `leg` names how the session must be played.
    """

    name: str
    leg: str
    parts: frozenset[str]
    what: str
    inject: Callable[[Night], None]


KINDS: dict[str, Kind] = {}


def kind(
    name: str, leg: str = "main", parts: str = ""
) -> Callable[[Callable[[Night], None]], Callable[[Night], None]]:
    def keep(inject: Callable[[Night], None]) -> Callable[[Night], None]:
        what = (inject.__doc__ or "").strip()
        KINDS[name] = Kind(name, leg, frozenset(parts.split()), what, inject)
        return inject

    return keep
