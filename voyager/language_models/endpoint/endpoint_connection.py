"""The way to an endpoint: one request through the `openai` client, its bytes as they come.

Covers addresses, keys, headers, certificates and proxies, and that no body is read without bound.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import openai

from voyager.language_models.endpoint.endpoint_failures import (
    Hide,
    TryFailedError,
    failure_of_error,
)
from voyager.language_models.endpoint.model_settings import Address, ModelSettings

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
CONNECT_TIMEOUT_SECONDS = 10.0
ERROR_BYTES = 64 * 1024
MODELS_BYTES = 4 * 2**20

NETWORK_ERRORS = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.StreamError,
    httpx2.InvalidURL,
    OSError,
    ValueError,
    LookupError,
)


class EndpointConnection:
    """Makes a client for each request, since each has an event loop of its own."""

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

    def models(self) -> tuple[str, ...] | None:
        """The names of the endpoint's models; None when it does not tell."""
        try:
            return asyncio.run(self._models())
        except (*NETWORK_ERRORS, TypeError, RecursionError):  # whatever it is, it is no list
            return None

    async def received(self, request: Mapping[str, Any]) -> AsyncGenerator[tuple[str, bytes]]:
        """The answer's bytes as they come, each with the answer's content type.

        Raises TryFailedError.
        """
        try:
            async with (
                self._client() as client,
                client.chat.completions.with_streaming_response.create(
                    **request, extra_headers=self._left_out()
                ) as response,
            ):
                kind = response.headers.get("content-type", "")
                async for chunk in response.iter_bytes():
                    yield kind, chunk
        except NETWORK_ERRORS as error:
            failure = failure_of_error(error, self._settings.timeout_seconds, self._hide)
            raise TryFailedError(failure) from error

    async def _models(self) -> tuple[str, ...]:
        async with asyncio.timeout(CONNECT_TIMEOUT_SECONDS), self._client() as client:
            response = await client.models.with_raw_response.list(extra_headers=self._left_out())
            data = response.http_response.json()["data"]
            return tuple(str(one["id"]) for one in data if isinstance(one, dict) and "id" in one)

    def _left_out(self) -> dict[str, Any]:
        """Azure has a header of its own for a key, and minds one where it expects a token."""
        given = {name.lower() for name in self._settings.headers}
        azure = self._settings.api_version and "authorization" not in given
        return {"Authorization": openai.Omit()} if azure else {}

    def _client(self) -> openai.AsyncOpenAI:
        settings, address = self._settings, self._address
        headers: dict[str, Any] = {"Accept-Encoding": "identity"}
        query = dict(settings.query)
        if settings.api_version:
            headers["api-key"] = address.key
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


@cache
def _certificates() -> ssl.SSLContext:
    # Reading them takes longer than all else in making a client.
    return httpx2.create_ssl_context()


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
