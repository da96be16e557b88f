"""A bot driven directly in Node (`bridge.js`): the baseline of what the bridge costs."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from mc_server import Script, find_node

SCRIPT = Path(__file__).resolve().parent.parent / "bridge.js"
CLOCK = SCRIPT.parent.parent.parent / "mc_server" / "clock.js"


class BareBot:
    """A process with one bot; a context manager that ends it."""

    def __init__(self, port: int, username: str) -> None:
        """Returns once the bot stands in the world at that port of this machine."""
        self._numbers = itertools.count(1)
        command = [str(find_node()), "-r", str(CLOCK), str(SCRIPT), str(port), username]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer(0)

    @property
    def process_id(self) -> int:
        """Of its process."""
        return self._process.pid

    def run(self, script: Script) -> Any:
        """Run a script of one module and return its result. RuntimeError when it fails."""
        module = script.modules[-1]
        return self.ask("run", source=module.source, entry=script.entry, arguments=script.arguments)

    def ask(self, op: str, **content: Any) -> Any:
        """Have it do something and return what comes of it. RuntimeError when it fails."""
        number = next(self._numbers)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"id": number, "op": op, **content}) + "\n")
        self._process.stdin.flush()
        return self._answer(number)

    def _answer(self, number: int) -> Any:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            message = json.loads(line)
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"The bare bot failed: {message['error']}")
                return message["value"]
        raise RuntimeError("The bare bot's process ended.")

    def __enter__(self) -> BareBot:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()
