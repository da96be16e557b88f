"""The world in 3D: a process beside the one that plays, with a page of its own on loopback.

It makes the world anew from its seed and its saved edits, and is told where the bot is; so it asks
nothing of the server and nothing in the game knows of it. Works for worlds of the embedded server,
also in a simulation. Not covered: the viewer's package (`viewer_package.py`).
"""

from __future__ import annotations

import json
import secrets
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from mc_server.child_environment import child_environment
from mc_server.errors import NodeMissingError
from mc_server.node import find_node

PROGRAM = Path(__file__).parent / "world_view" / "main.js"
START_SECONDS = 30.0
STOP_SECONDS = 5.0


class WorldView:
    """The process, from the moment it is made until `close`. Raises NodeMissingError.

    `files` is what `fetch_viewer` has fetched.
    """

    def __init__(self, files: Path) -> None:
        token = secrets.token_urlsafe(16)
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [str(find_node()), str(PROGRAM), str(files)],
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._send({"token": token})
        self.url = f"http://127.0.0.1:{self._port()}/{token}/"

    def show(self, world: Path) -> None:
        """Show the world of that folder from here on."""
        self._send({"world": str(world)})

    def move(self, position: dict[str, float]) -> None:
        """The bot is there: `x`, `y`, `z` and `yaw`."""
        self._send({"position": position})

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _send(self, message: dict[str, Any]) -> None:
        # It may have ended: then there is nothing to see, and nothing else is harmed.
        with self._lock, suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(message) + "\n")
                self._process.stdin.flush()

    def _port(self) -> int:
        timer = threading.Timer(START_SECONDS, self._process.kill)
        timer.start()
        try:
            line = self._process.stdout.readline() if self._process.stdout else ""
            return int(json.loads(line)["port"])
        except (ValueError, KeyError) as error:
            self.close()
            raise NodeMissingError(
                "The 3D view did not start: run `voyager doctor`, or go without --view."
            ) from error
        finally:
            timer.cancel()
