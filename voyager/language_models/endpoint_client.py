"""An endpoint asked through the `openai` client: one question, as many tries as it takes.

Covers the connection, waiting and its ends, retries, and requests sent again in a lesser form.
Each try runs in an event loop of its own, so that one clock ends it whatever it hangs in.
Not covered: what a request holds (`request_form.py`), reading what comes (`answer_reader.py`), what
an error means (`endpoint_failures.py`).
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import openai

from voyager.language_models.answer_parts import Answer, EndpointSaidError
from voyager.language_models.answer_reader import AnswerReader, BrokenAnswerError
from voyager.language_models.endpoint_failures import (
    Failure,
    Hide,
    failure_of_error,
    failure_of_status,
)
from voyager.language_models.model_settings import Address, ModelSettings
from voyager.language_models.request_form import Question, RequestForm, lesser_form, request_of

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
CONNECT_TIMEOUT_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 8.0
USAGE_WAIT_SECONDS = 5.0
"""How long the count of tokens is waited for when the answer itself is whole."""
ERROR_BYTES = 64 * 1024
MODELS_BYTES = 4 * 2**20
MOST_FORMS = 8

BEGUN_ANEW = ""
"""The piece that says: what was shown of this answer so far is void, it comes again."""

NETWORK_ERRORS = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.StreamError,
    httpx2.InvalidURL,
    OSError,
    ValueError,
    LookupError,
)


class NoAnswerError(Exception):
    """Why no answer came, after how many retries."""

    def __init__(self, failure: Failure, retries: int) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.retries = retries


class _TryFailedError(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


@dataclass(frozen=True)
class Asked:
    """An answer, in which form it was asked for in the end, and how often again."""

    answer: Answer
    form: RequestForm
    retries: int


class EndpointClient:
    """One endpoint and one model of it. May be used from several threads."""

    def __init__(
        self,
        settings: ModelSettings,
        address: Address,
        hide: Hide,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._address = address
        self._hide = hide
        self._transport = transport

    def ask(self, question: Question, form: RequestForm, on_piece: Callable[[str], None]) -> Asked:
        """Ask until there is an answer or no hope of one.

        A request that is refused over a part of it is sent again without that part.
        Raises NoAnswerError.
        """
        end = time.monotonic() + self._settings.answer_seconds
        failed = forms = 0
        overflow: Failure | None = None
        while True:
            retries = failed + forms
            request = request_of(question, form, self._settings)
            shown = _Shown(on_piece)
            try:
                answer = asyncio.run(self._try(request, end, shown))
            except _TryFailedError as error:
                failure = error.failure
            else:
                return Asked(answer, _as_answered(form, request, answer), retries)
            shown.void()
            overflow = failure if failure.outcome == "overflow" else overflow
            lesser = lesser_form(form, request, failure) if forms < MOST_FORMS else None
            if lesser is not None:
                form, forms = lesser, forms + 1
                continue
            if failed >= self._settings.max_retries or not self._may_wait(failure, failed, end):
                raise NoAnswerError(overflow or failure, retries)
            failed += 1

    def models(self) -> tuple[str, ...] | None:
        """The names of the endpoint's models; None when it does not tell."""
        try:
            return asyncio.run(self._models())
        except (*NETWORK_ERRORS, RecursionError):
            return None

    async def _try(
        self, request: Mapping[str, Any], end: float, on_piece: Callable[[str], None]
    ) -> Answer:
        """One request and what comes back."""
        loop = asyncio.get_running_loop()
        reader: AnswerReader | None = None
        try:
            async with asyncio.timeout(end - time.monotonic()) as limit:
                async with aclosing(self._received(request)) as received:
                    async for kind, chunk in received:
                        reader = reader or AnswerReader(kind, on_piece)
                        if reader.feed(chunk):
                            break
                        if reader.finished:
                            usage_end = loop.time() + USAGE_WAIT_SECONDS
                            limit.reschedule(min(limit.when() or usage_end, usage_end))
        except TimeoutError:
            if reader is None or not reader.finished:
                raise _TryFailedError(self._too_slow()) from None
        except _TryFailedError as error:
            if reader is None or not reader.finished:
                raise _TryFailedError(_broken_off(error.failure, reader)) from None
        except (BrokenAnswerError, EndpointSaidError) as error:
            raise _TryFailedError(_unusable(error, self._hide)) from error
        try:
            return (reader or AnswerReader("", on_piece)).end()
        except (BrokenAnswerError, EndpointSaidError) as error:
            raise _TryFailedError(_unusable(error, self._hide)) from error

    async def _received(self, request: Mapping[str, Any]) -> AsyncGenerator[tuple[str, bytes]]:
        """The answer's bytes as they come, each with the answer's content type."""
        try:
            async with (
                self._client() as client,
                client.chat.completions.with_streaming_response.create(**request) as response,
            ):
                kind = response.headers.get("content-type", "")
                async for chunk in response.iter_bytes():
                    yield kind, chunk
        except NETWORK_ERRORS as error:
            failure = failure_of_error(error, self._settings.timeout_seconds, self._hide)
            raise _TryFailedError(failure) from error

    async def _models(self) -> tuple[str, ...]:
        async with asyncio.timeout(CONNECT_TIMEOUT_SECONDS), self._client() as client:
            response = await client.models.with_raw_response.list()
            data = response.http_response.json()["data"]
            return tuple(str(one["id"]) for one in data if isinstance(one, dict) and "id" in one)

    def _client(self) -> openai.AsyncOpenAI:
        settings, address = self._settings, self._address
        headers: dict[str, Any] = {"Accept-Encoding": "identity"}
        query = dict(settings.query)
        if settings.api_version:
            # Azure takes a key in a header of its own, and minds one where it expects a token.
            headers |= {"api-key": address.key, "Authorization": openai.Omit()}
            query["api-version"] = settings.api_version
        return openai.AsyncOpenAI(
            base_url=_base_url(settings, address),
            api_key=address.key,
            max_retries=0,
            timeout=openai.Timeout(
                settings.timeout_seconds,
                connect=min(settings.timeout_seconds, CONNECT_TIMEOUT_SECONDS),
            ),
            default_headers={**headers, **settings.headers},
            default_query=query,
            http_client=openai.DefaultAsyncHttpxClient(
                # A model on this machine is never behind the proxy that the environment may name.
                trust_env=address.host not in LOOPBACK_HOSTS,
                verify=_certificates(),
                follow_redirects=False,
                event_hooks={"response": [_bound_errors]},
                transport=self._transport,
            ),
        )

    def _may_wait(self, failure: Failure, failed: int, end: float) -> bool:
        """Wait before the next try, if there is to be one and the wait is bearable."""
        if not failure.again:
            return False
        pause = min(LONGEST_PAUSE_SECONDS, self._settings.retry_seconds * 2.0**failed)
        wait = pause if failure.wait_seconds is None else max(0.0, failure.wait_seconds)
        if wait > LONGEST_WAIT_SECONDS or time.monotonic() + wait >= end:
            return False
        time.sleep(wait)
        return True

    def _too_slow(self) -> Failure:
        reason = f"did not finish its answer within {self._settings.answer_seconds:g} seconds"
        return Failure("timed_out", reason, "allow it more time, or take a faster model")


