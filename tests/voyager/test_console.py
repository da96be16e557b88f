"""What is shown: the state gathered from events, plain lines, and the live panel."""

from __future__ import annotations

import io
import re
import sys
import threading

import pytest
from rich.console import Console

from voyager import events
from voyager.console import LiveConsole, PlainConsole, Screen, SilentConsole

BEGUN = events.RunStarted(3, "default", "iron_pickaxe", "embedded", "1.20.4", False, {"dirt": 1})
TASK = events.TaskProposed(4, "Mine 3 logs", "wood comes first", "tech_tree")
WRITTEN = events.ProgramWritten(1, "mineLogs", "recipes", False, "async function mineLogs () {}")
NOT_YET = events.VerdictGiven(
    1, False, "state", ("has 1 of 3 log",), "Two are missing.", "completed", 9.0, {"oak_log": 1}
)
PASSED = events.VerdictGiven(
    2, True, "state", ("has 3 of 3 log",), "", "completed", 12.0, {"oak_log": 3, "dirt": 12}
)
STORED = events.SkillStored("mineLogs", 2, "Mines logs.")
FIRST = events.MilestoneReached("oak_log", 4, 12.0)
SPENT = events.TokensSpent("write", "gpt", 1200, 0.0125)
ENDED = events.TaskEnded(4, "Mine 3 logs", True, 2, 12.25)
OVER = events.RunEnded("stopped", "stopped by hand", 61.4)
UNDER_WAY = (BEGUN, TASK, SPENT, WRITTEN, events.ProgressReported("digging oak_log 1 of 3"))


def heard(*told: events.Event) -> Screen:
    screen = Screen()
    for event in told:
        screen.hear(event)
    return screen


# -- state -----------------------------------------------------------------------------------


def test_a_sitting_begins_with_its_world_its_goal_and_what_is_carried():
    screen = heard(BEGUN)
    assert (screen.world, screen.goal, screen.status) == ("default", "iron_pickaxe", "playing")
    assert screen.inventory == {"dirt": 1}
    assert heard(events.RunStarted(1, "w", None, "embedded", "1.20.4", True)).goal


def test_the_task_the_attempt_and_its_progress_follow_the_events():
    screen = heard(*UNDER_WAY)
    assert (screen.iteration, screen.task, screen.why) == (4, "Mine 3 logs", "wood comes first")
    assert (screen.attempt, screen.program) == (1, "mineLogs (recipes)")
    assert screen.progress == "digging oak_log 1 of 3"
    screen.hear(NOT_YET)
    assert (screen.inventory, screen.progress) == ({"oak_log": 1}, "")
    assert list(screen.recent) == ["attempt 1: Two are missing."]
    screen.hear(events.TaskProposed(5, "Craft planks", "next", "tech_tree"))
    assert (screen.attempt, screen.program, screen.progress) == (0, "", "")


def test_a_skill_that_is_used_as_it_stands_is_called_a_skill():
    assert heard(events.ProgramWritten(1, "mineLogs", "w", True, "")).program == "mineLogs (skill)"


def test_what_was_reached_adds_up():
    failed = events.TaskEnded(5, "Sleep", False, 4, 3.0)
    screen = heard(BEGUN, TASK, PASSED, STORED, FIRST, ENDED, failed, failed)
    assert (screen.passed, screen.failed) == (1, 2)
    assert (screen.skills, screen.milestones) == (["mineLogs"], ["oak_log"])
    assert list(screen.recent)[:2] == ["done: Mine 3 logs (12 s)", "failed: Sleep (3 s)"]
    assert heard(OVER).status == "stopped"


def test_what_went_wrong_beside_the_task_is_told():
    screen = heard(
        events.WritingFailed(1, "No axe."),
        events.SkillRefused("a", "It calls itself."),
        events.IndexLeftBehind("It is out."),
        OVER,
    )
    assert list(screen.recent) == [
        "attempt 1: No axe.",
        "It calls itself.",
        "It is out.",
        "stopped: stopped by hand",
    ]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((), "no tokens"),
        ((SPENT, SPENT), "2400 tokens, 0.025 USD"),
        ((SPENT, events.TokensSpent("write", "m", 5, None), SPENT), "2405 tokens, price unknown"),
        ((events.TokensSpent("write", "m", 0, None),), "0 tokens, price unknown"),
        ((events.TokensSpent("write", "local", 10, 0.0),), "10 tokens, 0.00 USD"),
    ],
)
def test_tokens_add_up_and_one_unknown_price_makes_the_sum_unknown(told, said):
    assert heard(*told).spent == said


# -- lines -----------------------------------------------------------------------------------


def lines(*told: events.Event) -> list[str]:
    stream = io.StringIO()
    console = PlainConsole(stream)
    for event in told:
        console.hear(event)
    return stream.getvalue().splitlines()


