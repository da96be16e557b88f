"""Playing a run again: recorded answers come where they came before, and differences are told."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curriculum import Proposal, TaskRecord
from mc_server import Observation
from tests.voyager.sittings import LOGS, STICKS, ListProposer, Sitting, gives, in_turn, sitting
from voyager import events
from voyager.command_line import main
from voyager.errors import (
    BudgetSpentError,
    ContextOverflowError,
    ModelError,
    ModelRefusedError,
    ModelUnreachableError,
    SettingsError,
    WriterError,
)
from voyager.home import Home
from voyager.language_models import Completion, Message, ToolCall
from voyager.language_models.recorded_chat_model import RecordedCall, RecordedChatModel
from voyager.opening.kept_settings import options_kept, sections_kept, settings_to_keep
from voyager.opening.settings import PlaySettings
from voyager.records import Program, Spend
from voyager.replaying.replay import folder_for, read_recording
from voyager.replaying.replay_comparison import compare, read_played_run
from voyager.writers.writer_settings import WriterSettings


def failed(kind: type[ModelError], outcome: str) -> ModelError:
    error = kind(f"It was {outcome}.")
    error.outcome, error.retries = outcome, 2
    return error


class Scripted:
    """A model that says one thing after the other."""

    def __init__(self, *says: str | ModelError) -> None:
        self.says = list(says)

    def complete(self, messages: Sequence[Message], *, purpose: str, **_: Any) -> Completion:
        said = self.says.pop(0)
        if isinstance(said, ModelError):
            raise said
        made = (ToolCall("a", "recipe", "{"),)
        return Completion(said, Spend(3, 2, 0.25), "gpt", "length", 1, made)


def think(one: Sitting, heard: list[str]) -> None:
    """The sitting's parts ask its model and note what they heard; without an answer they go on."""
    tasks = ListProposer(LOGS, STICKS)
    write = one.writer.write

    def ask(purpose: str) -> None:
        try:
            said = one.chat.complete([{"role": "user", "content": "?"}], purpose=purpose).text
        except ModelError as error:
            heard.append(f"{type(error).__name__} {error.outcome} {error.retries}")
        else:
            heard.append(f"{purpose} {said}")
            if said == "nothing":
                raise WriterError("No code.")

    class Proposer:
        def propose(self, seen: Observation, history: Sequence[TaskRecord]) -> Proposal:
            ask("propose")
            return tasks.propose(seen, history)

    class Writer:
        def write(self, *asked: Any) -> Program:
            ask("write")
            return write(*asked)

    one.loop.proposer, one.loop.writer = Proposer(), Writer()


SAYS = (
    *("logs first", "one", "nothing"),  # task 1: an attempt that fails, and one without a program
    failed(ModelUnreachableError, "timed_out"),  # its third attempt
    failed(ContextOverflowError, "overflow"),  # the second task's proposal
    "four",
    failed(ModelRefusedError, "rejected"),  # and its second attempt
    "all is done",
)
HEARD = [
    *("propose logs first", "write one", "write nothing"),
    "ModelUnreachableError timed_out 2",
    "ContextOverflowError overflow 2",
    "write four",
    "ModelRefusedError rejected 2",
    "propose all is done",
]


