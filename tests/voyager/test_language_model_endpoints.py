"""What endpoints take, refuse and overlook, found out and remembered; in the words they use."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from voyager.errors import ContextOverflowError, ModelError, ModelRefusedError
from voyager.language_models import ModelSettings, OpenAiChatModel, Tool
from voyager.language_models.replay.endpoint_abilities import Abilities, Ability
from voyager.language_models.replay.replay_server import ReplayServer, Reply

QUESTION = [{"role": "user", "content": "What next? Answer in JSON."}]
SCHEMA = {"title": "an answer!", "type": "object", "properties": {}, "additionalProperties": False}
TOOL = Tool("look", "Looks around.", {"type": "object", "properties": {}})
ANSWER = {"choices": [{"message": {"content": "{}"}, "finish_reason": "stop"}], "model": "m-1"}


class Endpoint:
    """An endpoint without a network: refuses requests by rule, answers all others."""

    def __init__(self, refusal: Callable[[dict[str, Any]], tuple[int, Any] | None], **settings):
        self._refusal = refusal
        self.requests: list[httpx2.Request] = []
        self.bodies: list[dict[str, Any]] = []
        options = {"base_url": "http://endpoint.test/v1", "retry_seconds": 0.0, **settings}
        self.model = OpenAiChatModel(
            ModelSettings("m", **options), transport=httpx2.MockTransport(self._answer)
        )

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        body = json.loads(request.content or b"{}")
        self.bodies.append(body)
        status, answer = self._refusal(body) or (200, ANSWER)
        if isinstance(answer, str):
            return httpx2.Response(status, text=answer)
        return httpx2.Response(status, json=answer)

    def ask(self, **options):
        return self.model.complete(QUESTION, purpose="write", **options)


def refuses(part: str, message: str, status: int = 400, **more: Any):
    """Refuses requests that have that part (`a.b` within another)."""

    def rule(body: dict[str, Any]) -> tuple[int, Any] | None:
        found: Any = body
        for name in part.split("="):
            found = found.get(name) if isinstance(found, dict) else found == name
        return (status, {"error": {"message": message, **more}}) if found else None

    return rule


@pytest.mark.parametrize(
    ("part", "status", "message", "param"),
    [
        ("stream_options", 400, "Unrecognized request argument supplied: stream_options", None),
        ("stream_options", 422, "Extra inputs are not permitted", "stream_options"),
        ("stream", 400, "Your organization must be verified to stream this model.", "stream"),
        ("response_format", 400, "'response_format.type' must be 'json_object' or 'text'", None),
        ("response_format", 500, "structured output is not supported", None),
        ("tools", 400, "registry.ollama.ai/library/m does not support tools", None),
        ("tools", 500, "tools param requires --jinja flag", None),
        ("tools", 404, "No endpoints found that support tool use.", None),
        ("max_tokens", 400, "Unsupported parameter: 'max_tokens' is not supported", "max_tokens"),
        ("temperature", 400, "'temperature' does not support 0.2 with this model", "temperature"),
    ],
)
def test_a_refused_part_is_left_out_once_and_for_all(part, status, message, param):
    endpoint = Endpoint(refuses(part, message, status, param=param), temperature=0.2)
    first = endpoint.ask(schema=SCHEMA, tools=[TOOL])
    sent = len(endpoint.bodies)
    assert (first.text, first.retries) == ("{}", sent - 1)
    assert part in endpoint.bodies[0] and part not in endpoint.bodies[-1]
    assert endpoint.ask(schema=SCHEMA, tools=[TOOL]).retries == 0
    assert part not in endpoint.bodies[-1]
    if part == "max_tokens":
        assert "max_completion_tokens" in endpoint.bodies[-1]


def test_a_schema_gives_way_to_any_object_and_then_to_text():
    def rule(body: dict[str, Any]) -> tuple[int, Any] | None:
        kind = body.get("response_format", {}).get("type")
        return (400, {"error": f"response_format {kind} is unknown"}) if kind else None

    endpoint = Endpoint(rule)
    assert endpoint.ask(schema=SCHEMA).text == "{}"
    kinds = [body.get("response_format", {}).get("type") for body in endpoint.bodies]
    assert kinds == ["json_schema", "json_object", None]
    assert endpoint.bodies[0]["response_format"]["json_schema"]["name"] == "an_answer_"


def test_a_schema_that_cannot_be_kept_to_leaves_the_others_alone():
    def rule(body: dict[str, Any]) -> tuple[int, Any] | None:
        schema = body["response_format"].get("json_schema", {})
        error = {"message": "Invalid schema for response_format", "param": "response_format"}
        return (400, {"error": error}) if schema.get("name") == "an_answer_" else None

    endpoint = Endpoint(rule)
    for schema in (SCHEMA, {**SCHEMA, "title": "other"}):
        assert endpoint.ask(schema=schema).text == "{}"
    kinds = [body["response_format"]["type"] for body in endpoint.bodies]
    assert kinds == ["json_schema", "json_object", "json_schema"]


def test_a_lesser_form_is_forgotten_where_it_did_not_help():
    def rule(body: dict[str, Any]) -> tuple[int, Any]:
        return 400, {"error": {"message": "tools and stream and temperature are bad"}}

    endpoint = Endpoint(rule)
    for _ in range(2):
        with pytest.raises(ModelRefusedError, match="are bad"):
            endpoint.ask(tools=[TOOL])
    half = len(endpoint.bodies) // 2
    assert endpoint.bodies[:half] == endpoint.bodies[half:]


@pytest.mark.parametrize("status", [400, 413])
@pytest.mark.parametrize("kind", ["openai", "vllm", "llama.cpp", "ollama"])
def test_a_prompt_that_is_too_long_is_told_apart(kind, status):
    reply = Reply(overflow=kind, repeat=True)
    with ReplayServer([reply]) as server:
        model = OpenAiChatModel(ModelSettings("m", server.base_url))
        with pytest.raises(ContextOverflowError) as caught:
            model.complete(QUESTION, purpose="write")
    assert caught.value.outcome == "overflow"


def test_the_room_for_the_answer_is_given_up_before_the_prompt_is_too_long():
    message = (
        "This model's maximum context length is 4096 tokens. However, you requested 4196 tokens "
        "(100 in the messages, 4096 in the completion)."
    )
    endpoint = Endpoint(refuses("max_tokens", message))
    assert endpoint.ask().text == "{}"
    assert "max_completion_tokens" not in endpoint.bodies[-1]


def test_a_prompt_longer_than_the_model_s_context_is_not_sent():
    endpoint = Endpoint(lambda body: None, context_tokens=10)
    with pytest.raises(ContextOverflowError, match="longer than m can read"):
        endpoint.model.complete([{"role": "user", "content": "x" * 100}], purpose="write")
    assert endpoint.requests == []


def test_a_filter_in_front_of_the_model_is_a_refusal_of_the_model():
    error = {"message": "the content management policy", "code": "content_filter"}
    answer = Endpoint(lambda body: (400, {"error": error})).ask()
    assert (answer.finish_reason, answer.text) == ("refused", "")
    assert "content management policy" in answer.refusal


@pytest.mark.parametrize(
    ("status", "body", "outcome", "text"),
    [
        (401, {"error": {"message": "bad key"}}, "rejected", "check the key in OPENAI_API_KEY"),
        (402, {"error": {"message": "Insufficient Balance"}}, "rejected", "add credit"),
        (429, {"error": {"code": "insufficient_quota"}}, "rate_limited", "add credit"),
        (429, {"error": "slow down"}, "rate_limited", "the account's limits"),
        (503, {"error": {"message": "Loading model"}}, "unreachable", "try later"),
        (200, {"error": {"code": 429, "message": "busy"}}, "rate_limited", "busy"),
        (200, {"error": {"message": "no"}}, "unreachable", "answered with an error"),
        (422, {"detail": [{"loc": ["body"], "msg": "wrong"}]}, "rejected", "wrong"),
        (404, "<!DOCTYPE html><html>Not here</html>", "rejected", "a web page"),
        (302, "moved", "rejected", "give the base URL that it means"),
        (200, "<!DOCTYPE html><html>Welcome</html>", "malformed", "usually ends in /v1"),
        (200, '{"choices": [{"message": ', "dropped", "part of an answer"),
        (500, "[" * 100_000, "unreachable", "answered 500"),
        (400, "x" * 2**20, "rejected", "answered 400"),
    ],
)
def test_every_failure_has_its_word_and_says_what_to_do(status, body, outcome, text):
    endpoint = Endpoint(lambda _: (status, body), max_retries=1)
    with pytest.raises(ModelError) as caught:
        endpoint.ask()
    assert (caught.value.outcome, text in str(caught.value)) == (outcome, True), caught.value
    assert caught.value.retries == len(endpoint.requests) - 1
    assert len(str(caught.value)) < 500 and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("headers", "tries"),
    [({"retry-after": "0"}, 3), ({"retry-after": "86400"}, 1), ({"retry-after": "rubbish"}, 3)],
)
def test_an_endpoint_is_left_alone_as_long_as_it_asks_within_reason(headers, tries):
    reply = Reply(status=429, headers=headers, repeat=True)
    with ReplayServer([reply]) as server:
        settings = ModelSettings("m", server.base_url, max_retries=2, retry_seconds=0.0)
        with pytest.raises(ModelError) as caught:
            OpenAiChatModel(settings).complete(QUESTION, purpose="write")
        assert len(server.requests) == tries
    assert (caught.value.outcome, caught.value.retries) == ("rate_limited", tries - 1)


def test_no_secret_is_in_a_message_not_even_half_of_one():
    secrets: dict[str, Any] = {"api_key": "sk-" + "k" * 300, "headers": {"X-Token": "h" * 300}}
    said = f"{'x' * 150} {secrets['api_key']} {secrets['headers']['X-Token']}"
    endpoint = Endpoint(
        lambda _: (400, {"error": said}), **{**secrets, "query": {"code": "q" * 300}}
    )
    with pytest.raises(ModelRefusedError) as caught:
        endpoint.ask()
    assert not any(one * 5 in str(caught.value) for one in "khq")
    (request,) = endpoint.requests
    assert request.headers["x-token"] == "h" * 300
    assert request.url.params["code"] == "q" * 300


@pytest.mark.parametrize("path", ["", "/openai", "/openai/deployments/gpt"])
def test_azure_is_asked_as_it_wants_to_be(path):
    with ReplayServer([Reply(text="Dig.")], expected_key="a-key") as server:
        settings = ModelSettings("gpt", server.address + path, "a-key", api_version="2024-10-21")
        answer = OpenAiChatModel(settings).complete(QUESTION, purpose="write")
    assert answer.text == "Dig."
    (request,) = server.requests
    assert request.path == "/openai/deployments/gpt/chat/completions?api-version=2024-10-21"
    assert request.authorization is None
    assert request.headers["api-key"] == "a-key"


@pytest.mark.parametrize("json_schema", Ability)
@pytest.mark.parametrize("json_object", Ability)
def test_structured_answers_are_what_an_endpoint_keeps_to(json_schema, json_object):
    with ReplayServer([], abilities=Abilities(json_schema, json_object)) as server:
        model = OpenAiChatModel(ModelSettings("m", server.base_url))
        found = model.probe()
        assert len(server.probes) <= 4
    kinds = {"json_schema": json_schema, "json_object": json_object}
    kept = [name for name, ability in kinds.items() if ability == Ability.HONOURS]
    assert found.structured == (kept or ["none"])[0]
    assert (found.tools, found.streaming) == (True, True)
    assert model.capabilities("write") == found


@pytest.mark.parametrize("tools", Ability)
@pytest.mark.parametrize("streaming", Ability)
def test_tools_and_streaming_are_there_when_they_are_used(tools, streaming):
    abilities = Abilities(tools=tools, streaming=streaming)
    with ReplayServer([Reply(text="Dig.")], abilities=abilities) as server:
        model = OpenAiChatModel(ModelSettings("m", server.base_url))
        found = model.capabilities("write")
        assert len(server.probes) <= 4
        assert model.complete(QUESTION, purpose="write", tools=[TOOL]).text == "Dig."
        (request,) = server.requests
    assert found.tools == ("tools" in request.body) == (tools == Ability.HONOURS)
    assert found.streaming == ("stream" in request.body) == (streaming == Ability.HONOURS)
    missing = (not found.tools) + (not found.streaming)
    assert len(found.problems) == missing


def test_a_model_that_thinks_for_long_is_given_the_room_for_it():
    def rule(body: dict[str, Any]) -> tuple[int, Any] | None:
        if body["max_tokens"] < 1000:
            thinks = {"content": "<think>Hm, let me see"}
            return 200, {"choices": [{"message": thinks, "finish_reason": "length"}]}
        if "tools" in body:
            name = body["tools"][0]["function"]["name"]
            calls = {"tool_calls": [{"id": "1", "function": {"name": name, "arguments": "{}"}}]}
            return 200, {"choices": [{"message": calls, "finish_reason": "tool_calls"}]}
        return None

    endpoint = Endpoint(rule)
    assert endpoint.model.probe().tools
    assert len(endpoint.requests) <= 6


def test_what_is_settled_is_not_asked_for():
    settings = {"structured": "none", "tools": "off", "streaming": "off"}
    endpoint = Endpoint(lambda body: None, **settings)
    found = endpoint.model.capabilities("write")
    assert (found.structured, found.tools, found.streaming) == ("none", False, False)
    assert endpoint.requests == []
    endpoint.ask(schema=SCHEMA, tools=[TOOL])
    assert set(endpoint.bodies[-1]) == {"model", "messages", "max_tokens"}
    endpoint.model.probe()  # asks whether there is anybody at all
    assert len(endpoint.requests) == 2


def test_a_model_that_is_not_there_is_told_with_those_that_are():
    with ReplayServer([], models=("qwen2.5-7b-instruct", "llama-3")) as server:
        model = OpenAiChatModel(ModelSettings("qwen-7b", server.base_url))
        with pytest.raises(ModelRefusedError, match=r"qwen-7b.*but qwen2.5-7b-instruct\."):
            model.probe()
        assert model.capabilities("write").problems


def test_an_address_without_its_path_is_told():
    endpoint = Endpoint(lambda _: (404, "page not found"), base_url="http://endpoint.test")
    with pytest.raises(ModelRefusedError, match=r"it may be http://endpoint\.test/v1"):
        endpoint.model.probe()


def test_text_that_no_endpoint_could_read_is_sent_all_the_same():
    endpoint = Endpoint(lambda body: None)
    endpoint.model.complete([{"role": "user", "content": "half \ud83d"}], purpose="write")
    assert endpoint.bodies[0]["messages"][0]["content"] == "half \ufffd"
