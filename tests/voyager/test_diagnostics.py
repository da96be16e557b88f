"""What is logged goes to a file, and never stands in the way of play."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from tests.voyager.sittings import LOGS, gives, sitting
from voyager.diagnostics import diagnostics_in

LOGGER = logging.getLogger("skills.somewhere")
ROOT = Path(__file__).resolve().parents[2]


def test_warnings_are_added_to_the_log_while_a_sitting_lasts(tmp_path):
    for text in ("first", "second"):
        with diagnostics_in(tmp_path):
            LOGGER.warning("the %s → one", text)
        LOGGER.warning("too late")
    lines = (tmp_path / "voyager.log").read_text(encoding="utf-8").splitlines()
    assert [line.partition("WARNING ")[2] for line in lines] == [
        "skills.somewhere: the first → one",
        "skills.somewhere: the second → one",
    ]


def test_a_log_that_cannot_be_written_is_let_go(tmp_path, capfd):
    (tmp_path / "voyager.log").mkdir()
    with diagnostics_in(tmp_path):
        LOGGER.warning("nowhere to go")
    assert capfd.readouterr().err == ""


def test_nothing_is_logged_onto_the_screen(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.agent.play()
    for file in (tmp_path / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged " * 100)
    command = [sys.executable, "-m", "voyager", "skills", "search", "wood", "--home", tmp_path]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "mineLogs" in done.stdout


def test_a_log_is_begun_anew_when_it_is_large_with_one_old_one_kept(tmp_path):
    with diagnostics_in(tmp_path, most_bytes=1000):
        for number in range(100):
            LOGGER.warning("line %d", number)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["voyager.log", "voyager.log.1"]
    assert all(file.stat().st_size <= 1000 for file in tmp_path.iterdir())
    assert "line 99" in (tmp_path / "voyager.log").read_text(encoding="utf-8")
