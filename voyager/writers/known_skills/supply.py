"""What serves each need of one program: a known skill, a recipe, or nothing.

Covers the choice, made so that nothing is needed in order to get itself. Not covered: the lines
(`recipe_program`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from curriculum import count_of
from skills import Need
from voyager.writers.known_skills.services import Service, Services


class Supply:
    """Chooses among `services` and recipes.

    `inputs` gives what an item's recipe asks for, None where no recipe leads to it. `carried` may
    serve a need that nothing else does. `wanted` is what the program itself gets: not served.
    """

    def __init__(
        self,
        services: Services,
        inputs: Callable[[str], Sequence[str] | None],
        carried: Mapping[str, int],
        wanted: str | None = None,
    ) -> None:
        self._services = services
        self._inputs = inputs
        self._carried = carried
        self._open = set() if wanted is None else {wanted}
        self._chosen: dict[str, Service | None] = {}

    def service(self, item: str) -> Service | None:
        """The skill to call for the item; None where the recipe is better, or nothing is known."""
        self.leads_to(item)
        return self._chosen.get(item)

    def leads_to(self, item: str) -> bool:
        """Whether skills or recipes get the item, without what is being got already."""
        if item in self._chosen:
            return True
        if item in self._open:
            return False
        self._open.add(item)
        try:
            return self._choose(item)
        finally:
            self._open.discard(item)

    def can_call(self, service: Service) -> bool:
        """Whether what the skill needs can be had, or is carried."""
        return all(self.leads_to(need.item) or self._is_carried(need) for need in service.needs)

    def _choose(self, item: str) -> bool:
        """A recipe is better than what a skill yields by the way, or seldom, or did once."""
        inputs, services = self._inputs(item), self._services.of(item)
        good = [one for one in services if one.is_better_than_recipes]
        for service in good:
            if self.can_call(service):
                self._chosen[item] = service
                return True
        if inputs is not None and all(self.leads_to(name) for name in inputs):
            self._chosen[item] = None
            return True
        for service in services:
            if inputs is None and service not in good and self.can_call(service):
                self._chosen[item] = service
                return True
        return False

    def _is_carried(self, need: Need) -> bool:
        return count_of(need.item, self._carried) >= need.amount.least
