"""What the machine tells of processes: children, memory, open files. Reads /proc, so Linux only."""

from __future__ import annotations

from pathlib import Path

_PROC = Path("/proc")
_PARENT_FIELD = 1
_BEGUN_FIELD = 19
"""Of /proc/PID/stat, counted behind the name in brackets."""


def can_tell() -> bool:
    """Whether this machine tells of its processes."""
    return (_PROC / "self" / "stat").exists()


def is_running(process: int) -> bool:
    """Whether there is such a process that has not ended."""
    fields = _stat(process)
    return fields is not None and fields[0] not in "ZX"


def descendants(process: int) -> frozenset[int]:
    """Every running process below this one, at any depth."""
    parents = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))) and fields[0] not in "ZX":
            parents[int(entry.name)] = int(fields[_PARENT_FIELD])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return frozenset(found - {process})


def resident_megabytes(process: int) -> float:
    """Memory in RAM. 0 when the process has ended."""
    try:
        status = (_PROC / str(process) / "status").read_text()
    except OSError:
        return 0.0
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines.get("VmRSS", "0 kB").split()[0]) / 1024


def largest(processes: frozenset[int]) -> int | None:
    """The one with the most memory: a bot's process among what wraps it."""
    return max(processes, key=resident_megabytes, default=None)


def open_files(process: int) -> int:
    """How many file descriptors it holds."""
    return len(list((_PROC / str(process) / "fd").iterdir()))


def _stat(process: int) -> list[str] | None:
    try:
        text = (_PROC / str(process) / "stat").read_text()
    except OSError:
        return None
    return text.rpartition(")")[2].split()


def identity(process: int) -> tuple[int, str] | None:
    """The process and when it began, which tells it from a later one of the same number."""
    fields = _stat(process)
    return None if fields is None or fields[0] in "ZX" else (process, fields[_BEGUN_FIELD])
