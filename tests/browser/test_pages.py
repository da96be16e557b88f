"""The pages of the library in a real browser: what is on them, and who can use them."""

from __future__ import annotations

import re
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from tests.browser.conftest import PATIENCE_MILLISECONDS, PHONE, looking, serving
from tests.browser.example_library import SKILLS, add_skill, add_use
from voyager.journal.database import open_database, transaction
from voyager.journal.journal_opening import MIGRATIONS

pytestmark = pytest.mark.browser

PRESS_WHEN_SEEN = """
new MutationObserver((_, observer) => {
  if (!location.pathname.startsWith('/skill/') || !document.querySelector('h1')) return
  observer.disconnect()
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'g', bubbles: true }))
}).observe(document, { childList: true, subtree: true })
"""
PROBLEMS = (Path(__file__).parent / "fixtures" / "problems_of_page.js").read_text("utf-8")
EVERY_PAGE = (
    "/",
    "/skill/smeltIronIngot",
    "/skill/sellFish",
    "/graph",
    "/graph?of=craftStick",
    "/figures",
)
NAMES = sorted(name for name, *_ in SKILLS)


@pytest.fixture(autouse=True)
def patience(browser):
    """A slow machine may take its time."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE_MILLISECONDS)


def expect(*arguments):
    from playwright.sync_api import expect as expected

    return expected(*arguments)


def shown(page):
    """The skills in the list that are not hidden."""
    return page.locator(".rows li:not([hidden]) .name")


def test_the_list_is_filtered_while_one_types(page):
    expect(shown(page)).to_have_text(NAMES)
    page.get_by_role("searchbox").fill("craft pick")
    expect(shown(page)).to_have_text([name for name in NAMES if "Pickaxe" in name])
    expect(page.get_by_text("3 skills", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape("/?q=craft+pick") + "$"))
    page.reload()
    expect(shown(page)).to_have_count(3)
    page.get_by_role("searchbox").press("Escape")
    expect(shown(page)).to_have_text(NAMES)
    page.get_by_role("radio", name="quarantined").check()
    expect(shown(page)).to_have_text(["catchFish", "sellFish"])
    page.get_by_role("radio", name="all").check()
    page.get_by_role("combobox", name="order").select_option("used")
    expect(shown(page).first).to_have_text("mineLogs")
    page.get_by_role("searchbox").fill("no such words")
    expect(shown(page)).to_have_count(0)
    expect(page.get_by_text("look by meaning")).to_be_visible()


def test_enter_searches_by_meaning(page):
    page.get_by_role("searchbox").fill("melting iron to get ingots")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_text("nearest in meaning")).to_be_visible()
    page.wait_for_load_state()  # its rows come after this
    assert "smeltIronIngot" in shown(page).all_text_contents()[:4]


def test_the_list_is_walked_with_the_keyboard_alone(page):
    def focused():
        return page.locator(":focus")

    page.keyboard.press("Tab")
    expect(focused()).to_have_text("Skip to the content")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("mine")
    page.keyboard.press("ArrowDown")
    expect(focused()).to_contain_text("mineCobblestone")
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(focused()).to_contain_text("mineRawIron")
    page.keyboard.press("k")
    expect(focused()).to_contain_text("mineLogs")
    outline = focused().evaluate("row => getComputedStyle(row).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("mineLogs")
    page.keyboard.press("g")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which skill calls which")


def test_a_key_works_from_the_moment_the_page_is_seen(page):
    page.add_init_script(PRESS_WHEN_SEEN)
    page.goto("/skill/mineLogs", wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which skill calls which")


def test_a_skill_has_a_page_with_all_that_is_known_of_it(page):
    page.get_by_role("link", name="smeltIronIngot").click()
    contract = page.get_by_role("table", name="The contract")
    expect(contract.get_by_role("row", name="must be near")).to_contain_text("furnace")
    expect(contract.get_by_text("not_found, 5 times: It was night.")).to_be_visible()
    source = page.get_by_role("region", name="Source")
    expect(source.locator(".line")).to_have_count(22)
    expect(source.get_by_role("link")).to_have_text(
        ["craftFurnace", "mineRawIron", "craftStonePickaxe"]
    )
    plot = page.get_by_role("img", name="Of the last uses of smeltIronIngot")
    expect(plot.locator(".use.failed")).to_have_count(7)
    expect(page.get_by_role("table", name="The newest uses")).to_contain_text("1.10.1")
    around = page.get_by_role("complementary")
    expect(around).to_contain_text("craftIronPickaxe")
    expect(around).to_contain_text("voyager transcript 1.10.1")
    expect(page.get_by_text("Also called makeIron.")).to_be_visible()
    expect(page.locator(".changes li")).to_have_count(4)
    source.get_by_role("link", name="mineRawIron").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("mineRawIron")


def test_two_versions_are_compared_line_by_line(page):
    page.goto("/skill/smeltIronIngot")
    expect(page.get_by_role("heading", name="From version 2 to version 3")).to_be_visible()
    page.get_by_role("combobox", name="from").select_option("1")
    page.get_by_role("combobox", name="to").select_option("2")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="From version 1 to version 2")).to_be_visible()
    expect(page.locator(".diff .removed .sign")).to_have_text(["-"])
    expect(page.locator(".diff .added .sign")).to_have_text(["+", "+"])
    expect(page.locator(".diff .removed .text")).to_have_text("  await craftFurnace(1)")
    colours = page.locator(".diff tr.added, .diff tr.removed").evaluate_all(
        "rows => new Set(rows.map(row => getComputedStyle(row).backgroundColor)).size"
    )
    assert colours == 2
    page.get_by_role("link", name="version 1", exact=True).click()
    expect(page.get_by_text("Programs use another one.")).to_be_visible()


def test_what_a_model_wrote_is_text_and_nothing_else(page):
    page.goto("/skill/sellFish")
    expect(page.get_by_role("region", name="Source")).to_contain_text("</script><script>")
    expect(page).to_have_title("sellFish · Skills")


def test_the_graph_is_moved_and_walked_by_keys(page):
    page.goto("/graph")
    canvas, drawing = page.locator("#canvas"), page.locator("#drawing")
    expect(page.locator(".node")).to_have_count(len(SKILLS))
    seen = [drawing.get_attribute("viewBox")]
    canvas.focus()
    for key in ("ArrowRight", "+", "0", "-"):
        page.keyboard.press(key)
        seen.append(drawing.get_attribute("viewBox"))
    assert all(one != other for one, other in pairwise(seen))
    page.get_by_role("link", name="smeltIronIngot,").focus()
    expect(page.locator(".arrow.on")).to_have_count(5)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".node:focus")).to_have_count(1)
    page.get_by_role("link", name="mineLogs,").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("mineLogs")


@pytest.mark.parametrize(
    "device",
    [{}, {"color_scheme": "dark"}, PHONE, PHONE | {"color_scheme": "dark"}],
    ids=["desktop", "dark", "phone", "dark phone"],
)
def test_everybody_can_use_every_page(browser, address, device):
    with looking(browser, address, **device) as page:
        grounds = set()
        for path in EVERY_PAGE:
            page.goto(path)
            expect(page.get_by_text("Follows the agent")).to_be_visible()
            assert (path, page.evaluate(f"({PROBLEMS})()")) == (path, [])
            grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        (ground,) = grounds
        bright = sum(map(int, ground[4:-1].split(","))) > 3 * 128
        assert bright is ("color_scheme" not in device)


def test_on_paper_is_what_matters(page):
    page.goto("/skill/smeltIronIngot")
    page.emulate_media(media="print")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("region", name="Source")).to_be_visible()
    assert not page.evaluate("document.querySelector('.source').scrollWidth > innerWidth")


def test_pages_follow_the_library_and_keep_the_focus(page, example):
    expect(page.get_by_text("Follows the agent")).to_be_visible()
    page.get_by_role("link", name="mineLogs").focus()
    with (
        closing(open_database(example / "voyager.db", MIGRATIONS)) as connection,
        transaction(connection),
    ):
        source = "async function bakeBread () {}"
        add_skill(connection, "bakeBread", source, (), description="Bake bread.")
        add_use(connection, "bakeBread", 1, True)
    expect(shown(page).first).to_have_text("bakeBread")
    expect(page.locator(":focus")).to_contain_text("mineLogs")


def test_a_large_library_comes_in_pages(browser, example):
    with (
        closing(open_database(example / "voyager.db", MIGRATIONS)) as connection,
        transaction(connection),
    ):
        for number in range(600):
            name = f"skill{number:04}"
            add_skill(connection, name, f"async function {name} () {{}}", (), description="Works.")
    with serving(example) as address, looking(browser, address) as page:
        page.goto("/")
        expect(shown(page)).to_have_count(100)
        page.get_by_role("link", name="Next").click()
        expect(page.get_by_text("101 to 200 of 617 skills")).to_be_visible()
        page.get_by_role("searchbox").fill("skill059")
        expect(shown(page)).to_have_count(10)
        page.goto("/graph")
        expect(page.get_by_text("617 skills are too many for one picture.")).to_be_visible()
        page.get_by_role("link", name="craftStick").click()
        expect(page.locator(".node.here")).to_contain_text("craftStick")
