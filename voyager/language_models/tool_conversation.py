"""A conversation in which the model may look things up before it answers.

Covers: calls in the protocol's own form and, where an endpoint has none, in words (a line
`LOOK UP: name text`), which models also fall into unasked; broken, unknown, repeated and endless
calls. Not covered: what can be looked up, and what the answer is good for.

Each look-up takes one text, so that one tool offers them all: every tool's schema is paid for in
every request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import json_repair

from voyager.foreign_text import writable
from voyager.language_models.chat_model import ChatModel, Completion, Message, Tool
from voyager.prompt_templates import as_data, render

TOOL = "look_up"
CALLS_IN_A_ROUND = 6
RESULT_CHARACTERS = 1500
ARGUMENT_CHARACTERS = 400
NAME_CHARACTERS = 40
LOOKED_THROUGH_CHARACTERS = 10_000

_IN_WORDS = re.compile(r"^[ \t>*`-]*LOOK[ _-]?UP:[ \t*`]*(\w+)[ \t:(]*(.*)$", re.M | re.I)
_TAGGED = re.compile(r"<tool_call>\s*(\{.*?\})\s*(?:</tool_call>|\Z)", re.DOTALL)
_NO_NAME = re.compile(r"[^\w-]")


@dataclass(frozen=True)
class LookUp:
    """Something that can be looked up, and what that is good for, in a line."""

    name: str
    description: str


@dataclass(frozen=True)
class _Asked:
    """One call: `argument` is None when it cannot be read."""

    name: str
    argument: str | None


@dataclass(frozen=True)
class Answered:
    """The model's answer, with the conversation that led to it (without the answer itself)."""

    completion: Completion
    messages: list[Message]


class ToolConversation:
    """Asks `chat` for `purpose`; `look_up(name, text)` answers what it asks of `look_ups`.

    `rounds` bounds the look-ups of all the answers together. `is_answer(text)` tells an answer
    that is complete, in which calls are passed over. Where `offered_in_words` the prompt has to
    tell of the look-ups.
    """

    def __init__(
        self,
        chat: ChatModel,
        purpose: str,
        look_ups: Sequence[LookUp] = (),
        look_up: Callable[[str, str], str] = lambda name, text: "",
        rounds: int = 0,
        is_answer: Callable[[str], bool] = lambda text: False,
    ) -> None:
        self._chat = chat
        self._purpose = purpose
        self._names = [one.name for one in look_ups]
        self._tools = (_tool(look_ups),)
        self._look_up = look_up
        self._rounds_left = rounds if look_ups else 0
        self._is_answer = is_answer
        self._looked_up: set[tuple[str, str]] = set()
        self._native = self._rounds_left > 0 and chat.capabilities(purpose).tools
        self.offered_in_words = self._rounds_left > 0 and not self._native

    def complete(self, messages: Sequence[Message]) -> Answered:
        """The first answer that looks nothing up. Raises what the model raises."""
        conversation = list(messages)
        while True:
            offered = self._tools if self._native and self._rounds_left else ()
            if not offered:
                conversation = _in_words(conversation)
            completion = self._chat.complete(conversation, purpose=self._purpose, tools=offered)
            asked = [] if self._rounds_left == 0 else self._asked(completion)
            if not asked:
                return Answered(completion, conversation)
            self._rounds_left -= 1
            results = self._results(asked)
            if completion.tool_calls:
                conversation += _exchange(completion, asked, results)
            else:
                conversation += self._exchange_in_words(completion, asked, results)
            if not self._rounds_left:
                note = "Nothing more can be looked up. Answer now, with what you know."
                conversation.append({"role": "user", "content": note})

    def looks_up(self, completion: Completion) -> bool:
        """Whether the answer is nothing but look-ups."""
        return bool(self._asked(completion))

    def _asked(self, completion: Completion) -> list[_Asked]:
        if self._is_answer(completion.text):
            return []
        text = completion.text[:LOOKED_THROUGH_CHARACTERS]
        asked = [_called(call.name, call.arguments) for call in completion.tool_calls]
        if not asked:
            asked = [_Asked(match[1], _plain(match[2])) for match in _IN_WORDS.finditer(text)]
        if not asked:
            asked = [found for match in _TAGGED.finditer(text) if (found := _tagged(match[1]))]
        return asked

    def _results(self, asked: Sequence[_Asked]) -> list[str]:
        """What the first calls came to; if all were made before, nothing more is looked up."""
        results = [self._result(one) for one in asked[:CALLS_IN_A_ROUND]]
        if all(result == _REPEATED for result in results):
            self._rounds_left = 0
        if left_out := len(asked) - len(results):
            results[-1] += f"\n({left_out} more were left out: {CALLS_IN_A_ROUND} at a time.)"
        return results

    def _result(self, asked: _Asked) -> str:
        if asked.name not in self._names:
            names = ", ".join(self._names)
            return f"There is no look-up `{_name(asked.name)}`; there are {names}."
        if asked.argument is None:
            return f"The arguments cannot be read; {asked.name} takes one text."
        if (asked.name, asked.argument) in self._looked_up:
            return _REPEATED
        self._looked_up.add((asked.name, asked.argument))
        return as_data(self._look_up(asked.name, asked.argument).strip(), RESULT_CHARACTERS)

    def _exchange_in_words(
        self, completion: Completion, asked: Sequence[_Asked], results: Sequence[str]
    ) -> list[Message]:
        said = "\n".join(_in_a_line(one) for one in asked[: len(results)])
        told = _told([_in_a_line(one) for one in asked], results)
        return [{"role": "assistant", "content": said}, {"role": "user", "content": told}]


