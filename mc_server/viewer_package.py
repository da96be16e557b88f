"""The package of the 3D viewer, fetched the first time it is asked for, and never with the others.

Covers a folder in the user's cache, a pinned version whose digest is checked, and taking out of it
the few files of its page: it is used as it is, without the packages it names. Not covered: showing
anything (`world_view.py`).
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from mc_server.errors import NodeMissingError
from mc_server.node import npm_command, npm_environment

PACKAGE = "prismarine-viewer@1.33.0"
SHA512 = "Kb+3nJkzV5a6kfR1Mqs269bxXHJA5/ZjA+vdwTwDsyZtyib9NC1ELfyTOo/HK77JB+1bS6pfrZB+wcd0+mXKXA=="
MEGABYTES = 41
FETCH_TIMEOUT_SECONDS = 900
CACHE_VARIABLE = "XDG_CACHE_HOME"
# The page, its worker, and the blocks and creatures of the version that the embedded server plays;
# the bot itself is drawn as one of 1.16.4.
_FILES = ("index.js", "worker.js", "blocksStates/1.20.1.json", "textures/1.20.1.png")
_FOLDERS = ("textures/1.20.1/entity/", "textures/1.16.4/entity/")
_INSIDE = "package/public/"


def fetch_viewer(tell: Callable[[str], None]) -> Path:
    """The folder with the viewer's files, fetched if they are not there; `tell` says what goes on.

    Raises NodeMissingError with a sentence where it cannot be had.
    """
    cache = Path(os.environ.get(CACHE_VARIABLE) or Path.home() / ".cache") / "voyager"
    folder = cache / PACKAGE.replace("@", "-")
    if folder.is_dir():
        return folder
    tell(f"fetching the 3D viewer, {PACKAGE} ({MEGABYTES} MB, once) ...")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            archive = _fetch(Path(scratch))
            tell("unpacking the 3D viewer ...")
            unpacked = Path(scratch) / "files"
            _unpack(archive, unpacked)
            # In one piece: what is there is whole.
            os.replace(unpacked, folder)
    except (OSError, tarfile.TarError) as error:
        if folder.is_dir():
            return folder  # another one was faster
        raise _missing(f"{error}") from error
    return folder


def _fetch(into: Path) -> Path:
    command = [*npm_command(), "pack", PACKAGE, "--ignore-scripts", "--pack-destination", str(into)]
    try:
        done = subprocess.run(
            command,
            cwd=into,
            env=npm_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=FETCH_TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _missing("the package registry did not send it in time") from error
    found = sorted(into.glob("*.tgz"))
    if done.returncode != 0 or not found:
        raise _missing("npm could not fetch it; check the network and npm's own configuration")
    with found[0].open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    if base64.b64encode(digest).decode() != SHA512:
        raise _missing("what came is not the package that is known")
    return found[0]


def _unpack(archive: Path, into: Path) -> None:
    with tarfile.open(archive) as package:
        for member in package:
            name = member.name.removeprefix(_INSIDE)
            wanted = name in _FILES or (name.startswith(_FOLDERS) and name.endswith(".png"))
            file = package.extractfile(member) if wanted and member.isfile() else None
            if file is None or ".." in PurePosixPath(name).parts:
                continue
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with file, target.open("wb") as copy:
                shutil.copyfileobj(file, copy)
    if not all((into / name).is_file() for name in _FILES):
        raise _missing("files are missing in it")


def _missing(reason: str) -> NodeMissingError:
    return NodeMissingError(
        f"The 3D viewer cannot be had: {reason}. Without --view the page has the map alone."
    )
