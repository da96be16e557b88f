"""An observation as a language model is told of it: compact, like code, changes marked.

Covers: all that a next step may depend on. What is not there is left out, except an empty inventory
and surroundings in which nothing was seen. Not covered: what the screen shows to people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mc_server import NearbyBlock, NearbyEntity, Observation, Position

NEARBY_BLOCKS = 24
NEARBY_ENTITIES = 12
CHESTS = 8
CHANGES = 12
NAME_CHARACTERS = 60
CROWDED_BELOW = 8
"""Free places of the inventory (of 36) that are worth a word."""


def describe_observation(
    observation: Observation, before: Observation | None = None, *, blocks: int = NEARBY_BLOCKS
) -> str:
    """Several lines, one a topic: `inventory = {oak_log: 3, stick: 2}  # oak_log was 5`.

    With `before`, an earlier observation, what has changed since is marked. `blocks` says how many
    kinds of blocks nearby are told at most, the nearest first.
    """
    seen, old = observation, before or observation
    lines = [
        _line("position", str(seen.position), _moved(seen.position, old.position)),
        _line("dimension", _name(seen.dimension), _was(_name(seen.dimension), _name(old.dimension)))
        if (seen.dimension, old.dimension) != ("overworld", "overworld")
        else "",
        _line("biome", _name(seen.biome), _was(_name(seen.biome), _name(old.biome))),
        _line("time", _time(seen), _was(_part_of_day(seen), _part_of_day(old))),
        _line("health", f"{seen.health:g}/20", _was(f"{seen.health:g}", f"{old.health:g}")),
        _line("food", f"{seen.food:g}/20", _was(f"{seen.food:g}", f"{old.food:g}")),
        _line("inventory", _counts(seen.inventory), _changes(seen.inventory, old.inventory)),
        _line("free_places", str(seen.free_slots), "") if seen.free_slots < CROWDED_BELOW else "",
        _equipment(seen, old),
        _line("tool_uses_left", _counts(seen.uses_left), "") if seen.uses_left else "",
        _blocks(seen, before, blocks),
        _entities(seen, before),
        _chests(seen, old),
    ]
    return "\n".join(line for line in lines if line)


def _line(name: str, value: str, change: str) -> str:
    return f"{name} = {value}  # {change}" if change else f"{name} = {value}"


def _was(now: str, before: str) -> str:
    return "" if now == before else f"was {before}"


def _name(text: str) -> str:
    """A name from the game in one short line: a server may call things what it likes."""
    return " ".join(text.split())[:NAME_CHARACTERS]


def _moved(now: Position, before: Position) -> str:
    return "" if str(now) == str(before) else f"was {before}"


def _time(seen: Observation) -> str:
    return f"{seen.time_of_day}/24000 ({_part_of_day(seen)})"


def _part_of_day(seen: Observation) -> str:
    ticks = seen.time_of_day
    if ticks < 12000:
        return "day"
    return "dusk" if ticks < 13000 else "night" if ticks < 23000 else "dawn"


def _counts(items: Mapping[str, int]) -> str:
    told = sorted((_name(name), count) for name, count in items.items() if count)
    return f"{{{', '.join(f'{name}: {count}' for name, count in told)}}}"


def _changes(now: Mapping[str, int], before: Mapping[str, int]) -> str:
    """What became more or less: "oak_log was 5, stick new, dirt gone (was 2)"."""
    told: list[str] = []
    for name in sorted({*now, *before}):
        count, earlier = now.get(name, 0), before.get(name, 0)
        if count == earlier:
            continue
        change = "new" if not earlier else f"was {earlier}" if count else f"gone (was {earlier})"
        told.append(f"{_name(name)} {change}")
    return _few(told)


def _equipment(seen: Observation, old: Observation) -> str:
    worn = {place: item for place, item in seen.equipment.items() if item}
    earlier = {place: item for place, item in old.equipment.items() if item}
    changes = [
        f"{_name(place)} was {_name(earlier.get(place) or 'empty')}"
        for place in sorted({*worn, *earlier})
        if worn.get(place) != earlier.get(place)
    ]
    if not worn and not changes:
        return ""
    told = ", ".join(f"{_name(place)}: {_name(item)}" for place, item in sorted(worn.items()))
    return _line("equipment", f"{{{told}}}", _few(changes))


def _blocks(seen: Observation, before: Observation | None, limit: int) -> str:
    nearest = sorted(seen.nearby_blocks, key=lambda block: block.distance)[:limit]
    told = ", ".join(f"{_name(b.name)}: {b.count} @ {b.position}" for b in nearest)
    change = _in_sight(nearest, seen.nearby_blocks, before.nearby_blocks) if before else ""
    return _line("blocks_near", f"{{{told}}}", change)


def _entities(seen: Observation, before: Observation | None) -> str:
    """Each kind once: how many, and where the nearest is."""
    nearest: dict[str, NearbyEntity] = {}
    counts: dict[str, int] = {}
    for entity in sorted(seen.nearby_entities, key=lambda entity: entity.distance):
        nearest.setdefault(entity.name, entity)
        counts[entity.name] = counts.get(entity.name, 0) + 1
    shown = list(nearest.values())[:NEARBY_ENTITIES]
    change = _in_sight(shown, seen.nearby_entities, before.nearby_entities) if before else ""
    if not shown and not change:
        return ""
    told = ", ".join(f"{_name(e.name)}: {counts[e.name]} @ {e.position}" for e in shown)
    return _line("entities_near", f"{{{told}}}", change)


def _in_sight(
    shown: Iterable[NearbyBlock | NearbyEntity],
    now: Iterable[NearbyBlock | NearbyEntity],
    before: Iterable[NearbyBlock | NearbyEntity],
) -> str:
    earlier, present = {thing.name for thing in before}, {thing.name for thing in now}
    new = [f"{_name(thing.name)} new" for thing in shown if thing.name not in earlier]
    gone = [f"{_name(name)} no longer in sight" for name in sorted(earlier - present)]
    return _few([*new, *gone])


def _chests(seen: Observation, old: Observation) -> str:
    if not seen.chests:
        return ""
    known = {str(chest.position): chest.items for chest in old.chests}
    told: list[str] = []
    changes: list[str] = []
    for chest in seen.chests[:CHESTS]:
        place = str(chest.position)
        told.append(f"{place}: {_counts(chest.items)}")
        if place not in known:
            changes.append(f"{place} new")
        elif change := _changes(chest.items, known[place]):
            changes.append(f"at {place} {change}")
    return _line("chests", f"{{{', '.join(told)}}}", _few(changes))


def _few(changes: list[str]) -> str:
    left = len(changes) - CHANGES
    return ", ".join([*changes[:CHANGES], *([f"and {left} more"] if left > 0 else [])])
