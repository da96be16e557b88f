"""`voyager report` and `voyager runs compare`, as text, as JSON and as a page."""

from __future__ import annotations

import json
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.voyager.example_night import FOREIGN, write_night
from tests.voyager.session_rows import journal
from voyager.command_line import main

VOID = {"meta", "link", "line", "path", "polyline", "rect"}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder after a night of play."""
    home = tmp_path_factory.mktemp("night")
    write_night(home)
    return home


class Page(HTMLParser):
    """What is in a page; whatever is opened in it is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open, self.tags = list[str](), list[str]()
        self.attributes = list[tuple[str, str | None]]()
        self.words = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_report_is_readable_in_a_pipe(night, capsys):
    assert main(["report", "--home", str(night)]) == 0
    shown = capsys.readouterr().out
    first = shown.splitlines()[0]
    how_long = "8 h 00 min (16 h 00 min in the world)"
    assert first.startswith(f"Run 1 got as far as diamond tools in {how_long}: 24 new items, 80 of")
    for title in ("Unique items", "Tasks that failed, and why", "Deaths", "Faults", "Sittings"):
        assert f"\n{title}\n" in shown
    assert f"   voyager skills verify findDiamonds --home {night}\n" in shown
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", shown)


def test_as_json_it_is_one_document(night, capsys):
    assert main(["report", "1", "--home", str(night), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report)[:2] == ["headline", "run"]
    assert sum(report["time"]["parts"].values()) == pytest.approx(report["time"]["seconds"])


def test_the_page_needs_nothing_else_and_foreign_text_stays_text(night, tmp_path, capsys):
    file = tmp_path / "report.html"
    assert main(["report", "--home", str(night), "--html", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    source = file.read_text("utf-8")
    page = Page(source)
    assert page.open == [] and "script" not in page.tags
    assert page.tags.count("svg") == 3
    assert {value for name, value in page.attributes if name in ("href", "src")} == {"data:,"}
    assert "url(" not in source and "@import" not in source
    assert FOREIGN.split("\x1b")[0] in page.words
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", source)


def test_a_page_is_replaced_in_one_piece(night, tmp_path, monkeypatch, capsys):
    file = tmp_path / "report.html"
    file.write_text("as it was")
    monkeypatch.setattr("os.replace", _fails)
    assert main(["report", "--home", str(night), "--html", str(file)]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
    assert file.read_text() == "as it was"
    monkeypatch.undo()
    assert main(["report", "--home", str(night), "--html", str(file), "--quiet"]) == 0
    assert file.read_text("utf-8").startswith("<!doctype html>")
    assert stat.S_IMODE(file.stat().st_mode) & 0o600 == 0o600
    assert capsys.readouterr().out == ""


def _fails(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("name", ["", "no/such/folder/report.html", "nul\0"])
def test_where_no_page_can_be_written_it_is_a_sentence(night, tmp_path, name, capsys):
    assert main(["report", "--home", str(night), "--html", str(tmp_path / name)]) == 2
    assert "--html" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_two_runs_are_compared_side_by_side(tmp_path, capsys):
    with journal(tmp_path) as rows:
        rows.run(100, settings='{"options": {"seed": 7, "gym": true}, "critic": {"strict": 1}}')
        rows.run(300, model="m", settings='{"options": {"gym": false}, "critic": {"strict": 1}}')
        rows.item(10, "oak_log", run=1)
        rows.item(40, "oak_log", iteration=3, run=2)
        rows.task(0, 5, "passed")
    words = ["runs", "compare", "1", "2", "--home", str(tmp_path)]
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["settings"] == {"model": [None, "m"], "options.gym": [True, False]}
    assert found["figures"]["played_seconds"] == [100, 300]
    assert found["figures"]["tasks_passed"] == [1, 0]
    assert found["levels"]["wood"][1] == {"seconds": 40, "iteration": 3}
    assert main([*words, "--other-home", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^options.gym +on +off$", shown, re.M)
    assert re.search(r"^wood +10 s, task 1 +40 s, task 3$", shown, re.M)


def test_a_run_to_compare_that_is_not_there_is_a_sentence(night, tmp_path, capsys):
    assert main(["runs", "compare", "1", "9", "--home", str(night)]) == 2
    assert "No run 9" in capsys.readouterr().err
    other = ["--other-home", str(tmp_path / "none")]
    assert main(["runs", "compare", "1", "1", "--home", str(night), *other]) == 2
    assert "Nothing was played" in capsys.readouterr().err
