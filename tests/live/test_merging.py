"""Two skills become one in the simulated world, and who called one of them still works."""

import pytest

from curriculum import game_names
from mc_server import find_node
from skills import SkillStatus, primitives_folder
from tests.voyager.merging.libraries import merging_in, mined, skill
from voyager.events import SkillsMerged
from voyager.gym.skill_gym import SkillGym
from voyager.learning.merging.merger import Merger
from voyager.learning.merging.sweep import Sweep
from voyager.uses.execution_uses import PlayedOn

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]


def test_skills_are_merged_when_the_one_that_is_left_works_for_all(tmp_path):
    gym = SkillGym(find_node(), tmp_path / "gym", primitives_folder(), 2)
    data = gym.game_data()
    with merging_in(tmp_path) as merging:
        merging.add(
            skill("dig", "return mineBlock('log', 1)", mined(1, "log")),
            skill("mineTen", 'return mineBlock("log", 3);', mined(3, "log")),
            skill("stockUp", "const get = [mineTen]; await get[0]()", mined(2, "log")),
        )
        merging.finder.keep_shapes(merging.finder.missing_shapes())
        played_on = PlayedOn(data.version, game_names(data))
        merger = Merger(merging.connection, merging.library, gym, played_on, data)
        sweep = Sweep(merging.library, merging.finder, merging.planner)
        [merged] = sweep.merge(merger.carry_out)
        assert isinstance(merged, SkillsMerged)
        assert (merged.name, merged.merged) == ("dig", ("mineTen",))
        uses = merging.library.uses.of("dig", 2)
        assert {(use.arguments, use.passed) for use in uses} == {((1,), True), ((3,), True)}
        uses = merging.library.uses.of("stockUp", 2)
        assert uses
        assert all(use.passed and use.after and use.after.inventory for use in uses)
        assert "[() => dig(3)]" in merging.source("stockUp")
        assert merging.library.get("mineTen").status is SkillStatus.RETIRED
    assert not [*(tmp_path / "gym").iterdir()]
