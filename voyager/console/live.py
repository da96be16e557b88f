"""The live display in a terminal: one panel that is redrawn as the agent plays."""

from __future__ import annotations

import threading
import time
from typing import Self

from rich import get_console
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from voyager import events
from voyager.console.screen import Screen
from voyager.foreign_text import printable

ITEMS_SHOWN = 16
NAMES_SHOWN = 12
PARTS_SHOWN = 8
FRAME_COLUMNS, FRAME_LINES = 4, 3  # the panel's border, and the line that the cursor is on


class LiveConsole:
    """Shows a `Screen` for as long as it is entered."""

    def __init__(self, console: Console | None = None) -> None:
        self._screen = Screen()
        # Events come from two threads, and a third one draws.
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self._spinner = Spinner("dots")
        self._console = console or get_console()
        self._live = Live(
            get_renderable=self.render,
            console=self._console,
            refresh_per_second=8,
            transient=False,
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def note(self, text: str) -> None:
        """What is under way before the game begins."""
        with self._lock:
            self._screen.progress = printable(text)

    def hear(self, event: events.Event) -> None:
        """Take in one event; the next redraw shows it."""
        with self._lock:
            self._screen.hear(event)

    def render(self) -> RenderableType:
        """The panel as it is now."""
        with self._lock:
            return self._panel()

    def _panel(self) -> RenderableType:
        screen = self._screen
        played = time.strftime("%H:%M:%S", time.gmtime(time.monotonic() - self._begun))
        above = Group(*self._now(), Text(), self._table(), Text())
        body = Group(above, *self._recent(above))
        title = f"voyager: {screen.world or 'starting'}"
        if screen.goal:
            title += f", towards {screen.goal}"
        subtitle = f"{played} | {screen.passed} done, {screen.failed} failed | {screen.spent}"
        return Panel(
            body, title=Text(title), subtitle=Text(subtitle), title_align="left", padding=(0, 1)
        )

    def _now(self) -> list[RenderableType]:
        screen = self._screen
        if not screen.task:
            return [self._under_way()]
        head = Text(f"[{screen.iteration}] {screen.task}", style="bold")
        head.append(f"  {screen.why}", style="dim")
        if screen.status != "playing":
            return [head]
        return [head, self._under_way()]

    def _under_way(self) -> Table:
        doing, saying = self._screen.doing, self._screen.saying
        room = max(self._console.width - FRAME_COLUMNS - len(f"x {doing}  "), 1)
        if len(saying) > room:
            saying = f"\N{HORIZONTAL ELLIPSIS}{saying[1 - room :]}"  # its end is what is new
        line = Table.grid(padding=(0, 1), expand=True)
        line.add_column(width=1)
        line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        line.add_row(self._spinner, Text(f"{doing}  {saying}" if saying else doing))
        return line

    def _table(self) -> Table:
        screen = self._screen
        items = sorted(screen.inventory.items(), key=lambda item: (-item[1], item[0]))
        carried = [f"{count} {name}" for name, count in items[:ITEMS_SHOWN]]
        if len(items) > ITEMS_SHOWN:
            carried.append(f"and {len(items) - ITEMS_SHOWN} more")
        table = Table(box=None, show_header=False, padding=(0, 1, 0, 0), expand=True)
        table.add_column(style="cyan", no_wrap=True)
        table.add_column(ratio=1)
        if screen.models:
            table.add_row("models", Text(screen.models, overflow="fold"))
        if screen.parts:
            table.add_row("goal", Text("\n".join(_around_next(screen.parts))))
        table.add_row("inventory", Text(", ".join(carried) or "empty"))
        table.add_row("milestones", Text(_newest(screen.milestones)))
        table.add_row("new skills", Text(_newest(screen.skills)))
        return table

    def _recent(self, above: RenderableType) -> list[Text]:
        """The newest lines, as many as the terminal has room for."""
        lines = [
            Text(line, style="green" if line.startswith("done") else "yellow", overflow="fold")
            for line in self._screen.recent
        ]
        console = self._console
        inside = console.options.update(width=max(console.width - FRAME_COLUMNS, 1))

        def height(shown: RenderableType) -> int:
            return len(console.render_lines(shown, inside, pad=False))

        room = console.height - FRAME_LINES - height(above)
        while lines and sum(map(height, lines)) > room:
            del lines[0]
        return lines


def _around_next(parts: list[str]) -> list[str]:
    """As many lines of a goal's tree as there is room for, with the part that is played."""
    below = [line.removeprefix("  ") for line in parts[1:]] or parts  # the title has the whole
    playing = next((at for at, line in enumerate(below) if "[>]" in line), len(below))
    first = max(0, min(playing - 2, len(below) - PARTS_SHOWN))
    return below[first : first + PARTS_SHOWN]


def _newest(names: list[str]) -> str:
    if not names:
        return "none yet"
    shown = ", ".join(names[-NAMES_SHOWN:])
    return shown if len(names) <= NAMES_SHOWN else f"{len(names)} in all, last {shown}"
