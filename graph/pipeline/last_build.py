"""The last build: a build from the same inputs as the last one has nothing to do, and says what that one said.

What is remembered stands beside the cached parts: the digest of the inputs, that of the manifest, and the figures. A
folder counts as built only while each of its files is as its manifest says.
"""

import json
from datetime import date
from pathlib import Path

from graph.builds.manifest import verify_build
from graph.common.findings import Finding, FindingsError
from graph.pipeline.cache import Stored, read_stored, write_stored
from graph.pipeline.digests import digest, read_inputs
from graph.pipeline.summary import Summary


class LastBuild:
    """The last build of a home with this base and day; one without ``out`` only checked."""

    def __init__(self, home: Path, out: Path | None, base: str, as_known_on: date | None, *more: str) -> None:
        """Read the inputs; ``more`` are options on which the build depends besides."""
        options = (base, as_known_on.isoformat() if as_known_on else "", *more)
        self.inputs = read_inputs(home)
        self._out = out
        self._whole = self.inputs.whole(*options)
        name = digest("check" if out is None else "build", *options)[:24]
        self._file = home / ".cache/builds" / f"{name}.json"

    def summary(self, strict: bool) -> Summary | None:
        """Return the figures of the last build, or None where there is something to do.

        A ``strict`` build has to find the errors of pages and decisions that the last one left out.
        """
        last = read_stored(self._file)
        if last is None or last.header["inputs"] != self._whole or last.header["manifest"] != self._manifest():
            return None
        figures = last.header["summary"]
        findings = tuple(Finding(*finding) for finding in figures.pop("findings"))
        contradicted = any(each.severity == "error" and each.file.startswith("decisions/") for each in findings)
        if strict and (figures["left_out"] or figures["registers_left_out"] or contradicted):
            return None
        left_out = {name: tuple(figures[name]) for name in ("left_out", "registers_left_out")}
        return Summary(**figures | left_out | {"findings": findings})

    def remember(self, summary: Summary, manifest: object = None) -> Summary:
        """Remember the figures of what was built with this manifest, or only checked, and return them."""
        header = {"inputs": self._whole, "manifest": _digest(manifest), "summary": summary._asdict()}
        write_stored(self._file, Stored(header, b""))
        return summary

    def _manifest(self) -> str:
        """Return the digest of the manifest of a build whose files are all as it says, else an empty string."""
        if self._out is None:
            return _digest(None)
        try:
            # What a killed build left behind is cleared away by the next one.
            return "" if any(self._out.glob(".[no]*-*")) else _digest(verify_build(self._out))
        except FindingsError:
            return ""


def _digest(manifest: object) -> str:
    return digest(json.dumps(manifest, sort_keys=True))
