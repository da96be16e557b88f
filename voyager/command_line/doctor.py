"""`voyager doctor`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from voyager.command_line.exit_codes import SETUP
from voyager.command_line.tables import print_json, print_table
from voyager.doctor import BROKEN, OK, diagnose
from voyager.home import Home


def run(options: argparse.Namespace) -> int:
    """Print what was found; the exit code tells whether playing is possible."""
    found = diagnose(Home(options.home), options.server, options.model, options.base_url)
    shown = [one for one in found if one.state != OK] if options.quiet else found
    if options.json:
        print_json([asdict(one) for one in shown])
    elif shown:
        print_table(
            ("check", "state", "found", "what to do"),
            ((one.name, one.state, one.found, one.remedy) for one in shown),
        )
    return SETUP if any(one.state == BROKEN for one in found) else 0
