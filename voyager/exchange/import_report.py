"""What came of an import, for people and for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from voyager.exchange.foreign_skill import Finding

KNOWN = "known"
"""In place of a status: the library had it already, nothing was changed."""
AS_EXPORTED = "as it was exported"
"""The reason of what came back with the status that it had."""
REFUSED = "refused"
"""In place of a status: it could not even be stored."""


@dataclass(frozen=True)
class SkillReport:
    """What came of one skill. `status` is the one it earned, `KNOWN` or `REFUSED`."""

    name: str
    status: str
    reason: str
    version: int | None = None
    goal: str = ""
    findings: tuple[Finding, ...] = ()
    adapted: tuple[str, ...] = ()
    trials: tuple[str, ...] = ()

    @property
    def came_in(self) -> bool:
        """Whether it can be used, was there before, or came back as it was."""
        return self.status in ("verified", "candidate", KNOWN) or self.reason == AS_EXPORTED

    def lines(self) -> Iterator[str]:
        """The report for people."""
        version = f", version {self.version}" if self.version else ""
        yield f"{self.name}{version}: {self.status}, {self.reason}"
        if self.goal:
            yield f"    goal: {self.goal}"
        for finding in self.findings:
            yield f"    {finding.kind.replace('_', ' ')}: {finding.sentence}"
        if self.adapted:
            yield f"    adapted: {'; '.join(self.adapted)}"
        for trial in self.trials:
            yield f"    in {trial}"


@dataclass(frozen=True)
class ImportReport:
    """What came of a library. `findings` are about what is no skill."""

    source: str
    format: str
    skills: tuple[SkillReport, ...]
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def complete(self) -> bool:
        """Whether all came in."""
        return not self.findings and all(skill.came_in for skill in self.skills)

    def lines(self) -> Iterator[str]:
        """The report for people, the sum of it last, and what to do."""
        for skill in self.skills:
            yield from skill.lines()
        for finding in self.findings:
            yield f"{finding.skill}: refused. {finding.sentence}"
        yield from self.notes
        counts = Counter(skill.status for skill in self.skills)
        counts[REFUSED] += len(self.findings)
        told = ", ".join(f"{count} {status}" for status, count in counts.most_common() if count)
        yield f"{self.source} ({self.format}): {told or 'nothing in it'}."
        if any(not skill.came_in for skill in self.skills):
            yield "What is quarantined or refused is not used: mend it and import it again."

    def as_json(self) -> dict[str, Any]:
        """The report for scripts."""
        return {
            "source": self.source,
            "format": self.format,
            "complete": self.complete,
            "skills": [asdict(skill) for skill in self.skills],
            "findings": [asdict(finding) for finding in self.findings],
            "notes": list(self.notes),
        }
