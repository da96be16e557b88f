"""Callers call the skill that is left, in the places where they called the other."""

import pytest

from tests.voyager.merging.libraries import READER
from voyager.learning.merging.call_rewriting import Callee, CallsStayError, rewritten

FIXED = Callee("mineFive", (), {"count": 5})
COUNTED = Callee("mineFive", ("count",), {"count": 5})
NEW = Callee("mineOre", ("count",), {"count": 1})


def change(body: str, old: Callee = FIXED, new: Callee = NEW) -> str:
    source = f"async function stockUp () {{ {body} }}"
    changed = rewritten("stockUp", source, READER(source, "stockUp", ()), old, new)
    return changed.removeprefix("async function stockUp () { ").removesuffix(" }")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("await mineFive()", "await mineOre(5)"),
        (
            "await mineFive ( /* ( */ ); mineFive.name",
            "await mineOre (5 /* ( */ ); (() => mineOre(5)).name",
        ),
        ("await all([mineFive, dig])", "await all([() => mineOre(5), dig])"),
        (
            "const ways = { mineFive, 'b': mineFive }",
            "const ways = { mineFive: () => mineOre(5), 'b': () => mineOre(5) }",
        ),
        ("const go = mineFive || dig", "const go = (() => mineOre(5)) || dig"),
        (
            "log('mineFive', bot.mineFive) // mineFive\n",
            "log('mineFive', bot.mineFive) // mineFive\n",
        ),
        ("const mineFive = () => 1; mineFive()", "const mineFive = () => 1; mineFive()"),
        (
            "{ const mineFive = 1; f(mineFive) } mineFive()",
            "{ const mineFive = 1; f(mineFive) } mineOre(5)",
        ),
        ("await mineFive(); await mineFive()", "await mineOre(5); await mineOre(5)"),
        ("await mineFive(3)", "await mineOre(5)"),
        ("'🪓'; await mineFive()", "'🪓'; await mineOre(5)"),
    ],
)
def test_one_that_takes_nothing_is_called_with_its_number(body, wanted):
    assert change(body) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("await mineFive()", "await mineOre(5)"),
        ("await mineFive(7)", "await mineOre(7)"),
        ("await mineFive(undefined)", "await mineOre(5)"),
        ("await mineFive(count * 2)", "await mineOre(count * 2)"),
        ("await mineFive(await mineFive(2))", "await mineOre(await mineOre(2))"),
        ("use(mineFive)", "use((given1 = 5) => mineOre(given1))"),
    ],
)
def test_what_is_given_to_one_that_takes_a_number_is_given_on(body, wanted):
    assert change(body, COUNTED) == wanted


def test_one_of_the_same_default_is_only_called_by_the_other_name():
    five = Callee("mineOre", ("count",), {"count": 5})
    assert (
        change("await mineFive(); use(mineFive)", COUNTED, five) == "await mineOre(); use(mineOre)"
    )


def test_parameters_that_set_nothing_keep_their_place():
    old = Callee("mineFive", (None, "count"), {"count": 5})
    new = Callee("mineOre", (None, "count"), {"count": 1})
    assert (
        change("mineFive(place); mineFive()", old, new)
        == "mineOre(place, 5); mineOre(undefined, 5)"
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("const mineOre = 1; await mineFive()", "something of its own that is called mineOre"),
        ("mineFive = dig", "what is no call of it"),
        ("await mineFive(...many)", "cannot be told"),
        ("await mineFive(dig())", "cannot be told"),
    ],
)
def test_where_it_cannot_be_done_nothing_is(body, why):
    with pytest.raises(CallsStayError, match=why):
        change(body)
