"""Make a folder whole beside the others and then rename it, so that a full disk or a crash leaves no half of it."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.common.errors import MotegrafError

# The name of a folder that is made of a title or of the name of a file has so many letters at most.
MAX_NAME = 60


@contextmanager
def new_folder(target: Path, error: Callable[[str], MotegrafError]) -> Iterator[Path]:
    """Yield a folder to be filled, which becomes ``target`` where nothing goes wrong.

    Raise ``error`` with what is wrong where it cannot be written, or where there is one of that name.
    """
    name = f"{target.parent.name}/{target.name}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".adding-", dir=target.parent))
    except OSError as reason:
        raise error(f"{target.parent} cannot be written to: {reason.strerror}") from reason
    try:
        folder.chmod(0o755)
        yield folder
        # An empty folder of that name would be replaced in silence.
        if target.exists():
            raise error(f"{name} is there already; give another --id")
        folder.rename(target)
    except OSError as reason:
        raise error(f"{name} cannot be written: {reason.strerror}; nothing was added") from reason
    finally:
        shutil.rmtree(folder, ignore_errors=True)
