"""Programs written by a model: what is made of its answers, helpers, several programs."""

import itertools
import random
from contextlib import suppress
from dataclasses import replace

import pytest

from curriculum import TechTree
from curriculum.proposers.llm_proposer import LlmProposer
from curriculum.task import Proposal, TaskRecord
from tests.voyager.scripted_chat import ScriptedChat, calling, completion
from tests.voyager.writing import (
    ANSWER,
    GAME_DATA,
    PRIMITIVES,
    READER,
    SKILL,
    SOURCE,
    TEST_DATA,
    failed_attempt,
    observation,
    prompt_of,
    write,
)
from voyager.errors import (
    BudgetSpentError,
    ContextOverflowError,
    ModelUnreachableError,
    WriterError,
)
from voyager.language_models import MeteredChatModel, ModelCall, ModelSettings, OpenAiChatModel
from voyager.language_models.replay.replay_server import ReplayServer
from voyager.records import Program
from voyager.writers.model.answer_kinds import kind_in_the_end, kind_told_to_model
from voyager.writers.model.llm_writer import LlmWriter
from voyager.writers.model.look_ups import LookUps


def test_a_program_comes_of_one_answer():
    chat = ScriptedChat(ANSWER)
    program = write(chat)
    assert (program.source, program.entry, program.calls) == (
        SOURCE,
        "craftSticks",
        ("craftItem",),
    )
    assert (program.writer, program.model, program.alternatives) == ("llm", "scripted", ())
    assert chat.purposes == ["write"]


@pytest.mark.parametrize(
    ("nonsense", "told", "kind"),
    [
        ("", "is empty", "empty"),
        ("<think>How about sticks? ```js\nasync function a () {}\n```", "is empty", "empty"),
        ("You should collect wood first.", "no JavaScript function", "no_code"),
        (completion("I will not.", finish_reason="refused"), "a video game", "refused"),
        (completion(refusal="No.", finish_reason="refused"), "a video game", "refused"),
        (completion("```js\nasync function a (", finish_reason="length"), "too long", "cut_off"),
        (completion("First I would", finish_reason="length"), "too long", "cut_off"),
        ("```js\nasync function a () {\n  await craftItem('stick'", "does not parse", "syntax"),
        ("```js\nasync function a () { await craftItem('stik') }\n```", "stick", "unknown_name"),
        ("```js\nasync function a () { require('fs') }\n```", "require", "unknown_name"),
        ("```js\nasync function a () { for (;;) {} }\n```", "loops for ever", "unusable"),
        ("LOOK UP: recipe stick", "Nothing more can be looked up", "look_ups"),
    ],
)
def test_nonsense_is_given_back_with_what_is_wrong_and_told_apart_in_the_end(nonsense, told, kind):
    chat = ScriptedChat(nonsense, ANSWER)
    assert write(chat).source == SOURCE
    again = chat.asked[1][-1]["content"]
    assert told in again and kind_told_to_model(again) == kind
    assert [m["role"] for m in chat.asked[1]] == ["system", "user", "assistant", "user"]
    assert chat.asked[1][:2] == chat.asked[0]
    chat = ScriptedChat(*[nonsense] * 9)
    with pytest.raises(WriterError) as caught:
        write(chat, answers=3)
    assert caught.value.kind == kind_in_the_end(str(caught.value)) == kind
    assert len(chat.asked) == 3
    assert "\n" not in str(caught.value)


def test_a_long_answer_that_is_no_program_is_not_paid_for_again():
    chat = ScriptedChat("word " * 10_000, ANSWER)
    write(chat)
    assert len(chat.asked[1][2]["content"]) <= 500


def test_a_model_that_cannot_read_it_all_is_asked_with_less_once():
    attempts = [failed_attempt(1), failed_attempt(2)]
    chat = ScriptedChat(ContextOverflowError("too long"), ANSWER)
    assert write(chat, skills=[SKILL] * 5, attempts=attempts).source == SOURCE
    assert len(prompt_of(chat, 1)) < 0.9 * len(prompt_of(chat, 0))
    assert "Craft 4 sticks." in prompt_of(chat, 1)
    chat = ScriptedChat(*[ContextOverflowError("too long")] * 3)
    with pytest.raises(ContextOverflowError):
        write(chat, attempts=attempts)
    assert len(chat.asked) == 2


def test_an_endpoint_that_fails_is_no_fault_of_the_program():
    with pytest.raises(ModelUnreachableError):
        write(ScriptedChat(ModelUnreachableError("Nobody is there.")))


def test_a_function_that_is_called_and_not_there_is_asked_for():
    caller = "async function craftSticks (count = 4) {\n  await splitPlanks(count)\n}"
    helper = "async function splitPlanks (count) {\n  await craftItem('stick', count)\n}"
    chat = ScriptedChat(f"```js\n{caller}\n```", f"```js\n{helper}\n```")
    program = write(chat)
    assert (program.entry, program.calls) == ("craftSticks", ("craftItem",))
    assert program.source == f"{helper}\n\n{caller}"
    assert chat.purposes == ["write", "write_helper"]
    chat = ScriptedChat(f"```js\n{caller}\n```", ANSWER)
    assert write(chat, helpers=0).source == SOURCE
    assert "`splitPlanks`, unknown" in chat.asked[1][-1]["content"]


