"""The page of a session in a real browser: what is on it, and that it follows what happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mc_server import WorldView
from tests.browser.conftest import PATIENCE_MILLISECONDS, PHONE, looking, served
from tests.browser.watched_session import (
    LONG_SOURCE,
    SOURCE,
    add_death,
    add_earlier_run,
    add_event,
    make_session,
    played,
    seen_at,
)
from tests.live.processes import wait_until
from voyager import events
from voyager.home import Home
from voyager.journal.database import open_database, transaction
from voyager.journal.journal_opening import MIGRATIONS
from voyager.watching.web import WatchServer

pytestmark = pytest.mark.browser

PROBLEMS = (Path(__file__).parent / "fixtures" / "problems_of_page.js").read_text("utf-8")


@pytest.fixture(autouse=True)
def patience(browser):
    """A slow machine may take its time."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE_MILLISECONDS)


def expect(*arguments):
    from playwright.sync_api import expect as expected

    return expected(*arguments)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_session(tmp_path / "home")
    return tmp_path / "home"


@contextmanager
def watched(browser, home: Path, **device) -> Iterator:
    """The page of that home folder's session."""
    with (
        served(WatchServer(Home(home))) as server,
        looking(browser, server.page, **device) as page,
    ):
        page.goto(server.page)
        yield page


def state(page):
    return page.locator("#session")


def test_what_is_played_is_shown_as_it_happens(browser, home):
    with played(home) as feed, watched(browser, home) as page:
        expect(state(page)).to_have_text("Live")
        feed.hear(events.TaskProposed(2, "Mine 5 logs", "wood is scarce", "tech_tree"))
        expect(page.get_by_role("heading", name="Mine 5 logs")).to_be_visible()
        expect(page.get_by_text("wood is scarce", exact=True)).to_be_visible()
        feed.hear(events.ProgramWritten(1, "mineLogs", "recipe", False, SOURCE))
        running = page.locator(".line.running")
        for line in (3, 5):
            feed.hear(events.LineReached("mineLogs", line, ""))
            expect(running).to_have_text(SOURCE.splitlines()[line - 1])
        expect(page.get_by_text("attempt 1 · proposed by tech tree")).to_be_visible()
        feed.hear(seen_at(30, 40, health=3.0, inventory={"oak_log": 64}))
        expect(page.get_by_text("30, 64, 40, facing north")).to_be_visible()
        expect(page.get_by_role("list", name="Inventory")).to_have_text("oak log 64")
        expect(page.get_by_role("progressbar", name="Health")).to_have_js_property("value", 3)
        feed.hear(events.ProgressReported("mined 2 of 5 oak_log"))
        expect(page.get_by_text("mined 2 of 5 oak_log")).to_be_visible()
        expect(page).to_have_title("Run 1 · Voyager")


def test_the_running_line_stays_in_sight(browser, home):
    with played(home) as feed, watched(browser, home) as page:
        feed.hear(events.TaskProposed(2, "Build a tower", "", "tech_tree"))
        feed.hear(events.ProgramWritten(1, "buildTower", "recipe", False, LONG_SOURCE))
        feed.hear(events.LineReached("buildTower", 180, ""))
        expect(page.locator(".line.running")).to_be_in_viewport()
        page.get_by_role("checkbox", name="follow the running line").uncheck()
        feed.hear(events.LineReached("buildTower", 3, ""))
        expect(page.locator(".line.running")).to_have_count(1)
        expect(page.locator(".line").nth(2)).to_have_class("line running")
        expect(page.locator(".line.running")).not_to_be_in_viewport()


