"""The report as a page, in a real browser: from a file, on any device, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import PATIENCE_MILLISECONDS, PHONE, looking
from tests.voyager.example_night import FOREIGN, write_night
from voyager.command_line import main

pytestmark = pytest.mark.browser

PROBLEMS = (Path(__file__).parent / "fixtures" / "problems_of_page.js").read_text("utf-8")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page on a night of play is."""
    home = tmp_path_factory.mktemp("night")
    write_night(home)
    assert (
        main(["report", "--home", str(home), "--html", str(home / "report.html"), "--quiet"]) == 0
    )
    return (home / "report.html").as_uri()


@pytest.mark.parametrize(
    "device",
    [{}, {"color_scheme": "dark"}, PHONE, PHONE | {"color_scheme": "dark"}],
    ids=["desktop", "dark", "phone", "dark phone"],
)
def test_everybody_can_read_the_report(browser, report, device):
    with looking(browser, report, **device) as page:
        page.goto(report, timeout=PATIENCE_MILLISECONDS)
        assert page.evaluate(f"({PROBLEMS})()") == []
        assert page.title() == "Run 1 in default: report"
        assert page.locator("svg[role=img]").count() == 3
        assert FOREIGN.split("\x1b")[0] in page.locator("#deaths").inner_text()


def test_the_report_can_be_printed(browser, report):
    with looking(browser, report) as page:
        page.goto(report, timeout=PATIENCE_MILLISECONDS)
        page.emulate_media(media="print")
        assert (
            page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        )
        assert page.pdf().startswith(b"%PDF")
