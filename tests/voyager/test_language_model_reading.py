"""Answers in all the shapes that endpoints give them, read as they come in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voyager.language_models.chat_model import ToolCall
from voyager.language_models.endpoint.answer_parts import ANSWER_CHARACTERS, EndpointSaidError
from voyager.language_models.endpoint.answer_reader import AnswerReader, BrokenAnswerError
from voyager.language_models.endpoint.thoughts import ThoughtFilter

DONE = "data: [DONE]\n\n"


def chunk(finish: str | None = None, **delta: Any) -> str:
    body = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return f"data: {json.dumps(body)}\n\n"


def whole(finish: str | None = "stop", **message: Any) -> str:
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}]})


def read(text: str, step: int = 7, kind: str = "") -> Any:
    """The answer, its bytes coming in pieces of that size; what was shown of it must fit."""
    shown: list[str] = []
    reader = AnswerReader(kind, shown.append)
    data = text.encode("utf-8", "surrogatepass")
    for start in range(0, len(data), step):
        if reader.feed(data[start : start + step]):
            break
    answer = reader.end()
    assert "".join(shown).endswith(answer.text)
    return answer


@pytest.mark.parametrize("step", [1, 3, 1000])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_stream_is_put_together_however_its_bytes_are_cut(step, line_end):
    usage = 'data: {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 4}}\n\n'
    comment = ": a comment\n\nevent: message\n"
    text = comment + chunk(content="Gräbe ") + chunk(content="⛏") + chunk("stop") + usage + DONE
    answer = read(text.replace("\n", line_end), step)
    assert (answer.text, answer.finish_reason, answer.streamed) == ("Gräbe ⛏", "stop", True)
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (9, 4)


@pytest.mark.parametrize(
    "text",
    [
        chunk(content="Dig"),
        chunk(content="Dig") + "data: {broken\n\n" + DONE,
        chunk(content="Dig") + "data: [1]\n\n" + DONE,
        'data: {"a": ' + "[" * 100_000 + "\n\n",
        '{"choices": [{"message": {"content": "Dig',
    ],
)
def test_part_of_an_answer_is_none(text):
    with pytest.raises(BrokenAnswerError) as caught:
        read(text, 4096)
    assert caught.value.speaks


@pytest.mark.parametrize("text", ["", "[]", "null", "<html>", "[" * 100_000, '{"choices": null}'])
def test_what_is_no_completion_is_no_part_of_one_either(text):
    with pytest.raises(BrokenAnswerError) as caught:
        read(text, 4096)
    assert not caught.value.speaks


@pytest.mark.parametrize(
    "text",
    [
        '{"error": {"code": 502}}',
        '{"error": {"code": 502}, "choices": []}',
        '{"choices": [{"error": {"code": 502}, "message": {"content": "Dig"}}]}',
        chunk(content="Dig") + 'data: {"error": {"code": 502}}\n\n',
        chunk(content="Dig") + 'error: {"code": 502}\n\n',
    ],
)
def test_an_error_is_found_wherever_it_stands(text):
    with pytest.raises(EndpointSaidError) as caught:
        read(text)
    assert caught.value.error == {"code": 502}


@pytest.mark.parametrize(
    "content",
    ["Dig.", ["Dig", "."], [{"type": "text", "text": "Dig."}, {"type": "image"}, None, 7]],
)
def test_content_may_be_text_or_parts(content):
    assert read(whole(content=content)).text == "Dig."


def test_nulls_everywhere_are_an_empty_answer():
    message = {"content": None, "tool_calls": None, "function_call": None, "refusal": None}
    body = {"choices": [{"message": message, "finish_reason": None}], "usage": None, "model": None}
    answer = read(json.dumps(body))
    assert (answer.text, answer.tool_calls, answer.finish_reason) == ("", (), "stop")
    assert (answer.usage, answer.model) == (None, None)


def test_of_several_choices_the_first_counts():
    choices = [
        {"index": number, "delta": {"content": text}, "finish_reason": "stop"}
        for number, text in enumerate(["one", "two"])
    ]
    assert read(f"data: {json.dumps({'choices': choices})}\n\n").text == "one"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<think>Hm, <b>?</think>\n\nDig.", "Dig."),
        (" <Think>a</Think><thinking>b</thinking>Dig.", "Dig."),
        ("<think>for ever", ""),
        ("<thi", "<thi"),
        ("<thistle> is a plant", "<thistle> is a plant"),
        ("Hm.</think>Dig.", "Dig."),
    ],
)
def test_thoughts_are_no_part_of_the_answer(text, seen):
    assert read("".join(chunk(content=one) for one in text) + DONE).text == seen
    assert read(whole(content=text)).text == seen


def test_thoughts_in_a_field_of_their_own_are_no_answer():
    thought = chunk(reasoning_content="Hm.") + chunk(reasoning="Hm.")
    assert read(thought + chunk("stop", content="Dig.")).text == "Dig."
    assert read(whole(content="", reasoning_content="Dig.")).text == ""


def test_thoughts_are_not_shown_while_they_come_in():
    thoughts = ThoughtFilter()
    assert [thoughts.feed(piece) for piece in ("<thi", "nk>no</th", "ink> yes", "!")] == [
        "",
        "",
        "yes",
        "!",
    ]


def call(name: str = "look", arguments: Any = "{}", **more: Any) -> dict[str, Any]:
    return {**more, "function": {"name": name, "arguments": arguments}}


def test_calls_come_in_pieces():
    first = chunk(tool_calls=[call(arguments="", index=0, id="a"), call("go", "", index=1, id="b")])
    rest = chunk(tool_calls=[{"index": 0, "function": {"arguments": '{"x"'}}])
    rest += chunk(tool_calls=[{"index": 1, "function": {"arguments": "{}"}}])
    rest += chunk("tool_calls", tool_calls=[{"index": 0, "function": {"arguments": ": 1}"}}])
    answer = read(first + rest + DONE)
    assert answer.tool_calls == (ToolCall("a", "look", '{"x": 1}'), ToolCall("b", "go", "{}"))


@pytest.mark.parametrize(
    "given",
    [
        [call(id="a"), call("go", id="b")],
        [call(id="a", index=0), call("go", id="b", index=0)],
        [call(), call("go")],
        [call(arguments={}), call("go", None), call("", "{}"), None, 7],
        [call(id="a"), call("go", id="a")],
    ],
)
def test_calls_are_told_apart_however_they_are_named(given):
    for text in (whole(tool_calls=given), chunk("stop", tool_calls=given) + DONE):
        answer = read(text)
        assert [one.name for one in answer.tool_calls] == ["look", "go"]
        assert [one.arguments for one in answer.tool_calls] == ["{}", "{}"]
        assert len({one.id for one in answer.tool_calls} - {""}) == 2
        assert answer.finish_reason == "tool_calls"


def test_arguments_may_be_an_object():
    (one,) = read(whole(tool_calls=[call(arguments={"x": 1})])).tool_calls
    assert one == ToolCall("call_1", "look", '{"x": 1}')


def test_the_call_of_the_protocol_s_first_days_is_one():
    function = {"name": "look", "arguments": "{}"}
    assert [one.name for one in read(whole(function_call=function)).tool_calls] == ["look"]


@pytest.mark.parametrize(
    "text",
    [
        whole(refusal="I will not."),
        whole("content_filter", content=None),
        chunk(refusal="I will ") + chunk("stop", refusal="not.") + DONE,
    ],
)
def test_a_refusal_is_told_apart_from_an_empty_answer(text):
    answer = read(text)
    assert (answer.finish_reason, answer.text) == ("refused", "")
    assert answer.refusal


def test_an_answer_without_end_is_cut():
    piece = chunk(content="x" * 1000)
    reader = AnswerReader("", lambda piece: None)
    assert any(reader.feed(piece.encode()) for _ in range(ANSWER_CHARACTERS // 1000 + 2))
    answer = reader.end()
    assert (len(answer.text), answer.finish_reason) == (ANSWER_CHARACTERS, "length")


@pytest.mark.parametrize(
    "piece", [b"x" * 65536, b"data: x" + b"x" * 65536, b"\ndata:" + b"x" * 999]
)
def test_a_line_without_end_is_given_up(piece):
    reader = AnswerReader("text/event-stream", lambda piece: None)
    with pytest.raises(BrokenAnswerError):
        any(reader.feed(piece) for _ in range(10_000))


def test_halves_of_characters_do_no_harm():
    shown: list[str] = []
    reader = AnswerReader("", shown.append)
    reader.feed((chunk(content="\ud83d") + chunk("stop", content="\ude00 \udc00")).encode())
    assert reader.end().text == "😀 \ufffd"
    assert "".join(shown).encode()


@pytest.mark.parametrize("cost", ["1", -1, True, 1e999, 10**400, None, {}])
def test_a_strange_usage_is_no_money(cost):
    usage = {"prompt_tokens": "many", "completion_tokens": -5, "cost": cost}
    body = {"choices": [], "usage": usage}
    found = read(json.dumps(body)).usage
    assert (found.input_tokens, found.output_tokens) == (0, 0)
    assert found.cost in (None, 1.0)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("/srv/models/m.Q4.gguf", "m.Q4.gguf"),
        ("C:\\models\\m.gguf", "m.gguf"),
        ("qwen/qwen2.5", "qwen/qwen2.5"),
        (7, None),
    ],
)
def test_a_model_is_named_without_the_folders_of_its_file(given, name):
    assert read(json.dumps({"choices": [], "model": given})).model == name
