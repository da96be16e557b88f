"""Language models behind an endpoint that speaks the chat-completions protocol.

Covers `OpenAiChatModel`: what it remembers of its endpoint, tokens and cost, and the sentences of
its errors. Asking is in `endpoint_client.py`, finding out what can be asked for in `probing.py`.
"""

from __future__ import annotations

import difflib
import threading
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import httpx2

from voyager.errors import ContextOverflowError, ModelError
from voyager.language_models.chat_model import Capabilities, Completion, Message, Schema, Tool
from voyager.language_models.endpoint.answer_parts import Usage
from voyager.language_models.endpoint.endpoint_client import Asked, EndpointClient, NoAnswerError
from voyager.language_models.endpoint.endpoint_connection import EndpointConnection
from voyager.language_models.endpoint.endpoint_failures import Failure, error_of
from voyager.language_models.endpoint.model_settings import Address, ModelSettings, address_of
from voyager.language_models.endpoint.probing import capabilities_of, needs_probing, probe
from voyager.language_models.endpoint.request_form import Question, RequestForm, first_form
from voyager.language_models.prices import cost_of
from voyager.records import Spend

CHARACTERS_A_TOKEN = 6
"""No text takes fewer tokens than this makes of it, code and lists far more."""
CLOSE_NAMES = 3
SHORTEST_SECRET = 5


def nothing(purpose: str, piece: str) -> None:
    """For an answer that nobody looks at while it comes in."""


def nowhere(question: Question, completion: Completion, seconds: float) -> None:
    """For questions that nobody keeps."""


