"""The report as one page that needs no other file: style and plots are in it, and no script.

Covers filling in the template, and writing the file in one piece. All that comes from the journal
is foreign text: the template escapes it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from voyager import __version__
from voyager.errors import SettingsError
from voyager.foreign_text import printable, writable
from voyager.reports.session.plots import BAR_HEIGHT, plots_of
from voyager.reports.session.section_parts import Table
from voyager.reports.session.sections import about, sections_of

_OTHERS_MAY_READ = 0o666  # as far as the machine's mask allows, like any file


def write_page(file: Path, report: dict[str, Any]) -> None:
    """Write it; the file is either as it was or whole. SettingsError where that cannot be."""
    page = writable(render_page(report)).encode()
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        if file.exists() and not file.is_file():
            raise SettingsError(f"{file} is no file: name one with --html, like report.html.")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OTHERS_MAY_READ)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(page)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(new, file)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            new.unlink()
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(
            f"The report cannot be written to {file} ({reason}): name another file with --html."
        ) from error


def render_page(report: dict[str, Any]) -> str:
    """The page as HTML."""
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            about=about(report),
            sections=sections_of(report),
            plots=plots_of(report),
            bar_height=BAR_HEIGHT,
            version=__version__,
        )
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("voyager.reports.session", "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.tests["table"] = lambda part: isinstance(part, Table)
    environment.filters["slug"] = lambda title: "".join(
        letter if letter.isalnum() else "-" for letter in title.lower()
    )
    return environment
