"""Wishes: told from beside a sitting, read and answered within it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.voyager.sittings import LOGS, gives, sitting
from voyager.command_line import main
from voyager.errors import SettingsError
from voyager.events import WishTaken
from voyager.journal.database import acquire_home_lock
from voyager.journal.wishes import WISH_CHARACTERS, WishBox, Wishes


def tell(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> tuple[int, str]:
    """Run the command: its exit code, what it printed."""
    code = main(["tell", "--home", str(home), *words])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def told_as_json(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(tell(capsys, home, "--json", *words)[1])
    return shown


def test_a_wish_is_told_while_another_plays_and_its_answer_is_shown(tmp_path, capsys):
    with acquire_home_lock(tmp_path), sitting(tmp_path, gives(oak_log=2), LOGS, model="m") as one:
        code, said = tell(capsys, tmp_path, "Build a bed.")
        assert (code, said.splitlines()[0].split(". ")[1]) == (
            0,
            "It is read before the model is asked for the next task.",
        )
        wishes = Wishes(one.connection, one.run.world.id, one.journal)
        assert [(wish.id, wish.text) for wish in wishes.open()] == [(1, "Build a bed.")]
        wishes.take([1, 99], "Before night falls.")
        assert one.heard(WishTaken) == [WishTaken(1, "Build a bed.", "Before night falls.")]
        assert (wishes.open(), [wish.id for wish in wishes.recent()]) == ((), [1])
        one.agent.play()
        said = tell(capsys, tmp_path, "And a door.")[1]
        assert "1. Build a bed. (taken into account for task 1)" in said
        assert "   answered: Before night falls." in said
        kept = one.connection.execute("SELECT data FROM events WHERE type = 'wish_taken'")
        assert json.loads(kept.fetchone()[0])["reply"] == "Before night falls."


def test_with_nobody_playing_it_waits_for_the_next_sitting(tmp_path, capsys):
    with sitting(tmp_path, gives(), model="m"):
        pass  # as after a kill: the run counts as playing, and nobody holds the home
    (tmp_path / "voyager.lock").write_text("0\n")
    assert "Nobody is playing: it is read in the next sitting" in tell(capsys, tmp_path, "Hi")[1]


def test_a_holder_that_is_there_but_plays_another_world_is_not_this_ones(tmp_path, capsys):
    with sitting(tmp_path, gives(), LOGS, model="m") as one:
        one.agent.play()
    with acquire_home_lock(tmp_path), sitting(tmp_path, gives(), world="v", model="m"):
        assert told_as_json(capsys, tmp_path)["world"] == "v"
        assert told_as_json(capsys, tmp_path, "--world", "w", "Hi")["playing"] is False
        assert told_as_json(capsys, tmp_path, "Hi")["playing"] is True
    assert (tmp_path / "voyager.lock").read_text() == f"{os.getpid()}\n"


def test_without_a_model_it_says_that_nobody_reads_it_and_what_works(tmp_path, capsys):
    with sitting(tmp_path, gives()):
        said = tell(capsys, tmp_path, "Hi")[1]
    assert "nobody reads it now" in said
    assert "`voyager play --goal ITEM`" in said


def test_what_is_withdrawn_is_not_read_and_what_was_answered_stays(tmp_path, capsys):
    with sitting(tmp_path, gives(), model="m") as one:
        for text in ("a", "b"):
            tell(capsys, tmp_path, text)
        wishes = Wishes(one.connection, one.run.world.id)
        assert tell(capsys, tmp_path, "--withdraw", "1") == (0, "Withdrawn: a\n")
        assert [wish.text for wish in wishes.open()] == ["b"]
        wishes.take([1, 2], "yes")
    listed = told_as_json(capsys, tmp_path, "--list")["wishes"]
    assert [(one["status"], one["reply"]) for one in listed] == [
        ("withdrawn", ""),
        ("taken", "yes"),
    ]
    for number, said in (("1", "withdrawn"), ("2", "taken into account")):
        assert tell(capsys, tmp_path, "--withdraw", number) == (
            2,
            f"voyager: Wish {number} was {said} already.\n",
        )
    assert tell(capsys, tmp_path, "--withdraw", f"{10**30}")[0] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([" \n"], "nothing to tell"),
        (["x" * (WISH_CHARACTERS + 1)], "in fewer words"),
        (["x", "--withdraw", "1"], "one at a time"),
        (["x", "--world", "nowhere"], "'nowhere': there is w"),
    ],
)
def test_what_cannot_be_told_is_a_sentence(tmp_path, capsys, words, said):
    with sitting(tmp_path, gives()):
        pass
    code, shown = tell(capsys, tmp_path, *words)
    assert code == 2
    assert said in shown
    assert not told_as_json(capsys, tmp_path)["wishes"]


def test_no_text_breaks_the_box_or_the_terminal(tmp_path, capsys):
    with sitting(tmp_path, gives(), model="m") as one:
        box = WishBox(one.connection, one.run.world.id)
        box.tell("half \ud83d of a character, \x00 and \x1b[2J\nmore'; DROP TABLE wishes")
        Wishes(one.connection, one.run.world.id).take([1], "\x1b[31m\ud800" + "y" * 9999)
    said = tell(capsys, tmp_path, "--list")[1]
    assert "\x1b" not in said
    assert len(said.splitlines()) == 2


def test_a_wish_of_another_world_is_not_this_ones(tmp_path):
    with sitting(tmp_path, gives()) as one, sitting(tmp_path, gives(), world="v") as two:
        WishBox(one.connection, one.run.world.id).tell("a")
        assert not Wishes(two.connection, two.run.world.id).open()
        with pytest.raises(SettingsError, match="no wish 1 in this world"):
            WishBox(two.connection, two.run.world.id).withdraw(1)
