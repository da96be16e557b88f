"""Whatever breaks while a program runs has its outcome, and the next program finds the bot ready.

What programs, processes, hosts, servers and lines do wrong, one each. Not covered: what a program
may not reach (`tests/sandbox`), a whole sitting (`test_play_through_faults.py`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mc_server import (
    BotSettings,
    Execution,
    MineflayerBridge,
    Outcome,
    Script,
    ScriptModule,
    ServerUnreachableError,
    find_node,
)
from mc_server.embedded_server import EmbeddedServer
from tests.live.line import Line
from tests.live.processes import (
    bot_process,
    descendants,
    marked,
    needs_proc,
    node_host,
    wait_until,
)

pytestmark = [pytest.mark.live, needs_proc]

USERNAME = "survivor"
SILENCE_SECONDS = 5.0
PRIMITIVES = {
    "addOne": "async (context, number) => number + 1",
    "untilCancelled": """context => new Promise((resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(new Error('cancelled')))
    })""",
    # As if a program had found its way out, with all that Node can do.
    "exitWell": "() => process.exit(0)",
    "abort": "() => process.abort()",
    "killItself": "() => process.kill(process.pid, 'SIGKILL')",
    "freezeItself": "() => process.kill(process.pid, 'SIGSTOP')",
    "closeChannel": "() => { require('node:fs').closeSync(3); return new Promise(() => {}) }",
    "writeNonsense": "() => { require('node:fs').writeSync(3, 'nonsense\\n') }",
    "floodOutput": """() => {
        for (;;) try { require('node:fs').writeSync(1, 'x'.repeat(60000) + '\\n') } catch {}
    }""",
    "floodErrors": """() => {
        for (;;) try { require('node:fs').writeSync(2, 'x'.repeat(60000)) } catch {}
    }""",
    "fillBuffers": """() => {
        const kept = []
        for (;;) kept.push(Buffer.alloc(50_000_000, 1))
    }""",
    "throwLater": "() => { setTimeout(() => { throw new Error('late') }, 1) }",
}


@pytest.fixture(scope="module")
def primitives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its path is in the command line of every process of a bot that uses it."""
    folder = tmp_path_factory.mktemp("recovery_primitives")
    for name, source in PRIMITIVES.items():
        (folder / f"{name}.js").write_text(f"module.exports = {{ {name}: {source} }}\n")
    return folder


@pytest.fixture(scope="module")
def line(embedded_server: EmbeddedServer) -> Iterator[Line]:
    line = Line(embedded_server.host, embedded_server.port)
    yield line
    line.cut()


@pytest.fixture(scope="module")
def settings(line: Line, primitives: Path) -> BotSettings:
    return BotSettings(
        "127.0.0.1",
        line.port,
        USERNAME,
        primitives,
        version="1.20.4",
        join_timeout_seconds=120,
        silence_timeout_seconds=SILENCE_SECONDS,
        patience_seconds=60,
    )


@pytest.fixture(scope="module")
def bridge(settings: BotSettings) -> Iterator[MineflayerBridge]:
    bridge = MineflayerBridge(settings, find_node())
    bridge.join()
    yield bridge
    bridge.close()


Run = Callable[..., Execution]


@pytest.fixture
def run(bridge: MineflayerBridge, line: Line, primitives: Path) -> Iterator[Run]:
    """Runs the body of a program. After the test the next one completes, and nothing is left."""

    def run_body(body: str, deadline_seconds: float = 90, **options: Any) -> Execution:
        script = Script((ScriptModule("main", f"async function main () {{\n{body}\n}}"),), "main")
        return bridge.execute(script, deadline_seconds, **options)

    yield run_body
    line.clear()
    after = run_body("return await addOne(1)")
    assert (after.outcome, after.result) == (Outcome.COMPLETED, 2), after.error
    assert after.before.health > 0
    # None when the connection was lost again right after: the next request brings the bot back.
    assert wait_until(lambda: len(bots(primitives)) <= 1), bots(primitives)
    assert node_host(os.getpid())


def bots(primitives: Path) -> list[Any]:
    """The outermost process of each bot that uses these primitives."""
    found = marked(primitives)
    pids = {process.pid for process in found}
    return [process for process in found if process.parent not in pids]


