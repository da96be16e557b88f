"""Language models: a small interface, the `openai` client behind it, a server that replays."""

from voyager.language_models.chat_model import (
    ChatModel,
    Completion,
    Message,
    ModelSettings,
    OpenAiChatModel,
)
from voyager.language_models.metered import MeteredChatModel, ModelCall

__all__ = [
    "ChatModel",
    "Completion",
    "Message",
    "MeteredChatModel",
    "ModelCall",
    "ModelSettings",
    "OpenAiChatModel",
]
