"""The books: every call of a language model in the journal, at once and whole.

An answer that was paid for is on the disk before anything is done with it, in a transaction of its
own. Calls may come from any thread, but the database belongs to one: what another thread has to
tell waits for that one's next call. Not covered: reading them (`run_reports.py`, transcripts).
"""

from __future__ import annotations

import hashlib
import json
import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from voyager.events import Event, ModelFailed, TokensSpent
from voyager.foreign_text import writable
from voyager.journal.database import time_text
from voyager.journal.journal import Journal
from voyager.language_models import HOUR, Ledger, Message, ModelCall, utc_now
from voyager.records import Spend

PROBE = "probe"
"""The purpose of what is asked only to find out what an endpoint can do; it is for no task."""
LARGEST_COUNT = 2**53  # what an endpoint says may be anything, SQLite's numbers end at 2**63


class ModelBooks:
    """Writes calls to the journal's database. Belongs to the thread that made it.

    `record` and `tell` may be called from any thread, all else from its own.
    """

    def __init__(self, journal: Journal, now: Callable[[], datetime] = utc_now) -> None:
        self._journal = journal
        self._now = now
        self._owner = threading.get_ident()
        self._lock = threading.Lock()
        self._waiting: deque[tuple[ModelCall | Event, str, int | None, int | None]] = deque()
        self._task_id: int | None = None
        self._attempt: int | None = None
        self._ledger = Ledger(now)

    def about(self, task_id: int | None, attempt: int | None = None) -> None:
        """What the calls from here on are for; without a task, for the one to come."""
        another = task_id != self._task_id
        with self._lock:
            self._task_id, self._attempt = task_id, attempt
        if another:
            self._ledger.open_task(self._spent_on(task_id))

    def record(self, call: ModelCall) -> None:
        """Keep a call that is over."""
        self._ledger.add(_clean(call.spend))
        self._take(call)

    def tell(self, event: Event) -> None:
        """Tell an event of the models, whatever thread it comes from."""
        self._take(event)

    def adopt(self, task_id: int) -> None:
        """What was asked in this run for no task yet led to this one.

        Call inside a transaction, after `write_waiting`.
        """
        self._journal.connection.execute(
            "UPDATE model_calls SET task_id = ?"
            " WHERE +run_id = ? AND task_id IS NULL AND purpose != ?",
            (task_id, self._journal.current_run.id, PROBE),
        )

    def write_waiting(self) -> None:
        """Write what waits: told before there was a run, by another thread, or in a transaction."""
        connection = self._journal.connection
        while self._waiting and self._journal.run is not None and not connection.in_transaction:
            entry, at, task_id, attempt = self._waiting[0]
            # It waits until it is kept: whatever breaks off the transaction, nothing is lost.
            with self._journal.transaction(kept=self._waiting.popleft):
                if isinstance(entry, Event):
                    self._journal.tell(entry)
                else:
                    self._write(entry, at, task_id, attempt)

    def ledger(self) -> Ledger:
        """What was spent so far, for budgets; it goes on with every call. Needs an open run."""
        self.write_waiting()
        run_id = self._journal.current_run.id
        since = time_text(self._now() - HOUR)
        hour = self._journal.connection.execute(
            "SELECT at, input_tokens, output_tokens, cost FROM model_calls WHERE at > ?"
            " ORDER BY at",
            (since,),
        )
        self._ledger.open(
            self._spent("run_id = ?", run_id),
            self._spent_on(self._task_id),
            [(datetime.fromisoformat(at), Spend(*rest)) for at, *rest in hour],
        )
        return self._ledger

    def _take(self, entry: ModelCall | Event) -> None:
        at = time_text(self._now())
        with self._lock:
            self._waiting.append((entry, at, self._task_id, self._attempt))
        if threading.get_ident() == self._owner:
            self.write_waiting()

    def _write(self, call: ModelCall, at: str, task_id: int | None, attempt: int | None) -> None:
        answer, spend = call.completion, _clean(call.spend)
        values = {
            "run_id": self._journal.current_run.id,
            "task_id": task_id,
            "attempt": attempt,
            "at": at,
            "role": call.role.value,
            "purpose": call.purpose,
            "model": call.model and writable(call.model),
            "messages": _dump([self._message(message) for message in call.messages]),
            "tools": _dump([tool.name for tool in call.tools]),
            "answer": writable(answer.text) if answer else "",
            "tool_calls": _dump([asdict(made) for made in answer.tool_calls] if answer else []),
            "finish_reason": writable(answer.finish_reason) if answer else "",
            "outcome": call.outcome,
            "error": writable(call.error),
            "retries": call.retries,
            "seconds": call.seconds,
            "input_tokens": spend.input_tokens,
            "output_tokens": spend.output_tokens,
            "cost": spend.cost,
            "estimated": call.estimated,
        }
        self._journal.connection.execute(
            f"INSERT INTO model_calls ({', '.join(values)})"
            f" VALUES ({', '.join(f':{name}' for name in values)})",
            values,
        )
        self._tell_of(call, spend)

    def _tell_of(self, call: ModelCall, spend: Spend) -> None:
        if call.outcome not in ("answered", "cut_off"):
            reason = writable(call.error) or "The answer is empty."
            self._journal.tell(ModelFailed(call.purpose, call.outcome, reason))
        if call.completion or spend.tokens:
            model = call.model and writable(call.model)
            self._journal.tell(
                TokensSpent(call.purpose, model, spend.tokens, spend.cost, call.role.value)
            )

    def _message(self, message: Message) -> dict[str, Any]:
        """The message with its text's number in `model_texts` in the place of the text."""
        content = message.get("content")
        if not isinstance(content, str):
            return dict(message)
        text = writable(content)
        digest = hashlib.sha256(text.encode()).digest()
        connection = self._journal.connection
        connection.execute(
            "INSERT INTO model_texts (hash, text) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
            (digest, text),
        )
        (number,) = connection.execute(
            "SELECT id FROM model_texts WHERE hash = ?", (digest,)
        ).fetchone()
        return {**message, "content": number}

    def _spent_on(self, task_id: int | None) -> Spend:
        if self._journal.run is None:
            return Spend()
        # The plus keeps SQLite from going through all calls of the run.
        of_task = "+run_id = ? AND task_id IS ? AND purpose != ?"
        return self._spent(of_task, self._journal.run.id, task_id, PROBE)

    def _spent(self, where: str, *values: int | str | None) -> Spend:
        tokens_in, tokens_out, cost, unknown = self._journal.connection.execute(
            "SELECT COALESCE(SUM(input_tokens), 0), COALESCE(SUM(output_tokens), 0),"
            " COALESCE(SUM(cost), 0.0), COUNT(*) FILTER (WHERE cost IS NULL)"
            f" FROM model_calls WHERE {where}",
            values,
        ).fetchone()
        return Spend(tokens_in, tokens_out, None if unknown else cost)


def _clean(spend: Spend) -> Spend:
    """What an endpoint says it used, with what cannot be told from nonsense left out."""
    cost = spend.cost
    if cost is not None and not 0 <= cost < math.inf:
        cost = None
    return replace(
        spend,
        input_tokens=min(max(spend.input_tokens, 0), LARGEST_COUNT),
        output_tokens=min(max(spend.output_tokens, 0), LARGEST_COUNT),
        cost=cost,
    )


def _dump(value: Any) -> str:
    return writable(json.dumps(value, ensure_ascii=False, default=str))
