"""The programs of a soak: ordinary ones, ones that fail, hostile ones, and how each must end.

Each is the body of `async function main (n, home, chest)`, called with its number in the row and
two positions. Ordinary ones return `n`, so that no result can pass for another's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mc_server import Execution, Outcome, Script, ScriptModule

Ending = frozenset[Outcome]

COMPLETED = frozenset({Outcome.COMPLETED})
FAILED = frozenset({Outcome.PROGRAM_ERROR})
TIMED_OUT = frozenset({Outcome.TIMED_OUT})
KILLED = frozenset({Outcome.KILLED})
DIED = frozenset({Outcome.DIED})
NOT_COMPLETED = frozenset({Outcome.PROGRAM_ERROR, Outcome.TIMED_OUT, Outcome.KILLED})
"""Where it depends on the machine which bound is met first."""

ORDINARY, FAILING, HOSTILE = "ordinary", "failing", "hostile"
PATIENCE_SECONDS = 60.0
"""Of programs that end by themselves, on a machine as slow as can be."""
SHORT_SECONDS = 0.5
HELD = "held"
"""What an attempt to escape returns when nothing was there."""


@dataclass(frozen=True)
class SoakProgram:
    """A program and how it must end.

    `outside` is done to the bot from outside (`kill` its process, `hurt` it to death) once the
    program has said its first line. `weight` is how often it comes, beside others of its kind.
    """

    name: str
    kind: str
    body: str
    outcomes: Ending = COMPLETED
    deadline_seconds: float = PATIENCE_SECONDS
    outside: str | None = None
    weight: float = 1.0
    result: Callable[[int], Any] | None = None

    def script(self, number: int, home: dict[str, int], chest: dict[str, int]) -> Script:
        """To be run as the program of that number in the row."""
        source = f"async function main (n, home, chest) {{\n{self.body}\n}}"
        return Script((ScriptModule("main", source),), "main", (number, home, chest))

    def fault(self, number: int, execution: Execution) -> str | None:
        """What is wrong with how it ended; None when it ended as it must."""
        if execution.outcome not in self.outcomes:
            wanted = " or ".join(sorted(self.outcomes))
            return f"ended as {execution.outcome}, not {wanted}: {execution.error}"
        if execution.outcome is Outcome.COMPLETED and self.result is not None:
            wanted = self.result(number)
            if execution.result != wanted:
                return f"returned {str(execution.result)[:200]}, not {wanted}"
        if execution.outcome is not Outcome.COMPLETED and execution.error is None:
            return f"ended as {execution.outcome} without saying why"
        if execution.after.health <= 0:
            return "left the bot dead"
        return None


def ordinary(name: str, body: str, weight: float = 1.0) -> SoakProgram:
    """One that does what it is there for and returns its number."""
    body = f"{body}\nreturn n"
    return SoakProgram(name, ORDINARY, body, weight=weight, result=lambda number: number)


def failing(name: str, body: str) -> SoakProgram:
    """One with a mistake in it."""
    return SoakProgram(name, FAILING, body, FAILED)


def hostile(
    name: str,
    body: str,
    outcomes: Ending,
    deadline_seconds: float = PATIENCE_SECONDS,
    outside: str | None = None,
    weight: float = 1.0,
) -> SoakProgram:
    """One that would take the bot, the host or the machine along."""
    return SoakProgram(name, HOSTILE, body, outcomes, deadline_seconds, outside, weight)


def escape(name: str, expression: str) -> SoakProgram:
    """One that looks for a way out: it must find nothing, or fail over it."""
    body = (
        f"let found\ntry {{ found = {expression} }} catch {{ return '{HELD}' }}\n"
        f"return found === undefined ? '{HELD}' : 'found ' + String(found)"
    )
    return SoakProgram(
        f"escape: {name}", HOSTILE, body, COMPLETED | FAILED, weight=0.5, result=lambda _: HELD
    )


_SPOT = "bot.entity.position.floored()"

PROGRAMS: tuple[SoakProgram, ...] = (
    ordinary("nothing", ""),
    ordinary("look", "await bot.look(n % 6, 0.3)\nawait bot.lookAt(new Vec3(home.x, home.y, 9))"),
    ordinary("chat", "bot.chat(`program ${n}`)"),
    ordinary("tell", "for (let line = 0; line < 20; line++) console.log(`line ${line}`)"),
    ordinary("walk", "await goTo(home.x + n % 5 - 2, home.y, home.z - 3)"),
    ordinary("craft", "await craftItem('stick', 4)"),
    ordinary("equip", "await equip('wooden_pickaxe')\nawait bot.unequip('hand')"),
    ordinary("mine", "await mineBlock('dirt', 1)", 0.3),
    ordinary("place", "await placeItem('cobblestone')"),
    ordinary(
        "dig",
        f"const here = {_SPOT}\n"
        "const side = [here.offset(1, -1, 0), here.offset(-1, -1, 0)].map(at => bot.blockAt(at))\n"
        "const block = side.find(each => each && bot.canDigBlock(each) && each.name !== 'air')\n"
        "if (block) await bot.dig(block)",
    ),
    ordinary(
        "search",
        "const id = registry.blocksByName.stone.id\n"
        "bot.findBlocks({ matching: id, maxDistance: 24, count: 50 })\n"
        "bot.findBlock({ matching: block => block.name === 'chest', maxDistance: 16 })",
        2,
    ),
    ordinary(
        "read",
        "const items = bot.inventory.items().map(item => [item.name, item.count, item.slot])\n"
        "const near = Object.values(bot.entities).map(entity => entity.position.offset(0, 1, 0))\n"
        "if (items.length + near.length < 1) throw new Error('nothing there')",
        2,
    ),
    ordinary("listen", "bot.on('physicsTick', () => {})\nawait bot.waitForTicks(3)", 2),
    ordinary("chest", "await openChest(chest)\nawait deposit(chest, { cobblestone: 1 })"),
    ordinary(
        "chest by hand",
        "await goTo(chest.x, chest.y, chest.z, 2)\n"
        "const window = await bot.openContainer(bot.blockAt(new Vec3(chest.x, chest.y, chest.z)))\n"
        "window.containerItems()\nwindow.close()",
    ),
    failing("wrong name", "nothingOfThatName()"),
    failing("syntax", "const a = ;"),
    failing("type error", "undefined.x"),
    failing("missing", "await craftItem('diamond_pickaxe', 1)"),
    failing("command", "bot.chat('/give @s diamond')"),
    failing("throws null", "throw null"),
    failing("long message", "throw new Error('x'.repeat(1000000))"),
    failing("no depth", "const deeper = () => deeper() + 1\ndeeper()"),
    failing("unhandled", "Promise.reject(new Error('lost'))\nawait bot.waitForTicks(40)"),
    hostile("loop", "while (true);", TIMED_OUT, SHORT_SECONDS),
    hostile("promises", "for (;;) await null", TIMED_OUT, SHORT_SECONDS),
    hostile("never", "await new Promise(() => {})", TIMED_OUT, SHORT_SECONDS),
    hostile("regular expression", "/^(a+)+$/.test('a'.repeat(40) + 'b')", TIMED_OUT, SHORT_SECONDS),
    hostile("heap", "const a = []\nfor (;;) a.push(new Array(1e5).fill(n))", KILLED, weight=0.3),
    hostile(
        "buffers",
        "const a = []\nfor (;;) a.push(new Uint8Array(5e7).fill(1))",
        NOT_COMPLETED,
        weight=0.3,
    ),
    hostile("long text", "let a = 'x'\nfor (;;) a += a", NOT_COMPLETED),
    hostile(
        "log flood",
        "for (let i = 0; i < 1e6; i++) console.log('x'.repeat(999))",
        COMPLETED | KILLED,
    ),
    hostile("calls", "for (let i = 0; i < 3000; i++) countItem('dirt')", COMPLETED),
    hostile("huge result", "return 'x'.repeat(5000000)", COMPLETED),
    hostile("result that throws", "return { get a () { throw new Error('no') } }", COMPLETED),
    hostile("result without end", "const a = {}\na.a = a\nreturn a", COMPLETED),
    hostile(
        "timers",
        "for (let i = 0; i < 5000; i++) setInterval(() => {}, 1)\nawait new Promise(() => {})",
        FAILED,
    ),
    hostile("timer left", "setInterval(() => console.log('late'), 1)", COMPLETED),
    hostile("listeners left", "for (let i = 0; i < 50; i++) bot.on('move', () => {})", COMPLETED),
    hostile("walks on", "bot.setControlState('forward', true)", COMPLETED),
    hostile("not awaited", "goTo(home.x, home.y, home.z + 3)", FAILED),
    hostile("killed", "console.log('go')\nawait bot.waitForTicks(1e6)", KILLED, outside="kill"),
    hostile(
        "dies", "console.log('go')\nawait bot.waitForTicks(1e6)", DIED, outside="hurt", weight=0.5
    ),
    escape("process", "globalThis.process"),
    escape("require", "require('fs')"),
    escape("constructor", "(() => {}).constructor('return process')()"),
    escape("import", "await import('node:fs')"),
    escape("connection", "bot._client"),
    escape("emit", "bot.emit('death')"),
    escape("constructor of a method", "bot.chat.constructor('return process')()"),
    escape("prototype", "(Object.prototype.escaped = 1)"),
    escape("stack", "(Error.prepareStackTrace = (_, s) => s) && new Error().stack[0].getThis()"),
)
