"""Why an endpoint gave no answer: its errors, and those of the way there, in words of our own.

Covers what the `openai` client raises and what endpoints say with which status, each mapped once,
here, to a `Failure`; `error_of` makes the error of it that leaves this package. Endpoints disagree
about statuses and codes, so what they say counts too.
"""

from __future__ import annotations

import email.utils
import json
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx2
import openai

from voyager.errors import (
    ContextOverflowError,
    ModelError,
    ModelRefusedError,
    ModelUnreachableError,
)
from voyager.foreign_text import writable

SAID_CHARACTERS = 200
READ_CHARACTERS = 4000

_OVERFLOW = re.compile(
    r"context_length_exceeded|exceed_context_size|context[ _](length|window|size|limit)|n_ctx\b|"
    r"(prompt|input|request|messages?) (is |are )?too (long|large)|too many (input )?tokens|"
    r"reduce the length|input (length|tokens?).{0,40}exceed|string_above_max_length|max_model_len",
    re.IGNORECASE,
)
_FILTERED = re.compile(r"content_filter|content management policy|\bmoderation\b", re.IGNORECASE)
_NO_CREDIT = re.compile(
    r"insufficient_quota|insufficient.{0,10}(balance|credit|fund)", re.IGNORECASE
)
_NO_MODEL = re.compile(
    r"model_not_found|DeploymentNotFound|model.{0,120}(not exist|not found|not a valid|unknown)|"
    r"(unknown|invalid|no such|not a valid|find) model|not a valid model",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"^\s*(<!doctype|<html|<\?xml|<head|<body)", re.IGNORECASE)
PASSING = (408, 409, 425, 429)
Hide = Callable[[str], str]
"""Takes what is secret out of a text. It is done before a text is cut, which could halve a key."""


@dataclass(frozen=True)
class Failure:
    """One try that gave no answer.

    outcome: a word for the books (see `model_calls` in the migrations).
    reason: what happened, as the end of a sentence about the endpoint.
    advice: what to do about it.
    again: another try may end better; not before `wait_seconds`, where that is known.
    said: all that the endpoint said, for finding out what it minded; `param` if it named that.
    kind: `no_model`, `no_page` (not the address of an endpoint) or `filtered`, where that is known.
    """

    outcome: str
    reason: str
    advice: str
    again: bool = False
    wait_seconds: float | None = None
    status: int | None = None
    said: str = ""
    param: str = ""
    kind: str = ""


