"""The host's process, before anything was asked of it."""

from __future__ import annotations

import os
import subprocess
from importlib.metadata import distribution
from pathlib import Path

from mc_server import find_node
from mc_server.node_host import _NODE_ENVIRONMENT


def test_a_host_whose_python_ends_before_it_has_asked_for_anything_ends_too() -> None:
    pipe = Path(str(distribution("javascript").locate_file("javascript/js/bridge.js")))
    assert pipe.is_file()
    ended = subprocess.run(
        [str(find_node()), str(pipe)],
        stdin=subprocess.DEVNULL,  # its end is there at once, as when Python was killed
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **_NODE_ENVIRONMENT},
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
