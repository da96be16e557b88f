"""The process that keeps the agent going, with agents of a few lines that die in many ways."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from voyager.supervision.keeper import Keeper, Outcome
from voyager.supervision.life_line import VARIABLE
from voyager.supervision.spool import Spool

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there the agent is no process of its own")

DIED = 7
AGENT = """
import os, signal, sys, time
from pathlib import Path
from voyager.supervision.life_line import LifeLine

starts = Path(sys.argv[1])
number = len(starts.read_text()) + 1 if starts.exists() else 1
line = LifeLine.inherited()
signal.signal(signal.SIGINT, line.interrupted)
starts.write_text("x" * number)

def die(how=signal.SIGKILL):
    os.kill(os.getpid(), how)

def wait():
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(130)

def fail(cause, code, trace="", **more):
    ended = dict(part="server", kind="lost", cause=cause, code=code, trace=trace)
    line.tell(ended=ended | more)
    sys.exit(code or 7)

line.tell(patience=dict(restarts=2, longest_wait=0.0, silence=60.0))
"""


class Kept:
    """Agents of one body, kept going in a folder; what came of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []

    def play(self, body: str) -> Outcome:
        command = [sys.executable, "-c", AGENT + body, str(self.folder / "starts")]
        path = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
        environment = {**os.environ, "PYTHONPATH": path}
        keeper = Keeper(command, self.folder, self.lines.append, DIED, 99.5, environment)
        return keeper.run()

    @property
    def starts(self) -> int:
        return len((self.folder / "starts").read_text())

    @property
    def faults(self) -> list[tuple[str, str]]:
        return [(fault.kind, fault.cause) for fault in Spool(self.folder).read()]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_an_agent_that_ends_by_itself_is_not_started_again(kept):
    assert kept.play("line.tell(run=3); sys.exit(1)") == Outcome(1, 3)
    assert (kept.starts, kept.faults, kept.lines) == (1, [], [])


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_an_agent_that_is_killed_is_started_again_and_its_death_is_kept(kept, how):
    assert kept.play(f"if number == 1: die({int(how)})").code == 0
    cause = f"The agent's process was ended by signal {how.name}."
    assert kept.faults == [("ended", cause)]
    assert kept.lines == [f"{cause} It is started again now."]
    assert kept.starts == 2


def test_an_agent_that_gives_no_sign_of_life_is_killed_and_started_again(kept):
    body = """
if number == 1:
    line.tell(patience=dict(silence=1.0))
    die(signal.SIGSTOP)
"""
    assert kept.play(body).code == 0
    assert kept.faults == [("froze", "The agent's process gave no sign of life for 1 s.")]


def test_an_agent_whose_loop_stands_still_gives_no_sign_of_life(kept):
    body = """
if number == 1:
    line.tell(patience=dict(silence=2.0))
    line.still_seconds = 0.1
    line.begins()
    wait()
"""
    assert kept.play(body).code == 0
    assert [kind for kind, _ in kept.faults] == ["froze"]


def test_an_agent_that_dies_again_and_again_is_given_up(kept):
    outcome = kept.play("die()")
    assert (outcome.code, outcome.deaths, kept.starts) == (DIED, 3, 3)
    assert outcome.last is not None
    assert outcome.last.cause.endswith("was ended by signal SIGKILL.")
    assert len(kept.faults) == 3


def test_a_step_that_was_done_in_between_is_a_new_beginning(kept):
    assert kept.play("line.tell(step=True)\nif number < 6: die()").code == 0
    assert kept.starts == 6


def test_who_was_killed_before_anything_was_played_is_not_started_often(kept):
    outcome = kept.play("line.tell(patience=dict(restarts=9))\ndie()")
    assert (outcome.deaths, kept.starts) == (3, 3)


def test_an_agent_knows_whether_anything_was_played(kept):
    body = """
if line.played != (number > 1):
    sys.exit(99)
line.tell(run=1)
if number < 3:
    fail('No server.', 3)
"""
    assert kept.play(body) == Outcome(0, 1)
    assert (kept.starts, kept.faults) == (3, [("lost", "No server.")] * 2)


