"""Writers: who turns a task into a program."""

from voyager.writers.llm_writer import LlmWriter
from voyager.writers.recipe_writer import RecipeWriter
from voyager.writers.reuse import ReusingWriter

__all__ = ["LlmWriter", "RecipeWriter", "ReusingWriter"]
