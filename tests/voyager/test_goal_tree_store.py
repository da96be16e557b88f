"""The goal tree of a run in the database."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from curriculum import GoalTree, InventoryHas, Judged
from curriculum.goal_trees.goal_tree import Part
from voyager.journal.database import open_database
from voyager.journal.goal_tree_store import GoalTreeStore
from voyager.journal.journal import Journal
from voyager.journal.journal_opening import MIGRATIONS


@pytest.fixture
def connection(tmp_path):
    with closing(open_database(tmp_path / "voyager.db", MIGRATIONS)) as opened:
        yield opened


def new_run(connection, goal):
    journal = Journal(connection)
    world = journal.world("default") or journal.add_world("default", "embedded", 1)
    return journal.open_run(world, goal, "1.20.4", "Voyager", None).id


def grown_tree():
    house = Judged(text="A hut — with a roof.")
    parts = [Part("Get planks.", InventoryHas(name="planks", count=20)), Part("Build.", None)]
    tree = GoalTree.of("a house", 3).split(1, parts, 3).split(3, [Part("Walls.", house)], 4)
    return tree.passed(2, 5).failed(4, "it fell over").revised(3, [Part("Less.", house)], 7)


def test_a_tree_is_read_back_as_it_was_and_only_its_own_run_s(connection):
    first, second = (
        GoalTreeStore(connection, new_run(connection, goal)) for goal in ("a house", "a pit")
    )
    assert first.load() is None
    tree = grown_tree()
    for state in (GoalTree.of("a house", 3), tree):
        first.save(state)
        assert first.load() == state
    assert second.load() is None
    second.save(GoalTree.of("a pit"))
    assert first.load() == tree


def test_what_did_not_change_is_not_written_again(connection):
    store = GoalTreeStore(connection, new_run(connection, "a house"))
    tree = grown_tree()
    store.save(tree)
    written = connection.total_changes
    store.save(tree)
    assert connection.total_changes == written
    store.save(tree.failed(5, "rain"))
    assert connection.total_changes == written + 1


def test_a_change_is_kept_whole_or_not_at_all(connection):
    store = GoalTreeStore(connection, new_run(connection, "a house"))
    store.save(GoalTree.of("a house", 3))
    tree = grown_tree()
    broken = replace(tree.node(5), position=None)
    with pytest.raises(sqlite3.IntegrityError):
        store.save(GoalTree((*tree.nodes[:4], broken)))
    assert store.load() == GoalTree.of("a house", 3)
