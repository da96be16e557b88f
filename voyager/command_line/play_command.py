"""The words of a command that plays on, as a person would type it here."""

from __future__ import annotations

import math
import shlex
from dataclasses import fields
from pathlib import Path

from voyager.command_line.common_options import DEFAULT_HOME
from voyager.command_line.play_options import SIMULATED_RATE
from voyager.opening.settings import PlaySettings

CLONE_COMMAND = Path("scripts", "play")


def play_command(settings: PlaySettings, with_seed: bool = False) -> str:
    """The command that plays with these settings, as a rule without what a new world needs."""
    words = words_of(CLONE_COMMAND, "voyager play")
    for field in fields(PlaySettings):
        value = getattr(settings, field.name)
        default = DEFAULT_HOME if field.name == "home" else field.default
        needed = field.name != "seed" or with_seed
        if value is False and default is True:
            words.append(f"--no-{field.name}")
        elif needed and value != default and value is not None:
            text = f"{value:g}" if isinstance(value, float) else str(value)
            text = SIMULATED_RATE if value == math.inf else text
            words += [f"--{field.name.replace('_', '-')}", *([] if value is True else [text])]
    return shlex.join(words)


def words_of(script: Path, installed: str) -> list[str]:
    """How a command begins: with the script of the clone, where this is one."""
    path = Path(__file__).parents[2] / script
    if not path.exists():
        return installed.split()
    here = path.is_relative_to(Path.cwd())
    return [(path.relative_to(Path.cwd()) if here else path).as_posix()]
