"""A goal in words: split into parts, played leaf after leaf, replaced where it fails."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from curriculum import (
    GoalChecker,
    GoalTree,
    GoalTreeProposer,
    InventoryHas,
    NodeStatus,
    Proposal,
    Task,
    TaskRecord,
    goal_to_json,
)
from curriculum.goal_trees.decomposition import SCHEMA
from tests.curriculum.test_llm_proposer import Other, Reply, strict
from tests.curriculum.worlds import game_data, seen

CHECKER = GoalChecker(game_data())


def have(name, count=1):
    return [{"type": "inventory_has", "name": name, "count": count}]


def placed(name, count=1):
    return [{"type": "placed", "name": name, "count": count}]


def parts(*pairs):
    return {"reasoning": "", "parts": [{"description": d, "goal": g} for d, g in pairs]}


PILLAR = parts(
    ("Get 4 planks.", have("planks", 4)),
    ("Stack them.", placed("planks", 4)),
    ("Have a shield.", have("stick", 2)),
)


class Model:
    """Answers in order; what it was told is in `prompts`."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.prompts = []

    def complete(self, messages, *, purpose, schema=None):
        assert (purpose, schema) == ("decompose", SCHEMA)
        self.prompts.append("\n".join(message["content"] for message in messages))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Reply(answer if isinstance(answer, str) else json.dumps(answer))


@dataclass
class Store:
    tree: GoalTree | None = None
    saved: int = 0

    def load(self):
        return self.tree

    def save(self, tree):
        self.tree, self.saved = tree, self.saved + 1


@dataclass
class Play:
    """A game in which what a task wants is there after it, unless its goal is in `failing`."""

    model: Model
    failing: tuple[str, ...] = ()
    store: Any = field(default_factory=Store)
    history: list[TaskRecord] = field(default_factory=list)
    carried: dict[str, int] = field(default_factory=dict)
    told: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    clock: float = 0.0

    def proposer(self):
        """A new one each time, as after a kill: nothing may be remembered that matters."""
        return GoalTreeProposer(
            self.model,
            game_data(),
            self.store,
            CHECKER,
            "a pillar",
            Other(Proposal(Task("Mine dirt.", InventoryHas(name="dirt"), "New.", "tech_tree"))),
            on_decomposed=lambda *event: self.told.append(event),
            fall_back_on=(TimeoutError,),
            clock=lambda: self.clock,
        )

    def next(self, proposer=None):
        return (proposer or self.proposer()).propose(seen(self.carried), self.history)

    def end(self, task):
        goal = task.goal
        passed = goal.type not in self.failing
        if passed and goal.type == "inventory_has":
            name = {"log": "oak_log", "planks": "oak_planks"}.get(goal.name, goal.name)
            self.carried[name] = max(self.carried.get(name, 0), goal.count)
        if passed and goal.type == "placed":
            self.carried["oak_planks"] = self.carried.get("oak_planks", 0) - goal.count
        self.history.append(TaskRecord(task, passed, "" if passed else "it fell over"))

    def to_the_end(self, tasks=40):
        for _ in range(tasks):
            proposal = self.next()
            if proposal.task is None:
                return proposal
            self.end(proposal.task)
        raise AssertionError("it comes to no end")

    def done(self):
        return [record.task.description for record in self.history]


def test_leaves_are_played_in_order_and_items_step_by_step():
    play = Play(Model(PILLAR))
    ending = play.to_the_end()
    assert ending.finished and "every part of 'a pillar' was done" in ending.reason
    assert play.done() == ["Mine 1 log", "Craft 4 planks", "Stack them.", *play.done()[3:]]
    assert [r.task.proposer for r in play.history[:3]] == [
        "tech_tree for goal_tree",
        "tech_tree for goal_tree",
        "goal_tree",
    ]
    assert play.told == [("a pillar", ("Get 4 planks.", "Stack them.", "Have a shield."), "")]
    # The planks went into the pillar: nobody misses them.
    assert play.carried["oak_planks"] < 4


def test_what_holds_already_takes_no_task_and_what_a_leaf_needs_is_got_first():
    play = Play(Model(parts(("Stack.", placed("planks", 4)))), carried={"oak_log": 1})
    assert play.to_the_end().finished
    assert play.done() == ["Stack."], "four planks are one step away, which its program can do"
    play = Play(Model(parts(("Get logs.", have("log")), ("Light.", placed("torch", 2)))))
    play.carried = {"oak_log": 1}
    assert play.next().task.why.endswith("for: Light.")


def test_two_leaves_alike_are_played_twice():
    wall = ("Place a wall.", placed("planks", 2))
    play = Play(Model(parts(wall, wall)), carried={"oak_planks": 9})
    assert play.to_the_end().finished
    assert play.done() == ["Place a wall.", "Place a wall."]


