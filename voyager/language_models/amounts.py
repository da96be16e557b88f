"""What models may cost, as people write it: amounts of money or of tokens, and the budgets."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from voyager.errors import SettingsError
from voyager.money import dollars
from voyager.records import Spend

_AMOUNT = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*(?P<times>[kKmM]?)\s*(?P<unit>\S+)"
)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
_UNITS = {"usd": "USD", "$": "USD", "token": "tokens", "tokens": "tokens"}


@dataclass(frozen=True)
class Amount:
    """US dollars, or tokens (input and output together); above 0."""

    value: float
    unit: Literal["USD", "tokens"]

    @classmethod
    def parse(cls, text: str) -> Amount:
        """An amount like "2.50 USD", "$2.50" or "200k tokens". Raises SettingsError."""
        plain = text.strip().replace(",", "")
        if plain.startswith("$"):
            plain = f"{plain[1:]} USD"
        match = _AMOUNT.fullmatch(plain)
        unit = _UNITS.get(match["unit"].lower()) if match else None
        value = float(match["number"]) * _TIMES[match["times"].lower()] if match else 0.0
        if unit is None or not 0 < value < math.inf:
            raise SettingsError(
                f'\'{text[:40]}\' is no amount: write it like "2.50 USD" or "200k tokens".'
            )
        return cls(value, "USD" if unit == "USD" else "tokens")

    def __str__(self) -> str:
        return self.of(self.value)

    def of(self, value: float) -> str:
        """So much in this unit, in words."""
        return dollars(value) if self.unit == "USD" else f"{value:,.0f} tokens"

    def part_of(self, spend: Spend) -> float:
        """What counts of it in this unit; infinity for a cost that nobody knows."""
        if self.unit == "tokens":
            return spend.tokens
        return math.inf if spend.cost is None else spend.cost


def _read(value: Any) -> Any:
    if isinstance(value, int | float):
        raise ValueError('write it with its unit, like "2.50 USD" or "200k tokens"')
    if not isinstance(value, str):
        return value
    try:
        return Amount.parse(value)
    except SettingsError as error:
        raise ValueError(str(error)) from error


Limit = Annotated[Amount | None, BeforeValidator(_read)]
"""An amount; a settings file has it as text."""


@dataclass(frozen=True)
class BudgetSettings:
    """What the models may cost; None is no limit.

    run: over all its sittings. hour: in any 60 minutes of this home folder. task: for each.
    when_spent: play on with what is known without a model, or stop the sitting.
    """

    run: Limit = None
    hour: Limit = None
    task: Limit = None
    when_spent: Literal["play-on", "stop"] = "play-on"

    def limits(self) -> dict[str, Amount]:
        """The limits that there are, by the name of the budget."""
        found = {"run": self.run, "hour": self.hour, "task": self.task}
        return {name: amount for name, amount in found.items() if amount is not None}