class TryFailedError(Exception):
    """One try gave no answer. It does not leave this package."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


def failure_of_status(status: int, body: object, headers: Mapping[str, str], hide: Hide) -> Failure:
    """What a status from 300 on means, or an error sent with another one (then 0)."""
    said, param = _all_said(body), _param(body)
    line = f"answered {status or 'with an error'} ({_line(body, hide)})"
    if 300 <= status < 400:
        return _redirected(status, headers, hide)
    if _FILTERED.search(said) and status in (0, 400, 403, 422):
        return Failure("rejected", line, "ask otherwise", said=said, kind="filtered", status=status)
    if _too_long(status, said):
        return Failure("overflow", line, "ask with less", status=status, said=said)
    if status == 402 or (_NO_CREDIT.search(said) and status in (0, 403, 429)):
        outcome = "rate_limited" if status == 429 else "rejected"
        return Failure(outcome, line, "add credit to the account", status=status, said=said)
    if status in PASSING or status >= 500 or status == 0:
        wait = _asked_wait(headers)
        outcome = "rate_limited" if status == 429 else "unreachable"
        advice = "wait, or check the account's limits and credit" if status == 429 else "try later"
        return Failure(outcome, line, advice, True, wait, status, said, param)
    kind = ""
    if status in (400, 404, 422) and _NO_MODEL.search(said):
        kind = "no_model"
    elif status in (404, 405) or _PAGE.match(said):
        kind = "no_page"
    return Failure("rejected", line, "", status=status, said=said, param=param, kind=kind)


def failure_of_error(error: BaseException, timeout_seconds: float, hide: Hide) -> Failure:
    """What an exception of the client, or of the connection below, means."""
    if isinstance(error, openai.APIStatusError):
        headers = {name.lower(): value for name, value in error.response.headers.items()}
        body = error.body if error.body is not None else error.response.text
        return failure_of_status(error.status_code, body or "no reason given", headers, hide)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        if isinstance(error.__cause__, httpx2.ConnectTimeout):
            return _nothing_there("no connection within the time")
        reason = f"did not answer within {timeout_seconds:g} seconds"
        advice = "check that the model is loaded, or allow it more time"
        return Failure("timed_out", reason, advice, again=True)
    cause = error
    if isinstance(error, openai.APIConnectionError):
        cause = error.__cause__ or error
    if isinstance(cause, openai.APIConnectionError | httpx2.ConnectError | httpx2.ProxyError):
        return _nothing_there(_line(str(cause), hide))
    if isinstance(cause, httpx2.TransportError | OSError):
        reason = f"broke the connection off ({_line(str(cause), hide)})"
        advice = "check that it is an endpoint of a model, or try later"
        return Failure("dropped", reason, advice, again=True)
    reason = f"sent what cannot be read ({_line(str(cause), hide)})"
    return Failure("malformed", reason, "check the base URL")


def error_of(failure: Failure, sentence: str, retries: int) -> ModelError:
    """The error of this package's callers."""
    kind: type[ModelError] = ModelUnreachableError
    if failure.outcome == "overflow":
        kind = ContextOverflowError
    elif failure.outcome == "rejected":
        kind = ModelRefusedError
    error = kind(sentence)
    error.outcome, error.retries = failure.outcome, retries
    return error


def _nothing_there(why: str) -> Failure:
    reason = f"cannot be reached ({why})"
    advice = "check the base URL, the network, and that the endpoint is running"
    return Failure("unreachable", reason, advice, again=True, kind="nobody")


def _redirected(status: int, headers: Mapping[str, str], hide: Hide) -> Failure:
    # Not followed: keys in headers of one's own would go along to wherever it says.
    target = _line(headers.get("location", "nowhere").partition("?")[0], hide)
    reason = f"answered {status} and points to {target}"
    return Failure("rejected", reason, "give the base URL that it means", status=status)


def _too_long(status: int, said: str) -> bool:
    if status == 429:  # a limit for each minute, unless a single request is over it
        return "request too large" in said.lower()
    return status == 413 or (status in (0, 400, 422, 500) and bool(_OVERFLOW.search(said)))


def _asked_wait(headers: Mapping[str, str]) -> float | None:
    """For how long the endpoint asks to be left alone, in seconds."""
    wait = _number(headers.get("retry-after-ms"))
    if wait is not None:
        return wait / 1000
    given = headers.get("retry-after")
    wait = _number(given)
    if wait is None and given:
        try:
            wait = email.utils.parsedate_to_datetime(given).timestamp() - time.time()
        except (ValueError, OverflowError, TypeError):
            return None
    return wait


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _param(body: object) -> str:
    param = body.get("param") if isinstance(body, Mapping) else None
    return param if isinstance(param, str) else ""


def _all_said(body: object) -> str:
    if isinstance(body, str):
        return body[:READ_CHARACTERS]
    try:
        return json.dumps(body)[:READ_CHARACTERS]
    except (ValueError, TypeError, RecursionError):
        return ""


def _line(body: object, hide: Hide) -> str:
    """An endpoint's error object, or text, in one short line."""
    text = body
    for name in ("error", "message", "detail"):
        if isinstance(text, Mapping) and text.get(name):
            text = text[name]
    behind = body.get("metadata") if isinstance(body, Mapping) else None
    if isinstance(behind, Mapping) and behind.get("raw"):  # OpenRouter: who answers behind it
        text = f"{text}: {_all_said(behind['raw'])}"
    words = text if isinstance(text, str) else _all_said(text)
    if _PAGE.match(words):
        return "a web page"
    return writable(hide(" ".join(words.split()))[:SAID_CHARACTERS].rstrip("."))
