"""The model that errs at a rate: what it reads in a prompt, and that its mistakes repeat."""

import json
import re

import pytest

from voyager.language_models.fallible import FallibleModel
from voyager.language_models.replay.replies import RecordedRequest

PROPOSE = "You choose the next task for a bot."
WRITE = "You write programs that play Minecraft."


def asked(system, user, model=None):
    messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
    request = RecordedRequest("/v1/chat/completions", {"messages": messages}, None)
    return (model or FallibleModel(error_rate=0)).take(request).text


def situation(inventory="{}", more=""):
    return f"<game_state>\ninventory = {inventory}\n</game_state>\n{more}"


def task(words, goal, inventory="{}"):
    told = f"<task>\n{words}\nas JSON: {json.dumps(goal)}\n</task>"
    return situation(inventory, told)


def test_it_proposes_what_the_prompt_says_comes_next():
    way = "The way there by the recipes, from here: Craft a furnace; Smelt 3 iron ingots."
    answer = json.loads(asked(PROPOSE, situation("{cobblestone: 9}", way)))
    assert answer["goal"] == [{"type": "inventory_has", "name": "furnace", "count": 1}]
    crowded = "inventory = {dirt: 1}\nfree_places = 1"
    assert json.loads(asked(PROPOSE, crowded))["goal"][0]["type"] == "has_room"


def test_its_program_gets_only_what_is_missing():
    goal = {"type": "inventory_has", "name": "stick", "count": 4}
    assert "mineBlock" not in asked(WRITE, task("Get 4 sticks.", goal, "{oak_planks: 2}"))
    from_nothing = asked(WRITE, task("Get 4 sticks.", goal))
    calls = re.findall(r"await (\w+)\('(\w+)'", from_nothing)
    assert calls == [("mineBlock", "log"), ("craftItem", "planks"), ("craftItem", "stick")]


@pytest.mark.parametrize("system", [PROPOSE, WRITE])
def test_it_errs_at_its_rate_and_in_the_same_way_for_the_same_seed(system):
    goal = {"type": "inventory_has", "name": "stone_pickaxe", "count": 1}
    question = task("Get a stone pickaxe.", goal)

    def answers(seed, error_rate):
        model = FallibleModel(seed, error_rate)
        return [asked(system, question, model) for _ in range(20)]

    assert answers(1, 0.5) == answers(1, 0.5)
    assert answers(1, 0.5) != answers(2, 0.5)
    assert len(set(answers(1, 0.0))) <= len(set(answers(1, 0.9)))