class OpenAiChatModel:
    """A `ChatModel` over HTTP.

    `on_text` is told the answer as it comes in, (purpose, piece); an empty piece says that it
    begins, or begins anew because it had broken off. `on_probe` is told each question that only
    finds out what the endpoint can do, with its answer and its seconds: it is paid for like others.
    May be used from several threads.
    Raises SettingsError when the settings cannot work at all.
    """

    def __init__(
        self,
        settings: ModelSettings,
        on_text: Callable[[str, str], None] = nothing,
        transport: httpx2.AsyncBaseTransport | None = None,
        on_probe: Callable[[Question, Completion, float], None] = nowhere,
    ) -> None:
        self._settings = settings
        self._on_text = on_text
        self._on_probe = on_probe
        self._address = address_of(settings)
        self._secrets = _secrets(settings, self._address)
        self._connection = EndpointConnection(settings, self._address, self._hide, transport)
        self._client = EndpointClient(settings, self._connection, self._hide)
        self.answers_as = settings.model
        """The model's name as the endpoint says it; known when it was probed."""
        self._lock = threading.Lock()
        self._form = first_form(settings, self._address.is_openai)
        self._known = not needs_probing(settings)
        self._probing = threading.Lock()

    @property
    def model(self) -> str:
        """The model's name as it is asked for."""
        return self._settings.model

    @property
    def endpoint(self) -> str:
        """The endpoint's address, fit to be shown."""
        return self._address.shown

    def complete(
        self,
        messages: Sequence[Message],
        *,
        purpose: str,
        schema: Schema | None = None,
        tools: Sequence[Tool] = (),
    ) -> Completion:
        """See `ChatModel.complete`."""
        self._check_length(messages)
        self._say(purpose, "")
        question = Question(tuple(messages), schema, tuple(tools))
        try:
            asked = self._ask(question, self._remembered(), lambda piece: self._say(purpose, piece))
        except NoAnswerError as error:
            if error.failure.kind == "filtered":
                return Completion(
                    "",
                    Spend(),
                    self.model,
                    "refused",
                    error.retries,
                    refusal=f"the endpoint {error.failure.reason}",
                )
            raise self._error(error) from error
        return self._completion(asked)

    def probe(self) -> Capabilities:
        """Ask the endpoint what it can do, by a few tiny questions, and remember it.

        Raises ModelError: a wrong key, no such model, nobody there, in one sentence.
        """
        try:
            first = first_form(self._settings, self._address.is_openai)
            form, self.answers_as = probe(self._ask_probe, first, self._settings)
        except NoAnswerError as error:
            raise self._error(error, self._close_names(error.failure)) from error
        with self._lock:
            self._form, self._known = form, True
        return capabilities_of(form)

    def capabilities(self, purpose: str) -> Capabilities:
        """See `ChatModel.capabilities`.

        An endpoint that cannot be asked now can do nothing; the next time it is asked again.
        """
        with self._probing:
            if not self._known:
                try:
                    return self.probe()
                except ModelError as error:
                    return Capabilities(problems=(str(error),))
        return capabilities_of(self._remembered())

    def _remembered(self) -> RequestForm:
        with self._lock:
            return self._form

    def _ask_probe(self, question: Question, form: RequestForm) -> Asked:
        begun = time.monotonic()
        asked = self._ask(question, form)
        self._on_probe(question, self._completion(asked), time.monotonic() - begun)
        return asked

    def _ask(
        self,
        question: Question,
        form: RequestForm,
        on_piece: Callable[[str], None] = lambda piece: None,
    ) -> Asked:
        """Ask; a form that turned out to be the one that is taken is kept for next time."""
        asked = self._client.ask(question, form, on_piece)
        if asked.form != form:
            with self._lock:
                self._form = asked.form
        return asked

    def _say(self, purpose: str, piece: str) -> None:
        self._on_text(purpose, piece)

    def _check_length(self, messages: Sequence[Message]) -> None:
        limit = self._settings.context_tokens
        if limit is None:
            return
        tokens = sum(len(str(one.get("content") or "")) for one in messages) // CHARACTERS_A_TOKEN
        if tokens > limit:
            raise ContextOverflowError(
                f"A prompt of at least {tokens} tokens is longer than {self.model} can read, "
                f"{limit}; ask with less."
            )

    def _completion(self, asked: Asked) -> Completion:
        answer = asked.answer
        model = answer.model or self.model
        return Completion(
            text=answer.text,
            spend=self._spend(answer.usage, model),
            model=model,
            finish_reason=answer.finish_reason,
            retries=asked.retries,
            tool_calls=answer.tool_calls,
            refusal=answer.refusal,
        )

    def _spend(self, usage: Usage | None, model: str) -> Spend:
        if usage is None:
            return Spend(0, 0, None)
        cost = usage.cost
        if cost is None:
            names = (model, self.model)
            cost = cost_of(names, self._address.url, usage.input_tokens, usage.output_tokens)
        return Spend(usage.input_tokens, usage.output_tokens, cost)

    def _error(self, error: NoAnswerError, names: Sequence[str] = ()) -> ModelError:
        failure, tries = error.failure, error.retries + 1
        if failure.kind == "nobody":
            start = failure.reason.replace(
                "cannot be reached", f"Nothing answers at {self.endpoint}"
            )
        else:
            start = f"{self.endpoint} {failure.reason} to a request for {self.model}"
        often = f", tried {tries} times" if tries > 1 else ""
        return error_of(failure, f"{start}{often}; {self._advice(failure, names)}.", error.retries)

    def _advice(self, failure: Failure, names: Sequence[str]) -> str:
        if failure.advice:
            return failure.advice
        if failure.kind == "no_model":
            meant = f", but {', '.join(names)}" if names else ""
            return f"it knows no model of that name{meant}"
        if failure.kind == "no_page":
            if not urlsplit(self.endpoint).path.strip("/"):
                return f"check the base URL: it may be {self.endpoint}/v1"
            return f"check the base URL, and that there is a model named {self.model}"
        if failure.status in (401, 403):
            what = "check" if failure.status == 401 else "check what may be used with"
            return f"{what} the key in {self._address.key_variable}"
        return f"check that {self.model} can be used for chat with these settings"

    def _close_names(self, failure: Failure) -> Sequence[str]:
        """Models of the endpoint with names like the one it does not have."""
        if failure.kind not in ("no_model", "no_page"):
            return ()
        names = self._connection.models() or ()
        close = difflib.get_close_matches(self.model, names, CLOSE_NAMES, cutoff=0.3)
        return [self._hide(name) for name in close or names[:CLOSE_NAMES]]

    def _hide(self, text: str) -> str:
        # An endpoint that quotes a key back must not bring it into a log or onto the screen.
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def _secrets(settings: ModelSettings, address: Address) -> tuple[str, ...]:
    found = [address.key, urlsplit(address.url).password or ""]
    found += [*settings.headers.values(), *settings.query.values()]
    # An Authorization header has a word before the key.
    found += [value.rpartition(" ")[2] for value in settings.headers.values()]
    return tuple(sorted({one for one in found if len(one) >= SHORTEST_SECRET}, key=len)[::-1])
