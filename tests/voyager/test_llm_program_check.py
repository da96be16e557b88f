"""What is found wrong with a program before it runs, and what is found out about a good one."""

import json
import re
from pathlib import Path

import pytest

import mc_server
from curriculum import Killed, parse_goal
from mc_server import GameData
from skills import PrimitiveReference, Provenance, Skill
from voyager.writers.program_check import ProgramProblemError, Vocabulary, check_program
from voyager.writers.program_names import MODULES

ROOT = Path(__file__).parents[1]
MODULES_SCRIPT = Path("bridge", "membrane", "program_modules.js")
DATA = json.loads((ROOT / "data" / "game_data_1.20.4.json").read_text())
GOAL = parse_goal({"type": "inventory_has", "name": "stick", "count": 4})
PRIMITIVES = (
    PrimitiveReference("mineBlock", "mineBlock(names, count = 1)", "Mines.", True),
    PrimitiveReference("craftItem", "craftItem(name, count = 1)", "Crafts.", True),
    PrimitiveReference("killMob", "killMob(name, count = 1)", "Kills.", True),
    PrimitiveReference("goTo", "goTo(x, y, z, range = 1)", "Walks.", True),
    PrimitiveReference("countItem", "countItem(name)", "Counts.", False),
)
SKILL = Skill(
    name="craftPlanks",
    source="async function craftPlanks (count = 4) {\n  await craftItem('planks', count)\n}",
    signature="async function craftPlanks (count = 4)",
    description="Crafts planks.",
    when_to_use="Use when planks are missing.",
    calls=("craftItem",),
    contract={},
    provenance=Provenance(1, "Craft planks.", 1, "llm", "m", "1.20.4"),
)
VOCABULARY = Vocabulary(PRIMITIVES, (SKILL,), GameData.from_json(DATA))


def check(source, goal=GOAL):
    return check_program(source, goal, VOCABULARY)


def body(*lines):
    return "\n".join(["async function craftSticks (count = 4) {", *lines, "}"])


def test_a_good_program_is_understood():
    source = """// Crafts sticks.
// Also planks, if there are none.
// Use when sticks are needed
// for tools.
async function craftSticks (count = 4, note = 'a, b) {') {
  const enough = () => countItem('stick') >= count // not mineBlock
  const tell = text => console.log(`mineBlock ${text} of ${[1, 2].map(n => n * 2)}`)
  if (/[/'"`(]+/.test(note)) tell("isn't it")
  if (!enough()) {
    await craftPlanks(2)
    await Promise.all([craftItem('stick', count)])
  }
  const walk = async (x) => { await goTo(x, 0, 0) }
  for (const x of [1]) await walk(x)
  return enough()
}"""
    checked = check(source)
    assert checked.source == source
    assert checked.entry == "craftSticks"
    assert set(checked.calls) == {"countItem", "craftPlanks", "craftItem", "goTo"}
    assert checked.description == "Crafts sticks. Also planks, if there are none."
    assert checked.when_to_use == "Use when sticks are needed for tools."
    assert checked.parameters == {"count": "count"}


def test_what_mineflayer_s_documentation_names_may_be_used():
    check(
        body(
            "const movements = new Movements(bot, mcData)",
            "bot.pathfinder.setMovements(movements)",
            "await bot.pathfinder.goto(new GoalNear(1, 2, 3, 1))",
            "await bot.pathfinder.goto(new goals.GoalXZ(1, 2))",
        )
    )


NATURAL = sorted((ROOT / "sandbox" / "natural" / "programs").glob("*.js"))
BEGINS_AS_THE_DOCUMENTATION_DOES = """const vec3 = require('vec3')
const { Movements, goals: { GoalNear } } = require("mineflayer-pathfinder")
const mcData = require('minecraft-data')(bot.version)
"""


@pytest.mark.parametrize("path", NATURAL, ids=lambda path: path.stem)
def test_what_runs_may_run(path):
    check(BEGINS_AS_THE_DOCUMENTATION_DOES + path.read_text())


