"""A bridge without a game: executions follow a script in Python.

For tests of what stands above the bridge, and for trying the agent's order of steps. It holds an
inventory and nothing else of a world.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mc_server.execution import Execution, Outcome
from mc_server.game_data import GameData
from mc_server.observation import Observation, Position
from mc_server.script import Script

EMPTY_WORLD = Observation(Position(0, 64, 0), "overworld", "plains", 0, 20.0, 20.0, {})

Response = dict[str, int] | Exception


class ScriptedBridge:
    """Implements `Bridge`: `respond` is asked what each script adds to the inventory.

    An exception among the answers is raised, as the real bridge raises when its server is gone.
    """

    def __init__(
        self,
        respond: Callable[[Script], Response],
        game_data: GameData | None = None,
        observation: Observation = EMPTY_WORLD,
    ) -> None:
        self._respond = respond
        self._game_data = game_data or GameData("1.20.4", frozenset(), {}, {})
        self.observation = observation
        self.scripts: list[Script] = []

    def join(self) -> GameData:
        """The data given."""
        return self._game_data

    def observe(self) -> Observation:
        """The observation given, with all that was gained since."""
        return self.observation

    def put_back(self, seen: Observation) -> Observation:
        """What was seen then is seen again."""
        self.observation = seen
        return seen

    def execute(
        self,
        script: Script,
        deadline_seconds: float,
        on_progress: Callable[[str], None] | None = None,
    ) -> Execution:
        """Add what `respond` says to the inventory, or raise it."""
        self.scripts.append(script)
        if on_progress is not None:
            on_progress(f"running {script.entry}")
        response = self._respond(script)
        if isinstance(response, Exception):
            raise response
        before = self.observation
        inventory = dict(before.inventory)
        for name, count in response.items():
            inventory[name] = inventory.get(name, 0) + count
        self.observation = replace(before, inventory={n: c for n, c in inventory.items() if c})
        return Execution(Outcome.COMPLETED, before, self.observation, seconds=0.0)

    def cancel(self, reason: str) -> None:
        """Nothing runs that could be ended."""

    def close(self) -> None:
        """Nothing to close."""
