"""Which skills and primitives a program uses, told from its source.

A scan of tokens, not a parser: it knows comments, strings, templates with code in them, and regular
expressions, so that a name in any of these does not count. A name counts where it stands for the
global: called, or handed on as a value. It does not where it is a member (`tools.craftItem()`), the
key of an object, or declared in the source itself. Scopes are not followed: a name declared
anywhere in the source counts nowhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)
    |(?P<word>[A-Za-z_$][\w$]*)
    |(?P<number>\d[\w.]*)
    |(?P<mark>\.\.\.|\?\.(?!\d)|=>|\+\+|--|.)""",
    re.DOTALL | re.VERBOSE,
)
_TEMPLATE_TEXT = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_REGULAR_EXPRESSION = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
# After these words a slash begins a regular expression; after any other word it divides.
_BEFORE_EXPRESSION = frozenset(
    {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do"}
    | {"instanceof", "await", "yield"}
)
_DECLARING = frozenset({"function", "const", "let", "var", "class"})
_LITERAL = "\0"


def calls_in(source: str, known_names: Collection[str]) -> tuple[str, ...]:
    """Those of `known_names` that the source uses, in the order of their first use."""
    tokens = [*_tokens(source)]
    declared: set[str] = set()
    used: dict[str, None] = {}
    for position, token in enumerate(tokens):
        if token not in known_names:
            continue
        before = tokens[position - 1] if position else ""
        after = tokens[position + 1] if position + 1 < len(tokens) else ""
        generator = before == "*" and position > 1 and tokens[position - 2] == "function"
        if before in _DECLARING or generator:
            declared.add(token)
        elif before not in (".", "?.") and not (after == ":" and before in ("{", ",")):
            used[token] = None
    return tuple(name for name in used if name not in declared)


def _tokens(source: str) -> Iterator[str]:
    """Words and marks; a string, number, template text or regular expression is `_LITERAL`."""
    position, last = 0, ""
    # For each template we are inside of: how many braces its code has open.
    braces: list[int] = []
    while position < len(source):
        if source[position] == "`" or (source[position] == "}" and braces and braces[-1] == 0):
            if source[position] == "}":
                braces.pop()
            text = _TEMPLATE_TEXT.match(source, position + 1)
            position = text.end() if text else position + 1
            if source.startswith("${", position):
                braces.append(0)
                last = "{"
                position += 2
            else:
                last = _LITERAL
                position += 1
            yield _LITERAL
            continue
        if source[position] == "/" and _expects_expression(last):
            expression = _REGULAR_EXPRESSION.match(source, position)
            if expression and not source.startswith(("//", "/*"), position):
                position, last = expression.end(), _LITERAL
                yield _LITERAL
                continue
        match = _TOKEN.match(source, position)
        assert match is not None, "any character is at least a mark"
        position = match.end()
        if match.lastgroup == "skip":
            continue
        last = match[0] if match.lastgroup in ("word", "mark") else _LITERAL
        if braces and last in ("{", "}"):
            braces[-1] += 1 if last == "{" else -1
        yield last


def _expects_expression(last: str) -> bool:
    if not last:
        return True
    if last[0].isalnum() or last[0] in "_$":
        return last in _BEFORE_EXPRESSION
    return last not in (_LITERAL, ")", "]", "}", "++", "--")