@cache
def _certificates() -> ssl.SSLContext:
    # Reading them takes longer than all else in making a client.
    return httpx2.create_ssl_context()


class _Shown:
    """Passes pieces on, and takes them back when their answer broke off."""

    def __init__(self, on_piece: Callable[[str], None]) -> None:
        self._on_piece = on_piece
        self._any = False

    def __call__(self, piece: str) -> None:
        if piece:
            self._any = True
            self._on_piece(piece)

    def void(self) -> None:
        if self._any:
            self._on_piece(BEGUN_ANEW)


class _Bounded(httpx2.AsyncByteStream):
    """The beginning of a body."""

    def __init__(self, inner: httpx2.AsyncByteStream, bytes_left: int) -> None:
        self._inner = inner
        self._bytes_left = bytes_left

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._inner:
            yield chunk[: self._bytes_left]
            self._bytes_left -= len(chunk)
            if self._bytes_left <= 0:
                return

    async def aclose(self) -> None:
        await self._inner.aclose()


async def _bound_errors(response: httpx2.Response) -> None:
    """The client reads these bodies to their end; no reason takes so many words."""
    is_list = response.request.method == "GET"
    if (response.status_code >= 300 or is_list) and isinstance(
        response.stream, httpx2.AsyncByteStream
    ):
        limit = MODELS_BYTES if is_list else ERROR_BYTES
        response.stream = _Bounded(response.stream, limit)


def _base_url(settings: ModelSettings, address: Address) -> str:
    """Where the client's own paths begin; Azure's has the name of the deployment in it."""
    url, path = address.url, urlsplit(address.url).path
    if not settings.api_version or "/deployments/" in path or path.endswith("/v1"):
        return url
    root = url if path.endswith("/openai") else f"{url}/openai"
    return f"{root}/deployments/{quote(settings.model, safe='')}"


def _as_answered(form: RequestForm, request: Mapping[str, Any], answer: Answer) -> RequestForm:
    if "stream" in request and not answer.streamed:
        return form.noting("Streaming: answers come in one piece all the same.", streaming=False)
    return form


def _broken_off(failure: Failure, reader: AnswerReader | None) -> Failure:
    """What broke an answer off in its middle dropped it, whatever it was."""
    if reader is None or failure.outcome not in ("timed_out", "unreachable", "dropped"):
        return failure
    return Failure("dropped", f"began an answer and {failure.reason}", failure.advice, again=True)


def _unusable(error: BrokenAnswerError | EndpointSaidError, hide: Hide) -> Failure:
    if isinstance(error, EndpointSaidError):
        said = error.error
        code = said.get("code") if isinstance(said, Mapping) else None
        number = str(code) if str(code).isdecimal() else "0"
        status = int(number) if len(number) == 3 and int(number) >= 400 else 0
        return failure_of_status(status, said, {}, hide)
    if error.speaks:
        return Failure("dropped", f"sent only part of an answer ({error})", "try later", again=True)
    return Failure(
        "malformed",
        "does not speak the chat-completions protocol",
        "check that the base URL is right (it usually ends in /v1)",
        kind="no_page",
    )
