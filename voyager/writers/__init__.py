"""Writers: who turns a task into a program."""

from voyager.writers.fallback_writer import FallbackWriter
from voyager.writers.known_skills.covering_writer import CoveringWriter
from voyager.writers.known_skills.reuse import ReusingWriter
from voyager.writers.model.answer_code import code_in, without_thoughts
from voyager.writers.model.llm_writer import LlmWriter
from voyager.writers.model.look_ups import LookUps
from voyager.writers.model.question import Question
from voyager.writers.recipes.recipe_writer import RecipeWriter
from voyager.writers.writer_settings import WriterSettings

__all__ = [
    "CoveringWriter",
    "FallbackWriter",
    "LlmWriter",
    "LookUps",
    "Question",
    "RecipeWriter",
    "ReusingWriter",
    "WriterSettings",
    "code_in",
    "without_thoughts",
]
