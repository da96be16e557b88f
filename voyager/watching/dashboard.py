"""The terminal's dashboard: a picture (`picture.py`) laid out for a terminal of any size.

Covers what stands where. What is said is in `facts.py`, `way_map.py` and `told_lines.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.layout import Layout
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from voyager.foreign_text import printable
from voyager.watching import facts
from voyager.watching.running_source import RunningSource
from voyager.watching.told_lines import told_lines
from voyager.watching.way_map import way_map

WIDE_COLUMNS, HIGH_LINES = 110, 30
"""From here on there are two columns, and room for more than the most needed."""
BORDERS = 2
FULL = 20
"""Points of health, and of food."""
BAR_CELLS = 10
HEADER_LINES = 2
SPARE_LINES = 2
"""For what is folded where it is long."""
TONES = {"bad": "red", "good": "green"}


class Dashboard:
    """A renderable of how it stands; `document` and `notice` may be exchanged at any time."""

    def __init__(self, document: Mapping[str, Any], source: RunningSource) -> None:
        self.document = document
        self.notice = ""
        """What is to be known of the connection; shown in the first line."""
        self._source = source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns, lines = options.max_width, options.height or console.height
        layout = Layout()
        wide = columns >= WIDE_COLUMNS and lines >= HIGH_LINES
        body = self._wide(columns, lines - HEADER_LINES) if wide else self._narrow(columns, lines)
        layout.split_column(Layout(self._header(columns), size=HEADER_LINES), body)
        yield from console.render(layout, options.update(height=lines))

    def _narrow(self, columns: int, lines: int) -> Layout:
        bot = self._bot(inventory_lines=1 if lines < HIGH_LINES else 3)
        reached = self._reached(names=6)
        fixed = len(bot) + BORDERS + len(reached) + HEADER_LINES
        news = max(3, (lines - fixed) // 3)
        body = Layout()
        program = lines - fixed - news
        body.split_column(
            Layout(self._program(program), name="program"),
            Layout(_panel("bot", bot), size=len(bot) + BORDERS),
            Layout(Group(*reached), size=len(reached)),
            Layout(self._news(news), size=news),
        )
        return body

    def _wide(self, columns: int, lines: int) -> Layout:
        body = Layout()
        left, right = Layout(ratio=3), Layout(ratio=2)
        news = max(6, lines // 3)
        left.split_column(
            Layout(self._program(lines - news)),
            Layout(_panel("events", [self._news(news - BORDERS)]), size=news),
        )
        bot = self._bot(inventory_lines=4)
        reached = self._reached(names=8, wrapped=True)
        goal = [Text(line) for line in facts.goal_tree_lines(self.document)][: max(0, lines // 5)]
        parts = [
            Layout(_panel("bot", bot), size=len(bot) + SPARE_LINES + BORDERS),
            Layout(
                _panel("reached", [*reached, *goal]),
                size=len(reached) + len(goal) + SPARE_LINES + BORDERS,
            ),
        ]
        used = sum(part.size or 0 for part in parts)
        across = columns * 2 // 5 - 4
        drawn = way_map(self.document, across, lines - used - BORDERS)
        parts.append(
            Layout(_panel("where it has been", [Text("\n".join(drawn) or "not seen yet")]))
        )
        right.split_column(*parts)
        body.split_row(left, right)
        return body

    # ---- parts

    def _header(self, columns: int) -> RenderableType:
        document = self.document
        first = Table.grid(expand=True)
        first.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        first.add_column(justify="right", no_wrap=True)
        clock = f"{facts.world_time(document)}  played {facts.run_time(document)}".strip()
        head = Text("voyager  ", style="bold cyan")
        if self.notice:
            head.append(printable(self.notice), style="bold yellow")
        else:
            head.append(facts.title(document), style="bold")
        first.add_row(head, Text(clock))
        second = Text(" | ".join(facts.counts(document)), no_wrap=True, overflow="ellipsis")
        return Group(first, second)

    def _program(self, lines: int) -> Panel:
        """The task, and the running line of its program with as many around it as there is room."""
        document = self.document
        about: list[RenderableType] = [
            _one_line(text, "dim" if number else "")
            for number, text in enumerate((facts.task_details(document), facts.doing(document)))
            if text
        ]
        source, line = self._source.of(document)
        room = lines - BORDERS - len(about)
        if source and room > 0:
            about.append(_source_lines(source, line, room))
        return _panel(facts.task_line(document), about)

    def _bot(self, inventory_lines: int) -> list[RenderableType]:
        document = self.document
        bars = Text()
        if bot := document["bot"]:
            bars.append("health ").append(_bar(bot["health"]), style="red")
            bars.append("  food ").append(_bar(bot["food"]), style="yellow")
        if worn := facts.worn_line(document):
            bars.append(f"  {worn}", style="dim")
        bars.no_wrap, bars.overflow = True, "ellipsis"
        carried = Text(facts.inventory_line(document), overflow="ellipsis")
        carried.no_wrap = inventory_lines == 1
        return [bars, _one_line(facts.bot_line(document)), carried]

    def _reached(self, names: int, wrapped: bool = False) -> list[RenderableType]:
        reached = Text(f"first held: {facts.milestone_line(self.document, names)}", style="green")
        reached.no_wrap, reached.overflow = not wrapped, "ellipsis"
        faults = [_one_line(f"fault: {line}", "red") for line in facts.fault_lines(self.document)]
        return [reached, *faults[:3]]

    def _news(self, lines: int) -> RenderableType:
        told = told_lines(self.document["events"])[:lines]
        return Group(
            *(
                _one_line(f"{facts.clock(line['at'])} {line['text']}", TONES.get(line["tone"], ""))
                for line in told
            )
        )


def _panel(title: str, parts: list[RenderableType]) -> Panel:
    return Panel(Group(*parts), title=Text(title), title_align="left", padding=(0, 1))


def _one_line(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style, no_wrap=True, overflow="ellipsis")


def _bar(points: float) -> str:
    """A bar of as many cells, and the number."""
    full = round(max(0.0, min(1.0, points / FULL)) * BAR_CELLS)
    return f"{'█' * full}{'░' * (BAR_CELLS - full)} {points:.0f}"


def _source_lines(source: str, line: int | None, room: int) -> Syntax:
    """So many lines of it, with the one that runs in their midst."""
    lines = [printable(text.expandtabs(4)) for text in source.splitlines()]
    middle = (line or 1) - room // 2
    first = max(1, min(middle, len(lines) - room + 1))
    return Syntax(
        "\n".join(lines),
        "javascript",
        theme="ansi_dark",
        line_numbers=True,
        line_range=(first, first + room - 1),
        highlight_lines={line} if line else set(),
        background_color="default",
    )
