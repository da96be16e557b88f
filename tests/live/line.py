"""A connection to a server that can fail in every way in which connections do."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable

_Forward = Callable[[bytes], bytes]


class Line:
    """Forwards to a server from a port of its own; `port` stays the same after a cut.

    What is set holds for both directions and all connections, at once:
    `delay_seconds` for each piece, `piece_bytes` at a time, `frozen` pieces wait and nothing is
    acknowledged, `lost` pieces never arrive, `corrupt` changes what the server sends. `when_left`
    is called when a client has ended its connection.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._open: list[socket.socket] = []
        self._flowing = threading.Event()
        self._flowing.set()
        self.port = 0
        self.delay_seconds = 0.0
        self.piece_bytes = 65536
        self.lost = False
        self.corrupt: _Forward | None = None
        self.when_left: Callable[[], object] | None = None
        self.mend()

    def mend(self) -> None:
        """Listen, after a cut at the same port as before."""
        self.is_cut = False
        self._server = socket.create_server(("127.0.0.1", self.port))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        self.is_cut = True
        self._flowing.set()
        for end in (self._server, *self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open = []

    def freeze(self) -> None:
        """Keep what comes from now on."""
        self._flowing.clear()

    def thaw(self) -> None:
        """Let what was kept go on its way."""
        self._flowing.set()

    def clear(self) -> None:
        """A good line again."""
        self.delay_seconds, self.piece_bytes, self.lost, self.corrupt = 0.0, 65536, False, None
        self.when_left = None
        self.thaw()
        if self.is_cut:
            self.mend()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                near, _ = server.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._target)
            except OSError:
                near.close()
                continue
            self._open += [near, far]
            for source, target, from_server in ((near, far, False), (far, near, True)):
                pieces: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
                for work, of in ((self._read, source), (self._write, target)):
                    threading.Thread(
                        target=work, args=(of, pieces, from_server), daemon=True
                    ).start()

    def _read(
        self, source: socket.socket, pieces: queue.SimpleQueue[tuple[float, bytes]], _: bool
    ) -> None:
        data = b"-"
        while data:
            data = b""
            with contextlib.suppress(OSError):
                data = source.recv(65536)
            pieces.put((time.monotonic(), data))

    def _write(
        self,
        target: socket.socket,
        pieces: queue.SimpleQueue[tuple[float, bytes]],
        from_server: bool,
    ) -> None:
        with contextlib.suppress(OSError):
            target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                came, data = pieces.get()
                time.sleep(max(0.0, came + self.delay_seconds - time.monotonic()))
                self._flowing.wait()
                if self.lost and data:
                    continue
                if not data:
                    if not from_server and self.when_left is not None:
                        self.when_left()
                    target.shutdown(socket.SHUT_RDWR)
                    return
                if from_server and self.corrupt is not None:
                    data = self.corrupt(data)
                for start in range(0, len(data), self.piece_bytes):
                    target.sendall(data[start : start + self.piece_bytes])
