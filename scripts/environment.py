"""The clone's own environment: made when it is missing, brought up to date, and handed over to.

Covers `.venv` with the locked Python packages, and `mc_server/node_modules`. Uses the standard
library alone, since nothing else is there yet. What is installed is written down in a record inside
`.venv`, after each step and not before: so an interrupted set-up is finished by the next call, and
a call that finds everything in place costs next to nothing. What the steps do stands in set_up.py;
what is played, tested or checked is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RECORD = VENV / "set-up.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NPM_STAMP = ROOT / "mc_server" / "node_modules" / ".installed.json"
"""Written by mc_server/node.py, which installs what is there."""

STEPS: dict[str, tuple[str, ...]] = {
    "environment": (),
    "runtime": ("requirements/runtime.txt",),
    "project": ("pyproject.toml", "requirements/runtime.in"),
    "development": ("requirements/development.txt",),
}
"""The steps in their order, each with the files whose change makes it due again; npm comes last."""

EXIT_CODE_SET_UP = 6


class SetUpError(Exception):
    """A step of the set-up failed; the message says what to do.

    `harmless` is true where the environment is as it was before the step.
    """

    def __init__(self, message: str, harmless: bool = False) -> None:
        super().__init__(message)
        self.harmless = harmless


def voyager(arguments: Sequence[str]) -> NoReturn:
    """Become `python -m voyager ARGUMENTS`. The caller's folder stays, but is not imported from."""
    prepare(development=False)
    hand_over([str(PYTHON), "-P", "-m", "voyager", *arguments])


def script(name: str, arguments: Sequence[str]) -> NoReturn:
    """Become a script of this folder, with the development tools there, in the clone's folder."""
    prepare(development=True)
    os.chdir(ROOT)
    hand_over([str(PYTHON), str(ROOT / "scripts" / name), *arguments])


def prepare(development: bool) -> None:
    """Make the environment complete, or exit with a sentence and code 6."""
    try:
        if pending(development):
            import set_up

            set_up.run(development)
    except SetUpError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(EXIT_CODE_SET_UP)
    except OSError as error:
        sys.stderr.write(
            f"Set-up stopped: {error}. Put that right and call the same command again.\n"
        )
        sys.exit(EXIT_CODE_SET_UP)
    except KeyboardInterrupt:
        sys.stderr.write("\nSet-up interrupted; the same command takes it up again.\n")
        sys.exit(130)


def hand_over(command: list[str]) -> NoReturn:
    """Replace this process by the command; on Windows, run it and pass its exit code on."""
    environment = child_environment()
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment)
    import signal
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the child, who answers it
    sys.exit(subprocess.call(command, env=environment))


def child_environment() -> dict[str, str]:
    """The caller's variables without those that would mix another Python into this one."""
    unwanted = ("PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


# What has been done


def read_record() -> dict[str, str]:
    """The key of every step done, by name; empty without an environment of ours that runs."""
    try:
        record = json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(record, dict) or "under_way" in record or not PYTHON.exists():
        return {}
    return {str(name): str(key) for name, key in record.items()}


def write_record(record: dict[str, str]) -> None:
    """Put the record in place as a whole."""
    unfinished = RECORD.with_suffix(".tmp")
    unfinished.write_text(json.dumps(record, indent=1), encoding="utf-8")
    unfinished.replace(RECORD)


def digest(*names: str) -> str:
    """The hash of some files of the clone, by their paths from its top."""
    total = hashlib.sha256()
    for name in names:
        total.update((ROOT / name).read_bytes())
    return total.hexdigest()


def npm_packages_installed(development: bool) -> bool:
    """Whether node_modules is what the lock names; mc_server/node.py answers it the same way."""
    try:
        stamp = json.loads(NPM_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if stamp.get("lock") != digest("mc_server/package-lock.json"):
        return False
    return bool(stamp.get("development")) or not development


def pending(development: bool) -> list[str]:
    """The names of the steps that are still to be done, in order."""
    record = read_record()
    names = [name for name in STEPS if development or name != "development"]
    if record.get("environment") == key("environment"):
        names = [name for name in names if record.get(name) != key(name)]
    if not npm_packages_installed(development):
        names.append("npm")
    return names


def key(step: str) -> str:
    """What a step depends on: it is done again whenever this differs from the recorded key."""
    if step == "environment":  # where it lies, and the Python it stands on
        return f"{VENV} {os.path.realpath(PYTHON)}"
    return digest(*STEPS[step])
