"""Skills that failed within other programs: tried by themselves, and out of use only if so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mc_server import Position
from skills import SkillStatus, UseKind
from tests.voyager.sittings import LOGS, STICKS, Sitting, gives, sitting
from tests.voyager.test_promotion import ScriptedGym
from voyager.learning.promotion import Promotion
from voyager.uses.execution_uses import PlayedOn

ENOUGH_TASKS = 12


def spoil(one: Sitting) -> None:
    """Other programs call a skill that is verified, and it fails three times."""
    one.library.set_status("mineLogs", SkillStatus.VERIFIED)
    one.library.set_status("craftSticks", SkillStatus.VERIFIED)
    use = one.library.uses.of("mineLogs")[0]
    there = replace(use, before=replace(use.before, position=Position(8.0, 64.0, 8.0)))
    for attempt in range(900, 903):
        called = replace(there, kind=UseKind.CALLED, passed=False, attempt_id=attempt)
        one.library.uses.add(called)


@pytest.mark.parametrize("works", [True, False])
def test_a_skill_that_others_made_fail_is_tried_alone_where_it_had_worked(tmp_path, works):
    gym = ScriptedGym(works)
    with sitting(tmp_path, gives(oak_log=2, stick=4), LOGS, STICKS) as one:
        one.agent.play()
        spoil(one)
        promotion = Promotion(one.journal, one.library, gym, PlayedOn("1.20.4"), 1, in_step=True)
        for _ in range(ENOUGH_TASKS):
            promotion.between_tasks()
        promotion.close()
        (tried,) = gym.exercises
        worked = one.library.uses.of("mineLogs")[0]
        assert (tried.skill.name, tried.start.seed) == ("mineLogs", worked.seed)
        assert tried.start.position == worked.before.position
        assert (one.library.get("mineLogs").status is SkillStatus.VERIFIED) is works
