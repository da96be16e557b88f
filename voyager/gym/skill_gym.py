"""The gym: exercises run in scratch worlds, several at once.

Covers how many run at once, trying again where a world has died, and ending all when asked. Not
covered: which exercises (`starts.py`), and what follows for the skills (`verification.py`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from curriculum import Task
from mc_server import BridgeError, Execution, GameData, HomeFolderError, McServerError, Outcome
from voyager.critics import StateCritic
from voyager.gym.exercise import Exercise, Trial
from voyager.gym.scratch_world import ScratchWorld, scratch_folder
from voyager.records import Verdict

TRIES = 2
"""How often an exercise is begun whose world dies."""
_STOPPED = "The gym was stopped before this exercise ended."


class Gym(Protocol):
    """What runs exercises; `SkillGym`."""

    def run(self, exercises: Sequence[Exercise]) -> Iterator[Trial]:
        """What came of each exercise, as they end."""

    def stop(self) -> None:
        """End all that runs now, from any thread."""


class SkillGym:
    """Runs skills in scratch worlds, each a simulation of its own.

    `folder` is where the worlds are kept while they live; nothing is left in it. Programs get the
    primitives of `primitives_folder`. `parallel` worlds run at once, as many as there are
    processors if that is None. Where it `gives_way` they take the time that other processes leave.
    """

    def __init__(
        self,
        node: Path,
        folder: Path,
        primitives_folder: Path,
        parallel: int | None = None,
        gives_way: bool = False,
    ) -> None:
        self._node = node
        self._folder = folder
        self._primitives_folder = primitives_folder
        self._parallel = max(1, parallel or _processors())
        self._gives_way = gives_way
        self._lessons: set[_Lesson] = set()

    def game_data(self) -> GameData:
        """The version's data, as a bot in a scratch world knows them.

        Raises McServerError when no scratch world can be made here, with what to do.
        """
        with scratch_folder(self._folder) as folder:
            world = ScratchWorld(self._node, folder / "world", self._primitives_folder, 0)
            try:
                return world.join()
            finally:
                world.close()

    def run(self, exercises: Sequence[Exercise]) -> Generator[Trial, None, None]:
        """What came of each exercise, as they end.

        Whoever stops listening, or is interrupted, ends them all: then no process and no folder of
        theirs is left. Nothing is raised for an exercise that cannot be run: it has a `fault`.
        """
        if not exercises:
            return
        lesson = _Lesson(self._node, self._folder, self._primitives_folder, self._gives_way)
        self._lessons.add(lesson)
        with ThreadPoolExecutor(min(self._parallel, len(exercises)), "gym") as pool:
            try:
                running = [pool.submit(lesson.trial, exercise) for exercise in exercises]
                for future in as_completed(running):
                    yield future.result()
            finally:
                self._lessons.discard(lesson)
                pool.shutdown(wait=False, cancel_futures=True)
                lesson.stop()

    def stop(self) -> None:
        """End all that runs now, from any thread; exercises that have not ended have a `fault`."""
        for lesson in tuple(self._lessons):
            lesson.stop()


class _Lesson:
    """The worlds of one `run`."""

    def __init__(self, node: Path, folder: Path, primitives_folder: Path, gives_way: bool) -> None:
        self._node = node
        self._folder = folder
        self._primitives_folder = primitives_folder
        self._gives_way = gives_way
        self._lock = threading.Lock()
        self._worlds: set[ScratchWorld] = set()
        self._stopped = False

    def stop(self) -> None:
        """End all worlds, from another thread than theirs."""
        with self._lock:
            self._stopped = True
            worlds = list(self._worlds)
        for world in worlds:
            world.abandon()

    def trial(self, exercise: Exercise) -> Trial:
        """One exercise, begun again where its world died."""
        fault = _STOPPED
        for _ in range(TRIES):
            if self._stopped:
                break
            try:
                execution, verdict = self._once(exercise)
            except HomeFolderError as error:
                return Trial(exercise, None, None, str(error))
            except McServerError as error:
                fault = str(error)
                continue
            if execution.outcome is not Outcome.DISCONNECTED:
                return Trial(exercise, execution, verdict)
            fault = f"The world ended while the skill ran in it: {execution.error}."
        return Trial(exercise, None, None, fault)

    def _once(self, exercise: Exercise) -> tuple[Execution, Verdict]:
        start = exercise.start
        with scratch_folder(self._folder) as folder, self._world(folder, start.seed) as world:
            critic = StateCritic(world.begin(start))
            execution = world.run(exercise.script, exercise.deadline_seconds)
            task = Task(exercise.skill.description, exercise.goal, start.origin, "gym")
            return execution, critic.judge(task, execution)

    @contextmanager
    def _world(self, folder: Path, seed: int) -> Iterator[ScratchWorld]:
        world = ScratchWorld(
            self._node, folder / "world", self._primitives_folder, seed, self._gives_way
        )
        with self._lock:
            if self._stopped:
                raise BridgeError(_STOPPED)
            self._worlds.add(world)
        try:
            yield world
        finally:
            with self._lock:
                self._worlds.discard(world)
            world.close()


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
