"""Checks of what comes from a bot's process: the types of its fields, and the one error they give.

Covers the edge alone: values that pass it are plain frozen dataclasses. A bot's process runs
foreign code, so nothing it sends is taken for what it should be.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from mc_server.errors import BridgeError

MAXIMUM_ENTRIES = 5000

Value = TypeVar("Value")

Text = Annotated[str, Field(strict=True, max_length=1000)]
LongText = Annotated[str, Field(strict=True, max_length=20_000)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e12, le=1e12)]
Count = Annotated[int, Field(strict=True, ge=-(10**12), le=10**12)]
Few = Field(max_length=MAXIMUM_ENTRIES)
"""Of a sequence: not more than anybody could have use for."""
Numbers = Annotated[Mapping[Text, Count], Few]
Texts = Annotated[Mapping[Text, Text | None], Few]


def parse(adapter: TypeAdapter[Value], data: Any, what: str) -> Value:
    """The value that `data` (parsed JSON) stands for; every field of the outermost must be there.

    Raises BridgeError, one sentence that names the first field that is wrong.
    """
    try:
        value = adapter.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "all of it"
        raise misfit(what, place[:100], first["msg"][:200]) from None
    if isinstance(data, Mapping) and dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in data:
                raise misfit(what, field.name, "Field required")
    return value


def misfit(what: str, place: str, reason: str) -> BridgeError:
    """The error for something that is not what it should be, and where."""
    return BridgeError(
        f"The bot's process sent something that is not {what} ({place}: {reason}); "
        "call join() to go on with a new one."
    )
