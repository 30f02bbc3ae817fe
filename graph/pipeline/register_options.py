"""How registers are built. Nothing is imported here but the standard library: the command line reads it first."""

from typing import NamedTuple


class RegisterOptions(NamedTuple):
    """How registers are built.

    ``accept_partial``: rows with errors are left out, and do not stop their register. ``whole_files``: every register
    goes into the main files. ``complete``: pySHACL checks all rows. ``most_rows`` is the size of partitions, None for
    the usual one.
    """

    accept_partial: bool = False
    whole_files: bool = False
    complete: bool = False
    most_rows: int | None = None

    def as_texts(self) -> tuple[str, ...]:
        """Return what tells builds with one setting from those with another; nothing for the usual one."""
        return tuple(f"{name}={value}" for name, value in self._asdict().items() if value)


DEFAULTS = RegisterOptions()
