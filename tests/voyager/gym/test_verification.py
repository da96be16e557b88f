"""What is said of skills that were run again, and what becomes of them."""

from __future__ import annotations

import pytest

from skills import SkillStatus, UseKind
from tests.voyager.gym.exercised import ScriptedGym, a_library, a_skill, verification
from voyager.command_line.skills.verified_text import report_lines
from voyager.gym.report import Report, Standing
from voyager.gym.verdicts import apply, record
from voyager.gym.verification import Verification

SMELT = a_skill("smeltIron", "iron_ingot", "await smeltItem('raw_iron', count)", ("smeltItem",))
BUCKET = a_skill("makeBucket", "bucket", "await smeltIron(3)", ("smeltIron", "craftItem"))
MILK = a_skill("getMilk", "milk_bucket", "await makeBucket()", ("makeBucket",))
PLANKS = a_skill("makePlanks", "oak_planks", "await craftItem('oak_planks')", ("craftItem",))
ALL = ("smeltIron", "makeBucket", "getMilk", "makePlanks")


@pytest.fixture
def library(tmp_path):
    with a_library(tmp_path, SMELT, BUCKET, MILK, PLANKS) as library:
        yield library


def standings(report: Report) -> dict[str, Standing]:
    return {one.name: one.standing for one in report.skills}


def verified(library, gym: ScriptedGym, names=ALL) -> Report:
    """With all that follows."""
    made: Verification = verification(library, gym)
    report = made.run(names)
    record(library, made.played_on, made.trials())
    return apply(library, report)


def test_what_broke_takes_its_callers_with_it_and_none_other(library):
    report = verified(library, ScriptedGym({"smeltIron": "smeltIron", "makeBucket": "smeltIron"}))
    assert standings(report) == {
        "smeltIron": Standing.BROKE,
        "makeBucket": Standing.DEPENDS,
        "getMilk": Standing.DEPENDS,  # which worked: it went another way
        "makePlanks": Standing.WORKS,
    }
    statuses = {skill.name: skill.status for skill in library.list()}
    assert statuses.pop("makePlanks") is SkillStatus.VERIFIED
    assert set(statuses.values()) == {SkillStatus.QUARANTINED}
    assert report.of(Standing.DEPENDS)[0].broken_callees == ("smeltIron",)
    assert report.of(Standing.BROKE)[0].changes == ("game was 1.20.3 and is 1.20.4",)


def test_a_caller_that_fails_by_itself_is_to_blame_too(library):
    report = verification(
        library, ScriptedGym({"smeltIron": "smeltIron", "makeBucket": "makeBucket"})
    ).run(ALL)
    assert {one.name for one in report.of(Standing.BROKE)} == {"smeltIron", "makeBucket"}


def test_what_works_again_is_set_free_with_its_callers(library):
    verified(library, ScriptedGym({"smeltIron": None}))
    report = verified(library, ScriptedGym({}))
    assert set(standings(report).values()) == {Standing.WORKS}
    assert {skill.status for skill in library.list()} == {SkillStatus.VERIFIED}


def test_the_one_to_blame_is_found_when_only_its_caller_is_verified(library):
    gym = ScriptedGym({"smeltIron": "smeltIron", "makeBucket": "smeltIron"})
    report = verification(library, gym).run(["makeBucket"])
    assert standings(report)["smeltIron"] is Standing.BROKE
    assert standings(report)["makeBucket"] is Standing.DEPENDS
    assert "makePlanks" not in standings(report)


def test_each_exercise_becomes_a_use_and_a_world_that_died_none(library):
    verified(library, ScriptedGym({}, faults=("makePlanks",)))
    exercised = [
        [use.passed for use in library.uses.of(name) if use.kind is UseKind.EXERCISED]
        for name in ("smeltIron", "makePlanks")
    ]
    assert exercised == [[True, True], []]
    assert library.get("makePlanks").failures == 0


def test_looking_changes_nothing(library):
    before = library.list()
    report = verification(library, ScriptedGym({"smeltIron": None})).run(ALL)
    assert report.anything_broke
    assert library.list() == before


class OnlyElsewhere(ScriptedGym):
    """Where skills fail elsewhere, or where they were learned."""

    def __init__(self, works_elsewhere: bool) -> None:
        super().__init__({})
        self.works_elsewhere = works_elsewhere

    def _trial(self, exercise):
        elsewhere = exercise.start.position is None
        works = elsewhere is self.works_elsewhere
        self.failing = {} if works else {exercise.skill.name: None}
        return super()._trial(exercise)


def test_one_start_where_it_never_worked_condemns_no_skill(library):
    report = verified(library, OnlyElsewhere(works_elsewhere=False))
    assert set(standings(report).values()) == {Standing.PARTLY}
    assert {skill.status for skill in library.list()} == {SkillStatus.VERIFIED}


def test_a_start_where_it_has_worked_before_does_for_the_same_start_gives_the_same_result(library):
    verified(library, ScriptedGym({}))
    report = verified(library, OnlyElsewhere(works_elsewhere=True), ["makePlanks"])
    assert standings(report) == {"makePlanks": Standing.BROKE}


def test_the_report_in_words_says_what_since_when_and_who_depends(library):
    report = verified(library, ScriptedGym({"smeltIron": None}, faults=("makePlanks",)))
    text = "\n".join(report_lines(report, changed=True))
    assert "Broke: 1. Depends on what broke: 2. Could not be run: 1." in text
    assert "smeltIron (version 1, quarantined now, verified before), 0 of 2 starts" in text
    assert "Changed since then: game was 1.20.3 and is 1.20.4." in text
    assert "It calls smeltIron." in text
    assert "The world ended." in text


def test_the_report_for_scripts_holds_every_trial(library):
    told = verification(library, ScriptedGym({"smeltIron": None})).run(ALL).to_json()
    assert told["counts"] == {"works": 1, "partly": 0, "broke": 1, "depends": 2, "not_run": 0}
    broke = next(one for one in told["skills"] if one["name"] == "smeltIron")
    assert [trial["passed"] for trial in broke["trials"]] == [False, False]
    assert broke["trials"][0]["seed"] == 7
