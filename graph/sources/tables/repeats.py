"""How many values stand twice, of more than fit into memory as they are: by a digest of eight bytes of each."""

from array import array

# At eight bytes each, and as many again while they are counted.
MAX_VALUES = 10_000_000
_PARTS = 16


class Repeats:
    """Digests of values; ``count`` is how many of these are equal to an earlier one, or None for too many to tell."""

    def __init__(self) -> None:
        self._digests = array("q")
        self._is_full = False

    def add(self, digest: int) -> None:
        """Add the digest of a value: a number of 64 bits, such as ``hash`` returns."""
        if self._is_full:
            return
        self._digests.append(digest)
        if len(self._digests) > MAX_VALUES:
            self._is_full, self._digests = True, array("q")

    @property
    def size(self) -> int:
        """Return how many values are kept."""
        return len(self._digests)

    @property
    def count(self) -> int | None:
        """Return how many are equal to an earlier one."""
        if self._is_full:
            return None
        # In parts, since a set takes ten times the memory.
        different = sum(len({digest for digest in self._digests if digest % _PARTS == part}) for part in range(_PARTS))
        return len(self._digests) - different
