"""How a skill library answers that is small, and one that is large.

For 1,000 and 100,000 skills that nobody wrote: storing them, one more, finding some by meaning, the
first search after a start with the index there and without it, and plain look-ups. `first_search`
includes loading Chroma and the embedding model; `search` is all of `SkillLibrary.search`, answered
by Chroma. `refill` is how long the table answers in its place when Chroma's files are gone, and
`search_in_refill` a search meanwhile. `recall` is the share of the five nearest that Chroma finds.

Embedding 100,000 texts takes five to ten minutes. With `--synthetic-vectors` those of the first
fill are drawn at random instead: then `rebuild` and what is found mean little, and `recall` is left
out, for vectors drawn at random lie equally far from each other.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy
from benchmarks.measure import Figure, figure, timed
from benchmarks.parts.made_up_skills import QUESTIONS, made_up_skills, note_contract, somewhere

from skills import MiniLmEmbedder, Skill, SkillLibrary, primitives_reference
from skills.document_store import DocumentStore
from skills.embedding import DIMENSIONS
from skills.index import SkillIndex
from voyager.journal.database import open_database, transaction
from voyager.journal.journal_opening import MIGRATIONS

SIZES = (1000, 100_000)
SEARCHES, ADDITIONS, LOOK_UPS, LISTS = 200, 30, 200, 3
ADDED_TOGETHER = 1000
NEAREST = 5
# Of one vector, as Chroma and as the table computes it.
SAME_SIMILARITY = 1e-5
# Between searches while Chroma is filled: a task takes longer.
PAUSE_SECONDS = 0.2


class SyntheticVectors(MiniLmEmbedder):
    """Answers in the model's name with vectors drawn at random, the same for the same text."""

    def __call__(self, texts: Sequence[str]) -> Any:
        """A unit vector for each text."""
        drawn = [self._drawn(text) for text in texts]
        return [vector / numpy.linalg.norm(vector) for vector in drawn]

    def _drawn(self, text: str) -> Any:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        return numpy.random.default_rng(seed).normal(size=DIMENSIONS).astype(numpy.float32)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument(
        "--skills", type=int, nargs="+", default=SIZES, help="how many (default: 1000 100000)"
    )
    parser.add_argument(
        "--synthetic-vectors",
        action="store_true",
        help="draw the fill's vectors at random; without it 100,000 skills take ten minutes more",
    )


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Measure each size and return the figures by name."""
    figures: dict[str, Figure] = {}
    for count in options.skills:
        with tempfile.TemporaryDirectory() as folder:
            measured = measure(Path(folder), count, options.synthetic_vectors)
        figures |= {f"{count}_{name}": found for name, found in measured.items()}
    return figures


def measure(folder: Path, count: int, synthetic: bool) -> dict[str, Figure]:
    """The figures of one library of that many skills."""
    figures = {}
    tell(f"{count} skills: storing them")
    with library_in(folder) as (library, connection, _):
        figures["store"] = stored(library, connection, count)
    fill = "rebuild_synthetic" if synthetic else "rebuild"
    with library_in(folder, SyntheticVectors() if synthetic else None) as (library, _, _):
        figures["sync_that_rebuilds"] = once(library.sync_index)
        figures[fill] = once(lambda: library.finish_index(tell_left))
    figures |= refilled(folder)
    with library_in(folder) as (library, connection, index):
        figures["first_search"] = once(lambda: library.search(QUESTIONS[0]))
        asked = itertools.cycle(QUESTIONS)
        figures["search"] = timed(lambda: library.search(next(asked)), SEARCHES)
        here = somewhere()
        figures["search_here"] = timed(lambda: library.search(next(asked), here=here), SEARCHES)
        assert index.searched_by == "chroma"
        if not synthetic:
            figures["recall"] = recalled(folder, connection, index)
        figures |= added(library, count)
        figures |= looked_up(library, count)
    return figures


def stored(library: SkillLibrary, connection: Any, count: int) -> Figure:
    """Add them, many in a transaction; the time of each."""
    seconds = []
    skills = made_up_skills(count)
    while some := [*itertools.islice(skills, ADDED_TOGETHER)]:
        with transaction(connection):
            for skill in some:
                begun = time.perf_counter()
                library.add(skill)
                seconds.append(time.perf_counter() - begun)
                note_contract(connection, skill)
    return figure(seconds, "seconds")


def refilled(folder: Path) -> dict[str, Figure]:
    """Without Chroma's files: until it answers again, and the searches meanwhile."""
    for part in (folder / "index").glob("vectors-*"):
        shutil.rmtree(part)
    asked, searching = itertools.cycle(QUESTIONS), []
    with library_in(folder) as (library, _, index):
        library.open_index_ahead()
        begun = time.perf_counter()
        library.sync_index()
        while index.searched_by == "table":
            searching.append(seconds_of(lambda: library.search(next(asked))))
            time.sleep(PAUSE_SECONDS)
        figures = {"refill": figure([time.perf_counter() - begun], "seconds")}
    return figures | ({"search_in_refill": figure(searching, "seconds")} if searching else {})


