"""Programs as a model writes them that knows the game a little: flat, from what is carried now.

Covers goals about having, placing, mining, killing, eating, wearing, storing and going, and small
buildings of blocks at positions. Not covered: mistakes (`mistakes`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voyager.language_models.fallible.lore import Plan, Step
from voyager.language_models.fallible.prompt_reading import Asked

Lines = list[str]
_LOOKED_UP = re.compile(
    r"(mine|craft|smelt|kill) (\d+) (\w+)"
    r"(?: from ([\w ]+?))?(?: of ((?:\d+ \w+(?:, )?)+))?(?: \(with [^)]*\))?[;.]"
)
_RING = """
const here = bot.entity.position.floored()
let placed = 0
for (let y = 0; y < {height}; y++) {{
  for (let dx = -{radius}; dx <= {radius}; dx++) {{
    for (let dz = -{radius}; dz <= {radius}; dz++) {{
      if (Math.max(Math.abs(dx), Math.abs(dz)) !== {radius}) continue
      const place = here.offset(dx, y, dz)
      const there = bot.blockAt(place)
      if (there && (there.name === {item} || there.name.endsWith('_' + {item}))) continue
      try {{
{prepare}        await placeItem({item}, place)
        placed++
      }} catch (error) {{
        if (!['no_space', 'unreachable'].includes(error.code)) throw error
      }}
    }}
  }}
}}
console.log('placed ' + placed)"""
_PREPARE = """
        if (there && there.boundingBox === 'block') await bot.dig(there)
        const below = place.offset(0, -1, 0)
        if (bot.blockAt(below).boundingBox !== 'block') await placeItem('dirt', below)
