"""`voyager skills graph`: which skill calls which, as a tree, for Graphviz or for scripts."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from voyager.command_line.tables import print_json
from voyager.foreign_text import printable
from voyager.reports.skills.skill_graph import (
    SkillGraph,
    as_dot,
    read_graph,
    read_graph_around,
)

Arrows = Mapping[str, Sequence[str]]


def print_graph(connection: sqlite3.Connection, options: argparse.Namespace) -> None:
    """Print the whole graph, or what one skill calls and is called by."""
    name = options.name
    graph = read_graph_around(connection, name) if name else read_graph(connection)
    if options.json:
        print_json(
            {"nodes": [asdict(n) for n in graph.nodes], "edges": [list(e) for e in graph.edges]}
        )
    elif options.dot:
        print(as_dot(graph))
    elif not graph.nodes:
        print("No skills yet.")
    else:
        for line in _around(name, graph) if name else _whole(graph):
            print(printable(line))


def _around(name: str, graph: SkillGraph) -> Iterator[str]:
    callers = graph.callers()
    yield from _tree([name], graph.callees(), graph)
    if name in callers:
        yield ""
        yield "called by:"
        yield from _tree(callers[name], callers, graph)


def _whole(graph: SkillGraph) -> Iterator[str]:
    """Each skill that no other calls, with what it calls; in a circle anyone begins."""
    callees, called = graph.callees(), graph.callers()
    roots = [node.name for node in graph.nodes if node.name not in called]
    # What stands alone comes last, where it does not tear the trees apart.
    roots.sort(key=lambda name: name not in callees)
    shown = set[str]()
    yield from _tree(roots, callees, graph, shown)
    yield from _tree((n.name for n in graph.nodes if n.name not in shown), callees, graph, shown)


def _tree(
    roots: Iterable[str], arrows: Arrows, graph: SkillGraph, shown: set[str] | None = None
) -> Iterator[str]:
    """A line for each skill, under the one it hangs on; what was shown before is not unfolded."""
    shown = set() if shown is None else shown
    statuses = {node.name: node.status for node in graph.nodes}
    for root in roots:
        if root in shown and not arrows.get(root):
            continue
        waiting = [(root, "", "")]
        while waiting:
            name, head, indent = waiting.pop()
            status = "" if statuses[name] == "verified" else f" ({statuses[name]})"
            again = name in shown and bool(arrows.get(name))
            yield f"{head}{name}{status}{' ...' if again else ''}"
            if again:
                continue
            shown.add(name)
            branches = arrows.get(name, ())
            for number, branch in enumerate(reversed(branches)):
                fork, rest = ("└── ", "    ") if number == 0 else ("├── ", "│   ")
                waiting.append((branch, indent + fork, indent + rest))
