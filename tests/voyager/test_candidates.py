"""Several programs for one attempt: each from the same moment, the best one kept."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from curriculum import AllOf, InventoryHas, Task
from mc_server import Outcome, ScriptedBridge, ServerError, WorldSnapshot
from tests.voyager.sittings import Sitting, WriterOf
from voyager import events
from voyager.candidates import forget_trials
from voyager.records import Program

TOOLS = Task(
    "Get logs and sticks",
    AllOf(goals=(InventoryHas(name="oak_log", count=2), InventoryHas(name="stick", count=4))),
    "needed",
    "list",
)
NOTHING: dict[str, int] = {}
HALF, ALL = {"oak_log": 2, "dirt": 1}, {"oak_log": 2, "stick": 4}


class TimedBridge(ScriptedBridge):
    """Runs take what seconds are said after the `_` of their name; a name with `Bad` fails."""

    def execute(self, script, deadline_seconds, on_progress=None):
        execution = super().execute(script, deadline_seconds, on_progress)
        outcome = Outcome.PROGRAM_ERROR if "Bad" in script.entry else Outcome.COMPLETED
        return replace(execution, outcome=outcome, seconds=float(script.entry.split("_")[1]))


class RestorableInventory:
    """A world that can be put back; of it there is only what the bot carries."""

    def __init__(self, sitting):
        self.sitting = sitting
        self.snapshots = {}
        self.ends_before = ""

    def create_snapshot(self, name):
        if name == self.ends_before:
            self.ends_before = ""
            raise ServerError("The server has ended.")
        self.snapshots[name] = self.sitting.bridge.observation
        return WorldSnapshot(name, 0, 0, 0, "")

    def restore_snapshot(self, name):
        self.sitting.bridge.observation = self.snapshots[name]

    def list_snapshots(self):
        return [WorldSnapshot(name, 0, 0, 0, "") for name in self.snapshots]

    def delete_snapshot(self, name):
        del self.snapshots[name]

    def save(self):
        self.sitting.save()

    def revive(self):
        return self.sitting.revive()


class RestorableSitting(Sitting):
    world: RestorableInventory


def trying(tmp_path, yields, *, stop_at_first_pass=True, restorable=True, chooser=None):
    """A sitting of one attempt whose programs are named as `yields` says, and give that."""

    def respond(script):
        given = yields[script.entry]
        if isinstance(given, BaseException):
            raise given
        return given

    one = RestorableSitting(tmp_path, respond, TOOLS, attempts=1)
    one.bridge = one.loop.bridge = TimedBridge(respond)
    programs = [Program(f"async function {name} () {{}}", name, (), "llm") for name in yields]
    written = replace(programs[0], alternatives=tuple(programs[1:]))
    one.loop.writer = WriterOf(lambda *_: written)
    one.kept = one.bridge.observation
    one.world = RestorableInventory(one)
    trials = one.loop.trials
    trials.bridge, trials.stop_at_first_pass = one.bridge, stop_at_first_pass
    trials.world, trials.chooser = one.world if restorable else None, chooser
    return one


def kept(sitting):
    """The rows of the candidates, and the program of the attempt."""
    rows = sitting.connection.execute(
        "SELECT entry, chosen, outcome, passed, seconds FROM candidates ORDER BY number"
    ).fetchall()
    return rows, sitting.connection.execute("SELECT entry, status FROM attempts").fetchone()


def test_the_best_is_chosen_by_goal_and_then_by_time(tmp_path):
    yields = {"idle_1": NOTHING, "half_2": HALF, "slow_9": ALL, "fast_5": ALL, "also_5": ALL}
    one = trying(tmp_path, yields, stop_at_first_pass=False)
    one.loop.play()
    rows, attempt = kept(one)
    assert [row[0] for row in rows if row[1]] == ["fast_5"]
    assert attempt == ("fast_5", "judged")
    assert one.report()["inventory"] == ALL
    assert one.kept.inventory == ALL
    assert one.world.snapshots == {}
    told = one.heard(events.CandidatesTried)[0]
    assert told.chosen == "4. fast_5"
    assert told.results[1] == (
        "2. half_2: completed after 2.0 s, not passed, parts of the goal reached: 1"
    )
    assert [skill.name for skill in one.library.list()] == ["fast_5"]


@pytest.mark.parametrize(
    ("yields", "best"),
    [
        ({"idle_1": NOTHING, "half_9": HALF, "none_1": NOTHING}, "half_9"),
        ({"halfBad_1": HALF, "half_9": HALF}, "half_9"),
        ({"half_9": HALF, "half_3": HALF}, "half_3"),
        ({"one_1": {"stick": 1}, "three_9": {"stick": 3}, "two_1": {"stick": 2}}, "three_9"),
    ],
)
def test_of_those_that_fail_the_one_that_got_furthest_is_kept(tmp_path, yields, best):
    one = trying(tmp_path, yields)
    one.loop.play()
    assert kept(one)[1] == (best, "judged")
    assert one.report()["inventory"] == yields[best]


def test_no_other_is_tried_once_one_has_passed(tmp_path):
    one = trying(tmp_path, {"idle_1": NOTHING, "slow_9": ALL, "fast_1": ALL})
    one.loop.play()
    assert [script.entry for script in one.bridge.scripts] == ["idle_1", "slow_9"]
    rows, _ = kept(one)
    assert rows[2] == ("fast_1", 0, None, None, None)
    assert "not run" in one.heard(events.CandidatesTried)[0].results[2]


def test_a_process_that_ends_while_programs_are_tried_leaves_the_world_as_before(tmp_path):
    one = trying(tmp_path, {"half_2": HALF, "stopped_1": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        one.loop.play()
    one.bridge.observation = replace(one.bridge.observation, inventory=HALF)
    assert forget_trials(one.world)
    assert one.kept.inventory == {}
    assert one.world.snapshots == {}
    assert not forget_trials(one.world)


def test_what_a_world_that_ended_has_lost_is_not_chosen(tmp_path):
    one = trying(tmp_path, {"lost_1": ALL, "half_2": HALF})
    one.world.ends_before = "trial-after-1"
    one.loop.play()
    rows, attempt = kept(one)
    assert rows[0][2] == "disconnected"
    assert attempt[0] == "half_2"
    assert one.report()["inventory"] == HALF


def test_a_world_that_ends_before_it_was_saved_is_again_as_after_the_best(tmp_path):
    one = trying(tmp_path, {"all_1": ALL, "half_2": HALF}, stop_at_first_pass=False)
    one.ends_before_save = 1
    one.loop.play()
    assert one.report()["inventory"] == one.kept.inventory == ALL


class Chooser:
    def choose(self, task, observation, programs):
        return 1, "it looks first"


@pytest.mark.parametrize(("chooser", "best"), [(Chooser(), "fast_1"), (None, "slow_9")])
def test_on_a_server_of_somebody_else_one_is_chosen_before_anything_runs(tmp_path, chooser, best):
    one = trying(tmp_path, {"slow_9": ALL, "fast_1": ALL}, restorable=False, chooser=chooser)
    one.loop.play()
    assert [script.entry for script in one.bridge.scripts] == [best]
    assert kept(one)[1] == (best, "judged")
    data = one.connection.execute("SELECT data FROM events WHERE type = 'candidates_tried'")
    assert json.loads(data.fetchone()[0])["chosen"].endswith(best)
