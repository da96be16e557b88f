"""What has been learned: skills, the library that keeps them, and how they are found again."""

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
    "IndexUnusableError",
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
    "UnknownSkillError",
    "calls_in",
    "open_library",
    "primitives_folder",
    "primitives_reference",
]
