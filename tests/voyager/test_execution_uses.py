"""From an execution to the uses of the skills in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mc_server import Circumstances, Execution, Outcome, ProgramError, SkillCall
from mc_server.scripted_bridge import EMPTY_WORLD
from skills import Skill, UseKind
from tests.skills.homes import make_skill
from tests.skills.uses import state
from voyager.uses.execution_uses import PlayedOn, UsesOfExecution

PLANKS = {"type": "inventory_has", "name": "planks", "count": 4}
NAMES = frozenset({"oak_planks", "birch_planks", "apple", "golden_apple"})


def skill(name: str, contract: dict[str, Any], *calls: str, **parameters: str) -> Skill:
    made = make_skill(name, calls=calls)
    return replace(made, contract=contract, parameters=parameters)


def call(
    name: str,
    before: Circumstances,
    after: Circumstances | None,
    *arguments: Any,
    code: str | None = None,
    caller: str | None = "main",
) -> SkillCall:
    error = ProgramError("PrimitiveError", "It did not work.", code) if code else None
    return SkillCall(name, caller, arguments, 0.0, 2.0, before, after, after is not None, error)


def uses_of(*calls: SkillCall, outcome: Outcome = Outcome.COMPLETED, skills: Any = ()) -> Any:
    run = Execution(outcome, EMPTY_WORLD, EMPTY_WORLD, 9.0, skill_calls=calls)
    known = {one.name: one for one in skills}
    return UsesOfExecution(run, known.get, PlayedOn("1.20.4", NAMES), 1, 2, 3)


@pytest.mark.parametrize(
    ("contract", "arguments", "after", "passed"),
    [
        (PLANKS, (8,), {"oak_planks": 8}, True),
        (PLANKS, (8,), {"oak_planks": 7}, False),
        (PLANKS, (8,), {"oak_planks": 4, "birch_planks": 4}, False),
        (PLANKS, (), {"oak_planks": 1}, True),  # the signature says count = 1
        (PLANKS, ("many",), {"oak_planks": 8}, None),
        (PLANKS, (-1,), {"oak_planks": 8}, None),
        ({**PLANKS, "name": "apple"}, (1,), {"golden_apple": 1}, False),
        ({**PLANKS, "type": "inventory_gained"}, (2,), {"oak_planks": 3}, True),
        ({**PLANKS, "type": "mined"}, (1,), {"oak_planks": 1}, None),
        ({"type": "judged", "text": "It is nice."}, (), {}, None),
        ({"type": "not", "goal": {"type": "slept"}}, (), {}, None),
        ({"type": "unheard_of"}, (), {}, None),
    ],
)
def test_a_called_skill_passed_when_its_goal_holds_for_its_arguments(
    contract, arguments, after, passed
):
    parameters = {"count": "count"} if "count" in contract else {}
    craft = skill("craftPlanks", contract, **parameters)
    one = call("craftPlanks", state({"oak_planks": 1}), state(after), *arguments)
    (used,) = uses_of(one, skills=[craft]).of_called("main")
    assert used.passed is passed
    assert (used.kind, used.arguments, used.seconds) == (UseKind.CALLED, arguments, 2.0)
    assert (used.run_id, used.attempt_id, used.seed) == (1, 2, 3)


@pytest.mark.parametrize(
    ("code", "after", "outcome", "told"),
    [
        ("not_found", {"oak_planks": 4}, Outcome.PROGRAM_ERROR, (False, "program_error")),
        ("died", {}, Outcome.DIED, (None, "program_error")),
        ("cancelled", {}, Outcome.TIMED_OUT, (None, "program_error")),
        (None, None, Outcome.TIMED_OUT, (None, "timed_out")),
        (None, None, Outcome.DISCONNECTED, (None, "disconnected")),
    ],
)
def test_what_ended_with_an_error_failed_unless_it_was_cut_off_from_outside(
    code, after, outcome, told
):
    ended = None if after is None else state(after)
    one = call("craftPlanks", state(), ended, 4, code=code)
    made = uses_of(one, outcome=outcome, skills=[skill("craftPlanks", PLANKS)])
    (used,) = made.of_called("main")
    assert (used.passed, used.outcome) == told
    assert used.error_code == code


def test_worn_and_held_things_count_for_a_called_skill():
    contract = {"type": "equipped", "name": "iron_boots", "destination": "feet"}
    after = state(hand="torch", worn=("iron_boots", "shield"))
    one = call("wear", state(), after)
    (used,) = uses_of(one, skills=[skill("wear", contract)]).of_called("main")
    assert used.passed is True


def test_nested_calls_count_and_loops_only_to_a_bound_and_the_entry_never():
    entry = call("main", state(), state(), caller=None)
    nested = call("mineLogs", state(), state(), caller="craftPlanks")
    calls = [call("craftPlanks", state(), state({"oak_planks": 4}), 4)] * 30
    skills = [skill("craftPlanks", PLANKS), skill("mineLogs", PLANKS), skill("main", PLANKS)]
    again = call("main", state(), state(), caller="main")
    made = uses_of(entry, *calls, nested, again, call("gone", state(), state()), skills=skills)
    names = [used.name for used in made.of_called("main")]
    assert names == ["craftPlanks"] * 10 + ["mineLogs"]


def test_the_entry_is_told_from_its_own_call_and_else_from_what_was_observed():
    main = skill("main", PLANKS)
    own = call("main", state({"oak_log": 1}), state({"oak_planks": 4}), caller=None)
    used = uses_of(own).of_entry(main, UseKind.REUSED, (4,), True)
    assert (used.before.inventory, used.after.inventory) == ({"oak_log": 1}, {"oak_planks": 4})
    cut = uses_of(replace(own, after=None, ended=False), outcome=Outcome.DIED)
    assert cut.of_entry(main, UseKind.REUSED, (4,), False).after is None
    bare = uses_of().of_entry(main, UseKind.LEARNED, (), True)
    assert (bare.before.position, bare.seconds) == (EMPTY_WORLD.position, 9.0)
    assert bare.after is not None


def test_a_use_says_which_primitives_it_can_reach_through_what_it_calls():
    logs = skill("mineLogs", PLANKS, "mineBlock", "craftPlanks")
    craft = skill("craftPlanks", PLANKS, "craftItem", "mineLogs", "noPrimitive")
    made = uses_of(call("craftPlanks", state(), state()), skills=[logs, craft])
    (used,) = made.of_called("main")
    assert set(used.environment) == {
        "game",
        "mineflayer",
        "primitive mineBlock",
        "primitive craftItem",
    }
