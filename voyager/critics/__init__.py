"""Critics: who judges whether a task was done."""

from voyager.critics.critic_settings import CriticSettings
from voyager.critics.llm_critic import LlmCritic
from voyager.critics.reviewer import Reviewer
from voyager.critics.state_critic import NAME as STATE_CRITIC
from voyager.critics.state_critic import StateCritic

__all__ = ["STATE_CRITIC", "CriticSettings", "LlmCritic", "Reviewer", "StateCritic"]
