"""What a bot's process sends is checked where it enters: one sentence, and no error further in."""

from __future__ import annotations

import json
import math
import time
from dataclasses import FrozenInstanceError, asdict
from typing import Any

import pytest

from mc_server import (
    BridgeError,
    Circumstances,
    Execution,
    GameEvent,
    NearbyBlock,
    Observation,
    Outcome,
    Position,
    PrimitiveCall,
    ProgramError,
    Script,
    ScriptModule,
    SkillCall,
    TraceEntry,
)

SOURCE = "// one\nasync function main () {\n  await mineBlock('log', 1)\n\n}\n// six"
SCRIPT = Script((ScriptModule("helper", "x\ny"), ScriptModule("main", SOURCE)), "main")
HERE = Observation(
    Position(1.5, 64, -3),
    "overworld",
    "forest",
    6000,
    19.5,
    20.0,
    {"oak_log": 1},
    nearby_blocks=(NearbyBlock("stone", Position(1, 63, -3), 1.2, 40),),
)
NOW = Circumstances(
    Position(1.5, 64, -3),
    "overworld",
    "forest",
    6000,
    15,
    19.5,
    20.0,
    {"oak_log": 1},
    35,
    "oak_log",
    ("iron_helmet",),
    ("crafting_table",),
)
RUN = Execution(
    outcome=Outcome.PROGRAM_ERROR,
    before=HERE,
    after=HERE,
    seconds=1.5,
    error=ProgramError("PrimitiveError", "no log", "not_found", "main", 3),
    result={"any": ["thing", None, 1]},
    calls=(PrimitiveCall("mineBlock", ("log", 1), 0.5, None, ProgramError("E", "no log")),),
    events=(GameEvent("died", {"cause": "fell"}),),
    chat=("<a> hello",),
    trace=(TraceEntry(0.25, "main", 3, 'mineBlock("log", 1)'),),
    skill_calls=(
        SkillCall("main", None, (), 0.0, 1.5, NOW, None, False),
        SkillCall("helper", "main", ({"n": 1},), 0.5, 0.25, NOW, NOW, True, ProgramError("E", "x")),
    ),
)


def sent(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(asdict(RUN))) | changes
    return data


def test_what_was_sent_is_what_is_read():
    assert Execution.from_json(sent()) == RUN
    assert Observation.from_json(json.loads(json.dumps(asdict(HERE)))) == HERE
    with pytest.raises(FrozenInstanceError):
        Execution.from_json(sent()).after.health = 3  # type: ignore[misc]


def test_an_error_shows_its_line_among_those_around_it():
    error = Execution.from_json(sent(), SCRIPT).error
    assert error is not None
    assert error.excerpt == (
        "  1 | // one\n"
        "  2 | async function main () {\n"
        "> 3 |   await mineBlock('log', 1)\n"
        "  4 |\n"
        "  5 | }"
    )


@pytest.mark.parametrize(
    ("module", "line", "excerpt"),
    [
        (
            "main",
            1,
            "> 1 | // one\n  2 | async function main () {\n  3 |   await mineBlock('log', 1)",
        ),
        ("main", 6, "  4 |\n  5 | }\n> 6 | // six"),
        ("helper", 2, "  1 | x\n> 2 | y"),
        ("main", 7, ""),
        ("main", 0, ""),
        ("elsewhere", 1, ""),
    ],
)
def test_an_excerpt_keeps_to_its_module(module: str, line: int, excerpt: str):
    assert SCRIPT.excerpt(module, line) == excerpt


def test_numbers_of_lines_stand_below_each_other_and_long_lines_are_cut():
    script = Script((ScriptModule("main", "\n".join(["a" * 500] * 12)),), "main")
    lines = script.excerpt("main", 10).splitlines()
    assert [line[:7] for line in lines] == ["   8 | ", "   9 | ", "> 10 | ", "  11 | ", "  12 | "]
    assert max(map(len, lines)) < 200


