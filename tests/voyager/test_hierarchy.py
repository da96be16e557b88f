"""Functions that a program calls and nobody has written: written when they are called for."""

import re

import pytest

from tests.voyager.scripted_chat import ScriptedChat
from voyager.errors import ModelUnreachableError
from voyager.writers.checks.program_check import CheckedProgram, MissingHelper, ProgramProblemError
from voyager.writers.model.hierarchy import HelperWriter
from voyager.writers.writer_settings import WriterSettings

QUESTION = [{"role": "system", "content": "Rules."}, {"role": "user", "content": "Build."}]
PROGRAM = """// Builds a hut.
async function buildHut (width = 4) {
  await layFloor(width, 'planks')
}"""
FLOOR = """async function layFloor (width, name) {
  for (const spot of spotsOf(width)) await placeItem(name, spot)
}"""
SPOTS = "function spotsOf (width) {\n  return [{ x: width, y: 64, z: 0 }]\n}"


def check(source):
    """Takes what defines all that it calls; what holds `broken` has another fault."""
    defined = {*re.findall(r"function (\w+)", source), "placeItem"}
    called = re.findall(r"(\w+)\(", source)
    missing = tuple(
        MissingHelper(name, 3, ("width", "name"), call=f"{name}(width, 'planks')")
        for name in dict.fromkeys(called)
        if name not in defined
    )
    if "broken" in source:
        raise ProgramProblemError("It is broken.")
    if missing:
        raise ProgramProblemError("Unknown calls.", missing)
    return CheckedProgram(source, "buildHut", (), "", "", {}, "buildHut ()")


def complete(chat, **settings):
    with pytest.raises(ProgramProblemError) as problem:
        check(PROGRAM)
    writer = HelperWriter(chat, WriterSettings(**settings))
    return writer.complete(PROGRAM, problem.value, QUESTION, check)


def fenced(source):
    return f"```js\n{source}\n```"


def test_helpers_are_written_one_by_one_and_stand_above_the_program():
    chat = ScriptedChat(fenced(FLOOR), fenced(SPOTS))
    assert complete(chat).source == f"{SPOTS}\n\n{FLOOR}\n\n{PROGRAM}"
    assert chat.purposes == ["write_helper"] * 2
    *question, program, request = chat.asked[0]
    assert question == QUESTION
    assert PROGRAM in program["content"]
    for part in ("layFloor(width, 'planks')", "async function layFloor (width, name)"):
        assert part in request["content"]
    assert FLOOR in chat.asked[1][2]["content"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("I will not.", "no JavaScript function"),
        (fenced(SPOTS.replace("spotsOf", "other")), "does not define `function layFloor"),
        (fenced(f"{FLOOR}\n// broken"), "It is broken."),
        (fenced(f"{FLOOR}\n{PROGRAM}"), "buildHut is there already"),
    ],
)
def test_a_helper_that_cannot_be_used_is_asked_for_once_more(answer, told):
    chat = ScriptedChat(answer, fenced(FLOOR), fenced(SPOTS))
    assert "spotsOf" in complete(chat).source
    assert told in chat.asked[1][-1]["content"]
    chat = ScriptedChat(*[answer] * 9)
    with pytest.raises(ProgramProblemError, match="Unknown calls"):
        complete(chat)
    assert len(chat.asked) == 2


@pytest.mark.parametrize("bound", [{"helpers": 1}, {"helper_depth": 1}])
def test_helpers_are_bounded_in_number_and_depth(bound):
    chat = ScriptedChat(fenced(FLOOR), fenced(SPOTS))
    with pytest.raises(ProgramProblemError) as caught:
        complete(chat, **bound)
    assert [helper.name for helper in caught.value.missing_helpers] == ["spotsOf"]
    assert len(chat.asked) == 1


def test_an_endpoint_that_fails_is_told_as_such():
    with pytest.raises(ModelUnreachableError):
        complete(ScriptedChat(ModelUnreachableError("Nobody is there.")))
