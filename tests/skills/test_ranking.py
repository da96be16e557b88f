"""The order of what is found: by meaning, and among the like by what is known of each."""

import json
from dataclasses import replace

import pytest

from mc_server import Circumstances, Position
from skills import LearnedContract, SkillStatus, Spread
from skills.ranking import ranked
from tests.skills.homes import make_skill
from tests.skills.known_purposes import DOUBLES, QUESTIONS, SKILLS

ONE = Spread(1, 1, 1)
HERE = Circumstances(Position(0, 64, 0), "overworld", "plains", 1000, 15, 20, 20, {"oak_log": 4})
WORKS = LearnedContract(uses=5, successes=5, recent=(5, 5))
LACKS = replace(WORKS, holds=("iron_pickaxe",), consumes={"coal": ONE})


def learn(library, name: str, contract: LearnedContract) -> None:
    library._connection.execute(
        "INSERT OR REPLACE INTO skill_contracts VALUES (?, 1, ?, ?)",
        (name, json.dumps(contract.to_json()), contract.describe()),
    )


def skill_of(name: str, description: str):
    """One whose goal names no item, so that only uses tell what it yields."""
    return replace(make_skill(name, description), contract={"type": "judged", "name": name})


def add_all(library) -> None:
    library._connection.execute("BEGIN")
    for name, (description, yields) in SKILLS.items():
        library.add(skill_of(name, description))
        learn(library, name, replace(WORKS, yields=dict.fromkeys(yields, ONE)))
    library._connection.execute("COMMIT")


def answered(library, within: int) -> float:
    """The share of the questions with one of the right skills among so many."""
    right = [
        question
        for question, answers in QUESTIONS.items()
        if {skill.name for skill, _ in library.search(question, within)} & {*answers}
    ]
    return len(right) / len(QUESTIONS)


def test_skills_are_found_by_what_they_yield(library):
    add_all(library)
    assert answered(library, 1) >= 0.66
    assert answered(library, 5) >= 0.88


def test_of_two_for_one_purpose_the_one_that_can_be_used_here_comes_first_mostly(library):
    add_all(library)
    for name, (other, description) in DOUBLES.items():
        library.add(skill_of(other, description))
        yields = dict.fromkeys(SKILLS[name][1], ONE)
        learn(library, name, replace(LACKS, yields=yields, recent=(1, 5)))
        learn(library, other, replace(WORKS, yields=yields))
    questions = {q: name for q, (name, *_) in QUESTIONS.items() if name in DOUBLES}
    ahead = 0
    for question, name in questions.items():
        found = [skill.name for skill, _ in library.search(question, 20, here=HERE)]
        other = DOUBLES[name][0]
        ahead += other in found and (name not in found or found.index(other) < found.index(name))
    assert ahead / len(questions) >= 0.75, (ahead, len(questions))


SKILL = make_skill("mineLogs")
OTHER = make_skill("chopTrees")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ((SKILL, WORKS), (OTHER, LACKS)),
        ((SKILL, WORKS), (OTHER, replace(WORKS, recent=(1, 5)))),
        ((SKILL, WORKS), (OTHER, None)),
        ((SKILL, None), (replace(OTHER, status=SkillStatus.CANDIDATE), None)),
        ((replace(SKILL, successes=5), None), (replace(OTHER, failures=5), None)),
    ],
    ids=["needs", "reliability", "known", "status", "counted"],
)
def test_what_is_known_decides_between_skills_as_near_as_each_other(better, worse):
    contracts = {better[0].name: better[1], worse[0].name: worse[1]}
    found = [(worse[0], 0.61), (better[0], 0.6)]
    first, second = ranked(found, lambda skill: contracts[skill.name], HERE)
    assert first[0] is better[0]
    assert first[1] > second[1]
    far = [(worse[0], 0.9), (better[0], 0.6)]
    assert ranked(far, lambda skill: contracts[skill.name], HERE)[0][0] is worse[0]


def test_without_a_place_needs_do_not_count():
    found = [(SKILL, 0.6), (OTHER, 0.6)]
    scores = ranked(found, lambda skill: LACKS if skill is SKILL else WORKS, None)
    assert scores[0][1] == scores[1][1]


def test_what_a_skill_is_also_called_and_newly_learned_finds_it(library):
    add_all(library)
    library.add_other_name("pillarUp", "nerdPole")
    assert library.search("nerd pole", 1)[0][0].name == "pillarUp"
    learn(library, "digIn", replace(WORKS, yields={"nether_star": ONE}))
    assert library.search("obtain a nether star", 1)[0][0].name == "digIn"
