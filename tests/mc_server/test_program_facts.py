"""What the host tells of a program's source and of the bot; the rules on it are the writers'."""

import pytest

from mc_server import BridgeError, SourceTooLongError, bot_reference, find_node, read_program
from mc_server.host_question import ask_host
from mc_server.node_host import running_host
from mc_server.program_facts import SOURCE_CHARACTERS

NODE = find_node()


def test_functions_are_read_as_they_are_declared():
    source = """const x = 1
// Old.

/** Mines. */
// Use when out of ore.
async function mineOre (count = 3,
  { deep } = {}, ...names) { await helper() }
function * helper () {}
mineOre()"""
    facts = read_program(source, NODE)
    mine, helper = facts.functions
    assert mine.signature == "async function mineOre (count = 3, { deep } = {}, ...names)"
    assert helper.signature == "function* helper ()"
    assert mine.comment == "* Mines. \n Use when out of ore."
    assert source[mine.start : mine.end].endswith("await helper() }")
    assert (mine.line, mine.uses, mine.parameters[0].default) == (6, ("helper",), "3")
    [start] = facts.starts
    assert (source[start.start : start.end], start.uses) == ("mineOre()", ("mineOre",))


def test_a_syntax_error_has_its_line_and_the_bracket_that_is_open():
    fault = read_program("function a () {\n  b(1\n}", NODE).fault
    assert fault is not None and fault.unclosed is not None
    assert (fault.line, fault.column, fault.text) == (3, 1, "}")
    assert (fault.unclosed.bracket, fault.unclosed.line) == ("(", 2)


def test_sources_of_any_size_and_characters_are_answered():
    assert read_program("", NODE).fault is None
    assert read_program("x\ud800", NODE).fault is not None
    assert len(read_program("f(1)\n" * 4000, NODE).uses) == 4000
    with pytest.raises(SourceTooLongError, match="keep it below 20000"):
        read_program(" " * (SOURCE_CHARACTERS + 1), NODE)


def test_a_host_that_has_ended_is_started_again():
    read_program("a()", NODE)
    running_host(NODE).stop()
    assert [use.name for use in read_program("a()", NODE).uses] == ["a"]


def test_a_refused_question_is_an_error():
    with pytest.raises(BridgeError, match="no_such_question"):
        ask_host(NODE, "no_such_question")


def test_the_reference_is_searched_by_name_and_by_words():
    reference = bot_reference(NODE)
    assert reference.search("bot.dig")[0].signature.startswith("bot.dig(block: Block, forceLook?")
    assert reference.search("goto()")[0].name == "bot.pathfinder.goto"
    assert "bot.placeBlock" in [one.name for one in reference.search("place a block")[:3]]
    assert "bot.openFurnace" in [one.name for one in reference.search("opening furnaces")]
    assert reference.search("???") == ()
    assert len(reference.search("block " * 5000, limit=3)) == 3
    assert "GoalNear" in reference.names_of("goals")
    assert "goto" not in reference.names_of("bot")
