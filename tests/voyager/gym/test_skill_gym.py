"""The gym where worlds die, cannot be made, or are ended."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from curriculum import InventoryHas
from mc_server import BridgeError, Execution, HomeFolderError, Observation, Outcome, Script
from tests.voyager.gym.exercised import GAME, MORNING, a_skill
from voyager.gym import skill_gym
from voyager.gym.exercise import Exercise, Start
from voyager.gym.skill_gym import SkillGym

SKILL = a_skill("mineLogs", "oak_log")
SEEN = Observation(MORNING.position, "overworld", "plains", 0, 20.0, 20.0, {})
DONE = Execution(Outcome.COMPLETED, SEEN, SEEN, 1.0)
WAIT_SECONDS = 60.0


class World:
    """In the place of a `ScratchWorld`: what happens in each one, in turn."""

    happens: list[object]
    folders: list[Path]

    def __init__(self, node, folder, primitives_folder, seed, gives_way=False):
        folder.mkdir()
        self.folders.append(folder)
        self.ended = threading.Event()

    def begin(self, start):
        first = self.happens[0]
        if isinstance(first, HomeFolderError):
            del self.happens[0]
            raise first
        return GAME

    def run(self, script, deadline_seconds):
        happened = self.happens.pop(0)
        if happened == "endless":
            assert self.ended.wait(WAIT_SECONDS)
            raise BridgeError("The bot has left.")
        if isinstance(happened, Exception):
            raise happened
        return happened

    def abandon(self):
        self.ended.set()

    def close(self):
        self.ended.set()


@pytest.fixture
def gym(tmp_path, monkeypatch):
    monkeypatch.setattr(skill_gym, "ScratchWorld", World)
    World.folders = []
    return SkillGym(Path("node"), tmp_path / "gym", Path("primitives"), 2)


def exercise() -> Exercise:
    return Exercise(
        SKILL, Script((), "mineLogs"), InventoryHas(name="oak_log"), Start(1, "here"), 9.0
    )


def test_a_world_that_dies_is_tried_once_more(gym, tmp_path):
    World.happens = [BridgeError("The Node host has ended."), DONE]
    (trial,) = gym.run([exercise()])
    assert (trial.execution, trial.fault, trial.passed) == (DONE, "", False)
    assert len(World.folders) == 2
    assert list((tmp_path / "gym").iterdir()) == []


def test_one_that_dies_again_is_a_fault_and_nothing_is_said_of_the_skill(gym):
    World.happens = [BridgeError("It ended."), Execution(Outcome.DISCONNECTED, SEEN, SEEN, 1.0)]
    (trial,) = gym.run([exercise()])
    assert (trial.execution, trial.verdict) == (None, None)
    assert "ended" in trial.fault


def test_a_disk_without_room_is_a_sentence_and_not_tried_again(gym):
    World.happens = [HomeFolderError("No space: free some."), DONE]
    (trial,) = gym.run([exercise()])
    assert trial.fault == "No space: free some."
    assert World.happens == [DONE]


def test_who_stops_listening_ends_all(gym, tmp_path):
    World.happens = [DONE, *["endless"] * 4]
    running = gym.run([exercise() for _ in range(5)])
    assert next(running).execution is DONE
    running.close()
    assert list((tmp_path / "gym").iterdir()) == []


def test_stopped_from_another_thread_every_exercise_has_a_fault(gym):
    World.happens = ["endless", "endless"]
    stopping = threading.Timer(0.05, gym.stop)
    stopping.start()
    trials = list(gym.run([exercise() for _ in range(4)]))
    stopping.join()
    assert len(trials) == 4
    assert all(trial.fault for trial in trials)