def test_a_sitting_reads_as_lines():
    told = (*UNDER_WAY, NOT_YET, PASSED, STORED, FIRST, ENDED, OVER)
    assert lines(*told) == [
        "beginning run 3 in default (1.20.4) towards iron_pickaxe",
        "[4] Mine 3 logs: wood comes first",
        "    attempt 1: recipes wrote mineLogs",
        "      digging oak_log 1 of 3",
        "    not yet: Two are missing.",
        "    passed: has 3 of 3 log",
        "    skill mineLogs (version 2)",
        "    first oak_log",
        "    done after 2 attempts, 12.2 s",
        "stopped: stopped by hand (61 s played)",
    ]


def test_what_is_taken_up_again_is_told_so():
    assert lines(
        events.RunStarted(1, "w", None, "embedded", "1.20.4", True),
        events.TaskProposed(1, "Sleep.", "tired", "list", True),
        events.ProgramWritten(3, "sleep", "w", True, ""),
        events.WritingFailed(4, "No bed."),
        events.SkillRefused("sleep", "A cycle."),
        events.IndexBuilding(1200),
        events.IndexLeftBehind("It is out."),
        events.TaskEnded(1, "Sleep", False, 1, 2.0),
    ) == [
        "going on with run 1 in w (1.20.4)",
        "[1] Sleep (taken up again): tired",
        "    attempt 3: uses the skill sleep",
        "    attempt 4: no program: No bed.",
        "    not kept as a skill: A cycle.",
        "    1200 skills are still being read into the search index",
        "    skills cannot be searched for now: It is out.",
        "    failed after 1 attempt, 2.0 s",
    ]


def test_what_becomes_of_skills_is_told_in_words():
    told = (
        events.SkillVerified("mineLogs", 2, "it worked again in a world of seed 5", 1),
        events.SkillVerified("sleep", 1, "it worked again from another start"),
        events.SkillsQuarantined(("mineLogs", "craftPlanks"), "no tree was found"),
        events.SkillsMerged("mineOre", ("mineIronOre", "mineFiveIronOres"), "they do the same"),
    )
    said = [
        "skill mineLogs (version 2, instead of version 1) is verified: it worked again in a world"
        " of seed 5",
        "skill sleep (version 1) is verified: it worked again from another start",
        "skill mineLogs is not used any more, and with it craftPlanks: no tree was found",
        "skill mineOre stands for mineIronOre, mineFiveIronOres too: they do the same",
    ]
    assert lines(*told) == [f"    {one}" for one in said]
    assert list(heard(*told).recent) == said


TOLD_OF_MODELS = (
    events.ModelsReady({"proposer": "gpt", "writer": "local", "critic": "gpt"}),
    events.GoalDecomposed("a house", ("walls", "a bed"), "there was no roof"),
    events.WishTaken(3, "Build a bed", "I will."),
    events.ModelFailed("write", "timed_out", "Nobody answered."),
    events.BudgetSpent("hour", "1 USD", "The planner plays on."),
    events.WriterChanged("recipes", "Three failed."),
    events.CandidatesTried(1, "mineLogs", ("1 mineLogs: passed", "2 digLogs: died")),
)


def test_what_models_come_to_is_told():
    assert lines(*TOLD_OF_MODELS, events.ModelSaid("write", "async fun")) == [
        "models: proposer, critic: gpt; writer: local",
        "    a house, in 2 parts (there was no roof): walls; a bed",
        "    wish 3 (Build a bed) is taken into account: I will.",
        "    no answer from the model (write, timed_out): Nobody answered.",
        "    the budget for the hour, 1 USD, is spent: The planner plays on.",
        "    now recipes writes: Three failed.",
        "    attempt 1: mineLogs is kept of 1 mineLogs: passed; 2 digLogs: died",
    ]
    screen = heard(*TOLD_OF_MODELS)
    assert screen.models == "proposer, critic: gpt; writer: local"
    assert heard(events.ModelsReady({"proposer": "gpt", "writer": "gpt"})).models == "gpt"
    assert list(screen.recent) == [
        "a house: in 2 parts (there was no roof)",
        "your wish 3 is taken: I will.",
        "Nobody answered.",
        "the budget for the hour, 1 USD, is spent: The planner plays on.",
        "Three failed.",
        "2 programs: mineLogs is kept",
    ]


def test_the_line_that_a_model_writes_is_seen_until_its_answer_is_there():
    said = [events.ModelSaid("write", text) for text in ("Plan:\nfirst", " \x1b[2Jlogs", "\n\n")]
    screen = heard(BEGUN, TASK, *said)
    assert screen.saying == "first  [2Jlogs"
    assert "writing a program  first  [2Jlogs" in panel(80, BEGUN, TASK, *said)
    screen.hear(SPENT)
    assert screen.saying == ""
    assert "one long line goes on" in panel(
        80, BEGUN, TASK, events.ModelSaid("write", f"{'x' * 300} one long line goes on")
    )
    assert len(heard(*[events.ModelSaid("write", "x" * 1000)] * 9).said) < 1000


