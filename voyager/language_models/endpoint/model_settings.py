"""Which model, where it is, what it may do and how patiently it is waited for."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from voyager.errors import SettingsError

OPENAI_HOST = "api.openai.com"
OPENAI_KEY = "OPENAI_API_KEY"
AZURE_KEY = "AZURE_OPENAI_API_KEY"

Structured = Literal["auto", "json_schema", "json_object", "none"]
Switch = Literal["auto", "on", "off"]


@dataclass(frozen=True)
class ModelSettings:
    """A model and its endpoint.

    model: its name as the endpoint knows it; with `api_version`, the name of the deployment.
    base_url: address of the endpoint, usually ending in `/v1`; None takes OPENAI_BASE_URL, else
        OpenAI's own.
    api_key: None takes the variable below; an endpoint of one's own may need none.
    api_key_variable: the environment variable that holds the key; None takes OPENAI_API_KEY.
    timeout_seconds: how long the endpoint may be silent before the request is given up.
    answer_seconds: how long one answer may take, all tries together, however much is being said.
    max_retries: how often a request is sent again after a timeout, a lost connection, a stream that
        breaks off, 429 or 5xx.
    retry_seconds: the pause before the first retry, doubled for each further one, where the
        endpoint does not say how long.
    temperature: None leaves it to the endpoint; some models take no other value.
    max_output_tokens: the answer is cut off there.
    context_tokens: what the model can read at once; a prompt that is surely longer is not sent.
        None leaves it to the endpoint, which may cut prompts without a word (Ollama does).
    headers, query: sent along with every request.
    api_version: makes the endpoint an Azure-style one, of this version.
    structured, tools, streaming: `auto` finds out what the endpoint can do; any other value is
        taken for granted, until a request is refused over it.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    api_key_variable: str | None = None
    timeout_seconds: float = 120.0
    answer_seconds: float = 900.0
    max_retries: int = 4
    retry_seconds: float = 0.5
    temperature: float | None = None
    max_output_tokens: int = 4096
    context_tokens: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    api_version: str | None = None
    structured: Structured = "auto"
    tools: Switch = "auto"
    streaming: Switch = "auto"

    def __post_init__(self) -> None:
        """Raises SettingsError."""
        if not self.model.strip():
            raise SettingsError("A model needs a name: give it as the endpoint knows it.")
        self._check_numbers()
        for name, value in {**self.headers, **self.query}.items():
            if not (name and _is_plain(name) and _is_plain(value)):
                raise SettingsError(
                    f"A model's header or query {name!r} must be plain text: letters, digits, "
                    f"spaces and signs of ASCII, in one line."
                )

    def _check_numbers(self) -> None:
        for name in ("timeout_seconds", "answer_seconds", "max_output_tokens", "context_tokens"):
            value = getattr(self, name)
            if value is not None and not 0 < value < math.inf:
                raise SettingsError(f"{name} of {self.model} cannot be {value}: it is above 0.")
        for name in ("max_retries", "retry_seconds"):
            value = getattr(self, name)
            if not 0 <= value < math.inf:
                raise SettingsError(f"{name} of {self.model} cannot be {value}: 0 is the least.")


@dataclass(frozen=True)
class Address:
    """Where requests go and what opens the door there.

    `url` is without a trailing slash. `shown` is for people: without a password or a query.
    """

    url: str
    shown: str
    key: str = field(repr=False)
    key_variable: str = OPENAI_KEY

    @property
    def host(self) -> str:
        """The host's name."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own."""
        return self.host == OPENAI_HOST


def address_of(settings: ModelSettings) -> Address:
    """The settings' endpoint and key, from the environment where none are given.

    Raises SettingsError.
    """
    default = f"https://{OPENAI_HOST}/v1"
    given = settings.base_url or os.environ.get("OPENAI_BASE_URL") or default
    url = given.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not _is_plain(url) or " " in url:
        raise SettingsError(
            f"{given!r} is no address of a model endpoint; give one like http://127.0.0.1:8080/v1."
        )
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
    variable, key = _key(settings, shown, needed=parts.hostname == OPENAI_HOST)
    return Address(url, shown, key, variable)


def _key(settings: ModelSettings, shown: str, needed: bool) -> tuple[str, str]:
    variables = [settings.api_key_variable or OPENAI_KEY]
    if settings.api_version and not settings.api_key_variable:
        variables = [AZURE_KEY, OPENAI_KEY]
    found = [(name, value) for name in variables if (value := os.environ.get(name, "").strip())]
    variable, key = found[0] if found else (variables[0], "")
    key = (settings.api_key or key).strip()
    if not key and settings.api_key_variable:
        raise SettingsError(f"{variable} is to hold the key for {shown} and is empty: set it.")
    if not key and needed:
        raise SettingsError(
            f"{shown} needs a key: set {variable}, or give the base URL of an endpoint "
            f"of your own, or play without a model."
        )
    if not _is_plain(key) or " " in key:
        raise SettingsError(f"{variable} holds characters that no key has; set it again.")
    # The client insists on one; endpoints that need no key do not look at it.
    return variable, key or "none"


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()