def recalled(folder: Path, connection: Any, index: SkillIndex) -> Figure:
    """The share of the five nearest that are found, against the table's exact answer.

    While one index has Chroma's folder another of the same folder is answered by the table.
    """
    documents = DocumentStore(connection).all()
    texts = [
        *QUESTIONS,
        *(one.text.split("\n")[1] for one in documents[:: 1 + len(documents) // 100]),
    ]
    shares = []
    with closing(SkillIndex(folder / "index", MiniLmEmbedder())) as exact:
        exact.replace(documents)
        assert exact.searched_by == "table"
        for text in texts:
            fifth = exact.search(text, NEAREST)[-1][2] - SAME_SIMILARITY
            near = index.search(text, NEAREST)
            shares.append(sum(hit[2] >= fifth for hit in near) / NEAREST)
    return figure([statistics.fmean(shares)], "share")


def added(library: SkillLibrary, count: int) -> dict[str, Figure]:
    """One more at a time, as play does it: committed, then in the index."""
    some = itertools.islice(made_up_skills(count), ADDITIONS)
    more: Iterator[Skill] = (replace(s, name=f"{s.name}Anew", source=f"{s.source} ") for s in some)
    storing, following = [], []
    for skill in more:
        storing.append(seconds_of(partial(library.add, skill)))
        following.append(seconds_of(library.sync_index))
    return {"add": figure(storing, "seconds"), "sync_after_one": figure(following, "seconds")}


def looked_up(library: SkillLibrary, count: int) -> dict[str, Figure]:
    """What else is asked of a library."""
    names = itertools.cycle(skill.name for skill in made_up_skills(min(count, LOOK_UPS)))
    contract = ("inventory_gained", "diamond")
    return {
        "sync_in_step": timed(library.sync_index, LOOK_UPS),
        "get": timed(lambda: library.get(next(names)), LOOK_UPS),
        "callers": timed(lambda: library.callers(next(names)), LISTS),
        "names": timed(library.names, LISTS),
        "list": timed(library.list, LISTS),
        "find_by_contract": timed(lambda: library.find_by_contract(*contract), LISTS),
    }


@contextmanager
def library_in(
    folder: Path, embedder: MiniLmEmbedder | None = None
) -> Iterator[tuple[SkillLibrary, Any, SkillIndex]]:
    """The library of a home folder, its database and its index, as after a start."""
    index = SkillIndex(folder / "index", embedder or MiniLmEmbedder())
    primitives = [reference.name for reference in primitives_reference()]
    with (
        closing(open_database(folder / "voyager.db", MIGRATIONS)) as connection,
        closing(SkillLibrary(connection, index, primitives)) as library,
    ):
        yield library, connection, index


def once(act: Callable[[], object]) -> Figure:
    """A figure of one value."""
    return figure([seconds_of(act)], "seconds")


def seconds_of(act: Callable[[], object]) -> float:
    """How long a call takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def tell_left(left: int) -> None:
    """How far the index is, every ten thousand or so."""
    if left % 10_000 < 200:
        tell(f"  {left} texts are left to embed")


def tell(line: str) -> None:
    """To standard error, beside the figures."""
    sys.stderr.write(f"{line}\n")
