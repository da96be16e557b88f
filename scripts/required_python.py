"""Ends with a sentence on a Python that is too old. This file itself parses on Python 3.6."""

import sys

OLDEST = (3, 11)


def sentence(version: "tuple[int, ...]") -> str:
    """Return what to tell somebody who runs this Python version, or nothing if it will do."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        f"This needs Python 3.11 or later, and this is Python {version[0]}.{version[1]}. "
        f"Install a newer one and call it by name, for example: python3.11 {sys.argv[0]}"
    )


def check() -> None:
    """Exit with the sentence on a Python that is too old."""
    complaint = sentence(sys.version_info[:2])
    if complaint:
        sys.exit(complaint)
