"""`voyager tell`: a wish or advice for the agent, and what it answered to earlier ones."""

from __future__ import annotations

import argparse
import sqlite3
from dataclasses import asdict, dataclass

from voyager.command_line.someone_plays import someone_plays
from voyager.command_line.tables import print_json
from voyager.errors import SettingsError
from voyager.foreign_text import printable
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.journal.wishes import RECENT, Wish, WishBox


@dataclass(frozen=True)
class _World:
    """The world that is spoken to. `playing` is None when nothing was played in it yet."""

    id: int
    name: str
    playing: bool
    model: str | None


def run(options: argparse.Namespace) -> int:
    """Tell, withdraw or list; told with no run under way, it waits for the next one."""
    if options.text is not None and options.withdraw is not None:
        raise SettingsError("Tell something or withdraw something: one at a time.")
    home = Home(options.home)
    with open_journal(home) as connection:
        world = _world(connection, options.world, someone_plays(home.folder))
        box = WishBox(connection, world.id)
        told = withdrawn = None
        if options.text is not None:
            told = box.tell(options.text)
        elif options.withdraw is not None:
            withdrawn = box.withdraw(options.withdraw)
        wishes = box.all()
    if options.json:
        print_json(
            {
                "world": world.name,
                "playing": world.playing,
                "model": world.model,
                "told": told and told.id,
                "withdrawn": withdrawn and withdrawn.id,
                "wishes": [asdict(wish) for wish in wishes],
            }
        )
        return 0
    if told is not None:
        print(f"Told, as wish {told.id} in {world.name}. {_when_read(world)}")
    if withdrawn is not None:
        print(f"Withdrawn: {printable(withdrawn.text)}")
    if options.list or (told is None and withdrawn is None):
        _print_all(wishes, world.name)
    elif told is not None and not options.quiet:
        _print_earlier([wish for wish in wishes if wish.id != told.id])
    return 0


def _world(connection: sqlite3.Connection, name: str | None, someone_plays: bool) -> _World:
    """The world of that name; without one the world that was played last."""
    row = connection.execute(
        "SELECT w.id, w.name, r.status, r.model FROM worlds w LEFT JOIN runs r ON r.world_id = w.id"
        " WHERE ?1 IS NULL OR w.name = ?1"
        " ORDER BY r.status = 'playing' DESC, COALESCE(r.ended_at, r.started_at) DESC, r.id DESC",
        (name,),
    ).fetchone()
    if row is None:
        known = [one for (one,) in connection.execute("SELECT name FROM worlds ORDER BY id")]
        there = f"there is {', '.join(known)}" if known else "nothing was played here yet"
        wanted = "any world" if name is None else f"a world '{name}'"
        raise SettingsError(f"This home folder does not have {wanted}: {there}.")
    return _World(row[0], row[1], someone_plays and row[2] == "playing", row[3])


def _when_read(world: _World) -> str:
    if world.model is None:
        said = "is played" if world.playing else "was last played"
        return (
            f"But this world {said} without a language model, so nobody reads it now:"
            " `voyager play --goal ITEM` plays towards an item by its name, and a sitting with"
            " --model will read this."
        )
    if world.playing:
        return "It is read before the model is asked for the next task."
    return "Nobody is playing: it is read in the next sitting, `voyager play`."


def _print_earlier(wishes: list[Wish]) -> None:
    """What was answered to the last few, and what still waits."""
    for wish in [one for one in wishes if one.status == "taken"][-RECENT:]:
        _print(wish)
    waiting = sum(wish.status == "open" for wish in wishes)
    if waiting:
        print(f"{waiting} earlier {'one waits' if waiting == 1 else 'ones wait'} as well.")


def _print_all(wishes: tuple[Wish, ...], world: str) -> None:
    if not wishes:
        print(f'Nothing was told in {world} yet: voyager tell "Build a bed before night falls."')
    for wish in wishes:
        _print(wish)


def _print(wish: Wish) -> None:
    state = wish.status
    if wish.status == "taken":
        state = f"taken into account for task {wish.task}" if wish.task else "taken into account"
    print(f"{wish.id}. {printable(wish.text)} ({state})")
    if wish.reply:
        print(f"   answered: {printable(wish.reply)}")
