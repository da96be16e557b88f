"""`voyager skills history | diff | rollback | pin | ban | edit`: a person's word on skills."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mc_server import GameData
from skills import SkillLibrary, SkillStatus, open_library
from tests.voyager.sittings import LOGS, Sitting, gives, sitting
from voyager.command_line import main
from voyager.command_line.skills import editing
from voyager.home import Home
from voyager.journal.database import transaction
from voyager.journal.journal_opening import open_journal

Said = Callable[..., tuple[int, str, str]]
SECOND = "async function mineLogs () { /* second */ }"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where mineLogs has two verified versions, and hut calls it."""
    folder = tmp_path / "home"
    with sitting(folder, gives(oak_log=2), LOGS) as one:
        one.agent.play()
        one.library.set_status("mineLogs", SkillStatus.VERIFIED, reason="it worked again")
        known = one.library.get("mineLogs")
        one.library.add(replace(known, source=SECOND))
        one.library.add(replace(known, name="hut", calls=("mineLogs",), contract={}))
    return folder


@pytest.fixture
def said(home: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run an action: its exit code, its output, its errors."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        code = main(["skills", *map(str, words), "--home", str(home)])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def told(said: Said, *words: str | Path) -> Any:
    code, output, errors = said(*words, "--json")
    assert (code, errors) == (0, "")
    return json.loads(output)


def test_the_history_names_every_version_and_every_change(said):
    found = told(said, "history", "mineLogs")
    assert found["active"] == 2
    assert [(one["version"], one["status"]) for one in found["versions"]] == [
        (1, "verified"), (2, "verified"),
    ]  # fmt: skip
    changes = [(one["version"], one["change"]) for one in found["changes"]]
    assert changes == [
        (1, "candidate"), (1, "verified"), (2, "verified"), (2, "activated"),
    ]  # fmt: skip
    code, output, _ = said("history", "mineLogs")
    assert code == 0
    assert output.startswith("mineLogs: version 2 is in use\n")
    assert "version 1 verified: it worked again" in output


def test_a_difference_is_told_line_by_line(said):
    found = told(said, "diff", "mineLogs")
    assert (found["old"], found["new"]) == (1, 2)
    assert [(line["sign"], line["text"]) for line in found["lines"]][-1] == ("+", SECOND)
    assert told(said, "diff", "mineLogs", "1") == found
    assert told(said, "diff", "mineLogs", "2", "1")["new"] == 1
    _, output, _ = said("diff", "mineLogs")
    assert output.splitlines()[:2] == [
        "--- mineLogs, version 1, verified",
        "+++ mineLogs, version 2, verified",
    ]
    assert said("diff", "hut")[:2] == (
        0, "hut has one version: there is nothing to compare it with.\n",
    )  # fmt: skip


def test_one_goes_back_to_the_version_that_was_verified_before(said):
    assert told(said, "rollback", "mineLogs")[0]["version"] == 1
    assert told(said, "history", "mineLogs")["active"] == 1
    assert said("rollback", "mineLogs", "2") == (
        0, "mineLogs is in use in version 2 now, verified.\n", "",
    )  # fmt: skip
    assert "already" in said("rollback", "mineLogs", "2")[1]
    code, _, errors = said("rollback", "hut")
    assert (code, errors.split(":")[1].strip()) == (2, "No other version of hut is verified")


def test_a_quarantined_version_comes_back_as_a_candidate_with_what_calls_it(said, home):
    here = Home(home)
    with (
        open_journal(here) as connection,
        closing(open_library(connection, here.index)) as library,
        transaction(connection),
    ):
        library.activate("mineLogs", 1)
        assert set(library.quarantine("mineLogs", "it broke")) == {"mineLogs", "hut"}
        library.activate("mineLogs", 2)
    [done] = told(said, "rollback", "mineLogs", "1")
    assert done["said"].startswith("mineLogs is in use in version 1 now, candidate. It was quarant")
    statuses = {one["name"]: one["status"] for one in told(said, "list")}
    assert statuses == {"mineLogs": "candidate", "hut": "verified"}


def test_pinning_and_banning_are_noted_with_a_reason_and_taken_back(said):
    assert told(said, "pin", "mineLogs", "hut", "--reason", "mine")[1]["pinned"] is True
    assert told(said, "ban", "mineLogs")[0]["callers"] == ["hut"]
    found = told(said, "history", "mineLogs")
    assert (found["pinned"], found["banned"]) == (True, True)
    assert [one["reason"] for one in found["changes"][-2:]] == ["mine", "by hand"]
    assert "pinned, banned" in said("history", "mineLogs")[1].splitlines()[0]
    assert "So may be used again what calls it: hut." in said("ban", "--undo", "mineLogs")[1]
    said("pin", "--undo", "mineLogs")
    assert told(said, "history", "mineLogs")["pinned"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("history", "mineLog"), ("diff", "mineLog"), ("rollback", "mineLog"), ("pin", "mineLog"),
        ("ban", "hut", "mineLog"), ("edit", "mineLog"),
    ],
)  # fmt: skip
def test_unknown_names_are_answered_with_close_ones_and_nothing_is_changed(said, words):
    code, _, errors = said(*words)
    assert code == 2
    assert "did you mean mineLogs?" in errors
    assert told(said, "history", "hut")["banned"] is False


