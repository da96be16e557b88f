"""Which skill calls which: the whole library as nodes and edges, or what lies around one skill."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from skills import UnknownSkillError

MOST_AROUND = 300
"""Around one skill no more nodes than that are shown."""


@dataclass(frozen=True)
class Node:
    """A skill, or what a skill calls that is not there any more (`status` is then `missing`)."""

    name: str
    status: str
    successes: int
    failures: int


@dataclass(frozen=True)
class SkillGraph:
    """Skills by name, and who calls whom, in order. `left_out` counts nodes there was no room for.

    Primitives are no nodes.
    """

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    left_out: int = 0

    def callees(self) -> dict[str, list[str]]:
        """What each skill calls."""
        found = defaultdict[str, list[str]](list)
        for caller, callee in self.edges:
            found[caller].append(callee)
        return dict(found)

    def callers(self) -> dict[str, list[str]]:
        """What calls each skill."""
        found = defaultdict[str, list[str]](list)
        for caller, callee in self.edges:
            found[callee].append(caller)
        return dict(found)


def read_graph(connection: sqlite3.Connection) -> SkillGraph:
    """All skills and their calls of each other, of the active versions."""
    nodes, calls = list[Node](), dict[str, list[str]]()
    for name, status, successes, failures, called in connection.execute(
        "SELECT s.name, v.status, v.successes, v.failures, v.calls FROM skills AS s"
        " JOIN skill_versions AS v ON v.name = s.name AND v.version = s.active_version"
        " ORDER BY s.name"
    ):
        nodes.append(Node(name, status, successes, failures))
        calls[name] = json.loads(called)
    edges = tuple((name, c) for name, called in calls.items() for c in called if c in calls)
    return SkillGraph(tuple(nodes), edges)


def read_graph_around(
    connection: sqlite3.Connection, name: str, most: int | None = None
) -> SkillGraph:
    """A skill with all that it calls and all that calls it, through others too.

    The nearest first where there are more than `most`. Raises UnknownSkillError.
    """
    whole = read_graph(connection)
    known = {node.name: node for node in whole.nodes}
    if name not in known:
        raise UnknownSkillError(name, tuple(known))
    order = _interleaved(name, whole)
    kept = set(order[:most])
    return SkillGraph(
        tuple(node for node in whole.nodes if node.name in kept),
        tuple(edge for edge in whole.edges if kept.issuperset(edge)),
        len(order) - len(kept),
    )


def most_called(connection: sqlite3.Connection, limit: int) -> tuple[tuple[str, int], ...]:
    """The skills that most others call, with how many do."""
    counts = {name: len(callers) for name, callers in read_graph(connection).callers().items()}
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:limit])


def as_dot(graph: SkillGraph) -> str:
    """The graph in Graphviz's language."""
    lines = ["digraph skills {", "  rankdir=LR", "  node [shape=box]"]
    lines += [f"  {_quoted(node.name)} [tooltip={_quoted(node.status)}]" for node in graph.nodes]
    lines += [f"  {_quoted(caller)} -> {_quoted(callee)}" for caller, callee in graph.edges]
    return "\n".join([*lines, "}"])


def _reached(name: str, arrows: Mapping[str, Collection[str]]) -> list[str]:
    """What can be reached along the arrows, the nearest first, itself included."""
    order, seen = [name], {name}
    for one in order:
        new = [other for other in arrows.get(one, ()) if other not in seen]
        order += dict.fromkeys(new)
        seen.update(new)
    return order


def _interleaved(name: str, graph: SkillGraph) -> list[str]:
    """By turns what is called and what calls, so that neither is cut off for the other."""
    called, calling = _reached(name, graph.callees()), _reached(name, graph.callers())
    longest = max(len(called), len(calling))
    turns = (side[i] for i in range(longest) for side in (called, calling) if i < len(side))
    return list(dict.fromkeys(turns))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
