"""The steps that make the clone's environment: a virtual environment, pip's packages, npm's.

Called by environment.py when something is missing. Standard library alone. Output of pip and npm is
shown only where they fail, below a sentence that says what to do. Does not decide what is due.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from environment import (
    PYTHON,
    RECORD,
    ROOT,
    VENV,
    SetUpError,
    child_environment,
    key,
    pending,
    read_record,
    write_record,
)

LOCK = ROOT / ".venv.lock"
OLD = ROOT / ".venv.old"

TITLES = {
    "environment": "Making a Python environment in .venv",
    "runtime": "Installing the Python packages (about 90, Node.js among them)",
    "project": "Installing the project itself",
    "development": "Installing the tools for tests and checks",
    "npm": "Installing the JavaScript packages (Mineflayer and the game's data)",
}

NEEDED_BYTES = 2_000_000_000
"""What a whole set-up takes at its peak, downloads included: 0.7 GB of Python, 0.6 GB of npm."""

PIP_REASONS = (
    (r"No space left|Errno 28", "the disk is full. Free about 2 GB"),
    (r"Permission denied|Read-only file system", "a folder cannot be written. Check its rights"),
    (r"DO NOT MATCH THE HASHES", "a package is not the one that the lock names. Clear pip's cache"),
    (
        r"NewConnectionError|Name or service not known|name resolution|getaddrinfo|timed out"
        r"|Connection refused|Network is unreachable|Max retries|ConnectionError|ProxyError"
        r"|NameResolutionError|Connection broken|after connection broken",
        "the package registry cannot be reached. Check the network, the proxy and pip's own "
        "configuration (pip config list)",
    ),
    (r"CERTIFICATE_VERIFY_FAILED", "the registry's certificate is not trusted. Set pip's `cert`"),
    (
        r"No matching distribution|Could not find a version",
        "a locked package does not exist for this Python or machine, or the registry does not have "
        "it. Try Python 3.11 to 3.14 on Linux, macOS or Windows",
    ),
)


def run(development: bool) -> None:
    """Do what is due, with a line for each step. Raises SetUpError."""
    with only_one():
        names = pending(development)  # somebody else may have done it while we waited
        if not names:
            return
        if "runtime" in names:
            check_space()
        begun = time.monotonic()
        for number, name in enumerate(names, start=1):
            sys.stderr.write(f"Set-up {number}/{len(names)}: {TITLES[name]}\n")
            sys.stderr.flush()
            do_step(name, development)
        sys.stderr.write(f"Set-up done in {time.monotonic() - begun:.0f} s.\n")


def do_step(name: str, development: bool) -> None:
    """Do one step and record it. A step cut short leaves a mark, and the next call starts anew."""
    if name == "npm":  # begins by emptying its folder and ends with a stamp of its own
        install_npm_packages(development)
        return
    before = {} if name == "environment" else read_record()
    if before:
        write_record({**before, "under_way": name})
    try:
        if name == "environment":
            make_venv()
        elif name == "project":
            install_project()
        else:
            install_locked(f"{name}.txt")
    except SetUpError as error:
        if error.harmless and before:
            write_record(before)
        raise
    write_record({**before, name: key(name)})


def check_space() -> None:
    """Say so before, not in the middle, if the disk is too small."""
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        raise SetUpError(
            f"Set-up needs about {NEEDED_BYTES / 1e9:.0f} GB in {ROOT}, and there are only "
            f"{free / 1e9:.1f}: free some space, then call the same command again."
        )


def make_venv() -> None:
    """Make `.venv`, replacing an unfinished or outdated one of ours."""
    remove_old_venv()
    try:
        VENV.mkdir()
        write_record({"under_way": "environment"})  # from here on it is known as ours
    except OSError as error:
        raise SetUpError(f"{VENV} cannot be made: {error.strerror}.") from error
    base = getattr(sys, "_base_executable", None) or sys.executable
    output = run_quietly([base, "-I", "-m", "venv", str(VENV)])
    if output is None:
        return
    if pip_of_this_python():  # Debian's Python has pip but not always ensurepip
        output = run_quietly([base, "-I", "-m", "venv", "--without-pip", str(VENV)])
        if output is None:
            return
    raise SetUpError(
        f"{base} cannot make a virtual environment. On Debian and Ubuntu, install the package "
        "python3-venv; elsewhere, use a Python that has the modules venv and ensurepip. Then call "
        f"the same command again. It said:\n{tail(output)}"
    )


def remove_old_venv() -> None:
    """Move an environment of ours out of the way and delete it; refuse to touch another's."""
    if VENV.exists() and not RECORD.exists():
        raise SetUpError(
            f"{VENV} is there, but these scripts did not make it: move it away or delete it, then "
            "call the same command again."
        )
    try:
        shutil.rmtree(OLD, ignore_errors=True)
        if VENV.exists():
            VENV.rename(OLD)
            shutil.rmtree(OLD, ignore_errors=True)
    except OSError as error:
        raise SetUpError(
            f"The old environment {VENV} cannot be removed ({error.strerror}): delete it by hand, "
            "then call the same command again."
        ) from error


