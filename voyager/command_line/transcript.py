"""`voyager transcript`: an attempt as a conversation between the agent and its models."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import Any

from mc_server import ProgramError, TraceEntry
from voyager.command_line.conversation import Conversation, clean
from voyager.command_line.tables import print_json
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.reports.transcripts import parse_attempt_name, read_transcript

STEPS_SHOWN = 20


def run(options: argparse.Namespace) -> int:
    """Print one attempt, or all of a task."""
    name = parse_attempt_name(options.attempt, options.run)
    with open_journal(Home(options.home)) as connection:
        transcript = read_transcript(connection, name)
    if options.json:
        print_json(transcript)
    else:
        for line in lines_of(transcript, options.full):
            print(line)
    return 0


def lines_of(transcript: dict[str, Any], full: bool = False) -> list[str]:
    """The transcript in lines that are safe to show; `full` repeats what was said before."""
    task, conversation = transcript["task"], Conversation(full)
    shown = [
        clean(f"run {transcript['run']} in {transcript['world']}, task {task['iteration']}:")
        + clean(f" {task['description']} ({task['status']})"),
        clean(f"proposed by {task['proposer']}: {task['why']}"),
    ]
    for call in transcript["calls"]:
        shown += ["", *conversation.call(call)]
    if transcript["verdict"]:
        shown += ["", *_verdict(transcript["verdict"])]
    for attempt in transcript["attempts"]:
        shown += ["", *_attempt(attempt, conversation)]
    if not transcript["calls"] and not any(a["calls"] for a in transcript["attempts"]):
        shown += ["", "No language model was asked."]
    if task["critique"]:
        shown += ["", clean(f"The task failed: {task['critique']}")]
    return shown


def _attempt(attempt: dict[str, Any], conversation: Conversation) -> list[str]:
    shown = [f"=== attempt {attempt['number']} ==="]
    for call in attempt["calls"]:
        shown += ["", *conversation.call(call)]
    for candidate in attempt["candidates"]:
        shown += ["", *_candidate(candidate)]
    return [*shown, "", *_program(attempt), *_execution(attempt["execution"]), *_judged(attempt)]


def _program(attempt: dict[str, Any]) -> list[str]:
    status = attempt["status"]
    if status is None:
        return ["--- no program: it was interrupted before there was one"]
    if status == "unwritten":
        return [clean(f"--- no program: {attempt['problem'] or 'no answer could be used'}")]
    how = "the skill" if attempt["reused"] else f"{attempt['writer']} wrote"
    arguments = ", ".join(map(str, attempt["arguments"]))
    head = clean(f"--- the program: {how} {attempt['entry']}({arguments})")
    return [head, *_indented(attempt["source"].rstrip().splitlines())]


def _candidate(candidate: dict[str, Any]) -> list[str]:
    came = candidate["outcome"] or "not run"
    if candidate["passed"] is not None:
        came += ", passed" if candidate["passed"] else ", not passed"
    chosen = "chosen" if candidate["chosen"] else "not chosen"
    head = f"--- candidate {candidate['number']}, {candidate['entry']}, {chosen}"
    shown = [clean(f"{head}: {candidate['why'] or came}")]
    if candidate["error"]:
        shown += _error(candidate["error"])
    if not candidate["chosen"]:  # what was chosen follows as the attempt's program
        shown += _indented(candidate["source"].rstrip().splitlines())
    return shown


def _execution(execution: dict[str, Any] | None) -> list[str]:
    if execution is None:
        return []
    shown = ["", f"--- it ran: {execution['outcome']} after {execution['seconds']:.1f} s"]
    if execution["error"]:
        shown += _error(execution["error"])
    steps = execution["trace"] or []
    if len(steps) > STEPS_SHOWN:
        shown.append(f"  ... {len(steps) - STEPS_SHOWN} steps before")
    shown += _indented(str(TraceEntry(**step)) for step in steps[-STEPS_SHOWN:])
    return shown + _indented(f"chat: {line}" for line in execution["chat"] or ())


def _error(data: dict[str, Any]) -> list[str]:
    error = ProgramError(**data)
    return _indented([f"error: {error}", *error.excerpt.splitlines()])


def _judged(attempt: dict[str, Any]) -> list[str]:
    if attempt["verdict"]:
        return ["", *_verdict(attempt["verdict"])]
    if attempt["status"] in ("running", "interrupted"):
        return ["", f"--- not judged: {attempt['status']}"]
    return []


def _verdict(verdict: dict[str, Any]) -> list[str]:
    said = "passed" if verdict["passed"] else "not passed"
    shown = [clean(f"--- judged by {verdict['critic']}: {said}"), *_indented(verdict["evidence"])]
    return [*shown, *_indented([verdict["critique"]] if verdict["critique"] else [])]


def _indented(lines: Sequence[str] | Iterable[str]) -> list[str]:
    return [f"  {clean(line)}".rstrip() for line in lines]
