"""Language models behind an endpoint that speaks the chat-completions protocol.

Covers: `OpenAiChatModel` over the `openai` client, its settings, retries, tokens and cost. The
client's errors are mapped here, once, to `voyager.errors`; no other module sees them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import openai
from pydantic import BaseModel, Field, ValidationError

from voyager.errors import ModelError, ModelRefusedError, ModelUnreachableError, SettingsError
from voyager.language_models.chat_model import (
    Capabilities,
    Completion,
    Message,
    Schema,
    Tool,
)
from voyager.language_models.prices import cost_of
from voyager.records import Spend

OPENAI_HOST = "api.openai.com"
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
CONNECT_TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True)
class ModelSettings:
    """Which model, where, and how patiently.

    model: its name as the endpoint knows it.
    base_url: address of the endpoint, usually ending in `/v1`; None takes OPENAI_BASE_URL, else
        OpenAI's own.
    api_key: None takes OPENAI_API_KEY; an endpoint of one's own may need none.
    timeout_seconds: how long the endpoint may be silent before the request is given up.
    max_retries: how often a request is sent again after a timeout, a lost connection, 429 or 5xx.
    temperature: None leaves it to the endpoint; some models take no other value.
    max_output_tokens: the answer is cut off there.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout_seconds: float = 120.0
    max_retries: int = 4
    temperature: float | None = None
    max_output_tokens: int = 4096


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _AnswerMessage(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _AnswerMessage = Field(default_factory=_AnswerMessage)
    finish_reason: str | None = None


class _Answer(BaseModel):
    """The part of a chat completion that is read; endpoints differ in all the rest."""

    choices: list[_Choice] | None = None
    model: str | None = None
    usage: _Usage | None = None
    error: Any = None


class OpenAiChatModel:
    """A `ChatModel` over HTTP. Raises SettingsError when the settings cannot work at all."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self.endpoint = _endpoint(settings)
        self._api_key = _api_key(settings, self.endpoint)
        host = urlsplit(self.endpoint).hostname
        self._official = host == OPENAI_HOST
        self._client = openai.OpenAI(
            base_url=self.endpoint,
            api_key=self._api_key,
            max_retries=settings.max_retries,
            timeout=openai.Timeout(
                settings.timeout_seconds,
                connect=min(settings.timeout_seconds, CONNECT_TIMEOUT_SECONDS),
            ),
            # A model on this machine is never behind the proxy that the environment may name.
            http_client=openai.DefaultHttpxClient(trust_env=False)
            if host in LOOPBACK_HOSTS
            else None,
        )

    @property
    def model(self) -> str:
        """The model's name as it is asked for."""
        return self._settings.model

    def complete(
        self,
        messages: Sequence[Message],
        *,
        purpose: str,
        schema: Schema | None = None,
        tools: Sequence[Tool] = (),
    ) -> Completion:
        """See `ChatModel.complete`."""
        try:
            response = self._client.chat.completions.with_raw_response.create(
                **self._request(messages)
            )
        except openai.OpenAIError as error:
            raise self._mapped(error) from error
        return self._completion(response.text, response.retries_taken)

    def capabilities(self, purpose: str) -> Capabilities:
        """See `ChatModel.capabilities`."""
        return Capabilities()

    def close(self) -> None:
        """Give up the connections. Safe to call twice."""
        self._client.close()

    def _request(self, messages: Sequence[Message]) -> dict[str, Any]:
        # OpenAI's newer models refuse the older name, most other servers know only that one.
        limit = "max_completion_tokens" if self._official else "max_tokens"
        request: dict[str, Any] = {
            "model": self._settings.model,
            "messages": [dict(message) for message in messages],
            limit: self._settings.max_output_tokens,
        }
        if self._settings.temperature is not None:
            request["temperature"] = self._settings.temperature
        return request

    def _completion(self, body: str, retries: int) -> Completion:
        answer = self._read(body)
        usage = answer.usage or _Usage()
        model = answer.model or self._settings.model
        choice = answer.choices[0] if answer.choices else _Choice(finish_reason="no_choices")
        return Completion(
            text=choice.message.content or "",
            spend=Spend(
                usage.prompt_tokens,
                usage.completion_tokens,
                self._cost(answer.usage, model),
            ),
            model=model,
            finish_reason=choice.finish_reason or "stop",
            retries=retries,
        )

    def _read(self, body: str) -> _Answer:
        try:
            answer = _Answer.model_validate_json(body)
        except ValidationError:
            answer = _Answer()
        if answer.error and answer.choices is None:
            # Proxies report a failure behind them with status 200.
            raise ModelUnreachableError(
                f"{self.endpoint} answered for {self.model} with an error "
                f"({self._redacted(_line(answer.error))}); try later, or another model."
            )
        if answer.choices is None:
            raise ModelUnreachableError(
                f"What answers at {self.endpoint} does not speak the chat-completions protocol; "
                f"check that the base URL is right (it usually ends in /v1)."
            )
        return answer

    def _cost(self, usage: _Usage | None, model: str) -> float | None:
        if usage is None:
            return None
        names = (model, self._settings.model)
        return cost_of(names, self.endpoint, usage.prompt_tokens, usage.completion_tokens)

    def _mapped(self, error: openai.OpenAIError) -> ModelError:
        if isinstance(error, openai.APITimeoutError):
            return ModelUnreachableError(
                f"{self.endpoint} did not answer within {self._settings.timeout_seconds:g} seconds "
                f"({self._tries()}); check that the model is loaded, or allow it more time."
            )
        if isinstance(error, openai.APIStatusError):
            return self._mapped_status(error)
        reason = str(error.__cause__ or error)
        return ModelUnreachableError(
            f"Nothing answers at {self.endpoint} ({self._redacted(reason)}); "
            f"check the base URL, the network, and that the endpoint is running."
        )

    def _mapped_status(self, error: openai.APIStatusError) -> ModelError:
        status, said = error.status_code, self._redacted(_said(error))
        if status in (408, 409, 429) or status >= 500:
            advice = (
                "wait, or check the account's limits and credit" if status == 429 else "try later"
            )
            return ModelUnreachableError(
                f"{self.endpoint} answered {status} to every request for {self.model} "
                f"({self._tries()}; {said}); {advice}."
            )
        advice = {
            401: "check the key in OPENAI_API_KEY",
            403: "check what the key in OPENAI_API_KEY may use",
            404: f"check the base URL and that the endpoint has a model named {self.model}",
        }.get(status, f"check that {self.model} can be used for chat with these settings")
        return ModelRefusedError(
            f"{self.endpoint} refused the request for {self.model} with {status} ({said}); "
            f"{advice}."
        )

    def _tries(self) -> str:
        tries = self._settings.max_retries + 1
        return "tried once" if tries == 1 else f"tried {tries} times"

    def _redacted(self, text: str) -> str:
        # An endpoint that quotes the key back must not bring it into a log or onto the screen.
        return text.replace(self._api_key, "***") if len(self._api_key) > 4 else text


def _endpoint(settings: ModelSettings) -> str:
    given = settings.base_url or os.environ.get("OPENAI_BASE_URL") or f"https://{OPENAI_HOST}/v1"
    url = given.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            f"{given!r} is no address of a model endpoint; give one like http://127.0.0.1:8080/v1."
        )
    return url


def _api_key(settings: ModelSettings, endpoint: str) -> str:
    key = (settings.api_key or os.environ.get("OPENAI_API_KEY") or "").strip()
    if not key:
        if urlsplit(endpoint).hostname == OPENAI_HOST:
            raise SettingsError(
                f"{endpoint} needs a key: set OPENAI_API_KEY, or give the base URL of an endpoint "
                f"of your own, or play without a model."
            )
        # The client insists on one; endpoints that need no key do not look at it.
        return "none"
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingsError("OPENAI_API_KEY holds characters that no key has; set it again.")
    return key


def _said(error: openai.APIStatusError) -> str:
    """What the endpoint gave as its reason."""
    return _line(error.body or error.response.text or "no reason given")


def _line(error: object) -> str:
    """An endpoint's error object, or text, in one short line."""
    message = error.get("message") if isinstance(error, dict) else None
    return " ".join(str(message or error).split())[:200].rstrip(".")
