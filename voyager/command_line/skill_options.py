"""The options of `voyager skills`: every action, its help, and the module that runs it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from voyager.command_line.common_options import add_common

NAME_HELP = "as `skills list` has it"
STATUSES = ("candidate", "verified", "quarantined", "retired")


def add_skills(commands: Any) -> None:
    """Add `skills` with its actions."""
    skills = commands.add_parser(
        "skills", help="what was learned: look at it, change it, check it, carry it"
    )
    actions = skills.add_subparsers(title="actions", required=True, metavar="ACTION")
    _add_looking(actions)
    _add_changing(actions)
    _add_checking(actions)
    _add_carrying(actions)


def _action(actions: Any, name: str, module: str, help_: str) -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(name, help=help_, description=help_)
    add_common(action, f"skills.{module}")
    action.set_defaults(action=name)
    return action


def _add_looking(actions: Any) -> None:
    listing = _action(actions, "list", "looking", "every skill")
    listing.add_argument("--status", choices=STATUSES, help="only these (default: all)")
    show = _action(actions, "show", "looking", "one skill: source, contract, record, callers")
    show.add_argument("name", help=NAME_HELP)
    show.add_argument(
        "--version", type=int, metavar="N", help="which one (default: the active one)"
    )
    search = _action(actions, "search", "looking", "skills by meaning, best first")
    search.add_argument("text", help="what the skill should do")
    search.add_argument("--limit", type=int, default=5, help="how many (default: 5)")
    graph = _action(actions, "graph", "looking", "which skill calls which")
    graph.add_argument(
        "name", nargs="?", help="only what this one calls and what calls it (default: all)"
    )
    graph.add_argument("--dot", action="store_true", help="as text for Graphviz")
    _action(actions, "stats", "looking", "the library in figures")
    serve = _action(actions, "serve", "serving", "the library as pages, for a browser here")
    serve.add_argument(
        "--port", type=int, default=0, help="where to listen (default: any free one)"
    )
    serve.add_argument("--open", action="store_true", help="open it in the browser")


def _add_changing(actions: Any) -> None:
    history = _action(actions, "history", "history", "versions of a skill and what became of it")
    history.add_argument("name", help=NAME_HELP)
    diff = _action(actions, "diff", "history", "what changed between two versions")
    diff.add_argument("name", help=NAME_HELP)
    diff.add_argument(
        "versions",
        nargs="*",
        type=int,
        metavar="VERSION",
        help="one or two (default: the last two)",
    )
    rollback = _action(actions, "rollback", "changing", "use an earlier version again")
    rollback.add_argument("name", help=NAME_HELP)
    rollback.add_argument(
        "version", nargs="?", type=int, help="which one (default: the one that was verified before)"
    )
    for name, help_ in (
        ("pin", "the agent does not change this skill by itself"),
        ("ban", "never use this skill, whatever is learned under its name"),
    ):
        action = _action(actions, name, "changing", help_)
        action.add_argument("names", nargs="+", metavar="NAME", help=NAME_HELP)
        action.add_argument("--undo", action="store_true", help="take it back")
        action.add_argument("--reason", help="kept in the skill's history (default: by hand)")
    edit = _action(actions, "edit", "changing", "change a skill in your editor: a new version")
    edit.add_argument("name", help=NAME_HELP)
    edit.add_argument(
        "--file",
        type=Path,
        help="the new source (default: your editor is opened, $VISUAL or $EDITOR)",
    )


def _add_checking(actions: Any) -> None:
    verify = _action(
        actions, "verify", "verifying", "run skills again in scratch worlds: what still works"
    )
    verify.add_argument("names", nargs="*", metavar="NAME", help=NAME_HELP)
    verify.add_argument("--all", action="store_true", help="all but retired ones")
    verify.add_argument(
        "--starts", type=int, default=3, metavar="N", help="of each skill, at most (default: 3)"
    )
    verify.add_argument(
        "--parallel", type=int, metavar="N", help="worlds at once (default: one for each processor)"
    )
    verify.add_argument("--report-only", action="store_true", help="change no skill's status")
    merge = _action(actions, "merge", "merging", "make one of skills that do the same")
    merge.add_argument("names", nargs="*", metavar="NAME", help="only these (default: all)")
    merge.add_argument("--dry-run", action="store_true", help="say what would be merged")


def _add_carrying(actions: Any) -> None:
    importing = _action(
        actions,
        "import",
        "carrying",
        "take in skills: of another library, of Voyager's or Odyssey's, or a .js of your own",
    )
    importing.add_argument(
        "path", type=Path, metavar="DIR|FILE", help="what to take in, as it was written"
    )
    importing.add_argument(
        "--format",
        choices=("auto", "voyager", "odyssey", "own", "javascript"),
        default="auto",
        help="how it is written; auto tells it from what is there (default: auto)",
    )
    importing.add_argument(
        "--no-verify", action="store_true", help="do not run them: all stay in quarantine"
    )
    export = _action(actions, "export", "carrying", "write the library as files")
    export.add_argument(
        "folder", type=Path, metavar="DIR", help="where to; made if it is not there"
    )
    export.add_argument(
        "names", nargs="*", metavar="NAME", help="only these and what they call (default: all)"
    )
