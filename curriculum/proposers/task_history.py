"""The tasks so far, short enough for a prompt.

Covers: grouping what was done by its kind, and what failed with how long it rests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from curriculum.prompting import short
from curriculum.proposers.back_off import waits
from curriculum.task import TaskRecord

NAMES_A_KIND = 60
OTHERS_SHOWN = 10
FAILED_SHOWN = 12
CRITIQUE_CHARACTERS = 200
DESCRIPTION_CHARACTERS = 150


def done_lines(history: Sequence[TaskRecord], names: int = NAMES_A_KIND) -> tuple[str, ...]:
    """What was done, a line for each kind of goal: "inventory_has: log 3x, stick, furnace".

    The latest come last; of the oldest only the number is told. Goals of several predicates are
    told by their tasks' words.
    """
    kinds: dict[str, Counter[str]] = {}
    others: Counter[str] = Counter()
    for record in history:
        if not record.passed:
            continue
        key = record.key
        kind, _, name = key[0].partition(" ")
        if len(key) > 1 or kind == "judged":
            _count_last(others, short(record.task.description, DESCRIPTION_CHARACTERS))
        else:
            _count_last(kinds.setdefault(kind, Counter()), name)
    lines = [f"{kind}: {_listed(counts, names)}" for kind, counts in sorted(kinds.items())]
    return (*lines, *(_times(text, n) for text, n in list(others.items())[-OTHERS_SHOWN:]))


def failed_lines(history: Sequence[TaskRecord]) -> tuple[str, ...]:
    """What failed and was not done since, the latest last, with what went wrong."""
    lines: list[str] = []
    for wait in sorted(waits(history).values(), key=lambda wait: -wait.tasks_left):
        rest = f"not again before {wait.tasks_left} other tasks"
        rest = rest if wait.tasks_left else "may be tried again"
        what = short(wait.record.task.description, DESCRIPTION_CHARACTERS)
        critique = short(wait.record.critique or "not known", CRITIQUE_CHARACTERS)
        lines.append(f"{what} (failed {wait.failures}x; {rest}) What went wrong: {critique}")
    return tuple(lines[:FAILED_SHOWN])


def _count_last(counts: Counter[str], name: str) -> None:
    """Counts, and moves the name to the end."""
    times = counts.pop(name, 0)
    counts[name] = times + 1


def _listed(counts: Counter[str], limit: int) -> str:
    told = [_times(name, n) for name, n in list(counts.items())[-limit:]]
    left_out = len(counts) - len(told)
    return ", ".join([*([f"({left_out} more)"] if left_out else []), *told])


def _times(text: str, times: int) -> str:
    return f"{text} {times}x".strip() if times > 1 else text or "done"