def test_several_programs_are_asked_for_and_the_same_one_is_taken_once():
    other = SOURCE.replace("count)", "count + 1)")
    answers = [ANSWER, f"```js\n// Again.\n{SOURCE}\n```", f"```js\n{other}\n```"]
    chat = ScriptedChat(*answers)
    program = write(chat, candidates=3)
    assert program.source == SOURCE
    assert [one.source for one in program.alternatives] == [other]
    assert "another way" in chat.asked[1][-1]["content"]


@pytest.mark.parametrize("trouble", [BudgetSpentError("Spent."), "prose"])
def test_what_was_written_is_kept_when_no_further_program_comes(trouble):
    chat = ScriptedChat(ANSWER, trouble, "prose")
    assert write(chat, candidates=4).source == SOURCE


class Autopilot:
    """Proposes nothing; says that all is done once there is a wooden pickaxe."""

    def propose(self, observation, history):
        return Proposal(None, finished="wooden_pickaxe" in observation.inventory)


def test_a_recording_leads_from_nothing_to_a_wooden_pickaxe():
    steps = [{}, {"oak_log": 3}, {"oak_log": 2, "crafting_table": 1}]
    with ReplayServer.from_file(TEST_DATA / "completions" / "wooden_pickaxe.jsonl") as server:
        settings = ModelSettings("gpt-4o-mini", server.base_url, max_retries=0)
        calls: list[ModelCall] = []
        model = MeteredChatModel(OpenAiChatModel(settings), calls.append)
        proposer = LlmProposer(model, GAME_DATA, Autopilot(), "wooden_pickaxe")
        writer = LlmWriter(model, GAME_DATA, PRIMITIVES, READER)
        entries: list[str] = []
        history: list[TaskRecord] = []
        for inventory in steps:
            seen = observation(**inventory)
            task = proposer.propose(seen, history).task
            assert task is not None
            program = writer.write(task, seen, (), ())
            assert program.description
            assert program.when_to_use.startswith("Use when")
            assert program.parameters == {"count": "count"}
            entries.append(program.entry)
            history.append(TaskRecord(task, True))
        assert proposer.propose(observation(wooden_pickaxe=1), history).finished
        assert len(server.requests) == 6
        assert server.unused == ()
    assert entries == ["mineLogs", "craftCraftingTable", "craftWoodenPickaxe"]
    assert [call.purpose for call in calls] == ["propose", "write"] * 3


PIECES = (
    *("```js\n", "```\n", "async function a () {\n", "}\n", "{", ")", "await craftItem('stick')\n"),
    *("await helper(n, 'x')\n", "function helper (n) {\n", "LOOK UP: recipe stick\n", "<think>"),
    *("</think>", "<tool_call>{", "/*", "//", "`${", "'", "for(;;){", "bot.", "\x00", "word "),
    *("mineBlock([", "\\u{110000}", "export default ", "class A {", "</game_state>", "## Rules\n"),
)


@pytest.mark.parametrize("tools", [True, False])
def test_whatever_a_model_says_ends_in_a_program_or_a_sentence(tools):
    chance = random.Random(5)
    look_ups = LookUps(TechTree(GAME_DATA), PRIMITIVES)

    def answers():
        while True:
            text = "".join(chance.choices(PIECES, k=chance.randint(0, 30)))
            reason = chance.choice(["stop", "stop", "length", "refused", "odd"])
            call = (chance.choice(["look_up", ""]), text)
            yield calling(call, text=text) if tools else completion(text, finish_reason=reason)

    for _ in range(40):
        with suppress(WriterError):
            chat = ScriptedChat(*itertools.islice(answers(), 60), tools=tools)
            write(chat, candidates=2, look_ups=look_ups)


def test_a_program_that_failed_is_not_run_again_unless_something_changed():
    there, elsewhere = observation(oak_log=2), observation(dirt=1)
    same = Program(f"// Once more.\n{SOURCE}", "craftSticks", (), "llm")

    def asked(*befores):
        tried = [
            replace(failed_attempt(number, before=before), program=same)
            for number, before in enumerate(befores, start=1)
        ]
        chat = ScriptedChat(ANSWER, ANSWER.replace("count)", "count * 2)"))
        write(chat, attempts=tried)
        return chat.asked[1:] and chat.asked[-1][-1]["content"]

    assert "the program of attempt 1 again" in asked(there)
    assert not asked(elsewhere)
    assert "the program of attempt 2 again" in asked(elsewhere, elsewhere)


def test_one_program_takes_no_more_than_so_many_calls():
    endless = itertools.cycle([f"```javascript\n{SOURCE.replace('craftItem', 'help')}\n```"])
    chat = ScriptedChat(*itertools.islice(endless, 40))
    with pytest.raises(WriterError, match=r"asked 6 times for one program"):
        write(chat, calls=6, answers=16)
    assert len(chat.asked) == 6
