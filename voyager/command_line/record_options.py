"""The options of the commands for what is recorded: transcript, replay, tell, export."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from voyager.command_line.common_options import add_common

TRANSCRIPT_HELP = """\
ATTEMPT is one of
  7        all of task 7 of the newest run, with what led to the task
  7.2      its second attempt
  3.7.2    the second attempt at task 7 of run 3
`voyager runs show` numbers the tasks, `voyager runs list` the runs;
`7 --run 3` is all of task 7 of run 3.
"""

FINETUNE_HELP = """\
What is written, one JSON document a line:
  sft.jsonl          verified programs as conversations: `messages`, each with
                     `role` and `content`, the last one the answer. Read by
                     TRL's SFTTrainer, Axolotl (type `chat_template`) and
                     whatever takes chats as JSON Lines.
  preferences.jsonl  a good and a bad answer to the same prompt: `prompt`
                     (messages), `chosen` and `rejected` (an assistant's
                     message each). Read by TRL's DPOTrainer and the like.
  rewards.jsonl      every answer with a `reward` from -1 to 1 by what came of
                     it: `prompt`, `completion`, `reward`. For reward models
                     and offline reinforcement learning.
  manifest.json      counts, versions, models, the table of rewards, SHA-256 of
                     files; it claims no licence: what answers of a model may be
                     used for, its maker says.
Each line has a `metadata` with run, task, attempt, writer, model, game version
and kind of outcome. Good is only what the state critic verified and what ended
without an error. What the planner wrote is put as a model would have been asked
and would have answered; `metadata` says so.
"""


def add_record_commands(commands: Any) -> None:
    """Add the four commands."""
    _add_transcript(commands)
    _add_replay(commands)
    _add_tell(commands)
    _add_export(commands)


def _add_transcript(commands: Any) -> None:
    transcript = commands.add_parser(
        "transcript",
        help="what a language model was asked and said for an attempt, as a conversation",
        description="Show an attempt as a conversation, and what came of it in the game.",
        epilog=TRANSCRIPT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common(transcript, "transcript")
    transcript.add_argument(
        "attempt", metavar="ATTEMPT", help="TASK, TASK.ATTEMPT or RUN.TASK.ATTEMPT"
    )
    transcript.add_argument(
        "--run", type=int, metavar="RUN", help="of which run (default: the newest)"
    )
    transcript.add_argument(
        "--full",
        action="store_true",
        help="show every prompt whole, also the parts that were shown before",
    )


def _add_replay(commands: Any) -> None:
    replay = commands.add_parser(
        "replay",
        help="play a run again with the answers that were recorded, with no model",
        description="Play a run again in a new home folder, with its seed and settings and the"
        " recorded answers of its models, and compare what comes of it. Exit code 0: the same; 1:"
        " something is different. Only a simulation (--world-rate max) is the same by design.",
    )
    add_common(replay, "replay")
    replay.add_argument("run", type=int, metavar="RUN", help="as `voyager runs list` numbers it")
    replay.add_argument(
        "--into",
        type=Path,
        metavar="FOLDER",
        help="the new home folder (default: one beside the home folder, named after the run)",
    )


def _add_tell(commands: Any) -> None:
    tell = commands.add_parser(
        "tell",
        help="give the agent advice or a wish, also while it plays",
        description="Tell the agent something: advice or a wish. A language model reads it before"
        " it is asked for the next task, and answers. Without TEXT, shows what was told before.",
    )
    add_common(tell, "tell")
    tell.add_argument(
        "text", nargs="?", metavar="TEXT", help="what to tell it (default: nothing, see --list)"
    )
    tell.add_argument(
        "--world", metavar="NAME", help="which world (default: the one that was played last)"
    )
    tell.add_argument(
        "--list", action="store_true", help="show all that was told in this world, with the answers"
    )
    tell.add_argument(
        "--withdraw", type=int, metavar="N", help="take back wish number N (default: none)"
    )


def _add_export(commands: Any) -> None:
    export = commands.add_parser("export", help="learning data from what was played: finetune")
    kinds = export.add_subparsers(title="kinds", required=True, metavar="KIND")
    finetune = kinds.add_parser(
        "finetune",
        help="verified attempts, pairs of good and bad, and rewards, as JSON Lines",
        description="Write learning data for tuning a language model.",
        epilog=FINETUNE_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common(finetune, "export")
    finetune.add_argument("folder", type=Path, metavar="FOLDER", help="where the files are")
    finetune.add_argument(
        "--since", type=int, metavar="RUN", help="from this run on (default: the first)"
    )
    finetune.add_argument(
        "--check", action="store_true", help="write nothing; validate the files in FOLDER"
    )
