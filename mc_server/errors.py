"""Errors of the game side.

    McServerError
    ├── NodeMissingError        no usable Node.js, or its packages are not installed
    ├── ServerError
    │   ├── ServerUnreachableError   nothing answers at that address
    │   ├── ServerStartError         the embedded server did not come up (port taken, bad world)
    │   └── KickedError              the server refused the bot
    ├── BridgeError             the Node host died or broke its protocol; restart it
    └── HomeFolderError         a folder we must write to cannot be written (rights, no space)

Each message is one sentence that says what to do. A program that fails is no error of ours: it is
an `Execution` with an outcome.
"""


class McServerError(Exception):
    """Base of everything this room raises."""

    waited_seconds: float = 0.0
    """How long it was waited for what broke to pass, in vain."""


class NodeMissingError(McServerError):
    """Node.js or the npm packages are missing."""


class ServerError(McServerError):
    """Something about the Minecraft server."""


class ServerUnreachableError(ServerError):
    """Nothing that speaks Minecraft answers at the address."""


class ServerStartError(ServerError):
    """The embedded server did not start."""


class KickedError(ServerError):
    """The server disconnected the bot while it was joining."""


class BridgeError(McServerError):
    """The Node host died, or a message did not follow the protocol."""


class HomeFolderError(McServerError):
    """A folder that must be written to cannot be."""
