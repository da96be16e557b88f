"""Which address is which page, and what stands on it."""

from __future__ import annotations

import json
import sqlite3
from http import HTTPStatus
from pathlib import Path
from typing import Any

from skills import SkillLibrary
from voyager.inspector.graph_layout import draw
from voyager.inspector.library_view import LibraryView
from voyager.inspector.plots import growth_plot, reliability_plot
from voyager.inspector.rendering import highlight, render
from voyager.loopback import BASE_FILES, Answer, Query, read_files
from voyager.reports.skills.skill_diff import diff_lines
from voyager.reports.skills.skill_graph import (
    MOST_AROUND,
    most_called,
    read_graph,
    read_graph_around,
)
from voyager.reports.skills.skill_page import SkillPage, read_skill_page
from voyager.reports.skills.skill_rows import (
    ORDERS,
    Choice,
    count_rows,
    counts_by_status,
    library_state,
    read_rows,
    rows_named,
)
from voyager.reports.skills.skill_stats import read_stats

ROWS_A_PAGE = 100
FOUND_BY_MEANING = 20
MOST_NODES = 500
"""A graph with more nodes is shown around one skill only."""
LONGEST_TEXT = 200
USES_LISTED = 30
_STATIC = Path(__file__).parent / "static"


class Pages:
    """The pages over a library."""

    def __init__(self, view: LibraryView) -> None:
        self._view = view
        files = read_files(BASE_FILES, _STATIC)
        self._static = {f"/static/{name}": answer for name, answer in files.items()}

    def answer(self, path: str, query: Query) -> Answer:
        """The page of that address. Raises what reading the library raises."""
        if path in self._static:
            return self._static[path]
        if path == "/favicon.ico":
            return self._static["/static/icon.svg"]
        with self._view.open() as (connection, library):
            if path == "/state.json":
                return _state(connection)
            if path == "/":
                return self._list(connection, query)
            if path == "/graph":
                return self._graph(connection, query)
            if path == "/figures":
                return _figures(connection)
            if path.startswith("/skill/"):
                return self._skill(connection, library, path.removeprefix("/skill/"), query)
        return self.problem("There is no such page.", HTTPStatus.NOT_FOUND)

    def problem(self, sentence: str, status: int) -> Answer:
        """A page that says what is wrong."""
        return _page("problem", status, here="", sentence=sentence)

    def _list(self, connection: sqlite3.Connection, query: Query) -> Answer:
        text = query.get("q", "").strip()[:LONGEST_TEXT]
        counts = counts_by_status(connection)
        status = query.get("status") if query.get("status") in counts else None
        order = query.get("order", "name")
        choice = Choice(text, status, order if order in ORDERS else "name")
        by_meaning = query.get("by") == "meaning" and bool(text)
        number = _number(query.get("page"), 1)
        scores = dict[str, float]()
        if by_meaning:
            scores = self._view.search(text, FOUND_BY_MEANING)
            named = rows_named(connection, scores)
            rows = [named[name] for name in scores if name in named]
            rows = [row for row in rows if status in (None, row.status)]
            count = len(rows)
        else:
            count = count_rows(connection, choice)
            pages = max(1, -(-count // ROWS_A_PAGE))
            number = min(number, pages)
            offset = (number - 1) * ROWS_A_PAGE
            rows = list(read_rows(connection, choice, offset, ROWS_A_PAGE))
        return _page(
            "list",
            here="list",
            choice=choice,
            orders=list(ORDERS),
            by_meaning=by_meaning,
            scores=scores,
            rows=rows,
            count=count,
            counts=counts,
            page=number,
            pages=max(1, -(-count // ROWS_A_PAGE)),
            first=(number - 1) * ROWS_A_PAGE,
        )

    def _graph(self, connection: sqlite3.Connection, query: Query) -> Answer:
        name = query.get("of", "").strip()
        count = count_rows(connection, Choice())
        if name and not rows_named(connection, [name]):
            return self._unknown(name)
        drawing, left_out, graph = None, 0, None
        if name:
            graph = read_graph_around(connection, name, MOST_AROUND)
        elif count <= MOST_NODES:
            graph = read_graph(connection)
        if graph is not None:
            drawing, left_out = draw(graph), graph.left_out
        return _page(
            "graph",
            here="graph",
            name=name,
            count=count,
            drawing=drawing,
            graph=graph,
            left_out=left_out,
            hubs=[] if graph else most_called(connection, 30),
        )

    def _skill(
        self, connection: sqlite3.Connection, library: SkillLibrary, name: str, query: Query
    ) -> Answer:
        if not rows_named(connection, [name]):
            return self._unknown(name)
        numbers = {skill.version for skill in library.versions(name)}
        version = _number(query.get("version"), 0)
        if version and version not in numbers:
            return self.problem(f"{name} has no version {version}.", HTTPStatus.NOT_FOUND)
        page = read_skill_page(connection, library, name, version or None)
        known = frozenset(row.name for row in (*page.callees, *page.callers))
        return _page(
            "skill",
            here="skill",
            page=page,
            skill=page.skill,
            source_lines=highlight(page.skill.source.rstrip(), known - {name}),
            plot=reliability_plot(page.uses),
            uses=page.uses[: -USES_LISTED - 1 : -1],
            **_comparison(page, library, query),
        )

    def _unknown(self, name: str) -> Answer:
        return self.problem(
            f"There is no skill {name[:LONGEST_TEXT]}: look for it in the list.",
            HTTPStatus.NOT_FOUND,
        )


def _comparison(page: SkillPage, library: SkillLibrary, query: Query) -> dict[str, Any]:
    """The two versions to be compared: as asked for, else this one with the one before."""
    numbers = [one.version for one in reversed(page.versions)]
    new = _number(query.get("to"), page.skill.version)
    new = new if new in numbers else page.skill.version
    older = [number for number in numbers if number < new]
    old = _number(query.get("from"), older[-1] if older else numbers[0])
    old = old if old in numbers else numbers[0]
    if len(numbers) < 2:
        return {"numbers": numbers, "old": old, "new": new, "difference": ()}
    sources = [library.get(page.skill.name, number).source for number in (old, new)]
    return {"numbers": numbers, "old": old, "new": new, "difference": diff_lines(*sources)}


def _figures(connection: sqlite3.Connection) -> Answer:
    stats = read_stats(connection)
    return _page("figures", here="figures", stats=stats, plot=growth_plot(stats.growth))


def _state(connection: sqlite3.Connection) -> Answer:
    """Something that is another whenever the library is."""
    return Answer(json.dumps({"state": library_state(connection)}).encode(), "application/json")


def _page(template: str, status: int = HTTPStatus.OK, **values: Any) -> Answer:
    return Answer(render(template, **values).encode("utf-8", "replace"), status=status)


def _number(text: str | None, otherwise: int) -> int:
    """A number of at most six digits that stands in an address."""
    plain = text is not None and text.isascii() and text.isdigit() and len(text) < 7
    return max(1, int(text)) if plain and text else otherwise
