"""The base of all events. `schema_version` rises when a field changes its meaning."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Event:
    """Base of all events. `type` names the kind in the journal."""

    type: ClassVar[str] = "event"

    def to_json(self) -> dict[str, Any]:
        """The event's fields, with the schema version."""
        return {"schema_version": SCHEMA_VERSION, **asdict(self)}
