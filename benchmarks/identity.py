"""Candidates of identity -> how many true pairs they find, how many false ones they propose, and what that costs.

    python benchmarks/identity.py [--names 20000] [--pairs FILE] [--pages FOLDER] [--register FILE --clusters OUT]

Always: names that look real, half people and half bodies, every second one another spelling of the one before it
(``identity_names.py``, by a seed): the share of true pairs that blocking compares, CPU seconds, comparisons a name at
this size and at twice that; the share of true pairs that is proposed; and 10,000 people of one name.

With ``--pairs``: a JSON list of ``{a, b, same}``, pairs of names of bodies that somebody judged. With ``--pages``:
expected answers (``NN.gold.json``) of pages; how many pairs of events of two pages are proposed, with each of them
to look at. With ``--register``: a CSV with a column ``lobbyists`` (``--column``), its distinct cells as bodies; the
first 200 clusters are written to ``--clusters`` for somebody to judge. Ends with 1 where a bound is missed.
"""

import argparse
import csv
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from identity_names import make_names
from measure import Figure, exit_code, table

from graph.identity.blocking import pairs
from graph.identity.candidates import MIN_SCORE, Candidate, candidates, clusters
from graph.identity.scores import score
from graph.identity.things import Thing

MAX_MISSED_BY_BLOCKING, MAX_CPU, MAX_GROWTH = 0.01, 10, 2.4
MAX_MISSED, MAX_FALSE = 0.05, 0.4
SHOWN = 200
# Kinds of events, in the words of the pages, that are meetings of some kind; others are of their own kind each.
_MEETINGS = ("møte", "mote", "meeting", "möte", "møde", "samtale", "samtal", "round table", "lunsj", "middag", "debatt")


