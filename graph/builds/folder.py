"""The folder of a build: its files and a manifest of them, written whole or not at all.

All files are written beside the old ones first. Only when every one of them is whole on disk are they put in place, and
the manifest with the digest of each comes last: whoever reads a build can tell a mixture of two from either.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from graph.builds.manifest import DATASET, EXPLORER_COLUMNS, EXPLORER_ROWS, MANIFEST, PARTS, content_digest
from graph.common.findings import Finding, FindingsError

# The bytes of a file, whole or in pieces.
Data = bytes | Iterable[bytes]


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file as it was written: how many bytes, and their digest."""

    size: int
    sha256: str


def write_build(
    out: Path,
    files: Mapping[str, Callable[[], Data]],
    metadata: dict[str, object],
    derived: Mapping[str, Callable[[Mapping[str, FileInfo]], Data]] = MappingProxyType({}),
) -> dict[str, object]:
    """Write these files into the folder, and a manifest of them, which is returned.

    ``derived`` files are made last, each from size and digest of those before it. Raise FindingsError where a file
    cannot be written; whatever goes wrong, the folder holds what it held before.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        others = [file for file in out.iterdir() if not file.name.startswith((".new-", ".old-", ".store-"))]
        if others and not (out / MANIFEST).exists():
            raise FindingsError([Finding(str(out), 0, _not_a_build(others))])
        for leftover in [*out.glob(".new-*"), *out.glob(".old-*")]:
            if is_abandoned(leftover):
                shutil.rmtree(leftover, ignore_errors=True)
        new, old = (Path(tempfile.mkdtemp(prefix=f"{kind}{os.getpid()}-", dir=out)) for kind in (".new-", ".old-"))
    except OSError as error:
        raise _write_error(out, error) from error
    try:
        infos = {name: _write(new / name, _made(make)) for name, make in files.items()}
        for name, make_derived in derived.items():
            infos[name] = _write(new / name, _made(partial(make_derived, infos)))
        digests = {name: file.sha256 for name, file in infos.items()}
        manifest = metadata | {"sha256": digests}
        text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        _write(new / MANIFEST, text.encode())
        _replace_files([*infos, MANIFEST], new, old, out)
        sync_folder(out)
        _remove_outdated(out, digests)
        return manifest
    except OSError as error:
        raise _write_error(out, error) from error
    finally:
        for leftover in (new, old):
            shutil.rmtree(leftover, ignore_errors=True)


def _remove_outdated(out: Path, digests: Mapping[str, str]) -> None:
    """Remove what belongs to what was here before: an index of it (``stores``), parts and files of a page."""
    index = f".store-{content_digest(digests)[:24]}" if DATASET in digests else ""
    for folder in out.glob(".store-*"):
        if folder.name != index:
            shutil.rmtree(folder, ignore_errors=True)
    for file in [*out.glob("part.*.nq.zst"), out / PARTS, out / EXPLORER_COLUMNS, out / EXPLORER_ROWS]:
        if file.name not in digests:
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)


def _not_a_build(files: list[Path]) -> str:
    """Return what to do with a folder that holds these files, and no build."""
    if all(file.name == "lib" or file.name.startswith(("lib.", "bdist.")) for file in files):
        return "is what setuptools left when the package was installed; remove that folder, or name another one"
    return f"is not empty and holds no build ({files[0].name}, ...); name a folder for builds alone"


def is_abandoned(folder: Path) -> bool:
    """Return whether the process that made this folder has ended, or, where none can be asked, the folder is old."""
    maker = folder.name.split("-")[1]
    if os.name != "posix" or not (maker.isascii() and maker.isdigit()):
        return time.time() - folder.stat().st_mtime > 3600
    try:
        os.kill(int(maker), 0)
    except (ProcessLookupError, OverflowError):  # no process has had such a number
        return True
    except OSError:
        return False
    return int(maker) == os.getpid()


def _replace_files(names: list[str], new: Path, old: Path, out: Path) -> None:
    """Replace every old file by the new one; if one cannot be replaced, put all old ones back."""
    there = [name for name in names if (out / name).exists()]
    for name in there:
        _set_aside(out / name, old / name)
    moved: list[str] = []
    try:
        for name in names:
            (new / name).replace(out / name)
            moved.append(name)
    except BaseException:
        for name in moved:
            if name in there:
                _restore(old / name, out / name)
            else:
                (out / name).unlink(missing_ok=True)
        raise


def _set_aside(file: Path, backup: Path) -> None:
    """Keep a file under another name too: the new one takes its place, and does not change it."""
    try:
        os.link(file, backup)
    except OSError:  # not every disk has links
        shutil.copyfile(file, backup)


def _restore(backup: Path, file: Path) -> None:
    try:
        backup.replace(file)
    except OSError:
        shutil.copyfile(backup, file)


def _made(make: Callable[[], Data]) -> Data:
    """Return what a file shall hold. Raise FindingsError where a file that it is made from cannot be read."""
    try:
        return make()
    except OSError as error:
        message = f"cannot be read: {error.strerror}; a file of the build is made from it"
        raise FindingsError([Finding(str(error.filename or ""), 0, message)]) from error


def _write_error(out: Path, error: OSError) -> FindingsError:
    return FindingsError([Finding(str(out), 0, f"cannot be written: {error.strerror}; what was there is unchanged")])


def _write(file: Path, data: Data) -> FileInfo:
    pieces = [data] if isinstance(data, bytes) else data
    whole, size = hashlib.sha256(), 0
    with file.open("wb") as stream:
        for piece in pieces:
            size += stream.write(piece)
            whole.update(piece)
        stream.flush()
        os.fsync(stream.fileno())
    return FileInfo(size, whole.hexdigest())


def sync_folder(folder: Path) -> None:
    """Write the new names to disk too. Not every system can open a folder; there it is left to the system."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
