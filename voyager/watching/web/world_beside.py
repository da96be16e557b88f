"""The 3D view beside the page: which world it shows, and where the bot is in it."""

from __future__ import annotations

from typing import Any

from mc_server import WorldView
from voyager.home import Home

NO_WORLD = (
    "No 3D view of this run: it needs a world of the embedded server, for what a foreign server's"
    " world is like only its players are told."
)


class WorldBeside:
    """Tells the view of what the picture says; without a view it does nothing."""

    def __init__(self, home: Home, view: WorldView | None) -> None:
        self._home = home
        self._view = view
        self._world: str | None = None
        self._bot: object = None

    def take(self, document: dict[str, Any]) -> None:
        """Show the world and the place of that picture; from one thread."""
        if self._view is None:
            return
        world = (document.get("run") or {}).get("world")
        if world != self._world:
            self._world = world if self._is_ours(world) else None
            if self._world is not None:
                self._view.show(self._home.worlds / self._world)
        bot = document.get("bot")
        if bot is not None and bot is not self._bot:
            self._bot = bot
            self._view.move({**bot["position"], "yaw": bot["yaw"]})

    def offer(self) -> dict[str, str] | None:
        """`url` of the view, or the `reason` why there is none; None where nobody asked for it."""
        if self._view is None:
            return None
        return {"url": self._view.url} if self._world is not None else {"reason": NO_WORLD}

    def _is_ours(self, world: object) -> bool:
        return isinstance(world, str) and (self._home.worlds / world / "world.json").is_file()
