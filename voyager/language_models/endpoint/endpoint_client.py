"""An endpoint asked through the `openai` client: one question, as many tries as it takes.

Covers waiting and its ends, retries, and requests sent again in a lesser form. Each try runs in an
event loop of its own, so that one clock ends it whatever it hangs in. Not covered: the connection
(`endpoint_connection.py`), what a request holds (`request_form.py`), reading what comes
(`answer_reader.py`), what an error means (`endpoint_failures.py`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from voyager.language_models.endpoint.answer_parts import Answer, EndpointSaidError
from voyager.language_models.endpoint.answer_reader import AnswerReader, BrokenAnswerError
from voyager.language_models.endpoint.endpoint_connection import EndpointConnection
from voyager.language_models.endpoint.endpoint_failures import (
    Failure,
    Hide,
    TryFailedError,
    failure_of_status,
)
from voyager.language_models.endpoint.model_settings import ModelSettings
from voyager.language_models.endpoint.request_form import (
    Question,
    RequestForm,
    lesser_form,
    request_of,
    shorter_question,
)

LONGEST_WAIT_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 8.0
USAGE_WAIT_SECONDS = 5.0
"""How long the count of tokens is waited for when the answer itself is whole."""
MOST_FORMS = 8

BEGUN_ANEW = ""
"""The piece that says: what was shown of this answer so far is void, it comes again."""


class NoAnswerError(Exception):
    """Why no answer came, after how many retries."""

    def __init__(self, failure: Failure, retries: int) -> None:
        super().__init__(failure.reason)
        self.failure = failure
        self.retries = retries


@dataclass(frozen=True)
class Asked:
    """An answer, in which form it was asked for in the end, and how often again."""

    answer: Answer
    form: RequestForm
    retries: int


class EndpointClient:
    """One endpoint and one model of it. May be used from several threads."""

    def __init__(self, settings: ModelSettings, connection: EndpointConnection, hide: Hide) -> None:
        self._settings = settings
        self._connection = connection
        self._hide = hide

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
            except TryFailedError as error:
                failure = error.failure
            else:
                return Asked(answer, _as_answered(form, request, answer), retries)
            shown.void()
            overflow = failure if failure.outcome == "overflow" else overflow
            less = _with_less(question, form, request, failure) if forms < MOST_FORMS else None
            if less is not None:
                (question, form), forms = less, forms + 1
            elif failed < self._settings.max_retries and self._may_wait(failure, failed, end):
                failed += 1
            else:
                # What a lesser request was refused over matters less than why it was made.
                if overflow is not None and failure.outcome == "rejected":
                    failure = overflow
                raise NoAnswerError(failure, retries)

    async def _try(
        self, request: Mapping[str, Any], end: float, on_piece: Callable[[str], None]
    ) -> Answer:
        """One request and what comes back."""
        reader: AnswerReader | None = None
        try:
            async with asyncio.timeout(end - time.monotonic()) as limit:
                async with aclosing(self._connection.received(request)) as received:
                    async for kind, chunk in received:
                        reader = reader or AnswerReader(kind, on_piece)
                        if reader.feed(chunk):
                            break
                        if reader.finished:
                            _end_soon(limit)
            return (reader or AnswerReader("", on_piece)).end()
        except (BrokenAnswerError, EndpointSaidError) as error:
            raise TryFailedError(_unusable(error, self._hide)) from error
        except (TimeoutError, TryFailedError) as error:
            if reader is not None and reader.finished:  # only the count of its tokens is missing
                return reader.end()
            if isinstance(error, TryFailedError):
                raise TryFailedError(_broken_off(error.failure, reader)) from error
            raise TryFailedError(self._too_slow()) from error

    def _may_wait(self, failure: Failure, failed: int, end: float) -> bool:
        """Wait before the next try, if there is to be one and the wait is bearable."""
        if not failure.again:
            return False
        pause = min(LONGEST_PAUSE_SECONDS, self._settings.retry_seconds * 2.0 ** min(failed, 10))
        wait = pause if failure.wait_seconds is None else max(0.0, failure.wait_seconds)
        if wait > LONGEST_WAIT_SECONDS or time.monotonic() + wait >= end:
            return False
        time.sleep(wait)
        return True

    def _too_slow(self) -> Failure:
        reason = f"did not finish its answer within {self._settings.answer_seconds:g} seconds"
        return Failure("timed_out", reason, "allow it more time, or take a faster model")


def _end_soon(limit: asyncio.Timeout) -> None:
    usage_end = asyncio.get_running_loop().time() + USAGE_WAIT_SECONDS
    limit.reschedule(min(limit.when() or usage_end, usage_end))


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


def _with_less(
    question: Question, form: RequestForm, request: Mapping[str, Any], why: Failure
) -> tuple[Question, RequestForm] | None:
    """What to ask in place of a request that was refused over a part of it."""
    if shorter := shorter_question(question, why):
        return shorter, form
    lesser = lesser_form(form, request, why)
    return None if lesser is None else (question, lesser)


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
