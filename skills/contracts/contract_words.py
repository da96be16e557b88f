"""What was learned of a skill in words: when to use it, and what is missing for it here.

Covers English for people, for the prompts and for the search index. Nothing is learned here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from mc_server import Circumstances
from skills.contracts.daytime import DAY, is_within
from skills.contracts.item_counts import kinds_of, total_of

if TYPE_CHECKING:
    from skills.contracts.learned_contract import Failure, LearnedContract, Spread

FAR_BLOCKS = 16
"""Moving less than that is not worth a word."""
ITEMS_NAMED = 6
SAME_RATIO = 0.02
"""Numbers were rounded before they are compared."""
LARGEST_BATCH = 64
FAILURES_NAMED = 3
_SAID_OF = {
    "died": "by dying",
    "completed": "by ending without having done it",
    "timed_out": "by running out of time",
    "program_error": "with an error",
    "killed": "by having to be killed",
}


def when_to_use(contract: LearnedContract) -> str:
    """One sentence: needs, yields, how long, how reliable, how it failed."""
    parts = [
        _needs(contract),
        _yields(contract),
        _uses_up(contract),
        _duration(contract),
        _record(contract),
    ]
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def missing_needs(contract: LearnedContract, here: Circumstances, units: float) -> tuple[str, ...]:
    """A sentence for each need that is not met where `units` are to be got."""
    if units <= 0 and (contract.until or contract.per_count):
        return ()
    return tuple(_missing_things(contract, here, units)) + tuple(missing_state(contract, here))


def _missing_things(contract: LearnedContract, here: Circumstances, units: float) -> Iterator[str]:
    for name, amount in contract.consumes.items():
        needed = math.ceil(amount.least * (units if contract.per_count else 1) - 1e-6)
        carried = total_of(name, here.inventory)
        if carried < needed:
            yield f"It needs {needed} {name}, {carried} carried."
    for name in contract.holds:
        if not kinds_of(name, here.inventory):
            yield f"It needs {_article(name)} in the inventory."
    for name in contract.stations:
        if name not in here.stations and not kinds_of(name, here.inventory):
            yield f"It needs {_article(name)} near or carried."


def missing_state(contract: LearnedContract, here: Circumstances) -> Iterator[str]:
    """A sentence for each need of the world's or the player's state that is not met."""
    if contract.dimensions and here.dimension not in contract.dimensions:
        yield f"It works in {' or '.join(contract.dimensions)}, this is {here.dimension}."
    if contract.biomes and here.biome not in contract.biomes:
        yield f"It works in {' or '.join(contract.biomes)}, this is {here.biome}."
    if contract.time_of_day and not is_within(here.time_of_day, contract.time_of_day):
        yield f"It works {_by(contract.time_of_day)}, which it is not."
    if contract.light and here.light is not None:
        least, most = contract.light
        if not least <= here.light <= most:
            yield f"It works in light of {least} to {most}, here it is {here.light}."
    for least_of, seen, what in (
        (contract.least_food, here.food, "food"),
        (contract.least_health, here.health, "health"),
        (contract.least_free_slots, here.free_slots, "free places"),
    ):
        if least_of is not None and seen < least_of:
            yield f"It needs {what} of at least {least_of}, here it is {seen:g}."


def _needs(contract: LearnedContract) -> str:
    needs = [_used(contract, name) for name in contract.consumes]
    needs += [f"{_article(name)} carried" for name in contract.holds]
    needs += [f"{_article(name)} near or carried" for name in contract.stations]
    needs += [f"to be in {' or '.join(names)}" for names in _places(contract)]
    if contract.time_of_day:
        needs.append("daylight" if contract.time_of_day == DAY else "night")
    if contract.light:
        least, most = contract.light
        needs.append(f"light of at least {least}" if most >= 15 else f"light of at most {most}")
    for least_of, what in (
        (contract.least_food, "food of at least"),
        (contract.least_health, "health of at least"),
    ):
        if least_of is not None:
            needs.append(f"{what} {least_of}")
    if contract.least_free_slots is not None:
        needs.append(f"{contract.least_free_slots} free places in the inventory")
    if needs:
        return f"needs {_listed(needs)}"
    return "nothing is known that it needs" if contract.successes else ""


def _used(contract: LearnedContract, name: str) -> str:
    """How much of the item a use takes; for how many of what it yields where that is constant."""
    amount, what = contract.consumes[name], _named(name, contract.kinds)
    plain = f"{_amount(amount)} {what}{' for each' if contract.per_count else ''}"
    main = next(iter(_main_yields(contract)), "")
    varies = contract.per_count or amount.least < amount.most
    if not varies or main not in contract.yields:
        return plain
    yielded = contract.yields[main]
    if min(amount.least, yielded.least) <= 0:  # too little for one unit to be written down
        return plain
    ratio = amount.median / yielded.median
    for one, other in ((amount.least, yielded.least), (amount.most, yielded.most)):
        if abs(one / other / ratio - 1) > SAME_RATIO:
            return plain
    fraction = Fraction(ratio).limit_denominator(LARGEST_BATCH)
    batch = f"every {fraction.denominator}" if fraction.denominator > 1 else "each"
    return f"{fraction.numerator} {what} for {batch} {main}"


def _main_yields(contract: LearnedContract) -> tuple[str, ...]:
    """What it is for among what it yields."""
    return kinds_of(contract.until, contract.yields) if contract.until else (*contract.yields,)


def _places(contract: LearnedContract) -> list[tuple[str, ...]]:
    return [names for names in (contract.dimensions, contract.biomes) if names]


def _yields(contract: LearnedContract) -> str:
    said = [f"gives {_until(contract)}"] if contract.until else []
    own = _main_yields(contract) if contract.until else ()
    each = " for each" if contract.per_count else ""
    others = [
        f"{_amount(amount)} {_named(name, contract.kinds)}{each}"
        for name, amount in contract.yields.items()
        if name not in own
    ]
    if others:
        also = "also gives" if contract.until else "gives"
        said.append(f"{also} {_listed(others[:ITEMS_NAMED])}")
    if contract.sometimes:
        said.append(f"sometimes gives {_listed([*contract.sometimes][:ITEMS_NAMED])}")
    if contract.moves_blocks and contract.moves_blocks.median >= FAR_BLOCKS:
        said.append(f"ends about {_number(contract.moves_blocks.median)} blocks away")
    return ", ".join(said)


def _until(contract: LearnedContract) -> str:
    """What is carried in the end; what it was where the amounts are not yet told by the unit."""
    name = contract.until
    if contract.count_position is None:
        count = _number(contract.count_default)
        return f"{name} until {count} of them {'is' if count == '1' else 'are'} carried"
    text = f"{name} until count of them are carried"
    main = next(iter(_main_yields(contract)), "")
    if contract.per_count or main not in contract.yields or contract.counts == (1, 1):
        return text
    return f"{text} ({_amount(contract.yields[main])} so far)"


def _uses_up(contract: LearnedContract) -> str:
    if not contract.consumes_sometimes:
        return ""
    used = [f"{_amount(amount)} {name}" for name, amount in contract.consumes_sometimes.items()]
    return f"may use up {_listed(used[:ITEMS_NAMED])}"


def _duration(contract: LearnedContract) -> str:
    seconds = contract.seconds
    if seconds is None:
        return ""
    if seconds.most < 1:
        return "takes less than a second"
    about = f"takes about {_number(max(seconds.median, 1))} s"
    if seconds.most > 2 * max(seconds.median, 1):
        least = f"{_number(seconds.least)} to" if seconds.least >= 1 else "up to"
        about += f" ({least} {_number(seconds.most)} s)"
    return about


def _record(contract: LearnedContract) -> str:
    if not contract.uses:
        return ""
    said = [f"worked {contract.successes} of {contract.uses} times"]
    if contract.uses == 1:
        said = ["worked the one time it was used" if contract.successes else "worked never so far"]
    passed, recent = contract.recent
    if recent < contract.uses and passed / recent < contract.successes / contract.uses - 0.2:
        said.append(f"but only {passed} of the last {recent}")
    said += [_failed(failure) for failure in contract.failures[:FAILURES_NAMED]]
    return "; ".join(said)


def _failed(failure: Failure) -> str:
    often = "once" if failure.count == 1 else f"{failure.count} times"
    how = _SAID_OF.get(failure.code, f"with {failure.code}")
    when = f" when {' and '.join(failure.conditions)}" if failure.conditions else ""
    return f"failed {often} {how}{when}"


def _named(name: str, kinds: Mapping[str, tuple[str, ...]]) -> str:
    """The name; of a family with the kinds that were seen."""
    return f"{name} of any kind ({', '.join(kinds[name][:3])})" if name in kinds else name


def _amount(amount: Spread) -> str:
    least, most = _number(amount.least), _number(amount.most)
    return least if least == most else f"{least} to {most}"


def _by(time_of_day: tuple[int, int]) -> str:
    return "by day" if time_of_day == DAY else "at night"


def _number(value: float) -> str:
    """To two digits that count, without what is not needed."""
    return f"{value:.0f}" if value >= 10 or value == round(value) else f"{value:.2g}"


def _article(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
