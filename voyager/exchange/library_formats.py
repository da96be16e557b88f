"""Which format a file or folder is in, and the skills that it holds.

Covers Voyager's and Odyssey's libraries and plain `.js` files; our own export is told from them
here and read by `manifest.py`. Not covered: what is in the skills.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from voyager.errors import SettingsError
from voyager.exchange.foreign_files import (
    JsonPairs,
    UnreadableFileError,
    files_in,
    read_json,
    read_text,
)
from voyager.exchange.foreign_skill import Finding, ForeignLibrary, ForeignSkill, LibraryFormat

MANIFEST = "library.json"
_VERSION = re.compile(r"(?P<name>.+?)V(?P<number>[2-9]|[1-9]\d{1,3})")
_WRAPPED = re.compile(r"\s*async function [\w$]+\s*\([^)]*\)\s*\{(.*)\}\s*\Z", re.S)
_ODYSSEY_TEXT = re.compile(r"\s*Name:\s*[\w$]+\s*;\s*Description:\s*", re.I)
_LONGEST_NAME = 100


def read_library(path: Path, format_: LibraryFormat | None = None) -> ForeignLibrary:
    """What is there, in the given format or the one it is told to be; not for our own format.

    Raises SettingsError where there is no library.
    """
    found = format_ or format_of(path)
    try:
        skills, findings = _READERS[found](path)
    except UnreadableFileError as error:
        raise SettingsError(str(error)) from error
    if not skills and not findings:
        raise SettingsError(f"There is no skill in {path}.")
    return ForeignLibrary(found, tuple(_once(skills)), tuple(findings))


def format_of(path: Path) -> LibraryFormat:
    """The format of what is there. Raises SettingsError where it is none."""
    if path.is_file():
        if path.suffix == ".js":
            return LibraryFormat.JAVASCRIPT
        if path.name == MANIFEST:
            return LibraryFormat.OWN
        return LibraryFormat.VOYAGER
    if not path.is_dir():
        raise SettingsError(f"There is no {path}; name a folder or a file with skills.")
    folder = _skill_folder(path)
    if (path / MANIFEST).is_file():
        return LibraryFormat.OWN
    if (folder / "compositional").is_dir():
        return LibraryFormat.ODYSSEY
    if (folder / "skills.json").is_file() or (folder / "code").is_dir():
        return LibraryFormat.VOYAGER
    if any(path.glob("*.js")):
        return LibraryFormat.JAVASCRIPT
    raise SettingsError(
        f"{path} is no library: there is no skills.json, no folder code and no .js file in it."
    )


_Found = tuple[list[ForeignSkill], list[Finding]]


def _read_voyager(path: Path) -> _Found:
    if path.is_file():
        return _read_skills_json(path)
    folder = _skill_folder(path)
    if (folder / "skills.json").is_file():
        return _read_skills_json(folder / "skills.json")
    found = _read_files([folder / "code"], folder / "description")
    return [*_newest(found[0])], found[1]


def _read_odyssey(path: Path) -> _Found:
    folder = _skill_folder(path)
    if path.is_file() or (folder / "skills.json").is_file():
        skills, findings = _read_skills_json(path if path.is_file() else folder / "skills.json")
    else:
        skills, findings = _read_files([folder / "compositional"], folder / "description")
    # What its skills call and `skills.json` does not hold.
    helpers, more = ([], [])  # type: _Found
    if (folder / "primitive").is_dir():
        helpers, more = _read_files([folder / "primitive"], folder / "description")
    return [*skills, *helpers], [*findings, *more]


def _read_javascript(path: Path) -> _Found:
    if path.is_dir():
        return _read_files([path], path)
    return _read_files([path.parent], path.parent, lambda each: each.name == path.name)


_READERS: dict[LibraryFormat, Callable[[Path], _Found]] = {
    LibraryFormat.VOYAGER: _read_voyager,
    LibraryFormat.ODYSSEY: _read_odyssey,
    LibraryFormat.JAVASCRIPT: _read_javascript,
}


def _skill_folder(path: Path) -> Path:
    """A checkpoint of Voyager's has the library in a folder of its own."""
    inner = path / "skill"
    return inner if inner.is_dir() and not (path / "skills.json").exists() else path


