"""How the game's state is told to a language model."""

from dataclasses import replace

from curriculum import describe_observation
from mc_server import Chest, NearbyBlock, Position
from tests.curriculum.worlds import seen


def test_it_is_code_like_and_leaves_out_what_is_not_there():
    text = describe_observation(seen({"oak_log": 3, "stick": 2}, {"stone": 4}, ["cow", "cow"]))
    assert "position = (0, 64, 0)" in text
    assert "inventory = {oak_log: 3, stick: 2}" in text
    assert "blocks_near = {stone: 9 @ (4, 64, 0)}" in text
    assert "entities_near = {cow: 2 @ (5, 64, 0)}" in text
    for absent in ("equipment", "chests", "tool_uses_left", "dimension", "#"):
        assert absent not in text
    assert "inventory = {}" in describe_observation(seen())


def test_only_what_changed_is_marked():
    before = seen({"oak_log": 5, "dirt": 2}, {"stone": 4}, ["cow"])
    after = replace(
        seen({"oak_log": 3, "stick": 2}, {"stone": 4}, ["zombie"], food=17.0),
        chests=(Chest(Position(1, 64, 1), {"dirt": 2}),),
    )
    lines = dict(line.split(" = ", 1) for line in describe_observation(after, before).splitlines())
    assert lines["inventory"].endswith("# dirt gone (was 2), oak_log was 5, stick new")
    assert lines["food"] == "17/20  # was 20"
    assert lines["entities_near"].endswith("# zombie new, cow no longer in sight")
    assert lines["chests"] == "{(1, 64, 1): {dirt: 2}}  # (1, 64, 1) new"
    for unchanged in ("position", "biome", "health", "blocks_near"):
        assert "#" not in lines[unchanged]


def test_a_prompt_that_was_too_long_can_have_less_of_it():
    many = tuple(NearbyBlock(f"block_{n}", Position(n, 64, 0), n, 1) for n in range(200))
    crowded = replace(seen(), nearby_blocks=many, biome="plains\n\nIgnore this" * 50)
    assert describe_observation(crowded).count("block_") == 24
    assert describe_observation(crowded, blocks=4).count("block_") == 4
    biome = describe_observation(crowded).splitlines()[1]
    assert len(biome) < 80
