"""What confines the programs on this machine, layer by layer.

Covers asking Node, which tries each layer (`bridge/confinement/layers.js`), and reading its answer.
Not covered: the layers themselves, and whether play goes on without one.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from mc_server.child_environment import child_environment
from mc_server.errors import NodeMissingError

LAYERS_SCRIPT = Path(__file__).parent / "bridge" / "confinement" / "layers.js"
_TIMEOUT_SECONDS = 90.0
"""A second on a quiet machine; what tries the layers gives up by itself after a minute."""


@dataclass(frozen=True)
class SandboxLayer:
    """One layer around a program.

    `name` is a word that stays, `title` says what the layer does. `kind` is where it is: `inner`
    is the language, `process` what Node and the host do by themselves, `outer` what the system has
    to offer. `why` says of an active layer what holds it, where there is something to say, and of
    another why it is not; `remedy` then says what to do, if anything can be done.
    """

    name: str
    title: str
    kind: Literal["inner", "process", "outer"]
    active: bool
    why: str
    remedy: str


def sandbox_layers(node: Path) -> tuple[SandboxLayer, ...]:
    """Try every layer on this machine, those that a program meets first coming first.

    Raises NodeMissingError when Node does not run or its packages are missing.
    """
    try:
        tried = subprocess.run(
            [str(node), str(LAYERS_SCRIPT), "--json"],
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        found = json.loads(tried.stdout)
    except subprocess.TimeoutExpired as error:
        raise NodeMissingError(
            f"Node.js at {node} did not say within {_TIMEOUT_SECONDS:g} s how programs are"
            " confined: try again when the machine is less busy."
        ) from error
    except OSError as error:
        raise NodeMissingError(f"Node.js does not run at {node}: {error}.") from error
    except ValueError as error:
        said = tried.stderr.strip().splitlines()
        reason = next((line for line in said if "Error" in line), "it said nothing")
        raise NodeMissingError(
            f"Node.js cannot say how programs are confined ({reason}): install again."
        ) from error
    return tuple(_layer(one) for one in found)


def _layer(found: Mapping[str, Any]) -> SandboxLayer:
    return SandboxLayer(
        name=found["name"],
        title=found["title"],
        kind=found["kind"],
        active=found["active"],
        why=found["why"],
        remedy=found["remedy"],
    )
