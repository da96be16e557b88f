"""Scripts of a single function."""

from __future__ import annotations

from typing import Any

from mc_server import Script, ScriptModule


def small_script(source: str, *arguments: Any) -> Script:
    """A script that calls the function which the source defines: `async function name (...) {}`."""
    name = source.split("(")[0].split()[-1]
    return Script((ScriptModule(name, source),), name, arguments)
