"""Chroma answers which vectors are nearest; what stands in for it, and how it comes back."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy
import pytest

import skills.vector_index
from skills import SkillStatus
from skills.chroma_folder import ChromaFolder
from skills.chroma_vectors import ChromaVectors
from skills.embedding import DIMENSIONS
from skills.errors import IndexUnusableError
from skills.index import SkillIndex
from skills.index_document import IndexDocument
from skills.vector_table import VectorTable
from tests.skills.drawn_vectors import DrawnEmbedder

PROJECT = Path(__file__).parents[2]
COUNT = 60
PATIENCE_SECONDS = 120


def documents(count: int = COUNT, status: SkillStatus = SkillStatus.VERIFIED):
    return [IndexDocument(f"skill{n}", 1, status, f"text {n}") for n in range(count)]


class Indexes:
    """Indexes of one folder, all closed in the end."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._opened: list[SkillIndex] = []

    def open(self, count: int = COUNT, embedder=None) -> SkillIndex:
        index = SkillIndex(self.folder, embedder or DrawnEmbedder())
        self._opened.append(index)
        index.replace(documents(count))
        index.finish(lambda _: None)
        return index

    def close(self):
        while self._opened:
            self._opened.pop().close()

    @property
    def vector_files(self) -> list[Path]:
        return sorted(self.folder.glob("vectors-*/*/*.bin"))


@pytest.fixture
def indexes(tmp_path):
    indexes = Indexes(tmp_path / "index")
    yield indexes
    indexes.close()


@pytest.fixture
def soon_written(monkeypatch):
    """Has Chroma write its vector files after few changes."""
    hnsw = {"space": "cosine", "sync_threshold": 10, "batch_size": 10}
    monkeypatch.setattr("skills.chroma_vectors._CONFIGURATION", {"hnsw": hnsw})


class Untouched(DrawnEmbedder):
    """Embeds questions alone: a text is not to be embedded again."""

    def __call__(self, texts):
        assert len(texts) == 1, "embedded again"
        return super().__call__(texts)


def finds_all(index: SkillIndex, count: int = COUNT) -> bool:
    names = [index.search(f"text {n}", 1)[0][0] for n in range(count)]
    return names == [f"skill{n}" for n in range(count)]


