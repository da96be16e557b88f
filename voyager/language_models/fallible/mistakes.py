"""What models get wrong in programs: one mistake put into a good one.

Covers mistakes that only a run shows (a wrong count, a missing step, a claim) as well as those that
a check finds before it. Not covered: mistakes of judgement (`proposals`, `judging`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from voyager.language_models.fallible.programs import Written


def wrong_name(program: Written, dice: random.Random) -> str:
    """An item or a block that is not called so."""
    wrong = dice.choice(("{}_block_item", "wood_{}", "{}s"))
    return re.sub(r"'([a-z_]+)'", lambda m: f"'{wrong.format(m[1])}'", program.source, count=1)


def missing_await(program: Written, dice: random.Random) -> str:
    """Something that is not waited for."""
    at = dice.choice([m.start() for m in re.finditer("await ", program.source)] or [0])
    return program.source[:at] + program.source[at:].replace("await ", "", 1)


def off_by_one(program: Written, dice: random.Random) -> str:
    """One less of something."""
    counts = [m for m in re.finditer(r", (\d+)\)", program.source) if m[1] != "1"]
    if not counts:
        return program.source
    at = dice.choice(counts)
    return f"{program.source[: at.start()]}, {int(at[1]) - 1}){program.source[at.end() :]}"


def missing_step(program: Written, dice: random.Random) -> str:
    """An ingredient that nobody gets."""
    gone = dice.randrange(max(1, len(program.body) - 1))
    if len(program.body) < 2 or "{" in "".join(program.body):
        return off_by_one(program, dice)
    return replace(program, body=program.body[:gone] + program.body[gone + 1 :]).source


def made_up_call(program: Written, dice: random.Random) -> str:
    """A plugin's function that the bot does not have."""
    call = dice.choice(
        (
            "await bot.collectBlock.collect(bot.findBlock({ matching: 1 }))",
            "await bot.craftItem('stick', 4)",
            "bot.pathfinder.goToBlock('log')",
        )
    )
    return replace(program, body=[call, *program.body]).source


def unwritten_helper(program: Written, dice: random.Random) -> str:
    """A function that is nowhere."""
    return replace(program, body=["await gatherWood(2)", *program.body]).source


def claim(program: Written, dice: random.Random) -> str:
    """It says that it is done, and does nothing."""
    return replace(program, body=["bot.chat('Done!')", "return { success: true }"]).source


def endless_loop(program: Written, dice: random.Random) -> str:
    """It waits for what never comes."""
    waits = "while (countItem('diamond') < 64) await collectDrops()"
    return replace(program, body=[waits, *program.body]).source


def cut_off(program: Written, dice: random.Random) -> str:
    """The answer ends in the middle."""
    return program.source[: len(program.source) * 2 // 3]


def required(program: Written, dice: random.Random) -> str:
    """A library that cannot be had."""
    return f"const {{ goals }} = require('mineflayer-pathfinder')\n{program.source}"


def swallowed(program: Written, dice: random.Random) -> str:
    """Errors that nobody hears of, after doing a part of it."""
    first = program.body[:1] if "{" not in "".join(program.body) else []
    body = ["try {", *(f"  {line}" for line in first), "} catch (error) {", "}"]
    return replace(program, body=body).source


MISTAKES: tuple[Callable[[Written, random.Random], str], ...] = (
    *(wrong_name, missing_await, off_by_one, missing_step, made_up_call),
    *(unwritten_helper, claim, endless_loop, cut_off, required, swallowed),
)
