"""When an agent that died is started again: the pauses, and what is enough."""

from __future__ import annotations

from voyager.supervision.restarts import Death, Patience, Restarts

KILLED = Death("agent", "ended", "It was killed.", 7)
FULL = Death("disk", "full", "The disk is full.", 4, worth_waiting=300.0)


class Clock:
    """Goes on by what is waited."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def pauses(restarts: Restarts, death: Death, clock: Clock, played: bool = True) -> list[float]:
    found = []
    while (pause := restarts.pause_after(death, played)) is not None:
        found.append(pause)
        clock.seconds += pause
    return found


def test_pauses_double_up_to_the_longest_and_end():
    restarts = Restarts(clock := Clock())
    restarts.patience = Patience(restarts=6, longest_wait=5.0)
    assert pauses(restarts, KILLED, clock) == [0.0, 1.0, 2.0, 4.0, 5.0, 5.0]


def test_before_anything_was_played_it_is_soon_enough():
    assert pauses(Restarts(clock := Clock()), KILLED, clock, played=False) == [0.0, 1.0]


def test_what_is_waited_for_ends_by_time_alone_and_is_no_death():
    restarts = Restarts(clock := Clock())
    restarts.patience = Patience(restarts=1, longest_wait=60.0)
    assert sum(pauses(restarts, FULL, clock)) >= 300.0
    assert restarts.in_a_row == 0
    assert pauses(restarts, KILLED, clock) == [0.0]


def test_the_same_wait_is_known_until_a_step_is_done():
    restarts = Restarts()
    assert not restarts.is_known(FULL)
    restarts.pause_after(FULL, True)
    assert restarts.is_known(FULL)
    restarts.step_done()
    assert not restarts.is_known(FULL)
