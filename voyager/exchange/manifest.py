"""The files of our own export: what stands where, and the manifest that says what belongs together.

    library.json                 the manifest: names, versions, statuses, goals, records, checksums
    skills/NAME.js               the active version of each skill, to be read and edited
    versions/NAME.N.js           its other versions
    uses/NAME.jsonl              what is known from experience, one use a line
    skills.json, code/, description/     the same skills as Voyager's SkillManager reads them

A file of a skill begins with a comment made from the manifest; what follows is the source. Covers
the forms and reading them back with distrust; not writing files (`exporting.py`), and not what
becomes of them (`restoring.py`).
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from skills import (
    CarriedSkill,
    CarriedVersion,
    LearnedContract,
    Provenance,
    Skill,
    SkillError,
    SkillStatus,
    SkillUse,
)
from voyager.exchange.foreign_files import (
    UnreadableFileError,
    files_in,
    plain,
    read_json,
    read_text,
)
from voyager.exchange.library_formats import MANIFEST

FORMAT = "voyager skill library"
FORMAT_VERSION = 1
_FILE = re.compile(r"(?:skills|versions)/[A-Za-z_$][\w$~]{0,120}(?:\.\d{1,6})?\.js", re.ASCII)
_USES_FILE = re.compile(r"uses/[A-Za-z_$][\w$~]{0,120}\.jsonl", re.ASCII)
_HEADER_END = "*/\n"
_USES = TypeAdapter(SkillUse)
_NOT_CARRIED = {"id", "run_id", "attempt_id"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OriginEntry(_Part):
    """`Provenance` without the run, which is one of another journal."""

    task: str
    attempt: int
    writer: str
    model: str | None
    game_version: str


class VersionEntry(_Part):
    """One version; `sha256` is that of its whole file."""

    version: int = Field(ge=1)
    file: str
    sha256: str
    status: SkillStatus
    signature: str
    description: str
    when_to_use: str
    calls: tuple[str, ...]
    contract: dict[str, Any]
    parameters: dict[str, str]
    successes: int = Field(ge=0)
    failures: int = Field(ge=0)
    provenance: OriginEntry
    added_at: str
    learned: dict[str, Any] | None = None


class SkillEntry(_Part):
    """A name with all its versions."""

    active_version: int = Field(ge=1)
    versions: tuple[VersionEntry, ...]
    other_names: tuple[str, ...] = ()
    pinned: bool = False
    banned: bool = False
    uses_file: str | None = None
    uses_sha256: str | None = None


class Manifest(_Part):
    """All of `library.json`. `digest` is over everything else in it."""

    format: Literal["voyager skill library"]
    format_version: Literal[1]
    skills: dict[str, SkillEntry]
    digest: str

    @property
    def is_intact(self) -> bool:
        """Whether nobody has edited it."""
        return self.digest == digest_of(self.skills)


def digest_of(skills: dict[str, SkillEntry]) -> str:
    """Of the entries, however they are written down."""
    data = {name: entry.model_dump(mode="json") for name, entry in skills.items()}
    return sha256_of(json.dumps(data, sort_keys=True, ensure_ascii=False))


def sha256_of(text: str) -> str:
    """Of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def manifest_text(skills: dict[str, SkillEntry]) -> str:
    """What stands in `library.json`."""
    manifest = Manifest(
        format="voyager skill library",
        format_version=1,
        skills=skills,
        digest=digest_of(skills),
    )
    data = manifest.model_dump(mode="json")
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder. Raises UnreadableFileError."""
    data = plain(read_json(folder / MANIFEST))
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:100]
        raise UnreadableFileError(
            f"{MANIFEST} is no manifest of a skill library ({place}: {first['msg'][:100]});"
            " export it again."
        ) from error


def is_export(folder: Path) -> bool:
    """Whether the folder holds an export of ours, of whatever version."""
    try:
        data = plain(read_json(folder / MANIFEST))
    except UnreadableFileError:
        return False
    return isinstance(data, dict) and data.get("format") == FORMAT


def version_text(skill: Skill, words: str) -> str:
    """A skill's file; `words` are those of what was learned of it."""
    told = [skill.description, skill.when_to_use, words]
    lines = [line for text in told if text for line in _folded(text)]
    goal = json.dumps(dict(skill.contract), sort_keys=True, ensure_ascii=False)
    body = [*lines, "", f"@goal {goal}"] if skill.contract else lines
    inside = "\n".join(f" * {line}".rstrip() for line in body).replace("*/", "* /")
    return f"/**\n{inside}\n {_HEADER_END}{skill.source}"


def source_in(text: str) -> str:
    """The source in a skill's file; all of it where the comment is gone."""
    if not text.startswith("/**\n"):
        return text
    return text.partition(_HEADER_END)[2]


def read_below(folder: Path, file: str) -> str:
    """A file that the manifest names. Raises UnreadableFileError."""
    if not _FILE.fullmatch(file) and not _USES_FILE.fullmatch(file):
        raise UnreadableFileError(f"The manifest names {file[:80]!r}, which is no file of its own.")
    path = folder / file
    if path.parent.is_symlink():
        raise UnreadableFileError(f"{path.parent.name} is a link; put the folder itself there.")
    return read_text(path)


def new_files(folder: Path, manifest: Manifest) -> list[Path]:
    """What a person has put beside the skills. Raises UnreadableFileError."""
    known = {version.file for entry in manifest.skills.values() for version in entry.versions}
    skills = folder / "skills"
    if skills.is_symlink() or not skills.is_dir():
        return []
    return [path for path in files_in(skills, ".js") if f"skills/{path.name}" not in known]


def uses_text(carried: CarriedSkill) -> str:
    """What stands in the file of a skill's uses."""
    lines = (
        json.dumps(
            _USES.dump_python(use, mode="json", exclude=_NOT_CARRIED, exclude_defaults=True),
            sort_keys=True,
            ensure_ascii=False,
        )
        for version in carried.versions
        for use in version.uses
    )
    return "".join(f"{line}\n" for line in lines)


def read_uses(text: str, name: str) -> tuple[SkillUse, ...]:
    """The uses of a skill. Raises UnreadableFileError."""
    try:
        uses = tuple(_USES.validate_json(line) for line in text.splitlines() if line)
    except ValidationError as error:
        raise UnreadableFileError(
            f"What is told of uses of {name} is none: export it again."
        ) from (error)
    if any(use.name != name for use in uses):
        raise UnreadableFileError(f"In the uses of {name} there are some of another skill.")
    return uses


def carried_version(
    name: str, entry: VersionEntry, source: str, uses: tuple[SkillUse, ...]
) -> CarriedVersion:
    """A version as it is kept in a library. Raises UnreadableFileError."""
    not_its = {"file", "sha256", "provenance", "added_at", "learned"}
    fields = entry.model_dump(exclude=not_its)
    origin = Provenance(run_id=None, **entry.provenance.model_dump())
    skill = Skill(name=name, source=source, provenance=origin, **fields)
    own = tuple(use for use in uses if use.version == entry.version)
    try:
        learned = LearnedContract.from_json(entry.learned) if entry.learned else None
    except SkillError as error:
        raise UnreadableFileError(f"What was learned of {name} cannot be read: {error}") from error
    return CarriedVersion(skill, entry.added_at, own, learned)


def _folded(text: str) -> list[str]:
    """In lines that are easy to read; words are not broken."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > 92:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