def _read_skills_json(path: Path) -> _Found:
    data = read_json(path)
    if not isinstance(data, JsonPairs):
        raise UnreadableFileError(f"{path.name} holds no skills by name.")
    skills: list[ForeignSkill] = []
    findings: list[Finding] = []
    for name, value in data:
        try:
            skills.append(_from_json(name, value, path.name))
        except UnreadableFileError as error:
            findings.append(Finding(_shown(name), "unreadable", 0, str(error)))
    return skills, findings


def _from_json(name: str, value: Any, file: str) -> ForeignSkill:
    fields = dict(value) if isinstance(value, JsonPairs) else {}
    code, description = fields.get("code"), fields.get("description", "")
    if not isinstance(code, str):
        raise UnreadableFileError("It has no code; give it `code` with the function's source.")
    text = description if isinstance(description, str) else ""
    return ForeignSkill(_shown(name), _text(code), description_of(_text(text)), file)


def _read_files(
    folders: Iterable[Path],
    descriptions: Path,
    wanted: Callable[[Path], bool] = lambda _: True,
) -> _Found:
    skills: list[ForeignSkill] = []
    findings: list[Finding] = []
    for folder in folders:
        for path in filter(wanted, files_in(folder, ".js")):
            name = _shown(path.stem)
            try:
                told = descriptions / f"{path.stem}.txt"
                text = read_text(told) if told.is_file() else ""
                skills.append(ForeignSkill(name, read_text(path), description_of(text), path.name))
            except UnreadableFileError as error:
                findings.append(Finding(name, "unreadable", 0, str(error)))
    return skills, findings


def _newest(skills: Iterable[ForeignSkill]) -> Iterator[ForeignSkill]:
    """Of `mineLog`, `mineLogV2`, ... that all define `mineLog` the last, under its own name."""
    versions: dict[str, list[tuple[int, ForeignSkill]]] = {}
    for skill in skills:
        match = _VERSION.fullmatch(skill.name)
        defines = match and re.search(rf"function\s+{re.escape(match['name'])}\s*\(", skill.source)
        if match and defines:
            versions.setdefault(match["name"], []).append((int(match["number"]), skill))
        else:
            versions.setdefault(skill.name, []).append((1, skill))
    for name, numbered in versions.items():
        *older, (_, last) = sorted(numbered, key=lambda each: each[0])
        left = ", ".join(skill.file for _, skill in older)
        notes = (f"taken from {last.file}, the newest; left: {left}",) if left else ()
        yield replace(last, name=name, notes=(*last.notes, *notes))


def _once(skills: Iterable[ForeignSkill]) -> Iterator[ForeignSkill]:
    """Each name once; of a second source under one name it is told."""
    first: dict[str, ForeignSkill] = {}
    more: dict[str, list[Finding]] = {}
    for skill in skills:
        known = first.setdefault(skill.name, skill)
        if known is not skill and known.source.strip() != skill.source.strip():
            more.setdefault(skill.name, []).append(
                Finding(
                    skill.name,
                    "two_of_one_name",
                    0,
                    f"There are two different skills {skill.name} ({known.file}, {skill.file});"
                    " rename one.",
                )
            )
    for name, skill in first.items():
        yield replace(skill, findings=(*skill.findings, *more.get(name, ())))


def description_of(text: str) -> str:
    """The plain words of a description as Voyager, Odyssey or a person wrote it."""
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[1]
    text = _ODYSSEY_TEXT.sub("", text)
    lines = (line.strip().removeprefix("//").strip() for line in text.splitlines())
    return " ".join(filter(None, lines))


def _shown(name: str) -> str:
    return _text(name)[:_LONGEST_NAME]


def _text(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can hold and no database."""
    return text.encode("utf-8", "replace").decode("utf-8")
