"""Critics: who judges whether a task was done."""

from voyager.critics.state_critic import StateCritic

__all__ = ["StateCritic"]
