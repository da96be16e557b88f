"""What a model call costs, from published prices that come with the package `genai-prices`.

Not covered: prices of one's own hardware, batch and cache discounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from genai_prices import Usage, calc_price

# Models that only their makers sell cost the same behind a proxy. Others may run on one's own
# machine under the same name, where a seller's price would be wrong.
SOLE_SELLERS = ("openai", "anthropic", "google", "x-ai")
OPEN_WEIGHTS = ("gpt-oss", "gemma", "grok-1", "grok-2")


def cost_of(
    model_names: Sequence[str], endpoint: str, input_tokens: int, output_tokens: int
) -> float | None:
    """US dollars for one call, or None when nobody knows.

    `model_names` are tried in turn (as the endpoint calls the model, as it was asked for).
    """
    usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
    for name in model_names:
        try:
            return float(calc_price(usage, name, provider_api_url=endpoint).total_price)
        except LookupError:
            pass
        if any(word in name for word in OPEN_WEIGHTS):
            continue
        # Proxies write `maker/model`.
        maker, _, bare = name.rpartition("/")
        for seller in SOLE_SELLERS:
            if maker and maker != seller:
                continue
            try:
                return float(calc_price(usage, bare, provider_id=seller).total_price)
            except LookupError:
                pass
    return None


@dataclass(frozen=True)
class ModelPrice:
    """What calls of a model cost at its endpoint. `max_output_tokens` is as long as answers get."""

    model: str
    endpoint: str
    max_output_tokens: int = 0

    def cost(self, input_tokens: int, output_tokens: int) -> float | None:
        """US dollars for one call, or None when nobody knows."""
        return cost_of((self.model,), self.endpoint, input_tokens, output_tokens)
