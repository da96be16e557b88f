"""An endpoint's answers as a middling model would give them: mostly sensible, sometimes wrong.

For measuring the agent with neither key nor network: it reads the prompts, knows the game a little
and errs at a given rate, always in the same way for the same seed and the same questions. Not
covered: HTTP (`replay_server`), and knowing the game well.
"""

from __future__ import annotations

import json
import random
import re
import time

from voyager.language_models.fallible import judging, mistakes, proposals
from voyager.language_models.fallible.lore import CRAFTED
from voyager.language_models.fallible.programs import UnknownWayError, written
from voyager.language_models.fallible.prompt_reading import Asked
from voyager.language_models.replay.replies import RecordedRequest, RepliedCall, Reply

CHARACTERS_A_TOKEN = 4
NEEDLESS_LOOK_UPS = 0.3
"""Of the mistakes, how many are look-ups that nobody needs."""
STUBBORN = 0.3
"""Of the mistakes, how many repeat the answer before."""


class FallibleModel:
    """`Replies` of a model.

    seed: of its mistakes. error_rate: how many of its answers hold one, from 0 to 1.
    latency_seconds: how long it takes for each. naysays: so many judgements are no, whatever the
    facts say.
    """

    def __init__(
        self,
        seed: int = 0,
        error_rate: float = 0.2,
        latency_seconds: float = 0.0,
        naysays: int = 0,
    ) -> None:
        self._dice = random.Random(seed)
        self._error_rate = error_rate
        self._latency_seconds = latency_seconds
        self._naysays = naysays

    @property
    def unused(self) -> tuple[Reply, ...]:
        """Nothing: it always knows something to say."""
        return ()

    def take(self, request: RecordedRequest) -> Reply:
        """See `Replies`."""
        if self._latency_seconds:
            time.sleep(self._latency_seconds)
        messages = request.body.get("messages") or []
        reply = self._reply(Asked(messages), bool(request.body.get("tools")))
        said = len(reply.text or "") + sum(len(call.arguments) for call in reply.tool_calls)
        return reply.model_copy(
            update={
                "input_tokens": len(request.prompt) // CHARACTERS_A_TOKEN,
                "output_tokens": said // CHARACTERS_A_TOKEN,
            }
        )

    def _reply(self, asked: Asked, tools: bool) -> Reply:
        if "write programs" in asked.system:
            return self._program(asked, tools)
        if "choose the next task" in asked.system:
            return Reply(text=self._task(asked))
        if "split a goal" in asked.system:
            return Reply(text=self._parts(asked))
        if "judge whether" in asked.system:
            return Reply(text=self._judgement(asked))
        if "choose among programs" in asked.system:
            return Reply(text=json.dumps({"best": 1, "why": "It is the plainest."}))
        if "kept as a skill" in asked.system:
            return Reply(text=judging.description(asked))
        return Reply(text=json.dumps({"answer": "I do not know."}))

    def _errs(self) -> bool:
        return self._dice.random() < self._error_rate

    def _task(self, asked: Asked) -> str:
        if self._errs():
            if asked.is_again and self._dice.random() < STUBBORN:
                return asked.said_before()
            return self._dice.choice(proposals.MISTAKES)(asked, self._dice)
        return proposals.answer(proposals.good_task(asked, self._dice))

    def _parts(self, asked: Asked) -> str:
        said = judging.parts_of(asked)
        return said[: len(said) // 2] if self._errs() else said

    def _judgement(self, asked: Asked) -> str:
        if self._naysays > 0:
            self._naysays -= 1
            no = {"passed": False, "cites": [1], "why": "It does not look closed."}
            return json.dumps({**no, "critique": "Look at every side."})
        if self._errs():
            return json.dumps({"passed": True, "cites": [], "why": "It says so.", "critique": ""})
        return judging.judgement(asked)

    def _program(self, asked: Asked, tools: bool) -> Reply:
        if needed := re.search(
            r"Write it now, alone.*?`((?:async )?function [^`]*)`", asked.last, re.S
        ):
            return _code(f"{needed[1]} {{\n  await mineBlock('log', 2)\n}}")
        errs = self._errs()
        if errs and self._dice.random() < NEEDLESS_LOOK_UPS:
            return _look_up(self._dice.choice(sorted(CRAFTED)), tools)
        if errs and self._dice.random() < STUBBORN:
            if asked.is_again:
                return Reply(text=asked.said_before())
            if last := re.search(r"```javascript\n(.*?)\n```\n<last_run>", asked.question, re.S):
                return _code(re.sub(r"  // <-- line.*", "", last[1]))
        try:
            program = written(asked)
        except UnknownWayError as unknown:
            return self._unknown(asked, tools, str(unknown))
        if errs:
            mistake = self._dice.choice((*mistakes.MISTAKES, None))
            if mistake is None:
                return Reply(text="First I would like to talk about the plan.")
            return _code(mistake(program, self._dice))
        return _code(program.source)

    def _unknown(self, asked: Asked, tools: bool, item: str) -> Reply:
        """It looks up what it does not know, and where that does not help it guesses."""
        if any(text.startswith(item) for text in asked.looked_up) or asked.is_again:
            guess = f"async function get{item.title().replace('_', '')} (count = 1) {{"
            return _code(f"{guess}\n  await mineBlock('{item}', count)\n}}")
        return _look_up(item, tools)


def _code(source: str) -> Reply:
    return Reply(text=f"I go step by step.\n\n```javascript\n{source}\n```")


def _look_up(item: str, tools: bool) -> Reply:
    if not tools:
        return Reply(text=f"LOOK UP: recipe {item}")
    arguments = json.dumps({"what": "recipe", "text": item})
    return Reply(text=None, tool_calls=(RepliedCall(name="look_up", arguments=arguments),))
