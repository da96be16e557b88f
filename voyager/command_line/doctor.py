"""`voyager doctor`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from voyager.command_line.exit_codes import MODEL, SETUP
from voyager.command_line.tables import print_json, print_table
from voyager.doctor import BROKEN, LAYER, OK, Diagnosis, diagnose
from voyager.doctor import MODEL as MODEL_CHECK
from voyager.home import Home
from voyager.opening.configuration import read_configuration


def run(options: argparse.Namespace) -> int:
    """Print what was found; the exit code tells whether playing is possible."""
    configuration = read_configuration(options.config, options.model, options.base_url)
    models = [(role.value, settings) for role, settings in configuration.models.items()]
    free_megabytes = configuration.disk.free_megabytes
    found = diagnose(Home(options.home), options.server, models, free_megabytes)
    shown = [one for one in found if one.state != OK] if options.quiet else found
    if options.json:
        print_json([asdict(one) for one in shown])
    else:
        layers = [one for one in shown if one.name.startswith(LAYER)]
        _print("check", "found", [_row(one) for one in shown if one not in layers])
        if layers:
            print()
        _print("layer", "what it does", [_layer_row(one) for one in layers])
    broken = [one for one in found if one.state == BROKEN]
    if broken and all(one.name.startswith(MODEL_CHECK) for one in broken):
        return MODEL
    return SETUP if broken else 0


def _row(one: Diagnosis) -> tuple[str, ...]:
    return one.name, one.state, one.found, one.remedy


def _layer_row(one: Diagnosis) -> tuple[str, ...]:
    state, _, found = one.found.partition(": ")
    return one.name.removeprefix(LAYER), state, found, one.remedy


def _print(name: str, found: str, rows: list[tuple[str, ...]]) -> None:
    """A table of its own; what to do has a column where there is something to do."""
    if not rows:
        return
    columns = (name, "state", found, "what to do")
    used = len(columns) if any(row[-1] for row in rows) else len(columns) - 1
    print_table(columns[:used], (row[:used] for row in rows))
