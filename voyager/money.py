"""Money as it is shown."""

from __future__ import annotations

import math


def dollars(value: float) -> str:
    """Money with as many digits as it takes to tell it from nothing."""
    digits = 2 if value == 0 or value >= 0.1 else min(8, 1 - math.floor(math.log10(value)))
    return f"{value:.{digits}f} USD"