def main() -> int:
    """Print the figures; 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--register", type=Path)
    parser.add_argument("--column", default="lobbyists")
    parser.add_argument("--clusters", type=Path, help="file for the first 200 clusters of --register")
    options = parser.parse_args()
    figures = [*made_names(options.names, options.seed), *one_name(options.names // 2)]
    if options.pairs:
        figures += judged_pairs(json.loads(options.pairs.read_text(encoding="utf-8")))
    if options.pages:
        figures += events_of_pages(options.pages)
    if options.register:
        figures += register(options.register, options.column, options.clusters)
    print(table("Candidates of identity", figures))
    return exit_code(figures)


def made_names(number: int, seed: int) -> Iterator[Figure]:
    """What blocking finds of the true pairs of names that are made, and what it costs."""
    twice = sum(1 for _ in pairs(make_names(2 * number, seed).things))
    names = make_names(number, seed)
    ids = [thing.id for thing in names.things]
    begun = time.process_time()
    compared = {frozenset((ids[a], ids[b])) for a, b in pairs(names.things)}
    cpu = time.process_time() - begun
    missed = 1 - len(compared & names.pairs.keys()) / len(names.pairs)
    what = f"{number:,} names"
    yield Figure(
        f"true pairs that blocking misses, {what}",
        f"{missed:.2%} of {len(names.pairs):,}",
        missed,
        MAX_MISSED_BY_BLOCKING,
    )
    yield Figure(f"blocking, CPU s, {what}", f"{cpu:.1f}", cpu, MAX_CPU)
    yield Figure(
        f"comparisons, twice as many names to {what}",
        f"{twice:,} / {len(compared):,}",
        twice / len(compared),
        MAX_GROWTH,
    )
    begun = time.process_time()
    proposed = {frozenset((each.a.id, each.b.id)) for each in candidates(names.things)}
    cpu = time.process_time() - begun
    missed = 1 - len(proposed & names.pairs.keys()) / len(names.pairs)
    yield Figure(f"true pairs that are not proposed, {what}", f"{missed:.2%}")
    yield Figure(f"pairs proposed, {what}", f"{len(proposed):,}, in {cpu:.1f} CPU s with blocking")


def one_name(number: int) -> Iterator[Figure]:
    """What many people of one name cost, and whether all of them are in the cluster."""
    people = [Thing(f"person:page-{each}.x", "person", ("Per Hansen",), sources=(str(each),)) for each in range(number)]
    begun = time.process_time()
    found = clusters(candidates(people))
    cpu = time.process_time() - begun
    lost = number - len({thing.id for cluster in found for thing in cluster.things})
    yield Figure(f"{number:,} people of one name, CPU s", f"{cpu:.1f}", cpu, MAX_CPU)
    yield Figure(f"{number:,} people of one name: in no cluster", f"{lost} ({len(found)} clusters)", lost, 0)


def judged_pairs(judged: Sequence[dict[str, object]]) -> Iterator[Figure]:
    """How many of the pairs that somebody judged are proposed rightly and wrongly; the wrong ones are printed."""
    right = wrong = 0
    same = sum(bool(each["same"]) for each in judged)
    for each in judged:
        a, b = (Thing(f"body:{side}", "body", (str(each[side]),)) for side in "ab")
        value = score(a, b).value
        if value >= MIN_SCORE and each["same"]:
            right += 1
        elif value >= MIN_SCORE:
            wrong += 1
        if (value >= MIN_SCORE) != each["same"]:
            print(f"{'not proposed' if each['same'] else 'wrongly proposed'}, {value:.2f}: {each['a']} | {each['b']}")
    yield Figure(f"judged pairs: same ones not proposed, of {same}", str(same - right), 1 - right / same, MAX_MISSED)
    yield Figure(f"judged pairs: wrong ones, of {right + wrong}", str(wrong), wrong / max(right + wrong, 1), MAX_FALSE)


def events_of_pages(folder: Path) -> Iterator[Figure]:
    """Which events of two pages are proposed to be one; each is printed with both its labels."""
    events = [event for file in sorted(folder.glob("*.gold.json")) for event in _events(file)]
    found = [*candidates(events)]
    for each in found:
        print(f"{each.score.value:.2f} {each.a.id} {each.a.name} | {each.b.id} {each.b.name}")
    yield Figure(f"pairs of {len(events)} events of pages that are proposed", str(len(found)))


def _events(file: Path) -> Iterator[Thing]:
    page = json.loads(file.read_text(encoding="utf-8"))
    for number, event in enumerate(page["events"]):
        day, place = event.get("time") or {}, event.get("place") or {}
        parts = {
            role: tuple(
                (f"{part['kind']}:{part['name']}", part["name"])
                for part in event["parts"]
                if part["kind"] in ("person", "body") and ("organiser" in part["roles"]) == (role == "organisers")
            )
            for role in ("organisers", "participants")
        }
        kind = event["kind"].casefold()
        wider = {"kind:meeting"} if any(word in kind for word in _MEETINGS) else set()
        yield Thing(
            f"event:{page['id']}.{number}",
            "event",
            (event["label"],),
            sources=(page["id"],),
            days=(day.get("earliest") or "", day.get("latest") or ""),
            families=frozenset({f"kind:{kind}", *wider}),
            status=f"status:{event['status']}",
            places=frozenset(filter(None, [place.get("municipality")])),
            place_words=frozenset(filter(None, [place.get("municipality"), place.get("said")])),
            **parts,
        )


def register(file: Path, column: str, out: Path | None) -> Iterator[Figure]:
    """What is proposed of the distinct cells of a column; the first clusters go to a file."""
    with file.open(encoding="utf-8", newline="") as rows:
        names = sorted({" ".join((row[column] or "").split()) for row in csv.DictReader(rows)} - {""})
    things = [Thing(f"actor:{number}", "body", (name,), sources=("register",)) for number, name in enumerate(names)]
    begun = time.process_time()
    found = [*candidates(things)]
    cpu = time.process_time() - begun
    grouped = clusters(found)
    largest = max((len(cluster.things) for cluster in grouped), default=0)
    yield Figure(f"pairs proposed of {len(names):,} cells", f"{len(found):,}, in {cpu:.1f} CPU s with blocking")
    yield Figure("clusters of them", f"{len(grouped):,}; the largest has {largest} names")
    if out:
        with out.open("w", encoding="utf-8", newline="\n") as text:
            for number, cluster in enumerate(grouped[:SHOWN], 1):
                text.write(f"{number}. {cluster.score:.2f}\n")
                text.writelines(f"   {thing.name}\n" for thing in cluster.things)
                text.writelines(f"      {_pair(each)}\n" for each in cluster.candidates)


def _pair(each: Candidate) -> str:
    against = f" (against: {'; '.join(str(one.label.en) for one in each.score.speaks_against)})"
    return f"{each.score.value:.2f} {each.a.name} | {each.b.name}{against if each.score.speaks_against else ''}"


if __name__ == "__main__":
    sys.exit(main())
