"""`voyager skills serve`: the library as pages for a browser on this machine."""

from __future__ import annotations

import argparse
import webbrowser
from contextlib import closing, suppress

from voyager.command_line.tables import print_json
from voyager.home import Home
from voyager.inspector import InspectorServer
from voyager.inspector.library_view import LibraryView
from voyager.journal.journal_opening import open_journal


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    home = Home(options.home)
    with open_journal(home):
        pass  # brings older tables up to date, which what only reads cannot
    with (
        closing(LibraryView(home)) as view,
        InspectorServer(view, options.port) as server,
        # Whoever has read the address may end it.
        suppress(KeyboardInterrupt),
    ):
        if options.json:
            print_json({"url": server.url, "port": server.server_port})
        else:
            print(server.url)
            if not options.quiet:
                print("Ctrl-C ends it.")
        # Whoever started it waits for the address.
        print(end="", flush=True)
        if options.open:
            webbrowser.open(server.url)
        server.serve_forever()
    return 0
