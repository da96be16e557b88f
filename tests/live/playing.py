"""Running `voyager play` as a person would: a process of its own, in a group of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORLD_RATE = "4"
LIMIT_SECONDS = 280


def command(*words: str | Path) -> list[str]:
    """The command line of this checkout, run by this Python."""
    return [sys.executable, "-m", "voyager", *map(str, words)]


def run(
    *words: str | Path, limit_seconds: float = LIMIT_SECONDS, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run to the end and keep what was said."""
    return subprocess.run(
        command(*words),
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=limit_seconds,
        check=False,
    )


def ask(*words: str | Path, limit_seconds: float = LIMIT_SECONDS) -> Any:
    """Run a command with --json and read its answer."""
    answer = run(*words, "--json", limit_seconds=limit_seconds)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


class Player:
    """A sitting under way, whose lines can be awaited and which can be killed at any moment."""

    def __init__(self, *words: str | Path) -> None:
        self.process = subprocess.Popen(
            command("play", *words),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []

    def wait_for(self, text: str) -> str:
        """The next line that holds the text; fails when the process ends before it comes."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if text in line:
                return line
        raise AssertionError(f"{text!r} never came:\n" + "\n".join(self.lines))

    def send(self, signal_number: int) -> None:
        """Signal the whole group, as a terminal or a merciless administrator does."""
        os.killpg(self.process.pid, signal_number)

    def kill(self) -> None:
        """`kill -9` of the group."""
        self.send(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def finish(self) -> int:
        """Read to the end; the exit code."""
        assert self.process.stdout is not None
        with self.process.stdout:
            self.lines += [line.rstrip() for line in self.process.stdout]
        return self.process.wait()
