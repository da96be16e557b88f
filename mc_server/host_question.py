"""Questions to the Node host that are about no bot and no world.

Covers asking and the one answer. Not covered: what is asked.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from mc_server.errors import BridgeError
from mc_server.host_answers import HostAnswers
from mc_server.node_host import HostGoneError, NodeHost, running_host

_ANSWER_TIMEOUT_SECONDS = 30.0
"""The host has shorter limits of its own; one that does not keep them is ended."""
_numbers = itertools.count(1)


def ask_host(node: Path, kind: str, **content: Any) -> Any:
    """The value that the host answers with; a host that has just ended is started again.

    Raises BridgeError: the host's own refusal, or that there is none.
    """
    try:
        answer = _ask(running_host(node), kind, content)
    except HostGoneError:
        answer = _ask(running_host(node), kind, content)
    if failure := answer.get("error"):
        raise BridgeError(failure["message"])
    return answer["value"]


def _ask(host: NodeHost, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    answers, identifier = HostAnswers(), next(_numbers)
    asker = f"question-{identifier}"
    host.listen(asker, answers.put)
    try:
        host.send({"bot": asker, "id": identifier, "type": kind, **content})
        return answers.wait(host, identifier, _ANSWER_TIMEOUT_SECONDS)
    finally:
        host.listen(asker, None)
