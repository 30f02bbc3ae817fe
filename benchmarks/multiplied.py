"""The build of a few pages many times over: a dataset of any size, written without ever being in memory.

Each copy has pages, events, claims, groups, people and posts of its own: their names get ``.c1``, ``.c2`` ... at the
end, and every statement in which one of them stands is there once a copy. What is left, areas, bodies and the
vocabulary, is shared by all and there once. So the number of people grows with the dataset and what is said of one of
them does not; of a body it does. The first copy keeps its names.
"""

import hashlib
import json
import re
from pathlib import Path

from graph.builds.manifest import DATASET, MANIFEST
from graph.model.iris import BASE, ENTITIES

SHARED = ("organisation", "kommune", "fylke", "when", "interval", "change", "graph")
OWN = "|".join([*(path for name, path in ENTITIES.items() if name not in SHARED), "graph/page[.]"])
NAME = re.compile(rf"(<{re.escape(BASE)}(?:{OWN})[^>\x00]*)>")
MARK = "\x00"


def multiply(unit: Path, out: Path, statements: int) -> int:
    """The folder ``out`` is a build of about so many statements, its N-Quads alone; returned is how many they are."""
    with (unit / DATASET).open(encoding="utf-8") as file:
        marked = [NAME.sub(rf"\1{MARK}>", line) for line in file]
    shared = [line for line in marked if MARK not in line]
    own = [line for line in marked if MARK in line]
    copies = max(1, round((statements - len(shared)) / len(own)))
    text, digest = "".join(own), hashlib.sha256()
    out.mkdir(parents=True, exist_ok=True)
    with (out / DATASET).open("wb") as stream:
        for copy in range(copies):
            part = text.replace(MARK, f".c{copy}" if copy else "") + ("" if copy else "".join(shared))
            digest.update(part.encode())
            stream.write(part.encode())
    manifest = {"base": BASE, "sha256": {DATASET: digest.hexdigest()}}
    (out / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return len(shared) + copies * len(own)
