"""What is known of a run, for somebody who has to judge it: numbered facts, and claims apart.

Facts are what the server sent: the state before and after, and its events. Claims are what the
program or somebody in the game said; nothing can be proved by them. Every line is made here, and
what others wrote is put into it without brackets, tags and line ends, so that it cannot pose as a
fact or an instruction. Not covered: asking (`llm_critic.py`).
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mc_server import Execution, GameEvent, NearbyEntity, Observation, Position

NAME_CHARACTERS = 60
CLAIM_CHARACTERS = 200
CHAT_LINES = 8
CONSOLE_LINES = 8
BLOCKS_NEAR = 30
ENTITIES_NEAR = 16
CHESTS = 8
PLACES_TOLD = 60
"""Positions told of one kind of block."""
KINDS_TOLD = 30
COUNTS_TOLD = 60
_AGGREGATED = ("placed", "mined")
_MARKS = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")", "<": "'", ">": "'", "`": "'"})


@dataclass(frozen=True)
class EvidenceText:
    """`facts` are cited by their place, from 1; `claims` cannot be cited.

    `ending` says how the program ended, which is true and shows nothing of the task.
    """

    ending: str
    facts: tuple[str, ...]
    claims: tuple[str, ...]


def describe_evidence(
    execution: Execution, predicates: Iterable[str] = (), earlier: Iterable[Execution] = ()
) -> EvidenceText:
    """What a judge is told of the run.

    `predicates`: what was found by predicates, as facts. `earlier`: the runs of the task's attempts
    before this one, of which blocks are told together with this one's.
    """
    before, after = execution.before, execution.after
    changes = [event for run in (*earlier, execution) for event in run.own_events]
    facts = [
        *(f"checked by the game's state: {plain(text, CLAIM_CHARACTERS)}" for text in predicates),
        *_player(before, after),
        *_blocks("placed", changes),
        *_blocks("mined", changes),
        *_happenings(execution.own_events),
        *_surroundings(before, after),
    ]
    ending = f"{execution.outcome.value} after {execution.seconds:.0f} s"
    return EvidenceText(ending, tuple(facts), tuple(_claims(execution)))


def plain(text: str, characters: int) -> str:
    """Foreign text in one short line without brackets, tags or what cannot be seen."""
    folded = unicodedata.normalize("NFKC", text[: 4 * characters])
    # What cannot be seen is left out, but for line ends and the like, which part words.
    seen = "".join(
        mark for mark in folded if mark.isspace() or not unicodedata.category(mark).startswith("C")
    )
    line = " ".join(seen.translate(_MARKS).split())
    return line if len(line) <= characters else f"{line[:characters]}..."


def _name(text: object) -> str:
    return plain(str(text), NAME_CHARACTERS) or "nameless"


def _player(before: Observation, after: Observation) -> list[str]:
    """The bot itself, before and after."""
    worn = {place: item for place, item in after.equipment.items() if item}
    equipment = ", ".join(f"{_name(item)} ({_name(place)})" for place, item in worn.items())
    gained: list[str] = []
    lost: list[str] = []
    for item in sorted({*before.inventory, *after.inventory}):
        change = after.inventory.get(item, 0) - before.inventory.get(item, 0)
        if change:
            (gained if change > 0 else lost).append(f"{abs(change):g} {_name(item)}")
    return [
        f"the bot stood at {before.position} before and stands at {after.position} after",
        f"it is in the biome {_name(after.biome)} of the dimension {_name(after.dimension)}",
        f"time of day: {before.time_of_day} before, {after.time_of_day} after, of 24000 ticks",
        f"health: {before.health:g} before, {after.health:g} after, of 20;"
        f" food: {before.food:g} before, {after.food:g} after, of 20",
        f"inventory before: {_counts(before.inventory)}",
        f"inventory after: {_counts(after.inventory)}",
        f"inventory gained: {_few(gained, COUNTS_TOLD)}; lost: {_few(lost, COUNTS_TOLD)}",
        f"equipment after: {equipment or 'none'}",
    ]


def _counts(items: Mapping[str, float]) -> str:
    return _few([f"{count:g} {_name(name)}" for name, count in sorted(items.items())], COUNTS_TOLD)


def _few(told: list[str], most: int) -> str:
    left_out = f" and {len(told) - most} more" if len(told) > most else ""
    return f"{', '.join(told[:most])}{left_out}" or "nothing"


def _blocks(verb: str, events: Sequence[GameEvent]) -> list[str]:
    """What was placed or mined, a line for each kind: how many, within what, and where.

    Of a place that was changed more than once only the last change is told.
    """
    last: dict[Position, GameEvent] = {}
    counts: dict[str, int] = defaultdict(int)
    for event in events:
        if event.type not in _AGGREGATED:
            continue
        if (place := _place(event)) is not None:
            last[place] = event
        if event.type == verb:
            counts[_name(event.data.get("name"))] += _count(event)
    left: dict[str, list[Position]] = defaultdict(list)
    for place, event in last.items():
        if event.type == verb:
            left[_name(event.data.get("name"))].append(place)
    kinds = sorted(counts, key=lambda name: -counts[name])
    told = [_block_line(verb, name, counts[name], left[name]) for name in kinds[:KINDS_TOLD]]
    if len(kinds) > KINDS_TOLD:
        told.append(f"{verb} blocks of {len(kinds) - KINDS_TOLD} more kinds, fewer of each")
    return told


def _block_line(verb: str, name: str, count: int, places: list[Position]) -> str:
    line = f"{verb} {count} {name}"
    if not places:
        return line
    corners = [f"{min(axis):g} to {max(axis):g}" for axis in _axes(places)]
    again = "still there" if verb == "placed" else "still gone"
    box = f"x {corners[0]}, y {corners[1]}, z {corners[2]}"
    listed = _few([str(place) for place in sorted(places, key=_by_height)], PLACES_TOLD)
    return f"{line}, {len(places)} of them {again} as far as is known, within {box}: {listed}"


def _axes(places: list[Position]) -> list[list[float]]:
    return [[p.x for p in places], [p.y for p in places], [p.z for p in places]]


def _by_height(place: Position) -> tuple[float, float, float]:
    return place.y, place.x, place.z


def _place(event: GameEvent) -> Position | None:
    """Where it happened; None where that is not told as it should be."""
    told = event.data.get("position")
    values = [told.get(axis) for axis in "xyz"] if isinstance(told, Mapping) else []
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if len(numbers) != len("xyz") or not all(math.isfinite(one) for one in numbers):
        return None
    return Position(*numbers)


def _count(event: GameEvent) -> int:
    count = event.data.get("count", 1)
    return count if isinstance(count, int) else 1


def _happenings(events: tuple[GameEvent, ...]) -> list[str]:
    """All other events, those of a type together."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for event in events:
        if event.type not in _AGGREGATED:
            named = event.data.get("name", event.data.get("cause", ""))
            counts[_name(event.type)][plain(str(named or ""), NAME_CHARACTERS)] += _count(event)
    return [
        f"event {kind}: {_few([f'{n} {name}'.rstrip() for name, n in of.items()], COUNTS_TOLD)}"
        for kind, of in sorted(counts.items())[:KINDS_TOLD]
    ]


