"""What programs will lack around them, looked at while the rest of a sitting is opened."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from mc_server import SandboxLayer, find_node, sandbox_layers
from voyager.errors import SandboxError
from voyager.opening.settings import PlaySettings


def look_at_sandbox(
    settings: PlaySettings, stack: ExitStack
) -> Callable[[], tuple[SandboxLayer, ...]]:
    """Begin to look; what is returned waits for the answer.

    Raises SandboxError at once where nothing may be missing.
    """
    looking = stack.enter_context(ThreadPoolExecutor(1)).submit(sandbox_layers, find_node())

    def missing() -> tuple[SandboxLayer, ...]:
        return tuple(layer for layer in looking.result() if not layer.active)

    if settings.require_sandbox and missing():
        names = ", ".join(layer.name for layer in missing())
        raise SandboxError(
            f"Programs would run without these layers of the sandbox: {names}. `voyager doctor`"
            " says what to do about each; without --require-sandbox it is played all the same."
        )
    return missing
