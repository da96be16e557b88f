"""Which skill calls which: the whole library as nodes and edges, or what lies around one skill."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from skills import UnknownSkillError, reached, texts_in
from voyager.reports.skills.skill_rows import ACTIVE, rows_named

MOST_AROUND = 300
"""Around one skill no more nodes than that are shown."""


@dataclass(frozen=True)
class Node:
    """A skill."""

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
    nodes = [
        Node(*row)
        for row in connection.execute(
            f"SELECT s.name, v.status, v.successes, v.failures {ACTIVE} ORDER BY s.name"
        )
    ]
    calls = _read_calls(connection)
    return SkillGraph(tuple(nodes), tuple((one, other) for one in calls for other in calls[one]))


def read_graph_around(
    connection: sqlite3.Connection, name: str, most: int | None = None
) -> SkillGraph:
    """A skill with all that it calls and all that calls it, through others too.

    The nearest first where there are more than `most`. Raises UnknownSkillError.
    """
    callees = _read_calls(connection)
    if name not in callees:
        raise UnknownSkillError(name, tuple(callees))
    callers = defaultdict[str, list[str]](list)
    for caller, called in callees.items():
        for callee in called:
            callers[callee].append(caller)
    near = _interleaved(
        reached([name], lambda one: callees.get(one, ())),
        reached([name], lambda one: callers.get(one, ())),
    )
    rows = rows_named(connection, near[:most])
    nodes = (Node(row.name, row.status, row.successes, row.failures) for row in rows.values())
    edges = ((caller, callee) for caller in rows for callee in callees[caller] if callee in rows)
    return SkillGraph(tuple(nodes), tuple(edges), len(near) - len(rows))


def most_called(connection: sqlite3.Connection, limit: int) -> tuple[tuple[str, int], ...]:
    """The skills that most others call, with how many do."""
    counts = Counter(callee for called in _read_calls(connection).values() for callee in called)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:limit])


def as_dot(graph: SkillGraph) -> str:
    """The graph in Graphviz's language."""
    lines = ["digraph skills {", "  rankdir=LR", "  node [shape=box]"]
    lines += [f"  {_quoted(node.name)} [tooltip={_quoted(node.status)}]" for node in graph.nodes]
    lines += [f"  {_quoted(caller)} -> {_quoted(callee)}" for caller, callee in graph.edges]
    return "\n".join([*lines, "}"])


def _interleaved(called: Sequence[str], calling: Sequence[str]) -> list[str]:
    """By turns what is called and what calls, so that neither is cut off for the other."""
    longest = max(len(called), len(calling))
    turns = (side[i] for i in range(longest) for side in (called, calling) if i < len(side))
    return list(dict.fromkeys(turns))


def _read_calls(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Every skill, by name, with the skills that it calls."""
    calls = dict(connection.execute(f"SELECT s.name, v.calls {ACTIVE} ORDER BY s.name").fetchall())
    return {
        name: [one for one in texts_in(called) or () if one in calls and one != name]
        for name, called in calls.items()
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
