"""What is learned of skills by playing, against what the journal has of the same executions."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from skills import LearnedContract, Spread, UseKind, learn, open_library
from tests.live.playing import run
from voyager.journal.database import open_database
from voyager.journal.journal_opening import MIGRATIONS

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

_EXECUTIONS = (
    "SELECT plain(e.before), plain(e.after), e.seconds FROM executions e"
    " JOIN attempts a ON a.id = e.attempt_id"
    " JOIN verdicts v ON v.attempt_id = a.id WHERE a.entry = ? AND v.passed"
)


def journalled(connection: sqlite3.Connection, name: str) -> tuple[Counter, Counter, float]:
    """What the only execution of the program used up and gave, and how long it took."""
    ((before, after, seconds),) = connection.execute(_EXECUTIONS, (name,)).fetchall()
    had = Counter(json.loads(before)["inventory"])
    has = Counter(json.loads(after)["inventory"])
    return had - has, has - had, seconds


def of_kinds(contract: LearnedContract, amounts: Mapping[str, Spread]) -> dict[str, float]:
    """Under the names of the items; what one use has seen of a family is one kind."""
    return {contract.kinds.get(name, (name,))[0]: each.median for name, each in amounts.items()}


def test_contracts_say_what_the_journal_has_of_the_executions(tmp_path: Path):
    home = tmp_path / "home"
    words = ("--home", home, "--seed", "3", "--goal", "wooden_pickaxe", "--world-rate", "max")
    played = run("play", *words, limit_seconds=500)
    assert played.returncode == 0, played.stderr
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        closing(open_library(connection, home / "index")) as library,
    ):
        names = library.names()
        assert {"craftPlanks", "craftWoodenPickaxe"} <= {*names}
        for name in names:
            used, gained, seconds = journalled(connection, name)
            skill, uses = library.get(name), library.uses.of(name)
            assert library.contract(name) == learn(uses, skill)
            # Beside play it may have been tried elsewhere, which the journal of play does not tell.
            (use,) = (one for one in uses if one.kind is UseKind.LEARNED)
            contract = learn([use], skill)
            needed = {**contract.consumes, **contract.consumes_sometimes}
            assert of_kinds(contract, needed) == used
            assert of_kinds(contract, contract.yields) == gained
            assert contract.seconds is not None
            assert math.isclose(contract.seconds.median, seconds, abs_tol=0.5)
            assert use.seed == 3
            assert use.environment["game"] == "1.20.4"
            assert contract.missing(use.before, use.arguments) == ()
        planks = library.contract("craftPlanks")
        assert planks is not None
        assert library.get("craftPlanks").learned == planks.describe()
        after = library.uses.of("craftPlanks")[0].after
        assert after is not None and planks.missing(after, (99,)) != ()
