"""Upkeep between tasks: which duty is due when, what is told of it, and what is remembered."""

from dataclasses import replace
from pathlib import Path

import pytest

from mc_server import (
    BotDeath,
    Chest,
    Execution,
    NearbyBlock,
    Observation,
    Outcome,
    Position,
)
from mc_server.execution import GameEvent
from mc_server.scripted_bridge import EMPTY_WORLD
from tests.curriculum.worlds import game_data
from tests.voyager.sittings import LOGS, Sitting, gives, sitting
from voyager.events import BotDied, UpkeepDone
from voyager.upkeep.chest_book import ChestBook
from voyager.upkeep.chests import PuttingAway, TakingOut
from voyager.upkeep.death_book import DeathBook
from voyager.upkeep.errand import Errand
from voyager.upkeep.fetching import Fetching
from voyager.upkeep.lessons import lessons
from voyager.upkeep.night import Sheltering, Sleeping
from voyager.upkeep.upkeep import FAILURES_TOLERATED, TURNS_OFF, Upkeep
from voyager.upkeep.wearing import Wearing

NIGHT = replace(EMPTY_WORLD, time_of_day=15_000)
ARMED = {"stone_sword": 1}
BED = NearbyBlock("red_bed", Position(9, 64, 0), 9.0, 2)
NEAR, FAR = Position(6.0, 64.0, 0.0), Position(300.0, 64.0, 0.0)


def died(cause: str = "Voyager was slain by Zombie", at: Position = NEAR, age: int = 0) -> BotDeath:
    return BotDeath(cause, at, "overworld", {"iron_pickaxe": 1, "dirt": 9}, {}, age)


@pytest.mark.parametrize(
    ("seen", "due"),
    [
        (EMPTY_WORLD, False),
        (NIGHT, False),
        (replace(NIGHT, inventory={"white_bed": 1}), True),
        (replace(NIGHT, nearby_blocks=(BED,)), True),
        (replace(NIGHT, nearby_blocks=(replace(BED, distance=40.0),)), False),
        (replace(EMPTY_WORLD, inventory={"white_bed": 1}), False),
        (replace(NIGHT, dimension="the_nether", inventory={"white_bed": 1}), False),
    ],
)
def test_a_night_is_slept_away_where_there_is_a_bed(seen: Observation, due: bool) -> None:
    assert (Sleeping().due(seen) is not None) is due


@pytest.mark.parametrize(
    ("seen", "until"),
    [
        (EMPTY_WORLD, None),
        (NIGHT, "day"),
        (replace(NIGHT, inventory=ARMED), None),
        (replace(NIGHT, inventory=ARMED, health=6.0), "health"),
        (replace(NIGHT, inventory=ARMED, health=6.0, food=9.0), "day"),
        (replace(NIGHT, time_of_day=23_200), None),
        (replace(EMPTY_WORLD, health=6.0), "health"),
        (replace(EMPTY_WORLD, health=6.0, food=9.0), None),
    ],
)
def test_only_the_weak_wait(seen: Observation, until: str | None) -> None:
    errand = Sheltering().due(seen)
    assert (errand.arguments[0] if errand else None) == until


@pytest.mark.parametrize(
    ("death", "seen", "due"),
    [
        (died(), EMPTY_WORLD, True),
        (died("Voyager tried to swim in lava"), EMPTY_WORLD, False),
        (died("Voyager fell out of the world"), EMPTY_WORLD, False),
        (died(), replace(EMPTY_WORLD, world_age_ticks=6_000), False),
        (died(at=FAR), EMPTY_WORLD, False),
        (died(), NIGHT, False),
        (died(), replace(NIGHT, inventory=ARMED), True),
        (died(), replace(EMPTY_WORLD, dimension="the_nether"), False),
        (replace(died(), carried={"dirt": 2}), EMPTY_WORLD, False),
    ],
)
def test_what_was_lost_is_fetched_where_that_is_sane(
    tmp_path: Path, death: BotDeath, seen: Observation, due: bool
) -> None:
    with sitting(tmp_path, gives()) as one:
        book = DeathBook(one.journal)
        with one.journal.transaction():
            book.note_between(death)
        assert (Fetching(book).due(seen) is not None) is due