def test_a_part_without_a_goal_is_split_again_with_the_whole_tree_in_view():
    model = Model(
        parts(("Get planks.", have("planks", 2)), ("Build it.", [])),
        parts(("Stack two.", placed("planks", 2))),
    )
    play = Play(model, carried={"oak_planks": 2})
    assert play.to_the_end().finished
    assert "- Get planks. (have 2 planks) [passed]" in model.prompts[1]
    assert "- Build it. [to be split now]" in model.prompts[1]


def test_a_leaf_that_fails_twice_is_replaced_and_what_is_done_stays():
    model = Model(PILLAR, parts(("Have sticks.", have("stick", 2))))
    play = Play(model, failing=("placed",))
    assert play.to_the_end().finished
    assert play.done().count("Stack them.") == 2
    assert play.done().count("Craft 4 planks") == 1
    assert "it fell over" in model.prompts[1]
    assert "[failed: it fell over]" in model.prompts[1]
    states = [node.status for node in play.store.tree.nodes]
    assert states.count(NodeStatus.REVISED) == 2
    assert play.told[1][2] == "'Stack them.' failed: it fell over"


def test_when_replacing_does_not_help_the_parent_is_replaced_and_in_the_end_it_is_stuck():
    stack = parts(("Stack.", placed("planks")))
    again = [stack] * 3
    model = Model(parts(("Build.", [])), *again, parts(("Build otherwise.", [])), *again, stack)
    play = Play(model, failing=("placed",), carried={"oak_planks": 9})
    ending = play.to_the_end()
    assert not ending.finished
    assert ending.reason.startswith("'a pillar' could not be done")
    assert "it fell over" in ending.reason
    assert play.next() == ending


def test_what_was_lost_though_nothing_used_it_is_got_once_more():
    play = Play(Model(parts(("Get iron.", have("raw_iron")), ("Get string.", have("string")))))
    play.carried = {"raw_iron": 1, "stone_pickaxe": 1, "stone_sword": 1, "bread": 1}
    task = play.next().task
    play.end(task)
    del play.carried["raw_iron"]
    assert play.next().task.description == "Mine 1 raw iron"
    play.carried["raw_iron"] = 1
    assert play.next().finished


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (parts(("Get it.", have("bedrock"))), "Part 1 ('Get it.'): No way is known to get bedrock"),
        (parts(("Get it.", have("oak_lgo"))), "did you mean oak_log"),
        (parts(("A pillar", [])), "the goal itself"),
        (parts(*[("Get it.", have("stick"))] * 9), "at most 8"),
        (parts(("Get it.", [{"type": "judged", "text": "Have 3 sticks."}])), "`judged`"),
        ("I would build a house.", "no JSON object"),
        ({"parts": "all of it"}, "malformed"),
    ],
)
def test_parts_that_cannot_be_are_asked_for_again(bad, told):
    model = Model(bad, PILLAR)
    assert Play(model).next().task.description == "Mine 1 log"
    assert told in model.prompts[1]


def test_without_a_usable_answer_the_recipe_graph_plays_on_and_the_model_is_asked_less_often():
    model = Model(*["prose"] * 100)
    play = Play(model)
    proposer = play.proposer()
    for _ in range(20):
        task = play.next(proposer).task
        assert task.proposer == "tech_tree instead of goal_tree"
        play.end(task)
    # After 0, 1, 3, 7 and 15 tasks, three times each.
    assert len(model.prompts) == 15


def test_a_model_out_of_reach_is_left_alone_and_leaves_are_served_meanwhile():
    model = Model(
        parts(("Build.", []), ("Get sticks.", have("stick", 2))), TimeoutError("too slow"), PILLAR
    )
    play = Play(model)
    proposer = play.proposer()
    task = play.next(proposer).task
    assert "for: Get sticks." in task.why
    assert "too slow" in task.why
    assert play.next(proposer).task == task
    assert len(model.prompts) == 2
    play.clock = 60.0
    assert play.next(proposer).task.why.endswith("for: Get 4 planks.")


def test_it_goes_no_deeper_than_three_levels():
    deeper = [parts((f"Build it {how}.", [])) for how in ("well", "better", "best")]
    model = Model(*deeper, parts(("Stack.", placed("planks"))))
    play = Play(model, carried={"oak_planks": 9})
    assert play.next().task.description == "Stack."
    assert "Every part must have a goal" in model.prompts[2]
    assert "it cannot be split further" in model.prompts[3]


def test_the_schema_is_strict():
    assert strict(SCHEMA)


def test_a_saved_tree_is_gone_on_with():
    play = Play(Model(PILLAR))
    play.end(play.next().task)
    assert play.next().task.description == "Craft 4 planks"
    assert goal_to_json(play.store.tree.node(2).goal)["name"] == "planks"
    assert not play.model.answers
