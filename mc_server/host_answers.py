"""The host's answers to one asker: a bot or a world.

Covers keeping them as they come, and waiting for the one to a request. Not covered: what they mean.
"""

from __future__ import annotations

import contextlib
import math
import queue
from typing import Any

from mc_server.node_host import HostGoneError, NodeHost

_POLL_SECONDS = 0.25
"""How often the host's life is checked while an answer is awaited."""


class HostAnswers:
    """`put` is called on the bridge's thread, `wait` on the asker's own."""

    def __init__(self) -> None:
        self._answers: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def put(self, answer: dict[str, Any]) -> None:
        """Keep what has come, which has the `id` of its request."""
        self._answers.put(answer)

    def wait(self, host: NodeHost, identifier: int, timeout_seconds: float) -> dict[str, Any]:
        """The answer to a request; those to earlier ones are passed over.

        Raises HostGoneError when the host has ended, and when it does not answer, which ends it.
        """
        # Counted in looks, not by the clock: when this process or the machine was stopped for a
        # while, so was the host.
        for _ in range(math.ceil(timeout_seconds / _POLL_SECONDS)):
            with contextlib.suppress(queue.Empty):
                answer = self._answers.get(timeout=_POLL_SECONDS)
                if answer["id"] == identifier:
                    return answer
                continue
            if not host.alive:
                raise HostGoneError("The Node host has ended.")
        host.give_up()
        raise HostGoneError("The Node host did not answer in time.")
