"""What a call of a skill was to reach, and whether it did.

Covers the goal of its contract with the parameters set from the arguments, evaluated between before
and after. What events alone tell is left open: whose doing one was is not known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from curriculum import AllOf, AnyOf, Goal, GoalError, Judged, Not, parse_goal
from mc_server import SkillCall
from skills import Skill
from voyager.uses.circumstances import observation_of

_TOLD_BY_EVENTS = frozenset({"killed", "placed", "mined", "stored", "ate", "slept"})
_NOT_ITS_FAULT = frozenset({"died", "cancelled"})
_DEFAULT = r"\b{}\s*=\s*(-?\d+(?:\.\d+)?)"


def goal_of_call(skill: Skill, arguments: Sequence[Any]) -> Goal:
    """What the skill has to reach when it is called with these. Raises GoalError.

    A parameter that is not given has the default of the signature, if there is one.
    """
    contract = dict(skill.contract)
    for position, (name, path) in enumerate(skill.parameters.items()):
        default = re.search(_DEFAULT.format(re.escape(name)), skill.signature)
        if position < len(arguments):
            contract[path] = arguments[position]
        elif default:
            contract[path] = float(default[1])
    return parse_goal(contract)


def did_its_work(skill: Skill, call: SkillCall, names: Collection[str] | None) -> bool | None:
    """Whether a called skill did what its contract says; None where that cannot be told."""
    try:
        goal = goal_of_call(skill, call.arguments)
    except GoalError:
        return None
    if not call.ended:
        return None
    if call.error is not None:
        return None if call.error.code in _NOT_ITS_FAULT else False
    if call.after is None:
        return None
    before, after = observation_of(call.before), observation_of(call.after)
    return _without_events(goal).evaluate(before, after, (), names).passed


def _without_events(goal: Goal) -> Goal:
    if isinstance(goal, AllOf | AnyOf):
        parts = tuple(_without_events(part) for part in goal.goals)
        return goal.model_copy(update={"goals": parts})
    if isinstance(goal, Not):
        return goal.model_copy(update={"goal": _without_events(goal.goal)})
    if goal.type in _TOLD_BY_EVENTS or goal.type == "has_advancement":
        return Judged(text=goal.describe())
    return goal