def test_what_a_model_is_asked_for_is_seen_before_it_says_anything():
    note = "joining the world"
    assert "choosing a task" in panel(80, BEGUN, events.ModelSaid("propose", ""), note=note)
    assert note not in panel(80, BEGUN, note=note)
    writing = events.ModelSaid("write", "")
    shown = panel(80, *UNDER_WAY, NOT_YET, writing)
    assert "writing a program" in shown
    assert "attempt 1: mineLogs" not in shown  # that one was judged
    assert "attempt 1: mineLogs (recipes)  judging" in panel(
        80, *UNDER_WAY, events.ModelSaid("judge", "")
    )
    shown = panel(80, *UNDER_WAY, PASSED, ENDED, events.ModelSaid("propose", ""))
    assert "Mine 3 logs  done" in shown
    assert "choosing a task" in shown


def test_the_parts_of_a_goal_are_shown_with_their_state():
    parts = ((0, "open", "a house"), (1, "passed", "Get a bed."), (1, "next", "[red] walls"))
    shown = panel(80, BEGUN, events.GoalTreeChanged(parts))
    assert "[x] Get a bed." in shown
    assert "[>] [red] walls" in shown
    many = tuple((1, "next" if at == 12 else "open", f"part {at}.") for at in range(20))
    shown = panel(80, BEGUN, events.GoalTreeChanged((parts[0], *many)))
    assert "[>] part 12." in shown
    assert "part 2." not in shown


def test_a_low_terminal_shows_the_newest_lines_and_the_panel_whole():
    terminal = Console(file=io.StringIO(), width=80, height=12, force_terminal=True)
    with LiveConsole(terminal) as console:
        for told in (BEGUN, TASK, *(events.WritingFailed(at, "No axe.") for at in range(8))):
            console.hear(told)
        lines = terminal.render_lines(console.render(), terminal.options)
    assert len(lines) <= 11
    shown = ["".join(segment.text for segment in line) for line in lines]
    assert any("attempt 7: No axe." in line for line in shown)
    assert "0 done, 0 failed" in shown[-1]


def test_a_line_of_progress_is_not_repeated_until_another_came():
    told = [events.ProgressReported(text) for text in ("a", "a", "b", "b", "a")]
    assert [line.strip() for line in lines(*told)] == ["a", "b", "a"]


def test_what_a_program_says_stays_on_its_line_and_moves_no_cursor():
    told = events.ProgressReported("one\ntwo\r\x1b[2Jthree\x07")
    assert lines(told) == ["      one two  [2Jthree "]
    assert heard(told).progress == "one two  [2Jthree "
    assert "\n" not in heard(events.WritingFailed(1, "a\nb")).recent[0]


def test_lines_from_two_threads_are_not_mixed():
    class Stream(io.StringIO):
        """Counts what is written in one piece."""

        pieces: list[str] = []  # noqa: RUF012

        def write(self, text: str) -> int:
            self.pieces.append(text)
            return super().write(text)

    stream = Stream()
    console = PlainConsole(stream)
    told = [
        threading.Thread(target=console.hear, args=(TASK,)),
        threading.Thread(target=console.note, args=("x",)),
    ]
    for thread in told:
        thread.start()
    for thread in told:
        thread.join()
    assert sorted(stream.pieces) == ["... x\n", "[4] Mine 3 logs: wood comes first\n"]


def test_a_silent_console_says_nothing(capfd):
    with SilentConsole() as console:
        console.note("starting")
        console.hear(BEGUN)
    assert capfd.readouterr() == ("", "")


# -- panel -----------------------------------------------------------------------------------


def panel(width: int, *told: events.Event, note: str = "") -> str:
    """What is on the screen of a terminal of that width when the sitting is over."""
    terminal = Console(file=io.StringIO(), width=width, height=40, force_terminal=True)
    with LiveConsole(terminal) as console:
        if note:
            console.note(note)
        for event in told:
            console.hear(event)
    paper = Console(file=io.StringIO(), width=width, record=True)
    paper.print(console.render())
    return paper.export_text()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_panel_shows_all_there_is_to_know(width):
    shown = panel(
        width, BEGUN, TASK, SPENT, PASSED, STORED, FIRST, WRITTEN, events.ProgressReported("dig")
    )
    assert max(map(len, shown.splitlines())) <= width
    flat = " ".join(shown.replace("│", " ").split())
    for text in (
        "voyager: default, towards iron_pickaxe" if width > 40 else "voyager: default",
        "[4] Mine 3 logs",
        "attempt 1: mineLogs",
        "12 dirt, 3 oak_log",
        "milestones oak_log",
        "new skills mineLogs",
        "1200 tokens, 0.013 USD" if width > 40 else "",
    ):
        assert text in flat
    assert width == 40 or "dig" in flat