def wait_for(index: SkillIndex, who: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while index.searched_by != who:
        assert time.monotonic() < deadline, f"{who} does not answer"
        time.sleep(0.01)


def test_chroma_answers_from_its_files(indexes, soon_written):
    index = indexes.open()
    assert index.searched_by == "chroma"
    assert finds_all(index)
    indexes.close()
    assert indexes.vector_files
    again = indexes.open(embedder=Untouched())
    assert again.searched_by == "chroma"
    assert finds_all(again)


def test_files_that_somebody_was_cut_off_in_are_not_opened_again(indexes, soon_written):
    indexes.open()
    indexes.close()
    before = {file.parent.parent for file in indexes.vector_files}
    (indexes.folder / "busy").touch()
    again = indexes.open(embedder=Untouched())
    assert again.searched_by == "chroma"
    assert finds_all(again)
    assert not any(folder.exists() for folder in before)


def test_while_another_has_chromas_folder_the_table_answers_the_same(indexes):
    first, second = indexes.open(), indexes.open(embedder=Untouched())
    assert (first.searched_by, second.searched_by) == ("chroma", "table")
    for one, other in zip(first.search("text 3", 20), second.search("text 3", 20), strict=True):
        assert one == (*other[:2], pytest.approx(other[2], abs=1e-5))
    first.close()
    second.change([IndexDocument("milkCow", 1, SkillStatus.VERIFIED, "milk")], ["skill3"])
    assert second.searched_by == "chroma"
    assert second.search("milk", 1)[0][0] == "milkCow"
    assert "skill3" not in {name for name, _, _ in second.search("text 3", COUNT)}


def test_what_chroma_lacks_is_filled_in_beside_the_caller(indexes, monkeypatch):
    indexes.open().close()
    for part in indexes.folder.glob("vectors-*"):
        shutil.rmtree(part)
    monkeypatch.setattr(skills.vector_index, "CHANGED_AT_ONCE", 10)
    index = indexes.open(embedder=Untouched())
    assert finds_all(index)
    index.change([], ["skill3"])
    wait_for(index, "chroma")
    assert len(index.search("text 3", COUNT)) == COUNT - 1


def test_files_that_are_removed_while_in_use_are_made_anew_and_that_is_told(indexes, caplog):
    index = indexes.open()
    assert finds_all(index) and not caplog.records
    shutil.rmtree(indexes.folder)
    index.search("text 3", 1)  # the library brings it in step before
    assert "It was removed while" in caplog.text


def test_chroma_forgets_what_is_not_wanted_any_more(indexes, monkeypatch):
    indexes.open().close()
    few = indexes.open(count=COUNT - 5)
    assert (few.searched_by, len(few.search("text", COUNT))) == ("chroma", COUNT - 5)
    few.close()
    monkeypatch.setattr(skills.vector_index, "CHANGED_AT_ONCE", 10)
    other = indexes.open(count=5, embedder=Untouched())
    assert (other.searched_by, len(other.search("text", COUNT))) == ("chroma", 5)


def test_skills_of_a_rare_status_are_found(indexes):
    index = indexes.open(count=200)
    rare = IndexDocument("skill7", 1, SkillStatus.QUARANTINED, "text 7")
    index.change([rare], [])
    assert [hit[0] for hit in index.search("a text", 1, [SkillStatus.QUARANTINED])] == ["skill7"]


@pytest.mark.parametrize("name", ["data_level0.bin", "header.bin", "length.bin"])
def test_vector_files_that_lost_a_half_are_filled_again(indexes, soon_written, name):
    indexes.open()
    indexes.close()
    (file,) = (file for file in indexes.vector_files if file.name == name)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    index = indexes.open(embedder=Untouched())
    assert finds_all(index)
    wait_for(index, "chroma")
    assert finds_all(index)


def test_fewer_vectors_than_there_should_be_are_filled_up(indexes):
    indexes.open()
    indexes.close()
    folder = ChromaFolder(indexes.folder)
    folder.acquire()
    chroma = ChromaVectors(folder)
    chroma.remove([*chroma.held][:20])
    chroma.close()
    folder.release()
    index = indexes.open(embedder=Untouched())
    assert index.searched_by == "chroma"
    assert finds_all(index)


def test_when_chroma_fails_in_the_middle_the_table_answers_and_it_is_filled_anew(indexes):
    index = indexes.open()
    before = next(indexes.folder.glob("vectors-*"))
    index._vectors._chroma._collection = None
    assert finds_all(index)
    wait_for(index, "chroma")
    assert finds_all(index)
    assert not before.exists()


def test_without_chroma_the_table_answers(indexes, monkeypatch):
    def unusable(folder):
        raise IndexUnusableError("There is no Chroma.")

    monkeypatch.setattr("skills.chroma_vectors.open_chroma", unusable)
    index = indexes.open()
    assert index.searched_by == "table"
    assert finds_all(index)


def test_what_former_versions_left_in_the_folder_is_removed(indexes):
    former = indexes.folder / "chroma-0123456789abcdef0123456789abcdef"
    former.mkdir(parents=True)
    (indexes.folder / "current").write_text(former.name)
    assert finds_all(indexes.open())
    assert not former.exists()


KILLED = """
    import sys
    from pathlib import Path
    import skills.chroma_vectors
    from skills.index import SkillIndex
    from tests.skills.drawn_vectors import DrawnEmbedder
    from tests.skills.test_vector_index import documents

    hnsw = {"space": "cosine", "sync_threshold": 10, "batch_size": 10}
    skills.chroma_vectors._CONFIGURATION = {"hnsw": hnsw}
    index = SkillIndex(Path(sys.argv[1]), DrawnEmbedder())
    print("begun", flush=True)
    while True:
        index.replace(documents(200))
        index.replace(documents(1))
"""


def test_a_process_killed_while_chroma_writes_leaves_an_index_that_heals(indexes, soon_written):
    for turn in range(3):
        script = [sys.executable, "-c", textwrap.dedent(KILLED), str(indexes.folder)]
        with subprocess.Popen(script, cwd=PROJECT, stdout=subprocess.PIPE) as process:
            try:
                assert process.stdout is not None and process.stdout.readline()
                wait_for_change(indexes, process, more=turn)
            finally:
                process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        index = indexes.open()
        wait_for(index, "chroma")
        assert finds_all(index)
        indexes.close()


def wait_for_change(indexes: Indexes, process: subprocess.Popen, more: int) -> None:
    """Until Chroma has written its vector files, and then until it is at it again."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    busy = indexes.folder / "busy"
    while not (indexes.vector_files and busy.exists()) or more > 0:
        more -= bool(indexes.vector_files and busy.exists())
        assert process.poll() is None
        assert time.monotonic() < deadline
        os.sched_yield() if hasattr(os, "sched_yield") else time.sleep(0)


@pytest.fixture(params=["chroma", "table"])
def vectors(request, tmp_path):
    if request.param == "table":
        yield VectorTable(DIMENSIONS)
        return
    folder = ChromaFolder(tmp_path)
    folder.acquire()
    chroma = ChromaVectors(folder)
    yield chroma
    chroma.close()
    folder.release()


def test_both_that_answer_hold_to_the_same_rules(vectors):
    digests = [bytes([n]) * 32 for n in range(150)]
    rows = numpy.array(DrawnEmbedder()([str(n) for n in range(150)]))
    assert vectors.nearest(rows[0], 3) == []
    vectors.put(digests, rows)
    vectors.put(digests[:1], rows[5:6])
    vectors.remove([digests[1], digests[149], digests[1], b"unknown"])
    assert vectors.held == {*digests} - {digests[1], digests[149]}
    twice = vectors.nearest(rows[5], 2)
    assert {digest for digest, _ in twice} == {digests[0], digests[5]}
    assert [score for _, score in twice] == pytest.approx([1, 1], abs=1e-5)
    exact = rows[[0, *range(2, 149)]] @ rows[7]
    ((nearest, score),) = vectors.nearest(rows[7], 1)
    assert (nearest, score) == (digests[7], pytest.approx(max(exact), abs=1e-5))
    assert len(vectors.nearest(rows[7], 500)) == 148
