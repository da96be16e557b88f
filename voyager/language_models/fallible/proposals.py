"""Tasks as a model proposes them, good ones and bad ones.

Covers reading where things stand off the prompt, and taking the next rung towards better tools, or
something that was never had. Not covered: the form of answers around it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from typing import Any

from voyager.language_models.fallible.lore import Plan, is_kind
from voyager.language_models.fallible.prompt_reading import Asked

LADDER = (
    *("crafting_table", "wooden_pickaxe", "stone_pickaxe", "furnace", "iron_pickaxe"),
    *("iron_sword", "diamond_pickaxe"),
)
STEPS_AT_ONCE = 5
KEEPS_AT_IT = 0.6
"""How often the next tool goes before something never had."""
WALKS = 0.1
"""How often it thinks of walking far."""
ROOM_BELOW = 4
Task = tuple[str, list[dict[str, Any]]]


def has(name: str, count: int = 1) -> Task:
    """A task to have something."""
    goal = {"type": "inventory_has", "name": name, "count": count}
    return f"Get {count} {name.replace('_', ' ')}.", [goal]


def good_task(asked: Asked, dice: random.Random) -> Task:
    """What somebody would propose who reads the prompt."""
    carried = asked.counts("inventory")
    if meant := re.search(r"did you mean (\w+)", asked.last):
        return has(meant[1], _more(meant[1], carried, 1))
    way = re.search(r"by the recipes, from here: (.*)\.$", asked.question, re.M)
    if way and not asked.is_again:
        return _step(way[1].split("; ")[0], carried)
    if asked.value("free_places") and int(asked.value("free_places")) < ROOM_BELOW:
        return "Put away what is not needed.", [{"type": "has_room", "count": 8}]
    failed = asked.between("tasks_failed")
    near = asked.listed("never had, one or two steps away")
    untried = [name for name in near if f" {name.replace('_', ' ')}." not in failed]
    rungs = [item for item in LADDER if not _had(item, asked, carried)]
    if asked.is_again:
        # What was wrong with it is not understood; another thing is tried.
        return has(dice.choice(untried)) if untried else has("log", _more("log", carried, 3))
    if rungs and (dice.random() < KEEPS_AT_IT or not untried):
        return rung(rungs[0], carried)
    other = _other_kind(asked, carried, dice)
    if other is not None and dice.random() < 0.3:
        return other
    further = asked.listed("never had, further (steps)")
    return has(dice.choice(untried)) if untried else rung(dice.choice(further or ["log"]), carried)


def rung(item: str, carried: Mapping[str, int]) -> Task:
    """The thing, or as much of the way to it as one task may have."""
    plan = Plan(dict(carried))
    if not plan.need(item, 1) or len(plan.steps) <= STEPS_AT_ONCE:
        return has(item)
    step = plan.steps[STEPS_AT_ONCE - 1]
    return has(step.item, carried.get(step.item, 0) + step.count)


def _had(item: str, asked: Asked, carried: Mapping[str, int]) -> bool:
    done = re.search(r"^inventory_has: (.*)$", asked.between("tasks_done"), re.M)
    names = [one.split(" ")[0] for one in done[1].split(", ")] if done else []
    return item in names or carried.get(item, 0) > 0


def _more(name: str, carried: Mapping[str, int], count: int) -> int:
    return count + max((n for item, n in carried.items() if is_kind(item, name)), default=0)


def _step(text: str, carried: Mapping[str, int]) -> Task:
    """A step of the way, as the prompt words it: "Mine 3 logs", "Craft a furnace"."""
    found = re.search(r"(\d+|an?) ([a-z_ ]+)$", text)
    if found is None:
        return has("log", _more("log", carried, 3))
    count = int(found[1]) if found[1].isdigit() else 1
    name = found[2].replace(" ", "_")
    words = f"{text[:1].upper()}{text[1:]}."
    return words, [{"type": "inventory_has", "name": name, "count": _more(name, carried, count)}]


def _other_kind(asked: Asked, carried: Mapping[str, int], dice: random.Random) -> Task | None:
    """A goal of a kind that was never reached."""
    kinds = asked.listed("kinds of goals never reached")
    tools = [item for item in carried if item.endswith(("_sword", "_pickaxe", "_axe"))]
    near = asked.counts("entities_near")
    possible: list[Task] = []
    if "equipped" in kinds and tools:
        possible.append((f"Equip the {tools[0]}.", [{"type": "equipped", "name": tools[0]}]))
    if "killed" in kinds and (mobs := [m for m in near if m in ("pig", "cow", "chicken", "sheep")]):
        possible.append((f"Kill a {mobs[0]}.", [{"type": "killed", "name": mobs[0], "count": 1}]))
    if "placed" in kinds and carried.get("dirt"):
        possible.append(("Place a dirt block.", [{"type": "placed", "name": "dirt", "count": 1}]))
    if "mined" in kinds:
        possible.append(("Mine a log.", [{"type": "mined", "name": "log", "count": 1}]))
    if "stored" in kinds and carried.get("cobblestone", 0) > 8:
        goal = {"type": "stored", "name": "cobblestone", "count": 8}
        possible.append(("Store 8 cobblestone in a chest.", [goal]))
    if "in_biome" in kinds and dice.random() < WALKS:
        possible.append(("Walk to a plains biome.", [{"type": "in_biome", "name": "plains"}]))
    return dice.choice(possible) if possible else None


def answer(task: Task) -> str:
    """The task in the form that is asked for."""
    said = {"reasoning": "It comes next.", "task": task[0], "goal": task[1]}
    return json.dumps({**said, "wishes_taken": [], "reply": "", "question": ""})


# -- mistakes ------------------------------------------------------------------------------------


def _prose(asked: Asked, dice: random.Random) -> str:
    return f"I think that we should {good_task(asked, dice)[0].lower()} It would help a lot."


def _broken(asked: Asked, dice: random.Random) -> str:
    return answer(good_task(asked, dice)).replace("}]", "", 1)


def _impossible(asked: Asked, dice: random.Random) -> str:
    names = ("bedrock", "nether_star", "dragon_egg", "netherite_pickaxe", "magic_wand")
    return answer(has(dice.choice(names)))


def _too_large(asked: Asked, dice: random.Random) -> str:
    return answer(dice.choice((has("diamond_pickaxe"), has("cobblestone", 640), has("diamond", 9))))


def _done_already(asked: Asked, dice: random.Random) -> str:
    carried = asked.counts("inventory")
    return answer(has(dice.choice(sorted(carried)) if carried else "log"))


def _no_such_kind(asked: Asked, dice: random.Random) -> str:
    words, goal = good_task(asked, dice)
    return answer((words, [{**goal[0], "type": dice.choice(("inventory_contains", "craft"))}]))


def _other_goal(asked: Asked, dice: random.Random) -> str:
    """Words that say one thing, and a goal that says another."""
    return answer((good_task(asked, dice)[0], has("dirt", 1)[1]))


def _failed_before(asked: Asked, dice: random.Random) -> str:
    found = re.findall(r"^- (?:Get|Craft) (\d+) ([a-z ]+)\.", asked.between("tasks_failed"), re.M)
    if not found:
        return _too_large(asked, dice)
    count, name = dice.choice(found)
    return answer(has(name.replace(" ", "_"), int(count)))


def _judged(asked: Asked, dice: random.Random) -> str:
    words = good_task(asked, dice)[0]
    return answer((words, [{"type": "judged", "text": f"The bot did it: {words}"}]))


MISTAKES: tuple[Callable[[Asked, random.Random], str], ...] = (
    *(_prose, _broken, _impossible, _too_large, _done_already),
    *(_no_such_kind, _other_goal, _failed_before, _judged),
)
