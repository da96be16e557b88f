"""What calls of Voyager's primitives become when a skill is taken in.

Covers one adapter for each primitive that is called otherwise here: Voyager's take the bot first,
count runs of a recipe where ours count items, and name fuel before the count. What is called the
same (`mineBlock`, `placeItem`) only loses the bot. Not covered: finding the calls (`rewriting.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mc_server import Argument, GameData


@dataclass(frozen=True)
class Adapted:
    """A call as it is written here. `note` says what is different; `helper` is needed for it."""

    name: str
    arguments: tuple[str, ...]
    note: str = ""
    helper: str = ""


Texts = Sequence[str]
Adapter = Callable[[Texts, Sequence[Argument], GameData], Adapted]
"""Given the arguments without the bot: their whole texts, and what is known of them."""

EXPLORE_HELPER = "exploreAndFind"
PLACE_HELPER = "placeThereOrNear"
HELPERS: Mapping[str, str] = {
    PLACE_HELPER: """\
// Places it there, or near by where that place is taken.
async function placeThereOrNear (name, position) {
  try {
    return await placeItem(name, position)
  } catch (error) {
    if (error.code !== 'no_space') throw error
    return await placeItem(name)
  }
}
""",
    EXPLORE_HELPER: """\
// Walks until the callback finds something, and gives that; null when the time is over.
async function exploreAndFind (direction, maxSeconds, callback) {
  const names = {
    '0,-1': 'north',
    '1,-1': 'northeast',
    '1,0': 'east',
    '1,1': 'southeast',
    '0,1': 'south',
    '-1,1': 'southwest',
    '-1,0': 'west',
    '-1,-1': 'northwest'
  }
  const towards = names[`${Math.sign(direction.x)},${Math.sign(direction.z)}`]
  let found = null
  const look = () => {
    found = callback()
    return Boolean(found)
  }
  if (look()) return found
  try {
    await exploreUntil(look, { maxSeconds, direction: towards })
  } catch (error) {
    if (error.code !== 'not_found') throw error
    return null
  }
  return found
}
""",
}


def _craft_item(texts: Texts, given: Sequence[Argument], game_data: GameData) -> Adapted:
    name = str(given[0].value) if given and given[0].kind == "string" else ""
    each = max((recipe.count for recipe in game_data.recipes.get(name, ())), default=1)
    if len(texts) < 2 or each == 1:
        return Adapted("craftItem", tuple(texts))
    count = texts[1].strip()
    is_number = re.fullmatch(r"\d{1,6}", count) is not None
    items = str(int(count) * each) if is_number else f"({count}) * {each}"
    note = f"{name} is counted in items: {each} for each time it is crafted"
    return Adapted("craftItem", (texts[0], items, *texts[2:]), note)


def _smelt_item(texts: Texts, _: Sequence[Argument], __: GameData) -> Adapted:
    if len(texts) < 2:
        return Adapted("smeltItem", tuple(texts))
    name, fuel, count, *more = [*texts, "1"] if len(texts) == 2 else texts
    return Adapted(
        "smeltItem", (name, count, fuel, *more), "the count of smeltItem goes before the fuel"
    )


def _kill_mob(texts: Texts, _: Sequence[Argument], __: GameData) -> Adapted:
    note = "killMob has a time limit of its own" if len(texts) > 1 else ""
    return Adapted("killMob", tuple(texts[:1]), note)


def _place_item(texts: Texts, _: Sequence[Argument], __: GameData) -> Adapted:
    if len(texts) != 2:
        return Adapted("placeItem", tuple(texts))
    note = "placeItem takes a place near by where that is taken, by a function of its own"
    return Adapted(PLACE_HELPER, tuple(texts), note, PLACE_HELPER)


def _explore_until(texts: Texts, _: Sequence[Argument], __: GameData) -> Adapted:
    if len(texts) != 3:  # as nothing that there is; the linter tells
        return Adapted("exploreUntil", tuple(texts))
    return Adapted(
        EXPLORE_HELPER,
        tuple(texts),
        "exploreUntil gives what its callback found, by a function of its own",
        EXPLORE_HELPER,
    )


def _renamed(name: str) -> Adapter:
    return lambda texts, given, game_data: Adapted(name, tuple(texts))


ADAPTERS: Mapping[str, Adapter] = {
    "mineBlock": _renamed("mineBlock"),
    "craftItem": _craft_item,
    "smeltItem": _smelt_item,
    "placeItem": _place_item,
    "killMob": _kill_mob,
    "exploreUntil": _explore_until,
    "getItemFromChest": _renamed("withdraw"),
    "depositItemIntoChest": _renamed("deposit"),
    "checkItemInsideChest": _renamed("openChest"),
}
"""By the name of Voyager's primitive."""
