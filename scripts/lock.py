"""Writes the lock files again: Python's from requirements/*.in, npm's from mc_server/package.json.

Called by scripts/lock in the clone's environment. With --upgrade, takes the newest versions that
the inputs allow. The locks hold hashes and no address, so they work with any registry.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mc_server import npm_command

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"


def main(arguments: list[str]) -> int:
    """Write the locks and return the exit code of the first program that failed."""
    unknown = [word for word in arguments if word not in ("--upgrade", "--help", "-h")]
    if unknown or "--help" in arguments or "-h" in arguments:
        sys.stdout.write("usage: scripts/lock [--upgrade]\n")
        return 2 if unknown else 0
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    # In this order: development and browser hold to runtime. The model's packages stand alone: one
    # wants more than is made use of, and that takes minutes to build.
    locks: list[tuple[str, list[str]]] = [(n, []) for n in ("runtime", "development", "browser")]
    for name, more in (*locks, ("local_model", ["--no-deps"])):
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "--universal",
            "--quiet",
            "--system-certs",
            *more,
        ]
        command += ["--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-annotate"]
        command += ["--no-header", "--no-emit-index-url", "--no-emit-find-links", *upgrade]
        command += ["--output-file", f"{name}.txt", f"{name}.in"]
        code = subprocess.run(command, cwd=ROOT / "requirements", check=False).returncode
        if code:
            return code
    environment = {**os.environ, "npm_config_omit_lockfile_registry_resolved": "true"}
    command = [*npm_command(), "install", "--package-lock-only", "--ignore-scripts", "--no-audit"]
    done = subprocess.run(command, cwd=ROOT / "mc_server", env=environment, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
