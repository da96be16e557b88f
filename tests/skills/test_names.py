"""Which known names a source uses."""

import pytest

from skills.names import calls_in

KNOWN = {"mineBlock", "craftItem", "craftPlanks", "count"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("await craftItem('stick'); await mineBlock('log')", ("craftItem", "mineBlock")),
        ("mineBlock (1); mineBlock(2)", ("mineBlock",)),
        ("craftItem /* now */ // really\n ('stick')", ("craftItem",)),
        ("// mineBlock(1)\n/* craftItem(2) */", ()),
        ('\'mineBlock(1)\' + "craftItem(\\"2\\")"', ()),
        (
            "`mineBlock(1) ${craftItem(`a ${craftPlanks({})} }`)} mineBlock()`",
            ("craftItem", "craftPlanks"),
        ),
        ("bot.mineBlock(1); bot?.craftItem(2)", ()),
        ("[...mineBlock(1)]", ("mineBlock",)),
        (
            "async function craftPlanks () { await craftPlanks(); await mineBlock() }",
            ("mineBlock",),
        ),
        ("const mineBlock = 1; mineBlock", ()),
        ("await retry(craftPlanks, 3)", ("craftPlanks",)),
        ("({ count: 3, craftItem })", ("craftItem",)),
        ("x = /mineBlock('\\/[/']/.test(y) && craftItem('a')", ("craftItem",)),
        ("x = total / count(1) / craftItem(2)", ("count", "craftItem")),
        ("reallymineBlock(1); mineBlocks(2)", ()),
        ("'it is open\nmineBlock(1)", ("mineBlock",)),
        ("`never closed ${ mineBlock(1)", ("mineBlock",)),
        ("", ()),
    ],
)
def test_names_count_where_they_stand_for_the_global(source, expected):
    assert calls_in(source, KNOWN) == expected
