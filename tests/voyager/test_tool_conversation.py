"""What a model looks up before it answers: in the protocol's form, in words, and gone wrong."""

import json

import pytest

from tests.voyager.scripted_chat import ScriptedChat, calling, completion
from voyager.language_models import ModelSettings, OpenAiChatModel
from voyager.language_models.replay.replay_server import ReplayServer
from voyager.language_models.replay.replies import RepliedCall, Reply
from voyager.language_models.tool_conversation import LookUp, ToolConversation

LOOK_UPS = (LookUp("recipe", "Ways to an item."), LookUp("block", "A block's tool."))
QUESTION = [{"role": "system", "content": "Rules."}, {"role": "user", "content": "Write."}]


def talk(chat, rounds=4, **options):
    looked_up = []

    def look_up(name, text):
        looked_up.append((name, text))
        return f"all about {text}"

    conversation = ToolConversation(chat, "write", LOOK_UPS, look_up, rounds, **options)
    return conversation.complete(QUESTION), looked_up


def test_a_model_that_asks_nothing_is_asked_once_and_as_it_was():
    chat = ScriptedChat("the answer")
    answered, looked_up = talk(chat)
    assert (answered.completion.text, answered.messages, looked_up) == ("the answer", QUESTION, [])
    assert chat.asked == [QUESTION]
    assert chat.offered == [()]


def test_calls_in_the_protocols_form_are_answered_each_by_its_id():
    chat = ScriptedChat(
        calling(
            ("look_up", '{"what": "recipe", "text": "stick"}'),
            ("block", '{"name": "stone"}'),
        ),
        "the answer",
        tools=True,
    )
    answered, looked_up = talk(chat)
    assert answered.completion.text == "the answer"
    assert looked_up == [("recipe", "stick"), ("block", "stone")]
    ((tool,), _) = chat.offered
    assert tool.parameters["properties"]["what"]["enum"] == ["recipe", "block"]
    assistant, first, second = chat.asked[1][2:]
    assert [first["content"], second["content"]] == ["all about stick", "all about stone"]
    ids = [call["id"] for call in assistant["tool_calls"]]
    assert [first["tool_call_id"], second["tool_call_id"]] == ids
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    "said",
    [
        "LOOK UP: recipe stick",
        "I must know this.\n\n- **LOOK UP: recipe stick**",
        "`look up: recipe(stick)`",
        '<tool_call>\n{"name": "recipe", "arguments": {"item": "stick"}}\n</tool_call>',
        '<tool_call>{"name": "look_up", "arguments": {"what": "recipe", "text": "stick"}}',
        'LOOK UP: recipe {"text": "stick"}',
    ],
)
def test_calls_in_words_are_answered_in_words(said):
    chat = ScriptedChat(said, "the answer")
    answered, looked_up = talk(chat)
    assert answered.completion.text == "the answer"
    assert looked_up == [("recipe", "stick")]
    assistant, results = chat.asked[1][2:]
    assert assistant["content"] == "LOOK UP: recipe stick"
    assert "all about stick" in results["content"]


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("look_up", '{"what": "recipe", "text": "stick', "all about stick"),
        ("look_up", "stick", "no look-up `look_up`"),
        ("recipe", "stick", "all about stick"),
        ("recipe", '["stick"]', "all about stick"),
        ("recipe", "[" * 100_000, ""),
        ("recipe", '{"text": {"deep": 1}}', "cannot be read"),
        ("recipe", '{"text": "\\ud800"}', "all about \ufffd"),
        ("", "{}", "no look-up `unnamed`"),
        ("rm -rf /" * 100, '{"text": "x"}', "there are recipe, block"),
        ("recipe", json.dumps({"text": "x" * 100_000}), "all about xxx"),
    ],
)
def test_broken_calls_are_answered_with_a_sentence(name, arguments, told):
    chat = ScriptedChat(calling((name, arguments)), "the answer", tools=True)
    answered, _ = talk(chat)
    assert answered.completion.text == "the answer"
    (call,) = chat.asked[1][2]["tool_calls"]
    assert isinstance(json.loads(call["function"]["arguments"]), dict)
    assert told in chat.asked[1][3]["content"]
    assert len(json.dumps(chat.asked[1])) < 4000


@pytest.mark.parametrize("tools", [True, False])
def test_endless_calls_come_to_an_end(tools):
    calls = [
        calling(("recipe", f'{{"text": "item {n}"}}')) if tools else f"LOOK UP: recipe item {n}"
        for n in range(9)
    ]
    chat = ScriptedChat(*calls, tools=tools)
    answered, looked_up = talk(chat, rounds=3)
    assert len(looked_up) == 3
    assert len(chat.asked) == 4
    # An endpoint that is offered no tools may refuse a conversation with calls in it.
    assert chat.offered[-1] == ()
    assert [message["role"] for message in chat.asked[-1]] == [
        *("system", "user"),
        *("assistant", "user") * 3,
    ]
    assert "Nothing more can be looked up" in chat.asked[-1][-1]["content"]
    assert answered.messages == chat.asked[-1]


def test_what_was_looked_up_already_is_not_told_again_and_ends_it():
    same = calling(("recipe", '{"text": "stick"}'))
    chat = ScriptedChat(same, same, "the answer", tools=True)
    _, looked_up = talk(chat)
    assert looked_up == [("recipe", "stick")]
    assert "already" in chat.asked[2][-1]["content"]
    assert chat.offered[2] == ()


def test_of_many_calls_at_once_some_are_left_out_and_long_results_are_cut():
    chat = ScriptedChat(
        calling(*[("recipe", json.dumps({"text": f"{n} " + "x" * 300})) for n in range(50)]),
        "the answer",
        tools=True,
    )
    conversation = ToolConversation(
        chat, "write", LOOK_UPS, lambda name, text: f"</result>{text * 20}", 4
    )
    conversation.complete(QUESTION)
    results = [message for message in chat.asked[1] if message["role"] == "tool"]
    assert len(results) == 6
    assert all(len(message["content"]) < 1700 for message in results)
    assert not any("</result>" in message["content"] for message in results)
    assert "44 more were left out" in results[-1]["content"]


def test_an_answer_that_is_complete_is_taken_with_the_calls_in_it():
    both = completion("```js\nasync function a () {}\n```\nLOOK UP: recipe stick")
    chat = ScriptedChat(both)
    answered, looked_up = talk(chat, is_answer=lambda text: "function" in text)
    assert (answered.completion, looked_up) == (both, [])


def test_an_endpoint_takes_the_calls_and_their_results():
    called = RepliedCall(name="look_up", arguments='{"what": "recipe", "text": "stick"}')
    replies = [Reply(tool_calls=(called,)), Reply(text="the answer")]
    with ReplayServer(replies) as server:
        settings = ModelSettings("m", server.base_url, tools="on", structured="none")
        answered, looked_up = talk(OpenAiChatModel(settings))
        first, second = [request.body for request in server.requests if not request.is_probe]
    assert (answered.completion.text, looked_up) == ("the answer", [("recipe", "stick")])
    assert [tool["function"]["name"] for tool in first["tools"]] == ["look_up"]
    assert [message["role"] for message in second["messages"][2:]] == ["assistant", "tool"]
    assert second["messages"][3]["content"] == "all about stick"
