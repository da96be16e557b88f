"""Errors of the agent.

    VoyagerError
    ├── SettingsError           an option or a combination of options that cannot be
    ├── SandboxError            programs would be less confined than was asked for
    ├── WriterError             no program could be written for a task
    ├── SittingOverError        a budget is spent, and then the sitting was to end
    ├── CheckpointError         a checkpoint cannot be taken, or cannot be used
    ├── DatabaseError           voyager.db cannot be opened, read or written
    │   ├── DatabaseDamagedError    what is in it is not what was written
    │   ├── HomeLockedError     another process plays in this home folder
    │   ├── DatabaseFullError   there is no space left to write it
    │   └── DatabaseBusyError   another process has it locked
    └── ModelError              the language model
        ├── ModelRefusedError       the endpoint said no (key, model name, request)
        │   └── ContextOverflowError    the prompt is longer than the model can read
        ├── ModelUnreachableError   no answer, or none in time
        └── BudgetSpentError        it may not be asked any more

Each message is one sentence that says what to do; the command line prints it and nothing else.
"""


class VoyagerError(Exception):
    """Base of everything this room raises."""


class SettingsError(VoyagerError):
    """An option that cannot be taken."""


class SandboxError(VoyagerError):
    """A layer of the sandbox is not to be had on this machine, and all were asked for."""


class WriterError(VoyagerError):
    """No program can be written: no recipe leads there, or an answer held no usable code.

    `kind` tells apart why: `no_way` (no recipe), and of a model's answers `refused`, `empty`,
    `cut_off`, `no_code` (prose), `look_ups` (asked without end), and where the checks said no
    `syntax`, `unknown_name`, `unusable`.
    """

    def __init__(self, message: str, kind: str = "no_way") -> None:
        super().__init__(message)
        self.kind = kind


class SittingOverError(VoyagerError):
    """A budget is spent, and it was asked for that the sitting ends then.

    No ModelError: what goes on without a model must not go on here.
    """


class CheckpointError(VoyagerError):
    """There is no such checkpoint, it is damaged, or none can be taken."""


class DatabaseError(VoyagerError):
    """`voyager.db` cannot be opened, read or written."""


class DatabaseDamagedError(DatabaseError):
    """`voyager.db` is damaged: a copy of it is needed."""


class HomeLockedError(DatabaseError):
    """Another process has this home folder."""


class DatabaseFullError(DatabaseError):
    """No space is left on its disk."""


class DatabaseBusyError(DatabaseError):
    """Another process writes to it, for longer than is waited."""


class ModelError(VoyagerError):
    """A language model could not be used.

    `outcome` is a word for the books (see `model_calls` in the migrations), `retries` how often the
    request was sent again before it was given up.
    """

    outcome: str = "rejected"
    retries: int = 0


class ModelRefusedError(ModelError):
    """The endpoint refused: a wrong key, an unknown model, a malformed request."""


class ContextOverflowError(ModelRefusedError):
    """The prompt is longer than the model can read: ask with a shorter one."""

    outcome = "overflow"


class BudgetSpentError(ModelError):
    """What the model may cost is spent; nothing was asked, so the books have no call of it.

    `budget` is `run`, `hour` or `task`.
    """

    outcome = "budget_spent"
    budget: str = "run"


class ModelUnreachableError(ModelError):
    """The endpoint did not answer, not in time, or only with server errors."""

    outcome = "unreachable"
