"""What is there, what is missing, and what to do about it.

Covers the checks behind `voyager doctor`. Each looks at the real thing: it runs Node, opens the
database, asks the server. Nothing is changed.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from mc_server import (
    ExternalServer,
    McServerError,
    SandboxLayer,
    find_node,
    packages_installed,
    ping_server,
    sandbox_layers,
)
from skills import SkillError, SkillStatus, open_library, primitives_reference
from voyager.checkpoints.store import CheckpointStore
from voyager.errors import VoyagerError
from voyager.home import FREE_BYTES_NEEDED, Home
from voyager.journal.database import check_database
from voyager.journal.journal_opening import open_journal
from voyager.language_models import ModelSettings, OpenAiChatModel
from voyager.opening.endurance_settings import DiskSettings
from voyager.opening.settings import EMBEDDED
from voyager.reports.skills.skill_rows import counts_by_status

OK, MISSING, BROKEN = "ok", "missing", "broken"
PLAYS_ALL_THE_SAME = "Play goes on without the others; see each of them."
SET_UP = "Play once: that installs what is missing."
LAYER = "sandbox: "
"""How the diagnosis of a single layer around programs begins its name."""
MODEL = "language model"
MODEL_SECONDS = 120.0
MEND_SKILLS = (
    "`voyager skills list --status quarantined` names those that are not used, `voyager skills show"
    " NAME` says why."
)
RESTORE = (
    "Go back to a checkpoint, which `voyager checkpoint list` shows, or move the file away to begin"
    " anew."
)


@dataclass(frozen=True)
class Diagnosis:
    """One thing looked at. `state` is `ok`, `missing` (play goes on without it) or `broken`."""

    name: str
    state: str
    found: str
    remedy: str = ""


def diagnose(
    home: Home,
    server: str = EMBEDDED,
    models: Sequence[tuple[str, ModelSettings]] = (),
    free_megabytes: int = DiskSettings.free_megabytes,
) -> list[Diagnosis]:
    """Look at everything a sitting with these options needs.

    `models` are those of the roles, (role, settings); roles that share one may be told by one name.
    With less than `free_megabytes` of disk no checkpoints are taken.
    """
    checks: list[Callable[[], Iterator[Diagnosis]]] = [
        _python,
        _node,
        _sandbox,
        _primitives,
        lambda: _home(home, free_megabytes),
        lambda: _server(server),
        lambda: _models(models),
    ]
    found: list[Diagnosis] = []
    for check in checks:
        found += check()
    return found


def _python() -> Iterator[Diagnosis]:
    version = platform.python_version()
    fit = sys.version_info >= (3, 11)
    yield Diagnosis("python", OK if fit else BROKEN, version, "" if fit else "Use Python 3.11+.")


def _node() -> Iterator[Diagnosis]:
    try:
        node = find_node()
        version = subprocess.run(
            [str(node), "--version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout.strip()
        yield Diagnosis("node", OK, f"{version} at {node}")
    except (McServerError, OSError, subprocess.SubprocessError) as error:
        yield Diagnosis("node", BROKEN, str(error), SET_UP)
    if packages_installed():
        yield Diagnosis("npm packages", OK, "as locked")
    else:
        yield Diagnosis("npm packages", BROKEN, "missing, or not as locked", SET_UP)


def _sandbox() -> Iterator[Diagnosis]:
    """The sandbox as a whole, then layer by layer.

    What the system does not offer is missing, everything else that is not there is broken.
    """
    if not packages_installed():
        yield Diagnosis("sandbox", BROKEN, "cannot be tried without the npm packages", SET_UP)
        return
    try:
        layers = sandbox_layers(find_node())
    except McServerError as error:
        yield Diagnosis("sandbox", BROKEN, str(error), SET_UP)
        return
    diagnoses = [_layer(layer) for layer in layers]
    worst = max((one.state for one in diagnoses), key=(OK, MISSING, BROKEN).index)
    active = sum(one.state == OK for one in diagnoses)
    found = (
        "each layer is active" if worst == OK else f"{active} of {len(layers)} layers are active"
    )
    remedy = {OK: "", MISSING: PLAYS_ALL_THE_SAME, BROKEN: SET_UP}[worst]
    yield Diagnosis("sandbox", worst, found, remedy)
    yield from diagnoses


def _layer(layer: SandboxLayer) -> Diagnosis:
    name = f"{LAYER}{layer.name}"
    if layer.active:
        return Diagnosis(name, OK, f"active: {layer.title}")
    state = MISSING if layer.kind == "outer" else BROKEN
    return Diagnosis(name, state, f"unavailable: {layer.title}. {layer.why}", layer.remedy)


def _primitives() -> Iterator[Diagnosis]:
    names = [primitive.name for primitive in primitives_reference()]
    state = OK if names else BROKEN
    yield Diagnosis("primitives", state, ", ".join(names) or "none", "" if names else "Reinstall.")


def _home(home: Home, free_megabytes: int) -> Iterator[Diagnosis]:
    if not home.exists():
        yield _home_to_be(home)
        yield Diagnosis("database", OK, "nothing was played here yet")
        return
    try:
        home.prepare()
    except McServerError as error:
        yield Diagnosis("home folder", BROKEN, str(error), "Choose another with --home.")
        return
    yield Diagnosis("home folder", OK, str(home.folder))
    yield from _room(home, free_megabytes)
    try:
        with open_journal(home) as connection:
            if faults := check_database(connection):
                yield Diagnosis("database", BROKEN, "; ".join(faults), RESTORE)
                return
            yield Diagnosis("database", OK, str(home.database))
            yield _index(connection, home)
            yield _skills(connection)
    except VoyagerError as error:
        yield Diagnosis("database", BROKEN, str(error), RESTORE)


def _room(home: Home, free_megabytes: int) -> Iterator[Diagnosis]:
    """What is left of the disk, and what can be gone back to."""
    free = shutil.disk_usage(home.folder).free >> 20
    few = free < free_megabytes
    remedy = (
        f"No checkpoints are taken with less than {free_megabytes} MB: free some." if few else ""
    )
    yield Diagnosis("disk", MISSING if few else OK, f"{free:,} MB are free", remedy)
    checkpoints = CheckpointStore(home).listed()
    damaged = ", ".join(one.name for one in checkpoints if one.damage)
    whole = sum(not one.damage for one in checkpoints)
    if damaged:
        told = f"{whole} whole; damaged: {damaged}"
        yield Diagnosis(
            "checkpoints", MISSING, told, f"Remove what is damaged in {home.checkpoints}."
        )
    else:
        yield Diagnosis("checkpoints", OK, f"{whole} whole" if whole else "none yet")


def _home_to_be(home: Home) -> Diagnosis:
    """Where the first sitting will make the folder; nothing is made for a look."""
    folder = home.folder.absolute()
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        found = f"{home.folder} cannot be made in {folder}"
        return Diagnosis("home folder", BROKEN, found, "Choose another with --home.")
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES_NEEDED:
        found = f"{free // 2**20} MB are free of {FREE_BYTES_NEEDED >> 20} needed"
        return Diagnosis("home folder", BROKEN, found, "Free some, or choose another with --home.")
    return Diagnosis("home folder", OK, f"{home.folder}, to be made by the first sitting")


def _index(connection: sqlite3.Connection, home: Home) -> Diagnosis:
    try:
        with closing(open_library(connection, home.index)) as library:
            differences = library.check()
    except SkillError as error:
        return Diagnosis("skill index", BROKEN, str(error), SET_UP)
    return Diagnosis(
        "skill index",
        MISSING if differences else OK,
        "; ".join(differences) or "agrees with the database",
        "The next sitting brings it in step by itself." if differences else "",
    )


def _skills(connection: sqlite3.Connection) -> Diagnosis:
    counts = counts_by_status(connection)
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    if not counts.get(SkillStatus.QUARANTINED):
        return Diagnosis("skills", OK, told or "none yet")
    return Diagnosis("skills", MISSING, told, MEND_SKILLS)


def _server(server: str) -> Iterator[Diagnosis]:
    if server == EMBEDDED:
        return
    try:
        address = ExternalServer(server)
        info = ping_server(address.host, address.port)
        yield Diagnosis("server", OK, f"{server} answers, version {info.version_name}")
    except McServerError as error:
        yield Diagnosis("server", BROKEN, str(error), "Start it, or check the address.")


def _models(models: Sequence[tuple[str, ModelSettings]]) -> Iterator[Diagnosis]:
    """Each model is asked once, for all the roles that have it with the same settings."""
    asked: list[tuple[list[str], ModelSettings]] = []
    for role, settings in models:
        same = [roles for roles, others in asked if others == settings]
        if same:
            same[0].append(role)
        else:
            asked.append(([role], settings))
    for roles, settings in asked:
        name = MODEL if len(asked) == 1 else f"{MODEL} ({', '.join(roles)})"
        yield from _model(name, settings)


def _model(name: str, settings: ModelSettings) -> Iterator[Diagnosis]:
    try:
        patience = min(settings.answer_seconds, MODEL_SECONDS)
        chat = OpenAiChatModel(replace(settings, max_retries=0, answer_seconds=patience))
        able = chat.probe()
    except VoyagerError as error:
        yield Diagnosis(name, BROKEN, str(error), "Check name, address and key.")
        return
    yield Diagnosis(name, OK, f"{chat.answers_as} answers at {chat.endpoint}")
    structured = {"json_schema": "by JSON schema", "json_object": "as some JSON object"}
    yield _ability(
        f"{name}: structured answers",
        structured.get(able.structured),
        [one for one in able.problems if one.startswith("JSON")],
        "Its answers are read as text.",
    )
    yield _ability(
        f"{name}: tools",
        "called" if able.tools else None,
        [one for one in able.problems if one.startswith("Tools")],
        "They are offered to it in words.",
    )
    yield _ability(
        f"{name}: streaming",
        "answers come as they are written" if able.streaming else None,
        [one for one in able.problems if one.startswith("Streaming")],
        "Its answers are shown when they are whole.",
    )
    others = [one for one in able.problems if not one.startswith(("JSON", "Tools", "Streaming"))]
    if others:
        yield Diagnosis(f"{name}: requests", OK, f"go without a part: {' '.join(others)}")


def _ability(name: str, found: str | None, problems: Sequence[str], without: str) -> Diagnosis:
    """What a model can do, or does not: then the agent has another way."""
    tried = " ".join(problems)
    if found is None:
        return Diagnosis(
            name, MISSING, f"no; {tried}" if tried else "no, as its settings say", without
        )
    return Diagnosis(name, OK, f"{found}; {tried}" if tried else found)
