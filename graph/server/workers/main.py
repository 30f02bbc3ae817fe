"""The worker process: ``python -m graph.server.workers.main STORE MEGABYTES``, which the front starts and speaks to.

It has the store open read-only, does one task at a time, and ends when the front does. ``sandbox`` takes from it what
no query may use.
"""

import hashlib
import os
import sys
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Store

from graph.query.stores import open_dataset
from graph.server.negotiation import MIN_BYTES_TO_COMPRESS, compress
from graph.server.workers.ipc import Ready, Reply, Task, encode, read
from graph.server.workers.sandbox import drop_network, limit_cpu_time, limit_memory, memory_left
from graph.server.workers.tasks import run_task

# What a pipe holds: a reply and its body of no more are written, and wake the front, once.
_PIPE_BYTES = 65_536


def main(store_path: str, megabytes: int) -> None:
    """Open a store and do tasks on it."""
    network_dropped = drop_network()
    serve(open_dataset(Path(store_path)), Path(store_path).parent, megabytes, network_dropped)


def serve(store: Store, folder: Path, megabytes: int, network_dropped: bool) -> None:
    """Read tasks from stdin and write replies to what was stdout; everything else of the process goes to stderr.

    ``folder`` has the files of the build.
    """
    output = os.fdopen(os.dup(1), "wb", _PIPE_BYTES)
    os.dup2(2, 1)
    output.write(encode(Ready(network_dropped=network_dropped, memory_limited=limit_memory(megabytes))))
    output.flush()
    while (task := read(sys.stdin.buffer)) is not None:
        assert isinstance(task, Task)
        limit_cpu_time(task.seconds)
        reply, body = run_task(task, store, folder)
        reply, body = finish(reply, body, task.gzip)
        # A worker that holds on to much memory has too little left for the next query.
        reply = replace(reply, recycle=memory_left(megabytes) < megabytes / 2)
        output.write(encode(reply))
        output.write(body)
        output.flush()
        del body


def finish(reply: Reply, body: bytes, gzip: bool) -> tuple[Reply, bytes]:
    """Return the reply with its tag and size, and its body, compressed where the client takes that and it saves bytes.

    The tag is made from the uncompressed body: it is the same for all clients.
    """
    tag = hashlib.blake2b(body, digest_size=12).hexdigest()
    compressed = gzip and len(body) >= MIN_BYTES_TO_COMPRESS
    if compressed:
        body = compress(body)
    return replace(reply, tag=tag, gzip=compressed, size=len(body)), body


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
