"""Which of the automatic checkpoints go when there are too many.

The newer half stays as close together as it was taken. Of the older half the first one stays, and
of the others that one goes which leaves the smallest gap for its age: so the gaps grow with the
age, and the last hour is dense while the first hours of a night are an hour or two apart. Age is
counted in checkpoints, not in hours of a clock that may be set.
"""

from __future__ import annotations

from collections.abc import Sequence


def superfluous(numbers: Sequence[int], keep: int) -> list[int]:
    """Those of the numbers that go, so that `keep` of them stay; the order says nothing."""
    left, gone = sorted(set(numbers)), []
    while len(left) > keep:
        dense = (keep + 1) // 2
        older = range(1, len(left) - dense)
        if keep == 1:
            gone.append(left.pop(0))
            continue
        newest = left[-1]
        index = min(older, key=lambda i: (left[i + 1] - left[i - 1]) / (newest - left[i]))
        gone.append(left.pop(index))
    return gone
