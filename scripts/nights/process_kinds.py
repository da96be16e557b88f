"""Faults of processes, of servers, of the disk, of the machine and of the model."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from nights.kept import model_calls
from nights.kind import NightOverError, kind

if TYPE_CHECKING:
    from nights.night import Night


# -- processes ----------------------------------------------------------------------------------


@kind("kill-agent", parts="agent")
def _kill_agent(night: Night) -> None:
    """SIGKILL of the process that plays; its supervisor starts another."""
    night.signal("agent", signal.SIGKILL)


@kind("kill-supervisor", parts="agent")
def _kill_supervisor(night: Night) -> None:
    """SIGKILL of the supervisor alone; the agent ends too, and the same command goes on."""
    night.signal("supervisor", signal.SIGKILL)
    night.ends_and_is_started_again()


@kind("kill-all", parts="agent")
def _kill_all(night: Night) -> None:
    """SIGKILL of everything at once; the same command goes on."""
    night.session.kill_all()
    night.start_again()


@kind("kill-host", parts="host bot server")
def _kill_host(night: Night) -> None:
    """SIGKILL of the Node host."""
    night.signal("host", signal.SIGKILL)


@kind("kill-bot", parts="bot server")
def _kill_bot(night: Night) -> None:
    """SIGKILL of the bot's process, in a simulation the world's as well."""
    night.signal("bot", signal.SIGKILL)


@kind("kill-bot-in-a-row", parts="bot server")
def _kill_bot_in_a_row(night: Night) -> None:
    """SIGKILL of the bot's process, and of the next as soon as it is there."""
    night.signal("bot", signal.SIGKILL)
    night.signal("bot", signal.SIGKILL)


@kind("kill-server", "embedded", "server bot")
def _kill_server(night: Night) -> None:
    """SIGKILL of the embedded server."""
    night.signal("server", signal.SIGKILL)


@kind("freeze-bot", parts="bot server")
def _freeze_bot(night: Night) -> None:
    """SIGSTOP of the bot's process, for good."""
    night.signal("bot", signal.SIGSTOP)


@kind("freeze-host", parts="host bot server")
def _freeze_host(night: Night) -> None:
    """SIGSTOP of the Node host, for good."""
    night.signal("host", signal.SIGSTOP)


@kind("freeze-agent", parts="agent")
def _freeze_agent(night: Night) -> None:
    """SIGSTOP of the agent, for good; its supervisor has to notice."""
    night.signal("agent", signal.SIGSTOP)


@kind("freeze-server", "embedded", "server bot")
def _freeze_server(night: Night) -> None:
    """SIGSTOP of the embedded server, for good."""
    night.signal("server", signal.SIGSTOP)


@kind("sleep")
def _sleep(night: Night) -> None:
    """The whole machine sleeps for a while: every process stands still and goes on."""
    night.asleep(night.times.outage)


@kind("terminate")
def _terminate(night: Night) -> None:
    """SIGTERM, as when the terminal is closed; the same command goes on."""
    night.stop()
    night.start_again()


# -- a server that is not ours --------------------------------------------------------------------


@kind("server-restart", "foreign", "server")
def _server_restart(night: Night) -> None:
    """A foreign server is stopped and comes back after a while."""
    server = night.foreign()
    server.server.stop()
    night.wait(night.times.outage)
    server.come_back()


@kind("server-crash", "foreign", "server")
def _server_crash(night: Night) -> None:
    """A foreign server is killed and comes back after a while."""
    server = night.foreign()
    server.server.kill()
    night.wait(night.times.outage)
    server.come_back()


@kind("kick", "foreign", "server bot")
def _kick(night: Night) -> None:
    """A foreign server throws the player out."""
    night.foreign().kick(night.player)


@kind("connection-cut", "foreign", "server bot")
def _cut(night: Night) -> None:
    """The connection to a foreign server breaks."""
    night.foreign().cable.cut()


@kind("server-frozen", "foreign", "server bot")
def _server_frozen(night: Night) -> None:
    """A foreign server stands still for a while."""
    pid = night.foreign().pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    night.wait(night.times.long_outage)
    os.kill(pid, signal.SIGCONT)


# -- the disk -------------------------------------------------------------------------------------


@kind("full-disk", "disk", "disk database world")
def _full_disk(night: Night) -> None:
    """The disk is full for a while."""
    night.disk().fill()
    night.wait(night.times.long_outage)
    night.disk().free()


@kind("read-only-home", "disk", "disk database world server index")
def _read_only_home(night: Night) -> None:
    """The home folder becomes read-only for a while; what is open stays writable."""
    night.disk().make_read_only()
    night.wait(night.times.long_outage)
    night.disk().make_writable()


@kind("read-only-logs", "disk")
def _read_only_logs(night: Night) -> None:
    """Nothing can be written in the folder of logs for a while; play does not need it."""
    night.disk().make_read_only("logs")
    night.wait(night.times.outage)
    night.disk().make_writable("logs")


@kind("logs-are-a-file")
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
    if night.session.ended_by_itself() is not None:  # it may refuse to start, and say why
        night.start_again()


@kind("locked-database", parts="database disk")
def _locked_database(night: Night) -> None:
    """Another process keeps the database locked for a while."""
    with closing(sqlite3.connect(night.session.database, timeout=30)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        night.wait(night.times.long_outage)
        connection.execute("ROLLBACK")


# -- the machine and the model --------------------------------------------------------------------


@kind("clock-jump", "clock")
def _clock_jump(night: Night) -> None:
    """The machine's clock that only goes forward is a month ahead when play goes on."""


@kind("endpoint-down", "model", "endpoint")
def _endpoint_down(night: Night) -> None:
    """The model's endpoint is killed and comes back after a while."""
    endpoint = night.endpoint()
    asked = model_calls(night.session.database)
    endpoint.kill()
    night.wait(night.times.long_outage)
    endpoint.come_back()
    if model_calls(night.session.database) == asked:
        raise NightOverError("no model was asked meanwhile, as one that rests or when play ended")


@kind("endpoint-rubbish", "model")
def _endpoint_rubbish(night: Night) -> None:
    """The model's endpoint talks rubbish and breaks off; each call says so by itself."""
    night.wait(night.times.outage)
