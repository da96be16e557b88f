"""What a person sees while the agent plays: a live display, or plain lines."""

from voyager.console.live import LiveConsole
from voyager.console.plain import PlainConsole, SilentConsole
from voyager.console.screen import Screen

__all__ = ["Console", "LiveConsole", "PlainConsole", "Screen", "SilentConsole"]

Console = LiveConsole | PlainConsole | SilentConsole
