"""A worker: ``python -m graph.server.workers.main STORE MEGABYTES``, started and spoken to by the front through pipes.

It has the store open read-only, does one task at a time, and ends when the front does. What it must not do it cannot
(see ``confined``).
"""

import hashlib
import os
import sys
from pathlib import Path

from graph.query.stores import open_dataset
from graph.server.negotiation import FEWEST_BYTES, compressed
from graph.server.workers.ipc import framed, heard
from graph.server.workers.sandbox import left_of_memory, with_memory, with_time, without_network
from graph.server.workers.tasks import done


def main(place: str, megabytes: int) -> None:
    """Tasks come in at stdin and answers go out at what was stdout; the rest of the process writes to stderr only."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    walled = without_network()
    store = open_dataset(Path(place))
    limited = with_memory(megabytes)
    answers.write(framed({"ready": True, "walled": walled, "limited": limited}))
    answers.flush()
    while (task := heard(sys.stdin.buffer)) is not None:
        with_time(task["seconds"])
        head, body = done(task, store)
        # Of what is said, before it is compressed: the same for who takes it compressed and who does not.
        head["tag"] = hashlib.blake2b(body, digest_size=12).hexdigest()
        if task["gzip"] and len(body) >= FEWEST_BYTES:
            head["gzip"], body = True, compressed(body)
        # One that has kept much of its memory has less for the next query.
        head["tired"] = left_of_memory(megabytes) < megabytes / 2
        answers.write(framed(head | {"size": len(body)}))
        answers.write(body)
        answers.flush()
        del body


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
