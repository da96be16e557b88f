"""The kinds of faults: what breaks, how it is put right again, and what must be told of it.

Each is a function of the night that returns once the fault itself is over; that play goes on is for
the night to see. `parts` are those of which the report must tell a fault, any one of them; none
where nothing is to be told, as when a machine slept. `leg` names how the session must be played.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nights.night import Night

DAMAGED_BYTES = 4096


@dataclass(frozen=True)
class Kind:
    """One way to break something."""

    name: str
    leg: str
    parts: frozenset[str]
    what: str
    inject: Callable[[Night], None]


KINDS: dict[str, Kind] = {}


def _kind(
    name: str, leg: str = "main", parts: str = ""
) -> Callable[[Callable[[Night], None]], Callable[[Night], None]]:
    def keep(inject: Callable[[Night], None]) -> Callable[[Night], None]:
        what = (inject.__doc__ or "").strip()
        KINDS[name] = Kind(name, leg, frozenset(parts.split()), what, inject)
        return inject

    return keep


# -- processes ----------------------------------------------------------------------------------


@_kind("kill-agent", parts="agent")
def _kill_agent(night: Night) -> None:
    """SIGKILL of the process that plays; its supervisor starts another."""
    night.signal("agent", signal.SIGKILL)


@_kind("kill-supervisor", parts="agent")
def _kill_supervisor(night: Night) -> None:
    """SIGKILL of the supervisor alone; the agent ends too, and the same command goes on."""
    night.signal("supervisor", signal.SIGKILL)
    night.ends_and_is_started_again()


@_kind("kill-all", parts="agent")
def _kill_all(night: Night) -> None:
    """SIGKILL of everything at once; the same command goes on."""
    night.session.kill_all()
    night.start_again()


@_kind("kill-host", parts="host bot server")
def _kill_host(night: Night) -> None:
    """SIGKILL of the Node host."""
    night.signal("host", signal.SIGKILL)


@_kind("kill-bot", parts="bot server")
def _kill_bot(night: Night) -> None:
    """SIGKILL of the bot's process, in a simulation the world's as well."""
    night.signal("bot", signal.SIGKILL)


@_kind("kill-bot-in-a-row", parts="bot server")
def _kill_bot_in_a_row(night: Night) -> None:
    """SIGKILL of the bot's process, and of the next as soon as it is there."""
    night.signal("bot", signal.SIGKILL)
    night.signal("bot", signal.SIGKILL)


@_kind("kill-server", "embedded", "server bot")
def _kill_server(night: Night) -> None:
    """SIGKILL of the embedded server."""
    night.signal("server", signal.SIGKILL)


@_kind("freeze-bot", parts="bot server")
def _freeze_bot(night: Night) -> None:
    """SIGSTOP of the bot's process, for good."""
    night.signal("bot", signal.SIGSTOP)


@_kind("freeze-host", parts="host bot server")
def _freeze_host(night: Night) -> None:
    """SIGSTOP of the Node host, for good."""
    night.signal("host", signal.SIGSTOP)


@_kind("freeze-agent", parts="agent")
def _freeze_agent(night: Night) -> None:
    """SIGSTOP of the agent, for good; its supervisor has to notice."""
    night.signal("agent", signal.SIGSTOP)


@_kind("freeze-server", "embedded", "server bot")
def _freeze_server(night: Night) -> None:
    """SIGSTOP of the embedded server, for good."""
    night.signal("server", signal.SIGSTOP)


@_kind("sleep")
def _sleep(night: Night) -> None:
    """The whole machine sleeps for a while: every process stands still and goes on."""
    night.asleep(night.times.outage)


@_kind("terminate")
def _terminate(night: Night) -> None:
    """SIGTERM, as when the terminal is closed; the same command goes on."""
    night.stop()
    night.start_again()


# -- a server that is not ours --------------------------------------------------------------------


@_kind("server-restart", "foreign", "server")
def _server_restart(night: Night) -> None:
    """A foreign server is stopped and comes back after a while."""
    server = night.foreign()
    server.server.stop()
    night.wait(night.times.outage)
    server.come_back()


@_kind("server-crash", "foreign", "server")
def _server_crash(night: Night) -> None:
    """A foreign server is killed and comes back after a while."""
    server = night.foreign()
    server.server.kill()
    night.wait(night.times.outage)
    server.come_back()


@_kind("kick", "foreign", "server bot")
def _kick(night: Night) -> None:
    """A foreign server throws the player out."""
    night.foreign().kick(night.player)


@_kind("connection-cut", "foreign", "server bot")
def _cut(night: Night) -> None:
    """The connection to a foreign server breaks."""
    night.foreign().cable.cut()


@_kind("server-frozen", "foreign", "server bot")
def _server_frozen(night: Night) -> None:
    """A foreign server stands still for a while."""
    pid = night.foreign().pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    night.wait(night.times.long_outage)
    os.kill(pid, signal.SIGCONT)


# -- the disk -------------------------------------------------------------------------------------


@_kind("full-disk", "disk", "disk database world")
def _full_disk(night: Night) -> None:
    """The disk is full for a while."""
    night.disk().fill()
    night.wait(night.times.outage)
    night.disk().free()


