"""Which goals are played, and what a sitting starts from."""

from __future__ import annotations

import pytest

from curriculum import UnknownItemError
from tests.curriculum.worlds import game_data
from tests.voyager.sittings import LOGS, STICKS, Sitting
from voyager.errors import SettingsError
from voyager.journal.progress import WorldProgress
from voyager.opening.minds import check_goal


@pytest.mark.parametrize("goal", [None, "iron_pickaxe", "Iron Pickaxe", "planks"])
def test_an_item_is_played_with_and_without_a_model(goal):
    check_goal(goal, game_data(), in_words=False)
    check_goal(goal, game_data(), in_words=True)


def test_words_need_somebody_who_splits_them():
    check_goal("a house with a bed", game_data(), in_words=True)
    with pytest.raises(SettingsError, match="add --model"):
        check_goal("a house with a bed", game_data(), in_words=False)


@pytest.mark.parametrize("in_words", [True, False])
def test_one_misspelt_word_is_a_misspelt_name(in_words):
    with pytest.raises(UnknownItemError, match="iron_pickaxe"):
        check_goal("iron_pickax", game_data(), in_words=in_words)


def test_progress_is_what_was_held_and_where_it_was_played(tmp_path):
    sitting = Sitting(tmp_path, lambda script: {"oak_log": 2, "stick": 4}, LOGS, STICKS)
    progress = WorldProgress(sitting.connection, sitting.run.world.id)
    assert (progress().items_held, progress().biomes) == (frozenset(), frozenset())
    sitting.agent.play()
    assert progress().items_held == {"oak_log", "stick"}
    assert progress().biomes == {"plains"}
    assert progress() == WorldProgress(sitting.connection, sitting.run.world.id)()
    sitting.close()
