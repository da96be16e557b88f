"""What became more or fewer in the inventory over several uses, by kind or by family.

Covers naming what all uses share: an item that changed in every one, or else a family of which
some kind did. Not covered: which uses count, and what their numbers are divided by.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence

from mc_server import Circumstances
from skills.contracts.learned_contract import Spread

Amounts = Mapping[str, float]
SOMETIMES_NAMED = 8


def gains(before: Circumstances, after: Circumstances) -> dict[str, float]:
    """By how much each item became more that did."""
    return _more(before.inventory, after.inventory)


def losses(before: Circumstances, after: Circumstances) -> dict[str, float]:
    """By how much each item became fewer that did."""
    return _more(after.inventory, before.inventory)


def spread_of(values: Iterable[float]) -> Spread:
    """Least, median and most, rounded to what can be read."""
    numbers = [*values]
    return Spread(
        round(min(numbers), 3), round(statistics.median(numbers), 3), round(max(numbers), 3)
    )


def shared_changes(
    changes: Sequence[Amounts], seen: frozenset[str]
) -> tuple[dict[str, Spread], dict[str, Spread], dict[str, tuple[str, ...]]]:
    """What changed in every use, what only in some, and the kinds of each family among the first.

    `seen` are all names of items that were ever carried: none of them is a family.
    """
    if not changes:
        return {}, {}, {}
    always = set.intersection(*(set(change) for change in changes))
    shared = {name: [change[name] for change in changes] for name in sorted(always)}
    rest = [{n: v for n, v in change.items() if n not in always} for change in changes]
    kinds: dict[str, tuple[str, ...]] = {}
    while family := shared_family([set(change) for change in rest], seen):
        name, found = family
        kinds[name] = found
        shared[name] = [sum(change.get(kind, 0) for kind in found) for change in rest]
        rest = [{n: v for n, v in change.items() if n not in found} for change in rest]
    sometimes: dict[str, list[float]] = {}
    for change in rest:
        for item, amount in change.items():
            sometimes.setdefault(item, []).append(amount)
    most = sorted(sometimes, key=lambda name: (-len(sometimes[name]), name))[:SOMETIMES_NAMED]
    return (
        {name: spread_of(values) for name, values in shared.items()},
        {name: spread_of(sometimes[name]) for name in most},
        kinds,
    )


def shared_family(
    uses: Sequence[set[str]], seen: frozenset[str]
) -> tuple[str, tuple[str, ...]] | None:
    """The narrowest family of which every use has a kind, with the kinds that occur."""
    if len(uses) < 2 or not all(uses):
        return None
    names = set().union(*uses)
    families = {family for name in uses[0] for family in _families(name)} - seen
    for family in sorted(families, key=lambda text: (-text.count("_"), -len(text), text)):
        kinds = {name for name in names if name.endswith(f"_{family}")}
        if all(use & kinds for use in uses):
            return family, tuple(sorted(kinds))
    return None


def _families(name: str) -> list[str]:
    """What the name may be a kind of: `dark_oak_log` of oak_log and of log."""
    words = name.split("_")
    return ["_".join(words[start:]) for start in range(1, len(words))]


def _more(less: Mapping[str, int], more: Mapping[str, int]) -> dict[str, float]:
    return {
        name: float(count - less.get(name, 0))
        for name, count in more.items()
        if count > less.get(name, 0)
    }
