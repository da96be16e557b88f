"""Servers as the agent sees them: an address, and a way to make sure that the world is kept.

Covers the `WorldServer` interface and `ExternalServer`, which somebody else runs. The embedded one
is `embedded_server.py`.
"""

from __future__ import annotations

import re
from typing import Protocol

from mc_server.errors import ServerUnreachableError

DEFAULT_PORT = 25565
# A name or an IPv4 address, or an IPv6 address in brackets; a port of ASCII digits.
_ADDRESS = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s:/\[\]]+))(?::(?P<port>[0-9]{1,5}))?"
)


class WorldServer(Protocol):
    """A running server."""

    @property
    def host(self) -> str:
        """Where it listens."""

    @property
    def port(self) -> int:
        """Where it listens."""

    def save(self) -> None:
        """Return once the world as it is now is on the disk, where that is ours to do."""

    def revive(self) -> bool:
        """Start it again if it has ended and is ours to start; whether that was so."""

    def stop(self) -> None:
        """End it, if it is ours to end. Safe to call twice."""


class ExternalServer:
    """A server that somebody else runs, and saves."""

    def __init__(self, address: str) -> None:
        """`address` is HOST:PORT, or HOST for Minecraft's own port.

        Raises ServerUnreachableError for anything else.
        """
        match = _ADDRESS.fullmatch(address)
        port = int(match["port"] or DEFAULT_PORT) if match else 0
        if match is None or not 0 < port < 65536:
            raise ServerUnreachableError(
                f"'{address}' is not an address: give HOST:PORT, for instance localhost:25565."
            )
        self.host = match["six"] or match["host"]
        self.port = port

    @property
    def address(self) -> str:
        """The address in full, the same however it was given."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def save(self) -> None:
        """Nothing: the server keeps its own world."""

    def revive(self) -> bool:
        """Never: somebody else has to."""
        return False

    def stop(self) -> None:
        """Nothing: the server goes on without us."""
