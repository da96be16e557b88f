"""What is found by meaning, where that cannot be searched."""

from typing import Any

from skills import EmbedderError, IndexUnusableError
from voyager.events import SearchFailed
from voyager.learning.meaning_search import MeaningSearch


class Broken:
    def search(self, text, limit, here):
        raise IndexUnusableError("The index is out.")

    def nearest(self, text, limit):
        raise EmbedderError("The embedder is out.")

    def add(self, question, answer):
        raise EmbedderError("The embedder is out.")


def test_play_goes_on_without_what_cannot_be_searched_and_says_so_once():
    told: list[SearchFailed] = []
    broken: Any = Broken()
    search = MeaningSearch(broken, broken, told.append)
    assert not search.skills("logs", 3)
    assert not search.nearest("What is a log?", 3)
    search.add("What is a log?", "Wood.")
    assert told == [SearchFailed("The index is out.")]