def test_a_way_back_takes_no_longer_than_it_is_worth(tmp_path: Path) -> None:
    with sitting(tmp_path, gives()) as one:
        book = DeathBook(one.journal)
        with one.journal.transaction():
            book.note_between(died())
        errand = Fetching(book).due(EMPTY_WORLD)
        assert errand is not None and errand.deadline_seconds < 120
        late = Execution(
            Outcome.TIMED_OUT, EMPTY_WORLD, replace(EMPTY_WORLD, inventory={"dirt": 9}), 90.0
        )
        with one.journal.transaction():
            done, told = errand.ended(late)
    assert not done and "timed" in told


def test_nobody_goes_back_twice_to_the_same_death(tmp_path: Path) -> None:
    with sitting(tmp_path, gives()) as one:
        book = DeathBook(one.journal)
        with one.journal.transaction():
            book.note_between(died())
            book.note_fetched(book.recent(1)[0], {})
        assert Fetching(book).due(EMPTY_WORLD) is None
        with one.journal.transaction():
            book.note_between(died(age=900))
        assert Fetching(book).due(EMPTY_WORLD) is None


def test_a_crowded_inventory_goes_into_a_chest_that_is_known_and_has_room() -> None:
    duty = PuttingAway(game_data())
    crowded = replace(EMPTY_WORLD, free_slots=3)
    known = Chest(NEAR, {"dirt": 64})
    assert duty.due(crowded) is None
    errand = duty.due(replace(crowded, chests=(Chest(FAR, {}), known)))
    assert errand is not None and errand.arguments == ({"x": 6.0, "y": 64.0, "z": 0.0},)
    assert duty.due(replace(EMPTY_WORLD, chests=(known,))) is None
    assert duty.due(replace(crowded, chests=(replace(known, items={"dirt": 64 * 26}),))) is None
    assert duty.due(replace(crowded, chests=(replace(known, dimension="the_nether"),))) is None


def test_what_the_next_steps_need_comes_out_of_a_chest() -> None:
    duty = TakingOut(game_data(), lambda seen: {"planks": 6, "stick": 2, "iron_ingot": 1})
    chest = Chest(NEAR, {"birch_planks": 40, "stick": 1, "dirt": 3})
    errand = duty.due(replace(EMPTY_WORLD, inventory={"oak_planks": 2}, chests=(chest,)))
    assert errand is not None
    assert errand.arguments[1] == {"birch_planks": 4, "stick": 1}
    assert duty.due(replace(EMPTY_WORLD, chests=(replace(chest, items={"dirt": 3}),))) is None
    assert duty.due(replace(EMPTY_WORLD, chests=(replace(chest, position=FAR),))) is None
    earth = TakingOut(game_data(), lambda seen: {"dirt": 1})
    there = replace(EMPTY_WORLD, chests=(chest,))
    assert earth.due(there) is not None
    near = NearbyBlock("dirt", Position(2, 63, 0), 2.0, 64)
    assert earth.due(replace(there, nearby_blocks=(near,))) is None


def test_better_armour_is_put_on() -> None:
    carried = {"iron_helmet": 1, "leather_boots": 1, "golden_boots": 1}
    worn = {"head": "diamond_helmet"}
    errand = Wearing().due(replace(EMPTY_WORLD, inventory=carried, equipment=worn))
    assert errand is not None and errand.arguments == ({"feet": "golden_boots"},)
    assert Wearing().due(EMPTY_WORLD) is None


class Tidying:
    """A duty that is always due."""

    name = "chests"
    entry = "mineLogs"

    def due(self, seen: Observation) -> Errand | None:
        return Errand("it is always due", "async function mineLogs () {}")


def test_upkeep_is_told_kept_and_nobody_s_merit(tmp_path: Path) -> None:
    with sitting(tmp_path, gives(oak_log=1), LOGS) as one:
        Upkeep(one.journal, one.bridge, one.steps, [Tidying()]).between_tasks()
        [told] = one.heard(UpkeepDone)
        assert (told.duty, told.done, told.items) == ("chests", True, {"oak_log": 1})
        assert one.saves == 1
        assert one.journal.history() == [] and one.library.list() == []


