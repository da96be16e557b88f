"""The loop over a scripted bridge, with a real database and library."""

from __future__ import annotations

import pytest

from curriculum import Judged, Placed, Proposal, Task
from mc_server import Execution, GameEvent, Outcome, Script, ServerUnreachableError
from skills import SkillStatus
from tests.curriculum.worlds import seen
from tests.skills.uses import count_use
from tests.voyager.scripted_chat import ScriptedChat
from tests.voyager.sittings import LOGS, STICKS, Sitting, WriterOf, gives, sitting
from voyager import events
from voyager.critics import LlmCritic, StateCritic
from voyager.errors import SittingOverError, WriterError
from voyager.journal.journal import Journal
from voyager.limits import Limits
from voyager.loop import Ending
from voyager.records import Program, Verdict
from voyager.writers import ReusingWriter


def test_each_task_gets_a_verdict_and_becomes_a_skill(tmp_path):
    sitting = Sitting(tmp_path, gives(oak_log=2, stick=4), LOGS, STICKS)
    assert sitting.loop.play() == Ending("finished", "the list is done")
    report = sitting.report()
    assert [(t["description"], t["status"], t["attempts"]) for t in report["tasks"]] == [
        ("Mine 2 logs", "passed", 1),
        ("Craft 4 sticks", "passed", 1),
    ]
    assert report["tasks"][0]["verdict"]["evidence"] == ["inventory has 2 of 2 oak_log"]
    assert report["inventory"] == {"oak_log": 2, "stick": 4}
    assert [m["name"] for m in report["milestones"]] == ["oak_log", "stick"]
    assert [s.name for s in sitting.library.list()] == ["craftSticks", "mineLogs"]
    assert sitting.library.check() == []
    assert sitting.saves == 2


def test_a_failed_attempt_is_fed_back_and_tried_again(tmp_path):
    sitting = Sitting(tmp_path, gives(oak_log=1), LOGS)
    sitting.loop.play()
    assert "1 of 2 oak_log" in sitting.writer.critiques[0]
    assert sitting.report()["tasks"][0]["attempts"] == 2


def test_a_task_fails_when_its_attempts_are_spent(tmp_path):
    sitting = Sitting(tmp_path, gives(), LOGS, attempts=2)
    assert sitting.loop.play().status == "finished"
    task = sitting.report()["tasks"][0]
    assert (task["status"], task["attempts"], task["verdict"]["passed"]) == ("failed", 2, False)
    assert sitting.library.list() == []


def test_a_writer_that_gives_up_is_recorded(tmp_path, monkeypatch):
    sitting = Sitting(tmp_path, gives(), LOGS, attempts=1)

    def give_up(*_: object) -> Program:
        raise WriterError("There is no way to write this.")

    monkeypatch.setattr(sitting.writer, "write", give_up)
    sitting.loop.play()
    assert events.WritingFailed(1, "There is no way to write this.") in sitting.told
    assert sitting.report()["tasks"][0]["status"] == "failed"


def test_the_task_in_flight_is_taken_up_again_by_the_next_sitting(tmp_path):
    def dies(script: Script) -> Exception:
        return ServerUnreachableError("gone")

    first = Sitting(tmp_path, dies, LOGS, STICKS)
    with pytest.raises(ServerUnreachableError):
        first.loop.play()
    first.connection.close()

    second = Sitting(tmp_path, gives(oak_log=2, stick=4), LOGS, STICKS)
    second.loop.play()
    report = second.report()
    assert [(t["description"], t["status"], t["attempts"]) for t in report["tasks"]] == [
        ("Mine 2 logs", "passed", 2),
        ("Craft 4 sticks", "passed", 1),
    ]
    resumed = [e for e in second.told if isinstance(e, events.TaskProposed)]
    assert [e.resumed for e in resumed] == [True, False]


def test_a_world_ahead_of_the_journal_holds_the_goal_already(tmp_path):
    sitting = Sitting(tmp_path, gives(), LOGS)
    sitting.bridge._respond = gives(oak_log=2)
    sitting.bridge.execute(Script((), "mineLogs"), 1.0)
    sitting.loop.play()
    task = sitting.report()["tasks"][0]
    assert (task["status"], task["attempts"]) == ("passed", 0)
    assert sitting.library.list() == []
    assert sitting.saves == 1


