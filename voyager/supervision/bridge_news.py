"""What the bridge tells around its requests, made events and rows of the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from mc_server import BotDeath, BotState, BridgeListener, ReflexAct
from voyager.events import BotSeen, Event, LineReached, ReflexActed
from voyager.journal.journal import Journal
from voyager.supervision.fault_book import FaultBook
from voyager.upkeep.death_book import DeathBook


class BridgeNews(BridgeListener):
    """Hears the bridge for one sitting; may be called from its threads.

    `seen` gets every state of the bot as well, for what keeps where it has been.
    """

    def __init__(
        self,
        journal: Journal,
        faults: FaultBook,
        listener: Callable[[Event], None],
        seen: Callable[[BotState], None] = lambda _: None,
    ) -> None:
        self._journal = journal
        self._faults = faults
        self._listener = listener
        self._seen = seen

    def fault_happened(self, part: str, kind: str, cause: str) -> None:
        """Into the book of faults."""
        self._faults.begun(part, kind, cause)

    def fault_over(self, part: str, how: str) -> None:
        """Into the book of faults."""
        self._faults.over(part, how)

    def bot_died(self, death: BotDeath) -> None:
        """Into the book of deaths with the journal's next transaction."""
        self._journal.later(lambda: DeathBook(self._journal).note_between(death))

    def bot_seen(self, state: BotState) -> None:
        """Shown, and kept where `seen` wants it."""
        self._journal.sitting.world_age_seen(state.world_age_ticks)
        self._listener(BotSeen(asdict(state)))
        self._seen(state)

    def line_reached(self, module: str, line: int, text: str) -> None:
        """Shown, not kept."""
        self._listener(LineReached(module, line, text))

    def reflex_acted(self, act: ReflexAct) -> None:
        """Into the journal with its next transaction."""
        at = act.position
        event = ReflexActed(
            act.reflex, act.why, act.outcome, act.seconds, dict(act.items), (at.x, at.y, at.z)
        )
        self._journal.later(lambda: self._journal.tell(event))