def once(action: Callable[[], object]) -> Callable[[str], None]:
    """Does it when the first line of progress comes."""
    left = [action]

    def act(_: str) -> None:
        if left:
            left.pop()()

    return act


WAIT = "console.log('running'); await untilCancelled()"


# -- programs --------------------------------------------------------------------------------

TIMED_OUT, KILLED, FAILED = Outcome.TIMED_OUT, Outcome.KILLED, Outcome.PROGRAM_ERROR
COMPLETED, DISCONNECTED = Outcome.COMPLETED, Outcome.DISCONNECTED

CLUMSY = {
    "waits in a loop that nothing can end": (
        "while (bot.inventory.items().length < 999) { bot.setControlState('forward', true) }",
        TIMED_OUT,
    ),
    "chains promises without an end": (
        "const again = () => Promise.resolve().then(again)\nawait again()",
        TIMED_OUT,
    ),
    "lets timers beget timers": (
        "const more = () => { setTimeout(more, 1); setTimeout(more, 1) }\nmore()\n" + WAIT,
        FAILED,
    ),
    "backtracks through an expression": (
        "return /^(a+)+$/.test('a'.repeat(50) + 'b')",
        TIMED_OUT,
    ),
    "keeps more than there is room for": (
        "const kept = []\nfor (;;) kept.push(new Array(100000).fill(1))",
        KILLED,
    ),
    "doubles a text": ("let text = 'x'\nfor (;;) text += text", FAILED),
    "calls itself": ("const deep = n => deep(n + 1) + 1\nreturn deep(0)", FAILED),
    "leaves a rejection alone": ("Promise.reject(new Error('lost'))\n" + WAIT, FAILED),
    "throws in a listener": (
        "bot.on('physicsTick', () => { throw new Error('late') })\n" + WAIT,
        FAILED,
    ),
    "throws nothing": ("throw null", FAILED),
    "throws what cannot be read": (
        "throw { get message () { while (true) {} } }",
        TIMED_OUT,
    ),
    "returns what never resolves": ("return { then () {} }", TIMED_OUT),
    "returns itself": ("const a = {}\na.a = a\nreturn a", None),
    "returns 50 MB": ("return 'x'.repeat(50_000_000)", None),
    "returns a million things": ("return Array(1_000_000).fill({ name: 'dirt' })", None),
    "talks without an end": ("for (;;) console.log('x'.repeat(1000))", (TIMED_OUT, KILLED)),
    "talks and breathes": (
        "for (;;) { console.log('x'.repeat(1000)); await bot.waitForTicks(0) }",
        (TIMED_OUT, KILLED, FAILED),
    ),
}


@pytest.mark.parametrize("name", CLUMSY)
def test_a_program_that(run: Run, name: str) -> None:
    body, outcomes = CLUMSY[name]
    if outcomes is None:  # a value that cannot be handed over, or a part of it: either is said
        outcomes = (COMPLETED, FAILED, KILLED)
    expected = outcomes if isinstance(outcomes, tuple) else (outcomes,)
    # What ends by itself may take its time for it.
    execution = run(body, deadline_seconds=0.5 if TIMED_OUT in expected else 60)
    assert execution.outcome in expected, execution.error
    assert (execution.error is None) == (execution.outcome is COMPLETED)


ESCAPED = {
    "exitWell": KILLED,
    "abort": KILLED,
    "killItself": (TIMED_OUT, KILLED),  # the first of its namespace cannot
    "freezeItself": TIMED_OUT,
    "closeChannel": KILLED,
    "writeNonsense": KILLED,
    "floodOutput": (TIMED_OUT, KILLED),
    "floodErrors": (TIMED_OUT, KILLED),
    "fillBuffers": (KILLED, FAILED),
    "throwLater": (KILLED, FAILED),
}


@pytest.mark.parametrize("name", ESCAPED)
def test_a_process_that_does(run: Run, name: str) -> None:
    outcomes = ESCAPED[name]
    deadline_seconds = 30 if outcomes in (KILLED, (KILLED, FAILED)) else 1.5
    execution = run(f"await addOne(1)\nawait {name}()\n{WAIT}", deadline_seconds)
    assert execution.outcome in (outcomes if isinstance(outcomes, tuple) else (outcomes,)), (
        execution.error
    )
    assert execution.error is not None
    assert [call.name for call in execution.calls][:1] == ["addOne"]