def worlds() -> Callable[..., Any]:
    return in_turn(gives(oak_log=1), gives(oak_log=2), gives(), gives(stick=4))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run with a model."""
    folder = tmp_path_factory.mktemp("original")
    with sitting(folder, worlds(), model="gpt", chat=Scripted(*SAYS)) as one:
        heard: list[str] = []
        think(one, heard)
        one.agent.play()
        assert heard == HEARD
    return folder


def again(
    home: Path, folder: Path, respond: Callable[..., Any], leave_out: int | None = None
) -> tuple[Any, list[str], RecordedChatModel]:
    """The run of `home` once more: how it compares, what was heard, and the model."""
    recording = read_recording(Home(home), 1, folder)
    calls = [call for index, call in enumerate(recording.calls) if index != leave_out]
    model, heard = RecordedChatModel(calls), list[str]()
    with sitting(folder, respond, model="gpt", chat=model, listener=model.hear) as one:
        think(one, heard)
        one.agent.play()
        replayed = read_played_run(one.connection, 1)
    return compare(recording.played, replayed), heard, model


def test_a_replay_hears_what_was_said_where_it_was_said_and_comes_out_the_same(home, tmp_path):
    comparison, heard, model = again(home, tmp_path, worlds())
    assert heard == HEARD
    assert (comparison.same, comparison.difference) == (True, None)
    counts = (
        comparison.tasks,
        comparison.tasks_same,
        comparison.attempts,
        comparison.attempts_same,
    )
    assert counts == (2, 2, 5, 5)
    assert model.unused == 0


def test_an_answer_that_is_missing_moves_no_other(home, tmp_path):
    _, heard, model = again(home, tmp_path, worlds(), leave_out=1)
    assert heard == [HEARD[0], "BudgetSpentError budget_spent 0", *HEARD[2:]]
    assert model.unused == 0


def test_the_first_difference_is_told(home, tmp_path):
    comparison, _, _ = again(home, tmp_path, in_turn(gives(oak_log=1), gives()))
    assert not comparison.same
    assert str(comparison.difference) == (
        "in task 1, attempt 3: the verdict was 'passed', now 'not passed'"
    )
    assert (comparison.tasks_same, comparison.attempts_same) == (0, 3)


def test_an_attempt_that_was_interrupted_is_left_out(home, tmp_path):
    folder = tmp_path / "interrupted"
    with sitting(folder, gives(oak_log=2), model="gpt", chat=Scripted("logs", "lost")) as one:
        think(one, [])
        with suppress(KeyboardInterrupt):
            one.bridge.execute = lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore
            one.agent.play()
    with sitting(folder, gives(), model="gpt", chat=Scripted("broken off")) as one:
        one.chat.complete([], purpose="write")  # for the attempt to come, which never begins
        one.connection.execute("UPDATE model_calls SET task_id = 1, attempt = 2 WHERE id = 3")
    with sitting(folder, gives(oak_log=2), LOGS, model="gpt", chat=Scripted("kept", "x")) as two:
        think(two, [])
        two.loop.proposer = ListProposer(LOGS)
        two.agent.play()
    recording = read_recording(Home(folder), 1, tmp_path / "new")
    assert [(c.iteration, c.attempt, c.purpose) for c in recording.calls] == [
        (1, None, "propose"),
        (1, 1, "write"),
    ]
    completion = recording.calls[1].completion
    assert completion is not None
    assert (completion.text, completion.finish_reason, completion.spend.cost) == (
        "kept",
        "length",
        0.25,
    )
    assert completion.tool_calls == (ToolCall("a", "recipe", "{"),)
    assert recording.notes[-1] == "It was played in 2 sittings, and is replayed in one."


def test_after_the_last_answer_it_says_so_and_ends_nothing():
    model = RecordedChatModel([])
    model.hear(events.TaskProposed(7, "x", "y", "z"))
    model.hear(events.WritingFailed(1, "x"))
    with pytest.raises(BudgetSpentError, match="'write' for task 7, attempt 2"):
        model.complete([], purpose="write")


def test_tools_are_offered_where_they_were():
    model = RecordedChatModel([RecordedCall(1, 1, "write", None, tools=True)])
    assert (model.capabilities("write").tools, model.capabilities("propose").tools) == (True, False)


def test_settings_are_kept_without_what_is_secret_or_of_one_machine():
    played = PlaySettings(
        Path("here"),
        seed=3,
        model="gpt",
        base_url="http://me:secret@host",
        world_rate=math.inf,
        difficulty="easy",
        line_of_sight=True,
        tasks=3,
    )
    kept = json.loads(json.dumps(settings_to_keep(played, writer=WriterSettings())))
    assert "secret" not in str(kept)
    options = options_kept(kept)
    assert (options["world_rate"], options["difficulty"], options["line_of_sight"]) == (
        math.inf,
        "easy",
        True,
    )
    assert not {"home", "seed", "base_url", "tasks"} & set(options)
    assert sections_kept(kept)["writer"]["candidates"] == 1
    assert options_kept({"options": {"of_a_newer_version": 1}}) == {}


def test_the_recording_says_how_to_play_it_again(tmp_path):
    played = PlaySettings(tmp_path, world="w", model="gpt", world_rate=math.inf)
    with sitting(tmp_path, gives(oak_log=2), LOGS, model="gpt") as one:
        world = one.run.world
        for rate in (4.0, math.inf):  # the last sitting's count
            kept = settings_to_keep(replace(played, world_rate=rate))
            one.journal.open_run(world, None, "1.20.4", "Voyager", "gpt", kept)
        one.agent.play()
    recording = read_recording(Home(tmp_path), 1, tmp_path / "new")
    settings = recording.settings
    assert (settings.home, settings.world, settings.seed) == (tmp_path / "new", "w", 1)
    assert (settings.model, settings.simulated, settings.tasks) == ("gpt", True, 2)
    assert settings.config == tmp_path / "new" / "replay.toml"
    assert recording.notes == ()
    settings.check()


@pytest.mark.parametrize(
    ("words", "said"),
    [(["9"], "No run 9 is"), (["1", "--into", "."], "holds a game already")],
)
def test_what_cannot_be_replayed_is_a_sentence(home, capsys, monkeypatch, words, said):
    monkeypatch.chdir(home)
    assert main(["replay", "--home", str(home), *words]) == 2
    assert said in capsys.readouterr().err


def test_a_run_without_a_task_cannot_be_replayed(tmp_path):
    with sitting(tmp_path, gives()):
        pass
    with pytest.raises(SettingsError, match="nothing to replay"):
        read_recording(Home(tmp_path), 1, tmp_path / "new")


def test_the_new_folder_is_beside_the_old_one_and_free(home):
    beside = folder_for(Home(home), 1, None)
    assert beside == home.with_name(f"{home.name}-replay-1")
    beside.mkdir()
    assert folder_for(Home(home), 1, None) == home.with_name(f"{home.name}-replay-1-2")
    beside.rmdir()
