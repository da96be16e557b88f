"""What failed is tried again later, and where nothing is left the bot goes elsewhere."""

import itertools
from dataclasses import replace

import pytest

from curriculum import (
    InventoryGained,
    Proposal,
    ReachedPosition,
    Task,
    TaskRecord,
    TechTreeProposer,
    WayfaringProposer,
    last_failed_way,
    way_elsewhere,
)
from curriculum.proposers.failed_ways import LONGEST_REST, failed_ways
from curriculum.proposers.wayfaring import FAILED_WAYS_IN_A_ROW, TRIES_AT_A_GOAL
from mc_server import Position
from tests.curriculum.worlds import game_data, seen

MINE = Task("Mine 3 cobblestone", InventoryGained(name="cobblestone", count=3), "why", "tech_tree")
OTHER = Task("Go", ReachedPosition(x=1, y=2, z=3), "why", "llm")


def failed(task, times=1):
    return [TaskRecord(task, False, "none was found")] * times


def passed(task, times=1):
    return [TaskRecord(task, True)] * times


class Nothing:
    """Proposes nothing; `finished` as told."""

    def __init__(self, finished=False):
        self.finished = finished

    def propose(self, observation, history):
        return Proposal(None, "Nothing new is within reach.", finished=self.finished)


# -- ways that failed ------------------------------------------------------------------------


def left_out(history):
    return failed_ways(history).of("mine", "cobblestone")


def test_a_way_that_failed_twice_is_left_out_for_a_while_and_then_tried_again():
    assert left_out(failed(MINE)) == 0
    assert left_out(failed(MINE, 2)) == 1
    assert left_out(failed(MINE, 2) + passed(OTHER)) == 1
    assert left_out(failed(MINE, 2) + passed(OTHER, 2)) == 0


def test_each_further_failure_makes_the_rest_longer_but_never_endless():
    rests = []
    for failures in (2, 4, 6, 40):
        history = failed(MINE, failures)
        while left_out(history):
            history = history + passed(OTHER)
        rests.append(len(history) - failures)
    assert rests == [2, 4, 8, LONGEST_REST]


def test_a_success_forgets_the_failures():
    assert left_out(failed(MINE, 4) + passed(MINE)) == 0
    assert last_failed_way(failed(MINE, 4) + passed(MINE)) is None


def test_it_can_be_told_what_the_last_failure_has_put_off():
    way = last_failed_way(failed(MINE, 4))
    assert way is not None
    assert (way.failures, way.ways_left_out, way.tasks_left) == (4, 2, 4)
    assert last_failed_way(failed(OTHER, 4)) is None
    assert last_failed_way([]) is None


# -- elsewhere -------------------------------------------------------------------------------


def test_what_the_other_one_proposes_comes_first():
    planner = TechTreeProposer(game_data())
    around = WayfaringProposer(planner, game_data(), endless=True)
    assert around.propose(seen(), []) == planner.propose(seen(), [])


def test_open_ended_play_goes_elsewhere_when_there_is_nothing_new():
    task = WayfaringProposer(Nothing(), game_data(), endless=True).propose(seen(), []).task
    assert task is not None
    assert isinstance(task.goal, ReachedPosition)
    assert task.why == "Nothing new is within reach"


def test_it_goes_another_way_each_time_and_lays_in_stocks_between():
    proposer = WayfaringProposer(Nothing(), game_data(), endless=True)
    here = replace(seen({"stone_pickaxe": 1}), position=Position(0, 64, 0))
    history: list[TaskRecord] = []
    places: list[ReachedPosition] = []
    stocks: list[InventoryGained] = []
    for _ in range(9):
        task = proposer.propose(here, history).task
        assert task is not None
        history += passed(task)
        if isinstance(task.goal, ReachedPosition):
            places.append(task.goal)
        else:
            assert isinstance(task.goal, InventoryGained)
            stocks.append(task.goal)
    assert len(set(places)) == len(places) == 6
    assert len({goal.name for goal in stocks}) > 1
    for one, other in itertools.pairwise(places):
        apart = (one.x - other.x) ** 2 + (one.z - other.z) ** 2
        assert apart > 96**2, "the next way leads somewhere else"


def test_an_end_stays_an_end():
    proposal = WayfaringProposer(Nothing(finished=True), game_data(), endless=True).propose(
        seen(), []
    )
    assert proposal.task is None
    assert proposal.finished


def test_who_cannot_get_away_at_all_is_stuck():
    proposer = WayfaringProposer(Nothing(), game_data(), endless=True)
    history: list[TaskRecord] = []
    while (task := proposer.propose(seen(), history).task) is not None:
        history += failed(task)
        assert len(history) < 100
    assert len(history) >= FAILED_WAYS_IN_A_ROW


@pytest.mark.parametrize(("history", "goes"), [([], False), (failed(MINE, 2), True)])
def test_towards_a_goal_it_steps_in_only_where_ways_have_failed(history, goes):
    proposer = WayfaringProposer(Nothing(), game_data(), endless=False)
    assert (proposer.propose(seen(), history).task is not None) is goes


def test_a_goal_that_always_fails_is_given_up_in_the_end():
    class Fails(Nothing):
        def propose(self, observation, history):
            return super().propose(observation, history) if left_out(history) else Proposal(MINE)

    proposer = WayfaringProposer(Fails(), game_data(), endless=False)
    history: list[TaskRecord] = []
    while (task := proposer.propose(seen(), history).task) is not None:
        history += failed(task) if task is MINE else passed(task)
        assert len(history) < 200
    tries = sum(record.task is MINE for record in history)
    assert 6 <= tries < TRIES_AT_A_GOAL, "it was tried at several places, and not for ever"


def test_the_same_moment_gives_the_same_way():
    assert way_elsewhere(seen(), 5, "why") == way_elsewhere(seen(), 5, "why")
