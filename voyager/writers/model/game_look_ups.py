"""What a model may look up about the game: ways to an item, a block, what is near.

Covers: answers in words from the version's data, the plans of the tech tree, and what is observed
now. Not covered: how a model asks (see `look_ups`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curriculum import (
    CurriculumError,
    NoPlanError,
    Source,
    Step,
    TechTree,
    close_names,
    count_of,
    game_names,
    members,
    normalise_name,
)
from mc_server import GameData, Observation

WAYS_SHOWN = 10
NAMES_SHOWN = 8
STEPS_SHOWN = 20
_MATERIALS = ("wooden", "golden", "stone", "iron", "diamond", "netherite")


def ways_to(name: str, tech_tree: TechTree, observation: Observation) -> str:
    """Every way to have an item, and the cheapest one from what is carried now."""
    try:
        node = tech_tree.resolve(name)
    except CurriculumError as error:
        return str(error)
    kinds = tech_tree.graph.family(node)
    title = node if kinds == (node,) else f"{node} (any of {_some(kinds)})"
    sources = sorted(tech_tree.graph.sources(node), key=lambda source: _from_its_kind(source, node))
    ways = [f"- {_way(source)}" for source in sources]
    if not ways and kinds != (node,):
        ways = [f"- look up one kind of it: {_some(kinds)}"]
    carried = count_of(node, observation.inventory, game_names(tech_tree.game_data))
    lines = [f"{title}, carried: {carried}", *(ways[:WAYS_SHOWN] or ["- no known way"])]
    return "\n".join([*lines, _from_here(node, carried + 1, tech_tree, observation)])


def block_facts(name: str, game_data: GameData) -> str:
    """What tool a block needs and what it drops; of a family each kind."""
    found = members(normalise_name(name), game_data.blocks.keys())
    if not found:
        close = close_names(name, game_data.blocks.keys())
        advice = f"; close are {', '.join(close)}" if close else ""
        return f"Minecraft {game_data.version} has no block {normalise_name(name)}{advice}."
    more = f"\nand {len(found) - NAMES_SHOWN} more" if len(found) > NAMES_SHOWN else ""
    return "\n".join(_block(kind, game_data) for kind in found[:NAMES_SHOWN]) + more


def seen_near(name: str, observation: Observation) -> str:
    """Where blocks, creatures, dropped items and chests of that name are in sight."""
    wanted = normalise_name(name)
    blocks = sorted(observation.nearby_blocks, key=lambda block: block.distance)
    entities = sorted(observation.nearby_entities, key=lambda entity: entity.distance)
    lines = [
        f"{block.name} at {block.position}, {block.distance:.0f} blocks away, {block.count} seen"
        for block in blocks
        if members(wanted, [block.name])
    ]
    lines += [
        f"{entity.name} ({entity.kind}) at {entity.position}, {entity.distance:.0f} blocks away"
        for entity in entities
        if members(wanted, [entity.name])
    ]
    for chest in observation.chests:
        if wanted == "chest" or members(wanted, chest.items.keys()):
            held = ", ".join(f"{count:g} {kind}" for kind, count in chest.items.items())
            lines.append(f"a chest at {chest.position} with {held or 'nothing'}")
    if lines:
        return "\n".join(lines[:STEPS_SHOWN])
    names = dict.fromkeys([*(b.name for b in blocks), *(e.name for e in entities)])
    return f"No {wanted} in sight. In sight: {', '.join([*names][:40]) or 'nothing'}."


def _way(source: Source) -> str:
    needed = ", ".join(f"{count} {name}" for name, count in sorted(source.ingredients.items()))
    if source.action == "craft":
        place = "at a crafting table" if source.needs_table else "by hand"
        return f"craft {source.amount} of {needed}, {place}"
    if source.action == "smelt":
        return f"smelt {needed} in a furnace, with fuel"
    if source.action == "kill":
        return f"kill {_some(source.mobs, ' or ')}"
    tools = f"with {_some(_by_material(source.tools), ' or ')}" if source.tools else "by hand"
    rare = f" (about {source.tries} tries)" if source.tries > 1 else ""
    return f"mine {_some(source.blocks, ' or ')}, {tools}{rare}"


def _from_its_kind(source: Source, node: str) -> bool:
    """Whether it only changes one kind into another: a black bed, dyed white."""
    family = node.rpartition("_")[2]
    return any(name.rpartition("_")[2] == family for name in source.ingredients)


def _from_here(node: str, count: int, tech_tree: TechTree, observation: Observation) -> str:
    try:
        steps = tech_tree.plan(node, count, observation)
    except NoPlanError as error:
        return f"From what is carried now: {error}"
    shown = "; ".join(_step(step) for step in steps[:STEPS_SHOWN])
    more = "; ..." if len(steps) > STEPS_SHOWN else ""
    return f"One more, from what is carried now: {shown}{more}."


def _step(step: Step) -> str:
    text = f"{step.action} {step.count} {step.item}"
    if step.blocks and step.blocks != (step.item,):
        text += f" from {_some(step.blocks, ' or ')}"
    if step.mobs:
        text += f" from {_some(step.mobs, ' or ')}"
    if step.ingredients:
        used = ", ".join(f"{n} {name}" for name, n in sorted(step.ingredients.items()))
        text += f" of {used}"
    with_ = [step.tool or "", "a crafting table" if step.table else "", step.fuel or ""]
    using = " and ".join(filter(None, with_))
    return f"{text} (with {using})" if using else text


def _block(name: str, game_data: GameData) -> str:
    block = game_data.blocks[name]
    if not block.diggable:
        return f"{name}: cannot be dug"
    tools = _some(_by_material(block.harvest_tools), " or ") or "a bare hand"
    drops = _some(block.drops) or "nothing"
    rare = f", now and then {_some(block.rare_drops)}" if block.rare_drops else ""
    return f"{name}: hardness {block.hardness}, drops {drops}{rare}, with {tools}"


def _by_material(tools: Iterable[str]) -> list[str]:
    """The weakest first."""

    def rank(tool: str) -> tuple[int, str]:
        material = tool.partition("_")[0]
        known = material in _MATERIALS
        return (_MATERIALS.index(material) if known else len(_MATERIALS), tool)

    return sorted(tools, key=rank)


def _some(names: Sequence[str], between: str = ", ") -> str:
    shown = between.join(names[:NAMES_SHOWN])
    return f"{shown} ..." if len(names) > NAMES_SHOWN else shown
