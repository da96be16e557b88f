"""What a night needs beside the session: a server that is not its own, a cable, an endpoint."""

from __future__ import annotations

import contextlib
import selectors
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from nights.session import ROOT

from mc_server import EmbeddedServer, EmbeddedServerSettings, find_node

_CHUNK_BYTES = 65536
_READY_SECONDS = 60.0


class Cable:
    """A relay on loopback between a player and a server, which can be cut."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Every connection through it ends, in both directions and without a word."""
        for end in list(self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Cut it for good."""
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                player, _ = self._listener.accept()
                threading.Thread(target=self._relay, args=(player,), daemon=True).start()

    def _relay(self, player: socket.socket) -> None:
        with (
            player,
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self._server_port)) as server,
            selectors.DefaultSelector() as ready,
        ):
            ends = {player, server}
            self._open |= ends
            ready.register(player, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, player)
            while all(_passed_on(key) for key, _ in ready.select()):
                pass
            self._open -= ends


def _passed_on(key: selectors.SelectorKey) -> bool:
    """Pass on what one end sent; False when it has ended."""
    end, other = key.fileobj, key.data
    assert isinstance(end, socket.socket)
    try:
        data = end.recv(_CHUNK_BYTES)
        other.sendall(data)
    except OSError:
        return False
    return bool(data)


class _Unwatched(EmbeddedServer):
    """Nobody ends it where it stands still: what is foreign is not ours to end."""

    def _watch(self) -> None:
        pass


class ForeignServer:
    """A server the session did not start and cannot restart, reached through a cable."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._settings = EmbeddedServerSettings(
            world_folder=folder,
            seed=seed,
            node=find_node(),
            allow_test_operations=True,
            log_file=folder.parent / "foreign-server.log",
        )
        self.server = _Unwatched(self._settings)
        self.server.start()
        self._settings = replace(self._settings, port=self.server.port)
        self.cable = Cable(self.server.port)

    @property
    def pid(self) -> int | None:
        """Of its process."""
        return self.server.process_id

    def kick(self, player: str) -> None:
        """Throw the player out."""
        self.server.operate("kick", username=player, reason="You were idle for too long")

    def come_back(self) -> None:
        """Start again at the same port, after it was stopped or killed."""
        self.server = _Unwatched(self._settings)
        self.server.start()

    def close(self) -> None:
        """End it."""
        self.cable.close()
        self.server.stop()


class RubbishEndpoint:
    """A model's endpoint that answers with rubbish and faults; it can be killed and come back."""

    def __init__(self, seed: int) -> None:
        self._command = [
            sys.executable, "-P", "-m", "voyager.language_models.replay.replay_server",
            "--garbage", str(seed),
        ]  # fmt: skip
        self._port = "0"
        self.address = ""
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.come_back()
        return self

    def come_back(self) -> None:
        """Start it, at the port it had."""
        self._process = subprocess.Popen(
            [*self._command, "--port", self._port], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        self._port = self.address.rpartition(":")[2].partition("/")[0]

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()
