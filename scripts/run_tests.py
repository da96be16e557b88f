"""Runs every test: node --test on tests/**/*.test.js, then pytest on the rest.

Called by scripts/test in the clone's environment. Fails if a test fails, and if none ran.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
import set_up
from environment import EXIT_CODE_SET_UP, SetUpError

from mc_server import find_node

ROOT = Path(__file__).resolve().parent.parent
# Tests that run only where -m names them, and how what they need besides is installed.
OPTIONAL = {"browser": (), "local_model": ("--no-deps",)}
MOST_WORKERS = 4
NODE_TEST_TIMEOUT_MILLISECONDS = 900_000
NODE_TOTAL_TIMEOUT_SECONDS = 900

USAGE = """\
usage: scripts/test [FILE.test.js ...] [pytest arguments]

  scripts/test                          every test
  scripts/test -m "not live"            without those that start a Minecraft server
  scripts/test -m local_model           those with a small model on this machine, which it installs
  scripts/test -m browser               those with Chromium, which the machine must have
  scripts/test tests/skills -k retrieve pytest alone, on a folder
  scripts/test tests/mc_server/x.test.js   node --test alone, on a file
"""


class Counter:
    """A pytest plugin that counts outcomes."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0
        self.skipped = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test by its call, or by its set-up or tear-down if these did not pass."""
        if report.skipped:
            self.skipped += 1
        elif report.failed:
            self.failed += 1
        elif report.when == "call":
            self.passed += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be collected is a failure."""
        self.failed += report.failed


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for and return the exit code."""
    if "--help" in arguments or "-h" in arguments:
        sys.stdout.write(USAGE)
        return 0
    optional = [marker for marker in OPTIONAL if asks_for(marker, arguments)]
    if problem := install(optional):
        sys.stderr.write(f"{problem}\n")
        return EXIT_CODE_SET_UP
    scripts = [word for word in arguments if word.endswith(".test.js")]
    others = [word for word in arguments if word not in scripts]
    chosen = any(not word.startswith("-") and Path(word.split("::")[0]).exists() for word in others)
    lines = []
    ran, good = 0, True
    if scripts or not (chosen or "-k" in others or optional):
        passed, failed, skipped, code = run_node_tests(scripts)
        lines.append(closing_line("JavaScript", passed, failed, skipped))
        ran, good = passed + failed, code == 0 and failed == 0
    if others or not scripts:
        counter = Counter()
        code = pytest.main([*workers(others), *others], plugins=[counter])
        lines.append(closing_line("Python", counter.passed, counter.failed, counter.skipped))
        ran += counter.passed + counter.failed
        good = good and code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    if ran == 0:
        sys.stdout.write("No test ran.\n")
    return 0 if good and ran else 1


def workers(arguments: list[str]) -> list[str]:
    """Options that share all tests out, a file to one process; none where only some are chosen.

    Tests wait for a game most of their time: two processes take little more than half as long.
    """
    whole = all(word == "-m" or before == "-m" for before, word in pairwise(["", *arguments]))
    count = min(max(2, os.cpu_count() or 1), MOST_WORKERS)
    return ["-n", str(count), "--dist", "loadfile"] if whole else []


def asks_for(marker: str, arguments: list[str]) -> bool:
    """Whether `-m` chooses the tests with that marker, which are left out else."""
    expressions = [after for word, after in pairwise([*arguments, ""]) if word == "-m"]
    named = [word for word in expressions if marker in word]
    return any(f"not {marker}" not in word for word in named)


def install(markers: Iterable[str]) -> str:
    """Install what these tests need; what was wrong with that, in a sentence, or nothing."""
    try:
        for marker in markers:
            set_up.install_locked(f"{marker}.txt", *OPTIONAL[marker])
    except SetUpError as error:
        return str(error)
    return ""


def closing_line(name: str, passed: int, failed: int, skipped: int) -> str:
    """One line that says how it went."""
    line = f"{name}: {passed} passed, {failed} failed"
    return line + (f", {skipped} skipped" if skipped else "")


def run_node_tests(scripts: list[str]) -> tuple[int, int, int, int]:
    """Run node --test and return how many passed, failed and were skipped, and the exit code."""
    files = scripts or sorted(str(path) for path in ROOT.glob("tests/**/*.test.js"))
    if not files:
        return 0, 0, 0, 0
    options = [
        f"--test-timeout={NODE_TEST_TIMEOUT_MILLISECONDS}",
        # Node's own choice leaves a processor free, so that of two one would idle.
        f"--test-concurrency={max(2, (os.cpu_count() or 1) - 1)}",
    ]
    command = [str(find_node()), "--test", "--test-reporter=spec", *options, *files]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", errors="replace")
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        sys.stdout.write(line)
        lines.append(line)
    sys.stdout.flush()
    code = process.wait(timeout=NODE_TOTAL_TIMEOUT_SECONDS)
    return *node_counts(lines), code


def node_counts(lines: Iterable[str]) -> tuple[int, int, int]:
    """How many tests passed, failed and were skipped, from node's closing lines."""
    counts = dict.fromkeys(("pass", "fail", "cancelled", "skipped", "todo"), 0)
    for line in lines:
        found = re.match(r"^(?:\S )?(\w+) (\d+)$", line.strip())
        if found and found[1] in counts:
            counts[found[1]] = int(found[2])
    failed = counts["fail"] + counts["cancelled"]
    return counts["pass"], failed, counts["skipped"] + counts["todo"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
