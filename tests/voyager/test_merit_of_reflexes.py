"""What the bot's reflexes did is no program's merit, and no blemish either."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curriculum import AllOf, InventoryHas, Killed, Task
from mc_server import Execution, GameEvent, Outcome, Position, ReflexAct
from skills import UseKind
from tests.curriculum.worlds import game_data, seen
from tests.skills.uses import state
from tests.voyager.sittings import gives, sitting
from tests.voyager.test_execution_uses import NAMES, PLANKS, call, skill
from voyager.critics import StateCritic
from voyager.learning.kept_skills import KeptSkills
from voyager.records import Attempt, Program
from voyager.uses.execution_uses import PlayedOn, UsesOfExecution

CRITIC = StateCritic(game_data())
KILLED = (GameEvent("killed", {"name": "zombie", "count": 1}),)
HURT = (GameEvent("hurt", {"amount": 2}),)


def fought(first: int, last: int, **items: int) -> ReflexAct:
    return ReflexAct(
        "fight",
        "a zombie attacks",
        "fought zombie",
        True,
        Position(0, 64, 0),
        1.0,
        3.0,
        items,
        first,
        last,
    )


def task(goal):
    return Task("Do it", goal, "", "test")


def run(**more) -> Execution:
    return Execution(Outcome.COMPLETED, seen(), more.pop("after", seen()), 9.0, **more)


def test_what_a_reflex_did_is_not_counted_but_what_befell_the_bot_is():
    one = run(events=(*KILLED, *HURT, *KILLED), reflexes=(fought(1, 3),))
    assert one.own_events == (*KILLED, *HURT)
    assert CRITIC.judge(task(Killed(name="zombie", count=1)), one).passed
    assert not CRITIC.judge(task(Killed(name="zombie", count=2)), one).passed


@pytest.mark.parametrize(
    ("gained", "own"), [({}, True), ({"rotten_flesh": 1}, True), ({"rotten_flesh": 2}, False)]
)
def test_a_task_done_by_what_a_reflex_gained_is_done_but_is_no_merit(gained, own):
    after = seen({"rotten_flesh": 3})
    verdict = CRITIC.judge(
        task(InventoryHas(name="rotten_flesh", count=2)),
        run(after=after, reflexes=(fought(0, 0, **gained),)),
    )
    assert (verdict.passed, verdict.own) == (True, own)


def test_a_program_that_owes_it_to_a_reflex_is_not_kept(tmp_path):
    goal = AllOf(goals=(InventoryHas(name="rotten_flesh", count=1),))
    source = "async function getFlesh () { await killMob('zombie', 1) }"
    program = Program(source, "getFlesh", ("killMob",), "llm")
    own = run(after=seen({"rotten_flesh": 1}))
    owed = replace(own, reflexes=(fought(0, 0, rotten_flesh=1),))
    with sitting(tmp_path, gives()) as one:
        kept = KeptSkills(one.journal, one.library, PlayedOn("1.20.4"))
        for number, execution in enumerate((owed, own)):
            verdict = CRITIC.judge(task(goal), execution)
            with one.journal.transaction():
                kept.note(task(goal), Attempt(1, program, execution, verdict), number)
            assert one.library.names() == (() if number == 0 else ("getFlesh",))


@pytest.mark.parametrize(
    ("items", "passed", "left"),
    [({"oak_planks": 4}, None, 0), ({"oak_log": 1}, True, 4), ({"bread": -1}, True, 4)],
)
def test_a_call_that_owes_it_to_a_reflex_neither_failed_nor_passed(items, passed, left):
    craft = skill("craftPlanks", PLANKS)
    execution = Execution(
        Outcome.COMPLETED,
        seen(),
        seen(),
        9.0,
        skill_calls=(call("craftPlanks", state({}), state({"oak_planks": 4})),),
        reflexes=(fought(0, 0, **items),),
    )
    uses = UsesOfExecution(execution, lambda _: craft, PlayedOn("1.20.4", NAMES))
    (used,) = uses.of_called("main")
    assert (used.kind, used.passed) == (UseKind.CALLED, passed)
    assert used.after is not None
    assert used.after.inventory.get("oak_planks", 0) == left
