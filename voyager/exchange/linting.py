"""What is wrong with a skill that comes in, found without running it.

Covers one skill at a time: the rules that a model's programs are held to, and those about a skill's
name, description and effect. What is wrong between skills is in `linting_together.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from mc_server import SOURCE_CHARACTERS, ProgramFacts, TopFunction
from voyager.exchange.foreign_skill import Finding
from voyager.writers.checks import bot_rules, call_rules, flow_rules, name_rules
from voyager.writers.checks.program_vocabulary import Problem, Vocabulary, known_globals

_FOUND_BY_A_RULE = 40
_Rule = Callable[[ProgramFacts, Vocabulary], Iterator[Problem]]
_RULES: tuple[tuple[str, _Rule], ...] = (
    ("refused_text", flow_rules.refused_text),
    ("starts_itself", flow_rules.starts),
    ("module", call_rules.required_modules),
    ("unknown_function", call_rules.unknown_names),
    ("unknown_member", bot_rules.unknown_members),
    ("wrong_arity", bot_rules.wrong_members),
    ("wrong_arity", call_rules.wrong_arguments),
    ("unknown_item", name_rules.unknown_game_names),
    ("not_awaited", call_rules.missing_awaits),
    ("command", bot_rules.commands_sent),
    ("unknown_event", bot_rules.unknown_events),
    ("endless_loop", flow_rules.never_ending),
)
_NAME = re.compile(r"[a-z][A-Za-z0-9]{0,79}")
_RESERVED_WORDS = (
    "await break case catch class const continue debugger default delete do else enum eval export"
    " extends false finally for function if implements import in instanceof interface let new null"
    " package private protected public return static super switch this throw true try typeof var"
    " void while with yield arguments undefined async bot"
)
_RESERVED = frozenset(_RESERVED_WORDS.split())
_ACTS_AT_ONCE = frozenset({"attack", "activateItem", "setControlState", "swingArm", "useOn"})
"""Of the bot: what acts on the game and gives no promise."""
_CLAIM = re.compile(
    r"\b(?:craft|mak|min|collect|gather|obtain|smelt|cook|kill|hunt|plac|build|equip|eat|dig|get|"
    r"fetch|chop|deposit|store|harvest|explor|find|walk|go|sleep|plant)(?:e|es|s|ing|ed|t)?\b",
    re.I,
)


def name_findings(name: str, primitives: frozenset[str]) -> Iterator[Finding]:
    """What keeps a text from being a skill's name."""
    if name in _RESERVED:
        yield Finding(name, "wrong_name", 0, f"`{name}` is a word of the language; rename it.")
    elif name in primitives:
        yield Finding(name, "wrong_name", 0, f"`{name}` is a primitive; give it another name.")
    elif not _NAME.fullmatch(name):
        yield Finding(
            name, "wrong_name", 0, f"{name!r} is no name for a skill; use camelCase, like mineCoal."
        )


def too_long(name: str, source: str) -> Iterator[Finding]:
    """A source that is not even read."""
    if len(source) > SOURCE_CHARACTERS:
        yield Finding(
            name,
            "oversized",
            0,
            f"It has {len(source)} characters; split it into skills below {SOURCE_CHARACTERS}.",
        )


def syntax_findings(name: str, facts: ProgramFacts) -> Iterator[Finding]:
    """That it cannot be parsed, and where."""
    if fault := facts.fault:
        text = f": {fault.text[:80]}" if fault.text else ""
        cut = fault.unclosed
        more = f" The {cut.bracket} of line {cut.line} is never closed." if cut else ""
        yield Finding(
            name,
            "syntax_error",
            fault.line,
            f"Line {fault.line} cannot be parsed ({fault.message}){text}.{more}",
        )


def entry_findings(name: str, facts: ProgramFacts, entry: TopFunction | None) -> Iterator[Finding]:
    """That it does not define the function it is called after, or one that cannot be called."""
    if entry is None:
        others = ", ".join(one.name for one in facts.functions) or "none"
        yield Finding(
            name,
            "wrong_name",
            facts.functions[-1].line if facts.functions else 0,
            f"It defines no function `{name}` (but {others}); name file and function alike.",
        )
        return
    if not entry.is_async or entry.is_generator:
        yield Finding(
            name, "not_async", entry.line, f"Write `async function {name}`, so that it can wait."
        )
    bare = [one.text for one in entry.parameters if one.default is None and not one.is_rest]
    if bare:
        yield Finding(
            name,
            "wrong_arity",
            entry.line,
            f"`{name}` is called without arguments: give {', '.join(bare)} a default value.",
        )


def program_findings(name: str, facts: ProgramFacts, vocabulary: Vocabulary) -> Iterator[Finding]:
    """What the rules of all programs say."""
    leaked = {
        use.name for use in facts.uses if len(use.path) == 1 and use.is_written and not use.is_own
    } - known_globals(facts, vocabulary)
    for kind, rule in _RULES:
        for problem in islice(rule(facts, vocabulary), _FOUND_BY_A_RULE):
            is_leak = any(f"assigns to `{each}`" in problem.sentence for each in leaked)
            yield Finding(name, "global_leak" if is_leak else kind, problem.line, problem.sentence)
    for called, use in call_rules.helpers_called(facts, vocabulary).items():
        yield Finding(
            name,
            "unknown_function",
            use.line,
            f"Line {use.line} calls `{called}`, which is neither a primitive nor a skill here;"
            " import it too, or do without it.",
        )


def effect_findings(
    name: str, description: str, facts: ProgramFacts, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """That it says what it does not do, or does not say what it does."""
    if not description:
        yield Finding(
            name, "empty_description", 0, "It has no description; say what it does.", blocks=False
        )
    if acts(facts, vocabulary):
        return
    claim = _CLAIM.search(f"{description} {_words(name)}")
    says = f"It promises an effect (`{claim[0].lower()}`)" if claim else "It promises nothing"
    yield Finding(
        name,
        "claim_without_effect",
        0,
        f"{says}, and nothing in it acts on the game; call a primitive or leave it out.",
    )


def acts(facts: ProgramFacts, vocabulary: Vocabulary) -> bool:
    """Whether anything that it calls acts on the game."""
    return any(_acts(use.path, facts, vocabulary) for use in facts.uses if use.is_called)


def _acts(path: tuple[str, ...], facts: ProgramFacts, vocabulary: Vocabulary) -> bool:
    if len(path) == 1:
        return path[0] in vocabulary.awaited
    member = facts.bot.members.get(".".join(path))
    if path[0] != "bot" or member is None or path[-1].startswith("wait"):
        return False
    return member.is_async or path[-1] in _ACTS_AT_ONCE


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
