"""The JavaScript in a language model's answer, whatever stands around it.

Covers: fenced blocks (one, several, one that is cut off), bare code with prose around, thoughts
that are to be passed over, and exports that have no place in a program. Not covered: whether the
code is any good (see `program_check`), and what to do about an answer without any (see `asking`).
"""

from __future__ import annotations

import re

_THOUGHTS = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.I)
_LAST_OF_THOUGHTS = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.I)
_LAST_CHANNEL = re.compile(r"\A.*<\|channel\|>final<\|message\|>", re.DOTALL)
_FENCE = re.compile(
    # Possessive: a line of a million backticks is looked at once.
    r"^[ \t]*+(?P<fence>```++|~~~++)[ \t]*+(?P<language>[\w+#.-]*+)[^\n]*+\n"
    r"(?P<code>.*?)(?:^[ \t]*(?P=fence)|\Z)",
    re.DOTALL | re.MULTILINE,
)
_LANGUAGES = frozenset(["", "js", "javascript", "node", "nodejs", "mjs", "cjs", "jsx", "ts"])
_FUNCTION_LINE = re.compile(r"^[ \t]*(?:export\s+(?:default\s+)?)?(?:async\s+)?function\b", re.M)
_ASYNC_LINE = re.compile(r"^[ \t]*(?:export\s+(?:default\s+)?)?async\s+function\b", re.M)
_COMMENT_ABOVE = re.compile(
    # A comment ends at its first end: with two ways to read it an odd answer takes for ever.
    r"(?:^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n)+\Z",
    re.M | re.S,
)
_EXPORT = re.compile(r"^([ \t]*)export\s+(?:default\s+)?(?=async\s|function\b)", re.M)
_MODULE_EXPORTS = re.compile(r"^[ \t]*(?:module\.)?exports\b[^\n{]*(?:\{[^}]*\})?[ \t;]*$", re.M)
_DEFINED = re.compile(r"(?<![\w$.])function\s*\*?\s*([A-Za-z_$][\w$]*)")
_CALLED = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]*)\s*\(")


def code_in(answer: str) -> str:
    """The program in the answer; empty when there is none."""
    text = without_thoughts(answer).replace("\r\n", "\n")
    blocks = [m["code"] for m in _FENCE.finditer(text) if m["language"].lower() in _LANGUAGES]
    code = _from_blocks(blocks) if blocks else _bare(text)
    return _MODULE_EXPORTS.sub("", _EXPORT.sub(r"\1", code)).strip()


def without_thoughts(answer: str) -> str:
    """The answer proper, where a model says what it thinks as well.

    Thoughts without an end are all there is; some endpoints leave out where thoughts begin.
    """
    text = _LAST_CHANNEL.sub("", answer)
    text = _THOUGHTS.sub("", text)
    return _LAST_OF_THOUGHTS.sub("", text).strip()


def functions_in(code: str) -> frozenset[str]:
    """The names of the functions that it declares, as far as text tells."""
    return frozenset(_DEFINED.findall(code))


def _from_blocks(blocks: list[str]) -> str:
    """The last block with an async function, after those earlier ones whose functions it calls."""
    candidates = [i for i, block in enumerate(blocks) if _ASYNC_LINE.search(block)]
    if not candidates:
        return blocks[-1]
    code = blocks[candidates[-1]]
    for earlier in reversed(blocks[: candidates[-1]]):
        if functions_in(earlier) & ({*_CALLED.findall(code)} - functions_in(code)):
            code = f"{earlier.rstrip()}\n\n{code}"
    return code


def _bare(text: str) -> str:
    """Code without a fence: from the first function (and the comment above) to the last brace."""
    if not _ASYNC_LINE.search(text):
        return ""
    first = _FUNCTION_LINE.search(text)
    assert first is not None, "an async function is a function"
    comment = _COMMENT_ABOVE.search(text[: first.start()])
    start = comment.start() if comment else first.start()
    lines = text[start:].splitlines()
    ends = [number for number, line in enumerate(lines, start=1) if line.startswith("}")]
    return "\n".join(lines[: ends[-1]] if ends else lines)
