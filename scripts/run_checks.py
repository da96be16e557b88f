"""Runs every check of the code: format, lint, types, the rooms' arrows, words and locks.

Called by scripts/check in the clone's environment. One line a check, and the output of those that
failed. With --fix, repairs first what can be repaired without judgement. What each tool looks for
stands in pyproject.toml, eslint.config.js and jsconfig.json; our own rules in house_rules.py.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import house_rules

from mc_server import find_node

ROOT = Path(__file__).resolve().parent.parent
TOOL_TIMEOUT_SECONDS = 600
JAVASCRIPT = ["mc_server", "skills", "tests", "eslint.config.js"]


@dataclass(frozen=True)
class Check:
    """A name for people, and what to run: it returns complaints, or nothing."""

    name: str
    act: Callable[[], str]


@dataclass(frozen=True)
class Result:
    """How a check went."""

    name: str
    complaints: str
    seconds: float


def tool(*command: str) -> Callable[[], str]:
    """Return a check that runs a command and complains with its output where it fails."""

    def act() -> str:
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=TOOL_TIMEOUT_SECONDS,
            check=False,
        )
        if done.returncode == 0:
            return ""
        return done.stdout.strip() or f"{command[0]} ended with exit code {done.returncode}"

    return act


def python_tool(module: str, *arguments: str) -> Callable[[], str]:
    """Return a check that runs a module of the environment."""
    return tool(sys.executable, "-m", module, *arguments)


def node_tool(path: str, *arguments: str) -> Callable[[], str]:
    """Return a check that runs a JavaScript program of node_modules."""
    return tool(str(find_node()), f"mc_server/node_modules/{path}", *arguments)


def eslint(*arguments: str) -> Callable[[], str]:
    """Return the check that lints the JavaScript."""
    options = ("--no-error-on-unmatched-pattern", "--max-warnings=0", *arguments)
    return node_tool("eslint/bin/eslint.js", *options, *JAVASCRIPT)


def all_checks() -> list[Check]:
    """Every check, the slow ones first so that they overlap."""
    arrows = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports())"
    return [
        Check("Python types (mypy)", python_tool("mypy", "--no-error-summary")),
        Check("JavaScript types (tsc)", node_tool("typescript/bin/tsc", "-p", "jsconfig.json")),
        Check("JavaScript lint (eslint)", eslint()),
        Check("Python format (ruff format)", python_tool("ruff", "format", "--check", "--quiet")),
        Check(
            "Python lint (ruff)", python_tool("ruff", "check", "--quiet", "--output-format=concise")
        ),
        Check("Arrows between rooms (import-linter)", tool(sys.executable, "-c", arrows)),
        Check("Front doors of rooms", house_rules.front_doors),
        Check("No registry, no path of a machine", house_rules.foreign_words),
        Check("Locks in step", house_rules.locks),
        Check("Wheel holds every file", house_rules.package_data),
    ]


def run(check: Check) -> Result:
    """Run one check; one that cannot run has failed."""
    begun = time.monotonic()
    try:
        complaints = check.act()
    except (OSError, subprocess.TimeoutExpired) as error:
        complaints = str(error)
    return Result(check.name, complaints, time.monotonic() - begun)


def fix() -> None:
    """Repair what the tools can repair by themselves."""
    for act in (python_tool("ruff", "check", "--fix", "--quiet"), eslint("--fix")):
        act()
    python_tool("ruff", "format", "--quiet")()


def main(arguments: list[str]) -> int:
    """Run every check and return 0 if all went well."""
    unknown = [word for word in arguments if word not in ("--fix", "--help", "-h")]
    if unknown or "--help" in arguments or "-h" in arguments:
        sys.stdout.write("usage: scripts/check [--fix]\n")
        return 2 if unknown else 0
    if "--fix" in arguments:
        fix()
    results = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for result in pool.map(run, all_checks()):
            verdict = "failed" if result.complaints else "ok"
            sys.stdout.write(f"{verdict:<7}{result.name:<40}{result.seconds:5.1f} s\n")
            sys.stdout.flush()
            results.append(result)
    failed = [result for result in results if result.complaints]
    for result in failed:
        sys.stdout.write(f"\n{result.name}:\n{result.complaints}\n")
    sys.stdout.write(f"\n{len(results) - len(failed)} checks ok, {len(failed)} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