_REPEATED = "You have looked this up already: see above."


def _exchange(
    completion: Completion, asked: Sequence[_Asked], results: Sequence[str]
) -> list[Message]:
    """The calls and their results in the protocol's form, with arguments that can be read."""
    calls, answers = list[Message](), list[Message]()
    for number, (call, one, result) in enumerate(
        zip(completion.tool_calls, asked, results, strict=False), start=1
    ):
        # Some endpoints give all calls the same id, or none.
        identity = f"{call.id or 'call'}_{number}"[-NAME_CHARACTERS:]
        arguments = {"what": _name(one.name), "text": one.argument or ""}
        function = {"name": TOOL, "arguments": json.dumps(arguments)}
        calls.append({"id": identity, "type": "function", "function": function})
        answers.append({"role": "tool", "tool_call_id": identity, "content": result})
    said = completion.text[:RESULT_CHARACTERS]
    return [{"role": "assistant", "content": said, "tool_calls": calls}, *answers]


def _in_words(messages: Sequence[Message]) -> list[Message]:
    """The same conversation for an endpoint that is offered no tools: some refuse their calls."""
    plain = list[Message]()
    results = list[str]()
    lines = list[str]()
    for message in messages:
        if message["role"] == "tool":
            results.append(str(message["content"]))
            continue
        if results:
            plain.append({"role": "user", "content": _told(lines, results)})
            results = []
        if calls := message.get("tool_calls"):
            lines = [_in_a_line(_called(**call["function"])) for call in calls]
            message = {"role": "assistant", "content": "\n".join(lines)}
        plain.append(message)
    if results:
        plain.append({"role": "user", "content": _told(lines, results)})
    return _joined(plain)


def _joined(messages: Sequence[Message]) -> list[Message]:
    """Two messages of the user in a row as one: many models know only turns."""
    joined = list[Message]()
    for message in messages:
        if joined and message["role"] == "user" == joined[-1]["role"]:
            text = f"{joined[-1]['content']}\n\n{message['content']}"
            joined[-1] = {"role": "user", "content": text}
        else:
            joined.append(message)
    return joined


def _told(lines: Sequence[str], results: Sequence[str]) -> str:
    pairs = list(zip(lines, results, strict=False))
    return render("look_up_results", results=pairs)


def _tool(look_ups: Sequence[LookUp]) -> Tool:
    """All of them as one tool."""
    told = " ".join(f"{one.name}: {one.description}" for one in look_ups)
    what = {"type": "string", "enum": [one.name for one in look_ups]}
    parameters = {
        "type": "object",
        "properties": {"what": what, "text": {"type": "string"}},
        "required": ["what", "text"],
        "additionalProperties": False,
    }
    return Tool(TOOL, f"What you must know before you answer. {told}", parameters)


def _called(name: str, arguments: str) -> _Asked:
    """What a call asks for; models also call what is looked up by its own name."""
    value = _repaired(arguments.strip()[: 4 * ARGUMENT_CHARACTERS])
    if name == TOOL and isinstance(value, dict):
        name = str(value.pop("what", "") or name)
    return _Asked(name, _text_of(value))


def _in_a_line(asked: _Asked) -> str:
    return f"LOOK UP: {_name(asked.name)} {asked.argument or ''}".rstrip()


def _name(text: str) -> str:
    """A name as every endpoint takes it."""
    return _NO_NAME.sub("_", text)[:NAME_CHARACTERS] or "unnamed"


def _plain(text: str) -> str:
    """What stands after the name in a line, without the marks around it."""
    text = text.strip().strip("`*)\"'").strip()
    if text.startswith("{"):
        return _text_of(_repaired(text)) or ""
    return text[:ARGUMENT_CHARACTERS]


def _text_of(value: object) -> str | None:
    """The one text of a call, whatever it is called."""
    if isinstance(value, dict):
        value = value.get("text") or next(iter(value.values()), "")
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, str | int | float):
        return writable(str(value)).strip()[:ARGUMENT_CHARACTERS]
    return None


def _tagged(text: str) -> _Asked | None:
    """A call as some models write it when their endpoint does not read it for them."""
    value = _repaired(text[: 8 * ARGUMENT_CHARACTERS])
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return None
    return _called(value["name"], json.dumps(value.get("arguments", ""), default=str))


def _repaired(text: str) -> object:
    """The JSON in a text, however bent; a text that is none is itself meant."""
    if not text.startswith(("{", "[", '"')):
        return text
    try:
        return json_repair.loads(text)
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError):
        # The repair is made for what models write by mistake, not for every text there is.
        return None
