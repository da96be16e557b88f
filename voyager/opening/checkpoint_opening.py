"""The checkpoints of a sitting, put together: what is set right first, and what is called when.

Covers composition only; see `voyager/checkpoints`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from mc_server import EmbeddedServer, WorldServer
from voyager.checkpoints.automatic import Checkpoints, Rules
from voyager.checkpoints.recovery import mend_world, rewind_offered
from voyager.checkpoints.rewinding import set_right
from voyager.home import Home
from voyager.journal.journal import Journal
from voyager.journal.journal_records import World
from voyager.opening.configuration import Configuration
from voyager.opening.settings import EMBEDDED
from voyager.supervision.fault_book import FaultBook


@contextmanager
def home_set_right(home: Home) -> Iterator[None]:
    """What was broken off is finished; a database found damaged then ends in how to go back."""
    set_right(home)
    with rewind_offered(home):
        yield


def mend(
    home: Home, world: World, faults: FaultBook, note: Callable[[str], None]
) -> Callable[[], None]:
    """Put back the world if its file is damaged, before its server starts; that is a fault.

    What is returned is to be called when the bot stands in it: then the fault is over.
    """
    mended = mend_world(home, world.name) if world.server == EMBEDDED else None
    if mended is None:
        return lambda: None
    note(f"{mended.cause} {mended.how}")
    faults.begun("world", "damaged", mended.cause)
    how = mended.how
    return lambda: faults.over("world", how)


def open_checkpoints(
    configuration: Configuration,
    home: Home,
    journal: Journal,
    faults: FaultBook,
    stack: ExitStack,
) -> Callable[[WorldServer], None]:
    """What is to be called between two tasks with the world's server.

    `stack` takes one at the end of the sitting; enter it before the server, so that the world is on
    the disk by then.
    """
    rules = Rules(
        configuration.checkpoints.every_minutes,
        configuration.checkpoints.keep,
        configuration.disk.free_megabytes,
    )
    checkpoints = Checkpoints(home, journal, rules, faults)
    stack.callback(checkpoints.at_end)

    def between_tasks(server: WorldServer) -> None:
        checkpoints.between_tasks(server if isinstance(server, EmbeddedServer) else None)

    return between_tasks
