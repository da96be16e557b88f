"""Pages for a browser on this machine: what every such page needs, whatever stands on it.

loopback_server.py   requests: who may ask, what is answered, and with which headers
source_colours.py    JavaScript source in colours
static/base.css      colours, letters, buttons and source, the same on every page
"""

from voyager.loopback.loopback_server import (
    BASE_FILES,
    Answer,
    LoopbackServer,
    Query,
    Site,
    read_files,
)
from voyager.loopback.source_colours import Piece, coloured_lines

__all__ = [
    "BASE_FILES",
    "Answer",
    "LoopbackServer",
    "Piece",
    "Query",
    "Site",
    "coloured_lines",
    "read_files",
]
