"""Goals that known skills cover between them: what is written, and that it works."""

from dataclasses import replace

import pytest

from curriculum import (
    AllOf,
    AnyOf,
    InventoryGained,
    InventoryHas,
    Placed,
    Slept,
    Task,
    goal_to_json,
)
from skills import LearnedContract, SkillStatus, Spread, needs_of
from tests.curriculum.worlds import game_data, seen
from tests.voyager.recipe_programs import failing, has, play, skill_of, write
from voyager.errors import WriterError
from voyager.writers.known_skills.covering_writer import WRITER, CoveringWriter
from voyager.writers.known_skills.services import Experience

PLANKS = skill_of(write(has("planks", 4)), InventoryHas(name="planks", count=4))
STICKS = skill_of(write(has("stick", 4)), InventoryHas(name="stick", count=4))
BOTH = AllOf(goals=(InventoryHas(name="planks", count=9), InventoryHas(name="stick", count=9)))


class Nobody:
    """A writer that has nothing to say."""

    def write(self, task, observation, skills, attempts):
        raise WriterError("nobody writes here")


def known(contracts):
    def experience_of(skill):
        contract = contracts.get(skill.name)
        return Experience(contract, needs_of(skill, contract))

    return experience_of


def cover(goal, *skills, attempts=(), contracts=None, carried=None):
    writer = CoveringWriter(
        Nobody(), game_data(), lambda _: skills, lambda _: skills, known(contracts or {})
    )
    return writer.write(Task("Get ready.", goal, "", "test"), seen(carried), skills, attempts)


def test_a_goal_of_parts_that_skills_reach_is_a_program_of_calls():
    program = cover(BOTH, PLANKS, STICKS)
    assert (program.writer, program.entry, program.model) == (WRITER, "getReady", None)
    assert "await craftPlanks(9) // serves the goal to have 9 planks" in program.source
    assert "await craftStick(9) // serves the goal to have 9 stick" in program.source
    assert set(program.calls) == {"countItem", "craftPlanks", "craftStick"}
    modules = [PLANKS.source, STICKS.source]
    [result] = play([(program, modules, {}, ["oak"])])
    assert result["inventory"]["oak_planks"] >= 9 and result["inventory"]["stick"] >= 9


def test_what_is_gained_counts_from_what_was_carried():
    goal = AllOf(goals=(InventoryGained(name="stick", count=3), InventoryHas(name="planks")))
    [result] = play(
        [(cover(goal, PLANKS, STICKS), [PLANKS.source, STICKS.source], {"stick": 5}, ["oak"])]
    )
    assert result["inventory"]["stick"] >= 8


def test_a_part_that_nothing_reaches_is_left_to_the_other_writer():
    with pytest.raises(WriterError, match="nobody"):
        cover(AllOf(goals=(*BOTH.goals, Slept())), PLANKS, STICKS)
    either = AnyOf(goals=(Slept(), BOTH))
    assert cover(either, PLANKS, STICKS).calls == cover(BOTH, PLANKS, STICKS).calls


def test_a_part_that_only_one_skill_s_contract_states_is_covered_too():
    place = Placed(name="torch", count=2)
    torches = replace(
        PLANKS,
        name="placeTorches",
        contract=goal_to_json(place),
    )
    program = cover(AllOf(goals=(place, *BOTH.goals)), torches, PLANKS, STICKS)
    assert "await placeTorches(2)" in program.source
    # What is placed again in a second round would be too much.
    assert "for (" not in program.source


def test_what_every_success_yielded_serves_as_well():
    shearing = replace(
        PLANKS, name="shearSheep", contract={"type": "judged", "text": "Sheep."}, parameters={}
    )
    learned = LearnedContract(
        uses=4, successes=4, recent=(4, 4), yields={"string": Spread(1, 2, 3)}
    )
    goal, known = InventoryHas(name="string", count=5), {"shearSheep": learned}
    program = cover(goal, shearing, contracts=known)
    assert "await shearSheep() // serves the goal to have 5 string" in program.source
    assert program.source.count("countItem('string') < count") == 1
    # Another number of it is the same skill.
    assert program.signature == "async function getReady (count = 5)"
    assert program.parameters == {"count": "count"}
    for_another_item = replace(shearing, contract={"type": "inventory_has", "name": "shears"})
    with pytest.raises(WriterError):
        cover(goal, for_another_item, contracts=known)


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(PLANKS, status=SkillStatus.CANDIDATE),
        replace(PLANKS, status=SkillStatus.QUARANTINED),
    ],
)
def test_only_verified_skills_cover(spoiled):
    with pytest.raises(WriterError):
        cover(BOTH, spoiled, STICKS)


def test_a_skill_that_fails_most_often_covers_nothing():
    poor = LearnedContract(uses=9, successes=1, recent=(1, 9))
    with pytest.raises(WriterError):
        cover(BOTH, PLANKS, STICKS, contracts={"craftPlanks": poor})


def test_what_was_covered_in_vain_is_written_by_the_other():
    program = cover(BOTH, PLANKS, STICKS)
    with pytest.raises(WriterError):
        cover(BOTH, PLANKS, STICKS, attempts=[failing(program)])
