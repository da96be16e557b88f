"""Servers as the agent sees them: an address, and a way to make sure that the world is kept.

Covers the `WorldServer` interface and `ExternalServer`, which somebody else runs. The embedded one
is `embedded_server.py`.
"""

from __future__ import annotations

from typing import Protocol

from mc_server.errors import ServerUnreachableError


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

    def stop(self) -> None:
        """End it, if it is ours to end. Safe to call twice."""


class ExternalServer:
    """A server that somebody else runs, and saves."""

    def __init__(self, address: str) -> None:
        """`address` is HOST:PORT, or HOST for Minecraft's own port; raises for anything else."""
        host, _, port = address.rpartition(":") if ":" in address else (address, "", "25565")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise ServerUnreachableError(
                f"'{address}' is not an address: give HOST:PORT, for instance localhost:25565."
            )
        self.host = host
        self.port = int(port)

    def save(self) -> None:
        """Nothing: the server keeps its own world."""

    def stop(self) -> None:
        """Nothing: the server goes on without us."""
