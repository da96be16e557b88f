"""What confines programs is told layer by layer, also where the machine offers nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mc_server import NodeMissingError, find_node, sandbox_layers

OUTER = {
    "memory_limit",
    "file_size_limit",
    "parent_death",
    "no_new_privileges",
    "network",
    "process_namespace",
}


def test_every_layer_is_active_or_says_why_not():
    layers = sandbox_layers(find_node())
    assert {layer.name for layer in layers if layer.kind == "outer"} == OUTER
    assert len(layers) == len({layer.name for layer in layers}) > len(OUTER)
    for layer in layers:
        assert layer.title
        assert layer.active or layer.why, layer.name
        assert layer.active or layer.kind == "outer", layer


def test_a_machine_without_the_tools_lacks_the_outer_layers_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = [layer for layer in sandbox_layers(find_node()) if not layer.active]
    assert {layer.name for layer in missing} == OUTER
    if sys.platform == "linux":
        assert {layer.remedy for layer in missing} == {"Install util-linux."}


def test_without_node_there_is_a_sentence():
    with pytest.raises(NodeMissingError, match="does not run"):
        sandbox_layers(Path("no-such-node"))


def test_a_node_that_says_something_else_is_told(tmp_path):
    other = tmp_path / "node"
    other.write_text("#!/bin/sh\necho 'SyntaxError: what is this' >&2\n")
    other.chmod(0o755)
    if sys.platform == "win32":
        pytest.skip("a script is no program on Windows")
    with pytest.raises(NodeMissingError, match="SyntaxError: what is this"):
        sandbox_layers(other)
