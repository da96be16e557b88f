"""The agent: the loop and all that goes into it."""

__version__ = "0.1.0"
