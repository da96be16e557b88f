"""Writers: who turns a task into a program."""

from voyager.writers.answer_code import code_in, without_thoughts
from voyager.writers.fallback_writer import FallbackWriter
from voyager.writers.llm_writer import LlmWriter
from voyager.writers.look_ups import LookUps
from voyager.writers.question import Question
from voyager.writers.recipe_writer import RecipeWriter
from voyager.writers.reuse import ReusingWriter
from voyager.writers.writer_settings import WriterSettings

__all__ = [
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
