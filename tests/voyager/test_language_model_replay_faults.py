"""What an endpoint can be like: abilities, streams and their faults, as they go over the wire."""

import http.client
import json
import urllib.error
import urllib.request

import pytest

from voyager.language_models.endpoint.probe_text import PROBE_TEXT
from voyager.language_models.replay.endpoint_abilities import Abilities, Ability
from voyager.language_models.replay.garbage_replies import GarbageReplies
from voyager.language_models.replay.replay_server import (
    RecordedRequest,
    ReplayServer,
    RepliedCall,
    Reply,
)

SCHEMA = {
    "title": "answer",
    "type": "object",
    "properties": {"passed": {"type": "boolean"}, "kind": {"enum": ["a", "b"]}},
}
TOOL = {"type": "function", "function": {"name": "recipe", "parameters": SCHEMA}}
FORMAT = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def post(address, path="/v1/chat/completions", prompt="hi", headers=None, **body):
    body = {"model": "m", "messages": [{"role": "user", "content": prompt}], **body}
    request = urllib.request.Request(address + path, json.dumps(body).encode(), headers or {})
    try:
        with OPENER.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def message_of(body):
    return json.loads(body)["choices"][0]["message"]


def events_of(body):
    lines = [line.removeprefix("data: ") for line in body.split("\n\n") if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def test_a_stream_holds_text_calls_the_end_and_the_usage_that_was_asked_for():
    call = RepliedCall(name="recipe", arguments='{"name": "torch"}')
    reply = Reply(text="Dig down, and deep.", tool_calls=(call,), output_tokens=7, repeat=True)
    with ReplayServer([reply]) as server:
        _, bare = post(server.address, stream=True)
        _, body = post(server.address, stream=True, stream_options={"include_usage": True})
    *chunks, last = events_of(body)
    assert last["choices"] == [] and last["usage"]["completion_tokens"] == 7
    assert [event["choices"] for event in events_of(bare)] == [c["choices"] for c in chunks]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert "".join(delta.get("content") or "" for delta in deltas) == reply.text
    calls = [part for delta in deltas for part in delta.get("tool_calls", ())]
    assert calls[0]["function"]["name"] == "recipe"
    assert "".join(part["function"]["arguments"] for part in calls) == call.arguments
    assert chunks[-1]["choices"][0]["finish_reason"] == "tool_calls"


@pytest.mark.parametrize("streams", [False, True])
def test_an_answer_can_be_cut_off(streams):
    replies = [Reply(text="x" * 100, cut_after=50)]
    with ReplayServer(replies) as server, pytest.raises(http.client.IncompleteRead) as failure:
        post(server.address, stream=streams)
    assert 0 < len(failure.value.partial) < 50 + 16 * 200


def test_a_stream_can_end_in_good_order_and_too_soon():
    with ReplayServer([Reply(text="x" * 100, cut_after=50, cut_quietly=True)]) as server:
        _, body = post(server.address, stream=True)
    assert "[DONE]" not in body and "finish_reason" in body and '"stop"' not in body


def test_a_stream_can_hold_what_does_not_belong_there():
    with ReplayServer([Reply(text="fine", stray_line="data: {oops")]) as server:
        _, body = post(server.address, stream=True)
    assert "data: {oops\n\n" in body and body.endswith("data: [DONE]\n\n")


@pytest.mark.parametrize(
    ("ability", "body"),
    [
        ("streaming", {"stream": True}),
        ("tools", {"tools": [TOOL]}),
        ("json_schema", {"response_format": FORMAT}),
        ("json_object", {"response_format": {"type": "json_object"}}),
    ],
)
def test_an_endpoint_honours_refuses_or_ignores_what_it_is_asked_for(ability, body):
    answers = {}
    for what in Ability:
        with ReplayServer([], abilities=Abilities(**{ability: what})) as server:
            answers[what] = post(server.address, prompt=PROBE_TEXT, **body)
            assert len(server.probes) == 1 and server.requests == ()
    assert answers[Ability.REFUSES][0] == 400
    assert "not supported" in answers[Ability.REFUSES][1]
    assert message_of(answers[Ability.IGNORES][1])["content"].startswith("Of course")
    status, said = answers[Ability.HONOURS]
    assert status == 200
    if ability == "streaming":
        assert events_of(said)
    elif ability == "tools":
        arguments = message_of(said)["tool_calls"][0]["function"]["arguments"]
        assert json.loads(arguments) == {"passed": True, "kind": "a"}
    else:
        assert isinstance(json.loads(message_of(said)["content"]), dict)


def test_a_probe_uses_up_no_reply():
    with ReplayServer([Reply(text="kept")]) as server:
        post(server.address, prompt=f"{PROBE_TEXT} Say ok.")
        assert message_of(post(server.address)[1])["content"] == "kept"


def test_a_prompt_that_is_too_long_is_refused_in_an_endpoint_s_own_words():
    with ReplayServer([Reply()], context_characters=5, overflow="llama.cpp") as server:
        status, body = post(server.address, prompt="too long")
        assert post(server.address, prompt="short")[0] == 200
    assert status == 400 and json.loads(body)["error"]["n_ctx"] == 8192


def test_keys_models_and_azure_s_addresses_are_looked_at():
    path = "/openai/deployments/mine/chat/completions"
    with ReplayServer([Reply(repeat=True)], models=["mine"], expected_key="k") as server:
        assert post(server.address)[0] == 401
        bearer = {"Authorization": "Bearer k"}
        assert post(server.address, headers=bearer)[0] == 404
        assert post(server.address, model="mine", headers=bearer)[0] == 200
        assert post(server.address, path, headers={"api-key": "k"})[0] == 404
        assert post(server.address, f"{path}?api-version=1", headers={"api-key": "k"})[0] == 200
        request = urllib.request.Request(server.base_url + "/models", headers=bearer)
        with OPENER.open(request, timeout=60) as answer:
            assert [model["id"] for model in json.load(answer)["data"]] == ["mine"]


def test_garbage_is_the_same_for_the_same_seed_and_gets_through_whole():
    request = RecordedRequest("/v1/chat/completions", {}, None)
    first, again, other = GarbageReplies(7), GarbageReplies(7), GarbageReplies(8)
    replies = [first.take(request) for _ in range(120)]
    assert replies == [again.take(request) for _ in range(120)]
    assert replies != [other.take(request) for _ in range(120)]
    with ReplayServer(replies) as server:
        for number in range(120):
            try:
                post(server.address, stream=number % 2 == 1)
            except (http.client.HTTPException, UnicodeDecodeError):
                continue
        assert server.unused == ()