def test_the_world_is_on_the_disk_before_the_journal_says_what_was_reached(tmp_path, monkeypatch):
    sitting = Sitting(tmp_path, gives(oak_log=2), LOGS)
    known_when_saved: list[str] = []
    monkeypatch.setattr(
        sitting, "save", lambda: known_when_saved.append(sitting.report()["tasks"][0]["status"])
    )
    sitting.loop.play()
    assert known_when_saved == ["open"]


@pytest.mark.parametrize(("amount", "counted"), [(2, (2, 0)), (0, (1, 1))])
def test_a_skill_called_as_it_stands_is_credited_with_how_it_fared(tmp_path, amount, counted):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as first:
        first.loop.play()
    with sitting(tmp_path, gives(oak_log=amount), LOGS, world="other", attempts=1) as second:
        skills = second.library.list
        second.loop.writer = ReusingWriter(second.writer, lambda _: skills())
        second.loop.play()
        assert second.report()["programs_reused"] == 1
        known = second.library.get("mineLogs")
        assert (known.successes, known.failures) == counted


def test_nothing_of_a_step_is_kept_when_its_transaction_fails(tmp_path, monkeypatch):
    sitting = Sitting(tmp_path, gives(oak_log=2), LOGS)

    def fails(*_: object) -> None:
        raise RuntimeError("torn")

    monkeypatch.setattr(Journal, "add_milestones", fails)
    with pytest.raises(RuntimeError):
        sitting.loop.play()
    report = sitting.report()
    assert report["tasks"][0]["status"] == "open"
    assert report["tasks"][0]["verdict"] is None
    assert sitting.library.list() == []
    assert not any(isinstance(e, events.SkillStored) for e in sitting.told)


def test_the_task_limit_ends_a_sitting(tmp_path):
    sitting = Sitting(tmp_path, gives(oak_log=2, stick=4), LOGS, STICKS)
    sitting.loop.limits = Limits(tasks=1)
    assert sitting.loop.play().status == "stopped"
    assert len(sitting.report()["tasks"]) == 1


def test_a_retry_is_told_what_the_world_is_like_now(tmp_path, monkeypatch):
    sitting = Sitting(tmp_path, gives(oak_log=1), LOGS)
    seen: list[int] = []
    write = sitting.writer.write

    def watch(task, observation, skills, attempts):
        seen.append(observation.inventory.get("oak_log", 0))
        return write(task, observation, skills, attempts)

    monkeypatch.setattr(sitting.writer, "write", watch)
    sitting.loop.play()
    assert seen == [0, 1]


