"""Asking an address what it is: each way in which it is no Minecraft server has its sentence."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mc_server.errors import ServerUnreachableError
from mc_server.server_ping import ping_server


@contextmanager
def listener(answer: bytes | None) -> Iterator[int]:
    """A port that answers every connection with `answer`, or never when it is None."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1024)
                if answer is not None:
                    connection.sendall(answer)
                else:
                    done.wait(10)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        done.set()
        thread.join(5)


def status_answer(status: object) -> bytes:
    """A status packet whose lengths take two bytes each."""
    text = json.dumps(status).ljust(200).encode()

    def number(value: int) -> bytes:
        return bytes([value & 0x7F | 0x80, value >> 7])

    body = b"\x00" + number(len(text)) + text
    return number(len(body)) + body


def test_reads_version_players_and_text() -> None:
    status = {
        "version": {"name": "1.20.4", "protocol": 765},
        "players": {"online": 2, "max": 20},
        "description": {"text": "a ", "extra": [{"text": "world"}]},
    }
    with listener(status_answer(status)) as port:
        info = ping_server("127.0.0.1", port)
    assert (info.version_name, info.protocol, info.players, info.motd) == (
        "1.20.4",
        765,
        2,
        "a world",
    )


def test_nothing_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ServerUnreachableError, match=f"127.0.0.1:{port}"):
        ping_server("127.0.0.1", port)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", b"\xff" * 20])
def test_something_else_listens(answer: bytes) -> None:
    with (
        listener(answer) as port,
        pytest.raises(ServerUnreachableError, match="does not speak Minecraft"),
    ):
        ping_server("127.0.0.1", port)


@pytest.mark.parametrize("status", ["text", {}, {"version": None}])
def test_an_answer_of_another_shape(status: object) -> None:
    with (
        listener(status_answer(status)) as port,
        pytest.raises(ServerUnreachableError, match="does not speak Minecraft"),
    ):
        ping_server("127.0.0.1", port)


def test_silence_ends_with_the_time_given() -> None:
    with listener(None) as port, pytest.raises(ServerUnreachableError, match=r"within 0\.2 s"):
        ping_server("127.0.0.1", port, timeout_seconds=0.2)
