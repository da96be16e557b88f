"""The bridge through the real pipe, against a real server.

Joining, running programs, and every way in which one of them can go wrong.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mc_server import (
    BotSettings,
    Execution,
    Outcome,
    Script,
    ScriptModule,
    ServerUnreachableError,
)
from mc_server.embedded_server import EmbeddedServer
from mc_server.mineflayer_bridge import MineflayerBridge
from mc_server.node import find_node
from mc_server.server_ping import ping_server
from tests.live.processes import bot_process, needs_proc, wait_until

pytestmark = pytest.mark.live

USERNAME = "bridge_bot"
PRIMITIVES = {
    "addOne": "async (context, number) => number + 1",
    "countItem": "(context, name) => 0",
    "refuse": """async () => {
        await new Promise(resolve => setImmediate(resolve))
        throw Object.assign(new Error('no wood'), { code: 'not_found' })
    }""",
    "untilCancelled": """context => new Promise((resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(new Error('cancelled')))
    })""",
    "deafToCancel": "() => new Promise(() => {})",
    "crash": "() => process.exit(3)",
    "seen": """async ({ bot, registry }, name) => {
        const matching = registry.blocksByName[name].id
        while (!bot.findBlock({ matching, maxDistance: 8 })) await bot.waitForTicks(1)
    }""",
    "owned": """async ({ bot }, name) => {
        while (!bot.inventory.items().some(item => item.name === name)) await bot.waitForTicks(1)
    }""",
    "breakBlockBelow": """async context => {
        await context.bot.dig(context.bot.blockAt(context.bot.entity.position.offset(0, -1, 0)))
    }""",
}


@pytest.fixture(scope="module")
def primitives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("primitives")
    for name, source in PRIMITIVES.items():
        (folder / f"{name}.js").write_text(f"module.exports = {{ {name}: {source} }}\n")
    return folder


def connect(host: str, port: int, primitives: Path, username: str) -> MineflayerBridge:
    settings = BotSettings(host, port, username, primitives, join_timeout_seconds=120)
    return MineflayerBridge(settings, find_node())


@pytest.fixture(scope="module")
def bridge(embedded_server: EmbeddedServer, primitives: Path) -> Iterator[MineflayerBridge]:
    bridge = connect(embedded_server.host, embedded_server.port, primitives, USERNAME)
    bridge.join()
    yield bridge
    bridge.close()


Run = Callable[..., Execution]


@pytest.fixture
def run(bridge: MineflayerBridge) -> Run:
    """Runs the body of a program."""

    def run_body(body: str, deadline_seconds: float = 60, **options: Any) -> Execution:
        script = Script((ScriptModule("main", f"async function main () {{\n{body}\n}}"),), "main")
        return bridge.execute(script, deadline_seconds, **options)

    return run_body


def test_joins_and_sees_the_world(
    embedded_server: EmbeddedServer, bridge: MineflayerBridge
) -> None:
    game_data = bridge.join()
    assert game_data.version == ping_server(embedded_server.host, embedded_server.port).version_name
    planks = game_data.recipes["oak_planks"][0]
    assert (dict(planks.ingredients), planks.count) == ({"oak_log": 1}, 4)
    assert not planks.needs_table
    assert game_data.recipes["wooden_pickaxe"][0].needs_table
    assert game_data.blocks["stone"].drops == ("cobblestone",)
    assert "wooden_pickaxe" in game_data.blocks["stone"].harvest_tools
    assert "raw_iron" in game_data.smelting["iron_ingot"]
    assert game_data.fuels["coal"] == 8
    observation = bridge.observe()
    assert (observation.dimension, observation.health) == ("overworld", 20)
    assert observation.nearby_blocks[0].distance < 4
    assert observation.nearest("stone") is not None


def test_a_program_returns_its_result_its_calls_and_its_lines(run: Run) -> None:
    lines: list[str] = []
    execution = run(
        "console.log('hello'); return { sum: await addOne(2), none: countItem('dirt') }",
        on_progress=lines.append,
    )
    assert execution.outcome is Outcome.COMPLETED
    assert execution.result == {"sum": 3, "none": 0}
    assert [(call.name, call.arguments, call.result) for call in execution.calls] == [
        ("addOne", (2,), 3),
        ("countItem", ("dirt",), 0),
    ]
    assert lines == ["hello"]
    assert execution.error is None


def test_arguments_reach_the_entry_and_modules_see_earlier_ones(bridge: MineflayerBridge) -> None:
    script = Script(
        (
            ScriptModule("twice", "async function twice (n) { return await addOne(n) + n }"),
            ScriptModule("main", "async function main (n, text) { return [await twice(n), text] }"),
        ),
        "main",
        (4, "x"),
    )
    assert bridge.execute(script, 60).result == [9, "x"]


def test_what_the_server_did_becomes_an_event(run: Run) -> None:
    execution = run("await breakBlockBelow()")
    assert execution.outcome is Outcome.COMPLETED, execution.error
    mined = [event.data for event in execution.events if event.type == "mined"]
    assert [data["count"] for data in mined] == [1]
    assert mined[0]["name"] != "air"


def test_what_the_bot_owns_is_what_the_server_gave(
    embedded_server: EmbeddedServer, run: Run
) -> None:
    embedded_server.operate("give", player=USERNAME, item="iron_pickaxe", count=1)
    embedded_server.operate("give", player=USERNAME, item="oak_planks", count=70)
    execution = run(
        """await owned('iron_pickaxe')
        await owned('oak_planks')
        await bot.equip(registry.itemsByName.iron_pickaxe.id, 'hand')"""
    )
    assert execution.outcome is Outcome.COMPLETED, execution.error
    assert execution.after.inventory["oak_planks"] == 70
    assert execution.after.equipment["hand"] == "iron_pickaxe"
    assert execution.after.uses_left == {"iron_pickaxe": 250}


def test_a_chest_is_remembered_and_what_was_moved_is_an_event(
    embedded_server: EmbeddedServer, run: Run
) -> None:
    here = run("return bot.entity.position.floored()").result
    chest = {"x": here["x"] + 2, "y": here["y"] + 1, "z": here["z"]}
    embedded_server.operate("set_block", block="chest", **chest)
    embedded_server.operate("give", player=USERNAME, item="apple", count=3)
    execution = run(
        f"""await seen('chest')
        await owned('apple')
        const block = bot.blockAt(new Vec3({chest["x"]}, {chest["y"]}, {chest["z"]}))
        const window = await bot.openContainer(block)
        await window.deposit(registry.itemsByName.apple.id, null, 2)
        window.close()"""
    )
    assert execution.outcome is Outcome.COMPLETED, execution.error
    stored = [event.data for event in execution.events if event.type == "stored"]
    assert stored == [{"name": "apple", "count": 2}]
    assert [(c.position.x, c.position.y, c.items) for c in execution.after.chests] == [
        (chest["x"], chest["y"], {"apple": 2})
    ]
    assert execution.after.inventory["apple"] == 1


def test_a_death_ends_the_program_and_the_bot_lives_again(
    embedded_server: EmbeddedServer, run: Run
) -> None:
    def die(_: str) -> None:
        embedded_server.operate("hurt", player=USERNAME, damage=100)

    execution = run("console.log('ready'); await untilCancelled()", on_progress=die)
    (died,) = [event for event in execution.events if event.type == "died"]
    assert died.data["cause"].startswith(f"{USERNAME} died")
    assert execution.error is not None
    assert execution.error.message == f"the bot died: {died.data['cause']}"
    assert_back(run, execution, Outcome.DIED)
    assert execution.after.health == 20


def test_an_error_names_the_line_of_the_skill_that_failed(bridge: MineflayerBridge) -> None:
    script = Script(
        (
            ScriptModule("getWood", "async function getWood () {\n\n  await refuse('log')\n}"),
            ScriptModule("main", "async function main () {\n  await getWood()\n}"),
        ),
        "main",
    )
    execution = bridge.execute(script, 60)
    assert execution.outcome is Outcome.PROGRAM_ERROR
    assert execution.error is not None
    assert (execution.error.code, execution.error.module, execution.error.line) == (
        "not_found",
        "getWood",
        3,
    )


def test_an_error_names_the_line_of_the_program(run: Run) -> None:
    execution = run("const a = 1\nundefined.x")
    assert execution.error is not None
    assert (execution.error.name, execution.error.line) == ("TypeError", 3)


def test_a_syntax_error_names_its_line(run: Run) -> None:
    execution = run("const a = 1\nconst b = ;")
    assert execution.outcome is Outcome.PROGRAM_ERROR
    assert execution.error is not None
    assert (execution.error.name, execution.error.line) == ("SyntaxError", 3)


def test_a_rejection_nobody_handles_ends_the_program(run: Run) -> None:
    execution = run("Promise.reject(new Error('lost'))\nawait untilCancelled()")
    assert execution.outcome is Outcome.PROGRAM_ERROR
    assert execution.error is not None
    assert execution.error.message == "lost"


def assert_back(run: Run, execution: Execution, outcome: Outcome) -> None:
    assert execution.outcome is outcome, execution.error
    assert execution.after.health > 0
    assert run("return await addOne(1)").result == 2


def test_an_endless_loop_is_killed_and_the_bot_is_back(run: Run) -> None:
    execution = run("await addOne(1); while (true) {}", deadline_seconds=2)
    assert [call.name for call in execution.calls] == ["addOne"]
    assert_back(run, execution, Outcome.TIMED_OUT)


def test_an_endless_chain_of_promises_is_killed(run: Run) -> None:
    execution = run("for (;;) await null", deadline_seconds=0.5)
    assert_back(run, execution, Outcome.TIMED_OUT)


def test_a_program_that_fills_the_memory_is_killed(run: Run) -> None:
    execution = run("const kept = []\nfor (;;) kept.push(new Array(100000).fill(1))")
    assert_back(run, execution, Outcome.KILLED)


def test_a_crash_of_the_process_is_survived(run: Run) -> None:
    assert_back(run, run("crash()"), Outcome.KILLED)


@needs_proc
def test_at_the_deadline_a_program_that_listens_ends_by_itself(run: Run) -> None:
    process = bot_process(os.getpid())
    execution = run("await untilCancelled()", deadline_seconds=2)
    assert execution.outcome is Outcome.TIMED_OUT
    assert execution.seconds >= 2
    assert process.runs  # it was not killed
    assert [call.name for call in execution.calls] == ["untilCancelled"]


def test_a_primitive_that_does_not_listen_does_not_outlive_its_program(run: Run) -> None:
    execution = run("deafToCancel(); return 1")
    assert execution.calls[0].error is not None
    assert execution.calls[0].error.code == "cancelled"
    assert execution.error is not None
    assert execution.error.code == "not_awaited"
    assert_back(run, execution, Outcome.PROGRAM_ERROR)


def test_an_error_shows_its_line_and_the_steps_before_it_are_told(run: Run) -> None:
    execution = run("await addOne(1)\nbot.setControlState('sneak', true)\nnull.x")
    assert execution.error is not None
    assert execution.error.excerpt.splitlines()[1:] == [
        "  3 | bot.setControlState('sneak', true)",
        "> 4 | null.x",
        "  5 | }",
    ]
    assert [(step.text, step.module, step.line) for step in execution.trace] == [
        ("addOne(1)", "main", 2),
        ('bot.setControlState("sneak", true)', "main", 3),
    ]


def test_the_steps_of_a_program_that_is_killed_are_told(run: Run) -> None:
    execution = run("console.log('into the loop')\nwhile (true) {}", deadline_seconds=2)
    assert [step.text for step in execution.trace] == ["console: into the loop"]
    assert_back(run, execution, Outcome.TIMED_OUT)


STRANGE = {
    "throw undefined": "undefined was thrown",
    "throw null": "null",
    "throw { code: 'odd' }": '{"code":"odd"}',
    "throw Symbol('odd')": "Symbol(odd)",
    "throw 12n": "12",
    "throw new Error('x'.repeat(1e6))": "cut off: 1000000 characters",
    "throw { get message () { throw 1 } }": "cannot be read",
    "throw Object.defineProperty(new Error('a'), 'stack', { get () { throw 1 } })": "a",
    "throw new Proxy({}, { get () { throw 1 } })": "cannot be read",
    "Promise.reject(); await bot.waitForTicks(2)": "undefined was thrown",
    "setTimeout(() => { throw 7 }, 5); await bot.waitForTicks(9)": "7",
}


@pytest.mark.parametrize("body", STRANGE)
def test_whatever_is_thrown_is_told(run: Run, body: str) -> None:
    execution = run(body)
    assert execution.outcome is Outcome.PROGRAM_ERROR
    assert execution.error is not None
    assert STRANGE[body] in execution.error.message
    assert len(execution.error.message) < 3000


RESULTS: dict[str, Any] = {
    "return undefined": None,
    "return [NaN, Infinity, 1n, undefined]": ["NaN", "Infinity", "1n", None],
    "return new Map([['a', new Set([1])]])": {"a": [1]},
    "const a = {}; a.a = a; return a": {"a": "(itself)"},
    "return { get a () { throw new Error('no') }, b: 1 }": {"a": "(cannot be read: no)", "b": 1},
    "return () => 1": "(a function)",
    "return bot.inventory.items": "(a function)",
}


@pytest.mark.parametrize("body", RESULTS)
def test_whatever_is_returned_is_told(run: Run, body: str) -> None:
    execution = run(body)
    assert execution.outcome is Outcome.COMPLETED, execution.error
    assert execution.result == RESULTS[body]


def test_a_result_that_is_too_large_is_cut_with_a_word(run: Run) -> None:
    text = run("return 'x'.repeat(1e7)").result
    assert len(text) < 200_000
    assert "cut off: 10000000 characters" in text
    numbers = run("return Array.from({ length: 1e6 }, (_, index) => index)").result
    assert numbers[:3] == [0, 1, 2]
    assert "more left out" in numbers[-1]


def test_a_program_is_ended_from_another_thread_with_the_reason(
    bridge: MineflayerBridge, run: Run
) -> None:
    def cancel(_: str) -> None:
        threading.Thread(target=bridge.cancel, args=("the budget is spent",)).start()

    for body in ("await untilCancelled()", "await new Promise(() => {})", "while (true) {}"):
        execution = run(f"console.log('running'); {body}", on_progress=cancel)
        assert execution.error is not None
        assert "the budget is spent" in execution.error.message
        assert_back(run, execution, Outcome.TIMED_OUT)
    bridge.cancel("nothing runs")
    assert run("return 1").result == 1


def test_the_next_program_finds_the_bot_clean(run: Run) -> None:
    run("bot.setControlState('forward', true)\nbot.on('physicsTick', () => console.log('old'))")
    lines: list[str] = []
    execution = run(
        "await bot.waitForTicks(3)\nreturn bot.getControlState('forward')", on_progress=lines.append
    )
    assert (execution.result, lines) == (False, [])


def test_commands_are_refused(run: Run) -> None:
    execution = run("bot.chat('/give @s diamond')")
    assert execution.outcome is Outcome.PROGRAM_ERROR
    assert execution.error is not None
    assert execution.error.code == "invalid_argument"


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl-C there")
def test_an_interrupt_cancels_the_program_and_is_raised_again(run: Run) -> None:
    def interrupt(_: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        run("console.log('running'); await untilCancelled()", on_progress=interrupt)
    assert run("return 1").result == 1


def test_nothing_at_the_address(primitives: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ServerUnreachableError, match=f"127.0.0.1:{port}"):
        connect("127.0.0.1", port, primitives, "nobody").join()


def players(server: EmbeddedServer) -> int:
    return ping_server(server.host, server.port).players


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_a_killed_python_leaves_no_bot_behind(
    embedded_server: EmbeddedServer, primitives: Path
) -> None:
    before = players(embedded_server)
    program = textwrap.dedent(
        f"""
        import os, signal
        from pathlib import Path
        from mc_server import BotSettings
        from mc_server.mineflayer_bridge import MineflayerBridge
        from mc_server.node import find_node
        settings = BotSettings({embedded_server.host!r}, {embedded_server.port}, "orphan",
                               Path({str(primitives)!r}))
        MineflayerBridge(settings, find_node()).join()
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=250)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert (ended.stdout, ended.stderr) == (b"", b"")
    assert wait_until(lambda: players(embedded_server) == before)
