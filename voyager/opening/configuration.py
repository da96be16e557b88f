"""`voyager.toml`: which models play which role, what they may cost, how programs are written.

Covers reading the file and checking it; every mistake is one sentence that names the place. What is
given on the command line counts more: see `PlaySettings.configured`. A key is never in the file,
only the name of the environment variable that holds it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from curriculum import close_names
from voyager.critics import CriticSettings
from voyager.errors import SettingsError
from voyager.language_models import Amount, BudgetSettings, ModelSettings, Role
from voyager.opening.endurance_settings import (
    CheckpointSettings,
    DiskSettings,
    ReflexSettings,
    SupervisionSettings,
    UnstickingSettings,
    UpkeepSettings,
)
from voyager.opening.settings import PlaySettings
from voyager.writers import WriterSettings

DEFAULT_FILE = Path("voyager.toml")
NO_MODEL = "none"
SECTIONS = (
    *("model", "roles", "budget", "attempts", "writer", "critic"),
    *("reflexes", "upkeep", "unsticking", "checkpoints", "supervision", "disk"),
)
SECRETS = ("api_key", "apikey", "key", "token", "secret", "password")
MODEL_LINES = (
    "name",
    *(f.name for f in fields(ModelSettings) if f.name not in ("model", "api_key")),
)
"""What a model's section may hold."""
T = TypeVar("T")


@dataclass(frozen=True)
class AttemptSettings:
    """How hard a task is tried.

    limit: attempts at one task.
    other_writer_after: failed attempts of the model's after which the planner tries.
    model_retry_seconds: how long a model that could not be asked is left alone.
    """

    limit: Annotated[int, Field(ge=1, le=100)] = 4
    other_writer_after: Annotated[int, Field(ge=1)] = 2
    model_retry_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 60.0


@dataclass(frozen=True)
class Configuration:
    """What the file says; empty without one.

    `models` has the settings of every role, or nothing at all when no model is named.
    """

    models: Mapping[Role, ModelSettings] = field(default_factory=dict)
    budget: BudgetSettings = field(default_factory=BudgetSettings)
    attempts: AttemptSettings = field(default_factory=AttemptSettings)
    writer: WriterSettings = field(default_factory=WriterSettings)
    critic: CriticSettings = field(default_factory=CriticSettings)
    reflexes: ReflexSettings = field(default_factory=ReflexSettings)
    upkeep: UpkeepSettings = field(default_factory=UpkeepSettings)
    unsticking: UnstickingSettings = field(default_factory=UnstickingSettings)
    checkpoints: CheckpointSettings = field(default_factory=CheckpointSettings)
    supervision: SupervisionSettings = field(default_factory=SupervisionSettings)
    disk: DiskSettings = field(default_factory=DiskSettings)

    @property
    def model_name(self) -> str | None:
        """The writer's model, after which a run is called; None without models."""
        return self.models[Role.WRITER].model if self.models else None


def configuration_of(settings: PlaySettings) -> Configuration:
    """What the file says with the options of the command line over it. Raises SettingsError."""
    found = read_configuration(settings.config, settings.model, settings.base_url)
    for option in ("budget", "candidates"):
        if getattr(settings, option) is not None and not found.models:
            raise SettingsError(f"--{option} is about a language model: name one with --model.")
    budget, writer = found.budget, found.writer
    if settings.budget is not None:
        budget = replace(budget, run=Amount.parse(settings.budget))
    if settings.when_spent is not None:
        budget = _section(
            BudgetSettings, asdict(budget) | {"when_spent": settings.when_spent}, "--when-spent"
        )
    if settings.candidates is not None:
        writer = replace(writer, candidates=settings.candidates)
    reflexes, upkeep = found.reflexes, found.upkeep
    if not settings.reflexes:
        reflexes, upkeep = _all_off(reflexes), _all_off(upkeep)
    return replace(found, budget=budget, writer=writer, reflexes=reflexes, upkeep=upkeep)


