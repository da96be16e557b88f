"""Ask a Minecraft server what it is, without joining.

Covers the status part of the protocol, which is the same in all versions since 1.7: one handshake,
one request, one JSON answer. Not covered: the older protocols, SRV records.
"""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from typing import Any

from mc_server.errors import ServerUnreachableError

_STATUS_STATE = 1
_ANY_PROTOCOL = -1
_MAXIMUM_ANSWER_BYTES = 2_000_000


@dataclass(frozen=True)
class ServerInfo:
    """What a server says of itself. `protocol` is the version as the number used on the wire."""

    version_name: str
    protocol: int
    motd: str
    players: int


def ping_server(host: str, port: int, timeout_seconds: float = 5.0) -> ServerInfo:
    """The server's own description.

    Raises ServerUnreachableError when nothing listens there, or what listens does not speak
    Minecraft, or no answer comes within the time.
    """
    try:
        with socket.create_connection((host, port), timeout=timeout_seconds) as connection:
            stream = _Stream(connection, time.monotonic() + timeout_seconds)
            connection.sendall(_handshake(host, port) + _packet(b"\x00"))
            status = json.loads(stream.read_answer())
            return _read_status(status)
    except (ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        raise ServerUnreachableError(
            f"Something listens at {host}:{port}, but it does not speak Minecraft: "
            "check the address and the port."
        ) from error
    except TimeoutError as error:
        raise ServerUnreachableError(
            f"{host}:{port} did not answer within {timeout_seconds:g} s: "
            "check that a Minecraft server runs there and that no firewall is between."
        ) from error
    except OSError as error:
        raise ServerUnreachableError(
            f"No Minecraft server answers at {host}:{port} ({error.strerror or error}): "
            "start it, or check the address and the port."
        ) from error


class _Stream:
    """Reads numbers and bytes of the protocol from a socket until a deadline."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def read_answer(self) -> bytes:
        self.read_number()  # the packet's length, which the text's own length repeats
        if self.read_number() != 0:
            raise ValueError("not a status answer")
        return self.read_bytes(self.read_number())

    def read_number(self) -> int:
        value = 0
        for position in range(5):
            byte = self.read_bytes(1)[0]
            value |= (byte & 0x7F) << (7 * position)
            if not byte & 0x80:
                return value
        raise ValueError("not a number of the protocol")

    def read_bytes(self, length: int) -> bytes:
        if length > _MAXIMUM_ANSWER_BYTES:
            raise ValueError("too long for a status")
        data = b""
        while len(data) < length:
            remaining = self._deadline - time.monotonic()
            if remaining <= 0:
                raise TimeoutError
            self._connection.settimeout(remaining)
            part = self._connection.recv(length - len(data))
            if not part:
                raise EOFError("the connection was closed")
            data += part
        return data


def _number(value: int) -> bytes:
    value &= 0xFFFFFFFF
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _packet(body: bytes) -> bytes:
    return _number(len(body)) + body


def _handshake(host: str, port: int) -> bytes:
    name = host.encode()
    return _packet(
        b"\x00"
        + _number(_ANY_PROTOCOL)
        + _number(len(name))
        + name
        + port.to_bytes(2, "big")
        + _number(_STATUS_STATE)
    )


def _read_status(status: dict[str, Any]) -> ServerInfo:
    version = status["version"]
    players = status.get("players") or {}
    return ServerInfo(
        version_name=str(version["name"]),
        protocol=int(version["protocol"]),
        motd=_plain_text(status.get("description", "")),
        players=int(players.get("online", 0)),
    )


def _plain_text(component: Any) -> str:
    """The text of a chat component, without its styles."""
    if isinstance(component, str):
        return component
    if isinstance(component, list):
        return "".join(_plain_text(part) for part in component)
    if isinstance(component, dict):
        return str(component.get("text", "")) + _plain_text(component.get("extra", []))
    return ""
