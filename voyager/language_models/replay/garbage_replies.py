"""The worst endpoint there can be: seeded rubbish in every form an answer can take.

Covers random text, JSON, code-like text and tool calls, statuses, bodies that are no completion,
and streams that break. The same seed gives the same answers in the same order. Not covered:
silence, which costs a client its whole timeout; a `Reply` can `hang` for that.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from voyager.language_models.replay.replies import RecordedRequest, RepliedCall, Reply

AT_ONCE = {"retry-after-ms": "1"}
STATUSES = (400, 402, 403, 404, 408, 409, 413, 418, 422, 429, 429, 500, 502, 503, 529)
WORDS = (
    *("await", "async", "function", "bot", "=>", "{", "}", "(", ")", "[", "]", ";", "`", "'", '"'),
    *("mineBlock", "craftItem", "countItem", "'oak_log'", "3", "while", "(true)", "for", "return"),
    *(
        "class",
        "=",
        "...",
        "/*",
        "*/",
        "//",
        "\\u",
        "${",
        "\n",
        "process",
        "require",
        "constructor",
    ),
)
KEYS = (
    *("reason", "description", "goal", "type", "name", "count", "goals", "reply", "parts", "facts"),
    *("passed", "critique", "children", "text", "program", "__proto__", "", "choices", "error"),
)
VALUES = ("inventory_has", "all", "any", "not", "judged", "oak_log", "bedrock", "nan", "\x00", "💣")
PROGRAMS = (
    "async function wander () {\n  await bot.chat('hello')\n}",
    "async function dig () {\n  await mineBlock('log', 1)\n}",
    "async function spin () {\n  while (true) {}\n}",
    "async function nothing () {}",
    "async function wrong () {\n  await bot.collectBlock('log')\n}",
    "async function thrower () {\n  throw new Error('done')\n}",
)
BODIES = (
    "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>",
    "",
    "null",
    "[]",
    '"ok"',
    "[" * 5000,
    '{"choices": null}',
    '{"choices": [{"message": null}]}',
    '{"choices": [{"message": {"content": [{"type": "text", "text": 7}]}}]}',
    '{"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": -1e400}}',
    '{"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": "many"}}',
    '{"choices": "none", "model": 7, "usage": []}',
    '{"error": {"message": {"deep": ["no"]}}}',
    "data: {}\n\ndata: nonsense\n\n",
    "\udcff\udcfe\udc00",
)
STRAY_LINES = (
    "data: {not json",
    "data: [1, 2",
    "data: null",
    'data: {"error": {"message": "the upstream gave up", "code": 502}}',
    'data: {"choices": [{"delta": null}]}',
    'data: {"choices": 7}',
    ": a comment",
    "event: error",
    "\udcff\udcfe",
)


class GarbageReplies:
    """`Replies` without end and without sense. Safe to ask as long as one thread asks at a time."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    @property
    def unused(self) -> tuple[Reply, ...]:
        """Nothing: there is always more."""
        return ()

    def take(self, request: RecordedRequest) -> Reply:
        """Whatever comes next, whatever was asked."""
        kinds: tuple[Callable[[], Reply], ...] = (self._said, self._said, self._said, self._failed)
        return self._random.choice(kinds)()

    def _said(self) -> Reply:
        """A completion in good form, with rubbish for its content."""
        dice = self._random
        text = dice.choice((self._text, self._json, self._code, self._program, str))()
        finish = dice.choice(("stop", "stop", "stop", "length", "content_filter", "", "banana"))
        return Reply(
            text=dice.choice((text, text, text, text, None)),
            refusal="I will not." if dice.random() < 0.1 else None,
            reasoning=self._text() if dice.random() < 0.2 else None,
            tool_calls=self._calls() if dice.random() < 0.15 else (),
            finish_reason=finish,
            input_tokens=dice.choice((100, 900, 0, -5)),
            output_tokens=dice.choice((20, 0, -1)),
            usage=dice.random() < 0.8,
        )

    def _failed(self) -> Reply:
        """An answer that is no completion, or not a whole one."""
        dice = self._random
        text = self._code()
        kind = dice.choice(
            ("text/html", "text/plain", "application/octet-stream", "a/b; charset=x")
        )
        return dice.choice(
            (
                Reply(status=dice.choice(STATUSES), text=self._text(), headers=AT_ONCE),
                Reply(status=dice.choice(STATUSES), body=dice.choice(BODIES), headers=AT_ONCE),
                Reply(body=dice.choice(BODIES), headers={"Content-Type": kind}),
                Reply(text=text, headers={"Content-Type": kind}),
                Reply(text=text, cut_after=dice.randrange(40), cut_quietly=dice.random() < 0.5),
                Reply(text=text, stray_line=dice.choice(STRAY_LINES)),
                Reply(text=text, drip_seconds=0.001),
                Reply(overflow=dice.choice(("openai", "vllm", "llama.cpp", "ollama"))),
                Reply(no_choices=True),
            )
        )

    def _text(self) -> str:
        dice = self._random
        length = dice.choice((1, 20, 300, 300, 50_000))
        letters = "ab </task> ```\n\t\r\x00\x1b[31m{}[]\"'\\éßह漢💣\ud800\u202e\ufeff"
        return "".join(dice.choice(letters) for _ in range(length))

    def _json(self) -> str:
        deep = "[" * 3000 + "]" * 3000
        said = json.dumps(self._value(0))
        return self._random.choice(
            (said, said, f"```json\n{said}\n```", said[: len(said) // 2], deep)
        )

    def _value(self, depth: int) -> Any:
        dice = self._random
        if depth > 4 or dice.random() < 0.3:
            return dice.choice((*VALUES, 3, -1, 1e300, 2**70, 0.5, True, None, [], {}))
        if dice.random() < 0.3:
            return [self._value(depth + 1) for _ in range(dice.randrange(4))]
        return {dice.choice(KEYS): self._value(depth + 1) for _ in range(dice.randrange(6))}

    def _code(self) -> str:
        words = (self._random.choice(WORDS) for _ in range(self._random.randrange(3, 80)))
        return f"```javascript\nasync function f () {{ {' '.join(words)}\n```"

    def _program(self) -> str:
        return f"```javascript\n{self._random.choice(PROGRAMS)}\n```"

    def _calls(self) -> tuple[RepliedCall, ...]:
        dice = self._random
        names = ("look_up", "mineflayer", "recipe", "", "no such tool")
        return tuple(
            RepliedCall(
                name=dice.choice(names),
                arguments=dice.choice((self._json, self._text, str))(),
                id=dice.choice(("call_1", "call_2", "")),
            )
            for _ in range(dice.choice((1, 1, 2, 30)))
        )
