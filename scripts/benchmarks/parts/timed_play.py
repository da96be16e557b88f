"""`voyager play` with a watch on the loop's steps: how long each took without those inside it.

Run as a module, with the words of `voyager`. The file that `STEPS_FILE` names gets, as JSON, for
each step its seconds and those that the processor worked for it. What a method calls that has a
step of its own counts for that one, so the steps add up; what no step covers does not appear.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.parts.sittings import STEPS_FILE

from curriculum import LlmProposer, TechTreeProposer
from mc_server import MineflayerBridge
from skills import MiniLmEmbedder, SkillLibrary
from voyager.command_line import main
from voyager.critics import LlmCritic, StateCritic
from voyager.journal.model_books import ModelBooks
from voyager.language_models import OpenAiChatModel
from voyager.steps import Steps
from voyager.writers import ReusingWriter

STEPS: tuple[tuple[str, type, tuple[str, ...]], ...] = (
    ("ask the model", OpenAiChatModel, ("complete",)),
    ("run a program", MineflayerBridge, ("execute",)),
    ("observe", MineflayerBridge, ("observe",)),
    ("propose", LlmProposer, ("propose",)),
    ("plan", TechTreeProposer, ("propose",)),
    ("retrieve", SkillLibrary, ("search",)),
    ("embed", MiniLmEmbedder, ("__call__",)),
    ("write", ReusingWriter, ("write",)),
    ("judge", StateCritic, ("holds", "judge")),
    ("judge", LlmCritic, ("holds", "judge")),
    ("save the world", Steps, ("world_kept",)),
    ("index", SkillLibrary, ("sync_index",)),
    ("journal", ModelBooks, ("record", "write_waiting")),
    ("journal", Steps, ("sitting_begun", "history", "task_proposed", "program_written")),
    ("journal", Steps, ("attempt_judged", "task_held", "task_failed", "interrupted_task")),
)
"""What is measured: a step's name, and the methods it is made of."""


class Watch:
    """Adds up seconds by step; of the thread that made it alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.processor_seconds: dict[str, float] = defaultdict(float)
        self._inside: list[str] = []
        self._since = self._processor_since = 0.0
        self._thread = threading.get_ident()

    def step(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        """The method, with its time counted for that step."""

        @functools.wraps(method)
        def timed(*arguments: Any, **named: Any) -> Any:
            if threading.get_ident() != self._thread:
                return method(*arguments, **named)
            self._turn()
            self._inside.append(name)
            try:
                return method(*arguments, **named)
            finally:
                self._turn()
                self._inside.pop()

        return timed

    def _turn(self) -> None:
        """Another step begins: what went by was the one's before."""
        now, processor_now = time.perf_counter(), time.thread_time()
        if self._inside:
            step = self._inside[-1]
            self.seconds[step] += now - self._since
            self.processor_seconds[step] += processor_now - self._processor_since
        self._since, self._processor_since = now, processor_now


if __name__ == "__main__":
    watch = Watch()
    for step, owner, methods in STEPS:
        for method in methods:
            setattr(owner, method, watch.step(step, getattr(owner, method)))
    exit_code = main()
    Path(os.environ[STEPS_FILE]).write_text(
        json.dumps({"seconds": watch.seconds, "processor_seconds": watch.processor_seconds})
    )
    sys.exit(exit_code)
