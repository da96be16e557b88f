"""Rules of this project that no tool knows.

Each function returns complaints, one a line, or nothing. Covers the rooms' front doors, names of
registries and machines in files, lock files that fell behind, and files that a wheel would lack.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("voyager", "curriculum", "skills", "mc_server")

FOREIGN = (
    (r"\bregistry\.\w+\.(?:org|com)\b|\bpypi\.\w+|\w+hosted\.org\b", "the host of a registry"),
    (r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/", "a path of somebody's machine"),
    (r"^--(?:index-url|extra-index-url|find-links)", "the place of packages"),
    (r'"resolved": "', "a download address"),
)
TEXT = {
    ".py",
    ".js",
    ".ts",
    ".json",
    ".toml",
    ".txt",
    ".in",
    ".md",
    ".sql",
    ".j2",
    ".yml",
    ".cfg",
    "",
}


def known_files(root: Path = ROOT) -> list[Path]:
    """Every file of the clone that git knows or would not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True, timeout=60)
    names = done.stdout.decode().split("\0")
    return [root / name for name in sorted(names) if name and (root / name).is_file()]


def front_doors() -> str:
    """Other rooms and the scripts import a room itself, never a module inside it.

    Benchmarks may, like tests: they measure what is inside.
    """
    return "\n".join(
        complaint
        for room in (*ROOMS, "scripts")
        for path in sorted((ROOT / room).rglob("*.py"))
        if not {"node_modules", "benchmarks"} & set(path.parts)
        for complaint in side_doors(path, room)
    )


def side_doors(path: Path, room: str) -> Iterator[str]:
    """Yield the imports in a file of a room that reach into another room."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
        for name in names:
            other = name.partition(".")[0]
            if other in ROOMS and other not in (room, name):
                where = f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"
                yield f"{where}: imports {name}; write `from {other} import ...`"


def foreign_words() -> str:
    """No file names the host of a registry or a path of somebody's machine."""
    here = {re.escape(str(ROOT)): "the path of this clone"}
    if len(Path.home().parts) > 2:
        here[re.escape(str(Path.home()))] = "the home folder here"
    patterns = [(re.compile(text, re.MULTILINE), why) for text, why in (*FOREIGN, *here.items())]
    complaints = []
    for path in known_files():
        if path.suffix not in TEXT or path.name == Path(__file__).name:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for pattern, why in patterns:
            found = pattern.search(text)
            if found:
                line = text.count("\n", 0, found.start()) + 1
                complaints.append(f"{path.relative_to(ROOT).as_posix()}:{line}: {why}: {found[0]}")
    return "\n".join(complaints)


def locks() -> str:
    """Every lock file is what its input asks for."""
    requirements = ROOT / "requirements"
    runtime, development = (pins(requirements / f"{n}.txt") for n in ("runtime", "development"))
    complaints = [
        *unmet(requirements / "runtime.in", runtime),
        *unmet(requirements / "development.in", development),
    ]
    for name in sorted(runtime.keys() & development.keys()):
        if not development[name] <= runtime[name]:
            complaints.append(f"development.txt has another {name} than runtime.txt")
    package = json.loads((ROOT / "mc_server" / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "mc_server" / "package-lock.json").read_text(encoding="utf-8"))
    complaints += npm_complaints(package, lock)
    return "\n".join(complaints) + ("\nRun scripts/lock." if complaints else "")


def pins(path: Path) -> dict[str, set[str]]:
    """Every version that a lock names, by package; several where it depends on the Python."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(
        r"^([\w.-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.MULTILINE
    ):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def unmet(path: Path, pinned: dict[str, set[str]]) -> list[str]:
    """Requirements of an input that its lock does not meet."""
    complaints = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "-")):
            continue
        requirement = Requirement(line.partition(" #")[0])
        versions = pinned.get(canonicalize_name(requirement.name), set())
        if not versions:
            complaints.append(f"{path.name}: {requirement} is not locked")
        elif not any(requirement.specifier.contains(it, prereleases=True) for it in versions):
            locked = ", ".join(sorted(versions))
            complaints.append(f"{path.name}: {requirement}, but {locked} is locked")
    return complaints


def npm_complaints(package: dict[str, dict[str, str]], lock: dict[str, object]) -> list[str]:
    """What is wrong between package.json and package-lock.json."""
    packages = lock["packages"]
    assert isinstance(packages, dict)
    complaints = []
    for kind in ("dependencies", "devDependencies"):
        asked = package.get(kind, {})
        if asked != packages[""].get(kind, {}):
            complaints.append(f"package-lock.json: its {kind} are not those of package.json")
        for name, version in asked.items():
            if not re.fullmatch(r"\d+\.\d+\.\d+(?:-[\w.]+)?", version):
                complaints.append(f"package.json: {name} {version} is not one exact version")
    for name, entry in packages.items():
        if name and "integrity" not in entry and not entry.get("inBundle"):
            complaints.append(f"package-lock.json: {name} has no hash")
    return complaints


def package_data() -> str:
    """Every file of the four packages is in a wheel: Python by itself, the rest by a pattern."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        patterns = tomllib.load(file)["tool"]["setuptools"]["package-data"]
    complaints = []
    for room in ROOMS:
        covered = {path for pattern in patterns[room] for path in (ROOT / room).glob(pattern)}
        for path in known_files():
            if room != path.relative_to(ROOT).parts[0] or path in covered:
                continue
            in_package = path.suffix == ".py" and (path.parent / "__init__.py").exists()
            if not in_package and not path.name.endswith(".d.ts"):
                complaints.append(
                    f"{path.relative_to(ROOT).as_posix()}: no wheel would hold it; add a pattern "
                    "to package-data in pyproject.toml, or an __init__.py to its folder"
                )
    return "\n".join(complaints)


if __name__ == "__main__":
    sys.exit("scripts/check runs these.")
