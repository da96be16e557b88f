"""A search index that was damaged is told, though the library heals it by itself."""

from __future__ import annotations

import logging

from tests.voyager.sittings import LOGS, gives, sitting
from voyager.supervision.fault_book import FaultBook
from voyager.supervision.index_news import index_news


class Book(FaultBook):
    """Keeps what it is told, in no journal."""

    def __init__(self):
        self.faults = []

    def begun(self, part, kind, cause):
        self.faults.append((part, kind, cause))


def test_an_index_that_was_damaged_is_told_to_the_book_of_faults(tmp_path):
    book = Book()
    with index_news(book):
        with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
            one.agent.play()
        assert book.faults == []
        (tmp_path / "index" / "vectors.db").write_bytes(b"damaged " * 100)
        with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
            one.agent.play()
    part, kind, cause = book.faults[0]
    assert (part, kind) == ("index", "damaged")
    assert "not a database" in cause


def test_what_is_found_damaged_one_part_after_the_other_is_one_fault():
    book, seconds = Book(), [0.0]
    with index_news(book, lambda: seconds[0]):
        for seconds[0] in (0.0, 1.0, 12.0, 20.0):
            logging.getLogger("skills.vector_index").warning("rebuilt: part at %s", seconds[0])
    assert [cause for _, _, cause in book.faults] == ["part at 0.0", "part at 20.0"]