def test_nothing_of_it_is_done_while_a_task_is_open(tmp_path: Path) -> None:
    with sitting(tmp_path, gives(oak_log=1), LOGS) as one:
        one.steps.task_proposed(LOGS)
        Upkeep(one.journal, one.bridge, one.steps, [Tidying()]).between_tasks()
        assert one.bridge.scripts == []


def test_what_was_not_kept_was_not_done(tmp_path: Path) -> None:
    with sitting(tmp_path, gives(oak_log=1), LOGS) as one:
        one.ends_before_save = 1
        Upkeep(one.journal, one.bridge, one.steps, [Tidying()]).between_tasks()
        assert one.heard(UpkeepDone) == []
        assert one.bridge.observation.inventory == {}


class Vain(Tidying):
    """One that never comes to anything."""

    def due(self, seen: Observation) -> Errand | None:
        errand = super().due(seen)
        return errand and replace(errand, ended=lambda execution: (False, "in vain"))


def test_what_fails_again_and_again_is_left_alone_for_some_turns(tmp_path: Path) -> None:
    with sitting(tmp_path, gives(), LOGS) as one:
        upkeep = Upkeep(one.journal, one.bridge, one.steps, [Vain()])
        for _ in range(FAILURES_TOLERATED + TURNS_OFF):
            upkeep.between_tasks()
        assert len(one.heard(UpkeepDone)) == FAILURES_TOLERATED
        upkeep.between_tasks()
        assert len(one.heard(UpkeepDone)) == FAILURES_TOLERATED + 1


def dying(one: Sitting) -> Execution:
    event = GameEvent(
        "died",
        {
            "cause": "Voyager was shot by Skeleton",
            "position": {"x": 1.0, "y": 2.0, "z": 3.0},
            "dimension": "overworld",
            "carried": {"iron_ingot": 3, "stick": 2},
            "world_age_ticks": 700,
        },
    )
    after = replace(EMPTY_WORLD, inventory={"stick": 1})
    return Execution(Outcome.DIED, EMPTY_WORLD, after, 9.0, events=(event,))


def test_a_death_is_booked_once_with_what_was_lost_and_known_again(tmp_path: Path) -> None:
    with sitting(tmp_path, gives(), LOGS) as one:
        one.bridge.execute = lambda *_: dying(one)  # type: ignore[method-assign]
        one.loop.limits = replace(one.loop.limits, tasks=1)
        one.loop.play()
        [told] = one.heard(BotDied)
        assert told.lost == {"iron_ingot": 3, "stick": 1}
        # What it was tried with is gone: the task is not tried again at once.
        assert [record.passed for record in one.journal.history()] == [False]
    with sitting(tmp_path, gives()) as again:
        [death] = DeathBook(again.journal).recent(9)
        assert death.by_monster and death.position == Position(1.0, 2.0, 3.0)
        assert death.world_age_ticks == 700 and death.fetched is None


def test_chests_are_known_again_after_a_restart(tmp_path: Path) -> None:
    chests = (Chest(NEAR, {"coal": 3}), Chest(NEAR, {"gold_ingot": 1}, "the_nether"))
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.bridge.observation = replace(EMPTY_WORLD, chests=chests)
        one.loop.play()
    with sitting(tmp_path, gives()) as again:
        book = ChestBook(again.connection, again.run.world.id)
        assert sorted(book.remembered(), key=lambda chest: chest.dimension) == list(chests)
        with again.journal.transaction():
            book.note(replace(EMPTY_WORLD, chests=chests[:1]))
        assert book.remembered() == chests[:1]


def test_what_it_died_of_is_put_into_words(tmp_path: Path) -> None:
    with sitting(tmp_path, gives()) as one:
        book = DeathBook(one.journal)
        assert lessons(book) == []
        with one.journal.transaction():
            book.note_between(died())
            book.note_between(died("Voyager tried to swim in lava"))
        monster, lava = lessons(book)
        assert "slain by Zombie" in monster and "armed" in monster and "10 items" in monster
        assert "keep off lava" in lava
