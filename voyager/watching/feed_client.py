"""The watcher's end of the live feed.

Covers finding the session of a home folder, reading what it tells, and finding it again after it
was started anew. Not covered: showing anything.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from voyager.supervision.restarting_mark import is_restarting
from voyager.watching.live_file import ADDRESS, NAME, LiveAddress, process_lives, read_live

CONNECTING_SECONDS = 5.0
SILENCE_SECONDS = 30.0
"""The session says something every few seconds; after so much silence it is not there any more."""
LOOKING_SECONDS = 0.5
"""Between two looks for a session."""
BACK_SECONDS = 60.0
"""How long one who does not wait for a session waits for an agent that is being started again."""
BROKEN_OFF = "It broke off without a word on how it ended."
NOT_BACK = "it is waited for"
GIVEN_UP = "The agent broke off, and is not started again any more."
_LINE_BYTES = 64_000_000

Message = dict[str, Any]


def follow(home: Path, wait: bool = True, stop: threading.Event | None = None) -> Iterator[Message]:
    """What the session of a home folder tells, from now on.

    First a `snapshot`, then events as they happen; another `snapshot` where some were missed, and
    after each new beginning of the agent. Besides these:

        {"type": "no_session", "reason"}     none is played; told once, then one is waited for
        {"type": "session_lost", "reason"}   the agent broke off, and is being started again; also
                                             told at first where that is how it stands
        {"type": "session_over", "status", "reason"}    it ended; the next one is waited for

    Without `wait` it returns where it would wait for a session, and waits for an agent that is
    being started again for `BACK_SECONDS` at most. `stop` ends it from another thread within about
    a second. Abandoning the iterator closes the connection.
    """
    stop = stop or threading.Event()
    told, restarting = False, False
    keeper = 0
    begun = time.monotonic()
    while not stop.is_set():
        # Asked before the address, which is there before the mark of the restart goes.
        comes_back = is_restarting(home)
        address = read_live(home)
        connection = _connect(address) if address is not None else None
        if connection is not None and address is not None:
            told, restarting, keeper = True, False, address.keeper
            with connection:
                keeper = yield from _session(connection, keeper, stop)
        elif comes_back and not keeper:
            if not restarting:
                told, restarting = True, True
                yield {"type": "session_lost", "reason": NOT_BACK}
        elif restarting or (keeper and not process_lives(keeper)):
            restarting, keeper = False, 0
            yield {"type": "session_over", "status": "failed", "reason": GIVEN_UP}
        elif not told:
            told = True
            yield {"type": "no_session", "reason": _absence(home, address)}
        if not wait and not (restarting and time.monotonic() - begun < BACK_SECONDS):
            return
        stop.wait(LOOKING_SECONDS)


def _session(
    connection: socket.socket, keeper: int, stop: threading.Event
) -> Generator[Message, None, int]:
    """The messages of one connection, and then how it ended.

    Returns the process that will start the agent again, 0 where none does.
    """
    ending: Message = {"status": "failed", "reason": BROKEN_OFF}
    for message in _messages(connection, stop):
        if message["type"] == "refused":
            ending = {**ending, "reason": str(message.get("reason"))}
            break
        if message["type"] == "run_ended":
            ending = message
        elif message["type"] == "snapshot" and isinstance(message.get("ended"), dict):
            ending = message["ended"]
        yield message
    if stop.is_set():
        return 0
    status, reason = str(ending.get("status")), str(ending.get("reason"))
    if status == "failed" and keeper and process_lives(keeper):
        yield {"type": "session_lost", "reason": reason}
        return keeper
    yield {"type": "session_over", "status": status, "reason": reason}
    return 0


def _connect(address: LiveAddress) -> socket.socket | None:
    """A connection that has shown its token; None when nobody is there."""
    if not process_lives(address.process):
        return None
    try:
        connection = socket.create_connection((ADDRESS, address.port), CONNECTING_SECONDS)
    except OSError:
        return None
    try:
        connection.sendall(json.dumps({"token": address.token}).encode() + b"\n")
    except OSError:
        connection.close()
        return None
    return connection


def _messages(connection: socket.socket, stop: threading.Event) -> Iterator[Message]:
    """Each line as it comes, until the other end closes, falls silent, or says what is no JSON."""
    connection.settimeout(1.0)
    pending = bytearray()
    silent_seconds = 0.0
    while not stop.is_set():
        try:
            piece = connection.recv(65536)
        except TimeoutError:
            silent_seconds += 1.0
            if silent_seconds >= SILENCE_SECONDS:
                return
            continue
        except OSError:
            return
        if not piece:
            return
        silent_seconds = 0.0
        pending += piece
        if b"\n" not in piece:
            if len(pending) > _LINE_BYTES:
                return
            continue
        *lines, rest = bytes(pending).split(b"\n")
        pending = bytearray(rest)
        for line in lines:
            message = _message(line)
            if message is None:
                return
            if message["type"] != "pulse":
                yield message


def _message(line: bytes) -> Message | None:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) and "type" in message else None


def _absence(home: Path, address: LiveAddress | None) -> str:
    if address is None:
        return f"No session is being played in {home}."
    return (
        f"No session is being played in {home}: the one that {NAME} tells of (process"
        f" {address.process}) is not there any more."
    )
