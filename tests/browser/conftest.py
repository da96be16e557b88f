"""Chromium, and the pages of an example library; which of it runs only when asked for."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from tests.browser.example_library import make_example
from voyager.home import Home
from voyager.inspector import InspectorServer
from voyager.inspector.library_view import LibraryView
from voyager.loopback import LoopbackServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Served = TypeVar("Served", bound=LoopbackServer)

BROWSER = "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# No sandbox: it does not work for root. The rest keeps the browser from talking to its maker.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PATIENCE_MILLISECONDS = 120_000
DESKTOP = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 375, "height": 780}, "has_touch": True, "is_mobile": True}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A browser is a large program: its tests run where `-m` names them."""
    if BROWSER in str(config.getoption("-m")):
        return
    left_out = [item for item in items if item.get_closest_marker(BROWSER)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        pytest.fail("Playwright is missing: run scripts/test -m browser, which installs it.")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail("Chromium is missing: install it, on Debian with `apt-get install chromium`.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield launched
        launched.close()


@contextmanager
def served(made: Served) -> Iterator[Served]:
    """That server, while it answers."""
    with made as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(timeout=30)


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of the pages of a home folder."""
    with closing(LibraryView(Home(home))) as view, served(InspectorServer(view)) as server:
        yield server.url


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The home folder of the example library."""
    make_example(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def address(example: Path) -> Iterator[str]:
    """Where its pages are."""
    with serving(example) as url:
        yield url


@contextmanager
def looking(browser: Browser, address: str, **device: Any) -> Iterator[Page]:
    """A page on a device. In the end nothing was wrong in it, and all it loaded came from here."""
    context = browser.new_context(base_url=address, **(DESKTOP | device))
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = context.new_page()
    wrong, elsewhere = list[str](), list[str]()
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: _note_elsewhere(asked.url, address, elsewhere))
    try:
        yield page
        assert (wrong, elsewhere) == ([], [])
    finally:
        context.close()


def _note_elsewhere(url: str, address: str, elsewhere: list[str]) -> None:
    if not url.startswith(address):
        elsewhere.append(url)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The list of the example library on a desktop."""
    with looking(browser, address) as page:
        page.goto("/")
        yield page