# -- processes -------------------------------------------------------------------------------


def test_a_bots_process_that_is_killed(run: Run) -> None:
    execution = run(WAIT, on_progress=once(lambda: bot_process(os.getpid()).kill()))
    assert execution.outcome is KILLED
    assert execution.error is not None


def test_a_bots_process_that_is_killed_between_programs(run: Run, bridge: MineflayerBridge) -> None:
    bot_process(os.getpid()).kill()
    assert bridge.observe().health > 0


def test_a_host_that_is_killed_takes_what_it_knew_with_it(
    run: Run, bridge: MineflayerBridge
) -> None:
    before = bridge.observe()
    lines: list[str] = []

    def kill(line: str) -> None:
        lines.append(line)
        if line == "running":
            node_host(os.getpid()).kill()

    execution = run(f"await addOne(1)\n{WAIT}", on_progress=kill)
    assert execution.outcome is KILLED
    assert execution.error is not None
    assert "the Node host ended" in execution.error.message
    assert (execution.before, execution.calls) == (before, ())
    assert execution.after.health > 0
    assert lines == ["running", "The Node host has ended. It is started again."]


def test_a_host_that_is_killed_between_programs(run: Run, bridge: MineflayerBridge) -> None:
    node_host(os.getpid()).kill()
    assert bridge.observe().health > 0


def test_a_host_that_stands_still_for_a_while_harms_nobody(run: Run) -> None:
    """Longer than a program may keep its process busy: the silence was the host's own."""
    host = node_host(os.getpid())
    going_on = threading.Timer(9, host.kill, [signal.SIGCONT])

    def freeze() -> None:
        host.kill(signal.SIGSTOP)
        going_on.start()

    body = "console.log('running')\nawait bot.waitForTicks(220)\nreturn 1"
    execution = run(body, 60, on_progress=once(freeze))
    going_on.join()
    assert (execution.outcome, execution.result) == (COMPLETED, 1), execution.error


# -- servers and lines -----------------------------------------------------------------------


def test_a_line_that_is_cut_is_waited_for(run: Run, line: Line, bridge: MineflayerBridge) -> None:
    execution = run(WAIT, on_progress=once(line.cut))
    assert execution.outcome is DISCONNECTED
    assert execution.error is not None
    lines: list[str] = []

    def hear(text: str) -> None:
        lines.append(text)
        if line.is_cut:
            line.mend()

    assert run("return 1", on_progress=hear).result == 1
    assert lines[0].startswith(f"No Minecraft server answers at 127.0.0.1:{line.port}")
    assert "Trying again in 0.5 s" in lines[0]


def test_patience_has_an_end(
    run: Run, embedded_server: EmbeddedServer, settings: BotSettings
) -> None:
    own = Line(embedded_server.host, embedded_server.port)
    impatient = replace(settings, port=own.port, username="impatient", patience_seconds=1)
    bridge = MineflayerBridge(impatient, find_node())
    try:
        bridge.join()
        program = ScriptModule("main", f"async function main () {{ {WAIT} }}")
        cut = bridge.execute(Script((program,), "main"), 30, once(own.cut))
        assert cut.outcome is DISCONNECTED
        with pytest.raises(ServerUnreachableError, match=rf"{own.port}.*tries in 1 s did not help"):
            bridge.observe()
        own.mend()
        assert bridge.observe().health > 0
    finally:
        bridge.close()
        own.cut()


def test_a_bot_that_is_kicked_is_told_why_and_comes_back(
    run: Run, embedded_server: EmbeddedServer
) -> None:
    def kick() -> None:
        embedded_server.operate("kick", player=USERNAME, reason="Be off")

    execution = run(WAIT, on_progress=once(kick))
    assert execution.outcome is DISCONNECTED
    assert execution.error is not None
    assert execution.error.message == "disconnected: Be off"
    assert execution.after.health > 0


def test_a_line_that_swallows_everything_is_given_up(run: Run, line: Line) -> None:
    def lose() -> None:
        line.lost = True
        line.when_left = line.clear

    execution = run(WAIT, on_progress=once(lose))
    assert execution.outcome is DISCONNECTED
    assert execution.error is not None
    assert f"sent nothing for {SILENCE_SECONDS:.0f} s" in execution.error.message
    assert execution.seconds < 60