def test_the_modules_are_those_that_can_be_required():
    source = (Path(mc_server.__file__).parent / MODULES_SCRIPT).read_text()
    known = source[source.index("modules = new Map") :].split("\n  }))")[0]
    assert re.findall(r"^ +'?([a-z][\w-]+)'?: ", known, re.M) == list(MODULES)


def test_a_block_comment_describes_too():
    checked = check("/**\n * Crafts sticks.\n * Use when sticks lack.\n */\n" + body())
    assert (checked.description, checked.when_to_use) == (
        "Crafts sticks.",
        "Use when sticks lack.",
    )


def test_a_count_that_is_not_the_goal_s_is_no_parameter_of_it():
    assert check(body().replace("4", "3")).parameters == {}
    assert check(body(), Killed(name="zombie")).parameters == {}


def test_the_entry_is_the_async_function_that_no_other_calls():
    helper = "async function fetchPlanks () {\n  await craftPlanks()\n}"
    main = body("  await fetchPlanks()")
    assert check(f"{helper}\n{main}").entry == "craftSticks"
    assert check(f"{main}\n{helper}").entry == "craftSticks"


def test_a_line_that_starts_the_program_is_taken_out():
    source = body("  await craftItem('stick', count)")
    assert check(f"{source}\n\nawait craftSticks(4)").source == source
    assert check(f"craftSticks()\n{source}").source == source


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("function craftSticks () {}", "no async function"),
        ("const craftSticks = async () => {}", "no async function"),
        (body("  await craftItem('stick'"), "the ( of line 2 is not closed before"),
        (body("  count++", "}"), "the } of line 4 closes nothing"),
        (body("  if (true) {"), "line 1 is never closed"),
        (body("  await craftItem('stick, 4)"), "string of line 2"),
        (body("  console.log(`text)"), "template of line 2"),
        (body("  /* for ever"), "comment of line 2"),
        (body("  const fs = require('node:fs')"), "Line 2 requires node:fs"),
        (body("  const get = require", "  get('vec3')"), "Line 2 requires what is not a name"),
        (body("  bot.loadPlugin(pathfinder)"), "Line 2 uses `bot.loadPlugin`: nothing can be"),
        (body("  await bot.collectBlock.collect(1)"), "`bot.collectBlock`: there are no plugins"),
        ("import x from 'y'\n" + body(), "Line 1 uses `import`"),
        (body("  process.exit()"), "Line 2 uses `process`"),
        (body("  eval('1')"), "Line 2 uses `eval`"),
        (body("  new Function('1')()"), "Line 2 uses `Function`"),
        (body("  await craftPlank(4)"), "craftPlanks"),
        (body("  await new Promise(done => queueMicrotask(done))"), "calls `queueMicrotask`"),
        (body("  craftItem('stick', 4)"), "`craftItem` without `await`"),
        (body("  if (count) craftPlanks()", "  return 1"), "`craftPlanks` without `await`"),
        (body("  await craftItem('sticks', 4)"), "no 'sticks'; did you mean stick"),
        (body("  await mineBlock(['oak_log', 'oak_logs'])"), "no 'oak_logs'"),
        (body("  await killMob('zombee')"), "zombie"),
        ("async function craftSticks (count) {}", "give count a default"),
        ("async function craftSticks (bot, count = 4) {}", "`bot` is a global"),
        ("async function craftPlanks () {}", "is there already"),
        ("async function Craft_Sticks () {}", "camelCase"),
        ("async function long () {}" + " " * 20_000, "characters"),
    ],
)
def test_a_program_not_to_be_run_is_told_why(source, told):
    with pytest.raises(ProgramProblemError) as caught:
        check(source)
    assert told in str(caught.value)


def test_all_problems_are_told_at_once():
    with pytest.raises(ProgramProblemError, match=r"`process`.*`flyTo`.*'sticks'"):
        check(body("  process.exit()", "  await flyTo(1)", "  await craftItem('sticks')"))
