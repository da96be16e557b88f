"""Where the bot has been, kept in the journal."""

from __future__ import annotations

from mc_server import BotState
from tests.voyager.sittings import LOGS, Clock, Sitting, gives, sitting
from tests.voyager.watching.pictures import state
from voyager import events
from voyager.watching.trail import Trail


def seen(x: float, seconds: float = 0.0, **others) -> BotState:
    return BotState.from_json(state(x, world_age_ticks=round(seconds * 20), **others))


def rows(one: Sitting, columns: str = "kind, x, what") -> list[tuple]:
    with one.journal.transaction():
        pass  # what waits is written
    return one.connection.execute(f"SELECT {columns} FROM positions ORDER BY id").fetchall()


def test_the_way_is_sampled_by_distance_and_by_the_worlds_time(tmp_path):
    with sitting(tmp_path, gives(), LOGS) as one:
        trail = Trail(one.journal)
        for at in (seen(0), seen(7.9), seen(8.0), seen(9, 29), seen(9, 31), seen(9, 32)):
            trail.seen(at)
        assert [x for _, x, _ in rows(one)] == [0.0, 8.0, 9.0]
        trail.seen(seen(9, 33, dimension="the_nether"))
        assert rows(one, "dimension")[-1] == ("the_nether",)


def test_finds_deaths_and_chests_are_where_they_happened(tmp_path):
    with sitting(tmp_path, gives(), LOGS) as one:
        clock = Clock()
        trail = Trail(one.journal, clock=clock)
        clock.seconds += 12
        trail.hear(events.MilestoneReached("dirt", 1, 1.0))  # nobody knows where
        trail.seen(seen(5.0))
        trail.hear(events.MilestoneReached("oak_log", 1, 1.0))
        trail.hear(events.BotDied("fell", (30.0, 2.0, 3.0), "overworld", {}, 4.0))
        trail.hear(events.UpkeepDone("chests", "full", True, "put 3 away", 2.0))
        trail.hear(events.UpkeepDone("sleep", "night", False, "no bed", 2.0))
        assert rows(one) == [
            ("walked", 5.0, ""),
            ("found", 5.0, "oak_log"),
            ("died", 30.0, "fell"),
            ("chest", 5.0, "put 3 away"),
        ]
        assert rows(one, "seconds")[0] == (12.0,)


def test_a_long_way_is_thinned_and_then_taken_in_longer_steps(tmp_path):
    with sitting(tmp_path, gives(), LOGS) as one:
        trail = Trail(one.journal, most_steps=50)
        for number in range(1000):
            trail.seen(seen(number * 8.0))
            trail.hear(events.MilestoneReached(f"item{number}", 1, 1.0))
            with one.journal.transaction():
                pass
        kept = [x for kind, x, _ in rows(one) if kind == "walked"]
        assert 10 < len(kept) < 50
        assert kept[0] == 0.0
        assert kept[-1] > 7000
        assert len([1 for kind, _, _ in rows(one) if kind == "found"]) == 1000