def test_a_fault_of_ours_is_tried_again_and_keeps_its_trace(kept):
    body = "line.tell(run=1)\nfail('The agent failed: KeyError.', None, 'Traceback')"
    outcome = kept.play(body)
    assert (outcome.code, kept.starts) == (DIED, 3)
    assert outcome.last is not None
    assert outcome.last.trace == "Traceback"


def test_what_is_waited_for_is_no_death_and_one_fault(kept):
    body = """
line.tell(run=1)
if number < 7:
    fail('The disk is full.', 4, part='disk', kind='full', worth_waiting=60)
"""
    assert kept.play(body) == Outcome(0, 1)
    assert (kept.starts, kept.faults) == (7, [("full", "The disk is full.")])


def test_until_the_agent_plays_again_the_home_folder_says_that_it_will(kept):
    body = """
from voyager.supervision.restarting_mark import is_restarting
home = starts.parent
assert is_restarting(home) == (number > 1)
line.tell(run=1)
while is_restarting(home):
    time.sleep(0.01)
if number < 3:
    die()
"""
    assert kept.play(body) == Outcome(0, 1)
    assert (kept.starts, list(kept.folder.glob("*restarting*"))) == (3, [])


def test_what_was_played_before_is_told_to_the_next(kept):
    body = """
assert line.until == 99.5
if number == 1:
    line.tell(step=True, task=True)
    die()
assert line.earlier.tasks == 1 and line.earlier.seconds > 0
"""
    assert kept.play(body).code == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_asks_the_keeper_to_end_asks_the_agent(kept, how):
    before = signal.getsignal(how)
    assert kept.play(f"os.kill(os.getppid(), {int(how)})\nwait()") == Outcome(130, None)
    assert (kept.starts, kept.faults) == (1, [])
    assert signal.getsignal(how) is before


def test_ctrl_c_in_a_terminal_reaches_the_agent_once(kept):
    body = """
def both():
    os.kill(os.getppid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGINT)
try:
    both()
    wait()
except KeyboardInterrupt:
    try:
        time.sleep(1.5)
    except KeyboardInterrupt:
        sys.exit(99)
    sys.exit(130)
"""
    assert kept.play(body).code == 130


def test_an_agent_whose_keeper_was_killed_tells_it_apart_from_being_asked_to_end(kept):
    body = """
said = []
line.left_alone = lambda: said.append("alone")
try:
    line.tell(ready=True)
    time.sleep(60)
except KeyboardInterrupt as error:
    starts.write_text(f"{said} {error}")
"""
    ours, its = socket.socketpair()
    with ours, its:
        process = subprocess.Popen(
            [sys.executable, "-c", AGENT + body, str(kept.folder / "starts")],
            cwd=Path(__file__).parents[2],
            env={**os.environ, VARIABLE: str(its.fileno())},
            pass_fds=[its.fileno()],
        )
        ours.sendall(b"{}\n")
        while b"ready" not in ours.recv(65536):
            pass
    assert process.wait(60) == 0
    told = "['alone'] the process that keeps the agent going has ended"
    assert (kept.folder / "starts").read_text() == told


NOBODY_READS = """
import json, os, socket
from voyager.supervision.life_line import LifeLine
ours, its = socket.socketpair()
ours.sendall(b"{}\\n")
line = LifeLine(its)
for number in range(5000):
    line.tell(number=number)
print("told", flush=True)
heard = (json.loads(message).get("number") for message in ours.makefile())
for number in range(5000):
    while (one := next(heard)) is None:
        pass
    assert one == number
os._exit(0)
"""


def test_an_agent_goes_on_while_its_keeper_is_stopped_and_tells_it_later():
    told = subprocess.run(
        [sys.executable, "-c", NOBODY_READS],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert told.stdout == b"told\n"


def test_what_cannot_be_written_down_is_told_to_the_agent(kept):
    (kept.folder / "supervisor.jsonl").mkdir()
    body = """
if number == 1:
    die()
assert [fault.kind for fault in LifeLine.unwritten] == ["ended"]
"""
    assert kept.play(body).code == 0
    assert kept.starts == 2


def test_a_line_of_the_spool_that_was_cut_off_is_passed_over(kept):
    kept.play("if number == 1: die()")
    with (kept.folder / "supervisor.jsonl").open("a") as file:
        file.write('{"at": "2026')
    assert len(kept.faults) == 1
