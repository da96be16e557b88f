"""`voyager report`: what came of a run, as text, as JSON, or as a page."""

from __future__ import annotations

import argparse

from voyager.command_line.report_text import print_report
from voyager.command_line.tables import print_json
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.reports.session.page import write_page
from voyager.reports.session.session_report import session_report


def run(options: argparse.Namespace) -> int:
    """Print the report on a run, or write its page."""
    with open_journal(Home(options.home)) as connection:
        report = session_report(connection, options.run, options.home)
    if options.html is not None:
        write_page(options.html, report)
    if options.json:
        print_json(report)
    elif options.html is None:
        print_report(report)
    elif not options.quiet:
        print(f"The report on run {report['run']['run']} is in {options.html}")
    return 0
