"""Runs a command with its home folder on a small file system of its own, which can be filled.

`python small_disk.py HOME MEGABYTES COMMAND...`, started inside a mount namespace of its own
(`unshare --mount`, with `--map-root-user` for one who is not root). Lines on standard input:
`fill` takes all space, `free` gives it back, `read-only` and `writable` are said of the home folder
and `log-read-only`, `log-writable` of its logs. At the end what is in the home folder is put back
on the disk it came from. Nothing outside of the namespace sees any of it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

FILLER = "filler"
_BLOCK = b"\0" * 65536


def main(arguments: Sequence[str]) -> int:
    """Returns the command's exit code."""
    home, megabytes, command = Path(arguments[0]), int(arguments[1]), list(arguments[2:])
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="night-", dir=home.parent) as folder:
        under, small = Path(folder, "under"), Path(folder, "small")
        under.mkdir()
        small.mkdir()
        _mount("--bind", home, under)
        _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", small)
        inside = small / "home"
        shutil.copytree(under, inside)
        _mount("--bind", inside, home)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        threading.Thread(target=_obey, args=(home, small), daemon=True).start()
        code = process.wait()
        (small / FILLER).unlink(missing_ok=True)
        _put_back(inside, under)
        _umount(home)
        _umount(small)
        _umount(under)
    return code


def _put_back(inside: Path, under: Path) -> None:
    for old in under.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(inside, under, dirs_exist_ok=True)


def _obey(home: Path, small: Path) -> None:
    for line in sys.stdin:
        match line.strip():
            case "fill":
                _fill(small / FILLER)
            case "free":
                (small / FILLER).unlink(missing_ok=True)
            case "read-only":
                _cover(home)
            case "log-read-only":
                _cover(home / "logs")
            case "writable":
                _umount(home)
            case "log-writable":
                _umount(home / "logs")


def _cover(folder: Path) -> None:
    """From here on the folder is found read-only; what is open already is not affected."""
    _mount("--bind", folder, folder)
    _mount("-o", "remount,bind,ro", folder)


def _fill(file: Path) -> None:
    with suppress(OSError), file.open("ab", buffering=0) as filler:
        while filler.write(_BLOCK):
            pass


def _mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True)


def _umount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
