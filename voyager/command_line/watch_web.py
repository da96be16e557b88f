"""`voyager watch --web`: the session as a page for a browser on this machine."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack, closing, suppress

from mc_server import WorldView, fetch_viewer
from voyager.command_line.tables import print_json
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.watching.web import WatchServer


def serve(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    home = Home(options.home)
    if home.exists():
        with open_journal(home):
            pass  # brings older tables up to date, which what only reads cannot
    with ExitStack() as stack:
        # Whoever has read the address may end it.
        stack.enter_context(suppress(KeyboardInterrupt))
        view = None
        if options.view:
            files = fetch_viewer(lambda text: print(text, file=sys.stderr, flush=True))
            view = stack.enter_context(closing(WorldView(files)))
        server = stack.enter_context(WatchServer(home, options.port, view))
        if options.json:
            print_json({"url": server.page, "port": server.server_port})
        else:
            print(server.page)
            if not options.quiet:
                print("Ctrl-C ends it; what is played goes on.")
        # Whoever started it waits for the address.
        print(end="", flush=True)
        server.serve_forever()
    return 0
