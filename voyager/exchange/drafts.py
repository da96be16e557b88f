"""A skill on its way in: what it was, what it has become, and what is known of it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from curriculum import Goal
from mc_server import ProgramFacts, TopFunction
from skills import Provenance, Skill, SkillStatus
from voyager.exchange.foreign_skill import Finding, ForeignSkill


@dataclass(frozen=True)
class Draft:
    """`entry` is the function that the skill is, None where there is none.

    `facts` are of `source`, which is as it would be kept. `goal` is what it has to reach, None
    where only running it can tell; `goal_from` says in words where the goal comes from.
    """

    foreign: ForeignSkill
    source: str
    description: str
    when_to_use: str
    facts: ProgramFacts | None
    entry: TopFunction | None
    calls: tuple[str, ...] = ()
    goal: Goal | None = None
    goal_from: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    adapted: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        return self.foreign.name

    @property
    def blocked(self) -> bool:
        """Whether what was found keeps it from being run."""
        return any(finding.blocks for finding in self.findings)

    def as_skill(self, contract: Mapping[str, Any], provenance: Provenance) -> Skill:
        """As it is kept in quarantine."""
        signature = self.entry.signature if self.entry else f"async function {self.name} ()"
        return Skill(
            name=self.name,
            source=self.source,
            signature=signature,
            description=self.description,
            when_to_use=self.when_to_use,
            calls=self.calls,
            contract=contract,
            provenance=provenance,
            parameters=self.parameters,
            status=SkillStatus.QUARANTINED,
        )
