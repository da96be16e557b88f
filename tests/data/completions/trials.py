"""Answers of a model that does, once each, everything that models do wrong.

Covers which answer a request gets: proposals come in their order, programs by the task they are
for, which is found by its own words in the question. So the answers stand whatever else the prompts
say. Not covered: where each of them ends, which the test that plays them says.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from voyager.language_models.replay.replies import RecordedRequest, Reply

LOGS = "Mine 3 logs by hand."
TABLE = "Craft a crafting table for the tools."

PROSE = "Let us first think about what a forest means to us."
GONE = Reply(status=503, text="the model was unloaded", headers={"retry-after-ms": "1"})
"""What everybody gets once all is said; before that, whoever asks for more gets nothing."""


def proposal(description: str, name: str, count: int = 1) -> str:
    """A task whose goal is to have items."""
    goal = [{"type": "inventory_has", "name": name, "count": count}]
    return json.dumps({"reasoning": "It comes next.", "task": description, "goal": goal})


def program(code: str, before: str = "") -> str:
    """An answer of the writer."""
    return f"{before}\n\n```javascript\n{code}\n```"


BROKEN_JSON = proposal(LOGS, "log", 3).removesuffix("}]}")
BEDROCK = proposal("Get a piece of bedrock.", "bedrock")
NETHERITE = proposal("Craft a netherite pickaxe right now.", "netherite_pickaxe")
UNKNOWN_ITEM = proposal("Get some unobtainium.", "unobtainium")
PROPOSALS = (
    *(Reply(text=PROSE), Reply(text=BROKEN_JSON)),
    *(Reply(text=BEDROCK), Reply(text=NETHERITE), Reply(text=UNKNOWN_ITEM)),
    Reply(text=proposal(TABLE, "crafting_table")),
)

SYNTAX_ERROR = program("async function mineLogs (count = 3) {\n  await mineBlock('log', count\n}")
WRONG_PLUGIN = program("async function mineLogs () {\n  await bot.collectBlock.collect('log')\n}")
WRONG_NAME = program("async function mineLogs (count = 3) {\n  await mineBlok('log', count)\n}")
ENDLESS = program("async function waitForLogs () {\n  while (countItem('log') < 3) {}\n}")
CLAIM = program(
    "// Mines logs (wood). Use when wood is needed.\n"
    "async function claimLogs () {\n  bot.chat('I have mined 3 logs, done')\n  return 'done'\n}",
    "It is done: the logs are in the inventory.",
)
MINE_LOGS = program(
    "// Mines logs (wood) of any tree.\n// Use when wood, logs or planks are needed.\n"
    "async function mineLogs (count = 3) {\n"
    "  const missing = count - countItem('log')\n"
    "  if (missing > 0) await mineBlock('log', missing)\n}"
)
COUNTS_FOR_EVER = program(
    "// Counts planks. Use when a table is needed.\n"
    "async function countForTable () {\n"
    "  let planks = 1\n"
    "  while (planks > 0) planks = planks % 4 + 1\n"
    "  await craftItem('crafting_table', planks)\n}"
)
CRAFT_TABLE = program(
    "// Crafts a crafting table (workbench).\n// Use when a recipe needs one.\n"
    "async function craftCraftingTable (count = 1) {\n"
    "  const missing = count - countItem('crafting_table')\n"
    "  if (missing <= 0) return\n"
    "  if (countItem('planks') < 4 * missing) await craftItem('planks', 4 * missing)\n"
    "  await craftItem('crafting_table', missing)\n}"
)

REFUSAL = "I can't help with mining."
CUT_OFF = Reply(text=CRAFT_TABLE[:120], finish_reason="length")
PROGRAMS: dict[str, tuple[Reply, ...]] = {
    LOGS: (
        *(Reply(text=PROSE), Reply(text=SYNTAX_ERROR), Reply(text=WRONG_PLUGIN)),
        *(Reply(text=WRONG_NAME), Reply(text=ENDLESS), Reply(text=CLAIM)),
    ),
    TABLE: (
        Reply(text=CRAFT_TABLE, cut_after=80),
        *(CUT_OFF, Reply(text=COUNTS_FOR_EVER), Reply(text=CRAFT_TABLE)),
    ),
    "planks": (Reply(text=None, refusal=REFUSAL), Reply(text=""), Reply(text="{")),
}


class TrialReplies:
    """`Replies` that give each part of the agent its own: proposals, and programs for each task."""

    def __init__(self) -> None:
        self._proposals = list(PROPOSALS)
        self._programs = {task: list(replies) for task, replies in PROGRAMS.items()}

    @property
    def unused(self) -> tuple[Reply, ...]:
        """See `Replies`."""
        return (*self._proposals, *(reply for some in self._programs.values() for reply in some))

    def take(self, request: RecordedRequest) -> Reply:
        """See `Replies`."""
        waiting = self._waiting(request)
        if waiting:
            return waiting.pop(0)
        return Reply(text="") if self.unused else GONE

    def _waiting(self, request: RecordedRequest) -> list[Reply]:
        system, question = contents(request)[:2]
        if "JavaScript" not in system:
            return self._proposals
        return next((some for task, some in self._programs.items() if task in question), [])


def contents(request: RecordedRequest) -> Sequence[str]:
    """The text of each message."""
    return [str(message.get("content")) for message in request.body["messages"]]
