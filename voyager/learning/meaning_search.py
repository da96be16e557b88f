"""Finding skills and answers by meaning, where a broken index or embedder must not end play.

Covers going on without, and telling so once. Not covered: the search itself (`skills`,
`game_questions.py`), and look-ups of a model, which are told what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from curriculum import AnswerStore, KnownAnswer
from mc_server import Circumstances
from skills import Skill, SkillError, SkillLibrary
from voyager.events import SearchFailed

Found = TypeVar("Found")


@dataclass
class MeaningSearch:
    """Implements `curriculum.AnswerStore` over another one. `tell` hears once what is wrong."""

    library: SkillLibrary
    answers: AnswerStore
    tell: Callable[[SearchFailed], None]
    _told: bool = field(default=False, init=False)

    def skills(self, text: str, limit: int, here: Circumstances | None = None) -> Sequence[Skill]:
        """The best skills for a purpose, to be used here, best first."""
        return self._or_nothing(
            lambda: [skill for skill, _ in self.library.search(text, limit=limit, here=here)], ()
        )

    def nearest(self, text: str, limit: int) -> Sequence[KnownAnswer]:
        """See `AnswerStore.nearest`."""
        return self._or_nothing(lambda: self.answers.nearest(text, limit), ())

    def add(self, question: str, answer: str) -> None:
        """See `AnswerStore.add`; what cannot be kept is asked again some day."""
        self._or_nothing(lambda: self.answers.add(question, answer), None)

    def _or_nothing(self, search: Callable[[], Found], nothing: Found) -> Found:
        try:
            return search()
        except SkillError as error:
            if not self._told:
                self._told = True
                self.tell(SearchFailed(str(error)))
            return nothing
