"""The command line: help, exit codes, JSON, quiet, and readers that go away. No game is played."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import curriculum
import mc_server
import skills
import voyager.agent
import voyager.errors
from curriculum import Proposal, Task
from mc_server import BridgeError, NodeMissingError, ServerUnreachableError
from skills import EmbedderError, IndexUnusableError, UnknownSkillError
from tests.voyager.sittings import LOGS, STICKS, gives, in_turn, raises, sitting
from voyager.command_line import main
from voyager.command_line.exit_codes import exit_code_of
from voyager.command_line.options import add_commands
from voyager.errors import DatabaseError, ModelRefusedError, SandboxError, SettingsError
from voyager.home import Home
from voyager.journal.database import LOCK_NAME, acquire_home_lock, open_database
from voyager.journal.journal_opening import MIGRATIONS, open_journal
from voyager.limits import Limits
from voyager.reports.run_reports import show_run

ROOT = Path(__file__).resolve().parents[2]
MARKED_UP = Task("Mine 2 logs [red] [1] [/]", LOGS.goal, "[/why]", "list")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which one task passed and one failed."""
    folder = tmp_path_factory.mktemp("played")
    with sitting(folder, in_turn(gives(oak_log=2), gives()), MARKED_UP, STICKS) as one:
        one.agent.play()
    return folder


@pytest.fixture
def home(played: Path, tmp_path: Path) -> Path:
    """A copy of it, to be used up."""
    return Path(shutil.copytree(played, tmp_path / "home"))


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """Run a command in this process: its exit code, its output, its errors."""
    code = main([*map(str, words)])
    output = capsys.readouterr()
    return code, output.out, output.err


