"""Rules about how a program runs: what is refused whole, what starts by itself, what never ends."""

from __future__ import annotations

from collections.abc import Iterator

from mc_server import ProgramFacts
from voyager.writers.checks.program_vocabulary import Problem, Vocabulary


def refused_text(facts: ProgramFacts, _: Vocabulary) -> Iterator[Problem]:
    """What the sandbox does not take, wherever it stands."""
    for refusal in facts.refused:
        yield Problem(refusal.line, f"Line {refusal.line} {refusal.why}.")


def starts(facts: ProgramFacts, _: Vocabulary) -> Iterator[Problem]:
    """What awaits outside of a function; the call of the entry was taken out before."""
    for start in facts.starts:
        if start.awaits:
            yield Problem(
                start.line,
                f"Line {start.line} awaits outside of a function: put it into the async function.",
            )


def never_ending(facts: ProgramFacts, _: Vocabulary) -> Iterator[Problem]:
    """Loops that nothing leaves, and functions that only call themselves."""
    for loop in facts.endless_loops:
        condition = f"`{' '.join(loop.condition.split())}` " if loop.condition else ""
        if not loop.is_constant:
            yield Problem(
                loop.line,
                f"Line {loop.line} loops for ever: what {condition}asks of the game does not change"
                " while nothing is awaited.",
            )
        elif not loop.holds_await:
            yield Problem(
                loop.line, f"Line {loop.line} loops for ever: nothing leaves or awaits in it."
            )
        elif not loop.is_caught:
            yield Problem(
                loop.line,
                f"Line {loop.line} loops for ever: nothing leaves it; give it a bound"
                " (`for (let attempt = 0; attempt < 5; attempt++)`).",
            )
    for call in facts.endless_calls:
        yield Problem(
            call.line,
            f"Line {call.line}: `{call.name}` calls itself whatever happens, and never ends.",
        )
