"""The dashboard: what must be seen of a sitting, on terminals of every size."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from tests.voyager.watching.pictures import SOURCE, picture_of, playing, state
from voyager import events
from voyager.watching.dashboard import Dashboard
from voyager.watching.picture import Picture, empty_picture
from voyager.watching.running_source import RunningSource
from voyager.watching.way_map import way_map

FACTS = ("default", "iron_pickaxe", "Mine 3 logs", "recipes", "120, 64, -7", "savanna", "3 oak_log")


def shown(picture: Picture, columns: int, lines: int, skills: dict[str, str] | None = None) -> str:
    console = Console(
        width=columns, height=lines, file=io.StringIO(), force_terminal=True, color_system=None
    )
    source = RunningSource((skills or {}).get)
    with console.capture() as captured:
        console.print(Dashboard(picture.document, source))
    return captured.get()


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (110, 30), (200, 60)])
def test_what_matters_is_seen_on_every_terminal(columns, lines):
    text = shown(playing(), columns, lines)
    for fact in FACTS:
        assert fact in text
    assert "day 2, 12:00" in text
    assert "oak_log" in text
    assert "server ended: It was killed." in text
    rows = text.rstrip("\n").split("\n")
    assert len(rows) <= lines
    assert all(len(row) <= columns for row in rows)


@pytest.mark.parametrize(("columns", "lines"), [(1, 1), (20, 5), (40, 12), (300, 8), (30, 90)])
def test_a_terminal_that_is_too_small_shows_what_fits(columns, lines):
    for picture in (playing(), Picture(empty_picture())):
        rows = shown(picture, columns, lines).rstrip("\n").split("\n")
        assert len(rows) <= lines
        assert all(len(row) <= columns for row in rows)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (200, 60)])
def test_the_running_line_is_marked_among_those_around_it(columns, lines):
    marked = [row for row in shown(playing(), columns, lines).splitlines() if "❱" in row]
    assert len(marked) == 1
    assert "line57()" in marked[0]
    text = shown(playing(), columns, lines)
    assert "line56()" in text
    assert "line58()" in text
    assert "line1()" not in text


def test_in_a_skill_its_source_is_shown_and_of_a_lost_one_the_programs_own():
    picture = picture_of(
        events.ProgramWritten(1, "mineLogs", "recipes", False, SOURCE),
        events.LineReached("getWood", 2, "mineBlock('log')"),
    )
    assert "inTheSkill()" in shown(picture, 80, 24, {"getWood": "first()\ninTheSkill()\n"})
    assert "line1()" in shown(picture, 80, 24)
    assert "❱" not in shown(picture, 80, 24)


def test_text_from_elsewhere_moves_no_cursor():
    foreign = "\x1b[2J\x1b]0;title\x07[bold]\nnext"
    picture = picture_of(
        events.TaskProposed(1, foreign, foreign, foreign),
        events.ProgramWritten(1, "a", foreign, False, f"{foreign}\t\r\x1b[H"),
        events.LineReached("a", 1, foreign),
        events.ModelSaid("write", foreign),
        events.BotSeen(state(biome=foreign, inventory={foreign: 1}, equipment={"hand": foreign})),
        events.FaultHappened(1, foreign, foreign, foreign),
    )
    for size in ((80, 24), (200, 60)):
        text = shown(picture, *size)
        for dangerous in ("\x1b[2J", "\x1b]0", "\x07", "\x1b[H"):
            assert dangerous not in text
        assert "[bold]" in text


def test_how_a_sitting_ended_stays_to_be_seen():
    picture = playing()
    ended = events.RunEnded("stuck", "there is no way on", 3725.0)
    picture.take({"type": "run_ended", "at": "", **ended.to_json()})
    text = shown(picture, 80, 24)
    assert "stuck: there is no way on" in text
    assert "1:02:05" in text


def test_the_map_has_north_above_and_the_way_on_it():
    walk = [events.BotSeen(state(x, 0.0)) for x in range(0, 41, 5)]
    picture = picture_of(
        *walk,
        events.MilestoneReached("oak_log", 1, 2.0),
        events.BotDied("fell", (20.0, 64.0, -20.0), "overworld", {}, 3.0),
        events.BotSeen(state(40.0, 40.0)),
    )
    rows = way_map(picture.document, 41, 23)
    signs = {sign: number for number, row in enumerate(rows[:-2]) for sign in row if sign != " "}
    assert signs["*"] < signs["@"]
    assert rows[signs["*"]].startswith("....")
    assert rows[signs["@"]].endswith("@")
    assert "40 blocks across" in rows[-1]
    assert all(len(row) <= 41 for row in rows)
    assert way_map(picture.document, 5, 2) == []
