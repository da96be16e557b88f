"""A model that thinks a little and errs at a rate, for measuring the agent without one."""

from voyager.language_models.fallible.model import FallibleModel

__all__ = ["FallibleModel"]
