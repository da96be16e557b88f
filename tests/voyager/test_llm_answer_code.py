"""Getting the program out of an answer, whatever stands around it."""

import pytest

from voyager.writers.model.answer_code import code_in

PROGRAM = "// Digs.\nasync function dig (count = 1) {\n  await mineBlock('dirt', count)\n}"
HELPER = "function half (n) {\n  return n / 2\n}"
CALLER = "async function digHalf (count = 2) {\n  await mineBlock('dirt', half(count))\n}"


@pytest.mark.parametrize(
    "answer",
    [
        PROGRAM,
        f"```javascript\n{PROGRAM}\n```",
        f"The plan: dig.\n\n```js\n{PROGRAM}\n```\nIt digs `count` times.",
        f"```\n{PROGRAM}\n```",
        f"~~~JavaScript\n{PROGRAM}\n~~~",
        f"  ```js\n{PROGRAM}\n  ```",
        f"```js\n{PROGRAM}",
        f"Here it is, an async function:\n\n{PROGRAM}\n\nThis digs.",
        f"<think>```js\nasync function wrong () {{}}\n```</think>```js\n{PROGRAM}\n```",
        f"```js\n{PROGRAM}\n```\nCall it so:\n```js\nawait dig(3)\n```",
        f"```bash\nnpm install\n```\n```js\n{PROGRAM}\n```",
        f"```js\nasync function dig () {{}}\n```\nBetter:\n```js\n{PROGRAM}\n```",
        f"```js\n{PROGRAM.replace('async', 'export default async')}\n```",
        f"```js\n{PROGRAM}\n\nmodule.exports = {{ dig }}\n```",
        f"```js\r\n{PROGRAM}\r\n```".replace("\n", "\r\n").replace("\r\r", "\r"),
    ],
)
def test_the_program_is_found(answer):
    assert code_in(answer) == PROGRAM


def test_a_helper_from_a_block_before_comes_along():
    assert code_in(f"```js\n{HELPER}\n```\nand\n```js\n{CALLER}\n```") == f"{HELPER}\n\n{CALLER}"


@pytest.mark.parametrize("answer", ["", "  \n", "I cannot do that.", "An async function would do."])
def test_without_code_there_is_nothing(answer):
    assert code_in(answer) == ""