def test_the_map_has_the_trail_finds_and_deaths(browser, home):
    with played(home) as feed, watched(browser, home) as page:
        chart = page.get_by_role("img", name="Map of overworld")
        expect(chart).to_have_accessible_name(
            "Map of overworld: 401 places, 1 finds, 1 deaths, the bot at 11, -20"
        )
        painted = "canvas => canvas.toDataURL()"
        before = chart.evaluate(painted)
        chart.focus()
        page.keyboard.press("+")
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(
            f"seen => ({painted})(document.getElementById('map')) !== seen", arg=before
        )
        with (
            closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
            transaction(connection),
        ):
            add_death(connection, "slain by a zombie", 300.0)
        feed.hear(events.BotDied("slain by a zombie", (300, 70, 90), "overworld", {}, 500.0))
        expect(chart).to_have_accessible_name(
            "Map of overworld: 401 places, 1 finds, 2 deaths, the bot at 11, -20"
        )
        page.get_by_text("Finds and deaths as a list").click()
        expect(page.locator("#marks li").first).to_contain_text("died: slain by a zombie at 300")
        feed.hear(seen_at(0, 0, dimension="the_nether"))
        expect(page.get_by_role("combobox", name="Dimension")).to_have_value("the_nether")
        page.get_by_role("combobox", name="Dimension").select_option("overworld")
        expect(page.get_by_role("img", name="Map of overworld: 400 places")).to_be_visible()


def test_charts_have_what_was_reached_and_spent(browser, home):
    with watched(browser, home) as page:
        expect(page.get_by_role("img", name="6 unique items in 15 min")).to_be_visible()
        expect(page.locator("#items-chart .dot")).to_have_count(6)
        wood = page.locator(".level").first
        expect(wood.locator(".reached")).to_have_count(5)
        expect(page.locator(".steps .next")).to_have_count(2)
        expect(page.locator(".steps .next").first).to_contain_text("cobblestone")
        spend = page.get_by_role("table", name="Spend by role")
        expect(spend.get_by_role("row", name="writer")).to_have_text("writer1212,000$0.1200")
        expect(page.locator("#spend-chart .curve")).to_have_count(2)


def test_the_chart_of_items_stands_on_what_earlier_runs_of_the_world_held(browser, home):
    add_earlier_run(home, ["coal", "torch"])
    with played(home), watched(browser, home) as page:
        expect(page.get_by_role("img", name="8 unique items in 15 min")).to_be_visible()
        expect(page.locator("#tiles")).to_contain_text("unique items8")
        lowest = page.locator("#items-chart .curve").get_attribute("d")
        assert lowest and float(lowest.split()[1]) < 164, "it begins above the line of zero"


def test_a_fault_is_told_while_it_lasts_and_after(browser, home):
    with played(home) as feed, watched(browser, home) as page:
        expect(page.get_by_role("region", name="Faults")).to_contain_text("over after 3.3 s")
        feed.hear(events.FaultHappened(7, "server", "froze", "It has not answered for 20 s."))
        expect(page.get_by_role("alert")).to_contain_text("The server froze since")
        expect(page.get_by_role("region", name="Faults")).to_contain_text("not over")
        feed.hear(events.FaultOver(7, "server", "froze", 4.0, "It was started again."))
        expect(page.locator("#alerts li")).to_have_count(0)
        expect(page.get_by_role("region", name="Last events")).to_contain_text("server")
        expect(page.get_by_role("region", name="Reflexes and upkeep")).to_contain_text("eat")


def test_it_comes_back_with_the_agent(browser, home):
    with watched(browser, home) as page:
        expect(state(page)).to_contain_text("No session is played now")
        expect(page.get_by_role("heading", name="Mine 3 logs")).to_be_visible()
        expect(page.get_by_role("region", name="The last program: mineLogs")).to_contain_text(
            "</script><script>"
        )
        with played(home) as feed:
            expect(state(page)).to_have_text("Live")
            expect(page.get_by_role("heading", name="Between two tasks")).to_be_visible()
            feed.hear(seen_at(1, 2))
            expect(page.get_by_text("1, 64, 2, facing north")).to_be_visible()
        expect(state(page)).to_contain_text("The agent went away")
        expect(page.get_by_role("heading", name="The bot, as it was last seen")).to_be_visible()
        with played(home) as feed:
            expect(state(page)).to_have_text("Live")
            feed.hear(events.RunEnded("finished", "the iron pickaxe is there", 1000.0))
        expect(state(page)).to_contain_text("The session is over: the iron pickaxe is there")


