"""What language models cost, printed: a run's sums, and its calls one by one."""

from __future__ import annotations

from typing import Any

from voyager.command_line.tables import print_table
from voyager.foreign_text import printable
from voyager.money import dollars

_CALL_COLUMNS = ("time", "task#", "attempt#", "role", "purpose", "model", "outcome", "retries#")


def cost_text(cost: float | None) -> str:
    """Money in words; a price that nobody knows is said to be unknown."""
    return "unknown" if cost is None else dollars(cost)


def print_spending(spending: dict[str, Any]) -> None:
    """A run's calls by role and by skill, and how they ended."""
    if not spending["calls"]:
        return
    print(
        f"models: {count_of(spending['calls'], 'call')}, {spending['seconds']:.0f} s,"
        f" {spending['input_tokens']} tokens in, {spending['output_tokens']} out,"
        f" cost {cost_text(spending['cost'])}"
    )
    outcomes = [f"{count} {name}" for name, count in spending["outcomes"].items()]
    print(f"calls: {', '.join(outcomes)}; requests sent again: {spending['retries']}", end="")
    guessed = spending["estimated"]
    print(f"; the tokens of {count_of(guessed, 'call')} are estimates" if guessed else "")
    print()
    print_table(
        ("role", "model", "calls#", "tokens#", "cost#"),
        ((r["role"], printable(r["models"] or ""), *_sums(r)) for r in spending["by_role"]),
    )
    if spending["by_skill"]:
        print()
        print_table(
            ("learned skill", "calls#", "tokens#", "cost#"),
            ((s["skill"], *_sums(s)) for s in spending["by_skill"]),
        )


def print_calls(calls: list[dict[str, Any]]) -> None:
    """Every call in a line of its own."""
    if not calls:
        print("No language model was asked.")
        return
    print_table(
        (*_CALL_COLUMNS, "in#", "out#", "cost#", "seconds#"),
        (
            (
                call["at"][:19].replace("T", " "),
                call["task"],
                call["attempt"],
                call["role"],
                call["purpose"],
                printable(call["model"] or ""),
                call["outcome"],
                call["retries"],
                _told(call["input_tokens"], call),
                _told(call["output_tokens"], call),
                cost_text(call["cost"]),
                f"{call['seconds']:.1f}",
            )
            for call in calls
        ),
    )


def _sums(row: dict[str, Any]) -> tuple[Any, ...]:
    tokens = row["input_tokens"] + row["output_tokens"]
    return row["calls"], tokens, cost_text(row["cost"])


def _told(tokens: int, call: dict[str, Any]) -> str:
    return f"~{tokens}" if call["estimated"] else str(tokens)


def count_of(number: int, what: str) -> str:
    """So many of it, in words."""
    return f"{number} {what}{'' if number == 1 else 's'}"
