"""Proposals -> how many of them a careful reader would call wrong: those that break a statement of ``must_not``.

    python benchmarks/overclaims.py FOLDER [--languages nb,nn] [--wrong]

FOLDER holds pages (``NN.txt``) with expected answers (``NN.gold.json``) whose ``must_not`` lists, in plain words, what
must not be concluded. Such words are not for machines, so each proposal that the expected answer does not have (an
event, a status, a place, a part, a role, an attendance) is held against each statement: it breaks one that names the
same person or body and, where the fault is a role or a status, has a word for it too. So a few that break nothing are
counted as well, and none is missed that breaks a statement by its name. ``--wrong`` lists all other wrong proposals
too. Ends with 1 where any statement is broken.
"""

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from graph import HOME
from graph.model.edtf import Bounds
from graph.sources.pages.context import read_background
from graph.sources.proposals.propose import json_of
from graph.sources.proposals.write import propose_text

sys.path.insert(0, str(HOME / "tests"))
from proposal_answers import faults, is_broken


def main() -> int:
    """Print the broken statements and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", default="nb,nn,en,sv,da")
    parser.add_argument("--wrong", action="store_true", help="list all wrong proposals")
    options = parser.parse_args()
    background = read_background(HOME)
    counts: Counter[str] = Counter()
    for file in sorted(options.folder.glob("*.gold.json")):
        expected = json.loads(file.read_text(encoding="utf-8"))
        if expected["lang"] not in options.languages.split(","):
            continue
        text = file.with_name(f"{expected['id']}.txt").read_text(encoding="utf-8")
        day = date.fromisoformat(expected["published"]) if expected["published"] else None
        published = Bounds(day, day) if day else None
        proposals, _ = propose_text(text, expected["lang"], published, expected["publisher"], background)
        counts["statements"] += len(expected["must_not"])
        for fault in faults(json_of(proposals)["events"], expected["events"], text):
            broken = [each for each in expected["must_not"] if is_broken(each, fault, expected["lang"], background)]
            counts["wrong proposals"] += 1
            counts["broken"] += bool(broken)
            if broken or options.wrong:
                print(f"{expected['id']:<5}{fault.says}" + "".join(f"\n     breaks: {each}" for each in broken))
    wrong = counts["wrong proposals"]
    print(f"{counts['broken']} of {wrong} wrong proposals break one of {counts['statements']} statements")
    return int(counts["broken"] > 0)


if __name__ == "__main__":
    sys.exit(main())
