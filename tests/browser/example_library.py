"""A home folder with a library that has seen something: versions, uses, failures, a quarantine.

Written into the tables, so that nothing has to be played.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from voyager.journal.database import open_database, transaction
from voyager.journal.journal_opening import MIGRATIONS

BROKEN_SOURCE = "</script><script>document.title = 'broken out'</script>"

# name, status, what it calls, description, and how many uses worked and failed
SKILLS: tuple[tuple[str, str, tuple[str, ...], str, int, int], ...] = (
    ("mineLogs", "verified", ("countItem", "mineBlock"), "Mine logs", 41, 2),
    ("craftPlanks", "verified", ("countItem", "mineLogs", "craftItem"), "Craft planks", 33, 0),
    ("craftStick", "verified", ("countItem", "craftPlanks", "craftItem"), "Craft sticks", 28, 1),
    ("craftCraftingTable", "verified", ("craftPlanks", "craftItem"), "Craft a table", 9, 0),
    (
        "craftWoodenPickaxe",
        "verified",
        ("craftCraftingTable", "craftStick", "craftPlanks", "craftItem"),
        "Craft wooden pickaxes",
        12,
        1,
    ),
    (
        "mineCobblestone",
        "verified",
        ("countItem", "craftWoodenPickaxe", "mineBlock"),
        "Mine cobblestone",
        25,
        3,
    ),
    (
        "craftStonePickaxe",
        "verified",
        ("craftCraftingTable", "mineCobblestone", "craftStick", "craftItem"),
        "Craft stone pickaxes",
        11,
        0,
    ),
    (
        "craftFurnace",
        "verified",
        ("craftCraftingTable", "mineCobblestone", "craftItem"),
        "Craft furnaces",
        6,
        0,
    ),
    ("mineRawIron", "verified", ("craftStonePickaxe", "mineBlock"), "Mine raw iron", 14, 5),
    (
        "smeltIronIngot",
        "verified",
        ("countItem", "findBlock", "craftFurnace", "mineRawIron", "smeltItem", "craftStonePickaxe"),
        "Smelt iron ingots until count of them are carried",
        31,
        7,
    ),
    (
        "craftIronPickaxe",
        "verified",
        ("craftCraftingTable", "smeltIronIngot", "craftStick", "craftItem"),
        "Craft iron pickaxes",
        3,
        0,
    ),
    ("craftBucket", "candidate", ("smeltIronIngot", "craftItem"), "Craft buckets", 1, 0),
    ("huntPorkchops", "verified", ("countItem", "killMob"), "Hunt for porkchops", 8, 4),
    ("cookPorkchops", "candidate", ("huntPorkchops", "craftFurnace", "smeltItem"), "Cook", 1, 0),
    ("catchFish", "quarantined", ("craftStick", "craftItem"), "Catch fish with a rod", 2, 6),
    ("sellFish", "quarantined", ("catchFish",), BROKEN_SOURCE, 0, 1),
    ("buildShelter", "retired", ("mineCobblestone", "placeItem"), "Build a small hut", 1, 3),
)

SMELT_SOURCES = (
    """\
// Smelt iron ingots until count of them are carried.
async function smeltIronIngot (count = 3) {
  const missing = count - countItem('iron_ingot')
  await craftFurnace(1)
  await mineRawIron(missing)
  await smeltItem('raw_iron', missing)
}
""",
    """\
// Smelt iron ingots until count of them are carried.
async function smeltIronIngot (count = 3) {
  const missing = count - countItem('iron_ingot')
  if (missing <= 0) return
  if (countItem('furnace') < 1) await craftFurnace(1)
  await mineRawIron(missing)
  await smeltItem('raw_iron', missing)
}
""",
    """\