CALLED = json.loads(json.dumps(asdict(RUN.skill_calls[1])))
OBSERVED = json.loads(json.dumps(asdict(HERE)))
NONSENSE: list[Any] = [
    None,
    3,
    "text",
    [],
    {},
    sent(outcome="won"),
    sent(outcome=None),
    sent(seconds="1"),
    sent(seconds=math.nan),
    sent(seconds=math.inf),
    sent(seconds=True),
    sent(error="broken"),
    sent(error={"name": "E"}),
    sent(error={"name": "E", "message": {}, "code": None, "module": None, "line": None}),
    sent(error={"name": "E", "message": "m", "code": 5, "module": None, "line": None}),
    sent(error={"name": "E", "message": "m", "code": None, "module": None, "line": "3"}),
    sent(error={"name": "E" * 2000, "message": "m"}),
    sent(calls=None),
    sent(calls=[None]),
    sent(calls=[{"name": "x", "arguments": "no list", "seconds": 1, "result": 1, "error": None}]),
    sent(events=[{"type": "mined"}]),
    sent(events=[{"type": 5, "data": {}}]),
    sent(events=[{"type": "mined", "data": []}]),
    sent(events=[{"type": "mined", "data": {}}]),
    sent(events=[{"type": "mined", "data": {"name": "dirt", "count": "1"}}]),
    sent(events=[{"type": "collected", "data": {"name": None, "count": 1}}]),
    sent(events=[{"type": "hurt", "data": {"amount": "much", "health": 3}}]),
    sent(events=[{"type": "slept", "data": {}}] * 30_000),
    sent(chat=[{}]),
    sent(chat=["x" * 100_000]),
    sent(trace=[{"seconds": 1, "module": None, "line": None}]),
    sent(trace=[{"seconds": 1, "module": None, "line": 1.5, "text": "x"}]),
    sent(before=None),
    sent(after={}),
    *(
        sent(after={**OBSERVED, name: value})
        for name, value in [
            ("health", math.nan),
            ("health", "20"),
            ("position", {"x": 1, "y": 2}),
            ("position", {"x": 1, "y": 2, "z": 1e300}),
            ("position", None),
            ("time_of_day", 1.5),
            ("biome", 5),
            ("inventory", {"dirt": "many"}),
            ("inventory", ["dirt"]),
            ("inventory", {f"item_{number}": 1 for number in range(10_000)}),
            ("equipment", {"hand": 3}),
            ("uses_left", None),
            ("nearby_blocks", [{"name": "stone"}]),
            ("nearby_entities", {}),
            ("chests", [{"position": None, "items": {}}]),
        ]
    ),
    sent(skill_calls=None),
    sent(skill_calls=[None]),
    *(
        sent(skill_calls=[CALLED | {name: value}])
        for name, value in [
            ("name", None),
            ("caller", 5),
            ("arguments", "no list"),
            ("seconds", math.inf),
            ("started_seconds", "0"),
            ("before", None),
            ("before", {**CALLED["before"], "light": 16}),
            ("before", {**CALLED["before"], "inventory": {"dirt": "many"}}),
            ("after", {**CALLED["after"], "stations": [None]}),
            ("after", {}),
            ("ended", 5),
            ("error", "broken"),
        ]
    ),
    *({name: value for name, value in sent().items() if name != left_out} for left_out in sent()),
]


@pytest.mark.parametrize("data", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_from_a_process_is_one_sentence(data: Any):
    with pytest.raises(BridgeError, match="sent something that is not an execution") as caught:
        Execution.from_json(data, SCRIPT)
    assert len(str(caught.value)) < 500
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("left_out", list(OBSERVED))
def test_an_observation_without_one_of_its_parts_is_none(left_out: str):
    data = {name: value for name, value in OBSERVED.items() if name != left_out}
    with pytest.raises(BridgeError, match=f"not an observation.*{left_out}"):
        Observation.from_json(data)


def test_a_large_observation_is_read_in_no_time():
    block = OBSERVED["nearby_blocks"][0]
    data = {**OBSERVED, "nearby_blocks": [block] * 150}
    reads = 20
    seconds = min(_timed(data) for _ in range(reads))
    assert seconds < 0.005  # 0.3 ms on a quiet machine


def _timed(data: dict[str, Any]) -> float:
    started = time.thread_time()
    Observation.from_json(data)
    return time.thread_time() - started
