"""What is found wrong with a program before it runs, and what is found out about a good one."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import mc_server
import voyager
from curriculum import Killed, Task, parse_goal
from mc_server import BridgeError, Observation, find_node
from mc_server.observation import Position
from tests.voyager.checking import GOAL, PRIMITIVES, ROOT, SKILL, VOCABULARY, body
from voyager.writers import RecipeWriter
from voyager.writers.checks.program_check import ProgramProblemError, Vocabulary, check_program
from voyager.writers.checks.program_names import FORBIDDEN, LANGUAGE_GLOBALS, MODULES

BRIDGE = Path(mc_server.__file__).parent / "bridge"


def test_a_good_program_is_understood(check):
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
    assert checked.signature == "async function craftSticks (count = 4, note = 'a, b) {')"


def test_what_mineflayer_s_documentation_names_may_be_used(check):
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
def test_what_runs_may_run(path, check):
    others = tuple(one for one in PRIMITIVES if one.name != path.stem)
    vocabulary = Vocabulary(others, (SKILL,), VOCABULARY.game_data)
    for start in ("", BEGINS_AS_THE_DOCUMENTATION_DOES):
        check(start + path.read_text(), vocabulary=vocabulary)


def test_what_the_planner_writes_may_run(check):
    writer = RecipeWriter(VOCABULARY.game_data)
    world = Observation(Position(0, 64, 0), "overworld", "plains", 0, 20.0, 20.0, {})
    for item in ("iron_pickaxe", "torch", "cooked_beef", "diamond", "white_bed"):
        goal = parse_goal({"type": "inventory_has", "name": item, "count": 1})
        task = Task(f"Have 1 {item}.", goal, "", "test")
        source = writer.write(task, world, (), ()).source
        check(source, goal, Vocabulary(PRIMITIVES, (), VOCABULARY.game_data))


def test_what_descriptions_and_prompts_show_may_run(check):
    prompt = (Path(voyager.__file__).parent / "prompts" / "write_program_system.j2").read_text()
    shown = [one.description for one in PRIMITIVES]
    calls = [call for text in shown for call in re.findall(r"`(\w+\([^`]+\))`", text)]
    assert calls
    names = {one.name for one in PRIMITIVES}
    for call in calls:
        if call.partition("(")[0] in names:
            check(body(f"  await {call}"))
    for program in re.findall(r"```javascript\n(.*?)```", prompt, re.S):
        # What it calls besides are skills that it is said to have.
        skills = {*re.findall(r"await (\w+)\(", program)} - names
        known = tuple(replace(SKILL, name=name, signature=f"{name}(count = 1)") for name in skills)
        check(program, vocabulary=Vocabulary(PRIMITIVES, known, VOCABULARY.game_data))


def test_the_modules_are_those_that_can_be_required():
    source = (BRIDGE / "membrane" / "program_modules.js").read_text()
    known = source[source.index("modules = new Map") :].split("\n  }))")[0]
    assert re.findall(r"^ +'?([a-z][\w-]+)'?: ", known, re.M) == list(MODULES)


def test_the_language_s_globals_are_those_of_a_compartment():
    ask = "function a () { return Object.getOwnPropertyNames(globalThis) }"
    script = f"""const {{ loadProgram }} = require({str(BRIDGE / "program" / "compartment.js")!r})
    const modules = [{{ name: 'a', source: {ask!r} }}]
    process.stdout.write(JSON.stringify(loadProgram({{ modules, entry: 'a' }}, {{}})()))"""
    done = subprocess.run(
        [str(find_node()), "-e", script], capture_output=True, timeout=60, check=True
    )
    there = set(json.loads(done.stdout)) - {"a"}
    assert there - set(FORBIDDEN) == LANGUAGE_GLOBALS


def test_a_block_comment_describes_too(check):
    checked = check("/**\n * Crafts sticks.\n * Use when sticks lack.\n */\n" + body())
    assert (checked.description, checked.when_to_use) == (
        "Crafts sticks.",
        "Use when sticks lack.",
    )


def test_a_count_that_is_not_the_goal_s_is_no_parameter_of_it(check):
    assert check(body().replace("4", "3")).parameters == {}
    assert check(body(), Killed(name="zombie")).parameters == {}


def test_the_entry_is_the_async_function_that_no_other_calls(check):
    helper = "async function fetchPlanks () {\n  await craftPlanks()\n}"
    main = body("  await fetchPlanks()")
    assert check(f"{helper}\n{main}").entry == "craftSticks"
    assert check(f"{main}\n{helper}").entry == "craftSticks"


def test_a_line_that_starts_the_program_is_taken_out(check):
    source = body("  await craftItem('stick', count)")
    assert check(f"{source}\n\nawait craftSticks(4)").source == source
    assert check(f"craftSticks()\n{source}").source == source
    started = f"{source}\n\n(async () => {{\n  await craftSticks()\n}})().catch(console.error)"
    assert check(started).source == source


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("function craftSticks () {}", "no async function"),
        ("const craftSticks = async () => {}", "`craftSticks` is a variable; define it as"),
        (body("  await craftItem('stick'"), "the ( of line 2 is never closed"),
        (body("  count++", "}"), "Line 4, column 1 cannot be parsed (Unexpected token): }"),
        (body("  if (true) {"), "the { of line 1 is never closed"),
        (body("  await craftItem('stick, 4)"), "(Unterminated string constant): await craft"),
        (body("  console.log(`text)"), "Unterminated template"),
        (body("  /* for ever"), "Unterminated comment"),
        (body("  let count = 1") + "\nlet craftSticks", "already been declared"),
        ("import x from 'y'\n" + body(), "'import' and 'export' may appear only"),
        (body("  await import('fs')"), "Line 2 reads `import(`"),
        (body("  while (count --> 0) {}"), "Line 2 reads `<!--` or `-->`"),
        (body() + "\nawait goTo(1, 2, 3)", "Line 3 awaits outside of a function"),
        ("async function craftSticks (count) {}", "give count a default"),
        ("async function craftSticks (bot, count = 4) {}", "`bot` is a global"),
        ("async function craftPlanks () {}", "is there already"),
        ("async function Craft_Sticks () {}", "camelCase"),
        ("async function long () {}" + " " * 20_000, "characters"),
        ("[" * 19_000, "nested too deeply"),
    ],
)
def test_a_source_that_is_no_program_is_told_why(source, told, check):
    with pytest.raises(ProgramProblemError) as caught:
        check(source)
    assert told in str(caught.value)
    assert not caught.value.missing_helpers


def test_a_skill_that_failed_is_written_anew_under_its_name_and_no_other_skill_is(check):
    again = "async function craftPlanks () { await craftItem('planks', 4) }"
    vocabulary = replace(VOCABULARY, rewritable=frozenset({"craftPlanks"}))
    assert check(again, vocabulary=vocabulary).entry == "craftPlanks"
    # What it was before cannot be called by what takes its name: that calls itself.
    itself = "async function craftPlanks (n = 2) { if (n > 1) await craftPlanks(n - 1) }"
    assert "craftPlanks" not in check(itself, vocabulary=vocabulary).calls
    taken = replace(VOCABULARY, is_taken=lambda name: name == "craftSticks")
    with pytest.raises(ProgramProblemError, match="`craftSticks` is another skill's name"):
        check(body("  await craftItem('stick', count)"), vocabulary=taken)


def test_a_function_that_could_be_written_is_reported_apart(check):
    with pytest.raises(ProgramProblemError, match="calls `buildShelter`, unknown") as caught:
        check(
            body("  const wood = 4", "  await buildShelter(wood, 'stone', bot.entity.position, 3)")
        )
    [helper] = caught.value.missing_helpers
    assert (helper.name, helper.line, helper.awaited) == ("buildShelter", 3, True)
    assert helper.parameters == ("wood", "name", "position", "count")
    assert helper.call == "buildShelter(wood, 'stone', bot.entity.position, 3)"
    with pytest.raises(ProgramProblemError, match="buildShelter") as caught:
        check(body("  await buildShelter()", "  process.exit()"))
    assert not caught.value.missing_helpers


def test_all_problems_are_told_at_once_in_their_order(problem):
    told = problem("  await craftItem('sticks')", "  process.exit()", "  await fly_to(1)")
    assert re.search("'sticks'.*`process`.*`fly_to`", told)
    many = problem(*(f"  await mineBlock('nothing_{number}')" for number in range(40)))
    assert "nothing_11" in many and "nothing_12" not in many
    assert "28 more problems" in many


def test_whatever_the_source_it_ends_in_a_sentence(check):
    pieces = ["`${", "a.b", "=>", "class {", "/(", "\ud800", "\u2028", "#x", "if(a)", "'", "?:"]
    for piece in pieces:
        for count in (1, 1000, 20_000 // len(piece)):
            with pytest.raises(ProgramProblemError):
                check(piece * count)


def test_a_host_that_cannot_be_had_is_no_fault_of_the_program():
    def reader(_):
        raise BridgeError("The host is gone.")

    with pytest.raises(BridgeError):
        check_program(body(), GOAL, VOCABULARY, reader)
