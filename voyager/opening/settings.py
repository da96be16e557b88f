"""What one sitting is asked to do: the options of `voyager play`, typed and checked."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from mc_server import ExternalServer, ServerUnreachableError
from voyager.errors import SettingsError
from voyager.limits import until_seconds

EMBEDDED = "embedded"
EMBEDDED_VERSION = "1.20.4"  # as mc_server/embedded/version.js has it
SEED_RANGE = 2**31  # a seed is a signed number of 32 bits
MOST_CANDIDATES = 16
OWN_SERVER_PATIENCE = 120.0  # then it is started again, with all the rest
FOREIGN_SERVER_PATIENCE = 12 * 3600.0
FASTEST_WORLD_RATE = 10.0  # beyond it path-finding and digging no longer keep up


@dataclass(frozen=True)
class PlaySettings:
    """One field for each option; `check()` says what is wrong with them in a sentence."""

    home: Path
    """Where everything is kept."""
    world: str = "default"
    """Which world of the home folder; on a foreign server the address takes its place."""
    seed: int | None = None
    """Of a new embedded world; None lets an existing world keep its own, or chooses one."""
    server: str = EMBEDDED
    """`embedded`, or HOST:PORT of a server in offline mode."""
    port: int = 0
    """Where the embedded server listens; 0 is any free port."""
    version: str | None = None
    """The game version spoken with a foreign server; None asks it."""
    username: str = "Voyager"
    """The player's name."""
    goal: str | None = None
    """The item to play towards, or with a model anything in words; None plays open-ended."""
    tasks: int | None = None
    """Stop after so many tasks."""
    hours: float | None = None
    """Stop after so many hours."""
    world_hours: float | None = None
    """Stop once the run has lasted so many hours of the world's time, over all its sittings."""
    until: str | None = None
    """Stop at this time of day (`07:30`), or day and time (`2026-01-31 07:30`), of this machine."""
    model: str | None = None
    """A language model's name; None plays without one."""
    base_url: str | None = None
    """The endpoint of the model; None is OpenAI's own."""
    config: Path | None = None
    """Sets up models, budgets and the writer; None takes `voyager.toml`, if that is there."""
    budget: str | None = None
    """What the models may cost in this run (`"2.50 USD"`, `"200k tokens"`); None is the file's."""
    when_spent: str | None = None
    """`play-on` without models when a budget is spent, or `stop`; None is the file's."""
    candidates: int | None = None
    """How many programs are written for an attempt, to keep the best; None is the file's."""
    world_rate: float = 1.0
    """How many times faster than normal the embedded world runs; infinity is a simulation."""
    difficulty: str | None = None
    """Of the embedded world: peaceful, easy, normal or hard; None leaves the world its own."""
    gym: bool = True
    """Whether new skills are tried beside play, in scratch worlds; on the embedded server only."""
    reflexes: bool = True
    """Whether the bot looks after itself, under programs and between tasks; which way is in
    `voyager.toml`, [reflexes] and [upkeep]."""
    supervised: bool = True
    """Whether the agent runs in a process of its own that is started again when it dies."""
    line_of_sight: bool = False
    """Whether blocks are found only when the bot can have seen them."""
    patience: float | None = None
    """Seconds to wait for a server that was there and went away; None is `server_patience`."""
    require_sandbox: bool = False
    """Whether every layer around programs must be there; otherwise what is missing is told."""

    def check(self) -> None:
        """Raises SettingsError for what cannot be."""
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", self.world):
            raise SettingsError(
                f"'{self.world}' cannot name a world: use letters, digits, '.', '_' and '-'."
            )
        if not re.fullmatch(r"[A-Za-z0-9_]{3,16}", self.username):
            raise SettingsError(
                f"'{self.username}' cannot name a player: use 3 to 16 letters, digits and '_'."
            )
        if not 0 <= self.port < 65536:
            raise SettingsError(f"{self.port} is no port: give 1 to 65535, or 0 for any free one.")
        if not (1 <= self.world_rate <= FASTEST_WORLD_RATE or self.simulated):
            raise SettingsError(
                f"--world-rate is from 1 to {FASTEST_WORLD_RATE:g}, or max, not"
                f" {self.world_rate:g}."
            )
        if self.simulated and self.port:
            raise SettingsError("--port says nothing with --world-rate max: nobody can look on.")
        if self.candidates is not None and not 1 <= self.candidates <= MOST_CANDIDATES:
            raise SettingsError(f"--candidates is from 1 to {MOST_CANDIDATES}.")
        if self.tasks is not None and self.tasks < 1:
            raise SettingsError("--tasks is at least 1.")
        if self.hours is not None and not self.hours > 0:  # so that NaN is refused too
            raise SettingsError("--hours is above 0.")
        if self.world_hours is not None and not self.world_hours > 0:
            raise SettingsError("--world-hours is above 0.")
        until_seconds(self.until)
        if self.patience is not None and not 0 <= self.patience < math.inf:
            raise SettingsError("--patience is in seconds, from 0.")
        self._check_server()

    def _check_server(self) -> None:
        if self.server == EMBEDDED:
            if self.seed is not None and not -SEED_RANGE <= self.seed < SEED_RANGE:
                raise SettingsError(f"--seed is from {-SEED_RANGE} to {SEED_RANGE - 1}.")
            if self.version not in (None, EMBEDDED_VERSION):
                raise SettingsError(
                    f"The embedded server plays {EMBEDDED_VERSION}: leave out --version, or name"
                    " another server with --server."
                )
            return
        try:
            ExternalServer(self.server)
        except ServerUnreachableError as error:
            raise SettingsError(f"--server: {error}") from error
        for given, option in ((self.seed, "--seed"), (self.port or None, "--port")):
            if given is not None:
                raise SettingsError(f"{option} is for the embedded server only.")
        if self.world_rate != 1:
            raise SettingsError("--world-rate is for the embedded server only.")
        if self.difficulty is not None:
            raise SettingsError("--difficulty is for the embedded server only.")

    @property
    def simulated(self) -> bool:
        """Whether world and bot share a process and a clock that jumps."""
        return math.isinf(self.world_rate) and self.world_rate > 0

    @property
    def server_patience(self) -> float:
        """Seconds to wait for the server: nobody may be up to start a foreign one again."""
        if self.patience is not None:
            return self.patience
        return OWN_SERVER_PATIENCE if self.server == EMBEDDED else FOREIGN_SERVER_PATIENCE

    @property
    def world_name(self) -> str:
        """How the journal calls the world: an address holds a colon, so the two never clash."""
        return self.world if self.server == EMBEDDED else ExternalServer(self.server).address