"""
"""What it learns from being told that a place is taken."""
_PUT_AWAY = """
const chest = (await placeItem('chest')).position
const kept = /pickaxe|sword|ingot|diamond|coal|log|planks|stick|crafting|furnace|beef|pork/
for (const item of bot.inventory.items()) {{
  if (bot.inventory.emptySlotCount() >= {count}) return
  if (!kept.test(item.name)) await deposit(chest, {{ [item.name]: item.count }})
}}"""
_AROUND = re.compile(r"wall|ring|square|fence|around|house|shelter|hut", re.I)


class UnknownWayError(Exception):
    """What the model does not know by heart; its argument is the item."""


@dataclass(frozen=True)
class Written:
    """A program in parts, so that mistakes can be made in it."""

    name: str
    about: str
    body: Lines

    @property
    def source(self) -> str:
        """The program with its comments."""
        lines = "\n".join(f"  {line}" for line in self.body)
        return (
            f"// {self.about}\n// Use when it is wanted.\n"
            f"async function {self.name} () {{\n{lines}\n}}"
        )


@dataclass(frozen=True)
class _Known:
    """What there is to go by.

    learned: from an error how to build where the ground is not flat. ran_out: of what was placed.
    """

    carried: Mapping[str, int]
    skills: Sequence[str]
    looked_up: Sequence[str]
    description: str
    learned: bool
    ran_out: bool


def written(asked: Asked) -> Written:
    """The program for the task. Raises UnknownWayError for an item that has to be looked up."""
    description = asked.description()
    known = _Known(
        asked.counts("inventory"),
        asked.skills(),
        asked.looked_up,
        description,
        "bot.dig(bot.blockAt" in asked.question,
        "in the inventory to place" in asked.question,
    )
    body: Lines = []
    for goal in asked.goal():
        body += _lines(goal, known)
    if "outcome: completed" in asked.question:
        # It ran through and was not enough: luck, or drops that were not picked up.
        body = [_again_and_again(line) for line in body]
    words = re.findall(r"[A-Za-z0-9]+", description)[:6] or ["task"]
    name = words[0].lower() + "".join(word.capitalize() for word in words[1:])
    name = name if name[0].isalpha() else f"do{name}"
    # That of a skill is taken, as it is told only by an answer that was of no use.
    name = f"{name}Again" if name in known.skills or "is there already" in asked.last else name
    return Written(name, description, body or ["return"])


def _lines(goal: Mapping[str, Any], known: _Known) -> Lines:
    kind, name, count = goal.get("type"), str(goal.get("name")), int(goal.get("count") or 1)
    if kind in ("inventory_has", "inventory_gained"):
        return _have(name, count, known)
    if kind == "mined":
        return [f"await mineBlock('{name}', {count})"]
    if kind == "killed":
        return [f"await killMob('{name}', {count})"]
    if kind == "placed":
        short = known.learned or known.ran_out
        more = _have(name, count, known) if count <= 4 or short else []
        return [*more, *_placing(name, count, known)]
    if kind == "equipped":
        more = _have(name, 1, known)
        return [*more, f"await equip('{name}', '{goal.get('destination') or 'hand'}')"]
    if kind == "stored":
        more = _have(name, count, known)
        chest = _have("chest", 1, known)
        place = ["const chest = (await placeItem('chest')).position"]
        return [*more, *chest, *place, f"await deposit(chest, {{ {name}: {count} }})"]
    if kind == "reached_position":
        return [f"await goTo({goal['x']}, {goal['y']}, {goal['z']}, {goal.get('range') or 2})"]
    if kind == "in_biome":
        here = "bot.blockAt(bot.entity.position).biome.name"
        return [
            f"await exploreUntil(() => String({here}).endsWith('{name}'), {{ maxSeconds: 90 }})"
        ]
    if kind == "has_room":
        chest = _have("chest", 1, known)
        return [*chest, *_PUT_AWAY.format(count=count).strip().splitlines()]
    if kind == "ate":
        return ["await eat()"] if name == "None" else [f"await eat('{name}')"]
    return ["await sleepInBed()"] if kind == "slept" else []


def _again_and_again(line: str) -> str:
    return f"for (let n = 0; n < 20; n++) {line}" if line.startswith("await mine") else line


def _placing(name: str, count: int, known: _Known) -> Lines:
    if "roof" in known.description:
        return [f"await placeItem('{name}', bot.entity.position.floored().offset(0, 2, 0))"]
    if count > 4 and _AROUND.search(known.description):
        height = 2 if count >= 16 and name == "planks" else 1
        side = count / height / 8
        prepare = _PREPARE.lstrip("\n") if known.learned else ""
        text = _RING.format(
            height=height, radius=max(1, round(side)), item=f"'{name}'", prepare=prepare
        )
        return text.strip().splitlines()
    return [f"for (let n = 0; n < {count}; n++) await placeItem('{name}')"]


def _have(name: str, count: int, known: _Known) -> Lines:
    plan = Plan(dict(known.carried))
    if plan.need(name, count):
        return [_line(step, known.skills) for step in plan.steps]
    for text in reversed(known.looked_up):
        if text.startswith(name) and (steps := _read_steps(text)):
            return [_line(step, known.skills) for step in steps]
    raise UnknownWayError(name)


def _read_steps(text: str) -> list[Step]:
    """The steps in the answer to a look-up of a recipe."""
    way = text.partition("from what is carried now: ")[2]
    steps = []
    for action, count, item, blocks, used in _LOOKED_UP.findall(way):
        source = tuple(blocks.split(" or ")) if blocks else (item,)
        if action == "smelt":
            source = tuple(re.findall(r"\d+ (\w+)", used)[:1])
        steps.append(Step(action, item, int(count), source))
    return steps


def _line(step: Step, skills: Sequence[str]) -> str:
    made = "".join(part.capitalize() for part in step.item.split("_"))
    known = next((one for one in skills if re.fullmatch(rf"[a-z]+{made}s?", one)), None)
    if known and step.action != "craft":
        return f"await {known}()"
    item, count = step.item, step.count
    source = str(list(step.source)) if len(step.source) > 1 else f"'{''.join(step.source)}'"
    if step.action == "mine":
        return f"await mineBlock({source}, {count})"
    if step.action == "kill":
        times = f"for (let n = 0; n < {4 * count} && countItem('{item}') < {count}; n++)"
        return f"{times} await killMob({source}, 1)"
    if step.action == "smelt":
        return f"await smeltItem({source}, {count})"
    return f"await craftItem('{item}', {count})"
