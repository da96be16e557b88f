"""Finding out what an endpoint can do, by a few tiny questions.

An endpoint that takes a request for an answer by schema may still overlook it, so what counts is
whether the answer keeps to what stood in the schema alone. At most four questions are asked; a
question that is refused over a part of it is asked again without that part, and one that a model
only thought about, with more room.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from voyager.language_models.chat_model import Capabilities, Tool
from voyager.language_models.endpoint.endpoint_client import Asked, NoAnswerError
from voyager.language_models.endpoint.model_settings import ModelSettings
from voyager.language_models.endpoint.probe_text import PROBE_TEXT
from voyager.language_models.endpoint.request_form import Question, RequestForm

ANSWER_TOKENS = 128
THINKING_TOKENS = 2048
"""For models that think before they answer and did not come to an end of that."""
UNGUESSABLE = "quartz-lantern-7"
SCHEMA = {
    "title": "check",
    "type": "object",
    "properties": {"token_of_check": {"type": "string", "enum": [UNGUESSABLE]}},
    "required": ["token_of_check"],
    "additionalProperties": False,
}
TOOL = Tool(
    "report_number",
    "Reports a number.",
    {
        "type": "object",
        "properties": {"number": {"type": "integer", "description": "the number"}},
        "required": ["number"],
        "additionalProperties": False,
    },
)
_FENCED = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)

Ask = Callable[[Question, RequestForm], Asked]


def needs_probing(settings: ModelSettings) -> bool:
    """Whether anything is left to be found out."""
    return "auto" in (settings.structured, settings.tools, settings.streaming)


def capabilities_of(form: RequestForm) -> Capabilities:
    """What can be relied on when requests have that form."""
    return Capabilities(form.structured, form.tools, form.streaming, form.notes)


def probe(ask: Ask, form: RequestForm, settings: ModelSettings) -> tuple[RequestForm, str]:
    """The form that the endpoint keeps to, beginning with `form`, and its name for the model.

    Raises NoAnswerError when it cannot be used at all.
    """
    return _Probe(ask, form).run(settings)


@dataclass
class _Probe:
    ask: Ask
    form: RequestForm
    model: str | None = None  # set with the first answer

    def run(self, settings: ModelSettings) -> tuple[RequestForm, str]:
        if settings.structured == "auto":
            self._structured()
        if settings.tools == "auto":
            self._tools()
        if self.model is None:
            self._answer(_question("Say ok."), self.form)
        return self.form, self.model or settings.model

    def _structured(self) -> None:
        question = _question("Answer in JSON. Which token is it?", schema=SCHEMA)
        asked = self._tried(question, "JSON schema", structured="none")
        if asked is not None and self.form.structured == "json_schema":
            if _kept_schema(asked.answer.text):
                return
            self.form = self.form.noting(
                "JSON schema: taken, and the answer did not keep to it.", structured="json_object"
            )
        if self.form.structured == "json_object":
            question = _question("Is JSON older than you? Say yes or no, in a word.", schema=SCHEMA)
            asked = self._tried(question, "JSON object", structured="none")
            if asked is not None and not isinstance(_json(asked.answer.text), dict):
                self.form = self.form.noting(
                    "JSON object: taken, and the answer was none.", structured="none"
                )

    def _tools(self) -> None:
        question = _question("Report the number 7 with the function.", tools=(TOOL,))
        asked = self._tried(question, "Tools", tools=False)
        if asked is not None and self.form.tools:
            if not any(call.name == TOOL.name for call in asked.answer.tool_calls):
                self.form = self.form.noting(
                    "Tools: taken, and the model called none.", tools=False
                )

    def _tried(self, question: Question, what: str, **without: Any) -> Asked | None:
        """The answer, or None when the request was refused; then do `without`."""
        try:
            return self._answer(question, self.form)
        except NoAnswerError as error:
            failure = error.failure
            if failure.status not in (400, 404, 422, 500, 501) or failure.kind == "no_model":
                raise
            self.form = self.form.noting(f"{what}: the endpoint {failure.reason}.", **without)
            return None

    def _answer(self, question: Question, form: RequestForm) -> Asked:
        asked = self.ask(question, form)
        answer = asked.answer
        if answer.finish_reason == "length" and not (answer.text or answer.tool_calls):
            asked = self.ask(replace(question, output_tokens=THINKING_TOKENS), asked.form)
        self.form = asked.form
        self.model = self.model or asked.answer.model
        return asked


def _question(text: str, **options: Any) -> Question:
    messages = [{"role": "user", "content": f"{PROBE_TEXT} {text}"}]
    return replace(Question(messages, output_tokens=ANSWER_TOKENS), **options)


def _kept_schema(text: str) -> bool:
    fenced = _FENCED.search(text)
    return bool(_json(fenced[1] if fenced else text) == {"token_of_check": UNGUESSABLE})


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
