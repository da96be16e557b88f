"""A night of play as its journal tells it: something of everything that a report shows."""

from __future__ import annotations

from pathlib import Path

from tests.voyager.session_rows import Rows, journal

FOREIGN = '</td><script>document.title = "broken out"</script>\x1b[2J\u202e & "quoted"'
NIGHT_SECONDS = 8 * 3600.0
TASK_SECONDS = 240.0
ITEMS = (
    *("oak_log", "oak_planks", "stick", "crafting_table", "wooden_pickaxe", "cobblestone"),
    *("stone_pickaxe", "stone_sword", "coal", "furnace", "raw_iron", "iron_ingot", "iron_pickaxe"),
    *("bucket", "shield", "beef", "cooked_beef", "torch", "bed", "redstone", "lapis_lazuli"),
    *("gold_ingot", "diamond", "diamond_pickaxe"),
)
TASKS = ("Mine 8 oak logs", "Craft a furnace", "Smelt 6 iron ingots", "Find diamonds", "Eat beef")
OUTCOMES = ("completed", "program_error", "timed_out", "died", "completed")


def write_night(home: Path) -> None:
    """Eight hours in two sittings: 120 tasks, every third one failed."""
    with journal(home) as rows:
        rows.run(NIGHT_SECONDS, model="gpt-small")
        half = NIGHT_SECONDS / 2
        rows.sitting(0, half, 2 * half, ending="It was cut off.")
        rows.sitting(half + 60, half, 2 * half, ending="the time is up")
        for begin in (0, half + 60):
            rows.event(begin + 5, "run_started", run=1)
            for nth in range(60):
                _task(rows, begin + 10 + nth * TASK_SECONDS, nth)
        for nth, name in enumerate(ITEMS):
            rows.item(20 + nth * nth * 50, name, 1 + nth * nth // 5)
        _perils(rows, half)
        _skills(rows)


def _task(rows: Rows, begin: float, nth: int) -> None:
    passed, end = nth % 3 != 2, begin + TASK_SECONDS - 20
    why = "" if passed else "The goal is not reached: inventory has 2 of 8 oak_log."
    status = "passed" if passed else "failed"
    task = rows.task(begin, end, status, TASKS[nth % 5], why, (begin + 16, end - 1))
    rows.call(begin + 14, 12.0, 0.004, task, tokens=(2100, 380))
    outcome = "completed" if passed else OUTCOMES[nth % 5]
    error = "MissingToolError" if outcome == "program_error" else None
    known = nth % 4 == 1
    rows.attempt(task, 1, outcome, passed, reused=known, error=error, seconds=400.0)


def _perils(rows: Rows, half: float) -> None:
    for nth in range(40):
        rows.event(700 * nth, "reflex_acted", reflex="eat", outcome="ate a bread", seconds=1.6)
    for nth in range(9):
        rows.event(3000 * nth, "reflex_acted", reflex="flee", outcome="got away", seconds=5)
        rows.event(3100 * nth, "upkeep_done", duty="sleep", outcome="slept", seconds=30)
        rows.event(3200 * nth, "checkpoint_taken", name=f"automatic-{nth}", seconds=0.4)
    for nth in range(7):
        rows.fault(1000 + 3000 * nth, 2.5 + nth, "bot")
    rows.fault(9000, 95.0, "server", "unreachable")
    rows.fault(half - 10, None, "endpoint", "unreachable")
    rows.death(5000, "Voyager was slain by Zombie", '{"stick": 3, "coal": 8}', '{"coal": 8}')
    rows.death(9000, "Voyager was slain by Zombie", "{}")
    rows.death(15000, f"Voyager drowned {FOREIGN}", '{"iron_ingot": 4}', "{}")
    rows.event(6000, "stuck_noticed", rung="another_path", why="it stood still")
    for nth in range(4):
        rows.event(
            7000 + 4000 * nth,
            "task_put_off",
            description="Smelt 6 iron ingots",
            failures=3,
            tasks=60,
            reason="It failed three times in a row.",
        )
    rows.event(20000, "budget_spent", budget="run", limit="0.50 USD", what_now="It plays on.")


def _skills(rows: Rows) -> None:
    for name, worked in (("mineOakLog", 22), ("craftFurnace", 6), ("smeltIronIngot", 4)):
        rows.skill(name, worked=worked)
    rows.skill("findDiamonds", "candidate", worked=1)
    rows.skill("eatBeef", "quarantined", worked=2, failed=3)
    rows.change("eatBeef", "quarantined", f"It broke: {FOREIGN}")
    rows.skill("mineOakLog", version=2, worked=9)
    for _ in range(4):
        rows.use("craftFurnace", "reused", False)
