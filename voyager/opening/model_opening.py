"""The language models of a sitting: a client for each, what it can do, and the books around them.

Covers putting them together from the configuration. Roles with the same settings share a client, so
that an endpoint is tried once. Not covered: who asks them what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from voyager.events import Event, ModelSaid
from voyager.journal.model_books import PROBE, ModelBooks
from voyager.language_models import (
    Budgets,
    BudgetSettings,
    Capabilities,
    Completion,
    MeteredChatModel,
    ModelCall,
    ModelPrice,
    ModelSettings,
    OpenAiChatModel,
    Question,
    Role,
    RoutedChatModel,
    answered_call,
    check_prices,
)


@dataclass(frozen=True)
class OpenModels:
    """The clients by role. `found` says in a few words what each role's endpoint can do."""

    clients: Mapping[Role, OpenAiChatModel]
    prices: Mapping[Role, ModelPrice]
    found: Mapping[str, str]

    def metered(self, books: ModelBooks, budget: BudgetSettings) -> MeteredChatModel:
        """All of them as one, with every call in the books and held to the budgets.

        Needs an open run. Raises SettingsError for a budget that cannot be kept.
        """
        budgets = Budgets(budget, books.ledger(), self.prices, books.tell)
        return MeteredChatModel(RoutedChatModel(self.clients), books.record, budgets, self.prices)


def open_models(
    settings: Mapping[Role, ModelSettings],
    budget: BudgetSettings,
    tell: Callable[[Event], None],
    note: Callable[[str], None],
    record: Callable[[ModelCall], None],
) -> OpenModels:
    """Open the models and find out what their endpoints can do.

    `tell` hears every piece of an answer (`ModelSaid`) as it comes, `note` which models are tried.
    `record` gets what is asked to find out: it costs tokens too.
    Raises SettingsError or ModelError, each with what to do, when one cannot be used.
    """

    def said(purpose: str, text: str) -> None:
        tell(ModelSaid(purpose, text))

    def probed(role: Role, question: Question, completion: Completion, seconds: float) -> None:
        messages, tools = tuple(question.messages), tuple(question.tools)
        call = ModelCall(role, PROBE, messages, tools, None, "answered", seconds=seconds)
        record(answered_call(call, completion, prices[role]))

    def client_for(role: Role) -> OpenAiChatModel:
        return OpenAiChatModel(settings[role], said, on_probe=partial(probed, role))

    clients = _shared(settings, client_for)
    prices = {
        role: ModelPrice(client.model, client.endpoint, settings[role].max_output_tokens)
        for role, client in clients.items()
    }
    check_prices(budget, prices)
    each = dict.fromkeys(clients.values())
    note(f"trying the language model {' and '.join(dict.fromkeys(one.model for one in each))}")
    found = {client: f"{client.model}: {_in_words(client.probe())}" for client in each}
    return OpenModels(
        clients, prices, {role.value: found[client] for role, client in clients.items()}
    )


def _shared(
    settings: Mapping[Role, ModelSettings], client_for: Callable[[Role], OpenAiChatModel]
) -> dict[Role, OpenAiChatModel]:
    """A client for each role; those with the same settings have the same."""
    clients: dict[Role, OpenAiChatModel] = {}
    for role, wanted in settings.items():
        known = next((other for other in clients if settings[other] == wanted), None)
        clients[role] = client_for(role) if known is None else clients[known]
    return clients


def _in_words(capabilities: Capabilities) -> str:
    structured = {
        "json_schema": "answers by JSON schema",
        "json_object": "answers in JSON",
    }.get(capabilities.structured, "plain text")
    tools = "calls tools" if capabilities.tools else "no tools"
    return ", ".join((structured, tools, *(["streams"] if capabilities.streaming else [])))
