"""Language models: a small interface, the `openai` client behind it, a server that replays."""

from voyager.language_models.amounts import Amount, BudgetSettings
from voyager.language_models.budgets import Budgets, Ledger, check_prices
from voyager.language_models.chat_model import (
    Capabilities,
    ChatModel,
    Completion,
    Message,
    Schema,
    Tool,
    ToolCall,
)
from voyager.language_models.metered import MeteredChatModel, ModelCall
from voyager.language_models.model_settings import ModelSettings
from voyager.language_models.openai_chat_model import OpenAiChatModel
from voyager.language_models.prices import ModelPrice
from voyager.language_models.roles import ROLES, Role, RoutedChatModel

__all__ = [
    "ROLES",
    "Amount",
    "BudgetSettings",
    "Budgets",
    "Capabilities",
    "ChatModel",
    "Completion",
    "Ledger",
    "Message",
    "MeteredChatModel",
    "ModelCall",
    "ModelPrice",
    "ModelSettings",
    "OpenAiChatModel",
    "Role",
    "RoutedChatModel",
    "Schema",
    "Tool",
    "ToolCall",
    "check_prices",
]