def all_parsers() -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command and action with its parser."""
    top = argparse.ArgumentParser(prog="voyager")
    add_commands(top)
    waiting: list[tuple[tuple[str, ...], argparse.ArgumentParser]] = [((), top)]
    while waiting:
        words, parser = waiting.pop()
        yield words, parser
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                waiting += [((*words, name), p) for name, p in action.choices.items()]


PARSERS = dict(all_parsers())
LEAVES = [words for words, parser in PARSERS.items() if parser.get_default("module")]


# -- help ------------------------------------------------------------------------------------


def test_all_commands_are_known_to_these_tests():
    assert set(LEAVES) == {
        ("play",),
        ("doctor",),
        ("runs", "list"),
        ("runs", "show"),
        ("runs", "compare"),
        ("watch",),
        ("report",),
        ("checkpoint", "list"),
        ("checkpoint", "create"),
        ("checkpoint", "rewind"),
        ("checkpoint", "branch"),
        ("skills", "list"),
        ("skills", "show"),
        ("skills", "search"),
        ("skills", "graph"),
        ("skills", "stats"),
        ("skills", "serve"),
        ("skills", "history"),
        ("skills", "diff"),
        ("skills", "rollback"),
        ("skills", "pin"),
        ("skills", "ban"),
        ("skills", "edit"),
        ("skills", "verify"),
        ("skills", "merge"),
        ("skills", "import"),
        ("skills", "export"),
        ("transcript",),
        ("replay",),
        ("tell",),
        ("export", "finetune"),
    }


@pytest.mark.parametrize("words", PARSERS)
def test_help_answers_for_every_command(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: voyager")


@pytest.mark.parametrize("words", LEAVES)
def test_help_explains_every_option_and_names_what_it_is_without_it(words):
    for action in PARSERS[words]._actions:
        assert action.help, action
        optional = action.option_strings or action.nargs == "?"
        flag = isinstance(action, argparse._StoreTrueAction | argparse._StoreFalseAction)
        if optional and not flag and not isinstance(action, argparse._HelpAction):
            assert "(default: " in action.help, action
            if action.default not in (None, 0) and action.dest not in ("home", "server"):
                default = action.default
                shown = f"{default:g}" if isinstance(default, float) else str(default)
                assert f"(default: {shown})" in action.help, action


@pytest.mark.parametrize("words", LEAVES)
def test_the_common_options_are_everywhere(words):
    flags = {flag for action in PARSERS[words]._actions for flag in action.option_strings}
    assert {"--home", "--json", "--quiet"} <= flags


@pytest.mark.parametrize(
    "words", [["fly"], [], ["runs"], ["play", "--seed", "x"], ["runs", "show", "x"]]
)
def test_what_is_no_command_ends_with_two(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: voyager" in capsys.readouterr().err


# -- exit codes ------------------------------------------------------------------------------

CODES = {
    SettingsError: 2,
    SandboxError: 6,
    voyager.errors.WriterError: 1,
    voyager.errors.CheckpointError: 4,
    DatabaseError: 4,
    voyager.errors.HomeLockedError: 4,
    voyager.errors.ModelError: 5,
    ModelRefusedError: 5,
    voyager.errors.ModelUnreachableError: 5,
    voyager.errors.VoyagerError: 1,
    mc_server.McServerError: 3,
    NodeMissingError: 6,
    mc_server.ServerError: 3,
    ServerUnreachableError: 3,
    mc_server.ServerStartError: 3,
    mc_server.KickedError: 3,
    BridgeError: 3,
    mc_server.HomeFolderError: 4,
    skills.SkillError: 2,
    UnknownSkillError: 2,
    skills.SkillNameError: 2,
    skills.SkillCycleError: 2,
    skills.SkillUnavailableError: 2,
    IndexUnusableError: 4,
    EmbedderError: 6,
    curriculum.CurriculumError: 2,
    curriculum.GoalError: 2,
    curriculum.NoPlanError: 2,
    curriculum.UnknownItemError: 2,
}


def error_classes() -> set[type[Exception]]:
    """Every error of the four rooms."""
    waiting: list[type[Exception]] = [
        voyager.errors.VoyagerError,
        mc_server.McServerError,
        skills.SkillError,
        curriculum.CurriculumError,
    ]
    found: set[type[Exception]] = set()
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += one.__subclasses__()
    return {one for one in found if one.__module__.split(".")[0] != "tests"}


@pytest.mark.parametrize("kind", sorted(error_classes(), key=str))
def test_every_error_has_its_exit_code(kind):
    error = kind.__new__(kind)
    known = next(base for base in kind.__mro__ if base in CODES)
    assert exit_code_of(error) == CODES[known]


@pytest.mark.parametrize(("module", "code"), [("rich", 6), ("voyager.home", 1)])
def test_a_package_that_is_missing_is_told_but_not_a_module_of_ours(tmp_path, module, code):
    program = (
        f"import sys; sys.modules[{module!r}] = None; from voyager.command_line import main;"
        f" sys.exit(main(['runs', 'list', '--home', {str(tmp_path)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == code
    assert ("'rich' is missing: run scripts/play" in done.stderr) == (code == 6)
    assert ("Traceback" in done.stderr) == (code == 1)


def test_a_fault_of_ours_has_none():
    assert exit_code_of(ValueError("a fault")) is None


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (["play", "--hours", "nan"], 2, "--hours"),
        (["play", "--server", "nowhere:port"], 2, "HOST:PORT"),
        (["play", "--seed", str(2**70)], 2, "--seed"),
        (["play", "--model", "m", "--base-url", "ftp://x"], 2, "ftp://x"),
        (["runs", "show", "7"], 2, "No run 7"),
        (["runs", "show", str(10**30)], 2, "No run 1000"),
        (["skills", "show", "mineLog"], 2, "mineLogs"),
        (["skills", "search", "wood", "--limit", "0"], 2, "--limit"),
        (["doctor", "--base-url", "http://127.0.0.1:1/v1"], 2, "--model"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_no_traceback(home, capsys, words, code, text):
    ended, output, errors = said(capsys, *words, "--home", home)
    assert (ended, output) == (code, "")
    assert errors.startswith("voyager: ") and text in errors and errors.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("runs", "list"),
        ("runs", "show"),
        ("runs", "compare", "1", "2"),
        ("watch",),
        ("report",),
        ("checkpoint", "list"),
        ("checkpoint", "create"),
        ("checkpoint", "rewind", "x"),
        ("checkpoint", "branch", "x", "y"),
        ("skills", "list"),
        ("skills", "search", "x"),
        ("skills", "show", "x"),
    ],
)
def test_nothing_played_yet_is_told_and_nothing_is_made(tmp_path, capsys, words):
    ended, output, errors = said(capsys, *words, "--home", tmp_path / "none")
    assert (ended, output) == (2, "")
    assert "voyager play" in errors
    assert not (tmp_path / "none").exists()


def test_a_server_that_is_not_there_ends_with_three(tmp_path, capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    ended, output, errors = said(capsys, "play", "--server", address, "--home", tmp_path, "--json")
    assert (ended, output, errors.count("\n")) == (3, "", 1)
    assert address in errors


def test_a_home_folder_in_use_ends_with_four(home, capsys):
    with acquire_home_lock(home):
        ended, _, errors = said(capsys, "play", "--home", home, "--quiet")
    assert ended == 4 and "--home" in errors


def test_a_damaged_page_is_told_by_every_command_that_reads_it(home, capsys):
    file = home / "voyager.db"
    with closing(open_database(file, MIGRATIONS)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'runs'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as opened:
        opened.seek((root - 1) * size)
        opened.write(b"\xff" * size)
    for words in (("runs", "list"), ("runs", "show")):
        ended, output, errors = said(capsys, *words, "--home", home, "--json")
        assert (ended, output) == (4, "")
        assert "voyager.db is damaged" in errors and errors.count("\n") == 1


# -- reports ---------------------------------------------------------------------------------


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_json_is_one_document_everywhere(home, capsys, quiet):
    def ask(*words: str) -> Any:
        code, output, errors = said(capsys, *words, "--home", home, "--json", *quiet)
        assert (code, errors) == (0, "")
        return json.loads(output)

    assert [r["run"] for r in ask("runs", "list")] == [1]
    assert [t["description"] for t in ask("runs", "show")["tasks"]] == [
        "Mine 2 logs [red] [1] [/]",
        "Craft 4 sticks",
    ]
    skill = {
        "name": "mineLogs",
        "version": 1,
        "status": "candidate",
        "description": "Mine 2 logs [red] [1] [/]",
        "when_to_use": "When the task is: Mine 2 logs [red] [1] [/]",
        "calls": [],
        "successes": 1,
        "failures": 0,
        "source_run": 1,
        "pinned": False,
        "banned": False,
    }
    assert ask("skills", "list") == [skill]
    (found,) = ask("skills", "search", "wood")
    assert -1 <= found.pop("score") <= 1 and found.pop("usable") and found == skill
    shown = ask("skills", "show", "mineLogs")
    assert shown.pop("source").startswith("async function mineLogs")
    assert shown.pop("contract")["type"] == "inventory_has"
    assert shown["attempt"] == "1.1.1" and shown["goal"] == "have 2 oak_log"
    assert skill.items() <= shown.items() and shown["learning"] is None
    assert ask("skills", "graph")["nodes"][0]["name"] == "mineLogs"
    assert ask("skills", "stats")["by_status"]["candidate"] == 1


def test_tables_show_words_as_they_are_and_whole(home, capsys):
    code, output, _ = said(capsys, "runs", "show", "--home", home)
    assert code == 0
    (line,) = [line for line in output.splitlines() if "Mine 2 logs" in line]
    assert "Mine 2 logs [red] [1] [/]" in line and "inventory has 2 of 2 oak_log" in line
    (line,) = [line for line in output.splitlines() if "Craft 4 sticks" in line]
    assert "inventory has 0 of 4 stick" in line and line.endswith("without an error.")
    assert "inventory: 2 oak_log" in output
    _, output, _ = said(capsys, "runs", "list", "--home", home)
    assert "open-ended" in output and "finished" in output
    for words in (("list",), ("search", "wood"), ("show", "mineLogs")):
        _, output, _ = said(capsys, "skills", *words, "--home", home)
        assert "Mine 2 logs [red] [1] [/]" in output


def test_a_home_folder_without_runs_and_skills_says_so(tmp_path, capsys):
    open_database(tmp_path / "voyager.db", MIGRATIONS).close()
    assert said(capsys, "runs", "list", "--home", tmp_path)[:2] == (0, "No runs yet.\n")
    assert said(capsys, "runs", "list", "--home", tmp_path, "--json")[:2] == (0, "[]\n")
    assert said(capsys, "skills", "list", "--home", tmp_path)[:2] == (0, "No skills yet.\n")
    assert said(capsys, "skills", "list", "--home", tmp_path, "--json")[:2] == (0, "[]\n")
    assert said(capsys, "runs", "show", "--home", tmp_path)[0] == 2


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
@pytest.mark.parametrize(
    "words", [["runs", "list"], ["runs", "show", "--json"], ["skills", "list"]]
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_ends_a_command_without_a_word(home, words, unbuffered):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "voyager", *words, "--home", str(home)],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")


def test_what_the_encoding_cannot_hold_is_written_as_a_number(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), replace(LOGS, description="Mine → logs")) as one:
        one.agent.play()
    done = subprocess.run(
        [sys.executable, "-m", "voyager", "runs", "show", "--json", "--home", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["tasks"][0]["description"] == "Mine → logs"


# -- play ------------------------------------------------------------------------------------


@pytest.fixture
def scripted(monkeypatch):
    """`voyager play` over a scripted bridge: call with what a sitting is made of."""

    def arrange(*arguments: Any, limits: Limits | None = None, **named: Any) -> None:
        @contextmanager
        def open_agent(settings: Any, listener: Any, note: Any) -> Iterator[Any]:
            note("starting")
            with sitting(
                settings.home, *arguments, listener=listener, goal=settings.goal, **named
            ) as one:
                if limits:
                    one.loop.limits = limits
                yield one.agent

        monkeypatch.setattr(voyager.agent, "open_agent", open_agent)

    return arrange


ENDINGS = [
    (gives(oak_log=2), None, 0, "finished", "Finished: the list is done."),
    (gives(oak_log=2), Limits(tasks=1), 0, "stopped", "Stopped: 1 task was played, as asked."),
    (raises(KeyboardInterrupt()), None, 130, "stopped", "Stopped. Go on with: scripts/play"),
    (raises(ServerUnreachableError("It is\ngone.")), None, 3, "failed", "voyager: It is gone."),
    (raises(BridgeError("It broke.")), None, 3, "failed", "voyager: It broke."),
    (raises(ModelRefusedError("No.")), None, 0, "stopped", "Stopped: No."),
    (raises(DatabaseError("Full.")), None, 4, "failed", "voyager: Full."),
]


@pytest.mark.parametrize(("respond", "limits", "code", "status", "text"), ENDINGS)
def test_each_way_to_end_has_its_code_its_sentence_and_its_report(
    tmp_path, capsys, scripted, respond, limits, code, status, text
):
    scripted(respond, LOGS, limits=limits)
    ended, output, errors = said(capsys, "play", "--home", tmp_path / "lines")
    assert ended == code
    assert text in (errors if text.startswith("voyager:") else output)
    assert "Traceback" not in output + errors

    ended, output, errors = said(capsys, "play", "--home", tmp_path / "json", "--json")
    shown = json.loads(output)
    assert (ended, shown["status"]) == (code, status)
    assert errors == (f"{text}\n" if text.startswith("voyager:") else "")

    ended, output, errors = said(capsys, "play", "--home", tmp_path / "quiet", "--quiet")
    assert (ended, output) == (code, "")
    assert errors == (f"{text}\n" if text.startswith("voyager:") else "")


def test_a_run_that_nobody_ended_and_nobody_plays_was_broken_off(tmp_path, capsys, scripted):
    scripted(gives(oak_log=2), LOGS)
    said(capsys, "play", "--home", tmp_path)
    with closing(open_database(Home(tmp_path).database, MIGRATIONS)) as connection:
        connection.execute("UPDATE runs SET status = 'playing'")
        connection.commit()
    for holder, status in ((os.getpid(), "playing"), (2**22 + 1, "broken off")):  # no such process
        (tmp_path / LOCK_NAME).write_text(f"{holder}\n")
        listed = json.loads(said(capsys, "runs", "list", "--home", tmp_path, "--json")[1])
        shown = json.loads(said(capsys, "runs", "show", "--home", tmp_path, "--json")[1])
        assert [listed[0]["status"], shown["status"]] == [status, status]


def test_the_end_tells_of_skills_that_have_yet_to_work_again(tmp_path, capsys, scripted):
    scripted(gives(oak_log=2), LOGS)
    _, output, _ = said(capsys, "play", "--home", tmp_path)
    told, ended = output.splitlines()[-2:]
    assert told.startswith("1 skill is a candidate: it is tried when you play next, or now with: ")
    assert told.endswith(f"scripts/voyager skills verify --all --home {tmp_path}")
    assert ended.startswith("Finished")


def test_being_stuck_ends_with_one_and_says_why_even_when_quiet(tmp_path, capsys, scripted):
    class Stuck:
        def propose(self, *_: Any) -> Proposal:
            return Proposal(None, "no way on")

    scripted(gives(), proposer=Stuck())
    ended, output, errors = said(capsys, "play", "--home", tmp_path, "--quiet")
    assert (ended, output, errors) == (1, "", "Stuck: no way on\n")


def test_a_fault_of_ours_keeps_its_traceback_and_the_report(tmp_path, capsys, scripted):
    scripted(raises(ZeroDivisionError("a fault")), LOGS)
    with pytest.raises(ZeroDivisionError):
        main(["play", "--home", str(tmp_path), "--json"])
    assert json.loads(capsys.readouterr().out)["reason"] == "a fault"


def test_the_run_that_was_played_is_reported_not_the_newest(tmp_path, capsys, scripted):
    scripted(raises(KeyboardInterrupt()), LOGS)
    for goal in ("stick", "torch", "stick"):
        said(capsys, "play", "--home", tmp_path, "--goal", goal)
    _, output, _ = said(capsys, "play", "--home", tmp_path, "--goal", "stick", "--json")
    assert (json.loads(output)["run"], json.loads(output)["goal"]) == (1, "stick")


@pytest.mark.parametrize("flag", [[], ["--json"], ["--quiet"]])
def test_ctrl_c_before_a_run_was_begun_ends_like_any_other(tmp_path, capsys, monkeypatch, flag):
    @contextmanager
    def open_agent(settings: Any, *_: Any) -> Iterator[Any]:
        open_database(settings.home / "voyager.db", MIGRATIONS).close()
        if settings:
            raise KeyboardInterrupt
        yield

    monkeypatch.setattr(voyager.agent, "open_agent", open_agent)
    words = ("--home", tmp_path, "--seed", "3", "--no-gym", *flag)
    ended, output, errors = said(capsys, "play", *words)
    assert (ended, errors) == (130, "")
    assert output.startswith("Stopped. Go on with: ") if not flag else output == ""
    # No world was kept that would know its seed.
    assert flag or ("--seed 3" in output and output.rstrip().endswith("--no-gym"))


def test_ctrl_c_while_a_finished_sitting_is_closed_does_not_undo_its_end(
    tmp_path, capsys, monkeypatch
):
    @contextmanager
    def open_agent(settings: Any, listener: Any, note: Any) -> Iterator[Any]:
        with sitting(settings.home, gives(oak_log=2), LOGS, listener=listener) as one:
            yield one.agent
            raise KeyboardInterrupt

    monkeypatch.setattr(voyager.agent, "open_agent", open_agent)
    ended, output, _ = said(capsys, "play", "--home", tmp_path)
    assert ended == 0
    assert "Go on with" not in output


@pytest.mark.skipif(os.name == "nt", reason="no SIGTERM there")
def test_being_asked_to_end_is_like_ctrl_c_and_only_while_playing(tmp_path, capsys, scripted):
    def respond(script: object) -> dict[str, int]:
        signal.raise_signal(signal.SIGTERM)
        return {}

    before = signal.getsignal(signal.SIGTERM)
    scripted(respond, LOGS)
    assert said(capsys, "play", "--home", tmp_path)[0] == 130
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_reader_that_goes_away_ends_play(tmp_path, monkeypatch, scripted):
    class Gone:
        """Standard output after `| head -1`."""

        lines = 0

        def isatty(self) -> bool:
            return False

        def write(self, text: str) -> int:
            self.lines += 1
            if self.lines > 3:
                raise BrokenPipeError(32, "Broken pipe")
            return len(text)

        def flush(self) -> None:
            pass

        def fileno(self) -> int:
            return int(descriptor)

    scripted(gives(), LOGS)
    with (tmp_path / "spare").open("w") as spare:
        descriptor = spare.fileno()
        monkeypatch.setattr(sys, "stdout", Gone())
        assert main(["play", "--home", str(tmp_path / "home")]) == 141
    with open_journal(Home(tmp_path / "home")) as connection:
        assert show_run(connection)["status"] == "stopped"


@pytest.mark.parametrize("rate", ["4", "max"])
def test_the_command_to_go_on_with_goes_on_with_the_same(tmp_path, capsys, scripted, rate):
    scripted(raises(KeyboardInterrupt()), LOGS)
    home = tmp_path / "a home"
    words = ["--goal", "stick", "--world-rate", rate, "--tasks", "7", "--hours", "0.5"]
    words += ["--patience", "7.5", "--require-sandbox"]
    _, output, _ = said(capsys, "play", "--home", home, "--seed", "5", *words)
    told = shlex.split(output.splitlines()[-1].partition("Go on with: ")[2])
    assert told[0] == "scripts/play"
    parse = argparse.ArgumentParser()
    add_commands(parse)
    asked = parse.parse_args(["play", "--home", str(home), *words])
    assert parse.parse_args(["play", *told[1:]]) == asked


def test_when_the_time_is_up_the_command_to_go_on_with_names_no_time(tmp_path, capsys, scripted):
    scripted(gives(oak_log=2), LOGS, limits=Limits(seconds=0.0))
    words = ["--until", "07:30", "--world-hours", "9", "--tasks", "7"]
    code, output, _ = said(capsys, "play", "--home", tmp_path, *words)
    assert (code, "Stopped: the time is up. Go on with: " in output) == (0, True)
    told = output.splitlines()[-1]
    assert ("--until" in told, "--world-hours" in told, "--tasks 7" in told) == (False, False, True)


def test_the_command_to_go_on_with_is_short_where_nothing_was_asked(
    tmp_path, capsys, scripted, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    scripted(raises(KeyboardInterrupt()), LOGS)
    _, output, _ = said(capsys, "play", "--seed", "5")
    clone = Path(__file__).parents[2]
    assert output.endswith(f"Go on with: {clone.as_posix()}/scripts/play\n")
    monkeypatch.chdir(clone)
    scripted(raises(KeyboardInterrupt()), LOGS)
    _, output, _ = said(capsys, "play", "--home", tmp_path, "--tasks", "3")
    assert "Go on with: scripts/play --home" in output