@_kind("read-only-home", "disk", "disk database world server")
def _read_only_home(night: Night) -> None:
    """The home folder becomes read-only for a while; what is open stays writable."""
    night.disk().make_read_only()
    night.wait(night.times.outage)
    night.disk().make_writable()


@_kind("read-only-logs", "disk")
def _read_only_logs(night: Night) -> None:
    """Nothing can be written in the folder of logs for a while; play does not need it."""
    night.disk().make_read_only("logs")
    night.wait(night.times.outage)
    night.disk().make_writable("logs")


@_kind("logs-are-a-file")
def _logs_are_a_file(night: Night) -> None:
    """In place of the folder of logs there is a file, at a start as well."""
    night.stop()
    logs, away = night.home / "logs", night.home / "logs-away"
    logs.rename(away)
    logs.write_text("no folder\n")
    night.start_again(may_refuse=True)
    night.wait(night.times.outage)
    logs.unlink(missing_ok=True)
    if logs.is_dir():
        shutil.rmtree(away)
    else:
        away.rename(logs)


@_kind("locked-database", parts="database disk")
def _locked_database(night: Night) -> None:
    """Another process keeps the database locked for a while."""
    with closing(sqlite3.connect(night.session.database, timeout=30)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        night.wait(night.times.long_outage)
        connection.execute("ROLLBACK")


# -- what lies in the home folder -----------------------------------------------------------------


@_kind("corrupt-index", parts="index")
def _corrupt_index(night: Night) -> None:
    """Bytes of the search index are overwritten while nothing is played."""
    night.stop()
    for file in _files(night.home / "index"):
        _damage(file, night.random)
    night.start_again()


@_kind("corrupt-index-in-play")
def _corrupt_index_in_play(night: Night) -> None:
    """Bytes of the search index are overwritten while it is used; it may never be noticed."""
    for file in _files(night.home / "index"):
        _damage(file, night.random)


@_kind("delete-index", parts="index")
def _delete_index(night: Night) -> None:
    """The search index is deleted while it is used."""
    shutil.rmtree(night.home / "index", ignore_errors=True)


@_kind("corrupt-world", parts="world server")
def _corrupt_world(night: Night) -> None:
    """Bytes of the saved world are overwritten while nothing is played."""
    night.stop()
    _damage(night.world / "world.json", night.random)
    night.start_again()


@_kind("cut-world", parts="world server")
def _cut_world(night: Night) -> None:
    """The saved world is cut off in the middle while nothing is played."""
    night.stop()
    file = night.world / "world.json"
    os.truncate(file, file.stat().st_size // 2)
    night.start_again()


@_kind("corrupt-checkpoint", parts="world disk checkpoint")
def _corrupt_checkpoint(night: Night) -> None:
    """Bytes of the newest checkpoint are overwritten, and of the world, which then needs one."""
    night.stop()
    for file in _files(night.newest_checkpoint()):
        _damage(file, night.random)
    _damage(night.world / "world.json", night.random)
    night.start_again()


@_kind("half-a-checkpoint")
def _half_a_checkpoint(night: Night) -> None:
    """A checkpoint that was cut off while it was written lies about."""
    newest = night.newest_checkpoint()
    half = newest.with_name(f"{newest.name}-half")
    with suppress(shutil.Error, FileNotFoundError):
        shutil.copytree(newest, half)
    files = _files(half)
    for file in files[: len(files) // 2]:
        file.unlink()
    for file in files[len(files) // 2 :]:
        os.truncate(file, file.stat().st_size // 2)


@_kind("stale-live", parts="")
def _stale_live(night: Night) -> None:
    """After a crash the file that says where the session is to be watched names nobody."""
    night.session.kill_all()
    stale = {"pid": 2**22 - 1, "address": "http://127.0.0.1:9", "token": "stale"}
    (night.home / "live.json").write_text(json.dumps(stale))
    night.start_again()


# -- the machine and the model --------------------------------------------------------------------


@_kind("clock-jump", "clock")
def _clock_jump(night: Night) -> None:
    """The machine's clock that only goes forward is a month ahead when play goes on."""


@_kind("endpoint-down", "model", "endpoint")
def _endpoint_down(night: Night) -> None:
    """The model's endpoint is killed and comes back after a while."""
    endpoint = night.endpoint()
    endpoint.kill()
    night.wait(night.times.long_outage)
    endpoint.come_back()


@_kind("endpoint-rubbish", "model")
def _endpoint_rubbish(night: Night) -> None:
    """The model's endpoint talks rubbish and breaks off; each call says so by itself."""
    night.wait(night.times.outage)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _damage(file: Path, chance: random.Random) -> None:
    """Overwrite bytes at the beginning and in the middle, as a failing disk does."""
    with suppress(OSError), file.open("r+b") as opened:
        size = file.stat().st_size
        for begin in (0, size // 2):
            opened.seek(begin)
            opened.write(chance.randbytes(min(size - begin, DAMAGED_BYTES)))
        os.fsync(opened.fileno())