def read_configuration(
    file: Path | None, model: str | None = None, base_url: str | None = None
) -> Configuration:
    """The configuration in `file`; None takes `voyager.toml` here, if there is one.

    `model` and `base_url` take the place of the file's own, for every role; the model `none` is
    none at all. Raises SettingsError.
    """
    path = DEFAULT_FILE if file is None else file
    data = _tables(path) if file is not None or path.exists() else {}
    models = {} if model == NO_MODEL else _models(data, path, model, base_url)
    if base_url and not models:
        raise SettingsError("--base-url needs --model as well: which model is to be asked?")

    def section(kind: type[T], name: str) -> T:
        return _section(kind, data.get(name, {}), f"{path}, [{name}]")

    return Configuration(
        models=models,
        budget=section(BudgetSettings, "budget"),
        attempts=section(AttemptSettings, "attempts"),
        writer=section(WriterSettings, "writer"),
        critic=section(CriticSettings, "critic"),
        reflexes=section(ReflexSettings, "reflexes"),
        upkeep=section(UpkeepSettings, "upkeep"),
        unsticking=section(UnstickingSettings, "unsticking"),
        checkpoints=section(CheckpointSettings, "checkpoints"),
        supervision=section(SupervisionSettings, "supervision"),
        disk=section(DiskSettings, "disk"),
    )


def _all_off(settings: T) -> T:
    """Settings that are switches, each off."""
    return type(settings)(**{f.name: False for f in fields(settings)})  # type: ignore[arg-type]


def _tables(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not text in UTF-8: write it anew.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}.") from error
    _only_known(data, SECTIONS, str(path))
    for name, section in data.items():
        if not isinstance(section, dict):
            raise SettingsError(f"{path}: write {name} as a section, [{name}].")
    return data


def _models(
    data: Mapping[str, Any], path: Path, model: str | None, base_url: str | None
) -> dict[Role, ModelSettings]:
    """The settings of each role: the section [model], and over it the role's own."""
    roles = data.get("roles", {})
    _only_known(roles, tuple(Role), f"{path}, [roles]")
    given = {"model": model, "base_url": base_url}
    over = {name: value for name, value in given.items() if value is not None}
    if model is None and not data.get("model") and not roles:
        return {}
    shared = _as_settings(data.get("model", {}), f"{path}, [model]")
    own = {role: _of_role(role, roles.get(role, {}), path) for role in Role}
    found = {}
    for role in Role:
        section = shared | own[role] | over
        if "model" not in section:
            raise SettingsError(
                f'{path} names no model for the {role}: add name = "gpt-4o-mini" to [model], which'
                f" is for every role, or to [roles.{role}]."
            )
        place = f"[roles.{role}]" if own[role] else "[model]"
        found[role] = _section(ModelSettings, section, f"{path}, {place}")
    return found


def _of_role(role: Role, section: Any, path: Path) -> dict[str, Any]:
    place = f"[roles.{role}]"
    if not isinstance(section, dict):
        raise SettingsError(f"{path}: write roles.{role} as a section, {place}.")
    return _as_settings(section, f"{path}, {place}")


def _as_settings(section: Mapping[str, Any], place: str) -> dict[str, Any]:
    """A model's section as its settings have it: there its name is called `model`."""
    if any(name.lower() in SECRETS for name in section):
        raise SettingsError(
            f"{place} holds an API key, which does not belong in a file: put it into an environment"
            ' variable and name that, api_key_variable = "MY_KEY".'
        )
    _only_known(section, MODEL_LINES, place)
    variable = section.get("api_key_variable")
    if isinstance(variable, str) and not variable.isidentifier():
        # Not repeated here: it may well be the key.
        raise SettingsError(
            f"{place}: api_key_variable is to be the name of an environment variable, like MY_KEY,"
            " not the key itself."
        )
    return {"model" if key == "name" else key: value for key, value in section.items()}


def _section(kind: type[T], section: Mapping[str, Any], place: str) -> T:
    """A section of the file as settings of that kind, whose fields say what it may hold."""
    _only_known(section, tuple(f.name for f in fields(kind)), place)  # type: ignore[arg-type]
    try:
        return TypeAdapter(kind).validate_python(dict(section))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "a value"
        if kind is ModelSettings and name == "model":
            name = "name"  # as the file calls it
        said = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
        raise SettingsError(
            f"{place}: {name} cannot be {_shown(first['input'])}: {said}."
        ) from error


def _shown(value: Any) -> str:
    """A value as the file has it, or nearly."""
    return str(value).lower() if isinstance(value, bool) else repr(value)[:80]


def _only_known(section: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for name in section:
        if name not in known:
            close = close_names(name, known)
            meant = (
                f"did you mean {' or '.join(close)}?" if close else f"known are {', '.join(known)}."
            )
            raise SettingsError(f"{place}: '{name}' is not known; {meant}")