def install_locked(name: str, *options: str) -> None:
    """Install what a lock names, and nothing that has to be built first."""
    path = str(ROOT / "requirements" / name)
    pip("install", "--require-hashes", "--only-binary", ":all:", *options, "-r", path)


def install_project() -> None:
    """Make the four packages importable from the clone, and the command `voyager`."""
    pip("install", "--no-index", "--no-build-isolation", "--no-deps", "--editable", str(ROOT))


def install_npm_packages(development: bool) -> None:
    """Let mc_server/node.py install them, with the Node.js that has just been installed."""
    program = (
        "import sys\n"
        "from mc_server.errors import NodeMissingError\n"
        "from mc_server.node import ensure_packages\n"
        "try:\n"
        f"    ensure_packages(development={development})\n"
        "except NodeMissingError as error:\n"
        "    sys.exit(str(error))\n"
    )
    output = run_quietly([str(PYTHON), "-P", "-c", program])
    if output is not None:
        raise SetUpError(output.strip())


def pip(*arguments: str) -> None:
    """Run the environment's pip, or this Python's on the environment's behalf."""
    if (VENV / "pyvenv.cfg").is_file() and has_pip(PYTHON):
        command = [str(PYTHON), "-I", "-m", "pip"]
    else:
        command = [sys.executable, "-I", "-m", "pip", "--python", str(PYTHON)]
    output = run_quietly([*command, *arguments])
    if output is None:
        return
    for pattern, reason in PIP_REASONS:
        if re.search(pattern, output):
            harmless = "disk is full" not in reason
            raise SetUpError(
                f"pip could not install, because {reason}, then call the same command again. "
                f"It said:\n{tail(output, 2)}",
                harmless,
            )
    raise SetUpError(f"pip could not install. It said:\n{tail(output)}")


def has_pip(python: Path) -> bool:
    """Whether that Python has a pip of its own."""
    return run_quietly([str(python), "-I", "-c", "import pip"]) is None


def pip_of_this_python() -> bool:
    """Whether this Python has a pip that can serve another environment (22.3 and later)."""
    return (
        run_quietly([sys.executable, "-I", "-m", "pip", "--python", sys.executable, "-V"]) is None
    )


def run_quietly(command: list[str]) -> str | None:
    """Run to the end; None if that went well, else what was said."""
    environment = child_environment()
    environment.update(PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0")
    # Children inherit the lock, so that it is held until the last of them has ended even if this
    # process is killed: two pips in one environment would ruin it.
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            close_fds=os.name == "nt",
            check=False,
        )
    except OSError as error:
        return f"{command[0]} does not run: {error.strerror}"
    return None if done.returncode == 0 else done.stdout or f"exit code {done.returncode}"


def tail(output: str, lines: int = 12) -> str:
    """The last lines of what a program said, without its notices of what it looked at."""
    notices = (
        "Looking in ",
        "Ignoring ",
        "WARNING: Location ",
        "WARNING: Url ",
        "[notice]",
        "npm notice",
    )
    said = [line for line in output.splitlines() if line.strip() and not line.startswith(notices)]
    return "\n".join(f"  {line}" for line in said[-lines:])


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the clone's lock: a second set-up waits until the first has ended."""
    try:
        file = LOCK.open("a")
    except OSError as error:
        raise SetUpError(f"{ROOT} cannot be written: {error.strerror}.") from error
    with file:
        if not try_lock(file.fileno()):
            sys.stderr.write("Another set-up of this clone is under way: waiting for it.\n")
            while not try_lock(file.fileno()):
                time.sleep(0.2)
        if os.name != "nt":
            os.set_inheritable(file.fileno(), True)
        yield


def try_lock(descriptor: int) -> bool:
    """Take the lock if nobody has it; the system gives it back when its holders have ended."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
