"""What has been learned: skills, the library that keeps them, and how they are found again."""

from skills.skill import Provenance, Skill, SkillStatus

__all__ = ["Provenance", "Skill", "SkillStatus"]
