"""Writers: who turns a task into a program."""

from voyager.writers.llm_writer import LlmWriter
from voyager.writers.recipe_writer import RecipeWriter

__all__ = ["LlmWriter", "RecipeWriter"]
