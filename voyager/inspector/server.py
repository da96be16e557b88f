"""The pages of the library, served on this machine."""

from __future__ import annotations

from voyager.inspector.library_view import LibraryView
from voyager.inspector.pages import Pages
from voyager.loopback import LoopbackServer


class InspectorServer(LoopbackServer):
    """Serves the library of a home folder until it is closed.

    `port` 0 takes any free one. Raises SettingsError where the port cannot be had.
    """

    def __init__(self, view: LibraryView, port: int = 0) -> None:
        super().__init__(Pages(view), port)
