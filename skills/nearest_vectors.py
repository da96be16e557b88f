"""What the index needs of something that finds the nearest among many vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]


class NearestVectors(Protocol):
    """Unit vectors by the digest of their text. By one thread at a time.

    Raises IndexUnusableError.
    """

    @property
    def held(self) -> Set[bytes]:
        """The digests of all vectors in it."""

    def put(self, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Takes these in, a row of `vectors` for each digest; one that is there is replaced."""

    def remove(self, digests: Iterable[bytes]) -> None:
        """Forgets these; those that are not there do no harm."""

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[bytes, float]]:
        """Digest and cosine similarity of those nearest to a unit vector, best first."""