def test_a_deadline_holds_while_the_server_stands_still(run: Run, line: Line) -> None:
    execution = run(WAIT, 1, on_progress=once(line.freeze))
    assert execution.outcome is TIMED_OUT


def test_a_server_that_stands_still_for_a_moment_costs_nothing(
    run: Run, embedded_server: EmbeddedServer
) -> None:
    pid = embedded_server.process_id
    assert pid is not None

    def freeze() -> None:
        os.kill(pid, signal.SIGSTOP)
        threading.Timer(1.5, os.kill, [pid, signal.SIGCONT]).start()

    execution = run(
        "console.log('running')\nawait bot.waitForTicks(60)\nreturn 1", on_progress=once(freeze)
    )
    assert (execution.outcome, execution.result) == (COMPLETED, 1), execution.error


def test_a_server_that_stands_still_for_long_is_joined_again(
    run: Run, embedded_server: EmbeddedServer
) -> None:
    pid = embedded_server.process_id
    assert pid is not None

    def freeze() -> None:
        os.kill(pid, signal.SIGSTOP)
        threading.Timer(SILENCE_SECONDS + 3, os.kill, [pid, signal.SIGCONT]).start()

    execution = run(WAIT, on_progress=once(freeze))
    assert execution.outcome is DISCONNECTED, execution.error


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "turned_round": lambda data: data[::-1],
    "all_ones": lambda data: b"\xff" * len(data),
    "a_byte_missing": lambda data: data[1:],
    "bits_flipped": lambda data: bytes(byte ^ 0x55 for byte in data),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_bytes_that_cannot_be_read_end_the_connection_and_no_more(
    run: Run, line: Line, damage: str
) -> None:
    def corrupt() -> None:
        line.corrupt = DAMAGE[damage]
        line.when_left = line.clear

    execution = run(WAIT, on_progress=once(corrupt))
    assert execution.outcome is DISCONNECTED, execution.error


def test_a_line_that_is_slow_and_in_pieces(run: Run, line: Line) -> None:
    line.delay_seconds, line.piece_bytes = 0.3, 1
    execution = run(
        """const below = bot.blockAt(bot.entity.position.offset(0, -1, 0))
        await bot.dig(below)
        return below.name"""
    )
    assert execution.outcome is COMPLETED, execution.error
    assert execution.result


# -- Python itself ---------------------------------------------------------------------------

PLAYER = """
import math, sys
from pathlib import Path
from mc_server import *

stage, folder = sys.argv[1], Path(sys.argv[2])
kind = Simulation if stage == "simulation" else EmbeddedServer
server = kind(EmbeddedServerSettings(folder / "world", 1, find_node()))
server.start()
simulation = server.name if stage == "simulation" else None
bridge = MineflayerBridge(
    BotSettings(server.host, server.port, "orphan", folder / "primitives", version="1.20.4",
                world_rate=math.inf if simulation else 1.0, simulation=simulation),
    find_node(),
)
print("join", flush=True)
bridge.join()
print("joined", flush=True)
if stage == "close":
    print("close", flush=True)
    bridge.close()
    server.stop()
body = "async function main () { console.log('running'); while (true) {} }"
bridge.execute(Script((ScriptModule("main", body),), "main"), 60,
               lambda _: print(stage, flush=True))
"""


@pytest.mark.parametrize(
    ("stage", "number"),
    [
        ("join", signal.SIGKILL),
        ("execute", signal.SIGKILL),
        ("execute", signal.SIGTERM),
        ("close", signal.SIGKILL),
        ("simulation", signal.SIGKILL),
    ],
)
def test_a_python_that_is_killed_leaves_nothing(
    primitives: Path, tmp_path: Path, stage: str, number: int
) -> None:
    (tmp_path / "primitives").symlink_to(primitives)
    with subprocess.Popen(
        [sys.executable, "-c", PLAYER, stage, str(tmp_path)],
        env={**os.environ, "TESTED_IN": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as player:
        assert player.stdout is not None
        try:
            assert any(line == f"{stage}\n" for line in player.stdout)
            assert descendants(player.pid)
        finally:
            player.send_signal(number)
    assert wait_until(lambda: not marked(tmp_path)), marked(tmp_path)
