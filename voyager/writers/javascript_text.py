"""Reading JavaScript as text: where its code is, what it defines at the top, what it calls.

A scan, not a parser: enough to find functions and calls in what a language model wrote, without
being misled by comments and strings. The sandbox parses for real.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"", re.DOTALL)
_TEMPLATE_TEXT = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_REGULAR_EXPRESSION = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_WORD = re.compile(r"[\w$]+")
_BEFORE_EXPRESSION = frozenset(
    ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do"]
)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_FUNCTION = re.compile(r"(?<![\w$.])(async\s+)?function\s*\*?\s*([A-Za-z_$][\w$]*)\s*(\()")
_CALL = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)\s*(\()")


class UnfinishedCodeError(ValueError):
    """The code ends inside of something, or its brackets do not match."""


@dataclass(frozen=True)
class Function:
    """A function defined at the top level; `start` and `end` bound its text in the source."""

    name: str
    is_async: bool
    parameters: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Call:
    """A call of a plain name (no member): where its name starts and where its arguments do."""

    name: str
    start: int
    arguments: int


def code_only(source: str) -> str:
    """The source with comments and the insides of literals blanked, each character in its place.

    Raises UnfinishedCodeError.
    """
    return _Scanner(source).run()


def top_level_functions(source: str, code: str) -> tuple[Function, ...]:
    """The functions declared outside of any bracket; `code` is what `code_only` made of it."""
    found = []
    for match in _FUNCTION.finditer(code):
        if depth_at(code, match.start()) > 0:
            continue
        after_parameters = closing(code, match.start(3)) + 1
        body = code.find("{", after_parameters)
        if body < 0:
            continue
        parameters = split_list(source, code, match.start(3))
        end = closing(code, body) + 1
        found.append(Function(match[2], bool(match[1]), parameters, match.start(), end))
    return tuple(found)


def calls(code: str) -> tuple[Call, ...]:
    """Every place where a plain name is called, keywords and definitions included."""
    return tuple(Call(m[1], m.start(), m.start(2)) for m in _CALL.finditer(code))


def depth_at(code: str, position: int) -> int:
    """How many brackets are open there."""
    before = code[:position]
    return sum(map(before.count, "([{")) - sum(map(before.count, ")]}"))


def closing(code: str, opening: int) -> int:
    """Where the bracket that opens at `opening` closes."""
    depth = 0
    for position in range(opening, len(code)):
        depth += (code[position] in "([{") - (code[position] in ")]}")
        if depth == 0:
            return position
    raise UnfinishedCodeError("a bracket is never closed")


def split_list(source: str, code: str, opening: int) -> tuple[str, ...]:
    """What stands between commas in the brackets that open there: parameters, arguments."""
    end, start, parts = closing(code, opening), opening + 1, []
    for position in range(opening + 1, end + 1):
        comma = code[position] == "," and depth_at(code[opening:], position - opening) == 1
        if comma or position == end:
            parts.append(source[start:position].strip())
            start = position + 1
    return tuple(part for part in parts if part)


def line_at(source: str, position: int) -> int:
    """The number, from 1, of the line of a position."""
    return source.count("\n", 0, position) + 1


class _Scanner:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        # Open brackets with where they are; `${` is code inside of a template.
        self._open: list[tuple[str, int]] = []
        self._last = ""

    def run(self) -> str:
        while self._at < len(self._source):
            self._step()
        if self._open:
            bracket, position = self._open[-1]
            line = line_at(self._source, position)
            raise UnfinishedCodeError(f"the {bracket} of line {line} is never closed")
        return "".join(self._out)

    def _step(self) -> None:
        source, at = self._source, self._at
        character = source[at]
        if comment := _COMMENT.match(source, at):
            self._blank(comment.end())
        elif source.startswith("/*", at):
            self._unfinished("comment")
        elif character in "'\"":
            self._literal(_STRING.match(source, at))
        elif self._expects_expression() and (found := _REGULAR_EXPRESSION.match(source, at)):
            self._literal(found)
        elif character == "`":
            self._template("`")
        elif character == "}" and self._open and self._open[-1][0] == "${":
            self._open.pop()
            self._template("}")
        elif character in "([{}])":
            self._bracket(character)
        elif word := _WORD.match(source, at):
            self._copy(word[0])
        else:
            self._copy(character)

    def _copy(self, text: str) -> None:
        self._out.append(text)
        self._at += len(text)
        self._last = text if not text.isspace() else self._last

    def _blank(self, end: int) -> None:
        text = self._source[self._at : end]
        self._out.append("".join("\n" if c == "\n" else " " for c in text))
        self._at = end

    def _literal(self, match: re.Match[str] | None) -> None:
        if match is None:
            self._unfinished("string")
            return
        quote = match[0][0]
        self._copy(quote)
        self._blank(match.end() - 1)
        self._copy(quote)

    def _template(self, mark: str) -> None:
        """Template text from a backtick, or from the brace that ends the code inside of it."""
        start = self._at
        self._copy(mark)
        text = _TEMPLATE_TEXT.match(self._source, self._at)
        self._blank(text.end() if text else self._at)
        if self._source.startswith("${", self._at):
            self._open.append(("${", self._at))
            self._blank(self._at + 1)
            self._copy("{")
        elif self._source.startswith("`", self._at):
            self._copy("`")
        else:
            self._at = start
            self._unfinished("template")

    def _bracket(self, character: str) -> None:
        if opening := _PAIRS.get(character):
            self._close(character, opening)
        else:
            self._open.append((character, self._at))
        self._copy(character)

    def _close(self, character: str, opening: str) -> None:
        line = line_at(self._source, self._at)
        if not self._open:
            raise UnfinishedCodeError(f"the {character} of line {line} closes nothing")
        bracket, position = self._open.pop()
        if bracket != opening:
            opened = line_at(self._source, position)
            raise UnfinishedCodeError(
                f"the {bracket} of line {opened} is not closed before the {character} of"
                f" line {line}"
            )

    def _expects_expression(self) -> bool:
        if self._last and (self._last[-1].isalnum() or self._last[-1] in "_$"):
            return self._last in _BEFORE_EXPRESSION
        return self._last not in (")", "]", "}", "'", '"', "`", "/")

    def _unfinished(self, what: str) -> None:
        line = line_at(self._source, self._at)
        raise UnfinishedCodeError(f"the {what} of line {line} is never closed")