def _surroundings(before: Observation, after: Observation) -> list[str]:
    """What is around the bot after the run; blocks of kinds that were not there before, first."""
    known = {block.name for block in before.nearby_blocks}
    nearest = sorted(after.nearby_blocks, key=lambda block: block.distance)
    told = [(b.name, f"{b.count:g} {_name(b.name)} (nearest at {b.position})") for b in nearest]
    new = [text for name, text in told if name not in known]
    others = [text for name, text in told if name in known]
    creatures = [
        f"{count} {name} (nearest {distance:.0f} blocks away)"
        for name, (count, distance) in _entities(after.nearby_entities).items()
    ]
    facts = [
        f"blocks near the bot after, of kinds that were not there before: {_few(new, BLOCKS_NEAR)}",
        f"other blocks near the bot after: {_few(others, BLOCKS_NEAR)}",
        f"creatures and things near the bot after: {_few(creatures, ENTITIES_NEAR)}",
    ]
    facts += [
        f"a container at {chest.position} held, when last open: {_counts(chest.items)}"
        for chest in after.chests[:CHESTS]
    ]
    return facts


def _entities(entities: tuple[NearbyEntity, ...]) -> dict[str, tuple[int, float]]:
    """By kind: how many, and how far the nearest is."""
    kinds: dict[str, tuple[int, float]] = {}
    for entity in sorted(entities, key=lambda entity: entity.distance):
        name = f"{_name(entity.name)} ({_name(entity.kind)})"
        count, distance = kinds.get(name, (0, entity.distance))
        kinds[name] = (count + 1, distance)
    return kinds


def _claims(execution: Execution) -> list[str]:
    """What was said: by the program, and by anybody in the game's chat."""
    claims = []
    if execution.error is not None:
        claims.append(f"the program's error: {plain(str(execution.error), CLAIM_CHARACTERS)}")
    if execution.result is not None:
        returned = json.dumps(execution.result, ensure_ascii=False, default=str)
        claims.append(f"the program returned: {plain(returned, CLAIM_CHARACTERS)}")
    console = [entry.text for entry in execution.trace if entry.text.startswith("console: ")]
    claims += [f"the program wrote: {plain(x, CLAIM_CHARACTERS)}" for x in console[-CONSOLE_LINES:]]
    claims += [f"in the chat: {plain(x, CLAIM_CHARACTERS)}" for x in execution.chat[-CHAT_LINES:]]
    return claims
