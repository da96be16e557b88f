"""`voyager checkpoint list`, `create`, `rewind` and `branch`."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from voyager.checkpoints.branching import branch
from voyager.checkpoints.manifest import BY_COMMAND, Manifest
from voyager.checkpoints.requests import ask
from voyager.checkpoints.rewinding import rewind, set_right
from voyager.checkpoints.store import Checkpoint, CheckpointStore
from voyager.checkpoints.taking import take
from voyager.checkpoints.worlds import wait_until_free
from voyager.command_line.play_command import play_command
from voyager.command_line.tables import print_json, print_table
from voyager.errors import CheckpointError, HomeLockedError, SettingsError
from voyager.foreign_text import printable
from voyager.home import Home
from voyager.journal.database import acquire_home_lock, open_database
from voyager.journal.journal_opening import MIGRATIONS
from voyager.opening.kept_settings import options_kept
from voyager.opening.settings import EMBEDDED, SEED_RANGE, PlaySettings
from voyager.supervision.restarting_mark import is_restarting

MEGABYTE = 1 << 20
AGENT_ALONE = "The world is the server's own: this is the agent's side alone."
WORLD_LEFT_OUT = "The world is not in it, for its file was damaged then or is not there yet."


def run(options: argparse.Namespace) -> int:
    """Do what is asked for."""
    home = Home(options.home)
    if not home.exists() and not home.checkpoints.is_dir():
        raise SettingsError(
            f"Nothing was played in {home.folder} yet: run `voyager play` first, or name another"
            " folder with --home."
        )
    {"list": _list, "create": _create, "rewind": _rewind, "branch": _branch}[options.action](
        home, options
    )
    return 0


def _list(home: Home, options: argparse.Namespace) -> None:
    found = CheckpointStore(home).listed()
    if options.json:
        print_json([_as_json(one) for one in found])
    elif not found:
        print("No checkpoints yet: play takes them, and so does `voyager checkpoint create`.")
    else:
        names = ("name", "why", "taken", "task#", "items#", "world", "MB#", "state")
        print_table(names, (_row(one) for one in found))


def _create(home: Home, options: argparse.Namespace) -> None:
    if not 0 <= options.wait < math.inf:
        raise SettingsError("--wait is in seconds, from 0.")
    name = CheckpointStore(home).free_name(options.name)
    if not _taken_here(home, name):
        again = ", and the agent is being started again" if is_restarting(home.folder) else ""
        _say(options, f"It is being played in {home.folder}{again}: waiting for the task to end.")
        if not ask(home, name, options.wait, lambda: not _locked(home)):
            _taken_here(home, name)
    checkpoint, manifest = CheckpointStore(home).find(name)
    if options.json:
        print_json(_as_json(checkpoint))
        return
    _say(options, f"Taken: {_told(manifest)}.")
    _say_of_world(options, manifest)


def _rewind(home: Home, options: argparse.Namespace) -> None:
    if is_restarting(home.folder):
        raise HomeLockedError(
            f"It is being played in {home.folder}, and the agent is being started again: end that"
            " first."
        )
    done = rewind(home, options.name)
    manifest = done.manifest
    command = play_command(_settings(home.folder, manifest, done.settings))
    if options.json:
        aside = str(done.set_aside) if done.set_aside else None
        told = {"checkpoint": manifest.name, "kept": done.kept, "set_aside": aside}
        print_json(told | {"play": command})
        return
    _say(options, f"Gone back to: {_told(manifest)}.")
    _say_of_world(options, manifest)
    if done.kept:
        _say(options, f"How it stood before is kept as the checkpoint '{done.kept}'.")
    if done.set_aside:
        _say(options, f"What was damaged is kept in {done.set_aside}.")
    _say(options, f"Go on with: {command}")


def _branch(home: Home, options: argparse.Namespace) -> None:
    if options.seed is not None and not -SEED_RANGE <= options.seed < SEED_RANGE:
        raise SettingsError(f"--seed is from {-SEED_RANGE} to {SEED_RANGE - 1}.")
    made = branch(home, options.name, options.into, options.seed)
    manifest = made.manifest
    settings = _settings(options.into, manifest, made.settings)
    if made.seed is not None:
        world = made.world or settings.world
        settings = replace(settings, server=EMBEDDED, version=None, world=world, seed=made.seed)
    command = play_command(settings, with_seed=True)
    if options.json:
        told = {"checkpoint": manifest.name, "home": str(options.into)}
        print_json(told | {"world": made.world, "seed": made.seed, "play": command})
        return
    _say(options, f"Made {options.into} of: {_told(manifest)}.")
    if made.seed is None:
        _say_of_world(options, manifest)
    _say(options, f"Go on there with: {command}")
    _say(options, "Another --model, --config or --goal may be given with it.")


def _settings(folder: Path, manifest: Manifest, kept: Mapping[str, Any]) -> PlaySettings:
    """What plays on from a checkpoint in a home folder."""
    options = {"goal": manifest.goal} | options_kept(kept)
    return PlaySettings(home=folder, **options)


def _taken_here(home: Home, name: str) -> bool:
    """Take one by this process; False when another one plays in the home folder."""
    if is_restarting(home.folder):
        return False
    try:
        with acquire_home_lock(home.folder):
            set_right(home)
            wait_until_free(home)
            with closing(open_database(home.database, MIGRATIONS)) as connection:
                take(home, connection, BY_COMMAND, name)
    except HomeLockedError:
        return False
    except OSError as error:
        raise CheckpointError(f"No checkpoint was taken: {error.strerror or error}.") from error
    return True


def _locked(home: Home) -> bool:
    """Whether another process has the home folder, or is about to have it again."""
    if is_restarting(home.folder):
        return True
    try:
        with acquire_home_lock(home.folder):
            return False
    except HomeLockedError:
        return True


def _told(manifest: Manifest) -> str:
    """A checkpoint in a few words."""
    return (
        f"'{manifest.name}', {_local(manifest.taken_at)}, after task {manifest.iteration},"
        f" {manifest.tasks_passed} passed, {manifest.items} items reached"
    )


def _local(at: str) -> str:
    """A time as people at this place read it."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        return printable(at[:40])


def _say_of_world(options: argparse.Namespace, manifest: Manifest) -> None:
    if manifest.world is not None and not manifest.with_world:
        _say(options, AGENT_ALONE if manifest.server != EMBEDDED else WORLD_LEFT_OUT)


def _row(one: Checkpoint) -> tuple[Any, ...]:
    manifest = one.manifest
    state = f"damaged: {one.damage}" if one.damage else "whole"
    if manifest is None:
        return (one.name, "", "", "", "", "", "", printable(state))
    return (
        one.name,
        printable(manifest.why),
        _local(manifest.taken_at),
        manifest.iteration,
        manifest.items,
        "yes" if manifest.with_world else "no",
        f"{manifest.stored_bytes / MEGABYTE:.1f}",
        printable(state),
    )


def _as_json(one: Checkpoint) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name, "whole": not one.damage, "damage": one.damage}
    if one.manifest is None:
        return told
    size = {"with_world": one.manifest.with_world, "bytes": one.manifest.stored_bytes}
    return one.manifest.to_json() | told | size


def _say(options: argparse.Namespace, text: str) -> None:
    if not options.quiet:
        print(printable(text))