def test_a_long_session_stays_light(browser, home):
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        transaction(connection),
    ):
        add_event(connection, events.SkillStored("mineLogs", 1, "Mine logs"), 100_000)
        connection.executemany(
            "INSERT INTO positions (run_id, seconds, dimension, x, y, z, kind)"
            " VALUES (1, ?, 'overworld', ?, 64, 0, 'walked')",
            [(step, step) for step in range(30_000)],
        )
    with played(home) as feed, watched(browser, home) as page:
        expect(state(page)).to_have_text("Live")
        feed.hear(events.TaskProposed(2, "Mine 5 logs", "", "tech_tree"))
        feed.hear(events.ProgramWritten(1, "mineLogs", "recipe", False, SOURCE))
        for number in range(5000):
            feed.hear(events.LineReached("mineLogs", 1 + number % 5, ""))
            feed.hear(seen_at(number % 100, 5))
            feed.hear(events.MilestoneReached(f"item_{number}", 1, 1.0))
        feed.hear(seen_at(77, 88))
        expect(page.get_by_text("77, 64, 88, facing north")).to_be_visible()
        assert page.evaluate("document.querySelectorAll('*').length") < 3000
        sizes = page.evaluate(
            "fetch('past.json').then(answer => answer.text()).then(text => text.length)"
        )
        assert sizes < 200_000


def test_nobody_sees_it_without_the_token(browser, home):
    with served(WatchServer(Home(home))) as server:
        context = browser.new_context()
        try:
            page = context.new_page()
            for address in (server.url, f"{server.url}past.json", f"{server.url}guess/past.json"):
                answer = page.goto(address)
                assert answer is not None and answer.status == 404
                expect(page.get_by_text("Open the address as")).to_be_visible()
            answer = page.goto(server.page)
            assert answer is not None
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy
        finally:
            context.close()


@pytest.mark.parametrize(
    "device",
    [{}, {"color_scheme": "dark"}, PHONE, PHONE | {"color_scheme": "dark"}],
    ids=["desktop", "dark", "phone", "dark phone"],
)
def test_everybody_can_use_the_page(browser, home, device):
    with played(home) as feed, watched(browser, home, **device) as page:
        feed.hear(events.TaskProposed(2, "Mine 5 logs", "wood is scarce", "tech_tree"))
        feed.hear(events.ProgramWritten(1, "mineLogs", "recipe", False, SOURCE))
        feed.hear(events.LineReached("mineLogs", 3, ""))
        feed.hear(events.FaultHappened(7, "server", "froze", "x" * 300))
        expect(page.locator(".line.running")).to_be_visible()
        expect(page.get_by_role("region", name="Faults")).to_contain_text("not over")
        expect(page.get_by_role("img", name="6 unique items")).to_be_visible()
        assert page.evaluate(f"({PROBLEMS})()") == []


def test_the_page_is_used_with_the_keyboard_alone(browser, home):
    with watched(browser, home) as page:
        expect(page.get_by_role("region", name="The last program")).to_be_visible()
        reached = []
        for _ in range(20):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.id"))
        wanted = ["follow", "source", "dimension", "map-in", "map-out", "map-fit", "map"]
        assert [name for name in dict.fromkeys(reached) if name in wanted] == wanted


def test_the_3d_view_is_offered_where_it_can_be_had(browser, home):
    class View(WorldView):
        url = "http://127.0.0.1:9/token/"

        def __init__(self):
            self.told = []

        def show(self, world):
            self.told.append(world)

        def move(self, position):
            self.told.append(position)

    view = View()
    with (
        served(WatchServer(Home(home), view=view)) as server,
        looking(browser, server.page) as page,
    ):
        page.goto(server.page)
        expect(page.get_by_text("No 3D view of this run")).to_be_visible()
    (home / "worlds" / "meadow").mkdir(parents=True)
    (home / "worlds" / "meadow" / "world.json").write_text("{}")
    with (
        played(home),
        served(WatchServer(Home(home), view=view)) as server,
        looking(browser, server.page) as page,
    ):
        page.goto(server.page)
        expect(page.get_by_role("link", name="In 3D")).to_have_attribute("href", view.url)
        # The view is told from another thread than the page.
        bot = {"x": 10.5, "y": 64.0, "z": -20.5, "yaw": 0.0}
        assert wait_until(lambda: view.told[-2:] == [home / "worlds" / "meadow", bot]), view.told
