"""Rules about names of the game: items, blocks and mobs that the version does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum import close_names, members
from mc_server import NameUse, ProgramFacts
from voyager.writers.checks.program_vocabulary import Problem, Vocabulary

_BY_NAME = {"blocksByName": "block", "itemsByName": "item"}


def unknown_game_names(facts: ProgramFacts, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Names in calls of primitives and in the version's data."""
    for use in facts.uses:
        if use.path[0] == "mcData":
            yield from _in_data(use, vocabulary)
        elif use.is_called and not use.is_own and len(use.path) == 1:
            yield from _in_call(use, vocabulary)


def _in_call(use: NameUse, vocabulary: Vocabulary) -> Iterator[Problem]:
    primitive = next((one for one in vocabulary.primitives if one.name == use.name), None)
    signature = vocabulary.signatures.get(use.name)
    if primitive is None or signature is None:
        return
    kind, known = _named_by(primitive.name, vocabulary)
    for parameter, argument in zip(signature.parameters, use.arguments, strict=False):
        if parameter.type.startswith("Names") or _names_something(parameter.name, parameter.type):
            is_text = argument.kind == "string" and argument.value is not None
            texts = [str(argument.value)] if is_text else argument.texts
            yield from _unknown(use.line, texts, kind, known, vocabulary)
        elif parameter.type == "Counts":
            yield from _unknown(
                use.line, argument.keys or (), "item", vocabulary.things, vocabulary
            )


def _names_something(name: str, type_: str) -> bool:
    """Whether a parameter of which no type is told takes names."""
    return not type_ and (name.lower().endswith(("name", "names")) or name == "input")


def _named_by(primitive: str, vocabulary: Vocabulary) -> tuple[str, frozenset[str]]:
    """What the names are of that a primitive takes, and those that there are."""
    if "Mob" in primitive:
        return "mob", vocabulary.mobs
    if "Block" in primitive or primitive.startswith("explore"):
        return "block", vocabulary.blocks
    return "item", vocabulary.things


def _unknown(
    line: int, names: Sequence[str], kind: str, known: frozenset[str], vocabulary: Vocabulary
) -> Iterator[Problem]:
    if not known:
        return
    for name in names:
        if not members(name, known):
            yield Problem(line, f"Line {line}: {_advice(name, kind, known, vocabulary)}")


def _advice(name: str, kind: str, known: frozenset[str], vocabulary: Vocabulary) -> str:
    data = vocabulary.game_data
    if name.startswith("minecraft:"):
        return f"write '{name}' without `minecraft:`."
    if kind == "block" and name in data.items:
        sources = [block for block, told in data.blocks.items() if name in told.drops][:3]
        dropped = f"; it comes from {' or '.join(sources)}" if sources else ""
        return f"'{name}' is an item and no block{dropped}."
    close = close_names(name, known)
    meant = f"; did you mean {' or '.join(close)}?" if close else "."
    # A name that is nowhere is nothing at all; one of another kind is told for what it is.
    is_another = bool(members(name, vocabulary.things | vocabulary.mobs))
    what = f"{kind} '{name}'" if is_another else f"'{name}'"
    return f"Minecraft {data.version} has no {what}{meant}"


def _in_data(use: NameUse, vocabulary: Vocabulary) -> Iterator[Problem]:
    """`mcData.blocksByName.oak_log`: of a name that is not there nothing can be read."""
    kind = _BY_NAME.get(use.path[1]) if len(use.path) > 2 else None
    is_question = use.is_optional or (len(use.path) == 3 and use.fate == "asked")
    if kind is None or is_question or use.path[2] in ("hasOwnProperty", "toString"):
        return
    known = vocabulary.blocks if kind == "block" else vocabulary.game_data.items
    if known and use.path[2] not in known:
        advice = _exact(use.path[2], kind, known, vocabulary)
        yield Problem(use.line, f"Line {use.line}: {advice}")


def _exact(name: str, kind: str, known: frozenset[str], vocabulary: Vocabulary) -> str:
    """As `_advice`, where families do not count."""
    kinds = members(name, known)
    if kinds and name not in vocabulary.things:
        one = ", ".join(kinds[:3])
        return f"`mcData` knows exact names only, and '{name}' is none: name one, such as {one}."
    return _advice(name, kind, known, vocabulary)
