"""What has been learned: skills, the library that keeps them, and how they are found again."""

from skills.carried import (
    CarriedSkill,
    CarriedVersion,
    carried_skills,
    restore,
)
from skills.closure import callees_first, in_dependency_order, reached
from skills.contracts.learned_contract import Failure, LearnedContract, Spread
from skills.contracts.learning import learn
from skills.contracts.needs import Need, needs_of
from skills.contracts.skill_use import SkillUse, UseKind
from skills.contracts.source_names import source_names
from skills.contracts.use_store import UseStore
from skills.embedding import MiniLmEmbedder
from skills.environment import changes_between, environment_of
from skills.errors import (
    EmbedderError,
    IndexUnusableError,
    SkillCycleError,
    SkillError,
    SkillNameError,
    SkillUnavailableError,
    UnknownSkillError,
)
from skills.evidence import (
    USES_TO_COMPARE,
    has_broken,
    has_worked_again,
    is_in_doubt,
    serves_as_well,
)
from skills.history import Change, SkillChange
from skills.index import Embedder
from skills.index_document import in_words
from skills.library import SkillLibrary
from skills.names import calls_in
from skills.offering import OFFERED, reaches_all_of
from skills.opening import MIGRATIONS, open_library
from skills.primitives_reference import (
    PrimitiveReference,
    primitives_folder,
    primitives_reference,
    reflexes_folder,
)
from skills.shape_store import ShapeStore
from skills.skill import USABLE, Provenance, Skill, SkillStatus, check_name, reliability_of
from skills.stored_json import texts_in

__all__ = [
    "MIGRATIONS",
    "OFFERED",
    "USABLE",
    "USES_TO_COMPARE",
    "CarriedSkill",
    "CarriedVersion",
    "Change",
    "Embedder",
    "EmbedderError",
    "Failure",
    "IndexUnusableError",
    "LearnedContract",
    "MiniLmEmbedder",
    "Need",
    "PrimitiveReference",
    "Provenance",
    "ShapeStore",
    "Skill",
    "SkillChange",
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
    "UseStore",
    "callees_first",
    "calls_in",
    "carried_skills",
    "changes_between",
    "check_name",
    "environment_of",
    "has_broken",
    "has_worked_again",
    "in_dependency_order",
    "in_words",
    "is_in_doubt",
    "learn",
    "needs_of",
    "open_library",
    "primitives_folder",
    "primitives_reference",
    "reached",
    "reaches_all_of",
    "reflexes_folder",
    "reliability_of",
    "restore",
    "serves_as_well",
    "source_names",
    "texts_in",
]