// Smelt iron ingots until count of them are carried.
async function smeltIronIngot (count = 3) {
  const missing = count - countItem('iron_ingot')
  if (missing <= 0) return
  if (countItem('furnace') < 1 && !findBlock('furnace', 16)) await craftFurnace(1)
  if (8 * countItem(['charcoal', 'coal']) < missing) await getCoal(Math.ceil(missing / 8))
  if (countItem('raw_iron') < missing) await mineRawIron(missing)
  await smeltItem('raw_iron', missing)

  async function getCoal (count) {
    const tools = ['stone_pickaxe', 'wooden_pickaxe', 'iron_pickaxe', 'diamond_pickaxe']
    for (let round = 0; countItem('coal') < count && round < 8; round++) {
      if (countItem(tools) < 1) await craftStonePickaxe(1)
      try {
        await mineBlock(['coal_ore', 'deepslate_coal_ore'], count - countItem('coal'))
      } catch (error) {
        // A tool that broke is made anew.
        if (error.code !== 'missing_tool' || countItem(tools) > 0) throw error
      }
    }
  }
}
""",
)

CONTRACT = {
    "uses": 38,
    "successes": 31,
    "per_count": True,
    "consumes": {
        "raw_iron": {"least": 1, "median": 1, "most": 1},
        "coal": {"least": 0.1, "median": 0.2, "most": 1},
    },
    "holds": ["stone_pickaxe"],
    "stations": ["furnace"],
    "yields": {"iron_ingot": {"least": 1, "median": 1, "most": 1}},
    "seconds": {"least": 11.4, "median": 34.2, "most": 121.9},
    "moves_blocks": {"least": 0, "median": 14, "most": 66},
    "failures": [
        {"code": "not_found", "count": 5, "conditions": ["It was night."]},
        {"code": "timeout", "count": 2, "conditions": []},
    ],
}
WORDS = (
    "Needs 1 raw iron for each, some coal, a stone pickaxe and a furnace near.\n"
    "Yields iron ingots in about 34 seconds. It failed at night."
)


def make_example(home: Path) -> None:
    """Write the library into a home folder that is not there yet."""
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        transaction(connection),
    ):
        _add_attempts(connection, len(SKILLS))
        for number, (name, status, calls, description, worked, failed) in enumerate(SKILLS, 1):
            sources: Sequence[str] = (_source(name, calls),)
            if name == "smeltIronIngot":
                sources = SMELT_SOURCES
            for version, source in enumerate(sources, 1):
                newest = version == len(sources)
                add_skill(
                    connection,
                    name,
                    source,
                    calls,
                    description=f"{description}.",
                    status=status if newest else "retired",
                    version=version,
                    record=(worked, failed) if newest else (1, 2),
                    task=number,
                    day=number,
                )
            _add_uses(connection, name, len(sources), worked, failed, number)
            _add_changes(connection, name, status, len(sources), number)
        connection.execute(
            "INSERT INTO skill_contracts VALUES ('smeltIronIngot', 3, ?, ?)",
            (json.dumps(CONTRACT), WORDS),
        )
        connection.execute("INSERT INTO skill_names VALUES ('makeIron', 'smeltIronIngot')")
        connection.execute("UPDATE skills SET pinned = 1 WHERE name = 'mineLogs'")
        connection.execute("UPDATE skills SET banned = 1 WHERE name = 'catchFish'")


def add_skill(
    connection: sqlite3.Connection,
    name: str,
    source: str,
    calls: Sequence[str],
    *,
    description: str,
    status: str = "verified",
    version: int = 1,
    record: tuple[int, int] = (1, 0),
    task: int = 1,
    day: int = 1,
) -> None:
    """A version of a skill, which becomes the active one."""
    connection.execute(
        "INSERT INTO skill_versions (name, version, source, signature, description, when_to_use,"
        " calls, contract, contract_type, contract_name, parameters, status, successes, failures,"
        " run_id, task, attempt, writer, model, game_version, added_at) VALUES"
        " (?, ?, ?, ?, ?, ?, ?, ?, 'inventory_has', ?, '{}', ?, ?, ?, 1, ?, 1, 'recipe', NULL,"
        " '1.20.4', ?)",
        (
            name,
            version,
            source,
            f"async function {name} (count = 1)",
            description,
            f"When this is needed: {description}",
            json.dumps(calls),
            json.dumps({"type": "inventory_has", "name": "iron_ingot", "count": 3}),
            name.lower(),
            status,
            *record,
            f"Task {task}",
            f"2026-03-{day % 28 + 1:02}T1{version}:00:00.000Z",
        ),
    )
    connection.execute(
        "INSERT INTO skills (name, active_version) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET active_version = excluded.active_version",
        (name, version),
    )


def add_use(
    connection: sqlite3.Connection,
    name: str,
    version: int,
    passed: bool | None,
    *,
    kind: str = "called",
    at: str = "2026-03-20T10:00:00.000Z",
    attempt: int | None = None,
) -> None:
    """A use that took a while, and that failed at what was not found."""
    error = None if passed in (True, None) else "No iron ore was found within 64 blocks."
    connection.execute(
        "INSERT INTO skill_uses (name, version, kind, run_id, attempt_id, seed, arguments, passed,"
        " outcome, error_code, error, seconds, before, after, environment, used_at)"
        " VALUES (?, ?, ?, 1, ?, 3, '[3]', ?, ?, ?, ?, ?, '{}', '{}', '{}', ?)",
        (
            name,
            version,
            kind,
            attempt,
            passed,
            "completed" if error is None else "program_error",
            error and "not_found",
            error,
            20 + len(at) % 7 + (0 if passed else 14.5),
            at,
        ),
    )


def _source(name: str, calls: Sequence[str]) -> str:
    if name == "sellFish":
        return f"// {BROKEN_SOURCE}\nasync function sellFish () {{ await catchFish(1) }}\n"
    lines = "".join(f"  await {one}(count)\n" for one in calls)
    return f"async function {name} (count = 1) {{\n{lines}}}\n"


def _add_attempts(connection: sqlite3.Connection, count: int) -> None:
    connection.execute("INSERT INTO worlds VALUES (1, 'w', 'embedded', 3, '2026-03-01')")
    connection.execute(
        "INSERT INTO runs (id, world_id, goal, version, username, status, started_at)"
        " VALUES (1, 1, 'iron_pickaxe', '1.20.4', 'Voyager', 'finished', '2026-03-01')"
    )
    for number in range(1, count + 1):
        connection.execute(
            "INSERT INTO tasks (id, run_id, iteration, description, goal, why, proposer, status,"
            " started_at) VALUES (?, 1, ?, ?, '{}', '', 'list', 'passed', '2026-03-01')",
            (number, number, f"Task {number}"),
        )
        name = SKILLS[number - 1][0]
        connection.execute(
            "INSERT INTO attempts (id, task_id, number, status, entry, arguments, source, calls,"
            " writer, reused, started_at)"
            " VALUES (?, ?, 1, 'judged', ?, '[]', '', '[]', 'recipe', 0, '2026-03-01')",
            (number, number, name),
        )


def _add_uses(
    connection: sqlite3.Connection, name: str, versions: int, worked: int, failed: int, task: int
) -> None:
    """The failures spread among the successes, most of them early, but for the first use."""
    total = worked + failed
    steps = max(1, failed * (failed + 1))
    failures = {min(total - 1, 1 + n * (n + 1) * total // steps) for n in range(failed)}
    for number in range(total):
        version = min(versions, 1 + number * versions // max(1, total))
        kind = "learned" if number == 0 else ("reused", "called", "called", "exercised")[number % 4]
        passed = None if number == 10 else number not in failures
        at = f"2026-03-{number % 20 + 2:02}T10:{number % 60:02}:00.000Z"
        add_use(connection, name, version, passed, kind=kind, at=at, attempt=task)


def _add_changes(
    connection: sqlite3.Connection, name: str, status: str, versions: int, day: int
) -> None:
    rows = [(version, "verified", "it worked from another start") for version in range(1, versions)]
    rows += [(versions, "candidate", f"task: Task {day}")]
    if status != "candidate":
        rows.append((versions, status, "by what its uses showed"))
    connection.executemany(
        "INSERT INTO skill_changes (name, version, change, reason, because_of, run_id, changed_at)"
        " VALUES (?, ?, ?, ?, ?, 1, ?)",
        [
            (
                name,
                version,
                change,
                reason,
                "catchFish" if name == "sellFish" and change == "quarantined" else None,
                f"2026-03-{day:02}T1{hour}:00:00.000Z",
            )
            for hour, (version, change, reason) in enumerate(rows)
        ],
    )
