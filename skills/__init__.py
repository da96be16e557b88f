"""What has been learned: skills, the library that keeps them, and how they are found again."""

from skills.contracts.learned_contract import Failure, LearnedContract, Spread
from skills.contracts.skill_use import SkillUse, UseKind
from skills.embedding import MiniLmEmbedder
from skills.errors import (
    EmbedderError,
    IndexUnusableError,
    SkillCycleError,
    SkillError,
    SkillNameError,
    SkillUnavailableError,
    UnknownSkillError,
)
from skills.index import Embedder
from skills.library import SkillLibrary
from skills.names import calls_in
from skills.opening import MIGRATIONS, open_library
from skills.primitives_reference import (
    PrimitiveReference,
    primitives_folder,
    primitives_reference,
)
from skills.skill import Provenance, Skill, SkillStatus

__all__ = [
    "MIGRATIONS",
    "Embedder",
    "EmbedderError",
    "Failure",
    "IndexUnusableError",
    "LearnedContract",
    "MiniLmEmbedder",
    "PrimitiveReference",
    "Provenance",
    "Skill",
    "SkillCycleError",
    "SkillError",
    "SkillLibrary",
    "SkillNameError",
    "SkillStatus",
    "SkillUnavailableError",
    "SkillUse",
    "Spread",
    "UnknownSkillError",
    "UseKind",
    "calls_in",
    "open_library",
    "primitives_folder",
    "primitives_reference",
]
