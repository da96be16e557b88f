"""Primitives and skills in a line or two each, as a model is told of them unasked."""

from __future__ import annotations

from skills import PrimitiveReference, Skill

DESCRIPTION_CHARACTERS = 240
LEARNED_CHARACTERS = 400


def primitive_signature(primitive: PrimitiveReference, brief: bool = True) -> str:
    """The typed signature and, unless it has to be shorter still, what it is for."""
    called = primitive.typed_signature or _untyped(primitive)
    line = f"await {called}" if primitive.is_async else called
    what_for = primitive.brief or primitive.description
    return f"{line}\n  {what_for}" if brief and what_for else line


def primitive_text(primitive: PrimitiveReference) -> str:
    """All there is to know of it."""
    parameters = [f"  {name}: {text}" for name, text in primitive.parameters if text]
    throws = [f"  throws {primitive.throws}"] if primitive.throws else []
    return "\n".join(
        [primitive_signature(primitive, False), f"  {primitive.description}", *parameters, *throws]
    )


def skill_signature(skill: Skill) -> str:
    """How to call it, what it does, and when to, as its uses have taught or else as it says."""
    called = skill.signature.removeprefix("async function ").replace(
        f"{skill.name} (", f"{skill.name}("
    )
    runs = skill.successes + skill.failures
    record = f"worked {skill.successes} of {runs} times" if runs else "not called yet"
    what_for = " ".join(f"{skill.description} {'' if skill.learned else skill.when_to_use}".split())
    learned = f"\n  {_cut(skill.learned, LEARNED_CHARACTERS)}" if skill.learned else ""
    return f"await {called}  // {record}\n  {_cut(what_for)}{learned}".rstrip()


def _untyped(primitive: PrimitiveReference) -> str:
    return (
        f"{primitive.signature}: {primitive.returns}" if primitive.returns else primitive.signature
    )


def _cut(text: str, most: int = DESCRIPTION_CHARACTERS) -> str:
    return text if len(text) <= most else f"{text[:most]}..."
