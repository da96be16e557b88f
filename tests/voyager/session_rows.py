"""A journal written row by row, for reports whose figures can be counted by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from voyager.journal.database import open_database, time_text
from voyager.journal.journal_opening import MIGRATIONS

BEGUN = datetime(2026, 1, 31, 22, 0, tzinfo=UTC)


def at(seconds: float) -> str:
    """So long after everything began, as the journal has it."""
    return time_text(BEGUN + timedelta(seconds=seconds))


@dataclass
class Rows:
    """Writes rows of run 1, and whatever else is asked for; times are seconds after `BEGUN`."""

    db: sqlite3.Connection

    def add(self, table: str, **values: Any) -> int:
        """One row; returns its number."""
        marks = ", ".join("?" * len(values))
        names = ", ".join(f'"{name}"' for name in values)
        cursor = self.db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [*values.values()]
        )
        return int(cursor.lastrowid or 0)

    def run(self, seconds: float = 0.0, status: str = "stopped", **more: Any) -> int:
        """A run in the first world."""
        self.db.execute(
            "INSERT OR IGNORE INTO worlds VALUES (1, 'default', 'embedded', 7, ?)", (at(0),)
        )
        values = {"goal": None, "model": None, "settings": "{}"} | more
        values = {"started_at": at(0), "ended_at": at(seconds), "reason": "the time is up"} | values
        return self.add(
            "runs",
            world_id=1,
            version="1.20.4",
            username="Voyager",
            status=status,
            seconds=seconds,
            **values,
        )

    def sitting(self, begin: float, seconds: float, world: float = 0.0, **more: Any) -> None:
        """It lasted as long as it was played."""
        times = {"started_at": at(begin), "ended_at": at(begin + seconds)} | more
        self.add("sittings", run_id=1, seconds=seconds, world_seconds=world, **times)

    def event(self, moment: float, kind: str, **data: Any) -> None:
        """An event of run 1."""
        self.add("events", run_id=1, at=at(moment), type=kind, data=json.dumps(data))

    def task(
        self,
        begin: float,
        end: float,
        status: str,
        description: str = "Mine logs",
        why: str = "",
        program: tuple[float, float] | None = None,
    ) -> int:
        """A task with its events, and no attempt; `program` is from when to when one ran."""
        count = self.db.execute("SELECT COUNT(*) FROM tasks WHERE run_id = 1").fetchone()[0]
        self.event(begin, "task_proposed", iteration=count + 1, description=description)
        if program is not None:
            self.event(program[0], "program_written", attempt=1)
            self.event(program[1], "verdict_given", passed=status == "passed")
        self.event(end, "task_ended", iteration=count + 1, passed=status == "passed")
        return self.add(
            "tasks",
            run_id=1,
            iteration=count + 1,
            description=description,
            goal="{}",
            why="needed",
            proposer="tech_tree",
            status=status,
            critique=why,
            started_at=at(begin),
            ended_at=at(end),
        )

    def attempt(
        self,
        task: int,
        number: int = 1,
        outcome: str | None = "completed",
        passed: bool | None = True,
        entry: str = "mineLogs",
        reused: bool = False,
        error: str | None = None,
        result: str | None = None,
        seconds: float = 10.0,
    ) -> int:
        """An attempt; without an outcome nothing was run, without a verdict nothing judged."""
        attempt = self.add(
            "attempts",
            task_id=task,
            number=number,
            status="judged" if outcome else "unwritten",
            entry=entry,
            arguments="[]",
            source="",
            calls="[]",
            writer="recipe",
            reused=reused,
            started_at=at(0),
        )
        if outcome is not None:
            self.add(
                "executions",
                attempt_id=attempt,
                outcome=outcome,
                error=error and json.dumps({"name": error, "message": "no"}),
                result=result,
                **dict.fromkeys(("calls", "events", "chat", "before", "after"), "[]"),
                seconds=seconds,
            )
        if passed is not None and outcome is not None:
            self.add(
                "verdicts",
                task_id=task,
                attempt_id=attempt,
                passed=passed,
                critic="state",
                evidence="[]",
                critique="",
            )
        return attempt

    def call(
        self,
        end: float,
        seconds: float,
        cost: float | None = 0.01,
        task: int | None = None,
        role: str = "writer",
        model: str = "m",
        tokens: tuple[int, int] = (100, 20),
    ) -> None:
        """A call of a language model that was answered at `end`."""
        self.add(
            "model_calls",
            run_id=1,
            task_id=task,
            at=at(end),
            role=role,
            purpose="write",
            model=model,
            messages="[]",
            seconds=seconds,
            input_tokens=tokens[0],
            output_tokens=tokens[1],
            cost=cost,
        )

    def fault(self, begin: float, seconds: float | None, part: str, kind: str = "ended") -> None:
        """A fault; it lasts still where it has no seconds."""
        over = None if seconds is None else at(begin + seconds)
        self.add(
            "faults",
            run_id=1,
            at=at(begin),
            part=part,
            kind=kind,
            cause=f"The {part} {kind}.",
            over_at=over,
            seconds=seconds,
            how="" if over is None else "It was started again.",
        )

    def death(self, moment: float, cause: str, lost: str, fetched: str | None = None) -> None:
        """The bot died at 10, 64, -20."""
        self.add(
            "deaths",
            run_id=1,
            at=at(moment),
            seconds=moment,
            cause=cause,
            dimension="overworld",
            x=10.2,
            y=64.0,
            z=-20.4,
            world_age_ticks=0,
            lost=lost,
            fetched=fetched,
        )

    def item(self, seconds: float, name: str, iteration: int = 1, run: int = 1) -> None:
        """Held for the first time."""
        self.add("milestones", run_id=run, name=name, iteration=iteration, seconds=seconds)
        if run == 1:
            self.event(seconds, "milestone_reached", name=name)

    def skill(
        self,
        name: str,
        status: str = "verified",
        version: int = 1,
        worked: int = 0,
        failed: int = 0,
        run: int = 1,
        **flags: int,
    ) -> None:
        """A version of a skill, which its name stands for from here on."""
        self.add(
            "skill_versions",
            name=name,
            version=version,
            source=f"{name} {version}",
            signature=name,
            description=f"What {name} does",
            when_to_use="",
            calls="[]",
            contract="{}",
            parameters="{}",
            status=status,
            successes=worked,
            failures=failed,
            run_id=run,
            task="t",
            attempt=1,
            writer="recipe",
            game_version="1.20.4",
        )
        self.db.execute(
            "INSERT INTO skills (name, active_version) VALUES (:name, :version)"
            " ON CONFLICT (name) DO UPDATE SET active_version = :version",
            {"name": name, "version": version},
        )
        for flag, value in flags.items():
            self.db.execute(f"UPDATE skills SET {flag} = ? WHERE name = ?", (value, name))

    def change(self, name: str, change: str, reason: str, version: int = 1) -> None:
        """What became of a skill in run 1."""
        self.add(
            "skill_changes", name=name, version=version, change=change, reason=reason, run_id=1
        )

    def use(self, name: str, kind: str, passed: bool | None, attempt: int | None = None) -> None:
        """A skill was used in run 1."""
        self.add(
            "skill_uses",
            name=name,
            version=1,
            kind=kind,
            run_id=1,
            attempt_id=attempt,
            arguments="[]",
            passed=passed,
            outcome="completed",
            seconds=1.0,
            before="{}",
            after="{}",
            environment="{}",
        )


@contextmanager
def journal(home: Path) -> Iterator[Rows]:
    """The journal of a home folder, to be written; each row is kept at once."""
    with closing(open_database(home / "voyager.db", MIGRATIONS)) as connection:
        yield Rows(connection)
