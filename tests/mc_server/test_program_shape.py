"""The shape of a program as the host tells it; what counts in it is tested in shape.test.js."""

import pytest

from mc_server import SourceTooLongError, find_node, program_shape

NODE = find_node()


def test_places_are_those_of_the_text_whatever_is_in_it():
    source = "// 🪓🪓\nasync function mine () { await mineBlock('log 🪓', 5) }"
    shape = program_shape(source, "mine", NODE)
    assert [source[s.start : s.end] for s in shape.slots] == ["'log 🪓'", "5"]
    [place] = shape.places
    assert source[place.start : place.end] == "mineBlock"
    assert [source[one.start : one.end] for one in place.arguments or ()] == ["'log 🪓'", "5"]
    assert shape.parameters == ()
    assert source[: shape.parameters_start].endswith("mine (")


def test_any_text_is_answered():
    assert program_shape("x\ud800 = (", "x", NODE).fault
    assert program_shape("", "mine", NODE).parameters is None
    with pytest.raises(SourceTooLongError, match="keep it below"):
        program_shape(" " * 20_001, "mine", NODE)