def test_before_the_game_the_panel_shows_what_is_under_way():
    assert "joining [the] world" in panel(80, note="joining [the] world")


def test_the_last_panel_says_how_the_sitting_ended():
    shown = panel(80, *UNDER_WAY, OVER)
    assert "stopped: stopped by hand" in shown
    assert "attempt 1" not in shown


MARKUP = ["[red]", "[1]", "[/]", "[/red]", "[bold red]x[/bold red]", "[link=x]", ":smile:", "\\[a]"]


@pytest.mark.parametrize("text", MARKUP)
def test_what_looks_like_markup_is_shown_as_it_is(text):
    """In every place that holds words of a task, a program or a model."""
    shown = panel(
        120,
        events.RunStarted(1, f"W{text}", f"G{text}", "embedded", "1", False, {f"I{text}": 1}),
        events.SkillStored(f"S{text}", 1, ""),
        events.MilestoneReached(f"M{text}", 1, 0.0),
        events.WritingFailed(1, f"R{text}"),
        events.TaskProposed(1, f"T{text}", f"Y{text}", "list"),
        events.ProgramWritten(1, f"P{text}", f"B{text}", False, ""),
        events.ProgressReported(f"X{text}"),
    )
    for place in "WGISMRTYPBX":
        assert f"{place}{text}" in shown


def test_a_long_line_of_progress_does_not_tear_the_panel():
    shown = panel(80, BEGUN, TASK, WRITTEN, events.ProgressReported("x" * 500 + "END"))
    (line,) = [line for line in shown.splitlines() if "xxx" in line]
    assert re.fullmatch(r"│ \S attempt 1: mineLogs \(recipes\)  x+… │", line)


def test_many_items_are_counted_not_listed():
    inventory = {f"item_{number:02}": 1 for number in range(30)}
    shown = panel(120, events.RunStarted(1, "w", None, "embedded", "1", False, inventory))
    assert "and 14 more" in " ".join(shown.replace("│", " ").split())
    told = [events.MilestoneReached(f"m{number}", 1, 0.0) for number in range(30)]
    assert "30 in all" in panel(120, *told)


def test_the_panel_is_drawn_while_events_come_from_another_thread():
    console = LiveConsole(Console(file=io.StringIO(), width=80))
    failures: list[BaseException] = []

    def draw() -> None:
        try:
            for _ in range(200):
                console.render()
        except BaseException as error:
            failures.append(error)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # so that the threads take turns at every step
    try:
        drawing = threading.Thread(target=draw)
        drawing.start()
        while drawing.is_alive():
            console.hear(events.WritingFailed(1, "No axe."))
        drawing.join()
    finally:
        sys.setswitchinterval(before)
    assert failures == []


# -- what happens around the steps --------------------------------------------------------------

AROUND = {
    events.FaultHappened(3, "server", "ended", "It was killed."): ("fault 3", "It was killed."),
    events.FaultOver(3, "server", "ended", 150.0, "It was started again."): ("2 min", "again"),
    events.MachineSlept(7200.0): ("slept", "2.0 h"),
    events.StuckNoticed("another_place", "Nothing was gained.", 7): ("stuck", "another place"),
    events.TaskPutOff("Mine a log", 3, 5, "no tree"): ("put off", "5 other tasks", "no tree"),
    events.CheckpointTaken("one", "automatic", False, 0.5): ("one", "agent's side alone"),
    events.CheckpointFailed("The disk is full."): ("no checkpoint", "The disk is full."),
}
WITH_ITEMS = (
    (
        events.ReflexActed("eat", "hungry", "ate bread", 1.6, {"bread": -1}),
        ("eat", "hungry", "-1 bread"),
    ),
    (
        events.UpkeepDone(
            "chests", "full", False, "no room", 2.0, {f"item{n}": n for n in range(9)}
        ),
        ("chests", "not done: no room", "and 3 kinds more"),
    ),
    (
        events.BotDied("It fell.", (1.2, 64.0, -3.0), "the_nether", {"dirt": 2}, 9.0),
        ("1, 64, -3", "the_nether", "It fell", "2 dirt"),
    ),
)


@pytest.mark.parametrize(("event", "words"), [*AROUND.items(), *WITH_ITEMS])
def test_what_happens_around_the_steps_is_told_in_words(event, words):
    stream = io.StringIO()
    PlainConsole(stream).hear(event)
    for word in words:
        assert word in stream.getvalue()
        assert word in heard(event).recent[-1]