def test_what_was_written_for_a_bad_moment_does_not_displace_a_skill_that_works(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as first:
        first.loop.play()
        count_use(first.library, "mineLogs", True)
    with sitting(tmp_path, gives(oak_log=1), LOGS, world="other") as second:
        second.loop.play()  # the second attempt has another source
        assert second.report()["tasks"][0]["status"] == "passed"
        known = second.library.get("mineLogs")
        assert (known.version, known.successes) == (1, 2)
        assert second.library.get("mineLogs", 2).status is SkillStatus.CANDIDATE


def test_a_world_that_ended_before_it_was_saved_is_played_on_from_what_was_kept(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.ends_before_save = 1
        one.loop.play()
        first, second = one.heard(events.VerdictGiven)
        assert (first.passed, first.outcome, second.passed) == (False, "disconnected", True)
        assert "saved last" in first.critique
        assert one.report()["inventory"] == {"oak_log": 2}
        assert any("started again" in e.text for e in one.heard(events.ProgressReported))


def test_a_goal_that_held_only_in_a_world_that_was_lost_is_worked_for(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.bridge.execute(Script((), "mineLogs"), 1.0)
        one.ends_before_save = 1
        one.loop.play()
        task = one.report()["tasks"][0]
        assert (task["status"], task["attempts"]) == ("passed", 1)


def test_a_budget_that_is_to_end_the_sitting_stops_it_with_its_reason(tmp_path):
    def spent(*_):
        raise SittingOverError("The run's budget is spent.")

    with sitting(tmp_path, gives(), LOGS) as one:
        one.loop.writer = WriterOf(spent)
        assert one.loop.play() == Ending("stopped", "The run's budget is spent.")
        assert one.report()["tasks"][0]["status"] == "open"


def test_what_only_a_judge_found_done_is_kept_with_what_it_saw_and_is_not_verified(tmp_path):
    hut = Task("Build a hut with a stick", Judged(text="a hut stands"), "asked", "list")
    judgement = '{"passed": true, "cites": [1], "why": "it ended well"}'
    with sitting(tmp_path, gives(stick=1), hut) as one:
        one.loop.trials.critic = LlmCritic(ScriptedChat(judgement), StateCritic())
        one.loop.play()
        verdict = one.report()["tasks"][0]["verdict"]
        assert (verdict["passed"], verdict["critic"]) == (True, "llm")
        assert (
            verdict["evidence"][0]
            == "fact 1: the bot stood at (0, 64, 0) before and stands at (0, 64, 0) after"
        )
        skill = one.library.get("craftSticks")
        assert (skill.status, skill.contract["type"]) == (SkillStatus.CANDIDATE, "judged")


def test_nothing_is_held_against_a_skill_when_no_judge_was_to_be_had(tmp_path, monkeypatch):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as first:
        first.loop.play()
    with sitting(tmp_path, gives(), LOGS, world="other", attempts=1) as second:
        skills = second.library.list
        second.loop.writer = ReusingWriter(second.writer, lambda _: skills())
        nobody = Verdict(False, "llm", (), "Nobody could tell.", decided=False)
        monkeypatch.setattr(second.loop.trials.critic, "judge", lambda *_: nobody)
        second.loop.play()
        known = second.library.get("mineLogs")
        assert (known.successes, known.failures) == (1, 0)


@pytest.mark.parametrize(("away", "passed", "written"), [(1, True, 1), (9, False, 1)])
def test_what_nobody_could_judge_is_judged_again_before_anything_else_is_tried(
    tmp_path, away, passed, written
):
    verdicts = [Verdict(False, "llm", (), "Nobody could tell.", decided=False)] * away
    verdicts.append(Verdict(True, "llm", ("it stands",)))
    with sitting(tmp_path, gives(stick=1), STICKS) as one:
        critic = JudgedBy(verdicts)
        one.loop.critic = one.loop.trials.critic = critic
        one.loop.play()
        task = one.report()["tasks"][0]
        assert (task["status"] == "passed", task["attempts"]) == (passed, written)
        assert task["verdict"]["passed"] is passed
        assert [skill.name for skill in one.library.list()] == ["craftSticks"] * passed


def test_what_a_failed_task_has_built_counts_for_the_next_one_like_it(tmp_path, monkeypatch):
    wall = Task("Build a wall", Placed(name="cobblestone", count=4), "asked", "list")
    x = iter(range(9))

    def places_one(*_: object) -> Execution:
        place = {"x": next(x), "y": 64, "z": 0}
        event = GameEvent("placed", {"name": "cobblestone", "count": 1, "position": place})
        return Execution(Outcome.COMPLETED, seen(), seen(), 1.0, events=(event,))

    with sitting(tmp_path, gives(), wall, attempts=2) as one:
        monkeypatch.setattr(one.bridge, "execute", places_one)
        tasks = [Proposal(wall), Proposal(wall), Proposal(None, "enough", finished=True)]
        one.loop.proposer = ProposerOf(tasks)
        one.loop.play()
        assert [task["status"] for task in one.report()["tasks"]] == ["failed", "passed"]
        skill = one.library.get("craftSticks")
        assert skill.status is SkillStatus.CANDIDATE


class ProposerOf:
    """Proposes these, one after the other."""

    def __init__(self, proposals):
        self._proposals = iter(proposals)

    def propose(self, observation, history):
        return next(self._proposals)


class JudgedBy(StateCritic):
    """Gives these verdicts, one after the other."""

    def __init__(self, verdicts):
        super().__init__()
        self._verdicts = iter(verdicts)

    def judge(self, task, execution, earlier=()):
        return next(self._verdicts)
