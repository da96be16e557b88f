"""Language models: a small interface, the `openai` client behind it, budgets, and look-ups.

Import from here; the modules inside are this room's own business. For tests and benchmarks there is
`replay_server.py`, an endpoint that replays what was recorded.
"""

from voyager.language_models.amounts import Amount, BudgetSettings
from voyager.language_models.budgets import HOUR, Budgets, Ledger, check_prices, utc_now
from voyager.language_models.chat_model import (
    Capabilities,
    ChatModel,
    Completion,
    Message,
    Schema,
    Tool,
    ToolCall,
)
from voyager.language_models.endpoint.model_settings import ModelSettings
from voyager.language_models.endpoint.openai_chat_model import OpenAiChatModel
from voyager.language_models.endpoint.request_form import Question
from voyager.language_models.metered import MeteredChatModel, ModelCall, answered_call
from voyager.language_models.prices import ModelPrice
from voyager.language_models.recorded_chat_model import RecordedCall, RecordedChatModel
from voyager.language_models.roles import Role, RoutedChatModel
from voyager.language_models.tool_conversation import LookUp, ToolConversation

__all__ = [
    "HOUR",
    "Amount",
    "BudgetSettings",
    "Budgets",
    "Capabilities",
    "ChatModel",
    "Completion",
    "Ledger",
    "LookUp",
    "Message",
    "MeteredChatModel",
    "ModelCall",
    "ModelPrice",
    "ModelSettings",
    "OpenAiChatModel",
    "Question",
    "RecordedCall",
    "RecordedChatModel",
    "Role",
    "RoutedChatModel",
    "Schema",
    "Tool",
    "ToolCall",
    "ToolConversation",
    "answered_call",
    "check_prices",
    "utc_now",
]
