"""What became more or fewer in the inventory over several uses, by kind or by family.

Covers naming what all uses share: an item that changed in every one, or else a family of which
some kind did. Not covered: which uses count, and what their numbers are divided by.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skills.contracts.learned_contract import Spread

Amounts = Mapping[str, float]
SOMETIMES_NAMED = 8


@dataclass(frozen=True)
class SharedChanges:
    """What changed in every use, by how much in each, and what changed only in some.

    `kinds` are the kinds of each family in `always` that were seen.
    """

    always: Mapping[str, tuple[float, ...]]
    sometimes: Mapping[str, tuple[float, ...]]
    kinds: Mapping[str, tuple[str, ...]]


def more(less: Mapping[str, int], much: Mapping[str, int]) -> dict[str, float]:
    """By how much each item is more in the second inventory, where it is."""
    return {
        name: float(count - less.get(name, 0))
        for name, count in much.items()
        if count > less.get(name, 0)
    }


def spread_of(values: Iterable[float]) -> Spread:
    """Least, median and most, rounded to what can be read."""
    numbers = [*values]
    return Spread(
        round(min(numbers), 3), round(statistics.median(numbers), 3), round(max(numbers), 3)
    )


def shared_changes(
    changes: Sequence[Amounts], seen: frozenset[str], named: frozenset[str] = frozenset()
) -> SharedChanges:
    """What the uses share. `seen` are all names ever carried: none of them is a family.

    A kind that is not among the names in the program, `named`, is told as its family that is.
    """
    shared = set.intersection(*(set(change) for change in changes)) if changes else set()
    shared = {name for name in shared if name in named or not _named_family(name, seen, named)}
    always = {name: tuple(change[name] for change in changes) for name in sorted(shared)}
    rest = [{n: v for n, v in change.items() if n not in shared} for change in changes]
    kinds: dict[str, tuple[str, ...]] = {}
    while family := _shared_family([set(change) for change in rest], seen, named):
        name, found = family
        kinds[name] = found
        always[name] = tuple(sum(change.get(kind, 0) for kind in found) for change in rest)
        rest = [{n: v for n, v in change.items() if n not in found} for change in rest]
    return SharedChanges(always, _sometimes(rest, seen), kinds)


def most_frequent(amounts: Mapping[str, Sequence[float]]) -> dict[str, Spread]:
    """The spread of each, of those that occur in most uses."""
    names = sorted(amounts, key=lambda name: (-len(amounts[name]), name))
    return {name: spread_of(amounts[name]) for name in names[:SOMETIMES_NAMED]}


def _shared_family(
    uses: Sequence[set[str]], seen: frozenset[str], named: frozenset[str]
) -> tuple[str, tuple[str, ...]] | None:
    """The narrowest family of which every use has a kind, with the kinds that occur.

    Those that the program names come first; of one use none but these.
    """
    if not uses or not all(uses):
        return None
    names = set().union(*uses)
    families = {family for name in uses[0] for family in _families(name)} - seen
    if len(uses) < 2:
        families &= named
    for family in sorted(
        families, key=lambda text: (text not in named, -text.count("_"), -len(text), text)
    ):
        kinds = {name for name in names if name.endswith(f"_{family}")}
        if all(use & kinds for use in uses):
            return family, tuple(sorted(kinds))
    return None


def _sometimes(changes: Sequence[Amounts], seen: frozenset[str]) -> dict[str, tuple[float, ...]]:
    """What changed in some uses; kinds of which no use had two are told as their family."""
    alternatives: dict[str, set[str]] = {}
    for name in set().union(*(set(change) for change in changes)):
        alternatives.setdefault(name.rpartition("_")[2], set()).add(name)
    found: dict[str, tuple[float, ...]] = {}
    for family, kinds in alternatives.items():
        one_each = all(len(kinds & set(change)) < 2 for change in changes)
        together = len(kinds) > 1 and one_each and family not in seen
        for change in changes:
            for name in kinds & set(change):
                told = family if together else name
                found[told] = (*found.get(told, ()), change[name])
    return found


def _named_family(name: str, seen: frozenset[str], named: frozenset[str]) -> bool:
    return any(family in named and family not in seen for family in _families(name))


def _families(name: str) -> list[str]:
    """What the name may be a kind of: `dark_oak_log` of oak_log and of log."""
    words = name.split("_")
    return ["_".join(words[start:]) for start in range(1, len(words))]