def test_what_is_changed_while_the_agent_plays_holds_from_the_next_program_on(home, said):
    one = Sitting(home, gives(oak_log=2), replace(LOGS, description="More"))
    assert said("ban", "mineLogs")[0] == 0
    assert one.library.find_by_contract("inventory_has", "oak_log") == []
    one.agent.play()  # the program that is learned anew is kept, and is not used
    assert told(said, "history", "mineLogs")["banned"] is True
    assert one.library.find_by_contract("inventory_has", "oak_log") == []
    one.close()


# -- editing ---------------------------------------------------------------------------------

EDITED = """// Mines logs near by.
async function mineLogs (count = 2) {
  await mineBlock('log', count)
}
"""


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The game's names, without starting a world for them."""
    data = GameData("1.20.4", frozenset({"log"}), {}, {})
    monkeypatch.setattr(editing, "_game_data", lambda: data)


@pytest.mark.usefixtures("names")
def test_an_edited_text_is_a_candidate_beside_the_version_in_use(home, said, tmp_path):
    file = tmp_path / "new.js"
    file.write_text(EDITED)
    code, output, _ = said("edit", "mineLogs", "--file", file)
    assert (code, output.split(":")[0]) == (0, "mineLogs has a version 3 now, a candidate")
    with sitting(home, gives()) as one:
        library: SkillLibrary = one.library
        skill = library.get("mineLogs", 3)
        assert library.get("mineLogs").version == 2
    assert (skill.calls, skill.description) == (("mineBlock",), "Mines logs near by.")
    assert (skill.provenance.writer, skill.successes) == ("person", 0)
    assert "unchanged: that is version 3" in said("edit", "mineLogs", "--file", file)[1]


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("async function mineLogs () {", "never closed"),
        ("async function mineLogs () { await mineLog(1) }", "unknown; did you mean"),
        ("async function digLogs () { await mineBlock('log', 1) }", "keeps the name"),
        ("\xff", "not text in UTF-8"),
        ("/" * 30_000, "too long"),
        ("", "function"),
    ],
)
def test_a_text_that_is_no_such_skill_is_refused_in_a_sentence(said, tmp_path, text, why):
    file = tmp_path / "new.js"
    file.write_text(text, encoding="latin-1")
    code, _, errors = said("edit", "mineLogs", "--file", file)
    assert (code, why in errors) == (2, True), errors
    assert len(told(said, "history", "mineLogs")["versions"]) == 2


@pytest.mark.usefixtures("names")
def test_the_editor_gets_the_source_and_what_cannot_be_taken_is_kept(said, tmp_path, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert "set $EDITOR" in said("edit", "mineLogs")[2]
    monkeypatch.setenv("EDITOR", "false")
    assert "ended with code 1: nothing is changed" in said("edit", "mineLogs")[2]
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "cannot be started" in said("edit", "mineLogs")[2]
    monkeypatch.setenv("EDITOR", "true")
    assert "unchanged: that is version 2" in said("edit", "mineLogs")[1]
    monkeypatch.setenv("VISUAL", "sed -i s/)/(/")
    errors = said("edit", "mineLogs")[2]
    kept = Path(errors.partition("mend ")[2].partition(" and give")[0])
    assert kept.read_text() == SECOND.replace(")", "(")
    good = tmp_path / "good.js"
    good.write_text(EDITED)
    monkeypatch.setenv("VISUAL", f"cp {good}")
    assert "has a version 3 now" in said("edit", "mineLogs")[1]
