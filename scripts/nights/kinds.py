"""All kinds of faults there are, by name."""

from __future__ import annotations

from nights import file_kinds, process_kinds
from nights.kind import KINDS, Kind

__all__ = ["KINDS", "Kind", "file_kinds", "process_kinds"]
